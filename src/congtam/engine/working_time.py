"""Arithmetic in working days and office hours, on the calendar known at one moment.

Counting is a formula for plain weeks plus a sorted list of exceptions: fast for any span, and it always ends.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from itertools import accumulate

from congtam.engine.findings import unusable
from congtam.engine.periods import local_day, start_of_day

Text = Mapping[str, str]  # {"vi": …, "en": …}
Session = tuple[timedelta, timedelta]  # office hours as time since midnight in Vietnam
PROVISIONAL: Text = {
    "vi": "tạm tính, chưa có lịch chính thức",
    "en": "provisional: no official calendar yet",
}
_PLAIN = {
    (True, "vi"): "ngày làm việc",
    (True, "en"): "working day",
    (False, "vi"): "nghỉ cuối tuần",
    (False, "en"): "weekend",
}
_SAID = {
    "off": {"vi": "nghỉ", "en": "off"},
    "working": {"vi": "làm việc", "en": "worked"},
    "half": {"vi": "làm nửa ngày", "en": "half a day worked"},
}
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Source:
    """Where a day comes from; `certainty` is verified, reported or unverified."""

    title: Text
    act: str
    certainty: str
    article: str | None = None
    confirmed_on: date | None = None


@dataclass(frozen=True)
class Override:
    """One day that differs from the week: off, working, or half (only the named session is worked).

    `known_from` is the day it was announced; None means that it was always known.
    """

    day: date
    kind: str
    name: Text
    source: Source
    known_from: date | None = None
    session: str | None = None


@dataclass(frozen=True)
class Choice:
    """An open question about one day; `options` are kinds of day, `default` holds until a site answers."""

    id: str
    title: Text
    question: Text
    override: Override
    options: Mapping[str, Text]
    default: str
    why_default: Text
    sources: tuple[Source, ...]
    certainty: str

    def chosen(self, option: str) -> Override:
        """The day as the answer makes it. A day left working needs no announcement."""
        known_from = None if option == "working" else self.override.known_from
        own = self.override
        return Override(own.day, option, own.name, own.source, known_from, own.session)


@dataclass(frozen=True)
class Calendar:
    """The working days and office hours known at one moment. Days are Vietnam's, instants UTC."""

    id: str
    week: frozenset[int]  # 0 = Monday
    hours: Mapping[str, Session]
    cut_off_minutes: int
    official_from: date
    official_until: date
    overrides: Mapping[date, Override]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of everything that can move a deadline; names and sources are wording and left out."""
        days = sorted((str(day), own.kind, own.session or "") for day, own in self.overrides.items())
        hours = sorted((name, str(start), str(end)) for name, (start, end) in self.hours.items())
        said = (self.id, sorted(self.week), hours, self.cut_off_minutes)
        return sha256(repr((*said, str(self.official_from), str(self.official_until), days)).encode()).hexdigest()

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day, if only for half of it."""
        override = self.overrides.get(day)
        return override.kind != "off" if override else day.weekday() in self.week

    def is_official(self, day: date) -> bool:
        """Whether a calendar was announced for the day; outside, only what can be computed is known."""
        return self.official_from <= day <= self.official_until

    def why(self, day: date, lang: str) -> str:
        """Why a day is worked or not, with its source, in `vi` or `en`."""
        override = self.overrides.get(day)
        text = _PLAIN[day.weekday() in self.week, lang]
        if override:
            text = f"{_SAID[override.kind][lang]}: {override.name[lang]} ({override.source.title[lang]})"
        return text if self.is_official(day) else f"{text} ({PROVISIONAL[lang]})"

    def working_days(self, first: date, until: date) -> int:
        """Working days from `first` to before `until`; negative when `until` comes first."""
        return self._days_before(until.toordinal()) - self._days_before(first.toordinal())

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day strictly after `day`; 0 gives `day` itself. Raises ValueError for n < 0."""
        if n <= 0:
            if n < 0:
                raise ValueError(f"working days to add cannot be negative: {n}")
            return day
        start = day.toordinal()
        target = self._days_before(start + 1) + n
        low, high = start + 1, start + self._span(n)
        return _date(bisect_left(range(low, high + 1), target, key=lambda o: self._days_before(o + 1)) + low)

    def sessions(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The office hours of a day as instants, in order; none on a day off."""
        midnight = start_of_day(day)
        return tuple((midnight + start, midnight + end) for start, end in self._hours_of(day))

    def close_of(self, day: date) -> datetime:
        """The end of the last session of a day; on a day off, when it would have ended."""
        return start_of_day(day) + (self._hours_of(day) or self._full_day)[-1][1]

    def working_time(self, a: datetime, b: datetime) -> timedelta:
        """Office time between two instants, exact; negative when `b` comes first."""
        return self._time_before(b) - self._time_before(a)

    def working_minutes(self, a: datetime, b: datetime) -> int:
        """Whole minutes of office time from `a` to `b`, rounded towards zero."""
        return int(self.working_time(a, b) / _MINUTE)

    def add_working_minutes(self, instant: datetime, minutes: int) -> datetime:
        """The instant after that many minutes of office time; 0 gives `instant` itself."""
        return self.add_working_time(instant, timedelta(minutes=minutes))

    def add_working_time(self, instant: datetime, length: timedelta) -> datetime:
        """The first instant by which `length` of office time has passed. Raises ValueError when negative."""
        if length <= timedelta(0):
            if length < timedelta(0):
                raise ValueError(f"office time to add cannot be negative: {length}")
            return instant
        target = self._time_before(instant) + length
        minutes = -(-target // _MINUTE)  # rounded up: the day on which that many minutes are reached
        low = local_day(instant).toordinal()
        high = low + self._span(length // self._shortest + 2)
        day = _date(bisect_left(range(low, high + 1), minutes, key=lambda o: self._minutes_before(o + 1)) + low)
        return self._within(day, target - timedelta(minutes=self._minutes_before(day.toordinal())))

    def _within(self, day: date, rest: timedelta) -> datetime:
        """The instant of a working day by which `rest` of its office time has passed."""
        for start, end in self.sessions(day):
            if rest <= end - start:
                return start + rest
            rest -= end - start
        raise AssertionError("the day was chosen to be long enough")

    def _time_before(self, instant: datetime) -> timedelta:
        """Office time before an instant, from a fixed origin."""
        day = local_day(instant)
        passed = timedelta(minutes=self._minutes_before(day.toordinal()))
        for start, end in self.sessions(day):
            passed += max(min(instant, end) - start, timedelta(0))
        return passed

    def _hours_of(self, day: date) -> tuple[Session, ...]:
        override = self.overrides.get(day)
        if override and override.session:
            return (self.hours[override.session],)
        return self._full_day if self.is_working(day) else ()

    def _days_before(self, ordinal: int) -> int:
        """Working days before a day (given as `date.toordinal`), from a fixed origin."""
        weeks, rest = divmod(ordinal - 1, 7)  # ordinal 1 was a Monday
        return weeks * len(self.week) + self._week_sums[rest] + self._at(self._day_sums, ordinal)

    def _minutes_before(self, ordinal: int) -> int:
        """Minutes of office time before a day, from the same origin."""
        return self._days_before(ordinal) * self._day_minutes + self._at(self._half_sums, ordinal)

    def _at(self, sums: tuple[int, ...], ordinal: int) -> int:
        return sums[bisect_left(self._exceptions, ordinal)]

    def _span(self, working_days: int) -> int:
        """Calendar days that are sure to hold that many working days, however many exceptions there are."""
        return ((working_days + len(self._exceptions)) // len(self.week) + 2) * 7

    @cached_property
    def _full_day(self) -> tuple[Session, ...]:
        return tuple(sorted(self.hours.values()))

    @cached_property
    def _shortest(self) -> timedelta:
        return min(end - start for start, end in self._full_day)

    @cached_property
    def _day_minutes(self) -> int:
        return sum((end - start) // _MINUTE for start, end in self._full_day)

    @cached_property
    def _week_sums(self) -> tuple[int, ...]:
        return tuple(accumulate((int(day in self.week) for day in range(6)), initial=0))

    @cached_property
    def _exceptions(self) -> tuple[int, ...]:
        return tuple(day.toordinal() for day in sorted(self.overrides))

    @cached_property
    def _day_sums(self) -> tuple[int, ...]:
        """By how much the first n exceptions change the count of working days."""
        changes = (self.is_working(day) - (day.weekday() in self.week) for day in sorted(self.overrides))
        return tuple(accumulate(changes, initial=0))

    @cached_property
    def _half_sums(self) -> tuple[int, ...]:
        """By how many minutes the first n exceptions fall short of full days."""
        return tuple(accumulate((self._short_by(day) for day in sorted(self.overrides)), initial=0))

    def _short_by(self, day: date) -> int:
        worked = sum((end - start) // _MINUTE for start, end in self._hours_of(day))
        return worked - self._day_minutes if worked else 0


def _date(ordinal: int) -> date:
    """Raises `Unusable` (calendar-too-far) past the year 2999, where no deadline can be meant."""
    if ordinal > date(2999, 12, 31).toordinal():
        raise unusable("calendar-too-far", "the day lies past the year 2999", "check the number of days or hours")
    return date.fromordinal(ordinal)
