"""Where the words and lines of a PDF set by typst stand: in millimetres from the upper left corner of their page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pdf_text import _closed, _leaves, _letters, _unescaped
from pyhanko.pdf_utils.reader import PdfFileReader

MM = 72 / 25.4
_TOKENS = re.compile(
    rb"q 1 0 0 -1 ([\d.-]+) ([\d.-]+) cm"  # every run, and every line, is moved to its own place
    rb"|/(f\d+) ([\d.]+) Tf|(\()|<([0-9A-Fa-f\s]*)>|\)?(-?[\d.]+)(?=[(<\]])|(T[Jj])"
    rb"|([\d.]+) w[^S(]*? 0 0 m ([\d.-]+) ([\d.-]+) l\s"
)


@dataclass(frozen=True)
class Run:
    """Letters set in one go: their left and right edge and base line (mm), font and size (pt)."""

    text: str
    left: float
    right: float
    base: float
    font: str
    size: float

    @property
    def bold(self) -> bool:
        return "Bold" in self.font

    @property
    def italic(self) -> bool:
        return "Italic" in self.font


@dataclass(frozen=True)
class Stroke:
    """A line: from where, how long, how high above the upper edge (mm)."""

    left: float
    length: float
    at: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    runs: tuple[Run, ...]
    strokes: tuple[Stroke, ...]


def pages_of(pdf: bytes) -> list[Page]:
    """The pages with what stands on them."""
    return [_page(one) for one in _leaves(PdfFileReader(BytesIO(pdf)).root["/Pages"])]


def _page(page: Any) -> Page:
    fonts = {name[1:]: _Font(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    _, _, width, height = (float(side) for side in page["/MediaBox"])
    content = page["/Contents"].get_object().data
    runs: list[Run] = []
    strokes: list[Stroke] = []
    x = y = size = wide = 0.0
    font, said, at = next(iter(fonts.values())), "", 0
    while token := _TOKENS.search(content, at):
        moved, down, named, sized, literal, coded, kern, ends, _, along, up = token.groups()
        at = token.end()
        if moved is not None:
            x, y, said, wide = float(moved), height - float(down), "", 0.0
        elif named:
            font, size = fonts[named.decode()], float(sized)
        elif ends:
            runs.append(Run(said, x / MM, (x + wide) / MM, y / MM, font.name, size))
        elif kern:
            wide -= float(kern) * size / 1000
        elif along is not None and abs(float(up)) < 0.01:
            strokes.append(Stroke(x / MM, float(along) / MM, y / MM))
        elif literal or coded is not None:
            at = _closed(content, token.end()) if literal else at
            codes = _unescaped(content[token.end() : at - 1]) if literal else bytes.fromhex(coded.decode())
            for one in (codes[step : step + 2] for step in range(0, len(codes), 2)):
                said += font.letters.get(one, "")
                wide += font.wide(one) * size / 1000
    return Page(width / MM, height / MM, tuple(runs), tuple(strokes))


class _Font:
    """A font as a page uses it: its name, letters by code, and how wide they are (thousandths of the size)."""

    def __init__(self, told: Any):
        [inner] = told["/DescendantFonts"]
        set_in = inner.get_object()
        self.name = str(told["/BaseFont"])
        self.letters = _letters(told)
        self._usual = float(set_in["/DW"]) if "/DW" in set_in else 1000.0
        self._widths = dict(_widths(list(set_in["/W"]) if "/W" in set_in else []))

    def wide(self, code: bytes) -> float:
        return self._widths.get(int.from_bytes(code), self._usual)


def _widths(told: list[Any]) -> Iterator[tuple[int, float]]:
    """Widths by code, of `first [width …]` and `first last width`."""
    while told:
        first, second = int(told[0]), told[1]
        if isinstance(second, list):
            yield from ((first + step, float(wide)) for step, wide in enumerate(second))
            told = told[2:]
        else:
            yield from ((code, float(told[2])) for code in range(first, int(second) + 1))
            told = told[3:]
