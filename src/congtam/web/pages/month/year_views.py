"""Năm của tôi: the months of a year, sealed or provisional, and their mean."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access.gate import Right
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.rulebook.model import Text
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, live_points, rule_of
from congtam.web.pages.month.year import own_year

TITLE, YEAR = Text(vi="Kết quả năm", en="Year"), Text(vi="Năm", en="Year")


@asks(Right.OWN_MONTH)
@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """One's own year."""
    now, lang = timezone.now(), request.LANGUAGE_CODE
    period = year_asked(request)
    found = own_year(request.seat.person, period, now, lang)
    told = {"period": period, "year": found, "running": now < period.end, "here": reverse("my_year")}
    if found is not None:
        rules = (rule_of(found.run.rulebook, period.first, lang),)
        about, here = [(YEAR.in_(lang), period.label)], f"{reverse('my_year')}?nam={period.label}"
        told["imprint"] = Imprint(TITLE, found.run.asked.as_of, about, rules, live_points(found.run.asked.as_of), here)
    return render(request, "month/year.html", told)


def year_asked(request: HttpRequest) -> Period:
    """The year in the address (`nam`), else the running one. Raises `Http404` for what is no year."""
    label = request.GET.get("nam")
    try:
        period = Period.parse(label) if label else Period.of(PeriodKind.YEAR, local_day(timezone.now()))
    except Unusable as problem:
        raise Http404 from problem
    if period.kind is not PeriodKind.YEAR:
        raise Http404
    return period
