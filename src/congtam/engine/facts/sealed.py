"""Months as they were sealed: what a longer period averages where people already published it.

No source sends them: a site reads them from its own seals, and a seal of the longer period holds them.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class SealedPart(NamedTuple):
    """A part that carries points itself, in millionths; points are None where it gave none."""

    id: str
    state: str
    maximum: int
    points: int | None


class SealedMonth(NamedTuple):
    """One month of one person as it stands settled. `points`: in millionths, None where it is not counted; `card` and
    `grade` as sealed, under the seal whose body has the digest `seal`.

    Without a card that seal grades this person not; without a seal nobody sealed the month: it is a gap.
    """

    period: str
    subject: str
    card: str = ""
    points: int | None = None
    grade: str | None = None
    graded_by: str = ""
    seal: str = ""
    parts: tuple[SealedPart, ...] = ()


def by_month(rows: Iterable[SealedMonth]) -> Mapping[str, Mapping[str, SealedMonth]]:
    """The rows by period, then by person."""
    found: dict[str, dict[str, SealedMonth]] = {}
    for row in rows:
        found.setdefault(row.period, {})[row.subject] = row
    return found
