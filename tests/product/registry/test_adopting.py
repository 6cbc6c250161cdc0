"""Adopted copies: two people, no overlap, nothing rewritten, and a shipped rulebook that moved on."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from congtam.audit.models import Entry
from congtam.engine.findings import Unusable
from congtam.engine.rulebook.digest import meaning_digest
from congtam.history.actor import SYSTEM, Actor
from congtam.history.refused import Refused
from congtam.registry import actions, queries, shipped
from congtam.registry.models import Copy

pytestmark = pytest.mark.django_db

ONE, OTHER = Actor(account=1), Actor(account=2)
DECREE, HUE = "vn/national/decree-335-2025", "vn/hue/dost-monthly-2025"
BEGIN = date(2026, 1, 1)


def adopted(rulebook: str = DECREE, first: date = BEGIN) -> Copy:
    return actions.approve_copy(OTHER, actions.adopt(ONE, rulebook, first=first, number="12/QĐ"))


def coming() -> date:
    return queries.next_period(timezone.localdate())


def test_a_rulebook_holds_once_another_person_approved_it() -> None:
    proposed = actions.adopt(ONE, DECREE, first=BEGIN)
    with pytest.raises(Unusable, match="has adopted no copy"):
        queries.book(DECREE, date(2026, 10, 1))
    with pytest.raises(Refused, match="does not approve"):
        actions.approve_copy(ONE, proposed)
    actions.approve_copy(OTHER, proposed)
    assert meaning_digest(queries.book(DECREE, date(2026, 10, 1))) == meaning_digest(shipped.shipped(DECREE))
    with pytest.raises(Unusable, match="has adopted no copy"):
        queries.book(DECREE, date(2025, 12, 31))


def test_the_machine_adopts_nothing() -> None:
    with pytest.raises(Refused, match="The machine changes no rules"):
        actions.adopt(SYSTEM, DECREE, first=BEGIN)


def test_the_database_itself_asks_for_two_people() -> None:
    copy = actions.adopt(ONE, DECREE, first=BEGIN)
    copy.seq, copy.state, copy.approved_by = None, "approved", 1
    with pytest.raises(IntegrityError, match="copy_two_people"), transaction.atomic():
        copy.save(force_insert=True)


def test_the_database_itself_keeps_copies_from_overlapping_and_from_being_rewritten() -> None:
    copy = adopted()
    with pytest.raises(IntegrityError, match="facts and stay"), transaction.atomic():
        Copy.objects.filter(seq=copy.seq).update(number="13/QĐ")
    with pytest.raises(IntegrityError, match="facts and stay"), transaction.atomic():
        Copy.objects.filter(seq=copy.seq).delete()
    copy.seq = None
    with pytest.raises(IntegrityError, match="copy_once_a_day"), transaction.atomic():
        copy.save(force_insert=True)


def test_a_copy_carries_what_it_is_laid_over_and_what_it_borrows() -> None:
    adopted("vn/hue/decree-335-local")
    files = Copy.standing().get().files
    assert {name.rpartition("/")[0] for name in files} >= {"vn/hue/decree-335-local", DECREE, HUE}
    book = queries.book("vn/hue/decree-335-local", BEGIN)
    assert book.base is not None
    assert book.base.id == DECREE
    assert book.indicators["overdue_share"].home == HUE


def test_a_copy_is_written_once_to_a_folder_of_the_site() -> None:
    adopted()
    queries.book(DECREE, BEGIN)
    folders = list((Path(settings.SITE) / "rulebooks").glob("*"))
    queries.book(DECREE, date(2026, 6, 1))
    assert list((Path(settings.SITE) / "rulebooks").glob("*")) == folders
    assert all(not one.name.startswith("making-") for one in folders)


def test_a_later_copy_holds_from_the_next_period_and_ends_the_one_before() -> None:
    first = adopted()
    with pytest.raises(Refused, match="Rules change neither inside a period"):
        actions.adopt(ONE, DECREE, first=timezone.localdate())
    second = adopted(first=coming())
    held = {one.days.lower: one.days.upper for one in Copy.standing().filter(state="approved")}
    assert held == {BEGIN: coming(), coming(): None}
    assert queries.copy_on(DECREE, coming() - timedelta(days=1)) not in (None, second)
    assert queries.copy_on(DECREE, coming()) == second
    assert queries.copy_on(DECREE, coming(), seq=first.seq) == first


def test_only_one_adoption_of_a_rulebook_waits_at_a_time() -> None:
    proposed = actions.adopt(ONE, DECREE, first=BEGIN)
    with pytest.raises(Refused, match="waits already"):
        actions.adopt(OTHER, DECREE, first=BEGIN)
    actions.withdraw(ONE, proposed, "Nhầm bộ")
    again = actions.adopt(OTHER, DECREE, first=BEGIN)
    with pytest.raises(Refused, match="Somebody else"):
        actions.approve_copy(ONE, proposed)
    refused = actions.refuse(ONE, again, "Chưa có quyết định")
    assert queries.remarks_on([refused.seq]) == {refused.seq: "Chưa có quyết định"}
    assert queries.proposals() == []


def test_a_refusal_needs_its_reason() -> None:
    with pytest.raises(Refused, match="Say why"):
        actions.refuse(OTHER, actions.adopt(ONE, DECREE, first=BEGIN), "  ")


def test_after_an_upgrade_the_difference_to_the_shipped_rulebook_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    files = shipped.files_of(DECREE)
    head = f"{DECREE}/rulebook.yaml"
    older = {**files, head: files[head].replace("value: 0.25", "value: 0.20", 1)}
    monkeypatch.setattr("congtam.registry.actions.copies.files_of", lambda rulebook: older)
    copy = adopted()
    found = queries.shipped_now(copy)
    assert found is not None
    assert [("/".join(one.path), one.before, one.after) for one in found] == [
        ("parameters/quality_cut/value", "0.20", "0.25")
    ]
    monkeypatch.undo()
    assert queries.shipped_now(adopted(first=coming())) == []
    assert queries.book(DECREE, BEGIN).head.parameters["quality_cut"].values[0].value == Decimal("0.20")


def test_what_is_done_to_rules_is_written_down() -> None:
    adopted()
    assert list(Entry.objects.order_by("id").values_list("action", "account")) == [
        ("registry.adopt", 1),
        ("registry.approve_copy", 2),
    ]


def test_an_unknown_rulebook_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match="there is no rulebook"):
        actions.adopt(ONE, "vn/national/decree-336", first=BEGIN)
