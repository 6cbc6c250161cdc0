"""What one record did, and what would change: the same engine asked again with a record left out, or done well.

Two questions, never mixed: `without` the record, and `if_good` (had it been in time and without faults).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from congtam.engine.measuring.evaluate import Measured, RowMeasure
from congtam.engine.measuring.imagine import good
from congtam.engine.measuring.rows import Row
from congtam.engine.measuring.select import Membership, select
from congtam.engine.scoring.grades import By
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.subject import Score
from congtam.engine.states import State

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


def items_of(score: Score) -> list[str]:
    """The items that any indicator of the score looked at."""
    return sorted({part.item for measured in score.measured.values() for part in measured.parts})


def effects(run: Run, code: str) -> list[Effect]:
    """The effect of every item on a subject, those that cost most first."""
    score = run.scores[code]
    made = [effect(run, code, item) for item in items_of(score)]
    return sorted(made, key=lambda one: (-one.if_good.total, one.without.total, one.item))


def effect(run: Run, code: str, item: str) -> Effect:
    """The effect of one item on one subject's score."""
    score = run.scores[code]
    without = rescored(run, code, without={item})
    done_well = rescored(run, code, if_good={item})
    return Effect(item, _moved(score, without), _moved(score, done_well))


def rescored(run: Run, code: str, *, without: Iterable[str] = (), if_good: Iterable[str] = ()) -> Score:
    """The subject's score with some items left out or done well; the grades of others stay as they are."""
    gone, done_well = frozenset(without), frozenset(if_good)
    score = run.scores[code]
    rules = run.scorer.rules(score.subject)
    measured = {
        name: _imagined(run, score, rule, score.measured[name], gone, done_well)
        for name, rule in rules.over_rows.items()
    }
    enough = score.graded.by is not By.INSUFFICIENT
    return run.scorer.rescore(score.subject, run.related[code], measured, enough=enough)


def _imagined(
    run: Run, score: Score, rule: RowMeasure, measured: Measured, gone: frozenset[str], done_well: frozenset[str]
) -> Measured:
    """An indicator without the row parts of some items, and with those of others counted anew as done well."""
    touched = gone | done_well
    kept = [part for part in measured.parts if part.item not in touched]
    table = rule.indicator.model.measure.source
    pending = measured.n_pending
    if done_well and table != "fault":
        rows = [row for row in run.scorer.subject_rows(score.subject, table) if row["_item"] in done_well]
        pending -= _pending(run, rule, rows)
        again = list(_membership(run, rule, [good(row) for row in rows]))
        kept += [part for _, row in again if (part := rule.part(row)) is not None]
    if len(kept) == len(measured.parts) and not done_well:
        return measured
    return rule.total(kept, max(0, pending), measured.state is State.EXCUSED)


def _membership(run: Run, rule: RowMeasure, rows: list[Row]) -> Iterator[tuple[Membership, Row]]:
    model = rule.indicator.model
    return select(rows, model.measure, model.shared_work, run.asked.period, run.asked.as_of)


def _pending(run: Run, rule: RowMeasure, rows: list[Row]) -> int:
    return sum(
        1
        for belongs, row in _membership(run, rule, rows)
        if belongs is Membership.PENDING and rule.part(row) is not None
    )


def _moved(before: Score, after: Score) -> Moved:
    leaves = {leaf.id: leaf.earned for part in before.parts for leaf in part.leaves()}
    moved = tuple(
        (leaf.id, leaf.earned - leaves[leaf.id])
        for part in after.parts
        for leaf in part.leaves()
        if leaf.earned != leaves[leaf.id]
    )
    return Moved(after.lowest - before.lowest, moved, after.graded.grade)


def reach(run: Run, code: str, known: Iterable[Effect]) -> Reach | None:
    """The smallest set of items that, done well, would give a better grade; None when there is none to give, or
    when no set of the subject's items gives it. `known` are the subject's effects."""
    score, grades = run.scores[code], run.card.grades
    if score.graded.by is not By.RULE or score.graded.grade in (None, grades[0]) or score.months:
        return None
    better = frozenset(grades[: grades.index(score.graded.grade or "")])
    costly = [one for one in known if one.if_good.total > 0]
    for size in range(1, EXHAUSTIVE_UP_TO + 1):
        for chosen in combinations([one.item for one in costly[:EXHAUSTIVE_AMONG]], size):
            if found := _reaches(run, code, chosen, better, smallest=True):
                return found
    for size in range(EXHAUSTIVE_UP_TO + 1, len(costly) + 1):
        if found := _reaches(run, code, tuple(one.item for one in costly[:size]), better, smallest=False):
            return found
    return None


def _reaches(run: Run, code: str, items: tuple[str, ...], better: frozenset[str], *, smallest: bool) -> Reach | None:
    after = rescored(run, code, if_good=items)
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
