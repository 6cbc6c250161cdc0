"""The workbook of an office's people: what is read, what is refused and why, and what becomes of it twice."""

import re
import unicodedata
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from filled_workbook import OFFICE, filled

from congtam.files.spreadsheets import workbook
from congtam.history.actor import SYSTEM
from congtam.orgs.models import Unit, UnitSpan
from congtam.orgs.queries import agencies_of
from congtam.people.models import Absence, Person, PersonText, PostSpan, Spell
from congtam.people.sheet_apply import apply, rehearse
from congtam.people.sheet_report import CHANGED, EXAMPLE, NEW, REFUSED, UNCHANGED
from congtam.people.sheet_rows import _WHY, read_people_workbook
from congtam.people.sheets import write_templates


def told(report) -> str:
    return "\n".join(report.lines("vi"))


def test_a_blank_template_holds_examples_only_and_says_so(tmp_path: Path):
    [path] = write_templates(tmp_path / "mau")
    report = read_people_workbook(path)
    assert set(report.counts) == {EXAMPLE}
    assert not report.refused
    assert "dòng ví dụ, không đọc" in told(report)


def test_templates_never_overwrite_what_stands_there(tmp_path: Path):
    write_templates(tmp_path)
    with pytest.raises(FileExistsError):
        write_templates(tmp_path)


def test_the_template_offers_lists_and_a_guide(tmp_path: Path):
    [path] = write_templates(tmp_path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Hướng dẫn", "Đơn vị", "Cán bộ", "Vị trí", "Thời gian công tác", "Vắng mặt"]
    kinds = [one for one in book["Thời gian công tác"].data_validations.dataValidation if one.type == "list"]
    assert kinds
    assert "Công chức" in kinds[0].formula1


def test_days_come_as_text_or_as_dates_and_words_in_any_spelling(tmp_path: Path):
    rows = deepcopy(OFFICE)
    rows["Đơn vị"][0]["Từ ngày"] = datetime(2025, 3, 1)  # noqa: DTZ001 (as a sheet holds it)
    rows["Đơn vị"][1]["Từ ngày"] = "2025-03-01"
    rows["Cán bộ"][0]["Họ và tên"] = unicodedata.normalize("NFD", "  Đặng  Thị Ánh ")
    rows["Thời gian công tác"][0]["Loại cán bộ"] = "cong chuc"
    report = read_people_workbook(filled(tmp_path, rows))
    assert not report.refused, told(report)
    units = [row for row in report.of("units") if row.result != EXAMPLE]
    assert {row.values["first"] for row in units} == {date(2025, 3, 1)}
    named = next(row for row in report.of("persons") if row.values.get("code") == "NV01")
    assert named.values["full_name"] == "Đặng Thị Ánh"
    spell = next(row for row in report.of("spells") if row.values.get("person") == "NV01")
    assert spell.values["staff_kind"] == "civil_servant"
    left = next(row for row in report.of("spells") if row.values.get("person") == "NV02")
    assert left.values["until"] == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("sheet", "at", "heading", "value", "message"),
    [
        ("Đơn vị", 0, "Từ ngày", "31/02/2025", "Từ ngày (ô E4) là “31/02/2025”, không phải một ngày có thật"),
        ("Đơn vị", 0, "Tên đơn vị", None, "thiếu Tên đơn vị (ô B4)"),
        ("Cán bộ", 0, "Thư điện tử", "anh tại so1", "không phải địa chỉ thư"),
        ("Cán bộ", 1, "Mã cán bộ", "NV01", "trùng mã với dòng 3"),
        ("Vị trí", 0, "Thứ tự", "đầu", "không phải số thứ tự"),
        ("Thời gian công tác", 0, "Loại cán bộ", "sếp", "không có trong danh sách"),
        ("Thời gian công tác", 1, "Đến hết ngày", "01/01/2025", "Đến hết ngày đứng trước Từ ngày"),
        ("Vắng mặt", 0, "Từ ngày", "=DATE(2026,4,6)", "công thức chưa có giá trị"),
    ],
)
def test_a_mistake_is_told_at_its_row_and_cell(tmp_path: Path, sheet, at, heading, value, message):
    rows = deepcopy(OFFICE)
    rows[sheet][at][heading] = value
    report = read_people_workbook(filled(tmp_path, rows))
    assert report.refused
    assert message in told(report)
    assert f"trang “{sheet}”, dòng" in told(report)


def test_a_file_that_is_no_workbook_is_refused_in_words(tmp_path: Path):
    path = tmp_path / "nhan-su.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    report = read_people_workbook(path)
    assert report.refused
    assert "tệp thuộc loại cũ .xls → mở bằng Excel" in told(report)


