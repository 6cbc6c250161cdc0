"""Planted ranks: all true ranks, also of ties, lie inside their ranges at once, and the ranges are not too wide.

Each scene is drawn many times from a fixed seed; the width is bounded by that of a Bonferroni correction of all pairs.
"""

import numpy as np
import pytest
from scipy.stats import norm

from congtam.engine.comparing.ranks import Ranking, rank_ranges, share_rank_ranges

RUNS = 400
SUBJECTS = 60
SIZES = np.tile([5, 8, 12, 20, 40, 60, 100, 150, 300, 1000], 6)
ONES = np.ones(SUBJECTS)
SCENES = {
    "all tied, rare": (ONES * 0.02, SIZES),
    "all tied at a tenth": (ONES * 0.1, SIZES),
    "all tied at a half": (ONES * 0.5, SIZES),
    "all tied, ten cases each": (ONES * 0.35, np.full(SUBJECTS, 10)),
    "all tied, thirty cases each": (ONES * 0.2, np.full(SUBJECTS, 30)),
    "three groups of ties": (np.repeat([0.05, 0.3, 0.6], 20), SIZES),
    "one apart from ties": (np.append(ONES[1:] * 0.9, 0.4), SIZES),
    "no ties": (np.linspace(0.05, 0.95, SUBJECTS), SIZES),
}


def true_ranks(truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The best and worst rank of each, higher being better; ties have all ranks they cover."""
    better = (truth[None, :] > truth[:, None]).sum(axis=1)
    worse = (truth[None, :] < truth[:, None]).sum(axis=1)
    return 1 + better, len(truth) - worse


def covers(ranking: Ranking, truth: np.ndarray) -> bool:
    best, worst = true_ranks(truth)
    told = np.array([(one.best, one.worst) for one in ranking.ranges])
    return bool((told[:, 0] <= best).all() and (told[:, 1] >= worst).all())


@pytest.mark.parametrize("scene", SCENES)
def test_ranges_of_shares_hold_all_true_ranks_at_once(scene: str) -> None:
    shares, sizes = SCENES[scene]
    rng = np.random.default_rng(20261122)
    inside = [
        covers(share_rank_ranges([*zip(drawn.tolist(), sizes.tolist(), strict=True)]), shares)
        for drawn in rng.binomial(sizes, shares, (RUNS, SUBJECTS))
    ]
    assert np.mean(inside) >= 0.94


def bonferroni_width(estimates: np.ndarray, errors: np.ndarray) -> float:
    """The mean width had each of all pairs its own part of the 5 %."""
    pairs = len(estimates) * (len(estimates) - 1) / 2
    limit = norm.ppf(1 - 0.025 / pairs) * np.sqrt(errors[:, None] ** 2 + errors[None, :] ** 2)
    apart = np.abs(estimates[:, None] - estimates[None, :]) > limit
    return float(len(estimates) - 1 - apart.sum(axis=1).mean())


@pytest.mark.parametrize("tied", [False, True])
def test_ranges_of_estimates_cover_and_are_narrower_than_bonferronis(tied: bool) -> None:
    rng = np.random.default_rng(7)
    truth = np.repeat(np.linspace(60, 90, 6), 10) if tied else np.linspace(60, 90, SUBJECTS)
    errors = rng.uniform(0.8, 2.5, SUBJECTS)
    inside, widths, reference = [], [], []
    for estimates in truth + rng.normal(0, errors, (RUNS, SUBJECTS)):
        ranking = rank_ranges(estimates.tolist(), errors.tolist())
        inside.append(covers(ranking, truth))
        widths.append(ranking.mean_width)
        reference.append(bonferroni_width(estimates, errors))
    assert np.mean(inside) >= 0.94
    assert np.mean(widths) < np.mean(reference)
    assert max(np.array(widths) - np.array(reference)) <= 0
    assert np.mean(widths) < 0.55 * (SUBJECTS - 1), "about half of all pairs are settled with errors this small"


def test_every_tie_of_equals_is_covered_about_as_often_as_promised() -> None:
    """With equal errors Tukey's range is exact: neither less than promised nor much more."""
    rng = np.random.default_rng(8)
    truth = np.full(SUBJECTS, 70.0)
    inside = [covers(rank_ranges(row.tolist(), [2.0] * SUBJECTS), truth) for row in rng.normal(70, 2, (2000, SUBJECTS))]
    assert 0.935 <= np.mean(inside) <= 0.965


def test_hundreds_of_subjects_are_ranked_at_once() -> None:
    rng = np.random.default_rng(9)
    sizes = rng.integers(50, 2000, 600)
    counts = rng.binomial(sizes, np.linspace(0.2, 0.95, 600))
    ranking = share_rank_ranges([*zip(counts.tolist(), sizes.tolist(), strict=True)])
    assert len(ranking.ranges) == 600
    assert ranking.mean_width < 250
