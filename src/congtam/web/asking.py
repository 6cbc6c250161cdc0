"""Every view says what it asks of the gate; the answer to "no" says why, and what to do.

A view without a rule is found by the test that walks the URL table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from congtam.access.gate import Right, holds, over_person, over_unit
from congtam.orgs.models import Unit
from congtam.people.models import Person

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Rule:
    """What a view asks: a `right` (None: being signed in, or nothing when `public`), over a person or a unit whose code
    stands in the address under the given name."""

    right: Right | None = None
    person: str | None = None
    unit: str | None = None
    public: bool = False


def public(view: View) -> View:
    """Anybody may see it."""
    view.rule = Rule(public=True)
    return view


def asks(right: Right | None = None, *, person: str | None = None, unit: str | None = None) -> Callable[[View], View]:
    """The view is for seats that hold `right`; with `person` or `unit`, over that person or unit, which the view then
    finds as `request.person` or `request.unit`."""
    rule = Rule(right, person, unit)

    def guarded(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not _allowed(request, rule, kwargs):
                return render(request, "refused.html", {"right": right}, status=403)
            return view(request, *args, **kwargs)

        asked.rule = rule
        return asked

    return guarded


def _allowed(request: HttpRequest, rule: Rule, kwargs: dict[str, Any]) -> bool:
    seat = request.seat
    if rule.right is None:
        return True
    if rule.person is not None:
        found = Person.objects.filter(code=kwargs[rule.person]).first()
        if found is None:
            return _unknown(holds(seat, rule.right))
        request.person = found
        return over_person(seat, rule.right, found.pk)
    if rule.unit is not None:
        unit = Unit.objects.filter(code=kwargs[rule.unit]).first()
        if unit is None:
            return _unknown(holds(seat, rule.right))
        request.unit = unit
        return over_unit(seat, rule.right, unit.pk)
    return holds(seat, rule.right)


def _unknown(may_know: bool) -> bool:
    """Only who may see such things learns that one does not exist."""
    if may_know:
        raise Http404
    return False
