"""Totals drawn at random for any rules, with ties, edges and every state made likely; and one score held against one
row of a table."""

from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from congtam.engine.facts.tables import Decision, Facts, Rating, Reported
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.rows import Rows
from congtam.engine.measuring.totals import Sums, Totals, Whole
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import RatingOf
from congtam.engine.scoring.grades import Proposal
from congtam.engine.scoring.many.figures import STATES, VALUE
from congtam.engine.scoring.many.grading import BYS, NONE, PROPOSAL_STATES
from congtam.engine.scoring.many.score import TotalsOf, score_many, score_one
from congtam.engine.scoring.many.table import ScoreTable
from congtam.engine.scoring.rules import Rules
from congtam.engine.scoring.subject import Related, Scene, Score, Subject, SubjectScorer
from congtam.engine.states import State

MONTH = Period.parse("2026-09")
RATES = [Fraction(text) for text in ("0", "1", "1/2", "1/5", "1/3", "9/10", "7/10", "2/3", "6/5", "-1/4", "199/1000")]


class Draw:
    """A population with its totals for one scorecard."""

    def __init__(self, rulebook: Rulebook, card: str, seed: int, size: int = 60, decided: bool = True):
        self.random, self.codes = Random(seed), [f"o{n}" for n in range(size)]
        self.rulebook, self.card = rulebook, rulebook.scorecards[card]
        facts = Facts(
            ratings=self._ratings(), reported=self._reported(), decisions=self._decisions() if decided else ()
        )
        scene = Scene(rulebook, self.card, MONTH, MONTH.end, facts, Rows())
        self.scorer = SubjectScorer(scene)
        self.subjects = [self._subject(code) for code in self.codes]
        self.related = [self._related() for _ in self.codes]
        self._totals: dict[int, Totals] = {}

    def totals(self, rules: Rules) -> Totals:
        """The totals of one set of rules; a subject now and then has no row at all."""
        if id(rules) not in self._totals:
            known = tuple(code for code in self.codes if self.random.random() < 0.95)
            sums = {name: self._sums(rule, len(known)) for name, rule in rules.over_rows.items()}
            items = np.array(self.random.choices([0, 4, 5, 9, 40], k=len(known)), np.int64)
            self._totals[id(rules)] = Totals(known, sums, items)
        return self._totals[id(rules)]

    def table(self) -> ScoreTable:
        """Everyone scored at once."""
        return score_many(self.scorer, self.subjects, self.related, self.totals)

    def scores(self) -> list[Score]:
        """Everyone scored one by one."""
        return one_by_one(self.scorer, self.subjects, self.related, self.totals)

    def _sums(self, rule: RowMeasure, size: int) -> Sums:
        pairs = [self._pair(rule) for _ in range(size)]
        n = np.array(self.random.choices([0, 1, 7, 8, 30], k=size), np.int64)
        tops, bottoms = _whole([top for top, _ in pairs]), _whole([bottom for _, bottom in pairs])
        return Sums(rule, tops, bottoms, n, self._few(size), self._few(size), self._few(size))

    def _few(self, size: int) -> NDArray[np.int64]:
        return np.array(self.random.choices([0, 0, 0, 1, 8], k=size), np.int64)

    def _pair(self, rule: RowMeasure) -> tuple[int, int]:
        """Numerator and denominator in the measure's scales: none, a common rate, or anything."""
        if rule.indicator.model.measure.kind in ("count_of", "sum_of"):
            return self.random.choice([0, 1, 2, 3, 5, 9, 10, 11, self.random.randrange(10**9)]), 0
        size = self.random.choice(
            [0, 1, 3, 5, 10, -96, 12 * 10**8, 10**13 + 1, 3 * 10**19, self.random.randrange(1, 10**12)]
        )
        scale = Fraction(10) ** (rule.top_scale - rule.bottom_scale)
        rate = self.random.choice([*RATES, Fraction(self.random.randrange(-5, 30), 23)])
        return int(rate * size * scale) + self.random.choice([0, 0, 0, 0, 1, -1]), size

    def _subject(self, code: str) -> Subject:
        role = self.random.choice(["staff", "staff", "leader"])
        kind = self.random.choice(["civil_servant", "civil_servant", None])
        days = self.random.choice([None, 9, 10, 20, 20])
        return Subject(code, role, self.random.choice(["u", "v"]), "a", "g", kind, working_days=days)

    def _related(self) -> Related:
        grades = [*self.card.grades, None]
        below = tuple(("x", self.random.choice(grades)) for _ in range(self.random.choice([0, 1, 2, 5])))
        return Related(below, self.random.choice(grades), self.random.choice(grades))

    def _given(self, out_of: int) -> tuple[State, int | None]:
        state = self.random.choices(list(State), [12, 1, 1, 1])[0]
        half = out_of // 2
        value = self.random.choice([0, out_of, half, out_of * 9 // 10, out_of + 1, self.random.randrange(out_of)])
        return state, value if state is State.VALUE else None

    def _ratings(self) -> tuple[Rating, ...]:
        asked = [
            one.model.measure.rating_of for one in self.rulebook.indicators.values() if one.model.measure.rating_of
        ]
        return tuple(self._rating(code, one) for code in self.codes for one in asked if self.random.random() < 0.9)

    def _rating(self, code: str, one: RatingOf) -> Rating:
        state, value = self._given(int(one.out_of * 1_000_000))
        return Rating(1, MONTH.start, code, one.criterion, MONTH.label, one.stage, state, value)

    def _reported(self) -> tuple[Reported, ...]:
        names = [one.model.measure.reported for one in self.rulebook.indicators.values() if one.model.measure.reported]
        drawn = [(code, name) for code in self.codes for name in names if self.random.random() < 0.9]
        return tuple(Reported(1, MONTH.start, code, name, MONTH.label, *self._given(1_000_000)) for code, name in drawn)

    def _decisions(self) -> tuple[Decision, ...]:
        vetoes = [(veto.id, outcome) for veto in self.card.model.vetoes for outcome in ("upheld", "set_aside")]
        matters = [*vetoes, *(("otherwise", grade) for grade in self.card.grades[:1])]
        chosen = [code for code in self.codes if matters and self.random.random() < 0.08]
        return tuple(
            Decision(n, MONTH.start, code, self.card.id, MONTH.label, *self.random.choice(matters), "an", "01")
            for n, code in enumerate(chosen)
        )


def one_by_one(scorer: SubjectScorer, subjects: list[Subject], related: list[Related], totals: TotalsOf) -> list[Score]:
    """The reference."""
    return [
        score_one(scorer, subject, one, totals(scorer.rules(subject)))
        for subject, one in zip(subjects, related, strict=True)
    ]


def said(score: Score, table: ScoreTable) -> dict[str, Any]:
    """One score as a row of the table tells it."""
    parts = {name: score.part(name) for name in table.parts}
    proposals: dict[str, Proposal] = {one.veto: one for one in score.graded.proposals}
    return {
        "totals": (score.lowest, score.highest, score.earned, score.measurable, score.n_items),
        "grade": (score.graded.grade, score.graded.by),
        "parts": {name: part and (part.state, part.maximum, part.points) for name, part in parts.items()},
        "proposals": {name: proposals[name].state if name in proposals else None for name in table.proposals},
    }


def told(table: ScoreTable, place: int) -> dict[str, Any]:
    """The same, read from the table."""
    parts = {
        name: (STATES[one.state[place]], int(one.maximum[place]), _points(one.state[place], one.points[place]))
        if one.state[place] != NONE
        else None
        for name, one in table.parts.items()
    }
    figures = (table.lowest, table.highest, table.earned, table.measurable, table.n_items)
    proposals = {name: int(states[place]) for name, states in table.proposals.items()}
    return {
        "totals": tuple(int(column[place]) for column in figures),
        "grade": (table.grade_of(place), BYS[table.by[place]]),
        "parts": parts,
        "proposals": {name: PROPOSAL_STATES[code] if code >= 0 else None for name, code in proposals.items()},
    }


def _points(state: int, points: int) -> int | None:
    return int(points) if state == VALUE else None


def _whole(values: list[int]) -> Whole:
    try:
        return np.array(values, np.int64)
    except OverflowError:
        return np.array(values, object)
