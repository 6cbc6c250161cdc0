"""The list of incidents and exemptions as a file: CSV that Excel opens right, and XLSX."""

import csv
from collections.abc import Iterable
from io import BytesIO, StringIO

import xlsxwriter

from congtam.engine.rulebook.model import Text
from congtam.web.pages.exemptions.listing import Line
from congtam.web.pages.worklist.exports import harmless

HEADER = (
    Text(vi="Loại", en="Kind"),
    Text(vi="Tên, công việc", en="Name, work"),
    Text(vi="Đơn vị, người được áp dụng", en="Units, people"),
    Text(vi="Thời gian", en="Stretch"),
    Text(vi="Số công việc", en="Items"),
    Text(vi="Số văn bản", en="Document"),
    Text(vi="Ngày ký", en="Signed on"),
    Text(vi="Người quyết định", en="Decided by"),
    Text(vi="Tình trạng", en="State"),
)
WIDTHS = (24, 40, 40, 36, 10, 18, 12, 24, 16)


def cells_of(line: Line, lang: str) -> list[str]:
    """One line, cell by cell, in the order of `HEADER`."""
    return [
        line.kind_in_words.in_(lang), line.title, line.whom, line.stretch, str(line.items), line.decision,
        f"{line.decided_on:%d/%m/%Y}", line.by, line.state_in_words.in_(lang),
    ]  # fmt: skip


def as_csv(head: Iterable[tuple[str, str]], lines: Iterable[Line], lang: str) -> str:
    """With the mark by which Excel knows UTF-8, and semicolons as office suites here expect."""
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for cells in (*head, (), [text.in_(lang) for text in HEADER], *(cells_of(line, lang) for line in lines)):
        writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def as_xlsx(head: Iterable[tuple[str, str]], lines: Iterable[Line], lang: str) -> bytes:
    """The workbook; texts stay texts, whatever they begin with."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(Text(vi="Sự cố, miễn trừ", en="Exemptions").in_(lang))
    bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    at = 0
    for label, value in head:
        sheet.write_string(at, 0, label)
        sheet.write_string(at, 1, value)
        at += 1
    at += 1
    for column, text in enumerate(HEADER):
        sheet.write_string(at, column, text.in_(lang), bold)
    sheet.freeze_panes(at + 1, 0)
    for row, line in enumerate(lines, start=at + 1):
        for column, cell in enumerate(cells_of(line, lang)):
            sheet.write_string(row, column, cell)
    book.close()
    return out.getvalue()
