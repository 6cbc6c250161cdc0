"""A rulebook's expressions get their meaning: terms in order, indicators over rows, formulas over indicators.

Nothing unbound is ever evaluated, so a name that does not exist, a circle of terms or formulas, and a comparison
of unlike things are refused here, with file and line, before any figure exists.
"""

import re
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from congtam.engine.expressions.nodes import BOOLEAN, EXACT, GRADE, GRADES, TEXT, Node, Sort, Type, columns
from congtam.engine.expressions.parse import Scope, parse
from congtam.engine.facts.tables import FAULT_KINDS
from congtam.engine.findings import Finding, Unusable, did_you_mean, refuse_if_any, unusable
from congtam.engine.rulebook.bound import BoundClock, BoundIndicator, BoundScorecard, Rulebook
from congtam.engine.rulebook.columns import COLUMNS
from congtam.engine.rulebook.load import Draft
from congtam.engine.rulebook.model import Certainty, ClockBlock, Indicator, Scorecard, parts_with_paths
from congtam.engine.rulebook.parameters import parameter_types
from congtam.engine.rulebook.yaml_source import KeyPath

_WORD, _QUOTED = re.compile(r"[a-z_0-9]+"), re.compile(r"\"[^\"]*\"|'[^']*'")
RELATED: dict[str, Type] = {
    "subordinates.grade": GRADES,
    "unit.grade": GRADE,
    "organisation.grade": GRADE,
    "leader": BOOLEAN,
}


def bind(draft: Draft, lent: Mapping[str, BoundIndicator]) -> Rulebook:
    """Give a draft meaning, with the indicators that other rulebooks lend it. Raises `Unusable` with every finding."""
    return _Binder(draft, lent).bind()


class _Binder:
    def __init__(self, draft: Draft, lent: Mapping[str, BoundIndicator]):
        self.draft, self.lent = draft, lent
        self.findings: list[Finding] = []
        self.unbound: set[str] = set()  # terms already told to be wrong: what uses them is not told again
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
            if not self.unbound & _words(text):
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
                    self.findings += [] if self.unbound & _words(texts[name]) else refusal.findings
                    self.unbound.add(name)
        return bound

    def _in_order(self, texts: dict[str, str]) -> list[str]:
        uses = {name: _words(text) & texts.keys() for name, text in texts.items()}
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


def _words(text: str) -> set[str]:
    """The names in an expression, texts in quotes left out."""
    return set(_WORD.findall(_QUOTED.sub("", text)))
