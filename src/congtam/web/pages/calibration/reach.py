"""Which periods a seat sees here: those of its agencies, and those whose committee it sits in."""

from django.http import Http404

from congtam.access.gate import Right, over_unit, units_over
from congtam.access.seats import Seat
from congtam.calibration.models import Committee
from congtam.calibration.queries import committees_with, sits_with
from congtam.calibration.sitting import leads
from congtam.cycles.models import Cycle


def cycles_seen(seat: Seat) -> list[Cycle]:
    """Every period the seat may look at, the latest first."""
    agencies = set(units_over(seat, Right.SEE_CYCLE)) | {
        one.agency_id for one in committees_with(seat.person, seat.day)
    }
    return list(Cycle.objects.filter(agency__in=agencies).order_by("-opened_at"))


def cycle_of(seat: Seat, number: int) -> Cycle:
    """A period the seat may look at. Raises `Http404`."""
    found = Cycle.objects.filter(pk=number).first()
    if found is None or not (
        over_unit(seat, Right.SEE_CYCLE, found.agency_id) or sits_with(seat.person, found.agency_id, seat.day)
    ):
        raise Http404
    return found


def keeps(seat: Seat, cycle: Cycle) -> bool:
    """Whether the seat enters the committee and opens its sittings."""
    return over_unit(seat.writing, Right.KEEP_CYCLE, cycle.agency_id)


def minutes_taken_by(seat: Seat, committee: Committee | None, members: dict[int, str]) -> bool:
    """Whether the seat writes down who is there, how others voted and what was decided."""
    return committee is not None and leads(seat.person, members)
