"""unknown: what a missing value does to a measure: shown beside n, or counted as not met."""

from pathlib import Path

import pytest
from drawn import EVALUATORS, Evaluator, Spec

WORK = """
    key  finished_at  due_at  rating  kind
    a    09-09        09-10   4       task
    b    09-12        09-10   -       task
    c    09-12        -       2       -
"""
GOOD = "{share_of: share, in_period: finished, that: rating >= 4}"
NOT_MET = "{unknown: count_as_not_met}"

SPECS = [
    Spec("a row that cannot be judged is left out and shown", WORK, GOOD, "1/2 · n 2 · unknown 1"),
    Spec("or counted as not met", WORK, GOOD, "1/3 · n 3", indicator=NOT_MET),
    Spec(
        "a row of which it is unknown whether to look at it is shown too",
        WORK,
        "{share_of: share, in_period: finished, among: kind == 'task', that: known(rating)}",
        "1/2 · n 2 · unknown 1",
    ),
    Spec(
        "and is never counted as not met: it may not belong",
        WORK,
        "{share_of: share, in_period: finished, among: kind == 'task', that: known(rating)}",
        "1/2 · n 2 · unknown 1",
        indicator=NOT_MET,
    ),
    Spec(
        "a missing weight cannot be counted either way",
        WORK,
        "{share_of: share, in_period: finished, that: done, weigh_by: rating}",
        "1 · n 2 · unknown 1",
        indicator=NOT_MET,
    ),
    Spec(
        "when nothing is known the measure is missing",
        WORK,
        "{share_of: share, in_period: finished, that: satisfaction >= 4}",
        "missing · n 0 · unknown 3",
    ),
    Spec("asking whether it is known is always known", WORK, "{share_of: share, that: known(rating)}", "2/3 · n 3"),
]


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_evaluators_agree(spec: Spec, evaluator: Evaluator, tmp_path: Path) -> None:
    assert evaluator(spec, tmp_path) == spec.answer
