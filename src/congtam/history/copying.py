"""Rows in the binary form of the database's COPY: nothing in them has to be escaped, or read from text again.

A row is the count of its cells in two bytes; each cell its length in four, and its value. Cells of one length, side by
side, are packed at once by a `Struct` of whoever writes the row.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from struct import Struct

from django.db import connection

NULL = b"\xff\xff\xff\xff"
BLOCK = 1000  # rows handed over at a time, so that the database reads some while the next are packed
_HEAD, _TAIL = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_EPOCH, _UNIT = datetime(2000, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_NUMBER, _LENGTH = Struct(">iq"), Struct(">i")


def copy_in(table: str, columns: str, rows: Sequence[bytes]) -> None:
    """Append rows whose cells are in the order of `columns`."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT binary)") as copy:
        copy.write(_HEAD)
        for start in range(0, len(rows), BLOCK):
            copy.write(b"".join(rows[start : start + BLOCK]))
        copy.write(_TAIL)


def number(value: int | None) -> bytes:
    """A `bigint`."""
    return NULL if value is None else _NUMBER.pack(8, value)


def text(value: str) -> bytes:
    """A `text` or `varchar`."""
    written = value.encode()
    return _LENGTH.pack(len(written)) + written


def json(value: bytes) -> bytes:
    """A `jsonb`, by its text."""
    return _LENGTH.pack(len(value) + 1) + b"\1" + value


def microseconds(value: datetime) -> int:
    """An aware instant as the database counts: from the start of 2000."""
    return _since(value if value.tzinfo is UTC else value.astimezone(UTC))


@lru_cache(1 << 13)
def _since(value: datetime) -> int:
    return (value - _EPOCH) // _UNIT


def numbers(values: Iterable[int]) -> str:
    """The text of a `bigint[]`; the driver would write it value by value, and slower."""
    return "{" + ",".join(map(str, values)) + "}"


def texts(values: Iterable[str]) -> str:
    """The text of a `text[]`."""
    return "{" + ",".join([_quoted(one) for one in values]) + "}"


def _quoted(value: str) -> str:
    if '"' in value or "\\" in value:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{value}"'
