"""A list of payments as a workbook: where it comes from, its lines, and what they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from congtam.engine.rulebook.model import Text

HEADER = (
    Text(vi="Họ và tên", en="Name"),
    Text(vi="Mã cán bộ", en="Code"),
    Text(vi="Chức vụ, vị trí", en="Post"),
    Text(vi="Đơn vị", en="Unit"),
    Text(vi="Mức xếp loại", en="Grade"),
    Text(vi="Mức tính (đồng)", en="Base (đồng)"),
    Text(vi="Hệ số", en="Factor"),
    Text(vi="Số tiền (đồng)", en="Amount (đồng)"),
    Text(vi="Căn cứ mức tính", en="Base by"),
    Text(vi="Ghi chú", en="Note"),
)
WIDTHS = (30, 12, 24, 30, 24, 18, 10, 18, 24, 30)
AMOUNT = 7  # its column
SUM = Text(vi="Cộng", en="Sum")
FLOOR = Text(vi="mức tối thiểu", en="the least there is")


@dataclass(frozen=True)
class Line:
    """One person of a list as it is shown; `left`: since when they hold no post any more."""

    name: str
    code: str
    post: str
    unit: str
    grade: str
    base: Decimal | None
    factor: Decimal | None
    amount: Decimal
    whence: str
    floored: bool
    left: date | None

    def note(self, lang: str) -> str:
        told = [FLOOR.in_(lang)] if self.floored else []
        if self.left:
            gone = Text(vi=f"đã rời vị trí từ {self.left:%d/%m/%Y}", en=f"left on {self.left:%d/%m/%Y}")
            told.append(gone.in_(lang))
        return "; ".join(told)


def as_xlsx(head: Iterable[tuple[str, str]], lines: Iterable[Line], sums: tuple[Decimal, Decimal], lang: str) -> bytes:
    """The workbook; figures stay figures, texts stay texts whatever they begin with."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(Text(vi="Danh sách chi", en="Payments").in_(lang))
    bold, money = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "#,##0.######"})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    at = 0
    for at, (label, value) in enumerate(head):
        sheet.write_string(at, 0, label)
        sheet.write_string(at, 1, value)
    at += 2
    for column, title in enumerate(HEADER):
        sheet.write_string(at, column, title.in_(lang), bold)
    sheet.freeze_panes(at + 1, 0)
    for line in lines:
        at += 1
        for column, text in enumerate((line.name, line.code, line.post, line.unit, line.grade)):
            sheet.write_string(at, column, text)
        for column, figure in ((5, line.base), (6, line.factor), (AMOUNT, line.amount)):
            if figure is not None:
                sheet.write_number(at, column, figure, money)
        sheet.write_string(at, 8, line.whence)
        sheet.write_string(at, 9, line.note(lang))
    sheet.write_string(at + 1, 0, SUM.in_(lang), bold)
    sheet.write_number(at + 1, AMOUNT, sums[0] - sums[1], money)
    book.close()
    return out.getvalue()
