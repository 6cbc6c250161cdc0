"""Groups too small to hide in: which figures are told together, so that nobody is found in them, nor by subtraction.

All counts are of people whom the reader may not see: of those who may be seen, nothing is hidden.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

FEW = 5
"""Fewer people than this are no group: what became of them is not told in numbers to those who may not see them."""

Key = TypeVar("Key", bound=Hashable)
Unit = int  # 0: those without one


def enough(people: int) -> bool:
    """Whether so many unseen people may be told of in numbers: none at all, or a group."""
    return people == 0 or people >= FEW


def gathered(people: Mapping[Unit, int]) -> set[Unit]:
    """The units that are told of together only, by how many unseen people each has: those with few, and as many of the
    next smallest as it takes that there are enough people among them."""
    together = {unit for unit, n in people.items() if not enough(n)}
    others = sorted((n, unit) for unit, n in people.items() if n and unit not in together)
    while others and not enough(sum(people[unit] for unit in together)):
        together.add(others.pop(0)[1])
    return together


def kept_apart(cells: Mapping[Key, tuple[int, ...]]) -> list[Key]:
    """The rows that are told one by one; all others are told as one sum: rows with a small figure, and as many of the
    next smallest as it takes that no sum is small either."""
    kept = [key for key, counts in cells.items() if all(map(enough, counts))]
    while filled := [key for key in kept if any(cells[key])]:
        if all(map(enough, _sums(cells, kept))):
            break
        kept.remove(min(filled, key=lambda key: sum(cells[key])))
    return kept


def _sums(cells: Mapping[Key, tuple[int, ...]], kept: Collection[Key]) -> tuple[int, ...]:
    """What the rows that are not kept come to, column by column."""
    return tuple(map(sum, zip(*(counts for key, counts in cells.items() if key not in kept), strict=True)))
