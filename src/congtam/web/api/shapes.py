"""What goes in and out, as OpenAPI describes it."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from congtam.engine.facts.tables import ACTIVITIES
from congtam.web.api.problems import MOST_RECORDS

Scalar = str | int | float | bool | None


class EventIn(Schema):
    """One event: what happened when, to whom. Codes are those of the source; units and officials must be known."""

    model_config = ConfigDict(extra="forbid")

    at: AwareDatetime = Field(description="when it happened, ISO 8601 with offset")
    activity: str = Field(description="one of: " + ", ".join(one for one in ACTIVITIES if one != "withdrawn"))
    official: str | None = None
    unit: str | None = None
    counterpart: str | None = None
    value: str | None = None
    decision: str | None = None
    attributes: dict[str, Scalar] = Field(default_factory=dict)


class RecordIn(Schema):
    """One record: everything the source says of one thing at a version. The highest version wins."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(description="the record's own code in the source")
    version: int | None = Field(None, description="grows with every change; left out: the next one when it differs")
    item: str = Field("", description="code of the piece of work it speaks of; left out: its own key")
    events: list[EventIn] = Field(default_factory=list)
    title: str = ""
    symbol: str = Field("", description="number and symbol (số/ký hiệu)")
    phone: str = Field("", description="of a dossier's applicant; only a digest of its last digits is kept")
    withdrawn: bool = Field(False, description="the record was wrong: everything it said is taken back")


class Push(Schema):
    """Records in the order in which they are answered. What is no record is set aside, and the others are accepted."""

    model_config = ConfigDict(extra="forbid")

    records: list[RecordIn | Any] = Field(max_length=MOST_RECORDS)


class AnswerOut(Schema):
    """What became of one record."""

    key: str
    version: int | None
    result: Literal["accepted", "updated", "unchanged", "set_aside"]
    code: str = ""
    message: str = ""
    advice: str = ""


class Pushed(Schema):
    """What became of all records: counts, and one answer per record, in order."""

    batch: int
    accepted: int
    updated: int
    unchanged: int
    set_aside: int
    answers: list[AnswerOut]


class RecordOut(Schema):
    """One's own record as it stands."""

    key: str
    version: int
    withdrawn: bool
    item: str
    received_at: datetime
    versions: int
    set_aside: int


class CountIn(Schema):
    """How many records the source itself counts for a day."""

    model_config = ConfigDict(extra="forbid")

    day: date
    count: int = Field(ge=0, le=2**31 - 1)


class CountOut(Schema):
    """The count as it was kept, and what arrived of that day."""

    day: date
    count: int
    arrived: int


class StatusOut(Schema):
    """How the site sees the source."""

    source: str
    name: str
    last_arrival: datetime | None
    arrived_today: int
    own_count_today: int | None
    set_aside_open: int
    due_time: str | None
