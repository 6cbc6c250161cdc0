"""Opens one workbook, chooses its sheet, and hands out the rows of that sheet as plain values.

Values are those the spreadsheet program saved: formulas are not computed and macros are not run. What a reader of
the report should know about that stands in `warnings`.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from posixpath import join, normpath
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from python_calamine import CalamineError, CalamineSheet, SheetTypeEnum, SheetVisibleEnum, load_workbook

from congtam.engine.findings import Finding, Place, Severity, Unusable, did_you_mean, unusable
from congtam.files.spreadsheets.guard import LINKS, MACROS, WORKBOOK, guarded
from congtam.files.spreadsheets.survey import Survey, letters_of, survey

Cell = int | float | str | bool | time | date | datetime | timedelta
SHOWN = 5  # places named in one message
_SAVE = "open it in a spreadsheet program and save it again as .xlsx"


@dataclass(frozen=True)
class Sheet:
    """One worksheet: `part` is where it lies in the archive."""

    name: str
    part: str
    visible: bool


def read_sheets(path: Path) -> tuple[list[Sheet], bool]:
    """The worksheets of a workbook that may be read, and whether its days count from 1904."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = fromstring(archive.read(WORKBOOK))
            links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
            parts = {part.lower(): part for part in archive.namelist()}
        targets = {link.get("Id"): normpath(join("/xl", link.get("Target", ""))).lstrip("/") for link in links}
        states = {meta.name: meta for meta in load_workbook(path).sheets_metadata}
    except (CalamineError, ParseError, LookupError, ValueError, zipfile.BadZipFile) as error:
        raise unusable("zip-damaged", f"the workbook cannot be read ({error})", _SAVE, Place(path.name)) from None
    found = []
    for entry in _all(book, "sheet"):
        name = entry.get("name", "")
        target = next((targets.get(value) for key, value in entry.items() if key.endswith("}id")), None)
        meta = states.get(name)
        if meta and target and meta.typ == SheetTypeEnum.WorkSheet and target.lower() in parts:
            found.append(Sheet(name, parts[target.lower()], meta.visible == SheetVisibleEnum.Visible))
    settings = next(_all(book, "workbookPr"), None)
    return found, settings is not None and settings.get("date1904") in ("1", "true")


