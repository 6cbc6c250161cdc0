"""Whether a day's data are all here: what arrived beside what was promised, and whom it touches while it is not."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Sum
from django.db.models.functions import TruncDate

from congtam.calendars.queries import national_calendar
from congtam.engine.periods import VIETNAM, start_of_day
from congtam.intake.models import Batch
from congtam.intake.queries import arrived, last_arrival
from congtam.sources.models import Source
from congtam.sources.queries import own_count, sources_on
from congtam.work.models import Share

USUAL_WEEKS = 8  # so many of the same weekdays before a day tell what is usual
FEWEST_WEEKS = 3  # fewer tell nothing
TOUCHED_DAYS = 92  # whose work came from a source within three months is touched when it is missing


@dataclass(frozen=True)
class Completeness:
    """A source on a day. `expected`: its own count of the day, else what is usual on such a weekday, else None.

    state: complete, partial, missing (its time is past), waiting (not due yet), free (nothing is promised).
    """

    source: Source
    day: date
    last: datetime | None
    arrived: int
    expected: int | None
    counted: bool
    state: str

    @property
    def percent(self) -> int | None:
        """How much of what is expected is here, never more than 100; rounded down, so that 100 means all."""
        return None if not self.expected else min(100, 100 * self.arrived // self.expected)


def freshness(day: date, now: datetime) -> list[Completeness]:
    """Every source in use on a day, by name."""
    return [completeness(source, day, now) for source in sources_on(day)]


def completeness(source: Source, day: date, now: datetime) -> Completeness:
    """How complete the data of a source are for a day, as seen at `now`."""
    here, own = arrived(source, day), own_count(source, day)
    expected = own if own is not None else usual(source, day)
    state = _state(source, day, here, expected, now)
    return Completeness(source, day, last_arrival(source), here, expected, own is not None, state)


def _state(source: Source, day: date, here: int, expected: int | None, now: datetime) -> str:
    if expected is not None and here < expected:
        promised = _promised(source, day)
        if here:
            return "partial"
        return "waiting" if promised is not None and now < promised else "missing"
    if here:
        return "complete"
    promised = _promised(source, day)
    if promised is None or expected == 0:
        return "free" if promised is None else "complete"
    return "waiting" if now < promised else "missing"


def _promised(source: Source, day: date) -> datetime | None:
    """The instant by which a day's data are promised; None on a day off, or where nothing is."""
    if source.due_time is None or not national_calendar().is_working(day):
        return None
    return datetime.combine(day, source.due_time, VIETNAM)


def usual(source: Source, day: date) -> int | None:
    """The middle figure of what arrived on the same weekday in the weeks before; None where too few had any."""
    days = [day - timedelta(weeks=back) for back in range(1, USUAL_WEEKS + 1)]
    first, until = start_of_day(days[-1]), start_of_day(day)
    told = (
        Batch.objects.filter(source=source, kind__in=("push", "upload"), received_at__gte=first, received_at__lt=until)
        .annotate(day=TruncDate("received_at", tzinfo=VIETNAM))
        .filter(day__in=days)
        .values("day")
        .annotate(records=Sum("accepted") + Sum("updated") + Sum("set_aside"))
        .values_list("records", flat=True)
    )
    counts = [count for count in told if count]
    return int(median(counts)) if len(counts) >= FEWEST_WEEKS else None


def touched_by(source: Source, day: date) -> tuple[set[int], set[str]]:
    """Whom a missing source touches: officials who held work of its items in the last three months, and the kinds of
    that work, by which rules read it."""
    since = start_of_day(day - timedelta(days=TOUCHED_DAYS))
    shares = Share.objects.filter(item__source=source, received_at__gte=since)
    kinds = shares.exclude(item__standing__kind=None).values_list("item__standing__kind", flat=True).distinct()
    return set(shares.values_list("official_id", flat=True).distinct()), set(kinds)
