"""Planning invented work: what arrives when for whom, and when its holder finishes it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain
from random import Random

from congtam.engine.facts.cells import parse_scaled, write_cell
from congtam.engine.facts.tables import Kind
from congtam.simulate.catalogue import product
from congtam.simulate.days import Workdays
from congtam.simulate.lateness import pace_in_time, pace_late
from congtam.simulate.manners import Manner
from congtam.simulate.organisation import Organisation
from congtam.simulate.titles import field_of
from congtam.simulate.truths import Pattern, Planted

MONTH_OF_WORK = 21  # working days for which a load is stated
BEFORE_TET = (date(2025, 1, 20), date(2025, 2, 7))
HELPERS_ASKED = 6  # how many colleagues are asked before one gives up
LATEST_IN_DAY = 0.995  # just before 17:00


@dataclass(frozen=True)
class Plan:
    """One item as it arrives. `received` is a position, `due` the working day at whose 17:00 time is up."""

    lead: str
    unit: str
    agency: str
    kind: str
    origin: str
    received: float
    due: int
    coefficient: str
    catalogue: str | None = None
    part: tuple[int, int, int] | None = None  # of a task that was split: which part, of how many, of which task
    finish: float | None = None  # fixed from outside; None: as the holder's manner has it


@dataclass
class World:
    """What every step of planning needs; `label` sets the codes of one stretch of work apart."""

    label: str
    days: Workdays
    organisation: Organisation
    rng: Random
    planted: Planted = field(default_factory=Planted)
    _carry: dict[tuple[str, str], float] = field(default_factory=dict)
    _done: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def manner(self, official: str) -> Manner:
        return self.organisation.manners[official]

    def falls_on(self, official: str, what: str, rate: float) -> bool:
        """True for an even share `rate` of the calls, wherever in the year one starts counting."""
        carry = self._carry.setdefault((official, what), self.rng.random()) + rate
        hit = carry >= 1
        self._carry[official, what] = carry - hit
        return hit

    def first(self, what: str) -> bool:
        """True the first time it is asked."""
        return self.number(what) == 1

    def number(self, what: str) -> int:
        """1, 2, 3 … for each `what`."""
        self._done[what] += 1
        return self._done[what]

    def planted_on(self, pattern: Pattern, at: float, *whom: str) -> float:
        """How strongly a planted truth holds at a position."""
        return self.planted.strength(pattern, self.days.day(at), *whom)

    def straight(self, official: str) -> bool:
        """Whether this official's work takes no side ways: what is planted or promised of them must show."""
        return not self.manner(official).helps or self.planted.touches(official)

    def free(self, official: str, first: int, last: int) -> list[int]:
        """The working days in which the official is there."""
        return [n for n in range(first, last + 1) if self.organisation.present(official, self.days.days[n])]

    def in_time(self, official: str, after: float, due: int) -> float:
        """A finish after `after` and by 17:00 of `due`, at a pace as in the log."""
        wanted = after + pace_in_time(self.rng) * (due + LATEST_IN_DAY - after)
        day = self._there(official, int(wanted), int(after), due)
        if day is None:
            day = due
        at = wanted if day == int(wanted) else day + self.rng.uniform(0.05, 0.96)
        return min(max(at, (min(after + 0.1, due + 1) + after) / 2), due + LATEST_IN_DAY)

    def _there(self, official: str, wanted: int, first: int, last: int) -> int | None:
        """The day nearest to `wanted`, from `first` to `last`, on which the official is there; earlier ones first."""
        for day in chain(range(wanted, first - 1, -1), range(wanted + 1, last + 1)):
            if self.organisation.present(official, self.days.days[day]):
                return day
        return None

    def late(self, official: str, after: float, due: int) -> float:
        """A finish past 17:00 of `due`, on a day on which the official is there, at a pace as in the log."""
        wanted = max(after + pace_late(self.rng) * (due + 1 - after), due + 1.01)
        day = self._there(official, int(wanted), int(wanted), int(wanted) + 15)
        return wanted if day is None or day == int(wanted) else day + self.rng.uniform(0.05, 0.9)

    def too_late(self, official: str, due: int, delay: int) -> float:
        """A finish on the first free working day at least `delay` working days past the deadline."""
        days = self.free(official, due + delay, due + delay + 10) or [due + delay]
        return days[0] + self.rng.uniform(0.05, 0.9)

    def last_minute(self, official: str, after: float, due: int) -> float:
        """A finish from 3 to 30 minutes before 17:00 of the last day on which the official is there."""
        days = self.free(official, int(after), due) or [due]
        return max(days[-1] + 1 - self.rng.uniform(3, 30) / 480, after + 0.02)

    def finish(self, official: str, after: float, due: int, unit: str) -> float:
        """When `official` of `unit`, holding the work since `after`, finishes it: as their manner has it."""
        manner = self.manner(official)
        if self.rng.random() < self.planted_on(Pattern.LAST_MINUTE, after, official):
            return self.last_minute(official, after, due)
        hurried = BEFORE_TET[0] <= self.days.days[due] <= BEFORE_TET[1]
        if self.falls_on(official, "dropped", manner.dropped):
            return self.too_late(official, due, self.rng.randint(15, 28))
        if self.falls_on(official, "late", min(0.6, manner.late * 3) if hurried else manner.late):
            finish = self.late(official, after, due)
        else:
            finish = self.in_time(official, after, due)
        return self._slowed(official, after, finish, unit)

    def _slowed(self, official: str, after: float, finish: float, unit: str) -> float:
        """Where there is too much work, each item waits for others."""
        much = self.planted_on(Pattern.OVERLOADED, after, unit)
        if not much:
            return finish
        wanted = after + (finish - after) * (1 + much) / 2
        return (self.free(official, int(wanted), int(wanted) + 10) or [int(wanted)])[0] + wanted % 1 * LATEST_IN_DAY

    def colleague(self, official: str, at: float, *, same_unit: bool = True, unit: str | None = None) -> str | None:
        """Someone who can take work that day, of the same unit, of the others, or of the one named."""
        day = self.days.day(at)
        if unit is None:
            found = self.organisation.may_help(official, day, same_unit=same_unit)
        else:
            found = [
                spell
                for spell in self.organisation.in_unit(unit, day)
                if not spell.leader and self.manner(spell.official).helps
            ]
        for spell in self.rng.sample(found, min(HELPERS_ASKED, len(found))):
            if self.organisation.takes_work(spell.official, day):
                return spell.official
        return None


