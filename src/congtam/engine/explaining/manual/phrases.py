"""Expressions in words: the nodes the engine computes with, said as a person would say them.

Terms and parameters appear by their titles, because that is what the rulebook's author called them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from congtam.engine.explaining.manual import words
from congtam.engine.explaining.manual.plain import figure
from congtam.engine.expressions import nodes as n
from congtam.engine.expressions.parse import Scope, parse
from congtam.engine.facts.tables import FAULT_KINDS
from congtam.engine.findings import Unusable
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.columns import COLUMNS
from congtam.engine.rulebook.model import Parameter
from congtam.engine.rulebook.parameters import parameter_types

_NUMBERS = {
    ">": ("lớn hơn", "is more than"),
    ">=": ("không nhỏ hơn", "is at least"),
    "<": ("nhỏ hơn", "is less than"),
    "<=": ("không lớn hơn", "is at most"),
    "==": ("bằng", "is"),
    "!=": ("khác", "is not"),
}
_MOMENTS = {
    ">": ("sau", "is after"),
    ">=": ("không trước", "is not before"),
    "<": ("trước", "is before"),
    "<=": ("không sau", "is not after"),
    "==": ("đúng", "is"),
    "!=": ("khác", "is not"),
}
_GRADES = {
    ">": ("cao hơn {}", "above {}"),
    ">=": ("từ {} trở lên", "at least {}"),
    "<": ("thấp hơn {}", "below {}"),
    "<=": ("không cao hơn {}", "not above {}"),
    "==": ("là {}", "{}"),
    "!=": ("không phải là {}", "not {}"),
}
_TEXTS = {"==": ("là", "is"), "!=": ("không phải là", "is not")}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}

IndicatorWords = Callable[[str, str], str]


@dataclass(frozen=True)
class Phrases:
    """Speaks one language about one rulebook's expressions; `indicator` says what a formula calls an indicator."""

    book: Rulebook
    lang: str
    indicator: IndicatorWords

    def say(self, node: n.Node, *, table: str | None = None) -> str:
        """A node in words. `table` is the table whose rows it reads; None for formulas over indicators."""
        return _Sayer(self, _terms(self.book, table) if table else {}).say(node)

    def term(self, name: str) -> str | None:
        """What a term says, with other terms by name; None when it fits no table."""
        for table in COLUMNS:
            terms = {term: node for node, term in _terms(self.book, table).items()}
            if name in terms:
                others = {node: term for term, node in terms.items() if term != name}
                return _Sayer(self, others).say(terms[name])
        return None

    def title_of_term(self, name: str) -> str:
        """The term's title, up to the sign with which it explains itself."""
        return self.book.head.terms[name].title.in_(self.lang).split(" = ")[0]

    def grade(self, grade_id: str) -> str:
        for card in self.book.draft.scorecards.values():
            for grade in card.grades:
                if grade.id == grade_id:
                    return f"“{grade.title.in_(self.lang)}”"
        return f"“{grade_id}”"

    def parameter(self, name: str) -> str:
        """A parameter by its title and present value."""
        own, _, entry = name.partition(".")
        parameter = self.book.head.parameters[own]
        shown = f", {entry}" if entry else ""
        return f"“{parameter.title.in_(self.lang)}{shown}” ({parameter_value(parameter, self.lang, entry)})"


def parameter_value(parameter: Parameter, lang: str, entry: str = "") -> str:
    """The latest value, or all of them when it depends on the day or on whom it is for."""
    said = []
    for one in parameter.values:
        value = one.value[entry] if isinstance(one.value, dict) and entry else one.value
        text = value_text(value, lang)
        when = [f"{one.from_:%d/%m/%Y}"] if one.from_ and len(parameter.values) > 1 else []
        whom = [f"{key} {wanted}" for key, wanted in one.for_.items()]
        said.append(f"{text} ({', '.join(when + whom)})" if when or whom else text)
    return "; ".join(said)


def value_text(value: object, lang: str) -> str:
    """A parameter's value: a figure, a choice, or a vector."""
    if isinstance(value, dict):
        return ", ".join(f"{entry} {figure(number, lang)}" for entry, number in value.items())
    if isinstance(value, Decimal):
        return figure(value, lang)
    text = str(value)
    known = words.CODE.get(text) or words.READING.get(text)
    return f"{text}: {known.in_(lang)}" if known and known.in_(lang) != text else text


def _terms(book: Rulebook, table: str) -> dict[n.Node, str]:
    """The terms that mean something for one table, by what they mean."""
    parameters = parameter_types(book.head.parameters, exact=False)
    bound: dict[str, n.Node] = {}
    waiting = {name: term.is_ for name, term in book.head.terms.items()}
    while waiting:
        made = {}
        for name, text in waiting.items():
            try:
                made[name] = parse(text, Scope(COLUMNS[table], parameters, bound, fault_kinds=FAULT_KINDS))
            except Unusable:
                continue  # it speaks of another table, or of a term that is not bound yet
        if not made:
            break
        bound |= made
        waiting = {name: text for name, text in waiting.items() if name not in made}
    return {node: name for name, node in reversed(bound.items())}


