"""The workbook of what people earn: a report per row, all rows or none, and only for the accountant's own agency."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from congtam.audit.models import EntryText
from congtam.files.spreadsheets.workbook import Workbook
from congtam.orgs.queries import trees_under
from congtam.people.queries import staff_of
from congtam.reward import sheet
from congtam.reward.models import Earning
from reward_scene import DAY, Office

HEAD = ("Mã cán bộ", "Họ và tên", "Từ ngày", "Lương tháng (đồng)", "Quỹ lương cơ bản (đồng)", "Số văn bản")


def book(path: Path, *rows: tuple[Any, ...], head: tuple[str, ...] = HEAD) -> sheet.Report:
    """A workbook with rows, read."""
    out = BytesIO()
    made = xlsxwriter.Workbook(out)
    page = made.add_worksheet(sheet.SHEET)
    for number, row in enumerate((head, *rows)):
        page.write_row(number, 0, row)
    made.close()
    path.write_bytes(out.getvalue())
    return sheet.read(path)


def test_rows_are_written_and_said_again_change_nothing(office: Office, tmp_path: Path) -> None:
    rows = (
        ("an", "", "01/10/2026", "11.000.000", "", "9/QĐ-SA"),
        ("dung", "", "01/10/2026", 7_500_000, 6_000_000, "9/QĐ-SA"),
        ("binh", "", "01/01/2026", 9_100_000, "", "8a/QĐ-SA"),
        ("chi", "Võ Mai Chi", "01/10/2026", "", "", ""),  # nothing filled in
    )
    report = sheet.apply(office.accountant, book(tmp_path / "a.xlsx", *rows), keep=True)
    assert [line.result for line in report.lines] == ["new", "new", "changed"]
    standing = Earning.standing().get(person=office.person("an"), first=date(2026, 10, 1))
    assert (standing.salary, standing.number) == (11_000_000, "9/QĐ-SA")
    again = sheet.apply(office.accountant, book(tmp_path / "a.xlsx", *rows), keep=True)
    assert {line.result for line in again.lines} == {"unchanged"}


def test_what_is_wrong_is_told_row_by_row_and_nothing_is_written(office: Office, tmp_path: Path) -> None:
    before = Earning.objects.count()
    report = book(
        tmp_path / "a.xlsx",
        ("an", "", "01/10/2026", "11.000.000", "", "9/QĐ-SA"),
        ("an", "", "01/10/2026", 1, "", "9/QĐ-SA"),
        ("khong-co", "", "01/10/2026", 1, "", "9/QĐ-SA"),
        ("binh", "", "31/02/2026", 1, "", "9/QĐ-SA"),
        ("chi", "", "01/10/2026", "mười triệu", "", "9/QĐ-SA"),
        ("dung", "", "01/10/2026", 1, "", ""),
        ("em", "", "01/10/2026", 1, "", "9/QĐ-SA"),
        ("nhan-su", "", "01/10/2026", -5, "", "9/QĐ-SA"),
    )
    sheet.apply(office.accountant, report, keep=True)
    told = {line.number: [what.en for what, _ in line.problems] for line in report.lines}
    assert told == {
        2: [],
        3: ["the same person and day as row 2"],
        4: ["there is no official “khong-co”"],
        5: ["Từ ngày is “31/02/2026”, no real day"],
        6: ["Lương tháng (đồng) is “mười triệu”, no sum"],
        7: ["Số văn bản is missing"],
        8: ["em belongs to another agency"],
        9: ["The amount -5 cannot be"],
    }
    assert Earning.objects.count() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"khong phai", "not"), (b"", "")],
)
def test_a_file_that_is_no_workbook_is_told_as_a_whole(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    report = sheet.read(tmp_path / "a.xlsx")
    assert report.refused
    assert report.problems[0][0].vi == "không đọc được trang “Lương” của tệp"


def test_a_missing_column_is_told_by_name(office: Office, tmp_path: Path) -> None:
    report = book(tmp_path / "a.xlsx", ("an", "01/10/2026", 5), head=("Mã cán bộ", "Từ ngày", "Lương tháng (đồng)"))
    assert [what.en for what, _ in report.problems] == ["the column “Số văn bản” is missing"]


def test_the_template_names_the_people_and_is_read_back(office: Office, tmp_path: Path) -> None:
    staff = staff_of(trees_under([office.agency], DAY), DAY)
    (tmp_path / "mau.xlsx").write_bytes(sheet.blank(staff, date(2026, 11, 1)))
    opened = Workbook(tmp_path / "mau.xlsx", sheet.SHEET)
    codes = [row[0] for _, row in opened.rows()]
    opened.close()
    assert codes == ["Mã cán bộ *", *(one.code for one in staff)]
    assert [what.en for what, _ in sheet.read(tmp_path / "mau.xlsx").problems] == ["no row is filled in"]


def test_amounts_of_people_stay_out_of_the_journal(office: Office) -> None:
    office.earns("an", 12_345_678, first=date(2026, 11, 1))
    assert not [one for one in EntryText.objects.values_list("body", flat=True) if "12345678" in str(one)]
