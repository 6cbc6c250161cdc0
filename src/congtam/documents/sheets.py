"""A paper as laid out: its parts in their order, the same for every form in which it leaves (PDF, DOCX, XLSX)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, Literal

from congtam.documents.papers import Header
from congtam.engine.explaining.formats import dated, points

Cell = str | int | date | None
OPEN = "\u00a0"  # a blank that stays, where somebody has still to write
Kind = Literal["text", "centre", "count", "points", "money"]


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its share of the width, and what stands in it. `count` and `money` (đồng) are
    whole numbers, `points` are millionths. An `optional` one is left out where no row has anything in it."""

    title: str
    width: int
    kind: Kind = "text"
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells, one for each column. `bold`: the numbers of rows that open a group or add up."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bold: frozenset[int] = frozenset()


def table(columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], bold: Iterable[int] = ()) -> Table:
    """A table without the optional columns in which nothing stands, and with room for the longest of its counts."""
    told = tuple(rows)
    kept = [at for at, one in enumerate(columns) if not one.optional or any(row[at] not in ("", None) for row in told)]
    cells = tuple(tuple(row[at] for at in kept) for row in told)
    fitted = (_roomy(columns[at], [row[at] for row in told]) for at in kept)
    return Table(tuple(fitted), cells, frozenset(bold))


def _roomy(column: Column, cells: list[Cell]) -> Column:
    if column.kind != "count":
        return column
    return replace(column, width=max([column.width, *(3 + len(str(one)) for one in cells)]))


@dataclass(frozen=True)
class Words:
    """A paragraph; `lead` stands before it in bold ("Điều 1.")."""

    text: str
    lead: str = ""
    italic: bool = False


@dataclass(frozen=True)
class Pairs:
    """Labels with their values, one below the other."""

    lines: tuple[tuple[str, str], ...]


Block = Words | Pairs | Table


@dataclass(frozen=True)
class Place:
    """Where somebody signs: the lines above, what is to be done there in brackets, and the name below."""

    title: tuple[str, ...]
    name: str
    hint: str = ""


@dataclass(frozen=True)
class Annex:
    """What hangs on a paper: on pages of its own, with their own numbers."""

    title: str
    name: str
    reference: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Sheet:
    """Everything a paper shows. The last of `places` belongs to who signs by competence. `numbered`: papers of its kind
    take a number of the agency."""

    header: Header
    title: str
    abstract: str
    blocks: tuple[Block, ...]
    places: tuple[Place, ...]
    authority: str = ""
    bases: tuple[str, ...] = ()
    resolves: str = ""
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    numbered: bool = True

    @property
    def tables(self) -> list[Table]:
        """Its tables and those of its annexes, in order."""
        blocks = [*self.blocks, *(block for annex in self.annexes for block in annex.blocks)]
        return [block for block in blocks if isinstance(block, Table)]


def shown(cell: Cell, kind: Kind) -> str:
    """A cell as people read it; a dash where nothing is known."""
    if cell is None:
        return "–"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, int):
        if kind == "points":
            return points(cell, "vi")
        return f"{cell:,}".replace(",", ".") if kind == "money" else str(cell)
    return cell


def number_line(sheet: Sheet) -> str:
    """Số: …, left open where the registrar has still to give it; nothing for what takes no number."""
    if sheet.header.number or sheet.numbered:
        return f"Số: {sheet.header.number or OPEN * 12}"
    return ""


def dated_line(header: Header) -> str:
    """Place and date as the Decree writes them."""
    day, place = header.day, f"{header.place or OPEN * 12}, "
    if day is None:
        return f"{place}ngày {OPEN * 5} tháng {OPEN * 5} năm {OPEN * 7}"
    return f"{place}{dated(day)}"


def cleaned(value: Any) -> Any:
    """The same with composed letters, and without what no paper shows: control, direction and private characters."""
    if isinstance(value, str):
        plain = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\t", " ")
        return "".join(one for one in plain if one == "\n" or not unicodedata.category(one).startswith("C"))
    if isinstance(value, tuple):
        return tuple(cleaned(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: cleaned(getattr(value, one.name)) for one in fields(value)})
    return value
