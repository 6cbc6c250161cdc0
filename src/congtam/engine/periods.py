"""Periods and days in Vietnam: months, quarters, half-years, years and free windows, all half-open.

A day belongs to Vietnam, an instant is UTC: midnight in Hanoi is 17:00 UTC of the day before.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from congtam.engine.findings import Unusable, unusable

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
EARLIEST, LATEST = date(1900, 1, 1), date(3000, 1, 1)


def local_day(instant: datetime) -> date:
    """The day in Vietnam on which an instant falls. Raises ValueError for an instant without a time zone.

    >>> local_day(datetime(2026, 8, 31, 17, 0, tzinfo=UTC))
    datetime.date(2026, 9, 1)
    """
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone, {instant.isoformat()} has none")
    return instant.astimezone(VIETNAM).date()


@lru_cache(maxsize=8192)
def start_of_day(day: date) -> datetime:
    """Midnight in Vietnam at which `day` begins, in UTC.

    >>> start_of_day(date(2026, 9, 1)).isoformat()
    '2026-08-31T17:00:00+00:00'
    """
    return datetime.combine(day, time.min, VIETNAM).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later (or earlier); a day the month lacks becomes its last one.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (_next_month(first) - first).days) - 1)


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


class PeriodKind(StrEnum):
    """How long a period is; a window is any stretch of whole days."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    WINDOW = "window"


