"""What one measure sees of a row: which rows belong to its period, and how work done by several people looks.

The same rules as `measuring.select`, as SQL. Measures that see alike share the columns made here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlglot import exp

from congtam.engine.expressions.nodes import Column, Faults, Node, Sort, walk
from congtam.engine.facts.tables import FAULT_KINDS, ROLES
from congtam.engine.facts.work import WHOLE_WEIGHT
from congtam.engine.measuring.sql.nodes import (
    any_of,
    case,
    every,
    instant,
    is_known,
    is_null,
    name,
    whole,
    within,
)
from congtam.engine.periods import Period
from congtam.engine.rulebook.columns import COLUMNS
from congtam.engine.rulebook.model import InPeriod, Measure, SharedWork

ALWAYS_THERE = frozenset(
    (
        *("item", "at", "role", "state", "item.state", "weight", "received_at", "item.received_at", "as_of"),
        *("returns", "extensions", "late_extensions", "reopened", "requests", "waiting", "counted", "derived"),
    )
)
LEAD = ROLES.index("lead")
HAS_FAULTS = "has_faults"
AS_OF = "as_of"  # told when a statement is run, so that it serves every instant of a period


@dataclass(frozen=True)
class Window:
    """The period a measure speaks of, and the instant from which the work is seen."""

    period: Period
    as_of: datetime


@dataclass(frozen=True)
class FaultSum:
    """One count of faults per row, made before the scan: of one kind (None: of any), laid to the share itself or to
    its item, and `charged` to the period, or found `later` for a row of another period: on a dated day of this one, or
    undated in it."""

    kind: str | None
    own: bool
    when: str  # charged, later_dated, later_undated

    @property
    def column(self) -> str:
        return f"{self.kind or 'any'}_{'own' if self.own else 'item'}_{self.when}"


Keep = Callable[[exp.Expr], exp.Expr]  # makes an expression a column, and gives its name


class Sight:
    """How one measure of a table sees its rows. `fault_sums` gathers the counts of faults it needs; what measures may
    have in common is made a column by `keep`."""

    def __init__(
        self, table: str, measure: Measure, shared: SharedWork, window: Window, fault_sums: set[FaultSum], keep: Keep
    ):
        self.table, self.measure, self.shared, self.window = table, measure, shared, window
        self._fault_sums, self._keep = fault_sums, keep

    def key(self, node: Node) -> tuple[object, ...]:
        """What the meaning of an expression depends on: it is the same to all measures that give the same key."""
        read = {
            one.name if isinstance(one, Column) else "faults" for one in walk(node) if isinstance(one, Column | Faults)
        }
        shared, measure = self.shared, self.measure
        return (
            shared.credit if "weight" in read else None,
            shared.due if read & {"due_at", "finished_at"} else None,
            (shared.credit, shared.blame, shared.due) if read & {"faults", "counted"} else None,
            (measure.in_period, measure.carry_over, measure.charged_later) if read & {"faults", "counted"} else None,
        )

    # -- belonging to the period; none of these is ever NULL

    def counted(self) -> exp.Expr:
        """Whether the row belongs to the period and is decided."""
        return self._keep(self._of_this_official(self._in()))

    def pending(self) -> exp.Expr | None:
        """Whether the row belongs to the period and is not decided yet; None when no row can be that."""
        if self.measure.in_period in (InPeriod.RECEIVED, InPeriod.FINISHED, InPeriod.OPEN) or self.table == "fault":
            return None
        return self._keep(self._of_this_official(self._pending()))

    def later(self) -> exp.Expr | None:
        """Whether the row counted in another period and has faults found in this one; None when no row can."""
        if not self.measure.charged_later:
            return None
        found = exp.GT(this=self._found_later(None), expression=whole(0))
        pending = self.pending()
        elsewhere = every(found, _no(self.counted()), *([] if pending is None else [_no(pending)]))
        # Few rows have faults: nothing more is asked of the others.
        return self._keep(case((name(HAS_FAULTS), self._of_this_official(elsewhere)), otherwise=exp.false()))

    def _of_this_official(self, belongs: exp.Expr) -> exp.Expr:
        if self.table != "share" or self.shared.credit != "lead_only":
            return belongs
        return every(exp.EQ(this=name("role"), expression=exp.Literal.number(LEAD)), belongs)

    def _start(self) -> exp.Expr:
        return instant(self.window.period.start)

    def _end(self) -> exp.Expr:
        return instant(self.window.period.end)

    def _as_of(self) -> exp.Expr:
        return exp.cast(exp.Placeholder(this=AS_OF), "TIMESTAMP")

    def _inside(self, at: exp.Expr) -> exp.Expr:
        return within(at, self._start(), self._end())

    def _is_over(self) -> bool:
        return self.window.as_of >= self.window.period.end

    def _in(self) -> exp.Expr:
        match self.measure.in_period:
            case InPeriod.RECEIVED:
                return self._inside(name("received_at"))
            case InPeriod.FINISHED:
                return self._finished_inside()
            case InPeriod.OPEN:
                received = exp.LT(this=name("received_at"), expression=self._end())
                return every(is_null(self._finished()), received)
        undated = every(is_null(self._due()), self._finished_inside())
        fresh = self._keep(any_of(self._due_inside(), undated))
        return any_of(fresh, *self._carried())

    def _finished_inside(self) -> exp.Expr:
        return self._keep(every(is_known(self._finished()), self._inside(self._finished())))

    def _due_inside(self) -> exp.Expr:
        """Due in the period, and finished or overdue."""
        parts = [is_known(self._due()), self._inside(self._due())]
        if not self._is_over():
            passed = exp.LT(this=self._due(), expression=self._as_of())
            parts.append(any_of(is_known(self._finished()), passed))
        return every(*parts)

    def _carried(self) -> list[exp.Expr]:
        """Due before the period: still open, or settled inside it."""
        if self.measure.in_period is InPeriod.DUE or self.measure.carry_over == "once":
            return []
        old = [is_known(self._due()), exp.LT(this=self._due(), expression=self._start())]
        still_open = self._keep(every(*old, is_null(self._finished())))
        if self.measure.in_period is InPeriod.DUE_OR_OPEN:
            return [still_open]
        ended = [is_known(self._finished()), exp.GTE(this=self._finished(), expression=self._start())]
        return [still_open, self._keep(every(*(one.copy() for one in old), *ended))]

    def _pending(self) -> exp.Expr:
        received, due = exp.LT(this=name("received_at"), expression=self._end()), self._due()
        undated = every(is_null(due), received)
        if self._is_over():
            return every(is_null(self._finished()), undated)
        not_yet = exp.GTE(this=self._due(), expression=self._as_of())
        ahead = every(is_known(self._due()), self._inside(self._due()), not_yet)
        return every(is_null(self._finished()), any_of(undated, ahead))

    def ends(self) -> tuple[exp.Expr, exp.Expr]:
        """The deadline and the finish that decide about belonging."""
        return self._due(), self._finished()

    # -- what a row looks like

    def look(self, node: Column | Faults) -> exp.Expr:
        """A column, or the count of a kind of faults, as this measure sees it."""
        if isinstance(node, Faults):
            return self._faults(node.kind)
        match node.name:
            case "as_of":
                return self._as_of()
            case "counted":
                later = self.later()
                return exp.true() if later is None else _no(later)
            case "due_at":
                return self._due()
            case "finished_at":
                return self._finished()
            case "weight":
                return self._weight()
        column = name(node.name)
        return exp.cast(column, "BIGINT") if node.type.sort is Sort.NUMBER else column

    def column(self, column: str) -> exp.Expr:
        """A column by its name, as this measure sees it."""
        return self.look(Column(column, COLUMNS[self.table][column]))

    def may_miss(self, column: str) -> bool:
        """Whether a column may be NULL as this measure sees it."""
        kind = COLUMNS[self.table].get(column)
        return column not in ALWAYS_THERE and not (kind and kind.sort is Sort.BOOLEAN)

    def _items_own(self) -> bool:
        return self.table == "share" and self.shared.due == "item"

    def _due(self) -> exp.Expr:
        if self.table == "fault":
            return exp.cast(exp.null(), "TIMESTAMP")
        return name("item.due_at" if self._items_own() else "due_at")

    def _finished(self) -> exp.Expr:
        return name("item.finished_at" if self._items_own() else "finished_at")

    def _weight(self) -> exp.Expr:
        if self.shared.credit == "full":
            return whole(WHOLE_WEIGHT)
        weight = exp.cast(name("weight"), "BIGINT")
        if self.shared.credit != "lead_whole":
            return weight
        leads = exp.EQ(this=name("role"), expression=exp.Literal.number(LEAD))
        return case((leads, exp.cast(name("_lead_weight"), "BIGINT")), otherwise=weight)

    # -- faults

    def _faults(self, kind: str) -> exp.Expr:
        charged = self._fault_sum(kind, "charged")
        later = self.later()
        return charged if later is None else case((later, self._found_later(kind)), otherwise=charged)

    def _found_later(self, kind: str | None) -> exp.Expr:
        """Faults charged to this period of a row that counted in another: on a day of it, or undated and found in it
        after the row's own period was over."""
        ended = exp.Coalesce(this=self._due(), expressions=[self._finished()])
        over = every(is_known(ended), exp.LT(this=ended.copy(), expression=self._start()))
        undated = case((over, self._fault_sum(kind, "later_undated")), otherwise=whole(0))
        return exp.paren(exp.Add(this=self._fault_sum(kind, "later_dated"), expression=undated))

    def _fault_sum(self, kind: str | None, when: str) -> exp.Expr:
        """The count of a row: zero where it has no faults, or where another than the lead bears them."""
        wanted = FaultSum(kind, self.table == "share" and self.shared.blame != "full", when)
        self._fault_sums.add(wanted)
        made = exp.Coalesce(this=name(wanted.column), expressions=[whole(0)])
        if self.table != "share" or self.shared.blame != "lead_only":
            return made
        leads = exp.EQ(this=name("role"), expression=exp.Literal.number(LEAD))
        return case((leads, made), otherwise=whole(0))


