"""Faults that may be wrong for the same reason as those of an item: told under the same id, by the same batch of data,
or in the same incident. Each item's own faults are in its work."""

from datetime import datetime

from django.db.models import Q

from congtam.exemptions.models import Incident, Touched
from congtam.intake.models import Record
from congtam.work.models import Event, Fault

MOST = 200  # faults of one cause that are told; more are no slip of one record, and are looked at apart


def same_id(names: list[str], item: int) -> list[Fault]:
    """Faults a source calls by the same id; an id made up by the fold names its own event only."""
    return _standing(Q(fault__in=names, derived=False), item) if names else []


def same_batch(events: list[int], item: int) -> list[Fault]:
    """Faults told by the batches of data that told these events."""
    records = Event.objects.filter(seq__in=events, record__isnull=False).values_list("record", flat=True)
    batches = set(Record.objects.filter(pk__in=list(records)).values_list("batch", flat=True))
    if not batches:
        return []
    others = Event.objects.filter(activity="fault", record__in=Record.objects.filter(batch__in=batches).values("pk"))
    told = dict(others.values_list("seq", "item")[: 2 * MOST])
    return _standing(Q(item__in=set(told.values()), derived=False, records__overlap=list(told)), item)


def same_incident(item: int, now: datetime) -> list[Fault]:
    """Faults that fell into the incidents an item falls into."""
    found: list[Fault] = []
    series = Touched.objects.filter(item=item).values_list("series", flat=True)
    for one in Incident.standing().filter(series__in=list(series)):
        items = Touched.objects.filter(series=one.series).values("item")
        found += _standing(Q(item__in=items, at__gte=one.first, at__lt=one.until or now), item)
    return found


def _standing(which: Q, item: int) -> list[Fault]:
    rows = Fault.objects.filter(which, voided_by=None, item__standing__counts=True).exclude(item=item)
    return list(rows.order_by("at", "pk")[: MOST + 1])
