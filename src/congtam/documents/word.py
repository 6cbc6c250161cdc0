"""DOCX by python-docx: the same paper in the same layout, to be edited in a word processor."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

from congtam.documents.sheets import (
    OPEN,
    Annex,
    Block,
    Pairs,
    Place,
    Sheet,
    Table,
    Words,
    dated_line,
    number_line,
    shown,
)

FONT = "Times New Roman"
CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
ALIGNED = {"text": LEFT, "centre": CENTRE, "count": CENTRE, "points": RIGHT, "money": RIGHT}
TEXT_WIDTH = 162  # mm between the margins


def docx_of(sheet: Sheet) -> bytes:
    """The sheet as a document of Office Open XML."""
    book, out = docx.Document(), BytesIO()
    _styles(book)
    _section(book.sections[0], sheet)
    _head(book, sheet)
    _titles(book, sheet)
    for block in sheet.blocks:
        _block(book, block)
    book.paragraphs[-1].paragraph_format.keep_with_next = True  # the signatures never stand on a page alone
    _ends(book, sheet)
    for annex in sheet.annexes:
        _annex(book, annex, sheet)
    book.core_properties.title = f"{sheet.title} {sheet.abstract}"[:255]
    book.core_properties.author = sheet.header.agency[:255]
    book.core_properties.keywords = f"Công Tâm, {sheet.header.code}"
    book.save(out)
    return out.getvalue()


def _styles(book: Any) -> None:
    normal = book.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(13)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_before, normal.paragraph_format.space_after = Pt(0), Pt(6)
    normal.paragraph_format.line_spacing = 1.1


def _section(section: Any, sheet: Sheet) -> None:
    """A4, the margins of the Decree, page numbers in the upper margin from the second page on."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(20), Mm(20), Mm(30), Mm(18),
    )  # fmt: skip
    section.header_distance = section.footer_distance = Mm(9)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    section.first_page_footer.is_linked_to_previous = False
    numbered = section.header.paragraphs[0]
    numbered.alignment = CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    numbered._p.append(field)
    for footer in (section.first_page_footer, section.footer):
        told = f"Mã xác minh: {sheet.header.code}"
        told += f". Kiểm tra tại {sheet.header.address}" if sheet.header.address else ""
        _write(footer.paragraphs[0], told, size=8)


def _head(book: Any, sheet: Sheet) -> None:
    left, right = _beside(book, (68, 94), 2)
    header = sheet.header
    lines = [(header.above.upper(), False, 12)] if header.above else []
    _stack(left[0], [*lines, (header.agency.upper(), True, 12)], ruled=True)
    _stack(
        right[0],
        [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, 12), ("Độc lập - Tự do - Hạnh phúc", True, 13)],
        ruled=True,
    )
    _stack(left[1], [(number_line(sheet), False, 13)])
    _stack(right[1], [(dated_line(header), False, 13)], italic=True)


def _titles(book: Any, sheet: Sheet) -> None:
    _centred(book, sheet.title, size=14, before=12)
    if sheet.abstract:
        _ruled(_centred(book, sheet.abstract))
    if sheet.authority:
        _centred(book, sheet.authority.upper(), before=6)
    for at, basis in enumerate(sheet.bases, start=1):
        ends = "." if at == len(sheet.bases) else ";"
        _indented(book, f"{basis.rstrip(';. ')}{ends}", italic=True)
    if sheet.resolves:
        _centred(book, sheet.resolves, before=6)


def _block(book: Any, block: Block) -> None:
    if isinstance(block, Table):
        _table(book, block)
    elif isinstance(block, Pairs):
        for label, value in block.lines:
            _write(book.add_paragraph(), f"{label}: {value}")
    else:
        _words(book, block)


def _words(book: Any, words: Words) -> None:
    paragraph = _indented(book, "")
    if words.lead:
        _write(paragraph, f"{words.lead} ", bold=True)
    _write(paragraph, words.text, italic=words.italic)


def _table(book: Any, table: Table) -> None:
    made = book.add_table(rows=1 + len(table.rows), cols=len(table.columns), style="Table Grid")
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _mark(made.rows[0], "w:tblHeader")
    whole = sum(column.width for column in table.columns)
    widths = [Mm(TEXT_WIDTH * column.width / whole) for column in table.columns]
    _spread(made, widths, edge=50)
    for cell, column, width in zip(made.rows[0].cells, table.columns, widths, strict=True):
        cell.width = width
        _cell(cell, column.title, CENTRE, bold=True)
    for at, (line, row) in enumerate(zip(list(made.rows)[1:], table.rows, strict=True)):
        _mark(line, "w:cantSplit")
        for cell, value, column, width in zip(line.cells, row, table.columns, widths, strict=True):
            cell.width = width
            _cell(cell, shown(value, column.kind), ALIGNED[column.kind], bold=at in table.bold)
    book.add_paragraph()


