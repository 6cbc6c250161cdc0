"""Between which ranks each subject may truly stand, so that all of them do at once with the promised probability.

Every pair is set apart only when its difference is beyond a limit that no pair of equals passes, with that
probability. What cannot be set apart stays together: nhóm tương đương, chưa đủ căn cứ phân hạng.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from congtam.engine.comparing.intervals import CONFIDENCE, check_confidence, check_counts
from congtam.engine.comparing.spread import Floats
from congtam.engine.findings import unusable

Flags = NDArray[np.bool_]
HALF_A_COUNT = 0.5  # continuity correction: without it, ties of small n are set apart in up to one run of four
_STEP = 0.02
_GRID = np.arange(-9.0, 9.0 + _STEP / 2, _STEP)


@dataclass(frozen=True, slots=True)
class RankRange:
    """One subject: the best and worst rank it may truly have (1 is best), and its group, from 1: everyone in a group is
    surely ahead of everyone in the next; what is less sure stays one group. A subject without cases may have every
    rank, and its group is None."""

    best: int
    worst: int
    group: int | None

    @property
    def width(self) -> int:
        """How many ranks lie between; 0 for one rank only."""
        return self.worst - self.best


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ranges in the order given; `quantile` is by how many standard errors of their difference two must differ."""

    ranges: tuple[RankRange, ...]
    quantile: float

    @property
    def mean_width(self) -> float:
        """How much the ranking leaves open, from 0 (every rank is certain) to one less than the subjects."""
        return sum(one.width for one in self.ranges) / len(self.ranges) if self.ranges else 0.0


def rank_ranges(
    estimates: Sequence[float],
    errors: Sequence[float],
    confidence: float = CONFIDENCE,
    higher_is_better: bool = True,
    known: Sequence[bool] | None = None,
) -> Ranking:
    """Rank ranges of independent, about normal estimates with known standard errors. All true ranks lie inside at once
    with at least the given probability; of true ties, every rank the tie covers.

    Ranges from simultaneous intervals of all differences: Mogstad, M., Romano, J. P., Shaikh, A. M. and Wilhelm, D.
    (2024) Inference for ranks with applications to mobility across neighbourhoods and academic achievement across
    countries, Review of Economic Studies 91. Intervals by Tukey's range: Al Mohamad, D., Goeman, J. J. and van Zwet,
    E. W. (2022) Simultaneous confidence intervals for ranks with application to ranking institutions, Biometrics 78.
    With unequal errors they hold too: Hayter, A. J. (1984) A proof of the conjecture that the Tukey–Kramer multiple
    comparisons procedure is conservative, Annals of Statistics 12. Raises `Unusable` (bad-estimate, bad-confidence).
    """
    values, spread = np.asarray(estimates, dtype=float), np.asarray(errors, dtype=float)
    there = np.ones(len(values), dtype=bool) if known is None else np.asarray(known, dtype=bool)
    if len(values) != len(spread) or len(values) != len(there):
        raise unusable("bad-estimate", "estimates and errors differ in number", "give one error for each estimate")
    if not (np.isfinite(values[there]).all() and np.isfinite(spread[there]).all() and (spread[there] > 0).all()):
        what = "an estimate is no number or its error is not above 0"
        raise unusable("bad-estimate", what, "tell it as not known")
    return _ranked(values, values, spread, there, confidence, higher_is_better)


def share_rank_ranges(
    counts: Sequence[tuple[int, int]], confidence: float = CONFIDENCE, higher_is_better: bool = True
) -> Ranking:
    """Rank ranges of shares given as (numerator, denominator), on the scale of the angle whose squared sine is the
    share: there the error depends on n alone, so that 0 of n and n of n have one too. Half a count is taken off each
    side of a gap. Whoever has no case may have every rank.

    Anscombe, F. J. (1948) The transformation of Poisson, binomial and negative-binomial data, Biometrika 35; else as
    `rank_ranges`. Raises `Unusable` (bad-count, bad-confidence).
    """
    for numerator, denominator in counts:
        check_counts(numerator, denominator)
    told = np.array(counts, dtype=float).reshape(-1, 2)
    low, high = (_angle(told[:, 0] + shift, told[:, 1]) for shift in (-HALF_A_COUNT, HALF_A_COUNT))
    return _ranked(low, high, 0.5 / np.sqrt(told[:, 1] + 0.5), told[:, 1] > 0, confidence, higher_is_better)


def _angle(count: Floats, cases: Floats) -> Floats:
    angle: Floats = np.arcsin(np.sqrt(np.clip((count + 0.375) / (cases + 0.75), 0, 1)))
    return angle


def _ranked(
    low: Floats, high: Floats, errors: Floats, there: Flags, confidence: float, higher_is_better: bool
) -> Ranking:
    """Ranges where i is surely ahead of j when the gap between them is beyond the limit of their pair."""
    check_confidence(confidence)
    quantile = range_quantile(int(there.sum()), confidence) / sqrt(2)
    limit = quantile * np.sqrt(errors[:, None] ** 2 + errors[None, :] ** 2)
    above = (low[:, None] - high[None, :] > limit) & there[:, None] & there[None, :]
    ahead = above if higher_is_better else above.T
    best, worst = 1 + ahead.sum(axis=0), len(low) - ahead.sum(axis=1)
    groups = _groups((low + high) * (-1 if higher_is_better else 1), ahead, there)
    ranges = tuple(RankRange(int(b), int(w), g) for b, w, g in zip(best, worst, groups, strict=True))
    return Ranking(ranges, quantile)


@lru_cache(maxsize=256)
def range_quantile(subjects: int, confidence: float) -> float:
    """The range that so many independent standard normal figures keep with probability `confidence`.

    Tukey's studentised range with known variance: P(range ≤ q) = J ∫ φ(x) [Φ(x) − Φ(x − q)]^(J−1) dx.
    """
    if subjects < 2:
        return 0.0
    density = np.exp(-(_GRID**2) / 2) / sqrt(2 * np.pi) * _STEP

    def missing(q: float) -> float:
        inside = special.ndtr(_GRID) - special.ndtr(_GRID - q)
        return float(subjects * (density * inside ** (subjects - 1)).sum()) - confidence

    return float(optimize.brentq(missing, 1e-6, 16.0, xtol=1e-10))


def _groups(order: Floats, ahead: Flags, there: Flags) -> list[int | None]:
    """Groups from the best on: a new one begins where everyone before is surely ahead of everyone after."""
    ranked = [int(index) for index in np.argsort(order, kind="stable") if there[index]]
    sure = ahead[np.ix_(ranked, ranked)]
    groups: list[int | None] = [None] * len(order)
    group = 1
    for place, index in enumerate(ranked):
        if place and bool(sure[:place, place:].all()):
            group += 1
        groups[index] = group
    return groups
