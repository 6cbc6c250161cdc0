"""Folded work laid out in columns: what a full run reads instead of one mapping per row.

A snapshot is a fold at one instant, as Arrow tables in memory or as Parquet files in a folder. It is a cache: made
from facts, thrown away, never part of a seal. Beside the columns that expressions may read (`COLUMNS`, under the same
names) every table has those of the engine:

    _official   int32    number of the official in `officials`; null when nobody is named; tables are sorted by it
    _row        int32    position of the row in its table
    _item       int32    number of the item, the same in every table
    _several    bool     (share) the official has further rows of this item; the others count as items without a set
    _key        string   the row's key as in traces
    _spell      string   the spell the row belongs to
    _lead_weight integer (share) the weight under `credit: lead_whole`

The faults laid to a table's rows stand apart in `<table>_fault`: `_row` is the row's position in its table,
`own` whether the fault is laid to that very share (`blame: own`) or only to its item (`blame: full`).

How values are stored: instants as timestamps in UTC to the microsecond, days as dates, texts with fixed codes as their
position in the list of codes (uint8), other texts by dictionary, whole numbers in the narrowest width that holds the
column. A column that no rule of a snapshot's user reads may be left out; a query that needs it is refused.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from congtam.engine.expressions.nodes import Sort, Type
from congtam.engine.facts.tables import FAULT_KINDS
from congtam.engine.facts.work import Fault
from congtam.engine.findings import unusable
from congtam.engine.measuring.rows import Row, Rows
from congtam.engine.rulebook.columns import COLUMNS

INSTANT = pa.timestamp("us")  # UTC, without saying so: engines would else ask for time zones
WORD = pa.dictionary(pa.int32(), pa.string())
CODE = pa.uint8()
WIDTHS = (pa.int8(), pa.int16(), pa.int32(), pa.int64())
SINCE = datetime(1975, 6, 13, tzinfo=UTC)
ROW_GROUP = 122_880  # what DuckDB reads as one piece of work

FAULT_FIELDS: dict[str, pa.DataType] = {
    "_row": pa.int32(),
    "kind": CODE,
    "at": INSTANT,
    "charged_to": pa.date32(),
    "voided": pa.bool_(),
    "derived": pa.bool_(),
    "own": pa.bool_(),
}
FAULT_OF = {table: f"{table}_fault" for table in COLUMNS}


@dataclass(frozen=True)
class Snapshot:
    """One fold in columns: `tables` by name (share, item, fault and their `<table>_fault`), sorted by `_official`,
    which counts in `officials`. `as_of` is the instant it was seen from, `made_from` a digest of what it was folded
    from."""

    as_of: datetime
    officials: tuple[str, ...]
    tables: Mapping[str, pa.Table]
    made_from: str = ""

    @classmethod
    def of(cls, rows: Rows, as_of: datetime, made_from: str = "") -> "Snapshot":
        """Lay rows out in columns. Raises `Unusable` for what columns cannot hold: numbers beyond 64 bits, instants
        before 13 June 1975."""
        officials = tuple(sorted({name for table in rows.by_official.values() for name in table if name}))
        numbers = {name: number for number, name in enumerate(officials)}
        items = _Numbers()
        tables: dict[str, pa.Table] = {}
        for table in COLUMNS:
            ordered = [row for _, row in _by_official(rows.by_official.get(table, {}), numbers)]
            tables[table] = _table(table, ordered, numbers, items)
            tables[FAULT_OF[table]] = _faults(ordered)
        return cls(as_of, officials, tables, made_from)

    def write(self, folder: Path) -> None:
        """Write Parquet files into a new or empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise unusable("folder-in-use", f"{folder} is not empty", "choose a new folder")
        for name, table in self.tables.items():
            write_parquet(table, folder / f"{name}.parquet")
        meta = {b"as_of": self.as_of.isoformat().encode(), b"made_from": self.made_from.encode()}
        officials = pa.table({"official": pa.array(self.officials, pa.string())}).replace_schema_metadata(meta)
        write_parquet(officials, folder / "official.parquet")


def write_parquet(table: pa.Table, path: Path) -> None:
    """One table as Parquet: zstd, in row groups that one thread reads at a time."""
    pq.write_table(table, path, compression="zstd", row_group_size=ROW_GROUP)


def read_officials(folder: Path) -> tuple[datetime, tuple[str, ...], str]:
    """The instant, the officials and the origin of a snapshot on disk. Raises `Unusable` when the folder holds none."""
    path = folder / "official.parquet"
    if not path.is_file():
        raise unusable(
            "no-snapshot", f"{folder} holds no official.parquet", "name a folder that a snapshot was made in"
        )
    try:
        table = pq.read_table(path)
        told = {name.decode(): text.decode() for name, text in (table.schema.metadata or {}).items()}
        as_of = datetime.fromisoformat(told["as_of"]).astimezone(UTC)
        return as_of, tuple(table.column("official").to_pylist()), told.get("made_from", "")
    except (pa.ArrowInvalid, KeyError, ValueError) as error:
        raise unusable("bad-snapshot", f"{path} is no list of officials: {error}", "make the snapshot again") from None


