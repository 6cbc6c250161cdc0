"""Which work cost how many points under a live score: had it been in time and without faults, one line per item.

Counted when nothing more pressing is left to do, and kept with the live score until that is made anew; a page that is
faster than that counts it itself.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from congtam.engine.counterfactual import WhatIf
from congtam.engine.facts.work import Work
from congtam.engine.periods import Period
from congtam.engine.scoring.asked import Asked, Run
from congtam.scores.batch import score_people
from congtam.scores.cards import cards_of
from congtam.scores.guarding import keep_counting
from congtam.scores.known import cut
from congtam.scores.models import Live
from congtam.scores.scoring import Made
from congtam.scores.waking import TICK

MOST = 12  # lines kept; `n` tells how many there are
AT_ONCE = 50
Json = dict[str, Any]


def losses_of(live: Live) -> Json:
    """What cost points under a live score: `n` items, and of the costliest `item`, `total` (millionths of a point) and
    `parts` (part and millionths)."""
    if live.losses is None:
        _count([live])
    return live.losses or {"n": 0, "lines": []}


def fill(now: datetime, limit: int = AT_ONCE) -> int:
    """Count for live scores that lack it, the running periods' first; how many were left to count."""
    rows = list(Live.objects.filter(losses__isnull=True).order_by("-period")[:limit])
    for label in dict.fromkeys(row.period for row in rows):
        keep_counting("losses", [row for row in rows if row.period == label], _count)
    return len(rows)


def _count(rows: Sequence[Live]) -> None:
    """Count for live scores of one period and keep it, unless they were made anew meanwhile."""
    told, period = cut(), Period.parse(rows[0].period)
    cards = cards_of(period, told.rules)
    as_of = max(row.as_of for row in rows)
    seen = as_of if as_of < period.end else as_of + TICK  # what is over is read from the records as they were then
    made = score_people(cards, [row.person_id for row in rows], seen, told)
    asked = Asked(period, min(as_of, period.end))
    for row in rows:
        one = made.get(str(row.person_id), {}).get(row.card)
        row.losses = {"n": 0, "lines": []} if one is None else _lines(one, asked)
        Live.objects.filter(pk=row.pk, made_at=row.made_at).update(losses=row.losses)


def _lines(made: Made, asked: Asked) -> Json:
    if not made.score.parts or made.score.months:
        return {"n": 0, "lines": []}
    code, entry = made.score.subject.code, made.entry
    run = Run(
        entry.rulebook,
        entry.card,
        asked,
        made.scorer.scene.facts,
        entry.calendar,
        {code: made.score},
        {code: made.related},
        Work(),
        made.scorer,
        trial=entry.trial,
    )
    costly = [one for one in WhatIf(run, code).effects if one.if_good.total > 0]
    lines = [
        {"item": int(one.item), "total": one.if_good.total, "parts": [list(part) for part in one.if_good.parts]}
        for one in costly[:MOST]
    ]
    return {"n": len(costly), "lines": lines}
