"""The clocks under which work is folded for pages and live scores: those of the site's first scorecard by law."""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from congtam.calendars.queries import calendar_for, national_calendar
from congtam.engine.calendars import Calendar
from congtam.engine.clock_rule import ClockRule
from congtam.engine.facts.fold import Clocks
from congtam.engine.periods import VIETNAM, Period, PeriodKind, local_day
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.clocks import clocks as clocks_of
from congtam.registry import queries as registry

GIVEN_ONLY = ClockRule("given", {"vi": "hạn do nguồn ghi", "en": "deadline given by the source"}, "working_days")


class SiteClocks(NamedTuple):
    """Clocks, and a digest of everything in them that a fold depends on."""

    clocks: Clocks
    digest: str


def clocks_now(now: datetime) -> SiteClocks:
    """The clocks that hold on the day of `now`. Where no rulebook is adopted only deadlines that sources give count."""
    day = local_day(now)
    cards = registry.cards_for(Period.of(PeriodKind.MONTH, day))
    if not cards:
        calendar = national_calendar()
        return SiteClocks(Clocks(calendar, lambda item, when: GIVEN_ONLY), f"given {calendar.digest}")
    book = registry.book(cards[0].rulebook_id, day)
    calendar = calendar_for(book, day)
    return SiteClocks(clocks_of(book, calendar), clocks_digest(book, calendar))


def clocks_digest(book: Rulebook, calendar: Calendar) -> str:
    """What tells apart clocks that fold differently: the rulebook's clocks and the calendar, nothing else of them."""
    unread = {"legal_basis", "owner"}
    told = {name: clock.model.model_dump(mode="json", exclude=unread) for name, clock in book.clocks.items()}
    return sha256(json.dumps([book.head.clock, told, calendar.digest], sort_keys=True).encode()).hexdigest()


def next_minute(calendar: Calendar, now: datetime) -> datetime:
    """The next whole minute of office time, or the next midnight when that comes first: a clock that stands is counted
    on in minutes and in days."""
    minute = calendar.add_working_minutes(now, 1).replace(second=0, microsecond=0)
    tomorrow = datetime.combine(local_day(now) + timedelta(days=1), datetime.min.time(), VIETNAM)
    return min(max(minute, now + timedelta(microseconds=1)), tomorrow.astimezone(now.tzinfo))
