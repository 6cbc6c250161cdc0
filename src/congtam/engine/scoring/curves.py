"""A rate to a share of the part's points, between 0 and 1."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from congtam.engine.rulebook.model import Curve


def share_of_points(value: Fraction, curve: Curve, direction: str, points: Decimal) -> Fraction:
    """The share of `points` that a value earns.

    With a target: value ÷ target, at most all. By steps: the points of the highest step reached. Between two
    values: in proportion. Else in proportion to the value itself, or to what it leaves when less is better.
    """
    if curve.target is not None:
        return _clip(value / _exact(curve.target))
    if curve.steps:
        reached = [step for step in curve.steps if value >= _exact(step.from_)]
        best = max(reached, key=lambda step: step.from_, default=None)
        return _clip(_exact(best.points) / _exact(points)) if best else Fraction(0)
    if curve.between:
        zero, full = _exact(curve.between.zero), _exact(curve.between.full)
        return _clip((value - zero) / (full - zero))
    return _clip(value if direction == "up" else 1 - value)


_NONE, _ALL = Fraction(0), Fraction(1)


def _clip(value: Fraction) -> Fraction:
    if value.numerator <= 0:
        return _NONE
    return value if value.numerator < value.denominator else _ALL


_exact = lru_cache(maxsize=1024)(Fraction)  # a rulebook's figures come back for every subject
