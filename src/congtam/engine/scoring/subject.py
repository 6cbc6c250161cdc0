"""One subject's score: indicators measured, parts added up, the grade read. Also rescoring with other row parts,
which is how counterfactuals answer without a second way of counting."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

from congtam.engine.expressions.compute import NOT_ARISEN
from congtam.engine.facts.own_word import on_oneself
from congtam.engine.facts.tables import Answer, Decision, Rating, Reported
from congtam.engine.measuring.evaluate import Measured, fixed
from congtam.engine.measuring.rows import Row
from congtam.engine.measuring.select import Selection
from congtam.engine.rulebook.bound import BoundIndicator
from congtam.engine.rulebook.model import Measure
from congtam.engine.scoring.grades import By, Graded, Standing, grade
from congtam.engine.scoring.points import micropoints
from congtam.engine.scoring.rates import in_formula, rate
from congtam.engine.scoring.rules import Rules, Scene, Subject
from congtam.engine.scoring.tree import PartScore, merged, score_parts
from congtam.engine.states import State

__all__ = ["Compiled", "Related", "Scene", "Score", "Subject", "SubjectScorer"]

MISSING = Measured(State.MISSING)


@dataclass(frozen=True)
class Score:
    """One subject's points and grade before caps, with everything they stand on. Points in millionths.

    `total` is None while figures are missing; then `lowest` and `highest` bound it. Of a year: its `months` with their
    totals, those of them whose result another body sent (`received`), and those that nobody sealed yet (`provisional`).
    """

    subject: Subject
    parts: tuple[PartScore, ...]
    measured: Mapping[str, Measured]
    graded: Graded
    lowest: int
    highest: int
    n_items: int = 0
    months: tuple[tuple[str, int | None], ...] = ()
    received: tuple[str, ...] = ()
    provisional: tuple[str, ...] = ()
    segments: tuple["Score", ...] = ()

    @property
    def total(self) -> int | None:
        return self.lowest if self.lowest == self.highest and (self.parts or self.months) else None

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
class Related:
    """Grades of others that this subject's indicators and ceilings may read."""

    below: tuple[tuple[str, str | None], ...] = ()
    unit: str | None = None
    organisation: str | None = None

    @property
    def subordinates(self) -> tuple[str | None, ...]:
        """The grades of those below; None where one is still missing."""
        return tuple(grade for _, grade in self.below)

    def environment(self, leader: bool | None = None) -> dict[str, Any]:
        return {
            "leader": leader,
            "subordinates.grade": self.subordinates,
            "unit.grade": self.unit,
            "organisation.grade": self.organisation,
        }


Compiled = dict[tuple[str, str | None], Rules]


