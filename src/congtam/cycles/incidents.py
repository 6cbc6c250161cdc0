"""What an incident does to the steps of running cycles, told before it is recorded. Nothing is written: deadlines are
read with the incidents that stand (`cycles.standing`)."""

from dataclasses import dataclass
from datetime import datetime

from congtam.cycles.models import Cycle, Step
from congtam.cycles.standing import Stop, stands
from congtam.engine.periods import local_day
from congtam.exemptions.falling import Closed
from congtam.orgs.queries import above


@dataclass(frozen=True)
class MovedStep:
    """A step whose deadline would move."""

    cycle: Cycle
    step: str
    before: datetime
    after: datetime


def moved_steps(closed: Closed | None, now: datetime, *, instead_of: int | None = None) -> list[MovedStep]:
    """The steps that are not over whose deadlines an incident would move: those of agencies it closes as a whole.
    `closed` None: it is taken back. `instead_of`: the series of the incident that it corrects or takes back."""
    running = Step.objects.filter(replaced_by=None).exclude(state="done").values("cycle")
    found: list[MovedStep] = []
    for cycle in Cycle.objects.filter(pk__in=running).order_by("pk"):
        over = set(above(cycle.agency_id, local_day(now)))
        struck = closed is not None and over & set(closed.units)
        more = [Stop("incident", closed.first, closed.until)] if closed is not None and struck else []
        before = stands(cycle, now)
        after = stands(cycle, now, more=more, without=instead_of)
        found += [
            MovedStep(cycle, one.step, one.due_at, other.due_at)
            for one, other in zip(before, after, strict=True)
            if one.state != "done" and one.due_at != other.due_at
        ]
    return found
