"""Reads a mapping from YAML, strictly: it is refused whole, with every finding at once, each with its line.

The shape, from top to bottom, is what an office would write down for a colleague:

    source:    {format: csv, delimiter: ";"}         # or {format: xes}, xlsx, parquet
    item: event                                      # one item per row; `case`: one per case
    key: Mã hồ sơ
    time:      {zone: Asia/Ho_Chi_Minh, formats: [DD/MM/YYYY hh:mm]}
    received: Ngày tiếp nhận
    due: Hạn trả                                     # or {clock: {unit: working_days, budget: 15, …}}
    finished: {first: [Ngày trả, Ngày xong]}
    official: Cán bộ
    attributes:
      unit: Phòng
      channel: {from: Hình thức, codes: {Trực tuyến: online, Trực tiếp: counter}}
    called: {title: Trích yếu, symbol: Số ký hiệu}   # what people call it; phone: of a dossier's applicant
    numbers: {decimal: ","}                          # the file writes 1,5
"""

from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from congtam.engine.calendars import load_calendar
from congtam.engine.clock import ClockRule
from congtam.engine.explaining.words import KINDS
from congtam.engine.facts.tables import ITEM_ATTRIBUTES, ORIGINS, Kind
from congtam.engine.findings import Finding, Severity, Unusable, did_you_mean, refuse_if_any
from congtam.engine.rulebook.yaml_source import Document, KeyPath, parse_yaml, read_yaml
from congtam.engine.working_time import Calendar
from congtam.files.instants import EXAMPLES, ISO, Pattern
from congtam.files.items import CHECKS
from congtam.files.mapping import Clock, Instant, Level, Mapping, People, Pick, Steps, Times, Value
from congtam.files.mapping_block import Blocks, as_text
from congtam.files.mapping_people import read_people
from congtam.files.mapping_source import read_source
from congtam.files.roster import Roster

KEYS = (
    *("title", "source", "item", "key", "time", "received", "due", "finished", "official", "people"),
    *("attributes", "called", "unit_name", "recorded_at", "steps", "only_when", "numbers", "sanity", "blank"),
)
CALLED = ("title", "symbol", "phone")
NEEDED = ("source", "item", "key", "received")
VALUE_KEYS = ("from", "always", "codes", "otherwise")
CLOCK_KEYS = ("unit", "budget", "calendar", "cut_off", "last_day_off")
RULEBOOKS = Path(__file__).parents[1] / "rulebooks"
NATIONAL_CALENDAR = "vn/national/calendar"
TYPED = ("xlsx", "parquet")  # their dates that are no texts come as ISO
DEFAULT_ZONE = "Asia/Ho_Chi_Minh"
END_OF_DAY = "23:59:59"


def load_mapping(path: Path, people: Path | Roster | None = None) -> Mapping:
    """Read the mapping in `path`; `people` is a table of people that goes before the one it names. Raises `Unusable`
    with every finding."""
    document = read_yaml(path)
    return _Reader(document, people, path.parent).mapping(path.read_text(encoding="utf-8-sig"))


def read_mapping(text: str, name: str = "mapping.yaml", people: Path | Roster | None = None) -> Mapping:
    """Read a mapping from YAML text; `name` is what findings call it. No file lies beside it: its calendar is a shipped
    one. Raises `Unusable` with every finding."""
    return _Reader(parse_yaml(text, name), people).mapping(text)


