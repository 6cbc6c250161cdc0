"""Filters that are kept: a page opened without any shows those its account used last."""

from django.http import HttpRequest, QueryDict

from congtam.web.models import Kept

PLACES = ("trang", "cot", "thang", "han")  # where one is within what was asked for: a page, a column, a month, a day
UNKEPT = ("q", *PLACES)  # a search may hold what somebody is called, and a place is no filter


def kept(account: int, page: str) -> str:
    """The query kept for a page; empty when none is."""
    return Kept.objects.filter(account=account, page=page).values_list("query", flat=True).first() or ""


def keep(request: HttpRequest, page: str, given: QueryDict) -> None:
    """Keep the filters given for the account that asks. The session remembers them too, so that nothing is read or
    written while they stay."""
    told = given.copy()
    for name in UNKEPT:
        told.pop(name, None)
    for name in [name for name, value in told.items() if not value]:
        told.pop(name)
    query = told.urlencode()
    if request.session.get(f"kept {page}") != query:
        Kept.objects.update_or_create(account_id=request.seat.account, page=page, defaults={"query": query})
        request.session[f"kept {page}"] = query
