"""Which records cost how many points: the counterfactual “had it been in time and without faults”, one line per record.

Opening a score takes some milliseconds, so the lines are kept until the live score they belong to is made anew.
"""

from dataclasses import dataclass

from django.core.cache import cache

from congtam.engine.explaining.records import happened
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.run import Run
from congtam.engine.trace import Trace
from congtam.scores.models import Live
from congtam.scores.opening import opened
from congtam.web.pages.month.naming import named

SHOWN = 8
KEPT = 24 * 3600  # seconds


@dataclass(frozen=True)
class Loss:
    """One piece of work that cost points: what it is called, what happened, how many points more it would have given
    (millionths), in all and by part, and whether it was late."""

    item: str
    name: str
    code: str
    happened: Text
    total: int
    parts: tuple[tuple[str, int], ...]
    late: bool
    finished: bool


def losses_of(live: Live) -> tuple[Loss, ...]:
    """What cost points under one live score, the largest first."""
    key = f"losses/{live.pk}/{live.made_at.timestamp()}"
    kept: tuple[Loss, ...] | None = cache.get(key)
    if kept is None:
        kept = _opened(live)
        cache.set(key, kept, KEPT)
    return kept


def _opened(live: Live) -> tuple[Loss, ...]:
    period = Period.parse(live.period)
    try:
        run, trace = opened(live.person_id, period, live.rulebook, live.scorecard, as_of=live.as_of)
    except Unusable:  # the person is no longer scored by this card
        return ()
    return tuple(lines(named(run, (), items=[one.item for one in trace.records]), trace))


def lines(run: Run, trace: Trace) -> list[Loss]:
    """The records of a trace that cost points, the largest first. `run` holds the names of what it speaks of."""
    names = run.facts.named
    return [
        Loss(
            record.item,
            names.get(("item", record.item), ""),
            names.get(("item.code", record.item), record.item),
            Text(vi=happened(run, trace, record, "vi"), en=happened(run, trace, record, "en")),
            record.effect.if_good.total,
            record.effect.if_good.parts,
            any(share.is_late(run.asked.as_of) for share in record.shares),
            all(share.finished_at is not None for share in record.shares),
        )
        for record in trace.records
        if record.effect.if_good.total > 0
    ]
