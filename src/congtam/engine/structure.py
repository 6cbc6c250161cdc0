"""Who worked where, when: people with the spell that counts for a period, units under units, days worked."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from congtam.engine.facts.tables import Absence, Facts, Spell, Unit
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.working_time import Calendar

Days = tuple[date, date]  # from the first to before the second


@dataclass(frozen=True)
class Person:
    """One official in one period: `spell` is the one that decides role and group, `spells` all those in the period,
    `working_days` the days actually worked in them (holidays and absences taken out)."""

    official: str
    spell: Spell
    spells: tuple[Spell, ...]
    working_days: int

    @property
    def role(self) -> str:
        return "leader" if self.spell.leader else "staff"


def _deciding(spells: tuple[Spell, ...], period: Period, until: date) -> Spell:
    begun = [one for one in spells if one.first < until]
    if period.kind is not PeriodKind.YEAR or not begun:
        return spells[0]
    return next((one for one in begun if one.until is None or one.until >= until), begun[-1])


class Structure:
    """Spells, units and absences, asked by period or day; people, chains of units and counts of days are kept."""

    def __init__(self, facts: Facts, calendar: Calendar):
        self.calendar = calendar
        self._spells: dict[str, list[Spell]] = defaultdict(list)
        for spell in sorted(facts.spells, key=lambda spell: (spell.first, spell.seq)):
            self._spells[spell.official].append(spell)
        self._absences: dict[str, list[Absence]] = defaultdict(list)
        for absence in facts.absences:
            self._absences[absence.official].append(absence)
        self._units: dict[str, list[Unit]] = defaultdict(list)
        for unit in sorted(facts.units, key=lambda unit: unit.first):
            self._units[unit.unit].append(unit)
        self._people: dict[tuple[Period, date], list[Person]] = {}
        self._chains: dict[tuple[str, date], list[str]] = {}
        self._trees: dict[date, dict[str, set[str]]] = {}
        self._counted: dict[Days, int] = {}

    def people(self, period: Period, until: date, staff_kind: Iterable[str] = ()) -> list[Person]:
        """Everyone with a spell in the period, by code. The spell in force on the first day decides, else the first
        one begun in it; of a year the one in force on the last day before `until`, else the last one, for the body
        where somebody works then grades the year. Days are counted up to `until`."""
        kinds = frozenset(staff_kind)
        if (period, until) not in self._people:
            self._people[period, until] = list(self._found(period, until))
        return [one for one in self._people[period, until] if not kinds or one.spell.staff_kind in kinds]

    def _found(self, period: Period, until: date) -> Iterator[Person]:
        for official in sorted(self._spells):
            spells = tuple(s for s in self._spells[official] if _overlaps(s, period.first, period.until))
            if spells:
                days = self.days_worked(official, spells, period, until)
                yield Person(official, _deciding(spells, period, until), spells, days)

    def days_worked(self, official: str, spells: Iterable[Spell], period: Period, until: date) -> int:
        """Working days of the period, up to `until`, inside the spells and outside absences."""
        first, last = period.first, min(period.until, until)
        there = _joined([(max(one.first, first), min(one.until or last, last)) for one in spells])
        worked = sum(map(self._working, there))
        if official not in self._absences:
            return worked
        away = _joined([(absence.first, absence.until) for absence in self._absences[official]])
        return worked - sum(map(self._working, _shared(there, away)))

    def _working(self, days: Days) -> int:
        if days not in self._counted:
            self._counted[days] = self.calendar.working_days(*days)
        return self._counted[days]

    def parent(self, unit: str, day: date) -> str | None:
        """The unit above on a day. Before a unit's first day it is the one it will stand under, after its last day the
        one it last stood under: work of a unit founded or dissolved inside a period stays in the tree."""
        rows = self._units.get(unit, ())
        begun = [row for row in rows if row.first <= day]
        chosen = begun[-1] if begun else (rows[0] if rows else None)
        return chosen.parent if chosen else None

    def chain(self, unit: str, day: date) -> list[str]:
        """The unit and all above it, nearest first; a loop in the data ends the chain."""
        if (unit, day) not in self._chains:
            chain = [unit]
            while (above := self.parent(chain[-1], day)) is not None and above not in chain:
                chain.append(above)
            self._chains[unit, day] = chain
        return self._chains[unit, day]

    def depth(self, unit: str, day: date) -> int:
        """How many units stand above it."""
        return len(self.chain(unit, day)) - 1

    def below(self, people: Iterable[Person], day: date) -> Callable[[Person], list[str]]:
        """Whom each leader leads, in the order of `people`: staff of the same unit, everyone in a unit under it."""
        staff: dict[str, list[tuple[int, str]]] = defaultdict(list)
        under: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for place, one in enumerate(people):
            if not one.spell.leader:
                staff[one.spell.unit].append((place, one.official))
            for above in self.chain(one.spell.unit, day)[1:]:
                under[above].append((place, one.official))
        led = cache(lambda unit: [code for _, code in sorted([*staff[unit], *under[unit]])])
        return lambda leader: led(leader.spell.unit) if leader.spell.leader else []

    def units_below(self, unit: str, day: date) -> frozenset[str]:
        """The unit and everything under it on a day."""
        if day not in self._trees:
            self._trees[day] = defaultdict(set)
            for code in self._units:
                for above in self.chain(code, day):
                    self._trees[day][above].add(code)
        return frozenset({unit, *self._trees[day].get(unit, ())})


def _overlaps(spell: Spell, first: date, until: date) -> bool:
    return spell.first < until and (spell.until is None or spell.until > first)


def _shared(there: list[Days], away: list[Days]) -> list[Days]:
    """The days that lie in both."""
    both = [(max(first, start), min(end, stop)) for first, end in there for start, stop in away]
    return [(first, until) for first, until in both if first < until]


def _joined(stretches: list[Days]) -> list[Days]:
    """The days of all stretches, each day in one stretch only; an empty stretch holds none."""
    stretches = [one for one in stretches if one[0] < one[1]]
    if len(stretches) < 2:
        return stretches
    joined: list[Days] = []
    for first, until in sorted(stretches):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(until, joined[-1][1]))
        else:
            joined.append((first, until))
    return joined
