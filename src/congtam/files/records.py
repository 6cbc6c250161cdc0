"""What a source hands over: one record per future item, with the places its parts came from."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

Cells = dict[str, str]


class RowPlace(NamedTuple):
    """A row of a file: `row` is `17` in a CSV file, `trace=3` or `trace=3,event=2` in an XES log (all from 1)."""

    file: str
    row: str

    @property
    def source(self) -> str:
        """How events name the place."""
        return f"{self.file}#row={self.row}" if self.row.isdigit() else f"{self.file}#{self.row}"


@dataclass(slots=True)
class Record:
    """One future item: `case` holds what is said once, `events` what is said per event.

    `number` is the running number of the event in its case (XES) or of the row in its file (CSV).
    `rows` are the CSV rows it was made of, one per event; empty for XES, where the record itself is the row.
    `trouble` says why it cannot become an item, when that showed while it was put together.
    """

    place: RowPlace
    number: int
    case: Cells
    events: list[Cells]
    rows: list[RowPlace] = field(default_factory=list)
    trouble: "Reason | None" = None

    def source_of(self, index: int) -> str:
        """The place of the event at `index` (from 0)."""
        if self.rows:
            return self.rows[index].source
        if "event=" in self.place.row:
            return self.place.source
        return f"{self.place.source},event={index + 1}"

    def parts(self) -> list[tuple[RowPlace, dict[str, Any]]]:
        """Every row with its cells as they came, for the set-aside file."""
        if self.rows:
            return list(zip(self.rows, self.events, strict=True))
        return [(self.place, self.cells())]

    def cells(self) -> dict[str, Any]:
        """The cells of its first row as they came; of a trace, its case and its events."""
        return self.events[0] if self.rows else {"case": self.case, "events": self.events}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was set aside: a short code that is counted, a message and what to do.

    `more` are the further faults of the same row; the row is counted once, under the first.
    """

    code: str
    message: str
    advice: str
    more: tuple["Reason", ...] = ()

    @property
    def all(self) -> tuple["Reason", ...]:
        """Every fault, this one first."""
        return (self, *self.more)


def joined(reasons: Iterable[Reason]) -> Reason | None:
    """The faults of one row as one reason, each told once; None when there are none."""
    found = list(dict.fromkeys(one for reason in reasons for one in (replace(reason, more=()), *reason.more)))
    return replace(found[0], more=tuple(found[1:])) if found else None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that belongs to no record; `cells` by column, or its text under `#line` when it has no cells."""

    place: RowPlace
    reason: Reason
    cells: dict[str, Any]


class Rejected(Exception):  # noqa: N818 (it names what happened to the record)
    """A record cannot become an item; it is set aside with `reason`."""

    def __init__(self, code: str, message: str, advice: str, more: tuple[Reason, ...] = ()):
        self.reason = Reason(code, message, advice, more)
        super().__init__(message)

    @staticmethod
    def of(reason: Reason) -> "Rejected":
        return Rejected(reason.code, reason.message, reason.advice, reason.more)
