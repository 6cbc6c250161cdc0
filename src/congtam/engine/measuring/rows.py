"""Folded work to rows that expressions can read: one mapping per share, item or fault.

Keys that begin with `_` are for the engine: `_key` and `_item` name the record, `_faults` are the faults that may
be charged to it, `_spell` the spell it belongs to.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from congtam.engine.facts.work import WHOLE_WEIGHT, Fault, Item, Share, Work
from congtam.engine.periods import local_day

Row = dict[str, Any]


@dataclass(frozen=True)
class Rows:
    """All rows of one fold, by table, then by official."""

    by_official: dict[str, dict[str, list[Row]]] = field(default_factory=dict)

    def of_official(self, table: str, official: str) -> list[Row]:
        return self.by_official[table].get(official, [])

    def of_group(self, table: str, column: str, value: str) -> list[Row]:
        """Rows whose column has a value ("–" for none)."""
        return [row for rows in self.by_official[table].values() for row in rows if (row.get(column) or "–") == value]

    def of_units(self, table: str, units: frozenset[str]) -> list[Row]:
        """Rows of a unit and everything under it: each by the unit in which the work was done."""
        return [row for rows in self.by_official[table].values() for row in rows if row["unit"] in units]


def make_rows(work: Work, as_of: datetime) -> Rows:
    """Rows of every table. Items counted elsewhere (`same_as`) and cancelled ones give none."""
    items = {item.item: item for item in work.items if item.state not in ("same_as", "cancelled")}
    faults: dict[str, list[Fault]] = defaultdict(list)
    for fault in work.faults:
        faults[fault.item].append(fault)
    shares = [share for share in work.shares if share.item in items]
    leads = {share.item: share for share in shares if share.role == "lead"}
    led = Counter[str]()
    for share in shares:
        led[share.item] += share.weight if share.role == "lead" else 0
    tables: dict[str, list[Row]] = {
        "share": [_share_row(share, items[share.item], faults[share.item], led[share.item], as_of) for share in shares],
        "item": [_item_row(item, leads.get(item.item), faults[item.item], as_of) for item in items.values()],
        "fault": [fault_row(fault, as_of) for fault in work.faults if fault.item in items],
    }
    return Rows({table: _by_official(rows) for table, rows in tables.items()})


def _by_official(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["official"] or ""].append(row)
    return dict(grouped)


def _item_columns(item: Item) -> Row:
    return {
        "item": item.item,
        "kind": item.kind,
        "month": f"{local_day(item.received_at):%Y-%m}",
        "origin": item.origin,
        "source": item.source,
        "procedure": item.procedure,
        "catalogue": item.catalogue,
        "channel": item.channel,
        "coefficient": item.coefficient,
        "promised_at": item.promised_at,
        "returns": item.returns,
        "extensions": item.extensions,
        "late_extensions": item.late_extensions,
        "reopened": item.reopened,
        "requests": item.requests,
        "waiting": item.waiting,
        "over_limit": item.over_limit,
        "signed": item.signed,
        "recognised": item.recognised_by is not None,
        "satisfaction": item.satisfaction,
    }


def _share_row(share: Share, item: Item, faults: list[Fault], led: int, as_of: datetime) -> Row:
    own = tuple(fault for fault in faults if fault.is_laid_to(share))
    return {
        **_item_columns(item),
        "official": share.official,
        "unit": share.unit,
        "agency": share.agency,
        "role": share.role,
        "state": share.state,
        "weight": share.weight,
        "received_at": share.received_at,
        "taken_up_at": share.taken_up_at,
        "due_at": share.due_at,
        "finished_at": share.finished_at,
        "accepted_at": share.accepted_at,
        "accepted": share.accepted_by is not None,
        "excused": share.excused_by is not None,
        "delay_voided": _voided(own),
        "rating": share.rating,
        "item.received_at": item.received_at,
        "item.due_at": item.due_at,
        "item.finished_at": item.finished_at,
        "item.state": item.state,
        "as_of": as_of,
        "_key": share.key,
        "_lead_weight": share.weight * WHOLE_WEIGHT // led if share.role == "lead" and led else share.weight,
        "_item": item.item,
        "_spell": share.spell,
        "_faults": own,
        "_all_faults": tuple(faults),
    }


def _voided(faults: Iterable[Fault]) -> bool:
    """Whether there is a delay and every one of them is voided."""
    delays = [fault for fault in faults if fault.kind == "delay" and fault.derived]
    return bool(delays) and all(fault.voided_by for fault in delays)


def _item_row(item: Item, lead: Share | None, faults: list[Fault], as_of: datetime) -> Row:
    return {
        **_item_columns(item),
        "official": lead.official if lead else None,
        "unit": lead.unit if lead else item.unit,
        "agency": lead.agency if lead else item.agency,
        "state": item.state,
        "received_at": item.received_at,
        "due_at": item.due_at,
        "finished_at": item.finished_at,
        "accepted_at": item.accepted_at,
        "accepted": item.accepted_by is not None,
        "excused": item.excused_by is not None,
        "delay_voided": _voided(faults),
        "as_of": as_of,
        "_key": item.item,
        "_item": item.item,
        "_spell": lead.spell if lead else None,
        "_faults": tuple(faults),
        "_all_faults": tuple(faults),
    }


def fault_row(fault: Fault, as_of: datetime) -> Row:
    """One fault as a row."""
    return {
        "item": fault.item,
        "kind": fault.kind,
        "at": fault.at,
        "charged_to": fault.charged_to,
        "voided": fault.voided_by is not None,
        "official": fault.official,
        "unit": fault.unit,
        "derived": fault.derived,
        "as_of": as_of,
        "received_at": fault.at,
        "due_at": None,
        "finished_at": fault.at,
        "excused": fault.voided_by is not None,
        "_key": f"{fault.item}/{fault.fault}",
        "_item": fault.item,
        "_spell": None,
        "_faults": (fault,),
        "_all_faults": (fault,),
    }
