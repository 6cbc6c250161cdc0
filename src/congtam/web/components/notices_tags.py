"""What the daily digest and typing put on other pages: how many lines are unread, how long somebody typed this week."""

from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.core.cache import cache
from django.template import Context
from django.utils import timezone

from congtam.access.seats import Seat
from congtam.notices.making import BEGINS
from congtam.notices.queries import round_done, unread
from congtam.notices.typing import Typing, typed_in, week_of

register = template.Library()
UNREAD = "unread"  # in the session: of which day, and how many
ASK_AGAIN = 30  # seconds a process remembers that the digests are not made


@register.simple_tag(takes_context=True)
def unread_lines(context: Context) -> int:
    """How many lines of today's digest the seat has not opened. Asked of the database once a day and session, when the
    digests are made; until then one process asks every half minute whether they are."""
    request, seat = context.get("request"), context.get("seat")
    if request is None or seat is None or seat.person is None:
        return 0
    now = timezone.localtime()
    kept = request.session.get(UNREAD)
    if kept and kept[0] == seat.day.isoformat():
        return int(kept[1])
    if now.time() < BEGINS or not _made(seat.day):
        return 0
    count = unread(seat.person, seat.day)
    request.session[UNREAD] = [seat.day.isoformat(), count]
    return count


def _made(day: date) -> bool:
    key = f"digests/{day}"
    known = cache.get(key)
    if known is None:
        known = round_done(day)
        cache.set(key, known, None if known else ASK_AGAIN)
    return bool(known)


@register.simple_tag
def site_path() -> str:
    """The address below which everything of the site lies."""
    return f"{settings.FORCE_SCRIPT_NAME or ''}/"


@register.inclusion_tag("notices/typing_of.html", takes_context=True)
def typing_of(context: Context, seat: Seat) -> dict[str, Any]:
    """“Tuần này: 3 phút gõ”, with a link to how it is measured. One query."""
    first, until = week_of(seat.day)
    typing = Typing() if seat.person is None else typed_in(seat.person, first, until)
    return {"typing": typing, "lang": context.get("lang", "vi")}
