"""Exact ratios in arrays: a numerator and a denominator per subject, and whether there is a value at all.

Whole numbers stay in 64 bits while they surely fit, and become Python's own beyond: nothing is rounded but where a rule
rounds. An array of length one stands for all subjects.
"""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from congtam.engine.expressions.compute import NOT_ARISEN as NOT_ARISEN_VALUE
from congtam.engine.measuring.totals import Whole

THERE, NOT_ARISEN, MISSING = np.int8(0), np.int8(1), np.int8(2)  # of two, the greater one speaks
MOST = 2**63 - 1

Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ratios:
    """One value per subject: `top` by `bottom` (always above zero) where `state` is THERE; yes is 1, no is 0."""

    top: Whole
    bottom: Whole
    state: Codes

    @property
    def there(self) -> Flags:
        """Where there is a value."""
        return np.asarray(self.state == THERE)

    @property
    def true(self) -> Flags:
        """Where there is a value and it is not zero (of a condition: where it holds)."""
        return np.asarray(self.there & (self.top != 0))


def whole(values: Sequence[int]) -> Whole:
    """Whole numbers as an array."""
    try:
        return np.array(values, dtype=np.int64)
    except OverflowError:
        return np.array(values, dtype=object)


def constant(value: Any) -> Ratios:
    """One value for all subjects: a number, yes or no, None where it is missing, or NOT_ARISEN."""
    if value is None or value is NOT_ARISEN_VALUE:
        return Ratios(whole([0]), whole([1]), np.array([MISSING if value is None else NOT_ARISEN]))
    exact = Fraction(value)
    return Ratios(whole([exact.numerator]), whole([exact.denominator]), np.array([THERE]))


def truths(holds: Flags, state: Codes) -> Ratios:
    """Conditions that hold or do not."""
    return Ratios(holds.astype(np.int64), np.ones(1, np.int64), state)


def times(left: Whole, right: Whole) -> Whole:
    """The product, exactly."""
    made: Whole = left * right if _size(left) * _size(right) <= MOST else left.astype(object) * right.astype(object)
    return made


def plus(left: Whole, right: Whole) -> Whole:
    """The sum, exactly."""
    made: Whole = left + right if _size(left) + _size(right) <= MOST else left.astype(object) + right.astype(object)
    return made


def _size(values: Whole) -> int:
    """The greatest absolute value; beyond 64 bits for Python's own numbers, which need no bound."""
    if values.dtype == object:
        return MOST + 1
    return max(int(values.max()), -int(values.min())) if values.size else 0


def add(left: Ratios, right: Ratios) -> Ratios:
    """The sum of two values that must both be there."""
    state = np.maximum(left.state, right.state)
    if np.array_equal(left.bottom, right.bottom):
        return Ratios(plus(left.top, right.top), left.bottom, state)
    top = plus(times(left.top, right.bottom), times(right.top, left.bottom))
    return Ratios(top, times(left.bottom, right.bottom), state)


def negative(value: Ratios) -> Ratios:
    """Minus."""
    return Ratios(times(value.top, whole([-1])), value.bottom, value.state)


def subtract(left: Ratios, right: Ratios) -> Ratios:
    """The difference of two values that must both be there."""
    return add(left, negative(right))


def multiply(left: Ratios, right: Ratios) -> Ratios:
    """The product of two values that must both be there."""
    return Ratios(times(left.top, right.top), times(left.bottom, right.bottom), np.maximum(left.state, right.state))


def divide(left: Ratios, right: Ratios) -> Ratios:
    """The quotient; one by zero did not arise."""
    state = np.maximum(left.state, right.state)
    none = right.top == 0
    sign = np.where(right.top < 0, -1, 1)
    by = times(np.where(none, 1, right.top), sign)
    top = times(times(left.top, right.bottom), sign)
    return Ratios(top, times(left.bottom, by), np.where((state == THERE) & none, NOT_ARISEN, state))


def compare(op: Callable[[Any, Any], Any], left: Ratios, right: Ratios) -> Flags:
    """Whether `op` holds between two values, where both are there."""
    return np.asarray(op(times(left.top, right.bottom), times(right.top, left.bottom)), dtype=np.bool_)


def choose(where: Flags, then: Ratios, otherwise: Ratios) -> Ratios:
    """One value where a flag is up, the other elsewhere, with their states."""
    return Ratios(
        np.where(where, then.top, otherwise.top),
        np.where(where, then.bottom, otherwise.bottom),
        np.where(where, then.state, otherwise.state),
    )


def least(*values: Ratios) -> Ratios:
    """The smallest of values that must all be there."""
    return reduce(lambda one, other: _either(compare(operator.le, one, other), one, other), values)


def greatest(*values: Ratios) -> Ratios:
    """The greatest of values that must all be there."""
    return reduce(lambda one, other: _either(compare(operator.ge, one, other), one, other), values)


def _either(where: Flags, one: Ratios, other: Ratios) -> Ratios:
    chosen = choose(where, one, other)
    return Ratios(chosen.top, chosen.bottom, np.maximum(one.state, other.state))


def mean(values: Sequence[Ratios]) -> Ratios:
    """The mean of those that arose: missing where one is missing, not arisen where none arose."""
    nothing = constant(0)
    total = reduce(add, (choose(one.there, one, nothing) for one in values))
    arose = sum((one.state != NOT_ARISEN).astype(np.int64) for one in values)
    missing = reduce(operator.or_, (one.state == MISSING for one in values))
    state = np.where(missing, MISSING, np.where(arose == 0, NOT_ARISEN, THERE))
    return Ratios(total.top, times(total.bottom, np.maximum(arose, 1)), state)


def half_up(value: Ratios, of: NDArray[np.int64]) -> NDArray[np.int64]:
    """`value` × `of` as whole numbers, a half rounded up; neither may be below zero, and `value` not above one."""
    doubled = plus(times(value.top, times(of, whole([2]))), value.bottom)
    return np.asarray(doubled // times(value.bottom, whole([2]))).astype(np.int64)
