"""Reads a CSV file row by row; a broken row comes back as a `BadRow` and the rows after it are read as usual."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple
from unicodedata import normalize

from congtam.engine.findings import Finding, Place, unusable
from congtam.files.mapping import Source
from congtam.files.opening import Stream
from congtam.files.records import BadRow, Cells, Reason, RowPlace

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class GoodRow(NamedTuple):
    """One data row: `number` counts data rows from 1, blank lines and the header not counted."""

    number: int
    cells: list[str]


class CsvFile:
    """One CSV file being read. Raises `Unusable` when its header cannot be read."""

    warnings: tuple[Finding, ...] = ()  # what to look at in it; the report of a text has nothing to tell beforehand

    def __init__(self, stream: Stream, source: Source):
        self.name = stream.name
        self._source = source
        self._lines = _Lines(self._decoded(stream))
        self._reader = self._new_reader()
        self.header = self._read_header()

    def _new_reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self._source.delimiter, strict=True)

    def _decoded(self, stream: Stream) -> Iterable[str]:
        encoding = self._source.encoding
        if encoding == "utf-8":
            if stream.peek(2).startswith(UTF16_MARKS):
                raise self._refused("not-utf8", "the file is UTF-16, not UTF-8", "write encoding: utf-16")
            encoding = "utf-8-sig"
        escape = "strict" if encoding.startswith("utf-16") else "surrogateescape"
        return stream.text(encoding, escape)

    def _refused(self, code: str, message: str, advice: str) -> Exception:
        return unusable(code, message, advice, Place(self.name, line=1))

    def _read_header(self) -> list[str]:
        try:
            cells = next(self._reader, [])
        except csv.Error as error:
            raise self._refused("not-csv", f"the header is not CSV: {error}", "mend the first line") from None
        except UnicodeError:
            raise self._not_decodable() from None
        if not any(cell.strip() for cell in cells):
            raise self._refused("csv-empty", "the file has no header", "its first line must name the columns")
        if _damage("".join(cells)):
            raise self._not_decodable()
        return [normalize("NFC", cell).strip() for cell in cells]

    def _not_decodable(self) -> Exception:
        advice = "save the file as UTF-8, or name its encoding under source (such as encoding: cp1258)"
        return self._refused("not-utf8", f"the header is not {self._source.encoding}", advice)

    def rows(self) -> Iterator[GoodRow | BadRow]:
        """All data rows, good and bad, in order. Raises `Unusable` when the declared UTF-16 breaks off."""
        number, width, taken = 0, len(self.header), self._lines.taken
        while True:
            taken.clear()
            try:
                cells = next(self._reader)
                reason = _problem(cells, width, self._source.encoding) if cells else None
            except StopIteration:
                return
            except csv.Error as error:
                cells, reason = taken, _not_csv(error)
            except UnicodeError:
                message = f"after row {number} the file is not {self._source.encoding}"
                raise self._refused("bad-encoding", message, "save the file as UTF-8") from None
            if not cells:
                continue
            number += 1
            yield GoodRow(number, cells) if reason is None else self._bad(number, reason)

    def _bad(self, number: int, reason: Reason) -> BadRow:
        self._lines.give_back()
        self._reader = self._new_reader()
        line = self._lines.taken[0].rstrip("\r\n")
        return BadRow(RowPlace(self.name, str(number)), reason, {"#line": line})

    def mended(self, number: int, cells: dict[str, Any]) -> GoodRow | BadRow:
        """The row that a person put in the place of row `number`: by column, or as one line under `#line`."""
        if "#line" not in cells:
            return GoodRow(number, [str(cells.get(name, "")) for name in self.header])
        line = str(cells["#line"])
        place = RowPlace(self.name, str(number))
        try:
            row = next(csv.reader([line], delimiter=self._source.delimiter, strict=True), [])
        except csv.Error as error:
            return BadRow(place, _not_csv(error), cells)
        reason = _problem(row, len(self.header), self._source.encoding)
        return BadRow(place, reason, cells) if reason else GoodRow(number, row)

    def by_column(self, cells: list[str]) -> Cells:
        """The cells by the name of their column; a mapped column's name stands only once in the header."""
        return dict(zip(self.header, cells, strict=True))


class _Lines:
    """Hands lines to the CSV reader and remembers those of the current row.

    A quote that is never closed swallows the lines after it; `give_back` returns all but the first, so that one
    broken row costs one row. A new reader then goes on from there.
    """

    def __init__(self, lines: Iterable[str]):
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        take = self.taken.append
        for line in chain(self._given_back(), self._lines):
            take(line)
            yield line

    def _given_back(self) -> Iterator[str]:
        while self._again:
            yield self._again.popleft()

    def give_back(self) -> None:
        self._again.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


def _problem(cells: list[str], width: int, encoding: str) -> Reason | None:
    """What is wrong with a row as a whole, if anything."""
    text = "".join(cells)
    if len(cells) == width and text.isascii() and "\0" not in text:
        return None
    if damage := _damage(text):
        return damage if damage.code != "not-decodable" else _undecodable(encoding)
    if len(cells) != width:
        message = f"the row has {len(cells)} cells, the header has {width}"
        return Reason("cell-count", message, "add what is missing, or quote the cell that holds a delimiter")
    return None


def _damage(text: str) -> Reason | None:
    if "\0" in text:
        return Reason("nul", "the row holds a NUL byte", "export the row again, or delete the byte")
    try:
        text.encode()
    except UnicodeEncodeError:
        return _undecodable("utf-8")
    return None


def _undecodable(encoding: str) -> Reason:
    return Reason("not-decodable", f"the row is not {encoding}", "write the row again in the file's encoding")


def _not_csv(error: csv.Error) -> Reason:
    advice = 'close or double the quotes ("") in this row'
    return Reason("not-csv", f"a quote is not closed, or stands where it may not ({error})", advice)
