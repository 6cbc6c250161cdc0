"""Working calendars: dated, versioned tables of days off and made-up days, read strictly from YAML.

A `WorkingCalendar` is all that was ever announced; `as_known` gives the `Calendar` of one moment.
Legal source of the shipped one: Labour Code 45/2019/QH14 Articles 111 and 112, and yearly notices.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from re import fullmatch
from typing import Any

from congtam.engine.findings import Finding, did_you_mean, refuse_if_any, unusable
from congtam.engine.periods import VIETNAM, start_of_day
from congtam.engine.rulebook.yaml_source import Document, KeyPath, read_yaml
from congtam.engine.working_time import PROVISIONAL, Calendar, Choice, Override, Session, Source, Text

__all__ = [
    "PROVISIONAL",
    "Calendar",
    "Choice",
    "Override",
    "Source",
    "Text",
    "WorkingCalendar",
    "load_calendar",
]

KINDS = ("off", "working", "half")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class WorkingCalendar:
    """Everything announced about working days, in the order in which it became known."""

    id: str
    title: Text
    base: Calendar  # the week and the hours, without any override
    versions: tuple[Override, ...]  # by known_from, always-known first
    choices: Mapping[str, Choice] = field(default_factory=dict)
    _made: dict[Any, Calendar] = field(default_factory=dict, compare=False, repr=False)

    def as_known(self, known_at: datetime | None = None, choices: Mapping[str, str] | None = None) -> Calendar:
        """The calendar with what was announced by `known_at` (None: all), and open questions answered.

        Raises `Unusable` (calendar-unknown-choice) for a question or an answer it does not have.
        """
        answers = {name: choice.default for name, choice in self.choices.items()} | dict(choices or {})
        self._check(answers)
        days = [*self.versions, *(self.choices[name].chosen(option) for name, option in answers.items())]
        days.sort(key=_known_order)
        known = [own for own in days if _is_known(own, known_at)]
        key = (len(known), tuple(sorted(answers.items())))
        if key not in self._made:
            self._made[key] = replace(self.base, overrides={own.day: own for own in known})
        return self._made[key]

    def _check(self, answers: Mapping[str, str]) -> None:
        for name, option in answers.items():
            known = self.choices[name].options if name in self.choices else None
            if known is None or option not in known:
                advice = did_you_mean(name, self.choices) if known is None else did_you_mean(option, known)
                what = f"the calendar {self.id} has no choice {name!r} with the answer {option!r}"
                raise unusable("calendar-unknown-choice", what, advice)


def _known_order(override: Override) -> date:
    return override.known_from or date.min


def _is_known(override: Override, known_at: datetime | None) -> bool:
    if known_at is None or override.known_from is None:
        return True
    return start_of_day(override.known_from) <= known_at


def load_calendar(path: Path) -> WorkingCalendar:
    """Read a calendar. Raises `Unusable` with every finding at once, each with its file and line."""
    reader = _Reader(read_yaml(path))
    calendar = reader.calendar()
    refuse_if_any(reader.findings)
    assert calendar is not None  # there would have been a finding
    return calendar


_TOP = (
    *("id", "title", "owner", "legal_basis", "time_zone", "official_from", "official_until"),
    *("week", "sessions", "cut_off", "sources", "names", "years"),
)
_SOURCE = ("title", "act", "certainty")
_CHOICE = (
    *("id", "day", "name", "title", "question", "options"),
    *("default", "why_default", "sources", "certainty"),
)
_CERTAINTIES = ("verified", "reported", "unverified")
_NO_DAY = date(1900, 1, 1)  # stands in for a day that could not be read, until the file is refused
_NO_TEXT: Text = {"vi": "", "en": ""}
_NO_SOURCE = Source(_NO_TEXT, "", "unverified")


class _Reader:
    """Turns one document into a calendar and notes everything that is wrong on the way."""

    def __init__(self, document: Document):
        self.document = document
        self.findings: list[Finding] = []
        self.sources: dict[str, Source] = {}
        self.names: dict[str, Text] = {}
        self.seen: dict[tuple[date, date | None], KeyPath] = {}

    def note(self, code: str, path: KeyPath, message: str, advice: str) -> None:
        self.findings.append(Finding(f"calendar-{code}", message, advice, self.document.place(path)))

    def calendar(self) -> WorkingCalendar | None:
        data = self.block(self.document.data, (), _TOP, ("choices",))
        if any(key not in data for key in _TOP):
            return None
        self.check_head(data)
        sources = self.named(data["sources"], ("sources",))
        self.sources = {name: self.source(own, ("sources", name)) for name, own in sources.items()}
        names = self.named(data["names"], ("names",))
        self.names = {name: self.text(own, ("names", name)) for name, own in names.items()}
        base = self.base(data)
        years = self.named(data["years"], ("years",)).items()
        days = [day for year, rows in years for day in self.year(year, rows, base)]
        asked = enumerate(self.listed(data.get("choices", []), ("choices",)))
        choices = [self.choice(row, ("choices", at)) for at, row in asked]
        title = self.text(data["title"], ("title",))
        versions = tuple(sorted(days, key=lambda own: (_known_order(own), own.day)))
        return WorkingCalendar(base.id, title, base, versions, {own.id: own for own in choices if own})

    def block(self, data: Any, path: KeyPath, needed: tuple[str, ...], allowed: tuple[str, ...] = ()) -> dict[str, Any]:
        """The data as a block with the needed keys and no unknown ones; empty when it is no block."""
        if not isinstance(data, dict):
            self.note("not-a-block", path, "this must be a block of keys", f"write {', '.join(needed)}")
            return {}
        for key in data:
            if key not in (*needed, *allowed):
                self.note("unknown-key", (*path, key), f"unknown key {key!r}", did_you_mean(key, needed + allowed))
        for key in needed:
            if key not in data and key != "source":  # a day without its source has a finding of its own
                self.note("missing-key", path, f"the key {key!r} is missing", f"write {key}: …")
        return data

    def named(self, data: Any, path: KeyPath) -> dict[str, Any]:
        if isinstance(data, dict):
            return data
        self.note("not-a-block", path, "this must be a block of names", "write name: …")
        return {}

    def listed(self, data: Any, path: KeyPath) -> list[Any]:
        if isinstance(data, list):
            return data
        self.note("not-a-list", path, "this must be a list", "write - {…} on a line for each")
        return []

    def check_head(self, data: dict[str, Any]) -> None:
        if data["time_zone"] != VIETNAM.key:
            what = f"the time zone {data['time_zone']!r} is not the one in which days are counted"
            self.note("bad-zone", ("time_zone",), what, f"write {VIETNAM.key}")
        basis = self.block(data["legal_basis"], ("legal_basis",), ("act", "certainty"), ("article", "confirmed_on"))
        self.certainty(basis.get("certainty"), ("legal_basis", "certainty"))

    def base(self, data: dict[str, Any]) -> Calendar:
        """The week and the hours, without any day."""
        first = self.day(data["official_from"], ("official_from",))
        last = self.day(data["official_until"], ("official_until",))
        if first > last:
            self.note("bad-date", ("official_until",), "it comes before official_from", "mend one of them")
        week, hours, cut_off = (
            self.week(data["week"]),
            self.hours(data["sessions"]),
            self.cut_off(data["cut_off"]),
        )
        return Calendar(str(data["id"]), week, hours, cut_off, first, last, {})

    def week(self, data: Any) -> frozenset[int]:
        block = self.block(data, ("week",), ("days", "source"))
        self.source_named(block.get("source"), ("week",))
        days = block.get("days")
        if not isinstance(days, list) or not days or any(day not in WEEKDAYS for day in days):
            known = ", ".join(WEEKDAYS)
            self.note("bad-week", ("week",), "the week must list at least one working weekday", f"use {known}")
            return frozenset(range(5))
        return frozenset(WEEKDAYS.index(day) for day in days)

    def hours(self, data: Any) -> dict[str, Session]:
        named = self.named(data, ("sessions",))
        hours = {name: self.session(own, ("sessions", name)) for name, own in named.items()}
        ordered = sorted(hours.values())
        overlap = any(later[0] < sooner[1] for sooner, later in pairwise(ordered))
        if overlap or not ordered or any(start >= end for start, end in ordered):
            what = "sessions must end after they start and not overlap"
            self.note("bad-session", ("sessions",), what, 'write from: "07:30", until: "11:30"')
        return hours

    def session(self, data: Any, path: KeyPath) -> Session:
        block = self.block(data, path, ("from", "until", "source"))
        self.source_named(block.get("source"), path)
        return self.clock_time(block.get("from"), path), self.clock_time(block.get("until"), path)

    def clock_time(self, text: Any, path: KeyPath) -> timedelta:
        match = fullmatch("([01][0-9]|2[0-3]):([0-5][0-9])", str(text))
        if match:
            return timedelta(hours=int(match[1]), minutes=int(match[2]))
        self.note("bad-session", path, f"{text!r} is no time of day", 'write "07:30", in quotes')
        return timedelta(0)

    def cut_off(self, data: Any) -> int:
        block = self.block(data, ("cut_off",), ("minutes", "source"))
        self.source_named(block.get("source"), ("cut_off",))
        minutes = block.get("minutes")
        if isinstance(minutes, int) and 0 <= minutes <= 24 * 60:
            return minutes
        self.note("bad-cut-off", ("cut_off",), "minutes must be a whole number, at least 0", "write minutes: 60")
        return 0

    def source(self, data: Any, path: KeyPath) -> Source:
        block = self.block(data, path, _SOURCE, ("article", "confirmed_on"))
        title = self.text(block.get("title"), (*path, "title"))
        self.certainty(block.get("certainty"), (*path, "certainty"))
        confirmed = block.get("confirmed_on")
        on = self.day(confirmed, (*path, "confirmed_on")) if confirmed else None
        return Source(title, str(block.get("act")), str(block.get("certainty")), block.get("article"), on)

    def certainty(self, value: Any, path: KeyPath) -> None:
        if value not in _CERTAINTIES:
            advice = did_you_mean(str(value), _CERTAINTIES)
            self.note("bad-certainty", path, f"{value!r} says nothing about how certain this is", advice)

    def source_named(self, name: Any, path: KeyPath) -> Source:
        if str(name) in self.sources:
            return self.sources[str(name)]
        what = "no source is given" if name is None else f"there is no source {name!r}"
        self.note("no-source", (*path, "source"), what, did_you_mean(str(name or ""), self.sources))
        return _NO_SOURCE

    def text(self, data: Any, path: KeyPath) -> Text:
        if isinstance(data, dict) and set(data) == {"vi", "en"} and all(data.values()):
            return {lang: str(text) for lang, text in data.items()}
        self.note("bad-text", path, "a text is needed in both languages", "write {vi: …, en: …}")
        return _NO_TEXT

    def day(self, text: Any, path: KeyPath) -> date:
        try:
            if fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", str(text)):
                return date.fromisoformat(str(text))
        except ValueError:
            pass
        self.note("bad-date", path, f"{text!r} is no day", "write year-month-day, such as 2026-09-02")
        return _NO_DAY

    def year(self, year: str, rows: Any, base: Calendar) -> list[Override]:
        numbered = enumerate(self.listed(rows, ("years", year)))
        return [own for at, row in numbered for own in self.row(row, ("years", year, at), base)]

    def row(self, data: Any, path: KeyPath, base: Calendar) -> list[Override]:
        block = self.block(data, path, ("days", "is", "name", "source"), ("known_from", "session"))
        if not block:
            return []
        kind, source = self.kind(block, path, base), self.source_named(block.get("source"), path)
        name, known = self.name(block.get("name"), path), self.known_from(block, path)
        days = block.get("days")
        if not isinstance(days, list) or not days:
            self.note("bad-date", (*path, "days"), "days must be a list of days", "write days: [2026-09-02]")
            return []
        found = [self.day_of_year(text, (*path, "days", at), known) for at, text in enumerate(days)]
        return [Override(day, kind, name, source, known, block.get("session")) for day in found]

    def day_of_year(self, text: Any, path: KeyPath, known: date | None) -> date:
        """A day of the year whose block it stands in, not told twice by the same announcement."""
        day = self.day(text, path)
        if day != _NO_DAY and f"{day.year}" != path[1]:
            self.note("bad-date", path, f"{day} does not belong to {path[1]}", f"move it to {day.year}")
        first = self.seen.setdefault((day, known), path)
        if day != _NO_DAY and first != path:
            what = f"{day} already stands on line {self.document.place(first).line}"
            self.note("duplicate-day", path, what, "keep one, or date the change with known_from")
        return day

    def kind(self, block: dict[str, Any], path: KeyPath, base: Calendar) -> str:
        kind, session = block.get("is"), block.get("session")
        if kind not in KINDS:
            self.note("bad-kind", (*path, "is"), f"a day cannot be {kind!r}", did_you_mean(str(kind), KINDS))
        elif (kind == "half") != (str(session) in base.hours):
            advice = did_you_mean(str(session or ""), base.hours)
            self.note("bad-session", path, "a half day names its session, others name none", advice)
        return str(kind)

    def name(self, name: Any, path: KeyPath) -> Text:
        if str(name) not in self.names:
            advice = did_you_mean(str(name), self.names)
            self.note("unknown-name", (*path, "name"), f"there is no name {name!r}", advice)
        return self.names.get(str(name), _NO_TEXT)

    def known_from(self, block: dict[str, Any], path: KeyPath) -> date | None:
        text = block.get("known_from")
        return None if text is None else self.day(text, (*path, "known_from"))

    def choice(self, data: Any, path: KeyPath) -> Choice | None:
        block = self.block(data, path, _CHOICE, ("known_from",))
        if any(key not in block for key in _CHOICE):
            return None
        options = self.named(block["options"], (*path, "options"))
        if str(block["default"]) not in options or not set(options) <= {"off", "working"}:
            what = "options are off and working, and the default is one of them"
            self.note("bad-choice", path, what, did_you_mean(str(block["default"]), options))
        self.certainty(block["certainty"], (*path, "certainty"))
        return self.choice_of(block, path, options)

    def choice_of(self, block: dict[str, Any], path: KeyPath, options: dict[str, Any]) -> Choice:
        names = block["sources"] if isinstance(block["sources"], list) and block["sources"] else [None]
        sources = tuple(self.source_named(name, path) for name in names)
        day, known = self.day(block["day"], (*path, "day")), self.known_from(block, path)
        override = Override(day, block["default"], self.name(block["name"], path), sources[0], known)
        title, question, why = (self.text(block[key], (*path, key)) for key in ("title", "question", "why_default"))
        said = {name: self.text(text, (*path, "options", name)) for name, text in options.items()}
        ends = (block["default"], why, sources, block["certainty"])
        return Choice(str(block["id"]), title, question, override, said, *ends)
