"""One scorecard's live points as the page shows them: parts with bars, the range, the grade before caps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Certainty, Scorecard, Text
from congtam.engine.scoring.grades import By
from congtam.engine.scoring.points import micropoints, portion
from congtam.engine.states import State
from congtam.scores.models import Live, RunScore


@dataclass(frozen=True)
class Part:
    """One part: what was earned of what could be measured so far, of its maximum; millionths."""

    id: str
    title: Text
    state: State
    earned: int
    measurable: int
    maximum: int
    parts: tuple["Part", ...] = ()

    @property
    def lost(self) -> int:
        """Points that what was measured so far did not give."""
        return self.measurable - self.earned

    @property
    def absent(self) -> bool:
        """Nothing of the kind arose, or a person decided that it does not count: there is nothing to lose."""
        return self.state in (State.NOT_APPLICABLE, State.EXCUSED)


@dataclass(frozen=True)
class Band:
    """A grade between two totals (millionths), from the lowest up."""

    title: Text
    start: int
    end: int


@dataclass(frozen=True)
class Card:
    """A scorecard with the live points of one person under it. `legal`: the one that counts; others stand beside it."""

    rulebook: str
    scorecard: str
    title: Text
    legal: bool
    lowest: int
    highest: int
    earned: int
    measurable: int
    whole: int
    grade: Text | None
    by: By
    n_items: int
    least_items: int
    least_days: int
    as_of: datetime
    parts: tuple[Part, ...]
    bands: tuple[Band, ...]
    places: int
    unverified: bool
    notice: Text | None

    @property
    def key(self) -> str:
        """Names the card in addresses."""
        return f"{self.rulebook}#{self.scorecard}"

    @property
    def total(self) -> int | None:
        """The one figure, when nothing is missing any more."""
        return self.lowest if self.lowest == self.highest and self.parts else None

    @property
    def enough(self) -> bool:
        """Whether there is enough work for a grade."""
        return self.by is not By.INSUFFICIENT


def card_of(live: Live | RunScore, book: Rulebook, as_of: datetime) -> Card:
    """The points of a live row (or of a run) under the rulebook they were made with."""
    model = book.scorecards[live.scorecard].model
    grade = next((one.title for one in model.grades if one.id == live.grade), None)
    basis = model.legal_basis or book.head.legal_basis
    return Card(
        live.rulebook,
        live.scorecard,
        model.title,
        live.legal,
        live.lowest,
        live.highest,
        live.earned,
        live.measurable,
        micropoints(model.points),
        grade,
        By(live.graded_by),
        live.n_items,
        model.minimum.items,
        model.minimum.working_days,
        as_of,
        parts_of(live.parts),
        tuple(_bands(model)),
        min(model.rounding.shown, 1),
        basis is not None and basis.certainty is Certainty.UNVERIFIED,
        book.head.notice,
    )


def parts_of(told: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    """Parts out of the JSON of a trace."""
    return tuple(_part(one) for one in told)


def _part(told: Mapping[str, Any]) -> Part:
    inside = parts_of(told.get("parts", ()))
    earned, measurable = _leaf(told) if not inside else (0, 0)
    return Part(
        told["id"],
        Text(**told["title"]),
        State(told["state"]),
        sum(one.earned for one in inside) if inside else earned,
        sum(one.measurable for one in inside) if inside else measurable,
        told["maximum"],
        inside,
    )


def _leaf(told: Mapping[str, Any]) -> tuple[int, int]:
    """Earned and measurable points of a part without parts, as `PartScore` counts them."""
    lowest, highest = told.get("lowest"), told.get("highest")
    if lowest is None or highest is None:
        return 0, 0
    maximum = told["maximum"]
    earned = portion(Fraction(lowest), maximum)
    most = earned if lowest == highest else portion(Fraction(highest), maximum)
    return earned, earned + maximum - most


def _bands(model: Scorecard) -> Iterable[Band]:
    """Grades that lie between two totals, the lowest first."""
    end = micropoints(model.points)
    found = []
    for one in model.grades:
        start = micropoints(one.floor) if one.floor is not None else 0
        found.append(Band(one.short or one.title, start, end))
        end = start
    return [] if model.by_conditions or not model.points else reversed(found)
