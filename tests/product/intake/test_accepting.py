"""Records into the database: versions decide, the same again changes nothing, nothing is half accepted or lost."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.intake.actions import accept
from congtam.intake.models import Record, SetAside
from congtam.intake.telling import Happening, Outcome, Told
from congtam.people.models import Person
from congtam.sources.actions import add_source
from congtam.sources.models import Source
from congtam.work.events import events_of
from congtam.work.folding import fold_waiting
from congtam.work.models import Event, Item, Share, Standing, ToFold

pytestmark = pytest.mark.django_db

RECEIVED = datetime(2026, 11, 2, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def source(cast: Cast) -> Source:
    return add_source(SYSTEM, "voffice", "Văn phòng điện tử", first=date(2025, 3, 1))


def happening(activity: str, hours: float = 0, **more: Any) -> Happening:
    return Happening(RECEIVED + timedelta(hours=hours), activity, **more)


def told(key: str = "a", version: int | None = 1, *more: Happening, official: str = "an", **fields: Any) -> Told:
    events = (happening("registered", unit="phong-mot"), happening("assigned", official=official), *more)
    return Told(key, version, events=events, **fields)


RATED = Told("rating", 1, item="a", events=(happening("rated", 9, counterpart="ong-ba", value="5"),))


def take(source: Source, *records: Told) -> Outcome:
    return accept(SYSTEM, source, records)


def results(outcome: Outcome) -> list[str]:
    return [answer.result for answer in outcome.answers]


def standing(key: str = "a") -> list[tuple[str, str]]:
    """Events of an item that were not taken back: activity and official's code."""
    item = Item.objects.get(key=key)
    rows = events_of([item.pk])
    gone = {int(row.value or 0) for row in rows if row.activity == "withdrawn"}
    codes = {str(person.pk): person.code for person in Person.objects.all()}
    left = [row for row in rows if row.activity != "withdrawn" and row.seq not in gone]
    return [
        (row.activity, codes.get(row.official or "", "")) for row in sorted(left, key=lambda row: (row.at, row.seq))
    ]


def test_a_record_is_accepted_and_waits_to_be_folded(source: Source) -> None:
    outcome = take(source, told())
    assert results(outcome) == ["accepted"]
    assert outcome.counts() == {"accepted": 1, "updated": 0, "unchanged": 0, "set_aside": 0}
    assert standing() == [("registered", ""), ("assigned", "an")]
    assert ToFold.objects.count() == 1


def test_the_same_record_again_changes_nothing(source: Source) -> None:
    take(source, told())
    assert results(take(source, told())) == ["unchanged"]
    assert results(take(source, told(), told())) == ["unchanged", "unchanged"]
    assert Event.objects.count() == 2


def test_a_higher_version_takes_back_what_fell_away_and_adds_what_is_new(source: Source) -> None:
    take(source, told("a", 1, happening("finished", 5, official="an")))
    outcome = take(source, told("a", 2, happening("finished", 6, official="an")))
    assert results(outcome) == ["updated"]
    assert standing() == [("registered", ""), ("assigned", "an"), ("finished", "an")]
    assert Event.objects.count() == 3 + 2  # one taken back, one new


def test_a_lower_version_that_comes_later_is_kept_and_changes_nothing(source: Source) -> None:
    take(source, told("a", 3, official="binh"))
    outcome = take(source, told("a", 2, official="an"))
    assert [(one.result, one.code) for one in outcome.answers] == [("unchanged", "outdated")]
    assert standing() == [("registered", ""), ("assigned", "binh")]
    assert Record.objects.count() == 2


def test_the_same_version_with_another_text_is_set_aside(source: Source) -> None:
    take(source, told("a", 1, official="an"))
    [answer] = take(source, told("a", 1, official="binh")).answers
    assert (answer.result, answer.code) == ("set_aside", "version-conflict")
    assert "Phiên bản 1" in answer.message
    assert standing() == [("registered", ""), ("assigned", "an")]
    assert SetAside.objects.get().cells["events"][1]["official"] == "binh"


def test_without_a_version_what_differs_is_the_next_one(source: Source) -> None:
    assert results(take(source, told("a", None))) == ["accepted"]
    assert results(take(source, told("a", None))) == ["unchanged"]
    [answer] = take(source, told("a", None, official="binh")).answers
    assert (answer.result, answer.version) == ("updated", 2)


def test_versions_of_one_batch_count_in_any_order(source: Source) -> None:
    take(source, told("a", 2, official="binh"), told("a", 1, official="an"), told("a", 3, official="chi"))
    assert standing() == [("registered", ""), ("assigned", "chi")]


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1), (1, 3, 2)])
def test_any_order_of_arrival_ends_in_the_same_work(source: Source, order: Sequence[int]) -> None:
    """Also where events of one instant depend on each other's order."""
    versions = {
        1: told("a", 1, happening("finished", 0, official="an")),
        2: told("a", 2, happening("finished", 0, official="binh"), official="binh"),
        3: told("a", 3, happening("finished", 0, official="an"), official="an"),
    }
    for version in order:
        take(source, versions[version])
    fold_waiting(100, NOW)
    assert Standing.objects.get().state == "finished"
    assert Share.objects.get().official.code == "an"


