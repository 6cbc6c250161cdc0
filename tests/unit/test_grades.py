"""Points to grades: bands, holes and missed conditions for a person, vetoes that propose, ceilings."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from congtam.engine.facts.tables import Decision
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.rulebook.model import Scorecard
from congtam.engine.scoring.grades import By, Graded, ProposalState, Standing, band, grade
from congtam.engine.scoring.points import micropoints

TITLE = {"vi": "Mục", "en": "Title"}
BANDS = [
    {"id": "excellent", "title": TITLE, "from": "90", "when": "loved"},
    {"id": "good", "title": TITLE, "from": "70"},
    {"id": "complete", "title": TITLE, "from": "50", "below": "65"},
    {"id": "poor", "title": TITLE, "below": "50"},
]
VETO = {"id": "overdue", "title": TITLE, "when": "late", "propose": "poor", "indicator": "late", "min_items": 8}
CEILING = {"id": "unit", "title": TITLE, "for": "leader", "not_above": "unit.grade"}


def card(compare: int = 2, **more: Any) -> BoundScorecard:
    part = {"id": "a", "title": TITLE, "points": "100", "from": "a"}
    model = {"title": TITLE, "subject": "official", "period": "month", "points": "100", "parts": [part],
             "grades": BANDS, "rounding": {"compare": compare}, **more}  # fmt: skip
    return BoundScorecard("month", Scorecard.model_validate(model))


def test_a_veto_never_raises_whoever_upholds_it() -> None:
    of = card(vetoes=[{**VETO, "propose": "complete"}])
    for points, expected, by in (
        ("95", "complete", By.DECISION),
        ("60", "complete", By.DECISION),
        ("40", "poor", By.RULE),
    ):
        made = graded(points, of=of, late=True, decisions=decided("overdue", "upheld"))
        assert (made.grade, made.by) == (expected, by), points
        assert [one.state for one in made.proposals] == [ProposalState.UPHELD]


def test_of_several_vetoes_upheld_the_worst_counts() -> None:
    of = card(vetoes=[{**VETO, "id": "mild", "propose": "good"}, VETO])
    standing = Standing(*[micropoints(Decimal("60"))] * 2, {}, {"late": 8},
                        decided("mild", "upheld") | decided("overdue", "upheld"))  # fmt: skip
    made = grade(of, standing, {}, {"mild": lambda row: True, "overdue": lambda row: True}, {})
    assert (made.grade, made.by) == ("poor", By.DECISION)


def decided(matter: str, outcome: str) -> dict[str, Decision]:
    start = Period.parse("2026-09").start
    return {matter: Decision(1, start, "an", "month", "2026-09", matter, outcome, "sep", "1/QD")}


def graded(points: str, highest: str | None = None, related: Mapping[str, str | None] | None = None,
           of: BoundScorecard | None = None, loved: bool | None = True, late: bool | None = False,
           **standing: Any) -> Graded:  # fmt: skip
    low = micropoints(Decimal(points))
    high = low if highest is None else micropoints(Decimal(highest))
    who = Standing(low, high, {}, {"late": standing.pop("n", 8)}, **standing)
    vetoes = {"overdue": lambda row: late}
    return grade(of or card(vetoes=[VETO], ceilings=[CEILING]), who, {"excellent": lambda row: loved}, vetoes,
                 related or {})  # fmt: skip


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("100", "excellent"),
        ("90", "excellent"),
        ("89.995", "excellent"),  # 90.00 at the two places that are compared
        ("89.994999", "good"),
        ("70", "good"),
        ("69.994999", None),  # a hole
        ("65", None),
        ("64.99", "complete"),
        ("50", "complete"),
        ("49.99", "poor"),
        ("0", "poor"),
    ],
)
def test_bands(points: str, expected: str | None) -> None:
    made = graded(points)
    assert (made.grade, made.by) == ((expected, By.RULE) if expected else (None, By.TO_DECIDE))


STRICT = [
    {"id": "excellent", "title": TITLE, "above": "90"},
    {"id": "good", "title": TITLE, "from": "80"},
    {"id": "poor", "title": TITLE, "below": "50"},
]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("90.01", "excellent"),
        ("90.005", "excellent"),  # 90.01 at the two places that are compared
        ("90.004999", "good"),
        ("90", "good"),  # more than 90 is not 90
        ("80", "good"),
        ("79.99", None),
        ("50", None),
        ("49.99", "poor"),
    ],
)
def test_a_band_that_begins_above_a_point_does_not_hold_it(points: str, expected: str | None) -> None:
    made = band(card(grades=STRICT), micropoints(Decimal(points)))
    assert (made.id if made else None) == expected


def test_a_grade_has_one_floor() -> None:
    with pytest.raises(ValueError, match="not both"):
        card(grades=[{"id": "a", "title": TITLE, "from": "80", "above": "90"}])


CONDITIONS = [{"id": one, "title": TITLE, "when": one} for one in ("excellent", "good", "poor")]


@pytest.mark.parametrize(
    ("holds", "expected", "by"),
    [
        ((True, True, False), "excellent", By.RULE),
        ((False, True, True), "good", By.RULE),
        ((False, False, True), "poor", By.RULE),
        ((False, False, False), None, By.TO_DECIDE),
        ((None, True, False), None, By.PROVISIONAL),  # not known yet whether it is excellent
        ((True, None, None), "excellent", By.RULE),
        ((False, None, True), None, By.PROVISIONAL),
    ],
)
def test_grades_by_conditions_alone(holds: tuple[bool | None, ...], expected: str | None, by: By) -> None:
    bare = BoundScorecard("year", Scorecard.model_validate(
        {"title": TITLE, "subject": "official", "period": "year", "grades": CONDITIONS}))  # fmt: skip
    told = dict(zip(("excellent", "good", "poor"), holds, strict=True))
    conditions = {name: (lambda row, held=held: held) for name, held in told.items()}
    made = grade(bare, Standing(0, 0, {}, {}), conditions, {}, {})
    assert (made.grade, made.by) == (expected, by)
    decided_on = grade(bare, Standing(0, 0, {}, {}, decided("otherwise", "good")), conditions, {}, {})
    assert decided_on.grade == ("good" if by is By.TO_DECIDE else expected)


@pytest.mark.parametrize(
    "more",
    [{"points": "10"}, {"grades": [{"id": "a", "title": TITLE}]}, {"grades": []},
     {"grades": [{"id": "a", "title": TITLE, "when": "x", "from": "3"}]}],
)  # fmt: skip
def test_without_parts_every_grade_has_a_condition_and_nothing_has_points(more: dict[str, Any]) -> None:
    good = {"title": TITLE, "subject": "official", "period": "year", "grades": CONDITIONS}
    with pytest.raises(ValueError, match="every grade has a `when` and no points"):
        Scorecard.model_validate(good | more)


def test_the_rulebook_says_how_finely_bands_compare() -> None:
    exact, coarse = band(card(6), micropoints(Decimal("89.995"))), band(card(0), micropoints(Decimal("89.5")))
    assert exact is not None and exact.id == "good"
    assert coarse is not None and coarse.id == "excellent"


@pytest.mark.parametrize("loved", [False, None])
def test_a_missed_or_unknown_condition_goes_to_a_person(loved: bool | None) -> None:
    made = graded("95", loved=loved)
    assert (made.grade, made.by) == (None, By.TO_DECIDE)
    assert made.reason is not None and "quyết định" in made.reason.vi


def test_a_person_fills_the_hole() -> None:
    made = graded("67", decisions=decided("otherwise", "complete"))
    assert (made.grade, made.by) == ("complete", By.DECISION)
    assert made.decision is not None and made.decision.number == "1/QD"
    assert graded("67", decisions=decided("otherwise", "no such grade")).by is By.TO_DECIDE


def test_while_figures_are_missing_there_is_no_grade() -> None:
    assert (graded("91", "99").grade, graded("91", "99").by) == (None, By.PROVISIONAL)


def test_without_enough_work_there_is_no_grade() -> None:
    assert (graded("95", sufficient=False).grade, graded("95", sufficient=False).by) == (None, By.INSUFFICIENT)


@pytest.mark.parametrize(
    ("n", "outcome", "state", "expected"),
    [
        (8, None, ProposalState.PROPOSED, "excellent"),
        (7, None, ProposalState.TO_CONSIDER, "excellent"),
        (8, "upheld", ProposalState.UPHELD, "poor"),
        (7, "upheld", ProposalState.UPHELD, "poor"),
        (8, "set_aside", ProposalState.SET_ASIDE, "excellent"),
    ],
)
def test_a_veto_only_proposes_until_a_named_person_upholds_it(
    n: int, outcome: str | None, state: ProposalState, expected: str
) -> None:
    made = graded("95", late=True, n=n, decisions=decided("overdue", outcome) if outcome else {})
    assert (made.grade, [one.state for one in made.proposals]) == (expected, [state])
    assert (made.by is By.DECISION) == (outcome == "upheld")


@pytest.mark.parametrize("late", [False, None])
def test_a_veto_whose_condition_is_not_certain_proposes_nothing(late: bool | None) -> None:
    assert graded("95", late=late).proposals == ()


def test_a_leader_whose_unit_has_no_grade_waits_for_it() -> None:
    made = graded("95", role="leader", related={"unit.grade": None})
    assert (made.grade, made.by, made.ceiling) == (None, By.PROVISIONAL, "unit")


@pytest.mark.parametrize(
    ("role", "unit", "expected"),
    [
        ("leader", "complete", "complete"),
        ("leader", "excellent", "excellent"),
        ("staff", "complete", "excellent"),
    ],
)
def test_a_leader_is_not_above_the_unit(role: str, unit: str | None, expected: str) -> None:
    made = graded("95", role=role, related={"unit.grade": unit})
    assert (made.grade, made.ceiling) == (expected, "unit" if expected == "complete" else None)


@pytest.mark.parametrize("bound", ["staff", "leader", "all"])
@pytest.mark.parametrize("above", ["unit.grade", "organisation.grade"])
def test_whom_a_ceiling_binds_has_the_worse_of_both_grades_and_nobody_else_is_touched(bound: str, above: str) -> None:
    """Every own grade under every grade above, read from the sentence: not above that of the unit."""
    ladder = {"excellent": "95", "good": "75", "complete": "55", "poor": "20"}  # from best to worst
    of = card(ceilings=[CEILING | {"for": bound, "not_above": above}])
    other = "organisation.grade" if above == "unit.grade" else "unit.grade"
    for own, points in ladder.items():
        for role in ("staff", "leader"):
            for limit in (*ladder, None, "a grade of another scale"):
                made = graded(points, role=role, of=of, related={above: limit, other: "poor"})
                binds = bound in ("all", role)
                worse = next(one for one in reversed(ladder) if one in (own, limit))
                expected = own if not binds else None if limit is None else worse
                assert (made.grade, made.by) == (expected, By.RULE if expected else By.PROVISIONAL)
