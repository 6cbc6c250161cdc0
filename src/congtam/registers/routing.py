"""Where documents go from the register: to a leader, to who does the work, to the files; or cancelled with a reason."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.desk.acting import current
from congtam.desk.giving import Order, give
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.people.queries import leaders_in
from congtam.registers.models import Document
from congtam.registers.trail import held, must_keep, not_secret, tell

CANCELLABLE = ("entered", "submitted", "assigned", "done", "signed", "issued")


def submit(seat: Seat, document: int, leader: int, words: str = "", *, now: datetime | None = None) -> None:
    """The registrar puts a document before a leader of the agency, or before another one when it lies with one."""
    with transaction.atomic():
        found = held(document, "entered", "submitted")
        must_keep(seat, found.agency_id)
        not_secret(found)
        if leader not in leaders_in([found.agency_id], seat.day):
            raise Refused(
                "Người được chọn hôm nay không phải lãnh đạo cơ quan. Hãy chọn người khác.",
                "That person is no leader of the agency today. Choose somebody else.",
            )
        found.with_whom_id = leader
        tell(seat, found, "submitted", now or timezone.now(), to=leader, text=words)


def assign(
    seat: Seat,
    document: int,
    lead: int,
    support: tuple[int, ...] = (),
    *,
    due: datetime | None,
    instruction: str = "",
    now: datetime | None = None,
) -> int:
    """A leader gives a document that was submitted as work; the number of the item it became."""
    at = now or timezone.now()
    with in_order():
        found = held(document, "submitted")
        _must_lead(seat, found.agency_id)
        order = Order(
            title=found.abstract,
            lead=lead,
            support=support,
            due=due,
            instruction=instruction,
            symbol=found.symbol,
            issuer=found.issuer,
            incoming=f"{found.number:02d}/{found.year}",
            basis=found.symbol,
            urgency=found.urgency,
            kind="document",
            received_at=found.made_at,
        )
        item = found.item_id = give(seat, order, now=at)
        tell(seat, found, "assigned", at, to=lead, text=instruction)
    return item


def file_away(seat: Seat, document: int, why: str, *, now: datetime | None = None) -> None:
    """A leader says that nothing is to be done about a document: it is only filed."""
    with transaction.atomic():
        found = held(document, "submitted")
        _must_lead(seat, found.agency_id)
        tell(seat, found, "done", now or timezone.now(), text=_reason(why))


def cancel(seat: Seat, document: int, why: str, *, now: datetime | None = None) -> None:
    """Cancel a document, in or out: its number stays, marked, with the reason (of a secret one it is not kept). The
    work a document became is cancelled by who gave it, before."""
    reason, at = _reason(why), now or timezone.now()
    with in_order():
        found = held(document, *CANCELLABLE)
        must_keep(seat, found.agency_id)
        _work_is_over(found, at)
        tell(seat, found, "cancelled", at, text="" if found.secrecy else reason)


def _work_is_over(document: Document, now: datetime) -> None:
    if document.state != "assigned" or document.item_id is None:
        return
    work = current(document.item_id, now).item
    if work is not None and work.state == "open":
        raise Refused(
            "Văn bản đã thành công việc đang mở. Người giao hủy công việc trước, rồi văn thư hủy văn bản.",
            "The document became work that is still open. Who gave it cancels the work first, then the registrar this.",
        )


def _must_lead(seat: Seat, agency: int) -> None:
    if not over_unit(seat.writing, Right.GIVE_WORK, agency):
        raise Refused(
            "Chỉ lãnh đạo cơ quan giao hoặc cho lưu được văn bản đã trình. Hãy để lãnh đạo làm bước này.",
            "Only a leader of the agency assigns or files what was submitted. Leave this step to them.",
        )


def _reason(why: str) -> str:
    if reason := " ".join(why.split()):
        return reason
    raise Refused("Chưa ghi lý do. Hãy ghi lý do rồi gửi lại.", "There is no reason. Write one, and send it again.")
