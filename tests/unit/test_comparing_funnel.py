"""Funnel limits, the spread between units, and what is shown of many comparisons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, binom

from congtam.engine.comparing.correlation import fitted
from congtam.engine.comparing.discoveries import Discovery, discoveries
from congtam.engine.comparing.funnel import Side, count_chances, count_limits, count_tails, funnel
from congtam.engine.comparing.spread import against_others, spread_between
from congtam.engine.findings import Unusable

SIZES = [5, 8, 12, 20, 35, 60, 100, 180, 320, 600]


def drawn(rng: np.random.Generator, shares: np.ndarray, sizes: np.ndarray) -> dict[str, tuple[int, int]]:
    counts = rng.binomial(sizes, shares)
    return {f"u{index:03d}": (int(k), int(n)) for index, (k, n) in enumerate(zip(counts, sizes, strict=True))}


def test_chances_of_counts_are_the_binomial_and_the_beta_binomial() -> None:
    k = np.arange(41)
    assert count_chances(40, 0.2) == pytest.approx(binom.pmf(k, 40, 0.2), abs=1e-12)
    a, b = 0.2 * (1 / 0.05 - 1), 0.8 * (1 / 0.05 - 1)
    assert count_chances(40, 0.2, 0.05) == pytest.approx(betabinom.pmf(k, 40, a, b), abs=1e-12)
    assert count_tails(13, 40, 0.2) == pytest.approx((binom.sf(12, 40, 0.2), binom.cdf(13, 40, 0.2)))


def test_a_whole_without_or_of_nothing_but_hits_has_one_possible_count() -> None:
    assert list(count_chances(3, 0.0)) == [1, 0, 0, 0] and list(count_chances(3, 1.0)) == [0, 0, 0, 1]
    assert count_limits(3, 0.0, 0.95) == (0, 0) and count_limits(3, 1.0, 0.95) == (1_000_000, 1_000_000)


@pytest.mark.parametrize("cases", SIZES)
def test_limits_hold_counts_as_often_as_they_say(cases: int) -> None:
    """Interpolated limits of a discrete count: off by at most the chance of one count."""
    chances = count_chances(cases, 0.2)
    shares = np.arange(cases + 1) / cases * 1e6
    for level in (0.95, 0.998):
        low, high = count_limits(cases, 0.2, level)
        inside = float(chances[(shares >= low) & (shares <= high)].sum())
        assert abs(inside - level) <= chances.max()


def test_limits_narrow_towards_the_whole_as_cases_grow() -> None:
    widths = [high - low for low, high in (count_limits(cases, 0.2, 0.95) for cases in SIZES)]
    assert widths == sorted(widths, reverse=True)


def test_units_are_told_apart_from_the_whole_by_their_counts_not_their_shares() -> None:
    around = {f"u{index}": (20, 100) for index in range(30)}
    one = funnel({**around, "small": (3, 6), "large": (100, 200), "few": (0, 2)}, minimum=5)
    sides = {point.subject: point.side for point in one.points}
    assert (sides["small"], sides["large"], sides["few"]) == (Side.INSIDE, Side.ABOVE, Side.CANNOT_TELL)
    assert {sides[name] for name in around} == {Side.INSIDE}
    assert one.points[-1].p_value is None and one.points[-1].limits is not None


def test_nothing_to_compare_is_no_error() -> None:
    assert funnel({}).points == ()
    (alone,) = funnel({"a": (0, 0)}).points
    assert alone.side is Side.CANNOT_TELL and alone.limits is None


def test_a_few_far_off_do_not_widen_the_limits_for_themselves() -> None:
    rng = np.random.default_rng(1)
    sizes = np.full(60, 200)
    quiet = funnel(drawn(rng, np.full(60, 0.2), sizes))
    shares = np.full(60, 0.2)
    shares[:3] = 0.5
    loud = funnel(drawn(rng, shares, sizes), usual=(20, 100))
    assert quiet.correlation < 0.01 and loud.correlation < 0.01
    assert {point.subject for point in loud.points if point.side is Side.ABOVE} >= {"u000", "u001", "u002"}


def test_large_units_that_differ_as_all_do_are_not_all_outside() -> None:
    """With a true spread between units and thousands of cases each, plain limits would hold hardly any unit."""
    rng = np.random.default_rng(2)
    shares = rng.beta(20, 80, 120)
    one = funnel(drawn(rng, shares, np.full(120, 5000)))
    plain = [count_tails(point.numerator, 5000, 0.2) for point in one.points]
    assert sum(2 * min(tail) < 0.05 for tail in plain) > 90
    assert sum(point.side is not Side.INSIDE for point in one.points) <= 2
    inside = [
        low <= p.numerator / p.denominator * 1e6 <= high for p in one.points for low, high in (p.limits or ())[:1]
    ]
    assert 0.90 <= np.mean(inside) <= 0.99


def test_the_spread_is_recovered_and_chance_alone_leaves_about_none() -> None:
    rng = np.random.default_rng(3)
    errors = rng.uniform(0.05, 0.2, 4000)
    spread = spread_between(rng.normal(0, np.sqrt(errors**2 + 0.15**2)) / errors, errors)
    assert spread.variance**0.5 == pytest.approx(0.15, abs=0.02)
    nothing = spread_between(rng.normal(0, 1, 4000), errors)
    assert nothing.factor == pytest.approx(1, abs=0.06) and nothing.variance < 0.03**2


def test_small_units_are_not_at_both_ends() -> None:
    """Under the null, small units hold both ends of a list by share; among those beyond the limits they are no more
    frequent than large ones."""
    rng = np.random.default_rng(4)
    sizes = np.tile(SIZES, 20)
    small = sizes < np.median(sizes)
    ends, outside = [], []
    for _ in range(12):
        counts = drawn(rng, np.full(len(sizes), 0.2), sizes)
        points = funnel(counts).points
        order = np.argsort([k / n for k, n in counts.values()], kind="stable")
        ends += [small[index] for index in (*order[:20], *order[-20:])]
        beyond = [p.p_value is not None and p.p_value < 0.05 for p in points]
        outside += [small[index] for index, out in enumerate(beyond) if out]
    assert np.mean(ends) > 0.9
    assert len(outside) > 30 and np.mean(outside) < 0.55


def test_of_findings_shown_at_most_a_tenth_is_false() -> None:
    """Five of sixty units truly differ; the others differ among themselves as units do."""
    rng = np.random.default_rng(5)
    false, found = [], []
    for _ in range(60):
        shares = rng.beta(0.2 * 49, 0.8 * 49, 60)
        shares[:5] = rng.uniform(0.5, 0.8, 5)
        points = funnel(drawn(rng, shares, rng.integers(10, 300, 60)), minimum=10, usual=(20, 100)).points
        shown = [index for index, point in enumerate(points) if point.side is Side.ABOVE]
        false.append(sum(index >= 5 for index in shown) / max(1, len(shown)))
        found.append(sum(index < 5 for index in shown) / 5)
    assert np.mean(false) <= 0.10
    assert np.mean(found) >= 0.8


def test_benjamini_and_hochberg_show_what_their_article_shows() -> None:
    """The fifteen p-values of the 1995 article: at 0.05 the four smallest are shown."""
    p_values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528]
    p_values += [0.7590, 1.0]
    assert [one.shown for one in discoveries(p_values, 0.05)] == [True] * 4 + [False] * 11


def test_what_cannot_be_told_is_no_comparison() -> None:
    assert discoveries([]) == ()
    assert discoveries([None, 0.05, None], 0.10) == (
        Discovery(None, False),
        Discovery(0.05, True),
        Discovery(None, False),
    )


def test_impossible_rates_and_p_values_are_refused() -> None:
    with pytest.raises(Unusable, match="bad-rate"):
        discoveries([0.1], 10)
    with pytest.raises(Unusable, match="bad-p-value"):
        discoveries([1.5])


def test_one_against_the_others_is_found_at_the_rate_promised() -> None:
    rng = np.random.default_rng(6)
    alarms = hits = 0
    for _ in range(300):
        figures = rng.normal(0, 0.2, 12) + rng.normal(0, 0.1, 12)
        alarms += any(
            one.shown for one in discoveries([one.above for one in against_others(figures, np.full(12, 0.1))])
        )
        figures[0] += 1.2
        hits += discoveries([one.above for one in against_others(figures, np.full(12, 0.1))])[0].shown
    assert alarms <= 45  # 10 % of 300, and three standard errors
    assert hits >= 250


def test_three_figures_set_nobody_apart() -> None:
    with pytest.raises(ValueError, match="too few"):
        against_others(np.zeros(3), np.ones(3))


@pytest.mark.parametrize(("a", "b"), [(0.5, 9.5), (9.5, 0.5), (20, 80), (2, 200)])
def test_share_and_correlation_of_many_units_are_recovered_whatever_the_skew(a: float, b: float) -> None:
    rng = np.random.default_rng(7)
    cases = rng.integers(8, 41, 3000)
    fit = fitted(rng.binomial(cases, rng.beta(a, b, 3000)), cases)
    assert fit.share == pytest.approx(a / (a + b), rel=0.1)
    assert fit.correlation == pytest.approx(1 / (1 + a + b), abs=0.012)


@given(st.lists(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=12))
def test_any_counts_have_a_middle_a_correlation_and_chances(counts: list[tuple[int, int]]) -> None:
    one = funnel({f"u{index}": count for index, count in enumerate(counts)})
    assert 0 <= one.share <= 1 and 0 <= one.correlation < 1
    assert all(0 <= chance <= 1 for p in one.points for chance in (p.above, p.below) if chance is not None)
