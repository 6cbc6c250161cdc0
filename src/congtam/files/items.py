"""Turns one record into one item: its events in the contract's words, in a fixed order."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from congtam.engine.clock import run_clock
from congtam.engine.facts.cells import instant_text, parse_scaled, quoted
from congtam.engine.facts.lines import event_lines, happening_text
from congtam.engine.facts.tables import ITEM_ATTRIBUTES, Kind
from congtam.files.happening import NOTHING, Happening
from congtam.files.mapping import Clock, Instant, Mapping, Steps, Value
from congtam.files.people import people_finder
from congtam.files.reading import Reading, Text, When
from congtam.files.records import Reason, Record, Rejected, joined

LEAD = {"role": "lead", "weight": "1"}  # one official holds the whole item
CHECKS: dict[Kind, Callable[[str], Any]] = {Kind.HUNDREDTHS: lambda text: parse_scaled(text, 2), Kind.WHOLE: int}
BEFORE = "finished-before-received"


@dataclass(slots=True)
class Draft:
    """One item that can be written, with its events.

    `doubt` says why it looks wrong though it is kept; `called` what people call it.
    """

    item: str
    recorded_at: datetime | None
    happenings: list[Happening]
    unit: str | None
    unit_name: str | None
    doubt: Rejected | None = None
    called: dict[str, str] = field(default_factory=dict)

    def lines(self, seq: int, recorded_at: str) -> str:
        """The lines of its events in the contract's table, numbered from `seq`; `recorded_at` is an `instant_text`."""
        known = instant_text(self.recorded_at) if self.recorded_at else recorded_at
        texts: list[str] = []
        start, source, then, where = "", "", None, None
        for at, activity, official, unit, _, value, _, attributes, place in self.happenings:
            if at is not then:
                start, then = instant_text(at), at
            if place is not where:
                source, where = quoted(place), place
            texts.append(happening_text(start, activity, source, official, unit, value, attributes))
        return event_lines(seq, known, self.item, texts)


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
        self._people = people_finder(mapping, reading)
        self._unit_name = reading.text(mapping.unit_name, "unit_name")
        self._attributes = {
            name: _attribute_finder(name, value, reading, mapping.decimal) for name, value in mapping.attributes.items()
        }
        self._in_order = sorted(self._attributes.items())
        self._called = {name: reading.text(value, name) for name, value in mapping.called.items()}
        self._steps = _step_finder(mapping.steps, reading) if mapping.steps else None

    def key(self, record: Record) -> str:
        """The item's code. Raises `Rejected` (missing-key) when it is blank."""
        key = self._key(record)
        if key is None:
            raise Rejected("missing-key", "the key is blank", "fill it in; an item needs a code of its own")
        return key

    def called(self, record: Record) -> dict[str, str]:
        """What people call the item of a record. Raises `Rejected` for a value without a code in the mapping."""
        return {name: text for name, find in self._called.items() if (text := find(record)) is not None}

    def draft(self, record: Record, taken: Container[str] = ()) -> Draft:
        """The item of a record; `taken` are keys that other items have.

        Raises `Rejected` with every fault of the record when it cannot be used.
        """
        try:
            if record.trouble:
                raise Rejected.of(record.trouble)
            draft = self._draft(record)
            _refuse_taken(draft.item, taken)
        except Rejected as error:
            raise Rejected.of(joined([error.reason, *self._faults(record, taken)]) or error.reason) from None
        return draft

    def _faults(self, record: Record, taken: Container[str]) -> Iterator[Reason]:
        """All that is wrong with a record, part by part."""
        parts: list[Callable[[Record], Any]] = [self._dated, self._received, self._finished, self._due]
        parts += [
            *self._attributes.values(),
            *self._called.values(),
            self._official,
            self._people,
            self._unit_name,
            self._recorded,
        ]
        parts += [self._steps] if self._steps else []
        for part in (lambda one: _refuse_taken(self.key(one), taken), *parts):
            try:
                part(record)
            except Rejected as error:
                yield error.reason

    def _dated(self, record: Record) -> tuple[datetime, datetime | None, Rejected | None]:
        received, finished = self._received(record), self._finished(record)
        if received is None:
            raise Rejected("missing-receipt", "received is blank", "fill in when the work came in")
        if finished is not None and finished < received:
            finished = self._on_its_day(finished, received)
        return received, finished, self._doubt(received, finished)

    def _on_its_day(self, finished: datetime, received: datetime) -> datetime:
        """A finish that names only the day of the receipt came after it, at an hour that nobody wrote down."""
        end, start = finished.astimezone(self._zone), received.astimezone(self._zone)
        return received if end.time() == time.min and end.date() == start.date() else finished

    def _draft(self, record: Record) -> Draft:
        key, (received, finished, doubt) = self.key(record), self._dated(record)
        attributes, place = self._described(record), record.place.source
        unit, official, due = attributes.get("unit"), self._official(record), self._due(record)
        people = self._people(record)
        if unit is None and people.unit is not None:
            unit = people.unit
            attributes = dict(sorted([*attributes.items(), ("unit", unit)]))
        happenings = [Happening(received, "registered", None, unit, None, None, None, attributes, place)]
        if due is not None:
            happenings.append(Happening(received, "due", None, None, None, instant_text(due), None, NOTHING, place))
        # Never after the finish, also where that lies before the receipt: the share would stay open for ever.
        given = received if finished is None or finished >= received else finished
        if official is not None:
            happenings.append(Happening(given, "assigned", official, unit, None, None, None, LEAD, place))
        happenings += _shared(people.shares, given, unit, place)
        if self._steps:
            happenings += self._steps(record)
        if finished is not None:
            happenings.append(Happening(finished, "finished", None, None, None, None, None, NOTHING, place))
        called = self.called(record) if self._called else {}
        return Draft(key, self._recorded(record), happenings, unit, self._unit_name(record), doubt, called)

    def _doubt(self, received: datetime, finished: datetime | None) -> Rejected | None:
        if finished is None or finished >= received:
            return None
        end, start = finished.astimezone(self._zone), received.astimezone(self._zone)
        message = f"it was finished ({end:%Y-%m-%d %H:%M}) before it was received ({start:%Y-%m-%d %H:%M})"
        doubt = Rejected(BEFORE, message, "mend the wrong one of the two dates")
        if self._keep_doubtful:
            return doubt
        raise doubt

    def _described(self, record: Record) -> dict[str, str]:
        return {name: text for name, find in self._in_order if (text := find(record)) is not None}


