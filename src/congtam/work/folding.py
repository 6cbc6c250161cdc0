"""Folds the items that wait: events in, standing, shares and faults out. What it writes can always be made again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from congtam.engine.facts import work as engine
from congtam.engine.facts.fold import Clocks
from congtam.engine.facts.tables import Event
from congtam.work.apart import Apart, fold_apart
from congtam.work.clocks import clocks_now
from congtam.work.coming_up import NOTHING, coming_up
from congtam.work.events import events_of
from congtam.work.linked import linked
from congtam.work.models import Fault, Share, Standing, ToFold
from congtam.work.projected import among, copy_rows, fault_row, share_row, standing_row

_LOCK = 4_277_003  # one folds at a time: linked items are folded together


class Touched(NamedTuple):
    """The officials who hold a share of some items, and the units in which their work stands."""

    officials: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(self.officials | other.officials, self.units | other.units)


class Folded(NamedTuple):
    """How many waiting items were folded, and whom that `touched`, before or now; `recounted`: those whose work began
    to count, or counts no more, as another source is the authoritative one."""

    items: int
    touched: Touched = Touched()
    recounted: Touched = Touched()

    @property
    def officials(self) -> frozenset[int]:
        """The officials it touched."""
        return self.touched.officials


def fold_waiting(limit: int, now: datetime, clocks: Clocks | None = None) -> Folded:
    """Fold at most `limit` items that wait or whose time has come, as seen at `now`.

    `clocks`: those of the site's first scorecard by law, unless given. While another worker folds, nothing is done.
    """
    with transaction.atomic():
        items = _take(limit, now)
        if not items:
            return Folded(0)
        return Folded(len(items), *fold_items(items, now, clocks or clocks_now(now).clocks))


def fold_at_once(items: Iterable[int], now: datetime) -> None:
    """Fold items that were just written to, so that the next page shows it; they still wait, so that whoever scores
    learns whom it touches. Left to the worker while it folds, or where somebody would lose a share (whom the worker
    could then no longer see)."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return
        clocks, group = clocks_now(now).clocks, sorted(linked(items))
        events = events_of(group)
        folded = fold_apart(events, now, clocks)
        held = {int(one.official) for work in folded for one in work.shares}
        if touched_by(group).officials <= held:
            _write(group, events, folded, now, clocks)


def waiting(now: datetime) -> bool:
    """Whether an item waits to be folded, or its time has come."""
    due = Q(not_before=None) | Q(not_before__lte=now)
    return ToFold.objects.filter(due).exists() or Standing.objects.filter(again_at__lte=now).exists()


def next_wake_up() -> datetime | None:
    """The next instant at which an item must be folded though no record arrives; one that lies behind: now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least((SELECT min(again_at) FROM work_standing), "
            "(SELECT min(coalesce(not_before, since)) FROM work_tofold))"
        )
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
            f"INSERT INTO work_tofold (item_id) {which} ON CONFLICT (item_id) DO UPDATE SET not_before = NULL",
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
                SELECT item_id FROM work_tofold WHERE not_before IS NULL OR not_before <= %s
                ORDER BY since LIMIT %s FOR UPDATE SKIP LOCKED))
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


def fold_items(items: Iterable[int], now: datetime, clocks: Clocks) -> tuple[Touched, Touched]:
    """Fold items, and those counted together with them, and write what came out; whom it touches, and those of them
    whose work counts otherwise than before."""
    group = sorted(linked(items))
    events = events_of(group)
    folded = fold_apart(events, now, clocks)
    otherwise = sorted(linked(_counted_otherwise(group, folded)))
    touched, recounted = touched_by(group), touched_by(otherwise)
    _write(group, events, folded, now, clocks)
    return touched | touched_by(group), recounted | touched_by(otherwise)


def _counted_otherwise(group: list[int], folded: Apart) -> set[int]:
    """Items that stood and counted, and are kept for reference now, or the other way round."""
    counting = {int(item.item) for item in folded.counting.items}
    stood = Standing.objects.filter(item__in=group).values_list("item_id", "counts")
    return {item for item, counted in stood if counted != (item in counting)}


def touched_by(items: list[int]) -> Touched:
    """Whose shares and faults items have as they stand, and in which units. One query; none for no items."""
    if not items:
        return Touched()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT official_id, unit_id FROM work_share WHERE item_id = ANY(%(items)s) UNION "
            "SELECT official_id, unit_id FROM work_fault WHERE item_id = ANY(%(items)s) UNION "
            "SELECT NULL, unit_id FROM work_standing WHERE item_id = ANY(%(items)s)",
            {"items": items},
        )
        rows = cursor.fetchall()
    officials = frozenset(official for official, _ in rows if official is not None)
    return Touched(officials, frozenset(unit for _, unit in rows if unit is not None))


def _write(group: list[int], events: Sequence[Event], folded: Apart, now: datetime, clocks: Clocks) -> None:
    """The projections of a whole group, in place of those that stood."""
    coming = coming_up(events, folded, now, clocks.calendar)
    last: dict[str, int] = {}
    for event in events:
        last[event.item] = max(last.get(event.item, 0), event.seq)
    standings, shares, faults = [], [], []
    for work, counts in ((folded.counting, True), (folded.reference, False)):
        open_ = {share.item for share in work.shares if share.finished_at is None}
        voided = {fault.share: fault.voided_by for fault in work.faults if fault.derived}
        held: dict[str, list[engine.Share]] = defaultdict(list)
        for share in work.shares:
            held[share.item].append(share)
        for item in work.items:
            next_ = coming.pop(item.item)
            settled = next_ == NOTHING and item.state != "open" and item.item not in open_
            standings.append(standing_row(item, last[item.item], settled, next_.moving, counts, next_.at))
            common = among(item, held[item.item])
            shares += [share_row(share, voided.get(share.key), common) for share in held[item.item]]
        faults += [fault_row(fault) for fault in work.faults]
    with connection.cursor() as cursor:
        for table in ("work_standing", "work_share", "work_fault"):
            cursor.execute(f"DELETE FROM {table} WHERE item_id = ANY(%s)", [group])
    copy_rows(Standing, standings)
    copy_rows(Share, shares)
    copy_rows(Fault, faults)
    _wait_for({int(item): next_.at for item, next_ in coming.items() if next_.at})


def _wait_for(items: dict[int, datetime]) -> None:
    """Items that nothing has registered yet wait until something dated ahead does."""
    for item, at in items.items():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO work_tofold (item_id, not_before) VALUES (%s, %s) ON CONFLICT (item_id) DO NOTHING",
                [item, at],
            )
