"""The department of `make run`: two agencies merged on 1 March 2025, 50 officials, every record invented.

It holds 15 January to 5 May 2025, and, seen from `today`, the live month up to noon, the two full months before
it, and the month before those, so that work is carried over.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from congtam.engine.facts.tables import Absence, Decision, Event, Facts, Name, Rating, Spell, Unit
from congtam.simulate.days import Workdays, local, month_first
from congtam.simulate.department import Department, names, unit_rows
from congtam.simulate.marks import decisions, ratings
from congtam.simulate.people import STUCK
from congtam.simulate.plan import Plan, World, arrivals, stuck
from congtam.simulate.titles import title
from congtam.simulate.work import live, twin

SPRING = (date(2025, 1, 15), date(2025, 5, 5))
SPRING_STUCK_UNTIL = date(2025, 4, 25)
EARLIEST_TODAY = date(2025, 10, 1)  # so that the two stretches of work stay apart
TWINS = 0.015  # share of documents that a second system knows too
MONTHS_OPEN = 3

Numbered = TypeVar("Numbered", Event, Spell, Absence, Unit, Rating, Decision)
Learned = Event | Spell | Absence | Unit | Rating | Decision


def build_demo(today: date, seed: int = 20261122) -> Facts:
    """The demo department as known at noon of `today`. Raises ValueError for a day before October 2025."""
    if today < EARLIEST_TODAY:
        raise ValueError(f"the demo department needs a day from {EARLIEST_TODAY} on, not {today}")
    department = Department(today)
    days = Workdays.between(date(2024, 12, 30), today + timedelta(days=150))
    first = month_first(today, -3)
    events: list[Event] = []
    titles: list[Name] = []
    stretches = ((*SPRING, SPRING_STUCK_UNTIL), (first, today, today + timedelta(days=30)))
    for start, end, stuck_until in stretches:
        world = World(f"{start:%y%m}", days, department, Random(f"{seed} work {start}"))
        for told, name in _stretch(world, start, end, stuck_until):
            events += told
            titles.append(name)
    rows: list[Learned] = [
        *events,
        *department.spell_rows(),
        *department.absence_rows(),
        *unit_rows(),
        *ratings(department, days, today, seed),
        *decisions(days, today),
    ]
    return _facts(_numbered(rows, local(today, 12)), [*names(), *titles])


def _stretch(world: World, start: date, end: date, stuck_until: date) -> Iterator[tuple[list[Event], Name]]:
    """Every item that arrives from `start` to `end`, as its events and its title."""
    plans = [plan for first, last in _months(start, end) for plan in arrivals(world, first, last)]
    plans.append(stuck(world, start, stuck_until))
    for plan in sorted(plans, key=lambda plan: plan.received):
        code = _code(world)
        name = Name(code, "item", title(world.rng, plan.kind, plan.unit))
        yield live(world, plan, code), name
        if _seen_twice(world, plan):
            other = _code(world)
            yield twin(world, plan, other, code), Name(other, "item", name.text)


def _months(start: date, end: date) -> Iterator[tuple[date, date]]:
    """The months from `start` to `end`, cut at both."""
    first = start
    while first <= end:
        last = month_first(first, 1) - timedelta(days=1)
        yield first, min(last, end)
        first = last + timedelta(days=1)


def _code(world: World) -> str:
    return f"CV{world.label}-{world.number('item'):04d}"


def _seen_twice(world: World, plan: Plan) -> bool:
    return plan.kind == "document" and plan.lead != STUCK and world.rng.random() < TWINS


def _numbered(rows: list[Learned], noon: datetime) -> list[Learned]:
    """The rows known at noon in the order we learned them; each withdrawal names the record it takes back."""
    known = [row for row in rows if row.recorded_at <= noon]
    known.sort(key=lambda row: row.recorded_at)
    numbered: list[Learned] = [replace(row, seq=seq) for seq, row in enumerate(known, start=1)]
    events = sorted((row for row in numbered if isinstance(row, Event)), key=lambda row: (row.at, row.seq))
    finished = {row.item: row.seq for row in reversed(events) if row.activity == "finished"}
    return [
        replace(row, value=str(finished[row.item])) if isinstance(row, Event) and row.activity == "withdrawn" else row
        for row in numbered
    ]


def _facts(rows: list[Learned], named: list[Name]) -> Facts:
    events = _of(rows, Event)
    told = {event.item for event in events}
    return Facts(
        events=events,
        spells=_of(rows, Spell),
        absences=_of(rows, Absence),
        units=_of(rows, Unit),
        ratings=_of(rows, Rating),
        decisions=_of(rows, Decision),
        names=tuple(name for name in named if name.kind != "item" or name.code in told),
    )


def _of(rows: list[Learned], kind: type[Numbered]) -> tuple[Numbered, ...]:
    return tuple(row for row in rows if isinstance(row, kind))
