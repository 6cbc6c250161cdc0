"""Hôm nay."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access.gate import Right, holds
from congtam.closing.waiting import asked_of
from congtam.scores.overview import clocks
from congtam.web.asking import asks
from congtam.web.once import token
from congtam.web.pages.templates_of_work.untold import untold_of
from congtam.web.pages.today.reading import address_of, day_of, erasures_of
from congtam.work.lists import Sight


@asks(Right.BE_ASKED)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What is due, returned or waiting for a decision, in one page."""
    now = timezone.now()
    day = day_of(request.seat, Sight(now, clocks(now).calendar))
    context = {"day": day, "gives": holds(request.seat, Right.GIVE_WORK), "as_of": now, "token": token()}
    context["works"] = holds(request.seat, Right.OWN_WORK)
    context["asked"] = [(one, address_of(one)) for one in asked_of(request.seat.writing, now)]
    context["erasures"] = erasures_of(request.seat)
    context["untold"] = untold_of(request.seat)
    return render(request, "today/today.html", context)
