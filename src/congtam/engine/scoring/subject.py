"""One subject's score: indicators measured, parts added up, the grade read. Also rescoring with other row parts,
which is how counterfactuals answer without a second way of counting."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from congtam.engine.expressions.compute import NOT_ARISEN, compute
from congtam.engine.expressions.nodes import columns
from congtam.engine.facts.tables import Decision, Facts
from congtam.engine.measuring.evaluate import Measured, RowMeasure, fixed
from congtam.engine.measuring.rows import Row, Rows
from congtam.engine.periods import Period
from congtam.engine.rulebook.bind import BoundIndicator, BoundScorecard, Rulebook, exact_parameters
from congtam.engine.rulebook.model import BasePoints, Part
from congtam.engine.rulebook.parameters import resolve
from congtam.engine.scoring.curves import share_of_points
from congtam.engine.scoring.grades import By, Graded, Standing, grade
from congtam.engine.scoring.points import micropoints
from congtam.engine.scoring.tree import PartScore, Rate, score_parts
from congtam.engine.states import State

ROW_KINDS = ("share_of", "count_of", "sum_of", "mean_of", "quantile_of", "ratio_of")
MISSING = Measured(State.MISSING)


@dataclass(frozen=True)
class Subject:
    """Who is scored: an official in a role, or a unit (`units`: itself and all below)."""

    code: str
    role: str = "staff"
    unit: str | None = None
    agency: str | None = None
    duty_group: str | None = None
    staff_kind: str | None = None
    working_days: int | None = None
    units: frozenset[str] = frozenset()
    group: tuple[str, str] | None = None
    spells: frozenset[str] | None = None


@dataclass(frozen=True)
class Score:
    """One subject's points and grade before caps, with everything they stand on. Points in millionths.

    `total` is None while figures are missing; then `lowest` and `highest` bound it.
    """

    subject: Subject
    parts: tuple[PartScore, ...]
    measured: Mapping[str, Measured]
    graded: Graded
    lowest: int
    highest: int
    n_items: int = 0
    months: tuple[tuple[str, int | None], ...] = ()
    segments: tuple["Score", ...] = ()
    information: tuple[str, ...] = field(default=())

    @property
    def total(self) -> int | None:
        return self.lowest if self.lowest == self.highest else None

    @property
    def earned(self) -> int:
        return sum(part.earned for part in self.parts)

    @property
    def measurable(self) -> int:
        return sum(part.measurable for part in self.parts)

    def part(self, part_id: str) -> PartScore | None:
        """A part anywhere in the tree."""
        return next((part for part in _walk(self.parts) if part.id == part_id), None)


def _walk(parts: tuple[PartScore, ...]) -> list[PartScore]:
    return [one for part in parts for one in (part, *_walk(part.parts))]


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
class Related:
    """Grades of others that this subject's indicators and ceilings may read."""

    subordinates: tuple[str | None, ...] = ()
    unit: str | None = None
    organisation: str | None = None

    def environment(self) -> dict[str, Any]:
        return {
            "subordinates.grade": self.subordinates,
            "unit.grade": self.unit,
            "organisation.grade": self.organisation,
        }


