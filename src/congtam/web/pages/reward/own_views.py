"""One's own rewards and what one's own pay is said to be."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access.gate import Right
from congtam.reward.queries import earnings_of
from congtam.reward.queries import own as own_lines
from congtam.web.asking import asks
from congtam.web.pages.reward import places, words


@asks(Right.OWN_MONTH)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """What lists pay the person who asks, and the pay they are counted from."""
    seat = request.seat
    if seat.person is None:
        raise Http404
    grades = places.grades_on(seat.day)
    context = {
        "lines": [
            (one, places.shown(grades, one.grade) if one.grade else None, words.LIST[one.state])
            for one in own_lines(seat.person)
        ],
        "earned": earnings_of([seat.person]).get(seat.person, []),
        "as_of": timezone.now(),
    }
    return render(request, "reward/own.html", context)
