"""Load: remaining budget hours out of the hours somebody is there."""

from datetime import date, datetime
from typing import Any

import pytest

from congtam.people.models import Person
from congtam.work.lists import Filters, Sight, found, rows
from congtam.work.load import Load, loads, stops
from drawn_office import Office, at, national_calendar

pytestmark = pytest.mark.django_db
MONDAY = at("2026-11-16T07:30")  # office hours 7:30–11:30 and 13:00–17:00
CAME = at("2026-11-02T08:00")


@pytest.fixture
def office() -> Office:
    return Office()


def loaded(office: Office, *people: Person, now: datetime = MONDAY) -> list[Load]:
    sight = Sight(now, national_calendar())
    whose = [one.pk for one in people or (office.an,)]
    return loads(whose, list(rows(found(frozenset(whose), Filters(unfinished=True), sight))), sight)


def one(office: Office, **told: Any) -> Load:
    (load,) = loaded(office, **told)
    return load


def test_forty_hours_of_work_in_twenty_hours_there_is_two_hundred_percent(office: Office) -> None:
    """Seen on Monday at noon: until Wednesday evening each task has 4 + 8 + 8 hours left. Of the 40 hours looked ahead,
    the official is there on those days only."""
    for title in ("một", "hai"):
        office.share(office.an, title, at("2026-11-18T17:00"), received=CAME)
    office.away(office.an, date(2026, 11, 19), date(2026, 11, 24))
    load = one(office, now=at("2026-11-16T12:00"))
    assert (load.remaining, load.hours, load.percent, load.overloaded) == (40 * 60, 20 * 60, 200, True)


def test_a_week_of_one_task_is_a_full_load(office: Office) -> None:
    office.share(office.an, "dài", at("2026-12-31T17:00"), received=CAME)  # cut at the horizon
    load = one(office)
    assert (load.remaining, load.hours, load.percent, load.overloaded) == (2400, 2400, 100, False)


def test_late_paused_and_excused_work_has_no_budget_left(office: Office) -> None:
    office.share(office.an, "trễ", at("2026-11-13T17:00"), received=CAME)
    paused = office.share(office.an, "chờ", at("2026-11-20T17:00"), received=CAME, item={"moving": True})
    office.event(paused.item, at("2026-11-10T09:00"), "requested")
    office.share(office.an, "miễn", at("2026-11-20T17:00"), received=CAME, excused=True)
    office.share(office.an, "không hạn", None, received=CAME)
    load = one(office)
    assert (load.remaining, load.open, load.late, load.waits) == (0, 4, 1, {"applicant": 1})


def test_support_counts_by_its_weight(office: Office) -> None:
    office.share(office.an, "phối hợp", at("2026-11-16T17:00"), received=CAME, role="support", weight=250_000)
    assert one(office).remaining == 120  # a quarter of 8 hours


def test_who_is_away_all_week_has_no_percentage_but_is_overloaded(office: Office) -> None:
    office.share(office.an, "việc", at("2026-11-17T17:00"), received=CAME)
    office.away(office.an, date(2026, 11, 1), date(2026, 12, 1))
    load = one(office)
    assert (load.hours, load.percent, load.overloaded) == (0, None, True)


def test_hours_stop_where_the_last_spell_stops_and_two_spells_are_not_counted_twice(office: Office) -> None:
    leaving = office.person("lan", "Ngô Thị Lan", office.first, until=date(2026, 11, 18))
    office.post(leaving, "lan2", office.second, date(2026, 11, 1), date(2026, 11, 17))
    (load,) = loaded(office, leaving)
    assert load.hours == 16 * 60


def test_people_stand_by_risk_not_by_score(office: Office) -> None:
    office.share(office.binh, "trễ", at("2026-11-13T17:00"), received=CAME)
    office.share(office.head, "sắp", at("2026-11-17T17:00"), received=CAME)
    for n in range(3):
        office.share(office.an, f"xa {n}", at("2026-12-31T17:00"), received=CAME)
    people = (office.an, office.binh, office.head)
    assert [load.person for load in loaded(office, *people)] == [office.binh.pk, office.head.pk, office.an.pk]


def test_work_stands_at_steps_the_longest_first(office: Office) -> None:
    office.share(office.an, "chưa nhận", None, received=at("2026-11-10T08:00"))
    office.share(office.an, "đang làm", None, received=at("2026-11-02T08:00"), taken_up_at=at("2026-11-12T08:00"))
    office.share(office.binh, "đang làm, lâu hơn", None, received=CAME, taken_up_at=at("2026-11-03T08:00"))
    paused = office.share(office.an, "chờ", None, received=CAME, item={"moving": True})
    office.event(paused.item, at("2026-11-05T09:00"), "requested")
    sight = Sight(MONDAY, national_calendar())
    open_rows = rows(found(frozenset({office.an.pk, office.binh.pk}), Filters(unfinished=True), sight))
    told = [(stop.step, stop.n, stop.since) for stop in stops(open_rows)]
    assert told == [
        ("in_hand", 2, at("2026-11-03T08:00")),
        ("waiting_applicant", 1, at("2026-11-05T09:00")),
        ("not_taken_up", 1, at("2026-11-10T08:00")),
    ]
