"""Work as it stands folded, out of the database in columns: what full runs and large batches of live scores are scanned
from. The same rows as `work.queries.rows_for` gives, by one definition of which there are."""

from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from congtam.engine.expressions.nodes import Sort, columns
from congtam.engine.facts.work import WHOLE_WEIGHT
from congtam.engine.measuring.columnar import CODE, FAULT_FIELDS, FAULT_OF, INSTANT, WORD
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.sql.run import Source
from congtam.engine.measuring.sql.sight import LEAD
from congtam.engine.periods import Period
from congtam.engine.rulebook.columns import COLUMNS
from congtam.scores.reading import address, reader
from congtam.scores.snapshot_sql import ENGINE, LEAD_WEIGHT, READ, laying, sql

Columns = dict[str, frozenset[str]]  # by table


def needed_by(rules: Iterable[RowMeasure]) -> Columns:
    """The columns that rules may look at, by table; a table none of them counts is left out."""
    found: dict[str, set[str]] = {}
    for rule in rules:
        table = rule.indicator.model.measure.source
        own = found.setdefault(table, set(READ[table]))
        if table == "share" and rule.indicator.model.shared_work.credit == "lead_whole":
            own.add(LEAD_WEIGHT)
        for node in rule.indicator.nodes.values():
            own |= {name for name in columns(node) if name in COLUMNS[table]}
    return {table: frozenset(names) - {"as_of", "counted"} for table, names in found.items()}


def source_of(period: Period, as_of: datetime, needed: Columns, persons: Collection[int] | None = None) -> Source:
    """The work of people (None: of everyone) that may have something to say in a period, as seen at `as_of`.

    It is read on a connection apart from Django's, so only what is committed is seen; nothing may wait to be folded.
    """
    asked = {
        "people": None if persons is None else "{" + ",".join(map(str, sorted(persons))) + "}",
        "start": period.start,
        "end": period.end,
        "first": period.first,
        "until": period.until,
        "as_of": as_of,
    }
    read, laid = _read(asked, needed)
    faults = {FAULT_OF[name]: _faults(rows, laid.get(name)) for name, rows in read.items()}
    officials = _officials(read.values())
    tables = {name: _placed(name, table, officials) for name, table in read.items()}
    if persons is None and LEAD_WEIGHT in needed.get("share", ()):
        tables["share"] = tables["share"].append_column(LEAD_WEIGHT, _lead_weights(tables["share"]))
    return Source(as_of, tuple(str(number) for number in officials.tolist()), {**tables, **faults})


Tables = dict[str, pa.Table]


def _read(asked: dict[str, Any], needed: Columns) -> tuple[Tables, Tables]:
    """The rows of each table, and the faults laid to those of each table but the faults' own. Everyone's shares are
    read on a connection of their own while the rest is read on another that sees the same."""
    where = address()
    with reader(where) as cursor:
        if asked["people"] is not None:
            return _rest(cursor, asked, needed)
        cursor.execute("SELECT pg_export_snapshot()")
        (seen,) = cursor.fetchone()
        beside = {name: columns for name, columns in needed.items() if name == "share"}
        with ThreadPoolExecutor(1) as thread:
            rest = thread.submit(_rest_seen, where, seen, asked, needed, frozenset(beside))
            shares = {name: _rows(cursor, name, asked, columns) for name, columns in beside.items()}
            read, laid = rest.result()
    return {name: {**shares, **read}[name] for name in needed}, laid


def _rest_seen(
    where: str, seen: str, asked: dict[str, Any], needed: Columns, without: frozenset[str]
) -> tuple[Tables, Tables]:
    with reader(where, seen) as cursor:
        return _rest(cursor, asked, needed, without)


def _rest(
    cursor: Any, asked: dict[str, Any], needed: Columns, without: frozenset[str] = frozenset()
) -> tuple[Tables, Tables]:
    """The rows of each table but some, and the faults laid to those of all."""
    for statement in laying(asked, frozenset().union(*needed.values())):
        cursor.execute(statement)
    read = {name: _rows(cursor, name, asked, columns) for name, columns in needed.items() if name not in without}
    return read, {name: _laid(cursor, name, asked) for name in needed if name != "fault"}


