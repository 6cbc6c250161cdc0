"""Reading work: events as facts, and rows for the evaluator from what is folded."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Q

from congtam.engine.facts.fold import Clocks
from congtam.engine.facts.priced import Prices, priced
from congtam.engine.facts.work import Work
from congtam.engine.measuring.rows import Rows, make_rows
from congtam.engine.periods import Period
from congtam.work.apart import fold_apart
from congtam.work.clocks import clocks_now
from congtam.work.events import events_of
from congtam.work.linked import linked
from congtam.work.models import Standing
from congtam.work.projected import read_work

__all__ = ["counts", "events_of", "items_of", "items_touching", "rows_for", "work_of"]


def items_touching(persons: Iterable[int], seq: int | None = None) -> set[int]:
    """Every item that ever spoke of these people as holders or at fault, as known at `seq`, with the items counted
    together with them; those of sources kept for reference only are left out."""
    people, last = list(persons), 2**63 - 1 if seq is None else seq
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT item_id FROM work_event
            WHERE activity IN ('assigned', 'fault') AND official_id = ANY(%s) AND seq <= %s
            UNION
            SELECT item_id FROM work_event WHERE activity = 'passed_on' AND counterpart = ANY(%s) AND seq <= %s
            """,
            [people, last, [str(one) for one in people], last],
        )
        found = linked(item for (item,) in cursor.fetchall())
    return found - set(Standing.objects.filter(item__in=found, counts=False).values_list("item_id", flat=True))


def items_of(persons: Iterable[int], period: Period) -> set[int]:
    """Items, as they stand folded, that may have something to say on these people in a period: received before its end,
    and not over and done with before it began."""
    people = list(persons)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH lasting AS MATERIALIZED (
                SELECT share.item_id, least(share.received_at, share.due_at, item.due_at) < %(end)s
                  AND (share.finished_at IS NULL OR item.finished_at IS NULL OR greatest(
                    share.received_at, share.finished_at, share.due_at, item.received_at, item.finished_at, item.due_at
                  ) >= %(start)s) AS within
                FROM work_share share JOIN work_standing item ON item.item_id = share.item_id
                WHERE share.official_id = ANY(%(people)s) AND share.lasts_until >= %(start)s AND item.counts)
            SELECT item_id FROM lasting WHERE within
            UNION
            SELECT fault.item_id FROM lasting JOIN work_fault fault ON fault.item_id = lasting.item_id
            WHERE NOT lasting.within AND fault.derived AND fault.at >= %(start)s AND fault.at < %(end)s
            UNION
            SELECT fault.item_id FROM work_fault fault JOIN work_standing item ON item.item_id = fault.item_id
            WHERE item.counts AND NOT fault.derived AND (fault.at >= %(start)s AND fault.at < %(end)s
                    OR fault.charged_to >= %(first)s AND fault.charged_to < %(until)s)
              AND (fault.official_id = ANY(%(people)s) OR EXISTS (
                    SELECT FROM work_share share
                    WHERE share.item_id = fault.item_id AND share.official_id = ANY(%(people)s)))
            """,
            {"people": people, "start": period.start, "end": period.end, "first": period.first, "until": period.until},
        )
        return {item for (item,) in cursor.fetchall()}


def counts(item: int) -> bool:
    """Whether an item feeds scores: it is folded, and its source is the authoritative one."""
    return Standing.objects.filter(item=item, counts=True).exists()


def work_of(items: Collection[int], as_of: datetime, clocks: Clocks | None = None) -> Work:
    """The work of items at `as_of`, which must not lie before they were folded. What has changed by itself since, or
    does so with every minute, is folded for the purpose."""
    stale = linked(
        Standing.objects.filter(item__in=list(items)).filter(_moved_by(as_of)).values_list("item_id", flat=True)
    )
    work = read_work(set(items) - stale, as_of)
    if not stale:
        return work
    fresh = fold_apart(events_of(stale), as_of, clocks or clocks_now(as_of).clocks).counting
    return Work(
        tuple(sorted([*work.items, *fresh.items], key=lambda item: item.item)),
        tuple(sorted([*work.shares, *fresh.shares], key=lambda share: share.item)),
        tuple(sorted([*work.faults, *fresh.faults], key=lambda fault: (fault.item, fault.at, fault.fault))),
    )


def rows_for(
    persons: Iterable[int],
    period: Period,
    as_of: datetime,
    *,
    clocks: Clocks | None = None,
    prices: Prices | None = None,
) -> Rows:
    """The rows of people that may have something to say in a period, as the engine makes them of a fold at `as_of`.

    They come from what is folded. `clocks`: those under which it was folded, unless they are the site's own; `prices`:
    the catalogues of the rulebook that reads the rows.
    """
    people = set(persons)
    items = items_of(people, period) | _to_come(people, as_of)
    work = work_of(items, as_of, clocks)
    rows = make_rows(priced(work, prices) if prices else work, as_of)
    named = {str(person) for person in people}
    return Rows(
        {
            table: {official: own for official, own in by_official.items() if official in named}
            for table, by_official in rows.by_official.items()
        }
    )


def _moved_by(as_of: datetime) -> Q:
    return Q(moving=True) | Q(again_at__lte=as_of)


def _to_come(people: set[int], as_of: datetime) -> set[int]:
    """Items in which an event dated ahead, and over by `as_of`, gives one of these people a share."""
    changed = Standing.objects.filter(again_at__lte=as_of, counts=True).values_list("item_id", flat=True)
    items = linked(changed)
    if not items:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT item_id FROM work_event WHERE item_id = ANY(%s)
              AND (official_id = ANY(%s) OR activity = 'passed_on' AND counterpart = ANY(%s))
            """,
            [list(items), list(people), [str(one) for one in people]],
        )
        return linked(item for (item,) in cursor.fetchall())
