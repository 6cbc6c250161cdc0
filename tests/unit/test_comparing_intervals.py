"""Intervals: the published worked figures, an independent computation, and exact edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from congtam.engine.comparing.intervals import (
    Interval,
    difference_interval,
    share_interval,
    weighted_share_interval,
    wilson_bounds,
)
from congtam.engine.comparing.volume import Volume, cases_needed
from congtam.engine.findings import Unusable
from congtam.engine.states import State


def shown(interval: Interval) -> tuple[str, str]:
    """Bounds at four places, as the articles print them."""
    assert interval.low is not None and interval.high is not None
    return f"{interval.low / 1e6:.4f}", f"{interval.high / 1e6:.4f}"


@pytest.mark.parametrize(
    ("count", "cases", "wilson", "exact"),
    [
        (81, 263, ("0.2553", "0.3662"), ("0.2527", "0.3676")),
        (15, 148, ("0.0624", "0.1605"), ("0.0578", "0.1617")),
        (0, 20, ("0.0000", "0.1611"), ("0.0000", "0.1684")),
        (1, 29, ("0.0061", "0.1718"), ("0.0009", "0.1776")),
    ],
)
def test_a_share_has_the_intervals_of_newcombe_1998(
    count: int, cases: int, wilson: tuple[str, str], exact: tuple[str, str]
) -> None:
    assert shown(share_interval(count, cases)) == wilson
    assert shown(share_interval(count, cases, method="clopper_pearson")) == exact


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((56, 70), (48, 80), ("0.0524", "0.3339")),
        ((9, 10), (3, 10), ("0.1705", "0.8090")),
        ((5, 56), (0, 29), ("-0.0381", "0.1926")),
        ((10, 10), (0, 20), ("0.6791", "1.0000")),
    ],
)
def test_a_difference_has_the_intervals_of_newcombes_method_10(
    first: tuple[int, int], second: tuple[int, int], expected: tuple[str, str]
) -> None:
    assert shown(difference_interval(first, second)) == expected


@given(cases=st.integers(1, 400), part=st.floats(0, 1), confidence=st.sampled_from((0.9, 0.95, 0.998)))
def test_intervals_are_those_of_an_independent_computation(cases: int, part: float, confidence: float) -> None:
    count = round(part * cases)
    for method, name in (("wilson", "wilson"), ("clopper_pearson", "exact")):
        own = share_interval(count, cases, confidence, method)
        other = binomtest(count, cases).proportion_ci(confidence, name)
        assert own.low is not None and own.high is not None
        assert -1.01 <= own.low - other.low * 1e6 <= 0.01
        assert -0.01 <= own.high - other.high * 1e6 <= 1.01


@given(cases=st.integers(1, 10_000), method=st.sampled_from(("wilson", "clopper_pearson")))
def test_none_and_all_have_exact_edges(cases: int, method: str) -> None:
    none, every = (share_interval(count, cases, method=method) for count in (0, cases))
    assert none.low == none.estimate == 0 and every.high == every.estimate == 1_000_000
    assert none.high and every.low is not None and none.high + every.low == 1_000_000


def test_without_cases_nothing_is_applicable() -> None:
    nothing = Interval(State.NOT_APPLICABLE, 0)
    assert share_interval(0, 0) == weighted_share_interval(0, 0, 0) == nothing
    assert difference_interval((0, 0), (3, 5)) == nothing
    assert nothing.width is None


def test_equal_weights_are_whole_cases_and_unequal_ones_fewer() -> None:
    equal = weighted_share_interval(300, 2000, 20 * 100**2)
    assert (equal.cases, equal.low, equal.high) == (20, share_interval(3, 20).low, share_interval(3, 20).high)
    uneven = weighted_share_interval(300, 2000, 1100**2 + 9 * 100**2)
    assert uneven.cases == 3 and uneven.width and equal.width and uneven.width > equal.width


@pytest.mark.parametrize(("count", "cases"), [(-1, 5), (6, 5), (0, -1)])
def test_impossible_counts_are_refused(count: int, cases: int) -> None:
    with pytest.raises(Unusable, match="bad-count"):
        share_interval(count, cases)


def test_impossible_weights_and_confidences_are_refused() -> None:
    with pytest.raises(Unusable, match="bad-count"):
        weighted_share_interval(1, 10, 101)
    with pytest.raises(Unusable, match="bad-confidence"):
        share_interval(1, 10, 95)


def coverage(cases: int, share: float, method: str) -> float:
    """The exact chance that the interval of a count holds the true share."""
    intervals = [share_interval(count, cases, method=method) for count in range(cases + 1)]
    holds = np.array([(one.low or 0) <= share * 1e6 <= (one.high or 0) for one in intervals])
    return float(binom.pmf(np.arange(cases + 1), cases, share) @ holds)


@pytest.mark.parametrize("cases", [5, 10, 25, 60])
def test_wilson_covers_on_average_and_the_exact_interval_always(cases: int) -> None:
    shares = np.linspace(0.005, 0.995, 199)
    wilson = [coverage(cases, share, "wilson") for share in shares]
    exact = [coverage(cases, share, "clopper_pearson") for share in shares]
    assert 0.945 <= np.mean(wilson) <= 0.965
    assert min(exact) >= 0.95 and np.mean(exact) > np.mean(wilson)


@given(width=st.floats(0.02, 0.9), share=st.floats(0, 1))
def test_the_cases_needed_are_the_fewest_that_make_an_interval_so_narrow(width: float, share: float) -> None:
    needed = cases_needed(width, share)

    def made(cases: int) -> float:
        low, high = wilson_bounds(share, cases, 1.959963984540054) if 0 < share < 1 else wilson_bounds(0, cases, 1.96)
        return high - low

    slack = 0.001 if share in (0, 1) else 1e-9
    assert made(needed) <= width + slack
    assert needed == 1 or made(needed - 1) > width - slack


def test_the_width_to_ask_for_must_make_sense() -> None:
    assert cases_needed(0.2) == 93
    for width, share in ((0.0, 0.5), (1.0, 0.5), (0.2, 1.5)):
        with pytest.raises(Unusable, match="bad-width"):
            cases_needed(width, share)


def test_a_volume_says_what_is_lacking() -> None:
    assert not Volume(3, 5).enough and Volume(3, 5).lacking == 2
    assert Volume(5, 5).enough and Volume(9, 5).lacking == 0
