"""Which of many comparisons are worth showing, so that of those shown few are false on average."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from congtam.engine.findings import unusable

RATE = 0.10


@dataclass(frozen=True, slots=True)
class Discovery:
    """One comparison: `adjusted` is the smallest rate at which it would be shown; None where nothing could be told."""

    adjusted: float | None
    shown: bool


def discoveries(p_values: Sequence[float | None], rate: float = RATE) -> tuple[Discovery, ...]:
    """Those shown at a false discovery rate, in the order given. A None (too few cases to tell) is never shown and
    does not count as a comparison.

    Benjamini, Y. and Hochberg, Y. (1995) Controlling the false discovery rate: a practical and powerful approach to
    multiple testing, J. R. Stat. Soc. B 57. Holds for comparisons that are independent or positively dependent;
    p-values of counts are never too small, so it is kept there too. Raises `Unusable` (bad-rate, bad-p-value).
    """
    if not 0 < rate < 1:
        raise unusable("bad-rate", f"{rate} is no false discovery rate", "give a number between 0 and 1, such as 0.10")
    from scipy import stats  # half a second of each web process that starts, and few ask

    told = [p for p in p_values if p is not None]
    if not all(0 <= p <= 1 for p in told):
        raise unusable("bad-p-value", "a p-value lies outside 0 to 1", "give None where nothing could be told")
    adjusted = iter(stats.false_discovery_control(told, method="bh") if told else np.empty(0))
    return tuple(_one(None if p is None else float(next(adjusted)), rate) for p in p_values)


def _one(adjusted: float | None, rate: float) -> Discovery:
    return Discovery(adjusted, adjusted is not None and adjusted <= rate)
