"""What whoever gave work decides on it: accepts, returns, opens again, cancels, gives more time, answers."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from congtam.access.seats import Seat
from congtam.desk import coordinating, incidental
from congtam.desk.acting import Current, Happening, current, person_of, write
from congtam.desk.doing import handed
from congtam.desk.models import Question
from congtam.desk.parties import called, held, must_decide, open_work, work_of
from congtam.desk.questions import answered, drop, must_answer, still_open
from congtam.desk.silence import accept_by_silence, settle, silent
from congtam.engine.explaining import formats
from congtam.engine.facts.cells import instant_text
from congtam.history.refused import Refused
from congtam.history.sequence import in_order

__all__ = ["accept", "accept_by_silence", "answer", "cancel", "extend", "reopen", "return_work"]


def accept(seat: Seat, item: int, mark: int | None = None, *, now: datetime | None = None) -> None:
    """Accept what was delivered (nghiệm thu), with a mark from 1 to 5 when one is given. Raises `Refused`."""
    with in_order():
        seen = now or timezone.now()
        _accept(seat, _delivered(seat, item, seen), mark, seen)


def return_work(seat: Seat, item: int, why: str, due: datetime | None = None, *, now: datetime | None = None) -> None:
    """Send back what was delivered to be completed. The time it waited here does not count against who did it; `due`:
    a later deadline beside. Raises `Refused`."""
    with in_order():
        seen = now or timezone.now()
        _return(seat, _delivered(seat, item, seen), why, due, seen)


def reopen(seat: Seat, item: int, why: str, *, now: datetime | None = None) -> None:
    """Open finished work again. The time since it was finished does not count against who did it. Raises `Refused`."""
    with in_order():
        seen = now or timezone.now()
        found = work_of(item, seen)
        must_decide(seat, found)
        _says(why)
        waits = Question.objects.filter(item=found.root, kind="acceptance", state="open").first()
        if found.item is None or found.item.state != "finished" or (waits is not None and not silent(waits, seen)):
            raise Refused(
                "Chỉ mở lại việc đã xong và đã nghiệm thu. Việc đang chờ nghiệm thu thì trả lại để hoàn thiện.",
                "Only work that was finished and accepted is opened again. What waits for acceptance is returned.",
            )
        if waits is not None:
            settle(waits, seen)
        happened = [*_stood(found, seen), Happening("reopened", counterpart=person_of(seat))]
        write(seat, "desk.reopen", found.root, happened, seen, why=why.strip())


def cancel(seat: Seat, item: int, why: str, *, now: datetime | None = None) -> None:
    """The work falls away for everyone, and whatever was asked about it. Raises `Refused` for work that is finished."""
    with in_order():
        seen = now or timezone.now()
        found = open_work(item, seen)
        must_decide(seat, found)
        _says(why)
        gone = Happening("cancelled", counterpart=person_of(seat))
        write(seat, "desk.cancel", found.root, [gone], seen, why=why.strip())
        drop(found.root, seen, seat.person)


def extend(
    seat: Seat, item: int, until: datetime, why: str, decision: str = "", *, now: datetime | None = None
) -> None:
    """Move the item's deadline; once it has passed only by a numbered decision, as the clock's rule says. Raises
    `Refused`."""
    with in_order():
        seen = now or timezone.now()
        found = open_work(item, seen)
        must_decide(seat, found)
        _says(why)
        moved = _extension(seat, found, None, until, decision)
        write(seat, "desk.extend", found.root, [moved], seen, why=why.strip())


def answer(
    seat: Seat,
    question: Question,
    granted: bool,
    text: str = "",
    decision: str = "",
    until: datetime | None = None,
    *,
    now: datetime | None = None,
) -> None:
    """Answer whatever was asked. `decision`: the number of the document, where the answer needs one; `until`: another
    deadline than the one asked for. A refusal says why. Raises `Refused`."""
    with in_order():
        seen = now or timezone.now()
        waits = still_open(question.pk)
        must_answer(seat, waits)
        if not granted:
            _says(text)
        if waits.kind == "acceptance":
            _not_silent(waits, seen)
            _accept(seat, waits, None, seen) if granted else _return(seat, waits, text, until, seen)
            return
        if granted:
            _GRANTS[waits.kind](seat, waits, decision.strip(), until, seen)
        else:
            _REFUSES.get(waits.kind, _only_told)(seat, waits, seen)
        answered(waits, "granted" if granted else "refused", seen, seat.person, text.strip())


def _delivered(seat: Seat, item: int, now: datetime) -> Question:
    """The question whether what was delivered is accepted. Raises `Refused` when none waits for this seat."""
    root = work_of(item, now).root
    asked = Question.objects.filter(item=root, kind="acceptance").order_by("-asked_at", "-pk").first()
    if asked is None:
        raise Refused(
            "Việc này chưa được giao nộp nên chưa có gì để nghiệm thu.",
            "Nothing of this work was delivered yet, so there is nothing to accept.",
        )
    waits = still_open(asked.pk)
    must_answer(seat, waits)
    _not_silent(waits, now)
    return waits


def _not_silent(waits: Question, now: datetime) -> None:
    if silent(waits, now) and waits.until is not None:
        raise Refused(
            f"Đã hết ba ngày làm việc để trả lời, nên việc được coi là nghiệm thu lúc "
            f"{formats.moment(waits.until, 'vi')}. Nếu còn phải làm, hãy mở lại việc.",
            f"Nobody answered for three working days, so the work counts as accepted at "
            f"{formats.moment(waits.until, 'en')}. Open it again if something is missing.",
        )


def _accept(seat: Seat, waits: Question, mark: int | None, now: datetime) -> None:
    who = person_of(seat)
    happened = [Happening("accepted", counterpart=who)]
    if mark is not None:
        happened.append(coordinating.marked(mark, waits.by_id, who))
    write(seat, "desk.accept", waits.item_id, happened, now)
    answered(waits, "granted", now, who)


def _return(seat: Seat, waits: Question, why: str, due: datetime | None, now: datetime) -> None:
    _says(why)
    found = work_of(waits.item_id, now)
    happened = [*_stood(found, now), Happening("returned", counterpart=person_of(seat))]
    if due is not None:
        happened.append(_extension(seat, found, waits.by_id, due, "", happened))
    write(seat, "desk.return", found.root, happened, now, why=why.strip())
    answered(waits, "refused", now, seat.person, why.strip())


def _stood(found: Current, now: datetime) -> list[Happening]:
    """The clock stood from the delivery until now: others had the work."""
    ended = found.item.finished_at if found.item else None
    if ended is None:
        return []
    return [Happening("paused", value="acceptance", at=ended), Happening("resumed", at=now)]


def _extension(
    seat: Seat,
    found: Current,
    holder: int | None,
    until: datetime,
    decision: str,
    before: list[Happening] | None = None,
) -> Happening:
    """A later deadline, of a holder or (None) of the item. Raises `Refused` when by the clock's rule it would move
    nothing."""
    moved = Happening("extended", holder, person_of(seat), value=instant_text(until), decision=decision.strip())
    then = current(found.root, found.now, before or [])
    due, rule = _due_of(then, holder), then.item.ledger.inputs.rule if then.item and then.item.ledger else None
    if due is None or rule is None:
        raise Refused("Việc này không có hạn nên không gia hạn được.", "This work has no deadline that could be moved.")
    if until <= found.now or until <= due:
        raise Refused(
            f"Hạn mới phải sau thời điểm này và sau hạn đang có ({formats.moment(due, 'vi')}).",
            f"The new deadline has to lie ahead and after the present one ({formats.moment(due, 'en')}).",
        )
    if _due_of(current(found.root, found.now, [*(before or []), moved]), holder) != due:
        return moved
    if due < found.now and rule.extension_after_expiry == "never":
        raise Refused(
            f"Việc đã quá hạn {formats.moment(due, 'vi')}; quy định về thời hạn không cho gia hạn sau khi hết hạn.",
            f"The deadline {formats.moment(due, 'en')} has passed, and the rule of this clock allows none then.",
        )
    if due < found.now:
        raise Refused(
            f"Việc đã quá hạn {formats.moment(due, 'vi')}: gia hạn cần số văn bản của người có thẩm quyền. Hãy ghi số.",
            f"The deadline {formats.moment(due, 'en')} has passed: an extension needs the number of the document by "
            "which it was decided. Write it.",
        )
    raise Refused(
        f"Quy định về thời hạn chỉ cho gia hạn {rule.max_extensions} lần và việc đã dùng hết.",
        f"The rule of this clock allows {rule.max_extensions} extensions, and all were used.",
    )


def _due_of(found: Current, holder: int | None) -> datetime | None:
    share = None if holder is None else found.open_share(holder)
    return share.due_at if share is not None else found.item.due_at if found.item else None


def _says(why: str) -> None:
    if not why.strip():
        raise Refused("Cần ghi lý do.", "Give a reason.")


def _more_time(seat: Seat, waits: Question, decision: str, until: datetime | None, now: datetime) -> None:
    found = open_work(waits.item_id, now)
    held(found, waits.by_id)
    to = until or waits.wanted
    assert to is not None, "whoever asks for time says until when"
    moved = _extension(seat, found, waits.by_id, to, decision)
    write(seat, "desk.grant_time", found.root, [moved], now, to=waits.by_id)


def _relieve(seat: Seat, waits: Question, decision: str, until: datetime | None, now: datetime) -> None:
    """The work goes back to who answers: to be done, or to be passed on to somebody else."""
    found, who = open_work(waits.item_id, now), person_of(seat)
    share = held(found, waits.by_id)
    if found.open_share(who) is not None:
        raise Refused(
            f"Bạn đang cùng làm việc này nên không nhận lại phần của {called([waits.by_id])}. Hãy chuyển phần việc ấy "
            "cho người khác.",
            f"You have a part in this work yourself, so you cannot take over that of {called([waits.by_id])}. Pass it "
            "on to somebody else.",
        )
    write(seat, "desk.relieve", found.root, [handed(found, share, who)], now, of=waits.by_id)
    drop(found.root, now, who, of=waits.by_id, kinds=("more_time",))


def _only_told(seat: Seat, waits: Question, now: datetime) -> None:
    write(seat, "desk.decline", waits.item_id, [], now, to=waits.by_id)


_Grant = Callable[[Seat, Question, str, datetime | None, datetime], None]
_GRANTS: dict[str, _Grant] = {
    "more_time": _more_time,
    "refusal": _relieve,
    "coordination": coordinating.taken,
    "escalation": coordinating.ordered,
    "confirmation": incidental.confirmed,
    "recognition": incidental.recognised,
}
_REFUSES: dict[str, Callable[[Seat, Question, datetime], None]] = {"escalation": coordinating.dropped}
