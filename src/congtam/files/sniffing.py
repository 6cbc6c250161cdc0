"""Guesses how an unknown file is written: encoding, delimiter, and which way round its dates are."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from congtam.files.instants import ISO

VIETNAMESE_1258 = b"\xcc\xd2\xde\xec\xf2\xf0\xd0\xf5\xfd\xd5\xdd"  # tone marks that combine, and đ Đ ơ ư Ơ Ư
_TIME = r"(?:(?P<gap>[ T])(?P<hm>\d{1,2}:\d{2})(?P<s>:\d{2}(?:[.,]\d+)?)?(?P<half> ?[AaPp]\.?[Mm]\.?)?)?"
_NUMBERS = re.compile(r"(?P<one>\d{1,2})(?P<sep>[/.-])(?P<two>\d{1,2})(?P=sep)\d{4}" + _TIME)
_TIME_FIRST = re.compile(
    r"(?P<hm>\d{1,2}:\d{2})(?P<s>:\d{2})? (?P<one>\d{1,2})(?P<sep>[/.-])(?P<two>\d{1,2})(?P=sep)\d{4}"
)
_YEAR_FIRST = re.compile(r"\d{4}(?P<sep>[/.])\d{1,2}(?P=sep)\d{1,2}" + _TIME)
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?")
_DECIMALS = re.compile(r"^-?\d+(?P<mark>[.,])\d{1,2}$")
_ISO_START = re.compile(r"\d{4}-\d{2}-\d{2}")
ENOUGH = 0.8  # of the filled values must look like dates


def sniff_encoding(head: bytes) -> str:
    """The encoding of the first bytes of a file, as a mapping names it."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head[1:400:2].count(0) > len(head[1:400:2]) // 2:
        return "utf-16-le"
    try:
        head[: head.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1258" if sum(head.count(byte) for byte in VIETNAMESE_1258) else "cp1252"
    return "utf-8"


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into the same number of cells, the most there can be."""
    lines = text.splitlines(keepends=True)[:50]

    def steady(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        if not widths:
            return (0.0, 0)
        width, times = widths.most_common(1)[0]
        return (times / widths.total() if width > 1 else 0.0, width)

    return max((",", ";", "\t", "|"), key=steady)


@dataclass
class Dates:
    """What the sample says about dates.

    columns: those that hold dates. formats: how they are written, for the mapping. day_first, month_first: an example
    that can only be read that way, if there was one. offsets: whether some say their own offset from UTC.
    """

    columns: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    day_first: str | None = None
    month_first: str | None = None
    numeric: bool = False
    offsets: bool = False

    @property
    def ambiguous(self) -> bool:
        """Whether day and month could be exchanged in every example."""
        return self.numeric and not (self.day_first or self.month_first)


def sniff_dates(columns: Iterable[tuple[str, list[str]]]) -> Dates:
    """Which columns hold dates, and in which formats; without proof, the day comes first, as in Viet Nam."""
    dates, written = Dates(), list[str]()
    for name, values in columns:
        filled = [text for value in values if (text := value.strip())]
        looks = [look for text in filled if (look := _written_as(text))]
        if filled and len(looks) >= ENOUGH * len(filled):
            dates.columns.append(name)
            written += looks
            _note_evidence(dates, filled)
    orders = ["DD/MM"] if dates.day_first or not dates.month_first else []
    orders += ["MM/DD"] if dates.month_first else []
    known = Counter(written)
    dates.formats = list(dict.fromkeys(_in_order(look, order) for look, _ in known.most_common() for order in orders))
    return dates


def is_number(text: str) -> bool:
    """Whether it is a plain number, with a point or a comma before its decimals."""
    return _PLAIN.fullmatch(text) is not None


def sniff_decimal(columns: Iterable[tuple[str, list[str]]]) -> tuple[str, str]:
    """The mark before decimals in columns of plain numbers, with an example; ("", "") where there are none."""
    marks: dict[str, list[str]] = {".": [], ",": []}
    for _, values in columns:
        filled = [text for value in values if (text := value.strip())]
        if filled and sum(is_number(text) for text in filled) >= ENOUGH * len(filled):
            for text in filled:
                if match := _DECIMALS.search(text):  # three digits would be thousands, as in 1,234
                    marks[match["mark"]].append(text)
    mark = "," if len(marks[","]) > len(marks["."]) else "."
    return (mark, marks[mark][0]) if marks[mark] else ("", "")


def _written_as(text: str) -> str | None:
    """`iso`, or a pattern in which AA and BB stand for day and month, not knowing which is which."""
    if _ISO_START.match(text):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return None
        return ISO
    if match := _NUMBERS.fullmatch(text):
        sep = match["sep"]
        return f"AA{sep}BB{sep}YYYY{_time_of(match)}"
    if match := _TIME_FIRST.fullmatch(text):
        return f"hh:mm{':ss' if match['s'] else ''} AA{match['sep']}BB{match['sep']}YYYY"
    if match := _YEAR_FIRST.fullmatch(text):
        return f"YYYY{match['sep']}MM{match['sep']}DD{_time_of(match)}"
    return None


def _time_of(match: re.Match[str]) -> str:
    if not match["hm"]:
        return ""
    half = match["half"] or ""
    end = half.replace(half.strip(), "AM/PM") if half else ""
    return f"{match['gap']}hh:mm{':ss' if match['s'] else ''}{end}"


def _in_order(look: str, order: str) -> str:
    first, second = order.split("/")
    return look.replace("AA", first).replace("BB", second)


def _note_evidence(dates: Dates, values: list[str]) -> None:
    for text in values:
        if match := _NUMBERS.fullmatch(text) or _TIME_FIRST.fullmatch(text):
            dates.numeric = True
            if int(match["one"]) > 12:
                dates.day_first = dates.day_first or text
            if int(match["two"]) > 12:
                dates.month_first = dates.month_first or text
        elif re.search(r"(?:[+-]\d{2}:?\d{2}|Z)$", text[10:]):
            dates.offsets = True
