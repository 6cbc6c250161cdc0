"""The scorecards that are scored live: which periods, under which rules and calendars."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from threading import Lock

import structlog

from congtam.calendars.queries import calendar_for
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.rulebook.digest import meaning_digest, sha256
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.full_run import Plans
from congtam.engine.scoring.legal import Entry, for_information
from congtam.engine.scoring.run import admitted
from congtam.engine.scoring.subject import Compiled
from congtam.engine.scoring.validity import on_any_day, on_first_day
from congtam.registry import queries as registry

log = structlog.get_logger(__name__)
KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF_YEAR, PeriodKind.YEAR)
SUBJECTS = ("official", "unit")


@dataclass(frozen=True)
class Cards:
    """The scorecards of officials, or of units, in one period, by rulebook#scorecard. Years averaged from months are
    not among them: they change when a month is published, not with every record. `compiled`: rules made ready, by card;
    `plans`: the statements that scan work for them; `rules`: the last number of rules and calendars they were made
    of."""

    period: Period
    rules: int
    entries: Mapping[str, Entry]
    compiled: dict[str, Compiled] = field(default_factory=dict, compare=False, repr=False)
    plans: Plans = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def digest(self) -> str:
        """A digest of everything in rules and calendars that a score depends on."""
        return sha256(
            [
                [key, entry.trial, meaning_digest(entry.rulebook), entry.calendar.digest]
                for key, entry in sorted(self.entries.items())
            ]
        )


_kept: dict[tuple[Period, int], dict[str, Cards]] = {}
_making = Lock()  # rules take a second to be made ready: the threads of a process wait for one of them


def cards_of(period: Period, rules: int, subject: str = "official") -> Cards:
    """The scorecards of officials, or of units, in a period; kept while `rules`, the last number of rules and
    calendars, stays."""
    key = (period, rules)
    made = _kept.get(key)
    if made is None:
        with _making:
            made = _kept.get(key) or _made(period, rules)
            for old in [one for one in _kept if one[1] != rules]:
                del _kept[old]
            _kept[key] = made
    return made[subject]


def cards_at(period: Period, rules: int, seq: int | None, subject: str = "official") -> Cards:
    """The same as known at `seq` (None: now): those of now while no score could tell them from what was known then."""
    now = cards_of(period, rules, subject)
    if seq is None or rules <= seq:
        return now
    then = _cards_then(period, seq)[subject]
    return now if then.digest == now.digest else then


@lru_cache(maxsize=16)
def _cards_then(period: Period, seq: int) -> dict[str, Cards]:
    """Facts never change, so neither does what was known at a number."""
    return _made(period, seq, seq)


def _made(period: Period, rules: int, seq: int | None = None) -> dict[str, Cards]:
    found = entries_of(period, seq=seq)
    return {
        of: Cards(period, rules, {name: one for name, one in found.items() if one.card.model.subject == of})
        for of in SUBJECTS
    }


def live_cards(now: datetime, rules: int, subject: str = "official") -> list[Cards]:
    """Of each kind of period with a scorecard: the running period and the one before, the running ones first."""
    today = local_day(now)
    running = [Period.of(kind, today) for kind in KINDS]
    before = [period.previous() for period in running]
    made = [cards_of(period, rules, subject) for period in (*running, *before)]
    return [one for one in made if one.entries]


def rules_digest(cards: Iterable[Cards]) -> str:
    """One digest of all rules and calendars in use, the same from one period to the next while they stay."""
    return sha256([[one.period.kind, one.digest] for one in cards])


def entries_of(period: Period, *, seq: int | None = None, rolled_up: bool = False) -> dict[str, Entry]:
    """The scorecards scored in a period, by rulebook#scorecard, with their rules and calendars as known at `seq` (None:
    now); with `rolled_up` also those averaged from months.

    One whose rules do not hold in the period is left out; one of units must hold on its first day, for there is nobody
    to decide on another.
    """
    found: dict[str, Entry] = {}
    for one in registry.cards_for(period, seq=seq):
        key = f"{one.rulebook_id}#{one.scorecard_id}"
        try:
            book = registry.book(one.rulebook_id, period.first, seq=seq)
            model = book.scorecards[one.scorecard_id].model
            if model.subject not in SUBJECTS or not _for(model.period, period):
                continue
            if model.roll_up is not None and not rolled_up:
                continue
            holds = on_any_day if model.subject == "official" else on_first_day
            if not one.legal:
                book = for_information(book, one.scorecard_id)
            card, trial = admitted(book, one.scorecard_id, Asked(period, period.end), holds)
        except (Unusable, KeyError) as problem:
            log.warning("scorecard_left_out", card=key, period=period.label, exc_info=problem)
            continue
        found[key] = Entry(key, book, card, calendar_for(book, period.first, seq), trial)
    return found


def _for(of: str, period: Period) -> bool:
    """A card for any period is scored by the month."""
    return of == period.kind.value or (of == "any" and period.kind is PeriodKind.MONTH)
