"""Handing over: all open work of a person passes to others at once, because a post ends or leave begins."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.desk.acting import person_of, write
from congtam.desk.doing import OF_A_HOLDER, handed
from congtam.desk.models import Handover, HandoverLine, Question
from congtam.desk.parties import called, must_be_there, work_of, works
from congtam.desk.questions import drop
from congtam.engine.periods import local_day
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.people.models import Spell
from congtam.people.queries import people_under, superior_of, units_of_all
from congtam.work.models import Share

WHYS = ("post_ends", "leave", "other")


@dataclass(frozen=True)
class Order:
    """What is handed over and to whom: to `receiver`, and single items to those named in `to` (item to person)."""

    giver: int
    receiver: int | None
    why: str
    to: Mapping[int, int]
    decision: str = ""
    note: str = ""


def hand_over(seat: Seat, order: Order, *, now: datetime | None = None) -> Handover:
    """Pass on everything a person holds, and what waits for their answer: clocks split at this instant, deadlines
    stay, what was late stays with who had it. All or nothing.

    Raises `Refused`: nothing to hand over, no right over the giver, an item without a receiver, a receiver who is the
    giver, has left, is away all the time, works elsewhere, or has a part in that very item.
    """
    with in_order():
        seen = now or timezone.now()
        may_hand_over(seat, order.giver)
        if order.why not in WHYS:
            raise Refused("Chưa chọn lý do bàn giao. Hãy chọn một lý do.", "No reason was chosen. Choose one.")
        shares, questions = open_shares(order.giver), open_questions(order.giver)
        if not shares and not questions:
            raise Refused(
                f"{called([order.giver])} không giữ việc nào và không ai chờ trả lời, nên không có gì để bàn giao.",
                f"{called([order.giver])} holds no work and nobody waits for an answer: there is nothing to hand over.",
            )
        receivers = _receivers(seat, order, shares, questions, seen)
        handover = Handover.objects.create(
            giver_id=order.giver,
            why=order.why,
            decision=order.decision.strip(),
            note=order.note.strip(),
            made_by_id=person_of(seat),
            made_at=seen,
        )
        lines = [_pass(seat, handover, share, receivers[share.item_id], seen) for share in shares]
        HandoverLine.objects.bulk_create(lines)
        for question in questions:
            _readdress(question, receivers.get(question.item_id, order.receiver), local_day(seen))
        told = {"count": len(lines), "questions": len(questions), "decision": handover.decision}
        note(seat.actor, "desk.handover", "person", order.giver, told)
    return handover


def open_shares(person: int) -> list[Share]:
    """What a person holds now, that which is due first before the rest."""
    held = Share.objects.filter(official=person, state="open", item__standing__counts=True)
    return list(held.select_related("item__text", "item__standing").order_by("due_at", "item"))


def open_questions(person: int) -> list[Question]:
    """What waits for a person's answer."""
    return list(Question.objects.filter(to=person, state="open").select_related("item__text").order_by("asked_at"))


def may_hand_over(seat: Seat, giver: int) -> None:
    """Raises `Refused` for a seat that is neither the person nor a head over them."""
    if seat.person != giver and not over_person(seat, Right.GIVE_WORK, giver):
        raise Refused(
            f"Chỉ {called([giver])} hoặc người phụ trách đơn vị của người ấy được bàn giao các việc này.",
            f"Only {called([giver])}, or a head over them, may hand this work over.",
        )


def left_behind(units: Collection[int], day: date) -> dict[int, int]:
    """Who worked in the units last and holds no post on a day, with how many items they still hold."""
    gone = people_under(units, day)
    gone -= set(Spell.standing().filter(person__in=gone, days__contains=day).values_list("person", flat=True))
    held = Share.objects.filter(official__in=gone, state="open", item__standing__counts=True)
    return dict(held.values("official").annotate(n=Count("item")).values_list("official", "n"))


