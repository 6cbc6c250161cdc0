"""Which rows a period holds, and with which faults."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import Enum

from congtam.engine.facts.work import WHOLE_WEIGHT, Fault
from congtam.engine.measuring.rows import Row
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Indicator, InPeriod, Measure, SharedWork


class Membership(Enum):
    """IN: counts. PENDING: belongs to the period but is not decided yet (still open, deadline ahead). OUT: neither."""

    IN = "in"
    PENDING = "pending"
    OUT = "out"


def select(
    rows: Iterable[Row], measure: Measure, shared: SharedWork, period: Period, as_of: datetime
) -> Iterator[tuple[Membership, Row]]:
    """The rows of the period, and those pending in it, each with its `faults` and `counted`."""
    for raw in rows:
        row = _shared(raw, shared)
        if row is None:
            continue
        belongs = membership(row, measure, period, as_of)
        if belongs is not Membership.OUT:
            yield belongs, {**row, "faults": _charged(row["_faults"], period), "counted": True}
        elif measure.charged_later and (faults := _found_later(row, period)):
            yield Membership.IN, {**row, "faults": faults, "counted": False}


class Selection:
    """The rows that measures see of one subject; measures that see alike share what was selected."""

    def __init__(self, rows: Callable[[str], Iterable[Row]], period: Period, as_of: datetime):
        self._rows, self._period, self._as_of = rows, period, as_of
        self._selected: dict[tuple[object, ...], list[tuple[Membership, Row]]] = {}

    def of(self, indicator: Indicator) -> list[tuple[Membership, Row]]:
        """The rows of the indicator's table, as `select` gives them."""
        measure, shared = indicator.measure, indicator.shared_work
        alike = (measure.source, measure.in_period, measure.carry_over, measure.charged_later, shared)
        if alike not in self._selected:
            rows = self._rows(measure.source)
            self._selected[alike] = list(select(rows, measure, shared, self._period, self._as_of))
        return self._selected[alike]


def _shared(row: Row, shared: SharedWork) -> Row | None:
    """The row as the rule on shared work sees it; None when it does not count for this official."""
    if "role" not in row:
        return row
    if shared.credit == "lead_only" and row["role"] != "lead":
        return None
    changes: Row = {}
    if shared.credit == "full":
        changes["weight"] = WHOLE_WEIGHT
    elif shared.credit == "lead_whole" and row["role"] == "lead":
        changes["weight"] = row["_lead_weight"]
    if shared.due == "item":
        changes |= {"due_at": row["item.due_at"], "finished_at": row["item.finished_at"]}
    if shared.blame == "full":
        changes["_faults"] = row["_all_faults"]
    elif shared.blame == "lead_only" and row["role"] != "lead":
        changes["_faults"] = ()
    return {**row, **changes} if changes else row


def _charged(faults: Iterable[Fault], period: Period) -> Counter[str]:
    """Unvoided faults of a counted row: those charged to a day of the period, and those charged to none."""
    return Counter(
        fault.kind
        for fault in faults
        if fault.voided_by is None and (fault.charged_to is None or period.contains_day(fault.charged_to))
    )


def _found_later(row: Row, period: Period) -> Counter[str]:
    """Unvoided faults charged to this period of a row that counted in another one: those charged to a day of it, and
    those charged to none that were found in it after the row's own period was over."""
    ended = row["due_at"] or row["finished_at"]
    over = ended is not None and ended < period.start
    return Counter(
        fault.kind
        for fault in row["_faults"]
        if fault.voided_by is None
        and not fault.derived
        and (
            period.contains_day(fault.charged_to)
            if fault.charged_to is not None
            else over and period.contains(fault.at)
        )
    )


def membership(row: Row, measure: Measure, period: Period, as_of: datetime) -> Membership:
    """Whether the row belongs to the period under the measure's rule."""
    match measure.in_period:
        case InPeriod.RECEIVED:
            return _if(period.contains(row["received_at"]))
        case InPeriod.FINISHED:
            return _if(row["finished_at"] is not None and period.contains(row["finished_at"]))
        case InPeriod.OPEN:
            return _if(row["finished_at"] is None and row["received_at"] < period.end)
    return _by_due(row, measure, period, as_of)


def _by_due(row: Row, measure: Measure, period: Period, as_of: datetime) -> Membership:
    due, finished = row["due_at"], row["finished_at"]
    if due is None:
        if finished is None:
            return Membership.PENDING if row["received_at"] < period.end else Membership.OUT
        return _if(period.contains(finished))
    if period.contains(due):
        return Membership.IN if finished is not None or due < as_of else Membership.PENDING
    if due >= period.end or measure.in_period is InPeriod.DUE or measure.carry_over == "once":
        return Membership.OUT
    if measure.in_period is InPeriod.DUE_OR_OPEN:
        return _if(finished is None)
    return _if(finished is None or finished >= period.start)


def _if(holds: bool) -> Membership:
    return Membership.IN if holds else Membership.OUT
