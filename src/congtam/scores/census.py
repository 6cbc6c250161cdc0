"""Who is scored in a period: everyone with a post in it, and who stands above and below them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property

from congtam.engine.facts.tables import Facts
from congtam.engine.periods import Period
from congtam.engine.structure import Person, Structure
from congtam.engine.working_time import Calendar
from congtam.scores.facts import structure_about


class Census:
    """Everyone with a post in a period, days counted up to `until`, by one calendar."""

    def __init__(self, structure: Structure, period: Period, until: date):
        self.structure, self.period, self.until = structure, period, until
        self.everyone = structure.people(period, until)
        self.people: dict[str, Person] = {one.official: one for one in self.everyone}

    @cached_property
    def below(self) -> Callable[[Person], list[str]]:
        """Whom each leader leads."""
        return self.structure.below(self.everyone, self.period.first)

    @cached_property
    def _leaders(self) -> dict[str, list[str]]:
        leaders: dict[str, list[str]] = defaultdict(list)
        for one in self.everyone:
            if one.spell.leader:
                leaders[one.spell.unit].append(one.official)
        return leaders

    def above(self, person: Person) -> set[str]:
        """The leaders who may read the grade of this person."""
        chain = self.structure.chain(person.spell.unit, self.period.first)
        return {code for unit in (chain[1:] if person.spell.leader else chain) for code in self._leaders[unit]}

    def in_order(self, codes: Iterable[str]) -> list[Person]:
        """People so that nobody comes before those below them: staff, then leaders from the deepest unit up."""
        depth, first = self.structure.depth, self.period.first
        found = [self.people[code] for code in codes if code in self.people]
        return sorted(found, key=lambda one: (one.spell.leader, -depth(one.spell.unit, first), one.official))

    def enough_from(self, person: Person, days: int) -> date | None:
        """The day from whose midnight on a person will have worked so many days; None when that has been, or never
        comes in the period."""
        if person.working_days >= days:
            return None
        ordinals = range(self.until.toordinal() + 1, self.period.until.toordinal() + 1)
        for until in map(date.fromordinal, ordinals):
            if self.structure.days_worked(person.official, person.spells, self.period, until) >= days:
                return until
        return None


class Censuses:
    """The censuses of one state of the structure, made when asked for."""

    def __init__(self) -> None:
        self._facts: Facts | None = None
        self._number = -1
        self._structures: dict[str, Structure] = {}
        self._made: dict[tuple[str, Period, date], Census] = {}

    def of(self, number: int, calendar: Calendar, period: Period, until: date) -> Census:
        """The census as of structural fact `number`."""
        structure = self.structure(number, calendar)
        key = (calendar.digest, period, until)
        if key not in self._made:
            for old in [one for one in self._made if one[:2] == key[:2]]:  # the days before
                del self._made[old]
            self._made[key] = Census(structure, period, until)
        return self._made[key]

    def structure(self, number: int, calendar: Calendar) -> Structure:
        """Who works where as of structural fact `number`, days counted by a calendar."""
        facts = self.facts(number)
        if calendar.digest not in self._structures:
            self._structures[calendar.digest] = Structure(facts, calendar)
        return self._structures[calendar.digest]

    def facts(self, number: int) -> Facts:
        """Who works where as of structural fact `number`, of everyone."""
        if self._facts is None or self._number != number:
            self._facts, self._number = structure_about(), number
            self._structures.clear()
            self._made.clear()
        return self._facts


CENSUSES = Censuses()  # of this process
