"""The shipped calendar: its vectors, its counts, its sources, and the days of the shared table."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import congtam
from congtam.engine.calendars import Calendar, WorkingCalendar, load_calendar

SHIPPED = Path(congtam.__file__).parent / "rulebooks/vn/national/calendar/calendar.yaml"
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "vn_calendar"
WORKING = load_calendar(SHIPPED)
CULTURE_DAYS = {date(2026, 11, 24), date(2027, 11, 24)}


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return WORKING.as_known()


def year(calendar: Calendar, number: int) -> int:
    return calendar.working_days(date(number, 1, 1), date(number + 1, 1, 1))


@pytest.mark.parametrize(
    ("received", "n", "expected"),
    [
        (date(2026, 8, 20), 5, date(2026, 8, 26)),
        (date(2026, 1, 7), 3, date(2026, 1, 10)),
        (date(2025, 12, 31), 3, date(2026, 1, 7)),
        (date(2026, 2, 13), 3, date(2026, 2, 25)),
        (date(2026, 4, 24), 5, date(2026, 5, 6)),
    ],
)
def test_vectors(calendar: Calendar, received: date, n: int, expected: date) -> None:
    assert calendar.add_working_days(received, n) == expected


@pytest.mark.parametrize(("number", "days"), [(2024, 251), (2025, 250), (2026, 250)])
def test_working_days_of_a_year(calendar: Calendar, number: int, days: int) -> None:
    assert year(calendar, number) == days


def test_the_culture_day_is_a_stated_choice() -> None:
    assert year(WORKING.as_known(choices={"culture_day_2026": "off"}), 2026) == 249
    assert {choice.override.day for choice in WORKING.choices.values()} == CULTURE_DAYS
    assert {choice.certainty for choice in WORKING.choices.values()} == {"unverified"}
    assert all(choice.default == "working" and choice.why_default["vi"] for choice in WORKING.choices.values())


def test_what_was_known_before_the_january_swap() -> None:
    before = WORKING.as_known(datetime(2025, 12, 20, tzinfo=UTC))
    assert before.is_working(date(2026, 1, 2))
    assert not before.is_working(date(2026, 1, 10))
    assert year(before, 2026) == 250


def test_every_day_has_a_source_and_a_certainty() -> None:
    assert len(WORKING.versions) > 90
    for own in WORKING.versions:
        assert own.source.act
        assert own.source.title["vi"] and own.source.title["en"]
        assert own.source.certainty in ("verified", "reported", "unverified")
        assert own.source.confirmed_on == date(2026, 11, 22)


def test_every_listed_day_changes_something() -> None:
    plain = WORKING.base
    for own in WORKING.versions:
        assert (own.kind == "working") != plain.is_working(own.day), own.day


def test_what_is_official_and_what_is_not(calendar: Calendar) -> None:
    assert calendar.is_official(date(2026, 12, 31))
    assert not calendar.is_official(date(2027, 1, 1))
    assert calendar.working_days(date(2030, 1, 1), date(2031, 1, 1)) == 261  # only weekends are known


def shared_rows(name: str) -> list[dict[str, str]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the shared table {path} is not on this machine")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_shared_tables_say_the_same(calendar: Calendar) -> None:
    rows = shared_rows("vn_holidays_library_0.109.csv") + shared_rows("vn_official_overrides.csv")
    told = {date.fromisoformat(row["date"]): row["kind"] == "workday" for row in rows}
    day = date(2019, 1, 1)
    while day < date(2028, 1, 1):
        if day not in CULTURE_DAYS:
            assert calendar.is_working(day) == told.get(day, day.weekday() < 5), day
        day += timedelta(days=1)


def test_the_calendar_is_read_the_same_each_time() -> None:
    again: WorkingCalendar = load_calendar(SHIPPED)
    assert again.as_known().digest == WORKING.as_known().digest
