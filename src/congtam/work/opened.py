"""One item opened: what it is, its shares, and everything that happened to it, each with the record that said so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from congtam.engine.clock_ledger import Ledger
from congtam.engine.facts.fold import Clocks
from congtam.work.apart import fold_apart
from congtam.work.events import events_of
from congtam.work.linked import linked
from congtam.work.models import Event, Fault, Item, Share


@dataclass(frozen=True)
class Opened:
    """An item as it stands, with `source`, `text` and `standing` at hand. `events` as they happened; `taken_back`: the
    numbers of those that were taken back, which are shown and no longer count."""

    item: Item
    shares: list[Share]
    faults: list[Fault]
    events: list[Event]
    taken_back: frozenset[int]


def opened(number: int) -> Opened | None:
    """An item by number; None when there is none, or nothing was folded yet. Four queries."""
    item = Item.objects.select_related("source", "text", "standing").filter(pk=number, standing__isnull=False).first()
    if item is None:
        return None
    events = list(item.events.order_by("at", "seq"))
    return Opened(
        item,
        list(item.shares.order_by("received_at", "pk")),
        list(item.faults.order_by("at", "pk")),
        events,
        taken_back(events),
    )


def taken_back(events: Iterable[Event]) -> frozenset[int]:
    """The numbers of those events of an item that were taken back."""
    told = list(events)
    withdrawn = {event.seq: event.value for event in told if event.activity == "withdrawn"}
    gone: set[str] = set()
    for seq in sorted(withdrawn, reverse=True):  # a taking back can itself be taken back
        if str(seq) not in gone:
            gone.add(withdrawn[seq])
    return frozenset(event.seq for event in told if str(event.seq) in gone)


def ledger_of(number: int, now: datetime, clocks: Clocks) -> Ledger | None:
    """Every step that led to an item's deadline, made again from its events as seen at `now` under the clocks work is
    folded by; None without a clock."""
    work = fold_apart(events_of(linked([number])), now, clocks).counting
    return next((item.ledger for item in work.items if item.item == str(number)), None)
