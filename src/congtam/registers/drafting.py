"""Documents out, before they are signed: a draft in versions, remarks by named reviewers, returned or approved."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from congtam.access.seats import Seat
from congtam.desk.models import URGENCIES
from congtam.desk.queries import parts_in
from congtam.history.refused import Refused
from congtam.orgs.queries import agencies_of
from congtam.people.names import tidy
from congtam.people.queries import units_of_all
from congtam.registers.models import IN, OUT, Document, Paper, Review
from congtam.registers.papers import File, add_paper, take
from congtam.registers.trail import abstract_of, held, person_of, tell

OPEN = ("draft", "review", "returned", "approved")


@dataclass(frozen=True)
class Draft:
    """A document that is to go out. `symbol`: what follows the number, such as BC-SKHCN. `item`: the work it belongs
    to; `answers`: the document in that it answers, whose work ends when it is issued."""

    abstract: str
    symbol: str
    kind: str = ""
    signer: str = ""
    recipients: str = ""
    urgency: str = "ordinary"
    item: int | None = None
    answers: int | None = None


def draft(seat: Seat, told: Draft, file: File, *, now: datetime | None = None) -> Document:
    """Begin a document out with its first version. Raises `Refused`: work that is not the drafter's, a document in
    that cannot be answered, a file that is not taken."""
    person, at = person_of(seat), now or timezone.now()
    agency = next(iter(agencies_of(seat.units, seat.day).values()), None)
    if agency is None:
        raise Refused(
            "Hôm nay bạn không giữ vị trí nào trong cơ quan nên chưa soạn văn bản đi được.",
            "You hold no post in an agency today, so you cannot draft a document.",
        )
    answered = _answered(told.answers, agency)
    item = told.item or (answered.item_id if answered else None)
    if item is not None and not parts_in(seat, item):
        raise Refused(
            "Bạn không có phần trong công việc này nên không gắn dự thảo vào đó được. Hãy để người xử lý soạn.",
            "You have no part in that work, so your draft cannot belong to it. Leave it to who does the work.",
        )
    document = Document(
        agency_id=agency,
        direction=OUT,
        state="draft",
        kind=tidy(told.kind),
        symbol=tidy(told.symbol).lstrip("/"),
        abstract=abstract_of(told.abstract),
        signer=tidy(told.signer),
        recipients=told.recipients.strip(),
        urgency=told.urgency if told.urgency in URGENCIES else "ordinary",
        item_id=item,
        answers=answered,
        drafter_id=person,
        made_at=at,
    )
    taken = take(file, at)
    with transaction.atomic():
        document.save()
        add_paper(seat, document, "draft", taken, at)
        tell(seat, document, "draft", at)
    return document


def revise(seat: Seat, document: int, file: File, said: str = "", *, now: datetime | None = None) -> Paper:
    """Hand in the next version. Whoever was asked about the version before is not asked any more."""
    at = now or timezone.now()
    taken = take(file, at)
    with transaction.atomic():
        found = held(document, *OPEN)
        _own(seat, found)
        _drop(found, at)
        paper = add_paper(seat, found, "draft", taken, at)
        found.state = "draft"
        tell(seat, found, "version", at, text=said, moves=False)
    return paper


def ask_review(
    seat: Seat, document: int, reviewers: Collection[int], said: str = "", *, now: datetime | None = None
) -> None:
    """Ask named people of the agency about the last version."""
    at = now or timezone.now()
    with transaction.atomic():
        found = held(document, "draft", "review")
        own = _own(seat, found)
        there = agencies_of({unit for units in units_of_all(reviewers, seat.day).values() for unit in units}, seat.day)
        if not reviewers or own in reviewers or set(there.values()) != {found.agency_id}:
            raise Refused(
                "Chưa chọn được người góp ý: cần ít nhất một người khác trong cơ quan. Hãy chọn lại.",
                "Choose at least one reviewer, of this agency, other than yourself.",
            )
        paper = last_version(found)
        for person in sorted(set(reviewers)):
            _, new = Review.objects.get_or_create(paper=paper, reviewer_id=person, defaults={"asked_at": at})
            if new:
                tell(seat, found, "review", at, to=person, text=said)


def answer_review(seat: Seat, document: int, approved: bool, remarks: str = "", *, now: datetime | None = None) -> None:
    """A reviewer approves the version they were asked about, or returns it with remarks. It is approved once everybody
    asked approved it; returned as soon as one returns it."""
    person, at, said = person_of(seat), now or timezone.now(), remarks.strip()
    if not approved and not said:
        raise Refused(
            "Trả lại cần ghi rõ phải sửa gì. Hãy ghi góp ý rồi gửi lại.",
            "Say what is to be changed when you return it. Write your remarks, and send them again.",
        )
    with transaction.atomic():
        found = held(document, "review")
        asked = Review.objects.filter(paper=last_version(found), answered_at=None)
        own = asked.filter(reviewer=person).first()
        if own is None:
            raise Refused(
                "Bản này không chờ bạn góp ý: bạn đã trả lời, hoặc đã có bản mới. Hãy mở lại trang.",
                "This version does not wait for you: you answered, or there is a newer one. Open the page again.",
            )
        own.verdict, own.text, own.answered_at = "approved" if approved else "returned", said, at
        own.save()
        if not approved:
            asked.update(verdict="dropped", answered_at=at)
            tell(seat, found, "returned", at, text=said)
        elif asked.exists():
            tell(seat, found, "remark", at, text=said, moves=False)
        else:
            tell(seat, found, "approved", at, text=said)


def drop(seat: Seat, document: int, why: str, *, now: datetime | None = None) -> None:
    """The drafter gives a draft up; it never had a number."""
    at = now or timezone.now()
    with transaction.atomic():
        found = held(document, *OPEN)
        _own(seat, found)
        _drop(found, at)
        tell(seat, found, "cancelled", at, text=why.strip())


def last_version(document: Document) -> Paper:
    """The newest version of a draft."""
    return Paper.objects.filter(document=document, purpose="draft").order_by("-version")[0]


def _answered(number: int | None, agency: int) -> Document | None:
    if number is None:
        return None
    there = Document.objects.filter(pk=number, agency=agency, direction=IN, secrecy="").exclude(state="cancelled")
    if found := there.first():
        return found
    raise Refused(
        "Văn bản đến cần trả lời không có trong sổ của cơ quan, đã hủy, hoặc là văn bản mật. Hãy chọn văn bản khác.",
        "The document to be answered is not in the agency's register, was cancelled, or is secret. Choose another.",
    )


def _own(seat: Seat, document: Document) -> int:
    person = person_of(seat)
    if document.drafter_id != person:
        raise Refused(
            "Chỉ người soạn thảo làm được bước này. Hãy báo người soạn.",
            "Only who drafted it may do this. Ask them to.",
        )
    return person


def _drop(document: Document, at: datetime) -> None:
    Review.objects.filter(paper__document=document, answered_at=None).update(verdict="dropped", answered_at=at)
