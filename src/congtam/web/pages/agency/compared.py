"""Units beside each other without a rank: a share with its n, and whether it can be told from what is usual here."""

from collections.abc import Mapping
from dataclasses import dataclass

from congtam.engine.comparing.funnel import Side, funnel
from congtam.engine.comparing.intervals import share_interval
from congtam.engine.rulebook.model import Text
from congtam.scores.overview import Overdue

MINIMUM = 20  # shares; with fewer nothing is said about a unit
BANDS = {
    Side.ABOVE: Text(vi="cao hơn mức chung", en="above what is usual here"),
    Side.INSIDE: Text(vi="tương đương, chưa đủ căn cứ phân hạng", en="alike; nothing sets them apart"),
    Side.BELOW: Text(vi="thấp hơn mức chung", en="below what is usual here"),
    Side.CANNOT_TELL: Text(vi=f"chưa đủ việc để so sánh (dưới {MINIMUM})", en=f"too few items (below {MINIMUM})"),
}
BADGES = {Side.ABOVE: "late", Side.INSIDE: "none", Side.BELOW: "ok", Side.CANNOT_TELL: "none"}


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
    """How a unit's share lies to the others."""

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
    """Each unit's share, and on which side of what is usual among them it lies; of those said to lie outside at most a
    few are so by chance."""
    points = funnel({str(unit): (one.late, one.n) for unit, one in counts.items()}, minimum=MINIMUM).points
    sides = {int(point.subject): point.side for point in points}
    return {unit: Band(share_of(one), BANDS[sides[unit]], BADGES[sides[unit]]) for unit, one in counts.items()}


def _tenths(millionths: int | None) -> int | None:
    return None if millionths is None else (millionths + 500) // 1000
