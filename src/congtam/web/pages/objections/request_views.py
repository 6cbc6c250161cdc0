"""Xem xét lại: the requests one made, is to answer or may look into; asking for one; one of them; how they went."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access import looks
from congtam.access.gate import Right, holds, units_over
from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of
from congtam.engine.findings import Unusable
from congtam.engine.rulebook.model import Text
from congtam.evidence.keeping import opened
from congtam.history.refused import Refused
from congtam.objections.lines import row_of
from congtam.objections.models import Request
from congtam.objections.queries import by_rater, by_rule, may_read, requests_in, requests_of, slips_for, to_answer
from congtam.objections.requests import About, Shown, line_at, object_to, too_late
from congtam.objections.reviewing import responders_of
from congtam.objections.terms import terms_of
from congtam.people.queries import names_of
from congtam.web.asking import asks
from congtam.web.imprint import Imprint
from congtam.web.once import once, token
from congtam.web.pages.objections import words
from congtam.web.pages.objections.forms import RequestForm
from congtam.web.pages.objections.reading import about_told, grade_titles, names, opened_to, rows_told
from congtam.web.pages.objections.reading import words as written
from congtam.web.pages.objections.targets import about_of, abouts, works
from congtam.web.receiving import handed_in, handed_out, takes_file
from congtam.web.words import said

A_PAGE = 50
SENT = Text(vi="Đã gửi đề nghị xem xét lại.", en="The request to review was sent.")


@asks()
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """One's own requests, those one is to answer, and all of the agencies one looks into."""
    seat, now = request.seat, timezone.now()
    looks_into = holds(seat, Right.SEE_CYCLE)
    every = Paginator(requests_in(_cycles(request)) if looks_into else [], A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "mine": rows_told(requests_of(seat.person), now) if seat.person is not None else [],
        "to_answer": rows_told(to_answer(seat), now) if holds(seat, Right.ANSWER) else [],
        "every": rows_told(list(every.object_list), now),
        "page": every,
        "looks_into": looks_into,
        "answers": holds(seat, Right.ANSWER),
        "as_of": now,
        "imprint": Imprint(words.REQUESTS, now),
    }
    return render(request, "objections/requests.html", context)


@takes_file
@asks(Right.OWN_MONTH)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for a review of one line of one's own slip (`ky`, `dong`); of one figure, item or fault under it."""
    seat, now, lang = request.seat, timezone.now(), request.LANGUAGE_CODE
    slip = next((one for one in slips_for(seat.person) if one.cycle.period == request.GET.get("ky", "")), None)
    if slip is None:
        raise Http404
    row = row_of(slip)
    try:
        line = line_at(row, request.GET.get("dong", ""))
        part, work, run, trace = opened_to(row, line.id, lang)
    except (LookupError, Unusable) as problem:
        raise Http404 from problem
    told = abouts(line.id, part, work, trace, lang)
    more = {"abouts": told, "works": works(run, trace)}
    first = request.GET.get("ve", told[0][0])
    form = RequestForm(request.POST, request.FILES, **more) if request.method == "POST" else None
    form = form or RequestForm(initial={"about": first}, **more)
    late = too_late(slip.cycle, terms_of(slip.cycle, now))
    if form.is_bound and form.is_valid():
        try:
            return once(request, lambda: _sent(request, slip.cycle, line.id, form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, said(refusal.text))
        except LookupError as problem:
            raise Http404 from problem
    context = {
        "form": form,
        "line": line,
        "grade": grade_titles(run).get(line.grade or ""),
        "part": part,
        "work": work,
        "score": row,
        "period": period_of(slip.cycle),
        "late": late.text if late else None,
        "token": request.POST.get("token") or token(),
        "as_of": now,
    }
    return render(request, "objections/new.html", context, status=422 if form.errors else 200)


@asks()
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One request: its line opened, who answers and by when, who else is touched, and the answer."""
    it, seat, now, lang = _found(request, number), request.seat, timezone.now(), request.LANGUAGE_CODE
    if seat.person != it.person_id:
        looks.record(seat, it.person_id, "review", it.cycle.period)
    row, terms = row_of(it.slip), terms_of(it.cycle, now)
    try:
        part, work, run, _ = opened_to(row, it.line, lang)
    except Unusable:
        part, work, run = None, [], None
    answered = getattr(it, "answer", None)
    responders = () if answered else responders_of(it, seat.day)
    reason, answer = written(it)
    touched = names_of(answered.touched.values_list("person", flat=True)) if answered else {}
    context = {
        "it": it,
        "line": line_at(row, it.line),
        "about": about_told(it, run, lang),
        "part": part,
        "work": work,
        "score": row,
        "who": names(it.person_id),
        "reason": reason,
        "raters": names(*it.raters),
        "due_at": terms.answer_by(it),
        "late": not answered and terms.answer_by(it) < now,
        "responders": names(*responders),
        "may": seat.person in responders,
        "answer": answered,
        "answered_by": names(answered.by_id) if answered else "",
        "outcome": words.OUTCOMES[answered.outcome] if answered else None,
        "badge": words.BADGES[answered.outcome] if answered else "",
        "answer_words": answer,
        "touched": list(touched.values()) if seat.person != it.person_id else [],
        "touched_n": len(touched),
        "period_said": period_of(it.cycle).title(lang),
        "as_of": now,
        "imprint": Imprint(words.REQUESTS, now, [(words.PERIOD.in_(lang), period_of(it.cycle).title(lang))]),
    }
    return render(request, "objections/request.html", context)


@asks()
@require_safe
def file(request: HttpRequest, number: int) -> HttpResponse:
    """The file that came with a request."""
    it = _found(request, number)
    if it.file is None:
        raise Http404
    return handed_out(opened(it.file), it.file_name, it.file.kind)


@asks(Right.SEE_CYCLE)
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """How requests went, by line of a scorecard and by who gave it."""
    now, cycles = timezone.now(), _cycles(request)
    context = {
        "rules": by_rule(cycles),
        "raters": by_rater(cycles),
        "as_of": now,
        "imprint": Imprint(words.REQUESTS, now),
    }
    return render(request, "objections/statistics.html", context)


def _cycles(request: HttpRequest) -> list[Cycle]:
    return list(Cycle.objects.filter(agency__in=units_over(request.seat, Right.SEE_CYCLE)))


def _found(request: HttpRequest, number: int) -> Request:
    """The request, for who may see it; to all others there is none."""
    rows = Request.objects.filter(pk=number).select_related("cycle", "slip__cycle", "slip__run", "answer", "file")
    it = rows.first()
    if it is None or not may_read(request.seat, it):
        raise Http404
    return it


def _sent(request: HttpRequest, cycle: Cycle, line: str, told: dict[str, Any]) -> tuple[str, str]:
    name, pieces = handed_in(told["file"]) if told["file"] else ("", ())
    shown = Shown(name, pieces, int(told["work"]) if told["work"] else None)
    about: About = about_of(line, told["about"])
    made = object_to(request.seat, cycle, about, told["reason"], shown)
    return reverse("review_request", args=[made.seq]), said(SENT)
