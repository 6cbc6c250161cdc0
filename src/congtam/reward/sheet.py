"""The workbook of what people earn: written blank with the agency's people, read row by row, applied or not at all."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import transaction

from congtam.access.seats import Seat
from congtam.engine.findings import Unusable
from congtam.engine.rulebook.model import Text
from congtam.files.catalogue_cells import CellMistake, is_blank, read_day, read_text
from congtam.files.guessing import plain
from congtam.files.spreadsheets.workbook import Workbook
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.people.models import Person
from congtam.people.queries import Staff
from congtam.reward.amounts import set_earning
from congtam.reward.models import Earning

FILE, SHEET = "luong-thang.xlsx", "Lương"
HEADER_WITHIN, MOST_ROWS = 20, 20_000
NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"
RESULTS = {
    NEW: Text(vi="thêm mới", en="new"),
    CHANGED: Text(vi="đính chính", en="corrected"),
    UNCHANGED: Text(vi="không đổi", en="unchanged"),
    REFUSED: Text(vi="chưa dùng được", en="refused"),
}
COLUMNS = {
    "person": "Mã cán bộ",
    "name": "Họ và tên",
    "first": "Từ ngày",
    "salary": "Lương tháng (đồng)",
    "coefficient": "Hệ số lương",
    "base_fund": "Quỹ lương cơ bản (đồng)",
    "number": "Số văn bản",
    "source": "Nguồn",
}
NEEDED = ("person", "first", "number")
MONEY = ("salary", "coefficient", "base_fund")
_MONEY = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d+(?:[.,]\d{1,4})?")


@dataclass
class Line:
    """One row: as the spreadsheet counts it, what it says, what is wrong with it, and what becomes of it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[Text, Text]] = field(default_factory=list)
    result: str = ""

    def refuse(self, what: Text, advice: Text) -> None:
        """Say that the row cannot be used."""
        self.problems.append((what, advice))
        self.result = REFUSED


@dataclass
class Report:
    """Every row of a workbook, and what is wrong with the workbook itself."""

    lines: list[Line] = field(default_factory=list)
    problems: list[tuple[Text, Text]] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether anything stands in the way: then no row is written."""
        return bool(self.problems) or any(line.result == REFUSED for line in self.lines)

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(line.result for line in self.lines))


class _TakenBack(Exception):  # noqa: N818 (not an error: it ends the transaction without a trace)
    """Nothing of the transaction is kept."""


def blank(staff: list[Staff], first: date) -> bytes:
    """The workbook to fill in, with the people there are."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    page, head, text = book.add_worksheet(SHEET), book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    for at, (key, heading) in enumerate(COLUMNS.items()):
        page.set_column(at, at, 24, None if key in MONEY else text)
        page.write_string(0, at, heading + (" *" if key in NEEDED else ""), head)
    for row, one in enumerate(staff, start=1):
        for at, value in enumerate((one.code, one.full_name, f"{first:%d/%m/%Y}")):
            page.write_string(row, at, value, text)
    page.freeze_panes(1, 2)
    book.close()
    return out.getvalue()


def read(path: Path) -> Report:
    """Every row with what is wrong with it; nothing is looked up."""
    report = Report()
    try:
        book = Workbook(path, SHEET)
    except Unusable as refusal:
        what = Text(vi=f"không đọc được trang “{SHEET}” của tệp", en=refusal.findings[0].message)
        report.problems.append((what, _AGAIN))
        return report
    try:
        _rows(book, report)
    except Unusable as refusal:
        report.problems.append((Text(vi="tệp hỏng, không đọc được", en=refusal.findings[0].message), _AGAIN))
    finally:
        book.close()
    if not report.lines and not report.problems:
        what = Text(vi="tệp chưa có dòng nào được điền", en="no row is filled in")
        report.problems.append((what, Text(vi="điền ít nhất một dòng", en="fill in at least one row")))
    _once(report)
    return report


def apply(seat: Seat, report: Report, *, keep: bool) -> Report:
    """Write every row, or none when one is refused; without `keep` only find out what would become of each."""
    if report.problems:
        return report
    try:
        with in_order():
            for line in report.lines:
                _write(seat, line)
            if report.refused or not keep:
                raise _TakenBack
    except _TakenBack:
        pass
    return report


_AGAIN = Text(
    vi="tải tệp mẫu về, điền rồi lưu thành .xlsx, không đặt mật khẩu",
    en="download the template, fill it in, and save it as .xlsx without a password",
)


