"""Holding a meeting: it is called, closed with its agenda as it was then, or called off."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.desk.acting import person_of
from congtam.desk.parties import called, works
from congtam.engine.explaining import formats
from congtam.engine.periods import add_months, local_day
from congtam.history.conflict import expect_standing
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.meetings.agenda import agenda_of, kept
from congtam.meetings.models import KINDS, Closing, Conclusion, Meeting

A_WEEK = 7


@dataclass(frozen=True)
class Call:
    """A meeting as it is called. `next_on`: the day of the next one; None: a week or a month later."""

    unit: int
    kind: str
    at: datetime
    chair: int
    taking_part: tuple[int, ...] = ()
    next_on: date | None = None


def call(seat: Seat, told: Call, *, now: datetime | None = None) -> Meeting:
    """Call a meeting of a unit one heads. Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        must_hold(seat, told.unit)
        _makes_sense(told, seen)
        meeting = Meeting.objects.create(
            unit_id=told.unit,
            kind=told.kind,
            at=told.at,
            next_on=told.next_on or next_after(told.kind, local_day(told.at)),
            chair_id=told.chair,
            taking_part=sorted({*told.taking_part, told.chair}),
            made_by_id=who,
            made_at=seen,
        )
        note(seat.actor, "meetings.call", "meeting", meeting.pk, {"unit": told.unit, "kind": told.kind})
    return meeting


def close(seat: Seat, number: int, attended: tuple[int, ...], *, now: datetime | None = None) -> Closing:
    """Close a meeting: the agenda is kept as it is seen this instant. Raises `Refused`."""
    with in_order():
        seen = now or timezone.now()
        meeting = held(seat, number, seen)
        closed = closing_of(meeting)
        if closed is not None:
            raise Refused(
                f"Phiên họp đã kết thúc lúc {formats.moment(closed.as_of, 'vi')}; lần bấm này không ghi thêm gì.",
                f"The meeting was closed at {formats.moment(closed.as_of, 'en')}; nothing more was written.",
            )
        agenda = kept(agenda_of(meeting, seen))
        there = _at_the_table(meeting, attended)
        new = Closing(meeting=meeting, as_of=seen, agenda=agenda, attended=there, by_id=person_of(seat))
        put(seat.actor, new)
        note(seat.actor, "meetings.close", "meeting", meeting.pk, {"count": len(there)})
    return new


def correct_attendance(seat: Seat, closing: int, attended: tuple[int, ...], why: str) -> Closing:
    """Others took part than was written; the agenda stays. Raises `Refused`, and `Conflict` when somebody was
    faster."""
    with in_order():
        old = expect_standing(Closing, closing)
        must_hold(seat, old.meeting.unit_id)
        there = _at_the_table(old.meeting, attended)
        if there == old.attended or not why.strip():
            raise Refused(
                "Đính chính cần khác bản đang có và có lý do. Hãy sửa danh sách và ghi lý do.",
                "A correction differs from what stands and has a reason. Change the list and give the reason.",
            )
        new = Closing(meeting=old.meeting, as_of=old.as_of, agenda=old.agenda, attended=there, by_id=person_of(seat))
        put(seat.actor, new, instead_of=old)
        note(seat.actor, "meetings.correct_attendance", "meeting", old.meeting_id, {"reason": why.strip()})
    return new


def call_off(seat: Seat, number: int, why: str, *, now: datetime | None = None) -> None:
    """The meeting does not take place. Raises `Refused` once something was concluded or it was closed."""
    with in_order():
        meeting = _meeting(seat, number)
        if not why.strip():
            raise Refused("Cần ghi lý do hoãn họp.", "Say why the meeting is called off.")
        if Conclusion.objects.filter(meeting=meeting).exists() or closing_of(meeting) is not None:
            raise Refused(
                "Phiên họp đã có kết luận hoặc đã kết thúc nên không hủy được.",
                "The meeting has conclusions or was closed, so it cannot be called off.",
            )
        Meeting.objects.filter(pk=meeting.pk).update(called_off_at=now or timezone.now())
        note(seat.actor, "meetings.call_off", "meeting", meeting.pk, {"reason": why.strip()})


