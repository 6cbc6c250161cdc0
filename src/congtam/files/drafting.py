"""Reads files as a mapping says: one draft of an item after the other, and every row that cannot be used, in order.

What becomes of them is for whoever reads: `prepare` writes tables, the product's intake takes them in.
"""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Mapping_
from datetime import datetime
from pathlib import Path
from typing import Any

from congtam.engine.findings import Finding, Place
from congtam.files.counting import Counting
from congtam.files.formats import check_formats
from congtam.files.items import Draft, ItemMaker
from congtam.files.mapping import Level, Mapping
from congtam.files.reading import Reading
from congtam.files.records import BadRow, Reason, Record, Rejected, RowPlace
from congtam.files.report import SHOWN, Progress, Report
from congtam.files.set_aside import Repairs
from congtam.files.sources import Inputs, Unseen, as_trace, check_headers, csv_cases, csv_events, xes_records

Drafted = tuple[Record, Draft]


class Drafting:
    """One reading of files under way; counts into `report`. `repaired` are the rows whose repair was used."""

    def __init__(self, files: Sequence[Path], mapping: Mapping, recorded_at: datetime, repairs: Repairs | None = None):
        """Raises `Unusable` when a file is not of the mapping's kind or lacks a column it names."""
        check_formats(files, mapping)
        columns, warnings = check_headers(files, mapping) if mapping.source.is_table else (set(), [])
        self.report = Report(recorded_at, warnings=[*mapping.warnings, *warnings])
        self.repaired: set[RowPlace] = set()
        self._files, self._mapping, self._repairs = files, mapping, repairs or {}
        self._reading = Reading(mapping, columns)
        self._maker = ItemMaker(mapping, self._reading)
        self._wanted = [(one.ref, self._reading.holds([one])) for one in mapping.only_when]
        self._keys: set[str] = set()
        self._aside: list[BadRow] = []

    def drafts(self, scratch: Path, progress: Callable[[Progress], None] | None = None) -> Iterator[Drafted | BadRow]:
        """Every draft with its record, and every row set aside, as they come; `scratch` is an empty folder for sorting.
        Raises `Unusable` when a file breaks off."""
        counting = Counting(self._files, self.report, progress)
        repairs, repaired = self._repairs, self.repaired
        inputs = Inputs(self._files, self._mapping, counting, self._reject, self._pass_over, repairs, repaired)
        unseen = Unseen(self._mapping, self._reading) if self._mapping.source.format == "xes" else None
        for record in self._records(inputs, scratch):
            if unseen:
                unseen.look(record)
            draft = self._draft(record)
            if self._aside:
                yield from self._take_aside()
            if draft is not None:
                yield record, draft
        yield from self._take_aside()
        self.report.rows_repaired = len(repaired)
        self.report.warnings += unseen.warnings() if unseen else []

    def _take_aside(self) -> list[BadRow]:
        taken, self._aside = self._aside, []
        return taken

    def _records(self, inputs: Inputs, scratch: Path) -> Iterator[Record]:
        if self._mapping.source.format == "xes":
            return xes_records(inputs)
        if self._mapping.item is Level.EVENT:
            return csv_events(inputs)
        return csv_cases(inputs, self._reading, scratch)

    def _draft(self, record: Record) -> Draft | None:
        """The draft of a record; None when it is left out, or set aside."""
        try:
            if self._wanted and (why := self._left_out(record)):
                self.report.left_out[why] += self._count(record, "rows_left_out")
                return None
            draft = self._maker.draft(record, self._keys)
        except Rejected as error:
            for place, cells in record.parts():
                self._reject(BadRow(place, error.reason, cells))
            return None
        self._keys.add(draft.item)
        self.report.items += 1
        self.report.events += len(draft.happenings)
        self._count(record, "rows_used")
        if draft.doubt:
            self.report.kept[draft.doubt.reason.code] += len(record.parts())
        return draft

    def _left_out(self, record: Record) -> str | None:
        event = record.events[0] if record.events else {}
        for ref, holds in self._wanted:
            if not holds(record, event):
                return f"{ref.text} is not as asked for"
        return None

    def _count(self, record: Record, what: str) -> int:
        """Count the rows of a record in the files they came from; how many they were."""
        for place in record.rows:
            self._count_one(place, what)
        if not record.rows:
            self._count_one(record.place, what)
        return len(record.rows) or 1

    def _count_one(self, place: RowPlace, what: str) -> None:
        file = self.report.files[-1]
        if file.file != place.file:
            file = next(file for file in self.report.files if file.file == place.file)
        setattr(file, what, getattr(file, what) + 1)

    def _reject(self, row: BadRow) -> None:
        """Set one row aside."""
        self._count_one(row.place, "rows_set_aside")
        self.report.set_aside[row.reason.code] += 1
        self._aside.append(row)
        if len(self.report.first_set_aside) < SHOWN:
            self.report.first_set_aside += [_finding(row.place, one) for one in row.reason.all]

    def _pass_over(self, place: RowPlace, why: str) -> None:
        """Count a row of a sheet that is no data: a total, a heading, a signature."""
        self._count_one(place, "rows_left_out")
        self.report.left_out[why] += 1


def mended_draft(mapping: Mapping, place: RowPlace, cells: Mapping_[str, Any]) -> Drafted:
    """The draft of one record that stood alone in its file and was mended by hand: a row, or a trace with its events.

    Raises `Rejected` when it still cannot be used. Rows that make an item only together are read again with their file.
    """
    if mapping.source.format == "xes":
        case, events = as_trace(dict(cells))
        record = Record(place, 1, case, events)
    else:
        row = {str(column): str(text) for column, text in cells.items()}
        record = Record(place, int(place.row) if place.row.isdigit() else 1, row, [row], [place])
    return record, ItemMaker(mapping, Reading(mapping, cells)).draft(record)


def _finding(place: RowPlace, reason: Reason) -> Finding:
    if place.row.isdigit():
        return Finding(reason.code, reason.message, reason.advice, Place(place.file, row=int(place.row)))
    return Finding(reason.code, reason.message, reason.advice, Place(f"{place.file}, {place.row}"))
