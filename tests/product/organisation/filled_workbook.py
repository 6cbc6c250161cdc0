"""A workbook of people as an office fills it in, for tests: rows by sheet, by the headings of the template."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from congtam.people.sheets import write_templates

Rows = Mapping[str, list[Mapping[str, Any]]]

OFFICE: dict[str, list[dict[str, Any]]] = {
    "Đơn vị": [
        {
            "Mã đơn vị": "P1",
            "Tên đơn vị": "Phòng Một",
            "Cấp": "Phòng, văn phòng",
            "Mã đơn vị cấp trên": "SO1",
            "Từ ngày": "01/03/2025",
        },
        {
            "Mã đơn vị": "SO1",
            "Tên đơn vị": "Sở Thử nghiệm",
            "Cấp": "Cơ quan",
            "Từ ngày": "01/03/2025",
        },
    ],
    "Cán bộ": [
        {
            "Mã cán bộ": "NV01",
            "Họ và tên": "Đặng Thị Ánh",
            "Ông/Bà": "Bà",
            "Thư điện tử": "anh@so1.gov.vn",
        },
        {"Mã cán bộ": "NV02", "Họ và tên": "Lê Văn Bình"},
    ],
    "Vị trí": [
        {
            "Mã vị trí": "P1-TP",
            "Tên vị trí": "Trưởng phòng",
            "Mã đơn vị": "P1",
            "Nhóm nhiệm vụ": "Lãnh đạo, quản lý",
            "Đứng đầu đơn vị": "Có",
            "Thứ tự": 10,
            "Từ ngày": "01/03/2025",
        },
        {
            "Mã vị trí": "P1-CV",
            "Tên vị trí": "Chuyên viên",
            "Mã đơn vị": "P1",
            "Nhóm nhiệm vụ": "chuyên môn, nghiệp vụ",
            "Việc được giao thêm": "Tổ chức cán bộ; Nguồn dữ liệu",
            "Từ ngày": "01/03/2025",
        },
    ],
    "Thời gian công tác": [
        {
            "Mã cán bộ": "NV01",
            "Mã vị trí": "P1-TP",
            "Loại cán bộ": "Công chức",
            "Từ ngày": "01/03/2025",
            "Số quyết định": "12/QĐ",
        },
        {
            "Mã cán bộ": "NV02",
            "Mã vị trí": "P1-CV",
            "Loại cán bộ": "Viên chức",
            "Từ ngày": "01/04/2025",
            "Đến hết ngày": "31/12/2026",
        },
    ],
    "Vắng mặt": [
        {
            "Mã cán bộ": "NV02",
            "Lý do": "Nghỉ phép năm",
            "Từ ngày": "06/04/2026",
            "Đến hết ngày": "10/04/2026",
        },
    ],
}


def filled(folder: Path, rows: Rows = OFFICE) -> Path:
    """The template with rows below its examples."""
    [path] = write_templates(folder / "mau") if not (folder / "mau").exists() else list((folder / "mau").iterdir())
    book = openpyxl.load_workbook(path)
    for title, lines in rows.items():
        sheet = book[title]
        at = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[1] if cell.value}
        below = sheet.max_row
        for number, line in enumerate(lines, below + 1):
            for heading, value in line.items():
                sheet.cell(number, at[heading], value)
    made = folder / "da-dien.xlsx"
    book.save(made)
    return made
