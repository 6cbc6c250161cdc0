"""Text to nodes. Python's own parser reads the syntax; everything not listed here is refused by name."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from warnings import catch_warnings, simplefilter

from congtam.engine.expressions.nodes import (
    DAY,
    EXACT,
    GRADE,
    TEXT,
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
    Mistake,
    Negate,
    Node,
    Not,
    OneOf,
    Parameter,
    Several,
    Sort,
    Type,
    number,
)
from congtam.engine.findings import Place, did_you_mean, unusable

_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARE = {ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!="}
_FUNCTIONS = ("min", "max", "first", "known", "minutes", "faults", "mean", "all", "any")
LONGEST = 2000
DEEPEST = 40
LARGEST = 2**63 - 1
MOST_DIGITS = 15


@dataclass(frozen=True)
class Scope:
    """What an expression may name. `exact` marks formulas over indicators, where numbers are ratios and `/` exists."""

    columns: Mapping[str, Type] = field(default_factory=dict)
    parameters: Mapping[str, Type] = field(default_factory=dict)
    terms: Mapping[str, Node] = field(default_factory=dict)
    grades: tuple[str, ...] = ()
    fault_kinds: tuple[str, ...] = ()
    exact: bool = False

    @property
    def names(self) -> list[str]:
        return sorted({*self.columns, *self.parameters, *self.terms, *self.grades})


def parse(text: str, scope: Scope, place: Place | None = None) -> Node:
    """The node that `text` means. Raises `Unusable` with one finding that says what it does not mean."""
    try:
        if len(text) > LONGEST:
            raise Mistake(f"the expression is longer than {LONGEST} characters", "name its pieces as terms")
        with catch_warnings():
            simplefilter("error")  # what Python only warns of is no expression here
            tree = ast.parse(text.strip(), mode="eval")
        return _Reader(scope).read(tree.body)
    except Mistake as mistake:
        raise unusable("bad-expression", f"`{_short(text)}`: {mistake}", mistake.advice, place) from None
    except (SyntaxError, Warning, ValueError, RecursionError, MemoryError) as error:
        why = getattr(error, "msg", None) or "it cannot be read"
        raise unusable(
            "bad-expression", f"`{_short(text)}` is not an expression: {why}", "check brackets and words", place
        ) from None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:77] + "…"


class _Reader:
    """Reads one tree; `depth` is how far inside it stands."""

    def __init__(self, scope: Scope):
        self.scope, self.depth = scope, 0

    def read(self, tree: ast.expr) -> Node:
        """The node of a tree. Raises `Mistake` for whatever is not part of the language."""
        if self.depth >= DEEPEST:
            raise Mistake(f"the expression nests deeper than {DEEPEST}", "name its pieces as terms")
        self.depth += 1
        try:
            return self._read(tree)
        finally:
            self.depth -= 1

    def _read(self, tree: ast.expr) -> Node:
        match tree:
            case ast.Constant(value):
                return self._literal(tree, value)
            case ast.Name(id=name):
                return self._name(name)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                return self._name(f"{owner}.{name}")
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.read(operand))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negate(self.read(operand))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                return Arithmetic(_ARITHMETIC[type(op)], self.read(left), self.read(right))
            case ast.BoolOp(op=op, values=values):
                return self._both(op, tuple(self.read(value) for value in values))
            case ast.IfExp(test=test, body=then, orelse=otherwise):
                return Conditional(self.read(test), self.read(then), self.read(otherwise))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compare(left, op, right)
            case ast.Compare():
                raise Mistake("comparisons are not chained", "write `a < b and b < c`")
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(name, args)
        raise Mistake(f"{_called(tree)} is not part of the language", "use names, numbers, + - * and comparisons")

    def _literal(self, tree: ast.Constant, value: object) -> Node:
        if isinstance(value, bool):
            return Literal(value, Type(Sort.BOOLEAN))
        if isinstance(value, int | float):
            exact = Decimal(ast.unparse(tree)) if isinstance(value, float) else Decimal(value)
            if len(exact.as_tuple().digits) > MOST_DIGITS:
                raise Mistake(f"{_short(ast.unparse(tree))} has more than {MOST_DIGITS} digits", "round it")
            if self.scope.exact:
                return Literal(Fraction(exact), EXACT)
            exponent = exact.as_tuple().exponent
            scale = max(0, -exponent) if isinstance(exponent, int) else 0
            if abs(exact) > LARGEST or scale > MOST_DIGITS:
                raise Mistake(f"{_short(ast.unparse(tree))} does not fit the whole numbers of rows", "write it smaller")
            return Literal(int(exact.scaleb(scale)), number(scale))
        if isinstance(value, str):
            return Literal(value, TEXT)
        raise Mistake(f"{value!r} is no value of the language", "use a number, a text or a name")

    def _name(self, name: str) -> Node:
        scope = self.scope
        if name in scope.terms:
            return scope.terms[name]
        if name in scope.columns:
            return Column(name, scope.columns[name])
        if name in scope.parameters:
            return Parameter(name, scope.parameters[name])
        if name in scope.grades:
            return Literal(name, GRADE)
        raise Mistake(f"there is no name {name!r} here", did_you_mean(name, scope.names))

    def _both(self, op: ast.boolop, operands: tuple[Node, ...]) -> Node:
        if isinstance(op, ast.And):
            return Both("and", operands)
        if all(operand.type.sort is Sort.BOOLEAN for operand in operands):
            return Both("or", operands)
        return First(operands)

    def _compare(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Node:
        if isinstance(op, ast.In | ast.NotIn) and isinstance(right, ast.Tuple | ast.List | ast.Set):
            if not right.elts:
                raise Mistake("`in ()` lists nothing", 'write kind in ("task", "document")')
            found = OneOf(self.read(left), tuple(self._text(choice) for choice in right.elts))
            return Not(found) if isinstance(op, ast.NotIn) else found
        if type(op) not in _COMPARE:
            raise Mistake(f"{_called(op)} is not part of the language", "use > >= < <= == != or `in (…)`")
        first, second = self.read(left), self.read(right)
        return Compare(_COMPARE[type(op)], _as_day(first, second), _as_day(second, first))

    def _text(self, tree: ast.expr) -> str:
        if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
            return tree.value
        raise Mistake("`in (…)` lists texts only", 'write kind in ("task", "document")')

    def _call(self, name: str, args: list[ast.expr]) -> Node:
        if name in ("all", "any"):
            return self._several(name, args)
        if name == "faults":
            return self._faults(args)
        operands = tuple(self.read(arg) for arg in args)
        match name, len(operands):
            case (("min" | "max"), _):
                return Extreme(name, operands)
            case "first", n if n > 0:
                return First(operands)
            case "mean", n if n > 0 and self.scope.exact:
                return Mean(operands)
            case "known", 1:
                return Known(operands[0])
            case "minutes", 2:
                return Minutes(operands[0], operands[1])
        raise Mistake(f"{name}(…) with {len(operands)} values is not a function here", did_you_mean(name, _FUNCTIONS))

    def _faults(self, args: list[ast.expr]) -> Node:
        if len(args) != 1 or not self.scope.fault_kinds:
            raise Mistake("faults(…) takes one kind of fault, in a row", 'write faults("quality")')
        kind = self._text(args[0])
        if kind not in self.scope.fault_kinds:
            raise Mistake(f"there is no fault kind {kind!r}", did_you_mean(kind, self.scope.fault_kinds))
        return Faults(kind)

    def _several(self, name: str, args: list[ast.expr]) -> Node:
        if len(args) == 1 and isinstance(args[0], ast.Compare) and len(args[0].ops) == 1:
            left, right = self.read(args[0].left), self.read(args[0].comparators[0])
            op = _COMPARE.get(type(args[0].ops[0]))
            if isinstance(left, Column) and left.type.sort is Sort.GRADES and op and right.type.sort is Sort.GRADE:
                return Several(name, left, op, right)
        raise Mistake(f"{name}(…) compares grades of several subjects", f"write {name}(subordinates.grade >= complete)")


def _as_day(node: Node, other: Node) -> Node:
    """A text written against a day or an instant is a day."""
    if isinstance(node, Literal) and node.type == TEXT and other.type.sort in (Sort.DAY, Sort.INSTANT):
        try:
            return Literal(date.fromisoformat(str(node.value)), DAY)
        except ValueError:
            raise Mistake(f"{node.value!r} is not a day", "write a day like '2026-07-01'") from None
    return node


def _called(tree: ast.AST) -> str:
    names = {
        ast.Call: "calling this",
        ast.Attribute: "an attribute of this kind",
        ast.Subscript: "a subscript",
        ast.Lambda: "a lambda",
        ast.BinOp: "this operator",
        ast.ListComp: "a comprehension",
        ast.NamedExpr: "an assignment",
        ast.JoinedStr: "a formatted text",
    }
    return names.get(type(tree), f"`{type(tree).__name__}`")
