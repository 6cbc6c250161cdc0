"""People's work as the cards of a period see it: as it stands folded, or from the records."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from congtam.calendars.queries import calendar_for
from congtam.engine.facts.priced import Prices
from congtam.engine.measuring.rows import Rows
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.digest import sha256
from congtam.engine.scoring.asked import Asked
from congtam.engine.scoring.folds import Folds
from congtam.engine.scoring.legal import Entry
from congtam.engine.working_time import Calendar
from congtam.registry import queries as registry
from congtam.scores.cards import Cards
from congtam.scores.facts import facts_about
from congtam.work.queries import rows_for

RowsOf = Callable[[Entry], Rows]


def rows_of(cards: Cards, persons: frozenset[int], asked: Asked, now: datetime) -> RowsOf:
    """The rows of people as seen now; made once for all cards that see work alike. What is over, and cards that count
    time in another way than the site, go back to the records."""
    from_records = folded_rows(persons, asked)
    if asked.as_of < now:
        return from_records
    folded = folded_under(local_day(now), cards.rules)
    made: dict[int | None, Rows] = {}

    def rows(entry: Entry) -> Rows:
        if clocks_of(entry.rulebook, entry.calendar) != folded:
            return from_records(entry)
        prices = prices_of(entry.rulebook)
        key = id(entry.rulebook) if prices.codes else None
        if key not in made:
            made[key] = rows_for(persons, asked.period, asked.as_of, prices=prices)
        return made[key]

    return rows


def are_folded_for(cards: Cards, now: datetime) -> bool:
    """Whether work as it stands folded is what all cards see, without prices of a catalogue."""
    folded = folded_under(local_day(now), cards.rules)
    return all(
        clocks_of(entry.rulebook, entry.calendar) == folded and not prices_of(entry.rulebook).codes
        for entry in cards.entries.values()
    )


def clocks_digest(now: datetime, rules: int) -> str:
    """A digest of the clocks under which work is folded at `now`; `rules`: the last number of rules and calendars."""
    return sha256(folded_under(local_day(now), rules))


def prices_of(book: Rulebook) -> Prices:
    """What its catalogues say products weigh."""
    return book.catalogues.prices(by_law=book.head.status == "in_force")


def folded_rows(persons: frozenset[int], asked: Asked) -> RowsOf:
    """From their records, as the engine folds them for each rulebook; made when first asked for."""
    made: list[Folds] = []

    def rows(entry: Entry) -> Rows:
        if not made:
            made.append(Folds(facts_about(persons, asked.period, seq=asked.seq)))
        return made[0].of(entry.rulebook, asked, entry.calendar)[1]

    return rows


@lru_cache(maxsize=8)
def folded_under(day: date, rules: int) -> Any:
    """The clocks and calendar under which work is folded on a day, those of the site's first scorecard by law; kept
    while `rules`, the last number of rules and calendars, stays."""
    cards = registry.cards_for(Period.of(PeriodKind.MONTH, day))
    if not cards:
        return None
    book = registry.book(cards[0].rulebook_id, day)
    return clocks_of(book, calendar_for(book, day))


def clocks_of(book: Rulebook, calendar: Calendar) -> Any:
    """Everything in a rulebook's clocks and its calendar that moves a deadline."""
    unread = {"legal_basis", "owner", "title"}
    told = {name: clock.model.model_dump(mode="json", exclude=unread) for name, clock in book.clocks.items()}
    return book.head.clock, told, calendar.digest
