"""What a seal says, as reward reads it: the agency, the period, and the grade of each person."""

from collections.abc import Mapping
from dataclasses import dataclass

from congtam.engine.periods import Period
from congtam.scores.models import Seal
from congtam.scores.seals import sealed_scores


@dataclass(frozen=True)
class Graded:
    """The grades of a sealed period, by person; None for who is not graded. `standing`: no later seal took its
    place."""

    seal: int
    agency: int
    period: Period
    grades: Mapping[int, str | None]
    standing: bool


def graded(seal: Seal) -> Graded:
    """The grades of a seal."""
    grades = {person: one.grade for person, one in sealed_scores(seal).items()}
    standing = not Seal.objects.filter(supersedes=seal).exists()
    return Graded(seal.pk, seal.agency_id, Period.parse(seal.period), grades, standing)


def graded_by(number: int) -> Graded | None:
    """The grades of the seal of a number; None when there is none."""
    found = Seal.objects.filter(pk=number).first()
    return None if found is None else graded(found)
