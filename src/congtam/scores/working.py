"""The work of very many people as a seal holds it: folded, in columns, as it stood at the end of the period.

Work stands folded as of now. What something happened to since, or was told of since, is folded again from its records,
as of then.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from congtam.engine.facts.tables import Facts
from congtam.engine.facts.work import Work
from congtam.engine.measuring.columnar import FAULT_FIELDS, FAULT_OF, Snapshot
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.sql.run import Source
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.rulebook.columns import COLUMNS
from congtam.engine.rulebook.digest import sha256
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.rules import ROW_KINDS
from congtam.history.refused import Refused
from congtam.scores.extract import Extract
from congtam.scores.models import Progress
from congtam.scores.rows import clocks_of, prices_of
from congtam.scores.snapshot import Columns, needed_by, source_of
from congtam.work.linked import linked
from congtam.work.models import ToFold
from congtam.work.queries import events_of

MOST_WAITING = 5_000  # items folded while somebody waits
ENGINE = ("received_at", "finished_at", "excused", "_official", "_row", "_item", "_several", "_lead_weight")


def in_columns(extract: Extract) -> bool:
    """Whether an extract is sealed in columns: too many people for records, in a month, under cards that all see work
    in one way, without prices of a catalogue."""
    if not extract.is_large or extract.period.kind is not PeriodKind.MONTH:
        return False
    entries = list(extract.entries.values())
    clocks = [clocks_of(entry.rulebook, entry.calendar) for entry in entries]
    return all(one == clocks[0] for one in clocks) and all(
        entry.card.model.roll_up is None
        and entry.card.model.combine_spells != "by_days"
        and not prices_of(entry.rulebook).codes
        for entry in entries
    )


def source_at(extract: Extract) -> Source:
    """The work of an extract's people. Raises `Refused` while very much waits to be folded, as after a change of
    rules."""
    waiting = list(ToFold.objects.filter(not_before__isnull=True).values_list("item_id", flat=True)[: MOST_WAITING + 1])
    if len(waiting) > MOST_WAITING:
        raise Refused(
            "Máy đang cập nhật công việc vừa nhận. Hãy chờ một phút rồi làm lại.",
            "Work that just arrived is being taken in. Wait a minute, then try again.",
        )
    needed, as_of = _needed(extract), extract.asked.as_of
    standing = source_of(extract.period, as_of, needed)
    since = linked([*_since(extract), *waiting])
    wanted = np.isin(np.asarray(standing.officials, dtype=object), [str(one) for one in extract.people])
    made = [_only(standing, wanted, since)]
    if since:
        made.append(_folded(extract, since, needed))
    return _together(extract, made)


def _needed(extract: Extract) -> Columns:
    """The columns that any measure over rows may look at, by table."""
    books = {entry.rulebook.id: entry.rulebook for entry in extract.entries.values()}
    indicators = [one for book in books.values() for one in book.indicators.values()]
    return needed_by(RowMeasure.of(one, {}) for one in indicators if one.model.measure.kind in ROW_KINDS)


def _since(extract: Extract) -> list[int]:
    """The items that were there at the end of the period, and to which something happened since or may any minute, or
    of which more was told than was known then; all of them where work stands folded under other clocks by now."""
    as_of, entry = extract.asked.as_of, next(iter(extract.entries.values()))
    folded = Progress.objects.filter(pk=1).values_list("clocks", flat=True).first() or ""
    others = folded not in ("", sha256(clocks_of(entry.rulebook, entry.calendar)))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT item_id FROM work_standing
            WHERE received_at < %(at)s AND (%(others)s OR moving OR again_at <= %(at)s OR seq > %(seq)s)
            UNION SELECT item_id FROM work_event JOIN work_standing standing USING (item_id)
            WHERE work_event.at >= %(at)s AND work_event.seq <= %(seq)s AND standing.received_at < %(at)s
            """,
            {"at": as_of, "seq": extract.seq, "others": others},
        )
        return [item for (item,) in cursor.fetchall()]


Tables = dict[str, pa.Table]
Named = tuple[tuple[str, ...], Tables]


def _only(source: Source, wanted: np.ndarray[tuple[int], np.dtype[np.bool_]], without: set[int]) -> Named:
    """The rows of some officials, without those of some items."""
    tables: Tables = {}
    for name, faults in FAULT_OF.items():
        table = source.relations.get(name)
        if not isinstance(table, pa.Table):
            continue
        own = np.asarray(table.column("_official").to_numpy(), np.int64)
        kept = wanted[own] & ~np.isin(table.column("_item").to_numpy(), list(without))
        tables[name], tables[faults] = _kept(table, source.relations[faults], kept)
    return source.officials, tables


