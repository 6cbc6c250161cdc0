"""The page of results on the move, for who keeps the evaluation of an agency."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congtam.access.gate import Right, over_unit, units_over
from congtam.access.seats import Seat
from congtam.cycles.handing import hand_over, handover_file
from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of, steps_of
from congtam.cycles.transfers import came_in_of, enter_result, to_send
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.scoring.points import POINT
from congtam.history.refused import Refused
from congtam.orgs.queries import agencies_of
from congtam.people.queries import names_of
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.results_moved.forms import CameForm, ReceiptForm
from congtam.web.pages.task import whom
from congtam.web.receiving import handed_in, takes_file
from congtam.web.words import both, said

ENTERED = both("Đã ghi kết quả.", "The result was entered.")
HANDED = both("Đã ghi xác nhận; bước chuyển cơ sở dữ liệu đã xong.", "The receipt is kept; the step is over.")


@takes_file
@asks(Right.KEEP_CYCLE)
@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest) -> HttpResponse:
    """What came in this year, what may be sent of somebody, and periods that wait to be handed over."""
    seat, now = request.seat, timezone.now()
    people = whom.keeps(seat)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CameForm(*sent, people=people)
    if form.is_bound and form.is_valid():
        try:
            return once(request, lambda: _entered(seat, form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, said(refusal.text))
    year = Period.of(PeriodKind.YEAR, local_day(now))
    came = came_in_of(units_over(seat, Right.KEEP_CYCLE), year, seat.day)
    names = names_of({one.row.person_id for one in came})
    code = request.GET.get("cb", "")
    context = {
        "form": form,
        "people": people,
        "chosen": code,
        "came": [(names.get(one.row.person_id, ""), one) for one in came],
        "going": _going(seat, code, year) if code.isdecimal() else [],
        "waiting": [(cycle, period_of(cycle).title(request.LANGUAGE_CODE)) for cycle in _waiting(seat)],
        "token": request.POST.get("token") or token(),
        "as_of": now,
    }
    return render(request, "results_moved/page.html", context, status=422 if form.errors else 200)


@asks(Right.KEEP_CYCLE)
@require_safe
def file(request: HttpRequest, number: int) -> HttpResponse:
    """The file for the national database."""
    cycle = _cycle(request.seat, number)
    answer = HttpResponse(handover_file(cycle), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="ket-qua-{cycle.period}.csv"'
    return answer


@asks(Right.KEEP_CYCLE)
@require_POST
def handed(request: HttpRequest, number: int) -> HttpResponse:
    """The database has taken the file."""
    cycle, form = _cycle(request.seat, number), ReceiptForm(request.POST)
    if not form.is_valid():
        return redirect("results_moved")

    def act() -> tuple[str, str]:
        hand_over(request.seat, cycle, form.cleaned_data["receipt"])
        return reverse("results_moved"), str(HANDED)

    return once(request, act)


def _entered(seat: Seat, told: dict[str, Any]) -> tuple[str, str]:
    points = int(told["points"] * POINT)
    slip = handed_in(told["file"])
    enter_result(seat, int(told["person"]), told["month"], points, told["number"], told["sender"], file=slip)
    return reverse("results_moved"), str(ENTERED)


def _going(seat: Seat, code: str, year: Period) -> list[Any]:
    agencies = set(agencies_of(units_over(seat, Right.KEEP_CYCLE), seat.day).values())
    return [row for agency in sorted(agencies) for row in to_send(int(code), agency, year)]


def _waiting(seat: Seat) -> list[Cycle]:
    now = timezone.now()
    cycles = Cycle.objects.filter(agency__in=units_over(seat, Right.KEEP_CYCLE)).order_by("period")
    steps = [(cycle, steps_of(cycle, now).get("handover")) for cycle in cycles]
    return [cycle for cycle, step in steps if step is not None and step.state == "open"]


def _cycle(seat: Seat, number: int) -> Cycle:
    found = Cycle.objects.filter(pk=number).first()
    if found is None or not over_unit(seat, Right.KEEP_CYCLE, found.agency_id):
        raise Http404
    return found
