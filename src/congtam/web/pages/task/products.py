"""The products of the site's catalogues, as work may cite them: code, title, coefficient K."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from congtam.engine.explaining.formats import scaled
from congtam.engine.periods import Period, PeriodKind
from congtam.scores.cards import cards_of
from congtam.scores.known import cut


@dataclass(frozen=True)
class Listed:
    """A product that holds on a day, with its coefficient K as people write it."""

    code: str
    title: str
    coefficient: str


def products_on(day: date, lang: str) -> dict[str, Listed]:
    """The products that the rulebooks scored in the month of a day list for it, by code."""
    return {one.code: one for one in _listed(day, lang)}


def _listed(day: date, lang: str) -> Iterator[Listed]:
    entries = cards_of(Period.of(PeriodKind.MONTH, day), cut().rules).entries.values()
    for book in {entry.rulebook.id: entry.rulebook for entry in entries}.values():
        for catalogue in book.catalogues.by_id.values():
            for product in catalogue.products:
                if product.holds_on(day):
                    yield Listed(product.code, product.title.in_(lang), scaled(product.hundredths, 2, lang))
