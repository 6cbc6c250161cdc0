"""Looks things up in records as a mapping says, and turns them into texts, codes and instants.

Everything is compiled once into small functions, for they run on every row. A function raises `Rejected` when what
it finds cannot be used; a blank is None.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from unicodedata import normalize

from congtam.engine.findings import did_you_mean
from congtam.files.instants import ISO, is_day
from congtam.files.mapping import FILE, Condition, Instant, Level, Mapping, Pick, Ref, Times, Value
from congtam.files.records import Cells, Record, Rejected

Cell = Callable[[Record, Cells], str | None]  # a record, and the event to look at
Text = Callable[[Record], str | None]
When = Callable[[Record], datetime | None]
Holds = Callable[[Record, Cells], bool]

AT_HAND = 1 << 12  # instants kept at hand: registers repeat them, and a log's are read for more than one purpose


class Reading:
    """The look-ups of one mapping. `columns` are those of the CSV header: a name that stands there is taken as it
    is, also when it begins with `case.` or `event.`."""

    def __init__(self, mapping: Mapping, columns: Iterable[str] = ()):
        self._mapping = mapping
        self._columns = frozenset(columns)
        self._parsers = {due: lru_cache(AT_HAND)(_parser(mapping.times, due)) for due in (False, True)}

    def place_of(self, ref: Ref) -> tuple[Level, str]:
        """The level and name under which a reference is looked up."""
        literal = ref.text in self._columns
        level = Level.EVENT if literal and ref.level is Level.EVENT else Level.OWN if literal else ref.level
        return (self._mapping.item if level is Level.OWN else level), ref.text if literal else ref.name

    def cell(self, ref: Ref) -> Cell:
        """The filled cell of a reference, NFC-normalised; None when blank."""
        if ref.special:
            return _file_stem if ref.name == FILE else (lambda record, _: str(record.number))
        level, name = self.place_of(ref)
        blank, per_event = self._mapping.blank, level is Level.EVENT

        def find(record: Record, event: Cells) -> str | None:
            found = (event if per_event else record.case).get(name)
            if not found:
                return None
            text = (found if found.isascii() else normalize("NFC", found)).strip()
            return None if not text or text in blank else text

        return find

    def text(self, value: Value | None, what: str) -> Text:
        """A value as text; `what` is what messages call it."""
        if value is None:
            return lambda record: None
        if value.always is not None:
            return lambda record: value.always
        cells = [self.cell(ref) for ref in value.refs]
        joined = cells[0] if len(cells) == 1 else _joined(cells)
        code = _coder(value, what)

        def find(record: Record) -> str | None:
            text = joined(record, record.events[0] if record.events else {})
            return text if text is None or code is None else code(text)

        return find

    def holds(self, conditions: Iterable[Condition]) -> Holds:
        """Whether all conditions hold for an event of a record."""
        checks = [(self.cell(condition.ref), condition.values) for condition in conditions]

        def check(record: Record, event: Cells) -> bool:
            for cell, values in checks:
                found = cell(record, event)
                if found is None or (values is not None and found not in values):
                    return False
            return True

        return check

    def instant(self, instant: Instant | None, what: str, due: bool = False) -> When:
        """The first choice that is filled. `due`: a day without an hour lasts until the hour that is agreed."""
        read = self.instant_reader(what, due)
        picks = [self._pick(pick, read) for pick in (instant.choices if instant else ())]
        if len(picks) == 1:
            return picks[0]

        def find(record: Record) -> datetime | None:
            for pick in picks:
                if (found := pick(record)) is not None:
                    return found
            return None

        return find

    def instant_reader(self, what: str, due: bool = False) -> Callable[[str], datetime]:
        """A reader of instants as UTC. It raises `Rejected` (unreadable-date) when no pattern fits."""
        parse, patterns = self._parsers[due], self._mapping.times.patterns

        def read(text: str) -> datetime:
            found = parse(text)
            if found is None:
                formats = ", ".join(pattern.text for pattern in patterns)
                message = f"{what} is {text!r}, which is no date as the mapping writes them ({formats})"
                raise Rejected("unreadable-date", message, "mend the date, or add its format under time.formats")
            return found

        return read

    def _pick(self, pick: Pick, read: Callable[[str], datetime]) -> When:
        cell, holds = self.cell(pick.ref), self.holds(pick.where) if pick.where else None
        if pick.take == "own":

            def own(record: Record) -> datetime | None:
                text = cell(record, record.events[0] if record.events else {})
                return read(text) if text else None

            return own
        choose = min if pick.take == "earliest" else max

        def among(record: Record) -> datetime | None:
            events = [event for event in record.events if holds(record, event)] if holds else record.events
            return choose([read(text) for event in events if (text := cell(record, event))], default=None)

        return among


def _file_stem(record: Record, _: Cells) -> str | None:
    return record.place.file.split(".")[0]


def _joined(cells: list[Cell]) -> Cell:
    """All of them, with a slash between; None when one is blank."""

    def join(record: Record, event: Cells) -> str | None:
        found = [text for cell in cells if (text := cell(record, event))]
        return "/".join(found) if len(found) == len(cells) else None

    return join


def _coder(value: Value, what: str) -> Callable[[str], str | None] | None:
    codes, otherwise = value.codes, value.otherwise
    if codes is None:
        return None

    def code(text: str) -> str | None:
        if text in codes:
            return codes[text]
        if otherwise == "set_aside":
            message = f"{what} is {text!r}, which has no code in the mapping"
            raise Rejected("unknown-code", message, f"add it to codes; {did_you_mean(text, codes)}")
        return text if otherwise == "keep" else None

    return code


def _parser(times: Times, due: bool) -> Callable[[str], datetime | None]:
    """What reads an instant as UTC by the first pattern that fits; None when none does."""

    def parse(text: str) -> datetime | None:
        for pattern in times.patterns:
            try:
                found = pattern.read(text)
                if found is None:
                    continue
                if due and (is_day(text) if pattern.text == ISO else not pattern.has_hour):
                    found = datetime.combine(found, times.due_day_until)
                if found.tzinfo is None:
                    found = datetime.combine(found, found.time(), times.zone)
                return found.astimezone(UTC)
            except (ValueError, OverflowError):
                continue
        return None

    return parse
