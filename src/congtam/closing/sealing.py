"""Sealing a period: once nothing blocks it, by the leader, from a final run of the facts known that instant. A decision
that comes after the seal makes another one, with a reason and with what differs; the earlier one stays as it was."""

from datetime import datetime

from django.db import transaction

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.calibration.queries import finals
from congtam.closing.blocks import Readiness, readiness
from congtam.closing.models import Accepted, Again, Why
from congtam.closing.queries import difference, published
from congtam.cycles.models import Cycle
from congtam.cycles.moving import mark_sealed
from congtam.cycles.queries import period_of, require, seen_from
from congtam.engine.explaining import formats
from congtam.engine.scoring.final import FinalBy
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.objections.queries import changed_since_slip
from congtam.people.models import Person
from congtam.people.queries import names_of
from congtam.scores.models import Seal
from congtam.scores.seals import seal
from congtam.scores.taking import take

A_FEW = 10  # people, or blocks, named in a refusal


def close(seat: Seat, cycle: Cycle, now: datetime) -> Seal:
    """Seal a period and publish it.

    Raises `Refused`: no right, sealed already (when), another step is open, or something blocks it, which is told.
    Then nothing is written.
    """
    _leader(seat, cycle)
    with transaction.atomic():
        _alone(cycle)
        standing = published(cycle)
        if standing is not None:
            _already(standing)
        require(cycle, "seal", now)
        _unblocked(readiness(cycle, now))
        made = _sealed(seat, cycle, now)
        with in_order():
            mark_sealed(cycle, seat, now)
            note(seat.actor, "closing.seal", "cycle", cycle.pk, {"period": cycle.period, "seal": made.pk})
    return made


def supersede(seat: Seat, cycle: Cycle, why: str, now: datetime) -> Seal:
    """Seal again what was decided after the seal, with the reason; the earlier seal stays as it was, no longer
    published.

    Raises `Refused`: no right, not sealed yet, without a reason, something is still open, or nothing differs.
    """
    _leader(seat, cycle)
    if not why.strip():
        raise Refused(
            "Chốt lại cần nêu lý do và văn bản. Hãy ghi rồi gửi lại.",
            "Sealing again needs the reason and the document. Write them, then send again.",
        )
    with transaction.atomic():
        _alone(cycle)
        before = published(cycle)
        if before is None:
            raise Refused(
                "Kỳ này chưa chốt nên chưa có gì để chốt lại. Hãy xử lý các việc chặn rồi chốt.",
                "This period is not sealed, so there is nothing to redo. Settle what blocks it, then seal.",
            )
        _unblocked(readiness(cycle, now))
        made = _sealed(seat, cycle, now)
        changed = difference(before, made)
        if not changed:
            raise Refused(
                "Không ai đổi điểm hay xếp loại so với bản đã chốt. Không cần chốt lại.",
                "Nobody's points or grade differ from the seal. There is nothing to seal again.",
            )
        Again.objects.create(seal=made, text=why.strip())
        told = {"period": cycle.period, "seal": made.pk, "before": before.pk, "people": len(changed)}
        note(seat.actor, "closing.supersede", "cycle", cycle.pk, told)
    return made


def accept(seat: Seat, cycle: Cycle, about: str, why: str, now: datetime) -> None:
    """Let the period be sealed in spite of a gap that nobody can mend, with the reason. Raises `Refused`: no right, no
    reason, no such gap, or one that has to be mended."""
    by = _leader(seat, cycle)
    if not why.strip():
        raise Refused("Hãy ghi lý do chấp nhận rồi gửi lại.", "Write why it is accepted, then send again.")
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


def _sealed(seat: Seat, cycle: Cycle, now: datetime) -> Seal:
    """The final run, the final grades, the seal. Raises `Refused` when facts that arrived since the draft changed what
    people were shown, or leave a grade to a person."""
    period, agency = period_of(cycle), cycle.agency_id
    as_of = seen_from(cycle, now)
    changed = changed_since_slip(cycle, take(agency, period, now, "final", as_of=as_of))
    if changed and published(cycle) is None:
        raise Refused(
            f"Số liệu mới làm thay đổi kết quả của {len(changed)} người sau khi họ xem phiếu ({_named(changed)}). "
            "Chưa chốt gì. Hãy gửi lại phiếu cho họ.",
            f"Newer facts changed the results of {len(changed)} people since they saw their slips ({_named(changed)}). "
            "Nothing was sealed. Show them their slips again.",
        )
    final = finals(cycle)
    waiting = [person for of_card in final.values() for person, one in of_card.items() if one.by is FinalBy.WAITS]
    if waiting:
        raise Refused(
            f"Còn {len(waiting)} người chưa có xếp loại cuối cùng ({_named(waiting)}). Chưa chốt. Hãy trình Hội đồng.",
            f"{len(waiting)} people have no final grade yet ({_named(waiting)}). Nothing was sealed. "
            "Take them to the committee.",
        )
    return seal(agency, period, seat, now, final, as_of=as_of)


def _named(people: list[int]) -> str:
    told = ", ".join(names_of(people[:A_FEW]).values())
    return f"{told}, …" if len(people) > A_FEW else told


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


def _already(standing: Seal) -> None:
    at = {lang: formats.moment(standing.made_at, lang) for lang in ("vi", "en")}
    raise Refused(
        f"Kỳ này đã được chốt lúc {at['vi']}. Hãy mở lại trang để xem kết quả.",
        f"This period was sealed at {at['en']}. Open the page again to see the results.",
    )


def _unblocked(found: Readiness) -> None:
    if not found.blocks:
        return
    those = [one.what for one in found.blocks[:A_FEW]]
    n, more = len(found.blocks), len(found.blocks) - len(those)
    vi, en = "; ".join(one.vi.rstrip(".") for one in those), "; ".join(one.en.rstrip(".") for one in those)
    raise Refused(
        f"Chưa chốt được, còn {n} việc chặn: {vi}{f'; và {more} việc khác' if more else ''}.",
        f"It cannot be sealed yet; {n} things block it: {en}{f'; and {more} more' if more else ''}.",
    )
