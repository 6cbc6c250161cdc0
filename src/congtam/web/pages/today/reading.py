"""Hôm nay in a handful of sections: for me to decide, late or returned, due soon or new, and what I wait for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from congtam.access.gate import Right, holds, units_over
from congtam.access.seats import Seat
from congtam.closing.waiting import Asked
from congtam.desk.models import Question
from congtam.desk.queries import today
from congtam.engine.rulebook.model import Text
from congtam.people.queries import names_of
from congtam.registers.queries import Waiting, waiting_for
from congtam.retention.queries import waiting as lists_waiting
from congtam.web.pages.retention import reach
from congtam.web.pages.task import words
from congtam.web.pages.task.questions import Card, cards
from congtam.web.pages.worklist.words import BADGES, SOMEBODY, STATES, WAITS
from congtam.work.lists import Row, Sight

RETURNED = Text(vi="Trả lại", en="Returned")
NEW = Text(vi="Mới giao", en="New")


@dataclass(frozen=True)
class Line:
    """One piece of one's own work: what presses about it (`badge`, `state`), and the deed that comes next."""

    row: Row
    badge: str
    state: Text
    giver: str

    @property
    def untouched(self) -> bool:
        """Whether it waits to be taken up."""
        return self.row.taken_up_at is None

    @property
    def title(self) -> str:
        """What it is called."""
        return self.row.title or self.row.key


@dataclass(frozen=True)
class Awaited:
    """Something I asked or delivered that somebody has not answered."""

    question: Question
    kind: Text
    title: str
    whom: str


@dataclass(frozen=True)
class Day:
    """The page: `decide`: questions to me; `documents`: to be assigned or reviewed by me; `first`: late or returned;
    `next`: due soon or not taken up; `others`: the rest of what is in hand; `awaited`: what I asked; `standing`: own
    work whose clock stands for somebody else."""

    decide: list[Card]
    first: list[Line]
    next: list[Line]
    others: list[Line]
    awaited: list[Awaited]
    standing: list[tuple[Line, Text]]
    documents: list[Waiting]

    @property
    def deciding(self) -> int:
        """How much waits for the person's decision."""
        return len(self.decide) + len(self.documents)

    @property
    def empty(self) -> bool:
        """Whether nothing at all concerns the person."""
        return not (self.deciding or self.first or self.next or self.others or self.awaited or self.standing)


def address_of(asked: Asked) -> str:
    """Where what is asked is done."""
    address = reverse(asked.page, args=asked.args)
    if not asked.query:
        return address
    return address + asked.query if asked.query.startswith("#") else f"{address}?{asked.query}"


def erasures_of(seat: Seat) -> list[tuple[int, str, str]]:
    """How many lists of what is to be erased wait for the seat's approval, by agency: its page and its name. No query
    for who approves none, one where nothing waits."""
    if not holds(seat, Right.APPROVE_ERASURE) or not lists_waiting(units_over(seat, Right.APPROVE_ERASURE)):
        return []
    counted = [(lists_waiting([one]), one) for one in reach.agencies(seat, Right.APPROVE_ERASURE)]
    return [(n, reach.page_of(one), reach.name_of(one, seat)) for n, one in counted if n]


def day_of(seat: Seat, sight: Sight) -> Day:
    """What concerns a seat's person now."""
    told = today(seat, sight)
    own = [*told.late, *told.soon, *told.rest]
    names = names_of({int(row.giver) for row in own if row.giver.isdecimal()})
    waiting = [row for row in own if row.waiting]
    rows = [row for row in own if not row.waiting]
    first = [row for row in rows if row.state == "late" or row.item in told.returned]
    next_ = [row for row in rows if row not in first and (row.state == "soon" or row.taken_up_at is None)]
    return Day(
        cards(told.to_answer, seat.person, sight, "today"),
        _lines(first, names, told.returned),
        _lines(next_, names, told.returned),
        _lines([row for row in rows if row not in first and row not in next_], names, told.returned),
        [_awaited(question) for question in told.asked],
        [(_line(row, names, told.returned), WAITS[row.waiting]) for row in waiting],
        waiting_for(seat.person) if seat.person else [],
    )


def _lines(rows: Iterable[Row], names: Mapping[int, str], returned: frozenset[int]) -> list[Line]:
    return [_line(row, names, returned) for row in rows]


def _line(row: Row, names: Mapping[int, str], returned: frozenset[int]) -> Line:
    giver = names.get(int(row.giver), "") if row.giver.isdecimal() else row.giver.removeprefix("@")
    if row.state != "late" and row.item in returned:
        return Line(row, "soon", RETURNED, giver)
    if row.state == "open" and row.taken_up_at is None:
        return Line(row, "info", NEW, giver)
    return Line(row, BADGES[row.state], STATES[row.state], giver)


def _awaited(question: Question) -> Awaited:
    text, whom = getattr(question.item, "text", None), getattr(question.to, "text", None)
    return Awaited(
        question,
        words.AWAITED[question.kind],
        (text.title if text else "") or question.item.key,
        whom.full_name if whom else SOMEBODY.vi,
    )
