"""What of a person's own work is due today, due soon, or waits for others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from congtam.engine.periods import local_day, start_of_day
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
    """Open work in three lists as of an instant, the most pressing first, and how many there are of all."""

    sight: Sight
    today: list[Own]
    soon: list[Own]
    waiting: list[Own]
    open: int

    @property
    def pressing(self) -> list[Task]:
        """What is shown of today's."""
        return self._shown(self.today)

    @property
    def next(self) -> list[Task]:
        """What is shown of what is due soon."""
        return self._shown(self.soon)

    @property
    def elsewhere(self) -> list[Task]:
        """What is shown of what waits for others."""
        return [Task(row, None) for row in self.waiting[:SHOWN]]

    def _shown(self, rows: list[Own]) -> list[Task]:
        return [Task(row, _left(row.due_at, self.sight)) for row in rows[:SHOWN] if row.due_at is not None]


def tasks_among(work: Iterable[Own], sight: Sight) -> Tasks:
    """The lists of one person's open work, from its rows in order of their deadlines."""
    today: list[Own] = []
    soon: list[Own] = []
    waiting: list[Own] = []
    calendar, now = sight.calendar, sight.now
    tomorrow = start_of_day(local_day(now) + A_DAY)
    until = calendar.close_of(calendar.add_working_days(local_day(now), AHEAD))
    count = 0
    for row in work:
        count += 1
        if row.waiting:
            waiting.append(row)
        elif row.due_at is not None and row.due_at < tomorrow:
            today.append(row)
        elif row.due_at is not None and row.due_at <= until:
            soon.append(row)
    waiting.sort(key=lambda one: one.since or now)
    return Tasks(sight, today, soon, waiting, count)


def _left(due_at: datetime, sight: Sight) -> int:
    if due_at >= sight.now:
        return sight.calendar.working_minutes(sight.now, due_at)
    return -sight.calendar.working_minutes(due_at, sight.now)
