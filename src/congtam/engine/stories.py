"""Stories of work in a short form, as worked examples tell them, and the contract rows they stand for.

A story names officials, their marks and their work; it becomes ordinary events, spells, ratings and decisions, so that
examples go the same way as everything else.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import product
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from congtam.engine.facts.tables import Decision, Event, Facts, Rating, Reported, Spell, Unit
from congtam.engine.periods import VIETNAM, Period
from congtam.engine.rulebook.model import Block, Day, Number
from congtam.engine.scoring.points import POINT
from congtam.engine.states import State


def _moment(value: Any) -> datetime:
    """A day (17:00, the end of office hours) or a day and time, in Vietnam."""
    text = str(value)
    local = datetime.fromisoformat(text) if len(text) > 10 else datetime.combine(date.fromisoformat(text), time(17))
    return local.replace(tzinfo=VIETNAM).astimezone(UTC)


Moment = Annotated[datetime, BeforeValidator(_moment)]


class Hand(Block):
    """One pair of hands an item is passed on to, `from` when; `due` is a deadline of their own."""

    official: str
    from_: Moment = Field(alias="from")
    due: Moment | None = None


class Move(Block):
    """A deadline moved, with or without an authority."""

    asked: Moment
    to: Moment
    by: str | None = None
    decision: str | None = None


class WorkStory(Block):
    """One item in a line: size, deadline, finish, and what went wrong. `copies` repeats it; `joins` makes it a part in
    an item that another official's line tells."""

    item: str
    kind: str = "task"
    origin: Literal["assigned", "self_started", "citizen"] = "assigned"
    coefficient: Number | None = Decimal(1)
    received: Moment
    due: Moment | None = None
    finished: Moment | None = None
    taken_up: Moment | None = None
    role: Literal["lead", "support"] = "lead"
    weight: Number | None = None
    quality_failures: int = 0
    extra_delays: int = 0
    voided: tuple[str, ...] = ()
    extended: tuple[Move, ...] = ()
    hands: tuple[Hand, ...] = ()
    accepted_by: str | None = None
    rated: Number | None = None
    recognised: str | None = None
    excused: str | None = None
    same_as: str | None = None
    joins: str | None = None
    copies: int = 1


class Transfer(Block):
    """A move to a unit of another agency, `on` its first day."""

    unit: str
    agency: str
    on: Day


class OfficialStory(Block):
    """One official: role, marks, work, and a move to another agency; `given` sets figures of indicators directly
    (rates from 0 to 1)."""

    role: Literal["staff", "leader"] = "staff"
    unit: str = "phong"
    staff_kind: str = "civil_servant"
    duty_group: str = "chuyen_mon"
    ratings: dict[str, Number] = Field(default_factory=dict)
    given: dict[str, Number] = Field(default_factory=dict)
    transfer: Transfer | None = None
    work: tuple[WorkStory, ...] = ()


class DecisionStory(Block):
    """What a named person decided."""

    subject: str
    matter: str
    outcome: str
    by: str
    number: str


class Expected(Block):
    """What must come out for one official; what is not stated is not checked. Points rounded as the rulebook shows."""

    total: Number | None = None
    parts: dict[str, Number] = Field(default_factory=dict)
    rates: dict[str, Number] = Field(default_factory=dict)
    states: dict[str, State] = Field(default_factory=dict)
    grade: str | None = None
    by: str | None = None
    proposals: dict[str, str] | None = None


class CapStory(Block):
    """A population in numbers, and how many may keep the capped grade."""

    rule: str
    good: int
    excellent: int
    limit: Number | None = None
    reading: str | None = None
    allowed: int


class Example(Block):
    """One worked example. The title is the rule it shows, as a sentence. Marks hold for the period and for each month
    of it; `reported` figures (by subject and indicator) for the period."""

    title: str
    scorecard: str
    period: str
    as_of: Moment | None = None
    parameters: dict[str, str] = Field(default_factory=dict)
    officials: dict[str, OfficialStory] = Field(default_factory=dict)
    units: dict[str, str | None] = Field(default_factory=dict)
    marks: dict[str, dict[str, Number]] = Field(default_factory=dict)
    reported: dict[str, dict[str, Number]] = Field(default_factory=dict)
    decisions: tuple[DecisionStory, ...] = ()
    expect: dict[str, Expected] = Field(default_factory=dict)
    cap: CapStory | None = None
    trial: bool = False


class ExampleFile(Block):
    """A file of worked examples."""

    examples: tuple[Example, ...]


