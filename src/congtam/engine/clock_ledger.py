"""The ledger of one clock: every step that led to the due instant, kept so that it can be shown and made again."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from congtam.engine.clock_rule import ClockEvent, ClockRule
from congtam.engine.clock_texts import moment, skipped, written
from congtam.engine.periods import local_day
from congtam.engine.working_time import Calendar, Text

_ORIGIN = datetime(1970, 1, 1, tzinfo=UTC)
_COUNTED = ("received", "received_later", "restarted")  # steps that count a whole budget


@dataclass(frozen=True)
class LedgerEntry:
    """One step: what happened at `at`, by which rule, and the due instant after it."""

    at: datetime
    rule: str
    message: str
    values: dict[str, Any]
    due_at: datetime
    decision: str | None = None

    @cached_property
    def text(self) -> Text:
        """The step in words, in both languages."""
        return {lang: written(self.message, self.values, lang) for lang in ("vi", "en")}


@dataclass(frozen=True)
class DuePoint:
    """A due instant and while it was in force: from `since` to before `until` (None: still)."""

    due_at: datetime
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class ClockInputs:
    """Everything a ledger was made from, so that it can be made again."""

    rule: ClockRule
    start: datetime
    calendar: Calendar = field(repr=False)
    budget: int | None = None
    given_due: datetime | None = None
    events: tuple[ClockEvent, ...] = ()
    as_of: datetime | None = None


@dataclass(frozen=True)
class Ledger:
    """The due instant and every step that led to it.

    over_limit: requests went over a limit that makes the item count as overdue.
    waiting_minutes: office time for which the clock stood. extensions: those that moved the due instant.
    late_extensions: those recorded after it had passed, whether they moved it or not.
    may_close_from: when an unanswered supplement request allowed the dossier to be closed.
    """

    inputs: ClockInputs
    due_at: datetime
    provisional: bool
    entries: tuple[LedgerEntry, ...]
    due_points: tuple[DuePoint, ...]
    over_limit: bool
    waiting_minutes: int
    extensions: int
    late_extensions: int
    requests: int
    may_close_from: datetime | None = None

    def passed(self, until: datetime) -> tuple[datetime, ...]:
        """The due instants that passed before a valid step moved them and before `until`, in order."""
        points = self.due_points
        return tuple(p.due_at for p in points if p.due_at < until and (p.until is None or p.due_at < p.until))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the rule, the calendar and the steps; wording is left out."""
        rule = {name: value for name, value in vars(self.inputs.rule).items() if name != "title"}
        steps = [(e.at, e.rule, e.message, e.values, e.due_at, e.decision) for e in self.entries]
        said = json.dumps([rule, self.inputs.calendar.digest, steps], sort_keys=True, default=_canonical)
        return sha256(said.encode()).hexdigest()


def _canonical(value: object) -> str:
    if isinstance(value, datetime):
        return str((value - _ORIGIN) // timedelta(microseconds=1))
    raise TypeError(f"no canonical form for {type(value).__name__}")


def render(ledger: Ledger, lang: str) -> list[str]:
    """The ledger for people, one line for each step, in `vi` or `en`."""
    return [_line(ledger, entry, lang) for entry in ledger.entries]


def _line(ledger: Ledger, entry: LedgerEntry, lang: str) -> str:
    line = f"{moment(entry.at)} {entry.text[lang]}"
    if entry.decision and entry.message != "extended_late":
        line += f" ({'quyết định' if lang == 'vi' else 'decision'} {entry.decision})"
    if entry.message in _COUNTED and ledger.inputs.rule.unit == "working_days":
        first, last = local_day(entry.values["begin"]), local_day(entry.due_at)
        line += skipped(ledger.inputs.calendar, first, last, lang)
    return f"{line} [{entry.rule}]"
