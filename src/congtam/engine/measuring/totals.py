"""Figures over rows for many subjects at once: what the compiled evaluator gives, as arrays of whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from congtam.engine.measuring.evaluate import Measured, RowMeasure

Whole = NDArray[np.int64] | NDArray[np.object_]  # Python's own whole numbers where 64 bits do not hold them


@dataclass(frozen=True)
class Sums:
    """One measure for every subject, in the subjects' order: numerator and denominator as whole numbers of the
    measure's scales, rows counted, rows a value was missing for, rows not decided yet, rows passed over as excused."""

    rule: RowMeasure
    top: Whole
    bottom: Whole
    n: NDArray[np.int64]
    n_unknown: NDArray[np.int64]
    n_pending: NDArray[np.int64]
    n_excused: NDArray[np.int64]

    def measured(self, place: int) -> Measured:
        """The figure of one subject, as the row evaluator gives it but without the rows."""
        return self.rule.state(
            int(self.top[place]),
            int(self.bottom[place]),
            n=int(self.n[place]),
            n_unknown=int(self.n_unknown[place]),
            pending=int(self.n_pending[place]),
            excused=bool(self.n_excused[place]),
        )


@dataclass(frozen=True)
class Totals:
    """All measures of one set of rules for many subjects; `n_items` counts the distinct items each was scored on."""

    subjects: tuple[str, ...]
    sums: Mapping[str, Sums]
    n_items: NDArray[np.int64]

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each subject stands in the arrays."""
        return {subject: place for place, subject in enumerate(self.subjects)}

    def measured(self, subject: str) -> dict[str, Measured]:
        """Every figure of one subject."""
        place = self.place[subject]
        return {name: one.measured(place) for name, one in self.sums.items()}
