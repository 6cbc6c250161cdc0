"""A sitting: opened under the number of its minutes, who is there, how each member votes, adjourned."""

from collections.abc import Iterable
from datetime import datetime

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.calibration.models import ABSTAINED, CHAIR, LEFT, SECRETARY, Attendance, Sitting, Vote
from congtam.calibration.queries import committee_of, members_of, must_leave, present_at, sheets_of, sitting_now
from congtam.calibration.sheets import Case
from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of, require, seen_from, steps_of
from congtam.engine.periods import local_day
from congtam.engine.scoring.final import LOWERED, cap_matter
from congtam.history.dated import Fact
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.scores.taking import take


def convene(seat: Seat, cycle: Cycle, number: str, now: datetime, where: str = "") -> Sitting:
    """Open a sitting over a cycle, once its calibration has begun, also after the seal.

    Raises `Refused`: no committee, no right, no number, a sitting that is not adjourned, too early."""
    day = local_day(now)
    committee = committee_of(cycle.agency_id, day)
    if committee is None:
        raise Refused(
            "Cơ quan chưa có Hội đồng. Hãy ghi quyết định thành lập Hội đồng trước.",
            "The agency has no committee yet. Enter its founding decision first.",
        )
    _leads(seat, members_of(committee, day), cycle.agency_id)
    step = steps_of(cycle, now).get("calibration")
    if step is not None and step.state != "done":
        require(cycle, "calibration", now)
    if not number.strip():
        raise Refused(
            "Phiên họp cần số biên bản. Hãy ghi số rồi lưu lại.",
            "A sitting needs the number of its minutes. Add it and save again.",
        )
    with in_order():
        standing = sitting_now(cycle)
        if standing is not None:
            raise Refused(
                f"Phiên họp {standing.number} chưa kết thúc. Hãy kết thúc phiên đó trước.",
                f"Sitting {standing.number} is not adjourned. Adjourn it first.",
            )
        if Sitting.objects.filter(committee=committee, number=number.strip()).exists():
            raise Refused(
                f"Hội đồng đã có biên bản số {number.strip()}. Hãy ghi số khác.",
                f"The committee has minutes {number.strip()} already. Write another number.",
            )
        made = Sitting.objects.create(
            cycle=cycle,
            committee=committee,
            number=number.strip(),
            where=where.strip(),
            began_at=now,
            opened_by=seat.account,
        )
        note(seat.actor, "calibration.convene", "cycle", cycle.pk, {"number": made.number})
    return made


def attend(seat: Seat, sitting: Sitting, present: Iterable[int]) -> None:
    """Write down who of the members is there. The chair or the secretary does."""
    there = set(present)
    with in_order():
        members = _open(seat, sitting)
        for member in members:
            key = {"sitting": sitting, "person_id": member}
            _say(seat, Attendance, key, {"present": member in there})
        told = {"number": sitting.number, "present": len(there & set(members)), "members": len(members)}
        note(seat.actor, "calibration.attend", "cycle", sitting.cycle_id, told)


def vote(seat: Seat, sitting: Sitting, member: int, case: Case, outcome: str) -> None:
    """Cast a member's vote on a case: one of its outcomes, abstained, or left. Members vote for themselves; the chair
    or the secretary writes down how others voted. Nobody votes who was absent, or must leave for the case."""
    with in_order():
        _open(seat, sitting, member)
        _entitled(sitting, member, case)
        if outcome not in (*case.outcomes, ABSTAINED, LEFT):
            raise Refused(
                "Việc này không có phương án đó. Hãy chọn một phương án trong phiếu.",
                "This case has no such outcome. Choose one of those named.",
            )
        _cast(seat, sitting, member, case, outcome)
        told = {"number": sitting.number, "member": member, "outcome": outcome, "matter": case.matter}
        note(seat.actor, "calibration.vote", "person", case.person, told)


