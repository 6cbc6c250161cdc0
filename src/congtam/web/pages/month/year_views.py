"""Năm của tôi: the months of a year, sealed or provisional, and their mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access.gate import Right
from congtam.engine.periods import PeriodKind
from congtam.engine.rulebook.model import Text
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, live_points, rule_of
from congtam.web.pages.month.views import period_asked
from congtam.web.pages.month.year import own_year

TITLE, YEAR = Text(vi="Kết quả năm", en="Year"), Text(vi="Năm", en="Year")


@asks(Right.OWN_MONTH)
@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """One's own year."""
    now, lang = timezone.now(), request.LANGUAGE_CODE
    period = period_asked(request, PeriodKind.YEAR, "nam")
    found = own_year(request.seat.person, period, now, lang)
    told = {"period": period, "year": found, "running": now < period.end, "here": reverse("my_year")}
    if found is not None:
        rules = (rule_of(found.run.rulebook, period.first, lang),)
        about, here = [(YEAR.in_(lang), period.label)], f"{reverse('my_year')}?nam={period.label}"
        as_of = found.run.asked.as_of
        told["as_of"] = as_of
        told["imprint"] = Imprint(TITLE, as_of, about, rules, live_points(as_of), here)
    return render(request, "month/year.html", told)
