"""Runs taken for a cycle: everyone of one agency scored from the facts known now, and kept.

Slips, calibration and seals read these, never live scores: a run stands on facts up to a number, so it can be opened
again to the same figures for as long as there is a record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from congtam.engine.periods import Period
from congtam.engine.scoring.agency import AgencyRun
from congtam.engine.scoring.legal import Legal
from congtam.scores import laid
from congtam.scores.extract import Extract
from congtam.scores.known import cut
from congtam.scores.models import Run, RunScore
from congtam.scores.runs import new_run

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


def take(agency: int, period: Period, now: datetime, kind: Kind = "draft") -> Taken:
    """Score everyone of an agency from the facts known now, and keep it. Raises `Refused` where there is nobody to
    score, or no scorecard."""
    extract = Extract(agency, period, cut().seq, min(now, period.end))
    made = extract.evaluate()
    own = {int(code): one for code, one in made.people.items() if one.subject.agency == str(agency)}
    with transaction.atomic():
        runs = {
            key: _kept(extract, key, made, own, kind) for key in sorted({one.card for one in own.values() if one.card})
        }
    return Taken(period, agency, extract.seq, extract.as_of, runs, made, own)


def last_taken(agency: int, period: Period, kind: Kind) -> list[Run]:
    """The runs taken last, one for each card; none where none were taken."""
    runs = Run.objects.filter(agency=agency, period=period.label, kind=kind).order_by("-id")
    last = runs.first()
    if last is None:
        return []
    same = runs.filter(seq=last.seq, as_of=last.as_of)
    return sorted({run.card: run for run in reversed(same)}.values(), key=lambda run: run.card)


def reopen_run(run: Run) -> AgencyRun:
    """The whole evaluation a run was taken from, recomputed from the facts known at its number."""
    return extract_of(run).evaluate()


def extract_of(run: Run) -> Extract:
    """What a run taken for an agency stands on."""
    assert run.agency_id is not None, "nightly runs are of no one agency"
    return Extract(run.agency_id, Period.parse(run.period), run.seq, run.as_of)


def _kept(extract: Extract, key: str, made: AgencyRun, own: Mapping[int, Legal], kind: Kind) -> Run:
    entry, scores = extract.entries[key], made.runs[key].scores
    run = new_run(entry, extract.period, extract.as_of, extract.seq, kind, extract.agency)
    legal: Iterable[int] = (person for person, one in own.items() if one.card == key)
    rows = [laid.row(scores[str(person)], entry, True) for person in legal]
    RunScore.objects.bulk_create(
        [RunScore(run=run, period=extract.period.label, **row) for row in rows], batch_size=2000
    )
    return run
