"""Planning invented work: what arrives when for whom, and when its holder finishes it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from congtam.simulate.days import Workdays
from congtam.simulate.department import Department
from congtam.simulate.people import FEW, STUCK, Manner
from congtam.simulate.titles import field_of

KINDS = ("task", "document", "dossier", "exchange", "report", "operation", "initiative")
DEFAULT_MIX = (34, 28, 5, 8, 10, 13, 2)
MIXES: dict[str, tuple[int, ...]] = {
    "SKHCN": (60, 25, 0, 0, 14, 0, 1),
    "VP": (28, 42, 0, 10, 12, 6, 2),
    "TDC": (22, 20, 28, 8, 8, 13, 1),
    "QLCN": (26, 22, 24, 8, 9, 8, 3),
    "BCVT": (26, 24, 20, 9, 9, 11, 1),
    "TTCNTT": (26, 14, 0, 10, 8, 40, 2),
    "TTUD": (28, 14, 4, 6, 10, 36, 2),
}
LENGTHS: dict[str, tuple[int, int]] = {  # working days from receipt to deadline
    "task": (4, 10),
    "document": (2, 5),
    "dossier": (5, 12),
    "exchange": (1, 3),
    "report": (3, 8),
    "operation": (2, 6),
    "initiative": (12, 18),
}
COEFFICIENTS = ("0.5", "0.75", "1", "1", "1", "1.25", "1.5", "2", "2.5", "3")
MONTH_OF_WORK = 21  # working days for which a load is stated
BEFORE_TET = (date(2025, 1, 20), date(2025, 2, 7))


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
    finish: float | None = None  # fixed from outside; None: as the holder's manner has it


@dataclass
class World:
    """What every step of planning needs; `label` sets the codes of one stretch of time apart."""

    label: str
    days: Workdays
    department: Department
    rng: Random
    _carry: dict[tuple[str, str], float] = field(default_factory=dict)
    _done: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def manner(self, official: str) -> Manner:
        return self.department.manners[official]

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

    def free(self, official: str, first: int, last: int) -> list[int]:
        """The working days in which the official is there."""
        return [n for n in range(first, last + 1) if self.department.present(official, self.days.days[n])]

    def in_time(self, official: str, after: float, due: int) -> float:
        """A finish after `after` and by 17:00 of `due`, more often near the deadline."""
        days = self.free(official, int(after), due) or [due]
        day = days[int(self.rng.betavariate(4, 2) * len(days) * 0.999)]
        gone = min(after % 1 + 0.03, (after % 1 + 1) / 2) if day == int(after) else 0.05
        return day + self.rng.uniform(gone, max(gone, 0.96))

    def too_late(self, official: str, due: int, delay: int) -> float:
        """A finish on the first free working day at least `delay` working days past the deadline."""
        days = self.free(official, due + delay, due + delay + 10) or [due + delay]
        return days[0] + self.rng.uniform(0.05, 0.9)

    def finish(self, official: str, after: float, due: int) -> float:
        """When `official`, holding the work since `after`, finishes it: as their manner has it."""
        manner = self.manner(official)
        hurried = BEFORE_TET[0] <= self.days.days[due] <= BEFORE_TET[1]
        if self.falls_on(official, "dropped", manner.dropped):
            return self.too_late(official, due, self.rng.randint(15, 28))
        if self.falls_on(official, "late", min(0.6, manner.late * (3 if hurried else 1))):
            return self.too_late(official, due, self.rng.choice((1, 1, 1, 2, 2, 3, 5)))
        return self.in_time(official, after, due)

    def colleague(self, official: str, at: float, *, same_unit: bool = True) -> str | None:
        found = self.department.colleagues(official, self.days.day(at), same_unit=same_unit)
        return self.rng.choice(found) if found else None


def arrivals(world: World, first: date, last: date) -> Iterator[Plan]:
    """All items that arrive from `first` to `last`, both within one month."""
    for official in world.department.manners:
        span = range(world.days.index(first), world.days.index(last + timedelta(days=1)))
        free = [n for n in span if world.department.takes_work(official, world.days.days[n])]
        if free:
            yield from _arrivals_of(world, official, free)


def _arrivals_of(world: World, official: str, free: list[int]) -> Iterator[Plan]:
    count = round(_load(world, official) * len(free) / MONTH_OF_WORK)
    if official == FEW:
        free = free[: len(free) // 2 + 1]
    for k in range(count):
        day = free[min(int((k + world.rng.random()) * len(free) / count), len(free) - 1)]
        yield _arrival(world, official, day + world.rng.uniform(0.02, 0.7))


def _load(world: World, official: str) -> float:
    manner = world.manner(official)
    return manner.load or world.rng.randint(15, 23 if manner.helps else 18)


def _arrival(world: World, official: str, received: float) -> Plan:
    spell = world.department.spell_on(official, world.days.day(received))
    assert spell is not None, f"{official} takes work without a spell"
    kind = world.rng.choices(KINDS, MIXES.get(field_of(spell.unit), DEFAULT_MIX))[0]
    origin = _origin(world, official, kind)
    length = world.rng.randint(2, 4) if official == FEW else world.rng.randint(*LENGTHS[kind])
    coefficient = world.rng.choice(COEFFICIENTS)
    return Plan(official, spell.unit, spell.agency, kind, origin, received, int(received) + length, coefficient)


def _origin(world: World, official: str, kind: str) -> str:
    if kind in ("dossier", "exchange"):
        return "citizen"
    own = world.falls_on(official, "starts", world.manner(official).starts)
    return "self_started" if own or kind == "initiative" else "assigned"


def stuck(world: World, first: date, done: date) -> Plan:
    """The item of one official that stays open from the month of `first` until `done`, three months later."""
    received = world.days.index(first) + 1
    spell = world.department.spell_on(STUCK, world.days.days[received])
    assert spell is not None, f"{STUCK} has no spell"
    finish = world.days.index(done) + 0.4
    return Plan(STUCK, spell.unit, spell.agency, "task", "assigned", received + 0.2, received + 8, "2", finish)
