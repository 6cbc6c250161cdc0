"""Work as lists: the shares somebody may see, filtered, searched, sorted, one page or all of them.

One row is one share: one official's part in one item. Everything is asked of the database in one statement, as seen
from one instant.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from congtam.engine.periods import local_day, start_of_day
from congtam.engine.working_time import Calendar
from congtam.people.models import PersonText
from congtam.people.names import search_key
from congtam.work.appending import symbol_key
from congtam.work.models import Event, ItemText, Share
from congtam.work.working_days import working_days_between

STATES = ("late", "soon", "waiting", "open", "finished_late", "finished", "passed_on")  # the most pressing first
CAUSES = ("received_late", "not_taken_up", "returned", "late_extension", "waited", "unknown")
WAITS = ("applicant", "other", "incident")
SORTS = ("due", "received", "late", "person", "unit", "title", "symbol", "state")
STOPS = {"requested": "applicant", "paused": "other", "incident": "incident"}  # what stops a clock; who is waited for
GOES_ON = ("resumed", "supplied")
SOON_DAYS = 2  # working days


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; what is left out narrows nothing. `first` to before `until`: work that was held or
    due in these days. `units`: as the tree stood on the day chosen. `late`: at least so many working days late."""

    first: date | None = None
    until: date | None = None
    units: frozenset[int] | None = None
    person: int | None = None
    given_by: int | None = None
    kind: str = ""
    procedure: str = ""
    state: str = ""
    late: int = 0
    unfinished: bool = False
    cause: str = ""
    waiting: str = ""
    excused: bool | None = None
    text: str = ""
    sort: str = "state"
    down: bool = False


@dataclass(frozen=True)
class Row:
    """One share as a list shows it. Instants UTC; `weight` in millionths; `late_days` in working days, 0 when in time
    or late on the day itself; `cause`: what the data show about a delay; `giver`: a person's number, or `@` and the
    code of an outside party; `waiting`: for whom, with `reason` as the source wrote it."""

    share: int
    item: int
    key: str
    title: str
    symbol: str
    kind: str
    procedure: str
    official: int
    unit: int | None
    giver: str
    role: str
    weight: int
    received_at: datetime
    taken_up_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    state: str
    late_days: int
    cause: str
    waiting: str
    reason: str
    stopped_at: datetime | None
    excused: bool

    @property
    def step(self) -> str:
        """Where an unfinished share stands: waiting for somebody, not taken up, or in hand."""
        return f"waiting_{self.waiting}" if self.waiting else "in_hand" if self.taken_up_at else "not_taken_up"

    @property
    def since(self) -> datetime:
        """Since when it stands there."""
        return (self.stopped_at if self.waiting else self.taken_up_at) or self.received_at


COLUMNS = {name: name for name in Row.__annotations__} | {
    "share": "pk",
    "item": "item_id",
    "key": "item__key",
    "title": "item__text__title",
    "symbol": "item__text__symbol",
    "kind": "item__standing__kind",
    "procedure": "item__standing__procedure",
    "official": "official_id",
    "unit": "unit_id",
    "state": "pressing",
    "excused": "is_excused",
}
TEXTS = frozenset(name for name, kind in Row.__annotations__.items() if kind is str)


@dataclass(frozen=True)
class Sight:
    """From where a list is seen: the instant, until when work is due soon, and the calendar of working days."""

    now: datetime
    calendar: Calendar = field(repr=False)

    @property
    def soon_until(self) -> datetime:
        """The close of the second working day from now."""
        return self.calendar.close_of(self.calendar.add_working_days(local_day(self.now), SOON_DAYS))


def found(people: frozenset[int], filters: Filters, sight: Sight) -> QuerySet[Share]:
    """The shares of these people that a list shows, sorted; nobody else's is in it."""
    return _seen(people, sight).filter(_narrowed(filters)).order_by(*_order(filters))


def rows(shares: QuerySet[Share]) -> Iterator[Row]:
    """The shares as rows, in the order of the query."""
    for got in shares.values_list(*COLUMNS.values()):
        told: dict[str, Any] = dict(zip(COLUMNS, got, strict=True))
        told["state"] = STATES[told["state"]]
        told |= {name: told[name] or "" for name in TEXTS}
        yield Row(**told)


def kinds(people: frozenset[int]) -> list[tuple[str, str]]:
    """Every kind of work with its procedure that is found among these people, for filters."""
    columns = ("item__standing__kind", "item__standing__procedure")
    met = Share.objects.filter(official__in=people).order_by(*columns).values_list(*columns).distinct()
    return [(kind or "", procedure or "") for kind, procedure in met]


def _seen(people: frozenset[int], sight: Sight) -> QuerySet[Share]:
    """All shares of the people with what a list shows beside them. Work kept only to be compared is not work twice."""
    late = Q(due_at__lt=Coalesce("finished_at", Value(sight.now)))
    days = working_days_between("due_at", Coalesce(F("finished_at"), sight.now), sight.calendar, local_day(sight.now))
    excused = Q(excused=True) | Q(item__standing__excused=True)
    stands = Q(state="open", item__standing__moving=True)
    stopped = {
        name: Case(When(stands, then=Subquery(_last_stop(sight.now).values(column)[:1])))
        for name, column in {"stop": "stop", "reason": "value", "stopped_at": "at"}.items()
    }
    overdue = Q(stop="incident") & late  # it was late before the incident, which stopped no clock then
    waits = [When(stop=stop, then=Value(whom)) for stop, whom in STOPS.items()]
    shares = Share.objects.filter(official__in=people, received_at__lt=sight.now, item__standing__counts=True)
    return (
        shares.annotate(**stopped, giver=_giver(), is_excused=Case(When(excused, then=True), default=False))
        .annotate(
            waiting=Case(When(overdue, then=Value("")), *waits, default=Value("")),
            late_days=Case(When(late, then=days), default=0),
        )
        .annotate(
            pressing=Case(
                When(state="passed_on", then=_place("passed_on")),
                When(Q(state="finished") & late, then=_place("finished_late")),
                When(state="finished", then=_place("finished")),
                When(Q(stop__in=[*STOPS]) & ~overdue, then=_place("waiting")),
                When(late, then=_place("late")),
                When(due_at__lte=sight.soon_until, then=_place("soon")),
                default=_place("open"),
            ),
        )
        .annotate(cause=_cause(late))
    )


