"""Scores of units as pages read them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists

from congtam.scores.models import LiveUnit, Progress, UnitMark
from congtam.scores.units.marking import unit_cards


def scores_of(units: Iterable[int], now: datetime, rules: int) -> list[LiveUnit]:
    """The live scores of units in the running periods, shorter periods and those by law first. One query; none where
    the site scores no units. `rules`: the last number of rules and calendars."""
    labels = [one.period.label for one in unit_cards(now, rules) if now < one.period.end]
    if not labels:
        return []
    rows = LiveUnit.objects.filter(unit__in=list(units), period__in=labels)
    return sorted(rows, key=lambda row: (labels.index(row.period), not row.legal, row.card, row.unit_id))


def score_of(unit: int, period: str, card: str) -> LiveUnit | None:
    """One unit's live score under a card (rulebook#scorecard)."""
    book, _, name = card.partition("#")
    return LiveUnit.objects.filter(unit=unit, period=period, rulebook=book, scorecard=name).first()


def hold_at(rows: Sequence[LiveUnit], now: datetime) -> datetime | None:
    """The instant at which all of these scores hold: the last one at which nothing was left to do, unless the score of
    any unit waits to be made anew; None without any. One query."""
    made = min((row.as_of for row in rows), default=None)
    if made is None:
        return None
    waits = Exists(UnitMark.objects.all()) | Exists(LiveUnit.objects.filter(wake_at__lte=now))
    complete = Progress.objects.filter(~waits, id=1).values_list("complete_at", flat=True).first()
    return max(made, complete) if complete else made
