"""How long people sit at forms: characters they type and choices they make, at a stated speed.

An assumption, not a measurement: 150 characters a minute of Vietnamese with diacritics, on a telephone or a keyboard,
and two seconds for each choice (a box, an entry of a list, a button). Reading and thinking are left out. What the
browsers of a site count (`congtam.notices.typing`) takes the place of it there.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles

CHARACTERS_A_MINUTE = 150
SECONDS_A_CHOICE = 2.0
FILE = 3  # choices it takes to find a file
TARGET = 5.0  # minutes a week


@dataclass(frozen=True)
class Filled:
    """One form sent: by whom, on which day, which form, and what it took."""

    person: str
    day: date
    form: str
    characters: int
    choices: int

    @property
    def seconds(self) -> float:
        """How long it took."""
        return seconds_for(self.characters, self.choices)


@dataclass(frozen=True)
class Week:
    """Minutes of one person in one week (its Monday)."""

    person: str
    monday: date
    minutes: float


@dataclass(frozen=True)
class Spread:
    """Minutes a week among people: the middle, nine in ten, the most; `over`: how many of `count` weeks took more than
    the target."""

    median: float
    p90: float
    most: float
    over: int
    count: int


def seconds_for(characters: int, choices: int) -> float:
    """How long so much typing and choosing takes."""
    return characters * 60 / CHARACTERS_A_MINUTE + choices * SECONDS_A_CHOICE


def weeks(filled: Iterable[Filled], people: Iterable[str], mondays: Iterable[date]) -> list[Week]:
    """Minutes of everybody in every week, also of who filled in nothing."""
    seconds: dict[tuple[str, date], float] = defaultdict(float)
    for one in filled:
        seconds[one.person, date.fromordinal(one.day.toordinal() - one.day.weekday())] += one.seconds
    known = list(mondays)
    return [Week(person, monday, seconds[person, monday] / 60) for person in people for monday in known]


def spread(minutes: Iterable[float]) -> Spread:
    """How minutes a week are spread."""
    told = sorted(minutes)
    if len(told) < 2:
        only = told[0] if told else 0.0
        return Spread(only, only, only, sum(one > TARGET for one in told), len(told))
    ninth = quantiles(told, n=10, method="inclusive")[8]
    return Spread(median(told), ninth, told[-1], sum(one > TARGET for one in told), len(told))


@dataclass(frozen=True)
class PerForm:
    """What one form takes: how often it was sent, and on average characters, choices, seconds."""

    form: str
    sent: int
    characters: float
    choices: float
    seconds: float


def per_form(filled: Iterable[Filled]) -> list[PerForm]:
    """Each form, the one that took most time altogether first."""
    by: dict[str, list[Filled]] = defaultdict(list)
    for one in filled:
        by[one.form].append(one)
    told = [
        PerForm(
            form,
            len(all_),
            sum(one.characters for one in all_) / len(all_),
            sum(one.choices for one in all_) / len(all_),
            sum(one.seconds for one in all_) / len(all_),
        )
        for form, all_ in by.items()
    ]
    return sorted(told, key=lambda one: -one.sent * one.seconds)
