"""ratio_of: a sum by a sum; what cannot be known of either stays out of both."""

from pathlib import Path

import pytest
from drawn import EVALUATORS, Evaluator, Spec

WORK = """
    key  due_at  finished_at  coefficient  weight  faults
    a    09-10   09-09        1            1       -
    b    09-11   09-10        2            0.5     quality
    c    09-14   09-15        1.5          1       quality,quality!
    d    09-16   -            -            1       -
"""
SIZE = "coefficient * weight"


def ratio(top: str, bottom: str, more: str = "") -> str:
    return f'{{ratio_of: {{top: "{top}", bottom: "{bottom}"}}, in_period: due{more}}}'


SPECS = [
    Spec(
        "numerator and denominator are summed apart",
        WORK,
        ratio(f"{SIZE} if done else 0", SIZE, ", among: known(coefficient)"),
        "1 · n 3",
    ),
    Spec(
        "each fault that was not voided cuts a quarter of its row",
        WORK,
        ratio(f"{SIZE} * max(0, 1 - cut * faults('quality'))", SIZE),
        "29/36 · n 3 · unknown 1",
        parameters={"cut": "0.25"},
    ),
    Spec("a cap holds the ratio down", WORK, ratio("2", "1", ", cap: 1"), "1 · n 4"),
    Spec("without a cap it may pass one", WORK, ratio("2", "1"), "2 · n 4"),
    Spec(
        "a capped ratio is never below zero",
        WORK,
        "{ratio_of: {top: 0 - 3, bottom: 1}, in_period: due, cap: 1}",
        "0 · n 4",
    ),
    Spec(
        "a zero denominator did not arise",
        WORK,
        ratio("1", "0"),
        "not_applicable · n 4",
    ),
]


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_evaluators_agree(spec: Spec, evaluator: Evaluator, tmp_path: Path) -> None:
    assert evaluator(spec, tmp_path) == spec.answer
