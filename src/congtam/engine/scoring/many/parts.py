"""Figures of many subjects to points: `rates.rate`, `curves` and `tree` in arrays.

What share a part earns differs by subject; how points are allotted depends only on which parts are there, so each
such pattern is split once, with the very function that serves one subject.
"""

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from congtam.engine.rulebook.model import Curve, Part
from congtam.engine.scoring.many.figures import CODE, EXCUSED, VALUE, Figure, Group
from congtam.engine.scoring.many.formulas import BeyondArrays, Formulas
from congtam.engine.scoring.many.ratios import (
    MISSING,
    NOT_ARISEN,
    Codes,
    Flags,
    Ratios,
    choose,
    compare,
    constant,
    divide,
    greatest,
    half_up,
    least,
    subtract,
)
from congtam.engine.scoring.points import micropoints, split
from congtam.engine.states import State

ABSENT, OPEN = CODE[State.NOT_APPLICABLE], CODE[State.MISSING]
MOST_PARTS = 40  # in one group: a pattern of present parts is one whole number

Points = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Share:
    """The share of its points that a leaf part earns, between bounds while something is missing."""

    state: Codes
    lowest: Ratios
    highest: Ratios


@dataclass(frozen=True)
class ManyParts:
    """One part for many subjects: its state (a code into `STATES`), maximum after redistribution, points (zero unless
    there is a value), and between which points it may still end. Points in millionths."""

    id: str
    state: Codes
    maximum: Points
    points: Points
    lowest: Points
    highest: Points
    parts: tuple["ManyParts", ...] = ()

    @property
    def measurable(self) -> Points:
        """Points of this part that could be measured so far."""
        return self.lowest + self.maximum - self.highest

    def walk(self) -> Iterator["ManyParts"]:
        """The part and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class _Rated:
    part: Part
    state: Codes
    share: Share | None
    parts: tuple["_Rated", ...] = ()

    @property
    def stated(self) -> int:
        return micropoints(self.part.points)

    @property
    def present(self) -> Flags:
        return np.asarray((self.state != ABSENT) & (self.state != EXCUSED) & (self.stated != 0))


def score_parts(
    parts: tuple[Part, ...], total: int, group: Group, figures: dict[str, Figure], formulas: Formulas
) -> tuple[ManyParts, ...]:
    """The scored parts of a tree that is worth `total` millionths. Raises `BeyondArrays`."""
    rated = tuple(_rate(part, group, figures, formulas) for part in parts)
    return _allot(rated, np.full(len(group), total, dtype=np.int64))


def _rate(part: Part, group: Group, figures: dict[str, Figure], formulas: Formulas) -> _Rated:
    """States and shares from the leaves up, before points are allotted."""
    if not part.parts:
        share = _share(part, group, figures, formulas)
        return _Rated(part, np.broadcast_to(share.state, len(group)), share)
    children = tuple(_rate(child, group, figures, formulas) for child in part.parts)
    return _Rated(part, _state(children), None, children)


def _state(parts: tuple[_Rated, ...]) -> Codes:
    present = np.logical_or.reduce([part.present for part in parts])
    missing = np.logical_or.reduce([part.present & (part.state == OPEN) for part in parts])
    return np.where(missing, OPEN, np.where(present, VALUE, ABSENT))


def _share(part: Part, group: Group, figures: dict[str, Figure], formulas: Formulas) -> Share:
    """The share of its points that a leaf part earns. What is missing is bounded by its worst and its best."""
    if part.from_:
        figure = figures[part.from_]
        value, direction = figure.read, group.rules.indicators[part.from_].model.direction
        absent = np.where(figure.state == EXCUSED, EXCUSED, ABSENT)
    else:
        formula = group.rules.part_formulas[part.id]
        if formula.node is None:
            return Share(np.array([ABSENT]), constant(0), constant(0))
        value, direction = formulas.of(formula.node, group.rules.parameters), "up"
        absent = np.array([ABSENT])
    state = np.where(value.state == NOT_ARISEN, absent, np.where(value.state == MISSING, OPEN, VALUE))
    earned = _of_points(value, part, direction)
    if not bool((state == OPEN).any()):
        return Share(state, earned, earned)
    lowest, highest = _bounds(part, group, formulas)
    return Share(state, choose(state == OPEN, lowest, earned), choose(state == OPEN, highest, earned))


def _bounds(part: Part, group: Group, formulas: Formulas) -> tuple[Ratios, Ratios]:
    """What a formula would give with its missing figures at nothing and at everything; all open for a bare figure."""
    nothing, everything = constant(0), constant(1)
    if part.from_:
        return nothing, everything
    formula = group.rules.part_formulas[part.id]
    assert formula.node is not None, "a part without a formula for the role did not arise"
    read = {name: formulas.values[name] for name in formula.indicators}
    ends = [
        formulas.imagined({name: choose(one.state == MISSING, end, one) for name, one in read.items()}).of(
            formula.node, group.rules.parameters
        )
        for end in (nothing, everything)
    ]
    told = ends[0].there & ends[1].there
    shares = [_of_points(end, part, "up") for end in ends]
    return choose(told, least(*shares), nothing), choose(told, greatest(*shares), everything)


def _of_points(value: Ratios, part: Part, direction: str) -> Ratios:
    """The share of the part's points that a value earns: `curves.share_of_points` in arrays."""
    return greatest(constant(0), least(constant(1), _on_curve(value, part, direction)))


