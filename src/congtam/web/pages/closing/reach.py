"""Which periods a seat sees."""

from django.http import Http404

from congtam.access.gate import Right, units_over
from congtam.access.seats import Seat
from congtam.cycles.models import Cycle
from congtam.cycles.queries import cycles_of
from congtam.orgs.queries import agencies_of


def agencies(seat: Seat, right: Right) -> list[int]:
    """The agencies over which a seat holds a right, by number."""
    units = units_over(seat, right)
    return sorted({unit for unit, agency in agencies_of(units, seat.day).items() if unit == agency})


def cycles_seen(seat: Seat, right: Right = Right.SEE_CYCLE) -> list[Cycle]:
    """Every period of these agencies, the latest first."""
    found = [one for agency in agencies(seat, right) for one in cycles_of(agency)]
    return sorted(found, key=lambda one: one.opened_at, reverse=True)


def cycle_of(seat: Seat, number: int, right: Right = Right.SEE_CYCLE) -> Cycle:
    """A period the seat holds the right over. Raises `Http404`."""
    found = Cycle.objects.filter(pk=number).select_related("agency").first()
    if found is None or found.agency_id not in agencies(seat, right):
        raise Http404
    return found
