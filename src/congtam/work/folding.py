"""Folds the items that wait: events in, standing, shares and faults out. What it writes can always be made again."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection, models, transaction

from congtam.engine.facts.fold import MENDS, Clocks, fold
from congtam.engine.facts.tables import Event
from congtam.engine.facts.work import Item, Work
from congtam.engine.periods import local_day
from congtam.people.facts import spells_of
from congtam.work.authority import Authorities
from congtam.work.clocks import clocks_now, next_minute
from congtam.work.events import events_of
from congtam.work.linked import linked
from congtam.work.models import Fault, Share, Standing
from congtam.work.models import Item as ItemRow
from congtam.work.projected import fault_row, share_row, standing_row

_LOCK = 4_277_003  # one folds at a time: linked items are folded together
TICK = timedelta(microseconds=1)
STOPS = {"paused": "paused", "requested": "requested", "resumed": "paused", "supplied": "requested"}


class Folded(NamedTuple):
    """How many waiting items were folded, and the numbers of the officials who held a share before or hold one now."""

    items: int
    officials: set[int]


def fold_waiting(limit: int, now: datetime, clocks: Clocks | None = None) -> Folded:
    """Fold at most `limit` items that wait or whose time has come, as seen at `now`.

    `clocks`: those of the site's first scorecard by law, unless given. While another worker folds, nothing is done.
    """
    with transaction.atomic():
        items = _take(limit, now)
        if not items:
            return Folded(0, set())
        return Folded(len(items), fold_items(items, now, clocks or clocks_now(now)))


def next_wake_up() -> datetime | None:
    """The next instant at which an item must be folded though no record arrives; one that lies behind: now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT least((SELECT min(again_at) FROM work_standing), (SELECT min(since) FROM work_tofold))")
        (instant,) = cursor.fetchone()
    return instant


def fold_all_again() -> None:
    """Every item waits to be folded: rules or calendar changed."""
    _again("SELECT id FROM work_item", [])


def fold_again_of(persons: Iterable[int] | None) -> None:
    """Every item in which these people (None: anybody) have a share waits: they work elsewhere than was known."""
    if persons is None:
        _again("SELECT DISTINCT item_id FROM work_share", [])
    else:
        _again("SELECT DISTINCT item_id FROM work_share WHERE official_id = ANY(%s)", [list(persons)])


def _again(which: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO work_tofold (item_id) {which} "
            "ON CONFLICT (item_id) DO UPDATE SET since = least(work_tofold.since, now())",
            values,
        )


def _take(limit: int, now: datetime) -> list[int]:
    """Marks are taken away before events are read: what is appended from here on leaves a mark of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return []
        cursor.execute(
            """
            DELETE FROM work_tofold WHERE item_id = ANY(ARRAY(
                SELECT item_id FROM work_tofold WHERE since <= %s ORDER BY since LIMIT %s FOR UPDATE SKIP LOCKED))
            RETURNING item_id
            """,
            [now, limit],
        )
        items = [item for (item,) in cursor.fetchall()]
        cursor.execute(
            "SELECT item_id FROM work_standing WHERE again_at <= %s ORDER BY again_at LIMIT %s",
            [now, limit - len(items)],
        )
        return list(dict.fromkeys([*items, *(item for (item,) in cursor.fetchall())]))


def fold_items(items: Iterable[int], now: datetime, clocks: Clocks) -> set[int]:
    """Fold items, and those counted together with them, and write what came out; the officials it touches."""
    group = sorted(linked(items))
    events = events_of(group)
    folded = fold_apart(events, now, clocks)
    touched = _officials(group)
    _write(group, events, folded, now, clocks)
    return touched | _officials(group)


class Apart(NamedTuple):
    """Work that counts, and work of sources that are kept for reference only."""

    counting: Work
    reference: Work


def fold_apart(events: Sequence[Event], as_of: datetime, clocks: Clocks) -> Apart:
    """The fold of whole groups of linked items; what does not count is folded by itself, and lends nothing to others."""
    people = {int(code) for event in events for code in (event.official, event.counterpart) if code and code.isdecimal()}
    spells = spells_of(people)
    work = fold(events, as_of, clocks=clocks, spells=spells)
    apart = _reference(work.items)
    if not apart:
        return Apart(work, Work())
    counting = fold([one for one in events if one.item not in apart], as_of, clocks=clocks, spells=spells)
    others = [one for one in events if one.item in apart and one.activity != "same_as"]
    return Apart(counting, fold(others, as_of, clocks=clocks, spells=spells))


def _reference(items: Iterable[Item]) -> set[str]:
    """Items whose source is not the authoritative one."""
    authorities = Authorities.now()
    if not authorities.by_kind:
        return set()
    found = list(items)
    sources = dict(ItemRow.objects.filter(pk__in=[int(one.item) for one in found]).values_list("pk", "source_id"))

    def counts(one: Item) -> bool:
        unit = int(one.unit) if one.unit else None
        return authorities.counts(sources[int(one.item)], one.kind, unit, local_day(one.received_at))

    return {one.item for one in found if not counts(one)}


def _officials(items: list[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT official_id FROM work_share WHERE item_id = ANY(%s) UNION "
            "SELECT official_id FROM work_fault WHERE item_id = ANY(%s) AND official_id IS NOT NULL",
            [items, items],
        )
        return {official for (official,) in cursor.fetchall()}


def _write(group: list[int], events: Sequence[Event], folded: Apart, now: datetime, clocks: Clocks) -> None:
    time = _Time(events, folded, now, clocks)
    last: dict[str, int] = {}
    for event in events:
        last[event.item] = max(last.get(event.item, 0), event.seq)
    standings, shares, faults = [], [], []
    for work, counts in ((folded.counting, True), (folded.reference, False)):
        open_ = {share.item for share in work.shares if share.finished_at is None}
        voided = {fault.share: fault.voided_by for fault in work.faults if fault.derived}
        for item in work.items:
            moving, again_at = time.moving and time.unfinished(item, open_), time.again_at(item, open_)
            settled = again_at is None and item.state != "open" and item.item not in open_
            standings.append(standing_row(item, last[item.item], settled, moving, counts, again_at))
        shares += [share_row(share, voided.get(share.key)) for share in work.shares]
        faults += [fault_row(fault) for fault in work.faults]
    with connection.cursor() as cursor:
        for table in ("work_standing", "work_share", "work_fault"):
            cursor.execute(f"DELETE FROM {table} WHERE item_id = ANY(%s)", [group])
    _copy(Standing, standings)
    _copy(Share, shares)
    _copy(Fault, faults)