def may_receive(seat: Seat, giver: int, receiver: int, day: date) -> bool:
    """Whether a seat may hand a person's work to somebody: a head to whom they head, everybody within their unit and
    to their superior."""
    homes = units_of_all([giver, receiver], day)
    near = bool(set(homes.get(giver, [])) & set(homes.get(receiver, [])))
    return near or over_person(seat, Right.GIVE_WORK, receiver) or receiver == superior_of(giver, day)


def _receivers(
    seat: Seat, order: Order, shares: list[Share], questions: list[Question], now: datetime
) -> dict[int, int]:
    """Who receives each item. Raises `Refused`."""
    wanted = {share.item_id: order.to.get(share.item_id, order.receiver) for share in shares}
    missing = sum(one is None for one in wanted.values())
    if missing or (order.receiver is None and any(one.item_id not in wanted for one in questions)):
        raise Refused(
            f"Còn {missing} việc và {len(questions)} đề nghị chờ trả lời chưa có người nhận. "
            "Hãy chọn người nhận chung, hoặc người nhận cho từng việc.",
            f"{missing} items and {len(questions)} questions have no receiver yet. "
            "Choose one receiver for all, or one for each item.",
        )
    found = {item: one for item, one in wanted.items() if one is not None}
    last_due: dict[int, datetime | None] = {one: None for one in {*found.values(), order.receiver} if one is not None}
    for share in shares:
        due, receiver = share.due_at, found[share.item_id]
        if due is not None and due > now:
            last_due[receiver] = max(due, last_due[receiver] or due)
    for receiver, due in last_due.items():
        _must_receive(seat, order.giver, receiver, due, now)
    return found


def _must_receive(seat: Seat, giver: int, receiver: int, due: datetime | None, now: datetime) -> None:
    if receiver == giver:
        raise Refused(
            "Người nhận chính là người bàn giao. Hãy chọn người khác.",
            "The receiver is who hands over. Choose somebody else.",
        )
    must_be_there(receiver, now, due)
    if not may_receive(seat, giver, receiver, local_day(now)):
        raise Refused(
            f"{called([receiver])} ở đơn vị khác. Hãy để người phụ trách chung của hai đơn vị bàn giao.",
            f"{called([receiver])} works in another unit. Have the head of both units hand the work over.",
        )


def _pass(seat: Seat, handover: Handover, share: Share, receiver: int, now: datetime) -> HandoverLine:
    found = work_of(share.item_id, now)
    own, title = found.open_share(handover.giver_id), _called(share)
    if own is None:
        raise Refused(
            f"Việc “{title}” vừa được xong hoặc chuyển đi. Hãy mở lại trang rồi bàn giao các việc còn lại.",
            f"“{title}” was finished or passed on just now. Open the page again and hand over what is left.",
        )
    if found.open_share(receiver) is not None:
        raise Refused(
            f"{called([receiver])} đang cùng làm việc “{title}”. Hãy chọn người nhận khác cho riêng việc này.",
            f"{called([receiver])} has a part in “{title}” already. Choose another receiver for this item.",
        )
    event = handed(found, own, receiver)
    write(seat, "desk.hand_over", found.root, [event], now, why=handover.note, of=handover.giver_id, to=receiver)
    drop(found.root, now, handover.giver_id, of=handover.giver_id, kinds=OF_A_HOLDER)
    late = own.due_at is not None and own.due_at < now
    return HandoverLine(handover=handover, item_id=share.item_id, receiver_id=receiver, due_at=own.due_at, late=late)


def _readdress(question: Question, receiver: int | None, day: date) -> None:
    """Another person answers a question; whoever asked it never does, but a head above them."""
    to = receiver
    if to == question.by_id:
        to = superior_of(question.by_id, day)
        if to == question.to_id:
            to = superior_of(question.to_id, day)
    if to is None or not works(to, day):
        raise Refused(
            f"Đề nghị của {called([question.by_id])} không có ai khác trả lời thay. Hãy trả lời trước khi bàn giao.",
            f"Nobody else can answer what {called([question.by_id])} asked. Answer it before handing over.",
        )
    Question.objects.filter(pk=question.pk).update(to=to)


def _called(share: Share) -> str:
    text = getattr(share.item, "text", None)
    return (text.title if text else "") or share.item.key
