"""Reads all input files and puts records together: a row, an event, a trace, or the rows of one case."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from congtam.engine.findings import Finding, Place, Severity, did_you_mean, refuse_if_any
from congtam.intake.csv_source import CsvFile, GoodRow
from congtam.intake.grouping import SortedRow, grouped
from congtam.intake.items import ItemMaker
from congtam.intake.mapping import Level, Mapping
from congtam.intake.opening import Stream, opened
from congtam.intake.reading import Reading
from congtam.intake.records import BadRow, Cells, Reason, Record, Rejected, RowPlace
from congtam.intake.report import FileReport, Progress, Report
from congtam.intake.set_aside import Repairs
from congtam.intake.xes_source import read_traces

EVERY = 5_000  # rows between two signs of progress


class Counting:
    """Counts the rows of each file as they are read, and tells `progress`."""

    def __init__(self, files: Sequence[Path], report: Report, progress: Callable[[Progress], None] | None):
        self._left = sum(path.stat().st_size for path in files if path.exists())
        self._total, self._done, self._report, self._progress = self._left, 0, report, progress

    def rows(self, stream: Stream, found: Iterable[Any]) -> Iterator[Any]:
        """The same rows, counted."""
        file = FileReport(stream.name)
        self._report.files.append(file)
        for row in found:
            file.rows_read += 1
            yield row
            if file.rows_read % EVERY == 0:
                self._tell(stream.name, self._done + stream.position())
        self._done += stream.size
        self._tell(stream.name, self._done)

    def _tell(self, name: str, done: int) -> None:
        if self._progress:
            self._progress(Progress(name, done, self._total, self._report.rows_read))
