"""Looks into a file: how it is packed, and its bytes; says in plain words when it cannot be read to its end."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from pathlib import Path
from typing import IO, Protocol, TextIO, cast

from congtam.engine.findings import Place, unusable

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # workbooks of the old kind, and locked ones
PARQUET = b"PAR1"


class Reach(Protocol):
    """How far the reading of a file is: `position` of its `size`, in bytes as they lie on the disk."""

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    def position(self) -> int: ...


@dataclass(frozen=True)
class Stream:
    """The bytes of one file, unpacked; `size` and `position` count bytes as they lie on the disk."""

    name: str
    size: int
    data: IO[bytes]
    _raw: BufferedReader
    _held: ExitStack

    def position(self) -> int:
        """How many bytes of the file have been read so far."""
        return self._raw.tell()

    def peek(self, length: int) -> bytes:
        """The next bytes, at most `length`, without taking them."""
        return cast(BufferedReader, self.data).peek(length)[:length]

    def text(self, encoding: str, errors: str) -> TextIO:
        """The bytes as text with its line ends untouched; closed with the stream."""
        return self._held.enter_context(TextIOWrapper(self.data, encoding=encoding, errors=errors, newline=""))


def packed_kind(path: Path) -> str | None:
    """xlsx or parquet by the first bytes; None for anything that can be read as text."""
    if not path.is_file():
        return None  # whoever opens it says what is wrong
    with path.open("rb") as file:
        start = file.read(len(OLE))
    if start.startswith((ZIP, OLE)):
        return "xlsx"
    return "parquet" if start.startswith(PARQUET) else None


@contextmanager
def opened(path: Path) -> Iterator[Stream]:
    """Open `path` for reading. Raises `Unusable`, also from the reading done inside, when it is missing or cut off."""
    place = Place(path.name)
    try:
        with path.open("rb") as raw, ExitStack() as held:
            start = raw.peek(4)[:4]
            if start.startswith((ZIP, OLE[:4])):
                advice = "take a mapping for xlsx if it is a workbook, else unpack it"
                raise unusable("packed", "this is a workbook or a zip archive, not a text", advice, place)
            packed = start.startswith(GZIP)
            data = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if packed else raw
            yield Stream(path.name, path.stat().st_size, data, raw, held)
    except (FileNotFoundError, NotADirectoryError):
        raise unusable("file-missing", f"there is no file {path}", "check the path", place) from None
    except (IsADirectoryError, PermissionError) as error:
        message, advice = f"the file {path} cannot be opened ({error.strerror})", "name a file that you may read"
        raise unusable("file-unreadable", message, advice, place) from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        message = f"the gzip file is cut off or damaged ({error})"
        raise unusable("gzip-damaged", message, "fetch or copy the file again", place) from None
