"""Parts to points: what does not arise lends its points to its neighbours, what is missing stays open."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from congtam.engine.rulebook.model import Part, Text
from congtam.engine.scoring.points import half_up, micropoints, settle, split
from congtam.engine.states import State


@dataclass(frozen=True)
class PartScore:
    """One part: `stated` points of the rulebook, `maximum` after redistribution, `points` earned (None unless the
    state is VALUE), all in millionths; `indicators` it stands on. `lowest` and `highest` bound the share of its points
    whatever is still missing may give (equal once nothing is)."""

    id: str
    title: Text
    state: State
    stated: int
    maximum: int
    points: int | None
    lowest: Fraction | None = None
    highest: Fraction | None = None
    indicators: tuple[str, ...] = ()
    parts: tuple["PartScore", ...] = ()

    @property
    def lost(self) -> int | None:
        return None if self.points is None else self.maximum - self.points

    @property
    def measurable(self) -> int:
        """Points of this part that could be measured so far."""
        if self.parts:
            return sum(part.measurable for part in self.parts)
        if self.lowest is None or self.highest is None:
            return 0
        return self.earned + self.maximum - half_up(self.highest * self.maximum)

    @property
    def earned(self) -> int:
        """Points earned so far."""
        if self.parts:
            return sum(part.earned for part in self.parts)
        return half_up(self.lowest * self.maximum) if self.lowest is not None else 0

    def leaves(self) -> tuple["PartScore", ...]:
        """The parts that carry points themselves."""
        return tuple(leaf for part in self.parts for leaf in part.leaves()) if self.parts else (self,)


@dataclass(frozen=True)
class Rate:
    """The share of its points that a leaf part earns, between bounds while something is missing, and from what."""

    state: State
    lowest: Fraction | None = None
    highest: Fraction | None = None
    indicators: tuple[str, ...] = ()


Rating = Callable[[Part], Rate]

_ABSENT = (State.NOT_APPLICABLE, State.EXCUSED)


def score_parts(parts: tuple[Part, ...], total: int, rate: Rating) -> tuple[PartScore, ...]:
    """The scored parts of a tree that is worth `total` millionths; `rate` says what share a leaf earns."""
    return _allot(tuple(_measure(part, rate) for part in parts), total)


def _measure(part: Part, rate: Rating) -> PartScore:
    """States and rates from the leaves up, before points are allotted."""
    stated = micropoints(part.points)
    if not part.parts:
        made = rate(part)
        return PartScore(
            part.id, part.title, made.state, stated, stated, None, made.lowest, made.highest, made.indicators
        )
    children = tuple(_measure(child, rate) for child in part.parts)
    return PartScore(part.id, part.title, _state(children), stated, stated, None, parts=children)


def _state(parts: tuple[PartScore, ...]) -> State:
    present = [part for part in parts if part.state not in _ABSENT and part.stated]
    if not present:
        return State.NOT_APPLICABLE
    return State.MISSING if any(part.state is State.MISSING for part in present) else State.VALUE


def _allot(parts: tuple[PartScore, ...], total: int) -> tuple[PartScore, ...]:
    """Maximum and points from the top down. Parts that do not arise leave theirs to the others of the group."""
    present = [part for part in parts if part.state not in _ABSENT and part.stated]
    shares = split(total, [part.stated for part in present]) if present else []
    allotted = {part.id: share for part, share in zip(present, shares, strict=True)}
    return tuple(_points(part, allotted.get(part.id, 0)) for part in parts)


def _points(part: PartScore, maximum: int) -> PartScore:
    if part.parts:
        children = _allot(part.parts, maximum)
        known = part.state is State.VALUE
        points = sum(child.points or 0 for child in children) if known else None
        return replace(part, maximum=maximum, points=points, parts=children)
    known = part.lowest is not None and part.state is State.VALUE
    points = half_up(part.lowest * maximum) if known and part.lowest is not None else None
    return replace(part, maximum=maximum, points=points)


def merged(weighed: list[tuple[tuple[PartScore, ...], int]]) -> tuple[PartScore, ...]:
    """Top parts of several scores as their weighed mean; points re-add to the rounded mean of the totals. A part that
    did not arise in one of them gave none there, and its points went to the others."""
    whole = sum(weight for _, weight in weighed)
    first = {part.id: part for parts, _ in weighed for part in parts}
    exact = {name: _mean(weighed, name, whole, lambda part: part.points or 0) for name in first}
    most = {name: _mean(weighed, name, whole, lambda part: part.maximum) for name in first}
    points = dict(zip(first, settle(list(exact.values())), strict=True))
    maximum = dict(zip(first, settle(list(most.values())), strict=True))
    there = {part.id for parts, _ in weighed for part in parts if part.points is not None}
    return tuple(
        PartScore(name, part.title, State.VALUE, part.stated, maximum[name], points[name])
        if name in there
        else PartScore(name, part.title, part.state, part.stated, 0, None)
        for name, part in first.items()
    )


def _mean(
    weighed: list[tuple[tuple[PartScore, ...], int]], name: str, whole: int, of: Callable[[PartScore], int]
) -> Fraction:
    return Fraction(sum(of(part) * weight for parts, weight in weighed for part in parts if part.id == name), whole)
