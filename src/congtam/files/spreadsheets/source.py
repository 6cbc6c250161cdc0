"""Reads the table of one workbook as a list of rows, as the CSV reader does with a CSV file.

Rows are called by the number at the left edge of the sheet, so that a person finds them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from congtam.engine.findings import Finding, Place, unusable
from congtam.files.columns import as_mapped
from congtam.files.csv_source import GoodRow
from congtam.files.mapping import Instant, Mapping
from congtam.files.records import BadRow, Cells, Reason, RowPlace
from congtam.files.set_aside import HEADER as SET_ASIDE
from congtam.files.spreadsheets.header import LOOKED_AT, Header, Merged, find_header, read_header
from congtam.files.spreadsheets.survey import letters_of
from congtam.files.spreadsheets.table import PassedOver, SheetRow, Table, number_column
from congtam.files.spreadsheets.values import as_text, day_number
from congtam.files.spreadsheets.workbook import Cell, Workbook

HEAD = LOOKED_AT + 5  # rows read ahead to find the header


class SheetFile:
    """The table of one workbook. Raises `Unusable` when the workbook, its sheet or its header cannot be used."""

    def __init__(self, path: Path, mapping: Mapping):
        self.name, self.size = path.name, path.stat().st_size
        self._mapping, self._source = mapping, mapping.source
        self._mapped = dict.fromkeys(name for ref in mapping.refs() for name in (ref.name, ref.text))
        self._book = Workbook(path, mapping.source.sheet)
        self._rows = self._book.rows()
        self._head = list(islice(self._rows, HEAD))
        self._merged: list[Merged] = self._book.merged
        self._at = 0
        self._layout = self._find_header()
        self.header = self._names(self._layout.names)

    @property
    def warnings(self) -> list[Finding]:
        """What a reader of the report should know about the workbook."""
        return self._book.warnings

    def close(self) -> None:
        self._book.close()

    def position(self) -> int:
        """How many bytes of the file the rows read so far amount to."""
        return self.size * self._at // max(1, self._book.height)

    def _find_header(self) -> Header:
        rows = [row for _, row in self._head]
        if stated := self._source.header:
            if stated[1] > len(rows):
                message = f"the header is said to be in row {stated[1]}, but the sheet has {self._book.height} rows"
                advice = f"look at the left edge of the sheet; it must begin within the first {LOOKED_AT} rows"
                raise unusable("header-missing", message, advice, Place(self.name))
            return read_header(rows, self._merged, *stated)
        found = find_header(rows, self._merged, self._fit)
        if found is None and any([as_text(cell) for cell in row] == SET_ASIDE for row in rows):
            message, advice = "this is a set-aside file that was saved as a workbook", "save it as CSV (UTF-8)"
            raise unusable("set-aside-as-workbook", message, advice, Place(self.name))
        if found is None:
            wanted = ", ".join(sorted({ref.name for ref in self._mapping.refs()}))
            message = (
                f"no row of the sheet {self._book.sheet.name!r} names the columns that the mapping reads: {wanted}"
            )
            advice = "is it the right sheet? otherwise state the row under source, such as header: 5"
            raise unusable("header-missing", message, advice, Place(self.name))
        return found

    def _fit(self, names: list[str]) -> tuple[int, bool]:
        """How many mapped columns a header has, and whether it has all that it must have."""
        found = set(as_mapped(names, self._mapped, self._source.also))
        has = [
            (ref.name in self._source.optional, ref.name in found or ref.text in found) for ref in self._mapping.refs()
        ]
        return sum(there for _, there in has), all(optional or there for optional, there in has)

    def _names(self, names: Sequence[str]) -> list[str]:
        """The header in the words of the mapping; other columns that share a name get their letter."""
        header = as_mapped(names, self._mapped, self._source.also)
        times = Counter(header)
        return [
            f"{name} ({letters_of(at)})" if times[name] > 1 and name not in self._mapped else name
            for at, name in enumerate(header, start=1)
        ]

    # -- rows

    def rows(self) -> Iterator[GoodRow | BadRow | PassedOver]:
        """All rows below the header, good and bad, and those that are no data with the reason why."""
        for row in self._table().sorted(self._sheet_rows()):
            if isinstance(row, PassedOver):
                yield row
            elif reason := self._trouble(row):
                yield BadRow(RowPlace(self.name, str(row.number)), reason, self.by_column(row.cells))
            else:
                yield GoodRow(row.number, row.cells)

    def _table(self) -> Table:
        mapping, at = self._mapping, {name: index for index, name in enumerate(self.header)}
        received = [pick.ref for pick in mapping.received.choices]
        return Table(
            self._layout.names,
            [at[ref.name] for ref in mapping.key.refs if ref.name in at],
            [at[ref.name] for ref in received if ref.name in at],
            number_column(self.header, self._source.number),
            frozenset(top for top, left, _, right in self._merged if right > left),
        )

    def _sheet_rows(self) -> Iterator[SheetRow]:
        """The rows as texts, as wide as the header; cells merged downwards say the same in each of their rows."""
        dates = {at for at, name in enumerate(self.header) if name in _date_columns(self._mapping)}
        downwards = self._downwards()
        open_: dict[int, tuple[int, str]] = {}
        for number, values in chain(self._head, self._rows):
            self._at = number
            if number < self._layout.below:
                continue
            cells = [self._text(value, at in dates) for at, value in enumerate(values[: len(self.header)])]
            cells += [""] * (len(self.header) - len(cells))
            for at, (last, text) in list(open_.items()):
                if number > last:
                    del open_[at]
                elif not cells[at]:
                    cells[at] = text
            open_ |= {at: (last, cells[at]) for at, last in downwards.get(number, ())}
            yield SheetRow(number, cells)

    def _downwards(self) -> dict[int, list[tuple[int, int]]]:
        """By first row: columns (from 0) with cells merged downwards, and to which row."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for top, left, bottom, _ in self._merged:
            if bottom > top >= self._layout.below and left <= len(self.header):
                found[top].append((left - 1, bottom))
        return found

    def _text(self, value: Cell, is_date: bool) -> str:
        day = day_number(value, self._book.first_1904) if is_date else None
        return day or as_text(value, self._mapping.decimal)

    def _trouble(self, row: SheetRow) -> Reason | None:
        """A mapped cell whose formula has no value, or an error in place of one."""
        seen = self._book.survey
        if not (seen.unvalued or seen.errors):
            return None
        for at, name in enumerate(self.header, start=1):
            cell = f"{letters_of(at)}{row.number}"
            if name not in self._mapped:
                continue
            if text := seen.errors.get((row.number, at)):
                message = f"{name} ({cell}) holds the error {text}"
                return Reason("formula-error", message, "mend the formula, or write the value itself")
            if (row.number, at) in seen.unvalued:
                message = f"{name} ({cell}) is a formula whose value was never computed"
                return Reason(
                    "formula-without-value", message, "open the workbook in a spreadsheet program and save it"
                )
        return None

    def mended(self, number: int, cells: dict[str, Any]) -> GoodRow | BadRow:
        """The row that a person put in the place of row `number`, by column."""
        return GoodRow(number, [str(cells.get(name, "")) for name in self.header])

    def by_column(self, cells: list[str]) -> Cells:
        """The cells by the name of their column."""
        return dict(zip(self.header, cells, strict=True))


def _date_columns(mapping: Mapping) -> set[str]:
    """Columns in which a number is the number of a day."""
    instants = (mapping.received, mapping.finished, mapping.recorded_at, mapping.due)
    picks = [pick for instant in instants if isinstance(instant, Instant) for pick in instant.choices]
    return {pick.ref.name for pick in picks} | ({mapping.steps.at.name} if mapping.steps else set())
