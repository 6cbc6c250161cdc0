"""A paper measured against Decree 30/2020, Appendix I: margins, sizes, faces, places; and lists of any length."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx as reading
import openpyxl
import pytest
import typst
from archival import broken
from pdf_runs import MM, Page, Run, pages_of
from pyhanko.pdf_utils.reader import PdfFileReader

from congtam.documents.composing import compose
from congtam.documents.papers import Paper
from congtam.documents.render import docx, pdf, xlsx
from congtam.documents.sheets import Column, table
from congtam.documents.stamping import signed
from congtam.documents.typesetting import AGENCY, LETTERS, OURS, PERSON, TIMES
from kept_papers import LEADER, NOW
from paper_samples import BONUS, DECISION, IMPRINT, PAPERS, RESULTS, SLIP, UNIT

LEFT, RIGHT, TOP, BOTTOM = 30, 210 - 15, 20, 297 - 20  # the Decree: left 30–35, right 15–20, above and below 20–25
CENTRE = 105.0


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Every kind as PDF."""
    return {kind: pdf(paper) for kind, paper in PAPERS.items()}


def runs(pages: list[Page]) -> list[Run]:
    return [one for page in pages for one in page.runs]


def found(pages: list[Page], text: str) -> Run:
    """The first run that begins so."""
    return next(one for one in runs(pages) if one.text.startswith(text))


def middle(one: Run) -> float:
    return (one.left + one.right) / 2


def body_of(page: Page) -> list[Run]:
    """What stands between the margins: neither the page number nor the code by which the paper is found."""
    return [one for one in page.runs if one.size > 8 and not (one.text.isdecimal() and one.base < TOP)]


@pytest.mark.parametrize("kind", PAPERS)
def test_every_kind_keeps_the_margins_and_the_faces(kind: str, made: dict[str, bytes]) -> None:
    pages = pages_of(made[kind])
    for page in pages:
        assert (round(page.width), round(page.height)) == (210, 297)
        for one in body_of(page):
            assert one.left >= LEFT - 0.1 and one.right <= RIGHT + 0.1, one
            assert TOP < one.base < BOTTOM, one
    sizes = {one.size for one in runs(pages)}
    assert sizes <= {8, 11, 12, 13, 14} and {12, 13, 14} <= sizes
    families = tuple(one.replace(" ", "") for one in (*TIMES, OURS))
    assert all(one.font.partition("+")[2].startswith(families) for one in runs(pages))


@pytest.mark.parametrize("kind", PAPERS)
def test_the_head_stands_as_the_decree_draws_it(kind: str, made: dict[str, bytes]) -> None:
    pages = pages_of(made[kind])
    nation, motto = found(pages, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), found(pages, "Độc lập - Tự do - Hạnh phúc")
    above, agency, dated = found(pages, "ỦY BAN"), found(pages, "SỞ KHOA HỌC"), found(pages, "Huế, ngày")
    assert (nation.size, nation.bold, nation.italic) == (12, True, False)
    assert (motto.size, motto.bold) == (13, True) and motto.base > nation.base
    assert abs(middle(motto) - middle(nation)) < 0.5 and nation.left > agency.right
    assert (above.bold, agency.bold) == (False, True) and agency.base > above.base
    assert (dated.size, dated.italic) == (13, True) and abs(middle(dated) - middle(motto)) < 0.5
    lines = {round(one.left, 1): one for one in pages[0].strokes}
    below = lines[round(motto.left, 1)]
    assert abs(below.length - (motto.right - motto.left)) < 0.2, "as long as the motto"
    [under] = [one for one in pages[0].strokes if abs(one.left + one.length / 2 - middle(agency)) < 0.5]
    assert 1 / 3 <= under.length / (agency.right - agency.left) <= 1 / 2


