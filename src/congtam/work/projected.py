"""What the fold makes, laid out as rows of the database, and read back as the engine's own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from django.db import connection, models

from congtam.engine.clock import Ledger
from congtam.engine.facts import work as engine
from congtam.work.models import Fault, Share, Standing

Row = dict[str, Any]
OPEN = datetime(9999, 1, 1, tzinfo=UTC)  # of what is not over
DONE = "+"  # stands for a name or number that rows only ask for being there
_ITEM = (
    "state",
    "kind",
    "origin",
    "procedure",
    "catalogue",
    "coefficient",
    "channel",
    "source",
    "received_at",
    "promised_at",
    "due_at",
    "finished_at",
    "returns",
    "reopened",
    "signed",
    "accepted_at",
    "satisfaction",
)  # kept as they are
_LEDGER = ("extensions", "late_extensions", "requests", "waiting", "over_limit")
_SHARE = (
    "spell",
    "role",
    "weight",
    "state",
    "received_at",
    "taken_up_at",
    "due_at",
    "finished_at",
    "accepted_at",
    "rating",
    "turn",
)
_FAULT = ("fault", "kind", "at", "charged_to", "voided_by", "derived", "share")


class Counted(NamedTuple):
    """What an item keeps of its ledger."""

    extensions: int
    late_extensions: int
    requests: int
    over_limit: bool
    waiting_minutes: int


class Among(NamedTuple):
    """What shares say of their item and of each other: up to when it lasts, and all deadlines in order."""

    lasts_until: datetime
    deadlines: list[datetime]


def copy_rows(table: type[models.Model], rows: Sequence[Row]) -> None:
    """Write rows by column; what a row does not name the database fills in."""
    if not rows:
        return
    names = list(rows[0])
    columns = ", ".join(table._meta.get_field(name).column for name in names)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table._meta.db_table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


def standing_row(
    item: engine.Item, seq: int, settled: bool, moving: bool, counts: bool, again_at: datetime | None
) -> Row:
    """An item as it stands."""
    return {
        "item": int(item.item),
        "seq": seq,
        "settled": settled,
        "moving": moving,
        "counts": counts,
        "again_at": again_at,
        "unit": _number(item.unit),
        "agency": _number(item.agency),
        "recognised": item.recognised_by is not None,
        "accepted": item.accepted_by is not None,
        "excused": item.excused_by is not None,
        "same_as": _number(item.same_as),
        **{name: getattr(item, name) for name in (*_ITEM, *_LEDGER)},
    }


def among(item: engine.Item, shares: Iterable[engine.Share]) -> Among:
    """What the shares of an item have in common."""
    every: list[engine.Item | engine.Share] = [item, *shares]
    deadlines = sorted({at for at in (item.promised_at, *(one.due_at for one in every)) if at is not None})
    if any(one.finished_at is None for one in every):
        return Among(OPEN, deadlines)
    told = [at for one in every for at in (one.received_at, one.finished_at) if at is not None]
    return Among(max(*told, *deadlines), deadlines)


def share_row(share: engine.Share, delay_voided: str | None, common: Among) -> Row:
    """A share as it stands, with what all shares of its item have in common."""
    return {
        "item": int(share.item),
        "official": int(share.official),
        "unit": _number(share.unit),
        "agency": _number(share.agency),
        "accepted": share.accepted_by is not None,
        "excused": share.excused_by is not None,
        "delay_voided": delay_voided,
        "lasts_until": common.lasts_until,
        "deadlines": common.deadlines,
        **{name: getattr(share, name) for name in _SHARE},
    }


def fault_row(fault: engine.Fault) -> Row:
    """A fault as the fold found it."""
    return {
        "item": int(fault.item),
        "official": _number(fault.official),
        "unit": _number(fault.unit),
        "records": list(fault.records),
        **{name: getattr(fault, name) for name in _FAULT},
    }


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def read_work(items: Iterable[int], as_of: datetime) -> engine.Work:
    """The work of items as it stands at `as_of`: as folded, with the delays of shares that came to be late since."""
    wanted = list(items)
    standings = [_item(row) for row in Standing.objects.filter(item__in=wanted).values()]
    standings.sort(key=lambda item: item.item)
    rows = Share.objects.filter(item__in=wanted).order_by("id").values()
    shares = sorted([(_share(row), row["delay_voided"]) for row in rows], key=lambda one: one[0].item)
    recorded = [_fault(row) for row in Fault.objects.filter(item__in=wanted, derived=False).values()]
    late = [_delay(share, voided_by) for share, voided_by in shares if share.is_late(as_of)]
    faults = sorted([*recorded, *late], key=lambda fault: (fault.item, fault.at, fault.fault))
    return engine.Work(tuple(standings), tuple(share for share, _ in shares), tuple(faults))


def _item(row: Mapping[str, Any]) -> engine.Item:
    counted = Counted(
        row["extensions"], row["late_extensions"], row["requests"], row["over_limit"], row["waiting"]
    )  # fmt: skip
    return engine.Item(
        item=str(row["item_id"]),
        unit=_text(row["unit_id"]),
        agency=_text(row["agency_id"]),
        same_as=_text(row["same_as_id"]),
        recognised_by=DONE if row["recognised"] else None,
        accepted_by=DONE if row["accepted"] else None,
        excused_by=DONE if row["excused"] else None,
        ledger=cast(Ledger, counted),
        **{name: row[name] for name in _ITEM},
    )


def _share(row: Mapping[str, Any]) -> engine.Share:
    return engine.Share(
        item=str(row["item_id"]),
        official=str(row["official_id"]),
        unit=_text(row["unit_id"]),
        agency=_text(row["agency_id"]),
        accepted_by=DONE if row["accepted"] else None,
        excused_by=DONE if row["excused"] else None,
        **{name: row[name] for name in _SHARE},
    )


def _fault(row: Mapping[str, Any]) -> engine.Fault:
    return engine.Fault(
        item=str(row["item_id"]),
        official=_text(row["official_id"]),
        unit=_text(row["unit_id"]),
        records=tuple(row["records"]),
        **{name: row[name] for name in _FAULT},
    )


def _delay(share: engine.Share, voided_by: str | None) -> engine.Fault:
    """The delay of a late share, as the fold derives it."""
    assert share.due_at is not None, "only a share with a deadline is late"
    again = f":{share.turn}" if share.turn > 1 else ""
    return engine.Fault(
        fault=f"delay:{share.item}:{share.official}{again}",
        item=share.item,
        kind="delay",
        at=share.due_at,
        official=share.official,
        unit=share.unit,
        voided_by=voided_by,
        derived=True,
        share=share.key,
    )


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
