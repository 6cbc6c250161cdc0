"""sum_of and mean_of: a figure of each row, added up or averaged over the rows that have it."""

from pathlib import Path

import pytest
from drawn import EVALUATORS, Evaluator, Spec

MARKS = """
    key  finished_at  rating  coefficient
    a    09-09        4       1
    b    09-10        4.5     2.5
    c    09-11        -       1
"""
MEAN = "{mean_of: rating, in_period: finished}"
SPECS = [
    Spec("a sum", MARKS, "{sum_of: coefficient, in_period: finished}", "9/2 · n 3"),
    Spec("a sum of nothing is zero", "key finished_at", "{sum_of: coefficient, in_period: finished}", "0 · n 0"),
    Spec("a sum shows what it does not know", MARKS, "{sum_of: rating, in_period: finished}", "17/2 · n 2 · unknown 1"),
    Spec(
        "a mean is over the rows that are known",
        MARKS,
        "{mean_of: rating, in_period: finished}",
        "17/4 · n 2 · unknown 1",
    ),
    Spec(
        "a mean of nothing did not arise",
        "key finished_at",
        "{mean_of: rating, in_period: finished}",
        "not_applicable · n 0",
    ),
    Spec(
        "a mean of what nobody knows is missing",
        MARKS,
        "{mean_of: satisfaction, in_period: finished}",
        "missing · n 0 · unknown 3",
    ),
    Spec(
        "minutes between two instants",
        "key received_at finished_at\na 09-09_08:00 09-09_09:30\nb 09-10_08:00 09-10_08:30",
        '{mean_of: "minutes(received_at, finished_at)", in_period: finished}',
        "60 · n 2",
    ),
]


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_evaluators_agree(spec: Spec, evaluator: Evaluator, tmp_path: Path) -> None:
    assert evaluator(spec, tmp_path) == spec.answer
