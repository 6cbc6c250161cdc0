"""Documents out, from the signature on: a signed PDF that counts, the number when it is issued, and its sending."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from congtam.access.seats import Seat
from congtam.desk.acting import Happening, current, write
from congtam.desk.doing import deliver
from congtam.desk.models import Question
from congtam.documents.signature_words import NO_NETWORK, PROBLEMS
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.registers.models import Document, Paper
from congtam.registers.numbering import take_number
from congtam.registers.papers import File, add_paper, take
from congtam.registers.trail import held, must_keep, person_of, tell


def sign(seat: Seat, document: int, file: File, *, now: datetime | None = None) -> Paper:
    """Hand in the signed PDF of an approved document; once more after it was signed (with the agency's signature).

    Every signature in it must count by its bottom line; then, and only then, the work it belongs to is told that it is
    signed. Raises `Refused` with what is wrong otherwise, and nothing is written."""
    at = now or timezone.now()
    taken = take(file, at)
    if taken.problem:
        problem = PROBLEMS[taken.problem]
        raise Refused(f"{problem.vi} {NO_NETWORK.vi}", f"{problem.en} {NO_NETWORK.en}")
    with in_order():
        found = held(document, "approved", "signed")
        if person_of(seat) != found.drafter_id:
            must_keep(seat, found.agency_id)
        before = found.state
        paper = add_paper(seat, found, "signed", taken, at)
        tell(seat, found, "signed", at)
        if found.item_id is not None and before != "signed":
            write(seat, "registers.signed_work", found.item_id, [Happening("signed")], at)
    return paper


def issue(seat: Seat, document: int, recipients: str = "", *, now: datetime | None = None) -> Document:
    """The registrar issues a signed document: it takes the next number of the year this instant. What it answers is
    answered: the work of that document is delivered, in the name of who drafted the answer."""
    at = now or timezone.now()
    with in_order():
        found = held(document, "signed")
        must_keep(seat, found.agency_id)
        day = timezone.localdate(at)
        found.year, found.dated = day.year, day
        found.number = take_number(found.agency_id, found.direction, day.year)
        found.symbol = f"{found.number:02d}/{found.symbol}"
        found.recipients = recipients.strip() or found.recipients
        tell(seat, found, "issued", at)
        _deliver(seat, found, at)
    return found


def send(seat: Seat, document: int, how: str = "", *, now: datetime | None = None) -> None:
    """The registrar says that an issued document was sent, and how."""
    with transaction.atomic():
        found = held(document, "issued")
        must_keep(seat, found.agency_id)
        tell(seat, found, "sent", now or timezone.now(), text=how.strip())


def _deliver(seat: Seat, document: Document, at: datetime) -> None:
    """The journal tells who issued; the work is delivered by who drafted the answer, or else by who leads it."""
    if document.answers is None or document.answers.item_id is None:
        return
    item = document.answers.item_id
    found = current(item, at)
    holders = [int(share.official) for share in found.leads]
    if not holders:
        return  # finished, or cancelled, before its answer went out
    person = document.drafter_id if found.open_share(document.drafter_id) else holders[0]
    if not Question.objects.filter(item=item, kind="acceptance", by=person, state="open").exists():
        text = f"{document.symbol}: {document.abstract}"
        deliver(replace(seat, person=person), item, text, now=at)
