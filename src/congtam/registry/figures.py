"""The numbers and choices of a rulebook that a site can set by form: where each stands, what it is, on what it stands.

Steps from a value to points and the two values of a pair are told as one text each (`values`).

A path goes by names, as in `changes.yaml` of a rulebook laid over another: `parameters/quality_cut/value`,
`scorecards/month/parts/results/points`, `scorecards/month/grades/good/from`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import (
    Certainty,
    LegalBasis,
    Parameter,
    Part,
    Scorecard,
    Sourced,
    Text,
)
from congtam.engine.rulebook.parameters import is_share

Kind = Literal["share", "amount", "count", "points", "choice", "steps", "pair"]


@dataclass(frozen=True)
class Figure:
    """One number or choice. `block` is the path of the block that answers for it, `stated` whether that block states
    its legal basis itself; `titles` lead to it, the outermost first."""

    path: str
    block: str
    titles: tuple[Text, ...]
    kind: Kind
    value: str
    choices: tuple[str, ...]
    basis: LegalBasis | None
    stated: bool
    owner: str | None

    @property
    def certainty(self) -> Certainty:
        return self.basis.certainty if self.basis else Certainty.UNVERIFIED


def figures(book: Rulebook) -> dict[str, Figure]:
    """Every number and choice of a rulebook that can be set, by path."""
    return {one.path: one for one in (*_parameters(book), *_scorecards(book), *_pairs(book))}


@dataclass(frozen=True)
class _Above:
    """What a block inherits: the path and titles that lead to it, the basis and the owner above it."""

    path: str
    titles: tuple[Text, ...]
    basis: LegalBasis | None
    owner: str | None
    stated: bool

    def into(self, step: str, block: Sourced, title: Text | None = None) -> "_Above":
        """The same for a block inside."""
        return _Above(
            f"{self.path}/{step}",
            self.titles if title is None else (*self.titles, title),
            block.legal_basis or self.basis,
            block.owner or self.owner,
            block.legal_basis is not None,
        )

    def figure(
        self, step: str, kind: Kind, value: Decimal | int | str, title: Text, choices: tuple[str, ...] = ()
    ) -> Figure:
        text = plain(value) if isinstance(value, Decimal) else str(value)
        path, titles = f"{self.path}/{step}", (*self.titles, title)
        return Figure(path, self.path, titles, kind, text, choices, self.basis, self.stated, self.owner)


def plain(value: Decimal) -> str:
    """A number as rulebooks write it, without needless zeros."""
    return f"{value.normalize():f}"


POINTS = Text(vi="số điểm", en="points")
VALUE = Text(vi="giá trị", en="value")
FLOOR = Text(vi="từ (điểm)", en="from (points)")
ABOVE = Text(vi="trên (điểm)", en="above (points)")
BELOW = Text(vi="dưới (điểm)", en="below (points)")
ITEMS = Text(vi="số việc tối thiểu để xếp loại", en="least items for a grade")
DAYS = Text(vi="số ngày làm việc tối thiểu để xếp loại", en="least working days for a grade")
MONTHS = Text(vi="số tháng tối thiểu để xếp loại", en="least months for a grade")
TERM = Text(vi="số ngày làm việc kể từ bước trước", en="working days after the step before")
CALENDAR_TERM = Text(vi="số ngày kể từ bước trước", en="days after the step before")
LEAST = Text(vi="số việc tối thiểu để máy đề xuất", en="least items for a proposal")
LIMIT = Text(vi="tỷ lệ tối đa", en="largest share")
TARGET = Text(vi="mục tiêu để đạt trọn điểm", en="target for all points")
FULL = Text(vi="mức đủ điểm", en="all points at")
STEPS = Text(vi="bậc điểm (từ: điểm; …)", en="steps (from: points; …)")
PAIR = Text(vi="tỷ lệ khi đạt và khi không đạt điều kiện", en="rates when the condition holds and when not")
ZERO = Text(vi="mức không điểm", en="no points at")


def _head(book: Rulebook, path: str) -> _Above:
    """What a rulebook hands down to the blocks of a section; they state it once the rulebook does."""
    return _Above(path, (), book.head.legal_basis, book.head.owner, False)


def _parameters(book: Rulebook) -> Iterator[Figure]:
    for name, parameter in book.head.parameters.items():
        one = len(parameter.values) == 1 and not parameter.values[0].for_ and parameter.values[0].from_ is None
        value = parameter.values[0].value
        if not one or isinstance(value, dict):
            continue  # dated by the rule itself, or one figure per entry: changed in the files
        above = _head(book, "parameters").into(name, parameter)
        stated = above.stated or book.head.legal_basis is not None
        above = _Above(above.path, (), above.basis, above.owner, stated)
        yield above.figure("value", kind_of(parameter), value, parameter.title, parameter.choices)


def kind_of(parameter: Parameter) -> Kind:
    """What a parameter is: a choice, a share (a figure between 0 and 1 that is neither), or an amount."""
    value = parameter.values[0].value
    if parameter.choices or isinstance(value, str | dict):
        return "choice"
    return "share" if is_share(parameter) else "amount"


def _pairs(book: Rulebook) -> Iterator[Figure]:
    for name, model in book.draft.indicators.items():
        if model.measure.pair is not None:
            above = _head(book, "indicators").into(name, model, model.title)
            told = "; ".join(plain(value) for value in model.measure.pair.values)
            whole = above.figure("measure/pair/values", "pair", told, PAIR)
            yield replace(whole, stated=whole.stated or book.head.legal_basis is not None)


def _scorecards(book: Rulebook) -> Iterator[Figure]:
    for name, card in book.draft.scorecards.items():
        above = _head(book, "scorecards").into(name, card, card.title)
        yield from _card(above, card)


def _card(above: _Above, card: Scorecard) -> Iterator[Figure]:
    for part in card.parts:
        yield from _part(_Above(f"{above.path}/parts", above.titles, above.basis, above.owner, False), part)
    for grade in card.grades:
        inside = above.into(f"grades/{grade.id}", grade, grade.title)
        for step, value, title in (("from", grade.from_, FLOOR), ("above", grade.above, ABOVE)):
            if value is not None:
                yield inside.figure(step, "points", value, title)
        if grade.below is not None:
            yield inside.figure("below", "points", grade.below, BELOW)
    inside = above.into("minimum", card.minimum)
    for step, count, title in (
        ("items", card.minimum.items, ITEMS),
        ("working_days", card.minimum.working_days, DAYS),
        ("months", card.minimum.months, MONTHS),
    ):
        if count:
            yield inside.figure(step, "count", count, title)
    for veto in card.vetoes:
        if veto.min_items:
            yield above.into(f"vetoes/{veto.id}", veto, veto.title).figure("min_items", "count", veto.min_items, LEAST)
    for term in card.timetable:
        if term.days is not None:
            title = TERM if term.count == "working_days" else CALENDAR_TERM
            yield above.into(f"timetable/{term.id}", term, term.title).figure("days", "count", term.days, title)
    for rule in card.population_rules:
        yield above.into(f"population_rules/{rule.id}", rule, rule.title).figure("limit", "share", rule.limit, LIMIT)


def _part(above: _Above, part: Part) -> Iterator[Figure]:
    inside = above.into(part.id, part, part.title)
    yield inside.figure("points", "points", part.points, POINTS)
    curve = inside.into("curve", part.curve)
    if part.curve.target is not None:
        yield curve.figure("target", "amount", part.curve.target, TARGET)
    if part.curve.between is not None:
        for step, value, title in (("full", part.curve.between.full, FULL), ("zero", part.curve.between.zero, ZERO)):
            yield curve.figure(f"between/{step}", "amount", value, title)
    if part.curve.steps:
        told = "; ".join(f"{plain(one.from_)}: {plain(one.points)}" for one in part.curve.steps)
        own = part.curve.steps[0].legal_basis  # steps that were set carry their basis themselves
        yield replace(curve.figure("steps", "steps", told, STEPS), basis=own or curve.basis)
    for inner in part.parts:
        yield from _part(_Above(f"{inside.path}/parts", inside.titles, inside.basis, inside.owner, False), inner)
