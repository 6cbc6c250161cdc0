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
from congtam.engine.facts.work import Item as Folded
from congtam.engine.facts.work import Share, Work
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
    """An item this instant: as folded from everything known, by the person it concerns."""

    item: Folded | None
    shares: tuple[Share, ...]
    now: datetime

    def open_share(self, person: int) -> Share | None:
        """The share a person holds now; None when they hold none."""
        held = (one for one in self.shares if one.official == str(person) and one.state == "open")
        return next(held, None)

    @property
    def leads(self) -> list[Share]:
        """The open shares that lead."""
        return [one for one in self.shares if one.role == "lead" and one.state == "open"]


def native_source() -> Source:
    """The source of what is written in Công Tâm itself."""
    made, _ = Source.objects.get_or_create(
        code=NATIVE, defaults={"name": "Công Tâm (ghi trực tiếp)", "first": date(2025, 1, 1), "native": True}
    )
    return made


def new_item(key: str) -> int:
    """An item of the desk by its key; made when it is asked for first. Call it inside `in_order()`."""
    return items_named(native_source().pk, [key])[key]


def current(item: int, now: datetime | None = None) -> Current:
    """The item as everything that is known now makes it. Inside `in_order()` nobody can change it meanwhile."""
    seen = now or timezone.now()
    group = linked([item])
    work: Work = fold_apart(events_of(group), seen + TICK, clocks_now(seen).clocks).counting
    own = next((one for one in work.items if one.item == str(item)), None)
    root = own.same_as or own.item if own else str(item)
    return Current(own, tuple(one for one in work.shares if one.item == root), seen)


def write(
    seat: Seat | None, action: str, item: int, happened: Iterable[Happening], now: datetime, why: str = "", **told: Any
) -> Entry:
    """Append what happened to an item at `now` and tell it in the journal; `why` is kept as a remark. Inside
    `in_order()`. `seat`: who did it; None when a rule did (silence that accepts, what recurs)."""
    entry = note(seat.actor if seat else SYSTEM, action, "item", item, told)
    place = f"journal {entry.pk}"
    lines = [
        Line(
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
        for one in happened
    ]
    append(lines, now)
    mark([item])
    if why:
        Remark.objects.create(
            item_id=item,
            by_id=seat.person if seat else None,
            at=now,
            kind=action.split(".")[-1],
            text=why,
            entry=entry.pk,
        )
    transaction.on_commit(lambda: fold_at_once([item], now + TICK))
    return entry


def person_of(seat: Seat) -> int:
    """The person who acts. Raises `Refused` for an account without one."""
    if seat.person is None:
        raise Refused(
            "Tài khoản này không gắn với cán bộ nào nên không nhận, giao hay làm việc được. "
            "Hãy đăng nhập bằng tài khoản của người giữ vị trí.",
            "This account belongs to no official, so it cannot hold or give work. Sign in as who holds the post.",
        )
    return seat.person
