"""Documents in, as they are entered: under a number, a secret one by its number alone, mended, with their file."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from congtam.access.seats import Seat
from congtam.desk.models import URGENCIES
from congtam.documents.signature_words import PROBLEMS
from congtam.documents.signatures import BROKEN
from congtam.history.refused import Refused
from congtam.people.names import tidy
from congtam.registers.models import DIRECTIONS, IN, SECRECY, Document
from congtam.registers.numbering import take_number
from congtam.registers.papers import File, Taken, add_paper, take
from congtam.registers.trail import abstract_of, held, must_keep, not_secret, tell

FURTHEST = timedelta(days=366)  # how long a document may have been on its way


@dataclass(frozen=True)
class Arrival:
    """A document as it came in: what is printed on it, and the day on which it arrived."""

    abstract: str
    issuer: str
    arrived_on: date
    symbol: str = ""
    dated: date | None = None
    kind: str = ""
    signer: str = ""
    urgency: str = "ordinary"


def enter(
    seat: Seat, agency: int, arrival: Arrival, file: File | None = None, *, now: datetime | None = None
) -> Document:
    """Enter a document under the next number of the year. Raises `Refused`: not the registrar, days that cannot be,
    entered before, a file that is broken or was changed after signing."""
    must_keep(seat, agency)
    at = now or timezone.now()
    _days_make_sense(arrival, timezone.localdate(at))
    document = Document(agency_id=agency, direction=IN, state="entered", made_at=at, **_printed(arrival))
    scan = _scan(file, at) if file is not None else None
    with transaction.atomic():
        _number(document, at)  # whoever enters the same document meanwhile waits here, and then sees this one
        _not_twice(document)
        document.save()
        if scan is not None:
            add_paper(seat, document, "scan", scan, at)
        tell(seat, document, "entered", at)
    return document


def enter_secret(
    seat: Seat, agency: int, direction: str, secrecy: str, day: date, *, now: datetime | None = None
) -> Document:
    """Give a secret document its number, in or out; nothing else about it is kept. `day`: of arrival, or of issue."""
    must_keep(seat, agency)
    at = now or timezone.now()
    if direction not in DIRECTIONS or secrecy not in SECRECY or not _recent(day, timezone.localdate(at)):
        raise Refused(
            "Văn bản mật cần mức độ mật và ngày trong vòng một năm, không sau hôm nay. Hãy sửa lại rồi ghi số.",
            "A secret document needs its level, and a day of the last year, not after today. Enter it again.",
        )
    state = "entered" if direction == IN else "issued"
    document = Document(agency_id=agency, direction=direction, state=state, secrecy=secrecy, made_at=at)
    document.arrived_on, document.dated = (day, None) if direction == IN else (None, day)
    with transaction.atomic():
        _number(document, at)
        document.save()
        tell(seat, document, state, at)
    return document


def correct(seat: Seat, document: int, arrival: Arrival, *, now: datetime | None = None) -> None:
    """The registrar mends what was copied wrong from a document in; its number stays, and what stood before is told.
    The work it became keeps what it was given as. Raises `Refused` when nothing differs."""
    at = now or timezone.now()
    with transaction.atomic():
        found = held(document, "entered", "submitted", "assigned")
        must_keep(seat, found.agency_id)
        not_secret(found)
        _days_make_sense(arrival, timezone.localdate(at))
        new = _printed(arrival)
        before = {name: getattr(found, name) for name in new if getattr(found, name) != new[name]}
        if found.direction != IN or not before:
            raise Refused(
                "Không có gì khác với nội dung đang ghi. Hãy sửa ô cần sửa rồi gửi lại.",
                "Nothing differs from what stands. Change what is wrong, and send it again.",
            )
        for name, value in new.items():
            setattr(found, name, value)
        _not_twice(found)
        was = "; ".join(str(value) for value in before.values() if value)
        tell(seat, found, "corrected", at, text=was, moves=False, fields=sorted(before))


def attach(seat: Seat, document: int, file: File, *, now: datetime | None = None) -> None:
    """The registrar adds the file of a document in, where it came later than its paper. Raises `Refused` as `enter`."""
    at = now or timezone.now()
    scan = _scan(file, at)
    with transaction.atomic():
        found = held(document, "entered", "submitted", "assigned")
        must_keep(seat, found.agency_id)
        not_secret(found)
        add_paper(seat, found, "scan", scan, at)
        tell(seat, found, "attached", at, moves=False)


def _printed(arrival: Arrival) -> dict[str, Any]:
    """What is printed on a document, as it is kept."""
    return {
        "abstract": abstract_of(arrival.abstract),
        "issuer": tidy(arrival.issuer),
        "symbol": tidy(arrival.symbol),
        "kind": tidy(arrival.kind),
        "signer": tidy(arrival.signer),
        "dated": arrival.dated,
        "arrived_on": arrival.arrived_on,
        "urgency": arrival.urgency if arrival.urgency in URGENCIES else "ordinary",
    }


def _number(document: Document, at: datetime) -> None:
    document.year = timezone.localdate(at).year
    document.number = take_number(document.agency_id, document.direction, document.year)


def _scan(file: File, now: datetime) -> Taken:
    """The file of a document in. Raises `Refused` for one that is broken or was changed after signing: such a document
    is not taken in, and its sender is told."""
    taken = take(file, now)
    if taken.found is not None and taken.problem in BROKEN:
        raise Refused(PROBLEMS[taken.problem].vi, PROBLEMS[taken.problem].en)
    return taken


def _not_twice(document: Document) -> None:
    if not document.symbol:
        return
    same = Document.objects.filter(
        agency=document.agency_id,
        direction=IN,
        symbol__iexact=document.symbol,
        issuer__iexact=document.issuer,
        dated=document.dated,
    ).exclude(Q(state="cancelled") | Q(pk=document.pk))
    if there := same.first():
        raise Refused(
            f"Văn bản này đã vào sổ, số đến {there.number:02d}/{there.year}. Hãy mở văn bản đó; nếu là văn bản khác, "
            "hãy kiểm tra lại số, ký hiệu và ngày.",
            f"This document was entered before, as {there.number:02d}/{there.year}. Open that one; if this is another, "
            "check its number, symbol and day.",
        )


def _days_make_sense(arrival: Arrival, today: date) -> None:
    if not _recent(arrival.arrived_on, today):
        raise Refused(
            "Ngày đến sau hôm nay hoặc quá một năm trước. Hãy xem lại ngày đến.",
            "The day of arrival is after today, or more than a year ago. Look at it again.",
        )
    if arrival.dated and arrival.dated > arrival.arrived_on:
        raise Refused(
            "Ngày của văn bản sau ngày đến. Hãy xem lại hai ngày này.",
            "The document is dated after the day on which it arrived. Look at both days again.",
        )


def _recent(day: date, today: date) -> bool:
    return today - FURTHEST <= day <= today