def test_a_decision_says_its_kind_bases_and_articles_as_the_decree_has_it(made: dict[str, bytes]) -> None:
    pages = pages_of(made["decision"])
    kind, what = found(pages, "QUYẾT ĐỊNH"), found(pages, "Công nhận kết quả")
    assert (kind.size, kind.bold) == (14, True) and what.bold and abs(middle(kind) - (LEFT + 192) / 2) < 0.5
    bases = [one for one in pages[0].runs if one.italic and what.base < one.base < found(pages, "QUYẾT ĐỊNH:").base]
    assert bases[0].text.endswith("80/2025/QH15;") and bases[-1].text.endswith("Sở.")
    assert round(bases[0].left) == LEFT + 10, "each is set in by 1 cm"
    articles = [found(pages, f"Điều {number}.") for number in (1, 2, 3)]
    assert all(one.bold and one.size == 13 and round(one.left) == LEFT + 10 for one in articles)
    line = next(one.base for one in pages[0].runs if one.base > articles[0].base) - articles[0].base
    gap = articles[1].base - articles[0].base - 2 * line
    assert gap * MM >= 6 - 0.01, "at least 6 pt between paragraphs"
    assert 1 <= line * MM / 13 <= 1.5 * 1.15, "from single lines to one and a half"


def test_who_gets_it_stands_on_the_left_and_who_signs_on_the_right(made: dict[str, bytes]) -> None:
    pages = pages_of(made["unit_results"])
    gets, copy = found(pages, "Nơ"), found(pages, "- Lưu")
    instead, office, name = found(pages, "KT. GIÁM ĐỐC"), found(pages, "PHÓ GIÁM ĐỐC"), found(pages, "Lê Thị Ánh")
    assert (gets.size, gets.bold, gets.italic, copy.size) == (12, True, True, 11) and round(gets.left) == LEFT
    assert copy.right < CENTRE < instead.left
    assert all(one.bold and one.size == 13 and abs(middle(one) - middle(instead)) < 0.5 for one in (office, name))
    assert name.base - office.base >= 25, "room for a signature and the seal"


@pytest.mark.parametrize("kind", PAPERS)
def test_pages_are_numbered_in_the_middle_above_from_the_second_on(kind: str, made: dict[str, bytes]) -> None:
    pages = pages_of(made[kind])
    annex = next((at for at, page in enumerate(pages) if any("Phụ lục" in one.text for one in page.runs)), None)
    for at, page in enumerate(pages):
        number = at - annex + 1 if annex is not None and at >= annex else at + 1
        above = [one for one in page.runs if one.base < TOP]
        assert [one.text for one in above] == ([] if number == 1 else [str(number)])
        assert all(abs(middle(one) - (LEFT + 192) / 2) < 0.5 and one.size == 13 for one in above)


def test_signatures_never_stand_alone_on_a_page() -> None:
    for months in (15, 18, 22):
        paper = replace(PAPERS["year"], months=PAPERS["year"].months[:1] * months)  # type: ignore[call-arg, union-attr]
        pages = pages_of(pdf(paper))
        signs = next(page for page in pages if any(one.text == "GIÁM ĐỐC" for one in page.runs))
        assert any(one.text.startswith("Ý kiến của trưởng phòng") for one in signs.runs)


LONG = "Tôn Nữ Công Tằng Quỳnh Trâm Anh Nguyệt Hằng Nga"
PEOPLE = tuple(
    replace(
        RESULTS[at % 4], name=f"{LONG if at % 7 == 0 else 'Lê An'} {at}", unit="Phòng Một" if at % 2 else "Văn phòng"
    )
    for at in range(1, 121)
)


def test_a_long_list_repeats_its_heading_and_tears_no_row() -> None:
    pages = pages_of(pdf(replace(DECISION, results=PEOPLE)))[1:]
    assert len(pages) > 3
    seen: list[int] = []
    for at, page in enumerate(pages, start=1):
        assert [one.text for one in page.runs if one.base < TOP] == ([str(at)] if at > 1 else []), "numbered by itself"
        assert any(one.text == "Họ và tên" and one.bold for one in page.runs)
        numbers = [int(one.text) for one in body_of(page) if one.text.isdecimal() and one.left < 40]
        said = "".join(one.text for one in page.runs).replace(" ", "")
        for number in numbers:
            assert PEOPLE[number - 1].name.replace(" ", "") in said, "the name stands where its number does"
        assert all(one.left >= LEFT - 0.1 and one.right <= RIGHT + 0.1 and one.base < BOTTOM for one in body_of(page))
        seen += numbers
    assert seen == list(range(1, len(PEOPLE) + 1))


