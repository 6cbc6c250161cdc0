"""The work of units as their cards see it: as it stands folded, or from the records of what may count in the period."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime

from django.db import connection

from congtam.engine.facts.priced import priced
from congtam.engine.facts.tables import Facts
from congtam.engine.facts.work import Item, Share, Work
from congtam.engine.measuring.rows import Rows, make_rows
from congtam.engine.periods import Period, local_day
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.legal import Entry
from congtam.scores.cards import Cards
from congtam.scores.rows import clocks_of, folded_under, prices_of
from congtam.scores.waking import TICK
from congtam.work.linked import linked
from congtam.work.models import Standing
from congtam.work.queries import events_of, work_of

WorkOf = Callable[[Entry], tuple[Work, Rows]]

_IN_UNITS = """
    SELECT share.item_id FROM work_share share JOIN work_standing item USING (item_id)
    WHERE share.unit_id = ANY(%(units)s) AND item.counts
      AND least(share.received_at, share.due_at, item.due_at) < %(end)s
      AND (share.finished_at IS NULL OR item.finished_at IS NULL OR greatest(
            share.received_at, share.finished_at, share.due_at, item.received_at, item.finished_at, item.due_at
          ) >= %(start)s)
    UNION
    SELECT item.item_id FROM work_standing item
    WHERE item.unit_id = ANY(%(units)s) AND item.counts AND least(item.received_at, item.due_at) < %(end)s
      AND (item.finished_at IS NULL
        OR greatest(item.received_at, item.finished_at, item.due_at) >= %(start)s)
    UNION
    SELECT fault.item_id FROM work_fault fault JOIN work_standing item USING (item_id)
    WHERE item.counts AND (fault.at >= %(start)s AND fault.at < %(end)s
            OR fault.charged_to >= %(first)s AND fault.charged_to < %(until)s)
      AND (fault.unit_id = ANY(%(units)s) OR item.unit_id = ANY(%(units)s) OR EXISTS (
            SELECT FROM work_share share WHERE share.item_id = fault.item_id AND share.unit_id = ANY(%(units)s)))
"""


def items_in(units: Iterable[str], period: Period) -> set[int]:
    """Items, as they stand folded, that may have something to say on these units in a period."""
    said = {"start": period.start, "end": period.end, "first": period.first, "until": period.until}
    with connection.cursor() as cursor:
        cursor.execute(_IN_UNITS, {"units": [int(unit) for unit in units], **said})
        return {item for (item,) in cursor.fetchall()}


def work_in(cards: Cards, units: Collection[str], structure: Facts, asked: Asked, now: datetime) -> WorkOf:
    """The work of units as seen now; made once for all cards that see it alike. What is over, and cards that count time
    in another way than the site, go back to the records."""
    items = items_in(units, cards.period)
    folded = None if asked.as_of < now else folded_under(local_day(now), cards.rules)
    from_records: list[Folds] = []

    def made(entry: Entry) -> tuple[Work, Rows]:
        if folded is not None and clocks_of(entry.rulebook, entry.calendar) == folded:
            work = priced(work_of(items | _changed(now), asked.as_of), prices_of(entry.rulebook))
            return work, make_rows(work, asked.as_of)
        if not from_records:
            from_records.append(Folds(_records(items, structure)))
        return from_records[0].of(entry.rulebook, asked, entry.calendar)

    return made


def next_deadlines(work: Work, as_of: datetime) -> Iterator[tuple[frozenset[str], datetime]]:
    """For each item with a deadline or appointment ahead, of its own or of anybody who shares it, the first one and the
    units in which it is worked on. One that is exactly at `as_of` is over a moment later."""
    shares: dict[str, list[Share]] = {}
    for share in work.shares:
        shares.setdefault(share.item, []).append(share)
    for item in work.items:
        own = shares.get(item.item, [])
        ahead = [at for at in (item.due_at, item.promised_at, *(one.due_at for one in own)) if at and at >= as_of]
        if ahead:
            yield _places(item, own), max(min(ahead), as_of + TICK)


def _places(item: Item, shares: Iterable[Share]) -> frozenset[str]:
    return frozenset(unit for unit in (item.unit, *(one.unit for one in shares)) if unit)


def _changed(now: datetime) -> set[int]:
    """Items that time alone changed since they were folded."""
    return linked(Standing.objects.filter(again_at__lte=now, counts=True).values_list("item_id", flat=True))


def _records(items: Iterable[int], structure: Facts) -> Facts:
    group = linked(items)
    group -= set(Standing.objects.filter(item__in=group, counts=False).values_list("item_id", flat=True))
    told = tuple(events_of(group)) if group else ()
    return Facts(events=told, spells=structure.spells, absences=structure.absences, units=structure.units)
