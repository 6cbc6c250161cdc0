"""Đơn vị: the leader's one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access.gate import Right
from congtam.web.asking import asks
from congtam.web.pages.agency.compared import MINIMUM
from congtam.web.pages.agency.overview import overview_of


@asks(Right.SEE_UNIT)
@require_GET
def agency(request: HttpRequest) -> HttpResponse:
    """What is off course, since when, who answers, what was decided; and how fresh the figures are."""
    overview = overview_of(request.seat, request.GET.get("dv", ""), timezone.now())
    if overview is None:
        return render(request, "unit/none.html")
    context = {"overview": overview, "minimum": MINIMUM, "as_of": overview.sight.now}
    return render(request, "agency/page.html", context)
