"""Runs taken for a cycle: everyone of one agency scored from the facts known now, and kept.

Slips, calibration and seals read these, never live scores: a run stands on facts up to a number, so it can be opened
again to the same figures for as long as there is a record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from congtam.engine.periods import Period
from congtam.engine.scoring.agency import AgencyRun
from congtam.engine.scoring.legal import Legal
from congtam.scores import laid
from congtam.scores.copied import copy
from congtam.scores.extract import Extract, extract_now
from congtam.scores.models import Run, RunScore
from congtam.scores.runs import new_run
from congtam.scores.taking_many import Rows, from_columns
from congtam.scores.working import in_columns

Kind = Literal["draft", "final"]


@dataclass(frozen=True)
class Taken:
    """What was taken: `runs` by card (rulebook#scorecard) hold those of the agency for whom the card is legal; `legal`
    tells of each of its people which card that is, or why it is for a person to say. `agency_run` is None where there
    were too many people to keep it in memory."""

    period: Period
    agency: int
    seq: int
    as_of: datetime
    runs: Mapping[str, Run]
    agency_run: AgencyRun | None
    legal: Mapping[int, Legal]


def take(agency: int, period: Period, now: datetime, kind: Kind = "draft", *, as_of: datetime | None = None) -> Taken:
    """Score everyone of an agency from the facts known now, seen from `as_of` (None: now), and keep it. Raises
    `Refused` where there is nobody to score, or no scorecard, or very much work waits to be folded."""
    extract = extract_now(agency, period, as_of or now)
    rows, legal, run = _scored(extract)
    own = {int(code): one for code, one in legal.items() if one.subject.agency == str(agency)}
    with transaction.atomic():
        runs = {
            key: _kept(extract, key, [row for row in rows[key] if row["person_id"] in own and row["legal"]], kind)
            for key in sorted({one.card for one in own.values() if one.card})
        }
    return Taken(period, agency, extract.seq, extract.as_of, runs, run, own)


def last_taken(agency: int, period: Period, kind: Kind) -> list[Run]:
    """The runs taken last, one for each card; none where none were taken."""
    runs = Run.objects.filter(agency=agency, period=period.label, kind=kind).order_by("-id")
    last = runs.first()
    if last is None:
        return []
    same = runs.filter(seq=last.seq, as_of=last.as_of)
    return sorted({run.card: run for run in reversed(same)}.values(), key=lambda run: run.card)


def extract_of(run: Run) -> Extract:
    """What a run taken for an agency stands on."""
    assert run.agency_id is not None, "nightly runs are of no one agency"
    return Extract(run.agency_id, Period.parse(run.period), run.seq, run.as_of)


def _scored(extract: Extract) -> tuple[Rows, Mapping[str, Legal], AgencyRun | None]:
    """Everyone's scores as columns of a row, by card; which card is legal for whom; the run where it fits in memory."""
    if in_columns(extract):
        return *from_columns(extract), None
    made = extract.evaluate()
    rows = {
        key: [
            laid.row(score, extract.entries[key], made.people[code].card == key) for code, score in run.scores.items()
        ]
        for key, run in made.runs.items()
    }
    return rows, made.people, made


def _kept(extract: Extract, key: str, rows: list[laid.Json], kind: Kind) -> Run:
    run = new_run(extract.entries[key], extract.period, extract.as_of, extract.seq, kind, extract.agency)
    copy(RunScore(run=run, period=extract.period.label, **row) for row in rows)
    return run
