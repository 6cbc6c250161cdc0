"""How the desk itself is used: work that silence accepted, by who was silent, and how long people type."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from congtam.desk.queries import Accepting, accepting
from congtam.engine.periods import local_day
from congtam.notices.typing import median_seconds, week_of
from congtam.people.queries import Staff
from congtam.scores.queries import SMALLEST_GROUP

LATELY = timedelta(days=30)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Head:
    """Somebody who answers for delivered work, and how they did lately."""

    name: str
    unit: str
    accepting: Accepting


@dataclass(frozen=True)
class Desk:
    """`heads`: who left most to silence first; `seconds`: the median that `people` typed last week, None where they are
    too few to say."""

    heads: list[Head]
    people: int
    seconds: int | None

    @property
    def silent(self) -> int:
        """How much was accepted by silence."""
        return sum(one.accepting.silent for one in self.heads)

    @property
    def answered(self) -> int:
        """How much was accepted or sent back, silence included."""
        return sum(one.accepting.n for one in self.heads)


def desk_of(staff: Sequence[Staff], names: dict[int, str], now: datetime) -> Desk:
    """How these people use the desk. Two queries."""
    known = {one.person: one for one in staff}
    found = accepting(known, now - LATELY, now)
    heads = [Head(known[person].full_name, names.get(known[person].unit, ""), one) for person, one in found.items()]
    monday, _ = week_of(local_day(now))
    typed = median_seconds(known, monday - A_WEEK, monday) if len(known) >= SMALLEST_GROUP else None
    return Desk(sorted(heads, key=lambda one: (-one.accepting.silent, -one.accepting.n)), len(known), typed)
