"""What a due instant is counted from, and how the stretches for which the clock stood move it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from congtam.engine.clock_rule import ClockRule
from congtam.engine.periods import add_months, local_day, start_of_day
from congtam.engine.working_time import Calendar

_DAY = timedelta(days=1)


class Stop(NamedTuple):
    """A stretch for which the clock stood; `closed`: an incident had part in it."""

    first: datetime
    last: datetime
    closed: bool


@dataclass(frozen=True)
class Term:
    """What the due instant is counted from: a budget from `begin`, or an instant named then; and the stops since."""

    begin: datetime
    budget: int = 0
    fixed: datetime | None = None
    stops: tuple[Stop, ...] = ()

    def stood(self) -> list[Stop]:
        return [Stop(max(first, self.begin), max(last, self.begin), closed) for first, last, closed in self.stops]

    def due(self, rule: ClockRule, calendar: Calendar) -> datetime:
        if self.fixed is None and rule.unit != "hours":
            return calendar.close_of(self._last_day(rule, calendar))
        waited = sum((calendar.working_time(stop.first, stop.last) for stop in self.stood()), timedelta(0))
        if self.fixed is None:
            return calendar.add_working_time(self.begin, timedelta(hours=self.budget) + waited)
        return calendar.add_working_time(self.fixed, waited)

    def _last_day(self, rule: ClockRule, calendar: Calendar) -> date:
        """The day on which a budget in days or months runs out, stops counted as days."""
        day_0 = local_day(self.begin)
        after = day_0 + _DAY if self.budget else day_0  # the first day that can be counted
        if rule.unit == "working_days":
            stops = [_days_stood(stop, after, calendar.close_of) for stop in self.stood()]
            waited = sum(calendar.working_days(first, until) for first, until in stops)
            return calendar.add_working_days(day_0, self.budget + waited)
        months, days = (self.budget, 0) if rule.unit == "months" else (0, self.budget)
        stops = [_days_stood(stop, after, _midnight_after) for stop in self.stood()]
        days += sum((until - first).days for first, until in stops)
        day = add_months(day_0, months) + timedelta(days=days)
        stays = rule.last_day_off == "stays" or calendar.is_working(day)
        return day if stays else calendar.add_working_days(day, 1)


def _days_stood(stop: Stop, after: date, end_of: Callable[[date], datetime]) -> tuple[date, date]:
    """The days, from the first to before the last, by which a stop moves a budget in days: from the day after it began
    to the day on which it ended. Of a stop by an incident those that ended (`end_of`) while it lasted, as days off."""
    first, last = local_day(stop.first), local_day(stop.last)
    if not stop.closed:
        return first + _DAY, last + _DAY
    first = max(first if stop.first < end_of(first) else first + _DAY, after)
    return first, max(first, last + _DAY if end_of(last) <= stop.last else last)


def _midnight_after(day: date) -> datetime:
    return start_of_day(day + _DAY)
