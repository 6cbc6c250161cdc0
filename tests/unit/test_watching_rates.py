"""What the screen promises of signs by a share of cases: few false ones where officials differ only as officials do,
also where the pattern is rare and skewed; what is planted is found; and small offices are told nothing."""

import numpy as np
import pytest

from congtam.engine.watching.counting import MEASURED_RATE, signs_of_cases, true_rate
from congtam.engine.watching.signs import Look, Pattern, Sign

RUNS = 60
QUIET_RUNS = 200


def seen(hits: list[int], cases: list[int]) -> list[Sign]:
    """The signs of officials with so many hits among so many cases, in the order given."""
    told = [
        (f"o{who:03d}", f"{who}-{number}", number < k)
        for who, (k, n) in enumerate(zip(hits, cases, strict=True))
        for number in range(n)
    ]
    return signs_of_cases(Pattern.REOPENS, told, 8, 0.10)


def drawn(rng: np.random.Generator, a: float, b: float, officials: int, planted: int = 0) -> list[bool]:
    """Whether each official, with a share drawn from a beta distribution (70 % if planted), is worth a look."""
    cases = rng.integers(8, 41, officials)
    shares = rng.beta(a, b, officials)
    shares[:planted] = 0.7
    signs = seen(rng.binomial(cases, shares).tolist(), cases.tolist())
    return [sign.look is Look.WORTH_A_LOOK for sign in signs]


@pytest.mark.parametrize(
    ("a", "b", "officials"),
    [(0.5, 9.5, 50), (0.3, 10, 12), (1, 19, 50), (2, 200, 200), (1.28, 2.3, 50)],
)
def test_where_nothing_is_to_be_found_a_tenth_of_looks_at_most_finds_something(
    a: float, b: float, officials: int
) -> None:
    rng = np.random.default_rng(1)
    alarms = sum(any(drawn(rng, a, b, officials)) for _ in range(QUIET_RUNS))
    assert alarms <= 0.10 * QUIET_RUNS + 2 * (QUIET_RUNS * 0.10 * 0.90) ** 0.5


@pytest.mark.parametrize(("a", "b"), [(0.5, 9.5), (1, 19)])
@pytest.mark.parametrize(("planted", "least"), [(1, 0.7), (3, 0.5)])
def test_who_is_planted_among_rare_shares_is_mostly_found(a: float, b: float, planted: int, least: float) -> None:
    rng = np.random.default_rng(2)
    found = [drawn(rng, a, b, 50, planted) for _ in range(RUNS)]
    assert np.mean([one[:planted] for one in found]) >= least
    false = [sum(one[planted:]) / max(1, sum(one)) for one in found]
    assert np.mean(false) <= 0.10


@pytest.mark.parametrize(("a", "b", "officials"), [(0.05, 1, 50), (0.15, 1, 20), (0.03, 3, 50)])
def test_where_a_tenth_cannot_be_promised_the_rate_told_is_kept(a: float, b: float, officials: int) -> None:
    """Nearly all have no case, a few have many, and nobody is planted."""
    rng = np.random.default_rng(4)
    alarms = {True: 0, False: 0}
    for _ in range(RUNS):
        cases = rng.integers(8, 41, officials)
        signs = seen(rng.binomial(cases, rng.beta(a, b, officials)).tolist(), cases.tolist())
        alarms[true_rate(signs, 0.10) > 0.10] += any(sign.look is Look.WORTH_A_LOOK for sign in signs)
    assert alarms[True] <= MEASURED_RATE * RUNS
    assert alarms[False] <= 0.10 * RUNS + 2 * (RUNS * 0.10 * 0.90) ** 0.5


@pytest.mark.parametrize("officials", [2, 3, 5])
def test_an_office_too_small_for_anything_to_show_is_not_told_that_all_is_usual(officials: int) -> None:
    signs = seen([20, *[0] * (officials - 1)], [20] * officials)
    assert {sign.look for sign in signs} == {Look.CANNOT_TELL} and {sign.p_value for sign in signs} == {None}


def test_who_has_too_few_cases_to_stand_out_is_not_told_to_be_as_usual() -> None:
    """Eight of eight would not be enough where nearly half of all cases show the pattern; forty of forty would."""
    signs = seen([19] * 60 + [3], [40] * 60 + [8])
    assert signs[0].look is Look.USUAL and signs[-1].look is Look.CANNOT_TELL


def test_what_most_do_is_usual_though_nobody_could_do_it_more() -> None:
    assert {sign.look for sign in seen([20] * 12, [20] * 12)} == {Look.USUAL}