class SubjectScorer:
    """Scores subjects of one scene; rules are compiled once per role and staff kind. `compiled` keeps them for the next
    scene of the same card and period: they depend on nothing else."""

    def __init__(self, scene: Scene, compiled: Compiled | None = None):
        self.scene = scene
        self._rules: Compiled = {} if compiled is None else compiled
        given = [rating for rating in scene.facts.ratings if self._now(rating.period) and not on_oneself(rating)]
        self._ratings = {(rating.subject, rating.criterion, rating.stage): rating for rating in given}
        self._reported = {(r.subject, r.indicator): r for r in scene.facts.reported if self._now(r.period)}
        self._answers: dict[tuple[str, str], list[Answer]] = defaultdict(list)
        for answer in scene.facts.answers:
            if scene.period.contains(answer.at) and answer.at < scene.as_of:
                self._answers[answer.question, answer.subject].append(answer)
        self._decisions: dict[str, dict[str, Decision]] = {}
        self._outside: dict[str, str] = {}
        taken = [decision for decision in scene.facts.decisions if not on_oneself(decision)]
        for decision in sorted(taken, key=lambda decision: decision.seq):
            if decision.matter == "grade" and self._now(decision.period):
                self._outside[decision.subject] = decision.outcome
            if self.speaks_of(decision):
                self._decisions.setdefault(decision.subject, {})[decision.matter] = decision

    def _now(self, period: str) -> bool:
        return period == self.scene.period.label

    def speaks_of(self, decision: Decision) -> bool:
        """Whether a decision is about this scorecard (by `rulebook#scorecard`, or its id alone) in this period."""
        card, rulebook = self.scene.card.id, self.scene.rulebook.id
        return self._now(decision.period) and decision.scorecard in (card, f"{rulebook}#{card}")

    def rules(self, subject: Subject) -> Rules:
        """The compiled rules for a subject's role and staff kind."""
        key = (subject.role, subject.staff_kind)
        if key not in self._rules:
            self._rules[key] = Rules(self.scene, subject)
        return self._rules[key]

    def decision(self, subject: str, matter: str) -> Decision | None:
        """What was decided on a matter of a subject in this period."""
        return self.decisions(subject).get(matter)

    def related(self, subject: Subject, below: tuple[tuple[str, str | None], ...] = ()) -> Related:
        """Those below, and the grades that people gave the subject's unit and organisation in this period."""
        return Related(below, self._outside.get(subject.unit or ""), self._outside.get(subject.agency or ""))

    def given_by(self, subject: str, indicator: str) -> str | None:
        """Who gave the mark or the figure that an indicator is, where a person did."""
        row = self.row_given(self.scene.rulebook.indicators[indicator].model.measure, subject)
        return row.by if row else None

    def row_given(self, measure: Measure, subject: str) -> Rating | Reported | None:
        """The mark or the figure that people gave a subject."""
        if measure.rating_of:
            return self._ratings.get((subject, measure.rating_of.criterion, measure.rating_of.stage))
        return self._reported.get((subject, measure.reported or ""))

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
        seen = Selection(partial(self.subject_rows, subject), self.scene.period, self.scene.as_of)
        return {name: rule.over(seen.of(rule.indicator.model)) for name, rule in self.rules(subject).over_rows.items()}

    def rescore(
        self,
        subject: Subject,
        related: Related,
        over_rows: Mapping[str, Measured],
        *,
        enough: bool | None = None,
        n_items: int | None = None,
    ) -> Score:
        """Score from figures over rows: what people gave, formulas, parts and grade follow. `enough` overrules the
        minimum of work (None: as the scorecard says); `n_items` is for figures without row parts (None: counted from
        the parts)."""
        rules, card = self.rules(subject), self.scene.card
        measured, environment = self.complete(subject, related, over_rows)
        total = micropoints(card.model.points)
        parts = score_parts(card.model.parts, total, lambda part: rate(part, rules, measured, environment))
        lowest = sum(part.earned for part in parts)
        highest = total - sum(part.measurable for part in parts) + lowest
        items = _items(rules, measured) if n_items is None else n_items
        enough = self._enough(subject, items) if enough is None else enough
        graded = self.grade(subject, related, (lowest, highest), measured, environment, enough)
        return Score(subject, parts, measured, graded, lowest, highest, items)

    def complete(
        self, subject: Subject, related: Related, over_rows: Mapping[str, Measured]
    ) -> tuple[dict[str, Measured], dict[str, Any]]:
        """All figures: those over rows, those people gave, formulas; and how formulas and conditions read them."""
        rules = self.rules(subject)
        measured = dict(over_rows)
        environment: dict[str, Any] = related.environment(subject.role == "leader")
        for name in rules.order:
            indicator = rules.indicators[name]
            if name not in measured:
                measured[name] = self._other(indicator, subject, environment, rules)
            environment[name] = in_formula(indicator, measured[name])
        return measured, environment

    def decided(self) -> Collection[str]:
        """Subjects on whom anything was decided in this period."""
        return self._decisions.keys()

    def decisions(self, subject: str) -> Mapping[str, Decision]:
        """Everything decided on a subject in this period, by matter."""
        return self._decisions.get(subject, {})

    def grade(
        self,
        subject: Subject,
        related: Related,
        bounds: tuple[int, int],
        measured: Mapping[str, Measured],
        environment: Mapping[str, Any],
        enough: bool,
    ) -> Graded:
        """The grade for a total between `bounds` (millionths; equal once nothing is missing)."""
        rules = self.rules(subject)
        counts = {name: one.n for name, one in measured.items()}
        decisions = self.decisions(subject.code)
        standing = Standing(*bounds, environment, counts, decisions, subject.role, enough)
        grades = {"unit.grade": related.unit, "organisation.grade": related.organisation}
        return grade(self.scene.card, standing, rules.conditions, rules.vetoes, grades)

    def combined(self, whole: Score, related: Related, weighed: list[tuple[Score, int]]) -> Score:
        """One score from those of several spells, weighed by days; figures and conditions stay those of the whole."""
        parts = merged([(score.parts, days) for score, days in weighed])
        total = sum(part.points or 0 for part in parts)
        measured, environment = self.complete(whole.subject, related, whole.measured)
        enough = whole.graded.by is not By.INSUFFICIENT
        graded = self.grade(whole.subject, related, (total, total), measured, environment, enough)
        segments = tuple(score for score, _ in weighed)
        return replace(whole, parts=parts, lowest=total, highest=total, graded=graded, segments=segments)

    def _enough(self, subject: Subject, items: int) -> bool:
        """Whether there is enough work, and time worked, for a grade."""
        minimum = self.scene.card.model.minimum
        days = subject.working_days
        return items >= minimum.items and (days is None or days >= minimum.working_days)

    def _other(
        self, indicator: BoundIndicator, subject: Subject, environment: Mapping[str, Any], rules: Rules
    ) -> Measured:
        """An indicator that does not count rows of work."""
        measure = indicator.model.measure
        if measure.kind not in ("formula", "pair"):
            return self.given(indicator, subject)
        value = rules.formulas[indicator.id](environment)
        if measure.pair and value not in (None, NOT_ARISEN):
            value = Fraction(measure.pair.values[0 if value else 1])
        if value is None:
            return MISSING
        return Measured(State.NOT_APPLICABLE) if value is NOT_ARISEN else fixed(value)

    def given(self, indicator: BoundIndicator, subject: Subject) -> Measured:
        """A figure that people gave: a mark, a reported value, answers to a question."""
        measure = indicator.model.measure
        if measure.survey:
            return self._survey(subject, measure.survey.question, int(measure.survey.from_ * 1_000_000))
        row, most = self.row_given(measure, subject.code), out_of(measure)
        beyond = measure.rating_of and row and row.value is not None and row.value > most
        return MISSING if beyond else _given(row, most)

    def _survey(self, subject: Subject, question: str, floor: int) -> Measured:
        answers = self._answers.get((question, subject.code), ())
        known = [row.value for row in answers if row.value is not None]
        if not known:
            return Measured(State.MISSING if answers else State.NOT_APPLICABLE, n_unknown=len(answers))
        reached = sum(1 for value in known if value >= floor)
        return Measured(State.VALUE, reached, len(known), n=len(known), n_unknown=len(answers) - len(known))


def out_of(measure: Measure) -> int:
    """The most that a mark may be, or the one that a reported figure is counted in, in millionths."""
    return int(measure.rating_of.out_of * 1_000_000) if measure.rating_of else 1_000_000


def _items(rules: Rules, measured: Mapping[str, Measured]) -> int:
    """How many distinct items the scored indicators counted."""
    seen = {
        part.item
        for name in rules.scored
        for part in measured[name].parts
        if not part.unknown and part.row is not None and part.row["counted"]
    }
    return len(seen)


def _given(row: Any, out_of: int) -> Measured:
    if row is None:
        return MISSING
    if row.state is not State.VALUE:
        return Measured(row.state)
    return Measured(State.VALUE, row.value, out_of, n=1)
