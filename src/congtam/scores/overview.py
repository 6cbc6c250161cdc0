"""From where pages look at units: the instant, and the working calendar of the scorecard that counts."""

from datetime import datetime

from congtam.calendars.queries import national_calendar
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.scores.cards import cards_of
from congtam.scores.known import cut
from congtam.work.lists import Sight


def sight(now: datetime) -> Sight:
    """The view from an instant, in the calendar of the running month's scorecards; where there is none, the national
    one."""
    cards = cards_of(Period.of(PeriodKind.MONTH, local_day(now)), cut().rules)
    calendars = [entry.calendar for entry in cards.entries.values()]
    return Sight(now, calendars[0] if calendars else national_calendar())