def _place(state: str) -> Value:
    """The place of a state among `STATES`: rows are sorted by it, and words are worked out once for each row."""
    return Value(STATES.index(state))


def _last_stop(now: datetime) -> QuerySet[Event]:
    """The last event that stopped an item's clock or let it go on, with its `stop`; those taken back left out, and
    incidents that are over, for they end no other stop."""
    taken_back = Event.objects.filter(
        item=OuterRef("item"), activity="withdrawn", value=Cast(OuterRef("seq"), CharField(max_length=200))
    )
    moves = Event.objects.filter(activity__in=[*STOPS, *GOES_ON], at__lt=now).filter(~Exists(taken_back))
    over = moves.filter(
        item=OuterRef("item"), activity="resumed", attributes__incident=OuterRef("attributes__incident")
    )
    ended = Q(attributes__has_key="incident") & (Q(activity="resumed") | Exists(over))
    incident = When(activity="paused", attributes__has_key="incident", then=Value("incident"))
    last = moves.filter(item=OuterRef("item")).exclude(ended).order_by("-at", "-seq")
    return last.annotate(stop=Case(incident, default=F("activity"), output_field=CharField()))


def _giver() -> Subquery:
    """Who gave a share to its official: the number of a person, or the code of an outside party."""
    receipts = Event.objects.filter(item=OuterRef("item"), at=OuterRef("received_at")).filter(
        Q(activity="assigned", official=OuterRef("official"))
        | Q(activity="passed_on", counterpart=Cast(OuterRef("official"), CharField(max_length=64)))
    )
    who = Case(
        When(activity="assigned", then=F("counterpart")),
        default=Cast("official", CharField(max_length=64)),
        output_field=CharField(),
    )
    return Subquery(receipts.order_by("-seq").annotate(who=who).values("who")[:1])


def _cause(late: Q) -> Case:
    """What the data show about a delay, the first that holds. `received_late`: it was late when it came to hand."""
    came_late = Q(due_at__isnull=True, item__standing__due_at__lt=F("received_at"))
    return Case(
        When(came_late, then=Value("received_late")),
        When(~late | Q(due_at__isnull=True), then=Value("")),
        When(Q(item__standing__late_extensions__gt=0), then=Value("late_extension")),
        When(Q(item__standing__returns__gt=0) | Q(item__standing__reopened__gt=0), then=Value("returned")),
        When(item__standing__waiting__gt=0, then=Value("waited")),
        When(taken_up_at__gt=F("due_at"), then=Value("not_taken_up")),
        default=Value("unknown"),
    )


def _narrowed(filters: Filters) -> Q:
    chosen: dict[str, Any] = {
        "official": filters.person,
        "giver": str(filters.given_by) if filters.given_by else None,
        "state": "open" if filters.unfinished else None,
        "item__standing__kind": filters.kind or None,
        "item__standing__procedure": filters.procedure or None,
        "pressing": STATES.index(filters.state) if filters.state else None,
        "cause": filters.cause or None,
        "waiting": filters.waiting or None,
        "is_excused": filters.excused,
        "late_days__gte": filters.late or None,
        "unit__in": filters.units,
    }
    narrowed = Q(**{name: value for name, value in chosen.items() if value is not None})
    return narrowed & _in_days(filters) & _said(filters.text)


def _in_days(filters: Filters) -> Q:
    """Held at some time in the days, or due in them."""
    start = start_of_day(filters.first) if filters.first else None
    end = start_of_day(filters.until) if filters.until else None
    held, due = Q(), Q()
    if end is not None:
        held, due = held & Q(received_at__lt=end), due & Q(due_at__lt=end)
    if start is not None:
        held, due = held & (Q(finished_at__isnull=True) | Q(finished_at__gte=start)), due & Q(due_at__gte=start)
    return held | due if start or end else Q()


def _said(text: str) -> Q:
    """Title, number and symbol without diacritics, or the source's own key."""
    asked = text.strip()
    if not asked:
        return Q()
    return (
        Q(item__text__search_key__contains=search_key(asked))
        | Q(item__text__symbol__icontains=asked)
        | Q(item__text__symbol_key__contains=symbol_key(asked))
        | Q(item__key__iexact=asked)
    )


def _order(filters: Filters) -> list[Any]:
    """The column asked for, then what presses most, then the oldest; always in the same order."""
    given_name = Subquery(PersonText.objects.filter(person=OuterRef("official")).values("sort_key")[:1])
    title = Subquery(ItemText.objects.filter(item=OuterRef("item")).values("search_key")[:1])
    columns: dict[str, Any] = {
        "due": F("due_at"),
        "received": F("received_at"),
        "late": F("late_days"),
        "person": given_name,
        "unit": F("unit"),
        "title": title,
        "symbol": F("item__text__symbol"),
        "state": F("pressing"),
    }
    first = columns[filters.sort if filters.sort in columns else "state"]
    asked = first.desc(nulls_last=True) if filters.down else first.asc(nulls_last=True)
    return [asked, "pressing", F("due_at").asc(nulls_last=True), "pk"]
