"""Sources: who may be one, tokens kept as digests, one authority a day, counts that are never rewritten."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from cast import Cast
from congtam.audit.models import Entry
from congtam.engine.findings import Unusable
from congtam.history.actor import SYSTEM
from congtam.history.laying import stretch
from congtam.history.refused import Refused
from congtam.orgs.models import Unit
from congtam.sources.actions import (
    add_datum,
    add_source,
    change_source,
    keep_mapping,
    make_token,
    record_own_count,
    revoke_token,
    set_authority,
)
from congtam.sources.mappings import site_roster
from congtam.sources.models import Authority, Datum, OwnCount, Source, Token
from congtam.sources.queries import by_token, sources_on

pytestmark = pytest.mark.django_db

FIRST = date(2026, 1, 1)


@pytest.fixture
def source(cast: Cast) -> Source:
    return add_source(SYSTEM, "a", "Nguồn A", first=FIRST)


@pytest.fixture
def datum() -> Datum:
    return add_datum(SYSTEM, "ho-so", "Hồ sơ", work_kind="dossier")


def test_a_code_is_used_once(source: Source) -> None:
    with pytest.raises(Refused, match="already"):
        add_source(SYSTEM, "a", "Khác", first=FIRST)


def test_a_source_that_ended_is_in_use_no_more(source: Source) -> None:
    change_source(SYSTEM, source, name="Nguồn A", until=date(2026, 6, 1))
    assert sources_on(date(2026, 5, 31)) == [source]
    assert sources_on(date(2026, 6, 1)) == []


def test_a_token_is_shown_once_and_kept_as_a_digest(source: Source) -> None:
    clear = make_token(SYSTEM, source, "máy chủ", timezone.now() + timedelta(days=1))
    assert clear not in str(Token.objects.values())
    assert by_token(clear, timezone.now()) == source
    assert by_token(clear, timezone.now() + timedelta(days=2)) is None
    assert by_token("khác", timezone.now()) is None
    token = Token.objects.get()
    revoke_token(SYSTEM, token)
    revoke_token(SYSTEM, token)
    assert by_token(clear, timezone.now()) is None
    assert Entry.objects.filter(action="sources.revoke_token").count() == 1


def test_authority_goes_from_one_source_to_the_next_on_a_day(source: Source, datum: Datum) -> None:
    unit, other = Unit.objects.get(code="so-a"), add_source(SYSTEM, "b", "Nguồn B", first=FIRST)
    set_authority(SYSTEM, datum, unit, source, first=FIRST, number="1/QĐ")
    set_authority(SYSTEM, datum, unit, other, first=date(2026, 7, 1), number="2/QĐ")
    standing = Authority.standing().order_by("days").values_list("source__code", "days")
    assert [(code, days.lower, days.upper) for code, days in standing] == [
        ("a", FIRST, date(2026, 7, 1)),
        ("b", date(2026, 7, 1), None),
    ]
    assert Authority.objects.count() == 3  # the first row is closed, not rewritten


def test_the_database_refuses_two_authorities_a_day(source: Source, datum: Datum) -> None:
    unit = Unit.objects.get(code="so-a")
    set_authority(SYSTEM, datum, unit, source, first=FIRST)
    with pytest.raises(IntegrityError, match="one_authority_a_day"), transaction.atomic():
        Authority.objects.create(datum=datum, unit=unit, source=source, days=stretch(date(2026, 3, 1), None))


def test_the_database_keeps_counts_as_they_were_told(source: Source) -> None:
    row = record_own_count(SYSTEM, source, FIRST, 5)
    with pytest.raises(DatabaseError, match="stay as written"), transaction.atomic():
        OwnCount.objects.filter(pk=row.pk).update(count=6)
    with pytest.raises(DatabaseError, match="facts and stay"), transaction.atomic():
        row.delete()
    with pytest.raises(Refused, match="0 or more"):
        record_own_count(SYSTEM, source, FIRST, -1)


def test_a_mapping_is_kept_only_when_it_can_be_read(source: Source) -> None:
    good = "source: {format: csv}\nitem: event\nkey: Mã\nreceived: Nhận\n"
    keep_mapping(SYSTEM, source, good)
    with pytest.raises(Unusable):
        keep_mapping(SYSTEM, source, good.replace("received", "receieved"))
    assert Source.objects.get().mapping == good


def test_names_in_files_are_looked_up_among_the_people_of_the_site(source: Source) -> None:
    roster = site_roster()
    assert [one.code for one in roster.find("Nguyễn Thị An")] == ["an"]
    assert roster.unit("Phòng Một") == "phong-mot"
    people = "source: {format: csv}\nitem: event\nkey: Mã\nreceived: Nhận\npeople: {from: Người xử lý}\n"
    keep_mapping(SYSTEM, source, people)
