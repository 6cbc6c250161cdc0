"""Moving a cycle on: ending a step, pausing, going on, moving a deadline, going back before the seal, the seal itself.

Whatever a passing deadline did meanwhile is written down first, so that everybody acts on how the cycle stands.
"""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.cycles.models import Cycle, Handed, Remark, Step, Term
from congtam.cycles.planning import Timed, deadlines, later, own_deadlines
from congtam.cycles.queries import period_of, require
from congtam.cycles.standing import Stand, stands
from congtam.cycles.words import STATE_TITLES, STEP_TITLES
from congtam.engine.explaining import formats
from congtam.history.actor import SYSTEM, Actor
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.scores.overview import sight


def settle(cycle: Cycle, now: datetime) -> int:
    """Write down which deadlines passed by themselves, at the instants at which they passed; how many. Inside
    `in_order()`."""
    unwritten = [one for one in stands(cycle, now) if not one.written]
    for one in unwritten:
        _write(SYSTEM, one, one.state, one.since)
        if one.state == "done":
            note(
                SYSTEM,
                "cycles.pass",
                "cycle",
                cycle.pk,
                {"step": STEP_TITLES[one.step].vi, "at": formats.moment(one.since, "vi")},
            )
    return sum(one.state == "done" for one in unwritten)


def finish(seat: Seat, cycle: Cycle, step: str, *, now: datetime | None = None) -> None:
    """End the step that is open, before its deadline or after it: the next one is open from now on. One ended late
    leaves those after it the days the rule gives them. What still blocks it is for the room of closing to say.

    Raises `Refused`: another step is open, the period is not over yet, or the step ends only by the seal or by the
    receipt of what was handed over."""
    with in_order():
        seen = now or timezone.now()
        _may(seat, cycle)
        steps = _steps(cycle, seen)
        one = _now(steps, step)
        if step == "seal":
            raise Refused("Bước chốt xong khi kết quả được chốt.", "This step is over once the results are sealed.")
        if step == "handover" and not Handed.objects.filter(cycle=cycle).exists():
            raise Refused(
                "Bước này xong khi ghi số xác nhận của cơ sở dữ liệu quốc gia. Hãy mở trang Chuyển kết quả.",
                "This step is over once the receipt of the national database is entered, on the page of results "
                "handed over.",
            )
        if seen < min(period_of(cycle).end, one.due_at):
            raise Refused(
                f"Kỳ {period_of(cycle).title('vi')} chưa hết nên chưa chốt số liệu được. Hãy chờ hết kỳ.",
                f"{period_of(cycle).title('en')} is not over, so its data cannot be cut off yet. Wait until it is.",
            )
        _end(seat.actor, cycle, steps, one, seen)
        note(seat.actor, "cycles.finish", "cycle", cycle.pk, {"step": STEP_TITLES[step].vi})


def pause(seat: Seat, cycle: Cycle, why: str, *, now: datetime | None = None) -> None:
    """No deadline of the cycle comes nearer from now on. Raises `Refused` without a reason, when it is paused already
    or over."""
    with in_order():
        seen = now or timezone.now()
        _may(seat, cycle)
        one = _open(_steps(cycle, seen))
        if one.state == "paused":
            raise Refused("Kỳ đang tạm dừng rồi.", "The cycle is paused already.")
        _write(seat.actor, one, "paused", seen, _reason(why))
        note(seat.actor, "cycles.pause", "cycle", cycle.pk, {"step": STEP_TITLES[one.step].vi, "reason": why.strip()})


def resume(seat: Seat, cycle: Cycle, *, now: datetime | None = None) -> None:
    """The cycle goes on; its deadlines are later by the office time of the pause. Raises `Refused` when it was not
    paused."""
    with in_order():
        seen = now or timezone.now()
        _may(seat, cycle)
        one = _open(_steps(cycle, seen))
        if one.state != "paused":
            raise Refused("Kỳ không tạm dừng nên không có gì để tiếp tục.", "The cycle is not paused.")
        _write(seat.actor, one, "open", seen)
        note(seat.actor, "cycles.resume", "cycle", cycle.pk, {"step": STEP_TITLES[one.step].vi})


def move(seat: Seat, cycle: Cycle, step: str, due: datetime, why: str, *, now: datetime | None = None) -> None:
    """Another deadline for a step that is not over; those after it are moved on as far as they must, to keep the days
    the rule gives them. Raises `Refused` without a reason, for a step that is over, or an instant that has been or
    lies before the deadline of the step before."""
    with in_order():
        seen = now or timezone.now()
        _may(seat, cycle)
        steps, reason = _steps(cycle, seen), _reason(why)
        one = next((one for one in steps if one.step == step), None)
        if one is None or one.state == "done":
            raise Refused(
                "Bước này không có hoặc đã xong nên không đổi hạn được.", "There is no such step, or it is over."
            )
        before = max((other.due_at for other in steps if other.place < one.place), default=seen)
        floor = seen if one.state != "ahead" else max(seen, before)
        if due <= floor:
            raise Refused(
                f"Hạn mới phải sau {formats.moment(floor, 'vi')}. Hãy chọn lại.",
                f"The new deadline must come after {formats.moment(floor, 'en')}. Choose again.",
            )
        _write(seat.actor, one, one.state, one.since, reason, due=due, counted=seen)
        _leave_days(seat.actor, cycle, steps, one, due, seen)
        told = {"step": STEP_TITLES[step].vi, "due": formats.moment(due, "vi")}
        note(seat.actor, "cycles.move", "cycle", cycle.pk, {**told, "reason": why.strip()})


