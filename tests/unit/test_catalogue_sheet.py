"""A catalogue as people edit it in a workbook: what goes out comes back, and every slip is told with its cell."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from congtam.engine.findings import Place, Severity, Unusable
from congtam.engine.rulebook.catalogue import Catalogue, catalogue_findings, catalogue_yaml, words
from congtam.engine.rulebook.load import validate
from congtam.engine.rulebook.yaml_source import parse_yaml, read_yaml
from congtam.files.catalogue_book import write_catalogue
from congtam.files.catalogue_cells import CellMistake, read_day, read_number
from congtam.files.catalogue_sheet import Reading, read_catalogue

EXAMPLE = Path(__file__).parents[2] / "examples" / "catalogues" / "san_pham_minh_hoa.yaml"
CODE, TITLE, K, AMOUNT, UNIT, ACT, ARTICLE, CERTAINTY, FROM, UNTIL, TITLE_EN = "ABCDEFGHIJK"


def example() -> Catalogue:
    found, made = validate(read_yaml(EXAMPLE), Catalogue)
    assert made is not None, found
    return made


def edited(folder: Path, change: Callable[[Worksheet], None]) -> Reading:
    """The example exported, changed in Excel's stead, and read again."""
    path = folder / "danh-muc.xlsx"
    write_catalogue(example(), path)
    book = load_workbook(path)
    change(book["Danh mục"])
    book.save(path)
    return read_catalogue(path)


def set_cells(**cells: Any) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for cell, value in cells.items():
            sheet[cell] = value

    return change


# -- what goes out comes back

LETTERS = st.one_of(st.characters(codec="utf-8", exclude_categories=("C", "Z")), st.just(" "))
WORDS = st.text(LETTERS, min_size=1, max_size=30).filter(str.strip).map(words)


