"""How far a share, or the difference of two shares, may lie from what was counted.

Wilson's interval is the default: its coverage is near the nominal one on average also at n = 10, it never collapses at
0 or n, and it is one formula. Clopper and Pearson's is there for claims that must hold at every true share: it never
covers less than promised, and is wider.
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Literal

from scipy import special

from congtam.engine.findings import unusable
from congtam.engine.states import State

WHOLE = 1_000_000  # millionths
CONFIDENCE = 0.95
Method = Literal["wilson", "clopper_pearson"]
Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its interval, all in millionths of one. `cases` is the n it stands on: the count, or Kish's
    effective number, rounded down, when cases weigh differently. Without cases the state is not applicable and the
    figures are None."""

    state: State
    cases: int
    estimate: int | None = None
    low: int | None = None
    high: int | None = None

    @property
    def width(self) -> int | None:
        """high − low, in millionths."""
        return None if self.low is None or self.high is None else self.high - self.low


def share_interval(
    numerator: int, denominator: int, confidence: float = CONFIDENCE, method: Method = "wilson"
) -> Interval:
    """The interval of `numerator` out of `denominator` equal cases; n = 0 is not applicable.

    Wilson, E. B. (1927) Probable inference, the law of succession, and statistical inference, J. Am. Stat. Assoc. 22.
    Brown, L. D., Cai, T. T. and DasGupta, A. (2001) Interval estimation for a binomial proportion, Stat. Science 16.
    Clopper, C. J. and Pearson, E. S. (1934) The use of confidence or fiducial limits, Biometrika 26.
    Raises `Unusable` (bad-count, bad-confidence).
    """
    check_counts(numerator, denominator)
    check_confidence(confidence)
    if denominator == 0:
        return Interval(State.NOT_APPLICABLE, 0)
    return _told(denominator, numerator / denominator, _bounds(numerator, denominator, confidence, method))


def weighted_share_interval(
    numerator: int,
    total: int,
    squares: int,
    confidence: float = CONFIDENCE,
    method: Method = "wilson",
) -> Interval:
    """The interval of a share of cases that weigh differently, such as by coefficient: `numerator` and `total` are sums
    of weights, `squares` is the sum of all squared weights. The share stands on total² ÷ squares effective cases:
    unequal weights are worth fewer cases, never more.

    Kish, L. (1965) Survey Sampling, Wiley. Korn, E. L. and Graubard, B. I. (1998) Confidence intervals for proportions
    with small expected number of positive counts estimated from survey data, Survey Methodology 24.
    Raises `Unusable` (bad-count, bad-confidence).
    """
    check_counts(numerator, total)
    check_confidence(confidence)
    if total == 0:
        return Interval(State.NOT_APPLICABLE, 0)
    if not 0 < squares <= total * total:
        raise unusable(
            "bad-count", f"{squares} cannot be the squares of weights that add to {total}", "add each weight²"
        )
    effective = total * total / squares
    share = numerator / total
    return _told(floor(effective), share, _bounds(share * effective, effective, confidence, method))


def difference_interval(first: tuple[int, int], second: tuple[int, int], confidence: float = CONFIDENCE) -> Interval:
    """The interval of first share − second share, each (numerator, denominator) of cases of its own; `cases` is the
    smaller n. Not applicable when one of them has no case.

    Newcombe, R. G. (1998) Interval estimation for the difference between independent proportions: comparison of eleven
    methods (his method 10), Statistics in Medicine 17. Raises `Unusable` (bad-count, bad-confidence).
    """
    for numerator, denominator in (first, second):
        check_counts(numerator, denominator)
    check_confidence(confidence)
    cases = min(first[1], second[1])
    if cases == 0:
        return Interval(State.NOT_APPLICABLE, 0)
    (low_1, high_1), (low_2, high_2) = (_bounds(*share, confidence, "wilson") for share in (first, second))
    share_1, share_2 = first[0] / first[1], second[0] / second[1]
    difference = share_1 - share_2
    low = difference - sqrt((share_1 - low_1) ** 2 + (high_2 - share_2) ** 2)
    high = difference + sqrt((high_1 - share_1) ** 2 + (share_2 - low_2) ** 2)
    return _told(cases, difference, (max(-1.0, low), min(1.0, high)))


def check_counts(numerator: int, denominator: int) -> None:
    """Raise `Unusable` (bad-count) unless 0 ≤ numerator ≤ denominator."""
    if not 0 <= numerator <= denominator:
        what = f"{numerator} of {denominator} is no share"
        raise unusable("bad-count", what, "give whole numbers with 0 ≤ numerator ≤ denominator")


def check_confidence(confidence: float) -> None:
    """Raise `Unusable` (bad-confidence) unless 0 < confidence < 1."""
    if not 0 < confidence < 1:
        raise unusable(
            "bad-confidence", f"{confidence} is no confidence", "give a number between 0 and 1, such as 0.95"
        )


def normal_quantile(probability: float) -> float:
    """The standard normal quantile."""
    return float(special.ndtri(probability))


def wilson_bounds(share: float, cases: float, quantile: float) -> Bounds:
    """Wilson's bounds of a share on so many cases (effective ones may be no whole number)."""
    square = quantile * quantile
    centre = share + square / (2 * cases)
    half = quantile * sqrt(share * (1 - share) / cases + square / (4 * cases * cases))
    scale = 1 + square / cases
    low = 0.0 if share <= 0 else (centre - half) / scale
    high = 1.0 if share >= 1 else (centre + half) / scale
    return low, high


def _bounds(numerator: float, denominator: float, confidence: float, method: Method) -> Bounds:
    tail = (1 - confidence) / 2
    if method == "wilson":
        return wilson_bounds(numerator / denominator, denominator, normal_quantile(1 - tail))
    rest = denominator - numerator
    low = 0.0 if numerator <= 0 else float(special.betaincinv(numerator, rest + 1, tail))
    high = 1.0 if rest <= 0 else float(special.betaincinv(numerator + 1, rest, 1 - tail))
    return low, high


def _told(cases: int, estimate: float, bounds: Bounds) -> Interval:
    low, high = bounds
    middle = floor(estimate * WHOLE + 0.5)
    return Interval(State.VALUE, cases, middle, min(floor(low * WHOLE), middle), max(ceil(high * WHOLE), middle))