def test_a_withdrawal_is_a_version_and_takes_everything_back(source: Source) -> None:
    take(source, told("a", 1))
    [answer] = take(source, Told("a", 2, withdrawn=True)).answers
    assert (answer.result, answer.code) == ("updated", "withdrawn")
    assert standing() == []
    fold_waiting(100, NOW)
    assert not Standing.objects.exists()
    take(source, told("a", 3))
    fold_waiting(100, NOW)
    assert Standing.objects.get().state == "open"


def test_several_records_may_speak_of_one_item_and_each_takes_back_only_its_own(source: Source) -> None:
    take(
        source, told("a"), Told("rating", 1, item="a", events=(happening("rated", 9, counterpart="ong-ba", value="5"),))
    )
    assert standing() == [("registered", ""), ("assigned", "an"), ("rated", "")]
    take(source, Told("rating", 2, withdrawn=True, item="a"))
    assert standing() == [("registered", ""), ("assigned", "an")]


def test_a_record_of_an_item_may_come_before_the_one_that_registers_it(source: Source) -> None:
    take(source, RATED)
    assert fold_waiting(100, NOW).items == 1
    assert not Standing.objects.exists()
    take(source, told("a"))
    fold_waiting(100, NOW)
    assert Standing.objects.get().satisfaction == 5_000_000


BAD: dict[str, Told] = {
    "unknown-person-code": told(official="nobody"),
    "unknown-unit": Told("a", 1, events=(happening("registered", unit="nowhere"),)),
    "unknown-activity": told("a", 1, happening("danced")),
    "withdrawn-event": told("a", 1, happening("withdrawn", value="1")),
    "not-registered": Told("a", 1, events=(happening("finished"),)),
    "no-events": Told("a", 1),
    "far-instant": told("a", 1, Happening(datetime(2090, 1, 1, tzinfo=UTC), "finished")),
    "incomplete-event": told("a", 1, happening("passed_on", official="an")),
    "bad-value": told("a", 1, happening("due", value="tomorrow")),
    "bad-attribute": told("a", 1, happening("assigned", official="binh", attributes={"weight": "much"})),
    "missing-key": told(" "),
    "too-long": told("k" * 201),
    "bad-version": told("a", -1),
    "bad-character": told("a", 1, title="a\0b"),
}


@pytest.mark.parametrize("code", BAD)
def test_what_cannot_be_used_is_set_aside_whole_with_advice(source: Source, code: str) -> None:
    outcome = take(source, told("good"), BAD[code])
    assert results(outcome) == ["accepted", "set_aside"]
    answer = outcome.answers[1]
    assert answer.code == code
    assert answer.message and answer.advice
    assert Item.objects.count() == 1


def test_values_are_kept_in_numbers_of_the_site(source: Source) -> None:
    an, binh = (Person.objects.get(code=code).pk for code in ("an", "binh"))
    take(
        source,
        told("b"),
        told(
            "a",
            1,
            happening("passed_on", 1, official="an", counterpart="binh"),
            happening("accepted", 2, counterpart="khach-hang"),
            happening("due", 3, value="2026-11-20T17:00:00+07:00"),
            happening("voided", 4, value="delay:a:an", counterpart="giam-doc", decision="5/QĐ"),
            happening("same_as", 5, value="b"),
        ),
    )
    a, b = (Item.objects.get(key=key).pk for key in "ab")
    events = {one.activity: one for one in Event.objects.filter(item=a)}
    assert (events["passed_on"].official_id, events["passed_on"].counterpart) == (an, str(binh))
    assert events["accepted"].counterpart == "@khach-hang"
    assert events["due"].value == "2026-11-20T10:00:00Z"
    assert events["voided"].value == f"delay:{a}:{an}"
    assert events["same_as"].value == str(b)


def test_many_records_are_taken_in_steps_and_a_reading_cut_off_goes_on(source: Source, monkeypatch: Any) -> None:
    monkeypatch.setattr("congtam.intake.actions.CHUNK", 3)
    monkeypatch.setattr("congtam.intake.actions.ANSWERED", 5)
    records = [told(f"k{number}") for number in range(8)]

    class CutOffError(Exception):
        pass

    def breaking() -> Any:
        yield from records[:7]
        raise CutOffError

    with pytest.raises(CutOffError):
        accept(SYSTEM, source, breaking(), kind="upload")
    batch = source.batches.get()
    assert batch.taken == 6
    assert batch.ended_at is None
    outcome = accept(SYSTEM, source, records, kind="upload", batch=batch)
    assert outcome.counts() == {"accepted": 8, "updated": 0, "unchanged": 0, "set_aside": 0}
    assert outcome.answers == []
    assert Item.objects.count() == 8
    batch.refresh_from_db()
    assert batch.ended_at is not None


def test_an_event_dated_ahead_wakes_its_item(source: Source) -> None:
    now = timezone.now()
    ahead = Happening(now + timedelta(hours=2), "finished")
    take(source, told("a", 1, ahead))
    fold_waiting(100, now)
    row = Standing.objects.get()
    assert (row.state, row.settled, row.again_at) == ("open", False, ahead.at + timedelta(microseconds=1))
    assert fold_waiting(100, now + timedelta(hours=1)).items == 0
    assert fold_waiting(100, row.again_at).items == 1
    assert Standing.objects.get().state == "finished"
    assert Standing.objects.get().settled
