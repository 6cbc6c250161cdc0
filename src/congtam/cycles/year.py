"""A longer period and its months: which months it holds when it is due before it is over, whether each of them was
sealed or came in, and which were sealed again since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from congtam.cycles.models import Cycle
from congtam.cycles.population import Member, worked
from congtam.cycles.queries import cut_off_of, period_of
from congtam.cycles.transfers import came_in
from congtam.engine.periods import Period, PeriodKind
from congtam.scores.models import Seal, SealedScore
from congtam.scores.months import standing_of


@dataclass(frozen=True)
class MonthHeld:
    """A month of a longer period with its seal that stands, None where it has none. `over`: it had ended at the
    cut-off; only such a month is held at all."""

    period: Period
    over: bool
    seal: Seal | None

    @property
    def held(self) -> bool:
        """Whether the longer period holds it."""
        return self.over and self.seal is not None


@dataclass(frozen=True)
class Unsettled:
    """A month that was over at the cut-off and that an agency has not sealed, and those of the longer period who were
    graded there then and have no result of it from anywhere."""

    period: Period
    agency: int
    people: tuple[int, ...]


def months_of(cycle: Cycle, now: datetime) -> list[MonthHeld]:
    """The months of a quarter or year with the seals that stand now; none for a month."""
    period = period_of(cycle)
    if period.kind is PeriodKind.MONTH:
        return []
    at, months = cut_off_of(cycle, now), list(period.months())
    seals = {one.period: one for one in standing_of(months, None) if one.agency_id == cycle.agency_id}
    return [MonthHeld(month, month.end <= at, seals.get(month.label)) for month in months]


def unsettled(cycle: Cycle, members: Iterable[Member], now: datetime) -> list[Unsettled]:
    """What keeps a longer period from being sealed until it is mended, or accepted as a gap: the months of this agency,
    and of those where its people worked before."""
    people = {one.person for one in members if one.graded}
    over = [one.period for one in months_of(cycle, now) if one.over]
    if not over or not people:
        return []
    seals = standing_of(over, None)
    sealed = {(one.agency_id, one.period) for one in seals}
    has = {(one.row.person_id, one.period.label) for one in came_in(people, period_of(cycle))}
    has |= set(SealedScore.objects.filter(person__in=people, seal__in=seals).values_list("person", "seal__period"))
    left: dict[tuple[Period, int], list[int]] = defaultdict(list)
    for month in over:
        for person, agency in worked({one for one in people if (one, month.label) not in has}, month, now).items():
            if (agency, month.label) not in sealed:
                left[month, agency].append(person)
    return [Unsettled(month, agency, tuple(who)) for (month, agency), who in left.items()]


def sealed_again_since(cycle: Cycle, seal: Seal) -> list[Period]:
    """The months that were sealed, or sealed again, after what this seal of a longer period knew: it does not hold them
    as they stand now. Another seal of the period would, and shows the difference."""
    return [
        one.period
        for one in months_of(cycle, seal.made_at)
        if one.over and one.seal is not None and (one.seal.known or one.seal.seq) > seal.seq
    ]
