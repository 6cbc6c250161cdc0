"""The Monday sheet of a unit (phiếu giao ban): last week, this week, one line for each person, on one page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from congtam.engine.periods import start_of_day
from congtam.web.pages.unit.board import Board, Line
from congtam.work.lists import Filters, Row, found, rows

MOST_LINES = 15  # people that fit on the page; the others stand together in one line
SATURDAY = 5
MOST_NAMED = 5  # items named under a heading


@dataclass(frozen=True)
class Person:
    """One person's line: last week finished, of those late, this week due, and the rest as on the board."""

    line: Line
    done: int
    done_late: int
    due: int


@dataclass(frozen=True)
class Sheet:
    """The sheet. `last`: the days of last week, `this` those of this week (half-open). Items are named up to a number
    that fits; `more` says how many are not."""

    last: tuple[date, date]
    this: tuple[date, date]
    done: int
    done_late: int
    due: int
    people: list[Person]
    others: int
    late: list[Row]
    late_more: int
    stuck: list[Row]
    stuck_more: int

    @property
    def last_day(self) -> date:
        """The last day of last week."""
        return self.last[1] - timedelta(days=1)

    @property
    def this_last_day(self) -> date:
        """The last day of this week."""
        return self.this[1] - timedelta(days=1)


def sheet_of(board: Board, today: date) -> Sheet:
    """The sheet of the week in which `today` lies, at the week's end of the one to come. One query beside those of the
    board."""
    monday = today + timedelta(days=(7 if today.weekday() >= SATURDAY else 0) - today.weekday())
    last, this = (monday - timedelta(days=7), monday), (monday, monday + timedelta(days=7))
    people = frozenset(one.person for one in board.staff)
    start, end = start_of_day(last[0]), start_of_day(last[1])
    ended = found(people, Filters(), board.sight).filter(state="finished", finished_at__gte=start, finished_at__lt=end)
    done = list(rows(ended))
    due_before = start_of_day(this[1])
    due = [row for row in board.rows if row.due_at is not None and row.due_at < due_before and not row.waiting]
    late = sorted((row for row in board.rows if row.state == "late"), key=lambda row: -row.late_days)
    stuck = sorted((row for row in board.rows if row.waiting), key=lambda row: row.since)
    n_done = Counter(row.official for row in done)
    n_late = Counter(row.official for row in done if row.state == "finished_late")
    n_due = Counter(row.official for row in due)
    lines = [
        Person(line, n_done[line.staff.person], n_late[line.staff.person], n_due[line.staff.person])
        for line in board.lines
    ]
    return Sheet(
        last=last,
        this=this,
        done=len(done),
        done_late=sum(n_late.values()),
        due=len(due),
        people=lines[:MOST_LINES],
        others=max(0, len(lines) - MOST_LINES),
        late=late[:MOST_NAMED],
        late_more=max(0, len(late) - MOST_NAMED),
        stuck=stuck[:MOST_NAMED],
        stuck_more=max(0, len(stuck) - MOST_NAMED),
    )
