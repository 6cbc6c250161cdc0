"""The instants of slips and requests: counted in working days, moved by pauses of the cycle and closures of the agency.

They are worked out when they are asked, so a pause or an incident told later moves them as it moves the steps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from congtam.cycles.models import Cycle
from congtam.cycles.population import entries_for
from congtam.cycles.queries import period_of
from congtam.cycles.standing import Stand, Stop, incidents_of, moved, pauses_of, stands
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import StepTerm
from congtam.engine.working_time import Calendar
from congtam.objections.models import Request, Slip
from congtam.scores.overview import sight


@dataclass(frozen=True)
class Terms:
    """How time runs in one cycle at an instant."""

    now: datetime
    calendar: Calendar
    stops: Sequence[Stop]
    steps: Mapping[str, Stand]

    @property
    def sealed(self) -> bool:
        """Whether the cycle is sealed."""
        seal = self.steps.get("seal")
        return seal is not None and seal.state == "done"

    def alone_until(self, slip: Slip) -> datetime:
        """Until when only the person, who marks them and the personnel office see a slip."""
        return self._after(slip.shown_at, slip.alone_days)

    def speak_until(self, slip: Slip) -> datetime:
        """Until when something may be said to a slip: its own working days, and never less than the step of remarks."""
        own, step = self._after(slip.shown_at, slip.speak_days), self.steps.get("review")
        return max(own, step.since if step.state == "done" else step.due_at) if step else own

    def answer_by(self, request: Request) -> datetime:
        """By when a request is to be answered."""
        return self.later(request.due_at, request.asked_at)

    def due_after(self, instant: datetime, days: int) -> datetime:
        """The close of office so many working days after an instant."""
        return self.calendar.close_of(self.calendar.add_working_days(local_day(instant), days))

    def later(self, due: datetime, since: datetime) -> datetime:
        """A deadline set at `since`, moved by what stood in between."""
        return moved(due, since, self.stops, self.now, self.calendar)[0]

    def _after(self, instant: datetime, days: int) -> datetime:
        return self.later(self.due_after(instant, days), instant)


def terms_of(cycle: Cycle, now: datetime) -> Terms:
    """How time runs in a cycle."""
    stops = sorted([*pauses_of(cycle), *incidents_of(cycle, now)], key=lambda one: one.first)
    steps = {one.step: one for one in stands(cycle, now)}
    return Terms(now, sight(now).calendar, stops, steps)


def rules_of(cycle: Cycle, card: str) -> Mapping[str, StepTerm]:
    """What the scorecard of somebody says of the steps of a period, by step; none where it names no steps."""
    entry = entries_for(period_of(cycle)).get(card)
    return {one.id: one for one in entry.card.model.timetable} if entry else {}


def days_of(rules: Mapping[str, StepTerm], step: str) -> int:
    """The working days a rule gives to a step; 0 where it gives none."""
    found = rules.get(step)
    return (found.days or 0) if found else 0


def answer_days(rules: Mapping[str, StepTerm]) -> int:
    """Within how many working days a request is answered; the days of the step where the rule says nothing more."""
    found = rules.get("objections")
    return ((found.answer_within or found.days or 0) if found else 0) or 1
