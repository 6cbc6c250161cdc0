"""Special agencies (cơ quan đặc thù), for which the rules name other days of the year. No record tells which they are:
the personnel office says so, with the document it stands on."""

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.cycles.models import SpecialAgency
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order


def kind_of(agency: int) -> SpecialAgency | None:
    """What was said of an agency last; None where nothing was: then it is not special."""
    return SpecialAgency.standing().filter(agency=agency).first()


def is_special(agency: int) -> bool:
    """Whether an agency is special."""
    found = kind_of(agency)
    return found is not None and found.special


def set_kind(seat: Seat, agency: int, *, special: bool, basis: str) -> SpecialAgency:
    """Say whether an agency is special, by which document. Periods opened before keep their deadlines.

    Raises `Refused`: no right over the agency, no document, or nothing new."""
    if not over_unit(seat, Right.KEEP_CYCLE, agency):
        raise Refused(
            "Bạn không giữ việc đánh giá của cơ quan này. Hãy nhờ bộ phận tổ chức cán bộ của cơ quan.",
            "You do not keep the evaluation of this agency. Ask its personnel office.",
        )
    if not basis.strip():
        raise Refused(
            "Chưa ghi văn bản xác định loại cơ quan. Hãy ghi số, ký hiệu văn bản rồi làm lại.",
            "No document is named. Write the number of the one that says so, then try again.",
        )
    with in_order():
        before = kind_of(agency)
        if special == (before is not None and before.special):
            raise Refused("Cơ quan đã được ghi đúng như vậy.", "That is what stands already.")
        row = put(
            seat.actor, SpecialAgency(agency_id=agency, special=special, basis=basis.strip()[:64]), instead_of=before
        )
        note(seat.actor, "cycles.set_kind", "unit", agency, {"special": special, "basis": row.basis})
    return row
