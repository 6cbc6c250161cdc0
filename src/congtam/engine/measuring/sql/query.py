"""All measures of one table as one statement: faults counted, rows seen, terms made once, sums per subject.

The statement goes in steps, each a common table expression that reads the one before:

    fault_counts   how many faults each row bears (only when a measure asks)
    work           every row with what measures share: does it belong to the period, and the terms they have in common
    seen           every row that belongs to the period of some measure, and which measures count it
    given          what it gives to each of them
    (the last)     sums and counts per subject

Equal columns are made once, however many measures use them.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlglot import exp

from congtam.engine.expressions.nodes import Column, Literal, Node, Parameter, children
from congtam.engine.measuring.columnar import FAULT_OF
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.sql.nodes import (
    NodeSql,
    any_of,
    case,
    every,
    is_null,
    name,
    paren,
    whole,
)
from congtam.engine.measuring.sql.sight import FaultSum, Sight, Window, fault_counts

DIALECT = "duckdb"
SUBJECT, N_ITEMS = "subject", "n_items"
ONE, ZERO = whole(1), whole(0)


@dataclass(frozen=True)
class Grouping:
    """Whose sums are made: `key` names the subject of a row, in a table joined `on` when `join` names one.
    `one_official`: every subject is one official."""

    key: exp.Expr
    one_official: bool = False
    join: exp.Expr | None = None
    on: exp.Expr | None = None


@dataclass(frozen=True)
class Fields:
    """The columns of the answer that hold one measure. `n_looked` counts known and unknown rows (None: as `n`, no row
    can be unknown); None for `n_pending` and `n_excused`: always zero."""

    top: str
    bottom: str
    n: str
    n_looked: str | None
    n_pending: str | None
    n_excused: str | None


@dataclass(frozen=True)
class Query:
    """One statement over one table, and where each measure stands in its answer."""

    table: str
    statement: exp.Select
    fields: Mapping[str, Fields]
    items: exp.Select | None

    def sql(self, pretty: bool = False) -> str:
        """The statement as DuckDB reads it."""
        return self.statement.sql(dialect=DIALECT, pretty=pretty)

    def items_sql(self) -> str:
        """Each distinct item of each subject, for subjects whose items stand in several tables."""
        assert self.items is not None, "no measure of this table makes up items"
        return self.items.sql(dialect=DIALECT)


def compile_query(
    table: str,
    rules: Mapping[str, RowMeasure],
    scored: Iterable[str],
    window: Window,
    grouping: Grouping,
) -> Query:
    """The statement for all `rules` over one table; rows that any of the `scored` measures counts make up the items of
    a subject."""
    builder = _Builder(table, window, grouping)
    builder.count_uses(rules.values())
    measures = {each: _Measure(builder, rule) for each, rule in rules.items()}
    fields = {each: measure.fields() for each, measure in measures.items()}
    counted = [measures[each].counts_item() for each in scored if each in measures]
    items = builder.count_items(counted) if counted else None
    return Query(table, builder.statement(), fields, None if items is None else builder.items(items))


class _Columns:
    """Named columns of one step; the same expression gets the same name."""

    def __init__(self, prefix: str):
        self._prefix, self._names = prefix, dict[str, str]()
        self.made: dict[str, exp.Expr] = {}

    def add(self, one: exp.Expr, wanted: str | None = None) -> exp.Expr:
        """The column that holds the expression, as the next step reads it."""
        text = one.sql(dialect=DIALECT)
        if text not in self._names:
            free = wanted is not None and wanted not in self.made
            self._names[text] = wanted if wanted and free else f"{self._prefix}{len(self.made)}"
            self.made[self._names[text]] = one
        return name(self._names[text])

    def select(self) -> list[exp.Expr]:
        return [exp.alias_(one.copy(), alias, quoted=True) for alias, one in self.made.items()]


class _Builder:
    """One statement being put together: the columns of each step."""

    def __init__(self, table: str, window: Window, grouping: Grouping):
        self.table, self.window, self.grouping = table, window, grouping
        self.fault_sums: set[FaultSum] = set()
        self.uses: Counter[Hashable] = Counter()
        self.work, self.seen, self.given, self.sums = (_Columns(prefix) for prefix in ("w", "m", "g", "a"))
        self.belongs: dict[str, exp.Expr] = {}

    def count_uses(self, rules: Iterable[RowMeasure]) -> None:
        """How often each expression stands in the measures, so that common ones become columns of `work`."""
        for rule in rules:
            key = self.sight(rule).key()
            for node in rule.indicator.nodes.values():
                self.uses.update((one, key) for one in _all(node))

    def sight(self, rule: RowMeasure) -> Sight:
        """How a measure sees the rows."""
        model = rule.indicator.model
        return Sight(self.table, model.measure, model.shared_work, self.window, self.fault_sums)

    def belonging(self, condition: exp.Expr) -> exp.Expr:
        """A flag of `work`; rows for which none of them holds go no further."""
        flag = self.work.add(condition)
        self.belongs[flag.sql()] = flag
        return flag

    def passed(self, column: exp.Expr) -> exp.Expr:
        """A column of the step before, handed on by `seen`."""
        return self.seen.add(column, column.name)

    def sum(self, amount: exp.Expr) -> str:
        """A sum per subject."""
        return self.sums.add(exp.Sum(this=self.given.add(amount))).name

    def count(self, flag: exp.Expr) -> str:
        """How many rows of a subject have a flag of `seen`."""
        return self.sum(case((flag, ONE.copy()), otherwise=ZERO.copy()))

    def count_items(self, flags: Sequence[exp.Expr]) -> exp.Expr:
        """Count the distinct items of a subject among the rows with any of the flags; that condition."""
        seen, item = any_of(*flags), self.passed(name("_item"))
        if self.grouping.one_official and self.table == "share":
            several = self.passed(name("_several"))  # most shares are the only one of their item: count those plainly
            again = self.given.add(case((every(seen, several), item)))
            once = self.given.add(case((every(seen, exp.Not(this=several)), ONE.copy()), otherwise=ZERO.copy()))
            distinct = exp.Count(this=exp.Distinct(expressions=[again]))
            self.sums.add(exp.Add(this=exp.Sum(this=once), expression=distinct), N_ITEMS)
        else:
            self.sums.add(exp.Count(this=exp.Distinct(expressions=[self.given.add(case((seen, item)))])), N_ITEMS)
        return seen

    def statement(self) -> exp.Select:
        """The whole statement."""
        given = exp.select(name(SUBJECT), *self.given.select()).from_("seen")
        made = exp.select(name(SUBJECT), *self.sums.select()).from_("given").group_by(name(SUBJECT))
        return self._after_seen(made, given=given)

    def items(self, seen: exp.Expr) -> exp.Select:
        """Each distinct item of each subject."""
        made = exp.select(name(SUBJECT), name("_item")).distinct().from_("seen").where(seen.copy())
        return self._after_seen(made)

    def _after_seen(self, made: exp.Select, **more: exp.Select) -> exp.Select:
        """A select with the steps up to `seen`, and `more`, before it."""
        work = exp.select(exp.alias_(self.grouping.key.copy(), SUBJECT), *self._engine_columns(), *self.work.select())
        seen = exp.select(name(SUBJECT), *self.seen.select()).from_("work").where(any_of(*self.belongs.values()))
        steps = {
            "work": self._joined(work.from_(exp.alias_(exp.to_table(self.table), "rows", table=True))),
            "seen": seen,
        }
        if self.fault_sums:
            counts = fault_counts(self.fault_sums, exp.to_table(FAULT_OF[self.table]), self.window)
            steps = {"fault_counts": counts, **steps}
        for step, select in (steps | more).items():
            made = made.with_(step, as_=select)
        return made

    def _engine_columns(self) -> list[exp.Expr]:
        wanted = ("_item", "_several")
        return [name(column) for column in self.seen.made if column in wanted]

    def _joined(self, work: exp.Select) -> exp.Select:
        if self.fault_sums:
            on = exp.EQ(this=name("_row", "rows"), expression=name("_row", "fault_counts"))
            work = work.join("fault_counts", on=on, join_type="left")
        if self.grouping.join is not None:
            work = work.join(self.grouping.join.copy(), on=self.grouping.on)
        return work


class _Measure:
    """One measure on its way into the statement."""

    def __init__(self, builder: _Builder, rule: RowMeasure):
        self._builder, self._rule, self._nodes = builder, rule, rule.indicator.nodes
        self._sight = builder.sight(rule)
        self._sql = self._to_sql(self._from_work)
        later = self._sight.later()
        own = self._sight.counted()
        self._later = None if later is None else builder.work.add(later)
        self._counted = builder.belonging(own if later is None else any_of(own, later))
        pending = self._sight.pending()
        self._pending = None if isinstance(pending, exp.Boolean) else builder.belonging(pending)
        among = self._nodes.get("among")
        self._looked = self._sql.of(among) if among else None
        self._maybe = among is not None and self._sql.may_miss(among)
        self._top, self._bottom, self._missing = self._amounts()
        self._known = builder.seen.add(self._is_known())

    def _to_sql(self, share: Callable[[Node, Callable[[], exp.Expr]], exp.Expr]) -> NodeSql:
        return NodeSql(self._sight.look, self._sight.may_miss, self._rule.parameters, share)

    def _from_work(self, node: Node, make: Callable[[], exp.Expr]) -> exp.Expr:
        """Columns of the table, and what several measures have in common, are columns of `work`."""
        if isinstance(node, Literal | Parameter):
            return make()
        if isinstance(node, Column):
            return self._builder.work.add(self._sight.look(node), node.name)
        if not children(node) or self._builder.uses[node, self._sight.key()] > 1:
            return self._builder.work.add(self._to_sql(lambda _, inner: inner()).of(node))
        return make()

    # -- amounts

    def _amounts(self) -> tuple[exp.Expr, exp.Expr, list[exp.Expr]]:
        """Numerator, denominator, and the conditions under which one of them is missing."""
        kind, of = self._rule.indicator.model.measure.kind, self._nodes
        lenient = self._rule.indicator.model.unknown == "count_as_not_met"
        if kind == "ratio_of":
            top, missing = self._amount(of["top"]), self._miss(of["bottom"])
            if lenient:
                top = exp.Coalesce(this=top, expressions=[ZERO.copy()])
            return top, self._amount(of["bottom"]), missing + ([] if lenient else self._miss(of["top"]))
        if kind in ("sum_of", "mean_of", "quantile_of"):
            top, missing = self._amount(of["value"]), self._miss(of["value"])
            if lenient:
                return exp.Coalesce(this=top, expressions=[ZERO.copy()]), ONE.copy(), []
            return top, ONE.copy(), missing
        weigh = self._amount(of["weigh"]) if "weigh" in of else ONE.copy()
        missing = self._miss(of["weigh"]) if "weigh" in of else []
        if "that" not in of:
            return weigh, weigh.copy(), missing
        met = case((self._sql.of(of["that"]), weigh), otherwise=ZERO.copy())
        return met, weigh.copy(), missing + ([] if lenient else self._miss(of["that"]))

    def _amount(self, node: Node) -> exp.Expr:
        return self._sql.of(node)

    def _miss(self, node: Node) -> list[exp.Expr]:
        return [is_null(self._sql.of(node))] if self._sql.may_miss(node) else []

    def _is_known(self) -> exp.Expr:
        """Whether the row counts with its values; never NULL where a row reaches a sum."""
        parts = [self._counted] + ([self._looked] if self._looked is not None else [])
        there = [exp.Not(this=exp.paren(missing.copy())) for missing in self._missing]
        return every(*parts, *there)

    # -- what comes out

    def fields(self) -> Fields:
        """Add the sums of the measure; where they will stand."""
        builder = self._builder
        n = builder.count(self._known)
        zero = ZERO.copy()
        bottom = (
            n if self._bottom == ONE else builder.sum(case((self._known, self._handed(self._bottom)), otherwise=zero))
        )
        return Fields(self._total(n), bottom, n, self._n_looked(), self._n_pending(), self._n_excused())

    def _handed(self, amount: exp.Expr) -> exp.Expr:
        """An amount over columns of `work`, as a column of `seen`."""
        return amount if isinstance(amount, exp.Cast | exp.Boolean) else self._builder.seen.add(amount)

    def _total(self, n: str) -> str:
        quantile, top = self._rule.indicator.model.measure.quantile_of, self._handed(self._top)
        if quantile is None:
            return self._builder.sum(case((self._known, top), otherwise=ZERO.copy()))
        given = self._builder.given.add(case((self._known, top)))
        there = exp.Not(this=exp.paren(is_null(given)))
        held = exp.Filter(this=exp.ArrayAgg(this=given.copy()), expression=exp.Where(this=there))
        return self._builder.sums.add(_ordered(held, self._builder.sums.made[n], Fraction(quantile.at))).name

    def _n_looked(self) -> str | None:
        if not (self._maybe or self._missing):
            return None
        return self._builder.count(self._builder.seen.add(self._looked_at(self._counted)))

    def _n_pending(self) -> str | None:
        if self._pending is None:
            return None
        return self._builder.count(self._builder.seen.add(self._looked_at(self._pending)))

    def _looked_at(self, flag: exp.Expr) -> exp.Expr:
        """The flag, and the rule looks at the row or cannot tell whether it should."""
        if self._looked is None:
            return flag
        looked = exp.Coalesce(this=self._looked, expressions=[exp.true()]) if self._maybe else self._looked
        return every(flag, looked)

    def _n_excused(self) -> str | None:
        """Rows that the rule passes over, and would not were they not excused."""
        among = self._nodes.get("among")
        if among is None or self._looked is None or not _reads(among, "excused"):
            return None
        would = NodeSql(self._were_not_excused, self._sight.may_miss, self._rule.parameters, lambda _, make: make())
        anyhow: exp.Expr = would.of(among)
        if would.may_miss(among):
            anyhow = exp.Coalesce(this=anyhow, expressions=[exp.true()])
        looked = exp.Coalesce(this=self._looked, expressions=[exp.true()]) if self._maybe else self._looked
        here = any_of(self._counted, self._pending) if self._pending is not None else self._counted
        excused = self._builder.work.add(name("excused"), "excused")
        flag = every(here, excused, exp.Not(this=paren(looked)), self._builder.work.add(anyhow))
        return self._builder.count(self._builder.seen.add(flag))

    def _were_not_excused(self, node: Node) -> exp.Expr:
        if isinstance(node, Column) and node.name == "excused":
            return exp.false()
        return self._sight.look(node)  # type: ignore[arg-type]

    def counts_item(self) -> exp.Expr:
        """Whether a row of `given` counts as work done: with its values, in its own period."""
        if self._later is None:
            return self._known
        return every(self._known, exp.Not(this=self._builder.passed(self._later)))


def _ordered(held: exp.Expr, n: exp.Expr, at: Fraction) -> exp.Expr:
    """The value at rank ⌈at × n⌉, at least the first, of a list; NULL when it is empty."""
    top, bottom = whole(at.numerator), whole(at.denominator)
    reached = exp.paren(
        exp.Add(this=exp.Mul(this=exp.paren(n.copy()), expression=top), expression=whole(at.denominator - 1))
    )
    rank = exp.Greatest(this=ONE.copy(), expressions=[exp.IntDiv(this=reached, expression=bottom)], ignore_nulls=True)
    return exp.func("LIST_EXTRACT", exp.func("LIST_SORT", held), exp.cast(rank, "BIGINT"))


def _all(node: Node) -> Iterable[Node]:
    yield node
    for child in children(node):
        yield from _all(child)


def _reads(node: Node, column: str) -> bool:
    return any(isinstance(one, Column) and one.name == column for one in _all(node))
