"""All measures of one table as one statement: what each row gives to each measure, and where the sums will stand."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from sqlglot import exp

from congtam.engine.expressions.nodes import COUNT, Both, Column, Conditional, Literal, Node, Not, walk
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.sql.missing import UNBOUND, Names, needed, there_if_true
from congtam.engine.measuring.sql.nodes import NodeSql, any_of, case, every, is_null, name, paren, whole
from congtam.engine.measuring.sql.sight import Window
from congtam.engine.measuring.sql.statement import DIALECT, ONE, ZERO, Grouping, Statement, filtered

NOTHING = Literal(0, COUNT)


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

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The relations it reads."""
        steps = {step.alias for step in self.statement.ctes}
        return tuple(dict.fromkeys(one.name for one in self.statement.find_all(exp.Table) if one.name not in steps))

    def sql(self, pretty: bool = False) -> str:
        """The statement as DuckDB reads it."""
        return self.statement.sql(dialect=DIALECT, pretty=pretty)

    @cached_property
    def text(self) -> str:
        """The same, made once."""
        return self.sql()

    @cached_property
    def items_text(self) -> str:
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
    statement = Statement(table, window, grouping)
    statement.count_uses(rules.values())
    measures = {each: _Measure(statement, rule) for each, rule in rules.items()}
    fields = {each: measure.fields() for each, measure in measures.items()}
    counted = [measures[each].counts_item() for each in scored if each in measures]
    items = statement.count_items(counted) if counted else None
    return Query(table, statement.totals(), fields, None if items is None else statement.items(items))


