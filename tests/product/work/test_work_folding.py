"""Work stands folded: linked work counts once, only the authoritative source counts, and clocks that stand go on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cast import Cast
from congtam.engine.clock_rule import ClockRule
from congtam.engine.facts.fold import Clocks, fold
from congtam.engine.measuring.rows import make_rows
from congtam.engine.periods import Period
from congtam.engine.working_time import Calendar
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.intake.actions import accept
from congtam.intake.telling import Happening, Told
from congtam.orgs.models import Unit
from congtam.people.facts import spells_of
from congtam.people.models import Person
from congtam.sources.actions import add_datum, add_source, set_authority
from congtam.sources.models import Source
from congtam.work import same_work
from congtam.work.folding import fold_again_of, fold_all_again, fold_waiting, next_wake_up
from congtam.work.models import Event, Item, SameWork, Share, Standing, ToFold
from congtam.work.queries import counts, events_of, items_touching, rows_for

pytestmark = pytest.mark.django_db

RECEIVED = datetime(2026, 11, 2, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 3, 10, 20, tzinfo=UTC)  # a Friday, 10:10 in Vietnam
NOVEMBER = Period.parse("2026-11")
HOURS = {"day": (timedelta(hours=8), timedelta(hours=17))}
CALENDAR = Calendar("plain", frozenset(range(5)), HOURS, 60, date(2024, 1, 1), date(2030, 1, 1), {})
BY_HOURS = Clocks(CALENDAR, lambda *_: ClockRule("hours", {"vi": "giờ", "en": "hours"}, "hours", budget=200))


@pytest.fixture
def source(cast: Cast) -> Source:
    return add_source(SYSTEM, "mot-cua", "Một cửa", first=date(2025, 3, 1))


@pytest.fixture
def other(cast: Cast) -> Source:
    return add_source(SYSTEM, "van-ban", "Văn bản", first=date(2025, 3, 1))


def person(code: str) -> int:
    return Person.objects.get(code=code).pk


def told(source: Source, key: str, official: str, *more: tuple[str, float, dict[str, Any]], **fields: Any) -> Item:
    events = [
        Happening(RECEIVED, "registered", unit="phong-mot", attributes={"kind": "dossier"}),
        Happening(RECEIVED, "assigned", official=official),
        *(Happening(RECEIVED + timedelta(hours=hours), activity, **said) for activity, hours, said in more),
    ]
    outcome = accept(SYSTEM, source, [Told(key, events=tuple(events), **fields)])
    assert outcome.set_aside == 0, outcome.answers
    return Item.objects.get(source=source, key=key)


def folded(clocks: Clocks | None = None) -> set[int]:
    return fold_waiting(100, NOW, clocks).officials


def test_officials_touched_before_and_after_are_told(source: Source) -> None:
    told(source, "a", "an")
    assert folded() == {person("an")}
    told(source, "a", "binh")
    assert folded() == {person("an"), person("binh")}
    assert folded() == set()


def test_a_share_knows_unit_and_agency_of_the_spell(source: Source) -> None:
    told(source, "a", "chi")
    folded()
    share = Share.objects.get()
    assert (share.unit.code, share.agency.code) == ("phong-hai", "so-a")


def test_work_that_waits_is_told_by_the_next_wake_up(source: Source) -> None:
    assert next_wake_up() is None
    told(source, "a", "an")
    assert next_wake_up() is not None
    folded()
    assert next_wake_up() is None


def test_everything_or_the_work_of_some_can_be_folded_again(source: Source) -> None:
    told(source, "a", "an")
    told(source, "b", "binh")
    folded()
    fold_again_of([person("binh")])
    assert folded() == {person("binh")}
    fold_all_again()
    assert ToFold.objects.count() == 2


def test_a_clock_that_stands_moves_with_every_moment(source: Source) -> None:
    """The rows of a moment later are those of the engine, though nothing was folded in between."""
    item = told(source, "a", "an", ("paused", 24.5, {}))
    folded(BY_HOURS)
    standing = Standing.objects.get()
    assert standing.moving
    assert standing.again_at == NOW.replace(minute=11, second=0)
    for later in (0, 20, 39, 3600, 86400 * 3):
        as_of = NOW + timedelta(seconds=later)
        spells = spells_of([person("an")])
        expected = make_rows(fold(events_of([item.pk]), as_of, clocks=BY_HOURS, spells=spells), as_of)
        assert rows_for([person("an")], NOVEMBER, as_of, clocks=BY_HOURS) == expected


def test_a_deadline_that_passes_needs_no_fold(source: Source) -> None:
    told(source, "a", "an", ("due", 0, {"value": "2026-11-20T17:00:00+07:00"}))
    folded()
    for as_of, late in ((NOW, 0), (datetime(2026, 11, 20, 10, tzinfo=UTC), 0), (datetime(2026, 11, 21, tzinfo=UTC), 1)):
        [row] = rows_for([person("an")], NOVEMBER, as_of).of_official("share", str(person("an")))
        assert len(row["_faults"]) == late


def test_the_same_work_in_two_sources_counts_once_when_somebody_says_so(source: Source, other: Source) -> None:
    one = told(source, "a", "an", symbol="05/TTr-SKHCN")
    two = told(other, "x", "binh", symbol="5/ttr - skhcn")
    folded()
    proposal = SameWork.objects.get()
    assert {proposal.one_id, proposal.other_id} == {one.pk, two.pk}
    with pytest.raises(Refused):
        same_work.confirm(SYSTEM, proposal, 0)
    same_work.confirm(SYSTEM, proposal, one.pk)
    assert folded() == {person("an"), person("binh")}
    assert Standing.objects.get(item=two).state == "same_as"
    assert set(Share.objects.values_list("item_id", flat=True)) == {one.pk}
    assert items_touching([person("binh")]) == {one.pk, two.pk}
    with pytest.raises(Refused, match="decided"):
        same_work.refuse(SYSTEM, proposal)


def test_what_was_refused_is_not_proposed_again(source: Source, other: Source) -> None:
    told(source, "a", "an", symbol="5/TTr")
    told(other, "x", "binh", symbol="5/TTr")
    same_work.refuse(SYSTEM, SameWork.objects.get())
    told(other, "x", "an", symbol="5/TTr")
    assert SameWork.objects.get().state == "refused"


def test_only_the_authoritative_source_of_the_day_counts(source: Source, other: Source) -> None:
    """A until October, B from November, in the whole agency; what the other says is kept and compared."""
    one, two = told(source, "a", "an"), told(other, "x", "an")
    folded()
    assert counts(one.pk) and counts(two.pk)
    datum, agency = add_datum(SYSTEM, "ho-so", "Hồ sơ", work_kind="dossier"), Unit.objects.get(code="so-a")
    set_authority(SYSTEM, datum, agency, source, first=date(2026, 1, 1))
    assert folded() == {person("an")}
    assert counts(one.pk) and not counts(two.pk)
    assert Share.objects.filter(item=two).exists()
    set_authority(SYSTEM, datum, agency, other, first=date(2026, 11, 1))
    folded()
    assert not counts(one.pk) and counts(two.pk)
    rows = rows_for([person("an")], NOVEMBER, NOW).of_official("share", str(person("an")))
    assert [row["item"] for row in rows] == [str(two.pk)]
    assert items_touching([person("an")]) == {two.pk}
    assert {event.item for event in events_of(None)} == {str(two.pk)}


def test_a_datum_of_any_kind_speaks_of_work_of_every_kind_without_a_source_of_its_own(
    source: Source, other: Source
) -> None:
    one, two = told(source, "a", "an"), told(other, "x", "an")
    folded()
    every, agency = add_datum(SYSTEM, "moi-loai", "Mọi loại việc"), Unit.objects.get(code="so-a")
    set_authority(SYSTEM, every, agency, source, first=date(2026, 1, 1))
    assert folded() == {person("an")}
    assert counts(one.pk) and not counts(two.pk)
    own = add_datum(SYSTEM, "ho-so", "Hồ sơ", work_kind="dossier")
    set_authority(SYSTEM, own, agency, other, first=date(2026, 1, 1))
    folded()
    assert not counts(one.pk) and counts(two.pk)


def test_a_datum_that_becomes_one_of_another_kind_folds_what_it_spoke_of_again(source: Source, other: Source) -> None:
    two = told(other, "x", "an")
    datum, agency = add_datum(SYSTEM, "van-ban", "Văn bản", work_kind="document"), Unit.objects.get(code="so-a")
    set_authority(SYSTEM, datum, agency, source, first=date(2026, 1, 1))
    folded()
    for kind, counting in (("dossier", False), ("document", True), ("", False)):
        add_datum(SYSTEM, "van-ban", "Văn bản", work_kind=kind)
        done = fold_waiting(100, NOW)
        assert (done.officials, done.recounted.officials) == ({person("an")}, {person("an")}), kind
        assert counts(two.pk) is counting
    add_datum(SYSTEM, "van-ban", "Văn bản đến")
    assert not ToFold.objects.exists()


def test_a_reference_lends_nothing_to_the_work_it_is_said_to_be(source: Source, other: Source) -> None:
    one, two = told(source, "a", "an", symbol="5/TTr"), told(other, "x", "binh", symbol="5/TTr")
    same_work.confirm(SYSTEM, SameWork.objects.get(), one.pk)
    datum, unit = add_datum(SYSTEM, "ho-so", "Hồ sơ", work_kind="dossier"), Unit.objects.get(code="phong-mot")
    set_authority(SYSTEM, datum, unit, source, first=date(2026, 1, 1))
    folded()
    assert list(Share.objects.filter(item=one).values_list("official__code", flat=True)) == ["an"]
    assert list(Share.objects.filter(item=two).values_list("official__code", flat=True)) == ["binh"]
    assert not counts(two.pk)


def test_events_stay_as_they_were_written(source: Source) -> None:
    told(source, "a", "an")
    for change in (Event.objects.all().delete, lambda: Event.objects.update(value="x")):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            change()