def reopen(seat: Seat, cycle: Cycle, step: str, why: str, *, now: datetime | None = None) -> None:
    """Go back to a step that is over: it is open again, those after it are ahead, all with deadlines counted anew.

    Raises `Refused` without a reason, for a step that is not over, or once the results are sealed: from then on only a
    superseding seal changes anything."""
    with in_order():
        seen = now or timezone.now()
        _may(seat, cycle)
        steps, reason = _steps(cycle, seen), _reason(why)
        one = next((one for one in steps if one.step == step), None)
        if any(other.step == "seal" and other.state == "done" for other in steps):
            raise Refused(
                "Kết quả đã chốt nên không mở lại bước nào. Sai sót được sửa bằng một bản chốt thay thế.",
                "The results are sealed, so no step is opened again. A superseding seal mends what is wrong.",
            )
        if one is None or one.state != "done":
            raise Refused(
                "Chỉ mở lại được bước đã xong. Hãy chọn bước khác.",
                "Only a step that is over is opened again. Choose another.",
            )
        due = _counted(cycle, [*_terms(cycle, step), *later(_terms(cycle), step)], seen)
        _write(seat.actor, one, "open", seen, reason, due=due[step], counted=seen)
        for other in steps:
            if other.place > one.place:
                _write(seat.actor, other, "ahead", seen, due=due[other.step], counted=seen)
        note(seat.actor, "cycles.reopen", "cycle", cycle.pk, {"step": STEP_TITLES[step].vi, "reason": why.strip()})


def mark_sealed(cycle: Cycle, seat: Seat, now: datetime) -> None:
    """The results were sealed; only the hand-over is left. Inside `in_order()`. Raises `Refused` when the step of the
    seal is not open."""
    steps = _steps(cycle, now)
    require(cycle, "seal", now)
    _end(seat.actor, cycle, steps, _now(steps, "seal"), now)
    note(seat.actor, "cycles.seal", "cycle", cycle.pk, {"period": cycle.period})


def _may(seat: Seat, cycle: Cycle) -> None:
    if not over_unit(seat, Right.KEEP_CYCLE, cycle.agency_id):
        raise Refused(
            "Bạn không giữ kỳ đánh giá của cơ quan này. Hãy nhờ bộ phận tổ chức cán bộ của cơ quan.",
            "You do not keep this agency's evaluation. Ask its personnel office.",
        )


def _steps(cycle: Cycle, now: datetime) -> list[Stand]:
    settle(cycle, now)
    return stands(cycle, now)


def _open(steps: Sequence[Stand]) -> Stand:
    found = next((one for one in steps if one.state in ("open", "paused")), None)
    if found is None:
        raise Refused("Mọi bước của kỳ đã xong.", "Every step of the cycle is over.")
    return found


def _now(steps: Sequence[Stand], step: str) -> Stand:
    """The open step, if it is this one. Raises `Refused`."""
    one = _open(steps)
    if one.step == step and one.state == "open":
        return one
    title, state = STEP_TITLES[one.step], STATE_TITLES[one.state]
    raise Refused(
        f"Bước “{STEP_TITLES[step].vi}” không mở: kỳ ở bước “{title.vi}” ({state.vi}). "
        "Các bước đi lần lượt; hãy mở lại trang.",
        f"“{STEP_TITLES[step].en}” is not open: the cycle stands at “{title.en}” ({state.en}). "
        "Steps go one after the other; open the page again.",
    )


def _end(actor: Actor, cycle: Cycle, steps: Sequence[Stand], one: Stand, now: datetime) -> None:
    """A step is over, the next one open; late, those after it keep their days."""
    _write(actor, one, "done", now)
    after = next((other for other in steps if other.place > one.place), None)
    if after is None:
        return
    _write(actor, after, "open", now)
    if now > one.due_at:
        _leave_days(actor, cycle, stands(cycle, now), one, now, now)


def _leave_days(actor: Actor, cycle: Cycle, steps: Sequence[Stand], one: Stand, at: datetime, now: datetime) -> None:
    """Deadlines after a step, where they come sooner than the rule's days counted from `at`, are counted from there."""
    due = _counted(cycle, later(_terms(cycle), one.step), at)
    for other in steps:
        if other.place > one.place and not other.fixed and due[other.step] > other.due_at:
            _write(actor, other, other.state, other.since, due=due[other.step], counted=now)


def _counted(cycle: Cycle, terms: Sequence[Timed], begins: datetime) -> dict[str, datetime]:
    return deadlines(own_deadlines(terms, period_of(cycle), begins, sight(begins).calendar))


def _terms(cycle: Cycle, step: str | None = None) -> list[Timed]:
    rows = Term.objects.filter(cycle=cycle) if step is None else Term.objects.filter(cycle=cycle, step=step)
    return [Timed(row.card, row.step, row.days, row.count, row.before, row.by_itself) for row in rows]


def _reason(why: str) -> str:
    if not why.strip():
        raise Refused("Cần nêu lý do. Hãy ghi lý do rồi gửi lại.", "A reason is needed. Write it, then send again.")
    return why.strip()


def _write(
    actor: Actor,
    one: Stand,
    state: str,
    since: datetime,
    why: str = "",
    *,
    due: datetime | None = None,
    counted: datetime | None = None,
) -> None:
    """Another row for a step, in place of the one that stands."""
    row = Step.objects.get(cycle=one.row.cycle_id, step=one.step, replaced_by=None)
    new = Step(
        cycle_id=row.cycle_id,
        step=row.step,
        place=row.place,
        due_at=due or row.due_at,
        counted_from=counted or row.counted_from,
        state=state,
        since=since,
    )
    made = put(actor, new, instead_of=row)
    if why:
        Remark.objects.create(seq=made.seq, text=why)
