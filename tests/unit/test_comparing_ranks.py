"""Rank ranges: the quantile, the edges, the groups. That they cover is in tests/generated/test_ranges_cover.py."""

import pytest
from scipy.stats import norm, studentized_range

from congtam.engine.comparing.ranks import RankRange, range_quantile, rank_ranges, share_rank_ranges
from congtam.engine.findings import Unusable


@pytest.mark.parametrize("subjects", [2, 3, 10, 40])
@pytest.mark.parametrize("confidence", [0.90, 0.95, 0.99])
def test_the_quantile_is_tukeys(subjects: int, confidence: float) -> None:
    assert range_quantile(subjects, confidence) == pytest.approx(
        studentized_range.ppf(confidence, subjects, float("inf"))
    )


@pytest.mark.parametrize("subjects", [3, 10, 100, 700])
def test_ranges_are_narrower_than_by_counting_each_pair_apart(subjects: int) -> None:
    pairs = subjects * (subjects - 1) / 2
    assert range_quantile(subjects, 0.95) / 2**0.5 < norm.ppf(1 - 0.025 / pairs)


def test_what_is_far_apart_has_one_rank_each() -> None:
    ranking = rank_ranges([10.0, 30.0, 20.0], [0.1, 0.1, 0.1])
    assert ranking.ranges == (RankRange(3, 3, 3), RankRange(1, 1, 1), RankRange(2, 2, 2))
    assert ranking.mean_width == 0


def test_lower_can_be_better() -> None:
    ranking = rank_ranges([10.0, 30.0, 20.0], [0.1, 0.1, 0.1], higher_is_better=False)
    assert [one.best for one in ranking.ranges] == [1, 3, 2]
    late = share_rank_ranges([(1, 400), (200, 400)], higher_is_better=False)
    assert [one.best for one in late.ranges] == [1, 2]


def test_equals_share_a_group_and_every_rank() -> None:
    ranking = rank_ranges([1.0, 1.0, 9.0, 1.1], [0.2] * 4)
    assert [one.group for one in ranking.ranges] == [2, 2, 1, 2]
    assert ranking.ranges[0] == RankRange(2, 4, 2) and ranking.ranges[2] == RankRange(1, 1, 1)


def test_a_chain_of_neighbours_is_one_group() -> None:
    """Nobody stands in a group before someone they cannot be told from."""
    ranking = rank_ranges([float(step) for step in range(12)], [0.5] * 12)
    assert {one.group for one in ranking.ranges} == {1}
    assert ranking.ranges[0].best > ranking.ranges[11].worst
    assert 0 < ranking.mean_width < 11


def test_whoever_has_no_case_may_have_every_rank_and_no_group() -> None:
    ranking = share_rank_ranges([(390, 400), (0, 0), (10, 400)])
    assert ranking.ranges == (RankRange(1, 2, 1), RankRange(1, 3, None), RankRange(2, 3, 2))


def test_one_or_none_needs_no_comparison() -> None:
    assert share_rank_ranges([]).ranges == () and share_rank_ranges([]).mean_width == 0
    assert share_rank_ranges([(3, 5)]).ranges == (RankRange(1, 1, 1),)


def test_small_numbers_set_nobody_apart_and_large_ones_do() -> None:
    assert share_rank_ranges([(5, 5), (2, 5), (0, 5)]).mean_width >= 1
    assert share_rank_ranges([(900, 1000), (500, 1000), (100, 1000)]).mean_width == 0


@pytest.mark.parametrize("errors", [[0.1], [0.1, 0.0], [0.1, float("nan")]])
def test_estimates_without_errors_are_refused(errors: list[float]) -> None:
    with pytest.raises(Unusable, match="bad-estimate"):
        rank_ranges([1.0, 2.0], errors)
