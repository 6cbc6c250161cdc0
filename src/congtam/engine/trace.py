"""A score opened down to its records: total → part → indicator → numerator and denominator → rows → records → source.

Everything a sentence or a page says about a score is read from here. Numerators and denominators re-add exactly from
rows; points re-add exactly from parts. The trace is made by the run that made the score, never beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from congtam import __version__
from congtam.engine.counterfactual import Effect, Reach, WhatIf
from congtam.engine.facts.work import Fault, Item, Share
from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.measuring.evaluate import Measured
from congtam.engine.rulebook.model import Certainty, LegalBasis, Text
from congtam.engine.scoring.grades import Graded
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.subject import Score, Subject
from congtam.engine.scoring.tree import PartScore
from congtam.engine.states import State


@dataclass(frozen=True)
class Header:
    """What was computed, from what: enough to compute it again."""

    rulebook: str
    meaning: str
    wording: str
    scorecard: str
    period: str
    as_of: datetime
    known_at: datetime | None
    seq: int
    calendar: str
    engine: str
    live: bool
    trial: bool
    overrides: Mapping[str, str]


@dataclass(frozen=True)
class TraceRow:
    """What one row gave: whole numbers in the indicator's scales."""

    key: str
    item: str
    top: int
    bottom: int
    unknown: bool


@dataclass(frozen=True)
class TraceIndicator:
    """One figure with its rows. `value` is text of the exact ratio, such as "17/18"."""

    id: str
    title: Text
    unit: str
    direction: str
    state: State
    value: str | None
    top: int
    bottom: int
    top_scale: int
    bottom_scale: int
    n: int
    n_unknown: int
    n_pending: int
    certainty: Certainty
    legal_basis: LegalBasis | None
    note: Text | None
    given_by: str | None
    rows: tuple[TraceRow, ...]


@dataclass(frozen=True)
class TraceRecord:
    """One item as it stood for the subject, the records it was folded from, and what it did to the score."""

    item: str
    kind: str | None
    shares: tuple[Share, ...]
    faults: tuple[Fault, ...]
    folded: Item
    records: tuple[int, ...]
    sources: tuple[str, ...]
    effect: Effect


@dataclass(frozen=True)
class Trace:
    """One subject's score, opened."""

    header: Header
    subject: Subject
    total: int | None
    lowest: int
    highest: int
    earned: int
    measurable: int
    graded: Graded
    parts: tuple[PartScore, ...]
    indicators: Mapping[str, TraceIndicator]
    records: tuple[TraceRecord, ...]
    reach: Reach | None
    months: tuple[tuple[str, int | None], ...]
    received: tuple[str, ...]
    provisional: tuple[str, ...]


def header(run: Run) -> Header:
    """What a run was computed from."""
    return Header(
        run.rulebook.id,
        *run.digests,
        run.card.id,
        run.asked.period.label,
        run.asked.as_of,
        run.asked.known_at,
        run.last_seq,
        run.calendar.digest,
        __version__,
        run.live,
        run.trial,
        dict(run.asked.overrides),
    )


def trace(run: Run, code: str) -> Trace:
    """Open one subject's score. Raises `Unusable` when the run has no such subject."""
    if code not in run.scores:
        raise unusable(
            "unknown-subject",
            f"{code!r} is not scored by {run.card.id} in {run.asked.period.label}",
            did_you_mean(code, run.scores),
        )
    score = run.scores[code]
    what_if = WhatIf(run, code) if score.parts and not score.months else None
    return Trace(
        header(run),
        score.subject,
        score.total,
        score.lowest,
        score.highest,
        score.earned,
        score.measurable,
        score.graded,
        score.parts,
        {name: _indicator(run, code, name, measured) for name, measured in score.measured.items()},
        tuple(_records(run, score, what_if.effects if what_if else [])),
        what_if.reach() if what_if else None,
        score.months,
        score.received,
        score.provisional,
    )


def _indicator(run: Run, code: str, name: str, measured: Measured) -> TraceIndicator:
    bound = run.rulebook.indicators[name]
    rows = tuple(TraceRow(part.key, part.item, part.top, part.bottom, part.unknown) for part in measured.parts)
    return TraceIndicator(
        name,
        bound.model.title,
        bound.model.unit,
        bound.model.direction,
        measured.state,
        None if measured.value is None else str(measured.value),
        measured.top,
        measured.bottom,
        measured.top_scale,
        measured.bottom_scale,
        measured.n,
        measured.n_unknown,
        measured.n_pending,
        bound.certainty,
        bound.legal_basis,
        bound.note,
        run.scorer.given_by(code, name),
        rows,
    )


def _records(run: Run, score: Score, effects: list[Effect]) -> Iterable[TraceRecord]:
    """Each item once, with the subject's own shares and faults (a unit's: everyone's)."""
    own = None if score.subject.units else score.subject.code
    for one in effects:
        item, shares, faults = run.opened[one.item]
        sources = tuple(dict.fromkeys(run.sources[seq] for seq in item.records if seq in run.sources))
        yield TraceRecord(
            one.item,
            item.kind,
            tuple(share for share in shares if own in (None, share.official)),
            tuple(fault for fault in faults if own in (None, fault.official)),
            item,
            item.records,
            sources,
            one,
        )


def as_json(value: Any) -> Any:
    """Any part of a trace as plain JSON: instants in ISO 8601, ratios as text, ledgers as their digest."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, Item):
        kept = {name: getattr(value, name) for name in value.__dataclass_fields__ if name != "ledger"}
        return {**as_json(kept), "ledger": value.ledger.digest if value.ledger else None}
    if hasattr(value, "__dataclass_fields__"):
        return {name: as_json(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Mapping):
        return {str(key): as_json(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        ordered = sorted(value) if isinstance(value, frozenset | set) else value
        return [as_json(inner) for inner in ordered]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Fraction) else value


__all__ = ["Header", "Trace", "TraceIndicator", "TraceRecord", "TraceRow", "as_json", "header", "trace"]