def story_facts(example: Example) -> Facts:
    """An example's story as contract rows, numbered in the order told."""
    period = Period.parse(example.period)
    at = period.start
    events = tuple(_numbered(example))
    spells = tuple(
        replace(spell, seq=i, recorded_at=at)
        for i, spell in enumerate(
            (spell for code, one in example.officials.items() for spell in _spells(code, one, at)), start=1
        )
    )
    labels = dict.fromkeys([period.label, *(month.label for month in period.months())])
    marks = [(code, name, mark) for code, told in _marks(example).items() for name, mark in told.items()]
    ratings = tuple(
        Rating(i, at, code, name, label, "final", State.VALUE, int(mark * POINT), "nguoi-cham")
        for i, ((code, name, mark), label) in enumerate(product(marks, labels), start=1)
    )
    reported = tuple(
        Reported(i, at, subject, indicator, period.label, State.VALUE, int(value * POINT))
        for i, (subject, indicator, value) in enumerate(
            ((subject, n, v) for subject, told in example.reported.items() for n, v in told.items()), start=1
        )
    )
    units = tuple(
        Unit(i, at, code, "so", date(2019, 1, 1), parent)
        for i, (code, parent) in enumerate(example.units.items(), start=1)
    )
    decisions = tuple(
        Decision(i, at, one.subject, example.scorecard, period.label, one.matter, one.outcome, one.by, one.number)
        for i, one in enumerate(example.decisions, start=1)
    )
    return Facts(events=events, spells=spells, ratings=ratings, reported=reported, units=units, decisions=decisions)


def _spells(code: str, one: OfficialStory, at: datetime) -> Iterator[Spell]:
    """The official's post, and after a transfer the next one."""
    moved = one.transfer
    first = Spell(
        0,
        at,
        f"spell-{code}",
        code,
        f"post-{code}",
        one.unit,
        "so",
        one.duty_group,
        one.role == "leader",
        one.staff_kind,
        date(2019, 1, 1),
        moved.on if moved else None,
    )
    yield first
    if moved:
        yield replace(
            first,
            spell=f"spell-{code}-2",
            post=f"post-{code}-2",
            unit=moved.unit,
            agency=moved.agency,
            first=moved.on,
            until=None,
        )


def _marks(example: Example) -> dict[str, dict[str, Decimal]]:
    return {**{code: one.ratings for code, one in example.officials.items()}, **example.marks}


def _numbered(example: Example) -> Iterator[Event]:
    seq = 0
    for code, official in example.officials.items():
        for story in official.work:
            for copy in range(story.copies):
                item = story.joins or story.item if story.copies == 1 else f"{story.item}-{copy + 1}"
                for event in _story_events(code, story, item):
                    seq += 1
                    yield Event(seq, event["at"], **event)


def _story_events(code: str, story: WorkStory, item: str) -> Iterator[dict[str, Any]]:
    attributes: dict[str, Any] = {"kind": story.kind, "origin": story.origin}
    if story.coefficient is not None:
        attributes["coefficient"] = str(story.coefficient)
    if story.joins is None:
        yield {"item": item, "at": story.received, "activity": "registered", "attributes": attributes}
    if story.due and story.joins is None:
        yield {"item": item, "at": story.received, "activity": "due", "value": story.due.isoformat()}
    last = code
    for event in _hands(code, story, item):
        last = event.get("counterpart") or last
        yield event
    yield from _moves(story, item)
    yield from _ending(last, story, item)


def _hands(code: str, story: WorkStory, item: str) -> Iterator[dict[str, Any]]:
    share: dict[str, Any] = {"role": story.role}
    if story.weight is not None:
        share["weight"] = str(story.weight)
    yield {"item": item, "at": story.received, "activity": "assigned", "official": code, "attributes": share}
    if story.taken_up:
        yield {"item": item, "at": story.taken_up, "activity": "taken_up", "official": code}
    giver = code
    for hand in story.hands:
        own = {"due_at": hand.due.isoformat()} if hand.due else {}
        yield {
            "item": item,
            "at": hand.from_,
            "activity": "passed_on",
            "official": giver,
            "counterpart": hand.official,
            "attributes": own,
        }
        giver = hand.official


def _moves(story: WorkStory, item: str) -> Iterator[dict[str, Any]]:
    for move in story.extended:
        yield {
            "item": item,
            "at": move.asked,
            "activity": "extended",
            "value": move.to.isoformat(),
            "counterpart": move.by,
            "decision": move.decision,
        }


def _ending(last: str, story: WorkStory, item: str) -> Iterator[dict[str, Any]]:
    at = story.finished or story.received
    for kind, count in (("quality", story.quality_failures), ("delay", story.extra_delays)):
        for n in range(count):
            yield {
                "item": item,
                "at": at,
                "activity": "fault",
                "official": last,
                "value": kind,
                "attributes": {"fault": f"{kind}-{n + 1}"},
            }
    if story.finished:
        yield {"item": item, "at": story.finished, "activity": "finished", "official": last}
    person = {"item": item, "at": at, "official": last}
    if story.accepted_by:
        yield {**person, "activity": "accepted", "counterpart": story.accepted_by}
    if story.rated is not None:
        yield {**person, "activity": "rated", "counterpart": "doi-tac", "value": str(story.rated)}
    if story.recognised:
        yield {**person, "activity": "recognised", "decision": story.recognised}
    if story.excused:
        yield {**person, "activity": "excused", "counterpart": "giam-doc", "decision": story.excused}
    for fault in story.voided:
        name = f"delay:{item}:{last}" if fault == "delay" else fault
        yield {
            "item": item,
            "at": at,
            "activity": "voided",
            "value": name,
            "counterpart": "giam-doc",
            "decision": "01/QĐ",
        }
    if story.same_as:
        yield {"item": item, "at": at, "activity": "same_as", "value": story.same_as}
