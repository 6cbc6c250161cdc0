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
from django.urls import reverse

from congtam.access.gate import Right, holds, over_account, over_person, over_unit
from congtam.access.models import Account
from congtam.access.seats import Seat
from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.web.once import done_before
from congtam.web.rights import ALLOWS, whom_to_ask

View = Callable[..., HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Rule:
    """What a view asks: a `right` (None: being signed in, or nothing when `public`), over a person or a unit whose
    code, or an account whose user name, stands in the address under the given name."""

    right: Right | None = None
    person: str | None = None
    unit: str | None = None
    account: str | None = None
    public: bool = False


def public(view: View) -> View:
    """Anybody may see it."""
    view.rule = Rule(public=True)  # type: ignore[attr-defined]
    return view


def asks(
    right: Right | None = None, *, person: str | None = None, unit: str | None = None, account: str | None = None
) -> Callable[[View], View]:
    """The view is for seats that hold `right`; with `person`, `unit` or `account`, over that one, which the view then
    finds as `request.person`, `request.unit` or `request.subject`. What writes is never allowed by a mandate."""
    rule = Rule(right, person, unit, account)

    def guarded(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            seat = request.seat
            reads = request.method in SAFE or right is Right.READ_RULES  # a question on rules may be a form
            if not allowed(request, rule, seat if reads else seat.writing, kwargs):
                return refused(request, right)
            if request.method == "POST" and (done := done_before(request)):
                return done
            return view(request, *args, **kwargs)

        asked.rule = rule  # type: ignore[attr-defined]
        return asked

    return guarded


def refused(request: HttpRequest, right: Right | None) -> HttpResponse:
    """The page that says which right is missing and whom to ask."""
    told = {"allows": ALLOWS[right], "ask": whom_to_ask(right)} if right is not None else {}
    seat = request.seat
    told["reads_only"] = bool(seat and seat.audits) and request.method not in SAFE  # type: ignore[assignment]
    return render(request, "refused.html", told, status=403)


def allowed(request: HttpRequest, rule: Rule, seat: Seat, kwargs: dict[str, Any]) -> bool:
    """Whether the gate lets a seat through; puts what the address names into the request.

    Raises `Http404` when it names nothing, to those who would be allowed to know.
    """
    if rule.right is None:
        return True
    if rule.person is not None:
        person = request.person = _found(Person.objects.filter(code=kwargs[rule.person]), seat)
        return person is not None and over_person(seat, rule.right, person.pk)
    if rule.unit is not None:
        unit = request.unit = _found(Unit.objects.filter(code=kwargs[rule.unit]), seat)
        return unit is not None and over_unit(seat, rule.right, unit.pk)
    if rule.account is not None:
        named = Account.objects.filter(username=kwargs[rule.account])
        account = request.subject = _found(named, seat)
        return account is not None and over_account(seat, rule.right, account)
    return holds(seat, rule.right)


def _found(rows: Any, seat: Seat) -> Any:
    """The row, or None. Only who keeps the lists of people and accounts learns that there is none: for all others what
    is not theirs and what does not exist look the same."""
    row = rows.first()
    if row is None and (holds(seat, Right.EDIT_PEOPLE) or holds(seat, Right.OPEN_ACCOUNTS)):
        raise Http404
    return row


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page; a part of a page asked for by htmx takes the whole page there."""
    answer = redirect_to_login(request.get_full_path())
    if getattr(request, "htmx", False):
        to = redirect_to_login(request.htmx.current_url_abs_path or reverse("home"))["Location"]
        return HttpResponse(status=204, headers={"HX-Redirect": to})
    return answer
