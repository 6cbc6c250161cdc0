"""Runs as rows: one for each scorecard and period, what of a score must be the same live, and which runs are kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from congtam import __version__
from congtam.engine.periods import Period
from congtam.engine.rulebook.digest import meaning_digest, wording_digest
from congtam.engine.scoring.legal import Entry
from congtam.scores import laid
from congtam.scores.models import Run, RunScore, UnitScore

HELD = ("lowest", "highest", "earned", "measurable", "grade", "graded_by", "n_items", "legal")
PART_HELD = ("id", "state", "maximum", "points")


NIGHTLY, OF_UNITS = "nightly", "nightly_units"


def new_run(
    entry: Entry, period: Period, as_of: datetime, seq: int, kind: str = NIGHTLY, agency: int | None = None
) -> Run:
    """A run of a scorecard, still without scores: of the whole site, or of one agency."""
    return Run.objects.create(
        kind=kind,
        agency_id=agency,
        rulebook=entry.rulebook.id,
        scorecard=entry.card.id,
        period=period.label,
        seq=seq,
        as_of=as_of,
        meaning=meaning_digest(entry.rulebook),
        wording=wording_digest(entry.rulebook),
        calendar=entry.calendar.digest,
        engine=__version__,
    )


def held(row: Mapping[str, object]) -> laid.Json:
    """What of a score's columns must be the same live and in a full run."""
    parts = [{name: part[name] for name in PART_HELD} for part in row["parts"]]  # type: ignore[attr-defined]
    return {**{name: row[name] for name in HELD}, "parts": parts}


def drop_old(runs: Iterable[Run]) -> None:
    """Of nightly runs the last of each card and period is kept, and those that found differences."""
    for run in runs:
        same = Run.objects.filter(kind=run.kind, rulebook=run.rulebook, scorecard=run.scorecard, period=run.period)
        old = list(same.filter(pk__lt=run.pk, differing=0).values_list("pk", flat=True))
        RunScore.objects.filter(run__in=old).delete()
        UnitScore.objects.filter(run__in=old).delete()
        Run.objects.filter(pk__in=old).delete()
