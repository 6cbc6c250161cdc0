"""Office time for planning: a position is a working day's number plus the part of that day already gone.

Which days are worked, and from when to when, comes from the shipped calendar with everything announced so far.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, cached_property
from pathlib import Path

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.periods import VIETNAM, add_months
from congtam.engine.working_time import Calendar

CALENDAR = Path(congtam.__file__).parent / "rulebooks/vn/national/calendar/calendar.yaml"
_MINUTE = timedelta(minutes=1)


@cache
def shipped_calendar() -> Calendar:
    """The calendar of the public sector with all that was announced."""
    return load_calendar(CALENDAR).as_known()


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """That time of that day in Vietnam, as UTC."""
    return datetime.combine(day, time(hour, minute), VIETNAM).astimezone(UTC)


def month_first(day: date, months: int = 0) -> date:
    """The first day of the month `months` after that of `day`."""
    return add_months(day.replace(day=1), months)


def months(start: date, end: date) -> Iterator[tuple[date, date]]:
    """The first and last days of the months from `start` to `end`, cut at both."""
    first = start
    while first <= end:
        last = month_first(first, 1) - timedelta(days=1)
        yield first, min(last, end)
        first = last + timedelta(days=1)


@dataclass(frozen=True)
class Workdays:
    """Working days in order; positions count along them."""

    days: tuple[date, ...]
    calendar: Calendar

    @classmethod
    def between(cls, first: date, last: date) -> "Workdays":
        calendar = shipped_calendar()
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return cls(tuple(day for day in every if calendar.is_working(day)), calendar)

    def index(self, day: date) -> int:
        """The number of the first working day on or after `day`."""
        return bisect_left(self.days, day)

    def day(self, position: float) -> date:
        return self.days[int(position)]

    def instant(self, position: float) -> datetime:
        """The whole minute of office time at a position."""
        minutes, sessions = self._hours[int(position)]
        gone = int((position % 1) * minutes)
        for start, length in sessions:
            if gone < length:
                return start + timedelta(minutes=gone)
            gone -= length
        raise AssertionError("a position lies within its day")

    def close(self, index: int) -> datetime:
        """When working day `index` ends (17:00), and a deadline on that day with it."""
        start, length = self._hours[index][1][-1]
        return start + timedelta(minutes=length)

    @cached_property
    def _hours(self) -> tuple[tuple[int, tuple[tuple[datetime, int], ...]], ...]:
        """Of each working day: its minutes, and each session's start and minutes."""
        return tuple(_hours(self.calendar, day) for day in self.days)


def _hours(calendar: Calendar, day: date) -> tuple[int, tuple[tuple[datetime, int], ...]]:
    sessions = tuple((start, (end - start) // _MINUTE) for start, end in calendar.sessions(day))
    return sum(length for _, length in sessions), sessions
