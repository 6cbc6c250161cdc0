"""Tháng của tôi, another person's month, and what keeps an open page up to date."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access import looks
from congtam.access.gate import Right, over_person, points_as_of
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.rulebook.model import Text
from congtam.people.models import Person
from congtam.people.queries import names_of
from congtam.registry.queries import choice
from congtam.scores.queries import live_of
from congtam.web.asking import asks
from congtam.web.charts import drawing, months
from congtam.web.imprint import Imprint, live_points, nightly_points, rules_of
from congtam.web.pages.month import pace
from congtam.web.pages.month.reading import Month, months_of, own_month, their_month, version_of
from congtam.web.pages.month.sentence import months_said, place_said, sentences

TITLE = Text(vi="Kết quả tháng", en="Month")
WHOSE, MONTH = Text(vi="Người", en="Person"), Text(vi="Kỳ", en="Period")


@asks(Right.OWN_MONTH)
@require_GET
def month(request: HttpRequest) -> HttpResponse:
    """One's own month."""
    period, now = period_asked(request), timezone.now()
    return render(request, "month/month.html", _own(request, period, now))


@asks(Right.OWN_MONTH)
@require_GET
def month_now(request: HttpRequest) -> HttpResponse:
    """The main part of the page again, or nothing while the points stay as the page knows them."""
    period, headers = period_asked(request), {"X-Ask-After": str(pace.ask_after()), "Cache-Control": "no-store"}
    version = version_of(live_of(request.seat.person, period.label))
    if version == request.GET.get("tu"):
        return HttpResponse(status=204, headers=headers)
    told = _own(request, period, timezone.now())
    answer = render(request, "month/live.html", told)
    for name, value in {**headers, "X-Version": told["version"]}.items():
        answer[name] = value
    return answer


@asks(Right.SEE_POINTS, person="code")
@require_GET
def their(request: HttpRequest, code: str) -> HttpResponse:
    """Another person's month; the look is written down."""
    person: Person = request.person
    seat = request.seat
    if seat.person == person.pk:
        return redirect("month")
    period, now = period_asked(request), timezone.now()
    looks.record(seat, person.pk, "month", period.label)
    live = sees_live(request, person)
    found = their_month(person.pk, period, now, live=live, work=over_person(seat, Right.SEE_WORK, person.pk))
    told = _told(request, found, person.pk, now, reverse("their_month", args=[code]), live=live) | {
        "name": names_of([person.pk]).get(person.pk, person.code),
        "why": f"{reverse('their_why', args=[code])}?ky={period.label}",
        "last_night": not live,
        "chart": "",
    }
    return render(request, "month/month.html", told)


@asks(Right.OWN_MONTH)
@require_GET
def points_by_month(request: HttpRequest) -> HttpResponse:
    """One's own points by month as a chart."""
    person, lang = request.seat.person, request.LANGUAGE_CODE
    rulebook, _, scorecard = request.GET.get("bang", "").partition("#")
    return drawing.answer(request, months.spec(months_of(person, rulebook, scorecard, live=True), lang))


def _about(request: HttpRequest, period: Period) -> list[tuple[str, str]]:
    """The month, and of another person whose it is, as a printed page names them."""
    lang = request.LANGUAGE_CODE
    person: Person | None = getattr(request, "person", None)
    whose = [(WHOSE.in_(lang), person.code)] if person else []
    return [*whose, (MONTH.in_(lang), period.title(lang))]


def sees_live(request: HttpRequest, person: Person) -> bool:
    """Whether the seat sees another person's points live: as the site chose."""
    seat = request.seat
    return points_as_of(seat, person.pk, choice("heads_see_points", seat.day, "last_night")) == "live"


def period_asked(request: HttpRequest, kind: PeriodKind = PeriodKind.MONTH, name: str = "ky") -> Period:
    """The month, or other kind of period, in the address, else the running one. Raises `Http404` for what is none."""
    label = request.GET.get(name)
    try:
        period = Period.parse(label) if label else Period.of(kind, local_day(timezone.now()))
    except Unusable as problem:
        raise Http404 from problem
    if period.kind is not kind:
        raise Http404
    return period


def _own(request: HttpRequest, period: Period, now: datetime) -> dict[str, Any]:
    person = request.seat.person
    found = own_month(person, period, now)
    live = f"{reverse('month_now')}?ky={period.label}" if found.running else ""
    return _told(request, found, person, now, reverse("month"), live=True) | {
        "own": True,
        "why": f"{reverse('why')}?ky={period.label}",
        "live_address": live,
    }


def _told(request: HttpRequest, found: Month, person: int, now: datetime, here: str, *, live: bool) -> dict[str, Any]:
    lang = request.LANGUAGE_CODE
    card, ahead = found.card, found.ahead
    points = live_points(found.as_of) if live else nightly_points(found.runs)
    by_month = months_of(person, card.rulebook, card.scorecard, live=live) if card else []
    return {
        "period": found.period,
        "now": now,
        "as_of": found.as_of,
        "here": here,
        "imprint": Imprint(
            TITLE,
            found.as_of,
            _about(request, found.period),
            rules_of(found.period, found.rules, lang),
            points,
            f"{here}?ky={found.period.label}",
        ),
        "running": found.running,
        "card": card,
        "others": found.others,
        "range": (ahead.lowest, ahead.highest) if ahead else (card.lowest, card.highest) if card else (None, None),
        "place": place_said(found.place, lang),
        "losses": found.losses,
        "tasks": found.tasks,
        "sources": found.sources,
        "stale_since": found.stale_since,
        "calendar": found.sight.calendar,
        "version": found.version,
        "sentences": sentences(card, ahead, live=found.running, now=now, lang=lang),
        "months": by_month,
        "months_said": months_said(by_month, lang),
        "chart": f"{reverse('points_by_month')}?bang={card.key.replace('#', '%23')}" if card else "",
    }
