"""An indicator item by item: what it would be with some items left out or done well, without counting it anew.

What the rows of an item gave re-adds, so leaving the item out takes its sums out. Only a value at a rank
(`quantile_of`) does not re-add: it is counted anew from the rows that are left.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from congtam.engine.measuring.evaluate import Measured, RowMeasure, RowPart


class Sums(NamedTuple):
    """What an indicator is made of: its numerator and denominator in whole numbers of its scales, rows counted, rows a
    value was missing for. A change of these is one as well. Of a quantile, `top` is the value at its rank."""

    top: int
    bottom: int
    n: int
    n_unknown: int


NOTHING = Sums(0, 0, 0, 0)


class ByItem:
    """One indicator of one subject; `good` are the row parts of its items had they been done well."""

    def __init__(self, rule: RowMeasure, measured: Measured, good: Iterable[RowPart]):
        self._rule, self._excused = rule, measured.excused
        self._given, self._good = _by_item(measured.parts), _by_item(good)
        given = {item: _sums(parts) for item, parts in self._given.items()}
        better = {item: _sums(parts) for item, parts in self._good.items()}
        self._re_adds = rule.indicator.model.measure.quantile_of is None
        self.whole = _added(given.values()) if self._re_adds else self._anew(frozenset(), frozenset())
        self._made = {self.whole: measured}
        self._left_out = {item: _less(NOTHING, sums) for item, sums in given.items()}
        self._done_well = {
            item: _less(better.get(item, NOTHING), given.get(item, NOTHING))
            for item in given.keys() | better.keys()
            if better.get(item) != given.get(item)
        }

    def sums(self, gone: frozenset[str], done_well: frozenset[str]) -> Sums:
        """The sums without the items that are `gone`, and with those `done_well` (none is both) as if they had been."""
        if not self._re_adds:
            return self._anew(gone, done_well)
        changes = [self._left_out[item] for item in gone if item in self._left_out]
        changes += [self._done_well[item] for item in done_well if item in self._done_well]
        return _added([self.whole, *changes]) if changes else self.whole

    def measured(self, sums: Sums) -> Measured:
        """The figure that has these sums, without its rows."""
        if sums not in self._made:
            self._made[sums] = self._rule.state(**sums._asdict(), pending=0, excused=self._excused)
        return self._made[sums]

    def _anew(self, gone: frozenset[str], done_well: frozenset[str]) -> Sums:
        kept = [part for item, parts in self._given.items() if item not in gone | done_well for part in parts]
        made = self._rule.total([*kept, *(part for item in done_well for part in self._good.get(item, ()))])
        return Sums(made.top, made.n, made.n, made.n_unknown)


def _by_item(parts: Iterable[RowPart]) -> Mapping[str, list[RowPart]]:
    found: dict[str, list[RowPart]] = defaultdict(list)
    for part in parts:
        found[part.item].append(part)
    return dict(found)


def _sums(parts: list[RowPart]) -> Sums:
    return _added(Sums(part.top, part.bottom, not part.unknown, part.unknown) for part in parts)


def _added(sums: Iterable[Sums]) -> Sums:
    top = bottom = n = n_unknown = 0
    for one in sums:
        top, bottom, n, n_unknown = top + one[0], bottom + one[1], n + one[2], n_unknown + one[3]
    return Sums(top, bottom, n, n_unknown)


def _less(one: Sums, other: Sums) -> Sums:
    return Sums(*(a - b for a, b in zip(one, other, strict=True)))
