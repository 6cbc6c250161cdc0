"""Formulas and conditions over the figures of many subjects: `expressions.compute`, in arrays of exact ratios."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import eq, ge, gt, le, lt, ne, or_
from typing import Any

import numpy as np

from congtam.engine.expressions.compute import NOT_ARISEN as NOT_ARISEN_VALUE
from congtam.engine.expressions.compute import compute
from congtam.engine.expressions.nodes import (
    Arithmetic,
    Both,
    Column,
    Compare,
    Conditional,
    Extreme,
    First,
    Known,
    Mean,
    Negate,
    Node,
    Not,
    Several,
    Sort,
    columns,
)
from congtam.engine.scoring.many.ratios import (
    MISSING,
    NOT_ARISEN,
    THERE,
    Ratios,
    add,
    choose,
    compare,
    constant,
    divide,
    greatest,
    least,
    mean,
    multiply,
    negative,
    subtract,
    truths,
    whole,
)
from congtam.engine.scoring.rules import Subject
from congtam.engine.scoring.subject import Related

_OPS = {">": gt, ">=": ge, "<": lt, "<=": le, "==": eq, "!=": ne}
_ARITHMETIC = {"+": add, "-": subtract, "*": multiply, "/": divide}
_IN_ARRAYS = (Sort.NUMBER, Sort.BOOLEAN, Sort.GRADE)
SUBORDINATES = "subordinates.grade"
_NOBODY: frozenset[str | None] = frozenset()


class BeyondArrays(Exception):  # noqa: N818 (nothing is wrong: such rules are for the scorer of one subject)
    """The rule says something that arrays of ratios cannot hold, such as a text chosen by a figure."""


@dataclass(frozen=True)
class Others:
    """What formulas may read besides figures: the role, and grades of others, of the same subjects in their order."""

    subjects: Sequence[Subject]
    related: Sequence[Related]
    grades: tuple[str, ...]

    def value(self, name: str) -> Ratios:
        """The role, or the rank of a grade."""
        if name == "leader":
            return truths(np.array([one.role == "leader" for one in self.subjects]), np.array([THERE]))
        rank = {grade: len(self.grades) - index for index, grade in enumerate(self.grades)}
        given = [one.unit if name == "unit.grade" else one.organisation for one in self.related]
        top = whole([rank.get(grade or "", 0) for grade in given])
        return Ratios(top, whole([1]), np.where(top == 0, MISSING, THERE))

    @cached_property
    def below(self) -> list[frozenset[str | None]]:
        """The grades of those below each subject; None among them where one is still missing."""
        return [frozenset(one.subordinates) if one.below else _NOBODY for one in self.related]


@dataclass(frozen=True)
class Formulas:
    """Expressions over figures by name, and over what is known of others."""

    values: Mapping[str, Ratios]
    others: Others

    def of(self, node: Node, parameters: Mapping[str, Any]) -> Ratios:
        """What a node means for every subject. Raises `BeyondArrays`."""
        return _Reader(self.values, self.others, parameters).read(node)

    def imagined(self, values: Mapping[str, Ratios]) -> "Formulas":
        """The same with other values for some names."""
        return Formulas({**self.values, **values}, self.others)


class _Reader:
    def __init__(self, values: Mapping[str, Ratios], others: Others, parameters: Mapping[str, Any]):
        self.values, self.others, self.parameters = values, others, parameters

    def read(self, node: Node) -> Ratios:
        if node.type.sort not in _IN_ARRAYS:
            raise BeyondArrays(f"{node.type}")
        if not columns(node):
            return constant(compute(node, self.parameters, self.others.grades)({}))
        match node:
            case Column(name=name):
                return self.values[name] if name in self.values else self.others.value(name)
            case Negate(operand):
                return negative(self.read(operand))
            case Not(operand):
                value = self.read(operand)
                return truths(value.top == 0, value.state)
            case Arithmetic(op, left, right):
                return _ARITHMETIC[op](self.read(left), self.read(right))
            case Extreme(name, operands):
                return (least if name == "min" else greatest)(*map(self.read, operands))
            case Mean(operands):
                return mean([self.read(operand) for operand in operands])
            case Compare(op, first, second):
                one, other = self.read(first), self.read(second)
                return truths(compare(_OPS[op], one, other), np.maximum(one.state, other.state))
            case Both(op, operands):
                return self._both(op == "or", [self.read(operand) for operand in operands])
            case First(operands):
                return self._first([self.read(operand) for operand in operands])
            case Conditional(test, then, otherwise):
                return self._conditional(self.read(test), self.read(then), self.read(otherwise))
            case Known(operand):
                return truths(self.read(operand).there, np.array([THERE]))
            case Several():
                return self._several(node)
        raise BeyondArrays(type(node).__name__)

    def _both(self, decides: bool, values: list[Ratios]) -> Ratios:
        decided = reduce(or_, (one.there & ((one.top != 0) == decides) for one in values))
        open_ = reduce(or_, (~one.there for one in values))
        holds = decided if decides else ~decided
        return truths(holds, np.where(~decided & open_, MISSING, THERE))

    def _first(self, values: list[Ratios]) -> Ratios:
        missing = reduce(or_, (one.state == MISSING for one in values))
        none = constant(None)
        made = Ratios(none.top, none.bottom, np.where(missing, MISSING, NOT_ARISEN))
        for one in reversed(values):
            made = choose(one.there, one, made)
        return made

    def _conditional(self, test: Ratios, then: Ratios, otherwise: Ratios) -> Ratios:
        made = choose(test.true, then, otherwise)
        return Ratios(made.top, made.bottom, np.where(test.there, made.state, test.state))

    def _several(self, node: Several) -> Ratios:
        """Asked once for each set of grades: neither their order nor how many hold one matters."""
        if columns(node) != {SUBORDINATES}:
            raise BeyondArrays("grades of others against a grade that differs by subject")
        one, below = compute(node, self.parameters, self.others.grades), self.others.below
        verdicts = {grades: one({SUBORDINATES: tuple(grades)}) for grades in set(below)}
        codes = {None: MISSING, NOT_ARISEN_VALUE: NOT_ARISEN}
        holds = np.array([verdicts[grades] is True for grades in below])
        return truths(holds, np.array([codes.get(verdicts[grades], THERE) for grades in below], dtype=np.int8))
