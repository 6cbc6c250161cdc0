"""Deciding that a day is off, worked, or worked in the morning only."""

from datetime import date

from congtam.audit.actions import note
from congtam.calendars.models import KINDS, Day
from congtam.history.actor import Actor
from congtam.history.laying import put, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order


def set_day(actor: Actor, day: date, kind: str, number: str) -> Day:
    """Decide what a day is, by the number of the deciding document; what was decided before stays on record.

    Raises `Refused` for an unknown kind of day, or without a number.
    """
    number = number.strip()
    if kind not in KINDS:
        raise Refused(
            f"Không có loại ngày {kind!r}; chọn một trong: {', '.join(KINDS)}.",
            f"There is no kind of day {kind!r}; choose one of: {', '.join(KINDS)}.",
        )
    if not number:
        raise Refused(
            "Ngày nghỉ hay ngày làm bù cần số văn bản quyết định. Hãy ghi số rồi lưu lại.",
            "A day off or a day worked instead needs the number of the deciding document. Add it and save again.",
        )
    with in_order():
        before = Day.standing().filter(day=day).first()
        if before is not None and (before.kind, before.number) == (kind, number):
            return before
        made = put(actor, Day(day=day, kind=kind, number=number), instead_of=before)
        note(actor, "calendar.set_day", "day", made.seq, {"day": day.isoformat(), "kind": kind, "number": number})
        return made


def clear_day(actor: Actor, day: date) -> None:
    """Let the shipped calendar speak of a day again; nothing happens when the site never decided on it."""
    with in_order():
        before = Day.standing().filter(day=day).first()
        if before is not None:
            withdraw(before)
            note(actor, "calendar.clear_day", "day", before.seq, {"day": day.isoformat()})