def vote_on_list(seat: Seat, sitting: Sitting, member: int, card: str, rule: str) -> int:
    """A member's vote for the whole list that a limit proposes to lower, but for those whose case they must leave; how
    many that are."""
    with in_order():
        _open(seat, sitting, member)
        sheet = sheets_of(sitting.cycle)[card]
        listed = [case for case in sheet.cases() if case.matter == cap_matter(rule) and case.outcomes[0] == LOWERED]
        leaving = must_leave(sitting, [case.person for case in listed])
        own = [case for case in listed if member not in leaving[case.person]]
        for case in own:
            _entitled(sitting, member, case)
            _cast(seat, sitting, member, case, LOWERED)
        told = {"number": sitting.number, "member": member, "rule": rule, "people": len(own)}
        note(seat.actor, "calibration.vote_on_list", "cycle", sitting.cycle_id, told)
    return len(own)


def adjourn(seat: Seat, sitting: Sitting, now: datetime) -> None:
    """End a sitting, and score everyone anew from what is known now, so that what was decided reaches those whose
    points stand on the grades of others."""
    with in_order():
        _open(seat, sitting)
        sitting.adjourned_at = now
        sitting.save(update_fields=["adjourned_at"])
        note(seat.actor, "calibration.adjourn", "cycle", sitting.cycle_id, {"number": sitting.number})
    cycle = sitting.cycle
    take(cycle.agency_id, period_of(cycle), now, as_of=seen_from(cycle, now))


def leads(person: int | None, members: dict[int, str]) -> bool:
    """Whether somebody is the chair or the secretary."""
    return person is not None and members.get(person) in (CHAIR, SECRETARY)


def _leads(seat: Seat, members: dict[int, str], agency: int) -> None:
    if not leads(seat.person, members) and not over_unit(seat, Right.KEEP_CYCLE, agency):
        raise Refused(
            "Chỉ Chủ tịch, Thư ký Hội đồng hoặc bộ phận tổ chức cán bộ mở được phiên họp. Hãy nhờ một trong những "
            "người đó.",
            "Only the chair, the secretary or the personnel office opens a sitting. Ask one of them.",
        )


def _open(seat: Seat, sitting: Sitting, member: int | None = None) -> dict[int, str]:
    """The members, for who may write in the sitting now: `member` for their own vote, the chair and the secretary for
    everything. Inside `in_order()`."""
    sitting.refresh_from_db(fields=["adjourned_at"])
    if sitting.adjourned_at is not None:
        raise Refused(
            f"Phiên họp {sitting.number} đã kết thúc nên không ghi thêm. Hãy mở phiên mới.",
            f"Sitting {sitting.number} is adjourned, so nothing more is written. Open a new one.",
        )
    members = members_of(sitting.committee, local_day(sitting.began_at))
    if not leads(seat.person, members) and not (member is not None and seat.person == member and member in members):
        raise Refused(
            "Chỉ Chủ tịch và Thư ký ghi được phần này; mỗi thành viên tự bỏ phiếu của mình.",
            "Only the chair and the secretary write this down; members cast their own vote.",
        )
    return members


def _entitled(sitting: Sitting, member: int, case: Case) -> None:
    if member not in present_at(sitting):
        raise Refused(
            "Người này không có mặt tại phiên họp nên không bỏ phiếu. Nếu đã đến, hãy ghi có mặt trước.",
            "They are not at the sitting and do not vote. If they came, write them down as present first.",
        )
    if member in must_leave(sitting, [case.person])[case.person]:
        raise Refused(
            "Thành viên phải rời phiên khi xét việc này nên không bỏ phiếu: đây là việc của chính mình hoặc của người "
            "mình phụ trách.",
            "They leave for this case and do not vote: it is their own, or of somebody they head.",
        )


def _cast(seat: Seat, sitting: Sitting, member: int, case: Case, outcome: str) -> None:
    key = {
        "sitting": sitting,
        "person_id": case.person,
        "scorecard": case.card,
        "matter": case.matter,
        "member_id": member,
    }
    _say(seat, Vote, key, {"outcome": outcome})


def _say(seat: Seat, kind: type[Fact], key: dict[str, object], said: dict[str, object]) -> None:
    """Write a fact over the standing one; said twice it is written once."""
    before = kind.standing().filter(**key).first()
    if before is None or any(getattr(before, name) != value for name, value in said.items()):
        put(seat.actor, kind(**key, **said), instead_of=before)
