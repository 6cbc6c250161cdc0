"""What a seal says, as reward reads it: the agency, the period, and the grade of each person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from congtam.engine.periods import Period


@dataclass(frozen=True)
class Graded:
    """The grades of a sealed period, by person; None for who is not graded."""

    seal: int
    agency: int
    period: Period
    grades: Mapping[int, str | None]


def graded(seal: Any) -> Graded:
    """The grades of a seal (`scores.seals`)."""
    from congtam.scores.seals import sealed_scores

    scores = sealed_scores(seal)
    return Graded(
        seal.pk, seal.agency_id, Period.parse(seal.period), {person: one.grade for person, one in scores.items()}
    )


def graded_by(number: int) -> Graded | None:
    """The grades of the seal of a number; None when there is none."""
    from congtam.scores.models import Seal

    found = Seal.objects.filter(pk=number).first()
    return None if found is None else graded(found)
