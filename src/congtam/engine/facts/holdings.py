"""Who holds an item: one holding per official and receipt while events are read, a share once they all are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from congtam.engine.facts.tables import Spell
from congtam.engine.facts.work import WHOLE_WEIGHT


@dataclass
class Holding:
    """One share while its item is read. `turn` counts how often the official has received the item; `chain` is the
    same for those who passed one part on to each other."""

    official: str
    received_at: datetime
    turn: int = 1
    role: str = "lead"
    weight: int | None = None
    own_due: datetime | None = None
    unit: str | None = None
    state: str = "open"
    taken_up_at: datetime | None = None
    finished_at: datetime | None = None
    accepted_by: str | None = None
    accepted_at: datetime | None = None
    excused_by: str | None = None
    rating: int | None = None
    records: tuple[int, ...] = ()
    chain: int = 0

    def due(self, of_item: datetime | None) -> datetime | None:
        """The holder's own deadline, else the item's, unless it had passed before the work came to hand."""
        if self.own_due is not None:
            return self.own_due
        return of_item if of_item is not None and of_item > self.received_at else None

    def held_at(self, at: datetime) -> bool:
        """Whether it was received by then and not yet ended before."""
        return self.received_at <= at and (self.finished_at is None or at <= self.finished_at)


class Holders:
    """Who held which spell on a day."""

    def __init__(self, spells: Iterable[Spell]):
        self._by_official: dict[str, list[Spell]] = defaultdict(list)
        for spell in sorted(spells, key=lambda spell: (spell.first, spell.seq)):
            self._by_official[spell.official].append(spell)

    def spell(self, official: str, day: date) -> Spell | None:
        """The spell of an official that holds the day; of several the one begun first."""
        for spell in self._by_official.get(official, ()):
            if spell.first <= day and (spell.until is None or day < spell.until):
                return spell
        return None


def weights(holdings: Sequence[Holding]) -> list[int]:
    """Weights in millionths. Parts that were given none share equally what the given ones leave; a part passed on is
    shared equally by those whose hands it went through."""
    chains: dict[int, list[int]] = defaultdict(list)
    for index, holding in enumerate(holdings):
        chains[holding.chain].append(index)
    given = {chain: holdings[indices[0]].weight for chain, indices in chains.items()}
    blank = [chain for chain, weight in given.items() if weight is None]
    left = max(0, WHOLE_WEIGHT - sum(weight for weight in given.values() if weight is not None))
    whole = {
        **{c: w for c, w in given.items() if w is not None},
        **dict(zip(blank, equal(left, len(blank)), strict=True)),
    }
    result = [0] * len(holdings)
    for chain, indices in chains.items():
        for index, part in zip(indices, equal(whole[chain], len(indices)), strict=True):
            result[index] = part
    return result


def equal(whole: int, parts: int) -> list[int]:
    """A whole number in equal parts; the first ones take what is left over."""
    return [whole // parts + (1 if order < whole % parts else 0) for order in range(parts)]
