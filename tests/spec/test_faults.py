"""faults: in which period a fault counts, what voids it, and work charged after its month."""

from pathlib import Path

import pytest
from drawn import EVALUATORS, Evaluator, Spec

WORK = """
    key     due_at  finished_at  coefficient  faults
    clean   09-10   09-09        1            -
    here    09-10   09-09        2            quality
    voided  09-10   09-09        1            quality!
    later   09-10   09-09        1            quality@10-02
    before  08-10   08-09        2            quality@09-02
"""
CUT = """
    ratio_of:
      top: "coefficient * (1 - cut * faults('quality')) if counted else 0 - coefficient * cut * faults('quality')"
      bottom: "coefficient if counted else 0"
    in_period: due
    charged_later: {}
    cap: 1
"""
COUNT = "{{sum_of: \"faults('quality')\", in_period: due, charged_later: {}}}"
FAULTS = """
    key  at     kind     charged_to  voided
    f1   09-10  quality  -           no
    f2   09-11  quality  10-02       yes
    f3   09-12  delay    -           no
"""

SPECS = [
    Spec("a fault counts with its work, unless voided or charged elsewhere", WORK, COUNT.format("false"), "1 · n 4"),
    Spec("and in the month it is charged to", WORK, COUNT.format("true"), "2 · n 5"),
    Spec("in October the fault charged to it", WORK, COUNT.format("true"), "1 · n 1", period="2026-10"),
    Spec("in August nothing is left of it", WORK, COUNT.format("true"), "0 · n 1", period="2026-08"),
    Spec("a cut falls on its own item", WORK, CUT.format("false"), "9/10 · n 4", parameters={"cut": "0.25"}),
    Spec("a later charge takes from this month's work", WORK, CUT.format("true"), "4/5 · n 5",
         parameters={"cut": "0.25"}),
    Spec(
        "a charge in a month without work has nothing to be taken from",
        WORK,
        CUT.format("true"),
        "not_applicable · n 1",
        period="2026-10",
        parameters={"cut": "0.25"},
    ),
    Spec("faults are rows of their own", FAULTS, "{share_of: fault, in_period: finished, that: voided}", "1/3 · n 3",
         rows_of="fault"),
    Spec("by kind", FAULTS, "{count_of: fault, in_period: finished, among: kind == 'quality'}", "2 · n 2",
         rows_of="fault"),
]  # fmt: skip


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_evaluators_agree(spec: Spec, evaluator: Evaluator, tmp_path: Path) -> None:
    assert evaluator(spec, tmp_path) == spec.answer
