"""Points as whole millionths: exact until rounded once, half up."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

POINT = 1_000_000


def half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes away from zero."""
    return nearest(value.numerator, value.denominator)


def nearest(top: int, bottom: int) -> int:
    """The whole number nearest to `top` ÷ `bottom` (more than zero); a half goes away from zero."""
    size = (2 * abs(top) + bottom) // (2 * bottom)
    return -size if top < 0 else size


def portion(share: Fraction, whole: int) -> int:
    """The share of a whole amount, rounded half up."""
    return nearest(share.numerator * whole, share.denominator)


@lru_cache(maxsize=1024)
def micropoints(points: Decimal | int) -> int:
    """Points as a rulebook states them, in millionths."""
    return half_up(Fraction(points) * POINT)


def rounded(micro: int, places: int) -> int:
    """Millionths of a point, rounded half up to so many places of a point (still in millionths)."""
    unit: int = 10 ** (6 - places)
    return nearest(micro, unit) * unit


def split(total: int, weights: list[int]) -> list[int]:
    """A whole amount split by weights, to the last millionth."""
    whole = sum(weights)
    if whole == total:
        return list(weights)
    return settle([Fraction(total * weight, whole) for weight in weights])


def settle(exact: list[Fraction]) -> list[int]:
    """Exact amounts as whole ones that add up to their rounded sum: the largest remainders get what is left over."""
    floors = [int(value.__floor__()) for value in exact]
    order = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    for index in order[: half_up(sum(exact, Fraction(0))) - sum(floors)]:
        floors[index] += 1
    return floors
