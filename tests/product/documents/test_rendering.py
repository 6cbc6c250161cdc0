"""Papers as files: laid out, readable, archival; and texts that look like markup stay texts."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx as reading
import openpyxl
import pytest
from pdf_text import text_of
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from python_calamine import CalamineWorkbook

from congtam.documents import typesetting
from congtam.documents.composing import compose
from congtam.documents.money import in_words
from congtam.documents.papers import KINDS, Paper, kind_of
from congtam.documents.render import docx, pdf, pictures, xlsx
from congtam.documents.sheets import OPEN, dated_line, shown
from congtam.history.refused import Refused
from paper_samples import BONUS, CODE, DECISION, HOSTILE, IMPRINT, PAPERS, RESULTS, SLIP

MUST_SAY = {
    "decision": ("QUYẾT ĐỊNH:", "công chức số 80/2025/QH15;", "Điều 3.", "Phụ lục", "- Lưu: VT, TCCB."),
    "unit_results": ("DANH SÁCH", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Hoàng Bình"),
    "minutes": ("BIÊN BẢN", "10 giờ 30 ngày 05/11/2026", "Vắng mặt: không", "CHỦ TRÌ", "Hạ xuống hoàn thành tốt"),
    "slip": ("PHIẾU ĐÁNH GIÁ", "Tổng cộng", "20,50", "38 đúng hạn", "Hoàn thành tốt nhiệm vụ (từ 70 đến dưới"),
    "bonus": ("6.900.900", "Sáu triệu chín trăm nghìn chín trăm đồng", "113.099.100"),
    "year": ("Năm 2026", "84,25", "không: chưa chốt trước 15/12"),
}  # fmt: skip


def plain(text: str) -> str:
    """Without blanks: where lines break says nothing."""
    return "".join(text.split())


def in_docx(content: bytes) -> str:
    book = reading.Document(BytesIO(content))
    parts = [one.text for one in book.paragraphs]
    parts += [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join(parts)


@pytest.mark.parametrize("kind", PAPERS)
def test_the_words_of_every_kind_can_be_taken_out(kind: str) -> None:
    made = pdf(PAPERS[kind])
    reader = PdfFileReader(BytesIO(made))
    assert CODE in str(reader.trailer["/Info"]["/Keywords"])
    told = plain(text_of(made))
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", CODE, *MUST_SAY[kind]):
        assert plain(words) in told, words
    assert [name for name, value, _ in enumerate_sig_fields(reader)] == ["NguoiKy", "CoQuan"]


@pytest.mark.parametrize("kind", PAPERS)
def test_the_document_to_edit_says_the_same_as_the_pdf(kind: str) -> None:
    paper = PAPERS[kind]
    told, again = plain(in_docx(docx(paper))), plain(text_of(pdf(paper)))
    for words in MUST_SAY[kind]:
        assert plain(words) in told, words
    for table in compose(paper).tables:
        for row in table.rows:
            for cell, column in zip(row, table.columns, strict=True):
                text = plain(shown(cell, column.kind))
                assert text in told and text in again, cell


def test_a_workbook_holds_figures_as_figures_below_its_imprint() -> None:
    sheet = openpyxl.load_workbook(BytesIO(xlsx(PAPERS["bonus"], IMPRINT))).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["Người xuất", "Phạm Thu Hà"] in rows and ["Lần tính", "lần tính số 7"] in rows
    assert any(row[0] == "Mã xác minh" and CODE in row[1] for row in rows if row)
    assert [1, "Nguyễn Văn Bảo", "Trưởng phòng", "Phòng Một", "Xuất sắc", 10_200_000, "0,5", 5_100_000] in rows
    points = openpyxl.load_workbook(BytesIO(xlsx(DECISION, IMPRINT))).active
    assert 93.25 in [cell for row in points.iter_rows(values_only=True) for cell in row]


def test_no_points_are_a_dash_and_never_nought() -> None:
    assert shown(None, "points") == "–"
    assert shown(0, "points") == "0,00"


HOSTILE_PAPERS: tuple[Paper, ...] = (
    replace(
        DECISION,
        results=(replace(RESULTS[0], name=HOSTILE),),
        abstract=HOSTILE,
        articles=(HOSTILE,),
        recipients=(HOSTILE,),
    ),
    replace(SLIP, name=HOSTILE),
)


@pytest.mark.parametrize("paper", HOSTILE_PAPERS, ids=kind_of)
def test_what_looks_like_markup_or_a_formula_stays_text(paper: Paper) -> None:
    wanted = plain(HOSTILE)
    assert wanted in plain(text_of(pdf(paper)))
    assert wanted in plain(in_docx(docx(paper)))


def test_a_name_like_a_formula_is_a_text_in_the_workbook() -> None:
    evil = "=cmd|' /C calc'!A0"
    paper = replace(BONUS, lines=(replace(BONUS.lines[0], name=evil),))
    made = xlsx(paper, IMPRINT)
    sheet = openpyxl.load_workbook(BytesIO(made)).active
    [cell] = [cell for row in sheet.iter_rows() for cell in row if cell.value == evil]
    assert cell.data_type == "s"
    assert b"<f>" not in ZipFile(BytesIO(made)).read("xl/worksheets/sheet1.xml")


def test_control_and_direction_letters_are_left_out() -> None:
    paper = replace(SLIP, name="Nguyễn\x00 \u202eThị\x07 An")
    assert "Nguyễn Thị An (mã CB018)" in compose(paper).blocks[0].lines[0][1]  # type: ignore[union-attr]
    assert "Nguyễn Thị An" in in_docx(docx(paper))


def test_a_letter_no_font_holds_is_refused_by_its_name() -> None:
    with pytest.raises(Refused, match="漢") as refused:
        pdf(replace(SLIP, name="Nguyễn 漢"))
    assert "漢" in refused.value.text.vi


def test_the_font_that_is_always_there_has_every_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = typesetting.typst.Fonts(False)
    assert typesetting._holds_letters(fonts, typesetting.OURS)
    monkeypatch.setattr(typesetting, "LETTERS", "a漢")
    assert not typesetting._holds_letters(fonts, typesetting.OURS)


def test_without_times_in_the_machine_a_paper_is_still_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "TIMES", ())
    typesetting._font.cache_clear()
    try:
        assert typesetting._font()[1] == typesetting.OURS
        assert plain("Nguyễn Thị An") in plain(text_of(pdf(SLIP)))
    finally:
        typesetting._font.cache_clear()


def test_the_same_paper_gives_the_same_picture() -> None:
    assert pictures(SLIP) == pictures(SLIP)
    assert pictures(SLIP)[0].startswith(b"\x89PNG")


def test_what_the_registrar_has_still_to_write_is_left_open() -> None:
    open_day = f"ngày {OPEN * 5} tháng {OPEN * 5} năm {OPEN * 7}"
    assert dated_line(replace(SLIP.header, place="", day=None)) == f"{OPEN * 12}, {open_day}"
    assert dated_line(SLIP.header) == "Huế, ngày 05 tháng 02 năm 2026"


def test_an_empty_list_is_still_a_paper() -> None:
    assert plain("Tổng cộng") in plain(text_of(pdf(replace(BONUS, lines=()))))
    assert plain("Không có trường hợp") in plain(text_of(pdf(replace(PAPERS["minutes"], cases=()))))  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "Không đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (101, "Một trăm linh một đồng"),
        (1_000, "Một nghìn đồng"),
        (1_205_004, "Một triệu hai trăm linh năm nghìn không trăm linh bốn đồng"),
        (10_000_010, "Mười triệu không trăm mười đồng"),
        (1_500_000_000_000, "Một nghìn năm trăm tỷ đồng"),
        (-7_000, "Âm bảy nghìn đồng"),
    ],
)
def test_amounts_are_said_in_words(amount: int, said: str) -> None:
    assert in_words(amount) == said


def test_every_kind_has_a_word() -> None:
    assert set(PAPERS) == set(KINDS.values())


@pytest.mark.parametrize("kind", PAPERS)
def test_a_workbook_read_back_holds_every_cell_of_every_kind(kind: str) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(xlsx(PAPERS[kind], IMPRINT)))
    tables = compose(PAPERS[kind]).tables
    assert len(book.sheet_names) == len(tables)
    for name, told in zip(book.sheet_names, tables, strict=True):
        rows = book.get_sheet_by_name(name).to_python()
        below = next(at for at, row in enumerate(rows) if row[0] == told.columns[0].title)
        for row, cells in zip(rows[below + 1 :], told.rows, strict=True):
            for found, cell, column in zip(row, cells, told.columns, strict=True):
                wanted = cell / 1_000_000 if column.kind == "points" and isinstance(cell, int) else cell
                assert found == ("" if wanted is None else wanted)
