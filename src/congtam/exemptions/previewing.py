"""What an incident would do, told before it is recorded: how many items and people, and where deadlines would go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from congtam.access.seats import Seat
from congtam.engine.facts.fold import fold
from congtam.engine.facts.tables import Event
from congtam.engine.facts.work import Item, Work
from congtam.exemptions.falling import counted, falling, soonest
from congtam.exemptions.incidents import Told, checked
from congtam.exemptions.models import Incident
from congtam.exemptions.stopping import AT_ONCE, closed_by
from congtam.people.facts import spells_of
from congtam.work.clocks import clocks_now
from congtam.work.events import events_of
from congtam.work.linked import linked
from congtam.work.models import ItemText

SHOWN = 20
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Moved:
    """An item whose clock would stand: its deadline now, and then; late now, and then."""

    item: int
    title: str
    before: datetime | None
    after: datetime | None
    late: bool
    late_after: bool


@dataclass(frozen=True)
class Preview:
    """What an incident would do. `late`: items that were due before it began, whose deadlines stay; `looked_at`: of how
    many items, those due first, the deadlines were counted; `moved` of them move, `freed` are no longer late.
    `released`: items the incident stops now and would stop no more."""

    items: int
    people: int
    late: int
    looked_at: int
    moved: int
    freed: int
    released: int
    shown: list[Moved]


def preview(seat: Seat, told: Told, now: datetime, instead_of: Incident | None = None) -> Preview:
    """What an incident told so would do; `instead_of` one that stands. Raises `Refused` when it cannot be recorded."""
    told = checked(seat, told, now)
    items, people, late = counted(told.closed)
    chosen = soonest(told.closed, AT_ONCE)
    moves = _moves(told, chosen, now, str(instead_of.series) if instead_of else "")
    moving = [one for one in moves if one.before != one.after]
    freed = sum(one.late and not one.late_after for one in moves)
    released = _released(told, instead_of) if instead_of else 0
    return Preview(items, people, late, len(chosen), len(moving), freed, released, (moving or moves)[:SHOWN])


def _released(told: Told, instead_of: Incident) -> int:
    stopped = falling(closed_by(instead_of))
    return len(stopped.keys() - falling(told.closed).keys())


def _moves(told: Told, items: list[int], now: datetime, instead_of: str) -> list[Moved]:
    """The items folded twice: as they are, and with the incident told so."""
    events = events_of(linked(items))
    plain = [event for event in events if event.attributes.get("incident", "") != instead_of or not instead_of]
    stops = [
        Event(2**62 + number, now, str(item), at, activity, value=told.title, attributes={"incident": "new"})
        for number, (item, stretch) in enumerate(falling(told.closed, items).items())
        for activity, at in zip(("paused", "resumed"), stretch, strict=True)
        if at is not None
    ]
    clocks = clocks_now(now).clocks
    named = {code for event in events for code in (event.official, event.counterpart) if code}
    spells = spells_of(int(code) for code in named if code.isdecimal())
    before = fold(events, now + TICK, clocks=clocks, spells=spells)
    after = fold([*plain, *stops], now + TICK, clocks=clocks, spells=spells)
    titles = dict(ItemText.objects.filter(item__in=items).values_list("item_id", "title"))
    was, would = _by_item(before), _by_item(after)
    return [
        Moved(
            item,
            titles.get(item, "") or f"#{item}",
            was[str(item)].due_at,
            would[str(item)].due_at,
            _late(was[str(item)], now),
            _late(would[str(item)], now),
        )
        for item in items
        if str(item) in was and str(item) in would
    ]


def _by_item(work: Work) -> dict[str, Item]:
    return {item.item: item for item in work.items}


def _late(item: Item, now: datetime) -> bool:
    return item.due_at is not None and (item.finished_at or now) > item.due_at
