"""Tự đánh giá: one's own page in a period, while its step is open and afterwards."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from congtam.access.gate import Right
from congtam.cycles import telling
from congtam.engine.scoring.points import POINT
from congtam.history.refused import Refused
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.self_report.forms import ClaimForm
from congtam.web.pages.self_report.reading import Report, asked_of, report_of
from congtam.web.pages.task import whom
from congtam.web.receiving import handed_in, takes_file
from congtam.web.words import both, said

CLAIMED = both("Đã ghi.", "Written down.")
DONE = both("Đã nộp bản tự đánh giá.", "Your self-report was handed in.")
NOTHING_OPEN = Refused("Không có kỳ nào đang hỏi bạn tự đánh giá.", "No period asks you for a self-report.")


@takes_file
@asks(Right.OWN_MONTH)
@require_http_methods(["GET", "HEAD", "POST"])
def self_report(request: HttpRequest) -> HttpResponse:
    """What data know, what one claims, and the form for one more claim while the step is open."""
    now, seat = timezone.now(), request.seat
    found = report_of(seat, request.GET.get("ky", ""), now)
    form = None
    if found is not None and found.open and found.done is None:
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = ClaimForm(*sent, criteria=found.criteria, people=whom.colleagues(seat))
        if form.is_bound and form.is_valid():
            try:
                return once(request, lambda: _claimed(request, found, form.cleaned_data))
            except Refused as refusal:
                form.add_error(None, said(refusal.text))
    elif request.method == "POST":
        raise NOTHING_OPEN
    context = {
        "report": found,
        "title": found.period.title(request.LANGUAGE_CODE) if found else "",
        "form": form,
        "asked": asked_of(seat.person) if seat.person else [],
        "token": request.POST.get("token") or token(),
        "as_of": now,
    }
    return render(request, "self_report/page.html", context, status=422 if form is not None and form.errors else 200)


@asks(Right.OWN_MONTH)
@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """One has told everything."""
    found = report_of(request.seat, request.POST.get("ky", ""), timezone.now())
    if found is None:
        raise NOTHING_OPEN

    def act() -> tuple[str, str]:
        telling.hand_in(request.seat, found.cycle)
        return _address(found), str(DONE)

    return once(request, act)


def _claimed(request: HttpRequest, found: Report, told: dict[str, Any]) -> tuple[str, str]:
    seat, cycle = request.seat, found.cycle
    file = handed_in(told["file"]) if told["file"] else None
    to = int(told["to"]) if told["to"] else None
    telling.claim(seat, cycle, told["criterion"], told["text"], counterpart=to, file=file)
    if told.get("mark") is not None:
        telling.mark_oneself(seat, cycle, told["criterion"], int(told["mark"] * POINT), told["text"])
    return _address(found), str(CLAIMED)


def _address(found: Report) -> str:
    return f"{reverse('self_report')}?ky={found.cycle.period}"
