"""Marks, reported figures and decisions: as the engine's facts."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from congtam.engine.facts import tables
from congtam.engine.states import State
from congtam.history.dated import Fact
from congtam.ratings.models import Decision, Rating, Reported


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


def _known(kind: type[Fact], period: str | None, of: Subjects | None, seq: int | None) -> QuerySet:
    rows = kind.standing() if seq is None else kind.known_at(seq)
    if period is not None:
        rows = rows.filter(period=period)
    if of is not None:
        rows = rows.filter(Q(person__in=of.people) | Q(unit__in=of.units))
    return rows.order_by("seq")
