"""Reminders: who was reminded of what blocks a step, by whom and when; of one thing once a day."""

from datetime import datetime

from django.utils import timezone

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.cycles.models import Cycle, Reminder
from congtam.cycles.queries import steps_of
from congtam.cycles.words import STEP_TITLES
from congtam.engine.explaining import formats
from congtam.engine.periods import local_day
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.people.queries import names_of


def remind(seat: Seat, cycle: Cycle, step: str, to: int, about: str = "", *, now: datetime | None = None) -> Reminder:
    """Remind somebody of what blocks a step (`about`: a short code of it, such as `rating`); their next digest tells
    it. Raises `Refused`: no right, a step that is over or not begun, or reminded of it today already."""
    with in_order():
        seen = now or timezone.now()
        if not over_unit(seat, Right.KEEP_CYCLE, cycle.agency_id):
            raise Refused(
                "Bạn không giữ kỳ đánh giá của cơ quan này nên không nhắc được.",
                "You do not keep this agency's evaluation, so you cannot remind anybody.",
            )
        one = steps_of(cycle, seen).get(step)
        if one is None or one.state not in ("open", "paused"):
            raise Refused(
                "Bước này không mở nên không cần nhắc. Hãy mở lại trang.",
                "This step is not open, so nobody needs a reminder. Open the page again.",
            )
        thing, day = about or step, local_day(seen)
        before = Reminder.objects.filter(cycle=cycle, to=to, about=thing, day=day).first()
        if before is not None:
            name = names_of([to]).get(to, f"#{to}")
            raise Refused(
                f"Đã nhắc {name} về việc này lúc {formats.moment(before.at, 'vi')}. Mỗi ngày chỉ nhắc một lần.",
                f"{name} was reminded of this at {formats.moment(before.at, 'en')}. Once a day is enough.",
            )
        made = Reminder.objects.create(cycle=cycle, step=step, to_id=to, about=thing, by=seat.account, day=day, at=seen)
        note(seat.actor, "cycles.remind", "person", to, {"step": STEP_TITLES[step].vi, "period": cycle.period})
    return made


def reminders_of(cycle: Cycle) -> dict[tuple[int, str], Reminder]:
    """The last reminder of each person of each thing in a cycle."""
    rows = Reminder.objects.filter(cycle=cycle).order_by("at")
    return {(row.to_id, row.about): row for row in rows}
