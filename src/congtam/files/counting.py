"""Counts the rows of each file while they are read, and says how far the reading is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from congtam.files.opening import Reach
from congtam.files.report import FileReport, Progress, Report

EVERY = 5_000  # rows between two signs of progress
Row = TypeVar("Row")


class Counting:
    """Counts into `report`, and tells `progress` now and then and at the end of each file."""

    def __init__(self, files: Sequence[Path], report: Report, progress: Callable[[Progress], None] | None):
        self._total = sum(path.stat().st_size for path in files if path.is_file())
        self._done = 0
        self._report, self._progress = report, progress

    def rows(self, stream: Reach, found: Iterable[Row]) -> Iterator[Row]:
        """The same rows, counted."""
        file = FileReport(stream.name)
        self._report.files.append(file)
        for row in found:
            file.rows_read += 1
            if file.rows_read % EVERY == 0:
                self._tell(stream.name, self._done + stream.position())
            yield row
        self._done += stream.size
        self._tell(stream.name, self._done)

    def _tell(self, name: str, done: int) -> None:
        if self._progress:
            self._progress(Progress(name, done, self._total, self._report.rows_read))
