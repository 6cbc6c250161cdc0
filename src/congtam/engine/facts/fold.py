"""Events to items, shares and faults: one function that every reader of work uses.

The result depends on the set of events only, never on their order. Events that happen after `as_of` have not
happened yet; records taken back do not count; the same work seen in two systems counts once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from congtam.engine.working_time import Calendar
from congtam.engine.clock import ClockEvent, ClockRule, Ledger, run_clock
from congtam.engine.facts.store import parse_day, parse_instant, parse_scaled
from congtam.engine.facts.tables import ACTIVITY_ATTRIBUTES, Event, Kind, Spell
from congtam.engine.facts.work import WHOLE_WEIGHT, Due, Fault, Item, Share, Work
from congtam.engine.findings import Finding, Place, Severity
from congtam.engine.periods import local_day

_CLOCK_ACTIVITIES = ("paused", "resumed", "requested", "supplied", "extended")
_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.INSTANT: parse_instant,
    Kind.DAY: parse_day,
    Kind.WHOLE: int,
    Kind.HUNDREDTHS: lambda text: parse_scaled(text, 2),
    Kind.MILLIONTHS: lambda text: parse_scaled(text, 6),
}


@dataclass(frozen=True)
class Clocks:
    """The working calendar, and which clock an item runs under: `choose` is told the item's attributes and the
    Vietnamese day of its receipt, for a clock is the one in force when the work came in."""

    calendar: Calendar
    choose: Callable[[Mapping[str, Any], date], ClockRule]


def fold(
    events: Iterable[Event],
    as_of: datetime,
    seq: int | None = None,
    *,
    clocks: Clocks,
    spells: Iterable[Spell] = (),
) -> Work:
    """Items, shares and faults as they stand at `as_of`, from the events numbered up to `seq`."""
    by_item: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.at <= as_of and (seq is None or event.seq <= seq):
            by_item[event.item].append(event)
    holders = _Holders(spells)
    folded = [
        _ItemFold(item, _standing(rows), as_of, clocks, holders) for item, rows in sorted(by_item.items())
    ]
    made = [one for one in folded if one.registered]
    findings = [finding for one in folded for finding in one.findings]
    return _merge_same(made, findings)


def _standing(rows: list[Event]) -> list[Event]:
    """The events of one item that were not taken back, as they happened."""
    gone = {int(row.value) for row in rows if row.activity == "withdrawn" and (row.value or "").isdigit()}
    return sorted((row for row in rows if row.seq not in gone), key=lambda row: (row.at, row.seq))


class _Holders:
    """Who held which spell on a day."""

    def __init__(self, spells: Iterable[Spell]):
        self.by_official: dict[str, list[Spell]] = defaultdict(list)
        for spell in sorted(spells, key=lambda spell: (spell.first, spell.seq)):
            self.by_official[spell.official].append(spell)

    def spell(self, official: str, day: date) -> Spell | None:
        for spell in self.by_official.get(official, ()):
            if spell.first <= day and (spell.until is None or day < spell.until):
                return spell
        return None


@dataclass
class _Holding:
    """One share while it is being folded."""

    official: str
    received_at: datetime
    role: str = "lead"
    weight: int | None = None
    own_due: datetime | None = None
    unit: str | None = None
    state: str = "open"
    taken_up_at: datetime | None = None
    finished_at: datetime | None = None
    accepted_by: str | None = None
    accepted_at: datetime | None = None
    excused_by: str | None = None
    rating: int | None = None
    records: tuple[int, ...] = ()


class _ItemFold:
    """One item's events, read in order; each activity has a method of its name."""

    def __init__(self, item: str, events: list[Event], as_of: datetime, clocks: Clocks, holders: _Holders):
        self.item, self.as_of, self.clocks, self.holders = item, as_of, clocks, holders
        self.values: dict[str, Any] = {"returns": 0, "reopened": 0, "signed": False}
        self.holdings: list[_Holding] = []
        self.raw_faults: list[Event] = []
        self.voids: dict[str, str] = {}
        self.given_due: datetime | None = None
        self.cancelled = False
        self.finished_at: datetime | None = None
        self.findings: list[Finding] = []
        self.events = events
        self.records = tuple(sorted(event.seq for event in events))
        self.registered = any(event.activity == "registered" for event in events)
        if not self.registered:
            self._note(events[0], "the item was never registered", "send its `registered` event") if events else None
            return
        self._describe()
        for event in events:
            try:
                getattr(self, f"_{event.activity}")(event)
            except ValueError as error:
                self._note(event, f"{event.activity} could not be read: {error}", "correct the record")
        self.ledger = self._run_clock()

    # -- attributes

    def _describe(self) -> None:
        received = [event for event in self.events if event.activity == "registered"]
        self.received_at = received[0].at
        described = received + sorted(
            (event for event in self.events if event.activity == "corrected"), key=lambda event: event.seq
        )
        for event in described:
            try:
                self.values.update(self._attributes(event))
            except ValueError as error:
                self._note(event, f"attributes could not be read: {error}", "correct the record")
            if event.unit and event.activity == "registered":
                self.values.setdefault("unit", event.unit)

    def _attributes(self, event: Event) -> dict[str, Any]:
        allowed = ACTIVITY_ATTRIBUTES.get(event.activity, {})
        unknown = sorted(set(event.attributes) - set(allowed))
        if unknown:
            raise ValueError(f"unknown attribute {unknown[0]!r} (known: {', '.join(allowed)})")
        return {
            name: _READERS.get(allowed[name], str)(str(value))
            for name, value in event.attributes.items()
            if value not in (None, "")
        }

    # -- one method per activity

    def _registered(self, event: Event) -> None: ...

    def _corrected(self, event: Event) -> None: ...

    def _withdrawn(self, event: Event) -> None: ...

    def _step(self, event: Event) -> None: ...

    def _paused(self, event: Event) -> None: ...

    _resumed = _requested = _supplied = _extended = _paused

    def _promised(self, event: Event) -> None:
        self.values.setdefault("promised_at", parse_instant(event.value or ""))

    def _due(self, event: Event) -> None:
        """The first deadline stands; later ones are extensions and must say who granted them."""
        instant = parse_instant(event.value or "")
        if self.given_due is None:
            self.given_due = instant
        elif self.given_due != instant:
            self._note(event, "a second deadline moves nothing", "record it as `extended`, with its authority")

    def _assigned(self, event: Event) -> None:
        if event.official is None:
            raise ValueError("no official")
        given = self._attributes(event)
        self._receive(event.official, event, given)

    def _receive(self, official: str, event: Event, given: dict[str, Any]) -> None:
        if self._open(official):
            self._note(event, f"{official} already holds it", "nothing to do; the first receipt counts")
            return
        self.holdings.append(
            _Holding(
                official,
                event.at,
                given.get("role", "lead"),
                given.get("weight"),
                given.get("due_at"),
                event.unit,
                records=(event.seq,),
            )
        )

    def _open(self, official: str | None) -> _Holding | None:
        return next((h for h in self.holdings if h.official == official and h.state == "open"), None)

    def _latest(self, official: str | None) -> _Holding | None:
        return next((h for h in reversed(self.holdings) if h.official == official), None)

    def _passed_on(self, event: Event) -> None:
        holding = self._open(event.official)
        if holding is None or event.counterpart is None:
            raise ValueError("nobody who holds it, or nobody to receive it")
        self._end(holding, event, "passed_on")
        given = {"role": holding.role, "weight": holding.weight, **self._attributes(event)}
        self._receive(event.counterpart, replace(event, unit=None), given)

    def _end(self, holding: _Holding, event: Event, state: str) -> None:
        holding.state, holding.finished_at = state, event.at
        holding.records += (event.seq,)

    def _taken_up(self, event: Event) -> None:
        if (holding := self._open(event.official)) and holding.taken_up_at is None:
            holding.taken_up_at = event.at
            holding.records += (event.seq,)

    def _finished(self, event: Event) -> None:
        if event.official is not None:
            holding = self._open(event.official)
            if holding is None:
                raise ValueError(f"{event.official} does not hold it")
            self._end(holding, event, "finished")
            if any(h.state == "open" for h in self.holdings if h.role == "lead"):
                return
            if holding.role != "lead":
                return
        else:
            for holding in self.holdings:
                if holding.state == "open" and holding.role == "lead":
                    self._end(holding, event, "finished")
        if self.finished_at is None:
            self.finished_at = event.at

    def _returned(self, event: Event) -> None:
        self.values["returns"] += 1
        self._open_again(event)

    def _reopened(self, event: Event) -> None:
        self.values["reopened"] += 1
        self._open_again(event)

    def _open_again(self, event: Event) -> None:
        """Unfinished after all: the last who finished (or the one named) holds it again; acceptance falls."""
        self.finished_at = None
        self.values.pop("accepted_by", None)
        self.values.pop("accepted_at", None)
        ended = [h for h in self.holdings if h.state == "finished"]
        holding = self._latest(event.official) if event.official else (ended[-1] if ended else None)
        if holding and holding.state == "finished":
            holding.state, holding.finished_at = "open", None
            holding.accepted_by = holding.accepted_at = None
            holding.records += (event.seq,)

    def _accepted(self, event: Event) -> None:
        if event.counterpart is None:
            raise ValueError("no counterpart accepted it")
        for holding in self._touched(event):
            holding.accepted_by, holding.accepted_at = event.counterpart, event.at
            holding.records += (event.seq,)
        if event.official is None:
            self.values.update(accepted_by=event.counterpart, accepted_at=event.at)

    def _touched(self, event: Event) -> list[_Holding]:
        if event.official is None:
            return self.holdings
        holding = self._latest(event.official)
        if holding is None:
            raise ValueError(f"{event.official} has no share in it")
        return [holding]

    def _signed(self, event: Event) -> None:
        self.values["signed"] = True

    def _rated(self, event: Event) -> None:
        mark = parse_scaled(event.value or "", 6)
        if not 1_000_000 <= mark <= 5_000_000 or event.counterpart is None:
            raise ValueError("a rating is a mark from 1 to 5 by a counterpart")
        if event.official is None:
            self.values["satisfaction"] = mark
        else:
            holding = self._touched(event)[0]
            holding.rating = mark
            holding.records += (event.seq,)

    def _fault(self, event: Event) -> None:
        self._attributes(event)
        if not event.value:
            raise ValueError("no kind of fault")
        self.raw_faults.append(event)

    def _voided(self, event: Event) -> None:
        """A fault falls only by a named authority and a numbered decision."""
        self._needs_authority(event)
        self.voids[event.value or ""] = str(event.decision)

    def _recognised(self, event: Event) -> None:
        if event.decision is None:
            raise ValueError("an initiative is recognised by a numbered decision")
        self.values["recognised_by"] = event.decision

    def _excused(self, event: Event) -> None:
        self._needs_authority(event)
        for holding in self._touched(event):
            holding.excused_by = event.decision
            holding.records += (event.seq,)
        if event.official is None:
            self.values["excused_by"] = event.decision

    def _needs_authority(self, event: Event) -> None:
        if event.decision is None or event.counterpart is None:
            raise ValueError("it needs a named authority and the number of a decision")

    def _same_as(self, event: Event) -> None:
        self.values["same_as"] = event.value

    def _cancelled(self, event: Event) -> None:
        self.cancelled = True

    # -- what comes out

    def _run_clock(self) -> Ledger | None:
        rule = self.clocks.choose(self.values, local_day(self.received_at))
        budget = self.values.get("time_limit", rule.budget)
        if self.given_due is None and budget is None:
            return None
        moves = [
            ClockEvent(
                at=event.at,
                kind=event.activity,
                seq=event.seq,
                new_due=parse_instant(event.value or "") if event.activity == "extended" else None,
                authority=event.counterpart,
                decision=event.decision,
            )
            for event in self.events
            if event.activity in _CLOCK_ACTIVITIES and self._readable_move(event)
        ]
        self.values["clock"] = rule.id
        return run_clock(
            rule,
            self.received_at,
            self.clocks.calendar,
            budget=budget if self.given_due is None else None,
            given_due=self.given_due,
            events=moves,
            as_of=self.finished_at or self.as_of,
        )

    def _readable_move(self, event: Event) -> bool:
        if event.activity != "extended":
            return True
        try:
            parse_instant(event.value or "")
        except ValueError as error:
            self._note(event, f"extended could not be read: {error}", "give the new deadline as an instant")
            return False
        return True

    @property
    def state(self) -> str:
        if self.cancelled:
            return "cancelled"
        return "finished" if self.finished_at else "open"

    def make_item(self) -> Item:
        kept = {name: value for name, value in self.values.items() if name != "time_limit"}
        return Item(
            item=self.item,
            received_at=self.received_at,
            state=self.state,
            due_at=self.ledger.due_at if self.ledger else None,
            finished_at=self.finished_at,
            ledger=self.ledger,
            records=self.records,
            **kept,
        )

    def make_shares(self) -> list[Share]:
        if self.cancelled:
            return []
        weights = _weights([holding.weight for holding in self.holdings])
        return [self._share(h, weight) for h, weight in zip(self.holdings, weights, strict=True)]

    def _share(self, holding: _Holding, weight: int) -> Share:
        spell = self.holders.spell(holding.official, local_day(holding.received_at))
        return Share(
            item=self.item,
            official=holding.official,
            received_at=holding.received_at,
            role=holding.role,
            weight=weight,
            state=holding.state,
            spell=spell.spell if spell else None,
            unit=spell.unit if spell else holding.unit or self.values.get("unit"),
            agency=spell.agency if spell else self.values.get("agency"),
            taken_up_at=holding.taken_up_at,
            due_at=self._share_due(holding),
            finished_at=holding.finished_at,
            accepted_by=holding.accepted_by,
            accepted_at=holding.accepted_at,
            excused_by=holding.excused_by or self.values.get("excused_by"),
            rating=holding.rating,
            records=tuple(sorted(holding.records)),
        )

    def _share_due(self, holding: _Holding) -> datetime | None:
        """The holder's own deadline, else the item's, unless it had passed before the work came to hand."""
        if holding.own_due is not None:
            return holding.own_due
        due = self.ledger.due_at if self.ledger else None
        return due if due is not None and due > holding.received_at else None

    def make_faults(self, shares: list[Share]) -> list[Fault]:
        recorded = [self._recorded_fault(event, shares) for event in self.raw_faults]
        delays = [delay for share in shares if (delay := self._delay(share))]
        known = {fault.fault for fault in recorded + delays}
        for lost in sorted(set(self.voids) - known):
            self.findings.append(_finding(self.item, f"there is no fault {lost!r} to void", "check the fault's id"))
        return recorded + delays

    def _recorded_fault(self, event: Event, shares: list[Share]) -> Fault:
        given = self._attributes(event)
        name = given.get("fault", f"{event.value}:{event.seq}")
        return Fault(
            fault=name,
            item=self.item,
            kind=str(event.value),
            at=event.at,
            official=event.official or _held_by(shares, event.at),
            unit=event.unit,
            charged_to=given.get("charged_to"),
            voided_by=self.voids.get(name),
            records=(event.seq,),
        )

    def _delay(self, share: Share) -> Fault | None:
        """A deadline that passed unfinished is a delay from that instant on."""
        end = share.finished_at or self.as_of
        if share.due_at is None or end <= share.due_at:
            return None
        name = f"delay:{self.item}:{share.official}"
        return Fault(
            fault=name,
            item=self.item,
            kind="delay",
            at=share.due_at,
            official=share.official,
            unit=share.unit,
            voided_by=self.voids.get(name),
            derived=True,
        )

    def _note(self, event: Event, message: str, advice: str) -> None:
        where = event.source or f"seq {event.seq}"
        self.findings.append(_finding(self.item, message, advice, where))


