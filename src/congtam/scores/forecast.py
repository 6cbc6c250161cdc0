"""Looking ahead in a running period: between which points a score will end, and which open work keeps the grade.

Both ends are counted by the engine itself, on rows as they would be: every open share with a deadline in the period
done well, or late.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations
from typing import Any

from congtam.engine.facts.work import Fault
from congtam.engine.measuring.by_item import ByItem
from congtam.engine.measuring.imagine import good
from congtam.engine.measuring.rows import Row, fault_row
from congtam.engine.measuring.select import Selection
from congtam.engine.scoring.grades import By
from congtam.engine.scoring.subject import Score
from congtam.scores.scoring import Made

EXHAUSTIVE_AMONG = 8
MOST_NEEDED = 10  # more work than this is no advice


def look_ahead(made: Made, as_of: datetime) -> dict[str, Any]:
    """What the rest of the period may bring one official; empty where spells are weighed apart.

    `lowest`, `highest`: points in millionths at the end, figures that are still missing at nothing and at everything.
    `pending`: open items due in the period. `keep`: the fewest of them that, done well, keep today's grade though the
    others are late, with the last of their deadlines; no items: the grade stays anyway; None: it cannot be said.
    """
    if made.score.segments:
        return {}
    ahead = _Ahead(made, as_of)
    low, high = ahead.ask(frozenset()), ahead.ask(frozenset(ahead.due))
    return {
        "lowest": min(low.lowest, high.lowest),
        "highest": max(low.highest, high.highest),
        "pending": len(ahead.due),
        "keep": ahead.keep(),
    }


class _Ahead:
    """The open items of one official with a deadline still ahead in the period, as they would count late or well."""

    def __init__(self, made: Made, as_of: datetime):
        self.made, self.as_of = made, as_of
        self.scorer, self.subject = made.scorer, made.score.subject
        self.period = self.scorer.scene.period
        self.due = dict(self._pending())
        rules = self.scorer.rules(self.subject)
        late = Selection(self._late_rows, self.period, self.period.end)
        well = Selection(self._good_rows, self.period, as_of)
        self.figures: dict[str, ByItem] = {}
        for name in rules.deciding if self.due else ():
            rule, measured = rules.over_rows[name], made.score.measured[name]
            model = rule.indicator.model
            kept = [part for part in measured.parts if part.item not in self.due]
            whole = rule.total([*kept, *rule.over(late.of(model)).parts], 0, measured.excused)
            self.figures[name] = ByItem(rule, whole, rule.over(well.of(model)).parts)
        self._over_rows = {name: made.score.measured[name] for name in rules.over_rows}
        self._made: dict[frozenset[str], Score] = {}

    def ask(self, well: frozenset[str]) -> Score:
        """The score at the end of the period with these items done well and the other ones late."""
        if well not in self._made:
            changed = {name: figure.measured(figure.sums(frozenset(), well)) for name, figure in self.figures.items()}
            self._made[well] = self.scorer.rescore(
                self.subject, self.made.related, {**self._over_rows, **changed}, enough=True, n_items=0
            )
        return self._made[well]

    def keep(self) -> dict[str, Any] | None:
        """The fewest items that keep today's grade."""
        graded, grades = self.made.score.graded, self.made.entry.card.grades
        if graded.by is not By.RULE or graded.grade is None:
            return None
        enough = frozenset(grades[: grades.index(graded.grade) + 1])
        needed = next((one for one in self._sets() if self._reaches(one, enough)), None)
        if needed is None:
            return None
        last = max((self.due[item] for item in needed), default=None)
        return {
            "grade": graded.grade,
            "items": [int(item) for item in needed],
            "due_at": last.isoformat() if last else None,
        }

    def _sets(self) -> Iterator[tuple[str, ...]]:
        """Sets of items to try: none, each, each two of those that matter most, then ever more of them."""
        gain = {item: self.ask(frozenset({item})).lowest for item in self.due} if self.due else {}
        ranked = sorted(gain, key=lambda item: (-gain[item], self.due[item], item))
        yield ()
        for size in (1, 2):
            yield from combinations(ranked[:EXHAUSTIVE_AMONG], size)
        for size in range(3, min(len(ranked), MOST_NEEDED) + 1):
            yield tuple(ranked[:size])

    def _reaches(self, items: Iterable[str], enough: frozenset[str]) -> bool:
        after = self.ask(frozenset(items)).graded
        return after.by is By.RULE and after.grade in enough

    def _pending(self) -> Iterator[tuple[str, datetime]]:
        """Items by the deadline of the official's open share, the first one where there are several."""
        rows = sorted(self._own("share"), key=lambda row: row["due_at"] or self.as_of, reverse=True)
        return ((row["_item"], row["due_at"]) for row in rows if self._is_pending(row))

    def _is_pending(self, row: Row) -> bool:
        due = row["due_at"]
        return row["finished_at"] is None and due is not None and self.as_of <= due < self.period.end

    def _own(self, table: str) -> list[Row]:
        return self.scorer.subject_rows(self.subject, table)

    def _good_rows(self, table: str) -> list[Row]:
        mine = [row for row in self._own(table) if row["_item"] in self.due]
        return [good(row) if self._is_pending(row) else row for row in mine] if table != "fault" else []

    def _late_rows(self, table: str) -> list[Row]:
        mine = [row for row in self._own(table) if row["_item"] in self.due]
        if table != "fault":
            return [_late(row, self.period.end) if self._is_pending(row) else row for row in mine]
        shares = [row for row in self._own("share") if row["_item"] in self.due and self._is_pending(row)]
        return [*mine, *(fault_row(_delay(row), self.period.end) for row in shares)]


def _late(row: Row, end: datetime) -> Row:
    """The row had its deadline passed and the work stayed open to the end of the period."""
    delay = (_delay(row),)
    faults = {"_faults": (*row["_faults"], *delay), "_all_faults": (*row["_all_faults"], *delay)}
    return {**row, **faults, "as_of": end, "delay_voided": False}


def _delay(row: Row) -> Fault:
    return Fault(
        f"delay:{row['_key']}", row["_item"], "delay", row["due_at"], row["official"], row["unit"], derived=True
    )
