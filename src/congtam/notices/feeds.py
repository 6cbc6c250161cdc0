"""Deadlines as a calendar others can read (iCalendar): one entry for each open share with a deadline, nothing of other
people, of secret work only that it is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.db import transaction
from icalendar import Calendar, Component, Event, Todo, vText

from congtam.access.models import Account
from congtam.engine.rulebook.model import Text
from congtam.notices.actions import feed_digest
from congtam.notices.links import link
from congtam.notices.models import Feed
from congtam.notices.wording import titles
from congtam.work.models import Share

KINDS = {"event": Event, "todo": Todo}
NAME = Text(vi="Công Tâm: hạn công việc", en="Công Tâm: deadlines")
DUE = Text(vi="Hạn", en="Due")


@dataclass(frozen=True)
class Deadline:
    """One open share: its item, what it is called, when it was received and is due."""

    item: int
    title: str
    received_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Read:
    """A calendar as it is handed over, with what tells whether it changed."""

    body: bytes
    etag: str
    changed_at: datetime


def feed_by(clear: str) -> Feed | None:
    """The feed an address opens; None when it is unknown, revoked, or its account is closed."""
    found = Feed.objects.select_related("account").filter(digest=feed_digest(clear), revoked_at=None).first()
    return found if found is not None and found.account.is_active else None


def read(feed: Feed, kind: str, now: datetime) -> Read:
    """The calendar of a feed as events or things to do; remembers since when it has been so."""
    account = feed.account
    due = deadlines(account, now)
    body = calendar_of(due, str(account.pk), account.language, kind)
    content = sha256(calendar_of(due, str(account.pk), account.language, "event")).hexdigest()
    if content != feed.content or feed.changed_at is None:
        with transaction.atomic():
            Feed.objects.filter(pk=feed.pk).update(content=content, changed_at=now)
        feed.content, feed.changed_at = content, now
    return Read(body, f'"{sha256(body).hexdigest()[:32]}"', feed.changed_at)


def deadlines(account: Account, now: datetime) -> list[Deadline]:
    """The open shares of an account's person with a deadline, the nearest first; none whose clock stands."""
    if account.person_id is None:
        return []
    shares = Share.objects.filter(
        official=account.person_id,
        state="open",
        excused=False,
        due_at__isnull=False,
        received_at__lt=now,
        item__standing__counts=True,
        item__standing__excused=False,
        item__standing__moving=False,
    ).order_by("due_at", "id")
    rows = list(shares.values_list("item", "received_at", "due_at"))
    named = titles((item for item, _, _ in rows), account.language)
    return [Deadline(item, named[item][0], received, due) for item, received, due in rows]


def calendar_of(due: Iterable[Deadline], owner: str, lang: str, kind: str) -> bytes:
    """The deadlines as iCalendar. The same deadlines give the same bytes."""
    made = Calendar()
    for name, value in (("prodid", "-//Cong Tam//VI"), ("version", "2.0"), ("method", "PUBLISH")):
        made.add(name, value)
    made.add("x-wr-calname", vText(NAME.in_(lang)))
    made.add("x-published-ttl", "PT1H")
    for one in due:
        made.add_component(_entry(one, owner, lang, kind))
    return bytes(made.to_ical())


def _entry(one: Deadline, owner: str, lang: str, kind: str) -> Component:
    entry = KINDS[kind]()
    entry.add("uid", f"han-{one.item}-{owner}-{kind}@congtam")
    entry.add("dtstamp", one.received_at.astimezone(UTC).replace(microsecond=0))
    entry.add("summary", f"{DUE.in_(lang)}: {one.title}")
    due = one.due_at.astimezone(UTC).replace(microsecond=0)
    entry.add("due" if kind == "todo" else "dtstart", due)
    if kind == "event":
        entry.add("dtend", due)
        entry.add("transp", "TRANSPARENT")
    entry.add("class", "PRIVATE")
    if page := link("task", one.item):
        entry.add("url", page)
    return entry
