"""Groups too small to hide in: which figures are left out, so that nobody is found in them, nor by subtraction."""

from collections.abc import Collection, Mapping
from typing import TypeVar

FEW = 5
"""Fewer people than this are no group: what became of them is not told in numbers to those who may not see them."""

Key = TypeVar("Key")


def hidden_units(people: Mapping[int, int], seen: Collection[int]) -> set[int]:
    """The units of which no figures are told, by how many people each has: those with few, and as many of the next
    smallest as it takes that they are two at least, with enough people among them. Never those that may be `seen`."""
    hidden = {unit for unit, n in people.items() if n < FEW and unit not in seen}
    others = sorted(people.keys() - hidden - set(seen), key=lambda unit: (people[unit], unit))
    while hidden and others and (len(hidden) == 1 or sum(people[unit] for unit in hidden) < FEW):
        hidden.add(others.pop(0))
    return hidden


def folded(cells: Mapping[Key, tuple[int, ...]]) -> tuple[list[Key], tuple[int, ...]]:
    """The rows that are told one by one, and the sums of all others: rows with a small figure, and as many of the next
    smallest as it takes that no sum is small either."""
    kept = [key for key, counts in cells.items() if not any(0 < n < FEW for n in counts)]
    sums = _sums(cells, kept)
    while kept and any(0 < n < FEW for n in sums):
        kept.remove(min(kept, key=lambda key: sum(cells[key])))
        sums = _sums(cells, kept)
    return kept, sums


def _sums(cells: Mapping[Key, tuple[int, ...]], kept: Collection[Key]) -> tuple[int, ...]:
    """What the rows that are not kept come to, column by column."""
    return tuple(map(sum, zip(*(counts for key, counts in cells.items() if key not in kept), strict=True)))
