"""Parts to points: what does not arise lends its points to its neighbours, what is missing stays open."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from congtam.engine.rulebook.model import Part, Text
from congtam.engine.scoring.points import micropoints, portion, settle, split
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

    @cached_property
    def measurable(self) -> int:
        """Points of this part that could be measured so far."""
        if self.parts:
            return sum(part.measurable for part in self.parts)
        if self.lowest is None or self.highest is None:
            return 0
        most = self.earned if self.highest is self.lowest else portion(self.highest, self.maximum)
        return self.earned + self.maximum - most

    @cached_property
    def earned(self) -> int:
        """Points earned so far."""
        if self.parts:
            return sum(part.earned for part in self.parts)
        return portion(self.lowest, self.maximum) if self.lowest is not None else 0

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


@dataclass(frozen=True, slots=True)
class _Rated:
    """A part with its state and rate, before points are allotted."""

    part: Part
    stated: int
    state: State
    rate: Rate | None
    inside: tuple["_Rated", ...] = ()


def score_parts(parts: tuple[Part, ...], total: int, rate: Rating) -> tuple[PartScore, ...]:
    """The scored parts of a tree that is worth `total` millionths; `rate` says what share a leaf earns."""
    return _allot(tuple(_rated(part, rate) for part in parts), total)


def _rated(part: Part, rate: Rating) -> _Rated:
    """States and rates from the leaves up."""
    stated = micropoints(part.points)
    if not part.parts:
        made = rate(part)
        return _Rated(part, stated, made.state, made)
    inside = tuple(_rated(child, rate) for child in part.parts)
    return _Rated(part, stated, _state(inside), None, inside)


def _state(parts: tuple[_Rated, ...]) -> State:
    present = [part for part in parts if part.state not in _ABSENT and part.stated]
    if not present:
        return State.NOT_APPLICABLE
    return State.MISSING if any(part.state is State.MISSING for part in present) else State.VALUE


def _allot(parts: tuple[_Rated, ...], total: int) -> tuple[PartScore, ...]:
    """Maximum and points from the top down. Parts that do not arise leave theirs to the others of the group."""
    present = [part for part in parts if part.state not in _ABSENT and part.stated]
    shares = split(total, [part.stated for part in present]) if present else []
    allotted = {part.part.id: share for part, share in zip(present, shares, strict=True)}
    return tuple(_scored(part, allotted.get(part.part.id, 0)) for part in parts)


def _scored(rated: _Rated, maximum: int) -> PartScore:
    part, rate, known = rated.part, rated.rate, rated.state is State.VALUE
    said = (part.id, part.title, rated.state, rated.stated, maximum)
    if rate is None:
        inside = _allot(rated.inside, maximum)
        points = sum(child.points or 0 for child in inside) if known else None
        return PartScore(*said, points, parts=inside)
    points = portion(rate.lowest, maximum) if known and rate.lowest is not None else None
    return PartScore(*said, points, rate.lowest, rate.highest, rate.indicators)


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