class _Measure:
    """One measure on its way into the statement."""

    def __init__(self, statement: Statement, rule: RowMeasure):
        self._into, self._rule, self._nodes = statement, rule, rule.indicator.nodes
        self._sight = statement.sight(rule)
        self._sql = NodeSql(self._sight.look, self._sight.may_miss, rule.parameters, self._shared)
        self._later, self._pending = self._sight.later(), self._sight.pending()
        own = self._sight.counted()
        self._counted = own if self._later is None else statement.columns.keep(any_of(own, self._later))
        among = self._nodes.get("among")
        self._looked = self._sql.of(among) if among else None
        self._maybe = among is not None and self._sql.may_miss(among)
        if among is not None:  # amounts are only asked of rows that the rule looks at
            there = there_if_true(among)
            self._sql = NodeSql(self._sight.look, self._sight.may_miss, rule.parameters, self._shared, there)
        self._given = self._amounts()
        self._known = statement.columns.keep(self._is_known())

    def _shared(self, node: Node, make: Callable[[], exp.Expr]) -> exp.Expr:
        """What several measures have in common becomes a column."""
        common = self._into.uses[node, self._sight.key(node)] > 1
        return self._into.columns.keep(make()) if common else make()

    # -- what a row gives

    def _amounts(self) -> "_Given":
        kind, of = self._rule.indicator.model.measure.kind, self._nodes
        lenient = self._rule.indicator.model.unknown == "count_as_not_met"
        if kind == "ratio_of":
            missing = self._miss(of["bottom"])
            if not lenient and not (missing and self._only_with(of["top"], of["bottom"])):
                missing += self._miss(of["top"])
            return self._ratio(of["top"], self._sql.of(of["bottom"]), missing, lenient)
        if kind in ("sum_of", "mean_of", "quantile_of"):
            top = self._or_zero(of["value"]) if lenient else self._sql.of(of["value"])
            return _Given(top, ONE.copy(), [] if lenient else self._miss(of["value"]))
        weigh = self._sql.of(of["weigh"]) if "weigh" in of else ONE.copy()
        missing = self._miss(of["weigh"]) if "weigh" in of else []
        if "that" not in of:
            return _Given(weigh, weigh.copy(), missing)
        missing += [] if lenient else self._miss(of["that"])
        return _Given(weigh, weigh.copy(), missing, self._sql.of(of["that"]))

    def _ratio(self, top: Node, bottom: exp.Expr, missing: list[exp.Expr], lenient: bool) -> "_Given":
        if lenient and self._sql.may_miss(top):
            return _Given(self._or_zero(top), bottom, missing)
        if isinstance(top, Conditional) and top.otherwise == NOTHING:
            return _Given(self._sql.scaled(top.then, top.type), bottom, missing, self._sql.of(top.test))
        return _Given(self._sql.of(top), bottom, missing)

    def _only_with(self, top: Node, bottom: Node) -> bool:
        """Whether the numerator is missing only where the denominator is."""
        return self._sql.missing(top) <= needed(bottom)

    def _or_zero(self, node: Node) -> exp.Expr:
        return exp.Coalesce(this=self._sql.of(node), expressions=[ZERO.copy()])

    def _miss(self, node: Node) -> list[exp.Expr]:
        """The condition under which a value is missing, in a list; an empty one when it never is."""
        columns = self._sql.missing(node)
        if not columns:
            return []
        blank = any_of(
            *(is_null(self._sight.column(column)) for column in sorted(columns - {UNBOUND})), *self._unbound(columns)
        )
        if columns <= needed(node):
            return [self._into.columns.keep(blank)]
        # Few rows have a blank: the value itself is asked of those alone.
        return [self._into.columns.keep(case((blank, is_null(self._sql.of(node))), otherwise=exp.false()))]

    def _unbound(self, columns: Names) -> list[exp.Expr]:
        return [exp.true()] if UNBOUND in columns else []

    def _is_known(self) -> exp.Expr:
        """Whether the row counts with its values; NULL counts as no."""
        parts = [self._counted] + ([self._looked] if self._looked is not None else [])
        return every(*parts, *(exp.Not(this=exp.paren(missing.copy())) for missing in self._given.missing))

    # -- what comes out

    def fields(self) -> Fields:
        """Add the sums of the measure; where they will stand."""
        n = self._into.sum(ONE, self._known)
        bottom = self._into.sum(self._given.bottom, self._known)
        return Fields(self._total(n), bottom, n, self._n_unknown(), self._n_pending(), self._n_excused())

    def _total(self, n: str) -> str:
        quantile, top = self._rule.indicator.model.measure.quantile_of, self._given.top
        if quantile is not None:
            held = filtered(exp.ArrayAgg(this=top), self._known)
            return self._into.total(_ordered(held, self._into.sums[n], Fraction(quantile.at)))
        return self._into.sum(top, self._known if self._given.met is None else every(self._known, self._given.met))

    def _n_unknown(self) -> str | None:
        if not (self._maybe or self._given.missing):
            return None
        cannot_tell = [is_null(self._looked)] if self._maybe and self._looked is not None else []
        missing = [one.copy() for one in self._given.missing]
        if missing and self._looked is not None:
            missing = [every(self._looked.copy(), any_of(*missing))]
        return self._into.sum(ONE, every(self._counted, any_of(*cannot_tell, *missing)))

    def _n_pending(self) -> str | None:
        if self._pending is None:
            return None
        looked = [] if self._looked is None else [self._not_false(self._looked, self._maybe)]
        return self._into.sum(ONE, every(self._pending, *looked))

    def _n_excused(self) -> str | None:
        """Rows that the rule passes over, and would not were they not excused."""
        among = self._nodes.get("among")
        if among is None or self._looked is None or not _reads(among, "excused"):
            return None
        would = NodeSql(self._sight.look, self._sight.may_miss, self._rule.parameters, self._unless_excused)
        anyhow = self._not_false(would.of(among), would.may_miss(among))
        here = any_of(self._counted, self._pending) if self._pending is not None else self._counted
        if _never_excused(among):
            return self._into.sum(ONE, every(name("excused"), here, anyhow))
        passed_over = exp.Not(this=paren(self._not_false(self._looked, self._maybe)))
        return self._into.sum(ONE, every(name("excused"), here, passed_over, anyhow))

    def _not_false(self, one: exp.Expr, maybe: bool) -> exp.Expr:
        return exp.Coalesce(this=one, expressions=[exp.true()]) if maybe else one

    def _unless_excused(self, node: Node, make: Callable[[], exp.Expr]) -> exp.Expr:
        if isinstance(node, Column) and node.name == "excused":
            return exp.false()
        return make() if _reads(node, "excused") else self._shared(node, make)

    def counts_item(self) -> exp.Expr:
        """Whether a row counts as work done: with its values, in its own period."""
        if self._later is None:
            return self._known
        return every(self._known, exp.Not(this=self._later))


@dataclass(frozen=True)
class _Given:
    """What one row gives: numerator and denominator, the conditions under which one of them is missing, and the
    condition under which the numerator counts (None: always)."""

    top: exp.Expr
    bottom: exp.Expr
    missing: list[exp.Expr]
    met: exp.Expr | None = None


def _ordered(held: exp.Expr, n: exp.Expr, at: Fraction) -> exp.Expr:
    """The value at rank ⌈at × n⌉, at least the first, of a list; NULL when it is empty."""
    top, bottom = whole(at.numerator), whole(at.denominator)
    reached = exp.paren(
        exp.Add(this=exp.Mul(this=exp.paren(n.copy()), expression=top), expression=whole(at.denominator - 1))
    )
    rank = exp.Greatest(this=ONE.copy(), expressions=[exp.IntDiv(this=reached, expression=bottom)], ignore_nulls=True)
    return exp.func("LIST_EXTRACT", exp.func("LIST_SORT", held), exp.cast(rank, "BIGINT"))


def _never_excused(among: Node) -> bool:
    """Whether a rule looks at no excused row at all."""
    if isinstance(among, Both) and among.op == "and":
        return any(_never_excused(one) for one in among.operands)
    return isinstance(among, Not) and isinstance(among.operand, Column) and among.operand.name == "excused"


def _reads(node: Node, column: str) -> bool:
    return any(isinstance(one, Column) and one.name == column for one in walk(node))
