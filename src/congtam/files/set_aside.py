"""The set-aside file: what could not be used, written so that a person can mend it and hand it in again.

A mended set-aside file among the inputs of a later prepare is no data of its own: each of its rows takes the
place of the row it came from, so that nothing is counted twice.
"""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from congtam.engine.findings import Finding, Place, Unusable, refuse_if_any, unusable
from congtam.files.opening import opened, packed_kind
from congtam.files.records import Reason, RowPlace

HEADER = ["file", "row", "reason", "advice", "cells"]
FOLDER, FILE, KEPT_FILE = "intake", "set_aside.csv", "kept.csv"

Repairs = dict[RowPlace, dict[str, Any]]


class SetAsideFile:
    """Writes `HEADER` rows; the file appears with its first row."""

    def __init__(self, path: Path):
        self._path = path
        self._file: io.TextIOWrapper | None = None

    def add(self, place: RowPlace, reason: Reason, cells: dict[str, Any]) -> None:
        """Note one row with its reason and its cells as they came."""
        if self._file is None:
            self._file = self._path.open("w", encoding="utf-8-sig", newline="")  # spreadsheets look for the mark
            self._writer = csv.writer(self._file, lineterminator="\n")
            self._writer.writerow(HEADER)
        text = "; ".join(f"{one.message} [{one.code}]" for one in reason.all)
        advice = "; ".join(dict.fromkeys(one.advice for one in reason.all))
        self._writer.writerow([place.file, place.row, text, advice, _as_json(cells)])

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _as_json(cells: dict[str, Any]) -> str:
    """JSON in readable letters; bytes that are no text come as escapes (\\udcXX), so that nothing is lost."""
    text = json.dumps(cells, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(cells)
    return text


def is_set_aside(path: Path) -> bool:
    """Whether the file is a set-aside file, by its first line."""
    if packed_kind(path):
        return False
    with opened(path) as stream:
        return _delimiter(stream.peek(200).decode("utf-8", errors="replace")) is not None


def _delimiter(text: str) -> str | None:
    """The delimiter of a set-aside file, which a spreadsheet may have changed; None when it is another file."""
    first = text.removeprefix("\ufeff").split("\n", 1)[0].strip()
    return next((mark for mark in ",;\t" if first == mark.join(HEADER)), None)


def read_repairs(paths: Iterable[Path]) -> Repairs:
    """The mended rows of set-aside files, by the place they came from. Raises `Unusable` with every finding."""
    repairs: Repairs = {}
    findings: list[Finding] = []
    for path in paths:
        with opened(path) as stream:
            try:
                text = stream.data.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise unusable("not-utf8", "the file is not UTF-8", "save it as UTF-8", Place(path.name)) from None
        for number, row in enumerate(_rows(text), start=1):
            try:
                place, cells = _repair(row)
                if place in repairs:
                    raise ValueError(f"{place.source} stands in it twice")
                repairs[place] = cells
            except ValueError as error:
                findings.append(
                    Finding("bad-repair", str(error), "mend the row, or delete it", Place(path.name, row=number))
                )
    refuse_if_any(findings)
    return repairs


def _rows(text: str) -> "csv.DictReader[str]":
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text) or ",")


def _repair(row: dict[str, Any]) -> tuple[RowPlace, dict[str, Any]]:
    try:
        cells = json.loads(row.get("cells") or "")
    except json.JSONDecodeError as error:
        raise ValueError(f"cells is not JSON ({error.msg} at character {error.pos})") from None
    if not isinstance(cells, dict) or not row.get("file") or not row.get("row"):
        raise ValueError("file, row and cells must be filled, and cells must be a JSON object")
    return RowPlace(row["file"], row["row"]), cells


def refuse_unused(repairs: Repairs, used: set[RowPlace]) -> None:
    """Raise `Unusable` when a repair found no row to take the place of."""
    advice = "hand in the file it came from too, under the same name"
    missing = [place for place in repairs if place not in used]
    if missing:
        raise Unusable(
            Finding("repair-without-row", f"the repair of {place.source} found no such row", advice)
            for place in missing[:20]
        )
