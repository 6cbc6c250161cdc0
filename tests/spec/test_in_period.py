"""in_period: which rows a month holds, what is still pending in it, and what is carried over."""

from pathlib import Path

import pytest
from drawn import EVALUATORS, Evaluator, Spec

WORK = """
    key      received_at  due_at  finished_at
    old      08-03        08-14   08-13
    carried  08-03        08-14   09-08
    lying    08-03        08-14   -
    good     09-01        09-10   09-09
    late     09-01        09-10   09-12
    open     09-01        09-25   -
    ahead    09-20        10-05   09-28
    next     09-20        10-05   -
    undated  09-05        -       09-20
    some     09-05        -       -
    future   10-01        10-20   -
"""


def seen(rule: str, answer: str, as_of: str | None = None) -> Spec:
    return Spec(
        f"{rule}, seen {as_of or 'at the end'}",
        WORK,
        f"{{share_of: share, that: overdue, {rule}}}",
        answer,
        as_of=as_of,
    )


SPECS = [
    seen("in_period: received", "2/5 · n 5 · unknown 2"),
    seen("in_period: finished", "1/2 · n 4 · unknown 1"),
    seen("in_period: open", "2/3 · n 3 · unknown 1"),
    seen("in_period: due", "2/3 · n 3 · unknown 1 · pending 1"),
    seen("in_period: due_or_carried", "4/5 · n 5 · unknown 1 · pending 1"),
    seen("in_period: due_or_open", "3/4 · n 4 · unknown 1 · pending 1"),
    seen("in_period: due_or_carried, carry_over: once", "2/3 · n 3 · unknown 1 · pending 1"),
    seen("in_period: due_or_open, carry_over: once", "2/3 · n 3 · unknown 1 · pending 1"),
    seen("in_period: due", "1/2 · n 2 · unknown 1 · pending 2", "09-20"),
    seen("in_period: due_or_open", "2/3 · n 3 · unknown 1 · pending 2", "09-20"),
]


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_evaluators_agree(spec: Spec, evaluator: Evaluator, tmp_path: Path) -> None:
    assert evaluator(spec, tmp_path) == spec.answer
