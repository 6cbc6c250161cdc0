"""Vì sao: a score opened down to its records, what one piece of work moved, and the same as JSON."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access import looks
from congtam.access.gate import Right
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.run import Run
from congtam.engine.trace import Trace, as_json
from congtam.orgs.queries import tree_known
from congtam.people.models import Person
from congtam.people.queries import names_of
from congtam.scores.cards import cards_of
from congtam.scores.known import Cut, cut
from congtam.scores.models import Live, RunScore
from congtam.scores.opening import opened
from congtam.scores.queries import live_of, of_last_night
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, exported, live_points, nightly_points, rule_of, rules_of
from congtam.web.pages.month.contact import personnel_of
from congtam.web.pages.month.moved import moved_by
from congtam.web.pages.month.naming import named_all
from congtam.web.pages.month.views import period_asked, sees_live
from congtam.web.pages.month.why import told
from congtam.work.models import Share

TITLE = Text(vi="Vì sao được số điểm này", en="Why these points")
MOVED, WORK = Text(vi="Một công việc đã tác động đến đâu", en="What one work moved"), Text(vi="Công việc", en="Work")
SCORECARD, PERIOD = Text(vi="Bảng điểm", en="Scorecard"), Text(vi="Kỳ", en="Period")


@asks(Right.OWN_MONTH)
@require_GET
def why(request: HttpRequest) -> HttpResponse:
    """One's own points, opened."""
    period, person = period_asked(request), request.seat.person
    return _page(request, person, live_of(person, period.label), period, {"own": True, "here": reverse("why")})


@asks(Right.SEE_POINTS, person="code")
@require_GET
def their_why(request: HttpRequest, code: str) -> HttpResponse:
    """Another person's points, opened as of when the seat may see them; the look is written down."""
    person: Person = request.person
    seat = request.seat
    if seat.person == person.pk:
        return redirect(f"{reverse('why')}?{request.GET.urlencode()}")
    period = period_asked(request)
    looks.record(seat, person.pk, "why", period.label)
    live = sees_live(request, person)
    scores = live_of(person, period.label) if live else of_last_night(person.pk, period.label)
    here = {"here": reverse("their_why", args=[code]), "last_night": not live}
    return _page(request, person.pk, scores, period, here)


@asks(Right.OWN_MONTH)
@require_GET
def why_json(request: HttpRequest) -> HttpResponse:
    """One's own trace: whole numbers that re-add exactly."""
    period, person = period_asked(request), request.seat.person
    score = _chosen(request, live_of(person, period.label))
    known = cut()
    run, trace = _opened(person, score, period, known)
    code = Person.objects.values_list("code", flat=True).get(pk=person)
    imprint = _imprint(score, run, period, known.rules, reverse("their_why", args=[code]), request.LANGUAGE_CODE)
    told = {"imprint": dict(exported(request, "scores.export", imprint)), **as_json(trace)}
    answer = HttpResponse(json.dumps(told, ensure_ascii=False, indent=1), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="vi-sao-{period.label}.json"'
    return answer


@asks(Right.OWN_MONTH)
@require_GET
def moved(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that one piece of one's own work moved."""
    person = request.seat.person
    return _moved(request, person, number, {"own": True, "why": reverse("why")})


@asks(Right.SEE_POINTS, person="code")
@require_GET
def their_moved(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Everything that one piece of another person's work moved; the look is written down."""
    person: Person = request.person
    looks.record(request.seat, person.pk, "moved")
    return _moved(request, person.pk, number, {"why": reverse("their_why", args=[code])})


def _moved(request: HttpRequest, person: int, number: int, more: dict[str, Any]) -> HttpResponse:
    if not Share.objects.filter(item=number, official=person).exists():
        raise Http404
    live = bool(more.get("own")) or sees_live(request, Person.objects.get(pk=person))
    scores: list[Live] | list[RunScore]
    scores = (
        list(Live.objects.filter(person=person).order_by("-period", "-legal"))
        if live
        else list(RunScore.objects.filter(person=person).select_related("run").order_by("-run", "-legal"))
    )
    known = cut()
    told_now = moved_by(number, scores, known, request.LANGUAGE_CODE)
    if told_now is None:
        raise Http404
    as_of = told_now.as_of or timezone.now()
    runs = [one.run for one in scores if isinstance(one, RunScore)]
    points = live_points(as_of) if live else nightly_points(runs)
    rules = rules_of(Period.parse(scores[0].period), known.rules, request.LANGUAGE_CODE) if scores else ()
    imprint = Imprint(MOVED, as_of, [(WORK.in_(request.LANGUAGE_CODE), told_now.code)], rules, points)
    return render(request, "month/moved.html", {"moved": told_now, "as_of": as_of, "imprint": imprint, **more})


def _page(
    request: HttpRequest, person: int, scores: list[Live] | list[RunScore], period: Period, more: dict[str, Any]
) -> HttpResponse:
    lang, today, known = request.LANGUAGE_CODE, timezone.localdate(), cut()
    context: dict[str, Any] = {
        "period": period,
        "name": "" if more.get("own") else names_of([person]).get(person, ""),
        "personnel": personnel_of(person, today, tree_known(today, known.structure)),
        "scores": _tabs(scores, period, known.rules, more["here"]),
        **more,
    }
    if scores:
        score = _chosen(request, scores)
        run, trace = _opened(person, score, period, known)
        run = named_all(run, trace)
        context |= {
            "score": score,
            "title": run.card.model.title,
            "as_of": run.asked.as_of,
            "page": told(run, trace, lang),
            "imprint": _imprint(score, run, period, known.rules, more["here"], lang),
        }
    return render(request, "month/why.html", context)


def _imprint(score: Live | RunScore, run: Run, period: Period, rules: int, here: str, lang: str) -> Imprint:
    """Where an opened score comes from."""
    points = nightly_points([score.run]) if isinstance(score, RunScore) else live_points(score.as_of)
    told = [(SCORECARD.in_(lang), run.card.model.title.in_(lang)), (PERIOD.in_(lang), period.title(lang))]
    address = f"{here}?ky={period.label}&bang={score.card.replace('#', '%23')}"
    return Imprint(TITLE, run.asked.as_of, told, (rule_of(run.rulebook, period.first, lang, rules),), points, address)


def _tabs(
    scores: list[Live] | list[RunScore], period: Period, rules: int, here: str
) -> list[tuple[Live | RunScore, Text, str]]:
    """Each scorecard with its title and its address."""
    entries = cards_of(period, rules).entries
    return [
        (one, entries[one.card].card.model.title, f"{here}?ky={period.label}&bang={one.card.replace('#', '%23')}")
        for one in scores
        if one.card in entries
    ]


def _chosen(request: HttpRequest, scores: list[Live] | list[RunScore]) -> Live | RunScore:
    """The card in the address (`bang`), else the one that counts."""
    asked = request.GET.get("bang")
    found = next((one for one in scores if asked in (None, "", one.card)), None)
    if found is None:
        raise Http404
    return found


def _opened(person: int, score: Live | RunScore, period: Period, known: Cut) -> tuple[Run, Trace]:
    seq, as_of = (None, score.as_of) if isinstance(score, Live) else (score.run.seq, score.run.as_of)
    try:
        return opened(person, period, score.rulebook, score.scorecard, as_of=as_of, seq=seq, told=known)
    except Unusable as problem:
        raise Http404 from problem
