"""The one way in which the desk writes: what a person did to an item becomes events, an entry in the journal, a remark.

Everything is decided on the item as it stands this instant (`current`), folded anew while writers wait in line, so that
two people pressing at once cannot both be right.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.audit.models import Entry
from congtam.desk.models import Remark
from congtam.engine.facts.tables import Event
from congtam.engine.facts.work import Item as Folded
from congtam.engine.facts.work import Share, Work
from congtam.engine.working_time import Calendar
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.sources.models import Source
from congtam.work.apart import fold_apart
from congtam.work.appending import Line, append, items_named, mark
from congtam.work.clocks import clocks_now
from congtam.work.events import events_of
from congtam.work.folding import fold_at_once
from congtam.work.linked import linked

NATIVE = "congtam"
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Happening:
    """One event to be written. `official`: whose share it touches; `counterpart`: the other person; both by number."""

    activity: str
    official: int | None = None
    counterpart: int | None = None
    unit: int | None = None
    value: str = ""
    decision: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True)
class Current:
    """An item this instant: as folded from everything known. `root`: the number under which it counts, where the same
    work is known from several sources; events about it are written there."""

    root: int
    item: Folded | None
    shares: tuple[Share, ...]
    now: datetime
    calendar: Calendar = field(repr=False)

    def open_share(self, person: int) -> Share | None:
        """The share a person holds now; None when they hold none."""
        held = (one for one in self.shares if one.official == str(person) and one.state == "open")
        return next(held, None)

    @property
    def leads(self) -> list[Share]:
        """The open shares that lead."""
        return [one for one in self.shares if one.role == "lead" and one.state == "open"]

    @property
    def answering(self) -> list[Share]:
        """The open shares whose end ends the item: those that lead; all, where another unit only helps."""
        led = any(one.role == "lead" for one in self.shares)
        return self.leads if led else [one for one in self.shares if one.state == "open"]


def native_source() -> Source:
    """The source of what is written in Công Tâm itself."""
    made, _ = Source.objects.get_or_create(
        code=NATIVE, defaults={"name": "Công Tâm (ghi trực tiếp)", "first": date(2025, 1, 1), "native": True}
    )
    return made


def new_item(key: str) -> int:
    """An item of the desk by its key; made when it is asked for first. Call it inside `in_order()`."""
    return items_named(native_source().pk, [key])[key]


def current(item: int, now: datetime | None = None, supposing: Iterable[Happening] = ()) -> Current:
    """The item as everything that is known now makes it, and what it would be had something more happened
    (`supposing`). Inside `in_order()` nobody can change it meanwhile."""
    seen = now or timezone.now()
    told = events_of(linked([item]))
    more = [_supposed(item, number, one, seen) for number, one in enumerate(supposing, max_seq(told) + 1)]
    clocks = clocks_now(seen).clocks
    work: Work = fold_apart([*told, *more], seen + TICK, clocks).counting
    items = {one.item: one for one in work.items}
    root = str(item)
    while root in items and (other := items[root].same_as) is not None and other in items:
        root = other
    shares = tuple(one for one in work.shares if one.item == root)
    return Current(int(root), items.get(root), shares, seen, clocks.calendar)


def max_seq(events: Iterable[Event]) -> int:
    """The highest number among events; 0 for none."""
    return max((one.seq for one in events), default=0)


def _supposed(item: int, seq: int, one: Happening, now: datetime) -> Event:
    official, unit, other = (None if who is None else str(who) for who in (one.official, one.unit, one.counterpart))
    said = (one.value or None, one.decision or None, dict(one.attributes))
    return Event(seq, now, str(item), one.at or now, one.activity, official, unit, other, *said)


def write(
    seat: Seat | None, action: str, item: int, happened: Iterable[Happening], now: datetime, why: str = "", **told: Any
) -> Entry:
    """Append what happened to an item at `now` and tell it in the journal; `why` is kept as a remark. Inside
    `in_order()`. `seat`: who did it; None when a rule did (silence that accepts, what recurs)."""
    entry = write_all(seat, action, {item: happened}, now, **told)
    if why:
        Remark.objects.create(
            item_id=item,
            by_id=seat.person if seat else None,
            at=now,
            kind=action.split(".")[-1],
            text=why,
            entry=entry.pk,
        )
    return entry


def write_all(
    seat: Seat | None, action: str, happened: Mapping[int, Iterable[Happening]], now: datetime, **told: Any
) -> Entry:
    """Append what happened to several items by one deed: one entry in the journal, about the first of them. Inside
    `in_order()`."""
    items = list(happened)
    entry = note(seat.actor if seat else SYSTEM, action, "item", items[0], told)
    place = f"journal {entry.pk}"
    append([_line(item, one, now, place) for item in items for one in happened[item]], now)
    mark(items)
    transaction.on_commit(lambda: fold_at_once(items, now + TICK))
    return entry


def _line(item: int, one: Happening, now: datetime, place: str) -> Line:
    return Line(
        item,
        one.at or now,
        one.activity,
        one.official,
        one.unit,
        "" if one.counterpart is None else str(one.counterpart),
        one.value,
        one.decision,
        json.dumps(dict(one.attributes), ensure_ascii=False),
        None,
        place,
    )


def person_of(seat: Seat) -> int:
    """The person who acts. Raises `Refused` for an account without one."""
    if seat.person is None:
        raise Refused(
            "Tài khoản này không gắn với cán bộ nào nên không nhận, giao hay làm việc được. "
            "Hãy đăng nhập bằng tài khoản của người giữ vị trí.",
            "This account belongs to no official, so it cannot hold or give work. Sign in as who holds the post.",
        )
    return seat.person
