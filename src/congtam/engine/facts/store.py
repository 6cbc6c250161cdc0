"""A folder of contract tables as CSV files, one per table: read with every finding, written all or nothing."""

import csv
import gc
import os
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from congtam.engine.facts.lines import line_writer, row_reader
from congtam.engine.facts.tables import FIELDS, TABLES, Facts, Table
from congtam.engine.findings import Finding, Place, did_you_mean, refuse_if_any, unusable

MOST_FINDINGS = 50


def read_facts(folder: Path, but: Collection[str] = ()) -> Facts:
    """Read every contract table in `folder`, but for some. Raises `Unusable` with the findings of all files at once."""
    if not folder.is_dir():
        raise unusable(
            "data-missing",
            f"there is no folder {folder}",
            "make one with `congtam prepare … --out` or `congtam demo --keep`",
        )
    findings = [
        Finding("unknown-table", f"{path.name} is no table of the contract", did_you_mean(path.stem, TABLES))
        for path in sorted(folder.glob("*.csv"))
        if path.stem not in TABLES
    ]
    rows: dict[str, tuple[Any, ...]] = {}
    with _collector_resting():
        for name, table in TABLES.items():
            path = folder / f"{name}.csv"
            if path.exists() and name not in but:
                found, read = read_table(path, table)
                findings += found
                rows[FIELDS[name]] = tuple(read)
    if not rows and not findings:
        findings.append(
            Finding("data-empty", f"{folder} holds no table", f"it needs at least one of: {', '.join(TABLES)}")
        )
    refuse_if_any(findings)
    return Facts(**rows)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Rows hold no cycles; the collector would only look through all of them again and again while they grow."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_table(path: Path, table: Table) -> tuple[list[Finding], list[Any]]:
    """Read one table; rows that cannot be read become findings with their row number."""
    findings: list[Finding] = []
    rows: dict[Any, Any] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, strict=True)
            header = next(lines, [])
            findings += _header_findings(header, table, path.name)
            if not findings:
                _read_rows(lines, header, table, path.name, rows, findings)
    except UnicodeDecodeError:
        place = Place(path.name, line=_undecodable_line(path))
        findings.append(Finding("not-utf8", "this line is not UTF-8", "save the file as UTF-8", place))
    except csv.Error as error:
        findings.append(Finding("not-csv", f"this is not CSV: {error}", "mend the file", Place(path.name)))
    return findings, list(rows.values())


def _read_rows(
    lines: Iterable[list[str]],
    header: list[str],
    table: Table,
    file: str,
    rows: dict[Any, Any],
    findings: list[Finding],
) -> None:
    """Fill `rows` by key. A row is counted, from 1, when it is not a blank line."""
    read, key_of = row_reader(table, header), attrgetter(*table.key)
    numbers = array("q")  # where each of the rows stood
    for number, cells in enumerate(filter(None, lines), start=1):
        if len(findings) >= MOST_FINDINGS:
            return
        try:
            row = read(cells)
        except ValueError as error:
            findings.append(Finding("bad-row", str(error), "mend the row", Place(file, row=number)))
            continue
        key = key_of(row)
        if key in rows:
            first = numbers[list(rows).index(key)]
            findings.append(_duplicate(row, table, first, Place(file, row=number)))
            continue
        rows[key] = row
        numbers.append(number)


def _undecodable_line(path: Path) -> int | None:
    """The first line that is not UTF-8: a file of mixed encodings is mended there."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return None


def _duplicate(row: Any, table: Table, first: int, place: Place) -> Finding:
    named = ", ".join(f"{name} {getattr(row, name)}" for name in table.key)
    return Finding("duplicate-row", f"{named} stood already in row {first}", "keep one of the rows", place)


def _header_findings(header: Iterable[str], table: Table, file: str) -> list[Finding]:
    names = list(header)
    known = [column.name for column in table.columns]
    findings = [
        Finding(
            "unknown-column",
            f"the column {name!r} is not in table {table.name}",
            did_you_mean(name, known),
            Place(file, line=1),
        )
        for name in names
        if name not in known
    ]
    findings += [
        Finding(
            "missing-column", f"the column {column.name!r} ({column.meaning}) is missing", "add it", Place(file, line=1)
        )
        for column in table.columns
        if column.required and column.name not in names
    ]
    findings += [
        Finding("repeated-column", f"the column {name!r} stands {count} times", "keep one", Place(file, line=1))
        for name, count in Counter(names).items()
        if count > 1
    ]
    return findings


class TableWriter:
    """Writes one table as a stream of rows into `folder/<table>.csv`."""

    def __init__(self, folder: Path, table: Table):
        self._file = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
        self._line = line_writer(table)
        self._file.write(",".join(column.name for column in table.columns) + "\n")

    def write(self, row: Any) -> None:
        self._file.write(self._line(row))

    def write_lines(self, lines: str) -> None:
        """Write whole lines that `lines.event_line` made, for a source that hands over very many."""
        self._file.write(lines)

    def close(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


def write_facts(facts: Facts, folder: Path) -> None:
    """Write the tables that have rows into a new or empty `folder`, all of them or nothing."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.", ignore_cleanup_errors=True) as name:
        whole = Path(name) / "whole"
        whole.mkdir()
        for table, rows in _filled(facts):
            with closing(TableWriter(whole, TABLES[table])) as writer:
                for row in rows:
                    writer.write(row)
        if folder.exists() and any(folder.iterdir()):
            raise unusable("folder-in-use", f"{folder} is not empty", "choose a new folder")
        whole.replace(folder)


def _filled(facts: Facts) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for name, attribute in FIELDS.items():
        if rows := getattr(facts, attribute):
            yield name, rows
