"""quantile_of: the smallest figure that at least such a share of the rows does not exceed."""

from pathlib import Path

import pytest
from drawn import EVALUATORS, Evaluator, Spec

FIVE = """
    key  finished_at  waiting
    a    09-09        10
    b    09-10        20
    c    09-11        30
    d    09-12        40
    e    09-13        500
"""


def at(share: str, table: str = FIVE) -> tuple[str, str]:
    return table, f"{{quantile_of: {{value: waiting, at: {share}}}, in_period: finished}}"


SPECS = [
    Spec("the median of five is the third", *at("0.5"), "30 · n 5"),
    Spec("the median of four is the second", *at("0.5", FIVE.rpartition("    e")[0]), "20 · n 4"),
    Spec("nine tenths", *at("0.9"), "500 · n 5"),
    Spec("exactly on a row", *at("0.8"), "40 · n 5"),
    Spec("all", *at("1"), "500 · n 5"),
    Spec("nothing of it is the least", *at("0"), "10 · n 5"),
    Spec("of no rows", *at("0.5", "key finished_at"), "not_applicable · n 0"),
]


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_evaluators_agree(spec: Spec, evaluator: Evaluator, tmp_path: Path) -> None:
    assert evaluator(spec, tmp_path) == spec.answer
