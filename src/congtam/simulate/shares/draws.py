"""Numbers between 0 and 1 that depend on a row, a question and a seed only (SplitMix64 of the three)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
_STEP, _MIX1, _MIX2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_QUESTION, _ALL = 0xD6E8FEB86659FD93, 1 << 64


@dataclass(frozen=True)
class Draws:
    """Answers to numbered questions about rows."""

    seed: int

    def uniform(self, rows: Rows, question: int) -> Floats:
        """For each row a number from 0 to before 1."""
        start = np.uint64((self.seed * int(_STEP) + question * _QUESTION) % _ALL)
        return np.asarray((_mixed(_mixed(rows.astype(np.uint64) + start)) >> np.uint64(11)) * 2.0**-53)

    def below(self, rows: Rows, question: int, limit: int) -> Rows:
        """For each row a whole number from 0 to before `limit`."""
        return (self.uniform(rows, question) * limit).astype(np.int64)


def _mixed(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    value = value + _STEP
    value = (value ^ (value >> np.uint64(30))) * _MIX1
    value = (value ^ (value >> np.uint64(27))) * _MIX2
    return value ^ (value >> np.uint64(31))
