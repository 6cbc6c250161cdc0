"""Events to items, shares and faults: one function that every reader of work uses.

The result depends on the set of events only, never on their order. Intervals are half-open: what happens at `as_of` or
after has not happened yet. What mends the record (`MENDS`) speaks of the past whenever it is known; records taken back
do not count; the same work seen in two systems counts once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from congtam.engine.facts.holdings import Holders
from congtam.engine.facts.item_clock import Clocks
from congtam.engine.facts.item_fold import ItemFold, event_finding
from congtam.engine.facts.outcome import make_faults, make_item, make_shares
from congtam.engine.facts.tables import Event, Spell
from congtam.engine.facts.work import Due, Fault, Share, Work
from congtam.engine.findings import Finding

MENDS = frozenset({"corrected", "withdrawn", "voided", "excused", "same_as"})


def fold(
    events: Iterable[Event],
    as_of: datetime,
    seq: int | None = None,
    *,
    clocks: Clocks,
    spells: Iterable[Spell] = (),
) -> Work:
    """Items, shares and faults as they stand at `as_of`, from the events numbered up to `seq`."""
    by_item: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if seq is None or event.seq <= seq:
            by_item[event.item].append(event)
    findings: list[Finding] = []
    folded: dict[str, ItemFold] = {}
    for item, rows in sorted(by_item.items()):
        standing = _standing(item, rows, findings)
        happened = [event for event in standing if event.at < as_of or event.activity in MENDS]
        if any(event.activity == "registered" for event in happened):
            folded[item] = ItemFold(item, happened, as_of, clocks)
        elif standing and not any(event.activity == "registered" for event in standing):
            where = standing[0].source or f"seq {standing[0].seq}"
            findings.append(event_finding(item, "it was never registered", "send its `registered` event", where))
    return _together(folded, Holders(spells), findings)


def _standing(item: str, rows: list[Event], findings: list[Finding]) -> list[Event]:
    """The events of one item that were not taken back, as they happened. A withdrawal can itself be withdrawn."""
    numbers = {str(row.seq): row.seq for row in rows}
    gone: set[int] = set()
    for row in sorted(rows, key=lambda row: row.seq, reverse=True):
        if row.activity != "withdrawn" or row.seq in gone:
            continue
        gone.add(row.seq)
        if (row.value or "") in numbers:
            gone.add(numbers[row.value or ""])
        else:
            message = f"it has no record {row.value!r} to take back"
            findings.append(event_finding(item, message, "name the seq of the wrong record", f"seq {row.seq}"))
    return sorted((row for row in rows if row.seq not in gone), key=lambda row: (row.at, row.seq))


def _together(folded: Mapping[str, ItemFold], holders: Holders, findings: list[Finding]) -> Work:
    """Everything as one, after the same work seen several times has been put where it counts."""
    roots = {item: _root(item, folded) for item in folded}
    for item, root in roots.items():
        if root != item:
            folded[root].take_over(folded[item])
    items = [make_item(one, roots[item]) for item, one in folded.items()]
    shares: list[Share] = []
    faults: list[Fault] = []
    for one in (one for item, one in folded.items() if roots[item] == item):
        own = make_shares(one, holders)
        shares += own
        faults += make_faults(one, own)
    dues = [
        Due(item, one.ledger.inputs.rule.id, one.ledger.due_at, one.ledger.digest)
        for item, one in folded.items()
        if one.ledger
    ]
    findings += [finding for one in folded.values() for finding in one.findings]
    faults.sort(key=lambda fault: (fault.item, fault.at, fault.fault))
    return Work(tuple(items), tuple(shares), tuple(faults), tuple(dues), tuple(findings))


def _root(item: str, folded: Mapping[str, ItemFold]) -> str:
    """The item in which work seen several times counts: the end of the chain, or the smallest code of a circle."""
    seen = [item]
    while (other := folded[seen[-1]].same_as) is not None and other not in seen:
        if other not in folded:
            if len(seen) == 1:
                folded[item].find(f"the same work {other!r} is not known", "check the code")
            return seen[-1]
        seen.append(other)
    return min(seen[seen.index(other) :]) if other in seen else seen[-1]


__all__ = ["MENDS", "Clocks", "fold"]
