"""shared_work: how much each of several people is credited, whose faults each bears, whose deadline counts."""

from pathlib import Path

import pytest
from drawn import EVALUATORS, Evaluator, Spec

MINE = """
    key  role     weight  due_at  finished_at  item.due_at  item.finished_at  faults
    a    lead     0.6     09-10   09-09        09-15        09-16             quality
    b    support  0.3     09-11   09-12        09-15        09-14             quality
"""
WEIGHT = "{sum_of: weight, in_period: due}"
LATE = "{share_of: share, in_period: due, that: overdue}"
FAULTS = "{sum_of: \"faults('quality')\", in_period: due}"


def shared(what: str) -> str:
    return f"{{shared_work: {{{what}}}}}"


SPECS = [
    Spec("the lead is credited with the whole, whoever helps, and support on top", MINE, WEIGHT, "13/10 · n 2"),
    Spec("or each with the own part", MINE, WEIGHT, "9/10 · n 2", indicator=shared("credit: split")),
    Spec("or each with the whole", MINE, WEIGHT, "2 · n 2", indicator=shared("credit: full")),
    Spec("or the lead alone, with the own part", MINE, WEIGHT, "3/5 · n 1", indicator=shared("credit: lead_only")),
    Spec("each keeps the own deadline", MINE, LATE, "1/2 · n 2"),
    Spec("or the item's deadline and finish count for all", MINE, LATE, "1/2 · n 2", indicator=shared("due: item")),
    Spec("each bears the own faults", MINE, FAULTS, "2 · n 2"),
    Spec("or only the lead bears faults", MINE, FAULTS, "1 · n 2", indicator=shared("blame: lead_only")),
    Spec("or each bears all faults of the item", MINE, FAULTS, "2 · n 2", indicator=shared("blame: full")),
]


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize("spec", SPECS, ids=str)
def test_evaluators_agree(spec: Spec, evaluator: Evaluator, tmp_path: Path) -> None:
    assert evaluator(spec, tmp_path) == spec.answer
