"""The committee's periods, its board, and one case with the record beside it."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access import looks
from congtam.access.gate import Right, over_person
from congtam.calibration.models import Committee
from congtam.calibration.queries import committee_of, members_of, sitting_now, sittings_of
from congtam.calibration.sheets import CardSheet, Case
from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.decisions import LEGAL_CARD
from congtam.orgs.queries import names_of as units_named
from congtam.people.models import Person
from congtam.people.queries import names_of
from congtam.web.asking import asks
from congtam.web.imprint import Imprint
from congtam.web.once import token
from congtam.web.pages.calibration import reading, words
from congtam.web.pages.calibration.reach import cycle_of, cycles_seen, keeps, minutes_taken_by

TITLE = Text(vi="Họp xét xếp loại", en="Calibration")


@asks()
@require_safe
def periods(request: HttpRequest) -> HttpResponse:
    """The periods one may look at."""
    seat, now = request.seat, timezone.now()
    found = cycles_seen(seat)
    names = units_named({one.agency_id for one in found}, seat.day)
    rows = [(one, period_of(one), names.get(one.agency_id, ""), sitting_now(one)) for one in found]
    return render(request, "calibration/list.html", {"rows": rows, "as_of": now})


@asks()
@require_safe
def board(request: HttpRequest, number: int) -> HttpResponse:
    """Everything a period has for the committee."""
    seat, now = request.seat, timezone.now()
    it = cycle_of(seat, number)
    sitting = sitting_now(it)
    found = reading.standing(it, sitting, now)
    committee, members = _committee(it, now)
    looks.record_all(seat, [one.person for one in found.cases], "calibration", it.period)
    period, names = period_of(it), names_of(members)
    context = {
        "it": it,
        "period": period,
        "agency": units_named([it.agency_id], seat.day).get(it.agency_id, ""),
        "committee": committee,
        "members": [(one, names.get(one, ""), words.ROLES[role]) for one, role in members.items()],
        "sitting": sitting,
        "sittings": sittings_of(it),
        "room": found.room,
        "cases": reading.case_lines(found),
        "sheets": [(sheet, reading.caps(found, sheet), _counts(sheet)) for sheet in found.sheets.values()],
        "keeps": keeps(seat, it),
        "writes": minutes_taken_by(seat, committee, members),
        "votes": seat.person in members,
        "as_of": now,
        "token": token(),
        "imprint": Imprint(
            TITLE,
            now,
            [(str(period.title(request.LANGUAGE_CODE)), "")],
            address=reverse("calibration_board", args=[number]),
        ),
    }
    return render(request, "calibration/board.html", context)


@asks()
@require_safe
def case(request: HttpRequest, number: int, person: int, matter: str) -> HttpResponse:
    """One case: the record, the votes, what each outcome would make."""
    seat, now = request.seat, timezone.now()
    it = cycle_of(seat, number)
    sitting = sitting_now(it)
    found = reading.standing(it, sitting, now)
    one, sheet = case_of(found, person, matter)
    committee, members = _committee(it, now)
    looks.record(seat, person, "calibration", it.period)
    row = sheet.rows.get(person) if sheet else None
    context = {
        "it": it,
        "period": period_of(it),
        "case": one,
        "matter": words.matter(sheet, one),
        "name": found.names.get(person, ""),
        "code": Person.objects.get(pk=person).code,
        "opens": over_person(seat, Right.SEE_POINTS, person) or seat.person == person,
        "row": row,
        "parts": _parts(sheet, person),
        "unit": found.units.get(int(row.groups["unit"] or 0), "") if row else "",
        "before": sheet.title(sheet.graded[str(person)][0]) if sheet and row else None,
        "supposed": reading.supposed(found, sheet, one),
        "ballots": reading.ballots(found, one),
        "choices": reading.choices(it, sheet, one),
        "line": next((line for line in reading.case_lines(found) if line.case == one), None),
        "sitting": sitting,
        "writes": sitting is not None and minutes_taken_by(seat, committee, members),
        "me": seat.person,
        "as_of": now,
        "token": token(),
    }
    return render(request, "calibration/case.html", context)


def case_of(found: reading.Standing, person: int, matter: str) -> tuple[Case, CardSheet | None]:
    """A case by person and matter: open, or raised at a limit that is full. Raises `Http404`."""
    if matter == LEGAL_CARD:
        one = next((case for case in found.cases if (case.person, case.matter) == (person, matter)), None)
        sheet = None
    else:
        sheet = found.sheet_of(person)
        one = sheet.case(person, matter) if sheet else None
    if one is None:
        raise Http404
    return one, sheet


def _committee(it: Cycle, now: datetime) -> tuple[Committee | None, dict[int, str]]:
    day = timezone.localdate(now)
    committee = committee_of(it.agency_id, day)
    return committee, members_of(committee, day) if committee else {}


def _counts(sheet: CardSheet) -> list[tuple[Text, int]]:
    counted = sheet.distribution()
    return [(sheet.title(one), counted[one]) for one in (*sheet.setting.card.grades, None) if counted[one]]


def _parts(sheet: CardSheet | None, person: int) -> list[tuple[Text, int]]:
    """The points of the parts of a card, as the run had them."""
    if sheet is None or person not in sheet.rows:
        return []
    given = sheet.rows[person].parts
    return [(one.title, given[one.id]) for one in sheet.setting.card.model.parts if one.id in given]
