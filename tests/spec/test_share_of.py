"""share_of: of the rows looked at, the share that does something."""

from pathlib import Path

import pytest
from drawn import EVALUATORS, Evaluator, Spec

FOUR = """
    key  due_at  finished_at  coefficient  role     excused
    a    09-10   09-09        1            lead     no
    b    09-11   09-11        2            lead     no
    c    09-14   09-15        1.5          lead     no
    d    09-16   -            0.5          support  yes
"""
LATE = "{share_of: share, in_period: due, that: overdue"

SPECS = [
    Spec("every row counts as one", FOUR, LATE + "}", "1/2 · n 4"),
    Spec("or as much as it weighs", FOUR, LATE + ", weigh_by: coefficient}", "2/5 · n 4"),
    Spec("among some only", FOUR, LATE + ", among: not excused}", "1/3 · n 3"),
    Spec("among none nothing arose", FOUR, LATE + ", among: coefficient > 9}", "not_applicable · n 0"),
    Spec(
        "where all are excused it is excused",
        FOUR,
        LATE + ", among: role == 'support' and not excused}",
        "excused · n 0",
    ),
    Spec("no rows at all", "key due_at", LATE + "}", "not_applicable · n 0"),
    Spec(
        "none of them is zero, and zero is a value", FOUR, "{share_of: share, in_period: due, that: signed}", "0 · n 4"
    ),
    Spec(
        "a weight of zero leaves nothing to divide by",
        FOUR,
        "{share_of: share, in_period: due, that: overdue, weigh_by: returns}",
        "not_applicable · n 4",
    ),
]


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_evaluators_agree(spec: Spec, evaluator: Evaluator, tmp_path: Path) -> None:
    assert evaluator(spec, tmp_path) == spec.answer