def _on_curve(value: Ratios, part: Part, direction: str) -> Ratios:
    curve: Curve = part.curve
    if curve.target is not None:
        return divide(value, _divisor(Fraction(curve.target), part))
    if curve.steps:
        if not part.points:
            raise BeyondArrays(f"steps of {part.id}, which carries no points")
        made = constant(0)
        falling = sorted(curve.steps, key=lambda step: step.from_, reverse=True)
        for step in falling[::-1]:
            reached = compare(operator.ge, value, constant(step.from_))
            made = choose(reached, constant(Fraction(step.points) / Fraction(part.points)), made)
        return made
    if curve.between:
        zero, full = Fraction(curve.between.zero), Fraction(curve.between.full)
        return divide(subtract(value, constant(zero)), _divisor(full - zero, part))
    return value if direction == "up" else subtract(constant(1), value)


def _divisor(value: Fraction, part: Part) -> Ratios:
    if not value:
        raise BeyondArrays(f"the curve of {part.id} divides by zero")
    return constant(value)


def _allot(parts: tuple[_Rated, ...], total: Points) -> tuple[ManyParts, ...]:
    """Maximum and points from the top down. Parts that do not arise leave theirs to the others of the group."""
    return tuple(_points(part, most) for part, most in zip(parts, _maxima(parts, total), strict=True))


def _maxima(parts: tuple[_Rated, ...], total: Points) -> list[Points]:
    """What each part of a group is worth, split once per total and pattern of present parts."""
    if len(parts) > MOST_PARTS:
        raise BeyondArrays(f"{len(parts)} parts in one group")
    pattern = np.zeros(len(total), dtype=np.int64)
    for index, part in enumerate(parts):
        pattern |= part.present.astype(np.int64) << index
    maxima = np.zeros((len(parts), len(total)), dtype=np.int64)
    for whole in np.unique(total):
        places = np.flatnonzero(total == whole)
        codes = pattern[places]
        for code in np.unique(codes):
            present = [index for index in range(len(parts)) if int(code) >> index & 1]
            shares = split(int(whole), [parts[index].stated for index in present]) if present else []
            maxima[np.ix_(present, places[codes == code])] = np.array(shares, dtype=np.int64)[:, None]
    return list(maxima)


def _points(part: _Rated, maximum: Points) -> ManyParts:
    known = part.state == VALUE
    if part.share is None:
        children = _allot(part.parts, maximum)
        points = np.where(known, _sum([child.points for child in children]), 0)
        lowest, highest = _sum([child.lowest for child in children]), _sum([child.highest for child in children])
        return ManyParts(part.part.id, part.state, maximum, points, lowest, highest, children)
    lowest = half_up(part.share.lowest, maximum)
    highest = lowest if part.share.highest is part.share.lowest else half_up(part.share.highest, maximum)
    return ManyParts(part.part.id, part.state, maximum, np.where(known, lowest, 0), lowest, highest)


def _sum(columns: list[Points]) -> Points:
    return np.asarray(np.sum(columns, axis=0, dtype=np.int64))
