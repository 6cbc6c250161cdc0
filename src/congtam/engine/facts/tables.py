"""The contract: which tables the engine takes, their grain, columns, units and allowed blanks.

Every row says when we learned it (`seq`, a whole number that grows as records arrive, and `recorded_at`), so that
any evaluation can be repeated with what was known then. Instants are UTC; days are days in Vietnam.
A later row of the same key supersedes the earlier one; nothing is updated in place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from congtam.engine.facts.sealed import SealedMonth
from congtam.engine.states import State


class Kind(StrEnum):
    """How a column is written in a file and held in memory."""

    TEXT = "text"
    INSTANT = "instant"  # ISO 8601 with offset; aware datetime in UTC
    DAY = "day"  # YYYY-MM-DD; date
    WHOLE = "whole"  # int
    HUNDREDTHS = "hundredths"  # decimal text, at most 2 places; int in hundredths
    MILLIONTHS = "millionths"  # decimal text, at most 6 places; int in millionths
    FLAG = "flag"  # true or false
    OBJECT = "object"  # JSON object


@dataclass(frozen=True)
class Column:
    """One column: `required` means never blank; `codes` are the only values it may take, when given."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One event of one item: what happened at `at`, learned as number `seq` at `recorded_at`."""

    seq: int
    recorded_at: datetime
    item: str
    at: datetime
    activity: str
    official: str | None = None
    unit: str | None = None
    counterpart: str | None = None
    value: str | None = None
    decision: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """One official in one post of one unit from `first` to before `until` (half-open; None = still there)."""

    seq: int
    recorded_at: datetime
    spell: str
    official: str
    post: str
    unit: str
    agency: str
    duty_group: str
    leader: bool
    staff_kind: str
    first: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """One stretch during which an official was away, with the deciding document when there is one."""

    seq: int
    recorded_at: datetime
    official: str
    first: date
    until: date
    kind: str
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit under its parent from `first` to before `until`."""

    seq: int
    recorded_at: datetime
    unit: str
    agency: str
    first: date
    parent: str | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """One mark given by a person on a criterion that data cannot know; `value` in millionths."""

    seq: int
    recorded_at: datetime
    subject: str
    criterion: str
    period: str
    stage: str
    state: State
    value: int | None = None
    by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """One value of an indicator that a source reports as a figure; `value` in millionths."""

    seq: int
    recorded_at: datetime
    subject: str
    indicator: str
    period: str
    state: State
    value: int | None = None
    by: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of one respondent to one question about a subject; `value` in millionths."""

    seq: int
    recorded_at: datetime
    respondent: str
    question: str
    subject: str
    at: datetime
    state: State
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named person decided on a matter the rules leave to people.

    `matter` is a veto's id, `otherwise` (the grade where the rule leaves a hole), or `grade` (the grade of a unit or
    organisation from outside); `outcome` is the grade, `upheld` or `set_aside`.
    """

    seq: int
    recorded_at: datetime
    subject: str
    scorecard: str
    period: str
    matter: str
    outcome: str
    by: str
    number: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """What a code is called on screen. Never read by a rule: personal texts stand apart from facts."""

    code: str
    kind: str
    text: str


Row = Event | Spell | Absence | Unit | Rating | Reported | Answer | Decision | Name


@dataclass(frozen=True)
class Table:
    """One table of the contract: its rows are `row_type`, unique by `key`."""

    name: str
    grain: str
    row_type: type[Any]
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


_SEQ = Column("seq", Kind.WHOLE, "order in which we learned it, growing", required=True)
_RECORDED = Column("recorded_at", Kind.INSTANT, "when we learned it", required=True)
_STATE = Column("state", Kind.TEXT, "value state", required=True, codes=tuple(State))
_OFFICIAL = Column("official", Kind.TEXT, "code of the official", required=True)
_SUBJECT = Column("subject", Kind.TEXT, "code of the official or unit", required=True)
_PERIOD = Column("period", Kind.TEXT, "the period, such as 2026-09, 2026-Q3, 2026", required=True)

ACTIVITIES: dict[str, str] = {
    "registered": "the item comes into being; attributes describe it (ITEM_ATTRIBUTES)",
    "corrected": "attributes of the item were wrong and are replaced from the start",
    "promised": "the appointment told to the citizen (value: instant); the first one stays",
    "due": "the deadline given by the source (value: instant)",
    "assigned": "an official receives a share (attributes: role, weight, due_at)",
    "taken_up": "the official starts on the share",
    "passed_on": "official hands the share to counterpart, who receives it now (attributes: due_at)",
    "paused": "the clock stops (value: reason; attributes: incident, when one stops it for many)",
    "resumed": "the clock goes on (attributes: incident, when it ends that stop)",
    "requested": "the applicant is asked for a supplement",
    "supplied": "the supplement is complete",
    "extended": "the deadline moves (value: new instant), by decision of counterpart, the authority",
    "returned": "the product is sent back to be completed",
    "reopened": "finished work is open again",
    "finished": "the official finishes the share; without official, the item is finished",
    "accepted": "counterpart accepts the product (official: that share only)",
    "signed": "the product carries a valid digital signature",
    "rated": "counterpart gives a mark from 1 to 5 (value); with official for the share, else for the item",
    "fault": "a fault is found (value: kind; attributes: fault, its id; charged_to, a day)",
    "voided": "a fault does not count (value: fault id), by decision of counterpart, the authority",
    "recognised": "an initiative is recognised, by decision",
    "excused": "the share (or item) does not count, by decision of counterpart, the authority",
    "same_as": "this is the same work as another item (value: its code); it counts once, there",
    "cancelled": "the work falls away for everyone",
    "withdrawn": "the record with seq = value was wrong and is taken back",
    "step": "something was done (value: what) that moves no clock",
}

ITEM_ATTRIBUTES: dict[str, Kind] = {
    "kind": Kind.TEXT,  # task, document, dossier, exchange, report, operation, initiative …
    "origin": Kind.TEXT,  # assigned, self_started, citizen
    "procedure": Kind.TEXT,
    "catalogue": Kind.TEXT,
    "coefficient": Kind.HUNDREDTHS,
    "agency": Kind.TEXT,
    "unit": Kind.TEXT,
    "channel": Kind.TEXT,
    "source": Kind.TEXT,
    "time_limit": Kind.WHOLE,  # budget of the item's clock, in the clock's unit
    "clock": Kind.TEXT,
}

SHARE_ATTRIBUTES: dict[str, Kind] = {"role": Kind.TEXT, "weight": Kind.MILLIONTHS, "due_at": Kind.INSTANT}
FAULT_ATTRIBUTES: dict[str, Kind] = {"fault": Kind.TEXT, "charged_to": Kind.DAY}
STOP_ATTRIBUTES: dict[str, Kind] = {"incident": Kind.TEXT}

ACTIVITY_ATTRIBUTES: dict[str, dict[str, Kind]] = {
    "registered": ITEM_ATTRIBUTES,
    "corrected": ITEM_ATTRIBUTES,
    "assigned": SHARE_ATTRIBUTES,
    "passed_on": SHARE_ATTRIBUTES,
    "fault": FAULT_ATTRIBUTES,
    "paused": STOP_ATTRIBUTES,
    "resumed": STOP_ATTRIBUTES,
}

ROLES = ("lead", "support")
FAULT_KINDS = ("quality", "delay")
ORIGINS = ("assigned", "self_started", "citizen")

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "event",
            "one event of one item",
            Event,
            ("seq",),
            (
                _SEQ,
                _RECORDED,
                Column("item", Kind.TEXT, "code of the item", required=True),
                Column("at", Kind.INSTANT, "when it happened", required=True),
                Column("activity", Kind.TEXT, "what happened", required=True, codes=tuple(ACTIVITIES)),
                Column("official", Kind.TEXT, "whose share it touches"),
                Column("unit", Kind.TEXT, "unit in which it happened"),
                Column("counterpart", Kind.TEXT, "the other side: receiver, authority, rater"),
                Column("value", Kind.TEXT, "the one figure or word the activity needs"),
                Column("decision", Kind.TEXT, "number of the deciding document"),
                Column("attributes", Kind.OBJECT, "further details, as the activity allows"),
                Column("source", Kind.TEXT, "file and row, or push, it came from"),
            ),
        ),
        Table(
            "spell",
            "official × post × unit × from–to",
            Spell,
            ("spell", "seq"),
            (
                _SEQ,
                _RECORDED,
                Column("spell", Kind.TEXT, "code of the spell", required=True),
                _OFFICIAL,
                Column("post", Kind.TEXT, "code of the post", required=True),
                Column("unit", Kind.TEXT, "code of the unit", required=True),
                Column("agency", Kind.TEXT, "code of the agency", required=True),
                Column("duty_group", Kind.TEXT, "group of similar duties", required=True),
                Column("leader", Kind.FLAG, "holds a leading post", required=True),
                Column("staff_kind", Kind.TEXT, "civil_servant, public_employee, contract", required=True),
                Column("first", Kind.DAY, "first day", required=True),
                Column("until", Kind.DAY, "first day no longer in it"),
            ),
        ),
        Table(
            "absence",
            "one stretch of one official",
            Absence,
            ("official", "first", "seq"),
            (
                _SEQ,
                _RECORDED,
                _OFFICIAL,
                Column("first", Kind.DAY, "first day away", required=True),
                Column("until", Kind.DAY, "first day back", required=True),
                Column("kind", Kind.TEXT, "leave, sick, maternity, study …", required=True),
                Column("decision", Kind.TEXT, "number of the deciding document"),
            ),
        ),
        Table(
            "unit",
            "unit × from–to",
            Unit,
            ("unit", "first", "seq"),
            (
                _SEQ,
                _RECORDED,
                Column("unit", Kind.TEXT, "code of the unit", required=True),
                Column("agency", Kind.TEXT, "code of the agency", required=True),
                Column("first", Kind.DAY, "first day", required=True),
                Column("parent", Kind.TEXT, "code of the unit above"),
                Column("until", Kind.DAY, "first day no longer there"),
            ),
        ),
        Table(
            "rating",
            "one mark",
            Rating,
            ("subject", "criterion", "period", "stage", "seq"),
            (
                _SEQ,
                _RECORDED,
                _SUBJECT,
                Column("criterion", Kind.TEXT, "code of the criterion", required=True),
                _PERIOD,
                Column(
                    "stage",
                    Kind.TEXT,
                    "self-score, verified, or final",
                    required=True,
                    codes=("self", "verified", "final"),
                ),
                _STATE,
                Column("value", Kind.MILLIONTHS, "the mark; blank unless state is value"),
                Column("by", Kind.TEXT, "code of the person who gave it"),
                Column("reason", Kind.TEXT, "why, or the evidence"),
            ),
        ),
        Table(
            "reported",
            "one reported value",
            Reported,
            ("subject", "indicator", "period", "seq"),
            (
                _SEQ,
                _RECORDED,
                _SUBJECT,
                Column("indicator", Kind.TEXT, "code of the indicator", required=True),
                _PERIOD,
                _STATE,
                Column("value", Kind.MILLIONTHS, "the figure; blank unless state is value"),
                Column("by", Kind.TEXT, "code of the person who reported it"),
                Column("source", Kind.TEXT, "system or document it came from"),
            ),
        ),
        Table(
            "answer",
            "one answer",
            Answer,
            ("respondent", "question", "subject", "seq"),
            (
                _SEQ,
                _RECORDED,
                Column("respondent", Kind.TEXT, "random code of one invitation", required=True),
                Column("question", Kind.TEXT, "code of the question", required=True),
                _SUBJECT,
                Column("at", Kind.INSTANT, "when it was given", required=True),
                _STATE,
                Column("value", Kind.MILLIONTHS, "the answer as a figure"),
            ),
        ),
        Table(
            "decision",
            "one decision on one matter",
            Decision,
            ("subject", "scorecard", "period", "matter", "seq"),
            (
                _SEQ,
                _RECORDED,
                _SUBJECT,
                Column("scorecard", Kind.TEXT, "id of the scorecard", required=True),
                _PERIOD,
                Column("matter", Kind.TEXT, "what was decided on", required=True),
                Column("outcome", Kind.TEXT, "grade id, upheld or set_aside", required=True),
                Column("by", Kind.TEXT, "code of the person who decided", required=True),
                Column("number", Kind.TEXT, "number of the decision", required=True),
                Column("reason", Kind.TEXT, "why"),
            ),
        ),
        Table(
            "name",
            "one code",
            Name,
            ("code", "kind"),
            (
                Column("code", Kind.TEXT, "code used in the facts", required=True),
                Column(
                    "kind",
                    Kind.TEXT,
                    "what it names",
                    required=True,
                    codes=("official", "unit", "item", "post", "duty_group"),
                ),
                Column("text", Kind.TEXT, "what people call it", required=True),
            ),
        ),
    )
}


@dataclass(frozen=True)
class Facts:
    """All rows handed to one evaluation. Tables a source does not have stay empty. `sealed`: months of a longer period
    that are settled already; the others are scored from these rows."""

    events: tuple[Event, ...] = ()
    spells: tuple[Spell, ...] = ()
    absences: tuple[Absence, ...] = ()
    units: tuple[Unit, ...] = ()
    ratings: tuple[Rating, ...] = ()
    reported: tuple[Reported, ...] = ()
    answers: tuple[Answer, ...] = ()
    decisions: tuple[Decision, ...] = ()
    names: tuple[Name, ...] = ()
    sealed: tuple[SealedMonth, ...] = ()

    @cached_property
    def named(self) -> Mapping[tuple[str, str], str]:
        """What codes are called, by kind and code."""
        return {(name.kind, name.code): name.text for name in self.names}


FIELDS: dict[str, str] = {
    "event": "events",
    "spell": "spells",
    "absence": "absences",
    "unit": "units",
    "rating": "ratings",
    "reported": "reported",
    "answer": "answers",
    "decision": "decisions",
    "name": "names",
}