def arrivals(world: World, officials: Iterable[str], first: date, last: date) -> Iterator[Plan]:
    """All items that arrive for these officials from `first` to `last`, both within one month."""
    span = range(world.days.index(first), world.days.index(last + timedelta(days=1)))
    for official in officials:
        free = [n for n in span if world.organisation.takes_work(official, world.days.days[n])]
        if free:
            yield from _arrivals_of(world, official, free)


def _arrivals_of(world: World, official: str, free: list[int]) -> Iterator[Plan]:
    count = round(_load(world, official, free[0]) * len(free) / MONTH_OF_WORK)
    if world.manner(official).seldom:
        free = free[: len(free) // 2 + 1]
    for k in range(count):
        day = free[min(int((k + world.rng.random()) * len(free) / count), len(free) - 1)]
        yield from _split(world, _arrival(world, official, day + world.rng.uniform(0.02, 0.7)))


def _load(world: World, official: str, day: int) -> float:
    manner = world.manner(official)
    spell = world.organisation.spell_on(official, world.days.days[day])
    much = world.planted_on(Pattern.OVERLOADED, day, spell.unit) if spell else 0
    return (manner.load or world.rng.randint(15, 23 if manner.helps else 18)) * (much or 1)


def _arrival(world: World, official: str, received: float) -> Plan:
    spell = world.organisation.spell_on(official, world.days.day(received))
    assert spell is not None, f"{official} takes work without a spell"
    made = product(world.rng, field_of(spell.unit))
    origin = _origin(world, official, made.kind)
    short = world.manner(official).seldom
    length = world.rng.randint(2, 4) if short else world.rng.randint(made.least, made.most)
    due = int(received) + length
    return Plan(official, spell.unit, spell.agency, made.kind, origin, received, due, made.coefficient, made.code)


def _origin(world: World, official: str, kind: str) -> str:
    if kind in ("dossier", "exchange"):
        return "citizen"
    own = world.falls_on(official, "starts", world.manner(official).starts)
    return "self_started" if own or kind == "initiative" else "assigned"


def _split(world: World, plan: Plan) -> Iterator[Plan]:
    """The item, or the parts into which its lead splits it; their coefficients add up to the same."""
    parts = int(world.planted_on(Pattern.SPLITS, plan.received, plan.lead))
    if parts < 2 or plan.origin == "citizen" or plan.kind == "initiative":
        yield plan
        return
    whole, task = parse_scaled(plan.coefficient, 2), world.number("split")
    for part in range(1, parts + 1):
        own = whole // parts + (part <= whole % parts)
        received = plan.received + 0.005 * (part - 1)
        coefficient = write_cell(own, Kind.HUNDREDTHS)
        yield replace(plan, received=received, coefficient=coefficient, part=(part, parts, task))
