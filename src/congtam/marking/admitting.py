"""Admitting raters from outside the line, by a numbered decision, for a stretch of days."""

from collections.abc import Iterable
from datetime import date

from congtam.audit.actions import note
from congtam.history.actor import Actor
from congtam.history.conflict import expect_standing
from congtam.history.laying import put, stretch, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.marking.models import Admission
from congtam.orgs.models import Unit
from congtam.people.models import Person


def admit(
    actor: Actor,
    *,
    rater: Person,
    decision: str,
    first: date,
    until: date,
    person: Person | None = None,
    unit: Unit | None = None,
    criteria: Iterable[str] = (),
) -> Admission:
    """From `first` up to, and without, `until`, `rater` marks a person, or those of a unit and all under it, before the
    line does; only on `criteria` when some are named.

    Raises `Refused` without a decision or days, when it is not for exactly one person or unit, for oneself, or when the
    same rater is already admitted for the same then.
    """
    _days_and_decision(decision, first, until)
    if (person is None) == (unit is None):
        raise Refused("Hãy chọn đúng một người hoặc một đơn vị được chấm.", "Choose exactly one person or one unit.")
    if person is not None and person.pk == rater.pk:
        raise Refused(
            "Không ai tự chấm điểm cho mình. Hãy chọn người chấm khác.",
            "Nobody marks themselves. Choose another rater.",
        )
    with in_order():
        same = Admission.standing().filter(rater=rater, person=person, unit=unit)
        if same.filter(days__overlap=(first, until)).exists():
            raise Refused(
                "Người này đã được cử chấm cho cùng đối tượng trong thời gian đó. Hãy kết thúc lần cử trước.",
                "This rater is already admitted for the same then. End that admission first.",
            )
        named = sorted(set(criteria))
        made = put(
            actor,
            Admission(
                rater=rater,
                person=person,
                unit=unit,
                criteria=named,
                decision=decision.strip(),
                days=stretch(first, until),
            ),
        )
        told = {"row": made.seq, "person": person.pk if person else None, "unit": unit.pk if unit else None}
        note(actor, "marking.admit", "person", rater.pk, told | {"criteria": named, "decision": made.decision})
    return made


def end(actor: Actor, admission: Admission, until: date) -> Admission | None:
    """The admission ends before its time: `until` is the first day without it (None is returned when nothing is left).
    What was marked stays. Raises `Conflict` when the row no longer stands."""
    with in_order():
        old = expect_standing(Admission, admission.seq)
        kept = None
        if old.days.lower < until:
            kept = Admission(
                rater_id=old.rater_id,
                person_id=old.person_id,
                unit_id=old.unit_id,
                criteria=old.criteria,
                decision=old.decision,
                days=stretch(old.days.lower, min(until, old.days.upper)),
            )
            put(actor, kept, instead_of=old)
        else:
            withdraw(old)
        note(actor, "marking.end_admission", "person", old.rater_id, {"row": old.seq, "until": until.isoformat()})
    return kept


def _days_and_decision(decision: str, first: date, until: date) -> None:
    """Raises `Refused` without a number, or when the days do not follow each other."""
    if not decision.strip():
        raise Refused(
            "Việc cử người chấm cần số văn bản. Hãy ghi số rồi lưu lại.",
            "Admitting a rater needs the number of a decision. Add it and save again.",
        )
    if until <= first:
        raise Refused("Ngày kết thúc phải sau ngày bắt đầu.", "The last day lies before the first. Mend the days.")
