"""Writing absences and delegations."""

from datetime import date

from congtam.audit.actions import note
from congtam.history.actor import Actor
from congtam.history.conflict import expect_standing
from congtam.history.laying import put, stretch, withdraw
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.orgs.models import Unit
from congtam.people.checks import days_follow, giver_heads, no_absence_meets, not_delegated_yet
from congtam.people.models import Absence, Delegation, Person


def record_absence(actor: Actor, *, person: Person, kind: str, first: date, until: date, decision: str = "") -> Absence:
    """A person is away from `first` up to, and without, `until`. Raises `Refused` when already away then."""
    with in_order():
        days_follow(first, until)
        absence = Absence(person=person, kind=kind, days=stretch(first, until), decision=decision.strip())
        no_absence_meets(absence)
        put(actor, absence)
        note(actor, "people.record_absence", "person", person.pk, {"row": absence.seq})
    return absence


def withdraw_absence(actor: Actor, absence: Absence, reason: str = "") -> None:
    """The person was not away. Raises `Conflict` when the row no longer stands."""
    with in_order():
        withdraw(expect_standing(Absence, absence.seq))
        note(actor, "people.withdraw_absence", "person", absence.person_id, {"row": absence.seq, "reason": reason})


def delegate(
    actor: Actor, *, giver: Person, receiver: Person, unit: Unit, first: date, until: date, decision: str
) -> Delegation:
    """A head lets another person act as head of a unit up to, and without, `until`, by a numbered decision.

    Raises `Refused` when both are one person, there is no decision, the giver does not head the unit or one above it,
    or the unit is already delegated.
    """
    if giver.pk == receiver.pk:
        raise Refused(
            "Người ủy quyền và người nhận ủy quyền là một. Hãy chọn người nhận khác.",
            "Giver and receiver are the same person. Choose another receiver.",
        )
    if not decision.strip():
        raise Refused(
            "Ủy quyền cần có số văn bản. Hãy nhập số quyết định.",
            "A delegation needs a numbered decision. Write its number.",
        )
    with in_order():
        days_follow(first, until)
        given = Delegation(
            giver=giver, receiver=receiver, unit=unit, days=stretch(first, until), decision=decision.strip()
        )
        giver_heads(given)
        not_delegated_yet(given)
        put(actor, given)
        told = {"row": given.seq, "unit": unit.pk, "receiver": receiver.pk, "decision": given.decision}
        note(actor, "people.delegate", "person", giver.pk, told)
    return given


def withdraw_delegation(actor: Actor, delegation: Delegation, until: date) -> Delegation | None:
    """The delegation ends before its time: `until` is the first day without it (None is returned when nothing is left).

    Raises `Conflict` when the row no longer stands.
    """
    with in_order():
        old = expect_standing(Delegation, delegation.seq)
        kept = None
        if old.days.lower < until:
            kept = Delegation(
                giver_id=old.giver_id,
                receiver_id=old.receiver_id,
                unit_id=old.unit_id,
                days=stretch(old.days.lower, min(until, old.days.upper)),
                decision=old.decision,
            )
            put(actor, kept, instead_of=old)
        else:
            withdraw(old)
        note(actor, "people.withdraw_delegation", "person", old.giver_id, {"row": old.seq, "until": until.isoformat()})
    return kept
