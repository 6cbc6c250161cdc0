"""Ai đã xem: who opened one's record, in which right, when, and what."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access import looks
from congtam.access.gate import Right
from congtam.access.models import Look
from congtam.people.models import PostSpan
from congtam.web.asking import asks
from congtam.web.components.looked_at import PAGES, ROLES, called

A_PAGE = 50


@dataclass(frozen=True)
class Seen:
    """One look in words."""

    at: datetime
    who: str
    post: str
    role: str
    what: str
    period: str


@asks(Right.OWN_MONTH)
@require_GET
def seen_by(request: HttpRequest) -> HttpResponse:
    """Who looked at one's own record, newest first."""
    found = looks.seen_by(request.seat.person)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    page.object_list = _in_words(list(page.object_list), request.LANGUAGE_CODE)
    return render(request, "month/seen_by.html", {"page": page, "as_of": timezone.now()})


def _in_words(found: list[Look], lang: str) -> list[Seen]:
    posts = PostSpan.objects.filter(post__in={one.post_id for one in found if one.post_id}).order_by("seq")
    titles = {span.post_id: span.title for span in posts}
    return [
        Seen(
            one.at,
            _name(one),
            titles.get(one.post_id, ""),
            called(ROLES, one.role, lang),
            called(PAGES, one.what, lang),
            one.period,
        )
        for one in found
    ]


def _name(look: Look) -> str:
    text = getattr(look.viewer.person, "text", None) if look.viewer.person else None
    return text.full_name if text else look.viewer.username
