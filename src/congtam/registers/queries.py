"""What the registers show: lists narrowed and searched, one document with its story, and who may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.desk.models import URGENCIES
from congtam.desk.queries import parts_in
from congtam.orgs.queries import agencies_of
from congtam.people.names import search_key
from congtam.registers.models import IN, OUT, Document, Paper, Review, Step


@dataclass(frozen=True)
class Filters:
    """What a register is narrowed to; what is left out narrows nothing. `first` to before `until`: the day it was
    entered (in) or issued (out)."""

    direction: str = IN
    year: int | None = None
    first: date | None = None
    until: date | None = None
    state: str = ""
    urgency: str = ""
    kind: str = ""
    text: str = ""


@dataclass(frozen=True)
class Counted:
    """How a register of a year stands: numbers given, cancelled, and secret ones, which are only counted."""

    given: int
    cancelled: int
    secret: int


@dataclass(frozen=True)
class Waiting:
    """A document that waits for somebody: one that came in, to be assigned (`version` 0), or a version of a draft, to
    be reviewed. `since`: when it was entered, or when they were asked."""

    document: int
    abstract: str
    urgency: str
    number: int | None
    issuer: str
    symbol: str
    version: int
    since: datetime


def seen(seat: Seat) -> frozenset[int]:
    """The agencies whose registers a seat may look through."""
    units = seat.registers | seat.leads_agency | seat.audits
    agencies = set(agencies_of(units, seat.day).values())
    return frozenset(one for one in agencies if may_look_through(seat, one))


def kept(seat: Seat) -> list[int]:
    """The agencies whose registers a seat keeps."""
    return sorted(set(agencies_of(seat.registers, seat.day).values()))


def may_look_through(seat: Seat, agency: int) -> bool:
    """Whether a seat sees the whole register of an agency."""
    return over_unit(seat, Right.SEE_REGISTERS, agency)


def found(agencies: Iterable[int], filters: Filters) -> QuerySet[Document]:
    """The numbered documents of a register, the newest number first, with `standing`: the state as it is now."""
    rows = Document.objects.filter(agency__in=list(agencies), direction=filters.direction, number__isnull=False)
    return _narrowed(with_standing(rows), filters).order_by("-year", "-number")


def with_standing(rows: QuerySet[Document]) -> QuerySet[Document]:
    """Documents with `standing`: one that became work is done once that work is."""
    over = When(state="assigned", item__standing__finished_at__isnull=False, then=Value("done"))
    return rows.annotate(standing=Case(over, default=F("state"), output_field=CharField()))


def counted(agencies: Iterable[int], direction: str, year: int) -> Counted:
    """How the register of a year stands."""
    rows = Document.objects.filter(agency__in=list(agencies), direction=direction, year=year)
    return Counted(
        **rows.aggregate(
            given=Count("pk"), cancelled=Count("pk", Q(state="cancelled")), secret=Count("pk", ~Q(secrecy=""))
        )
    )


def years(agencies: Iterable[int]) -> list[int]:
    """The years of which there are numbers, the last first."""
    rows = Document.objects.filter(agency__in=list(agencies), year__isnull=False)
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def opened(seat: Seat, number: int) -> Document | None:
    """A document, if the seat may see it: who sees the register, who has a part in the document or in its work."""
    document = with_standing(Document.objects.filter(pk=number)).select_related("answers").first()
    if document is None:
        return None
    if may_look_through(seat, document.agency_id):
        return document
    if document.secrecy or seat.person is None:
        return None
    part = seat.person in (document.drafter_id, document.with_whom_id)
    asked = Review.objects.filter(paper__document=document, reviewer=seat.person)
    work = {document.item_id, document.answers.item_id if document.answers else None} - {None}
    return document if part or asked.exists() or any(parts_in(seat, item) for item in work) else None


def of_person(person: int) -> QuerySet[Document]:
    """The drafts of a person that are still on their way, the newest first."""
    open_ = ("draft", "review", "returned", "approved", "signed")
    return Document.objects.filter(drafter=person, direction=OUT, state__in=open_).order_by("-made_at")


def asked_of(person: int) -> QuerySet[Review]:
    """The drafts that wait for a person's remarks, the oldest first."""
    waiting = Review.objects.filter(reviewer=person, answered_at=None).select_related("paper__document")
    return waiting.order_by("asked_at")


def submitted_to(seat: Seat) -> QuerySet[Document]:
    """The documents that wait for a leader to assign them, the most urgent first; those put before others too."""
    rank = Case(
        *(When(urgency=one, then=Value(place)) for place, one in enumerate(("express", "very_urgent", "urgent"))),
        default=Value(9),
    )
    agencies = set(agencies_of(seat.leads_agency, seat.day).values())
    rows = Document.objects.filter(state="submitted", agency__in=agencies)
    return rows.order_by(rank, "made_at")


def waiting_for(person: int) -> list[Waiting]:
    """The documents put before this very person to be assigned, the most urgent first, then the drafts they are asked
    about, the oldest first. One query."""
    printed = ("abstract", "urgency", "number", "issuer", "symbol")
    before = Document.objects.filter(state="submitted", with_whom=person)
    to_assign = before.values_list("pk", *printed, Value(0), "made_at")
    asked = Review.objects.filter(reviewer=person, answered_at=None)
    of_paper = [f"paper__document__{name}" for name in printed]
    to_review = asked.values_list("paper__document", *of_paper, "paper__version", "asked_at")
    found = (Waiting(*row) for row in to_assign.union(to_review, all=True))
    return sorted(found, key=_pressing)


def issuers(agency: int, year: int, most: int = 200) -> list[str]:
    """Who issued the documents in of a year and the one before, those who issued most first."""
    rows = Document.objects.filter(agency=agency, direction=IN, year__in=(year - 1, year)).exclude(issuer="")
    often = rows.values("issuer").annotate(n=Count("pk")).order_by("-n", "issuer")
    return list(often.values_list("issuer", flat=True)[:most])


def story_of(document: Document) -> QuerySet[Step]:
    """What happened to a document, in order."""
    return document.steps.order_by("at", "pk")


def papers_of(document: Document) -> QuerySet[Paper]:
    """The files of a document, the newest first."""
    return document.papers.select_related("file").prefetch_related("reviews").order_by("-at", "-pk")


def answerable(agency: int) -> QuerySet[Document]:
    """Documents in that may be answered: neither done, nor cancelled, nor secret."""
    rows = with_standing(Document.objects.filter(agency=agency, direction=IN, secrecy=""))
    return rows.exclude(standing__in=("done", "cancelled")).order_by("-year", "-number")


def _pressing(one: Waiting) -> tuple[bool, int, datetime]:
    return one.version > 0, 0 if one.version else -URGENCIES.index(one.urgency), one.since


def _narrowed(rows: QuerySet[Document], filters: Filters) -> QuerySet[Document]:
    day = "made_at__date" if filters.direction == IN else "dated"
    told = {
        "year": filters.year,
        f"{day}__gte": filters.first,
        f"{day}__lt": filters.until,
        "standing": filters.state or None,
        "urgency": filters.urgency or None,
        "kind": filters.kind or None,
    }
    rows = rows.filter(**{name: value for name, value in told.items() if value is not None})
    for word in search_key(filters.text).split():
        number = word.partition("/")[0]
        own = Q(number=int(number)) if number.isascii() and number.isdigit() and len(number) < 7 else Q()
        rows = rows.filter(own | Q(search_key__contains=word) if own else Q(search_key__contains=word))
    return rows
