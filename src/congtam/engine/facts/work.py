"""What the fold makes of events: items, shares and faults. All are derived; nobody edits them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from congtam.engine.clock import Ledger
from congtam.engine.findings import Finding

WHOLE_WEIGHT = 1_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work as it stands. `coefficient` in hundredths, `satisfaction` in millionths of a mark (1–5),
    `waiting` in minutes, `records` the seqs it was folded from."""

    item: str
    received_at: datetime
    state: str  # open, finished, cancelled, same_as
    kind: str | None = None
    origin: str | None = None
    procedure: str | None = None
    catalogue: str | None = None
    coefficient: int | None = None
    agency: str | None = None
    unit: str | None = None
    channel: str | None = None
    source: str | None = None
    promised_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    returns: int = 0
    reopened: int = 0
    signed: bool = False
    recognised_by: str | None = None
    accepted_by: str | None = None
    accepted_at: datetime | None = None
    excused_by: str | None = None
    satisfaction: int | None = None
    same_as: str | None = None
    clock: str | None = None
    coefficient_from: str | None = None  # the catalogue the coefficient was read from; None: the record's own, or none
    ledger: Ledger | None = None
    records: tuple[int, ...] = ()

    @property
    def extensions(self) -> int:
        return self.ledger.extensions if self.ledger else 0

    @property
    def late_extensions(self) -> int:
        return self.ledger.late_extensions if self.ledger else 0

    @property
    def requests(self) -> int:
        return self.ledger.requests if self.ledger else 0

    @property
    def over_limit(self) -> bool:
        """More supplement requests than the clock's text allows, where the text counts that as overdue."""
        return bool(self.ledger and self.ledger.over_limit)

    @property
    def waiting(self) -> int:
        return self.ledger.waiting_minutes if self.ledger else 0


@dataclass(frozen=True, slots=True)
class Share:
    """One official's part in one item over one spell, with its own receipt, due and finish. `weight` in millionths
    of the item, `rating` in millionths of a mark (1–5). `due_at` is None for work received when it was already late
    and given no deadline of its own: nobody is charged for another's delay. `turn` counts how often the
    official received the item."""

    item: str
    official: str
    received_at: datetime
    role: str
    weight: int
    state: str  # open, finished, passed_on
    spell: str | None = None
    unit: str | None = None
    agency: str | None = None
    taken_up_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    accepted_by: str | None = None
    accepted_at: datetime | None = None
    excused_by: str | None = None
    rating: int | None = None
    turn: int = 1
    records: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """One share among all: item, official, instant of receipt, and the turn when it came back to the official."""
        again = f"/{self.turn}" if self.turn > 1 else ""
        return f"{self.item}/{self.official}/{self.received_at:%Y%m%dT%H%M%S}{again}"

    def is_late(self, as_of: datetime) -> bool:
        """Whether the deadline passed before the share ended, or before `as_of` while it is open."""
        return self.due_at is not None and (self.finished_at or as_of) > self.due_at


@dataclass(frozen=True, slots=True)
class Fault:
    """A quality failure or a delay: when, charged to which day's period (None: wherever the work counts), and
    voided by which decision. `official` is None when it could not be laid to anyone. A derived delay is one `share`'s
    alone (its key); a recorded fault counts on every share the official had in the item."""

    fault: str
    item: str
    kind: str
    at: datetime
    official: str | None = None
    unit: str | None = None
    charged_to: date | None = None
    voided_by: str | None = None
    derived: bool = False
    records: tuple[int, ...] = ()
    share: str | None = None

    def is_laid_to(self, share: Share) -> bool:
        """Whether the fault is charged to a share."""
        return self.official == share.official if self.share is None else self.share == share.key


class Due(NamedTuple):
    """One item under one clock."""

    item: str
    clock: str
    due_at: datetime | None
    digest: str


@dataclass(frozen=True)
class Work:
    """Everything folded, in order of item; `findings` names events that moved nothing, and why."""

    items: tuple[Item, ...] = ()
    shares: tuple[Share, ...] = ()
    faults: tuple[Fault, ...] = ()
    dues: tuple[Due, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