def _no(holds: exp.Expr) -> exp.Expr:
    return exp.Not(this=exp.paren(holds))


def may_matter(sights: Iterable[Sight], window: Window, with_faults: bool) -> exp.Expr:
    """A quick look before the long one. Work that came in, was due and ended before the period cannot belong to it,
    under any rule of belonging; it can only have faults found later."""
    start = instant(window.period.start)
    ends = {end.sql(): end for sight in sights for end in sight.ends()}
    reaching = [exp.GTE(this=end.copy(), expression=start.copy()) for end in (*ends.values(), name("received_at"))]
    unfinished = {end.sql(): is_null(end) for sight in sights for end in (sight.ends()[1],)}
    return any_of(*unfinished.values(), *reaching, *([is_known(name("_row", "fault_counts"))] if with_faults else []))


def fault_counts(sums: set[FaultSum], source: exp.Expr, window: Window) -> exp.Select:
    """One row per row with faults: every count that is needed of them. Voided faults count nowhere."""
    first, until = window.period.first, window.period.until
    in_days = within(name("charged_to"), _day(first), _day(until))
    undated = is_null(name("charged_to"))
    found = within(name("at"), instant(window.period.start), instant(window.period.end))
    not_derived = exp.Not(this=name("derived"))
    conditions = {
        "charged": any_of(undated, in_days),
        "later_dated": every(not_derived, is_known(name("charged_to")), in_days),
        "later_undated": every(not_derived.copy(), undated.copy(), found),
    }
    made = exp.select(name("_row")).from_(source).where(exp.Not(this=name("voided"))).group_by(name("_row"))
    for one in sorted(sums, key=lambda one: one.column):
        parts = [conditions[one.when].copy()]
        parts += [exp.column("own", quoted=True)] if one.own else []
        if one.kind is not None:
            place = exp.Literal.number(FAULT_KINDS.index(one.kind))
            parts.append(exp.EQ(this=name("kind"), expression=place))
        counted = exp.Sum(this=case((every(*parts), whole(1)), otherwise=whole(0)))
        made = made.select(exp.alias_(exp.cast(counted, "BIGINT"), one.column, quoted=True))
    return made


def _day(value: object) -> exp.Expr:
    return exp.cast(exp.Literal.string(str(value)), "DATE")
