"""Records put into the order in which they were learned, without holding them all.

Rows go, as lines of text, to one file for each day on which they were learned; each day is then sorted by itself and
numbered. Memory holds the lines of a buffer, and later those of one day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from congtam.engine.facts.cells import write_cell
from congtam.engine.facts.lines import line_writer
from congtam.engine.facts.tables import TABLES, Event, Kind, Table

BUFFERED = 100_000  # lines held before they go to disk
WRITERS = {name: line_writer(table) for name, table in TABLES.items()}
_APART = "\x1f"
_TAKEN_BACK = "\x1e"  # stands for the number of a record that is not numbered yet


class Spool:
    """Takes rows in any order; `pour` writes the tables, numbered as the rows were learned."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lines: dict[str, list[str]] = defaultdict(list)
        self._held = 0
        self._taken_back: set[str] = set()

    def add(self, table: str, row: Any) -> None:
        """One row of a numbered table; its own `seq` is not looked at."""
        if isinstance(row, Event) and row.activity == "withdrawn":
            self._taken_back.add(row.item)
            row = replace(row, value=_TAKEN_BACK)
        learned, cells = WRITERS[table](row).split(",", 2)[1:]
        self._lines[learned[:10]].append(f"{learned}{_APART}{table}{_APART}{cells}")
        self._held += 1
        if self._held >= BUFFERED:
            self._put_down()

    def _put_down(self) -> None:
        for day, lines in self._lines.items():
            with (self.folder / day).open("a", encoding="utf-8", newline="") as file:
                file.writelines(lines)
        self._lines.clear()
        self._held = 0

    def pour(self, out: Path, until: datetime) -> dict[str, int]:
        """Write the tables with the rows learned before `until`; how many rows each has."""
        self._put_down()
        end = write_cell(until, Kind.INSTANT)
        files: dict[str, TextIO] = {}
        rows: dict[str, int] = defaultdict(int)
        wrong: dict[tuple[str, str], int] = {}
        try:
            for seq, (learned, table, cells) in enumerate(self._learned(end), start=1):
                if table not in files:
                    files[table] = _opened(out, TABLES[table])
                if self._taken_back and table == "event":
                    cells = self._numbered(seq, cells, wrong)
                files[table].write(f"{seq},{learned},{cells}")
                rows[table] += 1
        finally:
            for file in files.values():
                file.close()
        return dict(rows)

    def _learned(self, end: str) -> Iterator[tuple[str, str, str]]:
        for path in sorted(self.folder.iterdir()):
            if path.name > end[:10]:
                return
            with path.open(encoding="utf-8", newline="") as file:
                lines = sorted(file)
            for line in lines:
                learned, table, cells = line.split(_APART)
                if learned < end:
                    yield learned, table, cells

    def _numbered(self, seq: int, cells: str, wrong: dict[tuple[str, str], int]) -> str:
        """A withdrawal names the record it takes back: the first finish of its item by the same official."""
        item, _, activity, official, _ = cells.split(",", 4)
        if item in self._taken_back:
            if activity == "finished":
                wrong.setdefault((item, official), seq)
            elif activity == "withdrawn":
                return cells.replace(_TAKEN_BACK, str(wrong[item, official]))
        return cells


def _opened(folder: Path, table: Table) -> TextIO:
    file = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
    file.write(",".join(column.name for column in table.columns) + "\n")
    return file


def add_all(spool: Spool, table: str, rows: Iterable[Any]) -> None:
    for row in rows:
        spool.add(table, row)