_LENGTH = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}  # months
_FORMS = {
    PeriodKind.MONTH: re.compile(r"(?P<year>[0-9]{4})-(?P<number>[0-9]{2})"),
    PeriodKind.QUARTER: re.compile(r"(?P<year>[0-9]{4})-Q(?P<number>[1-4])"),
    PeriodKind.HALF_YEAR: re.compile(r"(?P<year>[0-9]{4})-H(?P<number>[12])"),
    PeriodKind.YEAR: re.compile(r"(?P<year>[0-9]{4})"),
}
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_WINDOW = re.compile(rf"(?P<first>{_DAY})\.\.(?P<until>{_DAY})")
_EXPECTED = "write 2026-09, 2026-Q3, 2026-H1, 2026, or 2026-09-01..2026-10-16 (the last day is not in it)"
_ROMAN = ("", "I", "II", "III", "IV")
_HALVES_VI, _HALVES_EN = ("", "đầu", "cuối"), ("", "First", "Second")
_MONTHS_EN = (
    *("", "January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, order=True)
class Period:
    """The days from `first` to before `until`. Raises `Unusable` (bad-period) unless they make the kind."""

    kind: PeriodKind
    first: date
    until: date

    def __post_init__(self) -> None:
        months = _LENGTH.get(self.kind)
        if not (EARLIEST <= self.first < self.until <= LATEST):
            raise _bad(f"{self.first}..{self.until}", "its first day must come before its end, in 1900–2999")
        if months and (
            self.first.day != 1 or (self.first.month - 1) % months or add_months(self.first, months) != self.until
        ):
            raise _bad(f"{self.first}..{self.until}", f"that is not one {self.kind}")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a label. Raises `Unusable` (bad-period) that says what is expected.

        >>> Period.parse("2026-Q3").first
        datetime.date(2026, 7, 1)
        """
        if match := _WINDOW.fullmatch(text):
            return cls(PeriodKind.WINDOW, _day(match["first"], text), _day(match["until"], text))
        for kind, form in _FORMS.items():
            if match := form.fullmatch(text):
                return cls._numbered(kind, int(match["year"]), int(match.groupdict().get("number", 1)), text)
        raise _bad(text, "it has none of the known forms")

    @classmethod
    def _numbered(cls, kind: PeriodKind, year: int, number: int, text: str) -> "Period":
        """The `number`-th period (from 1) of its kind in a year."""
        if not 1 <= number <= 12 // _LENGTH[kind]:
            raise _bad(text, "there is no such month")
        if not EARLIEST.year <= year < LATEST.year:
            raise _bad(text, "the year must be from 1900 to 2999")
        return cls.of(kind, date(year, 1 + (number - 1) * _LENGTH[kind], 1))

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> "Period":
        """The month, quarter, half-year or year in which a day falls; for a window, that one day.

        >>> Period.of(PeriodKind.HALF_YEAR, date(2026, 8, 20)).label
        '2026-H2'
        """
        if kind is PeriodKind.WINDOW:
            return cls(kind, day, day + timedelta(days=1))
        months = _LENGTH[kind]
        first = date(day.year, (day.month - 1) // months * months + 1, 1)
        return cls(kind, first, add_months(first, months))

    @property
    def number(self) -> int:
        """Which one of its year it is, from 1; 1 for years and windows."""
        return (self.first.month - 1) // _LENGTH.get(self.kind, 12) + 1

    @property
    def label(self) -> str:
        """The short text that `parse` reads back."""
        year = f"{self.first.year:04d}"
        return {
            PeriodKind.MONTH: f"{year}-{self.first.month:02d}",
            PeriodKind.QUARTER: f"{year}-Q{self.number}",
            PeriodKind.HALF_YEAR: f"{year}-H{self.number}",
            PeriodKind.YEAR: year,
            PeriodKind.WINDOW: f"{self.first}..{self.until}",
        }[self.kind]

    def title(self, lang: str) -> str:
        """The period as people say it, in Vietnamese (`vi`) or English (`en`).

        >>> Period.parse("2026-Q3").title("vi"), Period.parse("2026-09").title("en")
        ('quý III năm 2026', 'September 2026')
        """
        return self._title_vi() if lang == "vi" else self._title_en()

    def _title_vi(self) -> str:
        year, last = self.first.year, self.until - timedelta(days=1)
        return {
            PeriodKind.MONTH: f"tháng {self.first.month} năm {year}",
            PeriodKind.QUARTER: f"quý {_ROMAN[self.number % 5]} năm {year}",
            PeriodKind.HALF_YEAR: f"6 tháng {_HALVES_VI[self.number % 3]} năm {year}",
            PeriodKind.YEAR: f"năm {year}",
            PeriodKind.WINDOW: f"từ {self.first:%d/%m/%Y} đến hết {last:%d/%m/%Y}",
        }[self.kind]

    def _title_en(self) -> str:
        year, last = self.first.year, self.until - timedelta(days=1)
        return {
            PeriodKind.MONTH: f"{_MONTHS_EN[self.first.month]} {year}",
            PeriodKind.QUARTER: f"Quarter {self.number} of {year}",
            PeriodKind.HALF_YEAR: f"{_HALVES_EN[self.number % 3]} half of {year}",
            PeriodKind.YEAR: f"{year}",
            PeriodKind.WINDOW: f"from {self.first:%d/%m/%Y} through {last:%d/%m/%Y}",
        }[self.kind]

    @property
    def start(self) -> datetime:
        """The instant (UTC) at which the first day begins."""
        return start_of_day(self.first)

    @property
    def end(self) -> datetime:
        """The instant (UTC) at which the period is over; not in it."""
        return start_of_day(self.until)

    def contains(self, instant: datetime) -> bool:
        """Whether an instant falls in the period."""
        return self.start <= instant < self.end

    def contains_day(self, day: date) -> bool:
        """Whether a day in Vietnam falls in the period."""
        return self.first <= day < self.until

    def next(self) -> "Period":
        """The period of the same kind that follows; a window of as many days."""
        return self._moved(+1)

    def previous(self) -> "Period":
        """The period of the same kind before this one; a window of as many days."""
        return self._moved(-1)

    def _moved(self, steps: int) -> "Period":
        if self.kind is PeriodKind.WINDOW:
            length = (self.until - self.first) * steps
            return Period(self.kind, self.first + length, self.until + length)
        first = add_months(self.first, _LENGTH[self.kind] * steps)
        return Period(self.kind, first, add_months(first, _LENGTH[self.kind]))

    def months(self) -> tuple["Period", ...]:
        """The months that lie wholly inside, in order.

        >>> [month.label for month in Period.parse("2026-08-15..2026-11-01").months()]
        ['2026-09', '2026-10']
        """
        month = Period.of(PeriodKind.MONTH, self.first)
        found: list[Period] = []
        while month.until <= self.until:
            if month.first >= self.first:
                found.append(month)
            if month.until >= LATEST:
                break
            month = month.next()
        return tuple(found)


def _day(text: str, whole: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _bad(whole, f"there is no day {text}") from None


def _bad(text: str, why: str) -> Unusable:
    return unusable("bad-period", f"{text!r} is no period: {why}", _EXPECTED)
