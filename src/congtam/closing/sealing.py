"""Sealing a period: once nothing blocks it, by the leader, from a final run of the facts known that instant. A decision
that comes after the seal makes another one, with a reason and with what differs; the earlier one stays as it was."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.calibration.queries import finals
from congtam.closing.blocks import Readiness, readiness
from congtam.closing.models import Accepted, Sealed, Why
from congtam.cycles.models import Cycle
from congtam.cycles.moving import mark_sealed
from congtam.cycles.queries import is_sealed, period_of, require
from congtam.engine.explaining import formats
from congtam.engine.scoring.final import FinalBy
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.people.models import Person
from congtam.people.queries import names_of
from congtam.scores.models import Seal
from congtam.scores.seals import SealedScore, seal, sealed_scores
from congtam.scores.taking import take

A_FEW = 10  # blocks named in a refusal


@dataclass(frozen=True)
class Change:
    """Of one person: what the earlier seal says, and what the new one does; None where it says nothing of them."""

    person: int
    before: SealedScore | None
    after: SealedScore | None


def close(seat: Seat, cycle: Cycle, now: datetime) -> Seal:
    """Seal a period and publish it.

    Raises `Refused`: no right, sealed already (by whom, when), another step is open, or something blocks it, which is
    told. Then nothing is written.
    """
    by = _leader(seat, cycle)
    with transaction.atomic():
        _alone(cycle)
        if is_sealed(cycle, now):
            _already(cycle)
        require(cycle, "seal", now)
        _unblocked(readiness(cycle, now))
        made = _sealed(seat, cycle, now)
        with in_order():
            put(seat.actor, Sealed(cycle=cycle, seal=made, by=by))
            mark_sealed(cycle, seat, now)
            note(seat.actor, "closing.seal", "cycle", cycle.pk, {"period": cycle.period, "seal": made.pk})
    return made


def supersede(seat: Seat, cycle: Cycle, why: str, now: datetime) -> Seal:
    """Seal again what was decided after the seal, with the reason; the earlier seal stays, no longer published.

    Raises `Refused`: no right, not sealed yet, without a reason, a case or request is still open, or nothing differs.
    """
    by = _leader(seat, cycle)
    if not why.strip():
        raise Refused(
            "Chốt lại cần nêu lý do và văn bản. Hãy ghi rồi gửi lại.",
            "Sealing again needs the reason and the document. Write them, then send again.",
        )
    with transaction.atomic():
        _alone(cycle)
        before = Sealed.standing().filter(cycle=cycle).select_related("seal").first()
        if before is None:
            raise Refused(
                "Kỳ này chưa chốt nên chưa có gì để chốt lại.", "This period is not sealed, so there is nothing to redo."
            )
        _unblocked(readiness(cycle, now))
        made = _sealed(seat, cycle, now)
        changed = difference(before.seal, made)
        if not changed:
            raise Refused(
                "Kết quả tính lại giống bản đã chốt. Không cần chốt lại.",
                "What is known now gives the same result as the seal. There is nothing to seal again.",
            )
        with in_order():
            row = put(seat.actor, Sealed(cycle=cycle, seal=made, by=by), instead_of=before)
            Why.objects.create(seq=row.seq, text=why.strip())
            told = {"period": cycle.period, "seal": made.pk, "before": before.seal_id, "people": len(changed)}
            note(seat.actor, "closing.supersede", "cycle", cycle.pk, told)
    return made


def accept(seat: Seat, cycle: Cycle, about: str, why: str, now: datetime) -> None:
    """Seal in spite of a gap that nobody can mend, with the reason. Raises `Refused`: no right, no such gap, one that
    cannot be accepted, no reason."""
    by = _leader(seat, cycle)
    if not why.strip():
        raise Refused("Hãy ghi lý do chấp nhận.", "Write why it is accepted.")
    with in_order():
        found = next((one for one in readiness(cycle, now).blocks if one.about == about), None)
        if found is None or not found.can_be_accepted:
            raise Refused(
                "Việc chặn này không còn, hoặc phải xử lý chứ không chấp nhận được. Hãy mở lại trang.",
                "This block is gone, or has to be mended rather than accepted. Open the page again.",
            )
        row = put(seat.actor, Accepted(cycle=cycle, about=about, by=by))
        Why.objects.create(seq=row.seq, text=why.strip())
        note(seat.actor, "closing.accept", "cycle", cycle.pk, {"about": about, "why": why.strip()})


def difference(before: Seal, after: Seal) -> list[Change]:
    """Everyone whose card, points or grade is not the same in two seals, by number."""
    old, new = sealed_scores(before), sealed_scores(after)
    people = sorted(old.keys() | new.keys())
    pairs = [Change(person, old.get(person), new.get(person)) for person in people]
    return [one for one in pairs if _figures(one.before) != _figures(one.after)]


def _figures(one: SealedScore | None) -> tuple[object, ...]:
    return () if one is None else (one.card, one.points, one.grade)


def _sealed(seat: Seat, cycle: Cycle, now: datetime) -> Seal:
    """The final run, the final grades, the seal. Raises `Refused` when a grade still waits for a person: a fact may
    have arrived since the readiness was read."""
    period, agency = period_of(cycle), cycle.agency_id
    take(agency, period, now, "final")
    final = finals(cycle)
    waiting = [person for by in final.values() for person, one in by.items() if one.by is FinalBy.WAITS]
    if waiting:
        names = ", ".join(names_of(waiting[:A_FEW]).values())
        raise Refused(
            f"Còn {len(waiting)} người chưa có xếp loại cuối cùng ({names}). Hãy trình Hội đồng rồi chốt.",
            f"{len(waiting)} people have no final grade yet ({names}). Take them to the committee, then seal.",
        )
    return seal(agency, period, seat, now, final)


def _leader(seat: Seat, cycle: Cycle) -> Person:
    if seat.person is None or not over_unit(seat.writing, Right.SEAL, cycle.agency_id):
        raise Refused(
            "Chỉ người đứng đầu cơ quan chốt được kết quả. Hãy trình người đứng đầu.",
            "Only the head of the agency seals its results. Ask them to.",
        )
    return Person.objects.get(pk=seat.person)


def _alone(cycle: Cycle) -> None:
    """Whoever seals the same period at this instant waits here, and then finds it sealed."""
    Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)


def _already(cycle: Cycle) -> None:
    row = Sealed.standing().filter(cycle=cycle).first()
    who = names_of([row.by_id]).get(row.by_id, "") if row else ""
    at = {lang: formats.moment(row.recorded_at, lang) if row else "" for lang in ("vi", "en")}
    raise Refused(
        f"Kỳ này đã được {who} chốt lúc {at['vi']}. Hãy mở lại trang để xem kết quả.",
        f"This period was sealed by {who} at {at['en']}. Open the page again to see the results.",
    )


def _unblocked(found: Readiness) -> None:
    if not found.blocks:
        return
    those = [one.what for one in found.blocks[:A_FEW]]
    more = len(found.blocks) - len(those)
    vi, en = "; ".join(one.vi.rstrip(".") for one in those), "; ".join(one.en.rstrip(".") for one in those)
    raise Refused(
        f"Chưa chốt được, còn {len(found.blocks)} việc chặn: {vi}{f'; và {more} việc khác' if more else ''}.",
        f"It cannot be sealed yet; {len(found.blocks)} things block it: {en}{f'; and {more} more' if more else ''}.",
    )
