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
from congtam.simulate.days import Workdays, local, month_first, months
from congtam.simulate.demo.department import department
from congtam.simulate.demo.marks import decisions, ratings
from congtam.simulate.demo.people import STUCK
from congtam.simulate.demo.planted import demo_truths
from congtam.simulate.organisation import Organisation
from congtam.simulate.plan import Plan, World, arrivals
from congtam.simulate.truths import Planted
from congtam.simulate.work import told

SPRING = (date(2025, 1, 15), date(2025, 5, 5))
SPRING_STUCK_UNTIL = date(2025, 4, 25)
EARLIEST_TODAY = date(2025, 10, 1)  # so that the two stretches of work stay apart

Numbered = TypeVar("Numbered", Event, Spell, Absence, Unit, Rating, Decision)
Learned = Event | Spell | Absence | Unit | Rating | Decision


def build_demo(today: date, seed: int = 20261122) -> Facts:
    """The demo department as known at noon of `today`. Raises ValueError for a day before October 2025."""
    if today < EARLIEST_TODAY:
        raise ValueError(f"the demo department needs a day from {EARLIEST_TODAY} on, not {today}")
    organisation, days = department(today), _workdays(today)
    events: list[Event] = []
    titles: list[Name] = []
    stretches = ((*SPRING, SPRING_STUCK_UNTIL), (month_first(today, -3), today, today + timedelta(days=30)))
    for start, end, stuck_until in stretches:
        for happened, name in _work(organisation, today, start, end, stuck_until, seed):
            events += happened
            titles.append(name)
    rows: list[Learned] = [
        *events,
        *organisation.records.spells,
        *organisation.records.absences,
        *organisation.records.units,
        *ratings(organisation, days, today, seed, Planted(demo_truths(today))),
        *decisions(days, today),
    ]
    return _facts(_numbered(rows, local(today, 12)), [*organisation.records.names, *titles])


def work_ahead(today: date, until: date, seed: int = 20261122) -> Iterator[tuple[list[Event], Name]]:
    """The work of the department from three months before the month of `today` to `until`, all of it, also what is
    still to come: each item's events in their order, and its title."""
    return _work(department(today), today, month_first(today, -3), until, today + timedelta(days=30), seed)


def _work(
    organisation: Organisation, today: date, start: date, end: date, stuck_until: date, seed: int
) -> Iterator[tuple[list[Event], Name]]:
    rng, planted = Random(f"{seed} work {start}"), Planted(demo_truths(today))
    world = World(f"{start:%y%m}", _workdays(today), organisation, rng, planted)
    return told(world, _plans(world, start, end, stuck_until))


def _workdays(today: date) -> Workdays:
    return Workdays.between(date(2024, 12, 30), today + timedelta(days=400))


def _plans(world: World, start: date, end: date, stuck_until: date) -> Iterator[Plan]:
    """Every item that arrives from `start` to `end`."""
    for first, last in months(start, end):
        yield from arrivals(world, world.organisation.manners, first, last)
    yield _stuck(world, start, stuck_until)


def _stuck(world: World, first: date, done: date) -> Plan:
    """The item of one official that stays open from the month of `first` until `done`, three months later."""
    received = world.days.index(first) + 1
    spell = world.organisation.spell_on(STUCK, world.days.days[received])
    assert spell is not None, f"{STUCK} has no spell"
    finish = world.days.index(done) + 0.4
    start, due = received + 0.2, received + 8
    return Plan(STUCK, spell.unit, spell.agency, "task", "assigned", start, due, "2", finish=finish)


def _numbered(rows: list[Learned], noon: datetime) -> list[Learned]:
    """The rows known at noon in the order we learned them; each withdrawal names the record it takes back."""
    known = [row for row in rows if row.recorded_at <= noon]
    known.sort(key=lambda row: row.recorded_at)
    numbered: list[Learned] = [replace(row, seq=seq) for seq, row in enumerate(known, start=1)]
    events = sorted((row for row in numbered if isinstance(row, Event)), key=lambda row: (row.at, row.seq))
    finished = {(row.item, row.official): row.seq for row in reversed(events) if row.activity == "finished"}
    return [
        replace(row, value=str(finished[row.item, row.official]))
        if isinstance(row, Event) and row.activity == "withdrawn"
        else row
        for row in numbered
    ]


def _facts(rows: list[Learned], named: list[Name]) -> Facts:
    events = _of(rows, Event)
    known = {event.item for event in events}
    return Facts(
        events=events,
        spells=_of(rows, Spell),
        absences=_of(rows, Absence),
        units=_of(rows, Unit),
        ratings=_of(rows, Rating),
        decisions=_of(rows, Decision),
        names=tuple(name for name in named if name.kind != "item" or name.code in known),
    )


def _of(rows: list[Learned], kind: type[Numbered]) -> tuple[Numbered, ...]:
    return tuple(row for row in rows if isinstance(row, kind))
