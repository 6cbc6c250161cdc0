"""Which work cost points, as the page tells it: one line per piece of work over all parts, what happened, how much."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congtam.engine.rulebook.model import Text
from congtam.web.pages.month.points import Card
from congtam.work.own import Own

SHOWN = 8


@dataclass(frozen=True)
class Loss:
    """One piece of work that cost points (millionths), in all and by part. `row`: how it stands (None: not at hand)."""

    item: int
    row: Own | None
    total: int
    parts: tuple[tuple[Text, int], ...]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.row.name if self.row else str(self.item)

    @property
    def code(self) -> str:
        """Its number and symbol, else what its source calls it."""
        return self.row.code if self.row else str(self.item)


@dataclass(frozen=True)
class Losses:
    """The costliest ones, and how many there are in all."""

    shown: tuple[Loss, ...]
    n: int


NOTHING = Losses((), 0)


def lost_under(told: Mapping[str, Any], card: Card, work: Iterable[Own], now: datetime) -> Losses:
    """What cost points, as `scores.losses` tells it, with how the work stands, the largest first."""
    stands: dict[int, Own] = {}
    for row in work:
        if row.item not in stands or row.is_late(now):
            stands[row.item] = row
    titles = {part.id: part.title for part in card.parts}
    return Losses(
        tuple(
            Loss(
                line["item"],
                stands.get(line["item"]),
                line["total"],
                tuple((titles[part], micro) for part, micro in line["parts"] if part in titles),
            )
            for line in told["lines"][:SHOWN]
        ),
        told["n"],
    )
