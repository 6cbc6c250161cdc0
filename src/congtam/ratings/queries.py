"""Marks, reported figures and decisions: as the engine's facts, as pages show them, and which are waited for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from congtam.engine.facts import tables
from congtam.engine.periods import Period
from congtam.engine.states import State
from congtam.history.dated import Fact
from congtam.people.facts import spells_of
from congtam.people.models import PostSpan, Spell
from congtam.ratings.asked import Criterion, asked_for
from congtam.ratings.models import Decision, Rating, Reason, Reported


@dataclass(frozen=True)
class Subjects:
    """Whom facts are about: people and units by number; None: everyone."""

    people: frozenset[int]
    units: frozenset[int]


def ratings_told(period: str | None, of: Subjects | None = None, seq: int | None = None) -> list[tables.Rating]:
    """Marks of a period (None: of all), as known at `seq` (None: now), without their reasons."""
    rows = _known(Rating, period, of, seq).values_list(
        "seq", "recorded_at", "person_id", "unit_id", "criterion", "period", "stage", "state", "value", "by_id"
    )
    return [
        tables.Rating(number, at, str(person or unit), criterion, label, stage, State(state), value, str(by))
        for number, at, person, unit, criterion, label, stage, state, value, by in rows
    ]


def reported_told(period: str | None, of: Subjects | None = None, seq: int | None = None) -> list[tables.Reported]:
    """Reported figures of a period, as known at `seq`."""
    rows = _known(Reported, period, of, seq).values_list(
        "seq", "recorded_at", "person_id", "unit_id", "indicator", "period", "state", "value", "by_id", "source"
    )
    return [
        tables.Reported(
            number, at, str(person or unit), indicator, label, State(state), value, str(by) if by else None, source
        )
        for number, at, person, unit, indicator, label, state, value, by, source in rows
    ]


def decisions_told(period: str | None, of: Subjects | None = None, seq: int | None = None) -> list[tables.Decision]:
    """Decisions of a period, as known at `seq`, without their reasons."""
    rows = _known(Decision, period, of, seq).values_list(
        "seq", "recorded_at", "person_id", "unit_id", "scorecard", "period", "matter", "outcome", "by_id", "number"
    )
    return [
        tables.Decision(number, at, str(person or unit), scorecard, label, matter, outcome, str(by), document)
        for number, at, person, unit, scorecard, label, matter, outcome, by, document in rows
    ]


@dataclass(frozen=True)
class Given:
    """One mark as a page shows it: `value` in millionths, `by` the number of the person who gave it."""

    seq: int
    criterion: str
    stage: str
    state: str
    value: int | None
    by: int
    at: datetime
    reason: str


def marks_of(person: int, period: str) -> list[Given]:
    """The standing marks of one person in a period, with their reasons."""
    rows = list(Rating.standing().filter(person=person, period=period).order_by("criterion", "stage"))
    reasons = reasons_of(row.seq for row in rows)
    return [
        Given(
            row.seq,
            row.criterion,
            row.stage,
            row.state,
            row.value,
            row.by_id,
            row.recorded_at,
            reasons.get(row.seq, ""),
        )
        for row in rows
    ]


def decisions_on(person: int, period: str) -> list[Decision]:
    """The standing decisions on one person in a period."""
    return list(Decision.standing().filter(person=person, period=period).order_by("seq"))


def reasons_of(seqs: Iterable[int]) -> dict[int, str]:
    """Why, in words, of marks, figures and decisions by number."""
    return dict(Reason.objects.filter(seq__in=list(seqs)).values_list("seq", "text"))


@dataclass(frozen=True)
class Waiting:
    """A mark that somebody in a unit still lacks."""

    person: int
    unit: int
    criterion: Criterion


def waiting_for_marks(units: Iterable[int], period: str) -> list[Waiting]:
    """The marks that people of these units lack in a period, under the scorecards in force; self-scores left out."""
    over, wanted = Period.parse(period), list(units)
    places = {str(unit) for unit in wanted}
    posts = PostSpan.standing().filter(unit__in=wanted).values("post")
    people = Spell.standing().filter(post__in=posts).values_list("person", flat=True).distinct()
    spells: dict[str, tables.Spell] = {}
    for spell in spells_of(people):
        if spell.first < over.until and (spell.until is None or spell.until > over.first):
            spells.setdefault(spell.official, spell)
    here = {int(code): spell for code, spell in spells.items() if spell.unit in places}
    marked = set(
        Rating.standing().filter(person__in=here, period=period).values_list("person_id", "criterion", "stage")
    )
    return [
        Waiting(person, int(spell.unit), one)
        for person, spell in here.items()
        for one in asked_for(over, "leader" if spell.leader else "staff", spell.staff_kind)
        if one.stage != "self" and (person, one.criterion, one.stage) not in marked
    ]


def _known(kind: type[Fact], period: str | None, of: Subjects | None, seq: int | None) -> QuerySet:
    rows = kind.standing() if seq is None else kind.known_at(seq)
    if period is not None:
        rows = rows.filter(period=period)
    if of is not None:
        rows = rows.filter(Q(person__in=of.people) | Q(unit__in=of.units))
    return rows.order_by("seq")