def test_a_list_of_one_and_a_list_of_nobody_are_whole_papers() -> None:
    for results in (RESULTS[:1], ()):
        pages = pages_of(pdf(replace(UNIT, results=results)))
        assert len(pages) == 1
        assert sum(one.text == "Chuyên viên" or one.text == "Trưởng phòng" for one in runs(pages)) == len(results)
        assert found(pages, "Họ và tên")


def test_a_name_of_every_letter_is_set_whole_in_every_form() -> None:
    name = "".join(one for one in LETTERS if one.isalpha())
    paper: Paper = replace(BONUS, lines=(replace(BONUS.lines[0], name=name),))
    one = pages_of(pdf(paper))[0]
    assert set(name) <= set("".join(run.text for run in one.runs))
    assert name in "".join(
        cell.text for row in reading.Document(BytesIO(docx(paper))).tables[1].rows for cell in row.cells
    )
    rows = openpyxl.load_workbook(BytesIO(xlsx(paper, IMPRINT))).active.iter_rows(values_only=True)
    assert any(name in row for row in rows)


def test_a_column_that_says_nothing_is_left_out() -> None:
    told = table((Column("A", 1), Column("B", 1, optional=True)), [("", ""), ("x", None)], [0])
    assert [one.title for one in told.columns] == ["A"] and told.rows == (("",), ("x",)) and told.bold == {0}
    assert table((Column("B", 1, "count", optional=True),), [(0,)]).rows == ((0,),), "nought is something"
    assert [one.width for one in table((Column("TT", 5, "count"),), [(7,), (2000,)]).columns] == [7]
    for paper in (UNIT, replace(SLIP, lines=tuple(replace(one, items=None, data="", rater="") for one in SLIP.lines))):
        titles = [one.title for one in compose(paper).tables[0].columns]
        assert not {"Đơn vị", "Số việc", "Dữ liệu ghi nhận", "Người chấm"} & set(titles)


@pytest.mark.parametrize("kind", PAPERS)
def test_every_kind_is_archival_as_made_and_when_signed_twice(kind: str, made: dict[str, bytes]) -> None:
    assert broken(made[kind]) == []
    once = signed(made[kind], LEADER.signer, PERSON, ("Ký bởi: Trần Văn Đức",), "#1f3a93", None, NOW)
    twice = signed(once, LEADER.signer, AGENCY, ("Cơ quan: Sở A",), "#c0271a", None, NOW)
    assert broken(twice) == []
    assert twice.startswith(once) and once.startswith(made[kind])
    first, last = (PdfFileReader(BytesIO(one)) for one in (made[kind], twice))
    assert first.root["/Metadata"].data == last.root["/Metadata"].data, "what it says of itself is not written anew"
    assert first.trailer["/Info"] == last.trailer["/Info"]


def test_what_is_not_archival_is_seen() -> None:
    source, fonts = b'#set text(font: sys.inputs.font)\nA #link("https://a.vn")[b]', typst.Fonts(False)
    plain: Any = typst.Compiler(source, None, fonts, True, {"font": OURS}).compile(format="pdf")
    assert set(broken(plain)) >= {"XMP does not say part 2", "it has no output intent, or several"}
    assert any("is not in the file" in one for one in broken(pdf(SLIP).replace(b"/FontFile3", b"/FontFileX")))


def test_the_document_to_edit_repeats_headings_tears_no_row_and_has_its_widths_in_the_grid() -> None:
    book = reading.Document(BytesIO(docx(DECISION)))
    listed = book.tables[-1]
    marks = [{one.tag.rpartition("}")[2] for one in row._tr.get_or_add_trPr()} for row in listed.rows]
    assert marks == [{"tblHeader"}, *[{"cantSplit"}] * len(RESULTS)]
    for one in book.tables:
        assert [column.width for column in one.columns] == [cell.width for cell in one.rows[0].cells]
        assert abs(sum(column.width.mm for column in one.columns) - 162) < 1
