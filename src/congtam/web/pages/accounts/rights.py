"""Why somebody may what they may: the posts, delegations and mandates of the day, and the rights that follow."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congtam.access.gate import Right, holds
from congtam.access.queries import mandates
from congtam.orgs.queries import names_of
from congtam.people.queries import delegations, posts_held
from congtam.web.asking import asks
from congtam.web.rights import ALLOWS


@asks()
@require_GET
def my_rights(request: HttpRequest) -> HttpResponse:
    """One's own posts, delegations given and received, mandates, and what they allow today."""
    seat = request.seat
    posts = list(posts_held(seat.person, seat.day)) if seat.person else []
    received = list(delegations(seat.day, receiver=seat.person)) if seat.person else []
    given = list(delegations(seat.day, giver=seat.person)) if seat.person else []
    audits = list(mandates(request.user, seat.day))
    units = [one.unit_id for one in (*posts, *received, *given)] + [one.scope_id for one in audits]
    names = names_of(units, seat.day)
    return render(
        request,
        "accounts/rights.html",
        {
            "posts": [(one.title, names.get(one.unit_id, "")) for one in posts],
            "received": [(one, one.giver, names.get(one.unit_id, ""), _last(one.days.upper)) for one in received],
            "given": [(one, one.receiver, names.get(one.unit_id, ""), _last(one.days.upper)) for one in given],
            "mandates": [(one, names.get(one.scope_id, ""), _last(one.days.upper)) for one in audits],
            "allowed": [ALLOWS[right].in_(request.LANGUAGE_CODE) for right in Right if holds(seat, right)],
            "day": seat.day,
        },
    )


def _last(until: date | None) -> date | None:
    """The last day of a stretch that ends before `until`."""
    return until - timedelta(days=1) if until else None
