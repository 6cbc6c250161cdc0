"""The events of one item as records: numbered nowhere yet, each with the instant at which it was learned."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from congtam.engine.facts.cells import write_cell
from congtam.engine.facts.tables import Event, Kind
from congtam.simulate.days import Workdays
from congtam.simulate.organisation import Organisation

OFTEN_LATE = frozenset({"finished", "accepted", "rated", "fault"})  # records that people enter afterwards
SHARE_LATE = 0.012


def text(instant: datetime) -> str:
    """An instant as the contract writes it in a value or attribute."""
    return write_cell(instant, Kind.INSTANT)


@dataclass
class Trail:
    """Gathers the events of one item."""

    item: str
    unit: str
    days: Workdays
    organisation: Organisation
    rng: Random
    events: list[Event] = field(default_factory=list)

    def add(self, position: float, activity: str, official: str | None = None, **rest: Any) -> None:
        """`rest`: counterpart, value, decision, attributes."""
        at = self.days.instant(position)
        spell = self.organisation.spell_on(official, self.days.day(position)) if official else None
        self.events.append(
            Event(
                seq=0,
                recorded_at=at + self._delay(activity),
                item=self.item,
                at=at,
                activity=activity,
                official=official,
                unit=spell.unit if spell else self.unit,
                source=f"he-thong-mau:{self.item}",
                **rest,
            )
        )

    def learn_promptly(self, index: int) -> None:
        """The record at `index` was entered at once, for another one speaks of it soon after."""
        self.events[index] = replace(self.events[index], recorded_at=self.events[index].at + timedelta(minutes=1))

    def _delay(self, activity: str) -> timedelta:
        if activity == "registered":
            return timedelta(minutes=1)
        if activity in OFTEN_LATE and self.rng.random() < SHARE_LATE:
            return timedelta(days=self.rng.randint(2, 5), minutes=self.rng.randint(1, 200))
        return timedelta(minutes=self.rng.randint(1, 9))
