"""Turns one record into one item: its events in the contract's words, in a fixed order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congtam.engine.clock import run_clock
from congtam.engine.facts.store import parse_scaled, write_cell
from congtam.engine.facts.tables import ITEM_ATTRIBUTES, Event, Kind
from congtam.intake.mapping import Clock, Instant, Mapping, Steps
from congtam.intake.reading import Reading, When, instant_reader
from congtam.intake.records import Record, Rejected

LEAD = {"role": "lead", "weight": "1"}  # one official holds the whole item
CHECKS: dict[Kind, Callable[[str], Any]] = {Kind.HUNDREDTHS: lambda text: parse_scaled(text, 2), Kind.WHOLE: int}
BEFORE = "finished-before-received"


@dataclass(slots=True)
class Happening:
    """One event to be: everything but its number."""

    at: datetime
    activity: str
    source: str
    official: str | None = None
    unit: str | None = None
    value: str | None = None
    attributes: dict[str, Any] | None = None


@dataclass(slots=True)
class Draft:
    """One item that can be written. `doubt` says why it looks wrong though it is kept."""

    item: str
    recorded_at: datetime | None
    happenings: list[Happening]
    unit: str | None
    unit_name: str | None
    doubt: Rejected | None = None

    def events(self, seq: int, recorded_at: datetime) -> list[Event]:
        """The events, numbered from `seq`."""
        known = self.recorded_at or recorded_at
        return [
            Event(
                number,
                known,
                self.item,
                h.at,
                h.activity,
                h.official,
                h.unit,
                None,
                h.value,
                None,
                h.attributes or {},
                h.source,
            )
            for number, h in enumerate(self.happenings, start=seq)
        ]


class ItemMaker:
    """Makes drafts from records as one mapping says."""

    def __init__(self, mapping: Mapping, reading: Reading):
        self._keep_doubtful = mapping.keep_finished_before_received
        self._zone = mapping.times.zone
        self._key = reading.text(mapping.key, "key")
        self._received = reading.instant(mapping.received, "received")
        self._finished = reading.instant(mapping.finished, "finished")
        self._due = _due_finder(mapping, reading, self._received)
        self._recorded = reading.instant(mapping.recorded_at, "recorded_at")
        self._official = reading.text(mapping.official, "official")
        self._unit_name = reading.text(mapping.unit_name, "unit_name")
        self._attributes = {
            name: (reading.text(value, name), CHECKS.get(ITEM_ATTRIBUTES[name]))
            for name, value in mapping.attributes.items()
        }
        self._steps = _step_finder(mapping, mapping.steps, reading) if mapping.steps else None

    def key(self, record: Record) -> str:
        """The item's code. Raises `Rejected` (missing-key) when it is blank."""
        key = self._key(record)
        if key is None:
            raise Rejected("missing-key", "the key is blank", "fill it in; an item needs a code of its own")
        return key

    def draft(self, record: Record) -> Draft:
        """The item of a record. Raises `Rejected` when it cannot be used."""
        key, received, finished = self.key(record), self._received(record), self._finished(record)
        if received is None:
            raise Rejected("missing-receipt", "received is blank", "fill in when the work came in")
        doubt = self._doubt(received, finished)
        attributes, source = self._described(record), record.place.source
        unit, official, due = attributes.get("unit"), self._official(record), self._due(record)
        happenings = [Happening(received, "registered", source, unit=unit, attributes=attributes)]
        if due is not None:
            happenings.append(Happening(received, "due", source, value=write_cell(due, Kind.INSTANT)))
        if official is not None:
            # Never after the finish, also where that lies before the receipt: the share would stay open for ever.
            given = min(received, finished or received)
            happenings.append(Happening(given, "assigned", source, official, unit, attributes=dict(LEAD)))
        if self._steps:
            happenings += self._steps(record)
        if finished is not None:
            happenings.append(Happening(finished, "finished", source))
        return Draft(key, self._recorded(record), happenings, unit, self._unit_name(record), doubt)

    def _doubt(self, received: datetime, finished: datetime | None) -> Rejected | None:
        if finished is None or finished >= received:
            return None
        end, start = finished.astimezone(self._zone), received.astimezone(self._zone)
        message = f"it was finished ({end:%Y-%m-%d %H:%M}) before it was received ({start:%Y-%m-%d %H:%M})"
        doubt = Rejected(BEFORE, message, "mend the wrong one of the two dates")
        if self._keep_doubtful:
            return doubt
        raise doubt

    def _described(self, record: Record) -> dict[str, Any]:
        described = {}
        for name, (find, check) in self._attributes.items():
            if (text := find(record)) is None:
                continue
            try:
                if check:
                    check(text)
            except ValueError:
                raise Rejected("bad-number", f"{name} is {text!r}", "write a number such as 2 or 1.5") from None
            described[name] = text
        return described


def _due_finder(mapping: Mapping, reading: Reading, received: When) -> When:
    due = mapping.due
    if not isinstance(due, Clock):
        return reading.instant(due if isinstance(due, Instant) else None, "due", due=True)
    budget_of = reading.text(due.budget_from, "due.clock.budget")

    def computed(record: Record) -> datetime | None:
        start, budget = received(record), due.rule.budget
        if due.budget_from is not None:
            if (text := budget_of(record)) is None:
                return None
            if not text.isdecimal():
                advice = f"write a whole number of {due.rule.unit}"
                raise Rejected("bad-number", f"the budget is {text!r}", advice)
            budget = int(text)
        return run_clock(due.rule, start, due.calendar, budget=budget).due_at if start else None

    return computed


def _step_finder(mapping: Mapping, steps: Steps, reading: Reading) -> Callable[[Record], list[Happening]]:
    """Every event of the case that has an instant and says what was done, in the order of the log."""
    read = instant_reader(mapping.times, "steps.at")
    at, what = reading.cell(steps.at), reading.cell(steps.what)
    official = reading.cell(steps.official) if steps.official else None
    unit = reading.cell(steps.unit) if steps.unit else None

    def find(record: Record) -> list[Happening]:
        found = []
        for index, event in enumerate(record.events):
            when, done = at(record, event), what(record, event)
            if when and done:
                who = official(record, event) if official else None
                where = unit(record, event) if unit else None
                found.append(Happening(read(when), "step", record.source_of(index), who, where, done))
        return found

    return find
