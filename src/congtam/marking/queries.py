"""Who is to mark whom in a cycle, what was given, and what is missing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from congtam.access.seats import Seat
from congtam.cycles.models import Cycle, Step
from congtam.cycles.population import Member
from congtam.cycles.queries import cycles_of, is_open, people_in, period_of, steps_of
from congtam.engine.periods import local_day
from congtam.engine.states import State
from congtam.history.planned import planned
from congtam.marking.line import Level, Line, line_on
from congtam.marking.models import Admission
from congtam.orgs.queries import agencies_of
from congtam.people.queries import units_of_all
from congtam.ratings.asked import Criterion, asked_for
from congtam.ratings.models import Rating, Reason
from congtam.scores.cards import cards_of
from congtam.scores.known import rules_known

MOST_CYCLES = 4
SELF = "self"  # the stage at which people speak of themselves: no rater is asked


@dataclass(frozen=True)
class Answer:
    """What somebody said of a criterion: a mark in millionths, or (`value` None) why not. A missing mark with a reason
    is "cannot tell"."""

    by: int
    state: State
    value: int | None
    reason: str
    at: datetime

    @property
    def cannot_tell(self) -> bool:
        """Whether it passes the question on."""
        return self.state is State.MISSING and bool(self.reason)


@dataclass(frozen=True)
class Cell:
    """One criterion of one person. `asked`: who is to answer now, any of them; none when everybody up the line said
    they cannot tell. `told`: who said so, in the order they did."""

    member: Member
    criterion: Criterion
    asked: Level
    outside: Level
    standing: Answer | None
    told: tuple[Answer, ...] = ()

    @property
    def given(self) -> Answer | None:
        """The mark that counts (or why there is none to give); None while it is missing."""
        return self.standing if self.standing and self.standing.state is not State.MISSING else None


class Missing(NamedTuple):
    """A mark somebody lacks: on which criterion, who is asked (None: nobody is left), and since when."""

    person: int
    criterion: Criterion
    rater: int | None
    since: datetime


@dataclass(frozen=True)
class Waiting:
    """What a cycle asks of one rater now: so many marks of so many people, by when."""

    cycle: Cycle
    marks: int
    people: int
    due_at: datetime


@dataclass(frozen=True)
class Round:
    """All marks of a cycle, or of some people of it, as they stand at an instant."""

    cycle: Cycle
    cells: tuple[Cell, ...]

    def cell(self, person: int, criterion: str) -> Cell | None:
        """One criterion of one person; None when it is not asked."""
        return next(
            (one for one in self.cells if (one.member.person, one.criterion.criterion) == (person, criterion)), None
        )


@dataclass(frozen=True)
class Sheet:
    """What one rater sees: each criterion with a cell for everyone they are to mark or marked."""

    cycle: Cycle
    columns: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)

    @property
    def cells(self) -> list[Cell]:
        """Every cell."""
        return [one for cells in self.columns.values() for one in cells]

    def done(self, rater: int) -> int:
        """How many of them are answered: given, or passed on by this rater."""
        return sum(1 for one in self.cells if one.given or (one.standing and one.standing.by == rater))


def round_of(cycle: Cycle, now: datetime, people: Collection[int] | None = None) -> Round:
    """The marks of a cycle (of `people`; None: of everyone) at an instant; of those who were there too little for a
    grade none are asked."""
    there = [one for one in people_in(cycle, now) if people is None or one.person in people]
    members = [one for one in there if one.graded and not one.absent and not one.too_few]
    line = line_on([one.person for one in members], local_day(now))
    said = _said(cycle, [one.person for one in members])
    return Round(cycle, tuple(_cells(cycle, members, line, said)))


def rater_of(cycle: Cycle, person: int, criterion: str = "", *, now: datetime | None = None) -> int | None:
    """Who marks a person today (on one criterion: after those who cannot tell); None when nobody is above or left."""
    at = now or timezone.now()
    if criterion:
        cell = round_of(cycle, at, [person]).cell(person, criterion)
        return cell.asked[0] if cell and cell.asked else None
    levels = line_on([person], local_day(at)).levels(person)
    return levels[0][0] if levels else None


def missing(cycle: Cycle, *, now: datetime | None = None) -> list[Missing]:
    """Every mark that is still asked for, or that nobody could give."""
    at = now or timezone.now()
    step = steps_of(cycle, at).get("rating")
    since = step.since if step else cycle.opened_at
    return [
        Missing(
            one.member.person,
            one.criterion,
            one.asked[0] if one.asked else None,
            max([since, *(answer.at for answer in one.told)]),
        )
        for one in round_of(cycle, at).cells
        if one.given is None
    ]


def sheet(seat: Seat, cycle: Cycle, *, now: datetime | None = None) -> Sheet:
    """What a seat is to mark in a cycle, by criterion: those who ask for it, what it gave, and what others gave whose
    place it has."""
    whole = round_of(cycle, now or timezone.now())
    columns: dict[str, list[Cell]] = defaultdict(list)
    for one in whole.cells:
        if seat.person is not None and seat.person != one.member.person and _concerns(seat.person, one):
            columns[one.criterion.criterion].append(one)
    return Sheet(cycle, {name: tuple(cells) for name, cells in columns.items()})


def _concerns(rater: int, cell: Cell) -> bool:
    return rater in cell.asked or any(answer.by == rater for answer in (*cell.told, cell.standing) if answer)


def _cells(
    cycle: Cycle,
    members: Iterable[Member],
    line: Line,
    said: Mapping[tuple[int, str, str], list[Answer]],
) -> Iterator[Cell]:
    period = period_of(cycle)
    entries = cards_of(period, rules_known()).entries
    for one in members:
        entry = entries.get(one.card or "")
        cards = [(entry.rulebook, entry.card.id)] if entry else []
        for criterion in asked_for(period, one.role, one.staff_kind, cards):
            if criterion.stage != SELF:
                answers = said.get((one.person, criterion.criterion, criterion.stage), [])
                told = _cannot_tell(answers)
                levels = line.levels(one.person, criterion.criterion)
                silent = {answer.by for answer in told}
                asked = next((level for level in levels if not silent.intersection(level)), ())
                outside = line.outside(one.person, criterion.criterion)
                yield Cell(one, criterion, asked, outside, answers[-1] if answers else None, told)


def _cannot_tell(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Those whose last word is that they cannot tell."""
    last = {one.by: one for one in answers}
    return tuple(one for one in last.values() if one.cannot_tell)


