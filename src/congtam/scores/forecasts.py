"""Live scores looked ahead from: done when nothing else is left to do, a few at a time."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from congtam.scores.batch import score_people
from congtam.scores.cards import Cards, live_cards
from congtam.scores.forecast import look_ahead
from congtam.scores.guarding import keep_counting
from congtam.scores.known import Cut, cut
from congtam.scores.models import Live

FEW = 4  # at a time, so that what is told meanwhile does not wait


def fill(now: datetime, limit: int = FEW) -> int:
    """Look ahead for some of the legal scores of running periods that were scored anew since; for how many."""
    told = cut()
    running = {one.period.label: one for one in live_cards(now, told.rules) if now < one.period.end}
    waiting = list(
        Live.objects.filter(forecast__isnull=True, legal=True, period__in=running).order_by("made_at")[:limit]
    )
    people: dict[str, list[Live]] = defaultdict(list)
    for row in waiting:
        people[row.period].append(row)
    for period, rows in people.items():
        keep_counting("forecast", rows, partial(_look, running[period], now, told))
    return len(waiting)


def _look(cards: Cards, now: datetime, told: Cut, rows: Sequence[Live]) -> None:
    made = score_people(cards, [row.person_id for row in rows], now, told)
    for row in rows:
        one = made[str(row.person_id)].get(row.card)
        ahead = look_ahead(one, min(now, cards.period.end)) if one else {}
        Live.objects.filter(pk=row.pk, made_at=row.made_at).update(forecast=ahead)
