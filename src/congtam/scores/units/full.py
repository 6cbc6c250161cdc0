"""Units in the nightly full run: every unit scored anew from the records, kept, and held against its live score."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import structlog
from django.db import transaction

from congtam.engine.facts.tables import Facts, Unit
from congtam.engine.periods import Period
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.run import evaluate
from congtam.people.models import Spell
from congtam.scores import laid
from congtam.scores.cards import Cards
from congtam.scores.facts import said_of_units, structure_about
from congtam.scores.known import Cut
from congtam.scores.models import Difference, LiveUnit, Run, UnitMark, UnitScore
from congtam.scores.runs import HELD, OF_UNITS, held, new_run
from congtam.scores.units.marking import unit_cards
from congtam.scores.units.places import units_of_items
from congtam.scores.units.scoring import score_units, subjects_of, touched
from congtam.work.models import ToFold
from congtam.work.queries import events_of

log = structlog.get_logger(__name__)
MOST_AT_ONCE = 2000  # more people than this are not scored from all their records in memory


def of_units(now: datetime, told: Cut) -> list[Run]:
    """The runs of the scorecards of units, one for each card and period, written and compared."""
    scored_by = unit_cards(now, told.rules)
    few = Spell.standing().values("person").distinct().count() <= MOST_AT_ONCE
    records = records_of(told.seq) if scored_by and few else None
    runs = []
    for cards in scored_by:
        scored = _in_trees(cards, now, told) if records is None else every_unit(cards, now, records, told.seq)
        runs += [_kept(cards, key, rows, now, told) for key, rows in scored.items()]
    return runs


def records_of(seq: int | None = None) -> Facts:
    """All work and everyone's place as known at `seq` (None: now)."""
    return replace(structure_about(seq=seq), events=tuple(events_of(None, seq)))


def every_unit(cards: Cards, as_of: datetime, records: Facts, seq: int | None = None) -> dict[str, list[laid.Json]]:
    """Every unit's scores under the cards of a period by the engine itself, from the records known at `seq`, as columns
    of a row, by card. This is the reference."""
    asked = Asked(cards.period, min(as_of, cards.period.end), seq=seq)
    said = said_of_units({one.unit for one in records.units}, cards.period, seq=seq)
    facts = replace(records, ratings=said.ratings, reported=said.reported, decisions=said.decisions)
    if not any(_stands(one, cards.period) for one in records.units):
        return {key: [] for key in cards.entries}
    runs = {key: evaluate(facts, one.rulebook, one.card.id, asked, one.calendar) for key, one in cards.entries.items()}
    return {
        key: [laid.unit_row(score, cards.entries[key]) for score in run.scores.values()] for key, run in runs.items()
    }


def _stands(unit: Unit, period: Period) -> bool:
    return unit.first < period.until and (unit.until is None or unit.until > period.first)


def _in_trees(cards: Cards, now: datetime, told: Cut) -> dict[str, list[laid.Json]]:
    """The same where there are so many people that their records do not fit in memory at once: one tree of units after
    another, from work as it stands folded where the period still runs."""
    rows: dict[str, list[laid.Json]] = {key: [] for key in cards.entries}
    for one in score_units(cards, subjects_of(cards, told, now), now, told):
        rows[one.entry.key].append(laid.unit_row(one.score, one.entry))
    return rows


@transaction.atomic
def _kept(cards: Cards, key: str, rows: list[laid.Json], now: datetime, told: Cut) -> Run:
    run = new_run(cards.entries[key], cards.period, min(now, cards.period.end), told.seq, OF_UNITS)
    UnitScore.objects.bulk_create([UnitScore(run=run, period=run.period, **row) for row in rows])
    _compare(run, {row["unit_id"]: row for row in rows}, _moving(cards, now, told))
    return run


def _moving(cards: Cards, now: datetime, told: Cut) -> set[int]:
    """The units whose live scores are still on their way; they are held the next night."""
    units = set(UnitMark.objects.values_list("unit_id", flat=True))
    units |= units_of_items(set(ToFold.objects.values_list("item_id", flat=True)))
    return {int(one.code) for one in touched(subjects_of(cards, told, now), units)}


def _compare(run: Run, full: Mapping[int, laid.Json], moving: set[int]) -> None:
    """Hold every live score that knows nothing newer against the run."""
    standing = list(LiveUnit.objects.filter(period=run.period, rulebook=run.rulebook, scorecard=run.scorecard))
    moving = moving | {row.unit_id for row in standing if row.seq > run.seq or row.as_of > run.as_of}
    own = {row.unit_id: held({name: getattr(row, name) for name in (*HELD, "parts")}) for row in standing}
    differing = [
        Difference(run=run, unit_id=unit, live=own.get(unit, {}), full=expected)
        for unit in sorted((full.keys() | own.keys()) - moving)
        if own.get(unit, {}) != (expected := held(full[unit]) if unit in full else {})
    ]
    Difference.objects.bulk_create(differing)
    run.compared, run.differing = len(full.keys() - moving), len(differing)
    run.save(update_fields=["compared", "differing"])
    if differing:
        log.error("live_differs_from_full", run=run.pk, card=f"{run.rulebook}#{run.scorecard}", count=len(differing))
