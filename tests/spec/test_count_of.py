"""count_of: how many rows there are; none is zero, never nothing."""

from pathlib import Path

import pytest
from drawn import EVALUATORS, Evaluator, Spec

THREE = """
    key  finished_at  origin        accepted
    a    09-09        self_started  yes
    b    09-11        self_started  no
    c    10-02        self_started  yes
"""
SPECS = [
    Spec("those finished in the period", THREE, "{count_of: share, in_period: finished}", "2 · n 2"),
    Spec("among some", THREE, "{count_of: share, in_period: finished, among: accepted}", "1 · n 1"),
    Spec("that do something", THREE, "{count_of: share, in_period: finished, that: accepted}", "1 · n 2"),
    Spec("none is zero", THREE, "{count_of: share, in_period: finished, among: excused}", "0 · n 0"),
    Spec("weighed", THREE, "{count_of: share, in_period: finished, weigh_by: coefficient * 2.5}", "5 · n 2"),
]


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_evaluators_agree(spec: Spec, evaluator: Evaluator, tmp_path: Path) -> None:
    assert evaluator(spec, tmp_path) == spec.answer
