"""The calendar of work: deadlines by day over a month, with the days off of the site's calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from congtam.engine.findings import Unusable
from congtam.engine.periods import VIETNAM, Period, PeriodKind, local_day, start_of_day
from congtam.engine.rulebook.model import Text
from congtam.web.pages.board.reading import Card, cards_by_share
from congtam.web.pages.board.words import WEEK
from congtam.web.pages.worklist.listing import Listing
from congtam.work.lists import Sight
from congtam.work.models import Share
from congtam.work.tops import Top, tops

EACH = 4  # pieces of work named in a day
A_DAY = timedelta(days=1)
OFF = Text(vi="Ngày nghỉ", en="Day off")
MADE_UP = Text(vi="Làm bù", en="Worked instead")


@dataclass(frozen=True)
class Day:
    """One day: what is due on it (`count`, of which `cards` are named), and whether offices work (`off`: why not;
    `worked`: it is worked though the week says otherwise)."""

    day: date
    weekday: Text
    off: Text | None
    worked: Text | None
    today: bool
    count: int
    cards: list[Card]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.cards)


def month_of(text: str, today: date) -> Period:
    """The month of a label, else the running one."""
    try:
        period = Period.parse(text)
    except Unusable:
        period = None
    if period is None or period.kind is not PeriodKind.MONTH:
        return Period.of(PeriodKind.MONTH, today)
    return period


def day_of(text: str) -> date | None:
    """A day of the address; None where there is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1900 < found.year < 2999 else None


def due_in(found: Listing, first: date, until: date) -> QuerySet[Share]:
    """The shares due from `first` to before `until`, those handed on left out, the most pressing first."""
    held = found.shares.exclude(state="passed_on")
    due = held.filter(due_at__gte=start_of_day(first), due_at__lt=start_of_day(until))
    return due.order_by("pressing", "due_at", "pk")


def days(found: Listing, month: Period) -> list[Day]:
    """The days of a month. Two statements and the names."""
    due = due_in(found, month.first, month.until).annotate(on=TruncDate("due_at", tzinfo=VIETNAM))
    groups = tops(due, "on", EACH)
    cards = cards_by_share(found, {share: "" for top in groups.values() for share in top.shares})
    return [_day(day, groups.get(day, Top()), cards, found.sight) for day in _each(month)]


def _each(month: Period) -> Iterator[date]:
    day = month.first
    while day < month.until:
        yield day
        day += A_DAY


def _day(day: date, top: Top, cards: dict[int, Card], sight: Sight) -> Day:
    calendar = sight.calendar
    own = calendar.overrides.get(day)
    name = Text(**own.name) if own else None
    worked = calendar.is_working(day)
    return Day(
        day,
        WEEK[day.weekday()],
        None if worked else name or OFF,
        name or MADE_UP if worked and day.weekday() not in calendar.week else None,
        day == local_day(sight.now),
        top.count,
        [cards[share] for share in top.shares if share in cards],
    )
