"""When a person may be reached outside of the site: within their hours, on working days."""

from datetime import datetime

from congtam.engine.periods import VIETNAM, local_day
from congtam.engine.working_time import Calendar
from congtam.notices.models import Ways


def loud_from(instant: datetime, ways: Ways, calendar: Calendar) -> datetime:
    """The first instant from `instant` on at which the person may be reached."""
    day, clock = local_day(instant), instant.astimezone(VIETNAM).time()
    if calendar.is_working(day):
        if clock < ways.loud_from:
            return datetime.combine(day, ways.loud_from, VIETNAM)
        if clock < ways.loud_until:
            return instant
    return datetime.combine(calendar.add_working_days(day, 1), ways.loud_from, VIETNAM)
