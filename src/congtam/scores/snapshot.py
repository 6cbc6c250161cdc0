"""Work as it stands folded, out of the database in columns: what full runs and large batches of live scores are scanned
from. The same rows as `work.queries.rows_for` gives, by one definition of which there are."""

from collections.abc import Collection, Iterable
from contextlib import closing
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from psycopg.conninfo import make_conninfo

from congtam.engine.expressions.nodes import Sort, columns
from congtam.engine.facts.work import WHOLE_WEIGHT
from congtam.engine.measuring.columnar import CODE, FAULT_FIELDS, FAULT_OF, INSTANT, WORD
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.sql.run import Source
from congtam.engine.measuring.sql.sight import LEAD
from congtam.engine.periods import Period
from congtam.engine.rulebook.columns import COLUMNS
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

    It is read on a connection of its own, so only what is committed is seen; nothing may wait to be folded.
    """
    asked = {
        "people": None if persons is None else "{" + ",".join(map(str, sorted(persons))) + "}",
        "start": period.start,
        "end": period.end,
        "first": period.first,
        "until": period.until,
        "as_of": as_of,
    }
    from adbc_driver_postgresql import dbapi  # type: ignore[import-untyped]  # a second of start, for scans alone

    with closing(dbapi.connect(_address())) as database, closing(database.cursor()) as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        for statement in laying(asked):
            cursor.execute(statement)
        read = {name: _read(cursor, name, asked, needed[name]) for name in needed}
        faults = {FAULT_OF[name]: _faults(cursor, name, asked, read[name]) for name in needed}
    officials = _officials(read.values())
    tables = {name: _placed(name, table, officials) for name, table in read.items()}
    if persons is None and LEAD_WEIGHT in needed.get("share", ()):
        tables["share"] = tables["share"].append_column(LEAD_WEIGHT, _lead_weights(tables["share"]))
    return Source(as_of, tuple(str(number) for number in officials.tolist()), {**tables, **faults})


def _address() -> str:
    """Where Django's database is, and how it must be spoken to, as the driver takes it."""
    given = connection.get_connection_params()
    told = {name: given[name] for name in ("dbname", "user", "password", "host", "port") if given.get(name)}
    return make_conninfo(**told, **connection.settings_dict["OPTIONS"])


def _read(cursor: Any, table: str, asked: dict[str, Any], needed: frozenset[str]) -> pa.Table:
    """The rows of a table, by official."""
    cursor.execute(sql(table, asked, needed))
    rows = cursor.fetch_arrow_table()
    return rows.take(np.argsort(rows.column("_person").to_numpy(), kind="stable"))


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


def _faults(cursor: Any, table: str, asked: dict[str, Any], rows: pa.Table) -> pa.Table:
    """The faults laid to the rows of a table, by the row's place; a fault is laid to itself."""
    if table == "fault":
        count = len(rows)
        found = rows.append_column("own", pa.array(np.ones(count, bool)))
        place = np.arange(count)
    else:
        cursor.execute(sql(FAULT_OF[table], asked, frozenset()))
        found = cursor.fetch_arrow_table()
        place = _places(rows.column("_id").to_numpy(), found.column("_id").to_numpy())
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
