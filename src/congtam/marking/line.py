"""Who marks whom on a day: admitted from outside first, then heads upwards, from the posts held that day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congtam.marking.models import Admission
from congtam.orgs.queries import Branch, unit_tree
from congtam.people.queries import delegations, staff_of, units_of_all

Level = tuple[int, ...]  # persons any of whom may give a mark, the one who is asked first


@dataclass(frozen=True)
class Line:
    """The day's line over some persons. `over`: the units of each and all above, nearest first; `heads`: who heads a
    unit, who acts for the head by delegation first; `led`: the units each heads by an own post."""

    over: Mapping[int, Sequence[int]]
    heads: Mapping[int, Level]
    led: Mapping[int, frozenset[int]]
    admitted: Sequence[Admission]

    def levels(self, person: int, criterion: str = "") -> list[Level]:
        """Who is to mark a person on a criterion, one level after the other: never the person, and a head from above
        the unit headed."""
        found = [self.outside(person, criterion)]
        for unit in self.over.get(person, ()):
            if unit not in self.led.get(person, frozenset()):
                found.append(tuple(head for head in self.heads.get(unit, ()) if head != person))
        return [level for level in dict.fromkeys(found) if level]

    def outside(self, person: int, criterion: str = "") -> Level:
        """Who from outside is admitted for a person and a criterion."""
        units = self.over.get(person, ())
        return tuple(
            dict.fromkeys(
                one.rater_id
                for one in self.admitted
                if one.rater_id != person
                and (one.person_id == person or one.unit_id in units)
                and (not one.criteria or criterion in one.criteria)
            )
        )


def line_on(persons: Iterable[int], day: date) -> Line:
    """The line over persons on a day. Five queries, however many they are."""
    homes = units_of_all(persons, day)
    parents = {branch.unit: branch for branch in unit_tree(day)}
    over = {
        person: tuple(dict.fromkeys(unit for home in units for unit in _upwards(home, parents)))
        for person, units in homes.items()
    }
    units = {unit for chain in over.values() for unit in chain}
    heads: dict[int, list[int]] = defaultdict(list)
    for lent in delegations(day):
        heads[lent.unit_id].append(lent.receiver_id)
    led: dict[int, set[int]] = defaultdict(set)
    for one in staff_of(units, day):
        if one.leads:
            heads[one.unit].append(one.person)
            led[one.person].add(one.unit)
    admitted = list(Admission.standing().filter(days__contains=day).order_by("seq"))
    return Line(
        over,
        {unit: tuple(dict.fromkeys(told)) for unit, told in heads.items()},
        {person: frozenset(told) for person, told in led.items()},
        admitted,
    )


def _upwards(unit: int, tree: Mapping[int, Branch]) -> Iterable[int]:
    above: int | None = unit
    while above is not None:
        yield above
        above = tree[above].parent if above in tree else None
