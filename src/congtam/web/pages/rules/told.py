"""What the page of a rulebook is made of, in one language: cards, parts, grades, indicators."""

from dataclasses import dataclass

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class TitledLines:
    """A title with its lines; only told when there are any."""

    title: str
    lines: list[str]


@dataclass(frozen=True)
class PartTold:
    """A part of a scorecard: what it can give, how, and the parts it is made of."""

    anchor: str
    title: str
    points: str
    lines: list[str]
    indicators: list["Named"]
    parts: list["PartTold"]


@dataclass(frozen=True)
class Named:
    """An indicator by its title, with the address of its page."""

    title: str
    address: str


@dataclass(frozen=True)
class GradeTold:
    """A grade with its band and condition."""

    title: str
    band: str
    condition: str


@dataclass(frozen=True)
class CardTold:
    """A scorecard in one language; `scored` says since when the site scores it (empty: it does not), `choosable` that
    it may: those that break work down are made for reading only."""

    anchor: str
    title: str
    scored: str
    choosable: bool
    facts: Pairs
    parts: list[PartTold]
    grades: list[GradeTold]
    decides: str
    sections: list[TitledLines]


@dataclass(frozen=True)
class IndicatorTold:
    """An indicator: its definition, how it is measured, and what else there is to know."""

    id: str
    title: str
    definition: str
    sentences: list[str]
    facts: Pairs
    counter: Named
    basis: str
    certainty: str
    owner: str
    lent: str
    used: list[str]
    address: str
