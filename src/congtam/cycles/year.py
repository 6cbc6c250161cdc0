"""A longer period and its months: which months it holds when it is due before it is over, whether each of them was
sealed or came in, and which were sealed again since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from congtam.cycles.models import Cycle
from congtam.cycles.population import Member, worked
from congtam.cycles.queries import period_of, steps_of
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
    """A month that was over at the cut-off and has no seal, and those of the period who worked then and have no result
    of it from elsewhere either."""

    period: Period
    people: tuple[int, ...]


def seen_from(cycle: Cycle, now: datetime) -> datetime:
    """The instant from which a cycle is scored: a longer period as of its cut-off, a month as of now."""
    return now if period_of(cycle).kind is PeriodKind.MONTH else cut_off_of(cycle, now)


def cut_off_of(cycle: Cycle, now: datetime) -> datetime:
    """The instant from which a period is seen: the end of its cut-off step, or now while that is open; never after the
    end of the period. A year that is graded before 15 December is seen as of its cut-off."""
    step, end = steps_of(cycle, now).get("cut_off"), period_of(cycle).end
    at = step.since if step is not None and step.state == "done" else now
    return min(at, end)


def months_of(cycle: Cycle, now: datetime) -> list[MonthHeld]:
    """The months of a quarter or year with the seals that stand now; none for a month."""
    period = period_of(cycle)
    if period.kind is PeriodKind.MONTH:
        return []
    at, months = cut_off_of(cycle, now), list(period.months())
    seals = {one.period: one for one in standing_of(months, None) if one.agency_id == cycle.agency_id}
    return [MonthHeld(month, month.end <= at, seals.get(month.label)) for month in months]


def unsettled(cycle: Cycle, members: Iterable[Member], now: datetime) -> list[Unsettled]:
    """What keeps a longer period from being sealed until it is mended, or accepted as a gap."""
    people = {one.person for one in members if one.graded}
    missing = [one.period for one in months_of(cycle, now) if one.over and one.seal is None]
    if not missing or not people:
        return []
    has = {(one.row.person_id, one.period.label) for one in came_in(people, period_of(cycle))}
    elsewhere = SealedScore.objects.filter(person__in=people, seal__in=standing_of(missing, None))
    has |= set(elsewhere.values_list("person", "seal__period"))
    left = {month: [one for one in worked(people, month, now) if (one, month.label) not in has] for month in missing}
    return [Unsettled(month, tuple(who)) for month, who in left.items() if who]


def sealed_again_since(cycle: Cycle, seal: Seal) -> list[Period]:
    """The months that were sealed, or sealed again, after this seal of a longer period: it does not hold them as they
    stand now. Another seal of the period would, and shows the difference."""
    since = seal.known or seal.seq
    return [
        one.period
        for one in months_of(cycle, seal.made_at)
        if one.over and one.seal is not None and (one.seal.known or one.seal.seq) > since
    ]
