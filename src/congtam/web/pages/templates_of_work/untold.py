"""What recurs and did not go as its setter set it up, until they say that they know."""

from congtam.access.seats import Seat
from congtam.desk.models import Occasion
from congtam.desk.recurring import untold
from congtam.engine.rulebook.model import Text
from congtam.web.pages.templates_of_work.words import OUTCOMES, STOPPED

Told = list[tuple[Occasion, Text, Text | None]]


def untold_of(seat: Seat) -> Told:
    """Each occasion with what happened, and why where it stopped. One query."""
    if seat.person is None:
        return []
    return [
        (one, OUTCOMES[one.outcome], STOPPED.get(one.recurrence.stopped_because) if one.outcome == "stopped" else None)
        for one in untold(seat.person)
    ]
