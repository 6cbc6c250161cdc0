"""Whether a record can be used, and what it says in the numbers of this site. A record is used whole or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

from congtam.engine.facts.attributes import read_attributes
from congtam.engine.facts.cells import instant_text, object_text, parse_instant, parse_scaled
from congtam.engine.facts.tables import ACTIVITIES, FAULT_KINDS, Event
from congtam.files.happening import Happening
from congtam.intake.spelling import end_spelled, spelled, spelled_with, start_spelled
from congtam.intake.telling import Told
from congtam.intake.words import Problem
from congtam.orgs.models import Unit
from congtam.people.models import Person

AHEAD = timedelta(days=366)  # so far ahead of now may an event be dated
FARTHEST = timedelta(days=366 * 30)  # and a deadline
EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)
LONGEST = {"key": 200, "item": 200, "symbol": 120, "title": 4000}
LONGEST_ATTRIBUTE = {"kind": 32, "origin": 32, "channel": 32, "procedure": 120, "fault": 120}  # others: 64
MOST_COEFFICIENT = 1_000_000  # hundredths
LONGEST_PART = {"value": 200, "decision": 64, "counterpart": 64}
MOST_EVENTS = 2000
ITS_ITEM = "\0"  # stands in a value for the number of the item it names, which is known only once it is stored
INSTANTS = ("due", "promised", "extended")
PARTS = 1 << 14  # what events said that is kept at hand
OF_THE_RECORD = ("same_as", "voided")  # whose value is read with the record they stand in
NEEDS = {
    "passed_on": ("counterpart",),
    "accepted": ("counterpart",),
    "rated": ("counterpart",),
    "recognised": ("decision",),
    "voided": ("value", "counterpart", "decision"),
    "excused": ("counterpart", "decision"),
    "same_as": ("value",),
    "step": ("value",),
}

OF_SOMEBODY = ("assigned", "passed_on")  # need an official too


class Said(NamedTuple):
    """One checked event. `names` is the key of another item that `value` speaks of."""

    at: datetime
    activity: str
    official: int | None
    unit: int | None
    counterpart: str
    value: str
    decision: str
    attributes: str
    names: str = ""


class Checked(NamedTuple):
    """A record that can be used, and its text in one fixed spelling, from which its digest is made."""

    told: Told
    item: str
    said: tuple[Said, ...]
    text: bytes

    def digest(self, salt: bytes) -> bytes:
        """What tells two versions of a record apart."""
        return sha256(salt + self.text + self.told.phone.encode()).digest()


@dataclass(slots=True)
class _Part:
    """What events of one kind say but for when, who and where: `start` and `end` of their text, and, once it was
    checked, what `Said` has after `unit`."""

    start: str
    end: str
    said: tuple[str, ...] | None = None


class Codes:
    """The numbers of people and units by the codes that sources write, read as they are needed; and, as events come
    back that say the same, what was made of them."""

    def __init__(self) -> None:
        self.people: dict[str, int] = {}
        self.units: dict[str, int] = {}
        self._parts: dict[tuple[Any, ...], _Part] = {}

    def part(self, event: Happening) -> _Part:
        """What was made of an event that said the same, else something to begin with."""
        attributes = event.attributes
        said = (event.activity, event[4:7], repr(attributes) if attributes else "")  # true, 1 and 1.0 would be the same
        found = self._parts.get(said)
        if found is None:
            if len(self._parts) >= PARTS:
                self._parts.clear()
            found = self._parts[said] = _Part(start_spelled(event), end_spelled(event))
        return found

    def learn_all(self) -> None:
        """Look up every code there is; two queries."""
        self.people = dict(Person.objects.values_list("code", "id"))
        self.units = dict(Unit.objects.values_list("code", "id"))

    def learn(self, told: Iterable[Told]) -> None:
        """Look up every code that these records name and that was not seen before; two queries at most."""
        people: set[str] = set()
        units: set[str] = set()
        for record in told:
            for event in record.events:
                people.update((event.official or "", event.counterpart or ""))
                units.add(event.unit or "")
                units.update(str(event.attributes[name]) for name in ("unit", "agency") if name in event.attributes)
                if event.activity == "voided" and event.value:
                    people.update(code for code, _ in _delayed(record, event.value))
        _fill(self.people, Person.objects, people)
        _fill(self.units, Unit.objects, units)


def _fill(known: dict[str, int], rows: Any, codes: set[str]) -> None:
    new = [code for code in codes if code and code not in known and storable(code)]
    if new:
        known.update(rows.filter(code__in=new).values_list("code", "id"))


def storable(text: str) -> bool:
    """Whether the database can keep a text: no NUL, and no half of a character."""
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def check(told: Told, codes: Codes, now: datetime) -> Checked:
    """The record in numbers. Raises `Problem` when anything in it cannot be used."""
    _check_texts(told)
    parts = [codes.part(event) for event in told.events]
    text, item = _text(told, parts), told.item or told.key
    if told.withdrawn:
        return Checked(told, item, (), text)
    if not told.events:
        raise Problem("no-events")
    if len(told.events) > MOST_EVENTS:
        raise Problem("too-many-events", n=len(told.events), most=MOST_EVENTS)
    if item == told.key and not any(event.activity == "registered" for event in told.events):
        raise Problem("not-registered", key=told.key)
    said, latest = [], now + AHEAD
    for event, part in zip(told.events, parts, strict=True):
        if not EARLIEST <= event.at <= latest:
            raise Problem("far-instant", at=instant_text(event.at))
        if (rest := part.said) is None:
            rest = _said(told, event, codes, now)
            if event.activity not in OF_THE_RECORD:
                part.said = rest
        activity, official, unit = event.activity, event.official, event.unit
        if not official and activity in OF_SOMEBODY:
            raise Problem("incomplete-event", activity=activity, name="official")
        who, where = _person(codes, official) if official else None, _unit(codes, unit) if unit else None
        said.append(Said(event.at, activity, who, where, *rest))
    return Checked(told, item, tuple(said), text)


def _text(told: Told, parts: Iterable[_Part]) -> bytes:
    try:
        said = [spelled_with(event, part.start, part.end) for event, part in zip(told.events, parts, strict=True)]
        text = spelled(told, said).encode()
    except UnicodeEncodeError:
        raise Problem("bad-character") from None
    if b"\\u0000" in text or not storable(told.phone):
        raise Problem("bad-character")
    return text


def _check_texts(told: Told) -> None:
    if not told.key.strip():
        raise Problem("missing-key")
    for name, text in (("key", told.key), ("item", told.item), ("symbol", told.symbol), ("title", told.title)):
        if text and len(text) > LONGEST[name]:
            raise Problem("too-long", name=name, most=LONGEST[name])
    if told.version is not None and not 0 <= told.version < 2**62:
        raise Problem("bad-version", version=told.version)


def _said(told: Told, event: Happening, codes: Codes, now: datetime) -> tuple[str, ...]:
    """What `Said` has after `unit`."""
    activity = event.activity
    if activity not in ACTIVITIES:
        raise Problem("unknown-activity", activity=activity, names=", ".join(ACTIVITIES))
    if activity == "withdrawn":
        raise Problem("withdrawn-event")
    for name in NEEDS.get(activity, ()):
        if not getattr(event, name):
            raise Problem("incomplete-event", activity=activity, name=name)
    for name, longest in LONGEST_PART.items():
        if len(getattr(event, name) or "") > longest:
            raise Problem("too-long", name=name, most=longest)
    counterpart, (value, names) = _counterpart(codes, event), _value(told, event, codes, now)
    attributes = _attributes(activity, event.attributes, codes) if event.attributes else "{}"
    return counterpart, value, event.decision or "", attributes, names


def _person(codes: Codes, code: str) -> int:
    if (found := codes.people.get(code)) is None:
        raise Problem("unknown-person-code", code=code)
    return found


def _unit(codes: Codes, code: str) -> int:
    if (found := codes.units.get(code)) is None:
        raise Problem("unknown-unit", code=code)
    return found


def _counterpart(codes: Codes, event: Happening) -> str:
    """A person's number, or the code of an outside party with a mark before it, so that it is no number."""
    if not event.counterpart:
        return ""
    if event.activity == "passed_on":
        return str(_person(codes, event.counterpart))
    found = codes.people.get(event.counterpart)
    return f"@{event.counterpart}" if found is None else str(found)


