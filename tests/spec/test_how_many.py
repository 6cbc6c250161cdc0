"""How many may hold a grade: the limit in every reading, for small numbers, worked by hand."""

from fractions import Fraction
from typing import Any

import pytest

from congtam.engine.rulebook.model import PopulationRule
from congtam.engine.scoring.population import allowed

# People at least good, and how many of them may be excellent. "Before": the base is those graded good from the start,
# so it hangs on how many candidates there are besides (1, 2 or 3 of them).
#
#            after demotion   good and above   good before
#            20 %   25 %      20 %   25 %      20 %: 1 2 3   25 %: 1 2 3
WORKED = """
   1         0      0         0      0              0 - -         0 - -
   2         0      0         0      0              0 0 -         0 0 -
   3         0      0         0      0              0 0 0         0 0 0
   4         0      0         0      1              0 0 0         0 0 0
   5         0      1         1      1              0 0 0         1 0 0
   6         1      1         1      1              1 0 0         1 1 0
   7         1      1         1      1              1 1 0         1 1 1
   8         1      1         1      2              1 1 1         1 1 1
   9         1      1         1      2              1 1 1         1 1 1
  10         1      2         2      2              1 1 1         1 2 1
  11         1      2         2      2              1 1 1         1 2 2
  12         2      2         2      3              1 2 1         1 2 2
"""
COLUMNS = (
    *(("good_after_demotion", limit, 3) for limit in ("1/5", "1/4")),
    *(("good_and_above", limit, 3) for limit in ("1/5", "1/4")),
    *(("good_before", limit, candidates) for limit in ("1/5", "1/4") for candidates in (1, 2, 3)),
)
TABLE = [line.split() for line in WORKED.strip().splitlines()]


def rule(**changes: Any) -> PopulationRule:
    given: dict[str, Any] = {"id": "cap", "title": {"vi": "Trần", "en": "Cap"}, "cap": "excellent", "limit": "0.2",
                             "base": "good_before", "each_of": [["agency"]]}  # fmt: skip
    return PopulationRule.model_validate({**given, **changes})


@pytest.mark.parametrize("line", TABLE, ids=[line[0] for line in TABLE])
def test_so_many_may_be_excellent(line: list[str]) -> None:
    number = int(line[0])
    for (reading, limit, candidates), expected in zip(COLUMNS, line[1:], strict=True):
        if expected != "-":
            there = min(candidates, number)
            found = allowed(rule(), reading, Fraction(limit), there, number - there)
            assert found == int(expected), (reading, limit, candidates)


def test_a_minimum_of_one_lets_the_only_candidate_of_few_pass() -> None:
    lines = [allowed(rule(minimum=1), "good_after_demotion", Fraction(1, 5), 1, n - 1) for n in range(1, 13)]
    assert lines == [1] * 12


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        ("down", [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2]),
        ("nearest", [0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2]),
        ("up", [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]),
    ],
)
def test_rounding_of_one_in_six(rounding: str, expected: list[int]) -> None:
    """After demotion at 20 % the limit is a sixth of those at least good; half is rounded up."""
    found = [
        allowed(rule(rounding=rounding), "good_after_demotion", Fraction(1, 5), min(n, 3), n - min(n, 3))
        for n in range(1, 13)
    ]
    assert found == expected
