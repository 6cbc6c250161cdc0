"""What of a person's own work is due today, due soon, or waits for others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from congtam.engine.periods import local_day, start_of_day
from congtam.engine.working_time import Calendar
from congtam.work.lists import Sight
from congtam.work.own import Own

SHOWN = 6  # of each kind; the list of work has them all
AHEAD = 5  # working days that count as soon
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Task:
    """One open piece of work; `left`: office minutes until it is due, below zero once it is late (None: no deadline, or
    its clock stands still)."""

    row: Own
    left: int | None


@dataclass(frozen=True)
class Tasks:
    """Open work in three lists, the most pressing first, and how many there are of each."""

    today: list[Task] = field(default_factory=list)
    soon: list[Task] = field(default_factory=list)
    waiting: list[Task] = field(default_factory=list)
    open: int = 0

    @property
    def pressing(self) -> list[Task]:
        """What is shown of today's."""
        return self.today[:SHOWN]

    @property
    def next(self) -> list[Task]:
        """What is shown of what is due soon."""
        return self.soon[:SHOWN]

    @property
    def elsewhere(self) -> list[Task]:
        """What is shown of what waits for others."""
        return self.waiting[:SHOWN]


def tasks_among(work: Iterable[Own], sight: Sight) -> Tasks:
    """The lists of one person's open work, from its rows in order of their deadlines."""
    made, calendar, now = Tasks(), sight.calendar, sight.now
    tomorrow = start_of_day(local_day(now) + A_DAY)
    until = calendar.close_of(calendar.add_working_days(local_day(now), AHEAD))
    count = 0
    for row in work:
        count += 1
        if row.waiting:
            made.waiting.append(Task(row, None))
        elif row.due_at is not None and row.due_at < tomorrow:
            made.today.append(Task(row, _left(row.due_at, calendar, now)))
        elif row.due_at is not None and row.due_at <= until:
            made.soon.append(Task(row, _left(row.due_at, calendar, now)))
    made.waiting.sort(key=lambda one: one.row.since or now)
    return Tasks(made.today, made.soon, made.waiting, count)


def _left(due_at: datetime, calendar: Calendar, now: datetime) -> int:
    if due_at >= now:
        return calendar.working_minutes(now, due_at)
    return -calendar.working_minutes(due_at, now)