def _finding(item: str, message: str, advice: str, where: str = "events") -> Finding:
    return Finding("event-without-effect", f"{item}: {message}", advice, Place(where), Severity.WARNING)


def _held_by(shares: list[Share], at: datetime) -> str | None:
    """The lead who held the item at an instant, else the last lead before it."""
    leads = [share for share in shares if share.role == "lead" and share.received_at <= at]
    holding = [share for share in leads if share.finished_at is None or at <= share.finished_at]
    chosen = holding or leads
    return chosen[-1].official if chosen else None


def _weights(given: list[int | None]) -> list[int]:
    """Weights in millionths; those not given share equally what the given ones leave."""
    blank = [index for index, weight in enumerate(given) if weight is None]
    left = max(0, WHOLE_WEIGHT - sum(weight for weight in given if weight is not None))
    result = [weight or 0 for weight in given]
    for order, index in enumerate(blank):
        result[index] = left // len(blank) + (1 if order < left % len(blank) else 0)
    return result


def _merge_same(folded: list["_ItemFold"], findings: list[Finding]) -> Work:
    """Put everything together; an item that is the same as another lends it only the officials it lacks."""
    by_code = {one.item: one for one in folded}
    items: list[Item] = []
    shares: dict[str, list[Share]] = {}
    faults: list[Fault] = []
    for one in folded:
        item = one.make_item()
        other = _root(one.item, by_code)
        if item.same_as and other == one.item:
            findings.append(_finding(one.item, f"the same work {item.same_as!r} is not known", "check the code"))
            item = replace(item, same_as=None)
        items.append(replace(item, state="same_as") if item.same_as else item)
        shares[one.item] = one.make_shares()
    for one in folded:
        if (root := _root(one.item, by_code)) != one.item:
            _lend(shares, one.item, root)
            continue
        faults += one.make_faults(shares[one.item])
    findings += [finding for one in folded for finding in one.findings if finding not in findings]
    return Work(
        items=tuple(items),
        shares=tuple(share for one in folded for share in shares[one.item]),
        faults=tuple(sorted(faults, key=lambda fault: (fault.item, fault.at, fault.fault))),
        dues=tuple(
            Due(one.item, one.values["clock"], one.ledger.due_at, one.ledger.digest) for one in folded if one.ledger
        ),
        findings=tuple(findings),
    )


def _root(item: str, folded: Mapping[str, "_ItemFold"]) -> str:
    """The item in which work seen several times counts; the smallest code of a circle."""
    seen = [item]
    while (nxt := folded[seen[-1]].values.get("same_as")) in folded and nxt not in seen:
        seen.append(nxt)
    return min(seen[seen.index(nxt) :]) if nxt in seen else seen[-1]


def _lend(shares: dict[str, list[Share]], item: str, root: str) -> None:
    there = {share.official for share in shares[root]}
    shares[root] += [replace(share, item=root) for share in shares[item] if share.official not in there]
    shares[item] = []


