"""XLSX by xlsxwriter: the tables of a paper, figures as figures, below an imprint that says where they come from."""

from io import BytesIO
from typing import Any

import xlsxwriter

from congtam.documents.papers import Header, Imprint
from congtam.documents.sheets import Cell, Column, Sheet, Table
from congtam.engine.explaining.formats import moment

MICRO = 1_000_000
WIDE = 1.3  # letters for one share of a table's width


def xlsx_of(sheet: Sheet, imprint: Imprint) -> bytes:
    """One worksheet for each table; texts stay texts, whatever they begin with."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    formats = {
        "bold": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "points": book.add_format({"num_format": "0.00", "valign": "top"}),
        "money": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "count": book.add_format({"num_format": "0", "valign": "top"}),
    }
    head = _head(sheet, imprint)
    for number, table in enumerate(sheet.tables, start=1):
        _table(book.add_worksheet(f"Bảng {number}"), table, head, formats)
    book.close()
    return out.getvalue()


def _head(sheet: Sheet, imprint: Imprint) -> list[tuple[str, str]]:
    header: Header = sheet.header
    return [
        ("Nội dung", f"{sheet.title} {sheet.abstract}".strip()),
        ("Cơ quan", header.agency),
        ("Số, ký hiệu", header.number),
        ("Bộ lọc", imprint.filters or "không lọc"),
        ("Số liệu đến", moment(imprint.cut_off, "vi")),
        ("Bộ quy tắc", imprint.rules),
        ("Lần tính", imprint.run),
        ("Người xuất", imprint.exported_by),
        ("Xuất lúc", moment(imprint.exported_at, "vi")),
        ("Mã xác minh", " ".join(part for part in (header.code, header.address) if part)),
    ]


def _table(page: Any, table: Table, head: list[tuple[str, str]], formats: dict[str, Any]) -> None:
    for at, column in enumerate(table.columns):
        page.set_column(at, at, max(8, column.width * WIDE))
    for line, (label, value) in enumerate(head):
        page.write_string(line, 0, label)
        page.write_string(line, 2, value)
    top = len(head) + 1
    for at, column in enumerate(table.columns):
        page.write_string(top, at, column.title, formats["bold"])
    page.freeze_panes(top + 1, 0)
    for number, row in enumerate(table.rows, start=top + 1):
        for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _cell(page, number, at, cell, column, formats)


def _cell(page: Any, row: int, at: int, cell: Cell, column: Column, formats: dict[str, Any]) -> None:
    if isinstance(cell, int):
        figure = cell / MICRO if column.kind == "points" else cell
        page.write_number(row, at, figure, formats.get(column.kind, formats["count"]))
    elif cell:
        page.write_string(row, at, str(cell), formats["text"])
