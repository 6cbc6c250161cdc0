"""When an item must be folded anew though nothing is told of it: what is dated ahead, and clocks that stand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from congtam.engine.calendars import Calendar
from congtam.engine.facts.fold import MENDS
from congtam.engine.facts.item_clock import incident_of
from congtam.engine.facts.tables import Event
from congtam.work.apart import Apart
from congtam.work.clocks import next_minute

TICK = timedelta(microseconds=1)  # an event counts from the moment after its own
STOPS = {"paused": "paused", "resumed": "paused", "requested": "requested", "supplied": "requested"}


class Next(NamedTuple):
    """`moving`: its figures move with the time. `at`: the next instant at which its fold differs."""

    moving: bool
    at: datetime | None


NOTHING = Next(False, None)


def coming_up(events: Sequence[Event], folded: Apart, now: datetime, calendar: Calendar) -> dict[str, Next]:
    """What comes up for each item; items that are folded together share it."""
    unfinished = _unfinished(folded)
    found: dict[str, Next] = {}
    for family in _families(events):
        own = [event for item in family for event in family[item]]
        ahead = [event.at + TICK for event in own if event.at >= now and event.activity not in MENDS]
        moving = not unfinished.isdisjoint(family) and any(_moves(rows, now) for rows in family.values())
        if moving:
            ahead.append(next_minute(calendar, now))
        found |= dict.fromkeys(family, Next(moving, min(ahead, default=None)))
    return found


def _unfinished(folded: Apart) -> set[str]:
    """Items that are open, or have a share that is."""
    works = (folded.counting, folded.reference)
    items = {item.item for work in works for item in work.items if item.state == "open"}
    return items | {share.item for work in works for share in work.shares if share.finished_at is None}


def _families(events: Sequence[Event]) -> Iterable[dict[str, list[Event]]]:
    """The events by item, items joined by `same_as` together."""
    by_item: dict[str, list[Event]] = defaultdict(list)
    joined: dict[str, set[str]] = defaultdict(set)
    for event in events:
        by_item[event.item].append(event)
        if event.activity == "same_as" and event.value:
            joined[event.item].add(event.value)
            joined[event.value].add(event.item)
    left = dict(by_item)
    while left:
        first = next(iter(left))
        family, open_ = {}, [first]
        while open_:
            item = open_.pop()
            if item in left:
                family[item] = left.pop(item)
                open_ += joined[item]
        yield family


def _moves(events: Sequence[Event], now: datetime) -> bool:
    """Whether a stop of the clock is open, or a delay was voided before it came to one."""
    events = _standing(events)
    if any(event.activity == "voided" and (event.value or "").startswith("delay:") for event in events):
        return True
    stops = [event for event in events if event.activity in STOPS and event.at < now]
    open_: set[tuple[str, str]] = set()
    for event in sorted(stops, key=lambda event: (event.at, event.seq)):
        if event.activity in ("paused", "requested"):
            open_.add((STOPS[event.activity], incident_of(event)))
        else:
            open_.discard((STOPS[event.activity], incident_of(event)))
    return bool(open_)


def _standing(events: Sequence[Event]) -> Sequence[Event]:
    """The events that were not taken back; a taking back can itself be taken back."""
    gone: set[str] = set()
    for event in sorted(events, key=lambda event: event.seq, reverse=True):
        if event.activity == "withdrawn" and str(event.seq) not in gone:
            gone.add(event.value or "")
    return [event for event in events if str(event.seq) not in gone]