def _said(cycle: Cycle, people: Collection[int]) -> dict[tuple[int, str, str], list[Answer]]:
    """Everything said of people in the period, by person, criterion and stage, in order; what was withdrawn is left
    out. Two queries."""
    rows = list(Rating.objects.filter(person__in=people, period=cycle.period).order_by("seq"))
    there = {row.seq for row in rows}
    why = dict(Reason.objects.filter(seq__in=there).values_list("seq", "text"))
    found: dict[tuple[int, str, str], list[Answer]] = defaultdict(list)
    for row in rows:
        if row.replaced_by is None or row.replaced_by in there:
            answer = Answer(row.by_id, State(row.state), row.value, why.get(row.seq, ""), row.recorded_at)
            found[row.person_id, row.criterion, row.stage].append(answer)
    return found


def cycles_for(seat: Seat, now: datetime, most: int = MOST_CYCLES) -> list[Cycle]:
    """The last cycles in which a seat may have somebody to mark: of the agencies of its units, those it leads and
    those it is admitted to; those open for rating first, then the latest."""
    day = local_day(now)
    mine = Admission.standing().filter(rater=seat.person, days__contains=day) if seat.person else []
    admitted = {one.unit_id for one in mine if one.unit_id}
    homes = units_of_all([one.person_id for one in mine if one.person_id], day)
    units = {*seat.units, *seat.leads, *admitted, *(unit for own in homes.values() for unit in own)}
    agencies = set(agencies_of(units, day).values())
    found = [cycle for agency in sorted(agencies) for cycle in cycles_of(agency)[:most]]
    latest = sorted(found, key=lambda one: period_of(one).until, reverse=True)[:most]
    open_ = {one.pk for one in unsealed(latest) if is_open(one, "rating", now)}
    return sorted(latest, key=lambda one: one.pk not in open_)


_ADMITTED = """
SELECT EXISTS (SELECT FROM marking_admission WHERE rater_id = %(rater)s::bigint AND replaced_by IS NULL
    AND days @> %(day)s::date)
"""


def is_admitted(rater: int, day: date) -> bool:
    """Whether a decision admits somebody to mark anybody on a day. One query, asked on nearly every page."""
    with planned() as cursor:
        cursor.execute(_ADMITTED, {"rater": rater, "day": day})
        return bool(cursor.fetchone()[0])


def unsealed(cycles: Sequence[Cycle]) -> list[Cycle]:
    """Those of some cycles that can still be marked. One query."""
    seals = Step.objects.filter(cycle__in=cycles, step="seal", replaced_by=None).exclude(state="done")
    going = set(seals.values_list("cycle_id", flat=True))
    return [one for one in cycles if one.pk in going]


def asked_now(seat: Seat, now: datetime) -> list[Waiting]:
    """What the cycles open for rating ask of a seat; those that ask for nothing are left out."""
    found = []
    for cycle in unsealed(cycles_for(seat, now)):
        step = steps_of(cycle, now).get("rating")
        if step is None or step.state != "open" or now >= step.due_at:
            continue
        asked = [one for one in sheet(seat, cycle, now=now).cells if one.given is None and seat.person in one.asked]
        if asked:
            found.append(Waiting(cycle, len(asked), len({one.member.person for one in asked}), step.due_at))
    return found
