"""What board, list and calendar share beside their rows: the filters an account used last, and what each says of
itself."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from congtam.access.gate import Right, holds
from congtam.engine.periods import Period, PeriodKind
from congtam.web import keeping
from congtam.web.imprint import Imprint, rules_of
from congtam.web.pages.worklist import scope
from congtam.web.pages.worklist.forms import FIRST, SECOND
from congtam.web.pages.worklist.listing import Listing

PAGE = "worklist"


def as_kept(request: HttpRequest, name: str) -> HttpResponse | None:
    """Where to go first when the page of that name was opened without filters, or to be rid of them; None to go on.
    Filters given are kept."""
    if "bo-loc" in request.GET:
        keeping.keep(request, PAGE, QueryDict())
        return redirect(name)
    if request.GET:
        keeping.keep(request, PAGE, request.GET)
        return None
    query = keeping.kept(request.seat.account, PAGE)
    return redirect(f"{reverse(name)}?{query}") if query else None


def around(request: HttpRequest, found: Listing, now: datetime, name: str) -> dict[str, object]:
    """What the page of that name shows around its rows: scopes, filters, imprint."""
    return {
        "as_of": now,
        "imprint": imprint(request, found, now, name),
        "view": name,
        "works": holds(request.seat, Right.OWN_WORK),
        "scopes": [(one, scope.title_of(request.seat, one)) for one in scope.names(request.seat)],
        "listing": found,
        "first": [found.form[field] for field in FIRST],
        "second": [found.form[field] for field in SECOND],
        "said": found.form.said(),
    }


def imprint(request: HttpRequest, found: Listing, now: datetime, name: str = PAGE) -> Imprint:
    """What a page or a file of work says of itself, on paper and in its first rows."""
    kept = request.GET.copy()
    kept.pop("trang", None)
    kept["pham-vi"] = found.scope.name
    month, lang = Period.of(PeriodKind.MONTH, timezone.localdate(now)), request.LANGUAGE_CODE
    return Imprint(
        found.scope.title,
        now,
        found.form.said(),
        rules_of(month, found.rules, lang),
        address=f"{reverse(name)}?{kept.urlencode()}",
    )
