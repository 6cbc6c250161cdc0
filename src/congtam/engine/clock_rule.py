"""How a text counts time, and what can happen to a clock: the data that `clock.run_clock` works on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from congtam.engine.findings import Finding, did_you_mean, refuse_if_any
from congtam.engine.working_time import Text

Unit = Literal["hours", "working_days", "calendar_days", "months"]
CutOff = Literal["none", "last_hour_next_day"]
Supplement = Literal["restart", "subtract"]
OverLimit = Literal["overdue", "ignored"]
AfterExpiry = Literal["needs_authority", "never"]
LastDayOff = Literal["next_working_day", "stays"]
EventKind = Literal["paused", "resumed", "requested", "supplied", "extended"]

LARGEST_BUDGET = 10_000  # in any unit; a larger one is a slip of the pen
EVENT_KINDS: tuple[str, ...] = get_args(EventKind)
POLICIES: dict[str, tuple[str, ...]] = {
    "unit": get_args(Unit),
    "cut_off": get_args(CutOff),
    "supplement": get_args(Supplement),
    "over_limit": get_args(OverLimit),
    "extension_after_expiry": get_args(AfterExpiry),
    "last_day_off": get_args(LastDayOff),
}


@dataclass(frozen=True)
class ClockRule:
    """How one text counts time. Raises `Unusable` (clock-bad-rule) for a policy it does not know.

    budget: in `unit`; None when each item brings its own.
    cut_off: `last_hour_next_day` starts what comes in the last hour or outside hours on the next working day
      (Decree 297/2025); `none` starts it at once (copy of Decision 766's rules).
    supplement: a complete supplement gives the whole budget again (297/2025), or the wait is subtracted (766).
    max_requests, over_limit: requests beyond the limit never stop the clock; `overdue` also flags the item.
    supplement_reply_days: working days after which an unanswered dossier may be closed; told, moves nothing.
    max_extensions: extensions beyond it move nothing.
    extension_after_expiry: what an extension needs once the due instant has passed.
    last_day_off: where a budget in calendar days or months ends that would end on a day off (Civil Code
      91/2015/QH13 Article 148.5, from memory, unverified: the next working day).
    """

    id: str
    title: Text
    unit: Unit
    budget: int | None = None
    cut_off: CutOff = "none"
    supplement: Supplement = "subtract"
    max_requests: int | None = None
    over_limit: OverLimit = "overdue"
    supplement_reply_days: int | None = None
    max_extensions: int | None = None
    extension_after_expiry: AfterExpiry = "needs_authority"
    last_day_off: LastDayOff = "next_working_day"

    def __post_init__(self) -> None:
        refuse_if_any(self._findings())

    def _findings(self) -> Iterable[Finding]:
        for name, known in POLICIES.items():
            value = getattr(self, name)
            if value not in known:
                what = f"clock {self.id}: {name} cannot be {value!r}"
                yield Finding("clock-bad-rule", what, did_you_mean(str(value), known))
        for name in ("budget", "max_requests", "supplement_reply_days", "max_extensions"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= LARGEST_BUDGET:
                what = f"clock {self.id}: {name} cannot be {value}"
                yield Finding("clock-bad-rule", what, f"write a whole number from 0 to {LARGEST_BUDGET}")


@dataclass(frozen=True)
class ClockEvent:
    """Something that touches the clock at an instant; `seq` orders events of the same instant.

    authority and decision: who decided and the number of the document, where one is needed. stop: the incident by
    which the clock stands or goes on, apart from every other stop (blank: a stop of the work itself); reason: what the
    incident is called.
    """

    at: datetime
    kind: EventKind
    seq: int = 0
    new_due: datetime | None = None
    authority: str | None = None
    decision: str | None = None
    stop: str = ""
    reason: str = ""
