"""The months that a sealed year stands on: a row for each person and month with its points, its grade and the digest of
the month's seal. So the year recomputes alone."""

from collections.abc import Iterable, Mapping
from typing import Any

from congtam.engine.facts.sealed import SealedMonth, SealedPart
from congtam.engine.scoring.grades import By
from congtam.engine.sealing.body import MONTHS
from congtam.engine.sealing.parts import Part

_KEY = ("period", "subject")


def months_part(rows: Iterable[SealedMonth], secret: bytes) -> Part:
    """The months as a part, by period and person."""
    told = ([row.period, row.subject, {k: v for k, v in row._asdict().items() if k not in _KEY}] for row in rows)
    return Part.of(MONTHS, len(_KEY), told, secret)


def months_of(parts: Mapping[str, Part]) -> tuple[SealedMonth, ...]:
    """The months again; none where a seal has no such part. Raises `TypeError` or `ValueError` for rows that are
    none."""
    rows = parts[MONTHS].values() if MONTHS in parts else ()
    return tuple(
        SealedMonth(period, subject, **values | {"parts": tuple(SealedPart(*one) for one in values["parts"])})
        for period, subject, values in rows
    )


def sealed_month(period: str, subject: str, result: Mapping[str, Any], seal: str) -> SealedMonth:
    """What the seal of a month says of one person (`result`: its row of the results), as a longer period reads it."""
    counts = result["lowest"] == result["highest"] and result["graded_by"] != By.INSUFFICIENT
    parts = tuple(SealedPart(*one) for one in result["parts"])
    points = result["lowest"] if counts else None
    return SealedMonth(period, subject, result["card"], points, result["grade"], result["graded_by"], seal, parts)
