"""Reading sources: by token, with their contracts, authorities and own counts."""

from datetime import date, datetime

from django.db.models import Q

from congtam.sources.actions import token_digest
from congtam.sources.models import OwnCount, Source, Token


def by_token(clear: str, now: datetime) -> Source | None:
    """The source a token opens for; None when it is unknown, revoked or expired."""
    found = Token.objects.select_related("source").filter(digest=token_digest(clear), revoked_at=None).first()
    if found is None or (found.expires_at is not None and found.expires_at <= now):
        return None
    return found.source


def sources_on(day: date) -> list[Source]:
    """The sources that hand over data on a day, by name; what is written in Công Tâm itself is none of them."""
    held = Source.objects.filter(first__lte=day, native=False).filter(Q(until=None) | Q(until__gt=day))
    return list(held.order_by("name"))


def own_count(source: Source, day: date) -> int | None:
    """How many records a source says it has for a day; None when it has not said."""
    return OwnCount.standing().filter(source=source, day=day).values_list("count", flat=True).first()
