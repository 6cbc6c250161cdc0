"""Reads the workbook of an office's people: every row, every mistake at once, at the cell where it stands.

Nothing is looked up here: what a row says is read and checked against the other rows of the workbook only.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from congtam.engine.findings import Unusable
from congtam.engine.rulebook.model import Text
from congtam.files.catalogue_cells import CellMistake, is_blank, read_day, read_text
from congtam.files.guessing import plain
from congtam.files.spreadsheets.survey import letters_of
from congtam.files.spreadsheets.workbook import Workbook
from congtam.people.sheet_columns import EXAMPLE, NOTE, SHEETS, Column, Sheet, column_of, word_of
from congtam.people.sheet_report import EXAMPLE as SKIPPED
from congtam.people.sheet_report import Problem, Report, Row

HEADER_WITHIN = 20  # rows from the top in which the headings may stand
MOST_ROWS = 100_000  # a province's officials several times over
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_SPLIT = re.compile(r"[;\n]")


def read_people_workbook(path: Path) -> Report:
    """Every row of every sheet, with what is wrong with it; `apply` finds out what becomes of the others."""
    report, opened = Report(), 0
    for sheet in SHEETS:
        try:
            book = Workbook(path, sheet.title)
        except Unusable as refusal:
            one = refusal.findings[0]
            if one.code == "no-sheet":
                continue  # a workbook may bring one sheet only
            report.problems.append(Problem(*_unreadable(one.code, one.message)))
            return report
        opened += 1
        try:
            _Reader(book, sheet, report).read()
        except Unusable as refusal:
            report.problems += [Problem(*_unreadable(one.code, one.message)) for one in refusal.findings]
        finally:
            book.close()
    if not opened:
        titles = ", ".join(f"“{sheet.title}”" for sheet in SHEETS)
        what = Text(vi=f"tệp không có trang nào trong các trang {titles}", en=f"none of the sheets {titles} is in it")
        report.problems.append(Problem(what, _TEMPLATE))
    elif not report.rows and not report.problems:
        what = Text(vi="tệp chưa có dòng nào được điền", en="no row is filled in")
        report.problems.append(Problem(what, Text(vi="điền ít nhất một dòng", en="fill in at least one row")))
    _together(report)
    return report


_TEMPLATE = Text(
    vi="tải tệp mẫu về, chép dữ liệu vào đúng trang và cột rồi nộp lại",
    en="download the template, copy the data into its sheets and columns, and hand it in again",
)
_SAVE_AGAIN = Text(
    vi="mở bằng Excel hoặc LibreOffice, lưu lại thành .xlsx (không đặt mật khẩu) rồi nộp lại",
    en="open it in Excel or LibreOffice, save it as .xlsx without a password, and hand it in again",
)
_WHY = {
    "locked": "tệp có mật khẩu",
    "old-xls": "tệp thuộc loại cũ .xls",
    "not-xlsx": "tệp không phải bảng tính .xlsx",
    "zip-bomb": "tệp bung ra quá lớn",
    "zip-damaged": "tệp hỏng hoặc bị cắt ngang",
    "xml-entities": "tệp có phần không bảng tính nào có",
    "too-large": "trang tính có quá nhiều ô hoặc quá nhiều chữ lặp lại",
    "sheet-broken": "trang tính hỏng, không đọc được",
}


def _unreadable(code: str, message: str) -> tuple[Text, Text]:
    return Text(vi=_WHY.get(code, "không đọc được tệp"), en=message), _SAVE_AGAIN


class _Reader:
    """One sheet, read once from top to bottom."""

    def __init__(self, book: Workbook, sheet: Sheet, report: Report):
        self.book, self.sheet, self.report = book, sheet, report
        self.columns: dict[str, int] = {}  # key → position from 0

    def read(self) -> None:
        rows = iter(self.book.rows())
        if not self._header(rows):
            return
        for number, cells in rows:
            if number > MOST_ROWS:
                what = Text(vi=f"trang “{self.sheet.title}” quá dài", en=f"the sheet “{self.sheet.title}” is too long")
                advice = Text(vi=f"chia tệp, mỗi tệp không quá {MOST_ROWS} dòng", en=f"{MOST_ROWS} rows at most")
                self.report.problems.append(Problem(what, advice))
                return
            if any(not is_blank(self._at(cells, column.key)) for column in self.sheet.columns):
                self.report.rows.append(self._row(number, cells))

    def _header(self, rows: Iterator[tuple[int, list[Any]]]) -> bool:
        """Find the row of headings; without one, or without a needed column, the sheet is told as a whole."""
        blank = True
        for number, row in rows:
            known = [column_of(self.sheet, str(value)) for value in row]
            blank = blank and all(is_blank(value) for value in row)
            if sum(one is not None for one in known) >= 2:
                for at, column in enumerate(known):
                    if column is not None:
                        self.columns.setdefault(column.key, at)
                return self._complete()
            if number >= HEADER_WITHIN:
                break
        if not blank:
            self._whole(
                Text(vi="không thấy dòng tiêu đề", en="there is no row of headings"),
                _TEMPLATE,
            )
        return False

    def _complete(self) -> bool:
        missing = [one.heading for one in self.sheet.columns if one.required and one.key not in self.columns]
        if missing:
            names = ", ".join(f"“{name}”" for name in missing)
            self._whole(Text(vi=f"thiếu cột {names}", en=f"the column {names} is missing"), _TEMPLATE)
        return not missing

    def _whole(self, what: Text, advice: Text) -> None:
        title = self.sheet.title
        told = Text(vi=f"trang “{title}”: {what.vi}", en=f"sheet “{title}”: {what.en}")
        self.report.problems.append(Problem(told, advice))

    def _at(self, cells: list[Any], key: str) -> Any:
        at = self.columns.get(key)
        return cells[at] if at is not None and at < len(cells) else ""

    def _row(self, number: int, cells: list[Any]) -> Row:
        row = Row(self.sheet.key, number, {})
        if plain(str(self._at(cells, NOTE))).startswith(plain(EXAMPLE)):
            row.result = SKIPPED
            return row
        for column in self.sheet.columns:
            if column.key != NOTE:
                row.values[column.key] = self._cell(row, column, self._at(cells, column.key))
        first, until = row.values.get("first"), row.values.get("until")
        if first and until and until <= first:
            row.refuse(
                Text(vi="Đến hết ngày đứng trước Từ ngày", en="the last day comes before the first"),
                Text(vi="xem lại hai ngày", en="look at both days again"),
            )
        return row

    def _cell(self, row: Row, column: Column, value: Any) -> Any:
        heading, at = column.heading, self.columns.get(column.key)
        spot = (row.number, (at or 0) + 1)
        if at is not None and spot in self.book.survey.unvalued:
            row.refuse(
                Text(vi=f"{heading} là công thức chưa có giá trị", en=f"{heading} is a formula without a value"),
                Text(vi="dán thành giá trị rồi lưu lại", en="paste it as a value and save again"),
            )
            return None
        if at is not None and (error := self.book.survey.errors.get(spot)):
            row.refuse(
                Text(vi=f"{heading} báo lỗi {error}", en=f"{heading} shows the error {error}"),
                Text(vi="sửa công thức hoặc gõ giá trị", en="mend the formula or type the value"),
            )
            return None
        if is_blank(value):
            if column.required:
                cell = f"{letters_of(spot[1])}{row.number}"
                row.refuse(
                    Text(vi=f"thiếu {heading} (ô {cell})", en=f"{heading} is missing (cell {cell})"),
                    Text(vi=f"điền {heading}: {column.help}", en=f"fill in {heading}: {column.help}"),
                )
            return None
        try:
            return _READ[column.reads](column, value, self.book.first_1904)
        except CellMistake as wrong:
            cell = f"{letters_of(spot[1])}{row.number}"
            row.refuse(
                Text(vi=f"{heading} (ô {cell}) {wrong.what.vi}", en=f"{heading} (cell {cell}) {wrong.what.en}"),
                wrong.advice,
            )
            return None


def _text(column: Column, value: Any, first_1904: bool) -> str:
    text = read_text(value)
    if len(text) > column.most:
        raise CellMistake(
            "too-long",
            Text(
                vi=f"dài {len(text)} chữ, quá {column.most}", en=f"has {len(text)} characters, more than {column.most}"
            ),
            Text(vi="viết ngắn lại", en="write it shorter"),
        )
    if column.key == "email" and not _EMAIL.fullmatch(text):
        raise CellMistake(
            "no-address",
            Text(vi=f"là “{text}”, không phải địa chỉ thư", en=f"is “{text}”, no address"),
            Text(
                vi="viết như ten@coquan.gov.vn, hoặc bỏ trống", en="write it like name@agency.gov.vn, or leave it blank"
            ),
        )
    return text


def _number(column: Column, value: Any, first_1904: bool) -> int:
    text = read_text(value)
    if not re.fullmatch(r"\d{1,5}", text):
        raise CellMistake(
            "no-number",
            Text(vi=f"là “{text}”, không phải số thứ tự", en=f"is “{text}”, no number"),
            Text(vi="viết số nguyên, ví dụ 10", en="write a whole number, such as 10"),
        )
    return int(text)


def _word(column: Column, value: Any, first_1904: bool) -> str:
    text = _text(column, value, first_1904)
    found = word_of(column.words, text)
    if found is None and column.open_:
        return text
    if found is None:
        known = ", ".join(f"“{word}”" for word in column.words.values())
        raise CellMistake(
            "unknown-word",
            Text(vi=f"là “{text}”, không có trong danh sách", en=f"is “{text}”, not in the list"),
            Text(vi=f"chọn một trong: {known}", en=f"choose one of {known}"),
        )
    return found


def _words(column: Column, value: Any, first_1904: bool) -> tuple[str, ...]:
    parts = [part for part in _SPLIT.split(str(value)) if part.strip()]
    return tuple(sorted({_word(column, part, first_1904) for part in parts}))


_READ: dict[str, Any] = {
    "text": _text,
    "number": _number,
    "word": _word,
    "words": _words,
    "day": lambda column, value, first_1904: read_day(value, first_1904),
    "last_day": lambda column, value, first_1904: read_day(value, first_1904) + timedelta(days=1),
}


def _together(report: Report) -> None:
    """What rows say together: no code twice where a code may stand once, no two stretches of one thing on one day."""
    _once(report, "persons", ("code",), dated=False)
    _once(report, "units", ("code",), dated=True)
    _once(report, "posts", ("code",), dated=True)
    _once(report, "spells", ("person", "post"), dated=True)
    _once(report, "absences", ("person",), dated=True)
    for row in report.of("spells"):
        values = row.values
        if not row.result and not values["code"]:
            row.values["code"] = f"{values['person']}/{values['post']}/{values['first']:%Y%m%d}"[:64]


def _once(report: Report, sheet: str, keys: tuple[str, ...], *, dated: bool) -> None:
    seen: dict[tuple[Any, ...], list[Row]] = {}
    for row in report.of(sheet):
        if row.result:
            continue
        same = seen.setdefault(tuple(row.values[key] for key in keys), [])
        clash = next((one for one in same if not dated or _overlap(one, row)), None)
        if clash is not None:
            row.refuse(*_twice(clash, dated))
        else:
            same.append(row)


def _overlap(one: Row, other: Row) -> bool:
    """Whether both stretches hold a day. A stretch without an end ends where a later one of the same code begins."""
    first, second = sorted((one, other), key=lambda row: row.values["first"])
    until = first.values["until"]
    return first.values["first"] == second.values["first"] or (until is not None and until > second.values["first"])


def _twice(clash: Row, dated: bool) -> tuple[Text, Text]:
    what = Text(
        vi=f"trùng {'ngày' if dated else 'mã'} với dòng {clash.number}",
        en=f"{'overlaps with' if dated else 'has the same code as'} row {clash.number}",
    )
    return what, Text(vi="giữ một dòng, hoặc sửa mã, sửa ngày", en="keep one of them, or mend the code or the days")
