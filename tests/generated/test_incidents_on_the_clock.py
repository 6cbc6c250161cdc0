"""Generated incidents: a clock is due when it would be, were the time of the incident taken out of the calendar."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.clock import ClockEvent, ClockRule, run_clock
from congtam.engine.periods import local_day, start_of_day
from congtam.engine.working_time import Calendar, Override, Source

SHIPPED = Path(congtam.__file__).parent / "rulebooks/vn/national/calendar/calendar.yaml"
CALENDAR = load_calendar(SHIPPED).as_known()
TITLE = {"vi": "Đồng hồ", "en": "Clock"}
START, MINUTE, DAY = start_of_day(date(2026, 3, 2)), timedelta(minutes=1), timedelta(days=1)
Stretch = tuple[datetime, datetime]

starts = st.integers(0, 60 * 24 * 60).map(lambda minutes: START + minutes * MINUTE)
lengths = st.integers(1, 9 * 24 * 60).map(lambda minutes: minutes * MINUTE)
stretches = st.tuples(starts, lengths).map(lambda one: (one[0], one[0] + one[1]))


def stopped(name: str, stretch: Stretch, received: datetime) -> list[ClockEvent]:
    """An incident as it is written: from its beginning or the receipt of the work, to its end."""
    first, last = max(stretch[0], received), stretch[1]
    if first >= last:
        return []
    return [ClockEvent(first, "paused", stop=name, reason="Bão"), ClockEvent(last, "resumed", stop=name)]


def union(all_: list[Stretch]) -> list[Stretch]:
    """The same time as stretches that do not meet."""
    found: list[Stretch] = []
    for first, last in sorted(all_):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def due_without(calendar: Calendar, received: datetime, length: timedelta, taken: list[Stretch]) -> datetime:
    """The first instant by which `length` of office time has passed, when the stretches count for nothing."""
    due, before = calendar.add_working_time(received, length), received
    while due != before:
        before = due
        lost = (calendar.working_time(max(a, received), min(b, due)) for a, b in taken if a < due and b > received)
        due = calendar.add_working_time(received, length + sum(lost, timedelta(0)))
    return due


@given(
    received=starts,
    hours=st.integers(1, 80),
    incidents=st.lists(stretches, max_size=3),
    own=st.one_of(st.none(), stretches),
)
def test_incidents_and_stops_of_the_work_itself_take_each_minute_out_once(
    received: datetime, hours: int, incidents: list[Stretch], own: Stretch | None
) -> None:
    events = [event for n, one in enumerate(incidents) for event in stopped(str(n), one, received)]
    taken = list(incidents)
    if own is not None:  # at half minutes, so that it never begins as the work is due
        own = (own[0] + MINUTE / 2, own[1] + MINUTE / 2)
        assume(own[0] >= received)
        events += [ClockEvent(own[0], "paused"), ClockEvent(own[1], "resumed")]
        taken.append(own)
    rule = ClockRule("hours", TITLE, "hours", hours)
    ledger = run_clock(rule, received, CALENDAR, events=events)
    assert ledger.due_at == due_without(CALENDAR, received, timedelta(hours=hours), union(taken))


@given(
    received=starts,
    unit=st.sampled_from(("working_days", "hours")),
    budget=st.integers(0, 20),
    incidents=st.lists(st.tuples(st.integers(-3, 40), st.integers(1, 7)), max_size=3),
)
def test_incidents_of_whole_days_are_days_off(
    received: datetime, unit: str, budget: int, incidents: list[tuple[int, int]]
) -> None:
    first = local_day(received)
    days = [(first + offset * DAY, first + (offset + length) * DAY) for offset, length in incidents]
    off = {one: _off(one) for a, b in days for one in (a + n * DAY for n in range((b - a).days))}
    rule = ClockRule("drawn", TITLE, unit, budget)  # type: ignore[arg-type]
    assume(budget or first not in off)  # work due on the day it came: a day off would not have brought it
    events = [
        event
        for n, (a, b) in enumerate(days)
        for event in stopped(str(n), (start_of_day(a), start_of_day(b)), received)
    ]
    closed = replace(CALENDAR, overrides={**CALENDAR.overrides, **off})
    assert run_clock(rule, received, CALENDAR, events=events).due_at == run_clock(rule, received, closed).due_at


@given(received=starts, budget=st.integers(1, 10), incident=stretches, unit=st.sampled_from(("hours", "working_days")))
def test_an_incident_never_brings_a_deadline_forward_and_taken_back_leaves_none_of_it(
    received: datetime, budget: int, incident: Stretch, unit: str
) -> None:
    rule = ClockRule("drawn", TITLE, unit, budget)  # type: ignore[arg-type]
    plain = run_clock(rule, received, CALENDAR)
    stood = run_clock(rule, received, CALENDAR, events=stopped("1", incident, received))
    assert stood.due_at >= plain.due_at
    assert stood.due_at == plain.due_at or incident[0] < plain.due_at


def _off(day: date) -> Override:
    return Override(day, "off", TITLE, Source(TITLE, "01/QĐ", "verified"))
