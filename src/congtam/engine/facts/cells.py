"""One value and the text of its cell: read with every doubt told, written as the inverse of reading."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

from congtam.engine.facts.tables import Kind

LARGEST = 2**63 - 1
INSTANTS = 1 << 12  # instants kept at hand: records of one day share many
_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXACT = Context(prec=80)
_NEEDS_QUOTES = re.compile('[",\r\n]')
_FROM_JSON = json.JSONDecoder()
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_instant(text: str) -> datetime:
    """ISO 8601 with an offset, as UTC. Raises ValueError."""
    return _instant(text)


@lru_cache(INSTANTS)
def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("an instant is written like 2026-11-05T09:30:00+07:00") from None
    if instant.tzinfo is None:
        raise ValueError("an instant needs its offset, such as +07:00 or Z")
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise ValueError("there is no such instant in UTC") from None


def parse_day(text: str) -> date:
    """YYYY-MM-DD. Raises ValueError."""
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("a day is written like 2026-11-05") from None


def parse_scaled(text: str, places: int) -> int:
    """Decimal text as a whole number of 10^-places. Raises ValueError when it has more places."""
    if not _NUMBER.fullmatch(text):
        raise ValueError("a number is written like 12 or 12.5")
    scaled = Decimal(text).scaleb(places, _EXACT)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"at most {places} decimal places are kept")
    return _in_reach(int(scaled))


def _in_reach(number: int) -> int:
    """Numbers live in 64 bits, so that every engine can count them."""
    if abs(number) > LARGEST:
        raise ValueError("the number is too large")
    return number


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("it must be true or false")
    return text == "true"


def _object(text: str) -> dict[str, Any]:
    try:
        value = _FROM_JSON.decode(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error.msg})") from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("it must be a JSON object")
    return value


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError("it must be a whole number")
    return _in_reach(int(text))


PARSERS: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: str,
    Kind.INSTANT: parse_instant,
    Kind.DAY: parse_day,
    Kind.WHOLE: _whole,
    Kind.HUNDREDTHS: lambda text: parse_scaled(text, 2),
    Kind.MILLIONTHS: lambda text: parse_scaled(text, 6),
    Kind.FLAG: _flag,
    Kind.OBJECT: _object,
}


def instant_text(instant: datetime) -> str:
    """An aware instant as the contract writes it: in UTC, with a Z."""
    utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return f"{utc.date().isoformat()}T{utc.time().isoformat()}Z"


def object_text(value: dict[str, Any]) -> str:
    """An object as JSON, its names in order; blank when it is empty."""
    return _JSON.encode(value) if value else ""


def _scaled_text(value: int, places: int) -> str:
    return format(Decimal(value).scaleb(-places).normalize(), "f")


WRITERS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: str,
    Kind.INSTANT: instant_text,
    Kind.DAY: str,
    Kind.WHOLE: str,
    Kind.HUNDREDTHS: lambda value: _scaled_text(value, 2),
    Kind.MILLIONTHS: lambda value: _scaled_text(value, 6),
    Kind.FLAG: lambda value: "true" if value else "false",
    Kind.OBJECT: object_text,
}


def write_cell(value: Any, kind: Kind) -> str:
    """The text of a value, the inverse of reading it; blank for None."""
    return "" if value is None else WRITERS[kind](value)


def quoted(text: str) -> str:
    """A cell as CSV takes it: in quotes where it holds a comma, a quote or a line end."""
    if _NEEDS_QUOTES.search(text) is None:
        return text
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