class SubjectScorer:
    """Scores subjects of one scene; rules are compiled once per role and staff kind."""

    def __init__(self, scene: Scene):
        self.scene = scene
        self._rules: dict[tuple[str, str | None], _Rules] = {}
        self._ratings = {(r.subject, r.criterion, r.stage): r for r in scene.facts.ratings if self._now(r.period)}
        self._reported = {(r.subject, r.indicator): r for r in scene.facts.reported if self._now(r.period)}
        self._decisions: dict[str, dict[str, Decision]] = {}
        for decision in scene.facts.decisions:
            if self._now(decision.period) and _names(decision.scorecard, scene):
                self._decisions.setdefault(decision.subject, {})[decision.matter] = decision

    def _now(self, period: str) -> bool:
        return period == self.scene.period.label

    def rules(self, subject: Subject) -> "_Rules":
        """The compiled rules for a subject's role and staff kind."""
        key = (subject.role, subject.staff_kind)
        if key not in self._rules:
            self._rules[key] = _Rules(self.scene, subject)
        return self._rules[key]

    def decision(self, subject: str, matter: str) -> Decision | None:
        """What was decided on a matter of a subject in this period."""
        return self.decisions(subject).get(matter)

    def given_by(self, subject: str, indicator: str) -> str | None:
        """Who gave the mark or the figure that an indicator is, where a person did."""
        measure = self.scene.rulebook.indicators[indicator].model.measure
        if measure.rating_of:
            rating = self._ratings.get((subject, measure.rating_of.criterion, measure.rating_of.stage))
            return rating.by if rating else None
        reported = self._reported.get((subject, measure.reported or ""))
        return reported.by if reported else None

    def subject_rows(self, subject: Subject, table: str) -> list[Row]:
        """The rows of one table that are the subject's."""
        if subject.group:
            return self.scene.rows.of_group(table, *subject.group)
        if subject.units:
            return self.scene.rows.of_units(table, subject.units)
        rows = self.scene.rows.of_official(table, subject.code)
        return rows if subject.spells is None else [row for row in rows if row["_spell"] in subject.spells]

    def score(self, subject: Subject, related: Related) -> Score:
        """Measure everything and score."""
        return self.rescore(subject, related, self.measure(subject))

    def measure(self, subject: Subject) -> dict[str, Measured]:
        """The indicators that count rows of work."""
        rules = self.rules(subject)
        return {
            name: rule.measure(self.subject_rows(subject, rule.indicator.model.measure.source), self.scene.period,
                               self.scene.as_of)
            for name, rule in rules.over_rows.items()
        }  # fmt: skip

    def rescore(
        self, subject: Subject, related: Related, over_rows: Mapping[str, Measured], *, enough: bool | None = None
    ) -> Score:
        """Score from figures over rows: what people gave, formulas, parts and grade follow. `enough` overrules the
        minimum of work (None: as the scorecard says)."""
        rules = self.rules(subject)
        measured, environment = self.complete(subject, related, over_rows)
        total = micropoints(self.scene.card.model.points)
        parts = score_parts(self.scene.card.model.parts, total, lambda part: _rate(part, rules, measured, environment))
        return self._graded(subject, related, measured, environment, parts, total, enough)

    def complete(
        self, subject: Subject, related: Related, over_rows: Mapping[str, Measured]
    ) -> tuple[dict[str, Measured], dict[str, Any]]:
        """All figures: those over rows, those people gave, formulas; and how formulas and conditions read them."""
        rules = self.rules(subject)
        measured = dict(over_rows)
        environment: dict[str, Any] = related.environment()
        for name in rules.order:
            indicator = rules.indicators[name]
            if name not in measured:
                measured[name] = self._other(indicator, subject, environment, rules)
            environment[name] = in_formula(indicator, measured[name])
        return measured, environment

    def decisions(self, subject: str) -> Mapping[str, Decision]:
        """Everything decided on a subject in this period, by matter."""
        return self._decisions.get(subject, {})

    def _graded(
        self,
        subject: Subject,
        related: Related,
        measured: dict[str, Measured],
        environment: dict[str, Any],
        parts: tuple[PartScore, ...],
        total: int,
        enough: bool | None,
    ) -> Score:
        rules, card = self.rules(subject), self.scene.card
        lowest = sum(part.earned for part in parts)
        highest = total - sum(part.measurable for part in parts) + lowest
        seen = {part.key for name in rules.scored for part in measured[name].parts if not part.unknown}
        if enough is None:
            enough = len(seen) >= card.model.minimum.items and (
                subject.working_days is None or subject.working_days >= card.model.minimum.working_days
            )
        standing = Standing(
            lowest,
            highest,
            environment,
            {name: one.n for name, one in measured.items()},
            self.decisions(subject.code),
            subject.role,
            enough,
        )
        related_grades = {"unit.grade": related.unit, "organisation.grade": related.organisation}
        graded = grade(card, standing, rules.conditions, rules.vetoes, related_grades)
        return Score(subject, parts, measured, graded, lowest, highest, len(seen), information=card.model.information)

    def _other(
        self, indicator: BoundIndicator, subject: Subject, environment: Mapping[str, Any], rules: "_Rules"
    ) -> Measured:
        """An indicator that does not count rows of work."""
        measure = indicator.model.measure
        if measure.rating_of:
            row = self._ratings.get((subject.code, measure.rating_of.criterion, measure.rating_of.stage))
            return _given(row, int(measure.rating_of.out_of * 1_000_000))
        if measure.reported:
            return _given(self._reported.get((subject.code, measure.reported)), 1_000_000)
        if measure.survey:
            return self._survey(subject, measure.survey.question, int(measure.survey.from_ * 1_000_000))
        value = rules.formulas[indicator.id](environment)
        if measure.pair and value not in (None, NOT_ARISEN):
            value = Fraction(measure.pair.values[0 if value else 1])
        if value is None:
            return MISSING
        return Measured(State.NOT_APPLICABLE) if value is NOT_ARISEN else fixed(value)

    def _survey(self, subject: Subject, question: str, floor: int) -> Measured:
        answers = [
            row
            for row in self.scene.facts.answers
            if row.question == question and row.subject == subject.code and self.scene.period.contains(row.at)
        ]
        known = [row.value for row in answers if row.value is not None]
        if not known:
            return Measured(State.MISSING if answers else State.NOT_APPLICABLE, n_unknown=len(answers))
        reached = sum(1 for value in known if value >= floor)
        return Measured(State.VALUE, reached, len(known), n=len(known), n_unknown=len(answers) - len(known))


def _names(scorecard: str, scene: Scene) -> bool:
    """Whether a decision speaks of this scorecard: by `rulebook#scorecard`, or by the scorecard's id alone."""
    return scorecard in (scene.card.id, f"{scene.rulebook.id}#{scene.card.id}")


