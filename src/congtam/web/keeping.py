"""Filters that are kept: a page opened without any shows those its account used last."""

from django.http import QueryDict

from congtam.web.models import Kept

UNKEPT = ("q", "trang")  # a search may hold what somebody is called, and a page is a place, not a filter


def kept(account: int, page: str) -> str:
    """The query kept for a page; empty when none is."""
    return Kept.objects.filter(account=account, page=page).values_list("query", flat=True).first() or ""


def keep(account: int, page: str, given: QueryDict) -> None:
    """Keep the filters given, if they differ from those kept."""
    told = given.copy()
    for name in UNKEPT:
        told.pop(name, None)
    for name in [name for name, value in told.items() if not value]:
        told.pop(name)
    query = told.urlencode()
    if query != kept(account, page):
        Kept.objects.update_or_create(account_id=account, page=page, defaults={"query": query})
