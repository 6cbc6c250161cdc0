"""What the pages of sources look at: days with what arrived and how late."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Min, Sum
from django.utils import timezone

from congtam.calendars.queries import national_calendar
from congtam.intake.completeness import completeness
from congtam.intake.models import SetAside
from congtam.intake.queries import batches_of, last_arrival
from congtam.sources.models import Source
from congtam.sources.queries import own_count

DAYS = 7


@dataclass(frozen=True)
class Delivery:
    """One day of a source: when its first data came, how many records, its own count, and how it stands.

    state: in_time, late, missing, waiting (not due yet), rest (no working day), free (nothing is promised).
    """

    day: date
    first_at: datetime | None
    records: int
    own: int | None
    state: str

    @property
    def apart(self) -> int | None:
        """How many more records arrived than the source counts; None when it did not say."""
        return None if self.own is None else self.records - self.own


@dataclass(frozen=True)
class Standing:
    """A source as it stands today."""

    source: Source
    today: Delivery
    last: datetime | None
    set_aside: int
    percent: int | None  # of what is expected today, by its own count or by what is usual


def standing(source: Source, now: datetime) -> Standing:
    """How a source stands now."""
    aside = SetAside.objects.filter(batch__source=source, state="open").count()
    today = timezone.localdate(now)
    percent = completeness(source, today, now).percent
    return Standing(source, delivery(source, today, now), last_arrival(source), aside, percent)


def deliveries(source: Source, now: datetime) -> Iterator[Delivery]:
    """The last days, the latest first."""
    today = timezone.localdate(now)
    for back in range(DAYS):
        day = today - timedelta(days=back)
        if day >= source.first and (source.until is None or day < source.until):
            yield delivery(source, day, now)


def delivery(source: Source, day: date, now: datetime) -> Delivery:
    """What arrived on a day, beside what was promised."""
    told = batches_of(source, day).aggregate(
        first=Min("received_at"), a=Sum("accepted"), u=Sum("updated"), s=Sum("set_aside")
    )
    records = sum(told[name] or 0 for name in ("a", "u", "s"))
    return Delivery(day, told["first"], records, own_count(source, day), _state(source, day, told["first"], now))


def _state(source: Source, day: date, first: datetime | None, now: datetime) -> str:
    if source.due_time is None:
        return "free"
    if not national_calendar().is_working(day):
        return "rest"
    due = timezone.make_aware(datetime.combine(day, source.due_time), timezone.get_default_timezone())
    if first is not None:
        return "in_time" if first <= due else "late"
    return "waiting" if now < due else "missing"
