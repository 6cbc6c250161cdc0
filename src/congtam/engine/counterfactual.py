"""What one record did, and what would change: the same engine asked again with a record left out, or done well.

Two questions, never mixed: `without` the record, and `if_good` (had it been in time and without faults).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from congtam.engine.measuring.by_item import ByItem, Sums
from congtam.engine.measuring.imagine import good
from congtam.engine.measuring.rows import Row
from congtam.engine.measuring.select import Selection
from congtam.engine.scoring.grades import By, Graded
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.tree import PartScore

EXHAUSTIVE_UP_TO = 2
EXHAUSTIVE_AMONG = 14


@dataclass(frozen=True)
class Moved:
    """How far a question moved each leaf part and the total, in millionths; parts that stay are not named."""

    total: int
    parts: tuple[tuple[str, int], ...]
    grade: str | None


@dataclass(frozen=True)
class Effect:
    """What one item did to one subject's score, over all parts at once."""

    item: str
    without: Moved
    if_good: Moved


@dataclass(frozen=True)
class Reach:
    """A set of items that, done well, would reach a better grade; `smallest` when no smaller set can."""

    grade: str
    items: tuple[str, ...]
    total: int
    smallest: bool


@dataclass(frozen=True)
class Outcome:
    """What a subject would have earned: parts, the least total in millionths, and the grade before caps."""

    parts: tuple[PartScore, ...]
    lowest: int
    graded: Graded


class WhatIf:
    """Questions about one subject's score and the items that any indicator of it looked at. The grades of others stay
    as they are, and so does whether there was enough work for a grade."""

    def __init__(self, run: Run, code: str):
        self.run, self.score, self.related = run, run.scores[code], run.related[code]
        self.rules = run.scorer.rules(self.score.subject)
        self._answers: dict[tuple[Sums, ...], Outcome] = {}

    @cached_property
    def items(self) -> list[str]:
        """The items that can be asked about."""
        return sorted({part.item for measured in self.score.measured.values() for part in measured.parts})

    @cached_property
    def effects(self) -> list[Effect]:
        """The effect of every item, those that cost most first."""
        made = [self.effect(item) for item in self.items]
        return sorted(made, key=lambda one: (-one.if_good.total, one.without.total, one.item))

    def effect(self, item: str) -> Effect:
        """The effect of one item."""
        return Effect(item, self._moved(self.ask(without={item})), self._moved(self.ask(if_good={item})))

    def ask(self, *, without: Iterable[str] = (), if_good: Iterable[str] = ()) -> Outcome:
        """The score with some items left out, or done well."""
        done_well = frozenset(if_good)
        gone = frozenset(without) - done_well
        sums = tuple(figure.sums(gone, done_well) for figure in self._figures.values())
        if sums not in self._answers:  # the same sums give the same score
            self._answers[sums] = self._scored(sums)
        return self._answers[sums]

    @cached_property
    def _figures(self) -> dict[str, ByItem]:
        """The indicators that points and grade stand on."""
        seen = Selection(self._good_rows, self.run.asked.period, self.run.asked.as_of)
        rules = {name: self.rules.over_rows[name] for name in self.rules.deciding}
        return {
            name: ByItem(rule, self.score.measured[name], rule.parts(seen.of(rule.indicator.model)))
            for name, rule in rules.items()
        }

    def _good_rows(self, table: str) -> list[Row]:
        """The rows of one table had its items been done well: no faults are left then."""
        rows = self.run.scorer.subject_rows(self.score.subject, table) if table != "fault" else []
        asked = frozenset(self.items)
        return [good(row) for row in rows if row["_item"] in asked]

    @cached_property
    def _made_of(self) -> dict[str, list[str]]:
        """What each figure stands on: itself, and of a formula all that it reads."""
        return {name: self.rules.needed([name]) for name in self.score.measured}

    def _scored(self, sums: tuple[Sums, ...]) -> Outcome:
        asked = zip(self._figures.items(), sums, strict=True)
        changed = {name: figure.measured(one) for (name, figure), one in asked if one != figure.whole}
        same = {
            name: one for name, one in self.score.measured.items() if changed.keys().isdisjoint(self._made_of[name])
        }
        enough = self.score.graded.by is not By.INSUFFICIENT
        again = self.run.scorer.rescore(self.score.subject, self.related, {**same, **changed}, enough=enough, n_items=0)
        return Outcome(again.parts, again.lowest, again.graded)

    def _moved(self, after: Outcome) -> Moved:
        leaves = self._leaves
        earned = [(leaf.id, leaf.earned - leaves[leaf.id]) for part in after.parts for leaf in part.leaves()]
        moved = tuple((leaf, micro) for leaf, micro in earned if micro)
        return Moved(after.lowest - self.score.lowest, moved, after.graded.grade)

    @cached_property
    def _leaves(self) -> dict[str, int]:
        return {leaf.id: leaf.earned for part in self.score.parts for leaf in part.leaves()}

    def reach(self) -> Reach | None:
        """The smallest set of items that, done well, would give a better grade; None when there is none to give, or
        when no set of the subject's items gives it."""
        graded, grades = self.score.graded, self.run.card.grades
        if graded.by is not By.RULE or graded.grade in (None, grades[0]):
            return None
        better = frozenset(grades[: grades.index(graded.grade or "")])
        costly = [one.item for one in self.effects if one.if_good.total > 0]
        for size in range(1, EXHAUSTIVE_UP_TO + 1):
            for chosen in combinations(costly[:EXHAUSTIVE_AMONG], size):
                if found := self._reaches(chosen, better, smallest=True):
                    return found
        for size in range(EXHAUSTIVE_UP_TO + 1, len(costly) + 1):
            if found := self._reaches(tuple(costly[:size]), better, smallest=False):
                return found
        return None

    def _reaches(self, items: tuple[str, ...], better: frozenset[str], *, smallest: bool) -> Reach | None:
        after = self.ask(if_good=items)
        if after.graded.by is By.RULE and after.graded.grade in better:
            return Reach(after.graded.grade or "", items, after.lowest, smallest)
        return None


@dataclass(frozen=True)
class Changed:
    """One subject before and after a what-if: totals in millionths (None while figures are missing) and grades."""

    subject: str
    before: int | None
    after: int | None
    grade_before: str | None
    grade_after: str | None

    @property
    def other_grade(self) -> bool:
        return self.grade_before != self.grade_after


def compare(before: Run, after: Run) -> list[Changed]:
    """Everyone whose points or grade differ between two runs, those who change grade first."""
    changed = [
        Changed(code, one.total, other.total, one.graded.grade, other.graded.grade)
        for code, one in before.scores.items()
        if (other := after.scores.get(code)) is not None
        and (one.lowest, one.highest, one.graded.grade) != (other.lowest, other.highest, other.graded.grade)
    ]
    return sorted(changed, key=lambda one: (not one.other_grade, one.subject))