class _Numbers:
    """Texts as numbers, in order of first use."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __getitem__(self, text: str) -> int:
        return self._known.setdefault(text, len(self._known))


def _by_official(by_official: Mapping[str, list[Row]], numbers: Mapping[str, int]) -> Iterator[tuple[str, Row]]:
    """Rows in order of their official's number, those of nobody last."""
    for name in sorted(by_official, key=lambda name: numbers.get(name, len(numbers))):
        yield from ((name, row) for row in by_official[name])


def _table(table: str, rows: list[Row], numbers: Mapping[str, int], items: _Numbers) -> pa.Table:
    made = {
        name: stored([row[name] for row in rows], kind)
        for name, kind in COLUMNS[table].items()
        if name not in ("as_of", "counted")
    }
    for name in ("received_at", "finished_at", "excused"):  # what decides the period of a fault as well
        if name not in made:
            made[name] = stored([row[name] for row in rows], COLUMNS["share"][name])
    made["_official"] = pa.array([numbers.get(row["official"] or "") for row in rows], pa.int32())
    made["_row"] = pa.array(range(len(rows)), pa.int32())
    made["_item"] = pa.array([items[row["_item"]] for row in rows], pa.int32())
    made["_key"] = pa.array([row["_key"] for row in rows], pa.string())
    made["_spell"] = pa.array([row["_spell"] for row in rows], pa.string()).cast(WORD)
    if table == "share":
        made["_lead_weight"] = whole_numbers([row["_lead_weight"] for row in rows])
        made["_several"] = pa.array(_several(rows), pa.bool_())
    return pa.table(made)


def _several(rows: Iterable[Row]) -> list[bool]:
    times: dict[tuple[Any, Any], int] = {}
    held = [(row["official"], row["_item"]) for row in rows]
    for one in held:
        times[one] = times.get(one, 0) + 1
    return [times[one] > 1 for one in held]


def stored(values: list[Any], kind: Type) -> pa.Array:
    """A column of values of one kind as a snapshot stores it. Raises `Unusable` when it cannot."""
    match kind.sort:
        case Sort.INSTANT:
            _refuse_old(values)
            return pa.array(values, INSTANT)
        case Sort.DAY:
            return pa.array(values, pa.date32())
        case Sort.BOOLEAN:
            return pa.array(values, pa.bool_())
        case Sort.NUMBER:
            return whole_numbers(values)
    if kind.codes:
        places = {code: place for place, code in enumerate(kind.codes)}
        if strange := {value for value in values if value is not None and value not in places}:
            what = f"{min(strange)!r} is none of the codes {', '.join(places)}"
            raise unusable("unknown-code", what, "mend the record, or score row by row with `evaluate`")
        return pa.array([None if value is None else places[value] for value in values], CODE)
    return pa.array(values, pa.string()).cast(WORD)


def whole_numbers(values: list[int | None]) -> pa.Array:
    """Whole numbers in the narrowest width that holds them all."""
    try:
        wide = pa.array(values, pa.int64())
    except OverflowError:
        advice = "look for a coefficient or weight that cannot be true"
        raise unusable("figure-too-large", "a number of the work does not fit 64 bits", advice) from None
    largest = max((abs(value) for value in values if value is not None), default=0)
    return wide.cast(next((width for width in WIDTHS if largest < 1 << (width.bit_width - 1)), pa.int64()))


def _refuse_old(values: list[Any]) -> None:
    """Days of instants are counted at the hours Vietnam has had since then."""
    oldest = min((value for value in values if value is not None), default=SINCE)
    if oldest < SINCE:
        advice = "mend the record (it is often a blank in disguise), or score row by row with `evaluate`"
        raise unusable("too-old", f"an instant of the work is {oldest.isoformat()}, before 13 June 1975", advice)


def _faults(rows: list[Row]) -> pa.Table:
    laid = [(place, fault, row) for place, row in enumerate(rows) for fault in row["_all_faults"]]
    return pa.table(
        {
            "_row": pa.array([place for place, _, _ in laid], pa.int32()),
            "kind": pa.array([FAULT_KINDS.index(fault.kind) for _, fault, _ in laid], CODE),
            "at": pa.array([fault.at for _, fault, _ in laid], INSTANT),
            "charged_to": pa.array([fault.charged_to for _, fault, _ in laid], pa.date32()),
            "voided": pa.array([fault.voided_by is not None for _, fault, _ in laid], pa.bool_()),
            "derived": pa.array([fault.derived for _, fault, _ in laid], pa.bool_()),
            "own": pa.array([_own(fault, row) for _, fault, row in laid], pa.bool_()),
        }
    )


def _own(fault: Fault, row: Row) -> bool:
    return any(fault is other for other in row["_faults"])
