"""Finds the table of a workbook nobody has mapped yet: the likeliest sheet and header, and its first rows."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from congtam.engine.findings import Place, unusable
from congtam.files import guessing
from congtam.files.guessing import says
from congtam.files.spreadsheets.guard import guarded
from congtam.files.spreadsheets.header import LOOKED_AT, Header, find_header
from congtam.files.spreadsheets.table import SheetRow, Table, number_column
from congtam.files.spreadsheets.values import as_text, day_number
from congtam.files.spreadsheets.workbook import Cell, Workbook, read_sheets

FEWEST = 3  # columns that a header must name
KNOWN = (
    *(*guessing.KEYS, *guessing.RECEIVED, *guessing.DUE, *guessing.FINISHED, *guessing.OFFICIAL, *guessing.UNIT),
    *(*guessing.PROCEDURE, *guessing.CHANNEL, "stt", "tt", "ghi chu", "trich yeu", "noi dung"),
)


@dataclass(frozen=True)
class Guess:
    """A table as it seems to stand: its sheet, its header, and its first data rows. `others` are other sheets."""

    sheet: str
    header: Header
    rows: list[SheetRow]
    others: list[str]


def guess_table(path: Path, limit: int) -> Guess:
    """The likeliest table of a workbook. Raises `Unusable` when it may not be read, or has none."""
    best: tuple[int, Guess] | None = None
    for sheet in _sheets(path):
        with closing(Workbook(path, sheet)) as book:
            rows = list(islice(book.rows(), LOOKED_AT + limit))
            found = find_header([row for _, row in rows[:LOOKED_AT]], book.merged, _score)
            if found is None:
                continue
            every = _texts(found.names, rows[found.below - 1 :], book.first_1904)
            others = [name for name in book.others if name != sheet]
            score, guess = _score(found.names)[0], Guess(sheet, found, list(_data(found, every)), others)
            if guess.rows and (best is None or score > best[0]):
                best = score, guess
    if best is None:
        advice = "say which sheet and row it is: source: {format: xlsx, sheet: …, header: …}"
        raise unusable("no-table", "no sheet of it has a header with rows below it", advice, Place(path.name))
    return best[1]


def _sheets(path: Path) -> list[str]:
    """The visible sheets, the hidden ones where there is no other."""
    guarded(path)
    sheets, _ = read_sheets(path)
    return [one.name for one in sheets if one.visible] or [one.name for one in sheets]


def _score(names: list[str]) -> tuple[int, bool]:
    """How many columns a header seems to name; names that registers use count most."""
    named = [name for name in names if not name.isdigit() and len(name) > 1]
    if len(named) < FEWEST:
        return 0, False
    return sum(10 if says(name, KNOWN) else 1 for name in named), False


def _texts(names: list[str], rows: list[tuple[int, list[Cell]]], first_1904: bool) -> list[SheetRow]:
    """The cells as texts; in columns that sound like dates, bare numbers become days."""
    dated = {at for at, name in enumerate(names) if says(name, (*guessing.RECEIVED, *guessing.DUE, *guessing.FINISHED))}
    return [
        SheetRow(
            number,
            [
                (at in dated and value != "" and day_number(value, first_1904)) or as_text(value)
                for at, value in enumerate([*row, *[""] * len(names)][: len(names)])
            ],
        )
        for number, row in rows
    ]


def _data(header: Header, rows: list[SheetRow]) -> Iterator[SheetRow]:
    """The rows that are data, as far as that shows without a mapping: those that fill a third of the columns."""
    number = number_column(header.names, None)
    full = [row for row in rows if sum(1 for text in row.cells if text) * 3 >= len(header.names)]
    table = Table(header.names, [], range(len(header.names)), number)
    return (row for row in table.sorted(full) if isinstance(row, SheetRow))
