"""One item's events, read in the order in which they happened: who held it when, what was found, when it was due.

Nothing an event says can stop the fold. What moves nothing becomes a finding with advice, and the rest counts.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from congtam.engine.clock import Ledger
from congtam.engine.clock_rule import EVENT_KINDS, ClockEvent
from congtam.engine.facts.attributes import read_attributes
from congtam.engine.facts.cells import parse_instant, parse_scaled
from congtam.engine.facts.holdings import Holding
from congtam.engine.facts.item_clock import Clocks, clock_event, run_item_clock
from congtam.engine.facts.tables import ACTIVITIES, FAULT_KINDS, Event
from congtam.engine.facts.work import Fault
from congtam.engine.findings import Finding, Place, Severity, Unusable, did_you_mean


class ItemFold:
    """One registered item; each activity that changes it has a method of its name."""

    def __init__(self, item: str, events: list[Event], as_of: datetime, clocks: Clocks):
        self.item, self.events, self.as_of, self.clocks = item, events, as_of, clocks
        self.values: dict[str, Any] = {"returns": 0, "reopened": 0, "signed": False}
        self.holdings: list[Holding] = []
        self.faults: dict[str, Fault] = {}
        self.voids: dict[str, Event] = {}
        self.given_due: datetime | None = None
        self.finished_at: datetime | None = None
        self.same_as: str | None = None
        self.cancelled = False
        self.findings: list[Finding] = []
        self._describe()
        for event in events:
            self._take(event)
        self.moves = self._read_moves()
        self.ledger = self._clocked()

    def _take(self, event: Event) -> None:
        if event.activity not in ACTIVITIES:
            self.note(event, f"there is no activity {event.activity!r}", did_you_mean(event.activity, ACTIVITIES))
            return
        method = getattr(self, f"_{event.activity}", None)  # some activities only describe, or move the clock
        try:
            if method is not None:
                method(event)
        except ValueError as error:
            self.note(event, f"{event.activity} moves nothing: {error}", "correct the record")

    def note(self, event: Event, message: str, advice: str) -> None:
        """Tell that an event moved nothing."""
        self.find(message, advice, event.source or f"seq {event.seq}")

    def find(self, message: str, advice: str, where: str = "events") -> None:
        """Tell something about the item that its author should look at."""
        self.findings.append(event_finding(self.item, message, advice, where))

    # -- what the item is

    def _describe(self) -> None:
        """The first registration, then corrections in the order in which we learned them."""
        registered = [event for event in self.events if event.activity == "registered"]
        for event in registered[1:]:
            self.note(event, "it was registered already", "send a `corrected` event for what changed")
        self.received_at = registered[0].at
        if registered[0].unit:
            self.values["unit"] = registered[0].unit
        corrected = [event for event in self.events if event.activity == "corrected"]
        for event in (registered[0], *sorted(corrected, key=lambda event: event.seq)):
            self.values.update(self._attributes(event))

    def _attributes(self, event: Event) -> dict[str, Any]:
        values, mistakes = read_attributes(event)
        for mistake in mistakes:
            self.note(event, f"{event.activity}: {mistake}", "correct the attribute; the others count")
        return values

    def _promised(self, event: Event) -> None:
        self.values.setdefault("promised_at", parse_instant(event.value or ""))

    def _due(self, event: Event) -> None:
        """The first deadline stands; later ones are extensions and must say who granted them."""
        instant = parse_instant(event.value or "")
        if self.given_due is None:
            self.given_due = instant
        elif self.given_due != instant:
            self.note(event, "a second deadline moves nothing", "record it as `extended`, with its authority")

    def _signed(self, event: Event) -> None:
        self.values["signed"] = True

    def _recognised(self, event: Event) -> None:
        if event.decision is None:
            raise ValueError("an initiative is recognised by a numbered decision")
        self.values["recognised_by"] = event.decision

    def _same_as(self, event: Event) -> None:
        if not event.value or event.value == self.item:
            raise ValueError("it names no other item")
        self.same_as = event.value

    def _cancelled(self, event: Event) -> None:
        self.cancelled = True

    # -- who holds it

    def _assigned(self, event: Event) -> None:
        if event.official is None:
            raise ValueError("it names no official")
        self._receive(event.official, event, self._attributes(event), event.unit)

    def _passed_on(self, event: Event) -> None:
        holding = self._open(event.official)
        if event.counterpart is None:
            raise ValueError("it names nobody to receive it")
        self._end(holding, event, "passed_on")
        given = {"role": holding.role, **self._attributes(event)}
        chain = None if "weight" in given else holding.chain
        self._receive(event.counterpart, event, given, None, chain)

    def _receive(
        self, official: str, event: Event, given: dict[str, Any], unit: str | None, chain: int | None = None
    ) -> None:
        before = [holding for holding in self.holdings if holding.official == official]
        if any(holding.state == "open" for holding in before):
            self.note(event, f"{official} already holds it", "nothing to do; the first receipt counts")
            return
        self.holdings.append(
            Holding(
                official,
                event.at,
                turn=len(before) + 1,
                role=given.get("role", "lead"),
                weight=given.get("weight"),
                own_due=given.get("due_at"),
                unit=unit,
                records=(event.seq,),
                chain=len(self.holdings) if chain is None else chain,
            )
        )

    def _open(self, official: str | None) -> Holding:
        for holding in self.holdings:
            if holding.official == official and holding.state == "open":
                return holding
        raise ValueError(f"{official} does not hold it" if official else "it names no official")

    def _touched(self, event: Event) -> list[Holding]:
        """The latest share of the official named; all shares when none is named."""
        if event.official is None:
            return self.holdings
        own = [holding for holding in self.holdings if holding.official == event.official]
        if not own:
            raise ValueError(f"{event.official} has no share in it")
        return own[-1:]

    def _end(self, holding: Holding, event: Event, state: str) -> None:
        holding.state, holding.finished_at = state, event.at
        holding.records += (event.seq,)

    def _taken_up(self, event: Event) -> None:
        """The first time counts; for someone who has handed it on already it changes nothing."""
        for holding in self._touched(event):
            if holding.state == "open" and holding.taken_up_at is None:
                holding.taken_up_at = event.at
                holding.records += (event.seq,)

    def _finished(self, event: Event) -> None:
        """A share is finished by its holder; the item by its last lead, or for all leads by an event of its own."""
        leads = [holding for holding in self.holdings if holding.role == "lead" and holding.state == "open"]
        ending = leads if event.official is None else [self._open(event.official)]
        for holding in ending:
            self._end(holding, event, "finished")
        last = event.official is None or (ending[0].role == "lead" and leads == ending)
        if last and self.finished_at is None:
            self.finished_at = event.at

    def _returned(self, event: Event) -> None:
        self._open_again(event)
        self.values["returns"] += 1

    def _reopened(self, event: Event) -> None:
        self._open_again(event)
        self.values["reopened"] += 1

    def _open_again(self, event: Event) -> None:
        """Unfinished after all: the lead who finished last (or the one named) holds it again; acceptance falls."""
        ended = [holding for holding in self._touched(event) if holding.state == "finished"]
        leads = [holding for holding in ended if holding.role == "lead"] or ended
        self.finished_at = None
        self.values.pop("accepted_by", None)
        self.values.pop("accepted_at", None)
        if leads:
            holding = max(leads, key=lambda holding: holding.finished_at or holding.received_at)
            holding.state, holding.finished_at = "open", None
            holding.accepted_by = holding.accepted_at = None
            holding.records += (event.seq,)

    # -- what people say of it

    def _accepted(self, event: Event) -> None:
        if event.counterpart is None:
            raise ValueError("it names no counterpart who accepted it")
        for holding in self._touched(event):
            holding.accepted_by, holding.accepted_at = event.counterpart, event.at
            holding.records += (event.seq,)
        if event.official is None:
            self.values.update(accepted_by=event.counterpart, accepted_at=event.at)

    def _rated(self, event: Event) -> None:
        mark = parse_scaled(event.value or "", 6)
        if not 1_000_000 <= mark <= 5_000_000 or event.counterpart is None:
            raise ValueError("a rating is a mark from 1 to 5 by a counterpart")
        if event.official is None:
            self.values["satisfaction"] = mark
            return
        for holding in self._touched(event):
            holding.rating = mark
            holding.records += (event.seq,)

    def _excused(self, event: Event) -> None:
        _needs_authority(event)
        for holding in self._touched(event):
            holding.excused_by = event.decision
            holding.records += (event.seq,)
        if event.official is None:
            self.values["excused_by"] = event.decision

    def _fault(self, event: Event) -> None:
        """A fault is laid to the official named, else to the lead who held the item when it was found."""
        if event.value not in FAULT_KINDS:
            raise ValueError(
                f"there is no kind of fault {event.value!r}; {did_you_mean(event.value or '', FAULT_KINDS)}"
            )
        given = self._attributes(event)
        name = given.get("fault", f"{event.value}:{event.seq}")
        if name in self.faults:
            raise ValueError(f"the fault {name!r} is recorded already and counts once")
        self.faults[name] = Fault(
            fault=name,
            item=self.item,
            kind=event.value,
            at=event.at,
            official=event.official or self._holder_at(event.at),
            unit=event.unit,
            charged_to=given.get("charged_to"),
            records=(event.seq,),
        )

    def _holder_at(self, at: datetime) -> str | None:
        leads = [holding for holding in self.holdings if holding.role == "lead"]
        chosen = [holding for holding in leads if holding.held_at(at)] or leads
        return chosen[-1].official if chosen else None

    def _voided(self, event: Event) -> None:
        """A fault falls only by a named authority and a numbered decision."""
        _needs_authority(event)
        if not event.value:
            raise ValueError("it names no fault")
        self.voids[event.value] = event

    # -- the clock, and the same work seen elsewhere

    def _clocked(self) -> Ledger | None:
        """The ledger of the item's clock; None without budget and deadline, or when the clock refuses them."""
        try:
            return run_item_clock(
                self.clocks,
                self.values,
                self.received_at,
                self.given_due,
                self._moves(),
                self.finished_at or self.as_of,
            )
        except Unusable as refusal:
            for finding in refusal.findings:
                self.find(f"it has no deadline: {finding.message}", finding.advice)
            return None

    @property
    def due_at(self) -> datetime | None:
        """The item's deadline as it stands."""
        return self.ledger.due_at if self.ledger else None

    def share_due(self, holding: Holding) -> datetime | None:
        """A holder's deadline: their own, moved by what stopped the clock or was granted to them since they received
        the item; else the item's."""
        if holding.own_due is None:
            return holding.due(self.due_at)
        moves = [_since(holding.received_at, move) for move in self._moves(holding)]
        moves = [move for move in moves if move.at >= holding.received_at]
        end = holding.finished_at or self.as_of
        try:
            ledger = run_item_clock(self.clocks, self.values, holding.received_at, holding.own_due, moves, end)
        except Unusable as refusal:
            self.find(f"{holding.official} has no deadline: {refusal.findings[0].message}", refusal.findings[0].advice)
            return None
        return ledger.due_at if ledger else None

    def _moves(self, of: Holding | None = None) -> list[ClockEvent]:
        """What moves the clock of the item, or of one holder: an extension granted to a holder who has a deadline of
        their own moves that one only."""
        own = {holding.official for holding in self.holdings if holding.own_due is not None}
        whose = of.official if of else None
        return [
            move
            for granted_to, move in self.moves
            if move.kind != "extended" or (granted_to if granted_to in own else None) == whose
        ]

    def _read_moves(self) -> list[tuple[str | None, ClockEvent]]:
        """The events of the clock, each with the official it names; an extension that cannot be read does nothing."""
        moves = []
        for event in self.events:
            if event.activity in EVENT_KINDS:
                try:
                    moves.append((event.official, clock_event(event)))
                except ValueError as error:
                    self.note(event, f"{event.activity} moves nothing: {error}", "give the new deadline as an instant")
        return moves

    def take_over(self, other: "ItemFold") -> None:
        """The same work, registered twice: officials this item lacks, faults and voidings count here.

        A fault of the same id is the same fault. From a cancelled registration nothing comes: its work fell away.
        """
        lent, other.holdings = other.holdings, []
        if other.cancelled:
            return
        here = {holding.official for holding in self.holdings}
        self.holdings += [
            replace(holding, own_due=other.share_due(holding), chain=len(self.holdings) + holding.chain)
            for holding in lent
            if holding.official not in here
        ]
        for name, fault in other.faults.items():
            self.faults.setdefault(name, replace(fault, item=self.item))
        for name, event in other.voids.items():
            own_name = name.replace(f"delay:{other.item}:", f"delay:{self.item}:", 1)
            self.voids.setdefault(own_name, event)


def _since(received_at: datetime, move: ClockEvent) -> ClockEvent:
    """A move as a clock sees it that begins at `received_at`: an incident under way then stops it from there on."""
    return replace(move, at=received_at) if move.stop and move.at < received_at else move


def event_finding(item: str, message: str, advice: str, where: str = "events") -> Finding:
    """Something in the events of an item that moved nothing."""
    return Finding("event-without-effect", f"{item}: {message}", advice, Place(where), Severity.WARNING)


def _needs_authority(event: Event) -> None:
    if event.decision is None or event.counterpart is None:
        raise ValueError("it needs a named authority and the number of a decision")
