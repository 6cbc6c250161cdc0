"""Shares of units of every size around the share of the whole: small ones may lie far off by chance, large ones not.

Limits and p-values come from one distribution of counts: the binomial, or, where units differ beyond chance (as large
units always would), the beta-binomial with the spread found between them: that
fitted to the counts, as rare shares are skewed, or that of the squares of deviations, whichever is larger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import ceil, floor

import numpy as np
from scipy import special

from congtam.engine.comparing.correlation import fitted
from congtam.engine.comparing.discoveries import RATE, discoveries
from congtam.engine.comparing.intervals import WHOLE, check_counts
from congtam.engine.comparing.spread import Floats, spread_between

LEVELS = (0.95, 0.998)
LEAST_SPREAD = 1e-9
MOST_KEPT, LARGEST_KEPT = 1024, 2000  # units of one size, if it is not large, share their chances


class Side(StrEnum):
    """Where a unit lies: INSIDE is what chance and the usual spread explain; CANNOT_TELL has too few cases."""

    INSIDE = "inside"
    ABOVE = "above"
    BELOW = "below"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Point:
    """One unit in the funnel. Limits are pairs in millionths at 95 % and 99.8 %, None without cases. `above` and
    `below` are exact one-sided p-values, `p_value` the two-sided one; all None where too few cases cannot tell."""

    subject: str
    numerator: int
    denominator: int
    limits: tuple[tuple[int, int], ...] | None
    above: float | None
    below: float | None
    p_value: float | None
    side: Side


@dataclass(frozen=True, slots=True)
class Funnel:
    """Points in the order given around `share`, that of a unit in the middle; the whole's is `numerator /
    denominator`. `factor` is the overdispersion (1: nothing but chance), `correlation` that of two cases of one unit,
    which widens the limits (0: binomial)."""

    numerator: int
    denominator: int
    share: float
    factor: float
    correlation: float
    points: tuple[Point, ...]


def funnel(
    counts: Mapping[str, tuple[int, int]], minimum: int = 1, rate: float = RATE, usual: tuple[int, int] | None = None
) -> Funnel:
    """The funnel of units given as (numerator, denominator), around `usual` (what is fitted to them, unless given). A
    unit below `minimum` cases cannot be told; of the others found outside, at most `rate` are so by chance on average.

    Spiegelhalter, D. J. (2005) Funnel plots for comparing institutional performance, Statistics in Medicine 24 (exact
    limits of counts, winsorised additive overdispersion). Ennis, D. M. and Bi, J. (1998) The beta-binomial model, J.
    Sensory Studies 13 (the spread as a distribution of counts). Raises `Unusable` (bad-count, bad-rate).
    """
    for numerator, denominator in (*counts.values(), *([usual] if usual else ())):
        check_counts(numerator, denominator)
    whole = usual or (sum(k for k, _ in counts.values()), sum(n for _, n in counts.values()))
    factor, share, correlation = _middle(counts, whole, max(1, minimum), fixed=usual is not None)
    tails = {
        subject: count_tails(k, n, share, correlation) if n >= max(1, minimum) else None
        for subject, (k, n) in counts.items()
    }
    two_sided = [None if tail is None else min(1.0, 2 * min(tail)) for tail in tails.values()]
    points = []
    for (subject, tail), p_value, found in zip(tails.items(), two_sided, discoveries(two_sided, rate), strict=True):
        k, n = counts[subject]
        limits = tuple(count_limits(n, share, level, correlation) for level in LEVELS) if n else None
        above, below = tail or (None, None)
        points.append(Point(subject, k, n, limits, above, below, p_value, _side(tail, found.shown)))
    return Funnel(*whole, share, factor, correlation, tuple(points))


def _side(tail: tuple[float, float] | None, shown: bool) -> Side:
    if tail is None:
        return Side.CANNOT_TELL
    above, below = tail
    return Side.INSIDE if not shown else Side.ABOVE if above < below else Side.BELOW


def _middle(
    counts: Mapping[str, tuple[int, int]], whole: tuple[int, int], minimum: int, fixed: bool
) -> tuple[float, float, float]:
    """The factor, the share in the middle (the whole's if fixed), and the correlation of cases of one unit."""
    share = whole[0] / whole[1] if whole[1] else 0.0
    told = np.array([count for count in counts.values() if count[1] >= minimum], dtype=np.int64).reshape(-1, 2)
    hits, cases = told[:, 0], told[:, 1]
    if len(told) < 2 or not 0 < share < 1 or not 0 < hits.sum() < cases.sum():
        return 1.0, share, 0.0
    errors = np.sqrt(share * (1 - share) / cases)
    spread = spread_between((hits / cases - share) / errors, errors)
    fit = fitted(hits, cases)
    correlation = min(max(spread.variance / (share * (1 - share)), fit.correlation), 0.99)
    return spread.factor, share if fixed else fit.share, correlation


def count_chances(cases: int, share: float, correlation: float = 0.0) -> Floats:
    """The probabilities of 0, 1 … `cases`, binomial or, with a correlation, beta-binomial; not to be written to."""
    return (_kept if cases <= LARGEST_KEPT else _chances)(cases, share, correlation)


def _chances(cases: int, share: float, correlation: float) -> Floats:
    k = np.arange(cases + 1)
    if share <= 0 or share >= 1:
        return np.where(k == (cases if share >= 1 else 0), 1.0, 0.0)
    ways = special.gammaln(cases + 1) - special.gammaln(k + 1) - special.gammaln(cases - k + 1)
    if correlation < LEAST_SPREAD:
        chances: Floats = np.exp(ways + k * np.log(share) + (cases - k) * np.log1p(-share))
    else:
        a, b = (part * (1 / correlation - 1) for part in (share, 1 - share))
        chances = np.exp(ways + special.betaln(k + a, cases - k + b) - special.betaln(a, b))
    whole: Floats = chances / chances.sum()
    return whole


_kept = lru_cache(maxsize=MOST_KEPT)(_chances)


def count_tails(count: int, cases: int, share: float, correlation: float = 0.0) -> tuple[float, float]:
    """The exact chances of at least `count`, and of at most `count`, among so many cases."""
    chances = count_chances(cases, share, correlation)
    return min(1.0, float(chances[count:].sum())), min(1.0, float(chances[: count + 1].sum()))


@lru_cache(maxsize=MOST_KEPT)
def count_limits(cases: int, share: float, level: float, correlation: float = 0.0) -> tuple[int, int]:
    """The limits between which a unit of so many cases lies with probability `level`, in millionths, interpolated
    between counts as in Spiegelhalter (2005), appendix A.1, and rounded outwards."""
    if share in (0, 1):
        return (round(share) * WHOLE,) * 2
    summed = np.cumsum(count_chances(cases, share, correlation))
    low, high = (_quantile(summed, tail) / cases for tail in ((1 - level) / 2, (1 + level) / 2))
    return floor(low * WHOLE), ceil(high * WHOLE)


def _quantile(summed: Floats, probability: float) -> float:
    index = min(int(np.searchsorted(summed, probability)), len(summed) - 1)
    before = float(summed[index - 1]) if index else 0.0
    step = float(summed[index]) - before
    part = (float(summed[index]) - probability) / step if step > 0 else 0.0
    return max(0.0, index - min(1.0, max(0.0, part)))
