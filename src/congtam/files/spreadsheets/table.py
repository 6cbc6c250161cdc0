"""Tells the data rows of a table from what else stands in it: totals, headings, empty lines, signatures below."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from congtam.files.columns import folded
from congtam.files.guessing import plain

NUMBER_COLUMNS = ("stt", "tt", "so tt", "so thu tu")
TOTAL = re.compile(r"(tong cong|tong so)( .*)?|(tong|cong)( (\d.*|trang|thang|quy|nam|so|luy ke|cuoi|theo)\b.*)?")
PART = re.compile(r"[IVXLC]+|[A-ZĐ]|[a-zđ]")  # how parts of a table are numbered: I, II, A, b
SIGNATURE = re.compile(
    r"nguoi (lap|ghi|tong hop|thong ke|bao cao)( (bieu|bang|so|bao cao))?|thu truong( (don vi|co quan))?|"
    r"lanh dao( .{2,20})?|((pho )?(chu tich|truong phong|giam doc|chanh van phong))|"
    r"(tm|kt|tl|tuq) .*|ky( va)? ghi ro ho( va)? ten|ky ten( dong dau)?|noi nhan( .*)?|"
    r"(.{2,30} )?ngay( \d{1,2})? thang( \d{1,2})? nam( \d{4})?"
)
TOTAL_ROW, HEADING_ROW, HEADER_AGAIN, EMPTY_ROW, BELOW = (
    *("total-row", "heading-row", "header-again", "empty-row"),
    "below-the-table",
)


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet: `number` is the one at its left edge."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class PassedOver:
    """A row that is not data; `why` is counted."""

    number: int
    why: str


@dataclass(frozen=True)
class Table:
    """What is known of the columns, by index from 0: `key` and `received` as mapped, `number` the column of 1, 2, 3.

    `wide`: rows with cells merged over several columns. `names` are those of the header.
    """

    names: Sequence[str]
    key: Sequence[int]
    received: Sequence[int]
    number: int | None
    wide: frozenset[int] = frozenset()

    def sorted(self, rows: Iterable[SheetRow]) -> Iterator[SheetRow | PassedOver]:
        """Data rows, and why others are none; blank rows are not mentioned.

        What stands below the last row that has both a key and a receipt may be a signature block: from its first
        line on nothing is data.
        """
        held: list[SheetRow] = []
        for row in rows:
            if not any(row.cells):
                continue
            if self._is_whole(row):
                yield from map(self._judged, held)
                held = []
                yield row
            else:
                held.append(row)
        end = next((at for at, row in enumerate(held) if self._is_signature(row)), len(held))
        yield from map(self._judged, held[:end])
        yield from (PassedOver(row.number, BELOW) for row in held[end:])

    def _has(self, row: SheetRow, columns: Sequence[int]) -> list[bool]:
        return [bool(row.cells[at]) for at in columns]

    def _is_whole(self, row: SheetRow) -> bool:
        filled = all(self._has(row, self.key)) and any(self._has(row, self.received))
        return filled and not self._is_total(row) and not self._is_header(row)

    def _numbered(self, row: SheetRow) -> str:
        return row.cells[self.number].strip(".)") if self.number is not None else ""

    def _is_total(self, row: SheetRow) -> bool:
        """Whether its first text says Tổng cộng, Cộng or the like, and it has neither a number nor a key of its own."""
        if self._numbered(row).isdigit():
            return False
        label = next(at for at, text in enumerate(row.cells) if text)
        own_key = label != self.number and any(row.cells[at] for at in self.key if at != label)
        return not own_key and TOTAL.fullmatch(plain(row.cells[label])) is not None

    def _is_header(self, row: SheetRow) -> bool:
        """Whether it is the header again, as on the next printed page."""
        said = [(folded(text), folded(name)) for text, name in zip(row.cells, self.names, strict=True) if text]
        return len(said) > 1 and all(text in name for text, name in said)

    def _judged(self, row: SheetRow) -> SheetRow | PassedOver:
        why = self._why_no_data(row)
        return PassedOver(row.number, why) if why else row

    def _why_no_data(self, row: SheetRow) -> str | None:
        if self._is_header(row):
            return HEADER_AGAIN
        filled = [at for at, text in enumerate(row.cells) if text]
        others = [at for at in filled if at != self.number]
        if not others:
            return _kind_alone(row.cells[filled[0]])
        if self._is_total(row):
            return TOTAL_ROW
        if self._is_signature(row):
            return BELOW
        if any(self._has(row, self.received)):
            return None
        has_key, numbered = any(at in others for at in self.key), self._numbered(row)
        if len(others) == 1 and (row.number in self.wide or not has_key) and not numbered.isdigit():
            return HEADING_ROW
        return HEADING_ROW if PART.fullmatch(numbered) and not has_key else None

    def _is_signature(self, row: SheetRow) -> bool:
        """Whether it says who signs, or where and when, and has neither a number nor a receipt nor another key."""
        if any(self._has(row, self.received)) or self._numbered(row).isdigit():
            return False
        signs = [at for at, text in enumerate(row.cells) if text and SIGNATURE.fullmatch(plain(text))]
        return bool(signs) and not any(row.cells[at] for at in self.key if at not in signs)


def _kind_alone(text: str) -> str:
    """What a row is that has a text in the column of numbers only."""
    if text.strip(".)").isdigit():
        return EMPTY_ROW
    return TOTAL_ROW if TOTAL.fullmatch(plain(text)) else HEADING_ROW


def number_column(names: Sequence[str], stated: str | None) -> int | None:
    """Where the column of running numbers is: the stated one, else the one called STT, TT or the like."""
    if stated is not None:
        return next((at for at, name in enumerate(names) if folded(name) == folded(stated)), None)
    return next((at for at, name in enumerate(names) if plain(name) in NUMBER_COLUMNS), None)
