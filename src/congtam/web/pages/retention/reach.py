"""Of which agency a page of retention speaks, and which of its rows a seat may open."""

from collections.abc import Iterable
from typing import TypeVar

from django.http import Http404, HttpRequest
from django.urls import reverse

from congtam.access.gate import Right, over_unit, units_over
from congtam.access.seats import Seat
from congtam.engine.rulebook.model import Text
from congtam.history.dated import Fact
from congtam.orgs.models import Unit
from congtam.orgs.queries import agencies_of, names_of
from congtam.retention.models import Erasure

Row = TypeVar("Row", bound=Fact)


def agencies(seat: Seat, right: Right) -> list[int]:
    """The agencies over which a seat holds a right, by number."""
    units = units_over(seat, right)
    return sorted({unit for unit, agency in agencies_of(units, seat.day).items() if unit == agency})


def agency_of(request: HttpRequest, right: Right) -> int:
    """The agency the address names by its code (`cq`), else the first. Raises `Http404` when there is none."""
    found, asked = agencies(request.seat, right), request.GET.get("cq", "")
    named = Unit.objects.filter(code=asked, pk__in=found).values_list("pk", flat=True).first() if asked else None
    if not found or (asked and named is None):
        raise Http404
    return named or found[0]


def name_of(agency: int, seat: Seat) -> str:
    """What an agency is called."""
    return names_of([agency], seat.day).get(agency, f"#{agency}")


def codes_of(numbers: Iterable[int]) -> dict[int, str]:
    """The codes of agencies, as addresses name them (`cq`), by number."""
    return dict(Unit.objects.filter(pk__in=list(numbers)).values_list("pk", "code"))


def page_of(agency: int) -> str:
    """The address of the page of one agency."""
    return reverse("retention", query={"cq": codes_of([agency])[agency]})


def line_of(agency: int, seat: Seat) -> Text:
    """Which agency is meant, as a line of what is to be confirmed."""
    name = name_of(agency, seat)
    return Text(vi=f"Cơ quan: {name}.", en=f"Agency: {name}.")


def row_of(kind: type[Row], seat: Seat, number: int, right: Right) -> Row:
    """A standing row of an agency the seat holds the right over. Raises `Http404`."""
    found = kind.standing().filter(pk=number).first()
    if found is None or not over_unit(seat, right, found.agency_id):
        raise Http404
    return found


def erasure_of(seat: Seat, series: int, right: Right) -> Erasure:
    """A list as it stands. Raises `Http404`."""
    found = Erasure.standing().filter(series=series).first()
    if found is None or not over_unit(seat, right, found.agency_id):
        raise Http404
    return found