def _rows(cursor: Any, table: str, asked: dict[str, Any], needed: frozenset[str]) -> pa.Table:
    """The rows of a table, by official."""
    cursor.execute(sql(table, asked, needed))
    rows = cursor.fetch_arrow_table()
    return rows.take(np.argsort(rows.column("_person").to_numpy(), kind="stable"))


def _laid(cursor: Any, table: str, asked: dict[str, Any]) -> pa.Table:
    """The faults laid to the rows of a table."""
    cursor.execute(sql(FAULT_OF[table], asked, frozenset()))
    return cursor.fetch_arrow_table()


def _officials(tables: Iterable[pa.Table]) -> np.ndarray[Any, Any]:
    """Everybody's numbers, in order."""
    named = [pc.unique(table.column("_person")).to_numpy() for table in tables]
    return np.unique(np.concatenate(named)) if named else np.zeros(0, np.int64)


def _placed(name: str, table: pa.Table, officials: np.ndarray[Any, Any]) -> pa.Table:
    """A table as a snapshot holds it."""
    made = {}
    for column, values in zip(table.column_names, table.columns, strict=True):
        if column in ENGINE:
            made[column] = values.cast(ENGINE[column])
        elif not column.startswith("_"):
            made[column] = _stored(values, {**COLUMNS["share"], **COLUMNS[name]}[column])
    if name == "share":
        made["_several"] = pa.array(_several(table))
    made["_official"] = pa.array(np.searchsorted(officials, table.column("_person").to_numpy()), pa.int32())
    made["_row"] = pa.array(np.arange(len(table)), pa.int32())
    return pa.table(made)


def _several(table: pa.Table) -> np.ndarray[Any, Any]:
    """Whether the official of a share has further shares of its item."""
    pairs = (table.column("_person").to_numpy() << 32) + table.column("_item").to_numpy()
    _, place, times = np.unique(pairs, return_inverse=True, return_counts=True)
    return times[place] > 1


def _lead_weights(shares: pa.Table) -> pa.Array:
    """The weight of each lead among the leads of its item, in millionths; of other shares their own."""
    weight, leads = shares.column("weight").to_numpy(), shares.column("role").to_numpy() == LEAD
    _, item = np.unique(shares.column("_item").to_numpy(), return_inverse=True)
    led = np.bincount(item, np.where(leads, weight, 0)).astype(np.int64)[item]
    whole = weight.astype(np.int64) * WHOLE_WEIGHT // np.maximum(led, 1)
    return pa.array(np.where(leads & (led > 0), whole, weight))


def _stored(values: pa.ChunkedArray, kind: Any) -> pa.ChunkedArray:
    if kind.sort is Sort.INSTANT:
        return values.cast(INSTANT)
    if kind.sort is Sort.TEXT:
        return values.cast(CODE) if kind.codes else values.dictionary_encode().cast(WORD)
    return values


def _faults(rows: pa.Table, laid: pa.Table | None) -> pa.Table:
    """The faults laid to the rows of a table, by the row's place; a fault (`laid` is None) is laid to itself."""
    if laid is None:
        found, place = rows.append_column("own", pa.array(np.ones(len(rows), bool))), np.arange(len(rows))
    else:
        found, place = laid, _places(rows.column("_id").to_numpy(), laid.column("_id").to_numpy())
    made = {name: found.column(name).cast(kind) for name, kind in FAULT_FIELDS.items() if name not in ("_row", "at")}
    made["at"] = found.column("at").cast(INSTANT)
    made["_row"] = pa.array(place, pa.int32())
    return pa.table(made)


def _places(keys: np.ndarray[Any, Any], wanted: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Where each wanted key stands."""
    if not len(keys):
        return wanted
    order = np.argsort(keys, kind="stable")
    return order[np.searchsorted(keys, wanted, sorter=order)]
