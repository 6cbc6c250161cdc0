"""A register as a file: CSV that Excel opens right, and XLSX. Each says what it holds, as of when, and for whom."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from congtam.engine.rulebook.model import Text
from congtam.registers.models import Document
from congtam.web.pages.registers import words
from congtam.web.pages.task.words import URGENCY
from congtam.web.pages.worklist.exports import harmless

HEADERS = {
    "in": (
        (Text(vi="Số đến", en="Number"), 8),
        (Text(vi="Năm", en="Year"), 8),
        (Text(vi="Ngày đến", en="Arrived"), 12),
        (Text(vi="Cơ quan ban hành", en="Issued by"), 30),
        (Text(vi="Số, ký hiệu", en="Number and symbol"), 20),
        (Text(vi="Ngày văn bản", en="Dated"), 12),
        (Text(vi="Loại", en="Type"), 14),
        (Text(vi="Trích yếu", en="Abstract"), 60),
        (Text(vi="Độ khẩn", en="Urgency"), 12),
        (Text(vi="Mức độ mật", en="Secrecy"), 12),
        (Text(vi="Trạng thái", en="State"), 16),
    ),
    "out": (
        (Text(vi="Số đi", en="Number"), 8),
        (Text(vi="Năm", en="Year"), 8),
        (Text(vi="Ngày văn bản", en="Dated"), 12),
        (Text(vi="Số, ký hiệu", en="Number and symbol"), 20),
        (Text(vi="Loại", en="Type"), 14),
        (Text(vi="Trích yếu", en="Abstract"), 60),
        (Text(vi="Người ký", en="Signed by"), 24),
        (Text(vi="Nơi nhận", en="Recipients"), 40),
        (Text(vi="Độ khẩn", en="Urgency"), 12),
        (Text(vi="Mức độ mật", en="Secrecy"), 12),
        (Text(vi="Trạng thái", en="State"), 16),
    ),
}
Lines = Iterable[tuple[str, str]]


def cells(one: Document, lang: str) -> tuple[Any, ...]:
    """One document, cell by cell, in the order of the header of its register."""
    secrecy = words.SECRECY[one.secrecy].in_(lang) if one.secrecy else ""
    ends = (URGENCY[one.urgency].in_(lang), secrecy, words.STATES[one.standing].in_(lang))
    if one.direction == "in":
        return (one.number, one.year, one.arrived_on, one.issuer, one.symbol, one.dated, one.kind, one.abstract, *ends)
    return (one.number, one.year, one.dated, one.symbol, one.kind, one.abstract, one.signer, one.recipients, *ends)


def as_csv(head: Lines, direction: str, rows: Iterable[Document], lang: str) -> Iterator[str]:
    """The file in pieces, with the mark by which Excel knows UTF-8, and semicolons as office suites here expect."""
    yield "\ufeff"
    for line in (*head, (), tuple(text.in_(lang) for text, _ in HEADERS[direction])):
        yield _row(line)
    for one in rows:
        yield _row([f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in cells(one, lang)])


def as_xlsx(head: Lines, direction: str, rows: Iterable[Document], lang: str) -> bytes:
    """The workbook; texts stay texts, whatever they begin with."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(words.DIRECTIONS[direction].in_(lang))
    bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    for column, (_, width) in enumerate(HEADERS[direction]):
        sheet.set_column(column, column, width)
    at = -1
    for at, (label, value) in enumerate(head):
        sheet.write_string(at, 0, label)
        sheet.write_string(at, 2, value)
    at += 2
    for column, (text, _) in enumerate(HEADERS[direction]):
        sheet.write_string(at, column, text.in_(lang), bold)
    sheet.freeze_panes(at + 1, 0)
    for row, one in enumerate(rows, start=at + 1):
        for column, cell in enumerate(cells(one, lang)):
            if isinstance(cell, date):
                sheet.write_datetime(row, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(row, column, cell)
            elif cell:
                sheet.write_string(row, column, str(cell))
    book.close()
    return out.getvalue()


def _row(line: Iterable[Any]) -> str:
    out = StringIO()
    told = [harmless("" if cell is None else str(cell)) for cell in line]
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(told)
    return out.getvalue()
