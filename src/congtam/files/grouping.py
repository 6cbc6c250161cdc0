"""Brings rows of one case together, whatever their order in the file, with an on-disk sort of bounded memory."""

import marshal
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

CHUNK = 200_000  # rows sorted in memory at a time
BATCH = 500  # rows written at a time

# (number of the case, running number over all files, and what a row is: file, row number, cells)
SortedRow = tuple[int, int, int, int, list[str]]


def grouped(rows: Iterable[SortedRow], folder: Path, chunk: int = CHUNK) -> Iterator[list[SortedRow]]:
    """Yield the rows of each case, in order of the cases' first appearance; `folder` holds the chunks meanwhile."""
    chunks: list[Iterator[Any]] = []
    held: list[SortedRow] = []
    for row in rows:
        held.append(row)
        if len(held) >= chunk:
            chunks.append(_on_disk(held, folder / f"chunk-{len(chunks)}"))
            held = []
    held.sort()
    for _, group in groupby(merge(*chunks, held), key=itemgetter(0)):
        yield list(group)


def _on_disk(rows: list[SortedRow], path: Path) -> Iterator[SortedRow]:
    """Write the rows sorted; what comes back reads them again, a batch at a time, and deletes the file at the end."""
    rows.sort()
    with path.open("wb") as file:
        for start in range(0, len(rows), BATCH):
            marshal.dump(rows[start : start + BATCH], file)
    return _read(path)


def _read(path: Path) -> Iterator[SortedRow]:
    with path.open("rb") as file:
        try:
            while True:
                yield from marshal.load(file)
        except EOFError:
            pass
    path.unlink()
