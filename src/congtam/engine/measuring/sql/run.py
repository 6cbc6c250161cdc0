"""Runs compiled measures on DuckDB and gives totals. The only module that knows a database.

DuckDB works in memory on Arrow tables, or reads the Parquet files of a snapshot where they lie. It never writes a
database file and never fetches an extension.
"""

import glob
import os
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sqlglot import exp

from congtam.engine.findings import unusable
from congtam.engine.measuring.columnar import Snapshot, read_officials
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.sql.nodes import name
from congtam.engine.measuring.sql.query import Fields, Query, compile_query
from congtam.engine.measuring.sql.sight import AS_OF, Window
from congtam.engine.measuring.sql.statement import N_ITEMS, SUBJECT, Grouping
from congtam.engine.measuring.totals import Sums, Totals, Whole

BY_OFFICIAL = Grouping(name("_official"), one_official=True)
BELOW = "below"  # which units stand under which
Wholes = NDArray[np.int64]
Config = dict[str, str | bool | int | float | list[str]]


@dataclass(frozen=True)
class Source:
    """Where a snapshot is read from: its instant and officials, and a relation per table (an Arrow table, or the path
    of a Parquet file)."""

    as_of: datetime
    officials: tuple[str, ...]
    relations: Mapping[str, pa.Table | Path]
    made_from: str = ""

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Source":
        """A snapshot in memory."""
        return cls(snapshot.as_of, snapshot.officials, snapshot.tables, snapshot.made_from)

    @classmethod
    def at(cls, folder: Path) -> "Source":
        """A snapshot on disk. Raises `Unusable` when the folder holds none."""
        as_of, officials, made_from = read_officials(folder)
        return cls(as_of, officials, {path.stem: path for path in sorted(folder.glob("*.parquet"))}, made_from)


@dataclass(frozen=True)
class Scan:
    """What to measure: rules by name, those that make up a subject's items, and the period."""

    rules: Mapping[str, RowMeasure]
    scored: tuple[str, ...]
    window: Window
    threads: int | None = None

    def queries(self, grouping: Grouping) -> list[Query]:
        """One statement per table that the rules look at."""
        by_table: dict[str, dict[str, RowMeasure]] = {}
        for each, rule in self.rules.items():
            by_table.setdefault(rule.indicator.model.measure.source, {})[each] = rule
        return [
            compile_query(table, of_table, self.scored, self.window, grouping) for table, of_table in by_table.items()
        ]


def measure_officials(source: Source, scan: Scan, queries: list[Query] | None = None) -> Totals:
    """Every measure for every official of a snapshot, in one scan per table; those without rows have zeros.

    `queries`: those of the scan, made before. Raises `Unusable` when a figure does not fit 64 bits on its way (also of
    a row that only another measure counts), or the snapshot lacks a table or column that a rule reads.
    """
    return _Run(source, scan, queries or scan.queries(BY_OFFICIAL)).totals(source.officials)


def measure_units(source: Source, scan: Scan, units: Mapping[str, Iterable[str]]) -> Totals:
    """The same for units: each with the work done in any of the units named (itself and those under it)."""
    subjects = tuple(units)
    pairs = [(place, code) for place, codes in enumerate(units.values()) for code in sorted(codes)]
    below = pa.table(
        {
            "above": pa.array([place for place, _ in pairs], pa.int32()),
            "below_unit": pa.array([code for _, code in pairs], pa.string()),
        }
    )
    on = exp.EQ(this=name("unit", "rows"), expression=name("below_unit", BELOW))
    grouping = Grouping(name("above", BELOW), join=exp.to_table(BELOW), on=on)
    return _Run(source, scan, scan.queries(grouping), {BELOW: below}).totals(subjects)


