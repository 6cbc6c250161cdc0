"""PDF by typst: the layout is one template, the paper is data, the font is one that holds every Vietnamese letter."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import qrcode  # type: ignore[import-untyped]
import typst
from django.conf import settings
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]

from congtam.documents.adding import Addition
from congtam.documents.sheets import Annex, Block, Pairs, Sheet, Table, Words, dated_line, number_line, shown
from congtam.engine.periods import VIETNAM
from congtam.history.refused import Refused

LAYOUT = Path(__file__).parent / "layout"
STANDARD: Literal["a-2b"] = "a-2b"
PAGE_HEIGHT = 841.89  # A4, in points
PERSON, AGENCY = "NguoiKy", "CoQuan"  # the fields of the two signatures
TIMES = ("Times New Roman", "Tinos", "Liberation Serif")  # Decree 30's own and what has its measures, in this order
OURS = "Libertinus Serif"  # comes with typst, with every Vietnamese letter
LETTERS = (
    "".join(chr(code) for code in range(0x1EA0, 0x1EFA)) + "ĂÂĐÊÔƠƯăâđêôơưÀÁÃÈÉÌÍĨÒÓÕÙÚŨÝàáãèéìíĩòóõùúũý–—−“”‘’…×%/"
)
_EVERY_LETTER = b"""#set text(font: sys.inputs.font, fallback: false)
#let letters = sys.inputs.letters
#letters #strong(letters) #emph(letters) #strong(emph(letters))
"""


def pdf_of(sheet: Sheet) -> bytes:
    """The sheet as PDF/A with empty fields where it is to be signed.

    Raises `Refused` for a text with letters that no font here holds."""
    made, place = _set(sheet)
    return _with_fields(made, place)


def pictures_of(sheet: Sheet) -> list[bytes]:
    """The pages as PNG, to be looked at."""
    pages: Any = _compiler(sheet).compile(format="png", ppi=80)
    return pages if isinstance(pages, list) else [pages]


def mark(lines: tuple[str, ...], colour: str, width: float, height: float) -> bytes:
    """What a signature shows, as a PDF of that size (points). Raises `Refused` as `pdf_of`."""
    told = {"lines": lines, "colour": colour, "width": width, "height": height}
    fonts, family = _font()
    inputs = {"told": json.dumps(told), "font": family}
    compiler = typst.Compiler(LAYOUT / "mark.typ", LAYOUT, fonts, True, inputs)
    return _pdf(compiler, datetime.now(UTC))


def _set(sheet: Sheet) -> tuple[bytes, dict[str, float]]:
    compiler = _compiler(sheet)
    day = sheet.header.day
    made = _pdf(compiler, datetime.combine(day, time(), VIETNAM) if day else datetime.now(UTC))
    return made, json.loads(compiler.query("<sign>", field="value", one=True))


def _compiler(sheet: Sheet) -> typst.Compiler:
    fonts, family = _font()
    inputs = {"paper": json.dumps(_told(sheet)), "font": family}
    return typst.Compiler(LAYOUT / "paper.typ", LAYOUT, fonts, True, inputs)


def _pdf(compiler: typst.Compiler, made: datetime) -> bytes:
    try:
        pdf: Any = compiler.compile(format="pdf", pdf_standards=STANDARD, timestamp=int(made.timestamp()))
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        letter = error.message.split('"')[1] if '"' in error.message else "?"
        raise Refused(
            f"Văn bản có ký tự “{letter}” mà phông chữ của hệ thống không in được. Hãy sửa tên hoặc nội dung có ký tự "
            "này rồi lập lại văn bản.",
            f"The paper has the character “{letter}”, which no font here can print. Mend the name or text that holds "
            "it, then make the paper again.",
        ) from None
    return pdf


@cache
def _font() -> tuple[typst.Fonts, str]:
    """The fonts papers are set in, and the family: the first of `TIMES` that has every Vietnamese letter upright, bold
    and italic, in the site's own folder or else on the machine (older ones of these names have not); else typst's."""
    own = settings.FONTS if settings.FONTS.is_dir() else None
    for fonts in (*([typst.Fonts(False, True, [own])] if own else []), typst.Fonts()):
        there = set(fonts.families())
        for family in TIMES:
            if family in there and _holds_letters(fonts, family):
                return fonts, family
    return typst.Fonts(False), OURS


def _holds_letters(fonts: typst.Fonts, family: str) -> bool:
    inputs = {"font": family, "letters": LETTERS}
    try:
        typst.Compiler(_EVERY_LETTER, None, fonts, True, inputs).compile(format="pdf", pdf_standards=STANDARD)
    except typst.TypstError:
        return False
    return True


def _with_fields(pdf: bytes, place: dict[str, float]) -> bytes:
    """The same with two empty fields in the room for signatures: the person above, the agency below."""
    writer: Any = Addition(BytesIO(pdf))
    out = BytesIO()
    left, right = round(place["x"]), round(place["x"] + place["width"])
    top, height = round(PAGE_HEIGHT - place["y"]), round(place["height"])
    bottom, middle = top - height, top - height // 2
    page = int(place["page"]) - 1
    for name, tip, box in (
        (PERSON, "Chữ ký số của người có thẩm quyền", (left, middle + 1, right, top)),
        (AGENCY, "Chữ ký số của cơ quan", (left, bottom, right, middle - 1)),
    ):
        append_signature_field(writer, SigFieldSpec(name, on_page=page, box=box, readable_field_name=tip))
    writer.write(out)
    return out.getvalue()


def _told(sheet: Sheet) -> dict[str, Any]:
    told = asdict(sheet)
    return {
        **told,
        "header": {name: value for name, value in told["header"].items() if name != "day"},
        "number": number_line(sheet),
        "dated": dated_line(sheet.header),
        "blocks": [_block(one) for one in sheet.blocks],
        "annexes": [_annex(one) for one in sheet.annexes],
        "qr": _qr(sheet.header.address) if sheet.header.address else "",
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return {**asdict(annex), "blocks": [_block(one) for one in annex.blocks]}


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        rows = [
            [shown(cell, column.kind) for cell, column in zip(row, block.columns, strict=True)] for row in block.rows
        ]
        columns = [asdict(one) for one in block.columns]
        return {"part": "table", "columns": columns, "rows": rows, "bold": sorted(block.bold)}
    if isinstance(block, Words):
        return {"part": "words", **asdict(block)}
    assert isinstance(block, Pairs)
    return {"part": "pairs", **asdict(block)}


def _qr(address: str) -> str:
    code = qrcode.make(address, image_factory=SvgPathImage, border=0)
    return code.to_string(encoding="unicode")