def _given(row: Any, out_of: int) -> Measured:
    if row is None:
        return MISSING
    if row.state is not State.VALUE:
        return Measured(row.state)
    return Measured(State.VALUE, row.value, out_of, n=1)


def in_formula(indicator: BoundIndicator, measured: Measured) -> Any:
    """An indicator as formulas read it: a ratio, NOT_ARISEN, or None when missing. Where nothing arose the
    indicator's own rule speaks first: zero, a base rate, or leave it out."""
    if measured.state is State.VALUE:
        return measured.value
    if measured.state is State.MISSING:
        return None
    policy = indicator.model.no_opportunity
    if policy == "zero":
        return Fraction(0)
    return Fraction(policy.base_rate) if isinstance(policy, BasePoints) else NOT_ARISEN


def _rate(part: Part, rules: "_Rules", measured: Mapping[str, Measured], environment: Mapping[str, Any]) -> Rate:
    """The share of its points that a leaf part earns. What is missing is bounded by its worst and its best."""
    if part.from_:
        indicator = rules.indicators[part.from_]
        direction, used = indicator.model.direction, (part.from_,)
        value: Any = environment[part.from_]
        state = measured[part.from_].state
    else:
        formula = rules.part_formulas[part.id]
        direction, used, state = "up", formula.indicators, State.NOT_APPLICABLE
        value = formula.function(environment)
    if value is NOT_ARISEN:
        return Rate(state if state is State.EXCUSED else State.NOT_APPLICABLE, indicators=used)
    if value is None:
        return _bounds(part, rules, environment, used)
    share = share_of_points(value, part.curve, direction, part.points)
    return Rate(State.VALUE, share, share, used)


def _bounds(part: Part, rules: "_Rules", environment: Mapping[str, Any], used: tuple[str, ...]) -> Rate:
    """What a formula would give with its missing figures at nothing and at everything; all open for a bare figure."""
    everything = Rate(State.MISSING, Fraction(0), Fraction(1), used)
    if part.from_:
        return everything
    function = rules.part_formulas[part.id].function
    ends = [function({**environment, **{n: Fraction(end) for n in used if environment[n] is None}}) for end in (0, 1)]
    if any(end is None or end is NOT_ARISEN for end in ends):
        return everything
    shares = sorted(share_of_points(end, part.curve, "up", part.points) for end in ends)
    return Rate(State.MISSING, shares[0], shares[1], used)


@dataclass(frozen=True)
class _Formula:
    function: Callable[[Mapping[str, Any]], Any]
    indicators: tuple[str, ...]


class _Rules:
    """A scorecard compiled for one role and staff kind: only the indicators it needs, in order."""

    def __init__(self, scene: Scene, subject: Subject):
        card, book = scene.card, scene.rulebook
        who = {"role": subject.role, "staff_kind": subject.staff_kind or "", "edition": book.head.edition or ""}
        self.indicators = dict(book.indicators)
        grades = card.grades
        own = self._parameters(book.head.parameters, scene, who)
        self.part_formulas = {
            part_id: self._formula(variants, subject.role, own, grades) for part_id, variants in card.formulas.items()
        }
        self.conditions = {name: compute(node, exact_parameters(own), grades) for name, node in card.conditions.items()}
        self.vetoes = {name: compute(node, exact_parameters(own), grades) for name, node in card.vetoes.items()}
        self.scored = self._needed(scene, [*_part_indicators(card.model.parts), *self._in_formulas()])
        wanted = [*self.scored, *card.model.information, *(veto.indicator for veto in card.model.vetoes)]
        wanted += [c for node in (*card.conditions.values(), *card.vetoes.values()) for c in columns(node)]
        self.order = self._needed(scene, wanted)
        self.over_rows: dict[str, RowMeasure] = {}
        self.formulas: dict[str, Callable[[Mapping[str, Any]], Any]] = {}
        for name in self.order:
            self._compile(self.indicators[name], scene, who, grades)
        self.scored = [name for name in self.scored if name in self.over_rows]

    def _parameters(self, given: Any, scene: Scene, who: Mapping[str, str]) -> dict[str, Any]:
        return resolve(given, scene.period.first, who, scene.overrides)

    def _formula(
        self, variants: Mapping[str, Any], role: str, own: dict[str, Any], grades: tuple[str, ...]
    ) -> _Formula:
        node = variants.get(role) or variants.get("all")
        if node is None:
            return _Formula(lambda row: NOT_ARISEN, ())
        used = tuple(sorted(name for name in columns(node) if name in self.indicators))
        return _Formula(compute(node, exact_parameters(own), grades), used)

    def _in_formulas(self) -> list[str]:
        return [name for formula in self.part_formulas.values() for name in formula.indicators]

    def _needed(self, scene: Scene, wanted: list[str]) -> list[str]:
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
            self.formulas[indicator.id] = compute(node, exact_parameters(parameters), grades)


def _part_indicators(parts: tuple[Part, ...]) -> list[str]:
    return [name for part in parts for name in ([part.from_] if part.from_ else _part_indicators(part.parts))]


__all__ = ["By", "Related", "Scene", "Score", "Subject", "SubjectScorer"]
