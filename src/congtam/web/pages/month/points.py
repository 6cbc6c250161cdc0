"""One scorecard's live points as the page shows them: parts with bars, the range, the grade before caps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Certainty, Scorecard, Text
from congtam.engine.scoring.grades import By
from congtam.engine.scoring.points import micropoints
from congtam.engine.states import State
from congtam.scores.models import Live, LiveUnit, RunScore


@dataclass(frozen=True)
class Part:
    """A part that carries points: what was earned of what could be measured so far, of its maximum; millionths."""

    id: str
    title: Text
    group: Text | None
    state: State
    earned: int
    measurable: int
    maximum: int

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
    """A grade between two totals (millionths)."""

    title: Text
    start: int
    end: int


@dataclass(frozen=True)
class Proposal:
    """What the machine proposes when a condition holds, and where that stands: a person decides."""

    title: Text
    propose: Text
    state: str
    n: int


@dataclass(frozen=True)
class Card:
    """A scorecard with the points of one person under it. `legal`: the one that counts; others stand beside it."""

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
    reason: Text | None
    by: By
    n_items: int
    working_days: int
    least_items: int
    least_days: int
    as_of: datetime
    parts: tuple[Part, ...]
    bands: tuple[Band, ...]
    proposals: tuple[Proposal, ...]
    unverified: bool
    notice: Text | None

    @property
    def key(self) -> str:
        """Names the card in addresses."""
        return f"{self.rulebook}#{self.scorecard}"

    @property
    def total(self) -> int | None:
        """The one figure, once nothing is missing any more."""
        return self.lowest if self.lowest == self.highest and self.parts else None

    @property
    def enough(self) -> bool:
        """Whether there is enough work for a grade."""
        return self.by is not By.INSUFFICIENT


def card_of(score: Live | RunScore | LiveUnit, book: Rulebook, as_of: datetime) -> Card:
    """The points of a live row (or of a run) under the rulebook they were made with. A unit works on no days."""
    model = book.scorecards[score.scorecard].model
    titles = {one.id: one.title for one in model.grades}
    basis = model.legal_basis or book.head.legal_basis
    return Card(
        score.rulebook,
        score.scorecard,
        model.title,
        score.legal,
        score.lowest,
        score.highest,
        score.earned,
        score.measurable,
        micropoints(model.points),
        titles.get(score.grade or ""),
        _text(score.grading.get("reason")),
        By(score.graded_by),
        score.n_items,
        0 if isinstance(score, LiveUnit) else score.working_days,
        model.minimum.items,
        model.minimum.working_days,
        as_of,
        tuple(_part(one) for one in score.parts),
        tuple(_bands(model)),
        tuple(_proposal(one, titles) for one in score.grading.get("proposals", ())),
        basis is not None and basis.certainty is Certainty.UNVERIFIED,
        book.head.notice,
    )


def _part(told: Mapping[str, Any]) -> Part:
    return Part(
        told["id"],
        Text(vi=told["vi"], en=told["en"]),
        _text(told["group"]),
        State(told["state"]),
        told["earned"],
        told["measurable"],
        told["maximum"],
    )


def _proposal(told: Mapping[str, Any], titles: Mapping[str, Text]) -> Proposal:
    return Proposal(Text(vi=told["vi"], en=told["en"]), titles[told["propose"]], told["state"], told["n"])


def _text(told: Mapping[str, str] | None) -> Text | None:
    return None if told is None else Text(vi=told["vi"], en=told["en"])


def _bands(model: Scorecard) -> Iterable[Band]:
    """Grades that lie between two totals, the lowest first."""
    end = micropoints(model.points)
    found = []
    for one in model.grades:
        start = micropoints(one.floor) if one.floor is not None else 0
        found.append(Band(one.short or one.title, start, end))
        end = start
    return [] if model.by_conditions or not model.points else reversed(found)
