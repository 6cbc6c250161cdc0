"""Ten spreadsheets in the shapes in which offices keep their registers, with invented people and papers.

Each builder writes one workbook and says what must come out of it: (code, received, due, finished, shares) of each
item, rows set aside by number, and how many rows are no data.
"""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

PEOPLE = """mã;họ tên;đơn vị
CB01;Nguyễn Văn An;Phòng Nội vụ
CB02;Trần Thị Bình;Phòng Kinh tế
CB03;Nguyễn Văn An;Phòng Kinh tế
CB04;Lê Hoà;Văn phòng
CB05;Phạm Thu Cúc;Phòng Nội vụ
CB06;Đỗ Ân;Phòng Tài nguyên
"""
Share = tuple[str, str]
Item = tuple[str, str, str | None, str | None, tuple[Share, ...]]  # instants as 2026-03-02 or 2026-03-02 08:30


@dataclass
class Told:
    """What must come out of a workbook."""

    mapping: str
    items: list[Item]
    left_out: dict[str, int] = field(default_factory=dict)
    set_aside: dict[int, str] = field(default_factory=dict)
    warnings: set[str] = field(default_factory=set)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)


def book(path: Path, rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), **sheet: Any) -> Workbook:
    """A workbook of one sheet with these rows and merged cells."""
    made = Workbook()
    if sheet.get("first_1904"):
        made.epoch = CALENDAR_MAC_1904
    page = made.active
    page.title = sheet.get("title", "Sổ")
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row, start=1):
            if value is not None:
                page.cell(number, at, value)
    for area in merged:
        page.merge_cells(area)
    made.save(path)
    return made


