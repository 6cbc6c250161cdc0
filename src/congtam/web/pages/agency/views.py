"""Đơn vị: the leader's one page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, nightly_points, rules_of
from congtam.web.pages.agency.compared import MINIMUM
from congtam.web.pages.agency.overview import overview_of
from congtam.web.pages.unit.points import points_of

TITLE, UNIT = Text(vi="Tình hình đơn vị", en="How the unit stands"), Text(vi="Đơn vị", en="Unit")


@asks(Right.SEE_UNIT)
@require_GET
def agency(request: HttpRequest) -> HttpResponse:
    """What is off course, since when, who answers, what was decided; and how fresh the figures are."""
    overview = overview_of(request.seat, request.GET.get("dv", ""), timezone.now())
    if overview is None:
        return render(request, "unit/none.html")
    imprint = Imprint(
        TITLE,
        overview.sight.now,
        [(UNIT.in_(request.LANGUAGE_CODE), overview.top.name)],
        rules_of(overview.months[-1], overview.rules, request.LANGUAGE_CODE),
        nightly_points(overview.runs),
        f"{reverse('agency')}?{urlencode({'dv': overview.top.code})}",
    )
    of_units = points_of(request.seat, overview.branches, overview.sight.now, overview.rules)
    context = {
        "overview": overview,
        "minimum": MINIMUM,
        "as_of": overview.sight.now,
        "imprint": imprint,
        "of_units": of_units,
        "tables": of_units.tables({branch.unit: branch.name for branch in overview.branches}),
    }
    return render(request, "agency/page.html", context)
