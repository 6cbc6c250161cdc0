"""The demo's work as its sources tell it: one record per item, told again at a higher version as more happens."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zlib import crc32

from congtam.engine.facts.tables import Event
from congtam.intake.telling import Happening, Told
from congtam.simulate.demo.build import work_ahead

AHEAD = timedelta(days=150)  # for how long after its first day the demo has work to tell
WINDOW, DOCUMENTS, TASKS = "mot-cua", "van-ban", "giao-viec"
SYSTEMS = {
    WINDOW: "Hệ thống một cửa (DỮ LIỆU MẪU)",
    DOCUMENTS: "Hệ thống quản lý văn bản (DỮ LIỆU MẪU)",
    TASKS: "Hệ thống giao việc (DỮ LIỆU MẪU)",
}
KINDS = {  # which system tells which kind of work
    "dossier": WINDOW,
    "exchange": WINDOW,
    "document": DOCUMENTS,
    "report": DOCUMENTS,
    "task": TASKS,
    "operation": TASKS,
    "initiative": TASKS,
}
ALSO_AT_THE_DESK = frozenset({"document", "task", "initiative"})  # told in Công Tâm itself too, so both count


@dataclass(frozen=True)
class Story:
    """One item from its beginning to its end, also what is still to come."""

    code: str
    title: str
    events: tuple[Event, ...]

    @property
    def source(self) -> str:
        """The system that tells it."""
        return KINDS[self.kind]

    @property
    def kind(self) -> str:
        """Its kind of work."""
        return str(self.events[0].attributes["kind"])

    @cached_property
    def instants(self) -> list[datetime]:
        """When each event gets known, in order."""
        return [event.recorded_at for event in self.events]

    def known(self, now: datetime) -> int:
        """How many of its events are known by then."""
        return bisect_right(self.instants, now)

    def told(self, known: int, at: Callable[[int], datetime | None] = lambda _: None) -> Told:
        """The record that tells its first `known` events; `at` puts another instant in place of an event's own."""
        taken_back = {self._finish_of(number) for number in range(known) if self.events[number].activity == "withdrawn"}
        events = tuple(
            _happening(self.events[number], at(number) or self.events[number].at)
            for number in range(known)
            if number not in taken_back and self.events[number].activity != "withdrawn"
        )
        number = int(self.code[-4:])
        symbol = f"{number}/{self.events[0].unit}" if self.source == DOCUMENTS else ""
        phone = f"09{crc32(self.code.encode()) % 10**8:08d}" if self.kind == "dossier" else ""
        return Told(self.code, events=events, title=self.title, symbol=symbol, phone=phone, place=self.source)

    def _finish_of(self, withdrawal: int) -> int:
        """The finish a withdrawal takes back: the same official's, the last before it."""
        official = self.events[withdrawal].official
        return max(
            number
            for number in range(withdrawal)
            if self.events[number].activity == "finished" and self.events[number].official == official
        )


def stories(began: date) -> list[Story]:
    """All work of a demo whose first day was `began`, in the order in which it arrives."""
    found = [
        Story(name.code, name.text, tuple(sorted(events, key=lambda event: event.recorded_at)))
        for events, name in work_ahead(began, began + AHEAD)
    ]
    return sorted(found, key=lambda story: story.instants[0])


def _happening(event: Event, at: datetime) -> Happening:
    return Happening(
        at,
        event.activity,
        event.official,
        event.unit,
        event.counterpart,
        event.value,
        event.decision,
        dict(event.attributes),
    )
