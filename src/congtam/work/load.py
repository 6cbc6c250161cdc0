"""How loaded people are, what is late or will be, and for whom their work waits: counted from their open shares."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from statistics import median

from congtam.engine.facts.work import WHOLE_WEIGHT
from congtam.engine.periods import local_day, start_of_day
from congtam.engine.working_time import Calendar
from congtam.people.queries import at_work
from congtam.work.lists import Row, Sight

HORIZON = 40 * 60  # minutes of office time looked ahead: a working week
OVER = 150  # percent: with less nobody is overloaded
ABOVE_OTHERS = 1.5  # and it must be so many times what is usual for the others beside them


@dataclass(frozen=True)
class Load:
    """Work of one person. `remaining`: minutes of budget left on open shares within the horizon; `hours`: minutes of
    office time the person is there in it; `waits`: how many shares wait for whom; `usual`: the load in the middle of
    the others beside them, in percent (None: there are none)."""

    person: int
    remaining: int = 0
    hours: int = 0
    open: int = 0
    late: int = 0
    soon: int = 0
    waits: Mapping[str, int] = field(default_factory=dict)
    usual: float | None = None

    @property
    def percent(self) -> int | None:
        """`remaining` out of `hours`, rounded half up; None for who is away all the time."""
        return (200 * self.remaining + self.hours) // (2 * self.hours) if self.hours else None

    @property
    def overloaded(self) -> bool:
        """Whether there is work while away, or `OVER` percent of the time there is and clearly more than the others
        have."""
        if self.percent is None:
            return self.remaining > 0
        return self.percent >= max(OVER, ABOVE_OTHERS * (self.usual or 0))

    @property
    def risk(self) -> tuple[int, int, int]:
        """Sorts by risk, the highest last: late, then about to be late, then the load."""
        return self.late, self.soon, self.percent if self.percent is not None else self.remaining


@dataclass(frozen=True)
class Stop:
    """Where open work stands: how many shares at one step in one unit, the oldest since when."""

    step: str
    unit: int | None
    n: int
    since: datetime
    oldest: Row


def loads(people: Iterable[int], rows: Sequence[Row], sight: Sight) -> list[Load]:
    """The load of each person, by risk: the highest first. `rows` are their open shares."""
    wanted = list(people)
    until = horizon(sight)
    days = at_work(wanted, local_day(sight.now), local_day(until) + timedelta(days=1))
    own: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        own[row.official].append(row)
    made = [
        _load(person, own[person], office_minutes(days[person], sight.calendar, sight.now, until), sight, until)
        for person in wanted
    ]
    return sorted(_beside_others(made), key=lambda load: load.risk, reverse=True)


def _beside_others(made: Sequence[Load]) -> list[Load]:
    """Each load with what is usual for the others."""
    told = [(load.person, load.percent) for load in made if load.percent is not None]
    others = {load.person: [percent for person, percent in told if person != load.person] for load in made}
    return [replace(load, usual=median(others[load.person])) if others[load.person] else load for load in made]


def horizon(sight: Sight) -> datetime:
    """Until when is looked ahead."""
    return sight.calendar.add_working_minutes(sight.now, HORIZON)


def remaining(row: Row, sight: Sight, until: datetime) -> int:
    """Minutes of budget an open share has left, up to `until`. None are left when it is late; while a clock stands, or
    when excused, nothing runs. Support counts by its weight."""
    if row.due_at is None or row.waiting or row.excused:
        return 0
    minutes = max(0, sight.calendar.working_minutes(sight.now, min(row.due_at, until)))
    return minutes if row.role == "lead" else minutes * row.weight // WHOLE_WEIGHT


def office_minutes(days: Iterable[date], calendar: Calendar, now: datetime, until: datetime) -> int:
    """Minutes of office time on these days from `now` to `until`."""
    return sum(
        calendar.working_minutes(max(now, start_of_day(day)), min(until, start_of_day(day + timedelta(days=1))))
        for day in days
        if start_of_day(day) < until
    )


def stops(rows: Iterable[Row]) -> list[Stop]:
    """Where open work stands, by step and unit: what stands longest first."""
    groups: dict[tuple[str, int | None], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.step, row.unit].append(row)
    made = []
    for (step, unit), those in groups.items():
        oldest = min(those, key=lambda row: (row.since, row.share))
        made.append(Stop(step, unit, len(those), oldest.since, oldest))
    return sorted(made, key=lambda stop: (stop.since, stop.step))


def _load(person: int, rows: Sequence[Row], hours: int, sight: Sight, until: datetime) -> Load:
    states = Counter(row.state for row in rows)
    return Load(
        person=person,
        remaining=sum(remaining(row, sight, until) for row in rows),
        hours=hours,
        open=len(rows),
        late=states["late"],
        soon=states["soon"],
        waits=Counter(row.waiting for row in rows if row.waiting),
    )