class _Run:
    """One scan per table, executed, and read back as arrays."""

    def __init__(self, source: Source, scan: Scan, queries: list[Query], beside: Mapping[str, pa.Table] | None = None):
        self._source, self._scan, self._queries = source, scan, queries
        self._beside = beside or {}

    def totals(self, subjects: tuple[str, ...]) -> Totals:
        """The totals of all subjects; the statements know them by their places."""
        answers = [(query, self._answer(query, query.text)) for query in self._queries]
        sums: dict[str, Sums] = {}
        items = np.zeros(len(subjects), np.int64)
        for query, answer in answers:
            read = _Reader(answer, _places(answer), len(subjects))
            sums |= {each: read.sums(self._scan.rules[each], fields) for each, fields in query.fields.items()}
            items += read.wholes(N_ITEMS if N_ITEMS in answer.column_names else None)
        if sum(query.items is not None for query in self._queries) > 1:
            items = self._items(len(subjects))
        return Totals(subjects, {each: sums[each] for each in self._scan.rules}, items)

    def _items(self, size: int) -> Wholes:
        """Distinct items over several tables: one that occurs in two of them counts once."""
        pairs = set[tuple[int, int]]()
        for query in self._queries:
            if query.items is not None:
                answer = self._answer(query, query.items_text)
                held = zip(_places(answer).tolist(), answer.column("_item").to_pylist(), strict=True)
                pairs.update(pair for pair in held if pair[0] >= 0)
        return np.bincount([place for place, _ in pairs], minlength=size).astype(np.int64)

    def _relation(self, table: str) -> pa.Table | Path:
        relation = self._beside.get(table, self._source.relations.get(table))
        if relation is None:
            advice = "make the snapshot again, with every table that the rules read"
            raise unusable("no-table", f"the snapshot has no table {table}", advice)
        return relation

    def _asked(self, sql: str) -> dict[str, str]:
        """The instant from which the work is seen, where a statement asks for it."""
        as_of = self._scan.window.as_of.astimezone(UTC).replace(tzinfo=None)
        return {AS_OF: as_of.isoformat(sep=" ")} if f"${AS_OF}" in sql else {}

    def _answer(self, query: Query, sql: str) -> pa.Table:
        with closing(_engine(self._scan.threads, os.getpid()).cursor()) as connection:
            try:
                for table in query.reads:
                    _offer(connection, table, self._relation(table))
                return connection.execute(sql, self._asked(sql)).to_arrow_table()
            except duckdb.OutOfRangeException as error:
                advice = "look for coefficients or weights that cannot be true"
                raise unusable(
                    "figure-too-large", f"a figure of {query.table} does not fit 64 bits: {error}", advice
                ) from None
            except (duckdb.InvalidInputException, duckdb.IOException) as error:
                raise unusable("bad-snapshot", f"the snapshot cannot be read: {error}", "make it again") from None
            except duckdb.BinderException as error:
                if "column" not in str(error):
                    raise
                advice = "make the snapshot again, with every column that the rules read"
                raise unusable("no-column", f"the snapshot's {query.table} lacks a column: {error}", advice) from None


@lru_cache(maxsize=4)
def _engine(threads: int | None, process: int) -> duckdb.DuckDBPyConnection:
    """An engine of this process, kept: it starts in as long a time as a small scan takes. Its cursors see only what
    they were offered themselves."""
    return duckdb.connect(":memory:", config=_config(threads))


def _offer(connection: duckdb.DuckDBPyConnection, table: str, relation: pa.Table | Path) -> None:
    """Make a relation known under the table's name, to this cursor alone."""
    if isinstance(relation, Path):
        file = glob.escape(str(relation)).replace("'", "''")
        connection.execute(f"CREATE TEMP VIEW \"{table}\" AS SELECT * FROM read_parquet('{file}')")
    else:
        connection.register(table, relation)


def _config(threads: int | None) -> Config:
    config: Config = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
    }
    return config | ({"threads": threads} if threads else {})


def _places(answer: pa.Table) -> Wholes:
    """Where each line of an answer belongs among the subjects; -1: to nobody."""
    return np.asarray(pc.fill_null(answer.column(SUBJECT), -1).to_numpy(), np.int64)


class _Reader:
    """Columns of an answer as arrays over all subjects, zero for those it does not name."""

    def __init__(self, answer: pa.Table, places: Wholes, size: int):
        self._answer, self._size = answer, size
        self._kept = places >= 0
        self._places = places[self._kept]
        self._read: dict[str, Whole] = {}

    def sums(self, rule: RowMeasure, fields: Fields) -> Sums:
        """One measure."""
        n = self.wholes(fields.n)
        rest = (self.wholes(fields.n_unknown), self.wholes(fields.n_pending), self.wholes(fields.n_excused))
        return Sums(rule, self.exact(fields.top), self.exact(fields.bottom), n, *rest)

    def wholes(self, column: str | None) -> Wholes:
        """A column that fits 64 bits; zeros when there is none."""
        return np.zeros(self._size, np.int64) if column is None else self.exact(column).astype(np.int64, copy=False)

    def exact(self, column: str) -> Whole:
        """A column of whole numbers of any size."""
        if column not in self._read:
            values = pc.fill_null(self._answer.column(column).combine_chunks(), 0)
            try:
                given: NDArray[Any] = values.cast(pa.int64()).to_numpy()
            except pa.ArrowInvalid:
                given = np.array([int(value) for value in values.to_pylist()], object)
            made: NDArray[Any] = np.zeros(self._size, given.dtype)
            made[self._places] = given[self._kept]
            self._read[column] = made
        return self._read[column]
