"""Proposals for workbooks: the table is found under its title, and the reviewer is told where."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from congtam.engine.findings import Unusable
from congtam.files import propose, read_mapping
from congtam.files.mapping import Instant, Mapping

HEADER = ["STT", "Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả kết quả", "Phòng", "Cán bộ thụ lý"]
ROWS = [[n, f"H{n}", f"{n + 12}/03/2026", f"{n + 15}/03/2026", f"{n + 14}/03/2026", "P1", "CB1"] for n in range(1, 9)]


def proposed(
    folder: Path, *sheets: tuple[str, list[list[object]]], change: Callable[[Workbook], None] | None = None
) -> str:
    """What is proposed for a workbook of sheets given as (name, rows)."""
    made = Workbook()
    del made["Sheet"]
    for name, rows in sheets:
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    if change:
        change(made)
    made.save(folder / "so.xlsx")
    return propose([folder / "so.xlsx"])


def columns(mapping: Mapping) -> list[str | None]:
    """Key, received, due and finished, as columns."""
    instants = (mapping.received, mapping.due, mapping.finished)
    found = [one.choices[0].ref.text if isinstance(one, Instant) and one.choices else None for one in instants]
    return [mapping.key.refs[0].text, *found]


def test_a_table_under_a_title(tmp_path: Path) -> None:
    title = [["UBND PHƯỜNG"], ["SỔ THEO DÕI HỒ SƠ"], [], HEADER]
    text = proposed(tmp_path, ("Sổ", [*title, *ROWS, ["Tổng cộng", None, 8], [], ["Người lập biểu"]]))
    mapping = read_mapping(text)
    assert columns(mapping) == HEADER[1:5]
    assert mapping.source.sheet is None
    assert 'thấy tiêu đề ở dòng 4 của trang "Sổ"' in text
    assert "máy đoán từ 8 dòng đầu" in text
    assert "ngày đứng trước" in text


def test_a_header_of_two_merged_rows(tmp_path: Path) -> None:
    top = ["STT", "Mã hồ sơ", "Thời gian", None, None, "Phòng", "Cán bộ thụ lý"]
    low = [None, None, "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả kết quả", None, None]

    def merge(made: Workbook) -> None:
        for area in ("A1:A2", "B1:B2", "C1:E1", "F1:F2", "G1:G2"):
            made.active.merge_cells(area)

    text = proposed(tmp_path, ("Sổ", [top, low, *ROWS]), change=merge)
    assert columns(read_mapping(text))[1:] == [f"Thời gian / {name}" for name in HEADER[2:5]]
    assert "thấy tiêu đề ở dòng 1–2" in text


def test_dates_as_cells_and_as_bare_numbers(tmp_path: Path) -> None:
    rows = [[n, f"H{n}", date(2026, 3, n), 46_090 + n, None, "P1", "CB1"] for n in range(1, 9)]
    mapping = read_mapping(proposed(tmp_path, ("Sổ", [HEADER, *rows])))
    assert columns(mapping)[1:3] == HEADER[2:4]
    assert [pattern.text for pattern in mapping.times.patterns] == ["iso"]


def test_of_several_sheets_the_likeliest_is_proposed_and_the_others_are_told(tmp_path: Path) -> None:
    codes: list[list[object]] = [["Mã", "Tên", "Ghi chú"], ["P1", "Phòng Một", "x"]]
    text = proposed(tmp_path, ("Danh mục", codes), ("Quý I", [HEADER, *ROWS]))
    assert read_mapping(text).source.sheet == "Quý I"
    assert '# Còn trang khác chưa xem: "Danh mục".' in text


def test_names_of_people_are_proposed_as_people(tmp_path: Path) -> None:
    rows = [[*row[:6], "Nguyễn Văn An (CT); Lê Hòa"] for row in ROWS]
    assert 'people: {from: "Cán bộ thụ lý"}' in proposed(tmp_path, ("Sổ", [HEADER, *rows]))
    assert 'official: "Cán bộ thụ lý"' in proposed(tmp_path, ("Sổ", [HEADER, *ROWS]))


@pytest.mark.parametrize("rows", [[], [["a", "b"]], [HEADER]])
def test_a_workbook_without_a_table_is_refused(tmp_path: Path, rows: list[list[object]]) -> None:
    with pytest.raises(Unusable, match="no-table"):
        proposed(tmp_path, ("Sổ", rows))
