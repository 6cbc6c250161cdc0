"""The language of rules: what it says, in which types and scales, and each thing it refuses to say."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from congtam.engine.expressions.compute import NOT_ARISEN, compute
from congtam.engine.expressions.nodes import (
    BOOLEAN,
    DAY,
    EXACT,
    GRADE,
    GRADES,
    INSTANT,
    TEXT,
    Sort,
    Type,
    columns,
    number,
)
from congtam.engine.expressions.parse import DEEPEST, LONGEST, Scope, parse
from congtam.engine.findings import Place, Unusable
from congtam.engine.rulebook.columns import COLUMNS

NOON = datetime(2026, 9, 10, 5, tzinfo=UTC)  # 12:00 in Vietnam
ROW_SCOPE = Scope(
    columns={
        "size": number(2),
        "weight": number(6),
        "returns": number(0),
        "done": BOOLEAN,
        "late": BOOLEAN,
        "kind": TEXT,
        "origin": Type(Sort.TEXT, codes=("assigned", "citizen")),
        "due_at": INSTANT,
        "finished_at": INSTANT,
        "charged_to": DAY,
        "item.due_at": INSTANT,
    },
    parameters={"cut": number(6), "way": Type(Sort.TEXT, codes=("partial", "zero"))},
    terms={"twice": parse("returns * 2", Scope({"returns": number(0)}))},
    fault_kinds=("quality", "delay"),
)
ROW: dict[str, Any] = {
    "size": 150,
    "weight": 500_000,
    "returns": 3,
    "done": True,
    "late": None,
    "kind": "task",
    "origin": "citizen",
    "due_at": NOON,
    "finished_at": NOON + timedelta(minutes=90),
    "charged_to": date(2026, 9, 10),
    "item.due_at": None,
    "faults": {"quality": 2},
}
FORMULA_SCOPE = Scope(
    columns={"a": EXACT, "b": EXACT, "c": EXACT, "subordinates.grade": GRADES, "unit.grade": GRADE},
    parameters={"limit": EXACT},
    grades=("excellent", "good", "poor"),
    exact=True,
)


def of_row(text: str, **changes: Any) -> Any:
    return compute(parse(text, ROW_SCOPE), {"cut": 250_000, "way": "partial"})({**ROW, **changes})


def of_formula(text: str, **values: Any) -> Any:
    figures = {"a": Fraction(1, 2), "b": Fraction(1, 4), "c": None, "subordinates.grade": (), "unit.grade": None}
    node = parse(text, FORMULA_SCOPE)
    return compute(node, {"limit": Fraction(1, 5)}, FORMULA_SCOPE.grades)({**figures, **values})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("returns + 1", 4),
        ("returns - 5", -2),
        ("-returns", -3),
        ("twice + 1", 7),
        ("min(returns, 2)", 2),
        ("max(returns, 2, 9)", 9),
        ('faults("quality")', 2),
        ('faults("delay")', 0),
        ("returns == 3", True),
        ("returns != 3", False),
        ("returns >= 3 and returns <= 3", True),
        ("not done", False),
        ('kind in ("task", "report")', True),
        ('kind not in ("task", "report")', False),
        ('origin == "citizen"', True),
        ('way == "partial"', True),
        ("known(finished_at)", True),
        ("known(item.due_at)", False),
        ("minutes(due_at, finished_at)", 90),
        ("minutes(finished_at, due_at)", 0),
        ("finished_at > due_at", True),
        ("returns if done else 0", 3),
        ("first(item.due_at, due_at) == due_at", True),
        ("(item.due_at or due_at) == due_at", True),
        ('charged_to == "2026-09-10"', True),
        ('due_at <= "2026-09-10"', True),  # an instant against a day: the day in Vietnam
        ("finished_at >= charged_to", True),
    ],
)
def test_says(text: str, expected: Any) -> None:
    assert of_row(text) == expected


@pytest.mark.parametrize(
    ("text", "scale", "expected"),
    [
        ("size", 2, 150),
        ("size + 1", 2, 250),  # 1 becomes 1.00
        ("size * weight", 8, 75_000_000),  # 1.50 × 0.5 = 0.75
        ("1 - 0.25", 2, 75),
        ("size * 1.5", 3, 2250),
        ("max(0, 1 - cut * returns)", 6, 250_000),
        ("size if done else 0", 2, 150),
        ("0.1 + 0.2", 1, 3),  # exactly
    ],
)
def test_numbers_are_whole_in_their_scale(text: str, scale: int, expected: int) -> None:
    assert parse(text, ROW_SCOPE).type.scale == scale
    assert of_row(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("size > 1", True), ("size == 1.5", True), ("weight == 0.5", True), ("cut < 0.3", True)],
)
def test_numbers_of_different_scales_compare(text: str, expected: bool) -> None:
    assert of_row(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("late and done", None),
        ("late and not done", False),
        ("late or done", True),
        ("late or not done", None),
        ("not late", None),
        ("item.due_at > due_at", None),
        ("returns if late else 0", None),
        ("minutes(due_at, item.due_at)", None),
        ("known(late)", False),
        ("first(item.due_at, item.due_at)", None),
    ],
)
def test_missing_stays_missing_unless_the_other_side_decides(text: str, expected: Any) -> None:
    assert of_row(text) is expected


def test_missing_numbers_stay_missing() -> None:
    assert of_row("size * weight", weight=None) is None
    assert of_row("min(size, weight)", weight=None) is None
    assert of_row('kind in ("task",)', kind=None) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(a + b) / 2", Fraction(3, 8)),
        ("a / b / 2", Fraction(1)),
        ("a / (b - b)", NOT_ARISEN),
        ("mean(a, b)", Fraction(3, 8)),
        ("mean(a, c)", None),
        ("a > limit", True),
        ("c > limit", None),
        ("min(1, a * 4)", Fraction(1)),
        ("all(subordinates.grade >= good)", NOT_ARISEN),
        ("unit.grade == excellent", None),
        ("first(c, b)", Fraction(1, 4)),
        ("known(a)", True),
    ],
)
def test_formulas_are_exact(text: str, expected: Any) -> None:
    assert of_formula(text) == expected


def test_what_did_not_arise_is_left_out_of_a_mean_and_spoils_a_sum() -> None:
    assert of_formula("mean(a, b)", b=NOT_ARISEN) == Fraction(1, 2)
    assert of_formula("mean(a, b)", a=NOT_ARISEN, b=NOT_ARISEN) is NOT_ARISEN
    assert of_formula("a + b", b=NOT_ARISEN) is NOT_ARISEN
    assert of_formula("a + b", a=None, b=NOT_ARISEN) is None
    assert of_formula("first(a, b)", a=NOT_ARISEN) == Fraction(1, 4)
    assert of_formula("known(a)", a=NOT_ARISEN) is False
    assert repr(NOT_ARISEN) == "NOT_ARISEN"


@pytest.mark.parametrize(
    ("text", "grades", "expected"),
    [
        ("all(subordinates.grade >= good)", ("excellent", "good"), True),
        ("all(subordinates.grade >= good)", ("excellent", "poor"), False),
        ("all(subordinates.grade >= good)", ("excellent", None), None),
        ("all(subordinates.grade >= good)", ("poor", None), False),
        ("any(subordinates.grade == poor)", ("poor", None), True),
        ("any(subordinates.grade == poor)", ("good", None), None),
        ("any(subordinates.grade < good)", ("good", "excellent"), False),
    ],
)
def test_grades_of_several(text: str, grades: tuple[str | None, ...], expected: bool | None) -> None:
    assert of_formula(text, **{"subordinates.grade": grades}) is expected


def test_grades_are_ordered_from_best_to_worst() -> None:
    assert of_formula("unit.grade >= good", **{"unit.grade": "excellent"}) is True
    assert of_formula("unit.grade >= good", **{"unit.grade": "poor"}) is False


def test_columns_of_an_expression() -> None:
    node = parse("twice + (size if done else 0) * min(weight, 1)", ROW_SCOPE)
    assert columns(node) == {"returns", "size", "done", "weight"}
    assert columns(parse("all(subordinates.grade >= good)", FORMULA_SCOPE)) == {"subordinates.grade"}


REFUSED = [
    # text, what the message says, what the advice says
    ("open('x')", "open(…) with 1 values is not a function here", "known: all, any"),
    ("__import__('os')", "__import__(…)", "known"),
    ("import os", "is not an expression", "check brackets"),
    ("returns; done", "is not an expression", "check brackets"),
    ("x = 1", "is not an expression", "check brackets"),
    ("kind[0]", "a subscript is not part of the language", "use names"),
    ("kind.upper()", "calling this is not part of the language", "use names"),
    ("item.due_at.year", "an attribute of this kind", "use names"),
    ("().__class__", "an attribute of this kind", "use names"),
    ("lambda: 1", "a lambda is not part of the language", "use names"),
    ("[r for r in kind]", "a comprehension is not part of the language", "use names"),
    ("{r for r in kind}", "`SetComp` is not part of the language", "use names"),
    ("(returns := 1)", "an assignment is not part of the language", "use names"),
    ('f"{kind}"', "a formatted text is not part of the language", "use names"),
    ("1 < returns < 3", "comparisons are not chained", "a < b and b < c"),
    ("returns ** 2", "this operator is not part of the language", "use names"),
    ("returns // 2", "this operator is not part of the language", "use names"),
    ("returns % 2", "this operator is not part of the language", "use names"),
    ("returns / 2", "a row cannot divide", "ratio_of"),
    ("returns is 3", "`Is` is not part of the language", "=="),
    ("min(returns, key=size)", "calling this is not part of the language", "use names"),
    ("min(*kind)", "`Starred` is not part of the language", "use names"),
    ("min(returns)", "min needs at least two values", "min(a, b)"),
    ("mean(returns, 1)", "mean(…) with 2 values is not a function here", "known"),
    ("first()", "first(…) with 0 values", "known"),
    ("minutes(due_at)", "minutes(…) with 1 values", "did you mean 'minutes'"),
    ("minutes(due_at, returns)", "`minutes` needs a instant, not a number", "either side"),
    ("retruns > 1", "there is no name 'retruns' here", "did you mean 'returns'? known: charged_to"),
    ("item.due", "there is no name 'item.due' here", "did you mean 'item.due_at'"),
    ("None", "None is no value of the language", "a number, a text or a name"),
    ("2j", "2j is no value of the language", "a number, a text or a name"),
    ("...", "Ellipsis is no value of the language", "a number, a text or a name"),
    ("0.1234567890123456", "more than 15 digits", "round it"),
    ("kind + 1", "`+` needs a number, not a text", "either side"),
    ("not returns", "`not` needs a yes or no, not a number", "either side"),
    ("returns and done", "`and` needs a yes or no, not a number", "either side"),
    ("-kind", "`-` needs a number, not a text", "either side"),
    ("returns or done", "needs values of one kind", "like with like"),
    ("kind > 'a'", "text has no order", "== or !="),
    ("done > True", "yes or no has no order", "== or !="),
    ("kind == 1", "text cannot be compared with number", "one kind"),
    ("due_at > 1", "instant cannot be compared with number", "one kind"),
    ("due_at > 'tomorrow'", "'tomorrow' is not a day", "2026-07-01"),
    ("charged_to == '2026-02-30'", "'2026-02-30' is not a day", "2026-07-01"),
    ('origin == "citizens"', "'citizens' never occurs there", "known: assigned, citizen"),
    ('origin in ("citizens",)', "'citizens' never occurs there", "known: assigned, citizen"),
    ('"parial" == way', "'parial' never occurs there", "known: partial, zero"),
    ("kind in (1, 2)", "`in (…)` lists texts only", 'in ("task", "document")'),
    ("kind in kind", "`In` is not part of the language", "in (…)"),
    ('faults("speling")', "there is no fault kind 'speling'", "known: delay, quality"),
    ("faults(kind)", "lists texts only", "write"),
    ("faults()", "one kind of fault", 'faults("quality")'),
    ("all(returns > 1)", "compares grades of several subjects", "subordinates.grade >= complete"),
    ("returns if returns else 0", "`if` needs a yes or no, not a number", "either side"),
    ("returns if done else kind", "both sides of `if … else …` must be of one kind", "like with like"),
    ("", "is not an expression", "check brackets"),
    ("(returns", "is not an expression", "check brackets"),
    ("returns returns", "is not an expression", "check brackets"),
    (r"kind == '\d'", "is not an expression", "check brackets"),
    ("1if done else 2", "is not an expression", "check brackets"),
    ("9" * 5000, f"longer than {LONGEST} characters", "name its pieces as terms"),
    ("9" * 1500, "has more than 15 digits", "round it"),
    ("-" * 500 + "1", f"nests deeper than {DEEPEST}", "name its pieces as terms"),
    ("not " * 400 + "done", f"nests deeper than {DEEPEST}", "name its pieces as terms"),
    ("+".join(["returns"] * 200), f"nests deeper than {DEEPEST}", "name its pieces as terms"),
    ("(" * 900 + "1" + ")" * 900, "is not an expression", "check brackets"),
]


@pytest.mark.parametrize(("text", "message", "advice"), REFUSED, ids=[text[:30] or "nothing" for text, _, _ in REFUSED])
def test_refuses(text: str, message: str, advice: str) -> None:
    with pytest.raises(Unusable) as refusal:
        parse(text, ROW_SCOPE, Place("rule.yaml", 7))
    (finding,) = refusal.value.findings
    assert finding.code == "bad-expression"
    assert finding.place == Place("rule.yaml", 7)
    assert message in finding.message and advice in finding.advice
    assert len(finding.message) < 400


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('faults("quality") > 0', "takes one kind of fault, in a row"),
        ("all(a > 1)", "compares grades of several subjects"),
        ("all(subordinates.grade > 1)", "compares grades of several subjects"),
        ("subordinates.grade == good", "cannot be compared"),
        ("great", "there is no name 'great' here"),
    ],
)
def test_formulas_refuse(text: str, message: str) -> None:
    with pytest.raises(Unusable, match="bad-expression") as refusal:
        parse(text, FORMULA_SCOPE)
    assert message in str(refusal.value)


def test_long_sums_are_written_as_min_max_or_terms_not_as_chains() -> None:
    """Forty levels are far more than a sentence holds."""
    assert of_row("+".join(["returns"] * (DEEPEST - 1))) == 3 * (DEEPEST - 1)


@pytest.mark.parametrize(("text", "why"), [("kind in ()", "lists nothing"), ("coefficient < 1e30", "does not fit")])
def test_what_no_row_can_hold_is_refused(text: str, why: str) -> None:
    with pytest.raises(Unusable, match=why):
        parse(text, Scope(COLUMNS["share"]))
