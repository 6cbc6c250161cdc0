"""Totals of many subjects to grades before caps: `grades.grade` in arrays, for subjects on whom nothing was decided."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.rulebook.model import Ceiling, Grade
from congtam.engine.scoring.grades import By, ProposalState
from congtam.engine.scoring.many.figures import Figure, Group
from congtam.engine.scoring.many.formulas import BeyondArrays, Formulas
from congtam.engine.scoring.many.ratios import MISSING, Codes, Flags, Ratios
from congtam.engine.scoring.points import micropoints

BYS = tuple(By)
BY = {by: np.int8(code) for code, by in enumerate(BYS)}
PROPOSAL_STATES = tuple(ProposalState)
PROPOSAL = {state: np.int8(code) for code, state in enumerate(PROPOSAL_STATES)}
NONE = np.int8(-1)  # no grade, no proposal
_UNGRADED, _UNKNOWN = np.int8(-1), np.int8(-2)  # a unit without a grade, or with one the card does not know


@dataclass(frozen=True)
class Bounds:
    """Between which totals each subject stands, in millionths; equal once all is known."""

    lowest: NDArray[np.int64]
    highest: NDArray[np.int64]


@dataclass(frozen=True)
class Grades:
    """Each subject's grade (its place among the card's grades, from best to worst; -1: none), where it comes from (a
    code into `BYS`), and the state of each veto's proposal (a code into `PROPOSAL_STATES`; -1: not proposed)."""

    grade: Codes
    by: Codes
    proposals: Mapping[str, Codes]


def grade(
    card: BoundScorecard,
    group: Group,
    totals: Bounds,
    sufficient: Flags,
    figures: Mapping[str, Figure],
    formulas: Formulas,
) -> Grades:
    """The grades of subjects on whom nothing was decided. Raises `BeyondArrays`."""
    holds = {name: formulas.of(node, group.rules.parameters) for name, node in card.conditions.items()}
    grades, by = (
        _by_conditions(card, holds, len(group)) if card.model.by_conditions else _by_points(card, totals, holds)
    )
    grades, by = _under_ceilings(card, group, grades, by)
    proposals = _proposals(card, group, figures, formulas)
    return Grades(np.where(sufficient, grades, NONE), np.where(sufficient, by, BY[By.INSUFFICIENT]), proposals)


def _by_conditions(card: BoundScorecard, holds: Mapping[str, Ratios], size: int) -> tuple[Codes, Codes]:
    """The first grade, from the best, whose condition holds. One that cannot be told yet leaves all open."""
    grades, by = np.full(size, NONE), np.full(size, BY[By.TO_DECIDE])
    for code, one in reversed(list(enumerate(card.model.grades))):
        untold, true = holds[one.id].state == MISSING, holds[one.id].true
        grades = np.where(untold, NONE, np.where(true, np.int8(code), grades))
        by = np.where(untold, BY[By.PROVISIONAL], np.where(true, BY[By.RULE], by))
    return grades, by


def _by_points(card: BoundScorecard, totals: Bounds, holds: Mapping[str, Ratios]) -> tuple[Codes, Codes]:
    """The band a total falls in; a hole, or a condition on top that is missed, goes to a person."""
    size = len(totals.lowest)
    if not card.grades:
        return np.full(size, NONE), np.full(size, BY[By.RULE])
    compared, grades = _rounded(totals.lowest, card.model.rounding.compare), np.full(size, NONE)
    for code, one in reversed(list(enumerate(card.model.grades))):
        met = compared < (micropoints(one.below) if one.below is not None else np.inf)
        given = met & holds[one.id].true if one.id in holds else met
        grades = np.where(_reached(one, compared), np.where(given, np.int8(code), NONE), grades)
    by = np.where(grades == NONE, BY[By.TO_DECIDE], BY[By.RULE])
    known = totals.lowest == totals.highest
    return np.where(known, grades, NONE), np.where(known, by, BY[By.PROVISIONAL])


def _reached(one: Grade, compared: NDArray[np.int64]) -> Flags:
    """Whether points are at least (`from`), or more than (`above`), where the band begins."""
    if one.above is not None:
        return np.asarray(compared > micropoints(one.above))
    return np.asarray(compared >= micropoints(one.from_)) if one.from_ is not None else np.full(len(compared), True)


def _rounded(micro: NDArray[np.int64], places: int) -> NDArray[np.int64]:
    """Millionths of a point, none below zero, rounded half up to so many places of a point."""
    if places > 6:
        raise BeyondArrays("points are compared at more than six places")
    unit = 10 ** (6 - places)
    return np.asarray((2 * micro + unit) // (2 * unit) * unit)


def _under_ceilings(card: BoundScorecard, group: Group, grades: Codes, by: Codes) -> tuple[Codes, Codes]:
    """The worse of the own grade and the grade of the unit, where the rule sets a ceiling."""
    for ceiling in card.model.ceilings:
        limit = _limits(card, group, ceiling)
        bound = np.array([ceiling.for_ in ("all", subject.role) for subject in group.subjects])
        bound &= by == BY[By.RULE]
        grades = np.where(bound & (grades != NONE) & (grades < limit), limit, grades)
        grades = np.where(bound & (limit == _UNGRADED), NONE, grades)
        by = np.where(bound & (limit == _UNGRADED), BY[By.PROVISIONAL], by)
    return grades, by


def _limits(card: BoundScorecard, group: Group, ceiling: Ceiling) -> Codes:
    order: dict[str | None, np.int8] = {name: np.int8(code) for code, name in enumerate(card.grades)}
    order[None] = _UNGRADED
    above = [one.unit if ceiling.not_above == "unit.grade" else one.organisation for one in group.related]
    return np.array([order.get(name, _UNKNOWN) for name in above], dtype=np.int8)


def _proposals(
    card: BoundScorecard, group: Group, figures: Mapping[str, Figure], formulas: Formulas
) -> dict[str, Codes]:
    made = {}
    for veto in card.model.vetoes:
        holds = formulas.of(card.vetoes[veto.id], group.rules.parameters).true
        n = figures[veto.indicator].n if veto.indicator in figures else np.zeros(1, np.int64)
        state = np.where(n >= veto.min_items, PROPOSAL[ProposalState.PROPOSED], PROPOSAL[ProposalState.TO_CONSIDER])
        made[veto.id] = np.broadcast_to(np.where(holds, state, NONE), len(group))
    return made
