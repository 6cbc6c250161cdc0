"""The clocks of an incident's items are stopped: `paused` and `resumed` events, brought to what the incident says now.

That goes step by step, each a transaction: what was written rightly stays, what no longer holds is taken back, what is
missing is appended. Done twice it changes nothing, and what was cut off goes on where it was.
"""

import json
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from congtam.exemptions.falling import Closed, falling
from congtam.exemptions.models import Incident, Touched
from congtam.history.sequence import in_order
from congtam.work.appending import Line, append, mark
from congtam.work.folding import fold_at_once

STEP = 200  # items of one transaction
AT_ONCE = 300  # items stopped while the caller waits


class Stands(NamedTuple):
    """An incident as it stands: its row (None: taken back), and the number by which it came to stand so."""

    incident: Incident | None
    number: int


class _Said(NamedTuple):
    """What an event of an incident says."""

    activity: str
    at: datetime
    counterpart: str
    value: str
    decision: str


def stands(series: int) -> Stands:
    """How the incident of a series stands."""
    last = Incident.objects.filter(series=series).latest("seq")
    return Stands(last, last.seq) if last.replaced_by is None else Stands(None, last.replaced_by)


def closed_by(incident: Incident) -> Closed:
    """What an incident closes."""
    return Closed(tuple(incident.units), incident.first, incident.until)


def step(series: int, now: datetime | None = None, *, fold: bool = False) -> int:
    """Put right the events of some items; how many were looked at. `fold`: the next page shows it already."""
    with in_order():
        seen = now or timezone.now()
        incident, number = stands(series)
        waiting = Touched.objects.filter(series=series).exclude(seen=number).order_by("item")[:STEP]
        items = list(waiting.values_list("item", flat=True))
        if items:
            changed = _put_right(series, incident, items, seen)
            Touched.objects.filter(series=series, item__in=items).update(seen=number)
            if fold and changed:
                transaction.on_commit(lambda: fold_at_once(changed, seen))
    return len(items)


def go_on(series: int, now: datetime | None = None, *, fold: bool = False) -> None:
    """Stop the clocks of every item that waits for it."""
    while step(series, now, fold=fold):
        pass


def waiting(series: int) -> int:
    """How many items still wait to be put right."""
    return Touched.objects.filter(series=series).exclude(seen=stands(series).number).count()


def _put_right(series: int, incident: Incident | None, items: Collection[int], now: datetime) -> list[int]:
    """The items of which an event was appended or taken back."""
    fall = falling(closed_by(incident), items) if incident else {}
    written = _written(series, items)
    lines = []
    for item in items:
        wanted = _wanted(incident, *fall[item]) if incident and item in fall else []
        kept = [said for _, said in written.get(item, [])]
        gone = [seq for seq, said in written.get(item, []) if said not in wanted]
        lines += [_line(series, item, _Said("withdrawn", now, "", str(seq), "")) for seq in gone]
        lines += [_line(series, item, said) for said in wanted if said not in kept]
    append(lines, now)
    changed = sorted({line.item for line in lines})
    mark(changed)
    return changed


def _wanted(incident: Incident, since: datetime, until: datetime | None) -> list[_Said]:
    by = (str(incident.by_id), incident.title, incident.decision)
    events = [_Said("paused", since, *by)]
    return events if until is None else [*events, _Said("resumed", until, *by)]


def _line(series: int, item: int, said: _Said) -> Line:
    told = {} if said.activity == "withdrawn" else {"incident": str(series)}
    return Line(
        item, said.at, said.activity, None, None, said.counterpart, said.value, said.decision, json.dumps(told), None,
        f"incident {series}",
    )  # fmt: skip


def _written(series: int, items: Collection[int]) -> dict[int, list[tuple[int, _Said]]]:
    """The events that the incident of a series has in items and that were not taken back."""
    found: dict[int, list[tuple[int, _Said]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT item_id, seq, activity, at, counterpart, value, decision FROM work_event event
            WHERE item_id = ANY(%(items)s) AND record IS NULL AND activity IN ('paused', 'resumed')
                AND attributes ->> 'incident' = %(series)s
                AND NOT EXISTS (
                    SELECT FROM work_event back WHERE back.item_id = event.item_id AND back.activity = 'withdrawn'
                        AND back.value = event.seq::text)
            ORDER BY seq
            """,
            {"items": list(items), "series": str(series)},
        )
        for item, seq, *said in cursor.fetchall():
            found.setdefault(item, []).append((seq, _Said(*said)))
    return found
