"""Points as whole millionths: exact until rounded once, half up."""

from decimal import Decimal
from fractions import Fraction

POINT = 1_000_000


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes away from zero."""
    sign = -1 if value < 0 else 1
    return sign * ((abs(value) * 2 + 1) // 2).__floor__()


def micropoints(points: Decimal | int) -> int:
    """Points as a rulebook states them, in millionths."""
    return half_up(Fraction(points) * POINT)


def rounded(micro: int, places: int) -> int:
    """Millionths of a point, rounded half up to so many places of a point (still in millionths)."""
    unit = 10 ** (6 - places)
    return half_up(Fraction(micro, unit)) * unit


def split(total: int, weights: list[int]) -> list[int]:
    """A whole amount split by weights, to the last millionth: the largest remainders get what is left over."""
    whole = sum(weights)
    exact = [Fraction(total * weight, whole) for weight in weights]
    floors = [value.__floor__() for value in exact]
    order = sorted(range(len(weights)), key=lambda i: (floors[i] - exact[i], i))
    for index in order[: total - sum(floors)]:
        floors[index] += 1
    return floors
