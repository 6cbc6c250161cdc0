"""A list of work as a file: CSV that Excel opens right, and XLSX. Each says what it holds, as of when, and for whom."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from congtam.engine.periods import VIETNAM
from congtam.engine.rulebook.model import Text
from congtam.web.pages.worklist import words
from congtam.web.pages.worklist.listing import Line

FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would compute what begins like this
HEADER = (
    Text(vi="Mã", en="Code"),
    Text(vi="Số/ký hiệu", en="Number and symbol"),
    Text(vi="Việc", en="Work"),
    Text(vi="Loại", en="Kind"),
    Text(vi="Lĩnh vực, thủ tục", en="Field, procedure"),
    Text(vi="Người làm", en="Person"),
    Text(vi="Đơn vị", en="Unit"),
    Text(vi="Vai trò", en="Role"),
    Text(vi="Người giao", en="Given by"),
    Text(vi="Nhận", en="Received"),
    Text(vi="Hạn", en="Due"),
    Text(vi="Xong", en="Finished"),
    Text(vi="Trạng thái", en="State"),
    Text(vi="Trễ (ngày làm việc)", en="Late (working days)"),
    Text(vi="Dấu hiệu nguyên nhân trễ", en="Cause seen in the data"),
    Text(vi="Đang chờ", en="Waiting for"),
    Text(vi="Được miễn trừ", en="Excused"),
)
WIDTHS = (14, 18, 48, 14, 18, 24, 28, 10, 22, 16, 16, 16, 16, 10, 26, 26, 10)
YES = Text(vi="có", en="yes")


def as_csv(head: Iterable[tuple[str, str]], lines: Iterable[Line], lang: str) -> Iterator[str]:
    """The file in pieces, with the mark by which Excel knows UTF-8, and semicolons as office suites here expect."""
    yield "\ufeff"
    for cells in (*head, (), tuple(text.in_(lang) for text in HEADER)):
        yield _row(cells)
    for line in lines:
        yield _row([_plain(cell) for cell in cells_of(line, lang)])


def as_xlsx(head: Iterable[tuple[str, str]], lines: Iterable[Line], lang: str) -> bytes:
    """The workbook; texts stay texts, whatever they begin with."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(Text(vi="Công việc", en="Work").in_(lang))
    bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    instant = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    at = 0
    for label, value in head:
        sheet.write_string(at, 0, label)
        sheet.write_string(at, 2, value)
        at += 1
    at += 1
    for column, text in enumerate(HEADER):
        sheet.write_string(at, column, text.in_(lang), bold)
    sheet.freeze_panes(at + 1, 0)
    for number, line in enumerate(lines, start=at + 1):
        for column, cell in enumerate(cells_of(line, lang)):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, column, cell.astimezone(VIETNAM).replace(tzinfo=None), instant)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif cell:
                sheet.write_string(number, column, str(cell))
    book.close()
    return out.getvalue()


def cells_of(line: Line, lang: str) -> tuple[Any, ...]:
    """One line, cell by cell, in the order of `HEADER`."""
    row = line.row
    return (
        row.key,
        row.symbol,
        row.title,
        words.KINDS[row.kind].in_(lang) if row.kind in words.KINDS else row.kind,
        row.procedure,
        line.person,
        line.unit,
        words.SHARE_ROLES[row.role].in_(lang) if row.role in words.SHARE_ROLES else row.role,
        line.giver,
        row.received_at,
        row.due_at,
        row.finished_at,
        line.state.in_(lang),
        row.late_days,
        line.cause.in_(lang) if line.cause else "",
        line.waiting.in_(lang) if line.waiting else "",
        YES.in_(lang) if row.excused else "",
    )


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before what would begin one."""
    return f"'{text}" if text.startswith(FORMULAS) else text


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(VIETNAM):%d/%m/%Y %H:%M}"  # as spreadsheets read it
    return str(cell)


def _row(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow([harmless(cell) for cell in cells])
    return out.getvalue()
