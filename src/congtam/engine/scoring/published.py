"""Our figures held against official published ones: agreement is within the tolerance the rulebook states."""

from dataclasses import dataclass

from congtam.engine.rulebook.model import Published
from congtam.engine.scoring.asked import Run
from congtam.engine.scoring.points import micropoints


@dataclass(frozen=True)
class Reconciled:
    """One official result beside ours, in millionths; `agrees` is None where we have no total."""

    subject: str
    official: int
    ours: int | None
    tolerance: int

    @property
    def agrees(self) -> bool | None:
        return None if self.ours is None else abs(self.ours - self.official) <= self.tolerance


def reconciled(run: Run) -> tuple[Reconciled, ...]:
    """Every official result of the run's period, in the order the rulebook lists them."""
    return tuple(_held(run, one) for one in run.card.model.published if one.period == run.asked.period.label)


def _held(run: Run, one: Published) -> Reconciled:
    score = run.scores.get(one.subject)
    return Reconciled(one.subject, micropoints(one.value), score.total if score else None, micropoints(one.tolerance))
