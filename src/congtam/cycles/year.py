"""A year and its months: which months a yearly grade holds when it is due before the year is over, and whether they are
those that were published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of, steps_of
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.scoring.agency import AgencyRun
from congtam.scores.models import Seal
from congtam.scores.seals import sealed_scores, standing_seal


@dataclass(frozen=True)
class MonthHeld:
    """A month of a longer period as it stands at the cut-off: its published seal then, None where it has none.
    `over`: it had ended; only such a month is held at all."""

    period: Period
    over: bool
    seal: Seal | None

    @property
    def held(self) -> bool:
        """Whether the longer period holds it."""
        return self.over and self.seal is not None


@dataclass(frozen=True)
class Unlike:
    """A month of a person that comes out otherwise today than it was published: points in millionths, None where there
    is no figure. A superseding seal of the month mends it."""

    person: int
    period: Period
    published: int | None
    now: int | None


def cut_off_of(cycle: Cycle, now: datetime) -> datetime:
    """The instant from which a period is seen: the end of its cut-off step, or now while that is open; never after the
    end of the period. A year that is graded before 15 December is seen as of its cut-off."""
    step, end = steps_of(cycle, now).get("cut_off"), period_of(cycle).end
    at = step.since if step is not None and step.state == "done" else now
    return min(at, end)


def months_of(cycle: Cycle, now: datetime) -> list[MonthHeld]:
    """The months of a quarter or year with their published seals as known at its cut-off; none for a month."""
    period = period_of(cycle)
    if period.kind is PeriodKind.MONTH:
        return []
    at = cut_off_of(cycle, now)
    return [MonthHeld(month, month.end <= at, _sealed(cycle.agency_id, month, at)) for month in period.months()]


def unpublished(cycle: Cycle, now: datetime) -> list[Period]:
    """The months that were over at the cut-off and have no seal: what blocks grading the longer period."""
    return [one.period for one in months_of(cycle, now) if one.over and one.seal is None]


def unlike_published(cycle: Cycle, run: AgencyRun, now: datetime) -> list[Unlike]:
    """The months of people that the run of a longer period averages otherwise than they were published. Where there are
    none, the grade of the year stands on the published months."""
    published = {one.period.label: _points(one.seal) for one in months_of(cycle, now) if one.seal is not None}
    found = []
    for code in run.people:
        score = run.legal_score(code)
        for label, total in score.months if score is not None else ():
            if label in (score.received if score is not None else ()) or int(code) not in published.get(label, {}):
                continue
            said = published[label][int(code)]
            if said != total:
                found.append(Unlike(int(code), Period.parse(label), said, total))
    return found


def _sealed(agency: int, month: Period, at: datetime) -> Seal | None:
    seal = standing_seal(agency, month)
    while seal is not None and seal.made_at > at:
        seal = seal.supersedes
    return seal


def _points(seal: Seal) -> Mapping[int, int | None]:
    return {person: one.points for person, one in sealed_scores(seal).items()}