def _shared(shares: Sequence[tuple[str, str]], at: datetime, unit: str | None, place: str) -> Iterator[Happening]:
    """Who receives it in which role. How much each of several does is not said: the fold shares it out.

    The unit of the row is that of the lead; a supporter may come from another one.
    """
    for official, role in shares:
        whole = len(shares) == 1 and role == LEAD["role"]
        about = LEAD if whole else {"role": role}
        own = unit if role == LEAD["role"] else None
        yield Happening(at, "assigned", official, own, attributes=about, place=place)


def _refuse_taken(key: str, taken: Container[str]) -> None:
    if key in taken:
        message = f"the key {key!r} stood already in an earlier row"
        raise Rejected("duplicate-key", message, "keep one of the rows, or add to the key")


def _attribute_finder(name: str, value: Value, reading: Reading, decimal: str) -> Text:
    """An attribute as text; a number is checked, and written with a point as the contract does."""
    find, check = reading.text(value, name), CHECKS.get(ITEM_ATTRIBUTES[name])
    if check is None:
        return find
    said = {value.always, *(value.codes or {}).values()}  # by the mapping itself, as the contract writes it

    def number(record: Record) -> str | None:
        text = given = find(record)
        if text is None or given is None:
            return None
        try:
            if decimal == "," and given not in said:
                if "." in given:
                    raise ValueError("the mark is a comma")
                text = given.replace(",", ".")
            check(text)
        except ValueError:
            raise Rejected("bad-number", f"{name} is {given!r}", _number_advice(given, decimal)) from None
        return text

    return number


def _number_advice(text: str, decimal: str) -> str:
    if decimal == ".":
        more = '; where the file writes a comma, say numbers: {decimal: ","} in the mapping' if "," in text else ""
        return f"write a number such as 2 or 1.5{more}"
    return 'write a number such as 2 or 1,5, as the mapping says numbers: {decimal: ","}'


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


def _step_finder(steps: Steps, reading: Reading) -> Callable[[Record], list[Happening]]:
    """Every event of the case that has an instant and says what was done, in the order of the log."""
    read = reading.instant_reader("steps.at")
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
                found.append(Happening(read(when), "step", who, where, value=done, place=record.source_of(index)))
        return found

    return find
