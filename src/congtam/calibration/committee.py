"""Setting up a committee, and who joins and leaves it: as its decisions say, entered by the personnel office."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.calibration.models import CHAIR, ROLES, SECRETARY, Committee, Membership
from congtam.calibration.queries import members_of
from congtam.history.laying import lay, put, stretch, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.models import Unit
from congtam.orgs.queries import trees_under
from congtam.people.models import Person
from congtam.people.queries import people_under

FEWEST = 3  # a chair, a secretary, and one more: below that no vote can be carried against anybody


def set_up(
    seat: Seat,
    agency: Unit,
    number: str,
    first: date,
    members: Mapping[int, str],
    *,
    quorum: tuple[int, int] = (2, 3),
    chair_settles: bool = True,
    leaves_for_below: bool = False,
) -> Committee:
    """Enter the committee of an agency as decision `number` founds it, from `first` on; `members` by person, with their
    role. Raises `Refused`: no right, no number, not one chair and one secretary, people from elsewhere."""
    _may(seat, agency.pk)
    _check(number, members, quorum)
    outside = set(members) - people_under(trees_under([agency.pk], first), first)
    if outside:
        raise Refused(
            "Có người không công tác ở cơ quan này vào ngày quyết định có hiệu lực. Hãy chọn người của cơ quan.",
            "Somebody named does not work in this agency on that day. Choose people of the agency.",
        )
    with in_order():
        if Committee.objects.filter(agency=agency, first=first).exists():
            raise Refused(
                f"Đã có Hội đồng của cơ quan từ ngày {first:%d/%m/%Y}. Hãy chọn ngày khác.",
                f"The agency has a committee from {first:%d/%m/%Y} on already. Choose another day.",
            )
        top, bottom = quorum
        made = Committee.objects.create(
            agency=agency,
            number=number.strip(),
            first=first,
            quorum_top=top,
            quorum_bottom=bottom,
            chair_settles=chair_settles,
            leaves_for_below=leaves_for_below,
            made_by=seat.account,
            made_at=timezone.now(),
        )
        for person, role in members.items():
            row = Membership(committee=made, person_id=person, role=role, days=stretch(first, None))
            put(seat.actor, row)
        note(seat.actor, "calibration.set_up", "unit", agency.pk, {"number": made.number, "members": len(members)})
    return made


def join(seat: Seat, committee: Committee, person: Person, role: str, first: date) -> Membership:
    """Somebody is in the committee in a role from a day on; what they were before ends the day before."""
    _may(seat, committee.agency_id)
    if role not in ROLES:
        raise Refused(f"Không có vai trò {role!r} trong Hội đồng.", f"There is no role {role!r} in a committee.")
    with in_order():
        held = members_of(committee, first)
        taken = [one for one, has in held.items() if has == role and one != person.pk]
        if role in (CHAIR, SECRETARY) and taken:
            raise Refused(
                "Hội đồng đã có người giữ vai trò này. Hãy cho người đó thôi vai trò trước.",
                "Somebody holds this role already. End it first.",
            )
        over = list(Membership.standing().filter(committee=committee, person=person))
        made = lay(
            seat.actor, Membership(committee=committee, person=person, role=role, days=stretch(first, None)), over
        )
        note(seat.actor, "calibration.join", "person", person.pk, {"role": role, "number": committee.number})
    return made


def leave(seat: Seat, committee: Committee, person: Person, until: date) -> None:
    """Somebody is in the committee no longer from `until` on. What they voted before stands."""
    _may(seat, committee.agency_id)
    with in_order():
        for row in Membership.standing().filter(committee=committee, person=person):
            if row.days.upper is not None and row.days.upper <= until:
                continue
            if row.days.lower >= until:
                withdraw(row)
                continue
            shorter = Membership(committee=committee, person=person, role=row.role, days=stretch(row.days.lower, until))
            put(seat.actor, shorter, instead_of=row)
        note(seat.actor, "calibration.leave", "person", person.pk, {"number": committee.number})


def _may(seat: Seat, agency: int) -> None:
    if not over_unit(seat, Right.KEEP_CYCLE, agency):
        raise Refused(
            "Bạn không giữ việc đánh giá của cơ quan này. Hãy nhờ bộ phận tổ chức cán bộ ghi Hội đồng.",
            "You do not keep the evaluation of this agency. Ask its personnel office to enter the committee.",
        )


def _check(number: str, members: Mapping[int, str], quorum: tuple[int, int]) -> None:
    roles = list(members.values())
    if not number.strip():
        raise Refused(
            "Cần số quyết định thành lập Hội đồng. Hãy ghi số rồi lưu lại.",
            "The number of the founding decision is missing. Add it and save again.",
        )
    if len(members) < FEWEST or roles.count(CHAIR) != 1 or roles.count(SECRETARY) != 1 or set(roles) - set(ROLES):
        raise Refused(
            f"Hội đồng cần ít nhất {FEWEST} người, có đúng một Chủ tịch và một Thư ký. Hãy chọn lại.",
            f"A committee has at least {FEWEST} people, with exactly one chair and one secretary. Choose again.",
        )
    top, bottom = quorum
    if not 0 < top <= bottom:
        raise Refused(
            "Tỷ lệ có mặt tối thiểu phải lớn hơn 0 và không quá toàn bộ. Hãy ghi lại, ví dụ 2/3.",
            "The least share present must be more than none and at most all. Write it like 2/3.",
        )
