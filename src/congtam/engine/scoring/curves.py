"""A rate to a share of the part's points, between 0 and 1."""

from decimal import Decimal
from fractions import Fraction

from congtam.engine.rulebook.model import Curve


def share_of_points(value: Fraction, curve: Curve, direction: str, points: Decimal) -> Fraction:
    """The share of `points` that a value earns.

    With a target: value ÷ target, at most all. By steps: the points of the highest step reached. Between two
    values: in proportion. Else in proportion to the value itself, or to what it leaves when less is better.
    """
    if curve.target is not None:
        return _clip(value / Fraction(curve.target))
    if curve.steps:
        reached = [step for step in curve.steps if value >= Fraction(step.from_)]
        best = max(reached, key=lambda step: step.from_, default=None)
        return _clip(Fraction(best.points) / Fraction(points)) if best else Fraction(0)
    if curve.between:
        zero, full = Fraction(curve.between.zero), Fraction(curve.between.full)
        return _clip((value - zero) / (full - zero))
    return _clip(value if direction == "up" else 1 - value)


def _clip(value: Fraction) -> Fraction:
    return max(Fraction(0), min(Fraction(1), value))