def _value(told: Told, event: Happening, codes: Codes, now: datetime) -> tuple[str, str]:
    """The value as facts have it, and the key of the item it names, if it names one."""
    text = event.value or ""
    try:
        if event.activity in INSTANTS:
            instant = parse_instant(text)
            if not EARLIEST <= instant <= now + FARTHEST:
                raise Problem("far-instant", at=text)
            return instant_text(instant), ""
        if event.activity == "rated" and not 1_000_000 <= parse_scaled(text, 6) <= 5_000_000:
            raise ValueError("a mark is a number from 1 to 5")
        if event.activity == "fault" and text not in FAULT_KINDS:
            raise ValueError(f"a fault is one of: {', '.join(FAULT_KINDS)}")
    except ValueError as error:
        raise Problem("bad-value", activity=event.activity, value=text, why=str(error)) from None
    if event.activity == "same_as":
        if text == (told.item or told.key):
            raise Problem("bad-value", activity="same_as", value=text, why="it names itself")
        return ITS_ITEM, text
    if event.activity == "voided":
        for code, turn in _delayed(told, text):
            if code in codes.people:
                return f"delay:{ITS_ITEM}:{codes.people[code]}{turn}", told.item or told.key
    return text, ""


def _delayed(told: Told, fault: str) -> Iterator[tuple[str, str]]:
    """Whose delay on the record's item a fault's name may mean: the code of the official, and the turn."""
    start = f"delay:{told.item or told.key}:"
    if fault.startswith(start):
        rest = fault.removeprefix(start)
        yield rest, ""
        code, _, turn = rest.rpartition(":")
        if turn.isdecimal():
            yield code, f":{turn}"


def _attributes(activity: str, given: Mapping[str, Any], codes: Codes) -> str:
    said = {name: str(value) for name, value in given.items() if value not in (None, "")}
    for name in ("unit", "agency"):
        if name in said:
            said[name] = str(_unit(codes, said[name]))
    return _read(activity, tuple(sorted(said.items())))


@lru_cache(1 << 12)
def _read(activity: str, said: tuple[tuple[str, str], ...]) -> str:
    """Attributes as JSON, once the engine could read every one of them."""
    event = Event(0, EARLIEST, "", EARLIEST, activity, attributes=dict(said))
    values, mistakes = read_attributes(event)
    if values.get("coefficient", 0) > MOST_COEFFICIENT:
        mistakes.append("coefficient is larger than 10000")
    for name, value in said:
        if len(value) > (longest := LONGEST_ATTRIBUTE.get(name, 64)):
            mistakes.append(f"{name} is longer than {longest}")
    if mistakes:
        raise Problem("bad-attribute", activity=activity, why=mistakes)
    return object_text(dict(said)) or "{}"
