"""The agenda of a meeting, made from the facts and never typed: what is late, what is due until the next one, who is
waited for, who has too much, and what became of what was concluded before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from pydantic import TypeAdapter

from congtam.desk.coordinating import who_waits_for_whom
from congtam.desk.models import Question
from congtam.engine.periods import local_day, start_of_day
from congtam.meetings.models import Conclusion, Meeting
from congtam.meetings.outcomes import OPEN, outcomes
from congtam.orgs.queries import trees_under
from congtam.people.queries import staff_of
from congtam.work.clocks import clocks_now
from congtam.work.lists import Filters, Row, Sight, found, rows
from congtam.work.load import loads

MOST = 100  # lines under a heading; how many more there are is said
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Work:
    """One share: late, due, or with a clock that stands (`since`, for `whom`). `days`: working days late; `cause`: what
    the data show; `declared`: own or outside, as the holder declared it."""

    item: int
    person: int
    due_at: datetime | None = None
    days: int = 0
    cause: str = ""
    declared: str = ""
    whom: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """How many questions people of the unit have put to one person who has not answered, the oldest since when."""

    person: int
    count: int
    since: datetime


@dataclass(frozen=True)
class Across:
    """Requests of one of the units that wait at another one."""

    asker: int
    asked: int
    count: int
    late: int
    since: datetime


@dataclass(frozen=True)
class Loaded:
    """Somebody with too much. `percent` of the time they have; None while away."""

    person: int
    percent: int | None
    open: int
    late: int


@dataclass(frozen=True)
class Decided:
    """A conclusion of a meeting before, and how its work stands (see `outcomes.STATES`)."""

    conclusion: int
    meeting: int
    person: int | None
    unit: int | None
    item: int | None
    state: str
    due_at: datetime | None
    finished_at: datetime | None
    accepted: bool
    extensions: int


@dataclass(frozen=True)
class Agenda:
    """Everything of one meeting, seen from `as_of`, up to `until`. `more`: how many lines were left out, by heading."""

    as_of: datetime
    until: datetime
    decided: list[Decided] = field(default_factory=list)
    late: list[Work] = field(default_factory=list)
    due: list[Work] = field(default_factory=list)
    stopped: list[Work] = field(default_factory=list)
    across: list[Across] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    loaded: list[Loaded] = field(default_factory=list)
    more: Mapping[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many there are under each heading."""
        names = ("decided", "late", "due", "stopped", "across", "asked", "loaded")
        return {name: len(getattr(self, name)) + self.more.get(name, 0) for name in names}

    @property
    def watched(self) -> set[int]:
        """Everybody whose work it shows."""
        return {one.person for one in (*self.late, *self.due, *self.stopped)} | {one.person for one in self.loaded}

    @property
    def people(self) -> set[int]:
        """Everybody it names."""
        for_whom = {one.person for one in self.decided if one.person is not None}
        return self.watched | for_whom | {one.person for one in self.asked}

    @property
    def items(self) -> set[int]:
        """Every item it names."""
        named = {one.item for one in (*self.late, *self.due, *self.stopped)}
        return named | {one.item for one in self.decided if one.item is not None}

    @property
    def units(self) -> set[int]:
        """Every unit it names."""
        both = {unit for one in self.across for unit in (one.asker, one.asked)}
        return both | {one.unit for one in self.decided if one.unit is not None}


def agenda_of(meeting: Meeting, now: datetime) -> Agenda:
    """The agenda as the facts make it now. A dozen queries, however many people."""
    day = local_day(now)
    units = trees_under([meeting.unit_id], day)
    people = {one.person for one in staff_of(units, day)}
    seen = Sight(now, clocks_now(now).clocks.calendar)
    until = start_of_day(meeting.next_on + A_DAY)
    open_rows = list(rows(found(frozenset(people), Filters(unfinished=True), seen)))
    late = sorted((row for row in open_rows if row.state == "late"), key=lambda row: (-row.late_days, row.share))
    due = [row for row in open_rows if row.state in ("soon", "open") and row.due_at is not None and row.due_at < until]
    stopped = sorted((row for row in open_rows if row.waiting), key=lambda row: (row.since, row.share))
    declared = _declared([row.item for row in late])
    waits = [one for one in who_waits_for_whom(units, now) if one.asker in units]
    told: dict[str, list[Any]] = {
        "decided": decided_before(meeting, now),
        "late": [_late(row, declared.get(row.item, "")) for row in late],
        "due": [
            Work(row.item, row.official, row.due_at) for row in sorted(due, key=lambda row: (row.due_at, row.share))
        ],
        "stopped": [Work(row.item, row.official, row.due_at, whom=row.waiting, since=row.since) for row in stopped],
        "across": [Across(one.asker, one.asked, one.count, one.late, one.oldest) for one in waits],
        "asked": _asked(people),
        "loaded": [
            Loaded(one.person, one.percent, one.open, one.late)
            for one in loads(sorted(people), open_rows, seen)
            if one.overloaded
        ],
    }
    more = {name: len(lines) - MOST for name, lines in told.items() if len(lines) > MOST}
    return Agenda(now, until, **{name: lines[:MOST] for name, lines in told.items()}, more=more)


def decided_before(meeting: Meeting, now: datetime) -> list[Decided]:
    """What the last meeting of the same kind concluded, and of those before it whatever is not done."""
    before = Meeting.objects.filter(
        unit=meeting.unit_id, kind=meeting.kind, at__lt=meeting.at, called_off_at=None
    ).order_by("-at")
    numbers = list(before.values_list("pk", flat=True))
    if not numbers:
        return []
    undone = Q(item__standing__state__in=("open", "same_as")) | Q(item__isnull=False, item__standing=None)
    standing = Conclusion.objects.filter(Q(meeting=numbers[0]) | undone, meeting__in=numbers, replaced_by=None)
    told = list(standing.order_by("-meeting__at", "series"))
    how = outcomes(told, now)
    found = []
    for one in told:
        state = how[one.pk]
        if one.meeting_id == numbers[0] or state.state in OPEN:
            found.append(Decided(one.pk, one.meeting_id, one.person_id, one.unit_id, one.item_id, **vars(state)))
    return found


_KEPT = TypeAdapter(Agenda)


def kept(agenda: Agenda) -> dict[str, Any]:
    """The agenda as a closing keeps it: numbers and instants, no names."""
    told: dict[str, Any] = _KEPT.dump_python(agenda, mode="json")
    return told


def read(told: Mapping[str, Any]) -> Agenda:
    """The agenda that a closing kept."""
    return _KEPT.validate_python(told)


def _late(row: Row, declared: str) -> Work:
    return Work(row.item, row.official, row.due_at, row.late_days, row.cause, declared)


def _declared(items: Iterable[int]) -> dict[int, str]:
    """The cause of a delay as it was declared last, by item."""
    told = Question.objects.filter(item__in=list(items)).exclude(cause="").order_by("asked_at", "pk")
    return dict(told.values_list("item", "cause"))


def _asked(people: set[int]) -> list[Asked]:
    """Whose answers these people wait for; requests to other units stand by themselves."""
    waiting = Question.objects.filter(by__in=people, state="open").exclude(kind__in=("coordination", "escalation"))
    counted = waiting.values("to").annotate(n=Count("pk"), since=Min("asked_at")).order_by("since", "to")
    return [Asked(to, n, since) for to, n, since in counted.values_list("to", "n", "since")]
