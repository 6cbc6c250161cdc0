"""Who worked where, when: people with the spell that counts for a period, units under units, days worked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from congtam.engine.facts.tables import Absence, Facts, Spell, Unit
from congtam.engine.periods import Period
from congtam.engine.working_time import Calendar


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


class Structure:
    """Spells, units and absences, asked by period or day."""

    def __init__(self, facts: Facts, calendar: Calendar):
        self.calendar = calendar
        self._spells: dict[str, list[Spell]] = defaultdict(list)
        for spell in sorted(facts.spells, key=lambda spell: (spell.first, spell.seq)):
            self._spells[spell.official].append(spell)
        self._absences: dict[str, list[Absence]] = defaultdict(list)
        for absence in facts.absences:
            self._absences[absence.official].append(absence)
        self._units: dict[str, list[Unit]] = defaultdict(list)
        for unit in facts.units:
            self._units[unit.unit].append(unit)

    def people(self, period: Period, until: date, staff_kind: Iterable[str] = ()) -> list[Person]:
        """Everyone with a spell in the period, by code. The spell in force on the first day decides, else the first
        one begun in it; days are counted up to `until`."""
        kinds = frozenset(staff_kind)
        found = []
        for official in sorted(self._spells):
            spells = tuple(s for s in self._spells[official] if _overlaps(s, period.first, period.until))
            if not spells or (kinds and spells[0].staff_kind not in kinds):
                continue
            found.append(Person(official, spells[0], spells, self.days_worked(official, spells, period, until)))
        return found

    def days_worked(self, official: str, spells: Iterable[Spell], period: Period, until: date) -> int:
        """Working days of the period, up to `until`, inside the spells and outside absences."""
        days: set[date] = set()
        for spell in spells:
            days |= set(_days(max(spell.first, period.first), min(spell.until or until, period.until, until)))
        for absence in self._absences.get(official, ()):
            days -= set(_days(absence.first, absence.until))
        return sum(1 for day in days if self.calendar.is_working(day))

    def parent(self, unit: str, day: date) -> str | None:
        """The unit above on a day. Before a unit's first day it is the one it will stand under, after its last day the
        one it last stood under: work of a unit founded or dissolved inside a period stays in the tree."""
        rows = sorted(self._units.get(unit, ()), key=lambda row: row.first)
        begun = [row for row in rows if row.first <= day]
        chosen = begun[-1] if begun else (rows[0] if rows else None)
        return chosen.parent if chosen else None

    def chain(self, unit: str, day: date) -> list[str]:
        """The unit and all above it, nearest first; a loop in the data ends the chain."""
        chain = [unit]
        while (above := self.parent(chain[-1], day)) is not None and above not in chain:
            chain.append(above)
        return chain

    def depth(self, unit: str, day: date) -> int:
        """How many units stand above it."""
        return len(self.chain(unit, day)) - 1

    def leads(self, leader: Person, other: Person, day: date) -> bool:
        """Whether `other` is below `leader`: staff of the same unit, or anyone in a unit under it."""
        if leader.official == other.official or not leader.spell.leader:
            return False
        if other.spell.unit == leader.spell.unit:
            return not other.spell.leader
        return leader.spell.unit in self.chain(other.spell.unit, day)[1:]

    def units_below(self, unit: str, day: date) -> frozenset[str]:
        """The unit and everything under it on a day."""
        return frozenset(code for code in {*self._units, unit} if unit in self.chain(code, day))


def _overlaps(spell: Spell, first: date, until: date) -> bool:
    return spell.first < until and (spell.until is None or spell.until > first)


def _days(first: date, until: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((until - first).days))