def at(*parts: int) -> datetime:
    """An instant as it stands in a cell, where no zone can be written."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def title_block(title: str) -> list[list[str | None]]:
    return [
        ["UBND PHƯỜNG THUẬN HÓA", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["VĂN PHÒNG", None, None, None, "Độc lập - Tự do - Hạnh phúc"],
        [],
        [title],
        ["(Từ ngày 01/3/2026 đến ngày 31/3/2026)"],
    ]


def signatures(columns: int = 4) -> list[list[str | None]]:
    room: list[str | None] = [None] * columns
    return [
        [],
        [*room, "Huế, ngày 31 tháng 3 năm 2026"],
        ["NGƯỜI LẬP BIỂU", *room[1:], "CHÁNH VĂN PHÒNG"],
        ["(Ký, ghi rõ họ tên)", *room[1:], "(Đã ký)"],
        ["Phạm Thu Cúc"],
    ]


def incoming_with_text_dates(path: Path) -> Told:
    """Title block, a header with line breaks, a row of column numbers, dates as text, a total and signatures."""
    header = ["STT", "Ngày đến", "Số\nđến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung"]
    header += ["Đơn vị hoặc\nngười nhận", "Thời hạn giải quyết", "Ngày hoàn thành", "Ghi chú"]
    rows = [
        *title_block("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"),
        header,
        [f"({n})" for n in range(1, 12)],
        [
            1,
            "02/03/2026",
            15,
            "UBND thành phố",
            "120/UBND-NV",
            "27/02/2026",
            "V/v báo cáo",
            "Phòng Nội vụ",
            "06/03/2026",
        ],
        [
            2,
            "3/3/2026",
            16,
            "Sở KH&CN",
            "45/SKHCN",
            "02/03/2026",
            "Mời họp",
            "Trần Thị Bình",
            "05/03/2026",
            "05/03/2026",
        ],
        [3, "31/02/2026", 17, "Sở Tài chính", "9/STC", "02/03/2026", "Góp ý", "Lê Hòa", "10/03/2026"],
        ["Tổng cộng: 03 văn bản"],
        *signatures(),
    ]
    book(path, rows)
    items: list[Item] = [
        ("so/15", "2026-03-02", "2026-03-06 17:00", None, ()),
        ("so/16", "2026-03-03", "2026-03-05 17:00", "2026-03-05", (("CB02", "lead"),)),
    ]
    return Told(
        "so_van_ban_den",
        items,
        {"total-row": 1, "below-the-table": 4},
        {10: "unreadable-date"},
        {"column-absent"},
        {"so/15": {"unit": "Phòng Nội vụ", "source": "UBND thành phố", "kind": "document"}},
    )


def incoming_with_merged_header(path: Path) -> Told:
    """A header of two rows with merged cells, real dates and times, several people with roles in one cell."""
    top = ["TT", "Ngày, tháng đến", "Số đến", "Cơ quan ban hành", "Trích yếu", "Đơn vị/người nhận", "Giải quyết", None]
    low = [None] * 6 + ["Thời hạn", "Ngày hoàn thành"]
    both = "Ông Nguyễn Văn An (CT, Phòng Kinh tế); Trần Thị Bình và Đ/c Lê Hoà (phối hợp)"
    rows = [
        ["SỔ VĂN BẢN ĐẾN NĂM 2026"],
        top,
        low,
        [1, at(2026, 3, 2, 8, 30), "01", "Bộ Nội vụ", "A", both, date(2026, 3, 9), at(2026, 3, 9, 16, 0)],
        [2, date(2026, 3, 3), "02", "Bộ Y tế", "B", "Nguyễn Văn An", date(2026, 3, 9)],
        [3, date(2026, 3, 4), "03", "Bộ Y tế", "C", "Trần Thị Bính", date(2026, 3, 9)],
        ["Cộng", None, "3 văn bản"],
    ]
    merged = ["A1:H1", *(f"{column}2:{column}3" for column in "ABCDEF"), "G2:H2"]
    book(path, rows, merged)
    shares = (("CB03", "lead"), ("CB02", "support"), ("CB04", "support"))
    items: list[Item] = [("so/01", "2026-03-02 08:30", "2026-03-09 17:00", "2026-03-09 16:00", shares)]
    return Told("so_van_ban_den", items, {"total-row": 1}, {5: "namesakes", 6: "unknown-person"})


def tasks_of_five_clears(path: Path) -> Told:
    """Tasks under headings I and II, a header in groups, coefficients with a comma and as numbers."""
    top = ["STT", "Mã nhiệm vụ", "Rõ việc", "Văn bản giao", "Đơn vị", "Rõ người", None, "Rõ thời gian", None, None]
    low = [None] * 5 + ["Chủ trì", "Phối hợp", "Ngày giao", "Hạn hoàn thành", "Ngày hoàn thành"]
    top, low = [*top, "Sản phẩm", None], [*low, "Mã danh mục", "Hệ số K"]
    days = ("02/03/2026", "10/03/2026")
    merged = [*(f"{column}6:{column}7" for column in "ABCDE"), "F6:G6", "H6:J6", "K6:L6", "A8:L8"]
    rows = [
        *title_block("BẢNG THEO DÕI NHIỆM VỤ"),
        top,
        low,
        ["I. NHIỆM VỤ THƯỜNG XUYÊN"],
        [1, "NV-01", "A", "KL 12", "Phòng Nội vụ", "Nguyễn Văn An", "Lê Hòa", *days, "09/03/2026", "A1", "1,5"],
        [2, "NV-02", "B", "KL 13", "Phòng Kinh tế", "nguyễn  văn AN", None, *days, None, "A2", 1.25],
        ["II", None, "Nhiệm vụ đột xuất"],
        [3, "NV-03", "C", "TB 4", "Văn phòng", "Lê Hòa; Đỗ Ân", "Phạm Thu Cúc", *days, None, None, "hai"],
        ["Tổng số", None, "3 nhiệm vụ"],
    ]
    book(path, rows, merged)
    items: list[Item] = [
        ("NV-01", "2026-03-02", "2026-03-10 17:00", "2026-03-09", (("CB01", "lead"), ("CB04", "support"))),
        ("NV-02", "2026-03-02", "2026-03-10 17:00", None, (("CB03", "lead"),)),
    ]
    described = {"NV-01": {"coefficient": "1.5", "catalogue": "A1"}, "NV-02": {"coefficient": "1.25"}}
    return Told(
        "theo_doi_nhiem_vu", items, {"heading-row": 2, "total-row": 1}, {12: "bad-number"}, attributes=described
    )


def tasks_with_names_in_one_cell(path: Path) -> Told:
    """Names on lines of one cell, in NFD, with titles and without; dates as bare day numbers."""
    header = [normalize("NFD", text) for text in ("TT", "Mã NV", "Nhiệm vụ", "Ngày giao", "Hạn", "Chủ trì/phối hợp")]
    rows = [
        header,
        [1, "A1", "Việc một", 46083, 46090, normalize("NFD", "Bà Trần Thị Bình\nÔng Lê Hòa\nĐ/c Phạm Thu Cúc (CT)")],
        [2, "A2", "Việc hai", 46083.5, 46091, "Chủ trì: Đỗ Ân; Phối hợp: Phạm Thu Cúc, CB01"],
        [3, "A3", "Việc ba", 46084, None, "Lê Hoà (chủ trì); Đỗ Ân (chủ trì)"],
        [4, "A4", "Việc bốn", 46084, 2026, "Đỗ An"],
        [5, "A5", "Việc năm", 46084, 46091, "Phạm Thu Cúc (PH)"],
    ]
    book(path, rows)
    one = (("CB05", "lead"), ("CB02", "support"), ("CB04", "support"))
    two = (("CB06", "lead"), ("CB05", "support"), ("CB01", "support"))
    items: list[Item] = [
        ("A1", "2026-03-02", "2026-03-09 17:00", None, one),
        ("A2", "2026-03-02 12:00", "2026-03-10 17:00", None, two),
    ]
    aside = {4: "two-leads", 5: "unreadable-date", 6: "no-lead"}
    return Told("theo_doi_nhiem_vu", items, {}, aside, {"column-absent"})


DOSSIER = ["STT", "Mã hồ sơ", "Tên thủ tục", "Cơ quan giải quyết", "Người giải quyết", "Hình thức nộp"]


def dossiers_over_two_pages(path: Path) -> Told:
    """Form 07 with its dates under one merged heading, and the header again on the second page."""
    top, low = [*DOSSIER, "Ngày, tháng, năm", None, None], [None] * 6 + ["Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả"]
    first = [1, "H60.1-01", "Khai sinh", "Phòng Nội vụ", "Phạm Thu Cúc", "Trực tuyến"]
    second = [2, "H60.1-02", "Kết hôn", "Phòng Nội vụ", "Nguyễn Văn An", "Trực tiếp"]
    again = [3, "H60.1-02", "Đất đai", "Phòng Tài nguyên", "Đỗ Ân", "Qua zalo"]
    rows = [
        ["SỔ THEO DÕI HỒ SƠ (mẫu số 07)"],
        [],
        top,
        low,
        [*first, "02/03/2026 08:15", "05/03/2026 16:00", "05/03/2026 16:01"],
        [*second, "08:20 02/03/2026", "05/03/2026", "04/03/2026 09:00"],
        top,
        low,
        [*again, "03/03/2026 10:00", "12/03/2026", None],
    ]
    merged = [f"{column}{row}:{column}{row + 1}" for row in (3, 7) for column in "ABCDEF"]
    book(path, rows, [*merged, "G3:I3", "G7:I7"])
    items: list[Item] = [
        ("H60.1-01", "2026-03-02 08:15", "2026-03-05 16:00", "2026-03-05 16:01", (("CB05", "lead"),)),
        ("H60.1-02", "2026-03-02 08:20", "2026-03-05 17:00", "2026-03-04 09:00", (("CB01", "lead"),)),
    ]
    return Told(
        "mau_07_mot_cua",
        items,
        {"header-again": 2},
        {9: "duplicate-key"},
        attributes={"H60.1-01": {"channel": "online", "procedure": "Khai sinh", "origin": "citizen"}},
    )


SIMPLE = ["Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả", "Cán bộ thụ lý"]


def dossiers_counted_from_1904(path: Path) -> Told:
    """A workbook of an old Macintosh, whose days count from 1904, with dates that are formatted and bare numbers."""
    bare = (date(2026, 3, 4) - date(1904, 1, 1)).days
    rows = [
        SIMPLE,
        ["D1", at(2026, 3, 2, 8, 30), date(2026, 3, 9), None, "Đỗ Ân"],
        ["D2", bare, bare + 7.75, None, "Đỗ Ân"],
    ]
    book(path, rows, first_1904=True)
    items: list[Item] = [
        ("D1", "2026-03-02 08:30", "2026-03-09 17:00", None, (("CB06", "lead"),)),
        ("D2", "2026-03-04", "2026-03-11 18:00", None, (("CB06", "lead"),)),
    ]
    return Told("mau_07_mot_cua", items, warnings={"column-absent"})


def dossiers_by_field_with_subtotals(path: Path) -> Told:
    """Headings merged over the table, a subtotal after each part, rows that have only their number yet."""
    rows = [
        ["STT", *SIMPLE],
        ["Lĩnh vực đất đai"],
        [1, "D1", "02/03/2026", "09/03/2026", "x", "Đỗ Ân"],
        [2, "D2", "02/03/2026", "09/03/2026", "10/03/2026", "Đỗ Ân"],
        [None, "Cộng", 2],
        ["Lĩnh vực hộ tịch"],
        [3, "D3", "02/03/2026", "04/03/2026", "-", "Phạm Thu Cúc"],
        [4, None, "02/03/2026", "04/03/2026", "-", "Phạm Thu Cúc"],
        ["Cộng trang", None, None, None],
        *([number] for number in range(5, 15)),
        ["TỔNG CỘNG", None, None, None, None],
        ["Thủ trưởng đơn vị"],
    ]
    book(path, rows, ["A2:F2", "A6:F6"])
    items: list[Item] = [
        ("D1", "2026-03-02", "2026-03-09 17:00", None, (("CB06", "lead"),)),
        ("D2", "2026-03-02", "2026-03-09 17:00", "2026-03-10", (("CB06", "lead"),)),
        ("D3", "2026-03-02", "2026-03-04 17:00", None, (("CB05", "lead"),)),
    ]
    left = {"heading-row": 2, "total-row": 3, "empty-row": 10, "below-the-table": 1}
    return Told("mau_07_mot_cua", items, left, {8: "missing-key"})


def tasks_merged_downwards(path: Path) -> Told:
    """One unit and one lead over several rows as a merged cell; rows hidden by a filter, and a hidden column."""
    header = ["Mã nhiệm vụ", "Ngày giao", "Hạn hoàn thành", "Ngày hoàn thành", "Đơn vị", "Chủ trì"]
    day, due = date(2026, 3, 2), date(2026, 3, 13)
    rows = [
        header,
        ["N1", day, due, None, "Phòng Kinh tế", "Nguyễn Văn An"],
        ["N2", day, due, date(2026, 3, 16)],
        ["N3", day, due, None],
        ["N4", day, due, None, "Phòng Nội vụ", "Nguyễn Văn An"],
    ]
    made = book(path, rows, ["E2:E4", "F2:F4"])
    page = made.active
    page.row_dimensions[3].hidden = True
    page.column_dimensions["D"].hidden = True
    made.save(path)
    until = "2026-03-13 17:00"
    items: list[Item] = [
        ("N1", "2026-03-02", until, None, (("CB03", "lead"),)),
        ("N2", "2026-03-02", until, "2026-03-16", (("CB03", "lead"),)),
        ("N3", "2026-03-02", until, None, (("CB03", "lead"),)),
        ("N4", "2026-03-02", until, None, (("CB01", "lead"),)),
    ]
    return Told("theo_doi_nhiem_vu", items, warnings={"hidden-rows", "hidden-columns", "column-absent"})


def incoming_with_formulas(path: Path) -> Told:
    """A due day that is computed in the sheet, beside empty sheets and a hidden list of codes."""
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Sheet2")
        page, codes = made.add_worksheet("Văn bản đến"), made.add_worksheet("Danh mục")
        codes.hide()
        codes.write("A1", "Phòng Nội vụ")
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(0, 0, ["Số đến", "Ngày đến", "Thời hạn", "Người nhận"])
        for row, (number, came) in enumerate((("7", date(2026, 3, 2)), ("8", date(2026, 3, 3))), start=1):
            page.write(row, 0, number)
            page.write_datetime(row, 1, at(came.year, came.month, came.day), day)
            page.write_formula(row, 2, f"=B{row + 1}+5", day, (came - date(1899, 12, 30)).days + 5)
            page.write(row, 3, "Đỗ Ân")
        page.write_formula(3, 2, "=1/0", None, "#DIV/0!")
        page.write_row(3, 0, ["9", "04/03/2026"])
    items: list[Item] = [
        ("so/7", "2026-03-02", "2026-03-07 17:00", None, (("CB06", "lead"),)),
        ("so/8", "2026-03-03", "2026-03-08 17:00", None, (("CB06", "lead"),)),
    ]
    return Told("so_van_ban_den", items, {}, {4: "formula-error"}, {"formulas"})


def dossiers_with_macros(path: Path) -> Told:
    """A register with macros: its values are read, the macros are not run."""
    book(path, [SIMPLE, ["D1", "02/03/2026", "09/03/2026", "06/03/2026", "Bà Trần Thị Bình"]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    items: list[Item] = [("D1", "2026-03-02", "2026-03-09 17:00", "2026-03-06", (("CB02", "lead"),))]
    return Told("mau_07_mot_cua", items, warnings={"macros", "column-absent"})


REAL: list[Callable[[Path], Told]] = [
    incoming_with_text_dates,
    incoming_with_merged_header,
    tasks_of_five_clears,
    tasks_with_names_in_one_cell,
    dossiers_over_two_pages,
    dossiers_counted_from_1904,
    dossiers_by_field_with_subtotals,
    tasks_merged_downwards,
    incoming_with_formulas,
    dossiers_with_macros,
]
