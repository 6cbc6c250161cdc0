"""Events as the engine takes them: numbers as text, blanks as None."""

from collections.abc import Collection
from datetime import UTC
from typing import Any

from congtam.engine.facts.tables import Event
from congtam.work.models import Event as Row

COLUMNS = (
    "seq",
    "recorded_at",
    "item_id",
    "at",
    "activity",
    "official_id",
    "unit_id",
    "counterpart",
    "value",
    "decision",
    "attributes",
    "place",
)


def events_of(items: Collection[int] | None, seq: int | None = None) -> list[Event]:
    """The events of items by number (None: of everything that counts for scores), as known at `seq`, in order."""
    rows = Row.objects.order_by("seq")
    rows = rows.exclude(item__standing__counts=False) if items is None else rows.filter(item__in=list(items))
    if seq is not None:
        rows = rows.filter(seq__lte=seq)
    return [_event(*row) for row in rows.values_list(*COLUMNS).iterator(chunk_size=20_000)]


def _event(seq: int, recorded_at: Any, item: int, at: Any, activity: str, official: int | None, *rest: Any) -> Event:
    unit, counterpart, value, decision, attributes, place = rest
    return Event(
        seq,
        recorded_at.astimezone(UTC),
        str(item),
        at.astimezone(UTC),
        activity,
        None if official is None else str(official),
        None if unit is None else str(unit),
        counterpart or None,
        value or None,
        decision or None,
        attributes,
        place or None,
    )
