"""What a fold of one item gives once all its events are read: the item, its shares and its faults."""

from collections.abc import Mapping
from dataclasses import replace

from congtam.engine.facts.holdings import Holders, Holding, weights
from congtam.engine.facts.item_fold import ItemFold
from congtam.engine.facts.work import Fault, Item, Share
from congtam.engine.findings import did_you_mean
from congtam.engine.periods import local_day


def make_item(one: ItemFold, counted_in: str) -> Item:
    """The item as it stands; `same_as` when it counts in another one."""
    kept = {name: value for name, value in one.values.items() if name != "time_limit"}
    state = "cancelled" if one.cancelled else "finished" if one.finished_at else "open"
    elsewhere = counted_in != one.item
    return Item(
        item=one.item,
        received_at=one.received_at,
        state="same_as" if elsewhere else state,
        due_at=one.due_at,
        finished_at=one.finished_at,
        same_as=one.same_as if elsewhere else None,
        ledger=one.ledger,
        records=tuple(sorted(event.seq for event in one.events)),
        **{**kept, **({"clock": one.ledger.inputs.rule.id} if one.ledger else {})},
    )


def make_shares(one: ItemFold, holders: Holders) -> list[Share]:
    """The shares of everyone who held it; none when the work fell away."""
    if one.cancelled:
        return []
    parts = weights(one.holdings)
    return [_share(one, holding, weight, holders) for holding, weight in zip(one.holdings, parts, strict=True)]


def _share(one: ItemFold, holding: Holding, weight: int, holders: Holders) -> Share:
    spell = holders.spell(holding.official, local_day(holding.received_at))
    return Share(
        item=one.item,
        official=holding.official,
        received_at=holding.received_at,
        role=holding.role,
        weight=weight,
        state=holding.state,
        spell=spell.spell if spell else None,
        unit=spell.unit if spell else holding.unit or one.values.get("unit"),
        agency=spell.agency if spell else one.values.get("agency"),
        taken_up_at=holding.taken_up_at,
        due_at=one.share_due(holding),
        finished_at=holding.finished_at,
        accepted_by=holding.accepted_by,
        accepted_at=holding.accepted_at,
        excused_by=holding.excused_by or one.values.get("excused_by"),
        rating=holding.rating,
        turn=holding.turn,
        records=tuple(sorted(holding.records)),
    )


def make_faults(one: ItemFold, shares: list[Share]) -> list[Fault]:
    """Faults that were recorded, and a delay for each share whose deadline passed unfinished."""
    if one.cancelled:
        return []
    units = {share.official: share.unit for share in shares}
    recorded = [replace(fault, unit=fault.unit or units.get(fault.official or "")) for fault in one.faults.values()]
    delays = [_delay(share) for share in shares if share.is_late(one.as_of)]
    _tell_lost(one, {*one.faults, *(_delay_id(share) for share in shares)}, units)
    return [replace(fault, voided_by=_voided_by(one, fault.fault)) for fault in (*recorded, *delays)]


def _voided_by(one: ItemFold, fault: str) -> str | None:
    return one.voids[fault].decision if fault in one.voids else None


def _tell_lost(one: ItemFold, known: set[str], units: Mapping[str, str | None]) -> None:
    """Voidings of faults that do not exist, and faults of officials who have no share."""
    for name, event in sorted(one.voids.items()):
        if name not in known and event.at <= one.as_of:
            one.note(event, f"there is no fault {name!r} to void", did_you_mean(name, known))
    for name, fault in one.faults.items():
        if fault.official is not None and fault.official not in units:
            one.find(f"{fault.official} has no share that {name!r} could be laid to", "send the assignment")


def _delay_id(share: Share) -> str:
    again = f":{share.turn}" if share.turn > 1 else ""
    return f"delay:{share.item}:{share.official}{again}"


def _delay(share: Share) -> Fault:
    """A deadline that passed unfinished is a delay from that instant on."""
    assert share.due_at is not None, "only a share with a deadline is late"
    return Fault(
        fault=_delay_id(share),
        item=share.item,
        kind="delay",
        at=share.due_at,
        official=share.official,
        unit=share.unit,
        derived=True,
        share=share.key,
    )
