"""Which marks the scorecards in force ask people for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from congtam.engine.facts.tables import Facts
from congtam.engine.measuring.rows import Rows
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundIndicator, Rulebook
from congtam.engine.rulebook.model import Anchors, Text
from congtam.engine.scoring.points import POINT
from congtam.engine.scoring.rules import Rules, Scene, Subject
from congtam.engine.scoring.subject import out_of
from congtam.registry import queries as registry


@dataclass(frozen=True)
class Criterion:
    """A mark people are asked for: `most` in millionths, `stage` the one that counts, `card` rulebook#scorecard.

    `outcomes`: the only marks there are, in millionths (none: any up to `most`); `anchors`: what marks stand for."""

    criterion: str
    title: Text
    most: int
    stage: str
    card: str
    indicator: str
    outcomes: tuple[int, ...] = ()
    anchors: Anchors | None = None


def asked_for(
    period: Period, role: str, staff_kind: str, cards: Iterable[tuple[Rulebook, str]] | None = None
) -> list[Criterion]:
    """What somebody in a role and of a kind of staff is marked on in a period, each criterion and stage once. `cards`:
    the scorecards in force, each with its rulebook, where they are at hand already."""
    found: dict[tuple[str, str], Criterion] = {}
    for book, card in _cards(period) if cards is None else cards:
        kinds = book.scorecards[card].model.staff_kind
        if not kinds or staff_kind in kinds:
            for one in _asked(book, card, period, role, staff_kind):
                found.setdefault((one.criterion, one.stage), one)
    return list(found.values())


def most_of(criterion: str, period: str) -> int | None:
    """The most a mark may be under the scorecards of a period, in millionths; None when none of them asks for it."""
    most = [
        out_of(one.model.measure)
        for book, _ in _cards(Period.parse(period))
        for one in _rated(book)
        if one.model.measure.rating_of and one.model.measure.rating_of.criterion == criterion
    ]
    return max(most, default=None)


def _cards(period: Period) -> Iterator[tuple[Rulebook, str]]:
    """The scorecards in force in a period, by the rules of its first day."""
    for one in registry.cards_for(period):
        yield registry.book(one.rulebook_id, period.first), one.scorecard_id


def _rated(book: Rulebook) -> Iterator[BoundIndicator]:
    return (one for one in book.indicators.values() if one.model.measure.rating_of)


_made: dict[tuple[str, str, Period, str, str], tuple[Rulebook, tuple[Criterion, ...]]] = {}


def _asked(book: Rulebook, card: str, period: Period, role: str, staff_kind: str) -> tuple[Criterion, ...]:
    """The marks of one scorecard for one role and kind of staff; kept as long as the rulebook is the same object."""
    key = (book.id, card, period, role, staff_kind)
    if key not in _made or _made[key][0] is not book:
        _made[key] = book, tuple(_read(book, card, period, role, staff_kind))
    return _made[key][1]


def _read(book: Rulebook, card: str, period: Period, role: str, staff_kind: str) -> Iterator[Criterion]:
    scene = Scene(book, book.scorecards[card], period, period.end, Facts(), Rows())
    rules = Rules(scene, Subject("", role, staff_kind=staff_kind))
    for name in rules.order:
        model = rules.indicators[name].model
        if rating := model.measure.rating_of:
            key = f"{book.id}#{card}"
            outcomes = tuple(int(one * POINT) for one in rating.outcomes)
            most = out_of(model.measure)
            yield Criterion(rating.criterion, model.title, most, rating.stage, key, name, outcomes, rating.anchors)
