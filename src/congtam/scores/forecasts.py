"""Live scores looked ahead from: done when nothing else is left to do, a few at a time."""

from collections import defaultdict
from datetime import datetime

from congtam.scores.batch import score_people
from congtam.scores.cards import Cards
from congtam.scores.forecast import look_ahead
from congtam.scores.known import Cut
from congtam.scores.models import Live

FEW = 20  # at a time, so that what is told meanwhile waits no longer


def fill(now: datetime, told: Cut, cards: list[Cards]) -> None:
    """Look ahead for some of the legal scores of running periods that were scored anew since."""
    running = {one.period.label: one for one in cards if now < one.period.end}
    waiting = Live.objects.filter(forecast__isnull=True, legal=True, period__in=running).order_by("made_at")[:FEW]
    people: dict[str, list[Live]] = defaultdict(list)
    for row in waiting:
        people[row.period].append(row)
    for period, rows in people.items():
        made = score_people(running[period], [row.person_id for row in rows], now, told)
        for row in rows:
            if one := made[str(row.person_id)].get(row.card):
                same = Live.objects.filter(pk=row.pk, made_at=row.made_at)
                same.update(forecast=look_ahead(one, min(now, running[period].period.end)))
