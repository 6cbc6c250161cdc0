"""Whether the figures are all in: which sources handed over what they promised for the last working day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache

from congtam.engine.periods import VIETNAM, local_day, start_of_day
from congtam.engine.working_time import Calendar
from congtam.intake.queries import last_arrivals
from congtam.sources.models import Source

A_MOMENT = 10  # seconds


@dataclass(frozen=True)
class Arrived:
    """How many sources there are, and the names of those whose data are still to come."""

    n: int
    missing: tuple[str, ...]

    @property
    def here(self) -> int:
        """How many have handed over what they promised."""
        return self.n - len(self.missing)


def arrived(calendar: Calendar, now: datetime) -> Arrived:
    """How complete the data are now; the same for everybody, so it is asked of the database every few seconds only."""
    told = cache.get_or_set(f"arrivals/{local_day(now)}", lambda: last_arrivals(local_day(now)), A_MOMENT)
    missing = [one.name for one, last in told if last is None or last < start_of_day(_promised(one, calendar, now))]
    return Arrived(len(told), tuple(missing))


def _promised(source: Source, calendar: Calendar, now: datetime) -> date:
    """The last working day whose data must be here: today once its promised time is past, else the one before."""
    today = local_day(now)
    due = source.due_time is not None and now.astimezone(VIETNAM).time() >= source.due_time
    if due and calendar.is_working(today):
        return today
    day = today - timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day
