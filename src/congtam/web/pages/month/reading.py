"""Everything the page of a month shows, read at one instant in a handful of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from congtam.engine.periods import Period
from congtam.engine.scoring.legal import Entry
from congtam.engine.working_time import Calendar
from congtam.scores.cards import cards_of
from congtam.scores.known import cut
from congtam.scores.models import Live, RunScore
from congtam.scores.queries import last_night, live_of
from congtam.web.pages.month.losses import Loss, losses_of
from congtam.web.pages.month.points import Card, card_of
from congtam.web.pages.month.sentence import Ahead, sentences
from congtam.web.pages.month.tasks import Tasks, tasks_of


@dataclass(frozen=True)
class Month:
    """A month of one person. `card`: the scorecard that counts (else the first); `others` stand beside it; `as_of`: the
    instant from which the points were seen; `version` changes whenever the points do."""

    period: Period
    now: datetime
    card: Card | None
    others: tuple[Card, ...]
    ahead: Ahead | None
    losses: tuple[Loss, ...]
    tasks: Tasks | None
    version: str
    sentences: list[str] = field(default_factory=list)

    @property
    def as_of(self) -> datetime:
        """From when the points are seen."""
        return self.card.as_of if self.card else self.now

    @property
    def running(self) -> bool:
        """Whether the month still runs: everything is provisional."""
        return self.now < self.period.end


def own_month(person: int, period: Period, now: datetime, lang: str) -> Month:
    """One's own month, live."""
    return _month(person, period, now, lang, live_of(person, period.label), work=True)


def their_month(person: int, period: Period, now: datetime, lang: str, *, live: bool, work: bool) -> Month:
    """Another person's month: points as of last night unless `live`; with `work`, also where it stands now."""
    scores = live_of(person, period.label) if live else last_night([person], period.label)
    return _month(person, period, now, lang, scores, work=work)


def version_of(scores: Iterable[Live | RunScore]) -> str:
    """A short digest that changes when any of the scores was made anew."""
    told = sorted((one.card, one.lowest, one.highest, one.earned, one.n_items, one.grade or "") for one in scores)
    return sha256(repr(told).encode()).hexdigest()[:16]


def _month(
    person: int, period: Period, now: datetime, lang: str, scores: list[Live] | list[RunScore], *, work: bool
) -> Month:
    entries = cards_of(period, cut().rules).entries
    cards = [_card(one, entries) for one in scores if one.card in entries]
    first = next((one for one in scores if one.card in entries), None)
    running = now < period.end
    ahead = _ahead(first) if isinstance(first, Live) else None
    return Month(
        period,
        now,
        cards[0] if cards else None,
        tuple(cards[1:]),
        ahead,
        losses_of(first) if isinstance(first, Live) else (),
        tasks_of(person, _calendar(entries), now) if work and running else None,
        version_of(scores),
        sentences(cards[0] if cards else None, ahead, live=running, now=now, lang=lang),
    )


def _card(score: Live | RunScore, entries: Mapping[str, Entry]) -> Card:
    as_of = score.as_of if isinstance(score, Live) else score.run.as_of
    return card_of(score, entries[score.card].rulebook, as_of)
