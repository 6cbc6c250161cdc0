"""What a meeting concludes: for a named person or unit it becomes a task at once, else it is put on record."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.desk import deciding
from congtam.desk.acting import current, person_of
from congtam.desk.coordinating import ask_unit
from congtam.desk.giving import Order, give
from congtam.engine.periods import local_day
from congtam.history.conflict import expect_standing
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, take
from congtam.meetings.holding import closing_of, held
from congtam.meetings.models import Conclusion, ConclusionText, Meeting

LONGEST = 400  # letters: it is what the work is called


@dataclass(frozen=True)
class Point:
    """A conclusion as it is said. `person` or `unit`: who does it; `due`: by when; `product`: what is handed over.
    `task` False: it only stands on record, and needs none of them."""

    text: str
    person: int | None = None
    unit: int | None = None
    due: datetime | None = None
    product: str = ""
    task: bool = True


def conclude(seat: Seat, number: int, point: Point, why: str = "", *, now: datetime | None = None) -> Conclusion:
    """Write a conclusion; a task is given, or asked of another unit, by the same deed. Once the meeting was closed it
    is an addition and says `why`. Raises `Refused`, also whatever giving the work would."""
    with in_order():
        seen = now or timezone.now()
        meeting = held(seat, number, seen)
        point = _clear(point)
        _says_why(meeting, why)
        item = _given(seat, meeting, point, seen) if point.task else None
        new = Conclusion(
            meeting=meeting, person_id=point.person, unit_id=point.unit, item_id=item, by_id=person_of(seat)
        )
        _put(seat, new, point.text, why)
        note(seat.actor, "meetings.conclude", "meeting", meeting.pk, {"item": item, "reason": why.strip()})
    return new


def correct(seat: Seat, number: int, text: str, why: str, *, now: datetime | None = None) -> Conclusion:
    """Other words for a conclusion; who does it and by when are matters of the work itself. Raises `Refused`, and
    `Conflict` when somebody was faster."""
    with in_order():
        old = expect_standing(Conclusion, number)
        held(seat, old.meeting_id, now or timezone.now())
        said = _words(text)
        if said == old.text.text or not why.strip():
            raise Refused(
                "Đính chính cần khác bản đang có và có lý do. Hãy sửa lời và ghi lý do.",
                "A correction differs from what stands and has a reason. Change the words and give the reason.",
            )
        new = Conclusion(
            meeting_id=old.meeting_id,
            series=old.series,
            person_id=old.person_id,
            unit_id=old.unit_id,
            item_id=old.item_id,
            by_id=person_of(seat),
        )
        _put(seat, new, said, why, old)
        note(seat.actor, "meetings.correct", "meeting", old.meeting_id, {"item": old.item_id, "reason": why.strip()})
    return new


def strike_out(seat: Seat, number: int, why: str, *, now: datetime | None = None) -> None:
    """A conclusion no longer stands; the work it became is cancelled while it is open. Raises `Refused`, and `Conflict`
    when somebody was faster."""
    with in_order():
        seen = now or timezone.now()
        old = expect_standing(Conclusion, number)
        held(seat, old.meeting_id, seen)
        if not why.strip():
            raise Refused("Cần ghi lý do bỏ kết luận.", "Say why the conclusion is struck out.")
        if old.item_id is not None:
            found = current(old.item_id, seen)
            if found.item is not None and found.item.state == "open":
                deciding.cancel(seat, old.item_id, why, now=seen)
        withdraw(old)
        note(seat.actor, "meetings.strike_out", "meeting", old.meeting_id, {"item": old.item_id, "reason": why.strip()})


def _put(seat: Seat, new: Conclusion, text: str, why: str, instead_of: Conclusion | None = None) -> None:
    if instead_of is None:
        [new.series] = take(1)
    put(seat.actor, new, instead_of=instead_of)
    ConclusionText.objects.create(conclusion=new, text=text, why=why.strip())


def _given(seat: Seat, meeting: Meeting, point: Point, now: datetime) -> int:
    order = Order(
        point.text,
        lead=point.person or 0,
        due=point.due,
        product=point.product,
        basis=f"Kết luận giao ban {local_day(meeting.at):%d/%m/%Y}",
    )
    if point.unit is not None:
        return ask_unit(seat, order, point.unit, now=now)
    return give(seat, order, now=now)


def _clear(point: Point) -> Point:
    """The conclusion, tidied up. Raises `Refused` for a task that does not say who, by when and what."""
    tidy = replace(point, text=_words(point.text), product=point.product.strip())
    if not tidy.task:
        return replace(tidy, person=None, unit=None, due=None, product="")
    if (tidy.person is None) == (tidy.unit is None):
        raise Refused(
            "Kết luận thành việc phải rõ người: chọn một người, hoặc một đơn vị khác. Nếu không giao cho ai, chọn "
            "“Chỉ ghi lại”.",
            "A conclusion that is a task names one person, or one other unit. If it is for nobody, put it on record "
            "only.",
        )
    if tidy.due is None:
        raise Refused(
            "Kết luận thành việc phải rõ thời hạn. Hãy ghi ngày phải xong.",
            "A conclusion that is a task has a deadline. Write the day.",
        )
    if not tidy.product:
        raise Refused(
            "Kết luận thành việc phải rõ sản phẩm. Hãy ghi cái phải nộp.",
            "A conclusion that is a task says what is handed over. Write it.",
        )
    return tidy


def _words(text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise Refused("Kết luận còn trống. Hãy ghi nội dung.", "The conclusion is empty. Write what was concluded.")
    if len(said) > LONGEST:
        raise Refused(
            f"Kết luận dài {len(said)} chữ cái, quá {LONGEST}. Hãy viết ngắn lại hoặc tách làm hai.",
            f"The conclusion has {len(said)} letters, more than {LONGEST}. Shorten it, or make it two.",
        )
    return said


def _says_why(meeting: Meeting, why: str) -> None:
    if closing_of(meeting) is not None and not why.strip():
        raise Refused(
            "Phiên họp đã kết thúc. Kết luận bổ sung cần lý do. Hãy ghi lý do.",
            "The meeting was closed. What is added afterwards needs a reason. Give it.",
        )
