"""A unit as its head sees it: people by risk with their load and the range of their points, and where work stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from congtam.access.seats import Seat
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.grades import By
from congtam.people.queries import Staff, staff_of
from congtam.registry.queries import choice_known
from congtam.scores.overview import nightly, sight
from congtam.scores.queries import live_among
from congtam.web.pages.unit.choosing import Chosen
from congtam.web.pages.unit.pending import Scores
from congtam.web.pages.worklist.words import STEPS, WAITED
from congtam.work.lists import Filters, Row, Sight, found, rows
from congtam.work.load import Load, Stop, loads, stops


@dataclass(frozen=True)
class Points:
    """The range of somebody's points in the period, and as of when; `enough`: there is enough work for a grade."""

    lowest: int
    highest: int
    as_of: datetime
    enough: bool


@dataclass(frozen=True)
class Line:
    """One person of the unit."""

    staff: Staff
    unit: str
    load: Load
    points: Points | None
    waits: list[tuple[Text, int]]

    @property
    def kind(self) -> str:
        """How the load is shown: ok, soon or late."""
        if self.load.overloaded:
            return "late"
        return "soon" if (self.load.percent or 0) >= 100 else "ok"


@dataclass(frozen=True)
class Step:
    """Where work stands."""

    stop: Stop
    title: Text
    unit: str


@dataclass(frozen=True)
class Board:
    """Everything of one unit at one instant. `rows`: the open shares of its people; `scores`: those of last night, of
    the month before and the running one; `rules`: the last number of rules; `live`: points are live."""

    chosen: Chosen
    sight: Sight
    period: Period
    staff: list[Staff]
    rows: list[Row]
    lines: list[Line]
    steps: list[Step]
    scores: Scores
    rules: int
    live: bool

    @property
    def loads(self) -> list[Load]:
        """The load of everyone, by risk."""
        return [line.load for line in self.lines]

    @property
    def full_bar(self) -> int:
        """The load at which a bar is full, in percent: twice the time there is, or the highest load."""
        return max([200, *(load.percent or 0 for load in self.loads)])

    @property
    def points_as_of(self) -> datetime | None:
        """As of when the points on the page hold."""
        return max((line.points.as_of for line in self.lines if line.points), default=None)


def board_of(seat: Seat, chosen: Chosen, now: datetime, rules: int) -> Board:
    """The board of a unit and everything under it; `rules`: the last number of rules and calendars."""
    today = timezone.localdate(now)
    seen = sight(now, rules)
    period = Period.of(PeriodKind.MONTH, today)
    staff = _once(staff_of(chosen.units, today))
    remember(seat, staff)
    people = [one.person for one in staff]
    open_rows = list(rows(found(frozenset(people), Filters(unfinished=True), seen)))
    by_person = {one.person: one for one in staff}
    live = choice_known("heads_see_points", seat.day, rules, "last_night") == "live"
    scores = nightly(people, (period.previous(), period))
    shown: Mapping[int, Any] = (
        {row.person_id: row for row in live_among(people, period.label)}
        if live
        else {person: row for (person, label), row in scores.items() if label == period.label}
    )
    lines = [
        Line(
            by_person[load.person],
            chosen.names.get(by_person[load.person].unit, ""),
            load,
            _points(shown.get(load.person), live),
            [(WAITED[name], n) for name, n in load.waits.items()],
        )
        for load in loads(people, open_rows, seen)
    ]
    steps = [Step(stop, STEPS[stop.step], chosen.names.get(stop.unit or 0, "")) for stop in stops(open_rows)]
    return Board(chosen, seen, period, staff, open_rows, lines, steps, scores, rules, live)


def remember(seat: Seat, staff: Sequence[Staff]) -> None:
    """Tell the seat in which units these people work, so that the gate need not ask for each."""
    for one in staff:
        seat.homes.setdefault(one.person, [])
        if one.unit not in seat.homes[one.person]:
            seat.homes[one.person].append(one.unit)


def _once(staff: Sequence[Staff]) -> list[Staff]:
    """Each person once, in the highest post held here."""
    return list({one.person: one for one in reversed(staff)}.values())[::-1]


def _points(row: Any, live: bool) -> Points | None:
    if row is None:
        return None
    return Points(row.lowest, row.highest, row.as_of if live else row.run.as_of, row.graded_by != By.INSUFFICIENT)
