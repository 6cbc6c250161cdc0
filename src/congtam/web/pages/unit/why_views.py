"""Vì sao, of a whole unit: its points opened down to the work and the records, and the same as JSON."""

import json
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from congtam.access.gate import Right
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.run import Run
from congtam.engine.trace import Trace, as_json
from congtam.orgs.models import Unit
from congtam.orgs.queries import names_of
from congtam.scores.models import LiveUnit
from congtam.scores.units.opening import opened
from congtam.scores.units.queries import score_of
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, exported, live_points, rule_of
from congtam.web.pages.month.naming import named
from congtam.web.pages.month.why import told

TITLE, PERIOD = Text(vi="Vì sao đơn vị được số điểm này", en="Why the unit's points"), Text(vi="Kỳ", en="Period")
UNIT = Text(vi="Đơn vị", en="Unit")
MOST = 20  # rows of a figure, and pieces of work, on the page; the file holds all


@asks(Right.SEE_WORK, unit="unit")
@require_GET
def unit_why(request: HttpRequest, unit: str) -> HttpResponse:
    """A unit's points under one scorecard in one period, opened."""
    lang = request.LANGUAGE_CODE
    score, name, run, trace = _asked(request)
    context = {
        "name": name,
        "code": unit,
        "period": run.asked.period.title(lang),
        "label": run.asked.period.label,
        "score": score,
        "as_of": run.asked.as_of,
        "page": told(_named(run, trace), trace, lang, MOST),
        "imprint": _imprint(score, run, name, lang),
    }
    return render(request, "unit/why.html", context)


@asks(Right.SEE_WORK, unit="unit")
@require_GET
def unit_why_json(request: HttpRequest, unit: str) -> HttpResponse:
    """The whole trace: whole numbers that re-add exactly."""
    score, name, run, trace = _asked(request)
    back = f"{reverse('unit_why', args=[unit])}?ky={score.period}&bang={score.card.replace('#', '%23')}"
    imprint = replace(_imprint(score, run, name, request.LANGUAGE_CODE), address=back)
    body = {"imprint": dict(exported(request, "scores.export", imprint)), **as_json(trace)}
    answer = HttpResponse(json.dumps(body, ensure_ascii=False, indent=1), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="vi-sao-{unit}-{score.period}.json"'
    return answer


def _asked(request: HttpRequest) -> tuple[LiveUnit, str, Run, Trace]:
    """The score in the address (`ky`, `bang`) of the unit in it, what the unit is called, and the score opened."""
    it: Unit = request.unit
    period = _period(request)
    score = score_of(it.pk, period.label, request.GET.get("bang", ""))
    if score is None:
        raise Http404
    name = names_of([it.pk], period.first).get(it.pk, it.code)
    return score, name, *_opened(score, period)


def _period(request: HttpRequest) -> Period:
    """The period in the address (`ky`). Raises `Http404` for what is none."""
    try:
        return Period.parse(request.GET.get("ky", ""))
    except Unusable as problem:
        raise Http404 from problem


def _opened(score: LiveUnit, period: Period) -> tuple[Run, Trace]:
    try:
        return opened(score.unit_id, period, score.rulebook, score.scorecard, as_of=score.as_of, seq=score.seq)
    except Unusable as problem:
        raise Http404 from problem


def _named(run: Run, trace: Trace) -> Run:
    """The run with names of the unit, of the work its trace speaks of and of those who gave a mark or decided."""
    people = [one.given_by for one in trace.indicators.values()]
    people += [trace.graded.decision.by] if trace.graded.decision else []
    items = {row.item for one in trace.indicators.values() for row in one.rows}
    units = [int(one) for one in (trace.subject.code, trace.subject.agency) if one]
    return named(run, {int(one) for one in people if one}, items=sorted(items), units=units)


def _imprint(score: LiveUnit, run: Run, name: str, lang: str) -> Imprint:
    """Where an opened score comes from."""
    period = run.asked.period
    filters = [(UNIT.in_(lang), name), (PERIOD.in_(lang), period.title(lang))]
    rules = (rule_of(run.rulebook, period.first, lang),)
    return Imprint(TITLE, run.asked.as_of, filters, rules, live_points(score.as_of))
