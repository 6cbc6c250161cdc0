"""Chấm điểm: one criterion across one's people. A row is written as it is left; without scripts, all at once."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from congtam.access import looks
from congtam.access.gate import Right, holds
from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.marking.giving import give
from congtam.marking.queries import cycles_for
from congtam.web.asking import asks
from congtam.web.imprint import Imprint
from congtam.web.once import once, token
from congtam.web.pages.marking.reading import Page, Row, page_of
from congtam.web.pages.marking.typed import NO_FIGURE, Typed, typed
from congtam.web.words import said

TITLE, PERIOD = Text(vi="Chấm điểm", en="Marks"), Text(vi="Kỳ", en="Period")
CRITERION = Text(vi="Tiêu chí", en="Criterion")
SAVED = Text(vi="Đã ghi các điểm chấm.", en="The marks were written down.")


@asks(Right.BE_ASKED)
@require_http_methods(["GET", "HEAD", "POST"])
def marks(request: HttpRequest) -> HttpResponse:
    """The marks one is to give, one criterion at a time; sent as a whole, every row that can be is written."""
    seat, now = request.seat, timezone.now()
    cycles = cycles_for(seat, now)
    cycle = _chosen(request, cycles)
    if cycle is None:
        return render(request, "marking/none.html", {"as_of": now, "keeps": holds(seat, Right.KEEP_CYCLE)})
    page = page_of(seat, cycle, request.GET.get("tc", ""), now)
    if request.method == "POST":
        kept, problems = _written(request, page)
        if not problems:
            address = f"{reverse('marking')}?{_query(page)}"
            return once(request, lambda: (address, said(SAVED)))
        page = page_of(seat, cycle, page.criterion.criterion if page.criterion else "", now, kept, problems)
    looks.record_all(seat, [row.person for row in page.rows], "marking", cycle.period)
    context = {
        **_context(page),
        "cycles": cycles,
        "token": request.POST.get("token") or token(),
        "as_of": now,
        "imprint": _imprint(page, request.LANGUAGE_CODE, now),
    }
    return render(request, "marking/marks.html", context, status=422 if any(row.problem for row in page.rows) else 200)


@asks(Right.BE_ASKED)
@require_POST
def row(request: HttpRequest) -> HttpResponse:
    """One row as it was left: written, or why not; and how far one has come."""
    seat, now = request.seat, timezone.now()
    cycle = _chosen(request, cycles_for(seat, now))
    if cycle is None:
        raise Http404
    criterion = request.GET.get("tc", "")
    page = page_of(seat, cycle, criterion, now)
    one = next((one for one in page.rows if str(one.person) == request.POST.get("cua")), None)
    if one is None:
        raise Http404
    sent = typed(request.POST, one.person)
    problem = _write(request, page, one, sent)
    page = page_of(seat, cycle, criterion, now, {one.person: sent}, {one.person: problem} if problem else {})
    now_is = next(other for other in page.rows if other.person == one.person)
    return render(request, "marking/row_said.html", {**_context(page), "row": now_is, "swapped": True})


def _chosen(request: HttpRequest, cycles: list[Cycle]) -> Cycle | None:
    """The cycle asked for (`ky`), or the first of those there are: open ones come first."""
    asked = request.GET.get("ky", "")
    return next((one for one in cycles if one.period == asked), cycles[0] if cycles else None)


def _written(request: HttpRequest, page: Page) -> tuple[dict[int, Typed], dict[int, Text]]:
    """What was typed where it was not taken, and why not, by person; all other rows are written."""
    kept, problems = {}, {}
    for one in page.rows:
        sent = typed(request.POST, one.person)
        problem = _write(request, page, one, sent)
        if problem is not None:
            kept[one.person], problems[one.person] = sent, problem
    return kept, problems


def _write(request: HttpRequest, page: Page, one: Row, sent: Typed) -> Text | None:
    """Write one row down; why it was not, or None. A row left empty, or as it stands, is nothing to write."""
    if not one.own or page.criterion is None or sent.empty or sent == one.typed:
        return None
    answer = sent.answer()
    if answer is None:
        return NO_FIGURE
    try:
        give(request.seat, page.cycle, one.person, page.criterion.criterion, answer, sent.reason)
    except Refused as refusal:
        return refusal.text
    return None


def _query(page: Page) -> str:
    return urlencode({"ky": page.cycle.period, "tc": page.criterion.criterion if page.criterion else ""})


def _context(page: Page) -> dict[str, Any]:
    return {"page": page, "period": period_of(page.cycle), "query": _query(page)}


def _imprint(page: Page, lang: str, now: Any) -> Imprint:
    period = period_of(page.cycle)
    filters = [(PERIOD.in_(lang), period.title(lang))]
    filters += [(CRITERION.in_(lang), page.criterion.title.in_(lang))] if page.criterion else []
    return Imprint(TITLE, now, filters, address=f"{reverse('marking')}?{_query(page)}")
