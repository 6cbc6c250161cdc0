"""Reading digests: a person's last ones, how much is unread, and what did not leave the site."""

from collections import Counter
from datetime import date

from django.db.models import Count, QuerySet

from congtam.notices.models import Digest, Feed, Hook, Line, Round, Sending, Ways

LAST = 10  # digests a page shows


def digests_of(person: int) -> list[Digest]:
    """The last digests of a person, the latest first, with their lines. Two queries."""
    return list(Digest.objects.filter(person=person).order_by("-day").prefetch_related("lines")[:LAST])


def round_done(day: date) -> bool:
    """Whether the digests of a day are made."""
    return bool(Round.objects.filter(day=day, done_at__isnull=False).exists())


def unread(person: int, day: date) -> int:
    """How many lines the person's digest of a day has; 0 once it was opened."""
    return int(Line.objects.filter(digest__person=person, digest__day=day, digest__seen_at=None).count())


def counts_of(digest: Digest) -> dict[str, int]:
    """How many lines of each kind."""
    return dict(Counter(Line.objects.filter(digest=digest).values_list("what", flat=True)))


def ways_of(person: int) -> Ways:
    """What a person chose; as everybody begins, when nothing."""
    return Ways.objects.filter(person=person).first() or Ways(person_id=person)


def feed_of(account: int) -> Feed | None:
    """The calendar address an account has now."""
    return Feed.objects.filter(account=account, revoked_at=None).first()


def hooks() -> QuerySet[Hook]:
    """The addresses outside that stand."""
    return Hook.objects.filter(ended_at=None).order_by("id")


def given_up(since: date) -> list[tuple[str, str | None, str, int]]:
    """What did not leave the site since a day: way, hook, why, and how many."""
    lost = Sending.objects.filter(given_up_at__date__gte=since)
    grouped = lost.values("way", "hook__url", "why").annotate(count=Count("id")).order_by("-count", "why")
    return [(one["way"], one["hook__url"], one["why"], one["count"]) for one in grouped]


def last_round() -> tuple[Round, int, int] | None:
    """The last digests: when they were made, how many, and how many sendings still wait."""
    last = Round.objects.order_by("-day").first()
    if last is None:
        return None
    made = Digest.objects.filter(day=last.day).count()
    return last, int(made), int(Sending.objects.filter(next_at__isnull=False).count())
