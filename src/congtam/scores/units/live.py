"""Units scored when something moved their work, said something of them, or time passed. A step is one transaction that
writes the scores and takes the marks away, and one worker does it at a time, so a worker may be killed anywhere."""

from collections.abc import Collection, Iterable
from datetime import datetime

import structlog
from django.db import connection, transaction

from congtam.scores import laid
from congtam.scores.cards import Cards
from congtam.scores.guarding import AWAY
from congtam.scores.known import Cut, cut
from congtam.scores.models import LiveUnit, UnitMark
from congtam.scores.units.marking import unit_cards
from congtam.scores.units.scoring import Made, score_units, subjects_of, touched
from congtam.work import folding

log = structlog.get_logger(__name__)
KEY = ("unit_id", "rulebook", "scorecard", "period")
_LOCK = 4_277_004  # one scores units at a time


def refresh(now: datetime) -> int:
    """Score the units that were marked or whose time has come, and those above them, as seen at `now`; how many scores
    were written. While work waits to be folded, or another worker is at it, nothing is done. Call it after officials
    are scored; when both give 0, every score of a unit is what a full run at `now` gives."""
    return _score(now) if unit_cards(now, cut().rules) and waiting(now) else 0


def waiting(now: datetime) -> bool:
    """Whether the score of any unit no longer fits facts or time."""
    return UnitMark.objects.exists() or LiveUnit.objects.filter(wake_at__lte=now).exists()


@transaction.atomic
def _score(now: datetime) -> int:
    if not _alone():
        return 0
    marks = list(UnitMark.objects.values_list("pk", "unit_id", "earlier"))
    due = dict(LiveUnit.objects.filter(wake_at__lte=now).values_list("pk", "unit_id"))
    if folding.waiting(now):  # asked after the marks: what they were made for is folded then
        return 0
    told = cut()
    earlier = {unit for _, unit, is_earlier in marks if is_earlier}
    moved = {unit for _, unit, _ in marks} | set(due.values())
    written = 0
    for one in unit_cards(now, told.rules):
        units = moved if now < one.period.end else earlier
        if units:
            written += _score_period(one, units, now, told)
    LiveUnit.objects.filter(pk__in=due, wake_at__lte=now).update(wake_at=None)  # of a period that is over
    UnitMark.objects.filter(pk__in=[pk for pk, _, _ in marks]).delete()
    return written


def _score_period(cards: Cards, units: Collection[int], now: datetime, told: Cut) -> int:
    """One that cannot be scored does not hold up the others: the nightly run finds what stayed behind."""
    try:
        with transaction.atomic():
            found = touched(subjects_of(cards, told, now), units)
            made = list(score_units(cards, found, now, told))
            _write(cards, {*units, *(int(one.code) for one in found)}, made, now, told)
    except AWAY:
        raise
    except Exception as problem:
        log.error("units_not_scored", period=cards.period.label, units=len(units), exc_info=problem)
        return 0
    return len(made)


def _write(cards: Cards, units: Iterable[int], made: Iterable[Made], now: datetime, told: Cut) -> None:
    """Write the scores over those that stood; those nobody gives any more go."""
    label = cards.period.label
    said = {"period": label, "seq": told.seq, "as_of": min(now, cards.period.end)}
    rows = [LiveUnit(**said, wake_at=one.wake_at, **laid.unit_row(one.score, one.entry)) for one in made]
    stood = dict(LiveUnit.objects.filter(unit__in=set(units), period=label).in_bulk())
    kept = {(row.unit_id, row.card) for row in rows}
    LiveUnit.objects.filter(pk__in=[pk for pk, one in stood.items() if (one.unit_id, one.card) not in kept]).delete()
    update = [field.name for field in LiveUnit._meta.concrete_fields if field.attname not in ("id", *KEY)]
    LiveUnit.objects.bulk_create(rows, update_conflicts=True, unique_fields=list(KEY), update_fields=update)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