class _Reader(Blocks):
    """Turns one document into a mapping."""

    def __init__(self, document: Document, people: Path | Roster | None = None, folder: Path | None = None):
        super().__init__(document)
        self._people, self._folder = people, folder
        self.item = Level.EVENT

    def mapping(self, text: str) -> Mapping:
        data = self.block((), self.document.data, KEYS, NEEDED)
        self.item = self._item(data.get("item"))
        received = self.instant(("received",), data.get("received"))
        source = read_source(self, data.get("source"))
        mapping = Mapping(
            title=as_text(data.get("title") or ""),
            source=source,
            item=self.item,
            key=self.value(("key",), data.get("key")) or Value(),
            received=received or Instant(()),
            times=self.times(data.get("time") or {}, source.format),
            due=self.due(data.get("due")),
            finished=self.instant(("finished",), data.get("finished")),
            official=self.value(("official",), data.get("official")),
            people=self.people(data),
            attributes=self.attributes(data.get("attributes") or {}),
            called=self.called(data.get("called") or {}),
            unit_name=self.value(("unit_name",), data.get("unit_name")),
            recorded_at=self.instant(("recorded_at",), data.get("recorded_at")),
            steps=self.steps(data.get("steps")),
            only_when=self.conditions(("only_when",), data.get("only_when"), self.item),
            keep_finished_before_received=self.sanity(data.get("sanity") or {}),
            decimal=self.decimal(data.get("numbers") or {}),
            blank=frozenset(self.texts(("blank",), data.get("blank") or [])),
            text=text,
            file=self.document.file,
        )
        self.unread(mapping)
        refuse_if_any(self.findings)
        return replace(mapping, warnings=tuple(self.findings))

    def unread(self, mapping: Mapping) -> None:
        """Names under source that the mapping never reads are typing errors."""
        read = {ref.name for ref in mapping.refs()}
        for key, names in (("also", mapping.source.also), ("optional", mapping.source.optional)):
            for name in sorted(set(names) - read):
                message = f"source.{key} names {name!r}, which the mapping does not read"
                self.problem(("source", key), "unknown-name", message, did_you_mean(name, read))

    def people(self, data: dict[str, Any]) -> People | None:
        if data.get("people") is not None and data.get("official") is not None:
            advice = "keep people where a cell names several, official where it holds the code of one"
            self.problem(("people",), "two-ways", "people and official both say who does the work", advice)
        return read_people(self, data.get("people"), self.item, self._people)

    def called(self, data: Any) -> dict[str, Value]:
        block = self.block(("called",), data, CALLED)
        found = {name: self.value(("called", name), value) for name, value in block.items() if name in CALLED}
        return {name: value for name, value in found.items() if value is not None}

    def _item(self, data: Any) -> Level:
        return Level.CASE if self.word(("item",), data, ("case", "event"), "event") == "case" else Level.EVENT

    def times(self, data: Any, form: str) -> Times:
        block = self.block(("time",), data, ("zone", "formats", "due_day_until"))
        formats = self.texts(("time", "formats"), block.get("formats") or [ISO])
        read = [self.pattern(("time", "formats", at), text) for at, text in enumerate(formats)]
        if form in TYPED and ISO not in formats:
            read.append(Pattern.of(ISO))
        until = self.hour(as_text(block.get("due_day_until") or END_OF_DAY))
        patterns = tuple(pattern for pattern in read if pattern)
        return Times(self.zone(as_text(block.get("zone") or DEFAULT_ZONE)), patterns, until)

    def zone(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(name)
        except (LookupError, ValueError, OSError):
            advice = f"write a zone of the IANA list, such as {DEFAULT_ZONE} or Europe/Amsterdam"
            self.problem(("time", "zone"), "bad-zone", f"{name!r} is no time zone", advice)
            return ZoneInfo(DEFAULT_ZONE)

    def pattern(self, path: KeyPath, text: str) -> Pattern | None:
        try:
            return Pattern.of(text)
        except ValueError as error:
            self.problem(path, "bad-format", f"the format {text!r} cannot be used: {error}", f"try {EXAMPLES}")
            return None

    def hour(self, text: str) -> time:
        try:
            return time.fromisoformat(text)
        except ValueError:
            path = ("time", "due_day_until")
            self.problem(path, "bad-hour", f"{text!r} is no time of day", 'write it like "17:00"')
            return time.max

    def value(self, path: KeyPath, data: Any) -> Value | None:
        """A name; a list of names, joined by "/"; or a block with from, always, codes, otherwise."""
        if data is None:
            return None
        if not isinstance(data, dict):
            return Value(refs=self._refs(path, data))
        block = self.block(path, data, VALUE_KEYS)
        if ("from" in block) == ("always" in block):
            advice = "write {from: column} or {always: text}"
            self.problem(path, "unclear-value", "a value comes either from a column or is always the same", advice)
            return None
        if "always" in block:
            return Value(always=as_text(block["always"]))
        refs = self._refs((*path, "from"), block["from"])
        words = ("set_aside", "keep", "blank")
        otherwise = self.word((*path, "otherwise"), block.get("otherwise"), words, "set_aside")
        return Value(refs, codes=self.codes((*path, "codes"), block.get("codes")), otherwise=otherwise)

    def _refs(self, path: KeyPath, data: Any) -> tuple[Any, ...]:
        if not isinstance(data, list):
            return (self.ref(path, data, self.item),)
        return tuple(self.ref((*path, at), one, self.item) for at, one in enumerate(data))

    def codes(self, path: KeyPath, data: Any) -> dict[str, str | None] | None:
        if data is None:
            return None
        if not isinstance(data, dict):
            self.problem(path, "not-a-block", "codes must be a block", "write {value in the file: code}")
            return None
        return {key: None if code is None else as_text(code) for key, code in data.items()}

    def attributes(self, data: Any) -> dict[str, Value]:
        block = self.block(("attributes",), data, tuple(ITEM_ATTRIBUTES))
        read = {name: self.value(("attributes", name), given) for name, given in block.items()}
        for name, value in read.items():
            if value and value.always is not None:
                self.constant(("attributes", name, "always"), name, value.always)
            for key, code in ((value.codes if value else None) or {}).items():
                if code is not None:
                    self.constant(("attributes", name, "codes", key), name, code)
        return {name: value for name, value in read.items() if value}

    def constant(self, path: KeyPath, name: str, text: str) -> None:
        """A code or number that the mapping itself says: the contract knows which there are."""
        if name == "origin" and text not in ORIGINS:
            advice = did_you_mean(text, ORIGINS)
            self.problem(path, "unknown-word", f"there is no origin {text!r}", advice)
        if name == "kind" and text not in KINDS:
            message = f"{text!r} is no kind of work that Công Tâm knows; it is kept as it is"
            place = self.document.place(path)
            self.findings.append(Finding("unknown-kind", message, did_you_mean(text, KINDS), place, Severity.WARNING))
        if check := CHECKS.get(ITEM_ATTRIBUTES.get(name, Kind.TEXT)):
            try:
                check(text)
            except ValueError:
                advice = "write a number such as 2 or 1.5, with a point"
                self.problem(path, "bad-number", f"{name} is {text!r}", advice)

    def decimal(self, data: Any) -> str:
        """The mark before the decimals of a number in the file: 1.5 or 1,5."""
        block = self.block(("numbers",), data, ("decimal",))
        return self.word(("numbers", "decimal"), block.get("decimal"), (".", ","), ".")

    def instant(self, path: KeyPath, data: Any) -> Instant | None:
        """A name; {first: […]}, a precedence list; or {earliest: …} / {latest: …}, with where."""
        if data is None:
            return None
        if isinstance(data, dict) and "first" in data:
            block = self.block(path, data, ("first",))
            given = block["first"] if isinstance(block["first"], list) else [block["first"]]
            return Instant(tuple(self.pick((*path, "first", at), one) for at, one in enumerate(given)))
        return Instant((self.pick(path, data),))

    def pick(self, path: KeyPath, data: Any) -> Pick:
        if not isinstance(data, dict):
            return Pick(self.ref(path, data, self.item))
        block = self.block(path, data, ("earliest", "latest", "where"))
        take = "earliest" if "earliest" in block else "latest"
        if self.item is Level.EVENT:
            advice = "name the attribute itself"
            self.problem(path, "not-for-events", f"{take} looks through a case, but an item is an event", advice)
        ref = self.ref((*path, take), block.get(take), self.item, events=True)
        return Pick(ref, take, self.conditions((*path, "where"), block.get("where"), self.item, events=True))

    def due(self, data: Any) -> Instant | Clock | None:
        if not (isinstance(data, dict) and "clock" in data):
            return self.instant(("due",), data)
        self.block(("due",), data, ("clock",))
        return self.clock(("due", "clock"), data["clock"])

    def clock(self, path: KeyPath, data: Any) -> Clock | None:
        block = self.block(path, data, CLOCK_KEYS, ("unit", "budget"))
        calendar, budget = self.calendar((*path, "calendar"), block.get("calendar")), block.get("budget")
        fixed = budget if isinstance(budget, int) and not isinstance(budget, bool) else None
        given = {key: block[key] for key in ("unit", "cut_off", "last_day_off") if block.get(key)}
        try:
            rule = ClockRule("mapping", {"vi": "theo bảng ánh xạ", "en": "as mapped"}, budget=fixed, **given)
        except (Unusable, TypeError) as error:
            for finding in getattr(error, "findings", ()):
                self.problem(path, finding.code, finding.message, finding.advice)
            return None
        found = self.value((*path, "budget"), budget) if fixed is None else None
        return Clock(rule, calendar, found) if calendar else None

    def calendar(self, path: KeyPath, data: Any) -> Calendar | None:
        """A shipped calendar by its name, or one in a file beside the mapping; all that is known of it today."""
        name = as_text(data or NATIONAL_CALENDAR)
        shipped = next((file for file in RULEBOOKS.rglob("calendar.yaml") if file.parent == RULEBOOKS / name), None)
        beside = self._folder / name if self._folder else None
        found = beside if beside and beside.is_file() else shipped
        if found is None:
            advice = f"write {NATIONAL_CALENDAR}, or the path of a calendar, seen from the mapping"
            self.problem(path, "no-calendar", f"there is no calendar {name!r}", advice)
            return None
        try:
            return load_calendar(found).as_known(None)
        except Unusable as error:
            self.findings += error.findings
            return None

    def steps(self, data: Any) -> Steps | None:
        if data is None:
            return None
        if self.item is Level.EVENT:
            message, advice = "steps are the events of a case, but an item is an event", "delete steps"
            self.problem(("steps",), "not-for-events", message, advice)
        block = self.block(("steps",), data, ("at", "what", "official", "unit"), ("at", "what"))
        at, what, official, unit = (
            self.ref(("steps", key), block[key], self.item, events=True) if block.get(key) else None
            for key in ("at", "what", "official", "unit")
        )
        return Steps(at, what, official, unit) if at and what else None

    def sanity(self, data: Any) -> bool:
        """Whether items that were finished before they were received are kept (and shown) or set aside."""
        block = self.block(("sanity",), data, ("finished_before_received",))
        path = ("sanity", "finished_before_received")
        return self.word(path, block.get(path[1]), ("set_aside", "keep"), "set_aside") == "keep"
