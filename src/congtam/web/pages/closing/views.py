"""Chốt tháng: every period of one's agencies, and one of them; read only."""

from datetime import datetime
from textwrap import wrap

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access.gate import Right, holds
from congtam.closing.blocks import readiness
from congtam.closing.distribution import Distribution, distributions
from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import names_of as units_named
from congtam.scores.known import rules_known
from congtam.web.asking import asks
from congtam.web.charts import drawing, grades
from congtam.web.imprint import Imprint, exported, rules_of
from congtam.web.once import token
from congtam.web.pages.closing import exports, paper_views
from congtam.web.pages.closing.reach import cycle_of, cycles_seen
from congtam.web.pages.closing.reading import cockpit, rail
from congtam.web.pages.closing.words import OFFICE, named

ACROSS = 32  # letters of a line above a panel
TITLE = Text(vi="Chốt tháng", en="Close the month")


@asks(Right.SEE_CYCLE)
@require_safe
def cycles(request: HttpRequest) -> HttpResponse:
    """The periods, the latest first."""
    seat, now = request.seat, timezone.now()
    found = cycles_seen(seat)
    names = units_named({one.agency_id for one in found}, seat.day)
    rows = []
    for one in found:
        steps = rail(one, now)
        open_ = next((step for step in steps if step.stand.state in ("open", "paused")), None)
        before_seal = open_ is not None and open_.stand.step != "handover"
        ready = readiness(one, now).sentence if before_seal else None
        rows.append((one, named(period_of(one)), names.get(one.agency_id, ""), open_, ready))
    context = {"rows": rows, "as_of": now, "now": now, "opens": holds(seat.writing, Right.KEEP_CYCLE)}
    return render(request, "closing/list.html", context)


@asks(Right.SEE_CYCLE)
@require_safe
def cycle(request: HttpRequest, number: int) -> HttpResponse:
    """One period: its steps, what blocks it, how the grades fall, the fund, and its seal."""
    seat, now = request.seat, timezone.now()
    it = cycle_of(seat, number)
    page = cockpit(seat, it, now, request.LANGUAGE_CODE)
    context = {
        "page": page,
        "office": OFFICE,
        "as_of": now,
        "now": now,
        "token": token(),
        "chart": _size(page.distributions, request.LANGUAGE_CODE) if page.distributions else None,
        "papers": paper_views.of(seat, it) if page.published else None,
        "imprint": _imprint(it, now, request.LANGUAGE_CODE),
    }
    return render(request, "closing/cycle.html", context)


@asks(Right.SEE_CYCLE)
@require_safe
def chart(request: HttpRequest, number: int) -> HttpResponse:
    """How the grades fall, as a picture."""
    it = cycle_of(request.seat, number)
    return drawing.answer(request, _spec(distributions(it), request.LANGUAGE_CODE))


@asks(Right.SEE_CYCLE)
@require_safe
def as_xlsx(request: HttpRequest, number: int) -> HttpResponse:
    """The people of a period as a workbook: what holds each up, or their sealed grade."""
    seat, now, lang = request.seat, timezone.now(), request.LANGUAGE_CODE
    it = cycle_of(seat, number)
    head = exported(request, "closing.export", _imprint(it, now, lang))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(exports.as_xlsx(head, exports.lines(it, now, lang), lang), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="chot-{it.period}.xlsx"'
    return answer


def _imprint(it: Cycle, now: datetime, lang: str) -> Imprint:
    period = period_of(it)
    told = [(TITLE.in_(lang), period.title(lang))]
    return Imprint(
        TITLE, now, told, rules_of(period, rules_known(), lang), address=reverse("closing_cycle", args=[it.pk])
    )


def _spec(found: "list[Distribution] | tuple[Distribution, ...]", lang: str) -> drawing.Spec:
    bars = [
        grades.Bar(
            _head(one, lang),
            title.in_(lang),
            n,
            limit.room if (limit := one.limit_of(grade)) else None,
            waits=grade is None,
        )
        for one in found
        for grade, title, n in one.grades
    ]
    return grades.spec(bars)


def _head(one: Distribution, lang: str) -> tuple[str, ...]:
    """What stands above the panel of a card: its name with n, and what its line is."""
    told = [limit.said.in_(lang) for limit in one.limits]
    return (f"{one.title.in_(lang)}, n = {one.people}", *(line for text in told for line in wrap(text, ACROSS)))


def _size(found: tuple[Distribution, ...], lang: str) -> tuple[int, int]:
    """Width and height of the picture, as it is drawn."""
    return drawing.size(_spec(found, lang))
