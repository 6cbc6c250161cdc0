"""Of the work of people over all years, that which can move a figure of one period: the rest need not be sealed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from congtam.engine.facts.tables import Facts
from congtam.engine.facts.work import Item, Share, Work
from congtam.engine.periods import Period
from congtam.engine.scoring.agency import AgencyRun


def relevant(facts: Facts, run: AgencyRun) -> Facts:
    """The facts without events of work that was over before the period, or begins after it."""
    kept: set[str] = set()
    for one in run.runs.values():
        kept |= set(_items(one.work, run.asked.period))
    return replace(facts, events=tuple(event for event in facts.events if event.item in kept))


def _items(work: Work, period: Period) -> Iterable[str]:
    """The items that last into the period, that have a fault in it or charged to it, and those that are one with
    them."""
    start = period.start
    lasting = {item.item for item in work.items if _lasts(item, start)}
    lasting |= {share.item for share in work.shares if _lasts(share, start)}
    lasting |= {
        fault.item
        for fault in work.faults
        if fault.at >= start or (fault.charged_to is not None and fault.charged_to >= period.first)
    }
    same = {item.item: item.same_as for item in work.items if item.same_as is not None}
    while True:
        joined = {one for pair in same.items() if lasting & set(pair) for one in pair} - lasting
        if not joined:
            return lasting
        lasting |= joined


def _lasts(one: Item | Share, start: datetime) -> bool:
    if one.finished_at is None and one.state not in ("cancelled",):
        return True
    instants = (one.received_at, one.finished_at, one.due_at, one.accepted_at)
    return any(instant is not None and instant >= start for instant in instants)
