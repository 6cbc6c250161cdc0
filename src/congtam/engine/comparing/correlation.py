"""How alike the cases of one unit are: the beta-binomial behind the counts of units of every size, also rare ones."""

from dataclasses import dataclass
from math import exp, log, log1p

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from congtam.engine.comparing.spread import WINSORISED, Floats

Counts = NDArray[np.int64]
EXPECTED = 2  # weight of small correlations beforehand: (1 − correlation)^2
DROP = 0.5  # of the log-likelihood, at one standard error
FARTHEST = 12.0  # log odds
LEAST = exp(-700)
_STEPS = np.linspace(-9.0, 3.0, 61)  # log odds of the correlation


@dataclass(frozen=True, slots=True)
class Fit:
    """The share in the middle of all units, and the correlation of two cases of one unit, at the upper end of what
    the counts allow."""

    share: float
    correlation: float


def fitted(hits: Counts, cases: Counts) -> Fit:
    """The beta-binomial of units, each with cases, of which some but not all are hits, by maximum likelihood.

    Of the farthest tenth at each end only that it lies out there is used, not how far: those looked for do not hide
    themselves, and a rare share, whose units stand at 0 with a long tail, is not taken for chance. Few units leave
    the correlation uncertain: it is taken one standard error above the most likely, small ones being likelier
    beforehand, so that zeros all round with one exception are not explained by units of two sorts.

    Ennis, D. M. and Bi, J. (1998) The beta-binomial model, J. Sensory Studies 13. Tobin, J. (1958) Estimation of
    relationships for limited dependent variables, Econometrica 26 (a censored likelihood). Chung, Y. et al. (2013) A
    nondegenerate penalized likelihood estimator for variance parameters in multilevel models, Psychometrika 78.
    """
    seen = _Seen(hits, cases)

    def lost(odds: Floats) -> float:
        share, correlation = (float(special.expit(one)) for one in odds)
        return -seen.likelihood(share, correlation) if np.abs(odds).max() < FARTHEST else float("inf")

    start = [log(hits.sum() / (cases.sum() - hits.sum())), log(0.05)]
    best = optimize.minimize(lost, start, method="Nelder-Mead", options={"xatol": 0.01, "fatol": 0.001})
    share = float(special.expit(best.x[0]))
    told = np.array([seen.likelihood(share, float(special.expit(step))) for step in _STEPS])
    allowed = np.flatnonzero(told >= told.max() - DROP)
    return Fit(share, float(special.expit(_STEPS[allowed[-1]])))


class _Seen:
    """Each unit as a range of counts: its own or, beyond either tenth, all counts out there. Like ranges are one."""

    def __init__(self, hits: Counts, cases: Counts) -> None:
        low, high = np.quantile(hits / cases, [WINSORISED, 1 - WINSORISED])
        least = np.floor(high * cases + 1e-9) + 1
        most = np.ceil(low * cases - 1e-9) - 1
        first = np.where(hits >= least, least, np.where(hits <= most, 0, hits))
        last = np.where(hits >= least, cases, np.where(hits <= most, most, hits))
        ranges, self._alike = np.unique(np.stack([first, last, cases], axis=1).astype(int), axis=0, return_counts=True)
        lengths = ranges[:, 1] - ranges[:, 0] + 1
        self._starts = np.cumsum(lengths) - lengths
        self._hits = np.concatenate([np.arange(one, other + 1) for one, other, _ in ranges])
        self._rest = np.repeat(ranges[:, 2], lengths) - self._hits
        whole = self._hits + self._rest
        self._ways = special.gammaln(whole + 1) - special.gammaln(self._hits + 1) - special.gammaln(self._rest + 1)

    def likelihood(self, share: float, correlation: float) -> float:
        """Its logarithm, with the weight of the correlation beforehand."""
        a, b = (part * (1 / correlation - 1) for part in (share, 1 - share))
        chances = np.exp(self._ways + special.betaln(self._hits + a, self._rest + b) - special.betaln(a, b))
        ranges = np.log(np.maximum(np.add.reduceat(chances, self._starts), LEAST))
        return float(self._alike @ ranges) + EXPECTED * log1p(-correlation)