def held(seat: Seat, number: int, now: datetime) -> Meeting:
    """A meeting that has begun, for who may write in it. Raises `Refused`."""
    meeting = _meeting(seat, number)
    if local_day(now) < local_day(meeting.at):
        raise Refused(
            f"Phiên họp diễn ra lúc {formats.moment(meeting.at, 'vi')}; kết luận ghi từ ngày họp.",
            f"The meeting takes place at {formats.moment(meeting.at, 'en')}; it is written in from that day on.",
        )
    return meeting


def closing_of(meeting: Meeting) -> Closing | None:
    """How a meeting was closed, as it stands; None while it is open."""
    return Closing.objects.filter(meeting=meeting, replaced_by=None).first()


def may_hold(seat: Seat, unit: int) -> bool:
    """Whether a seat calls meetings of a unit and writes in them: its head does, or a head above."""
    return over_unit(seat, Right.GIVE_WORK, unit)


def must_hold(seat: Seat, unit: int) -> None:
    """Raises `Refused` for a seat that does not hold meetings of the unit."""
    if not may_hold(seat, unit):
        raise Refused(
            "Chỉ người phụ trách đơn vị mở phiên họp giao ban và ghi kết luận. Hãy đề nghị người phụ trách.",
            "Only the head of the unit calls its meetings and writes their conclusions. Ask the head.",
        )


def next_after(kind: str, day: date) -> date:
    """The day on which the next meeting is expected."""
    return date.fromordinal(day.toordinal() + A_WEEK) if kind == "weekly" else add_months(day, 1)


def _meeting(seat: Seat, number: int) -> Meeting:
    meeting = Meeting.objects.select_for_update().get(pk=number)
    must_hold(seat, meeting.unit_id)
    if meeting.called_off_at is not None:
        raise Refused("Phiên họp này đã hủy.", "This meeting was called off.")
    return meeting


def _makes_sense(told: Call, now: datetime) -> None:
    if told.kind not in KINDS:
        raise Refused("Chọn giao ban tuần hoặc giao ban tháng.", "Choose a weekly or a monthly meeting.")
    day = local_day(told.at)
    if day < local_day(now):
        raise Refused(
            f"Ngày họp {day:%d/%m/%Y} đã qua. Hãy chọn từ hôm nay trở đi.",
            f"The day of the meeting, {day:%d/%m/%Y}, has passed. Choose today or later.",
        )
    if told.next_on is not None and told.next_on <= day:
        raise Refused(
            "Phiên họp sau phải sau phiên họp này. Hãy sửa ngày hoặc để trống.",
            "The next meeting comes after this one. Mend its day, or leave it empty.",
        )
    gone = [one for one in dict.fromkeys((told.chair, *told.taking_part)) if not works(one, day)]
    if gone:
        raise Refused(
            f"{called(gone)} không giữ vị trí nào vào ngày họp. Hãy bỏ chọn hoặc chọn người khác.",
            f"{called(gone)} holds no post on the day of the meeting. Choose others.",
        )
    if Meeting.objects.filter(unit=told.unit, kind=told.kind, at=told.at, called_off_at=None).exists():
        raise Refused(
            "Đơn vị đã có phiên họp này vào đúng giờ đó. Hãy mở phiên đã có.",
            "The unit has this very meeting at that time already. Open that one.",
        )


def _at_the_table(meeting: Meeting, attended: tuple[int, ...]) -> list[int]:
    """Who took part, of those who were asked to."""
    there = sorted({*attended} & {*meeting.taking_part})
    if there:
        return there
    raise Refused("Chưa ghi ai dự họp. Hãy chọn ít nhất một người.", "Nobody is said to have taken part. Choose some.")
