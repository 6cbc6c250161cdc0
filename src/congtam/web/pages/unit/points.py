"""Points of whole units as pages show them; only of those over which the seat sees the work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import Branch
from congtam.scores.cards import cards_of
from congtam.scores.models import LiveUnit
from congtam.scores.units.queries import hold_at, scores_of
from congtam.web.pages.month.points import Card, card_of


@dataclass(frozen=True)
class Points:
    """The points of one unit under one scorecard. `why`: where they are opened."""

    unit: int
    card: Card
    period: Text
    why: str


@dataclass(frozen=True)
class Table:
    """The points of several units under one scorecard in one period, with the parts that are worth points; `card`: that
    of the first."""

    card: Card
    period: Text
    parts: tuple[Text, ...]
    lines: tuple[tuple[str, Points], ...]


@dataclass(frozen=True)
class Shown:
    """The points of units, and the instant at which all of them hold; None without any."""

    points: tuple[Points, ...]
    as_of: datetime | None

    def tables(self, names: Mapping[int, str]) -> list[Table]:
        """The points by scorecard, units in the order of `names`."""
        found: dict[tuple[str, str], list[Points]] = {}
        for one in self.points:
            found.setdefault((one.period.vi, one.card.key), []).append(one)
        place = {unit: at for at, unit in enumerate(names)}
        return [_table(sorted(own, key=lambda one: place[one.unit]), names) for own in found.values()]


def points_of(seat: Seat, branches: Iterable[Branch], now: datetime, rules: int) -> Shown:
    """The live points of units in the running periods; `rules`: the last number of rules and calendars."""
    codes = {one.unit: one.code for one in branches if over_unit(seat, Right.SEE_WORK, one.unit)}
    rows = scores_of(codes, now, rules)
    told = [_points(row, codes[row.unit_id], rules) for row in rows]
    return Shown(tuple(one for one in told if one), hold_at(rows, now))


def _points(row: LiveUnit, code: str, rules: int) -> Points | None:
    period = Period.parse(row.period)
    entry = cards_of(period, rules, "unit").entries.get(row.card)
    if entry is None:
        return None
    why = f"{reverse('unit_why', args=[code])}?ky={period.label}"
    title = Text(vi=period.title("vi"), en=period.title("en"))
    return Points(row.unit_id, card_of(row, entry.rulebook, row.as_of), title, why)


def _table(own: list[Points], names: Mapping[int, str]) -> Table:
    card, parts = own[0].card, tuple(part.title for part in own[0].card.parts)
    return Table(card, own[0].period, parts, tuple((names[one.unit], one) for one in own))
