"""What a mapping says: where in a file the facts of the contract stand, and how they are written there.

Frozen types only; `mapping_file` reads them from YAML and refuses what is wrong.
"""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from zoneinfo import ZoneInfo

from congtam.engine.clock import ClockRule
from congtam.engine.findings import Finding
from congtam.engine.working_time import Calendar
from congtam.files.instants import Pattern
from congtam.files.roster import Roster

FILE, NUMBER = "#file", "#number"  # the file's name without its endings; the running number of event or row


class Level(StrEnum):
    """Where a reference looks: said once per case, once per event, or at the level of the item itself."""

    CASE = "case"
    EVENT = "event"
    OWN = "own"


@dataclass(frozen=True)
class Ref:
    """A column or attribute, as written (`text`, on `line` of the mapping) and as looked up (`level`, `name`)."""

    text: str
    level: Level
    name: str
    line: int | None = None

    @property
    def special(self) -> bool:
        """Whether it is #file or #number, which no header holds."""
        return self.name in (FILE, NUMBER)


@dataclass(frozen=True)
class Source:
    """How the file is written: csv, xes, xlsx or parquet; delimiter and encoding for csv.

    Of a workbook: the name of the `sheet` and the first and last row of the `header` where they are stated, and the
    column of running numbers (STT) as `number`. Of a workbook or a Parquet file: what a column may `also` be called,
    the one to be taken first, and `optional` columns that a file may lack.
    """

    format: str
    delimiter: str = ","
    encoding: str = "utf-8"
    sheet: str | None = None
    header: tuple[int, int] | None = None
    number: str | None = None
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()

    @property
    def is_table(self) -> bool:
        """Whether it is a list of rows under a header, and not a log."""
        return self.format != "xes"


@dataclass(frozen=True)
class Value:
    """A text: `always` the same, or the filled `refs` joined by "/", and turned into a code when there are `codes`.

    A value outside `codes` follows `otherwise`: set_aside (the item), keep (the value) or blank. A code of None
    means blank.
    """

    refs: tuple[Ref, ...] = ()
    always: str | None = None
    codes: dict[str, str | None] | None = None
    otherwise: str = "set_aside"


@dataclass(frozen=True)
class Condition:
    """Holds when `ref` has one of `values`, or, when there are none, when it is filled."""

    ref: Ref
    values: frozenset[str] | None = None


@dataclass(frozen=True)
class Pick:
    """One place an instant may stand: in the item itself, or the earliest or latest among its events."""

    ref: Ref
    take: str = "own"  # own, earliest, latest
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Instant:
    """The first of `choices` that is filled."""

    choices: tuple[Pick, ...]


@dataclass(frozen=True)
class Clock:
    """A due instant that is computed from the receipt, by `rule` on `calendar`.

    The budget, in the rule's unit, is the rule's own or, when `budget_from` is given, found with each item.
    """

    rule: ClockRule
    calendar: Calendar
    budget_from: Value | None = None


@dataclass(frozen=True)
class Steps:
    """Log events kept as `step` events: when, what, and who in which unit."""

    at: Ref
    what: Ref
    official: Ref | None = None
    unit: Ref | None = None


@dataclass(frozen=True)
class People:
    """Columns that name people: `both` with roles beside the names, `lead` and `support` with names of one role.

    Their codes are looked up in `roster`; `unit` is the column that tells people of one name apart.
    """

    both: tuple[Ref, ...] = ()
    lead: tuple[Ref, ...] = ()
    support: tuple[Ref, ...] = ()
    unit: Ref | None = None
    roster: Roster | None = None

    @property
    def refs(self) -> tuple[Ref, ...]:
        """Every column it reads."""
        return (*self.both, *self.lead, *self.support, *((self.unit,) if self.unit else ()))


@dataclass(frozen=True)
class Times:
    """How instants are read: `zone` for times without an offset, `patterns` tried in order, and until when a due
    day lasts that is given without an hour."""

    zone: ZoneInfo
    patterns: tuple[Pattern, ...]
    due_day_until: time


@dataclass(frozen=True)
class Mapping:
    """One reviewed mapping; `text` is the file as it was, kept beside the tables it made.

    called: what people call an item (title, symbol) and reach its applicant by (phone); no fact, so tables have none.
    decimal: the mark before the decimals of numbers in the file. warnings: what a person should look at again.
    """

    title: str
    source: Source
    item: Level
    key: Value
    received: Instant
    times: Times
    due: Instant | Clock | None = None
    finished: Instant | None = None
    official: Value | None = None
    people: People | None = None
    attributes: dict[str, Value] = field(default_factory=dict)
    called: dict[str, Value] = field(default_factory=dict)
    unit_name: Value | None = None
    recorded_at: Instant | None = None
    steps: Steps | None = None
    only_when: tuple[Condition, ...] = ()
    keep_finished_before_received: bool = False
    decimal: str = "."
    blank: frozenset[str] = frozenset()
    text: str = ""
    file: str = ""
    warnings: tuple[Finding, ...] = ()

    def refs(self) -> list[Ref]:
        """Every reference to a column or attribute, specials such as #file left out."""
        values = [self.key, self.official, self.unit_name, *self.attributes.values(), *self.called.values()]
        if isinstance(self.due, Clock):
            values.append(self.due.budget_from)
        found = [ref for value in values if value for ref in value.refs]
        found += [condition.ref for condition in self.only_when]
        for instant in (self.received, self.finished, self.recorded_at, self.due):
            if isinstance(instant, Instant):
                for pick in instant.choices:
                    found += [pick.ref, *(condition.ref for condition in pick.where)]
        found += self.people.refs if self.people else ()
        if self.steps:
            parts = (self.steps.at, self.steps.what, self.steps.official, self.steps.unit)
            found += [ref for ref in parts if ref]
        return [ref for ref in found if not ref.special]
