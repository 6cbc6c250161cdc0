"""Giving a mark in a cycle: by who is to give it that day, while the step is open, from the rules' own criteria."""

from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Final

from django.utils import timezone

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.cycles.models import Cycle
from congtam.cycles.queries import require
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.points import POINT
from congtam.engine.states import State
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.marking.queries import Cell, round_of
from congtam.people.models import Person
from congtam.people.queries import names_of
from congtam.ratings.actions import rate
from congtam.ratings.asked import Criterion
from congtam.ratings.models import Rating


class _Answer(Enum):
    CANNOT_TELL = "cannot_tell"


CANNOT_TELL: Final = _Answer.CANNOT_TELL  # không đủ căn cứ: the mark stays missing, the next one up is asked
Said = int | _Answer

WHY = Text(
    vi="Mức này cần ghi lý do, nêu việc cụ thể trong kỳ. Hãy ghi rồi lưu lại.",
    en="This mark needs a reason that names something of the period. Add it and save again.",
)
WHY_NOT = Text(
    vi="Hãy ghi vì sao không đủ căn cứ, để người chấm tiếp theo biết.",
    en="Say why you cannot tell, so that the next rater knows.",
)


def give(
    seat: Seat,
    cycle: Cycle,
    person: int,
    criterion: str,
    value: Said,
    reason: str = "",
    *,
    now: datetime | None = None,
) -> Rating:
    """Give a person a mark (millionths of points) on a criterion of a cycle, or say that one cannot tell, with why.

    Said twice it is written once. Raises `Refused` when the rating step is not open, the criterion is not asked of the
    person, the seat is not to mark them that day, somebody else already did, the mark is none of those the rule has,
    or the reason is missing where the rule asks for one.
    """
    at = now or timezone.now()
    with in_order():
        require(cycle, "rating", at)
        cell = round_of(cycle, at, [person]).cell(person, criterion)
        if cell is None:
            raise Refused(
                "Tiêu chí này không chấm cho người này trong kỳ. Hãy mở lại trang chấm điểm.",
                "This criterion is not asked of this person in the period. Open the rating page again.",
            )
        _may(seat, cell)
        _check(cell.criterion, value, reason)
        return rate(
            seat.actor,
            criterion=criterion,
            period=cycle.period,
            by=Person.objects.get(pk=seat.person),
            person=Person.objects.get(pk=person),
            stage=cell.criterion.stage,
            value=None if isinstance(value, _Answer) else value,
            state=State.MISSING if isinstance(value, _Answer) else State.VALUE,
            reason=reason,
        )


def needs_reason(criterion: Criterion, value: int) -> bool:
    """Whether a mark is given with a reason: where its anchor says so, and at both ends of a scale."""
    anchor = criterion.anchors.of(Decimal(value) / POINT) if criterion.anchors else None
    at_an_end = not criterion.outcomes and value in (0, criterion.most)
    return at_an_end or (anchor is not None and anchor.reason)


def _may(seat: Seat, cell: Cell) -> None:
    """Raise `Refused` unless the seat is to mark the person, or is correcting what it gave and still may."""
    person = cell.member.person
    by_line = over_person(seat.writing, Right.RATE, person)
    if seat.person is None or not (by_line or seat.person in cell.outside):
        raise Refused(
            "Hôm nay bạn không phải người chấm của cán bộ này: người chấm theo vị trí công tác trong ngày, "
            "hoặc theo quyết định cử người chấm. Những điểm bạn đã chấm trước đó vẫn giữ.",
            "You are not to mark this person today: raters follow the posts of the day, or a decision that admits "
            "them. Marks you gave before stay.",
        )
    if cell.given and cell.given.by != seat.person:
        name = names_of([cell.given.by]).get(cell.given.by, "")
        raise Refused(
            f"Tiêu chí này đã được {name or 'người khác'} chấm. Nếu thấy chưa đúng, hãy nêu tại họp xét.",
            f"{name or 'Somebody else'} already gave this mark. If it seems wrong, raise it at calibration.",
        )
    if seat.person not in cell.asked and not (cell.standing and cell.standing.by == seat.person):
        names = names_of(cell.asked)
        asked = ", ".join(names.get(one, "") for one in cell.asked)
        raise Refused(
            f"Lúc này người chấm tiêu chí này là {asked}." if asked else "Không còn ai để hỏi; Hội đồng sẽ xét.",
            f"Whoever marks this now is {asked}." if asked else "There is nobody left to ask; the committee decides.",
        )


def _check(criterion: Criterion, value: Said, reason: str) -> None:
    """Raise `Refused` for a mark the rule does not have, or one without the reason it needs."""
    if isinstance(value, _Answer):
        if not reason.strip():
            raise Refused(WHY_NOT.vi, WHY_NOT.en)
        return
    if criterion.outcomes and value not in criterion.outcomes:
        told = " hoặc ".join(f"{one / POINT:g}" for one in criterion.outcomes)
        raise Refused(
            f"Quy tắc chỉ có các mức {told} cho tiêu chí này. Hãy chọn một mức.",
            f"The rule knows only {told.replace('hoặc', 'or')} for this criterion. Choose one.",
        )
    if needs_reason(criterion, value) and not reason.strip():
        raise Refused(WHY.vi, WHY.en)
