"""Places compared by a mean: which lies higher than all others lead to expect."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from congtam.engine.comparing.discoveries import discoveries
from congtam.engine.comparing.spread import against_others
from congtam.engine.watching.signs import Look

FEWEST_PLACES = 4  # fewer cannot be set against each other


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure of one place on the scale of comparison, and its standard error."""

    figure: float
    error: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one place: `expected` is what the others lead to expect, on the scale of comparison."""

    look: Look
    p_value: float | None = None
    expected: float | None = None


def verdicts(places: Mapping[str, Estimate | None], rate: float) -> dict[str, Verdict]:
    """One verdict for each place; None, or fewer than four places with a figure, cannot be told."""
    told = {place: estimate for place, estimate in places.items() if estimate is not None}
    found = dict.fromkeys(places, Verdict(Look.CANNOT_TELL))
    if len(told) < FEWEST_PLACES:
        return found
    figures = np.array([estimate.figure for estimate in told.values()])
    errors = np.array([estimate.error for estimate in told.values()])
    compared = against_others(figures, errors)
    shown = discoveries([one.above for one in compared], rate)
    for place, one, discovery in zip(told, compared, shown, strict=True):
        look = Look.WORTH_A_LOOK if discovery.shown else Look.USUAL
        found[place] = Verdict(look, one.above, one.expected)
    return found
