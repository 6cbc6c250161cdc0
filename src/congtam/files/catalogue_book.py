"""A catalogue as a workbook for people: rows to edit, what they share, and how to fill it in."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from congtam.engine.rulebook.catalogue import Catalogue, Product
from congtam.files.catalogue_columns import (
    CERTAINTIES,
    COLUMNS,
    HEAD_LABELS,
    HEAD_SHEET,
    HELP_SHEET,
    ROWS_SHEET,
    STATUSES,
    UNITS,
)

SPARE_ROWS = 2000  # rows below the last one that get the same formats and lists
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 (the same catalogue gives the same file, whenever it is written)


def catalogue_book(catalogue: Catalogue | None, source: str = "") -> bytes:
    """The workbook of a catalogue (None: a blank one to fill in); `source` says where it was exported from."""
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.set_properties({"created": MADE, "title": catalogue.title.vi if catalogue else "Danh mục sản phẩm"})
        _Writer(book).write(catalogue, source)
    return made.getvalue()


def write_catalogue(catalogue: Catalogue | None, path: Path, source: str = "") -> None:
    """Write the workbook of a catalogue. Raises `OSError`."""
    write_whole(path, catalogue_book(catalogue, source))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, in a folder that is made where there is none. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(content)
    draft.replace(path)


class _Writer:
    def __init__(self, book: Any):
        self.book = book
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDEBF7"})
        self.text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.number = book.add_format({"num_format": "0.00", "valign": "top"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        self.formats = {"coefficient": self.number, "amount": self.number, "from": self.day, "until": self.day}

    def write(self, catalogue: Catalogue | None, source: str) -> None:
        self._rows(catalogue.products if catalogue else ())
        self._head(catalogue)
        self._help(source)

    def _rows(self, products: tuple[Product, ...]) -> None:
        sheet = self.book.add_worksheet(ROWS_SHEET)
        for at, column in enumerate(COLUMNS):
            sheet.set_column(at, at, column.width, self.formats.get(column.key, self.text))
            sheet.write_string(0, at, column.heading, self.bold)
            self._list(sheet, at, column.key, len(products))
        for number, product in enumerate(products, start=1):
            for at, column in enumerate(COLUMNS):
                self._cell(sheet, number, at, _value(product, column.key))
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(1, len(products)), len(COLUMNS) - 1)

    def _cell(self, sheet: Any, row: int, at: int, value: Any) -> None:
        if isinstance(value, date):
            sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), self.day)  # noqa: DTZ001
        elif isinstance(value, str):
            sheet.write_string(row, at, value, self.text)
        elif value is not None:
            sheet.write_number(row, at, float(value), self.number)

    def _list(self, sheet: Any, at: int, key: str, filled: int) -> None:
        """What may be chosen from a short list is offered as one; a wrong word is warned of, not blocked."""
        last = filled + SPARE_ROWS
        if key in ("unit", "certainty"):
            words = list((UNITS if key == "unit" else CERTAINTIES).values())
            sheet.data_validation(1, at, last, at, {"validate": "list", "source": words, "error_type": "warning"})

    def _head(self, catalogue: Catalogue | None) -> None:
        sheet = self.book.add_worksheet(HEAD_SHEET)
        sheet.set_column(0, 0, 28, self.bold)
        sheet.set_column(1, 1, 80, self.text)
        values = _head_values(catalogue)
        for row, (key, label) in enumerate(HEAD_LABELS.items()):
            sheet.write_string(row, 0, label, self.bold)
            if values.get(key):
                sheet.write_string(row, 1, values[key], self.text)
            if key in ("status", "certainty"):
                words = list((STATUSES if key == "status" else CERTAINTIES).values())
                sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": words, "error_type": "warning"})

    def _help(self, source: str) -> None:
        sheet = self.book.add_worksheet(HELP_SHEET)
        sheet.set_column(0, 0, 28, self.text)
        sheet.set_column(1, 1, 90, self.text)
        lines = [(column.heading, column.help + (" (bắt buộc)" if column.required else "")) for column in COLUMNS]
        lines += [
            ("Khi hệ số thay đổi", "giữ dòng cũ, ghi Đến trước ngày cho nó, rồi thêm dòng mới cùng mã từ ngày ấy"),
            ("Một mã, một ngày", "chỉ có một hệ số: hai dòng cùng mã không được trùng ngày"),
            ("Công thức", "chỉ đọc giá trị Excel đã lưu; nên dán thành giá trị"),
            ("Khoảng 0,8–2,0", "là hướng dẫn của địa phương, không phải luật: ngoài khoảng chỉ được nhắc xem lại"),
            (
                "Đưa trở lại",
                "trang Quy tắc › Danh mục, hoặc congtam catalogue import TỆP.xlsx --out catalogues/ten.yaml",
            ),
        ]
        if source:
            lines.append(("Xuất từ", source))
        for row, (label, text) in enumerate(lines):
            sheet.write_string(row, 0, label, self.bold)
            sheet.write_string(row, 1, text, self.text)


def _value(product: Product, key: str) -> Any:
    basis, time = product.legal_basis, product.standard_time
    values: dict[str, Any] = {
        "code": product.code,
        "title": product.title.vi,
        "title_en": product.title.en,
        "coefficient": product.coefficient,
        "amount": time.amount if time else None,
        "unit": UNITS[time.unit] if time else None,
        "act": basis.act if basis else None,
        "article": basis.article if basis else None,
        "certainty": CERTAINTIES[basis.certainty] if basis else None,
        "from": product.from_,
        "until": product.until,
    }
    return values[key]


def _head_values(catalogue: Catalogue | None) -> dict[str, str | None]:
    if catalogue is None:
        return {}
    basis, notice = catalogue.legal_basis, catalogue.notice
    return {
        "title": catalogue.title.vi,
        "title_en": catalogue.title.en,
        "issuer": catalogue.issuer,
        "status": STATUSES[catalogue.status],
        "notice": notice.vi if notice else None,
        "notice_en": notice.en if notice else None,
        "act": basis.act if basis else None,
        "article": basis.article if basis else None,
        "certainty": CERTAINTIES[basis.certainty] if basis else None,
    }
