"""Phiếu dự thảo: one's own slip, spoken to line by line; another's, for who may see it; and how all of them stand."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access import looks
from congtam.access.gate import Right
from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.objections.lines import lines_of, rows_of
from congtam.objections.models import AGREE, REMARK, SILENT, Slip
from congtam.objections.queries import may_see, slips_for, slips_of
from congtam.objections.sayings import said_to
from congtam.objections.slips import agree_to_rest, say
from congtam.objections.terms import terms_of
from congtam.people.models import Person
from congtam.people.queries import names_of
from congtam.web.asking import asks
from congtam.web.imprint import Imprint
from congtam.web.once import once, token
from congtam.web.pages.objections import words
from congtam.web.pages.objections.reading import Page, page_of
from congtam.web.words import said

WRITTEN = Text(vi="Đã ghi ý kiến của bạn.", en="What you said is written down.")
AGREED = Text(vi="Đã ghi: đồng ý với mọi dòng còn lại.", en="Written down: you agree to all the other lines.")
NOTHING = Text(
    vi="Chưa chọn dòng nào nên chưa có gì được ghi. Hãy chọn đồng ý hoặc có ý kiến ở một dòng.",
    en="No line was spoken to, so nothing was written. Choose at a line whether you agree or have a remark.",
)


@asks(Right.OWN_MONTH)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """One's own slips, one of them open; sent, what is said to its lines."""
    seat, now = request.seat, timezone.now()
    slips = slips_for(seat.person)
    slip = _chosen(request, slips)
    if slip is None:
        return render(request, "objections/none.html", {"as_of": now})
    problem = None
    if request.method == "POST":
        try:
            return once(request, lambda: _said(request, slip))
        except Refused as refusal:
            problem = said(refusal.text)
    context = {
        **_context(request, page_of(slip, now, request.LANGUAGE_CODE), now),
        "own": True,
        "slips": slips,
        "problem": problem,
        "typed": request.POST,
        "token": request.POST.get("token") or token(),
    }
    return render(request, "objections/slip.html", context, status=422 if problem else 200)


@asks(Right.SEE_POINTS, person="code")
@require_safe
def theirs(request: HttpRequest, code: str) -> HttpResponse:
    """Another person's slip, once it is not theirs alone any more; the look is written down."""
    person: Person = request.person
    if request.seat.person == person.pk:
        return redirect(f"{reverse('slip')}?{request.GET.urlencode()}")
    now, slips = timezone.now(), slips_for(person.pk)
    slip = _chosen(request, slips)
    context: dict[str, Any] = {"name": names_of([person.pk]).get(person.pk, ""), "as_of": now, "slips": slips}
    if slip is None:
        return render(request, "objections/none.html", context)
    terms = terms_of(slip.cycle, now)
    if not may_see(request.seat, slip, terms):
        return render(request, "objections/not_yet.html", {**context, "from_when": terms.alone_until(slip)})
    looks.record(request.seat, person.pk, "slip", slip.cycle.period)
    page = page_of(slip, now, request.LANGUAGE_CODE)
    return render(request, "objections/slip.html", {**context, **_context(request, page, now)})


@asks(Right.KEEP_CYCLE)
@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    """How the slips of a period stand: who was shown one, who spoke, who is still silent."""
    seat, now = request.seat, timezone.now()
    cycles = list(Cycle.objects.filter(agency__in=seat.personnel, slips__isnull=False).distinct().order_by("-period"))
    asked = request.GET.get("ky", "")
    cycle = next((one for one in cycles if one.period == asked), cycles[0] if cycles else None)
    context = {
        "cycles": cycles,
        "cycle": cycle,
        "rows": _rows(cycle, now) if cycle else [],
        "as_of": now,
        "imprint": _imprint(cycle, now, request.LANGUAGE_CODE) if cycle else None,
    }
    return render(request, "objections/slips.html", context)


def _chosen(request: HttpRequest, slips: list[Slip]) -> Slip | None:
    """The slip of the period asked for (`ky`), else the latest."""
    asked = request.GET.get("ky", "")
    return next((one for one in slips if asked in ("", one.cycle.period)), slips[0] if slips else None)


def _said(request: HttpRequest, slip: Slip) -> tuple[str, str]:
    """Write down what was sent. What was said on a slip that was shown again meanwhile raises `Conflict`."""
    back = f"{reverse('slip')}?ky={slip.cycle.period}"
    given = request.POST.get("phieu", "")
    sent = next(iter(Slip.objects.filter(pk=int(given), person=slip.person_id)), slip) if given.isdecimal() else slip
    if "tat-ca" in request.POST:
        agree_to_rest(request.seat, sent)
        return back, said(AGREED)
    row = rows_of([sent])[sent.seq]
    told = [
        (line.id, request.POST.get(f"noi-{line.id}", ""), request.POST.get(f"loi-{line.id}", ""))
        for line in lines_of(row)
    ]
    chosen = [(line, what, text) for line, what, text in told if what in (AGREE, REMARK)]
    if not chosen:
        raise Refused(NOTHING.vi, NOTHING.en)
    for line, what, text in chosen:
        say(request.seat, sent, line, what, text)
    return back, said(WRITTEN)


def _context(request: HttpRequest, page: Page, now: datetime) -> dict[str, Any]:
    return {
        "page": page,
        "score": page.row,
        "period_said": period_of(page.slip.cycle).title(request.LANGUAGE_CODE),
        "as_of": now,
        "imprint": _imprint(page.slip.cycle, page.row.run.as_of, request.LANGUAGE_CODE),
    }


def _imprint(cycle: Cycle, as_of: datetime, lang: str) -> Imprint:
    return Imprint(words.SLIP, as_of, [(words.PERIOD.in_(lang), period_of(cycle).title(lang))])


def _rows(cycle: Cycle, now: datetime) -> list[dict[str, Any]]:
    """Everyone's slip: how many lines were agreed to, remarked on, passed over in silence, and are open."""
    terms, slips = terms_of(cycle, now), slips_of(cycle)
    found, rows = said_to(slips, terms), rows_of(slips)
    people = {
        one.pk: one for one in Person.objects.filter(pk__in=[one.person_id for one in slips]).select_related("text")
    }
    told = []
    for one in slips:
        own = [answer.said for answer in found[one.seq].values()]
        told.append(
            {
                "slip": one,
                "person": people[one.person_id],
                "agreed": own.count(AGREE),
                "remarks": own.count(REMARK),
                "silent": own.count(SILENT),
                "open": len(lines_of(rows[one.seq])) - len(own),
                "until": terms.speak_until(one),
            }
        )
    return sorted(told, key=lambda one: (-one["remarks"], people[one["slip"].person_id].text.sort_key))