@st.composite
def catalogues(draw: st.DrawFn) -> dict[str, Any]:
    def text() -> str:
        return draw(st.one_of(st.sampled_from(["=1+1", "_x0041_", "007", "1,5", "null", "2026-01-01", "Đề án"]), WORDS))

    def basis() -> dict[str, Any]:
        made = {"act": text(), "certainty": draw(st.sampled_from(["verified", "reported", "unverified"]))}
        return made | ({"article": text()} if draw(st.booleans()) else {})

    codes = draw(st.lists(WORDS, min_size=1, max_size=4, unique=True))
    products: list[dict[str, Any]] = []
    for code in codes:
        days = sorted(draw(st.sets(st.dates(date(1946, 1, 1), date(2150, 1, 1)), min_size=1, max_size=4)))
        for first, until in zip(days, [*days[1:], None], strict=True):
            row: dict[str, Any] = {"code": code, "title": {"vi": text()}, "from": first}
            row["coefficient"] = str(draw(st.decimals("0.01", "999999", places=2)))
            if until is not None or draw(st.booleans()):
                row["until"] = until
            if draw(st.booleans()):
                row["title"]["en"] = text()
            if draw(st.booleans()):
                amount, unit = (
                    draw(st.decimals("0.25", "400", places=2)),
                    draw(st.sampled_from(["hours", "working_days"])),
                )
                row["standard_time"] = {"amount": str(amount), "unit": unit}
            if draw(st.booleans()):
                row["legal_basis"] = basis()
            products.append(row)
    made: dict[str, Any] = {"title": {"vi": text(), "en": text()}, "issuer": text(), "legal_basis": basis()}
    made["status"] = draw(st.sampled_from(["in_force", "proposal", "example"]))
    return (
        made
        | {"products": draw(st.permutations(products))}
        | ({"notice": {"vi": text()}} if draw(st.booleans()) else {})
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(catalogues())
def test_what_is_exported_and_imported_is_the_same_catalogue(told: dict[str, Any]) -> None:
    before = Catalogue.model_validate(told)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "x.xlsx"
        write_catalogue(before, path, "nguồn")
        read = read_catalogue(path)
    assert [one for one in read.mistakes if one.severity is Severity.ERROR] == []
    assert read.catalogue == before
    found, again = validate(parse_yaml(catalogue_yaml(before), "x.yaml"), Catalogue)
    assert again == before, found


def test_the_same_catalogue_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_catalogue(example(), tmp_path / f"{name}.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "other.xlsx").read_bytes()


# -- what people write

WELL = {
    "a decimal comma": ({"C2": "1,25"}, lambda c: c.products[0].coefficient, "1.25"),
    "a decimal point in a text": ({"C2": " 1.25 "}, lambda c: c.products[0].coefficient, "1.25"),
    "a number": ({"C2": 1.15}, lambda c: c.products[0].coefficient, "1.15"),
    "a day in words": ({"I2": "5/3/2026"}, lambda c: c.products[0].from_, "2026-03-05"),
    "a day as Excel counts": ({"I2": 46086}, lambda c: c.products[0].from_, "2026-03-05"),
    "a day with its hour": ({"I2": datetime(2026, 3, 5)}, lambda c: c.products[0].from_, "2026-03-05"),  # noqa: DTZ001
    "an ISO day": ({"I2": "2026-03-05"}, lambda c: c.products[0].from_, "2026-03-05"),
    "a code of digits": ({"A2": 101}, lambda c: c.products[0].code, "101"),
    "a line break in a name": ({"B2": "Công văn\n trả lời"}, lambda c: c.products[0].title.vi, "Công văn trả lời"),
    "a unit without marks": ({"E2": "Gio lam viec"}, lambda c: c.products[0].standard_time.unit, "hours"),
}


@pytest.mark.parametrize("what", WELL)
def test_read_as_it_is_meant(tmp_path: Path, what: str) -> None:
    cells, field, value = WELL[what]
    read = edited(tmp_path, set_cells(**cells))
    assert read.catalogue is not None, read.mistakes
    assert str(field(read.catalogue)) == value


BADLY = {
    "a K that is words": ({"C2": "một rưỡi"}, "not-a-number", "ô C2", "chỉ viết số"),
    "a K of zero": ({"C2": 0}, "not-positive", "ô C2", "lớn hơn 0"),
    "a negative K": ({"C2": -1.5}, "not-positive", "ô C2", "lớn hơn 0"),
    "a negative K in words": ({"C2": "-1,5"}, "not-positive", "ô C2", "lớn hơn 0"),
    "a K beyond counting": ({"C2": 1e300}, "too-large", "ô C2", "quá lớn"),
    "a K above the most": ({"C2": "1000001"}, "too-large", "ô C2", "1.000.000"),
    "a K that Excel took for a day": ({"C2": datetime(2026, 5, 1)}, "not-a-number", "ô C2", "Số"),  # noqa: DTZ001
    "a K that may be thousands": ({"C2": "1.500"}, "ambiguous-number", "ô C2", "hàng nghìn"),
    "a K with three places": ({"C2": 1.255}, "too-precise", "ô C2", "1,25"),
    "a K that is yes": ({"C2": True}, "not-a-number", "ô C2", "chỉ viết số"),
    "no K": ({"C2": None}, "blank", "ô C2", "số lớn hơn 0"),
    "no code": ({"A2": "  "}, "blank", "ô A2", "mã sản phẩm"),
    "a code of invisible signs": ({"A2": "\u200b"}, "bad-text", "ô A2", "gõ lại"),
    "no first day": ({"I2": None}, "blank", "ô I2", "ngày đầu tiên"),
    "a day that never was": ({"I2": "31/02/2026"}, "not-a-day", "ô I2", "01/03/2026"),
    "an American day": ({"I2": "05/13/2026"}, "not-a-day", "ô I2", "ngày/tháng/năm"),
    "a year of two digits": ({"I2": "05/03/26"}, "not-a-day", "ô I2", "bốn chữ số"),
    "a year alone": ({"I2": 2026}, "not-a-day", "ô I2", "bốn chữ số"),
    "an end before the beginning": ({"J2": "01/12/2025"}, "empty-span", "ô J2", "không còn áp dụng"),
    "time without its unit": ({"E2": None}, "half-a-time", "ô E2", "cả thời gian và đơn vị"),
    "a unit that is vague": ({"E2": "ngày"}, "unknown-word", "ô E2", "“ngày làm việc”"),
    "an act without its certainty": ({"F2": "Quyết định 1"}, "half-a-basis", "ô H2", "mức độ chắc chắn"),
    "a word for certainty": ({"F2": "QĐ", "H2": "chắc"}, "unknown-word", "ô H2", "“theo nguồn tin”"),
    "a formula never computed": ({"J2": "=TODAY()"}, "formula-without-value", "ô J2", "Giá trị"),
    "one code twice": ({"A5": "CV-TL"}, "overlapping-products", "dòng 5", "giữ dòng cũ"),
    "one code over its end": ({"J3": "02/07/2026"}, "overlapping-products", "dòng 4", "01/07/2026"),
    "no column for K": ({"C1": "Ghi chú"}, None, "", ""),
    "a signature under the table": ({"A8": "Người lập biểu"}, "not-a-row", "ô A8", "xóa dòng ấy"),
    "the same heading twice": ({"L1": "Hệ số"}, "column-twice", "ô L1", "bỏ một cột"),
}  # fmt: skip


@pytest.mark.parametrize("what", BADLY)
def test_told_with_its_cell_and_what_to_do(tmp_path: Path, what: str) -> None:
    cells, code, spot, advice = BADLY[what]
    if code is None:
        with pytest.raises(Unusable, match="no-header"):
            edited(tmp_path, set_cells(**cells))
        return
    read = edited(tmp_path, set_cells(**cells))
    assert read.catalogue is None
    found = [one.finding("danh-muc.xlsx", "vi") for one in read.mistakes if one.severity is Severity.ERROR]
    assert [(one.code, str(one.place)) for one in found] == [(code, f"danh-muc.xlsx, {spot}")]
    assert advice in f"{found[0].message} → {found[0].advice}"


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    read = edited(tmp_path, set_cells(C2="x", I3="hôm nay", A5=None, E5="tuần"))
    told = [one.finding("f", "vi").place.file for one in read.mistakes]
    assert told == ["f, ô C2", "f, ô I3", "f, ô E5", "f, ô A5"]


def test_an_overlap_is_told_though_another_cell_of_the_row_is_wrong(tmp_path: Path) -> None:
    read = edited(tmp_path, set_cells(C2="x", A5="CV-TL"))
    assert [one.code for one in read.mistakes] == ["not-a-number", "overlapping-products"]


def test_merged_cells_are_told(tmp_path: Path) -> None:
    read = edited(tmp_path, lambda sheet: sheet.merge_cells("B3:B4"))
    assert ("merged-cells", "ô B3") in [(one.code, one.spot.vi) for one in read.mistakes]


def test_a_gap_and_an_unusual_k_are_only_looked_at(tmp_path: Path) -> None:
    read = edited(tmp_path, set_cells(J3="30/06/2026", C2=0.5, L1="Ghi chú", L2="xem lại"))
    assert read.catalogue is not None
    told = {one.code: one.what.vi for one in read.mistakes}
    assert told["gap-between-products"] == "mã TT-UB không có hệ số từ 30/06/2026 đến trước 01/07/2026"
    assert "không phải luật" in told["coefficient-outside-guidance"] and "Ghi chú" in told["unread-column"]


def test_codes_that_differ_in_capital_letters_are_only_looked_at(tmp_path: Path) -> None:
    read = edited(tmp_path, set_cells(A5="cv-tl"))
    assert read.catalogue is not None
    (found,) = [one for one in read.mistakes if one.code == "codes-alike"]
    assert found.spot.vi == "dòng 5" and "mã cv-tl khác mã CV-TL (dòng 2)" in found.what.vi
    told = catalogue_findings(read.catalogue, lambda path: Place(str(path)))
    assert "codes-alike" in {one.code for one in told}


def test_rows_below_a_title_and_with_other_headings_are_found(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 3)
        sheet["A1"], sheet["B4"], sheet["C4"] = "DANH MỤC SẢN PHẨM NĂM 2026", "TÊN CÔNG VIỆC", "he so quy doi"

    read = edited(tmp_path, change)
    assert read.catalogue == example() and read.rows == (5, 6, 7, 8)


def test_a_hidden_sheet_is_not_read_unless_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_catalogue(example(), path)
    book = load_workbook(path)
    book["Danh mục"].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    with pytest.raises(Unusable, match="hidden-sheet"):
        read_catalogue(path)
    read = read_catalogue(path, "Danh mục")
    assert read.catalogue == example() and [one.code for one in read.warnings] == ["hidden-sheet"]


def test_a_workbook_without_the_common_sheet_is_told_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_catalogue(example(), path)
    book = load_workbook(path)
    del book["Thông tin chung"]
    book.save(path)
    codes = [one.code for one in read_catalogue(path).mistakes]
    assert codes == ["number-without-basis"] * 4 + ["head-missing"] * 2


def test_a_blank_form_asks_to_be_filled_in(tmp_path: Path) -> None:
    write_catalogue(None, tmp_path / "mau.xlsx")
    assert {one.code for one in read_catalogue(tmp_path / "mau.xlsx").mistakes} == {"no-products", "head-missing"}


def test_several_sheets_without_the_usual_name_ask_which(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_catalogue(example(), path)
    book = load_workbook(path)
    book["Danh mục"].title = "Năm 2026"
    book.save(path)
    with pytest.raises(Unusable, match=r"which-sheet") as refused:
        read_catalogue(path)
    assert "--sheet" in refused.value.findings[0].advice
    assert read_catalogue(path, "Năm 2026").catalogue == example()


ANYTHING = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**18), 10**18),
    st.booleans(),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 1, 1)),  # noqa: DTZ001 (as cells hold them)
    st.times(),
    WORDS,
    st.sampled_from(["", " ", "=A1", "#REF!", "1,5", "1e5", "-0", "31/12/9999", "0001-01-01", "nan", "١٢", "½"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.tuples(st.sampled_from("ABCDEFGHIJKL"), st.integers(1, 7)), ANYTHING, max_size=12))
def test_whatever_stands_in_the_cells_is_read_or_told(cells: dict[tuple[str, int], Any]) -> None:
    with TemporaryDirectory() as folder:
        try:
            read = edited(
                Path(folder), set_cells(**{f"{column}{row}": value for (column, row), value in cells.items()})
            )
        except Unusable as refusal:
            assert all(one.message and one.advice for one in refusal.findings)
            return
    wrong = [one for one in read.mistakes if one.severity is Severity.ERROR]
    assert (read.catalogue is None) == bool(wrong)
    assert all(one.finding("x", lang).advice for one in read.mistakes for lang in ("vi", "en"))


def test_a_date_before_the_beginning_of_time_is_told_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=r"row 3 cannot be read.*formatted as a date"):
        edited(tmp_path, set_cells(I3=-(10**17)))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("reader", [read_number, read_day])
def test_a_figure_that_is_none_is_told(reader: Callable[[Any], Any], value: float) -> None:
    with pytest.raises(CellMistake):
        reader(value)
