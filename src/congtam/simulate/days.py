"""Office time for planning: a position is a working day's number plus the part of that day already gone."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from congtam.engine.periods import VIETNAM, add_months

MORNING_MINUTES = 240  # 7:30 to 11:30
OFFICE_MINUTES = 450  # and 13:30 to 17:00

# Days on which nobody of the demo works. Only for planning invented work: the law's calendar is a rulebook.
YEARLY_CLOSED = ((1, 1), (4, 30), (5, 1), (9, 2))
CLOSED_2025 = ("01-27", "01-28", "01-29", "01-30", "01-31", "04-07", "05-02", "09-01")
CLOSED_2026 = ("01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "04-27", "08-31", "09-01")
CLOSED = frozenset(
    [date.fromisoformat(f"2025-{day}") for day in CLOSED_2025]
    + [date.fromisoformat(f"2026-{day}") for day in CLOSED_2026]
)


def is_open(day: date) -> bool:
    return day.weekday() < 5 and day not in CLOSED and (day.month, day.day) not in YEARLY_CLOSED


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """That time of that day in Vietnam, as UTC."""
    return datetime.combine(day, time(hour, minute), VIETNAM).astimezone(UTC)


def month_first(day: date, months: int = 0) -> date:
    """The first day of the month `months` after that of `day`."""
    return add_months(day.replace(day=1), months)


@dataclass(frozen=True)
class Workdays:
    """Working days in order; positions count along them."""

    days: tuple[date, ...]

    @classmethod
    def between(cls, first: date, last: date) -> "Workdays":
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return cls(tuple(day for day in every if is_open(day)))

    def index(self, day: date) -> int:
        """The number of the first working day on or after `day`."""
        return bisect_left(self.days, day)

    def day(self, position: float) -> date:
        return self.days[int(position)]

    def instant(self, position: float) -> datetime:
        minutes = int((position % 1) * OFFICE_MINUTES)
        start = (7, 30) if minutes < MORNING_MINUTES else (13, 30)
        past = minutes if minutes < MORNING_MINUTES else minutes - MORNING_MINUTES
        return local(self.day(position), *start) + timedelta(minutes=past)

    def close(self, index: int) -> datetime:
        """17:00 on working day `index`: when a deadline on that day ends."""
        return local(self.days[index], 17)
