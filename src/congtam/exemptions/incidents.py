"""Incidents: recorded, corrected, taken back, by who may stop clocks; and what each would do, told before."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.desk.acting import person_of
from congtam.engine.explaining import formats
from congtam.engine.periods import local_day
from congtam.exemptions.falling import Closed, put_down
from congtam.exemptions.models import Incident
from congtam.exemptions.stopping import AT_ONCE, go_on, waiting
from congtam.history.conflict import expect_standing
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, take

STOP = "exemptions.stop"  # the worker's task
QUEUE = "exemptions"


@dataclass(frozen=True)
class Told:
    """An incident as somebody tells it. `until` None: it is not over yet."""

    kind: str
    title: str
    units: tuple[int, ...]
    first: datetime
    until: datetime | None
    decision: str
    decided_on: date
    reason: str

    @property
    def closed(self) -> Closed:
        """What it closes."""
        return Closed(self.units, self.first, self.until)


def record(seat: Seat, told: Told, *, now: datetime | None = None) -> Incident:
    """An incident by a decision: the clocks of everything that was open in its units meanwhile stand. Up to 300 items
    at once, more are left to the worker. Raises `Refused`: no right over a unit, no decision, an end before the
    beginning."""
    with in_order():
        said = now or timezone.now()
        told = checked(seat, told, said)
        [series] = take(1)
        incident = put(seat.actor, Incident(**vars(told), by_id=person_of(seat), series=series))
        note(seat.actor, "exemptions.record_incident", "incident", incident.series, _journal(told))
        _stop(incident.series, told.closed, said)
    return incident


def correct(seat: Seat, incident: Incident, told: Told, *, now: datetime | None = None) -> Incident:
    """Another end, other units, another word: the row told anew takes the place of the old one, events that no longer
    hold are taken back. Raises `Refused` as `record` does, also when nothing differs, and `Conflict` when somebody was
    faster."""
    with in_order():
        said = now or timezone.now()
        standing = expect_standing(Incident, incident.seq)
        may_stop(seat, tuple(standing.units))
        told = checked(seat, told, said)
        if told == told_by(standing):
            raise Refused(
                "Nội dung không khác gì bản đang có nên chưa ghi gì. Hãy sửa ít nhất một mục rồi gửi lại.",
                "Nothing differs from what stands, so nothing was written. Change something first.",
            )
        new = Incident(**vars(told), by_id=person_of(seat), series=standing.series)
        put(seat.actor, new, instead_of=standing)
        note(seat.actor, "exemptions.correct_incident", "incident", new.series, _journal(told))
        _stop(new.series, told.closed, said)
    return new


def take_back(seat: Seat, incident: Incident, why: str, *, now: datetime | None = None) -> None:
    """There was no such incident: every clock it stopped stands as if it had never been. Raises `Refused` without a
    reason, and `Conflict` when somebody was faster."""
    with in_order():
        standing = expect_standing(Incident, incident.seq)
        may_stop(seat, tuple(standing.units))
        if not why.strip():
            raise Refused(
                "Rút sự cố phải nêu lý do. Hãy ghi lý do rồi gửi lại.",
                "Taking an incident back needs a reason. Write it, then send again.",
            )
        withdraw(standing)
        note(seat.actor, "exemptions.take_back_incident", "incident", standing.series, {"reason": why.strip()})
        _stop(standing.series, None, now)


def told_by(incident: Incident) -> Told:
    """What the row of an incident tells."""
    names = Told.__dataclass_fields__
    return replace(Told(**{name: getattr(incident, name) for name in names}), units=tuple(incident.units))


def may_stop(seat: Seat, units: tuple[int, ...]) -> None:
    """Raises `Refused` when a seat may not stop the clocks of one of the units."""
    if not units:
        raise Refused(
            "Chưa chọn đơn vị nào. Hãy chọn đơn vị bị ảnh hưởng.", "No unit is chosen. Choose the units it struck."
        )
    if not all(over_unit(seat, Right.EXEMPT, unit) for unit in units):
        raise Refused(
            "Có đơn vị ngoài phạm vi bạn phụ trách nên chưa ghi gì. Hãy chỉ chọn đơn vị của cơ quan mình.",
            "A unit lies outside of what you lead, so nothing was written. Choose units of your own agency only.",
        )


def checked(seat: Seat, told: Told, now: datetime) -> Told:
    """The same, tidied up. Raises `Refused` when it cannot be recorded."""
    may_stop(seat, told.units)
    told = replace(
        told,
        title=told.title.strip(),
        decision=told.decision.strip(),
        reason=told.reason.strip(),
        units=tuple(sorted(set(told.units))),
    )
    if not told.decision or not told.title or not told.reason:
        raise Refused(
            "Sự cố phải có tên, số quyết định và lý do. Hãy điền đủ ba mục rồi gửi lại.",
            "An incident needs a name, the number of a decision and a reason. Fill in all three.",
        )
    if told.decided_on > local_day(now):
        raise Refused(
            f"Ngày ký {told.decided_on:%d/%m/%Y} còn ở phía trước. Hãy xem lại ngày của quyết định.",
            f"The decision is dated {told.decided_on:%d/%m/%Y}, which lies ahead. Check its day.",
        )
    if told.until is not None and told.until <= told.first:
        raise Refused(
            "Lúc kết thúc không sau lúc bắt đầu. Hãy sửa một trong hai, hoặc để trống lúc kết thúc nếu chưa hết.",
            "The end does not come after the beginning. Mend one of them, or leave the end blank if it is not over.",
        )
    return told


def _stop(series: int, closed: Closed | None, now: datetime | None) -> None:
    """Bring the clocks to what the incident says now: at once, or by the worker after the transaction."""
    if closed is not None:
        put_down(series, closed)
    if waiting(series) <= AT_ONCE:
        go_on(series, now, fold=True)
    else:
        app.configure_task(STOP, queue=QUEUE, lock=STOP).defer(series=series)


def _journal(told: Told) -> dict[str, object]:
    return {
        "name": told.title,
        "kind": told.kind,
        "units": list(told.units),
        "first": formats.moment(told.first, "vi"),
        "until": formats.moment(told.until, "vi") if told.until else None,
        "decision": told.decision,
        "reason": told.reason,
    }
