"""By when steps are over: each card's own deadlines from its terms, and the latest of them, which holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from congtam.engine.periods import Period, add_months, local_day
from congtam.engine.rulebook.model import STEPS
from congtam.engine.working_time import Calendar

TICK = timedelta(microseconds=1)
A_DAY = timedelta(days=1)
BEFORE_THE_END = 3  # a day of the year is looked for from so many months before the end of the period


@dataclass(frozen=True)
class Timed:
    """One step of one card with its term; `days` None: over before the day `before` of the year (12-15)."""

    card: str
    step: str
    days: int | None
    count: str = "working_days"
    before: str = ""
    by_itself: bool = False


def own_deadlines(
    terms: Iterable[Timed], period: Period, begins: datetime, calendar: Calendar
) -> dict[tuple[str, str], datetime]:
    """The deadline of each step of each card, counted from `begins`; a step is never over before the one before it."""
    found: dict[tuple[str, str], datetime] = {}
    for card, own in groupby(sorted(terms, key=lambda one: (one.card, STEPS.index(one.step))), lambda one: one.card):
        at = begins
        for one in own:
            due = _due(one, at, period, calendar)
            found[card, one.step] = due
            at = max(at, due)
    return found


def deadlines(own: Mapping[tuple[str, str], datetime]) -> dict[str, datetime]:
    """The latest deadline of each step, in order: none before that of the step before it."""
    found: dict[str, datetime] = {}
    last: datetime | None = None
    for step in STEPS:
        dues = [due for (_, of), due in own.items() if of == step]
        if dues:
            last = max([*dues, *([last] if last else [])])
            found[step] = last
    return found


def later(terms: Sequence[Timed], after: str) -> list[Timed]:
    """The terms of the steps that follow a step."""
    return [one for one in terms if STEPS.index(one.step) > STEPS.index(after)]


def _due(one: Timed, at: datetime, period: Period, calendar: Calendar) -> datetime:
    if one.days is None:
        return calendar.close_of(_last_worked_before(_day_of_year(one.before, period), calendar))
    day = local_day(at - TICK)  # a period ends at midnight: its last day is the one before
    if one.count == "calendar_days":
        return calendar.close_of(day + one.days * A_DAY)
    return calendar.close_of(calendar.add_working_days(day, one.days))


def _day_of_year(text: str, period: Period) -> date:
    """The first such day from three months before the end of the period."""
    month, day = map(int, text.split("-"))
    since = add_months(period.until, -BEFORE_THE_END)
    for year in (since.year, since.year + 1):
        found = date(year, month, day)
        if found >= since:
            return found
    raise AssertionError("one of two years has it")


def _last_worked_before(day: date, calendar: Calendar) -> date:
    day -= A_DAY
    while not calendar.is_working(day):
        day -= A_DAY
    return day
