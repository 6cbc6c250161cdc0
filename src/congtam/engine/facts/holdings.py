"""Who holds an item: one holding per official and receipt while events are read, a share once they all are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from congtam.engine.facts.tables import Spell
from congtam.engine.facts.work import WHOLE_WEIGHT


@dataclass
class Holding:
    """One share while its item is read. `turn` counts how often the official has received the item."""

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


def weights(given: Sequence[int | None]) -> list[int]:
    """Weights in millionths; those not given share equally what the given ones leave."""
    blank = [index for index, weight in enumerate(given) if weight is None]
    left = max(0, WHOLE_WEIGHT - sum(weight for weight in given if weight is not None))
    result = [weight or 0 for weight in given]
    for order, index in enumerate(blank):
        result[index] = left // len(blank) + (1 if order < left % len(blank) else 0)
    return result
