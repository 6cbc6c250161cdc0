"""References that are checked once per statement keep what foreign keys keep."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from congtam.history.actor import SYSTEM
from congtam.intake.models import Batch, Payload, Record
from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.sources.actions import add_source
from congtam.sources.models import Source
from congtam.work.appending import Line, append, items_named, mark
from congtam.work.models import Event, Item, ToFold

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
NOBODY = 10**9
BY_DESIGN = {"named_audit_entrytext_entry_id"}  # a chain that was cut short still shows its texts


def line(item: int, official: int | None = None, unit: int | None = None) -> Line:
    return Line(item, AT, "registered", official, unit, "", "", "", "{}", None, "")


@pytest.fixture
def item(db: None) -> int:
    source = add_source(SYSTEM, "so", "Sổ", first=AT.date())
    return items_named(source.pk, ["a"])["a"]


def record(**said: object) -> Record:
    source = Source.objects.get()
    batch = Batch.objects.create(source=source, kind="push")
    numbers = {"batch_id": batch.pk, "source_id": source.pk, "item_id": Item.objects.get().pk} | said
    return Record.objects.create(key="a", version=1, digest=b"", **numbers)


NAMING: dict[str, Callable[[int], object]] = {
    "event, item": lambda _: append([line(NOBODY)], AT),
    "event, official": lambda item: append([line(item, official=NOBODY)], AT),
    "event, unit": lambda item: append([line(item), line(item, unit=NOBODY)], AT),
    "item, source": lambda _: items_named(NOBODY, ["b"]),
    "waiting item": lambda item: mark([item, NOBODY]),
    "record, batch": lambda _: record(batch_id=NOBODY),
    "record, source": lambda _: record(source_id=NOBODY),
    "record, item": lambda _: record(item_id=NOBODY),
    "payload, record": lambda _: Payload.objects.create(record_id=NOBODY, salt=b"", body={}),
}


@pytest.mark.django_db
def test_every_reference_without_a_foreign_key_is_kept_by_triggers() -> None:
    fields = [field for model in apps.get_models() for field in model._meta.get_fields() if field.concrete]
    loose = {
        f"named_{field.model._meta.db_table}_{field.column}"
        for field in fields
        if not getattr(field, "db_constraint", 1)
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'")
        kept = {name for (name,) in cursor.fetchall()}
    assert loose - kept == BY_DESIGN, "add history.referring.referring(table, ...) to the room's migrations"
    assert len(loose & kept) == len(NAMING)


@pytest.mark.parametrize("what", NAMING)
def test_what_is_not_there_cannot_be_named(item: int, what: str) -> None:
    refused = (IntegrityError, psycopg.IntegrityError)  # the driver's own, where rows are copied in
    with pytest.raises(refused, match="that is not there"), transaction.atomic():
        NAMING[what](item)
    assert not Event.objects.exists()


def test_what_is_there_can_be_named_also_many_times(item: int) -> None:
    person, unit = Person.objects.create(code="an"), Unit.objects.create(code="phong")
    append([line(item), line(item, person.pk), line(item, person.pk, unit.pk)], AT)
    mark([item])
    Payload.objects.create(record=record(item_id=None), salt=b"", body={})
    assert (Event.objects.count(), ToFold.objects.count(), Payload.objects.count()) == (3, 1, 1)


@pytest.mark.parametrize("table", ["people_person", "orgs_unit", "work_item", "intake_batch", "intake_record"])
def test_what_is_named_is_neither_deleted_nor_renumbered(item: int, table: str) -> None:
    person, unit = Person.objects.create(code="an"), Unit.objects.create(code="phong")
    append([line(item, person.pk, unit.pk)], AT)
    Payload.objects.create(record=record(), salt=b"", body={})
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 1000"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_nobody_names_can_be_deleted(item: int) -> None:
    person = Person.objects.create(code="an")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_person WHERE id = %s", [person.pk])
        cursor.execute("DELETE FROM work_item")
    assert not Item.objects.exists()


def test_a_row_goes_on_naming_the_same(item: int) -> None:
    one = record()
    for change in ({"item_id": None}, {"batch_id": NOBODY}, {"source_id": NOBODY}):
        with pytest.raises(IntegrityError, match="the same rows"), transaction.atomic():
            Record.objects.filter(pk=one.pk).update(**change)
    Record.objects.filter(pk=one.pk).update(standing=False, item_id=one.item_id)


@pytest.mark.django_db(transaction=True)
def test_what_is_being_named_is_not_deleted_meanwhile() -> None:
    """One names a person and has not committed; another who deletes that person waits, and is refused."""
    source = add_source(SYSTEM, "so", "Sổ", first=AT.date())
    item, person = items_named(source.pk, ["a"])["a"], Person.objects.create(code="an")
    found: list[BaseException | None] = []

    def delete() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM people_person WHERE id = %s", [person.pk])
            found.append(None)
        except IntegrityError as error:
            found.append(error)
        finally:
            connection.close()

    other = Thread(target=delete)
    with transaction.atomic():
        append([line(item, official=person.pk)], AT)
        other.start()
        other.join(0.3)
        assert other.is_alive()
    other.join(30)
    assert [type(one) for one in found] == [IntegrityError]
    assert Person.objects.filter(pk=person.pk).exists()
