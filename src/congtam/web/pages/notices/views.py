"""The last digests, how typing is measured, and the file calendars read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from congtam.notices.actions import see_digests
from congtam.notices.feeds import feed_by, read
from congtam.notices.queries import digests_of
from congtam.notices.typing import typed_in, week_of
from congtam.notices.wording import parts, words_for
from congtam.web.asking import asks, public
from congtam.web.components.notices_tags import UNREAD

TODO = "viec"  # ?kieu=viec: as things to do, for programs that know them


@asks()
@require_safe
def digests(request: HttpRequest) -> HttpResponse:
    """One's own last digests; opening them makes them read."""
    person, now = request.seat.person, timezone.now()
    found = digests_of(person) if person is not None else []
    words = words_for([line for one in found for line in one.lines.all()], request.LANGUAGE_CODE)
    told = [(one, parts(one.lines.all(), words)) for one in found]
    if any(one.seen_at is None for one in found):
        see_digests(person, now)
    request.session.pop(UNREAD, None)
    return render(request, "notices/digests.html", {"digests": told, "as_of": now})


@asks()
@require_safe
def typing_told(request: HttpRequest) -> HttpResponse:
    """How typing is measured, and one's own figures of this week."""
    first, until = week_of(timezone.localdate())
    person = request.seat.person
    own = typed_in(person, first, until) if person is not None else None
    return render(request, "notices/typing.html", {"own": own, "first": first})


@public
@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """One's deadlines for a calendar program, by the secret in the address; unchanged ones are not sent again."""
    feed = feed_by(token)
    if feed is None:
        raise Http404
    kind = "todo" if request.GET.get("kieu") == TODO else "event"
    got = read(feed, kind, timezone.now())
    changed = int(got.changed_at.timestamp())
    answer = HttpResponse(got.body, content_type="text/calendar; charset=utf-8")
    answer["ETag"], answer["Last-Modified"] = got.etag, http_date(changed)
    answer["Cache-Control"], answer["X-Robots-Tag"] = "private, no-cache", "noindex"
    return get_conditional_response(request, got.etag, changed, answer)
