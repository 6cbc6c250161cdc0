"""Of which agency and year a page of the fund speaks, and what somebody may open of it."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest

from congtam.access.gate import Right, over_unit, units_over
from congtam.access.seats import Seat
from congtam.engine.explaining.manual.rewards import GRADES
from congtam.engine.rulebook.model import Text
from congtam.orgs.models import Unit
from congtam.orgs.queries import agencies_of, codes_and_names_of
from congtam.registry.queries import book, cards_on
from congtam.reward.models import Entry, PayList, Proposal


def agencies(seat: Seat, right: Right) -> list[int]:
    """The agencies over which a seat holds a right, by number."""
    units = units_over(seat, right)
    return sorted(set(agencies_of(units, seat.day).values()) & units)


def agency_of(request: HttpRequest, right: Right) -> int:
    """The agency the address names by its code (`cq`), else the first. Raises `Http404` when there is none."""
    found, asked = agencies(request.seat, right), request.GET.get("cq", "")
    wanted = Unit.objects.filter(code=asked, pk__in=found).first() if asked else None
    if not found or (asked and wanted is None):
        raise Http404
    return wanted.pk if wanted else found[0]


def name_of(agency: int, day: date) -> str:
    """What an agency is called."""
    return codes_and_names_of([agency], day).get(agency, ("", f"#{agency}"))[1]


def year_of(request: HttpRequest) -> int:
    """The year the address names (`nam`), else the present one."""
    asked = request.GET.get("nam", "")
    return int(asked) if asked.isdecimal() and 2020 <= int(asked) <= 2100 else request.seat.day.year


def list_of(seat: Seat, number: int, right: Right = Right.SEE_FUND) -> PayList:
    """A list of payments, standing or not. Raises `Http404` when it is not the seat's to see."""
    found = PayList.objects.filter(pk=number).first()
    if found is None or not over_unit(seat, right, found.agency_id):
        raise Http404
    return found


def entry_of(seat: Seat, series: int) -> Entry:
    """A row of the ledger as it stands. Raises `Http404` when it is not the seat's to sign."""
    found = Entry.standing().filter(series=series).select_related("list").first()
    if found is None or not over_unit(seat, Right.APPROVE_FUND, found.agency_id):
        raise Http404
    return found


def proposal_of(seat: Seat, series: int) -> Proposal:
    """A proposal as it stands: for who sees the fund, and who made it. Raises `Http404` for all others."""
    found = Proposal.standing().filter(series=series).first()
    own = found is not None and seat.person is not None and found.by_id == seat.person
    if found is None or not (own or over_unit(seat, Right.SEE_FUND, found.agency_id)):
        raise Http404
    return found


def grades_on(day: date) -> dict[str, Text]:
    """What grades are called by the scorecards of a day; those every decree has also without one."""
    found = {grade: Text(vi=vi.capitalize(), en=en.capitalize()) for grade, (vi, en) in GRADES.items()}
    for card in cards_on(day):
        model = book(card.rulebook, day).scorecards[card.scorecard].model
        found |= {grade.id: grade.short or grade.title for grade in model.grades}
    return found


def shown(words: dict[str, Any], key: str) -> Any:
    """What a code is called; itself where nothing is."""
    return words.get(key, Text(vi=key, en=key))
