"""Reads a catalogue of products out of a workbook: every row, every mistake at once, nothing half.

Rows stand on the sheet `Danh mục`, what they share on `Thông tin chung`. A mistake names its cell as people see it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from congtam.engine.findings import Finding, Place, Severity, Unusable, unusable
from congtam.engine.rulebook.catalogue import Catalogue, CatalogueTitle, Product
from congtam.engine.rulebook.model import Text
from congtam.files.catalogue_cells import is_blank, read_text, read_word
from congtam.files.catalogue_columns import COLUMNS, HEAD_LABELS, HEAD_SHEET, HEADINGS, ROWS_SHEET, column_of
from congtam.files.catalogue_mistakes import Mistake, Mistakes, at_cell, at_row, at_sheet
from congtam.files.catalogue_rows import RowReader, basis_of
from congtam.files.guessing import plain
from congtam.files.spreadsheets.survey import letters_of
from congtam.files.spreadsheets.workbook import Workbook

HEADER_WITHIN = 20  # rows from the top in which the headings may stand


@dataclass
class Reading:
    """What was read: a catalogue (None when anything is wrong with it), and all that was found."""

    catalogue: Catalogue | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    rows: tuple[int, ...] = ()  # the row of the sheet each product stands on


def read_catalogue(path: Path, sheet: str | None = None, given: dict[str, str] | None = None) -> Reading:
    """The catalogue in a workbook. `given` are fields of the head (title, issuer …) for workbooks that lack them.

    Raises `Unusable` when the workbook cannot be read at all, or no sheet of it is a catalogue.
    """
    book = _open(path, sheet)
    try:
        mistakes = Mistakes()
        head = {**_head(path, mistakes), **(given or {})}
        return _Reader(book, mistakes).read(head)
    finally:
        book.close()


def _open(path: Path, sheet: str | None) -> Workbook:
    if not path.is_file():
        raise unusable("file-missing", "there is no such file", "check the path", Place(str(path)))
    try:
        book = Workbook(path, sheet or ROWS_SHEET)
    except Unusable as refusal:
        if sheet is not None or refusal.findings[0].code != "no-sheet":
            raise
        book = _only_sheet(path)
    if sheet is None and not book.sheet.visible:
        book.close()
        message = f"the sheet {book.sheet.name!r} is hidden (trang tính đang ẩn)"
        advice = f"show it in Excel (Unhide), or name it: --sheet {book.sheet.name!r}"
        raise unusable("hidden-sheet", message, advice, Place(path.name))
    return book


def _only_sheet(path: Path) -> Workbook:
    """The workbook when no sheet has the name of rows: its only one that holds anything."""
    try:
        return Workbook(path)
    except Unusable as refusal:
        one = refusal.findings[0]
        if one.code != "which-sheet":
            raise
        advice = f"call the one with the products “{ROWS_SHEET}”, or name it with --sheet (ghi tên trang tính)"
        raise unusable(one.code, one.message, advice, one.place) from None


def _head(path: Path, mistakes: Mistakes) -> dict[str, Any]:
    """What the sheet of common fields says, by key; nothing when there is no such sheet."""
    try:
        book = Workbook(path, HEAD_SHEET)
    except Unusable as refusal:
        if refusal.findings[0].code == "no-sheet":
            return {}
        raise
    keys = {plain(label): key for key, label in HEAD_LABELS.items()}
    found: dict[str, Any] = {}
    try:
        for number, row in book.rows():
            key = keys.get(plain(str(row[0]))) if row else None
            if key and len(row) > 1 and not is_blank(row[1]):
                spot = at_cell(f"B{number}", HEAD_SHEET)
                read = partial(read_word, key) if key in ("status", "certainty") else read_text
                found[key] = mistakes.cell(spot, HEAD_LABELS[key], read, row[1])
            if key and (number, 2) in book.survey.unvalued:
                mistakes.uncomputed(at_cell(f"B{number}", HEAD_SHEET), HEAD_LABELS[key])
    finally:
        book.close()
    return found


class _Reader:
    """One sheet of products, read once from top to bottom."""

    def __init__(self, book: Workbook, mistakes: Mistakes):
        self.book, self.mistakes = book, mistakes
        self.columns: dict[str, int] = {}  # key → position from 1

    def read(self, head: dict[str, Any]) -> Reading:
        """Every row, then what rows say together."""
        rows = iter(self.book.rows())
        header = self._find_header(rows)
        reader = RowReader(self.book, self.columns, self.mistakes, "act" in head)
        read = [(number, reader.product(number, cells)) for number, cells in rows]
        products = [(number, product) for number, product in read if product is not None]
        self._merged(header)
        if not products and not self.mistakes.found:
            what = Text(vi="không có dòng sản phẩm nào", en="there is no product")
            advice = Text(vi="điền ít nhất một dòng", en="fill in a row")
            self.mistakes.add("no-products", at_row(header + 1), what, advice)
        numbers = tuple(number for number, _ in products)
        reader.together()
        self._check_head(head)
        made = None if self.mistakes.refuse else _catalogue(head, [product for _, product in products])
        return Reading(made, self.mistakes.found, list(self.book.warnings), numbers)

    # -- the header

    def _find_header(self, rows: Iterator[tuple[int, list[Any]]]) -> int:
        """The row of headings; those with a catalogue's columns are remembered by position."""
        best: list[str] = []
        for number, row in rows:
            keys = [column_of(str(value)) for value in row]
            if {"code", "coefficient"} <= set(keys):
                self._columns(number, row, keys)
                return number
            filled = [str(value) for value in row if not is_blank(value)]
            best = filled if len(filled) > len(best) else best
            if number >= HEADER_WITHIN:
                break
        wanted = ", ".join(column.heading for column in COLUMNS if column.required)
        raise unusable(
            "no-header",
            f"the sheet {self.book.sheet.name!r} has no row of headings (không thấy dòng tiêu đề): {', '.join(best)}",
            f"head the columns {wanted}; `congtam catalogue export --out mau.xlsx` makes a blank sheet",
            Place(self.book.name),
        )

    def _columns(self, number: int, row: list[Any], keys: list[str | None]) -> None:
        for at, (value, key) in enumerate(zip(row, keys, strict=True), start=1):
            spot = at_cell(f"{letters_of(at)}{number}")
            if key is None and not is_blank(value):
                what = Text(vi=f"cột “{value}” không được đọc", en=f"the column “{value}” is not read")
                advice = Text(vi="đổi tên cột nếu cần đến nó", en="rename it if it is needed")
                self.mistakes.add("unread-column", spot, what, advice, Severity.WARNING)
            elif key in self.columns:
                what = Text(vi=f"cột “{HEADINGS[key]}” có hai lần", en=f"the column “{HEADINGS[key]}” stands twice")
                self.mistakes.add("column-twice", spot, what, Text(vi="bỏ một cột", en="remove one"))
            elif key is not None:
                self.columns[key] = at
        for column in COLUMNS:
            if column.required and column.key not in self.columns:
                what = Text(vi=f"thiếu cột “{column.heading}”", en=f"the column “{column.heading}” is missing")
                self.mistakes.add("column-missing", at_row(number), what, Text(vi="thêm cột ấy", en="add it"))

    def _merged(self, header: int) -> None:
        """Merged cells below the header keep a value in their first cell only."""
        for top, left, bottom, _ in self.book.merged:
            if bottom > header and left in self.columns.values():
                spot = at_cell(f"{letters_of(left)}{top}")
                what = Text(vi="là ô gộp: chỉ ô đầu có giá trị", en="is merged: only its first cell has a value")
                advice = Text(vi="bỏ gộp ô, điền từng ô", en="unmerge and fill each")
                self.mistakes.add("merged-cells", spot, what, advice)

    def _check_head(self, head: dict[str, Any]) -> None:
        for key, option in (("title", "--title"), ("issuer", "--issuer")):
            if head.get(key) is None:
                what = Text(vi=f"thiếu {HEAD_LABELS[key]}", en=f"{HEAD_LABELS[key]} is missing")
                advice = Text(
                    vi=f"ghi ở trang “{HEAD_SHEET}” (trên dòng lệnh: {option})",
                    en=f"write it on the sheet “{HEAD_SHEET}” (on the command line: {option})",
                )
                self.mistakes.add("head-missing", at_sheet(HEAD_SHEET), what, advice)
        if (head.get("act") is None) != (head.get("certainty") is None):
            what = Text(
                vi="Căn cứ chung và Mức độ chắc chắn chung phải đi cùng nhau", en="a common basis needs its certainty"
            )
            advice = Text(vi="điền cả hai, hoặc bỏ trống cả hai", en="fill in both, or neither")
            self.mistakes.add("half-a-basis", at_sheet(HEAD_SHEET), what, advice)


def _catalogue(head: dict[str, Any], products: list[Product]) -> Catalogue:
    return Catalogue(
        title=CatalogueTitle(vi=head["title"], en=head.get("title_en")),
        issuer=head["issuer"],
        status=head.get("status") or "in_force",
        notice=CatalogueTitle(vi=head["notice"], en=head.get("notice_en")) if head.get("notice") else None,
        legal_basis=basis_of(head),
        products=tuple(products),
    )
