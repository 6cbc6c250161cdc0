"""A rulebook with meaning: its indicators, scorecards and clocks with the nodes of their expressions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from congtam.engine.expressions.nodes import Node
from congtam.engine.rulebook.catalogue import Catalogues
from congtam.engine.rulebook.load import Draft
from congtam.engine.rulebook.model import (
    Certainty,
    ClockBlock,
    Indicator,
    LegalBasis,
    Parameter,
    RulebookHead,
    Scorecard,
    Text,
)


@dataclass(frozen=True)
class BoundIndicator:
    """An indicator with the nodes of its expressions: among, that, weigh, top, bottom, value, formula, when.

    `home` is the rulebook it stands in, `parameters` that rulebook's; `note` is set when another rulebook lends it.
    """

    id: str
    model: Indicator
    home: str
    nodes: Mapping[str, Node]
    parameters: Mapping[str, Parameter]
    legal_basis: LegalBasis | None
    certainty: Certainty
    note: Text | None = None


@dataclass(frozen=True)
class BoundScorecard:
    """A scorecard with the nodes of its formulas (by part and role), conditions, vetoes and limits (by id)."""

    id: str
    model: Scorecard
    formulas: Mapping[str, Mapping[str, Node]] = field(default_factory=dict)
    conditions: Mapping[str, Node] = field(default_factory=dict)
    vetoes: Mapping[str, Node] = field(default_factory=dict)
    limits: Mapping[str, Node] = field(default_factory=dict)

    @property
    def grades(self) -> tuple[str, ...]:
        """Grade ids from best to worst."""
        return tuple(grade.id for grade in self.model.grades)


@dataclass(frozen=True)
class BoundClock:
    """A clock and the condition on items for which it runs (None: for all)."""

    id: str
    model: ClockBlock
    applies: Node | None


@dataclass(frozen=True)
class Rulebook:
    """A rulebook with meaning; `base` is the one it is laid over."""

    id: str
    draft: Draft
    indicators: Mapping[str, BoundIndicator]
    scorecards: Mapping[str, BoundScorecard]
    clocks: Mapping[str, BoundClock]
    base: "Rulebook | None" = None

    @property
    def head(self) -> RulebookHead:
        return self.draft.head

    @property
    def tells_of_acts(self) -> bool:
        """Whether it tells of the acts it cites; what its base alone tells says nothing of its own."""
        told = self.head.legal_acts
        return bool(told) and (self.base is None or told != self.base.head.legal_acts)

    @cached_property
    def catalogues(self) -> Catalogues:
        """The products with their coefficients, asked by code and day."""
        return Catalogues.of(self.draft.catalogues)
