"""Reading the intake: records as they stand, what arrived when, what is set aside."""

from datetime import date, datetime
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum

from congtam.engine.periods import start_of_day
from congtam.intake.checking import storable
from congtam.intake.models import Batch, Record, SetAside
from congtam.sources.models import Source
from congtam.sources.queries import own_count


def state_of(source: Source, key: str) -> dict[str, Any] | None:
    """A source's own record as it stands; None when nothing stands of it."""
    if not storable(key):
        return None
    versions = Record.objects.filter(source=source, key=key, taken_back=None)
    found = versions.filter(standing=True).select_related("batch", "item").first()
    if found is None or found.item is None:
        return None
    aside = SetAside.objects.filter(batch__source=source, state="open", cells__key=key)
    return {
        "key": found.key,
        "version": found.version,
        "withdrawn": found.withdrawn,
        "item": found.item.key,
        "received_at": found.batch.received_at,
        "versions": versions.count(),
        "set_aside": aside.count(),
    }


def batches_of(source: Source, day: date) -> QuerySet[Batch]:
    """What a source handed over on a day: not what was mended here, or withdrawn."""
    first, until = start_of_day(day), start_of_day(date.fromordinal(day.toordinal() + 1))
    return Batch.objects.filter(
        source=source, kind__in=("push", "upload"), received_at__gte=first, received_at__lt=until
    )


def arrived(source: Source, day: date) -> int:
    """How many records arrived on a day and said something new; the same again counts once."""
    counted = batches_of(source, day).aggregate(new=Sum("accepted"), updated=Sum("updated"), aside=Sum("set_aside"))
    return sum(number or 0 for number in counted.values())


def last_arrival(source: Source) -> datetime | None:
    """When the source last handed over anything."""
    handed = Batch.objects.filter(source=source, kind__in=("push", "upload"))
    last: datetime | None = handed.aggregate(last=Max("received_at"))["last"]
    return last


def last_arrivals(day: date) -> list[tuple[Source, datetime | None]]:
    """Every source that hands over data on a day, with when it last did; one query."""
    handed = Q(batches__kind__in=("push", "upload"))
    held = Source.objects.filter(first__lte=day).filter(Q(until=None) | Q(until__gt=day))
    return [(one, one.last) for one in held.annotate(last=Max("batches__received_at", filter=handed)).order_by("name")]


def status_of(source: Source, day: date) -> dict[str, Any]:
    """How a source stands on a day."""
    return {
        "last_arrival": last_arrival(source),
        "arrived_today": arrived(source, day),
        "own_count_today": own_count(source, day),
        "set_aside_open": SetAside.objects.filter(batch__source=source, state="open").count(),
    }
