"""All measures of one table as one statement: faults counted, rows seen, terms made once, sums per subject.

The statement goes in steps, each a common table expression that reads the one before:

    fault_counts   how many faults each row bears (only when a measure asks)
    work           every row that may matter to the period, with what measures share: whether it belongs to the period,
                   and the terms they have in common
    seen           which measures count the row
    (the last)     what rows give to each measure, summed and counted per subject

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
from congtam.engine.measuring.sql.sight import FaultSum, Sight, Window, fault_counts, may_matter

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
    """The columns of the answer that hold one measure; None: always zero."""

    top: str
    bottom: str
    n: str
    n_unknown: str | None
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
        self._sights: list[Sight] = []
        self.work, self.seen, self.sums = (_Columns(prefix) for prefix in ("w", "m", "a"))

    def count_uses(self, rules: Iterable[RowMeasure]) -> None:
        """How often each expression stands in the measures, so that common ones become columns of `work`."""
        for rule in rules:
            self._sights.append(self.sight(rule))
            key = self._sights[-1].key()
            for node in rule.indicator.nodes.values():
                self.uses.update((one, key) for one in _all(node))

    def sight(self, rule: RowMeasure) -> Sight:
        """How a measure sees the rows."""
        model = rule.indicator.model
        return Sight(self.table, model.measure, model.shared_work, self.window, self.fault_sums)

    def passed(self, made: exp.Expr) -> exp.Expr:
        """An expression over `work` for the last step: `seen` hands on the columns it reads."""
        for column in made.find_all(exp.Column):
            self.seen.made.setdefault(column.name, name(column.name))
        return made

    def sum(self, amount: exp.Expr, of: exp.Expr) -> str:
        """The sum of an amount over the rows of a subject for which a condition holds."""
        if amount == ONE:
            return self.sums.add(exp.Sum(this=exp.cast(paren(of), "INT"))).name
        return self.sums.add(exp.Sum(this=case((of, amount), otherwise=ZERO.copy()))).name

    def count_few(self, condition: exp.Expr) -> str:
        """How many rows of a subject fulfil a condition that few do."""
        return self.sums.add(_filtered(exp.Count(this=exp.Star()), self.passed(condition))).name

    def count_items(self, flags: Sequence[exp.Expr]) -> exp.Expr:
        """Count the distinct items of a subject among the rows with any of the flags; that condition."""
        seen, item = any_of(*flags), self.passed(name("_item"))
        if self.grouping.one_official and self.table == "share":
            several = self.passed(name("_several"))  # most shares are the only one of their item: count those plainly
            once = exp.Sum(this=exp.cast(exp.paren(every(exp.Not(this=several), seen)), "INT"))
            again = exp.func("LIST_UNIQUE", _filtered(exp.ArrayAgg(this=item), every(several.copy(), seen.copy())))
            there = exp.Coalesce(this=again, expressions=[ZERO.copy()])
            self.sums.add(exp.Add(this=once, expression=there), N_ITEMS)
        else:
            self.sums.add(_filtered(exp.Count(this=exp.Distinct(expressions=[item])), seen), N_ITEMS)
        return seen

    def statement(self) -> exp.Select:
        """The whole statement."""
        made = exp.select(name(SUBJECT), *self.sums.select()).from_("seen").group_by(name(SUBJECT))
        return self._after_seen(made)

    def items(self, seen: exp.Expr) -> exp.Select:
        """Each distinct item of each subject."""
        made = exp.select(name(SUBJECT), name("_item")).distinct().from_("seen").where(seen.copy())
        return self._after_seen(made)

    def _after_seen(self, made: exp.Select) -> exp.Select:
        """A select with the steps up to `seen` before it."""
        work = exp.select(exp.alias_(self.grouping.key.copy(), SUBJECT), *self._engine_columns(), *self.work.select())
        seen = exp.select(name(SUBJECT), *self.seen.select()).from_("work")
        if self.fault_sums:
            counts = fault_counts(self.fault_sums, exp.to_table(FAULT_OF[self.table]), self.window)
            made = made.with_("fault_counts", as_=counts, copy=False)
        work = self._joined(work.from_(exp.alias_(exp.to_table(self.table), "rows", table=True)))
        work = work.where(may_matter(self._sights, self.window, bool(self.fault_sums)))
        return made.with_("work", as_=work, copy=False).with_("seen", as_=seen, copy=False)

    def _engine_columns(self) -> list[exp.Expr]:
        return [name(column) for column in ("_item", "_several") if column in self.seen.made]

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
        later, own = self._sight.later(), self._sight.counted()
        self._later = None if later is None else builder.work.add(later)
        self._counted = builder.work.add(own if later is None else any_of(own, later))
        pending = self._sight.pending()
        self._pending = None if isinstance(pending, exp.Boolean) else builder.work.add(pending)
        among = self._nodes.get("among")
        self._looked = self._sql.of(among) if among else None
        self._maybe = among is not None and self._sql.may_miss(among)
        self._given = self._amounts()
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

    # -- what a row gives

    def _amounts(self) -> "_Given":
        kind, of = self._rule.indicator.model.measure.kind, self._nodes
        lenient = self._rule.indicator.model.unknown == "count_as_not_met"
        if kind == "ratio_of":
            top = self._or_zero(of["top"]) if lenient else self._sql.of(of["top"])
            missing = self._miss(of["bottom"]) + ([] if lenient else self._miss(of["top"]))
            return _Given(top, self._sql.of(of["bottom"]), missing)
        if kind in ("sum_of", "mean_of", "quantile_of"):
            top = self._or_zero(of["value"]) if lenient else self._sql.of(of["value"])
            return _Given(top, ONE.copy(), [] if lenient else self._miss(of["value"]))
        weigh = self._sql.of(of["weigh"]) if "weigh" in of else ONE.copy()
        missing = self._miss(of["weigh"]) if "weigh" in of else []
        if "that" not in of:
            return _Given(weigh, weigh.copy(), missing)
        missing += [] if lenient else self._miss(of["that"])
        return _Given(weigh, weigh.copy(), missing, self._sql.of(of["that"]))

    def _or_zero(self, node: Node) -> exp.Expr:
        return exp.Coalesce(this=self._sql.of(node), expressions=[ZERO.copy()])

    def _miss(self, node: Node) -> list[exp.Expr]:
        return [is_null(self._sql.of(node))] if self._sql.may_miss(node) else []

    def _is_known(self) -> exp.Expr:
        """Whether the row counts with its values; NULL counts as no."""
        parts = [self._counted] + ([self._looked] if self._looked is not None else [])
        return every(*parts, *(exp.Not(this=exp.paren(missing.copy())) for missing in self._given.missing))

    # -- what comes out

    def fields(self) -> Fields:
        """Add the sums of the measure; where they will stand."""
        n = self._builder.sum(ONE, self._known)
        bottom = self._builder.sum(self._builder.passed(self._given.bottom), self._known)
        return Fields(self._total(n), bottom, n, self._n_unknown(), self._n_pending(), self._n_excused())

    def _total(self, n: str) -> str:
        quantile, top = self._rule.indicator.model.measure.quantile_of, self._builder.passed(self._given.top)
        if quantile is not None:
            held = _filtered(exp.ArrayAgg(this=top), self._known)
            return self._builder.sums.add(_ordered(held, self._builder.sums.made[n], Fraction(quantile.at))).name
        if self._given.met is None:
            return self._builder.sum(top, self._known)
        return self._builder.sum(top, every(self._known, self._builder.passed(self._given.met)))

    def _n_unknown(self) -> str | None:
        if not (self._maybe or self._given.missing):
            return None
        cannot_tell = [is_null(self._looked)] if self._maybe and self._looked is not None else []
        missing = [one.copy() for one in self._given.missing]
        if missing and self._looked is not None:
            missing = [every(self._looked.copy(), any_of(*missing))]
        return self._builder.count_few(every(self._counted, any_of(*cannot_tell, *missing)))

    def _n_pending(self) -> str | None:
        if self._pending is None:
            return None
        looked = [] if self._looked is None else [self._not_false(self._looked, self._maybe)]
        return self._builder.count_few(every(self._pending, *looked))

    def _n_excused(self) -> str | None:
        """Rows that the rule passes over, and would not were they not excused."""
        among = self._nodes.get("among")
        if among is None or self._looked is None or not _reads(among, "excused"):
            return None
        would = NodeSql(self._sight.look, self._sight.may_miss, self._rule.parameters, self._unless_excused)
        anyhow = self._not_false(would.of(among), would.may_miss(among))
        here = any_of(self._counted, self._pending) if self._pending is not None else self._counted
        excused = self._builder.work.add(name("excused"), "excused")
        passed_over = exp.Not(this=paren(self._not_false(self._looked, self._maybe)))
        return self._builder.count_few(every(excused, here, passed_over, anyhow))

    def _not_false(self, one: exp.Expr, maybe: bool) -> exp.Expr:
        return exp.Coalesce(this=one, expressions=[exp.true()]) if maybe else one

    def _unless_excused(self, node: Node, make: Callable[[], exp.Expr]) -> exp.Expr:
        if isinstance(node, Column) and node.name == "excused":
            return exp.false()
        return make() if _reads(node, "excused") else self._from_work(node, make)

    def counts_item(self) -> exp.Expr:
        """Whether a row counts as work done: with its values, in its own period."""
        if self._later is None:
            return self._known
        return every(self._known, exp.Not(this=self._builder.passed(self._later)))


@dataclass(frozen=True)
class _Given:
    """What one row gives: numerator and denominator, the conditions under which one of them is missing, and the
    condition under which the numerator counts (None: always)."""

    top: exp.Expr
    bottom: exp.Expr
    missing: list[exp.Expr]
    met: exp.Expr | None = None


def _filtered(aggregate: exp.Expr, condition: exp.Expr) -> exp.Expr:
    return exp.Filter(this=aggregate, expression=exp.Where(this=condition))


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
