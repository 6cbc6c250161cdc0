"""What the desk shows: who has which part in an item, what waits for whom, what is to be done today."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.desk.models import Brief, Question
from congtam.people.queries import at_work, delegations, people_under, superior_of
from congtam.work.lists import Filters, Row, Sight, found, rows
from congtam.work.models import Event, Share


@dataclass(frozen=True)
class Today:
    """What concerns a person now. `late`, `soon`, `rest`: own open work, what presses most first; `returned`: items
    among it that came back; `to_answer`: what waits for the person's answer; `asked`: what the person waits for."""

    late: list[Row] = field(default_factory=list)
    soon: list[Row] = field(default_factory=list)
    rest: list[Row] = field(default_factory=list)
    returned: frozenset[int] = frozenset()
    to_answer: list[Question] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)


def parts_in(seat: Seat, item: int) -> frozenset[str]:
    """Which parts a seat has in an item: holder (has or had a share), giver, asked (a question waits for them), head
    (over who holds or gave it). Empty: none of their business."""
    if seat.person is None:
        return frozenset()
    people = set(Share.objects.filter(item=item).values_list("official", flat=True))
    giver = Brief.objects.filter(item=item).values_list("giver", flat=True).first()
    given = Event.objects.filter(item=item, activity="assigned", counterpart=str(seat.person))
    asked = questions_to(seat).filter(item=item)
    heads = any(over_person(seat, Right.GIVE_WORK, one) for one in {*people, giver} - {None, seat.person})
    parts = {
        "holder": seat.person in people,
        "giver": seat.person == giver or (giver is None and given.exists()),
        "asked": asked.exists(),
        "head": heads,
    }
    return frozenset(name for name, has in parts.items() if has)


def questions_to(seat: Seat, now: datetime | None = None) -> QuerySet[Question]:
    """What waits for this very seat's answer, the oldest first: asked of the person, of who delegated to them, or of
    somebody right below them who is away or left."""
    if seat.person is None:
        return Question.objects.none()
    heads = {one.giver_id for one in delegations(seat.day, receiver=seat.person)}
    waiting = Question.objects.filter(state="open").exclude(by=seat.person)
    waiting = waiting.filter(to__in={seat.person, *heads, *_missing_below(seat)})
    return waiting.select_related("item__text", "item__standing", "by__text").order_by("asked_at", "pk")


def _missing_below(seat: Seat) -> set[int]:
    """Of those who are asked something: who is away or left, and has this seat's person right above them."""
    below = people_under(seat.leads | seat.leads_agency, seat.day) - {seat.person}
    if not below:
        return set()
    asked = set(Question.objects.filter(state="open", to__in=below).values_list("to", flat=True))
    there = at_work(asked, seat.day, seat.day + timedelta(days=1)) if asked else {}
    return {one for one in asked if not there[one] and superior_of(one, seat.day) == seat.person}


def questions_by(person: int, *, waiting: bool = True) -> QuerySet[Question]:
    """What a person asked: what still waits, or (`waiting=False`) all of it, the newest first."""
    asked = Question.objects.filter(by=person).select_related("item__text", "item__standing", "to__text")
    return (asked.filter(state="open") if waiting else asked).order_by("-asked_at", "-pk")


def products_used(seat: Seat, most: int = 20) -> list[str]:
    """What was to be handed over of work that a seat's person gave, or that was given in units they head
    themselves: the latest first, each once. Of others' work nothing is told."""
    own = Q(giver=seat.person) | Q(unit__in=seat.leads - seat.below)
    used = Brief.objects.filter(own, secret=False).exclude(product="").values("product")
    latest = used.annotate(last=Max("given_at")).order_by("-last", "product")
    return list(latest.values_list("product", flat=True)[:most])


@dataclass(frozen=True)
class Accepting:
    """How somebody answered for work that was delivered to them: `silent` of `n` were accepted by silence."""

    silent: int
    n: int


def accepting(people: Iterable[int], first: datetime, until: datetime) -> dict[int, Accepting]:
    """How people answered for work delivered to them, from `first` to before `until`; who had none to answer for is
    left out. One query."""
    answered = Question.objects.filter(
        kind="acceptance", to__in=list(people), answered_at__gte=first, answered_at__lt=until
    ).exclude(state="taken_back")
    counted = answered.values("to").annotate(n=Count("pk"), silent=Count("pk", filter=Q(by_default=True)))
    return {row["to"]: Accepting(row["silent"], row["n"]) for row in counted}


def today(seat: Seat, sight: Sight) -> Today:
    """What concerns a seat's person, as seen from an instant. Five queries, and two for a head who stands in."""
    if seat.person is None:
        return Today()
    own = list(rows(found(frozenset({seat.person}), Filters(unfinished=True), sight)))
    back = Share.objects.filter(official=seat.person, state="open", item__standing__returns__gt=0)
    return Today(
        [row for row in own if row.state == "late"],
        [row for row in own if row.state == "soon"],
        [row for row in own if row.state not in ("late", "soon")],
        frozenset(back.values_list("item", flat=True)),
        list(questions_to(seat, sight.now)),
        list(questions_by(seat.person)),
    )
