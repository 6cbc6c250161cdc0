"""Units beside each other without a rank: a share with its n, and whether it surely differs from that of the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from congtam.engine.comparing.intervals import CONFIDENCE, WHOLE, share_interval
from congtam.engine.rulebook.model import Text
from congtam.scores.overview import Overdue

MINIMUM = 20  # shares; with fewer nothing is said about a unit


class Side(StrEnum):
    """On which side of the whole a unit surely lies."""

    ABOVE = "above"
    ALIKE = "alike"
    BELOW = "below"
    CANNOT_TELL = "cannot_tell"


TEXTS = {
    Side.ABOVE: Text(vi="cao hơn", en="above"),
    Side.ALIKE: Text(vi="tương đương", en="alike"),
    Side.BELOW: Text(vi="thấp hơn", en="below"),
    Side.CANNOT_TELL: Text(vi="chưa đủ việc", en="too few items"),
}
BADGES = {Side.ABOVE: "late", Side.ALIKE: "none", Side.BELOW: "ok", Side.CANNOT_TELL: "none"}


@dataclass(frozen=True)
class Share:
    """An overdue share: `percent` with the interval in which the true one lies (all in tenths of a percent; None where
    there are too few cases to say), and the counts it stands on."""

    counts: Overdue
    percent: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Band:
    """How a unit's share lies to that of the whole."""

    share: Share
    text: Text
    badge: str


def share_of(counts: Overdue) -> Share:
    """The share of counts."""
    if counts.n < MINIMUM:
        return Share(counts, None, None, None)
    told = share_interval(counts.late, counts.n)
    return Share(counts, _tenths(told.estimate), _tenths(told.low), _tenths(told.high))


def bands(counts: Mapping[int, Overdue]) -> dict[int, Band]:
    """Each unit's share, and on which side of the whole's it lies."""
    whole = sum(counts.values(), Overdue())
    compared = sum(one.n >= MINIMUM for one in counts.values())
    sides = {unit: _side(one, whole, compared) for unit, one in counts.items()}
    return {unit: Band(share_of(one), TEXTS[sides[unit]], BADGES[sides[unit]]) for unit, one in counts.items()}


def _side(unit: Overdue, whole: Overdue, compared: int) -> Side:
    """A side is named only when the unit's interval leaves the whole's share out; it is widened by the number of units
    compared, so that among all of them one is named by chance in at most a twentieth of months (Bonferroni)."""
    if unit.n < MINIMUM or compared < 2:
        return Side.CANNOT_TELL
    told = share_interval(unit.late, unit.n, 1 - (1 - CONFIDENCE) / compared)
    usual = whole.late * WHOLE / whole.n
    assert told.low is not None and told.high is not None, "there are cases"
    return Side.ABOVE if told.low > usual else Side.BELOW if told.high < usual else Side.ALIKE


def _tenths(millionths: int | None) -> int | None:
    return None if millionths is None else (millionths + 500) // 1000
