"""The clock of one item: which rule it runs under, and what its events do to it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from congtam.engine.clock import Ledger, run_clock
from congtam.engine.clock_rule import ClockEvent, ClockRule, EventKind
from congtam.engine.facts.cells import parse_instant
from congtam.engine.facts.tables import Event
from congtam.engine.periods import local_day
from congtam.engine.working_time import Calendar


@dataclass(frozen=True)
class Clocks:
    """The working calendar, and which clock an item runs under: `choose` is told the item's attributes and the
    Vietnamese day of its receipt, for a clock is the one in force when the work came in."""

    calendar: Calendar
    choose: Callable[[Mapping[str, Any], date], ClockRule]


def run_item_clock(
    clocks: Clocks,
    item: Mapping[str, Any],
    received_at: datetime,
    given_due: datetime | None,
    moves: Iterable[ClockEvent],
    as_of: datetime,
) -> Ledger | None:
    """The ledger of an item with these attributes; None when it has neither budget nor deadline. A deadline that
    was given comes before any budget. Raises `Unusable` when the clock refuses one of them."""
    rule = clocks.choose(item, local_day(received_at))
    budget = item.get("time_limit", rule.budget) if given_due is None else None
    if given_due is None and budget is None:
        return None
    return run_clock(rule, received_at, clocks.calendar, budget, given_due, moves, as_of)


def clock_event(event: Event) -> ClockEvent:
    """An event as the clock sees it. Raises ValueError for an extension that names no instant."""
    new_due = parse_instant(event.value or "") if event.activity == "extended" else None
    kind = cast(EventKind, event.activity)
    stop = incident_of(event)
    reason = (event.value or "") if stop else ""
    return ClockEvent(event.at, kind, event.seq, new_due, event.counterpart, event.decision, stop, reason)


def incident_of(event: Event) -> str:
    """The incident by which an event stops the clock or lets it go on; blank for a stop of the work itself."""
    return str(event.attributes.get("incident") or "") if event.activity in ("paused", "resumed") else ""
