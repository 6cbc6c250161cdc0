"""A scorecard made ready for one role and staff kind: only the indicators it needs, in order, parameters bound."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from congtam.engine.expressions.compute import NOT_ARISEN, compute
from congtam.engine.expressions.nodes import Node, columns
from congtam.engine.facts.tables import Facts
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.rows import Rows
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundIndicator, BoundScorecard, Rulebook
from congtam.engine.rulebook.model import Part
from congtam.engine.rulebook.parameters import exact_parameters, resolve

ROW_KINDS = ("share_of", "count_of", "sum_of", "mean_of", "quantile_of", "ratio_of")


@dataclass(frozen=True)
class Subject:
    """Who is scored: an official in a role, or a unit (`units`: itself and all below)."""

    code: str
    role: str = "staff"
    unit: str | None = None
    agency: str | None = None
    duty_group: str | None = None
    staff_kind: str | None = None
    post: str | None = None
    working_days: int | None = None
    units: frozenset[str] = frozenset()
    group: tuple[str, str] | None = None
    spells: frozenset[str] | None = None


@dataclass(frozen=True)
class Scene:
    """What all subjects of a run share: rules, facts as known, rows as folded, and when it is seen."""

    rulebook: Rulebook
    card: BoundScorecard
    period: Period
    as_of: datetime
    facts: Facts
    rows: Rows
    overrides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Formula:
    """A part's formula for one role (`node` None: the rule has none for it), and the indicators it reads."""

    function: Callable[[Mapping[str, Any]], Any]
    indicators: tuple[str, ...]
    node: Node | None = None


class Rules:
    """A scorecard compiled for one role and staff kind: only the indicators it needs, in order.

    Of those `over_rows`, points stand on the `scored`, points and grade on the `deciding`.
    """

    def __init__(self, scene: Scene, subject: Subject):
        card, book = scene.card, scene.rulebook
        self.card = card
        who = {"role": subject.role, "staff_kind": subject.staff_kind or "", "edition": book.head.edition or ""}
        self.indicators = dict(book.indicators)
        grades = card.grades
        own = self._parameters(book.head.parameters, scene, who)
        self.parameters = exact_parameters(own)
        self.formula_parameters: dict[str, Mapping[str, Any]] = {}
        self.part_formulas = {
            part_id: self._formula(variants, subject.role, own, grades) for part_id, variants in card.formulas.items()
        }
        self.conditions = {name: compute(node, exact_parameters(own), grades) for name, node in card.conditions.items()}
        self.vetoes = {name: compute(node, exact_parameters(own), grades) for name, node in card.vetoes.items()}
        read = self._in_conditions() if card.model.by_conditions else self._in_formulas()
        self.scored = self.needed([*_part_indicators(card.model.parts), *read])
        graded = [*(veto.indicator for veto in card.model.vetoes), *self._in_conditions()]
        graded += [name for node in card.vetoes.values() for name in sorted(columns(node))]
        self.order = self.needed([*self.scored, *card.model.information, *graded])
        self.over_rows: dict[str, RowMeasure] = {}
        self.formulas: dict[str, Callable[[Mapping[str, Any]], Any]] = {}
        for name in self.order:
            self._compile(self.indicators[name], scene, who, grades)
        self.deciding = [name for name in self.needed([*self.scored, *graded]) if name in self.over_rows]
        self.scored = [name for name in self.scored if name in self.over_rows]

    def _parameters(self, given: Any, scene: Scene, who: Mapping[str, str]) -> dict[str, Any]:
        return resolve(given, scene.period.first, who, scene.overrides)

    def _formula(self, variants: Mapping[str, Any], role: str, own: dict[str, Any], grades: tuple[str, ...]) -> Formula:
        node = variants.get(role) or variants.get("all")
        if node is None:
            return Formula(lambda row: NOT_ARISEN, ())
        used = tuple(sorted(name for name in columns(node) if name in self.indicators))
        return Formula(compute(node, exact_parameters(own), grades), used, node)

    def _in_formulas(self) -> list[str]:
        return [name for formula in self.part_formulas.values() for name in formula.indicators]

    def _in_conditions(self) -> list[str]:
        return [name for node in self.card.conditions.values() for name in sorted(columns(node))]

    def needed(self, wanted: list[str]) -> list[str]:
        """The indicators wanted and those their formulas read, each after those it reads."""
        order: list[str] = []

        def add(name: str) -> None:
            if name in order or name not in self.indicators:
                return
            if self.indicators[name].model.measure.kind in ("formula", "pair"):
                for node in self.indicators[name].nodes.values():
                    for other in sorted(columns(node)):
                        add(other)
            order.append(name)

        for name in wanted:
            add(name)
        return order

    def _compile(
        self, indicator: BoundIndicator, scene: Scene, who: Mapping[str, str], grades: tuple[str, ...]
    ) -> None:
        parameters = self._parameters(indicator.parameters, scene, who)
        kind = indicator.model.measure.kind
        if kind in ROW_KINDS:
            self.over_rows[indicator.id] = RowMeasure.of(indicator, parameters)
        elif kind in ("formula", "pair"):
            node = indicator.nodes["formula" if kind == "formula" else "when"]
            self.formula_parameters[indicator.id] = exact_parameters(parameters)
            self.formulas[indicator.id] = compute(node, self.formula_parameters[indicator.id], grades)


def _part_indicators(parts: tuple[Part, ...]) -> list[str]:
    return [name for part in parts for name in ([part.from_] if part.from_ else _part_indicators(part.parts))]
