"""Everything the page of a month shows, read at one instant in a handful of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import cache

from congtam.calendars.queries import national_calendar
from congtam.engine.periods import Period
from congtam.engine.scoring.grades import By
from congtam.history.planned import planned
from congtam.scores.cards import cards_of
from congtam.scores.known import rules_known
from congtam.scores.losses import losses_of
from congtam.scores.models import Live, Progress, Run, RunScore
from congtam.scores.queries import Place, live_of, of_last_night, place_of
from congtam.web.charts.months import Month as ChartMonth
from congtam.web.pages.month.arrived import A_MOMENT, Arrived, arrived
from congtam.web.pages.month.losses import NOTHING, Losses, lost_under
from congtam.web.pages.month.points import Card, card_of
from congtam.web.pages.month.sentence import Ahead, ahead_of
from congtam.web.pages.month.tasks import Tasks, tasks_among
from congtam.work.lists import Sight
from congtam.work.own import own_work

BEHIND = timedelta(minutes=5)  # live scores older than this are shown grey
MONTHS = 12
_LIVE_MONTHS = """
SELECT period, lowest, highest FROM scores_live
WHERE person_id = %(person)s AND rulebook = %(rulebook)s AND scorecard = %(scorecard)s AND graded_by <> %(without)s
ORDER BY period DESC LIMIT %(most)s
"""


@dataclass(frozen=True)
class Month:
    """A month of one person. `card`: the scorecard that counts (else the first); `others` stand beside it; `as_of`: the
    instant from which the points are seen; `stale_since`: since when they were not made anew, when that is too long
    ago; `version` changes whenever the points do; `runs`: the nightly runs the points are of, unless they are live;
    `rules`: the last number of rules."""

    period: Period
    as_of: datetime
    running: bool
    card: Card | None
    others: tuple[Card, ...]
    ahead: Ahead | None
    place: Place | None
    losses: Losses
    tasks: Tasks | None
    sources: Arrived | None
    stale_since: datetime | None
    version: str
    sight: Sight
    runs: tuple[Run, ...]
    rules: int


def own_month(person: int, period: Period, now: datetime) -> Month:
    """One's own month, live."""
    scores = live_of(person, period.label)
    return _month(person, period, now, scores, work=True)


def their_month(person: int, period: Period, now: datetime, *, live: bool, work: bool) -> Month:
    """Another person's month: points as of last night unless `live`; with `work`, also where it stands now."""
    scores: Sequence[Live] | Sequence[RunScore]
    scores = live_of(person, period.label) if live else of_last_night(person, period.label)
    return _month(person, period, now, scores, work=work)


def version_of(scores: Iterable[Live | RunScore]) -> str:
    """A short digest that changes when points, grade, number of items or outlook of any of the scores do."""
    told = sorted(
        (
            one.card,
            one.lowest,
            one.highest,
            one.earned,
            one.n_items,
            one.grade or "",
            repr(getattr(one, "forecast", "")),
        )
        for one in scores
    )
    return sha256(repr(told).encode()).hexdigest()[:16]


def months_of(person: int, rulebook: str, scorecard: str, *, live: bool) -> list[ChartMonth]:
    """The points of a person month by month under one scorecard, the oldest first; months with enough work. Unless
    `live`, those of the last nightly run of each month."""
    card = {"rulebook": rulebook, "scorecard": scorecard}
    if live:
        with planned() as cursor:
            cursor.execute(_LIVE_MONTHS, {**card, "person": person, "most": MONTHS, "without": By.INSUFFICIENT.value})
            told = cursor.fetchall()
    else:
        runs = Run.objects.filter(kind="nightly", **card).order_by("period", "-id").distinct("period").values("pk")
        rows = RunScore.objects.filter(run__in=runs, person=person).exclude(graded_by=By.INSUFFICIENT)
        told = list(rows.order_by("-period").values_list("period", "lowest", "highest")[:MONTHS])
    return [ChartMonth(*one) for one in reversed(told)]


def _month(
    person: int, period: Period, now: datetime, scores: Sequence[Live] | Sequence[RunScore], *, work: bool
) -> Month:
    rules = rules_known()
    entries = cards_of(period, rules).entries
    known = [one for one in scores if one.card in entries]
    cards = [card_of(one, entries[one.card].rulebook, _seen(one)) for one in known]
    calendars = [entry.calendar for entry in entries.values()]
    sight = Sight(now, calendars[0] if calendars else national_calendar())
    running = now < period.end
    live = known[0] if known and isinstance(known[0], Live) else None
    done = cache.get_or_set("complete_at", _complete_at, A_MOMENT) if live is not None and running else None
    lost: dict[str, Any] = losses_of(live) if live is not None else {"n": 0, "lines": []}
    stands = own_work(person, [line["item"] for line in lost["lines"]], now) if work else []
    return Month(
        period,
        _as_of(cards[0], live, done, now) if cards else now,
        running,
        cards[0] if cards else None,
        tuple(cards[1:]),
        ahead_of(live) if live is not None and running else None,
        place_of(live) if live is not None else None,
        lost_under(lost, cards[0], stands, now) if live is not None else NOTHING,
        tasks_among((row for row in stands if row.state == "open"), sight) if work and running else None,
        arrived(sight.calendar, now) if running else None,
        done if done is not None and now - done > BEHIND else None,
        version_of(scores),
        sight,
        tuple(one.run for one in scores if isinstance(one, RunScore)),
        rules,
    )


def _seen(score: Live | RunScore) -> datetime:
    return score.as_of if isinstance(score, Live) else score.run.as_of


def _as_of(card: Card, live: Live | None, done: datetime | None, now: datetime) -> datetime:
    """From when points are seen: a live score still holds at the last instant at which nothing was left to do."""
    return min(now, done) if live is not None and done is not None and done > card.as_of else card.as_of


def _complete_at() -> datetime | None:
    return Progress.objects.filter(id=1).values_list("complete_at", flat=True).first()
