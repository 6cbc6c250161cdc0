"""Kết quả: name, post and grade of everyone in one's agency, once a period is sealed; never points or records."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access.gate import Right, units_over
from congtam.access.seats import Seat
from congtam.closing.papers import NO_GRADE
from congtam.closing.queries import grade_titles, published
from congtam.cycles.models import Cycle
from congtam.cycles.queries import cycles_of, period_of
from congtam.documents.keeping import papers_of
from congtam.documents.models import KeptPaper
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import agencies_of, names_of
from congtam.people.models import PersonText
from congtam.scores.models import Seal
from congtam.scores.seals import sealed_scores
from congtam.web.asking import asks
from congtam.web.imprint import Imprint
from congtam.web.pages.closing import paper_views
from congtam.web.pages.closing.words import PAPERS, named

TITLE = Text(vi="Kết quả xếp loại", en="Results")
NO_GRADE_TEXT = Text(vi=NO_GRADE, en="Not enough for a grade")


@dataclass(frozen=True)
class Line:
    """One person as everyone of the agency sees them."""

    name: str
    post: str
    unit: str
    grade: Text
    own: bool


@asks(Right.SEE_RESULTS)
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The results of the period asked for, or of the last one that was sealed."""
    seat, now = request.seat, timezone.now()
    found = {one: seal for one in _cycles(seat) if (seal := published(one)) is not None}
    asked = request.GET.get("ky", "")
    it = next((one for one in found if one.period == asked), next(iter(found), None))
    lines = list(_lines(seat, found[it])) if it else []
    context = {
        "it": it,
        "period": named(period_of(it)) if it else None,
        "seal": found.get(it) if it else None,
        "periods": [(one.period, named(period_of(one))) for one in found],
        "agency": names_of([it.agency_id], seat.day).get(it.agency_id, "") if it else "",
        "lines": lines,
        "own": [one for one in lines if one.own],
        "slips": [(one, PAPERS[one.kind]) for one in _own_papers(seat, it)] if it else [],
        "waiting": [row for row in paper_views.of(seat, it) if row.signs or row.signs_for_agency] if it else [],
        "as_of": now,
        "imprint": Imprint(TITLE, found[it].made_at, [(TITLE.in_(request.LANGUAGE_CODE), it.period)]) if it else None,
    }
    return render(request, "results/page.html", context)


def _cycles(seat: Seat) -> list[Cycle]:
    """The periods of the agencies in which the seat works, or into which its mandate looks, the latest first."""
    units = units_over(seat, Right.SEE_RESULTS)
    agencies = set(agencies_of(units, seat.day).values())
    found = [one for agency in sorted(agencies) for one in cycles_of(agency)]
    return sorted(found, key=lambda one: period_of(one).until, reverse=True)


def _lines(seat: Seat, seal: Seal) -> Iterator[Line]:
    """Sorted by unit, then name, never by grade."""
    scores, period = sealed_scores(seal), Period.parse(seal.period)
    titles, units = grade_titles(period), names_of({one.unit_id for one in scores.values()}, period.until)
    called = {
        row.person_id: (row.sort_key, row.full_name) for row in PersonText.objects.filter(person__in=list(scores))
    }
    order = sorted(scores, key=lambda one: (units.get(scores[one].unit_id, ""), called.get(one, ("", ""))))
    for person in order:
        one = scores[person]
        grade = titles.get((one.card, one.grade or ""), NO_GRADE_TEXT)
        name = called.get(person, ("", f"#{person}"))[1]
        yield Line(name, one.post_title, units.get(one.unit_id, ""), grade, person == seat.person)


def _own_papers(seat: Seat, it: Cycle) -> list[KeptPaper]:
    """The papers of a period that are about the seat's own person."""
    if seat.person is None:
        return []
    return list(papers_of(it.agency_id, it.period, form="pdf", person=seat.person))
