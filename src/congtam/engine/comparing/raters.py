"""How much kinder or harsher each rater marks than the others would have marked the same people.

Kind marks are told from good people by data alone: how much better marks go with better data is taken from people of
one rater, so that no rater's own leaning bends it, and corrected for chance in the data, so that a section that really
is better is not taken for one that is marked kindly. What data do not see is not told apart, nor is kindness that all
raters share: each is only set against the others. No mark is ever changed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt

import numpy as np
from scipy import special

from congtam.engine.comparing.discoveries import RATE, discoveries
from congtam.engine.comparing.intervals import CONFIDENCE, check_confidence
from congtam.engine.comparing.spread import Floats, against_others, between
from congtam.engine.findings import unusable

FEWEST_PEOPLE, FEWEST_RATERS = 5, 4
FEWEST_DUE = 5  # pieces of work, below which data say nothing of a person
LEAST_RELIABLE = 0.2  # below it, people of one rater hardly differ in data beyond chance


Data = tuple[float, float]  # what data say of somebody, and the standard error of that


def data_of(well: Fraction | int, due: Fraction | int) -> Data | None:
    """The part of somebody's due work done in time and without fault, in percent, with its standard error (as if one
    more had been done and one more not: nobody is without error); None where too little was due."""
    if due < FEWEST_DUE:
        return None
    guess = float((well + 1) / Fraction(due + 2))
    return float(100 * well / Fraction(due)), 100 * sqrt(guess * (1 - guess) / float(due))


class Leaning(StrEnum):
    """USUAL: as raters differ among themselves. CANNOT_TELL (không đủ để nói): too few people or raters, or data that
    do not reach that far."""

    USUAL = "usual"
    KINDER = "kinder"
    HARSHER = "harsher"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Marked:
    """One person as a rater marked them, and what data say of the same person with the standard error of that."""

    rater: str
    mark: float
    data: float
    error: float = 0.0


@dataclass(frozen=True, slots=True)
class Rater:
    """One rater. `effect`: how far their marks lie above what the others would have given the same people, with its
    standard `error` and interval; `shrunk`: the same drawn towards nothing as far as it is chance. All None where it
    cannot be told."""

    rater: str
    n: int
    mean: float
    leaning: Leaning
    expected: float | None = None
    effect: float | None = None
    error: float | None = None
    low: float | None = None
    high: float | None = None
    shrunk: float | None = None
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class Raters:
    """All raters, in order of name. `slope`: points of mark for each unit of data, with its standard error; None where
    data of one rater's people do not differ beyond chance. `spread`: how far raters differ among themselves."""

    raters: tuple[Rater, ...]
    n: int
    slope: float | None = None
    slope_error: float | None = None
    spread: float | None = None


@dataclass(frozen=True, slots=True)
class _Within:
    """What people of the same rater tell: the slope, its variance, and the variance of one mark around it."""

    slope: float
    variance: float
    residual: float
    free: int


def leanings(
    marks: Iterable[Marked], confidence: float = CONFIDENCE, rate: float = RATE, fewest: int = FEWEST_PEOPLE
) -> Raters:
    """The leaning of each rater from marks on one criterion of people of one kind (staff apart from leaders).

    A rater with fewer than `fewest` people, with data beyond those of everybody else's, or beside fewer than three
    others, cannot be told. Of many comparisons in which nobody leans, at most `rate` show anybody.

    Fuller, W. A. (1987) Measurement error models, section 1.2 (slope with known error variances); Viechtbauer, W. and
    Cheung, M. W.-L. (2010) Research Synthesis Methods 1 (each against all others); Benjamini and Hochberg (1995).
    Raises `Unusable` (bad-mark, bad-confidence, bad-rate).
    """
    check_confidence(confidence)
    groups: dict[str, list[Marked]] = defaultdict(list)
    for one in marks:
        groups[one.rater].append(one)
    told = {rater: _columns(groups[rater]) for rater in sorted(groups)}
    n = sum(len(mark) for mark, _, _ in told.values())
    plain = {
        rater: Rater(rater, len(mark), float(mark.mean()), Leaning.CANNOT_TELL) for rater, (mark, *_) in told.items()
    }
    enough = {rater: columns for rater, columns in told.items() if len(columns[0]) >= fewest}
    within = _within(list(enough.values()))
    if within is None:
        return Raters(tuple(plain.values()), n)
    seen = [rater for rater in enough if _reached(rater, enough)]
    slope = (within.slope, sqrt(within.variance))
    if len(seen) < FEWEST_RATERS:
        return Raters(tuple(plain.values()), n, *slope)
    found, spread = _compared({rater: enough[rater] for rater in seen}, within, confidence, rate)
    return Raters(tuple((plain | found).values()), n, *slope, spread)


