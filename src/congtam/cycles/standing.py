"""How the steps of a cycle stand at an instant: deadlines with what moved them, and what passed by itself meanwhile.

Read from the rows and from incidents, so it is right also before the worker wrote down that a deadline passed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from congtam.cycles.models import Cycle, Step, Term
from congtam.engine.periods import local_day
from congtam.engine.working_time import Calendar
from congtam.exemptions.models import Incident
from congtam.orgs.queries import above
from congtam.scores.overview import sight


@dataclass(frozen=True)
class Stop:
    """A stretch in which no deadline of the cycle comes nearer: a pause, or an incident of the whole agency. `until`
    None: not over. `title` and `decision` of an incident."""

    kind: str
    first: datetime
    until: datetime | None
    title: str = ""
    decision: str = ""


@dataclass(frozen=True)
class Moved:
    """By how much office time a stop moved a deadline."""

    stop: Stop
    by: timedelta


@dataclass(frozen=True)
class Stand:
    """One step at an instant. `planned_at`: its deadline as counted or set; `due_at`: with everything that `moved` it.
    `fixed`: the rule names a day of the year, which nothing but a person moves."""

    step: str
    place: int
    state: str
    since: datetime
    planned_at: datetime
    due_at: datetime
    by_itself: bool
    fixed: bool
    moved: tuple[Moved, ...]
    row: Step

    @property
    def written(self) -> bool:
        """Whether its row already says so."""
        return (self.state, self.since) == (self.row.state, self.row.since)


def stands(cycle: Cycle, now: datetime, *, more: Iterable[Stop] = (), without: int | None = None) -> list[Stand]:
    """The steps of a cycle in order as they stand at `now`; supposing `more` stops, and `without` the incident of a
    series. Four queries."""
    rows = list(Step.objects.filter(cycle=cycle, replaced_by=None).order_by("place"))
    terms = list(Term.objects.filter(cycle=cycle))
    calendar = sight(now).calendar
    stops = sorted([*pauses_of(cycle), *incidents_of(cycle, now, without), *more], key=lambda one: one.first)
    return passed([_stand(row, terms, stops, now, calendar) for row in rows], now)


def passed(found: Sequence[Stand], now: datetime) -> list[Stand]:
    """The steps after every deadline that passed by itself: the step is over at that instant, the next one open."""
    steps = list(found)
    for index, one in enumerate(steps):
        if one.state == "open" and one.by_itself and one.due_at <= now:
            at = max(one.due_at, one.since)
            steps[index] = replace(one, state="done", since=at)
            if index + 1 < len(steps) and steps[index + 1].state == "ahead":
                steps[index + 1] = replace(steps[index + 1], state="open", since=at)
    return steps


def pauses_of(cycle: Cycle) -> list[Stop]:
    """When a cycle was paused."""
    rows = {row.seq: row for row in Step.objects.filter(cycle=cycle).order_by("seq")}
    found = []
    for row in rows.values():
        if row.state == "paused":
            after = rows.get(row.replaced_by) if row.replaced_by is not None else None
            found.append(Stop("pause", row.since, after.since if after else None))
    return found


def incidents_of(cycle: Cycle, now: datetime, without: int | None = None) -> list[Stop]:
    """The incidents that closed the whole agency, or something above it."""
    over = set(above(cycle.agency_id, local_day(now)))
    standing = Incident.objects.filter(replaced_by=None, units__overlap=list(over)).exclude(series=without)
    return [Stop("incident", one.first, one.until, one.title, one.decision) for one in standing]


def moved(
    due: datetime, since: datetime, stops: Iterable[Stop], now: datetime, calendar: Calendar
) -> tuple[datetime, tuple[Moved, ...]]:
    """A deadline set at `since`, later by the office time of the stops that begin before it; stretches that overlap
    count once, one that is not over up to `now`."""
    told: list[Moved] = []
    for stop in stops:  # in order of their beginning
        first, until = max(stop.first, since), stop.until or now
        if first >= due or until <= first:
            continue
        by = calendar.working_time(first, until)
        if by > timedelta(0):
            due = calendar.add_working_time(due, by)
            told.append(Moved(stop, by))
        since = until
    return due, tuple(told)


def _stand(row: Step, terms: Iterable[Term], stops: Sequence[Stop], now: datetime, calendar: Calendar) -> Stand:
    own = [term for term in terms if term.step == row.step]
    fixed = all(term.before for term in own)
    due, told = (
        (row.due_at, ()) if fixed or row.state == "done" else moved(row.due_at, row.counted_from, stops, now, calendar)
    )
    by_itself = all(term.by_itself for term in own)
    return Stand(row.step, row.place, row.state, row.since, row.due_at, due, by_itself, fixed, told, row)