def _kept(
    table: pa.Table, faults: object, kept: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> tuple[pa.Table, pa.Table]:
    assert isinstance(faults, pa.Table)
    at = faults.column("_row").to_numpy()
    return table.filter(pa.array(kept)), faults.filter(pa.array(kept[at] if len(at) else np.zeros(0, bool)))


def _folded(extract: Extract, items: Collection[int], needed: Columns) -> Named:
    """The rows of some items, folded from their records as of the end of the period."""
    facts = extract.without_work
    entry = next(iter(extract.entries.values()))
    told = Facts(events=tuple(events_of(items, extract.seq)), spells=facts.spells, absences=facts.absences)
    work, rows = Folds(told).of(entry.rulebook, extract.asked, entry.calendar)
    lasting = [int(one) for one in _lasting(work, extract.period)]
    snapshot = Snapshot.of(rows, extract.asked.as_of)
    codes = {str(one) for one in extract.people}
    wanted = np.asarray([one in codes for one in snapshot.officials], bool)
    tables: Tables = {}
    for name in needed:
        table = _numbered(snapshot.tables[name])
        own = np.asarray(table.column("_official").fill_null(-1).to_numpy(), np.int64)
        kept = (own >= 0) & (wanted[own] if len(wanted) else False)
        kept &= np.isin(table.column("_item").to_numpy(), lasting)
        tables[name], tables[FAULT_OF[name]] = _kept(table, snapshot.tables[FAULT_OF[name]], kept)
    return snapshot.officials, tables


def _lasting(work: Work, period: Period) -> set[str]:
    """The items a snapshot reads of a period: see `snapshot_sql`."""
    start = period.start
    shares = {
        share.item
        for share in work.shares
        if share.finished_at is None or _reaches(start, share.received_at, share.finished_at, share.due_at)
    }
    faults = {one.item for one in work.faults if one.at >= start or (one.charged_to and one.charged_to >= period.first)}
    return {
        item.item
        for item in work.items
        if item.item in shares | faults or item.finished_at is None or _reaches(start, item.finished_at, item.due_at)
    }


def _reaches(start: datetime, *instants: datetime | None) -> bool:
    return any(one is not None and one >= start for one in instants)


def _numbered(table: pa.Table) -> pa.Table:
    """Items by the numbers the database has for them."""
    at = table.schema.get_field_index("_item")
    return table.set_column(at, "_item", table.column("item").cast(pa.string()).cast(pa.int32()))


def _together(extract: Extract, made: list[Named]) -> Source:
    """Rows of several sources as one: officials and rows numbered anew, sorted by official."""
    named = sorted({str(one) for one in extract.people}, key=int)
    places = {code: place for place, code in enumerate(named)}
    relations: Tables = {}
    for name, faults in FAULT_OF.items():
        have = [(officials, tables[name], tables[faults]) for officials, tables in made if name in tables]
        if have:
            relations[name], relations[faults] = _joined(name, have, places)
    return Source(extract.asked.as_of, tuple(named), relations)


def _joined(
    name: str, have: list[tuple[tuple[str, ...], pa.Table, pa.Table]], places: dict[str, int]
) -> tuple[pa.Table, pa.Table]:
    columns = sorted({*COLUMNS[name], *ENGINE}.intersection(have[0][1].column_names))
    rows, laid, before = [], [], 0
    for officials, table, faults in have:
        number = np.asarray([places.get(code, -1) for code in officials], np.int32)
        old = table.column("_row").to_numpy()
        own = _set(table.select(columns), "_official", number[table.column("_official").to_numpy()])
        rows.append(_set(own, "_row", np.arange(before, before + len(own))))
        at = np.searchsorted(old, faults.column("_row").to_numpy())  # rows stand in order
        laid.append(_set(faults.select(list(FAULT_FIELDS)), "_row", at + before))
        before += len(own)
    whole, faulty = _stacked(rows), _stacked(laid)
    order = _order(whole, ["_official", "_item"], without={"_row"})
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    faulty = _set(faulty, "_row", rank[faulty.column("_row").to_numpy()] if len(faulty) else np.zeros(0, np.int64))
    return _set(whole.take(order), "_row", np.arange(len(order))), faulty.take(_order(faulty, ["_row"]))


def _order(table: pa.Table, first: list[str], without: Collection[str] = ()) -> np.ndarray[Any, Any]:
    """One order of the same rows, however they were read: by some columns, then by all others that can be compared."""
    others = [
        field.name
        for field in table.schema
        if field.name not in (*first, *without) and not pa.types.is_dictionary(field.type)
    ]
    keys = [(name, "ascending") for name in (*first, *others)]
    return np.asarray(pc.sort_indices(table.combine_chunks(), keys))


def _stacked(tables: list[pa.Table]) -> pa.Table:
    """Tables with the same columns; whole numbers widened where one of them needs it."""
    plain = [table.cast(_widest(tables)) for table in tables]
    return pa.concat_tables(plain).unify_dictionaries().combine_chunks()


def _widest(tables: list[pa.Table]) -> pa.Schema:
    def kind(name: str) -> pa.DataType:
        kinds = [table.schema.field(name).type for table in tables]
        return max(kinds, key=lambda one: one.bit_width if pa.types.is_signed_integer(one) else 0)

    return pa.schema([(name, kind(name)) for name in tables[0].column_names])


def _set(table: pa.Table, name: str, values: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, pa.array(values, pa.int32()))