def _columns(own: list[Marked]) -> tuple[Floats, Floats, Floats]:
    mark, data, error = (np.array([getattr(one, name) for one in own], float) for name in ("mark", "data", "error"))
    if not (np.isfinite(mark).all() and np.isfinite(data).all() and np.isfinite(error).all() and (error >= 0).all()):
        raise unusable("bad-mark", "a mark, its data or their error is no number", "leave that person out")
    return mark, data, error


def _within(groups: list[tuple[Floats, Floats, Floats]]) -> _Within | None:
    """The slope among people of the same rater; None where marks or data do not differ, or data only by chance."""
    free = sum(len(mark) - 1 for mark, _, _ in groups) - 1
    if free < 1:
        return None
    marks = np.concatenate([mark - mark.mean() for mark, _, _ in groups])
    data = np.concatenate([data - data.mean() for _, data, _ in groups])
    chance = sum(float((error**2).sum()) * (1 - 1 / len(error)) for _, _, error in groups)
    squares = float(data @ data)
    real = squares - chance
    if squares <= 0 or real < LEAST_RELIABLE * squares:
        return None
    slope = float(marks @ data) / real
    residual = float(((marks - slope * data) ** 2).sum()) / free
    if residual <= 0:
        return None
    variance = (residual * squares + (slope * chance) ** 2 / len(data)) / real**2
    return _Within(slope, variance, residual, free)


def _reached(rater: str, told: dict[str, tuple[Floats, Floats, Floats]]) -> bool:
    """Whether the data of a rater's people lie, on average, among those of other raters' people."""
    others = [data for other, (_, data, _) in told.items() if other != rater]
    if not others:
        return False
    rest = np.concatenate(others)
    return bool(rest.min() <= told[rater][1].mean() <= rest.max())


def _compared(
    told: dict[str, tuple[Floats, Floats, Floats]], within: _Within, confidence: float, rate: float
) -> tuple[dict[str, Rater], float]:
    """Each rater against all others, and the spread between raters."""
    n = np.array([len(mark) for mark, _, _ in told.values()])
    mean = np.array([mark.mean() for mark, _, _ in told.values()])
    data = np.array([data.mean() for _, data, _ in told.values()])
    centre = float((n * data).sum() / n.sum())
    figure = mean - within.slope * (data - centre)
    own = within.residual / n
    errors = np.sqrt(own + within.variance * (data - centre) ** 2)
    sides = against_others(figure, errors)
    chances = [min(1.0, 2 * min(one.above, one.below)) for one in sides]
    shown = discoveries(chances, rate)
    spread = between(figure, errors)
    quantile = float(special.stdtrit(within.free, (1 + confidence) / 2))
    found = {}
    for index, rater in enumerate(told):
        effect = float(figure[index]) - sides[index].expected
        error = _error(index, own, data, within, between(np.delete(figure, index), np.delete(errors, index)))
        kept = spread / (spread + error**2)
        found[rater] = Rater(
            rater,
            int(n[index]),
            float(mean[index]),
            (Leaning.KINDER if effect > 0 else Leaning.HARSHER) if shown[index].shown else Leaning.USUAL,
            float(mean[index]) - effect,
            effect,
            error,
            effect - quantile * error,
            effect + quantile * error,
            effect * kept,
            chances[index],
        )
    return found, sqrt(spread)


def _error(index: int, own: Floats, data: Floats, within: _Within, spread: float) -> float:
    """The standard error of a rater's distance from the mean of the others, who share one slope."""
    errors = np.delete(own + within.variance * (data - data.mean()) ** 2, index)
    weights = 1 / (errors + spread)
    weights = weights / weights.sum()
    apart = float(data[index] - (weights * np.delete(data, index)).sum())
    return sqrt(float(own[index]) + float((weights**2 * np.delete(own, index)).sum()) + within.variance * apart**2)