@dataclass(frozen=True)
class _Sayer:
    phrases: Phrases
    terms: dict[n.Node, str]

    def _in(self, pair: tuple[str, str]) -> str:
        return pair[1] if self.phrases.lang == "en" else pair[0]

    def say(self, node: n.Node) -> str:
        if node in self.terms:
            return f"“{self.phrases.title_of_term(self.terms[node])}”"
        match node:
            case n.Literal():
                return self._literal(node)
            case n.Column(name):
                return self._column(name)
            case n.Parameter(name):
                return self.phrases.parameter(name)
            case n.Faults(kind):
                return words.FAULT_COUNT[kind].in_(self.phrases.lang)
            case n.Negate(operand):
                return f"−{self._inner(operand)}"
            case n.Not(operand):
                return self._not(operand)
            case n.Arithmetic(op, left, right):
                return f"{self._factor(left, op)} {_SIGNS[op]} {self._factor(right, op)}"
            case n.Extreme(name, operands):
                first = {"min": ("số nhỏ nhất của", "the smallest of"), "max": ("số lớn nhất của", "the greatest of")}
                return f"{self._in(first[name])} {self._list(operands)}"
            case n.Mean(operands):
                said = ("trung bình của những mục có phát sinh trong", "the mean of those that arose among")
                return f"{self._in(said)} {self._list(operands)}"
            case n.Compare(op, left, right):
                return self._compare(op, left, right)
            case n.OneOf(operand, choices):
                return f"{self.say(operand)} {self._in(('thuộc', 'is one of'))} ({', '.join(map(self._code, choices))})"
            case n.Both(op, operands):
                joint = {"and": (" và ", " and "), "or": (" hoặc ", " or ")}[op]
                return self._in(joint).join(self._joined(operand) for operand in operands)
            case n.First(operands):
                return f"({self._in(('; chưa có thì ', '; else ')).join(map(self.say, operands))})"
            case n.Conditional(test, then, otherwise):
                middle, end = self._in(("nếu", "if")), self._in((", không thì ", ", otherwise "))
                return f"{self._branch(then)} {middle} {self.say(test)}{end}{self._branch(otherwise)}"
            case n.Known(operand):
                return self._in(("đã có", "known:")) + f" {self.say(operand)}"
            case n.Minutes(start, end):
                said = ("số phút từ {} đến {}", "minutes from {} to {}")
                return self._in(said).format(self.say(start), self.say(end))
            case n.Several(name, grades, op, grade):
                every = {"all": ("mọi", "all"), "any": ("có ít nhất một trong các", "one of the")}
                return f"{self._in(every[name])} {self.say(grades)} {self._graded(op, grade, plural=name == 'all')}"
            case _:
                assert_never(node)

    def _literal(self, node: n.Literal) -> str:
        value = node.value
        if isinstance(value, bool):
            return self._in(("có", "yes") if value else ("không", "no"))
        if node.type.sort is n.Sort.GRADE:
            return self.phrases.grade(str(value))
        if isinstance(value, int):
            return figure(Decimal(value).scaleb(-(node.type.scale or 0)), self.phrases.lang)
        if isinstance(value, Fraction):
            return figure(value, self.phrases.lang)
        return self._code(value) if isinstance(value, str) else f"{value:%d/%m/%Y}"

    def _code(self, code: str) -> str:
        known = words.CODE.get(code)
        return f"“{known.in_(self.phrases.lang) if known else code}”"

    def _column(self, name: str) -> str:
        text = words.RELATED.get(name)
        if text is None and name in self.phrases.book.indicators:
            return self.phrases.indicator(name, self.phrases.lang)
        return (text or words.COLUMN[name]).in_(self.phrases.lang)

    def _not(self, operand: n.Node) -> str:
        if isinstance(operand, n.Column):
            return f"{self._in(('không', 'not'))} {self.say(operand)}"
        return f"{self._in(('không phải', 'not'))} {self._inner(operand)}"

    def _compare(self, op: str, left: n.Node, right: n.Node) -> str:
        tables = {
            n.Sort.INSTANT: _MOMENTS,
            n.Sort.DAY: _MOMENTS,
            n.Sort.TEXT: _TEXTS,
            n.Sort.BOOLEAN: _TEXTS,
        }
        if left.type.sort is n.Sort.GRADE:
            return f"{self.say(left)} {self._graded(op, right)}"
        verb = self._in(tables.get(left.type.sort, _NUMBERS)[op])
        return f"{self.say(left)} {verb} {self.say(right)}"

    def _graded(self, op: str, grade: n.Node, *, plural: bool = False) -> str:
        be = "" if self.phrases.lang == "vi" else ("are " if plural else "is ")
        return be + self._in(_GRADES[op]).format(self.say(grade))

    def _list(self, operands: tuple[n.Node, ...]) -> str:
        return f"({'; '.join(map(self.say, operands))})"

    def _factor(self, node: n.Node, op: str) -> str:
        """One side of a sum or product; a product inside a sum needs no brackets."""
        if isinstance(node, n.Arithmetic) and op in "+-" and node.op in "*/" and node not in self.terms:
            return self.say(node)
        return self._inner(node)

    def _joined(self, node: n.Node) -> str:
        return self._inner(node) if isinstance(node, n.Both | n.Conditional) else self.say(node)

    def _branch(self, node: n.Node) -> str:
        """One outcome of a condition; a sum or product reads well without brackets."""
        return self.say(node) if isinstance(node, n.Arithmetic) else self._inner(node)

    def _inner(self, node: n.Node) -> str:
        """A part of something larger, in brackets when it is not a single thing."""
        whole = isinstance(node, n.Arithmetic | n.Both | n.Conditional | n.Compare) and node not in self.terms
        return f"({self.say(node)})" if whole else self.say(node)
