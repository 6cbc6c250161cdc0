"""What a source tells: records in its own words, and what became of each."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC
from typing import Any, Literal, NamedTuple

from congtam.engine.facts.cells import parse_instant
from congtam.files.happening import Happening as Happening

TEXTS = ("official", "unit", "counterpart", "value", "decision")  # of an event, in the order of `Happening`
Result = Literal["accepted", "updated", "unchanged", "set_aside"]


class Told(NamedTuple):
    """One record as a source tells it.

    version: the highest wins; None (files) stands for the next one when the record says something else than before.
    item: key of the item it speaks of; blank: its own key. withdrawn: the record was wrong and says nothing any more.
    phone: of a dossier's applicant, kept only as a digest of its last digits. place: file and row, or push.
    cells: the row it was made of, kept beside it when it must be set aside.
    came_in: number of the batch that told it first, when it is told again: without a version it then changes nothing
    that came in later.
    """

    key: str
    version: int | None = None
    item: str = ""
    events: tuple[Happening, ...] = ()
    title: str = ""
    symbol: str = ""
    phone: str = ""
    withdrawn: bool = False
    place: str = ""
    cells: Mapping[str, Any] | None = None
    came_in: int | None = None

    def body(self) -> dict[str, Any]:
        """What it says, as JSON; without the phone, the version and the place."""
        said: dict[str, Any] = {"key": self.key}
        for name in ("item", "title", "symbol", "withdrawn"):
            if value := getattr(self, name):
                said[name] = value
        said["events"] = [{"at": one.at.astimezone(UTC).isoformat(), **_said_by(one)} for one in self.events]
        return said

    @staticmethod
    def of(body: Mapping[str, Any], version: int | None = None, place: str = "") -> "Told":
        """The record of a body. Raises `ValueError` or `KeyError` when it is none."""
        events = tuple(Happening(**{**one, "at": parse_instant(one["at"])}) for one in body.get("events", ()))
        texts = {name: body.get(name, "") for name in ("item", "title", "symbol", "phone")}
        withdrawn = bool(body.get("withdrawn", False))
        return Told(body["key"], version, events=events, withdrawn=withdrawn, place=place, **texts)


def _said_by(one: Happening) -> dict[str, Any]:
    """What an event says besides its instant, as JSON."""
    said: dict[str, Any] = {"activity": one.activity}
    for name in TEXTS:
        if value := getattr(one, name):
            said[name] = value
    if one.attributes:
        said["attributes"] = dict(one.attributes)
    return said


class Unread(NamedTuple):
    """A row that could not become a record: why, in words, and its cells. `key` and `version` are known of a record
    that was refused. `came_in`: as of `Told`."""

    place: str
    code: str
    message: str
    advice: str
    cells: Mapping[str, Any]
    came_in: int | None = None
    key: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one record. `code`, `message` and `advice` are filled when it was set aside, and `code` says
    `outdated` or `withdrawn` where that is why nothing or little happened. `position`: which record of the batch."""

    position: int
    key: str
    version: int | None
    result: Result
    code: str = ""
    message: str = ""
    advice: str = ""


@dataclass
class Outcome:
    """What became of all records of a batch: counts, and one answer per record unless there were too many to keep.
    Not `ended`: the worker goes on with it, or its file could not be read, as its upload then says."""

    batch: int
    accepted: int = 0
    updated: int = 0
    unchanged: int = 0
    set_aside: int = 0
    answers: list[Answer] = field(default_factory=list)
    ended: bool = True

    def counts(self) -> dict[str, int]:
        """The counts by name."""
        told = asdict(self)
        return {name: told[name] for name in ("accepted", "updated", "unchanged", "set_aside")}
