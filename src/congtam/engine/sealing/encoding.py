"""One way to write a row: JSON without blanks, keys sorted, numbers whole, instants in UTC to the microsecond."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

SALT = 16  # bytes
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_READY = frozenset((str, int, bool, type(None)))


def line(values: Iterable[Any]) -> bytes:
    """A row as bytes. Raises `TypeError` for what has more than one way to be written, such as a float."""
    return written(list(values))


def written(value: Any) -> bytes:
    """Plain values as bytes, the same for equal values."""
    return _ENCODER.encode(_plain(value)).encode()


def read(text: bytes) -> Any:
    """The plain values of a row. Raises `ValueError` for what is no row."""
    return json.loads(text)


def instant(value: datetime) -> str:
    """An instant as it is written."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def digest(value: Any) -> str:
    """SHA-256 of plain values as written."""
    return hashlib.sha256(written(value)).hexdigest()


def salt_of(secret: bytes, part: str, row: bytes) -> bytes:
    """The salt of a row: the same whenever the same site seals the same row, and told to nobody who lacks the secret or
    the row itself."""
    return hmac.digest(secret, part.encode() + b"\0" + row, "sha256")[:SALT]


def _plain(value: Any) -> Any:
    if type(value) in _READY:
        return value
    match value:
        case StrEnum():
            return str(value)
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case Fraction():
            return [value.numerator, value.denominator]
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [inner if type(inner) in _READY else _plain(inner) for inner in value]
        case frozenset() | set():
            return sorted(_plain(inner) for inner in value)
    raise TypeError(f"{type(value).__name__} has no one way to be written in a seal")
