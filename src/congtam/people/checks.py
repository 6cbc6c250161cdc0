"""What must hold before a row about persons is written; the database holds the same, with fewer words."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from congtam.history.refused import Refused
from congtam.orgs.queries import trees_under
from congtam.people.models import Absence, Delegation, PostSpan, Spell


def days_follow(first: date, until: date | None) -> None:
    """Raises `Refused` when the end does not come after the beginning."""
    if until is not None and until <= first:
        raise Refused("Ngày kết thúc phải sau ngày bắt đầu.", "The end must come after the beginning: check both days.")


def post_stands(post: int, days: DateRange) -> None:
    """Raises `Refused` when the post does not stand on the first day."""
    if not PostSpan.standing().filter(post=post, days__contains=days.lower).exists():
        raise Refused(
            f"Vị trí không có vào ngày {days.lower:%d/%m/%Y}. Hãy lập vị trí từ ngày đó trước, hoặc chọn ngày khác.",
            f"The post does not stand on {days.lower:%d/%m/%Y}. Set it from that day first, or choose another day.",
        )


def no_spell_meets(spell: Spell, old: Spell | None) -> None:
    """Raises `Refused` when the person is already in the post on one of the days."""
    meeting = Spell.standing().filter(person=spell.person_id, post=spell.post_id, days__overlap=spell.days)
    found = meeting.exclude(seq=old.seq if old else 0).first()
    if found is not None:
        raise Refused(
            f"Người này đã giữ vị trí đó trong thời gian công tác {found.code}, từ {found.days.lower:%d/%m/%Y}. "
            "Hãy sửa thời gian công tác ấy, hoặc chọn ngày khác.",
            f"The person is in that post already: spell {found.code}, from {found.days.lower:%d/%m/%Y}. "
            "Correct that spell, or choose other days.",
        )


def no_absence_meets(absence: Absence) -> None:
    """Raises `Refused` when the person is already away on one of the days."""
    found = Absence.standing().filter(person=absence.person_id, days__overlap=absence.days).first()
    if found is not None:
        raise Refused(
            f"Người này đã được ghi vắng mặt từ {found.days.lower:%d/%m/%Y}. Hãy rút lần ghi đó hoặc chọn ngày khác.",
            f"The person is already recorded as away from {found.days.lower:%d/%m/%Y}. Withdraw that, or choose other "
            "days.",
        )


def giver_heads(delegation: Delegation) -> None:
    """Raises `Refused` when the giver heads neither the unit nor one above it on the first day."""
    day = delegation.days.lower
    posts = Spell.standing().filter(person=delegation.giver_id, days__contains=day).values("post")
    led = PostSpan.standing().filter(post__in=posts, leads=True, days__contains=day).values_list("unit", flat=True)
    if delegation.unit_id not in trees_under(led, day):
        raise Refused(
            f"Người ủy quyền không đứng đầu đơn vị này vào ngày {day:%d/%m/%Y}, nên không ủy quyền được.",
            f"The giver does not head this unit on {day:%d/%m/%Y}, so there is nothing to delegate.",
        )


def not_delegated_yet(delegation: Delegation) -> None:
    """Raises `Refused` when the unit is already delegated on one of the days."""
    found = Delegation.standing().filter(unit=delegation.unit_id, days__overlap=delegation.days).first()
    if found is not None:
        raise Refused(
            f"Đơn vị này đã được ủy quyền từ {found.days.lower:%d/%m/%Y} theo {found.decision}. "
            "Hãy rút ủy quyền đó hoặc chọn ngày khác.",
            f"The unit is already delegated from {found.days.lower:%d/%m/%Y} by {found.decision}. "
            "Withdraw that, or choose other days.",
        )