def test_every_reason_why_a_workbook_cannot_be_read_has_vietnamese_words():
    folder = Path(workbook.__file__).parent
    sources = "".join((folder / name).read_text() for name in ("guard.py", "survey.py", "workbook.py"))
    codes = set(re.findall(r'unusable\(\s*"([a-z-]+)"', sources))
    of_other_sheets = {"no-sheet", "which-sheet", "sheet-empty"}  # each sheet is asked for by its name
    assert "too-large" in codes
    assert codes - of_other_sheets == _WHY.keys()


def test_a_workbook_without_our_sheets_is_refused(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["Họ tên", "Tuổi"])
    book.save(tmp_path / "khac.xlsx")
    assert "tải tệp mẫu về" in told(read_people_workbook(tmp_path / "khac.xlsx"))


def test_a_missing_column_names_itself(tmp_path: Path):
    path = filled(tmp_path)
    book = openpyxl.load_workbook(path)
    book["Vị trí"].delete_cols(2)
    book.save(path)
    assert "trang “Vị trí”: thiếu cột “Tên vị trí”" in told(read_people_workbook(path))


@pytest.mark.django_db
def test_an_office_comes_in_whole_and_a_second_time_changes_nothing(tmp_path: Path):
    path = filled(tmp_path)
    first = apply(SYSTEM, read_people_workbook(path))
    assert not first.refused, told(first)
    assert first.counts[NEW] == 9
    unit = Unit.objects.get(code="P1")
    assert agencies_of([unit.pk], date(2026, 1, 1))[unit.pk] == Unit.objects.get(code="SO1").pk
    assert PostSpan.standing().get(post__code="P1-CV").functions == ["personnel", "sources"]
    before = (UnitSpan.objects.count(), Spell.objects.count(), Absence.objects.count())
    again = apply(SYSTEM, read_people_workbook(path))
    assert again.counts[UNCHANGED] == 9
    assert (UnitSpan.objects.count(), Spell.objects.count(), Absence.objects.count()) == before


@pytest.mark.django_db
def test_a_rehearsal_writes_nothing(tmp_path: Path):
    report = rehearse(SYSTEM, read_people_workbook(filled(tmp_path)))
    assert report.counts[NEW] == 9
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_one_refused_row_keeps_all_the_others_out(tmp_path: Path):
    rows = deepcopy(OFFICE)
    rows["Thời gian công tác"][0]["Mã vị trí"] = "P9-TP"
    report = apply(SYSTEM, read_people_workbook(filled(tmp_path, rows)))
    assert report.counts[REFUSED] == 1
    assert "Vị trí có mã “P9-TP” chưa có → Thêm vào trang tương ứng" in told(report)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_changed_rows_become_dated_corrections(tmp_path: Path):
    apply(SYSTEM, read_people_workbook(filled(tmp_path)))
    rows = deepcopy(OFFICE)
    rows["Đơn vị"].append({**rows["Đơn vị"][0], "Tên đơn vị": "Phòng Một và Hai", "Từ ngày": "01/01/2026"})
    rows["Cán bộ"][1]["Họ và tên"] = "Lê Văn Bình <b>An</b>"
    rows["Thời gian công tác"][0]["Đến hết ngày"] = "30/06/2026"
    report = apply(SYSTEM, read_people_workbook(filled(tmp_path, rows)))
    assert not report.refused, told(report)
    assert report.counts[CHANGED] == 3
    spans = list(UnitSpan.standing().filter(unit__code="P1").order_by("days"))
    assert [(one.name, one.days.upper) for one in spans] == [
        ("Phòng Một", date(2026, 1, 1)),
        ("Phòng Một và Hai", None),
    ]
    assert PersonText.objects.get(person__code="NV02").full_name == "Lê Văn Bình <b>An</b>"
    assert Spell.standing().get(person__code="NV01").days.upper == date(2026, 7, 1)
    assert Spell.objects.filter(person__code="NV01").count() == 2
    again = apply(SYSTEM, read_people_workbook(filled(tmp_path, rows)))
    assert CHANGED not in again.counts


@pytest.mark.django_db
def test_the_first_file_does_not_open_again_what_was_ended_since(tmp_path: Path):
    apply(SYSTEM, read_people_workbook(filled(tmp_path)))
    rows = deepcopy(OFFICE)
    rows["Thời gian công tác"][0]["Đến hết ngày"] = "30/06/2026"
    apply(SYSTEM, read_people_workbook(filled(tmp_path, rows)))
    report = apply(SYSTEM, read_people_workbook(filled(tmp_path)))
    assert CHANGED not in report.counts
    assert Spell.standing().get(person__code="NV01").days.upper == date(2026, 7, 1)
