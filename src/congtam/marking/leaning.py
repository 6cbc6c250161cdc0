"""How raters of an agency lean, from the marks of the last months and what data say of the same people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from congtam.engine.comparing.raters import Marked, Raters, data_of, leanings
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.points import POINT
from congtam.engine.states import State
from congtam.marking.figures import Record, records_of
from congtam.people.queries import staff_of
from congtam.ratings.asked import Criterion, asked_for
from congtam.ratings.models import Rating

MONTHS = 6
ROLES = ("staff", "leader")


@dataclass(frozen=True)
class Group:
    """The raters of one criterion for one role. `unknown`: marked people left out, for data say too little of them."""

    criterion: str
    title: Text
    most: int
    role: str
    first: Period
    last: Period
    unknown: int
    found: Raters


def last_months(now: datetime) -> list[Period]:
    """The months that are over, as many as are looked at, the earliest first."""
    month, found = Period.of(PeriodKind.MONTH, local_day(now)), []
    for _ in range(MONTHS):
        month = month.previous()
        found.append(month)
    return found[::-1]


def groups_of(units: Iterable[int], now: datetime) -> list[Group]:
    """Each criterion with a scale that people of some units are marked on, staff and leaders apart. A person whom a
    rater marked in several months counts once. As many queries as months, and two."""
    months = last_months(now)
    staff = staff_of(units, local_day(now))
    roles = {one.person: "leader" if one.leads else "staff" for one in staff}
    records = {month.label: records_of(roles, month, now) for month in months}
    marks = _marks(list(roles), months)
    found = []
    for criterion in _criteria(months[-1], {one.staff_kind for one in staff}):
        for role in ROLES:
            told = {key: own for key, own in marks.get(criterion.criterion, {}).items() if roles[key[1]] == role}
            marked = [one for one in (_marked(*key, own, records) for key, own in sorted(told.items())) if one]
            if told:
                found.append(
                    Group(
                        criterion.criterion,
                        criterion.title,
                        criterion.most,
                        role,
                        months[0],
                        months[-1],
                        len(told) - len(marked),
                        leanings(marked),
                    )
                )
    return found


def _criteria(period: Period, kinds: Iterable[str]) -> list[Criterion]:
    """The criteria with a scale, each once: two outcomes tell too little of who is kind."""
    asked = [one for kind in sorted(kinds) for role in ROLES for one in asked_for(period, role, kind)]
    return list({one.criterion: one for one in reversed(asked) if one.stage == "final" and not one.outcomes}.values())


_Marks = dict[str, dict[tuple[int, int], dict[str, int]]]


def _marks(people: Sequence[int], months: Iterable[Period]) -> _Marks:
    """The marks that stand, by criterion, rater and person, and month. One query."""
    rows = Rating.standing().filter(
        person__in=people, period__in=[one.label for one in months], stage="final", state=State.VALUE
    )
    found: _Marks = defaultdict(lambda: defaultdict(dict))
    for criterion, by, person, period, value in rows.values_list("criterion", "by_id", "person_id", "period", "value"):
        found[criterion][by, person][period] = value
    return found


def _marked(rater: int, person: int, own: dict[str, int], records: dict[str, dict[int, Record]]) -> Marked | None:
    """One person under one rater: the mean mark, and the share of due work done in time and without fault in the months
    marked, in percent; None where too little was due."""
    told = [records[month].get(person, Record()) for month in own]
    data = data_of(sum(one.well for one in told), sum(one.due for one in told))
    return None if data is None else Marked(str(rater), sum(own.values()) / len(own) / POINT, *data)
