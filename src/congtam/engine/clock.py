"""The clock as a ledger: budget + pauses + supplement + extensions → due instant, each step with its rule.

Texts differ on how time is counted (Decree 297/2025, the copy of Decision 766's rules, provincial texts), so every
difference is a field of `ClockRule`. Late and on time are never stored: they are derived from `due_at`.

Days are counted as days: the day of receipt is day 0, the day of a stop counts as used, and the day on which the
clock goes on is the new day 0. Of a stop by an incident (storm, a system down) the days count that ended while it
lasted, as days off do. A budget in days or months ends at the close of office hours. A due instant that was given, or
set by an extension, moves by the office time for which the clock stood.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from congtam.engine.clock_ledger import ClockInputs, DuePoint, Ledger, LedgerEntry, render
from congtam.engine.clock_rule import EVENT_KINDS, LARGEST_BUDGET, ClockEvent, ClockRule
from congtam.engine.clock_term import Stop, Term
from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.periods import local_day
from congtam.engine.working_time import Calendar

__all__ = [
    "ClockEvent",
    "ClockInputs",
    "ClockRule",
    "DuePoint",
    "Ledger",
    "LedgerEntry",
    "render",
    "replay",
    "run_clock",
]

_MINUTE = timedelta(minutes=1)


def run_clock(
    rule: ClockRule,
    start: datetime,
    calendar: Calendar,
    budget: int | None = None,
    given_due: datetime | None = None,
    events: Iterable[ClockEvent] = (),
    as_of: datetime | None = None,
) -> Ledger:
    """Count from receipt at `start` and return the ledger; events after `as_of` are not seen yet.

    `budget` (in the rule's unit) comes before the rule's own; `given_due` comes before any budget.
    Raises `Unusable`: clock-no-budget, clock-bad-budget, clock-bad-event, clock-bad-instant.
    """
    seen = tuple(sorted((own for own in events if as_of is None or own.at <= as_of), key=_event_order))
    _refuse_unusable(start, given_due, as_of, seen)
    run = _Run(ClockInputs(rule, start, calendar, budget, given_due, seen, as_of))
    for event in seen:
        run.take(event)
    return run.ledger()


def replay(ledger: Ledger) -> Ledger:
    """Make the ledger again from its inputs; the same engine gives the same digest."""
    own = ledger.inputs
    return run_clock(own.rule, own.start, own.calendar, own.budget, own.given_due, own.events, own.as_of)


def _event_order(event: ClockEvent) -> tuple[datetime, int, str, str, str, str, str]:
    """By instant, then seq; the rest only so that equal ones stand the same way each time."""
    said = (str(event.new_due), str(event.authority), str(event.decision), event.stop)
    return (event.at, event.seq, event.kind, *said)


def _refuse_unusable(
    start: datetime, given_due: datetime | None, as_of: datetime | None, events: tuple[ClockEvent, ...]
) -> None:
    instants = [start, given_due, as_of, *(at for own in events for at in (own.at, own.new_due))]
    for instant in instants:
        if instant is not None and (instant.tzinfo is None or not 1900 <= instant.year < 2999):
            advice = "give it a time zone and a year from 1900 to 2998; leave it out when there is none"
            raise unusable("clock-bad-instant", f"{instant.isoformat()} is no instant of a clock", advice)
    for event in events:
        if event.kind not in EVENT_KINDS:
            what = f"a clock does not know {event.kind!r}"
            raise unusable("clock-bad-event", what, did_you_mean(event.kind, EVENT_KINDS))


def _counting_begins(rule: ClockRule, calendar: Calendar, at: datetime) -> datetime:
    """The instant from which something received at `at` is counted."""
    day = local_day(at)
    if rule.cut_off == "none":
        return at
    last = calendar.close_of(day) - timedelta(minutes=calendar.cut_off_minutes)
    if calendar.is_working(day) and at < last:
        return max(at, calendar.sessions(day)[0][0])
    return calendar.sessions(calendar.add_working_days(day, 1))[0][0]


def _stop_name(event: ClockEvent) -> str:
    return f"incident {event.stop}" if event.stop else "paused"


class _Run:
    """One pass over the events; holds what is true after the last one."""

    def __init__(self, inputs: ClockInputs):
        self.inputs, self.rule, self.calendar = inputs, inputs.rule, inputs.calendar
        self.entries: list[LedgerEntry] = []
        self.points: list[DuePoint] = []
        self.open: set[str] = set()  # stops that are open: paused, requested, or the name of an incident
        self.closed = False  # whether an incident has part in the stop that is open
        self.stopped_at = self.requested_at = inputs.start
        self.restart = self.over_limit = False
        self.waiting = timedelta(0)
        self.requests = self.extensions = self.late_extensions = 0
        self.may_close_from: datetime | None = None
        self.begin = _counting_begins(self.rule, self.calendar, inputs.start)
        self.budget = self.rule.budget if inputs.budget is None else inputs.budget
        self._receive()

    def _receive(self) -> None:
        start, given = self.inputs.start, self.inputs.given_due
        if given is not None:
            self._set(start, Term(start, fixed=given))
            return self._enter(start, "given_due", "given")
        budget = self._checked_budget()
        self._set(start, Term(self.begin, budget))
        message = "received" if self.begin == start else "received_later"
        why = f"unit = {self.rule.unit}" if self.begin == start else f"cut_off = {self.rule.cut_off}"
        return self._enter(start, why, message, n=budget, unit=self.rule.unit, begin=self.begin)

    def _checked_budget(self) -> int:
        if self.budget is None:
            advice = "give the item's own budget or due instant, or run no clock"
            raise unusable("clock-no-budget", f"clock {self.rule.id}: neither rule nor item has a budget", advice)
        if not 0 <= self.budget <= LARGEST_BUDGET:
            advice = f"write a whole number from 0 to {LARGEST_BUDGET}"
            raise unusable("clock-bad-budget", f"clock {self.rule.id}: no budget can be {self.budget}", advice)
        return self.budget

    def take(self, event: ClockEvent) -> None:
        """Let one event do what the rule allows it to do."""
        {
            "paused": self._pause,
            "requested": self._request,
            "resumed": self._resume,
            "supplied": self._supply,
            "extended": self._extend,
        }[event.kind](event)

    def _pause(self, event: ClockEvent) -> None:
        self._stop(event, "pauses", _stop_name(event))

    def _request(self, event: ClockEvent) -> None:
        self.requests += 1
        limit = self.rule.max_requests
        if limit is None or self.requests <= limit:
            return self._stop(event, f"supplement = {self.rule.supplement}", "requested")
        self.over_limit |= self.rule.over_limit == "overdue"
        why = f"max_requests = {limit}, over_limit = {self.rule.over_limit}"
        message = f"over_limit_{self.rule.over_limit}"
        return self._enter(event.at, why, message, event, n=self.requests, limit=limit)

    def _stop(self, event: ClockEvent, why: str, kind: str) -> None:
        """Open a stop, unless the due instant has passed or a stop of the kind is open."""
        if self._is_late(event):
            message = "incident_after_due" if event.stop else "after_due"
            return self._enter(event.at, why, message, event, reason=event.reason)
        if kind in self.open:
            return self._enter(event.at, why, "stands_already", event)
        if not self.open:
            self.stopped_at = max(event.at, self.inputs.start)
            self._close_point(event.at)
        if kind == "requested":
            self.requested_at = event.at
        self.open.add(kind)
        if event.stop:
            self.closed = True
            return self._enter(event.at, why, "incident", event, reason=event.reason)
        return self._enter(event.at, why, kind, event, n=self.requests)

    def _resume(self, event: ClockEvent) -> None:
        self._go_on(event, "pauses", _stop_name(event))

    def _supply(self, event: ClockEvent) -> None:
        if "requested" in self.open:
            self._check_reply(event.at)
            self.restart |= self.rule.supplement == "restart"
        self._go_on(event, f"supplement = {self.rule.supplement}", "requested")

    def _check_reply(self, at: datetime) -> None:
        days = self.rule.supplement_reply_days
        if days is None:
            return
        last = self.calendar.close_of(self.calendar.add_working_days(local_day(self.requested_at), days))
        if at > last:
            self.may_close_from = self.may_close_from or last
            self._enter(at, f"supplement_reply_days = {days}", "reply_late", n=days, begin=last)

    def _go_on(self, event: ClockEvent, why: str, kind: str) -> None:
        """Close a stop; when it was the last open one, the clock runs again."""
        if kind not in self.open:
            return self._enter(event.at, why, "stands_not", event)
        self.open.discard(kind)
        if self.open:
            return self._enter(event.at, why, "stands_still", event)
        message = self._run_from(event.at)
        return self._enter(event.at, why, message, event, begin=self.term.begin, minutes=self._minutes(event.at))

    def _minutes(self, at: datetime) -> int:
        return self.calendar.working_minutes(self.stopped_at, max(at, self.stopped_at))

    def _run_from(self, at: datetime) -> str:
        """The clock goes on: on the rest of its term, or on a fresh one when that ends later."""
        until = max(at, self.stopped_at)
        self.waiting += self.calendar.working_time(self.stopped_at, until)
        stop = Stop(self.stopped_at, until, self.closed)
        term, message = replace(self.term, stops=(*self.term.stops, stop)), "resumed"
        self.closed = False
        fresh = self._fresh(until)
        if self.restart and self._due(fresh) > self._due(term):
            term, message = fresh, "restarted"
        self.restart = False
        self._set(at, term)
        return message

    def _fresh(self, at: datetime) -> Term:
        """The whole time again, from a complete supplement on."""
        begin = _counting_begins(self.rule, self.calendar, at)
        if self.budget is not None:
            return Term(begin, self.budget)
        length = self.calendar.working_time(self.begin, self.inputs.given_due or self.begin)
        return Term(begin, fixed=self.calendar.add_working_time(begin, max(length, timedelta(0))))

    def _extend(self, event: ClockEvent) -> None:
        late, before = self._is_late(event), self.due
        self.late_extensions += late
        refused = self._refusal(event, late)
        if refused or event.new_due is None:
            return self._enter(event.at, self._refused_by(refused), refused, event, begin=event.new_due)
        self.extensions += 1
        self._set(event.at, Term(event.at, fixed=event.new_due))
        if late:
            why = f"extension_after_expiry = {self.rule.extension_after_expiry}"
            said = {"decision": event.decision, "authority": event.authority}
            return self._enter(event.at, why, "extended_late", event, **said)
        message = "brought_forward" if event.new_due < before else "extended"
        return self._enter(event.at, "extensions", message, event)

    def _refused_by(self, refused: str) -> str:
        """The field of the rule by which an extension moves nothing."""
        if refused == "extension_too_many":
            return f"max_extensions = {self.rule.max_extensions}"
        if refused in ("extension_late", "extension_never"):
            return f"extension_after_expiry = {self.rule.extension_after_expiry}"
        return "extensions"

    def _refusal(self, event: ClockEvent, late: bool) -> str:
        """Why an extension moves nothing, as the key of a message; empty when it moves the due instant."""
        limit = self.rule.max_extensions
        if event.new_due is None:
            return "extension_blank"
        if limit is not None and self.extensions >= limit:
            return "extension_too_many"
        if late and self.rule.extension_after_expiry == "never":
            return "extension_never"
        if late and not (event.authority and event.decision):
            return "extension_late"
        return "extension_past" if event.new_due < (self.due if late else event.at) else ""

    def _is_late(self, event: ClockEvent) -> bool:
        """Whether the due instant passed before the event; it is not reached while the clock stands. An incident that
        begins at that very instant finds it passed, as a day off does."""
        return not self.open and (event.at > self.due or (bool(event.stop) and event.at == self.due))

    def _due(self, term: Term) -> datetime:
        return term.due(self.rule, self.calendar)

    def _set(self, at: datetime, term: Term) -> None:
        """Count from another term from `at` on."""
        self.term, self.due = term, self._due(term)
        if not self.open:
            self._close_point(at)
            self.points.append(DuePoint(self.due, at))

    def _close_point(self, at: datetime) -> None:
        if self.points and self.points[-1].until is None:
            self.points[-1] = replace(self.points[-1], until=at)

    def _enter(self, at: datetime, why: str, message: str, event: ClockEvent | None = None, **values: object) -> None:
        values["due"] = self.due
        decision = event.decision if event else None
        self.entries.append(LedgerEntry(at, f"{self.rule.id}: {why}", message, values, self.due, decision))

    def ledger(self) -> Ledger:
        """Close the books: an open stop is counted as if it ended at `as_of`."""
        if self.open:
            self._stand_until(self.inputs.as_of or self.inputs.events[-1].at)
        calendar, days = self.calendar, (local_day(self.inputs.start), local_day(self.due))
        provisional = not all(calendar.is_official(day) for day in days)
        if provisional:
            why = f"{calendar.id}: official_until = {calendar.official_until}"
            self._enter(self.entries[-1].at, why, "provisional")
        counts = (self.extensions, self.late_extensions, self.requests, self.may_close_from)
        made = (tuple(self.entries), tuple(self.points), self.over_limit, self.waiting // _MINUTE)
        return Ledger(self.inputs, self.due, provisional, *made, *counts)

    def _stand_until(self, at: datetime) -> None:
        if "requested" in self.open:
            self._check_reply(at)
            self.restart |= self.rule.supplement == "restart"
        self._run_from(at)
        self._enter(at, "pauses", "standing")
