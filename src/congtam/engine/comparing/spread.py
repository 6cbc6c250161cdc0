"""How much units differ beyond chance, and how far one of them lies from what the others lead to expect."""

from dataclasses import dataclass
from math import exp, pi, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
WINSORISED = 0.10  # at each end
_CUT = float(special.ndtri(1 - WINSORISED))
_KEPT = 1 - 2 * WINSORISED - 2 * _CUT * exp(-_CUT * _CUT / 2) / sqrt(2 * pi) + 2 * WINSORISED * _CUT * _CUT


@dataclass(frozen=True, slots=True)
class Spread:
    """`factor` is the mean squared deviation in units of chance (1: nothing but chance), `variance` what units differ
    by beyond chance, on the scale of the figures."""

    factor: float
    variance: float


def spread_between(deviations: Floats, errors: Floats) -> Spread:
    """The spread between units, from how many standard errors each lies off and the standard errors themselves.

    The farthest tenth at each end is pulled in first, so that those looked for do not hide themselves; then the
    additive random effects variance of DerSimonian and Laird is taken. What pulling in takes off the squares of normal
    figures (about a third) is put back: without that, every spread would come out too small.

    Spiegelhalter, D. J. (2005) Funnel plots for comparing institutional performance, Statistics in Medicine 24.
    """
    if len(deviations) < 2:
        return Spread(1.0, 0.0)
    low, high = np.quantile(deviations, [WINSORISED, 1 - WINSORISED])
    factor = float(np.mean(np.clip(deviations, low, high) ** 2)) / _KEPT
    weights = errors**-2.0
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    return Spread(factor, max(0.0, (len(deviations) * factor - (len(deviations) - 1)) / scale))


@dataclass(frozen=True, slots=True)
class Against:
    """One unit against the others: what they lead to expect, and the chance of lying at least so high (`above`) or so
    low (`below`) if it were one of them."""

    expected: float
    above: float
    below: float


def against_others(figures: Floats, errors: Floats) -> tuple[Against, ...]:
    """Each figure against the mean and spread of all others (its own is left out, so that it cannot hide behind the
    spread it makes), by a t distribution with as many degrees of freedom as the others give. Needs four figures.

    Viechtbauer, W. and Cheung, M. W.-L. (2010) Outlier and influence diagnostics for meta-analysis, Research Synthesis
    Methods 1 (externally studentised residuals). Raises ValueError with fewer than four.
    """
    if len(figures) < 4:
        raise ValueError(f"{len(figures)} figures are too few to set one against the others")
    return tuple(_against(figures, errors, index) for index in range(len(figures)))


def _against(figures: Floats, errors: Floats, index: int) -> Against:
    others, own = np.delete(figures, index), np.delete(errors, index)
    within = between(others, own)
    weights = 1 / (own**2 + within)
    mean = float((weights * others).sum() / weights.sum())
    chance = float(errors[index] ** 2 + within + 1 / weights.sum())
    deviation = (float(figures[index]) - mean) / chance**0.5
    freedom = len(others) - 1
    return Against(mean, float(special.stdtr(freedom, -deviation)), float(special.stdtr(freedom, deviation)))


def between(figures: Floats, errors: Floats) -> float:
    """The DerSimonian–Laird variance between units, beyond their standard errors."""
    weights = errors**-2.0
    mean = (weights * figures).sum() / weights.sum()
    excess = float((weights * (figures - mean) ** 2).sum()) - (len(figures) - 1)
    return max(0.0, excess / float(weights.sum() - (weights**2).sum() / weights.sum()))
