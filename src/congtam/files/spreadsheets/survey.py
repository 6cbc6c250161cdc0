"""Goes through the XML of one sheet for what the reading library does not tell.

That is: which cells are formulas without a value or hold an error, which rows and columns are hidden, and how far
the cells reach. A library that lays a sheet out as one rectangle would die of two cells in opposite corners, and one
that copies a shared text into each cell of a long text in many cells: both are measured here first.
"""

import re
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

from congtam.engine.findings import Place, Unusable, unusable

MOST_CELLS = 20_000_000  # of the rectangle around all cells: about 600 MB while it is read
MOST_COLUMNS = 16_384  # of any sheet
MOST_TEXT = 1 << 29  # characters over all cells
PIECE = 1 << 16
AT_HAND = 8  # surveys kept while a file has not changed
LOCAL = re.compile(r"^.*:")
SPLIT = "save the sheet as CSV (UTF-8), or delete what stands far off the table"

Spot = tuple[int, int]  # row and column of a cell, from 1


@dataclass
class Survey:
    """What was seen in a sheet. `unvalued` are formulas that were never computed, `errors` cells such as #REF!."""

    rows: int = 0
    columns: int = 0
    formulas: int = 0
    unvalued: set[Spot] = field(default_factory=set)
    errors: dict[Spot, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    shared: int = 0  # cells whose text stands in the table of shared texts
    text: int = 0  # characters in those cells; counted only where lengths are given

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return self.rows == 0


def survey(path: Path, part: str) -> Survey:
    """Look through the sheet in `part` of the workbook. Raises `Unusable` when it is broken or too large to read."""
    file = path.stat()
    return _survey(path, part, file.st_size, file.st_mtime_ns)


@lru_cache(AT_HAND)  # a sheet is opened for its header first, and then for its rows
def _survey(path: Path, part: str, size: int, changed: int) -> Survey:
    place = Place(path.name)
    with zipfile.ZipFile(path) as archive:
        try:
            seen = _Sheet(archive, part).seen
            _refuse_vast(seen, place)
            lengths = _text_lengths(archive)
            if (
                seen.shared * max(lengths, default=0) > MOST_TEXT
                and _Sheet(archive, part, lengths).seen.text > MOST_TEXT
            ):
                message = "its cells repeat long texts so often that they would fill the memory"
                raise unusable("too-large", message, SPLIT, place)
        except (expat.ExpatError, zipfile.BadZipFile, ValueError, LookupError, EOFError) as error:
            raise _broken(error, part, place) from None
    return seen


def _broken(error: Exception, part: str, place: Place) -> Unusable:
    advice = "open it in a spreadsheet program and save it again as .xlsx"
    return unusable("sheet-broken", f"the sheet in {part} cannot be read ({error})", advice, place)


def _refuse_vast(seen: Survey, place: Place) -> None:
    if seen.rows * seen.columns > MOST_CELLS:
        message = f"its cells reach over {seen.rows} rows and {seen.columns} columns, more than can be read at once"
        raise unusable("too-large", message, SPLIT, place)


class _Sheet:
    """One pass over a sheet. Only starts of elements are looked at, and texts where they matter: calls cost time."""

    def __init__(self, archive: zipfile.ZipFile, part: str, lengths: list[int] | None = None):
        self.seen = Survey()
        self._lengths = lengths
        self._row = self._column = 0
        self._filled = self._formula = False
        self._kind = "n"
        self._ref: str | None = None
        self._numbers: dict[str, int] = {}
        self._texts: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        with archive.open(part) as data:
            while chunk := data.read(PIECE):
                self._parser.Parse(chunk)
        self._parser.Parse(b"", True)
        self._close_cell()

    def _start(self, tag: str, given: dict[str, str]) -> None:
        if ":" in tag:
            tag = LOCAL.sub("", tag)
        if tag == "c":
            self._close_cell()
            self._column += 1
            self._ref, self._kind = given.get("r"), given.get("t", "n")
        elif tag == "v" or tag == "is":
            self._filled = True
            if self._formula or self._kind == "e" or (self._kind == "s" and self._lengths is not None):
                self._parser.CharacterDataHandler = self._texts.append
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._close_cell()
            self._row, self._column = int(given.get("r", self._row + 1)), 0
            if given.get("hidden") in ("1", "true"):
                self.seen.hidden_rows.add(self._row)
        elif tag == "col" and given.get("hidden") in ("1", "true"):
            self.seen.hidden_columns.update(range(int(given["min"]), min(int(given["max"]), MOST_COLUMNS) + 1))

    def _close_cell(self) -> None:
        """Note the cell that has just ended, if there was one."""
        if not (self._filled or self._formula):
            return
        seen = self.seen
        if self._ref is not None:
            letters = self._ref.rstrip("0123456789")
            self._column = self._numbers.get(letters) or self._numbers.setdefault(letters, number_of(letters))
            self._row = int(self._ref[len(letters) :])
        if self._row > seen.rows:
            seen.rows = self._row
        if self._column > seen.columns:
            seen.columns = self._column
        if self._formula or self._kind == "e" or self._kind == "s":
            self._note(self._said())
        self._filled = self._formula = False

    def _said(self) -> str:
        """The text of the cell, where it was listened to."""
        if self._parser.CharacterDataHandler is None:
            return ""
        self._parser.CharacterDataHandler = None
        text = "".join(self._texts).strip()
        self._texts.clear()
        return text

    def _note(self, text: str) -> None:
        seen, spot = self.seen, (self._row, self._column)
        if self._formula:
            seen.formulas += 1
            if not text and self._kind != "str":
                seen.unvalued.add(spot)
        if self._kind == "e":
            seen.errors[spot] = text or "#?"
        elif self._kind == "s":
            seen.shared += 1
            if self._lengths is not None and text.isdecimal() and int(text) < len(self._lengths):
                seen.text += self._lengths[int(text)]


def _refuse_doctype(*_: object) -> None:
    raise ValueError("it declares a document type")


def number_of(letters: str) -> int:
    """The number of a column: A is 1, AA is 27. Raises ValueError where there is none."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(f"{letters!r} is no column")
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(number: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _text_lengths(archive: zipfile.ZipFile) -> list[int]:
    """How long each shared text is."""
    part = next((name for name in archive.namelist() if name.lower() == "xl/sharedstrings.xml"), None)
    lengths: list[int] = []
    if part is None:
        return lengths
    parser = expat.ParserCreate()

    def start(tag: str, _: object) -> None:
        if LOCAL.sub("", tag) == "si":
            lengths.append(0)

    def said(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    parser.StartElementHandler, parser.CharacterDataHandler = start, said
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(part) as data:
        while chunk := data.read(PIECE):
            parser.Parse(chunk)
    parser.Parse(b"", True)
    return lengths
