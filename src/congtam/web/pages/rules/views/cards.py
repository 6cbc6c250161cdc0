"""Which scorecards the site scores, chosen on the page of a rulebook."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from congtam.access.gate import Right
from congtam.history.refused import Refused
from congtam.registry import actions, queries
from congtam.web.asking import asks
from congtam.web.pages.rules.figures import lang_of
from congtam.web.pages.rules.views.asked import seat_of


@asks(Right.CHANGE_RULES)
@require_POST
def choose_card(request: HttpRequest) -> HttpResponse:
    """Begin or end scoring by a scorecard, from a day on."""
    actor, told, lang = seat_of(request).actor, request.POST, lang_of(request)
    rulebook, scorecard = told.get("rulebook", ""), told.get("scorecard", "")
    try:
        first = date.fromisoformat(told.get("first", ""))
    except ValueError:
        first = queries.next_period(seat_of(request).day)
    standing = queries.card_of(rulebook, scorecard)
    try:
        if told.get("do") == "end" and standing is not None:
            actions.end_card(actor, standing, first)
        else:
            actions.add_card(actor, rulebook, scorecard, told.get("legal") == "1", first)
    except Refused as refused:
        messages.error(request, refused.text.in_(lang))
    else:
        messages.success(request, "Saved." if lang == "en" else "Đã ghi.")
    return redirect("rulebook", rulebook=rulebook) if rulebook in queries.held_ever() else redirect("rules")
