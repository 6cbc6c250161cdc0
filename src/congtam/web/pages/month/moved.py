"""From a record to all it moved: one piece of work, its records, and its effect under every scorecard of every month in
which it counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from congtam.engine.explaining.records import happened
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.run import Run
from congtam.engine.trace import Trace, TraceRecord
from congtam.scores.known import Cut
from congtam.scores.models import Live, RunScore
from congtam.scores.opening import Opening
from congtam.web.pages.month.naming import names_of_items, with_names
from congtam.web.pages.month.why import Record, records_of
from congtam.work.models import Item
from congtam.work.spans import span_of


@dataclass(frozen=True)
class Effect:
    """What the work did under one scorecard in one month; points in millionths, by part for both questions."""

    period: str
    card: str
    title: Text
    happened: str
    if_good: int
    without: int
    parts: list[tuple[Text, int, int]]


@dataclass(frozen=True)
class Moved:
    """The page of one piece of work."""

    number: int
    code: str
    title: str
    effects: list[Effect]
    records: list[Record]
    as_of: datetime | None


def moved_by(number: int, scores: Iterable[Live | RunScore], told: Cut, lang: str) -> Moved | None:
    """What a piece of work moved under these scores; None when there is no such work. `told`: how far the record goes
    now."""
    item = Item.objects.select_related("text", "standing").filter(pk=number).first()
    if item is None:
        return None
    effects: list[Effect] = []
    seqs: set[int] = set()
    as_of: datetime | None = None
    names = list(names_of_items([str(number)]))
    for score, run, trace in _opened(item, scores, told):
        record = next((one for one in trace.records if one.item == str(number)), None)
        if record is not None:
            effects.append(_effect(with_names(run, names), trace, record, score, lang))
            seqs.update(record.records)
            as_of = max(as_of or run.asked.as_of, run.asked.as_of)
    text = getattr(item, "text", None)
    code = (text.symbol if text else "") or item.key
    records = records_of(seqs or item.events.values_list("seq", flat=True), lang)
    ordered = sorted(records.values(), key=lambda one: (one.at, one.seq))
    return Moved(number, code, text.title if text else "", effects, ordered, as_of)


def _opened(item: Item, scores: Iterable[Live | RunScore], told: Cut) -> Iterable[tuple[Live | RunScore, Run, Trace]]:
    """The scores in which the work may count, opened; those of one number share what they are made from."""
    first, last = span_of(item)
    openings: dict[int | None, Opening] = {}
    for score in scores:
        period = Period.parse(score.period)
        if period.end <= first or (last is not None and period.start > last):
            continue
        seq, as_of = (None, score.as_of) if isinstance(score, Live) else (score.run.seq, score.run.as_of)
        if seq not in openings:
            openings[seq] = Opening(score.person_id, seq=seq, told=told)
        try:
            yield score, *openings[seq].score(period, score.card, as_of)
        except Unusable:
            continue


def _effect(run: Run, trace: Trace, record: TraceRecord, score: Live | RunScore, lang: str) -> Effect:
    leaves = {leaf.id: leaf.title for part in trace.parts for leaf in part.leaves()}
    good, without = dict(record.effect.if_good.parts), dict(record.effect.without.parts)
    return Effect(
        score.period,
        score.card,
        run.card.model.title,
        happened(run, trace, record, lang),
        record.effect.if_good.total,
        record.effect.without.total,
        [(leaves[one], good.get(one, 0), without.get(one, 0)) for one in leaves if one in good or one in without],
    )
