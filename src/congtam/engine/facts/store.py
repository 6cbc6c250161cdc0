"""A folder of contract tables as CSV files, one per table: read with every finding, written all or nothing."""

import csv
import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from congtam.engine.facts.tables import FIELDS, TABLES, Column, Facts, Kind, Table
from congtam.engine.findings import Finding, Place, did_you_mean, refuse_if_any, unusable
from congtam.engine.states import State

MOST_FINDINGS = 50
LARGEST = 2**63 - 1
_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXACT = Context(prec=80)


def read_facts(folder: Path) -> Facts:
    """Read every contract table in `folder`. Raises `Unusable` with the findings of all files at once."""
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
    for name, table in TABLES.items():
        path = folder / f"{name}.csv"
        if path.exists():
            found, read = read_table(path, table)
            findings += found
            rows[FIELDS[name]] = tuple(read)
    if not rows and not findings:
        findings.append(
            Finding("data-empty", f"{folder} holds no table", f"it needs at least one of: {', '.join(TABLES)}")
        )
    refuse_if_any(findings)
    return Facts(**rows)


def read_table(path: Path, table: Table) -> tuple[list[Finding], list[Any]]:
    """Read one table; rows that cannot be read become findings with their row number."""
    findings: list[Finding] = []
    rows: dict[tuple[Any, ...], Any] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            findings += _header_findings(reader.fieldnames or (), table, path.name)
            if not findings:
                _read_rows(reader, table, path.name, rows, findings)
    except UnicodeDecodeError:
        place = Place(path.name, line=_undecodable_line(path))
        findings.append(Finding("not-utf8", "this line is not UTF-8", "save the file as UTF-8", place))
    except csv.Error as error:
        findings.append(Finding("not-csv", f"this is not CSV: {error}", "mend the file", Place(path.name)))
    return findings, list(rows.values())


def _read_rows(
    lines: Iterable[dict[Any, Any]],
    table: Table,
    file: str,
    rows: dict[tuple[Any, ...], Any],
    findings: list[Finding],
) -> None:
    first: dict[tuple[Any, ...], int] = {}
    for number, cells in enumerate(lines, start=1):
        if len(findings) >= MOST_FINDINGS:
            return
        place = Place(file, row=number)
        try:
            row = read_row(cells, table)
        except ValueError as error:
            findings.append(Finding("bad-row", str(error), "mend the row", place))
            continue
        key = tuple(getattr(row, name) for name in table.key)
        if key in rows:
            findings.append(_duplicate(table, key, first[key], place))
            continue
        rows[key], first[key] = row, number


def _undecodable_line(path: Path) -> int | None:
    """The first line that is not UTF-8: a file of mixed encodings is mended there."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return None


def _duplicate(table: Table, key: tuple[Any, ...], first: int, place: Place) -> Finding:
    named = ", ".join(f"{name} {value}" for name, value in zip(table.key, key, strict=True))
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


def read_row(cells: dict[Any, Any], table: Table) -> Any:
    """One typed row from texts. Raises ValueError saying what is wrong with which column."""
    if None in cells:
        raise ValueError(f"the row has more cells than the header (extra: {cells[None]!r})")
    values: dict[str, Any] = {}
    for column in table.columns:
        text = cells.get(column.name)
        text = unicodedata.normalize("NFC", text).strip() if text else ""
        if text:
            values[column.name] = _read_cell(text, column)
        elif column.required:
            raise ValueError(f"{column.name} ({column.meaning}) is blank")
    _check_state(values)
    return table.row_type(**values)


def _check_state(values: dict[str, Any]) -> None:
    if "state" not in values:
        return
    values["state"] = State(values["state"])
    if (values["state"] is State.VALUE) != (values.get("value") is not None):
        raise ValueError("value must be filled exactly when state is `value`; zero is a value, a blank is not")


def _read_cell(text: str, column: Column) -> Any:
    if column.codes and text not in column.codes:
        raise ValueError(f"{column.name} is {text!r}; {did_you_mean(text, column.codes)}")
    try:
        return PARSERS[column.kind](text)
    except ValueError as error:
        raise ValueError(f"{column.name} is {text!r}: {error}") from None


def parse_instant(text: str) -> datetime:
    """ISO 8601 with an offset, as UTC. Raises ValueError."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("an instant is written like 2026-11-05T09:30:00+07:00") from None
    if instant.tzinfo is None:
        raise ValueError("an instant needs its offset, such as +07:00 or Z")
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise ValueError("there is no such instant in UTC") from None


def parse_day(text: str) -> date:
    """YYYY-MM-DD. Raises ValueError."""
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("a day is written like 2026-11-05") from None


def parse_scaled(text: str, places: int) -> int:
    """Decimal text as a whole number of 10^-places. Raises ValueError when it has more places."""
    if not _NUMBER.fullmatch(text):
        raise ValueError("a number is written like 12 or 12.5")
    scaled = Decimal(text).scaleb(places, _EXACT)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"at most {places} decimal places are kept")
    return _in_reach(int(scaled))


def _in_reach(number: int) -> int:
    """Numbers live in 64 bits, so that every engine can count them."""
    if abs(number) > LARGEST:
        raise ValueError("the number is too large")
    return number


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("it must be true or false")
    return text == "true"


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error.msg})") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("it must be a JSON object")
    return value


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError("it must be a whole number")
    return _in_reach(int(text))


PARSERS: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: str,
    Kind.INSTANT: parse_instant,
    Kind.DAY: parse_day,
    Kind.WHOLE: _whole,
    Kind.HUNDREDTHS: lambda text: parse_scaled(text, 2),
    Kind.MILLIONTHS: lambda text: parse_scaled(text, 6),
    Kind.FLAG: _flag,
    Kind.OBJECT: _object,
}


def write_cell(value: Any, kind: Kind) -> str:
    """The text of a value, the inverse of reading it."""
    if value is None or (kind is Kind.OBJECT and not value):
        return ""
    if kind is Kind.INSTANT:
        return str(value.astimezone(UTC).isoformat().replace("+00:00", "Z"))
    if kind is Kind.FLAG:
        return "true" if value else "false"
    if kind is Kind.OBJECT:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if kind in (Kind.HUNDREDTHS, Kind.MILLIONTHS):
        places = 2 if kind is Kind.HUNDREDTHS else 6
        return format(Decimal(value).scaleb(-places).normalize(), "f")
    return str(value)


class TableWriter:
    """Writes one table as a stream of rows into `folder/<table>.csv`."""

    def __init__(self, folder: Path, table: Table):
        self.table = table
        self.rows = 0
        self._file = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow([column.name for column in table.columns])

    def write(self, row: Any) -> None:
        self._writer.writerow([write_cell(getattr(row, column.name), column.kind) for column in self.table.columns])
        self.rows += 1

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