class Workbook:
    """One workbook with one chosen sheet. Raises `Unusable` when it may not or cannot be read, or the sheet is unclear.

    `first_1904`: its day numbers count from 1904, as on old Macintosh computers.
    """

    def __init__(self, path: Path, sheet: str | None = None):
        self.name = path.name
        self._place = Place(path.name)
        parts = guarded(path)
        self.sheets, self.first_1904 = read_sheets(path)
        self.sheet, self.survey = self._choose(path, sheet)
        self.warnings = [*self._warn_of_parts(parts), *self._warn_of_sheet()]
        try:
            self._book = load_workbook(path)
            self._cells: CalamineSheet = self._book.get_sheet_by_name(self.sheet.name)
        except CalamineError as error:
            message = f"the sheet {self.sheet.name!r} cannot be read ({error})"
            raise unusable("sheet-broken", message, _SAVE, self._place) from None

    def close(self) -> None:
        self._book.close()

    @property
    def others(self) -> list[str]:
        """The names of the visible sheets that were not chosen."""
        return [one.name for one in self.sheets if one.visible and one is not self.sheet]

    @property
    def height(self) -> int:
        """How many rows there are, counted from the first row of the sheet."""
        return self._cells.end[0] + 1 if self._cells.end else 0

    @property
    def merged(self) -> list[tuple[int, int, int, int]]:
        """Merged cells as (first row, first column, last row, last column), all from 1."""
        found = self._cells.merged_cell_ranges or []
        return [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in found]

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row with its number at the left edge; its first cell is that of column A. Blank cells are ''.

        Raises `Unusable` for a row the reading library gives up on, such as one with a date before all time."""
        start = self._cells.start
        before: list[Cell] = [""] * (start[1] if start else 0)
        found, number = self._cells.iter_rows(), 0
        while True:
            number += 1
            try:
                row = next(found, None)
            except BaseException as error:
                if type(error).__name__ != "PanicException":  # no Exception: the library's own panic
                    raise
                message = f"row {number} cannot be read ({error})"
                advice = "look for a number in a cell that is formatted as a date, and mend it"
                raise unusable("sheet-broken", message, advice, self._place) from None
            if row is None:
                return
            yield number, [*before, *row]

    # -- sheets

    def _choose(self, path: Path, name: str | None) -> tuple[Sheet, Survey]:
        """The sheet that was named, else the only visible one that holds anything."""
        if name is not None:
            chosen = next((one for one in self.sheets if one.name.strip() == name.strip()), None)
            if chosen is None:
                advice = did_you_mean(name, [one.name for one in self.sheets])
                raise unusable("no-sheet", f"there is no sheet {name!r} in it", advice, self._place)
            return chosen, survey(path, chosen.part)
        seen = [(one, survey(path, one.part)) for one in self.sheets if one.visible]
        filled = [(one, found) for one, found in seen if not found.blank]
        if len(filled) == 1:
            return filled[0]
        raise self._unclear([one.name for one, _ in filled])

    def _unclear(self, filled: list[str]) -> Unusable:
        if filled:
            message = f"{len(filled)} sheets hold something: {', '.join(map(repr, filled))}"
            advice = f"say which one under source, such as sheet: {filled[0]!r}"
            return unusable("which-sheet", message, advice, self._place)
        hidden = [one.name for one in self.sheets if not one.visible]
        message = "no visible sheet of it holds anything"
        advice = f"show the hidden sheet, or name it under source: sheet: {hidden[0]!r}" if hidden else "fill it in"
        return unusable("sheet-empty", message, advice, self._place)

    # -- what a reader of the report should know

    def _warn_of_parts(self, parts: list[str]) -> Iterator[Finding]:
        if MACROS in parts:
            message = "the workbook has macros; they were not run, its cells were read as they were saved"
            yield self._warning("macros", message, "keep the register without macros, if they are not needed")
        if any(part.startswith(LINKS) for part in parts):
            message = "cells of the workbook are linked to other workbooks, which were not opened"
            yield self._warning("linked-workbooks", message, "check that the links were up to date when it was saved")

    def _warn_of_sheet(self) -> Iterator[Finding]:
        sheet, seen = repr(self.sheet.name), self.survey
        if not self.sheet.visible:
            message = f"the sheet {sheet} is hidden, and was read because the mapping names it"
            yield self._warning("hidden-sheet", message, "make sure that it is the one that people work on")
        if seen.formulas:
            message = f"formulas in the sheet {sheet}: {seen.formulas}; their values as saved were used"
            yield self._warning("formulas", message, "open and save the workbook once, if it may be out of date")
        if seen.hidden_rows:
            numbers = ", ".join(str(row) for row in sorted(seen.hidden_rows)[:SHOWN])
            more = f" and {len(seen.hidden_rows) - SHOWN} more" if len(seen.hidden_rows) > SHOWN else ""
            message = (
                f"rows of the sheet {sheet} are hidden (or filtered out) and were read all the same: {numbers}{more}"
            )
            yield self._warning("hidden-rows", message, "delete them if they are not part of the register")
        hidden = sorted(column for column in seen.hidden_columns if column <= seen.columns)
        if hidden:
            letters = ", ".join(letters_of(column) for column in hidden[:SHOWN])
            message = f"columns of the sheet {sheet} are hidden and were read like the others: {letters}"
            yield self._warning("hidden-columns", message, "look at them before you trust them")

    def _warning(self, code: str, message: str, advice: str) -> Finding:
        return Finding(code, message, advice, self._place, Severity.WARNING)


def _all(element: Element, tag: str) -> Iterator[Any]:
    """Every element of a name, whatever its namespace."""
    return (found for found in element.iter() if found.tag.rpartition("}")[2] == tag)
