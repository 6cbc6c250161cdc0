"""Reads dates and times as offices write them, by patterns that people can read: `DD/MM/YYYY hh:mm`.

>>> Pattern.of("MM/DD/YYYY hh:mm:ss AM/PM").read("03/14/2011 03:59:20 PM")
datetime.datetime(2011, 3, 14, 15, 59, 20)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

PARTS = {
    "YYYY": r"(?P<year>\d{4})",
    "MM": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{1,2})",
    "hh": r"(?P<hour>\d{1,2})",
    "mm": r"(?P<minute>\d{2})",
    "ss": r"(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?",
    "AM/PM": r"(?P<half>[AaPp])\.?[Mm]\.?",
}
GROUPS = {part: re.findall(r"\?P<(\w+)>", regex) for part, regex in PARTS.items()}
NAMES = [name for names in GROUPS.values() for name in names]
ISO = "iso"
EXAMPLES = "iso, DD/MM/YYYY hh:mm, MM/DD/YYYY hh:mm:ss AM/PM"
_TOKENS = re.compile("(" + "|".join(re.escape(part) for part in PARTS) + ")")


@dataclass(frozen=True)
class Pattern:
    """One way to write an instant; `has_hour` is False when it names a day only."""

    text: str
    has_hour: bool
    read: Callable[[str], datetime | None]  # None: written otherwise; ValueError: no such day or hour

    @staticmethod
    def of(text: str) -> "Pattern":
        """The pattern written as `text`. Raises ValueError saying what is wrong with it."""
        if text == ISO:
            return Pattern(ISO, True, _read_iso)
        pieces = _TOKENS.split(text)
        used, between = pieces[1::2], "".join(pieces[::2])
        if stray := re.search(r"[^\W\d_]|%", between.replace("T", "")):
            raise ValueError(f"{stray.group()!r} is no part of a date; write it like {EXAMPLES}")
        if len(set(used)) != len(used):
            raise ValueError("a part stands in it twice (MM is the month, mm the minute)")
        if missing := [part for part in ("YYYY", "MM", "DD") if part not in used]:
            raise ValueError(f"{' and '.join(missing)} is missing; write it like {EXAMPLES}")
        absent = "".join(f"(?P<{name}>){{0}}" for part, names in GROUPS.items() if part not in used for name in names)
        regex = re.compile("".join(PARTS.get(piece) or re.escape(piece) for piece in pieces) + absent)
        return Pattern(text, "hh" in used, lambda given: _read(regex, given))


def _read_iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _read(regex: re.Pattern[str], text: str) -> datetime | None:
    match = regex.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour_text, minute, second, fraction, half = match.group(*NAMES)
    hour = int(hour_text or 0)
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("the hour before AM or PM is 1 to 12")
        hour = hour % 12 + (12 if half in "Pp" else 0)
    return datetime(  # noqa: DTZ001 (the caller knows the zone)
        int(year),
        int(month),
        int(day),
        hour,
        int(minute or 0),
        int(second or 0),
        int(fraction.ljust(6, "0")[:6]) if fraction else 0,
    )


def is_day(text: str) -> bool:
    """Whether ISO text names a day without an hour."""
    if len(text) > 10:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