def _rows(book: Workbook, report: Report) -> None:
    columns: dict[str, int] = {}
    known = {plain(heading): key for key, heading in COLUMNS.items()}
    for number, cells in book.rows():
        if not columns:
            found = {
                known[told]: at for at, cell in enumerate(cells) if (told := plain(str(cell).rstrip(" *"))) in known
            }
            if len(found) >= 2:
                columns = found
                missing = ", ".join(f"“{COLUMNS[key]}”" for key in NEEDED if key not in found)
                if missing:
                    what = Text(vi=f"thiếu cột {missing}", en=f"the column {missing} is missing")
                    report.problems.append((what, _AGAIN))
                    return
            elif number >= HEADER_WITHIN:
                break
            continue
        if number > MOST_ROWS:
            what = Text(vi=f"tệp dài quá {MOST_ROWS} dòng", en=f"the file has more than {MOST_ROWS} rows")
            report.problems.append((what, Text(vi="chia tệp", en="split the file")))
            return
        given = {key: cells[at] for key, at in columns.items() if at < len(cells)}
        if any(not is_blank(given.get(key)) for key in (*MONEY, "number")):
            report.lines.append(_line(number, given, book.first_1904))
    if not columns:
        report.problems.append((Text(vi="không thấy dòng tiêu đề", en="there is no row of headings"), _AGAIN))


def _line(number: int, given: dict[str, Any], first_1904: bool) -> Line:
    line = Line(number)
    for key, heading in COLUMNS.items():
        value = given.get(key)
        if is_blank(value):
            line.values[key] = None
            if key in NEEDED:
                line.refuse(
                    Text(vi=f"thiếu {heading}", en=f"{heading} is missing"), Text(vi="điền ô này", en="fill it in")
                )
            continue
        try:
            line.values[key] = read_day(value, first_1904) if key == "first" else _cell(key, value)
        except CellMistake as wrong:
            line.values[key] = None
            line.refuse(Text(vi=f"{heading} {wrong.what.vi}", en=f"{heading} {wrong.what.en}"), wrong.advice)
    return line


def _cell(key: str, value: Any) -> Any:
    if key in MONEY:
        return _money(value)
    text = read_text(value)
    return text if key == "name" else text[:64]


def _money(value: Any) -> Decimal:
    """A sum: a number, or text with dots between thousands; in a text a comma is the decimal sign."""
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        number = Decimal(int(value) if value == int(value) else repr(value))
    else:
        text = str(value).strip().removesuffix("đ").strip()
        if not _MONEY.fullmatch(text):
            raise CellMistake(
                "not-a-number",
                Text(vi=f"là “{text[:40]}”, không phải số tiền", en=f"is “{text[:40]}”, no sum"),
                Text(vi="viết số, ví dụ 8.190.000 hoặc 8190000", en="write a number, such as 8190000"),
            )
        grouped = re.fullmatch(r"\d{1,3}(?:[. ]\d{3})+", text)
        number = Decimal(re.sub(r"[. ]", "", text) if grouped else text.replace(",", "."))
    return number


def _once(report: Report) -> None:
    """No person twice from one day."""
    first: dict[tuple[Any, Any], int] = {}
    for line in report.lines:
        key = (line.values.get("person"), line.values.get("first"))
        if None not in key and first.setdefault(key, line.number) != line.number:
            line.refuse(
                Text(
                    vi=f"trùng người và ngày với dòng {first[key]}", en=f"the same person and day as row {first[key]}"
                ),
                Text(vi="bỏ một trong hai dòng", en="take one of them out"),
            )


def _write(seat: Seat, line: Line) -> None:
    if line.result:
        return
    told = line.values
    person = Person.objects.filter(code=told["person"]).first()
    if person is None:
        line.refuse(
            Text(vi=f"không có cán bộ mã “{told['person']}”", en=f"there is no official “{told['person']}”"),
            Text(vi="sửa mã, hoặc thêm người ở trang Nhân sự và tổ chức", en="mend the code, or add the person first"),
        )
        return
    standing = Earning.standing().filter(person=person, first=told["first"]).first()
    new = Earning(
        person=person, first=told["first"], salary=told["salary"], coefficient=told["coefficient"],
        base_fund=told["base_fund"], source=told["source"] or "", number=told["number"],
    )  # fmt: skip
    try:
        with transaction.atomic():
            made = set_earning(seat, person, new)
    except Refused as refusal:
        what, _, advice = refusal.text.vi.partition(". ")
        what_en, _, advice_en = refusal.text.en.partition(". ")
        line.refuse(Text(vi=what, en=what_en), Text(vi=advice or "sửa dòng này", en=advice_en or "mend the row"))
        return
    line.result = UNCHANGED if standing and made.pk == standing.pk else CHANGED if standing else NEW
