"""How many cases a figure needs before it says something, and whether a subject has them."""

from dataclasses import dataclass
from math import ceil, sqrt

from congtam.engine.comparing.intervals import CONFIDENCE, check_confidence, normal_quantile
from congtam.engine.findings import unusable


@dataclass(frozen=True, slots=True)
class Volume:
    """The cases a subject has and those it needs. Too few is no reproach: the screen says chưa đủ dữ liệu."""

    cases: int
    needed: int

    @property
    def enough(self) -> bool:
        return self.cases >= self.needed

    @property
    def lacking(self) -> int:
        """How many more cases are needed."""
        return max(0, self.needed - self.cases)


def cases_needed(width: float, share: float = 0.5, confidence: float = CONFIDENCE) -> int:
    """The smallest n at which Wilson's interval of an observed share is at most `width` wide (both as parts of one);
    a share of one half, the default, needs the most.

    The width is a quadratic in n: Piegorsch, W. W. (2004) Sample sizes for improved binomial confidence intervals,
    Comput. Stat. Data Anal. 46. Raises `Unusable` (bad-width, bad-confidence).
    """
    check_confidence(confidence)
    if not (0 < width < 1 and 0 <= share <= 1):
        raise unusable("bad-width", f"width {width} at share {share}", "give a width and a share between 0 and 1")
    square, spread = normal_quantile((1 + confidence) / 2) ** 2, share * (1 - share)
    half = square * (2 * spread - width**2)
    return max(1, ceil((half + sqrt(half**2 + width**2 * square**2 * (1 - width**2))) / width**2 - 1e-9))
