"""Another system of the office: a one-stop window that pushes its dossiers, and what citizens ask, as they go on."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from django.test import Client

from congtam.intake.telling import Happening, Told
from congtam.simulate.days import Workdays
from congtam.simulate.demo.people import AGENCY
from congtam.simulate.desk.clock import Clock
from congtam.simulate.desk.log import Deed, Log
from congtam.simulate.desk.office import LEADER, PUSHED, Office
from congtam.simulate.titles import title

PUSH = "/api/v1/records"
LATE, WAITS = 0.06, 0.1  # how often


@dataclass
class _Dossier:
    """One dossier: everything that will happen to it; `told`: how many of it the site was told."""

    key: str
    title: str
    events: list[Happening]
    told: int = 0

    def known(self, now: datetime) -> int:
        """How many of its events have happened."""
        return sum(one.at <= now for one in self.events)


@dataclass
class Window:
    """The window, with a client that holds its token."""

    office: Office
    days: Workdays
    clock: Clock
    log: Log
    rng: Random
    dossiers: list[_Dossier] = field(default_factory=list)

    def receive(self, chance: float) -> None:
        """What comes in on a day: for everybody who handles dossiers with a chance."""
        for member in self.office.members.values():
            if not member.heads and member.code != LEADER and self.rng.random() < chance:
                self.dossiers.append(self._dossier(member.code, member.unit))

    def push(self) -> None:
        """Push what happened since the last time; what was pushed before is told again with it."""
        waiting = [one for one in self.dossiers if one.known(self.clock.now) > one.told]
        if not waiting:
            return
        self.clock.spend(1)
        records = [
            Told(one.key, events=tuple(one.events[: one.known(self.clock.now)]), title=one.title).body()
            for one in waiting
        ]
        answer = Client(SERVER_NAME="localhost").post(
            PUSH,
            json.dumps({"records": records}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.office.token}"},
        )
        said = answer.json()
        wrong = [f"{one['key']}: {one['message']}" for one in said.get("answers", ()) if one["result"] == "set_aside"]
        complaints = tuple(wrong) if answer.status_code == 200 else (f"HTTP {answer.status_code}: {said}",)
        self.log.deeds.append(Deed("push", "mot-cua", self.clock.now, PUSH, complaints))
        for one in waiting:
            one.told = one.known(self.clock.now)

    def _dossier(self, official: str, unit: str) -> _Dossier:
        """A dossier that comes in this morning and is finished within its days, or a little after."""
        number, kind = len(self.dossiers) + 1, PUSHED[self.rng.random() < 0.25]
        place, length = self.days.index(self.clock.now.date()), self.rng.randint(3, 6)
        came = place + self.rng.uniform(0.02, 0.3)
        due = self.days.close(min(place + length, len(self.days.days) - 1))
        after = length * (self.rng.uniform(1.1, 1.5) if self.rng.random() < LATE else self.rng.uniform(0.2, 0.8))
        taken = came + self.rng.uniform(0.05, 0.6)
        done = max(taken + 0.1, min(came + after, len(self.days.days) - 0.01))
        told = {"kind": kind, "origin": "citizen", "unit": unit, "agency": AGENCY, "coefficient": "1"}
        events = [
            Happening(self._at(came), "registered", unit=unit, attributes=told),
            Happening(self._at(came), "assigned", official=official, attributes={"role": "lead"}),
            Happening(self._at(came), "due", value=due.astimezone(UTC).isoformat()),
            Happening(self._at(taken), "taken_up", official=official),
        ]
        if self.rng.random() < WAITS:
            events.append(Happening(self._at(taken + 0.05), "requested", value="thiếu bản chính"))
            events.append(Happening(self._at(taken + 0.95), "supplied"))
            done = max(done, taken + 1.1)
        events.append(Happening(self._at(done), "finished", official=official))
        events.append(Happening(self._at(done) + timedelta(minutes=1), "accepted", counterpart="khách hàng"))
        return _Dossier(f"MC-{number:05d}", title(self.rng, kind, unit), sorted(events, key=lambda one: one.at))

    def _at(self, position: float) -> datetime:
        return self.days.instant(min(position, len(self.days.days) - 0.01))
