"""The working calendar of a rulebook with the days the site decided on laid over it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import congtam
from congtam.calendars.models import Day
from congtam.engine.calendars import WorkingCalendar, load_calendar
from congtam.engine.findings import unusable
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.working_time import Calendar, Override, Source
from congtam.registry import queries as registry

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
_NAMES = {
    "off": {"vi": "ngày nghỉ do cơ quan quyết định", "en": "a day off decided by the site"},
    "working": {"vi": "ngày làm việc do cơ quan quyết định", "en": "a working day decided by the site"},
    "morning": {"vi": "chỉ làm việc buổi sáng, do cơ quan quyết định", "en": "a morning only, decided by the site"},
}
SiteDays = tuple[tuple[date, str, str], ...]  # day, kind, number of the decision


def calendar_for(rulebook: Rulebook, day: date, seq: int | None = None) -> Calendar:
    """The calendar a rulebook names, with everything announced, the site's answers to its open questions on `day` and
    its own days, both as known at `seq` (None: now). Raises `Unusable` when the rulebook names no shipped calendar."""
    shipped = _shipped(rulebook.head.calendar)
    answers = {
        name: registry.choice(f"calendar.{name}", day, asked.default, seq=seq)
        for name, asked in shipped.choices.items()
    }
    return _laid(rulebook.head.calendar, tuple(sorted(answers.items())), site_days(seq))


def national_calendar() -> Calendar:
    """The national calendar with the site's own days: for a site that scores nothing yet."""
    return _laid("vn/national/calendar", (), site_days())


def site_days(seq: int | None = None) -> SiteDays:
    """The days on which the site departs from the shipped calendars, as known at `seq` (None: now), in order."""
    rows = Day.standing() if seq is None else Day.known_at(seq)
    return tuple(rows.order_by("day").values_list("day", "kind", "number"))


@lru_cache(maxsize=8)
def _shipped(path: str) -> WorkingCalendar:
    file = SHIPPED / path / "calendar.yaml"
    if not file.is_file():
        advice = "name a shipped one, such as vn/national/calendar"
        raise unusable("calendar-missing", f"there is no calendar {path!r}", advice)
    return load_calendar(file)


@lru_cache(maxsize=32)
def _laid(path: str, answers: tuple[tuple[str, str], ...], days: SiteDays) -> Calendar:
    calendar = _shipped(path).as_known(None, dict(answers))
    return replace(calendar, overrides=_overrides(calendar, days)) if days else calendar


def _overrides(calendar: Calendar, days: Iterable[tuple[date, str, str]]) -> Mapping[date, Override]:
    morning = min(calendar.hours, key=lambda name: calendar.hours[name])
    own = {
        day: Override(
            day,
            "half" if kind == "morning" else kind,
            _NAMES[kind],
            Source({"vi": number, "en": number}, number, "verified"),
            session=morning if kind == "morning" else None,
        )
        for day, kind, number in days
    }
    return {**calendar.overrides, **own}
