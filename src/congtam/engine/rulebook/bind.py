"""A rulebook's expressions get their meaning: terms in order, indicators over rows, formulas over indicators.

Nothing unbound is ever evaluated, so a name that does not exist, a circle of terms or formulas, and a comparison
of unlike things are refused here, with file and line, before any figure exists.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Any

from congtam.engine.expressions.nodes import BOOLEAN, EXACT, GRADE, GRADES, TEXT, Node, Sort, Type, columns, number
from congtam.engine.expressions.parse import Scope, parse
from congtam.engine.facts.tables import FAULT_KINDS
from congtam.engine.findings import Finding, Unusable, did_you_mean, refuse_if_any, unusable
from congtam.engine.rulebook.catalogue import Catalogues
from congtam.engine.rulebook.columns import COLUMNS
from congtam.engine.rulebook.digest import meaning
from congtam.engine.rulebook.load import Draft, Folder, Library, draft_of, read_folder
from congtam.engine.rulebook.located import within
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
from congtam.engine.rulebook.overlay import Extends, extends, lay_over, stale
from congtam.engine.rulebook.yaml_source import KeyPath

PARAMETER_SCALE = 6
_WORD, _QUOTED = re.compile(r"[a-z_0-9]+"), re.compile(r"\"[^\"]*\"|'[^']*'")
RELATED: dict[str, Type] = {
    "subordinates.grade": GRADES,
    "unit.grade": GRADE,
    "organisation.grade": GRADE,
    "leader": BOOLEAN,
}


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

    @cached_property
    def catalogues(self) -> Catalogues:
        """The products with their coefficients, asked by code and day."""
        return Catalogues.of(self.draft.catalogues)


def load_rulebook(library: Library, id_or_path: str, *, using: tuple[str, ...] = ()) -> Rulebook:
    """Load and bind one rulebook, laid over its base if it extends one. Raises `Unusable` with every finding.

    `using` are the rulebooks whose reading led here, by use or as a base: none of them may be needed again.
    """
    folder = read_folder(library, id_or_path)
    base = None
    if folder.extends is not None:
        said = extends(folder)
        base = load_base(library, folder, said, using)
        folder = lay_over(base.draft, folder)
        folder = replace(folder, findings=(*stale(folder, said, meaning(base)), *folder.findings))
    draft = draft_of(folder)
    findings: list[Finding] = []
    lent = _lent(library, draft, using, findings)
    refuse_if_any(findings)
    return replace(_Binder(draft, lent).bind(), base=base)


def load_base(library: Library, folder: Folder, said: Extends, using: tuple[str, ...] = ()) -> Rulebook:
    """The rulebook another is laid over; one named by a path (`../mine`) is looked for from the overlay's folder.
    Raises `Unusable` with the findings of the base, placed in it, or when the way leads in a circle."""
    where = str(folder.path / said.base) if said.base.startswith(".") else said.base
    try:
        identity, _ = library.folder(where)
        if identity in (folder.id, *using):
            circle = " → ".join((*using, folder.id, identity))
            raise unusable("circular-extends", f"rulebooks need each other: {circle}", "break the circle", said.place)
        return load_rulebook(library, where, using=(*using, folder.id))
    except Unusable as refusal:
        placed = [one if one.code == "circular-extends" else _in_base(one, said) for one in refusal.findings]
        raise Unusable(placed) from None


def _in_base(finding: Finding, said: Extends) -> Finding:
    place = replace(finding.place, file=within(finding.place, said.base).file) if finding.place.file else said.place
    return replace(finding, place=place)


def _lent(library: Library, draft: Draft, using: tuple[str, ...], findings: list[Finding]) -> dict[str, BoundIndicator]:
    lent: dict[str, BoundIndicator] = {}
    for index, use in enumerate(draft.head.uses):
        place = draft.place("rulebook.yaml", ("uses", index))
        if use.rulebook in (*using, draft.id):
            findings.append(Finding("circular-uses", f"{use.rulebook} uses this rulebook", "remove one use", place))
            continue
        try:
            other = load_rulebook(library, use.rulebook, using=(*using, draft.id))
        except Unusable as refusal:
            findings += refusal.findings
            continue
        for name in use.indicators:
            if name not in other.indicators:
                findings.append(
                    Finding(
                        "unknown-indicator",
                        f"{use.rulebook} has no indicator {name!r}",
                        did_you_mean(name, other.indicators),
                        place,
                    )
                )
                continue
            one = other.indicators[name]
            lent[name] = BoundIndicator(
                name, one.model, one.home, one.nodes, one.parameters, one.legal_basis, use.certainty, use.note
            )
    return lent


class _Binder:
    def __init__(self, draft: Draft, lent: dict[str, BoundIndicator]):
        self.draft, self.lent = draft, lent
        self.findings: list[Finding] = []
        self.grades = _grades(draft.scorecards.values())
        self.row_parameters = parameter_types(draft.head.parameters, exact=False)
        self.exact_parameters = parameter_types(draft.head.parameters, exact=True)
        self.terms = {table: self._terms(table) for table in COLUMNS}

    def bind(self) -> Rulebook:
        indicators = {**self.lent}
        for name, model in self.draft.indicators.items():
            if name in self.lent:
                self._find(
                    "duplicate-indicator",
                    f"{name!r} is also used from {self.lent[name].home}",
                    "keep one",
                    f"indicators/{name}.yaml",
                )
            indicators[name] = self._indicator(name, model)
        scorecards = {name: self._scorecard(name, model, indicators) for name, model in self.draft.scorecards.items()}
        clocks = {name: self._clock(name, model) for name, model in self.draft.clocks.items()}
        self._circles(indicators)
        refuse_if_any(self.findings)
        return Rulebook(self.draft.id, self.draft, indicators, scorecards, clocks)

    def _find(self, code: str, message: str, advice: str, file: str, path: KeyPath = ()) -> None:
        self.findings.append(Finding(code, message, advice, self.draft.place(file, path)))

    def _parse(self, text: str | None, scope: Scope, file: str, path: KeyPath) -> Node | None:
        if text is None:
            return None
        try:
            return parse(text, scope, self.draft.place(file, path))
        except Unusable as refusal:
            self.findings += refusal.findings
            return None

    # -- terms

    def _terms(self, table: str) -> dict[str, Node]:
        """The terms that make sense for one table, each after those it uses."""
        texts = {name: term.is_ for name, term in self.draft.head.terms.items()}
        bound: dict[str, Node] = {}
        for name in self._in_order(texts):
            scope = Scope(COLUMNS[table], self.row_parameters, dict(bound), fault_kinds=FAULT_KINDS)
            try:
                bound[name] = parse(texts[name], scope, self.draft.place("rulebook.yaml", ("terms", name, "is")))
            except Unusable as refusal:
                # A term over shares means nothing over faults; only one that fits no table is wrong.
                if table == "share":
                    self.findings += refusal.findings
        return bound

    def _in_order(self, texts: dict[str, str]) -> list[str]:
        words = {name: set(_WORD.findall(_QUOTED.sub("", text))) for name, text in texts.items()}
        uses = {name: used & texts.keys() for name, used in words.items()}
        try:
            return list(TopologicalSorter(uses).static_order())
        except CycleError as error:
            circle = " → ".join(error.args[1])
            place = self.draft.place("rulebook.yaml", ("terms", error.args[1][0]))
            raise unusable("circular-terms", f"terms go in a circle: {circle}", "break the circle", place) from None

    # -- indicators

    def _indicator(self, name: str, model: Indicator) -> BoundIndicator:
        file = f"indicators/{name}.yaml"
        measure = model.measure
        rows = Scope(COLUMNS[measure.source], self.row_parameters, self.terms[measure.source], fault_kinds=FAULT_KINDS)
        exact = self._exact_scope(self.draft.indicators.keys() | self.lent.keys())
        texts: list[tuple[str, str | None, KeyPath, Scope]] = [
            ("among", measure.among, ("among",), rows),
            ("that", measure.that, ("that",), rows),
            ("weigh", None if measure.weigh_by == "count" else measure.weigh_by, ("weigh_by",), rows),
            ("value", measure.sum_of, ("sum_of",), rows),
            ("value", measure.mean_of, ("mean_of",), rows),
            ("formula", measure.formula, ("formula",), exact),
        ]
        if measure.ratio_of:
            texts += [
                ("top", measure.ratio_of.top, ("ratio_of", "top"), rows),
                ("bottom", measure.ratio_of.bottom, ("ratio_of", "bottom"), rows),
            ]
        if measure.quantile_of:
            texts.append(("value", measure.quantile_of.value, ("quantile_of", "value"), rows))
        if measure.pair:
            texts.append(("when", measure.pair.when, ("pair", "when"), exact))
        nodes = {
            key: node
            for key, text, path, scope in texts
            if (node := self._parse(text, scope, file, ("measure", *path))) is not None
        }
        self._sorts(nodes, file)
        basis = model.legal_basis or self.draft.head.legal_basis
        certainty = basis.certainty if basis else Certainty.UNVERIFIED
        return BoundIndicator(name, model, self.draft.id, nodes, self.draft.head.parameters, basis, certainty)

    def _sorts(self, nodes: dict[str, Node], file: str) -> None:
        wanted = {"among": Sort.BOOLEAN, "that": Sort.BOOLEAN, "when": Sort.BOOLEAN}
        for key, node in nodes.items():
            sort = wanted.get(key, Sort.NUMBER)
            if node.type.sort is not sort:
                self._find(
                    "bad-expression",
                    f"`{key}` must be a {sort}, not a {node.type}",
                    "compare or count something",
                    file,
                    ("measure",),
                )

    def _exact_scope(self, indicators: Iterable[str]) -> Scope:
        names: dict[str, Type] = dict.fromkeys(indicators, EXACT)
        return Scope({**names, **RELATED}, self.exact_parameters, grades=self.grades, exact=True)

    def _circles(self, indicators: Mapping[str, BoundIndicator]) -> None:
        uses = {
            name: {c for node in one.nodes.values() for c in columns(node) if c in indicators}
            for name, one in indicators.items()
            if one.model.measure.kind in ("formula", "pair")
        }
        try:
            TopologicalSorter(uses).prepare()
        except CycleError as error:
            circle = list(error.args[1])
            own = next((name for name in circle if name in self.draft.indicators), circle[0])
            self._find(
                "circular-formula",
                f"formulas go in a circle: {' → '.join(circle)}",
                "break the circle",
                f"indicators/{own}.yaml",
                ("measure",),
            )

    # -- scorecards and clocks

    def _scorecard(self, name: str, model: Scorecard, indicators: Mapping[str, BoundIndicator]) -> BoundScorecard:
        file = f"scorecards/{name}.yaml"
        scope = self._exact_scope(indicators)
        formulas: dict[str, dict[str, Node]] = {}
        for part, path in parts_with_paths(model.parts):
            for index, variant in enumerate(part.formula):
                node = self._parse(variant.is_, scope, file, (*path, "formula", index, "is"))
                if node is not None:
                    formulas.setdefault(part.id, {})[variant.for_] = node
            if part.from_ and part.from_ not in indicators:
                self._find(
                    "unknown-indicator",
                    f"there is no indicator {part.from_!r}",
                    did_you_mean(part.from_, indicators),
                    file,
                    (*path, "from"),
                )
        conditions = self._nodes(
            [(g.id, g.when, ("grades", i, "when")) for i, g in enumerate(model.grades)], scope, file
        )
        vetoes = self._nodes([(v.id, v.when, ("vetoes", i, "when")) for i, v in enumerate(model.vetoes)], scope, file)
        limits = self._nodes(
            [
                (rule.id, rule.limit_if.when if rule.limit_if else None, ("population_rules", i, "limit_if", "when"))
                for i, rule in enumerate(model.population_rules)
            ],
            scope,
            file,
        )
        return BoundScorecard(name, model, formulas, conditions, vetoes, limits)

    def _nodes(self, texts: list[tuple[str, str | None, KeyPath]], scope: Scope, file: str) -> dict[str, Node]:
        """Conditions by name; one that is no condition would never hold, and is refused."""
        nodes = {key: node for key, text, path in texts if (node := self._parse(text, scope, file, path)) is not None}
        for key, _, path in texts:
            if key in nodes and nodes[key].type.sort is not Sort.BOOLEAN:
                what = f"`when` of {key!r} must be a {Sort.BOOLEAN}, not a {nodes[key].type}"
                self._find("bad-expression", what, "compare it with something", file, path)
        return nodes

    def _clock(self, name: str, model: ClockBlock) -> BoundClock:
        scope = Scope({"kind": TEXT, "procedure": TEXT, "origin": TEXT, "clock": TEXT, "channel": TEXT})
        return BoundClock(name, model, self._parse(model.applies, scope, f"clocks/{name}.yaml", ("applies",)))


def _grades(scorecards: Iterable[Scorecard]) -> tuple[str, ...]:
    """All grade ids of the rulebook's scorecards, best first."""
    return tuple(dict.fromkeys(grade.id for card in scorecards for grade in card.grades))


def parts_with_paths(parts: tuple[Any, ...], path: KeyPath = ("parts",)) -> Iterable[tuple[Any, KeyPath]]:
    """Every part of a tree with its path in the file, parents first."""
    for index, part in enumerate(parts):
        yield part, (*path, index)
        yield from parts_with_paths(part.parts, (*path, index, "parts"))


def parameter_types(given: Mapping[str, Parameter], *, exact: bool) -> dict[str, Type]:
    """The names and types of parameters; those that are a vector give one name per entry (`weights.entry`)."""
    types: dict[str, Type] = {}
    for name, parameter in given.items():
        value = parameter.values[0].value
        figure = EXACT if exact else number(PARAMETER_SCALE)
        if isinstance(value, dict):
            types.update({f"{name}.{entry}": figure for entry in value})
        elif isinstance(value, str):
            types[name] = Type(Sort.TEXT, codes=parameter.choices)
        else:
            types[name] = figure
    return types


def exact_parameters(values: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as formulas read them: ratios instead of whole millionths."""
    unit = 10**PARAMETER_SCALE
    return {name: Fraction(value, unit) if isinstance(value, int) else value for name, value in values.items()}
