"""The vocabulary of expressions: frozen nodes, each typed and checked when it is made.

A number has a `scale`: the power of ten it is counted in, so that a coefficient (hundredths) times a weight
(millionths) is a whole number of 10⁻⁸. A formula over indicators works with exact ratios (`scale` None).
Any value may be missing; a comparison with a missing value is missing, and `and`, `or`, `not` keep it so
unless the other side decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Sort(StrEnum):
    """What a value is."""

    NUMBER = "number"
    BOOLEAN = "yes or no"
    INSTANT = "instant"
    DAY = "day"
    TEXT = "text"
    GRADE = "grade"
    GRADES = "grades of several subjects"


@dataclass(frozen=True)
class Type:
    """A sort, with the scale of a number (None: exact ratio) and the codes a text may take (empty: any)."""

    sort: Sort
    scale: int | None = 0
    codes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return str(self.sort)


BOOLEAN, INSTANT, DAY, TEXT = Type(Sort.BOOLEAN), Type(Sort.INSTANT), Type(Sort.DAY), Type(Sort.TEXT)
GRADE, GRADES = Type(Sort.GRADE), Type(Sort.GRADES)
EXACT = Type(Sort.NUMBER, None)


def number(scale: int) -> Type:
    """A whole number of 10^-scale."""
    return Type(Sort.NUMBER, scale)


COUNT = number(0)


class Mistake(Exception):  # noqa: N818 (it is the author's, and becomes a finding)
    """The expression does not mean anything; `advice` says what to write instead."""

    def __init__(self, message: str, advice: str):
        super().__init__(message)
        self.advice = advice


@dataclass(frozen=True)
class Literal:
    """A number (whole, in its scale), text, day, grade or yes/no written in the rule."""

    value: int | str | date | bool | Fraction
    type: Type


@dataclass(frozen=True)
class Column:
    """A column of the row, or (in a formula) an indicator of the subject."""

    name: str
    type: Type


@dataclass(frozen=True)
class Parameter:
    """A dated parameter of the rulebook, by name."""

    name: str
    type: Type


@dataclass(frozen=True)
class Faults:
    """How many unvoided faults of one kind are charged to the row in the period."""

    kind: str
    type: Type = COUNT


@dataclass(frozen=True)
class Negate:
    """Minus."""

    operand: "Node"

    def __post_init__(self) -> None:
        _need(self.operand, Sort.NUMBER, "-")

    @property
    def type(self) -> Type:
        return self.operand.type


@dataclass(frozen=True)
class Not:
    """No for yes, yes for no, missing for missing."""

    operand: "Node"
    type: Type = BOOLEAN

    def __post_init__(self) -> None:
        _need(self.operand, Sort.BOOLEAN, "not")


@dataclass(frozen=True)
class Arithmetic:
    """Sum, difference, product, or (formulas only) quotient of two numbers."""

    op: str
    left: "Node"
    right: "Node"

    def __post_init__(self) -> None:
        _need(self.left, Sort.NUMBER, self.op)
        _need(self.right, Sort.NUMBER, self.op)
        if self.op == "/" and self.type.scale is not None:
            raise Mistake(
                "a row cannot divide: engines must yield whole numbers",
                "use ratio_of {top, bottom} or a formula",
            )

    @property
    def type(self) -> Type:
        left, right = self.left.type.scale, self.right.type.scale
        if left is None or right is None:
            return EXACT
        if self.op == "*":
            return number(left + right)
        return number(max(left, right))


@dataclass(frozen=True)
class Extreme:
    """The smallest or greatest of several numbers; missing if one is missing."""

    name: str
    operands: tuple["Node", ...]

    def __post_init__(self) -> None:
        if len(self.operands) < 2:
            raise Mistake(f"{self.name} needs at least two values", f"write {self.name}(a, b)")
        for operand in self.operands:
            _need(operand, Sort.NUMBER, self.name)

    @property
    def type(self) -> Type:
        return widest(self.operands)


@dataclass(frozen=True)
class Mean:
    """The mean of those values that apply (formulas only): what did not arise is left out, what is missing stays so."""

    operands: tuple["Node", ...]
    type: Type = EXACT

    def __post_init__(self) -> None:
        for operand in self.operands:
            _need(operand, Sort.NUMBER, "mean")


@dataclass(frozen=True)
class Compare:
    """A comparison; an instant against a day compares the day in Vietnam."""

    op: str
    left: "Node"
    right: "Node"
    type: Type = BOOLEAN

    def __post_init__(self) -> None:
        left, right = self.left.type.sort, self.right.type.sort
        dated = {Sort.INSTANT, Sort.DAY}
        if left != right and {left, right} != dated:
            raise Mistake(f"{left} cannot be compared with {right}", "compare two values of one kind")
        if left in (Sort.TEXT, Sort.BOOLEAN) and self.op not in ("==", "!="):
            raise Mistake(f"{left} has no order", "use == or !=")
        _check_codes(self.left, self.right)
        _check_codes(self.right, self.left)


@dataclass(frozen=True)
class OneOf:
    """Whether a text is one of those listed."""

    operand: "Node"
    choices: tuple[str, ...]
    type: Type = BOOLEAN

    def __post_init__(self) -> None:
        _need(self.operand, Sort.TEXT, "in")
        for choice in self.choices:
            _check_codes(self.operand, Literal(choice, TEXT))


@dataclass(frozen=True)
class Both:
    """Whether all (`and`) or any (`or`) of the conditions hold."""

    op: str
    operands: tuple["Node", ...]
    type: Type = BOOLEAN

    def __post_init__(self) -> None:
        for operand in self.operands:
            _need(operand, Sort.BOOLEAN, self.op)


@dataclass(frozen=True)
class First:
    """The first value that is not missing: `a or b` on instants, days and numbers, and `first(…)`."""

    operands: tuple["Node", ...]

    def __post_init__(self) -> None:
        sorts = {operand.type.sort for operand in self.operands}
        if len(sorts) != 1:
            raise Mistake("first(…) needs values of one kind", "compare like with like")

    @property
    def type(self) -> Type:
        return widest(self.operands)


@dataclass(frozen=True)
class Conditional:
    """`a if condition else b`; a missing condition gives a missing value."""

    test: "Node"
    then: "Node"
    otherwise: "Node"

    def __post_init__(self) -> None:
        _need(self.test, Sort.BOOLEAN, "if")
        if self.then.type.sort != self.otherwise.type.sort:
            raise Mistake("both sides of `if … else …` must be of one kind", "compare like with like")

    @property
    def type(self) -> Type:
        return widest((self.then, self.otherwise))


@dataclass(frozen=True)
class Known:
    """Whether a value is there."""

    operand: "Node"
    type: Type = BOOLEAN


@dataclass(frozen=True)
class Minutes:
    """Whole minutes from one instant to another; never negative."""

    start: "Node"
    end: "Node"
    type: Type = COUNT

    def __post_init__(self) -> None:
        _need(self.start, Sort.INSTANT, "minutes")
        _need(self.end, Sort.INSTANT, "minutes")


@dataclass(frozen=True)
class Several:
    """Whether all, or any, of the grades of related subjects stand in a relation to one grade (formulas only)."""

    name: str
    grades: "Column"
    op: str
    grade: "Node"
    type: Type = BOOLEAN


Node = (
    Literal
    | Column
    | Parameter
    | Faults
    | Negate
    | Not
    | Arithmetic
    | Extreme
    | Mean
    | Compare
    | OneOf
    | Both
    | First
    | Conditional
    | Known
    | Minutes
    | Several
)


def widest(nodes: tuple[Node, ...]) -> Type:
    """The type that holds all of several values of one sort."""
    first = nodes[0].type
    if first.sort is not Sort.NUMBER:  # texts of different codes are plain texts together
        return first if all(node.type == first for node in nodes) else Type(first.sort)
    scales = [node.type.scale for node in nodes]
    known = [scale for scale in scales if scale is not None]
    return EXACT if len(known) < len(scales) else number(max(known))


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below one."""
    match node:
        case Negate(operand) | Not(operand) | Known(operand) | OneOf(operand, _):
            return (operand,)
        case Arithmetic(_, left, right) | Compare(_, left, right):
            return (left, right)
        case Extreme(_, operands) | Both(_, operands) | First(operands) | Mean(operands):
            return operands
        case Conditional(test, then, otherwise):
            return (test, then, otherwise)
        case Minutes(start, end):
            return (start, end)
        case Several(_, grades, _, grade):
            return (grades, grade)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    for child in children(node):
        yield from walk(child)


def columns(node: Node) -> frozenset[str]:
    """The names of all columns (or indicators) a node reads."""
    own = frozenset({node.name}) if isinstance(node, Column) else frozenset()
    return own.union(*(columns(child) for child in children(node)))


def _need(node: Node, sort: Sort, where: str) -> None:
    if node.type.sort is not sort:
        raise Mistake(f"`{where}` needs a {sort}, not a {node.type.sort}", "check the names on either side")


def _check_codes(column: Node, literal: Node) -> None:
    codes = column.type.codes
    if codes and isinstance(literal, Literal) and literal.value not in codes:
        raise Mistake(f"{literal.value!r} never occurs there", f"known: {', '.join(codes)}")
