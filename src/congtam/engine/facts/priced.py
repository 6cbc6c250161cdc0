"""Items get the coefficient of their catalogue code, where their records state none.

The coefficient is the one of the day on which the item was received. A code nobody listed gives none: the coefficient
stays missing, never 1. What a record states itself is kept, and a finding says where it differs.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from congtam.engine.facts.work import Item, Work
from congtam.engine.findings import Finding, Place, Severity
from congtam.engine.periods import local_day

NAMED = 3  # so many items are named in a finding, the others counted


class Price(NamedTuple):
    """The coefficient (hundredths) of a code on a day, and the catalogue that says so."""

    coefficient: int
    catalogue: str


@dataclass(frozen=True)
class Prices:
    """What the catalogues say: `find` by code and day of receipt, every code they know, and what is to be told of them
    wherever they weigh, or might have weighed, anything."""

    find: Callable[[str, date], Price | None]
    codes: Collection[str]
    findings: tuple[Finding, ...] = ()


def priced(work: Work, prices: Prices) -> Work:
    """The work with coefficients from the catalogues. Without any catalogue it is the work as it was."""
    if not prices.codes and not prices.findings:
        return work
    items, told = [], _Told()
    for item in work.items:
        items.append(_priced(item, prices, told))
    found = (*work.findings, *prices.findings, *told.findings(prices.codes))
    return replace(work, items=tuple(items), findings=found)


class _Told:
    """Items by what is wrong with their code, so that a thousand items of one code give one finding."""

    def __init__(self) -> None:
        self.unknown: dict[str, list[Item]] = defaultdict(list)
        self.undated: dict[str, list[Item]] = defaultdict(list)
        self.other: dict[tuple[str, int], list[Item]] = defaultdict(list)

    def findings(self, codes: Collection[str]) -> Iterator[Finding]:
        for code, items in sorted(self.unknown.items()):
            message = f"{code!r} is in no catalogue that counts; cited by {_named(items)}{_without(items)}"
            yield _finding(
                "unknown-product", message, _close(code, codes) + "correct the code, or add it to a catalogue"
            )
        for code, items in sorted(self.undated.items()):
            message = f"{code!r} has no coefficient on the day of receipt of {_named(items)}{_without(items)}"
            advice = "complete the catalogue's dates, or correct the code"
            yield _finding("product-not-in-force", message, advice)
        for (code, coefficient), items in sorted(self.other.items()):
            given = ", ".join(sorted({f"{(item.coefficient or 0) / 100:.12g}" for item in items}))
            message = (
                f"{code!r} weighs {coefficient / 100:.12g} in the catalogue; records state {given}: {_named(items)}"
            )
            yield _finding("coefficient-differs", message, "what the record states counts; correct one of the two")


def _priced(item: Item, prices: Prices, told: _Told) -> Item:
    """One item; work that counts elsewhere or fell away is told about nowhere."""
    if item.catalogue is None or item.state in ("same_as", "cancelled"):
        return item
    price = prices.find(item.catalogue, local_day(item.received_at))
    if price is None:
        (told.undated if item.catalogue in prices.codes else told.unknown)[item.catalogue].append(item)
        return item
    if item.coefficient is None:
        return replace(item, coefficient=price.coefficient, coefficient_from=price.catalogue)
    if item.coefficient != price.coefficient:
        told.other[item.catalogue, price.coefficient].append(item)
    return item


def _close(code: str, codes: Collection[str]) -> str:
    """The listed code a record may have meant; a catalogue is too long to be listed whole."""
    found = get_close_matches(code, codes, n=1)
    return f"did you mean {found[0]!r}? " if found else ""


def _named(items: list[Item]) -> str:
    first = ", ".join(item.item for item in items[:NAMED])
    more = f" and {len(items) - NAMED} more" if len(items) > NAMED else ""
    return f"{len(items)} items ({first}{more})" if len(items) > 1 else first


def _without(items: list[Item]) -> str:
    """How many of them are left without any coefficient."""
    bare = sum(1 for item in items if item.coefficient is None)
    return f"; {bare} without a coefficient" if bare else ""


def _finding(code: str, message: str, advice: str) -> Finding:
    return Finding(code, message, advice, Place("catalogues"), Severity.WARNING)
