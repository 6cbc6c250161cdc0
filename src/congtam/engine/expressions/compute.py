"""Nodes to plain functions of one row: the reference meaning of the language.

A compiled node takes a row (a mapping from column to value) and gives a value, or None where it is missing.
Numbers are whole numbers in the node's scale, or fractions in formulas. Nothing is optimised; it is read, not admired.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

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
    Mean,
    Minutes,
    Negate,
    Node,
    Not,
    OneOf,
    Parameter,
    Several,
    Sort,
    Type,
)
from congtam.engine.periods import local_day

Row = Mapping[str, Any]
Function = Callable[[Row], Any]

_OPS: dict[str, Callable[[Any, Any], Any]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
}


class NotArisen:
    """Marks an indicator for which nothing arose, inside formulas."""

    def __repr__(self) -> str:
        return "NOT_ARISEN"


NOT_ARISEN = NotArisen()


def compute(node: Node, parameters: Mapping[str, Any], grades: tuple[str, ...] = ()) -> Function:
    """The function of a row that `node` means, with parameters bound; `grades` from best to worst."""
    return _Computer(parameters, grades).of(node)


class _Computer:
    def __init__(self, parameters: Mapping[str, Any], grades: tuple[str, ...]):
        self.parameters = parameters
        self.rank = {grade: len(grades) - index for index, grade in enumerate(grades)}

    def of(self, node: Node) -> Function:
        method = getattr(self, f"_{type(node).__name__.lower()}")
        function: Function = method(node)
        return function

    def scaled(self, node: Node, to: Type) -> Function:
        """A number brought to a wider scale."""
        function = self.of(node)
        if to.sort is not Sort.NUMBER or node.type.scale == to.scale:
            return function
        if to.scale is None:
            unit = 10 ** (node.type.scale or 0)
            return lambda row: _map(function(row), lambda value: Fraction(value, unit))
        factor = 10 ** (to.scale - (node.type.scale or 0))
        return lambda row: _map(function(row), lambda value: value * factor)

    def _literal(self, node: Literal) -> Function:
        value = self.rank[str(node.value)] if node.type.sort is Sort.GRADE else node.value
        return lambda row: value

    def _column(self, node: Column) -> Function:
        name = node.name
        if node.type.sort is Sort.GRADE:
            return lambda row: self.rank.get(row[name]) if row[name] is not None else None
        return lambda row: row[name]

    def _parameter(self, node: Parameter) -> Function:
        value = self.parameters.get(node.name)  # not begun on the day: missing
        return lambda row: value

    def _faults(self, node: Faults) -> Function:
        kind = node.kind
        return lambda row: row["faults"].get(kind, 0)

    def _negate(self, node: Negate) -> Function:
        function = self.of(node.operand)
        return lambda row: _map(function(row), operator.neg)

    def _not(self, node: Not) -> Function:
        function = self.of(node.operand)
        return lambda row: _map(function(row), operator.not_)

    def _arithmetic(self, node: Arithmetic) -> Function:
        combine = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": _quotient}[node.op]
        if node.op in "+-":
            left, right = self.scaled(node.left, node.type), self.scaled(node.right, node.type)
        else:
            left, right = self.of(node.left), self.of(node.right)
        return lambda row: _both_known(left(row), right(row), combine)

    def _extreme(self, node: Extreme) -> Function:
        functions = [self.scaled(operand, node.type) for operand in node.operands]
        choose = min if node.name == "min" else max

        def extreme(row: Row) -> Any:
            values = [function(row) for function in functions]
            unknown = _unknown(values)
            return choose(values) if unknown is False else unknown

        return extreme

    def _mean(self, node: Mean) -> Function:
        functions = [self.scaled(operand, node.type) for operand in node.operands]

        def mean(row: Row) -> Any:
            values = [value for function in functions if (value := function(row)) is not NOT_ARISEN]
            if not values:
                return NOT_ARISEN
            return None if None in values else sum(values, Fraction(0)) / len(values)

        return mean

    def _compare(self, node: Compare) -> Function:
        op = _OPS[node.op]
        left, right = node.left, node.right
        if left.type.sort is Sort.NUMBER:
            wide = Type(Sort.NUMBER, _wider(left.type.scale, right.type.scale))
            first, second = self.scaled(left, wide), self.scaled(right, wide)
        else:
            first, second = self.of(left), self.of(right)
        if left.type.sort != right.type.sort:
            return lambda row: _both_known(_day(first(row)), _day(second(row)), op)
        return lambda row: _both_known(first(row), second(row), op)

    def _oneof(self, node: OneOf) -> Function:
        function, choices = self.of(node.operand), frozenset(node.choices)
        return lambda row: _map(function(row), choices.__contains__)

    def _both(self, node: Both) -> Function:
        functions = [self.of(operand) for operand in node.operands]
        decides = node.op == "or"

        def both(row: Row) -> bool | None:
            missing = False
            for function in functions:
                value = function(row)
                if value is None or value is NOT_ARISEN:
                    missing = True
                elif bool(value) is decides:
                    return decides
            return None if missing else not decides

        return both

    def _first(self, node: First) -> Function:
        functions = [self.scaled(operand, node.type) for operand in node.operands]

        def first(row: Row) -> Any:
            values = [function(row) for function in functions]
            there = (value for value in values if value is not None and value is not NOT_ARISEN)
            return next(there, None if None in values else NOT_ARISEN)

        return first

    def _conditional(self, node: Conditional) -> Function:
        test = self.of(node.test)
        then, otherwise = self.scaled(node.then, node.type), self.scaled(node.otherwise, node.type)

        def conditional(row: Row) -> Any:
            holds = test(row)
            if holds is None or holds is NOT_ARISEN:
                return holds
            return then(row) if holds else otherwise(row)

        return conditional

    def _known(self, node: Known) -> Function:
        function = self.of(node.operand)
        return lambda row: (value := function(row)) is not None and value is not NOT_ARISEN

    def _minutes(self, node: Minutes) -> Function:
        start, end = self.of(node.start), self.of(node.end)
        return lambda row: _both_known(start(row), end(row), _minutes_between)

    def _several(self, node: Several) -> Function:
        op, name, wanted = _OPS[node.op], node.grades.name, self.of(node.grade)
        decides = node.name == "any"

        def several(row: Row) -> Any:
            grades = row[name]
            if not grades:
                return NOT_ARISEN
            verdicts = [None if grade is None else op(self.rank[grade], wanted(row)) for grade in grades]
            if decides in verdicts:
                return decides
            return None if None in verdicts else not decides

        return several


def _map(value: Any, function: Callable[[Any], Any]) -> Any:
    return value if value is None or value is NOT_ARISEN else function(value)


def _both_known(left: Any, right: Any, function: Callable[[Any, Any], Any]) -> Any:
    if left is None or right is None:
        return None
    if left is NOT_ARISEN or right is NOT_ARISEN:
        return NOT_ARISEN
    return function(left, right)


def _unknown(values: list[Any]) -> Any:
    """None if a value is missing, NOT_ARISEN if one did not arise, False if all are there."""
    if None in values:
        return None
    return NOT_ARISEN if any(value is NOT_ARISEN for value in values) else False


def _wider(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else max(left, right)


def _quotient(left: Any, right: Any) -> Any:
    """A quotient by zero did not arise: there was nothing to divide among."""
    return NOT_ARISEN if right == 0 else Fraction(left, right)


def _day(value: Any) -> date | None:
    return local_day(value) if isinstance(value, datetime) else value


def _minutes_between(start: datetime, end: datetime) -> int:
    return max(0, int((end - start).total_seconds()) // 60)
