"""Finds the header of a table that stands somewhere below a title block, over one row or several merged ones."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from congtam.files.columns import JOINT, tidy
from congtam.files.spreadsheets.survey import letters_of
from congtam.files.spreadsheets.workbook import Cell

LOOKED_AT = 60  # rows in which the header must begin
DEEPEST = 3  # rows of one header
FEWEST = 2  # columns of a table
NUMBERING = re.compile(r"\(?(\d{1,2}|[A-Z])\)?")

Merged = tuple[int, int, int, int]  # first row, first column, last row, last column
Rows = Sequence[Sequence[Cell]]  # the first rows of the sheet; row 1 is at index 0


@dataclass(frozen=True)
class Header:
    """`names` of columns A, B, …; `first` and `last` are its rows, `below` the first row of data."""

    names: list[str]
    first: int
    last: int
    below: int


def read_header(rows: Rows, merged: Sequence[Merged], first: int, last: int) -> Header:
    """The header in rows `first` to `last`; a row of column numbers below it, (1) (2) (3), belongs to it."""
    names = _names(rows, merged, first, last)
    below = last + 1
    if below <= len(rows) and _is_numbering(rows[below - 1]):
        below += 1
    return Header(_told_apart(names), first, last, below)


def find_header(rows: Rows, merged: Sequence[Merged], fit: Callable[[list[str]], tuple[int, bool]]) -> Header | None:
    """The first header that fits wholly, else the one that fits best; None when nothing fits at all.

    `fit` says of the names of a header how well they fit, and whether that is all that can be asked for.
    """
    best: tuple[int, Header] | None = None
    for first in range(1, min(len(rows), LOOKED_AT) + 1):
        if sum(1 for cell in rows[first - 1] if cell != "") < FEWEST:
            continue
        by_layout = depth_of(rows, merged, first)
        for depth in dict.fromkeys((by_layout, *range(1, DEEPEST + 1))):
            if first + depth - 1 > len(rows):
                continue
            header = read_header(rows, merged, first, first + depth - 1)
            score, whole = fit(header.names)
            if whole:
                return header
            if score and (best is None or score > best[0]) and depth == by_layout:
                best = score, header
    return best[1] if best else None


def depth_of(rows: Rows, merged: Sequence[Merged], first: int) -> int:
    """How many rows a header beginning in row `first` has, by its merged cells."""
    starting = [area for area in merged if area[0] == first]
    deep = max((bottom - top + 1 for top, _, bottom, _ in starting), default=1)
    if deep == 1 and first < len(rows):
        wide = [area for area in starting if area[3] > area[1]]
        below = [at for at, cell in enumerate(rows[first], start=1) if cell != ""]
        if below and wide and all(any(left <= at <= right for _, left, _, right in wide) for at in below):
            deep = 2
    return min(deep, DEEPEST)


def _names(rows: Rows, merged: Sequence[Merged], first: int, last: int) -> list[str]:
    """The name of each column: the texts above one another, each once, joined from the top."""
    width = max((len(rows[row - 1]) for row in range(first, last + 1)), default=0)
    grid = {
        (row, at): tidy(cell)
        for row in range(first, last + 1)
        for at, cell in enumerate(rows[row - 1], start=1)
        if tidy(cell)
    }
    for top, left, bottom, right in merged:
        if first <= top <= last and (top, left) in grid:
            for row in range(top, min(bottom, last) + 1):
                for at in range(left, min(right, width) + 1):
                    grid.setdefault((row, at), grid[top, left])
    columns = ([grid.get((row, at), "") for row in range(first, last + 1)] for at in range(1, width + 1))
    return [JOINT.join(dict.fromkeys(text for text in column if text)) for column in columns]


def _told_apart(names: list[str]) -> list[str]:
    """Columns without a name are called by their letters."""
    return [name or letters_of(at) for at, name in enumerate(names, start=1)]


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Whether it only numbers the columns: (1) (2) (3), or A B 1 2 3."""
    texts = [tidy(int(cell) if isinstance(cell, float) and cell.is_integer() else cell) for cell in row if cell != ""]
    if len(texts) < DEEPEST or not all(NUMBERING.fullmatch(text) for text in texts):
        return False
    numbers = [int(text.strip("()")) for text in texts if text.strip("()").isdigit()]
    return all(after == before + 1 for before, after in pairwise(numbers))
