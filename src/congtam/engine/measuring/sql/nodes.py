"""Expressions of a rule as SQL over one row: three-valued like the row evaluator, whole numbers of static scales.

A missing value is NULL. Comparisons, `and`, `or`, `not` of SQL keep NULL just as the language does. Where SQL would
pass over it (the smallest of several values, a condition that is missing) the NULL is brought back by hand.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlglot import exp

from congtam.engine.expressions.nodes import (
    Arithmetic,
    Both,
    Column,
    Compare,
    Conditional,
    Extreme,
    Faults,
    First,
    Known,
    Literal,
    Minutes,
    Negate,
    Node,
    Not,
    OneOf,
    Parameter,
    Sort,
    Type,
)
from congtam.engine.measuring.sql.missing import NONE, Missing, Names

Look = Callable[[Column | Faults], exp.Expr]  # how a column, or a count of faults, is seen
Sharing = Callable[[Node, Callable[[], exp.Expr]], exp.Expr]

MINUTE = 60_000_000  # microseconds
VIETNAM_HOURS = 7  # since 13 June 1975; a snapshot holds nothing older
_UNBOUND = {Sort.NUMBER: "BIGINT", Sort.TEXT: "TEXT"}
_COMPARE: dict[str, type[exp.Binary]] = {
    ">": exp.GT,
    ">=": exp.GTE,
    "<": exp.LT,
    "<=": exp.LTE,
    "==": exp.EQ,
    "!=": exp.NEQ,
}
_ARITHMETIC: dict[str, type[exp.Binary]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul}


def whole(value: int) -> exp.Expr:
    """A whole number wide enough to be counted with."""
    return exp.cast(exp.Literal.number(value), "BIGINT") if abs(value) > 1 else exp.Literal.number(value)


def instant(at: datetime) -> exp.Expr:
    """An instant as a literal, in UTC."""
    return exp.cast(exp.Literal.string(at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")), "TIMESTAMP")


def day(value: date) -> exp.Expr:
    """A day as a literal."""
    return exp.cast(exp.Literal.string(value.isoformat()), "DATE")


def name(text: str, table: str | None = None) -> exp.Expr:
    """A column by its name."""
    return exp.column(text, table=table, quoted=True)


def case(*branches: tuple[exp.Expr, exp.Expr], otherwise: exp.Expr | None = None) -> exp.Case:
    """CASE WHEN … THEN …; NULL when no branch holds, unless `otherwise` is given."""
    made = exp.Case()
    for when, then in branches:
        made = made.when(when, then, copy=False)
    return made.else_(otherwise, copy=False) if otherwise is not None else made


def paren(one: exp.Expr) -> exp.Expr:
    """The expression in brackets where an operator could tear it apart."""
    return exp.paren(one, copy=False) if isinstance(one, exp.Binary | exp.Not | exp.Is | exp.In | exp.Neg) else one


def every(*conditions: exp.Expr) -> exp.Expr:
    """All of the conditions."""
    return _chain(exp.And, conditions)


def any_of(*conditions: exp.Expr) -> exp.Expr:
    """Any of the conditions."""
    return _chain(exp.Or, conditions)


def _chain(kind: type[exp.Binary], parts: tuple[exp.Expr, ...]) -> exp.Expr:
    made, *rest = [paren(part) for part in parts]
    for part in rest:
        made = kind(this=made, expression=part)
    return made


def is_null(one: exp.Expr) -> exp.Expr:
    """Whether a value is missing."""
    return exp.Is(this=paren(one), expression=exp.null())


def is_known(one: exp.Expr) -> exp.Expr:
    """Whether a value is there."""
    return exp.Not(this=paren(is_null(one)))


def within(value: exp.Expr, start: exp.Expr, end: exp.Expr) -> exp.Expr:
    """start ≤ value < end."""
    return every(exp.GTE(this=value, expression=start), exp.LT(this=value.copy(), expression=end))


class NodeSql:
    """Expressions of one measure as SQL. `look` says how columns and faults are seen, `may_miss` whether a column may
    be NULL, `share` may hand out one common column for an expression that several measures use. The columns `given` are
    there in every row whose value is used."""

    def __init__(
        self,
        look: Look,
        may_miss: Callable[[str], bool],
        parameters: Mapping[str, Any],
        share: Sharing,
        given: Names = NONE,
    ):
        self._look, self._share, self._parameters, self._given = look, share, parameters, given
        self._missing = Missing(may_miss, lambda parameter: parameters.get(parameter) is not None)

    def of(self, node: Node) -> exp.Expr:
        """The SQL of a node, in the node's own scale."""
        return self._share(node, lambda: self._own(node))

    def missing(self, node: Node) -> Names:
        """The columns that can make a node's value NULL in a row that is looked at."""
        return self._missing.of(node, self._given)

    def may_miss(self, node: Node) -> bool:
        """Whether the node's value may be NULL for some row that is looked at."""
        return bool(self.missing(node))

    def scaled(self, node: Node, to: Type) -> exp.Expr:
        """A number brought to a wider scale; a text spelt out where others beside it are not stored as it is."""
        if to.sort is Sort.TEXT and node.type.codes != to.codes:
            return self._spelt(node)
        if to.sort is not Sort.NUMBER or node.type.scale == to.scale:
            return self.of(node)
        factor = 10 ** ((to.scale or 0) - (node.type.scale or 0))
        if isinstance(node, Literal):
            return whole(int(node.value) * factor)  # type: ignore[arg-type]
        made = self.of(node)
        return exp.Mul(this=paren(made), expression=whole(factor))

    def _own(self, node: Node) -> exp.Expr:
        match node:
            case Literal(value, kind):
                return _literal(value, kind)
            case Column() | Faults():
                return self._look(node)
            case Parameter(name=parameter, type=kind):
                bound = self._parameters.get(parameter)
                return exp.cast(exp.null(), _UNBOUND[kind.sort]) if bound is None else _literal(bound, kind)
            case Negate(one):
                return exp.Neg(this=paren(self.of(one)))
            case Not(one):
                return exp.Not(this=paren(self.of(one)))
            case Arithmetic(op, left, right):
                wide = [self.of(left), self.of(right)] if op == "*" else self._at_one_scale(left, right, node.type)
                return _ARITHMETIC[op](this=paren(wide[0]), expression=paren(wide[1]))
            case Extreme(choose, operands):
                return self._extreme(choose, operands, node.type)
            case Compare():
                return self._compare(node)
            case OneOf(one, choices):
                return exp.In(this=self.of(one), expressions=[_text(choice, one.type) for choice in choices])
            case Both(op, operands):
                join = every if op == "and" else any_of
                return join(*(self.of(one) for one in operands))
            case First(operands):
                first, *rest = [self.scaled(one, node.type) for one in operands]
                return exp.Coalesce(this=first, expressions=rest)
            case Conditional(test, then, otherwise):
                return self._conditional(test, self.scaled(then, node.type), self.scaled(otherwise, node.type))
            case Known(one):
                return is_known(self.of(one))
            case Minutes(start, end):
                return self._minutes(start, end)
        raise TypeError(f"{type(node).__name__} has no meaning over rows")

    def _at_one_scale(self, left: Node, right: Node, kind: Type) -> list[exp.Expr]:
        return [self.scaled(left, kind), self.scaled(right, kind)]

    def _extreme(self, choose: str, operands: tuple[Node, ...], kind: Type) -> exp.Expr:
        values = [self.scaled(one, kind) for one in operands]
        made = (exp.Least if choose == "min" else exp.Greatest)(
            this=values[0], expressions=values[1:], ignore_nulls=True
        )
        missing = [is_null(self.of(one)) for one in operands if self.may_miss(one)]
        return case((exp.Not(this=paren(any_of(*missing))), made)) if missing else made

    def _compare(self, node: Compare) -> exp.Expr:
        left, right = node.left, node.right
        if left.type.sort is Sort.NUMBER:
            wide = Type(Sort.NUMBER, max(left.type.scale or 0, right.type.scale or 0))
            sides = self._at_one_scale(left, right, wide)
        elif left.type.sort is Sort.TEXT:
            sides = self._texts(left, right)
        else:
            mixed = left.type.sort != right.type.sort
            sides = [self._local_day(one) if mixed else self.of(one) for one in (left, right)]
        return _COMPARE[node.op](this=paren(sides[0]), expression=paren(sides[1]))

    def _texts(self, left: Node, right: Node) -> list[exp.Expr]:
        """Two texts in one storage: as codes where one of them has fixed codes and the other is written in the rule."""
        if isinstance(right, Literal | Parameter) and not isinstance(left, Literal | Parameter):
            return [self.of(left), self._as_stored(right, left.type)]
        if isinstance(left, Literal | Parameter) and not isinstance(right, Literal | Parameter):
            return [self._as_stored(left, right.type), self.of(right)]
        if left.type.codes == right.type.codes:
            return [self.of(left), self.of(right)]
        return [self._spelt(left), self._spelt(right)]

    def _as_stored(self, node: Node, kind: Type) -> exp.Expr:
        value = node.value if isinstance(node, Literal) else self._parameters.get(getattr(node, "name", ""))
        return exp.cast(exp.null(), "TEXT") if value is None else _text(str(value), kind)

    def _spelt(self, node: Node) -> exp.Expr:
        made = self.of(node)
        if not node.type.codes:
            return made
        branches = [
            (exp.EQ(this=made.copy(), expression=exp.Literal.number(place)), exp.Literal.string(code))
            for place, code in enumerate(node.type.codes)
        ]
        return case(*branches)

    def _local_day(self, node: Node) -> exp.Expr:
        """The day in Vietnam of an instant; a day as it is."""
        made = self.of(node)
        if node.type.sort is Sort.DAY:
            return made
        hours = exp.Interval(this=exp.Literal.string(str(VIETNAM_HOURS)), unit=exp.var("HOUR"))
        return exp.cast(exp.Add(this=made, expression=hours), "DATE")

    def _conditional(self, test: Node, then: exp.Expr, otherwise: exp.Expr) -> exp.Expr:
        holds = self.of(test)
        if not self.may_miss(test):
            return case((holds, then), otherwise=otherwise)
        return case((holds, then), (exp.Not(this=paren(holds.copy())), otherwise))

    def _minutes(self, start: Node, end: Node) -> exp.Expr:
        between = exp.Sub(this=_microseconds(self.of(end)), expression=_microseconds(self.of(start)))
        minutes = exp.IntDiv(this=exp.paren(between), expression=whole(MINUTE))
        forward = exp.GT(this=self.of(end), expression=self.of(start))
        if not (self.may_miss(start) or self.may_miss(end)):
            return case((forward, minutes), otherwise=whole(0))
        backward = exp.LTE(this=self.of(end), expression=self.of(start))
        return case((forward, minutes), (backward, whole(0)))


def _microseconds(at: exp.Expr) -> exp.Expr:
    return exp.func("EPOCH_US", at)


def _literal(value: Any, kind: Type) -> exp.Expr:
    if kind.sort is Sort.BOOLEAN:
        return exp.true() if value else exp.false()
    if kind.sort is Sort.DAY:
        return day(value)
    if kind.sort is Sort.TEXT:
        return _text(str(value), kind)
    return whole(int(value))


def _text(value: str, kind: Type) -> exp.Expr:
    """A text as its column stores it: the position of its code, or the text itself. What is no code matches none."""
    if not kind.codes:
        return exp.Literal.string(value)
    return exp.Literal.number(kind.codes.index(value) if value in kind.codes else len(kind.codes))
