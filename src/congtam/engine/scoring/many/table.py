"""The scores of very many subjects as columns, and a single score laid into them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.rulebook.model import Part
from congtam.engine.scoring.grades import Graded
from congtam.engine.scoring.many.figures import CODE, STATES, VALUE
from congtam.engine.scoring.many.grading import BY, BYS, NONE, PROPOSAL, PROPOSAL_STATES
from congtam.engine.scoring.many.ratios import Codes, Flags
from congtam.engine.scoring.subject import Score, Subject

Points = NDArray[np.int64]
WHO = ("role", "unit", "agency", "duty_group", "staff_kind")


@dataclass(frozen=True)
class PartColumns:
    """One part for every subject: a code into `STATES` (-1: scores combined over spells keep top parts only), maximum
    after redistribution and points (zero unless there is a value), in millionths."""

    state: Codes
    maximum: Points
    points: Points

    @classmethod
    def empty(cls, size: int) -> "PartColumns":
        """Room for so many subjects."""
        return cls(np.full(size, NONE), np.zeros(size, np.int64), np.zeros(size, np.int64))


@dataclass(frozen=True)
class ScoreTable:
    """The scores of many subjects on one scorecard before caps, one row each; points in millionths.

    `grade` is a place in `grades` (from best to worst; -1: none), `by` a code into `grading.BYS`. `parts` holds every
    part of the tree, `proposals` every veto (a code into `grading.PROPOSAL_STATES`; -1: not proposed). `one_by_one`
    says which subjects came from the scorer of one subject.
    """

    subjects: tuple[Subject, ...]
    grades: tuple[str, ...]
    lowest: Points
    highest: Points
    earned: Points
    measurable: Points
    n_items: Points
    grade: Codes
    by: Codes
    parts: Mapping[str, PartColumns]
    proposals: Mapping[str, Codes]
    one_by_one: Flags

    def __len__(self) -> int:
        return len(self.subjects)

    @classmethod
    def empty(cls, card: BoundScorecard, subjects: Sequence[Subject]) -> "ScoreTable":
        """Room for the scores of the subjects."""
        size = len(subjects)
        lowest, highest, earned, measurable, n_items = np.zeros((5, size), np.int64)
        grade, by = np.full((2, size), NONE)
        return cls(
            tuple(subjects),
            card.grades,
            lowest,
            highest,
            earned,
            measurable,
            n_items,
            grade,
            by,
            {name: PartColumns.empty(size) for name in _names(card.model.parts)},
            {veto.id: np.full(size, NONE) for veto in card.model.vetoes},
            np.zeros(size, np.bool_),
        )

    def put(self, place: int, score: Score) -> None:
        """Lay one score into its row."""
        self.lowest[place], self.highest[place] = score.lowest, score.highest
        self.earned[place], self.measurable[place] = score.earned, score.measurable
        self.n_items[place], self.one_by_one[place] = score.n_items, True
        graded = score.graded
        self.grade[place] = NONE if graded.grade is None else self.grades.index(graded.grade)
        self.by[place] = BY[graded.by]
        for name, columns in self.parts.items():
            part = score.part(name)
            columns.state[place] = NONE if part is None else CODE[part.state]
            columns.maximum[place] = 0 if part is None else part.maximum
            columns.points[place] = 0 if part is None else part.points or 0
        proposed = {one.veto: PROPOSAL[one.state] for one in graded.proposals}
        for veto, states in self.proposals.items():
            states[place] = proposed.get(veto, NONE)

    def grade_of(self, place: int) -> str | None:
        """The grade of one subject before caps."""
        code = int(self.grade[place])
        return None if code < 0 else self.grades[code]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The row of each subject."""
        return {one.code: place for place, one in enumerate(self.subjects)}

    def graded(self, places: Sequence[int]) -> dict[str, Graded]:
        """The grades of the subjects in some rows, and where they come from."""
        codes = list(zip(self.grade[places].tolist(), self.by[places].tolist(), strict=True))
        made = {(code, by): Graded(self.grades[code] if code >= 0 else None, BYS[by]) for code, by in set(codes)}
        return {self.subjects[place].code: made[code] for place, code in zip(places, codes, strict=True)}

    def to_arrow(self) -> pa.Table:
        """The table as Arrow, nulls where there is no grade, proposal or point; points stay in millionths."""
        columns = {"subject": pa.array([one.code for one in self.subjects])}
        for name in WHO:
            columns[name] = pa.array([getattr(one, name) for one in self.subjects], pa.string())
        for name in ("lowest", "highest", "earned", "measurable", "n_items"):
            columns[name] = pa.array(getattr(self, name))
        columns["grade"], columns["by"] = _coded(self.grade, self.grades), _coded(self.by, BYS)
        for name, part in self.parts.items():
            columns[f"{name}.state"] = _coded(part.state, STATES)
            columns[f"{name}.maximum"] = pa.array(part.maximum, mask=part.state == NONE)
            columns[f"{name}.points"] = pa.array(part.points, mask=part.state != VALUE)
        for veto, states in self.proposals.items():
            columns[f"{veto}.proposal"] = _coded(states, PROPOSAL_STATES)
        columns["one_by_one"] = pa.array(self.one_by_one)
        return pa.table(columns)


def _names(parts: tuple[Part, ...]) -> list[str]:
    return [name for part in parts for name in (part.id, *_names(part.parts))]


def _coded(codes: Codes, names: Sequence[str]) -> pa.DictionaryArray:
    places = pa.array(codes, pa.int8(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(places, pa.array([str(name) for name in names], pa.string()))
