"""The blank workbook of an office's people: one sheet for each kind of row, with lists to choose from, examples that
are marked as examples, and a sheet that says how to fill it in."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from congtam.people.sheet_columns import EXAMPLE, FILE, GUIDE, SHEETS, Column, Sheet

ROWS = 3000  # rows below the heading that get formats and lists
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 (the same workbook, whenever it is written)
WORD_LIST = 255  # characters a list in a cell may have
GUIDANCE = (
    ("Điền theo thứ tự", "Đơn vị → Cán bộ → Vị trí → Thời gian công tác → Vắng mặt. Trang nào chưa cần thì để trống."),
    ("Dòng ví dụ", f"các dòng có Ghi chú bắt đầu bằng “{EXAMPLE}” không được đọc; xóa đi hoặc để nguyên đều được."),
    ("Cột bắt buộc", "tiêu đề có dấu *."),
    ("Ngày", "ghi ngày/tháng/năm, ví dụ 01/03/2025. “Đến hết ngày” là ngày cuối cùng còn tính."),
    ("Mã", "là cách các nguồn dữ liệu gọi đơn vị và người; đã dùng thì giữ nguyên, không dùng lại cho người khác."),
    ("Nộp lại", "sửa trên chính tệp này rồi nộp lại: dòng không đổi thì bỏ qua, dòng có sửa thành đính chính có ngày."),
    ("Xóa dòng", "không xóa được gì trong hệ thống; muốn kết thúc thì điền Đến hết ngày."),
    ("Sai một dòng", "thì chưa dòng nào được ghi; báo cáo nói từng dòng sai ở đâu và sửa thế nào."),
    ("Công thức", "chỉ đọc giá trị đã lưu; nên dán thành giá trị."),
)


def workbook() -> bytes:
    """The blank workbook, as a file's bytes."""
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.set_properties({"created": MADE, "title": "Nhân sự và tổ chức"})
        _Writer(book).write()
    return made.getvalue()


def write_templates(folder: Path) -> list[Path]:
    """Write the blank workbook into a folder, which is made where there is none; the files written.

    Raises `FileExistsError` when the file stands there already: it may be filled in.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    with path.open("xb") as file:
        file.write(workbook())
    return [path]


class _Writer:
    def __init__(self, book: Any):
        self.book = book
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDEBF7", "border": 1, "locked": True}
        )
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.example = book.add_format({"num_format": "@", "italic": True, "font_color": "#666666"})

    def write(self) -> None:
        guide = self.book.add_worksheet(GUIDE)
        for sheet in SHEETS:
            self._sheet(sheet)
        self._guide(guide)

    def _sheet(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(sheet.title)
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width, self.text)
            page.write_string(0, at, column.heading + (" *" if column.required else ""), self.head)
            self._choices(page, at, column)
        for row, example in enumerate(sheet.examples, start=1):
            for at, column in enumerate(sheet.columns):
                page.write_string(row, at, example.get(column.key, ""), self.example)
        page.freeze_panes(1, 2)
        page.set_landscape()
        page.repeat_rows(0)

    def _choices(self, page: Any, at: int, column: Column) -> None:
        """What may be chosen is offered as a list; a cell says what belongs in it when it is entered."""
        told: dict[str, Any] = {"input_title": column.heading[:32], "input_message": column.help[:WORD_LIST]}
        words = list(column.words.values())
        if column.reads == "word" and len(",".join(words)) <= WORD_LIST and not any("," in word for word in words):
            told |= {"validate": "list", "source": words, "error_type": "warning"}
        elif column.reads in ("word", "words"):
            told |= {"validate": "list", "source": self._listed(column), "error_type": "information"}
        else:
            told |= {"validate": "any"}
        page.data_validation(1, at, ROWS, at, told)

    def _listed(self, column: Column) -> str:
        """Words that hold a comma stand on the guide, for a list in a cell is cut at commas."""
        at, last = self._lists[column.key], len(column.words)
        return f"='{GUIDE}'!${_letter(at)}$2:${_letter(at)}${last + 1}"

    @property
    def _lists(self) -> dict[str, int]:
        listed = [column.key for sheet in SHEETS for column in sheet.columns if column.words]
        return {key: at for at, key in enumerate(dict.fromkeys(listed), start=3)}

    def _guide(self, page: Any) -> None:
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 24)
        page.set_column(2, 2, 70)
        page.write_string(0, 0, "Cách điền tệp nhân sự và tổ chức", self.title)
        row = 2
        for label, text in GUIDANCE:
            page.write_string(row, 0, label, self.strong)
            page.merge_range(row, 1, row, 2, text, self.wrapped)
            page.set_row(row, 30)
            row += 1
        for sheet in SHEETS:
            row += 1
            page.write_string(row, 0, f"Trang {sheet.title}", self.title)
            page.merge_range(row + 1, 0, row + 1, 2, sheet.about, self.wrapped)
            row += 2
            for column in sheet.columns:
                page.write_string(row, 1, column.heading, self.strong)
                page.write_string(row, 2, column.help + (" (bắt buộc)" if column.required else ""), self.wrapped)
                row += 1
        self._write_lists(page)

    def _write_lists(self, page: Any) -> None:
        """The words of the lists, to the right of the guide, where people may read them too."""
        for sheet in SHEETS:
            for column in sheet.columns:
                if column.words:
                    at = self._lists[column.key]
                    page.set_column(at, at, 26)
                    page.write_string(0, at, column.heading, self.strong)
                    for row, word in enumerate(column.words.values(), start=1):
                        page.write_string(row, at, word, self.wrapped)


def _letter(at: int) -> str:
    return chr(ord("A") + at)