def _ends(book: Any, sheet: Sheet) -> None:
    """Recipients on the left of one signature, below where several sign."""
    if len(sheet.places) == 1:
        left, right = _beside(book, (81, 81), 1)
        _recipients(left[0], sheet.recipients)
        _place(right[0], sheet.places[0], hinted=bool(sheet.places[0].hint))
        return
    columns = _beside(book, (TEXT_WIDTH // len(sheet.places),) * len(sheet.places), 1)
    hinted = any(one.hint for one in sheet.places)
    for (cell,), place in zip(columns, sheet.places, strict=True):
        _place(cell, place, hinted=hinted)
    if sheet.recipients:
        _recipients(book, sheet.recipients)


def _place(cell: Any, place: Place, *, hinted: bool) -> None:
    """Where somebody signs; `hinted`: a line is kept for what is to be done there, for another says so."""
    lines = [(line, True, 13) for line in place.title]
    _stack(cell, lines)
    if hinted:
        _write(_in_cell(cell), place.hint or OPEN, italic=True, size=11)
    for _ in range(4):
        _in_cell(cell)
    _write(_in_cell(cell), place.name, bold=True)


def _recipients(where: Any, recipients: tuple[str, ...]) -> None:
    if not recipients:
        return
    line = where.paragraphs[0] if hasattr(where, "_tc") else where.add_paragraph()
    line.paragraph_format.space_after = Pt(0)
    _write(line, "Nơi nhận:", bold=True, italic=True, size=12)
    for at, one in enumerate(recipients, start=1):
        ends = "." if at == len(recipients) else ";"
        line.paragraph_format.keep_with_next = True
        line = where.add_paragraph()
        line.paragraph_format.space_after = Pt(0)
        _write(line, f"- {one.rstrip(';. ')}{ends}", size=11)


def _annex(book: Any, annex: Annex, sheet: Sheet) -> None:
    section = book.add_section(WD_SECTION.NEW_PAGE)
    _section(section, sheet)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)
    _centred(book, annex.title, size=14)
    _centred(book, annex.name)
    _ruled(_centred(book, annex.reference, bold=False, italic=True))
    for block in annex.blocks:
        _block(book, block)


def _beside(book: Any, widths: tuple[int, ...], rows: int) -> list[tuple[Any, ...]]:
    """Columns without lines, each with its cells from above down."""
    table = book.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    _spread(table, [Mm(one) for one in widths], edge=0)
    for row in table.rows:
        _mark(row, "w:cantSplit")
    for column, width in zip(table.columns, widths, strict=True):
        for cell in column.cells:
            cell.width = Mm(width)
    return [tuple(column.cells) for column in table.columns]


def _spread(table: Any, widths: Sequence[Any], edge: int) -> None:
    """The grid of a table, which some word processors go by, beside the widths of its cells; `edge`: what stays free
    on either side of a cell (twentieths of a point)."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    free = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(edge))
        one.set(qn("w:type"), "dxa")
        free.append(one)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    look.addprevious(free) if look is not None else properties.append(free)


def _stack(cell: Any, lines: list[tuple[str, bool, int]], *, italic: bool = False, ruled: bool = False) -> None:
    for at, (text, bold, size) in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.alignment, paragraph.paragraph_format.space_after = CENTRE, Pt(0)
        _write(paragraph, text, bold=bold, italic=italic, size=size)
    if ruled:
        line = _in_cell(cell)
        _write(line, "―――――――", size=8)


def _in_cell(cell: Any) -> Any:
    paragraph = cell.add_paragraph()
    paragraph.alignment, paragraph.paragraph_format.space_after = CENTRE, Pt(0)
    return paragraph


def _cell(cell: Any, text: str, alignment: Any, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment, paragraph.paragraph_format.space_after = alignment, Pt(0)
    _write(paragraph, text, bold=bold, size=11)


def _centred(book: Any, text: str, *, size: int = 13, bold: bool = True, italic: bool = False, before: int = 0) -> Any:
    paragraph = book.add_paragraph()
    paragraph.alignment, paragraph.paragraph_format.space_before = CENTRE, Pt(before)
    _write(paragraph, text, bold=bold, italic=italic, size=size)
    return paragraph


def _indented(book: Any, text: str, *, italic: bool = False) -> Any:
    paragraph = book.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1)
    _write(paragraph, text, italic=italic)
    return paragraph


def _ruled(paragraph: Any) -> None:
    """A short line below."""
    run = paragraph.add_run()
    run.add_break()
    run.add_text("―――――――")
    run.font.size = Pt(8)


def _mark(row: Any, said: str) -> None:
    """What a row does at the end of a page: tblHeader stands again on the next, cantSplit is not torn."""
    marked = OxmlElement(said)
    marked.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(marked)


def _write(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = 13) -> None:
    if not text:
        return
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
