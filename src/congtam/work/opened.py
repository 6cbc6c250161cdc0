"""One item opened: what it is, its shares, and everything that happened to it, each with the record that said so."""

from dataclasses import dataclass

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
    withdrawn = {event.seq: event.value for event in events if event.activity == "withdrawn"}
    gone: set[str] = set()
    for seq in sorted(withdrawn, reverse=True):  # a taking back can itself be taken back
        if str(seq) not in gone:
            gone.add(withdrawn[seq])
    return Opened(
        item,
        list(item.shares.order_by("received_at", "pk")),
        list(item.faults.order_by("at", "pk")),
        events,
        frozenset(event.seq for event in events if str(event.seq) in gone),
    )
