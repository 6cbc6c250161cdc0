"""Final grades: a limit proposes, named people decide, and a rise after the seal demotes nobody."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import congtam
from congtam.engine.facts.tables import Decision
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.rulebook.load import Library
from congtam.engine.rulebook.model import PopulationRule, Scorecard
from congtam.engine.scoring.calibration import Setting, caps_over, foreseen_over, free_again, limits
from congtam.engine.scoring.final import Final, FinalBy, final_grades, over_limit
from congtam.engine.scoring.population import Candidate, apply_caps

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
LADDER = ("excellent", "good", "complete", "poor")
POINTS = {"a": 99, "b": 97, "c": 95} | {f"g{n}": 80 for n in range(5)}


def card(**rule: Any) -> BoundScorecard:
    """Excellent at most a fifth of those graded good."""
    text = {"vi": "x", "en": "x"}
    given = {"id": "cap", "title": text, "cap": "excellent", "limit": "0.2", "base": "good_before"}
    return BoundScorecard(
        "year",
        Scorecard.model_validate(
            {
                "title": text,
                "subject": "official",
                "period": "year",
                "points": 100,
                "parts": [{"id": "work", "title": text, "points": 100, "from": "work"}],
                "grades": [
                    {"id": one, "title": text} | ({"from": floor} if floor is not None else {"below": 50})
                    for one, floor in zip(LADDER, (90, 70, 50, None), strict=True)
                ],
                "population_rules": [given | {"each_of": [["agency"]]} | rule],
            }
        ),
    )


def said(*told: tuple[str, str], by: str = "chair") -> list[Decision]:
    at = datetime(2026, 12, 1, tzinfo=UTC)
    return [
        Decision(n, at, who, "year", "2026", "cap:cap", outcome, by, "01/BB")
        for n, (who, outcome) in enumerate(told, start=1)
    ]


def finals(
    points: dict[str, int], decisions: list[Decision] | None = None, sealed: tuple[str, ...] = (), **rule: Any
) -> dict[str, Final]:
    """Everyone's final grade; who has 90 points is a candidate."""
    graded = {name: ("excellent" if value >= 90 else "good", "rule") for name, value in points.items()}
    return final_grades(made := card(**rule), graded, caps(made, points, decisions), decisions or [], sealed=sealed)


def caps(made: BoundScorecard, points: dict[str, int], decisions: list[Decision] | None) -> Any:
    (rule,) = made.model.population_rules
    people = [
        Candidate(name, "excellent" if value >= 90 else "good", value, {"agency": "so"})
        for name, value in points.items()
    ]
    decided = {one.subject: one.outcome for one in decisions or []}
    return apply_caps(rule, LADDER, people, rule.base, Fraction(1, 5), decided)


def test_whom_the_limit_does_not_touch_has_the_grade_of_the_rule() -> None:
    found = finals(POINTS)
    assert found["a"] == Final("excellent", "excellent", FinalBy.RULE)
    assert found["g1"] == Final("good", "good", FinalBy.RULE)


def test_an_over_full_list_waits_and_lowers_nobody_by_itself() -> None:
    assert finals(POINTS)["b"] == finals(POINTS)["c"] == Final(None, "excellent", FinalBy.WAITS, "cap")


def test_one_sitting_confirms_the_whole_list() -> None:
    found = finals(POINTS, said(("b", "lowered"), ("c", "lowered")))
    assert found["b"] == found["c"] == Final("good", "excellent", FinalBy.CAP, "cap")
    assert found["a"].grade == "excellent"


def test_a_tie_waits_until_one_is_kept_and_the_other_lowered() -> None:
    tie = POINTS | {"b": 99}
    assert {name for name, one in finals(tie).items() if one.by is FinalBy.WAITS} == {"a", "b", "c"}
    found = finals(tie, said(("b", "kept"), ("a", "lowered"), ("c", "lowered")))
    assert (found["b"].by, found["b"].grade, found["a"].grade) == (FinalBy.COMMITTEE, "excellent", "good")
    assert not any(one.by is FinalBy.WAITS for one in found.values())


def test_who_is_kept_takes_a_place_so_the_next_one_waits() -> None:
    found = finals(POINTS, said(("c", "kept")))
    assert (found["c"].by, found["a"].by, found["b"].by) == (FinalBy.COMMITTEE, FinalBy.WAITS, FinalBy.WAITS)


def test_nobody_keeps_a_grade_by_their_own_word() -> None:
    assert finals(POINTS, [])["c"] == finals(POINTS)["c"]
    own = [replace(one, by="c") for one in said(("c", "kept"))]
    graded = {name: ("excellent" if value >= 90 else "good", "rule") for name, value in POINTS.items()}
    assert final_grades(card(), graded, caps(card(), POINTS, None), own)["c"].by is FinalBy.WAITS


def test_the_last_decision_counts() -> None:
    assert finals(POINTS, said(("b", "kept"), ("b", "lowered")))["b"].grade == "good"


@pytest.mark.parametrize(
    ("by", "expected"),
    [("to_decide", FinalBy.WAITS), ("provisional", FinalBy.WAITS), ("insufficient", FinalBy.RULE)],
)
def test_without_a_grade_it_waits_unless_there_was_too_little_work(by: str, expected: FinalBy) -> None:
    assert final_grades(card(), {"a": (None, by)}, (), ()) == {"a": Final(None, None, expected)}


def test_a_grade_by_decision_stays_one() -> None:
    assert final_grades(card(), {"a": ("poor", "decision")}, (), ())["a"].by is FinalBy.DECISION


def test_a_rise_after_the_seal_demotes_nobody() -> None:
    """`a` held the only place; an objection lifts `g0` above them."""
    risen = POINTS | {"b": 85, "c": 85, "g0": 100}
    found = finals(risen, sealed=("a",))
    assert (found["g0"].grade, found["a"].grade) == ("excellent", "excellent")
    assert found["a"] == Final("excellent", "excellent", FinalBy.RULE, "cap")
    (full,) = over_limit(caps(card(), risen, None), found, {"cap": "excellent"})
    assert full.allowed == 1


def test_a_rise_that_ranks_below_waits_for_the_committee() -> None:
    found = finals(POINTS | {"b": 85, "c": 85, "g0": 91}, sealed=("a",))
    assert (found["a"].grade, found["g0"].by) == ("excellent", FinalBy.WAITS)


def test_where_the_rule_says_so_the_limit_is_applied_again() -> None:
    found = finals(POINTS | {"b": 85, "c": 85, "g0": 100}, sealed=("a",), after_seal="again")
    assert (found["g0"].grade, found["a"].by) == ("excellent", FinalBy.WAITS)


def test_who_was_lowered_and_would_pass_by_now_is_told() -> None:
    """Five more are graded good after everybody but `a` was lowered: the limit is two now, and `b` is next."""
    lowered = said(("b", "kept"), ("b", "lowered"), ("c", "lowered"))
    made, book = card(), load_rulebook(Library(SHIPPED), "vn/national/decree-335-2025")

    def free(more: dict[str, int]) -> set[tuple[str, str]]:
        setting = Setting(book, made, Period.parse("2026"), tuple(lowered))
        people = [
            Candidate(name, "excellent" if value >= 90 else "good", value, {"agency": "so"})
            for name, value in (POINTS | more).items()
        ]
        return free_again(setting, lambda rule: people)

    assert free({}) == set()
    assert free({f"h{n}": 75 for n in range(5)}) == {("cap", "b")}


@pytest.mark.parametrize(
    ("applies_in", "period", "expected"),
    [
        ((), "2026-10", True),
        (("year",), "2026-10", False),
        (("year",), "2026", True),
        (("quarter", "year"), "2026-Q3", True),
    ],
)
def test_a_limit_applies_in_the_periods_it_names(applies_in: tuple[str, ...], period: str, expected: bool) -> None:
    (rule,) = card(applies_in=applies_in).model.population_rules
    assert isinstance(rule, PopulationRule)
    assert limits(rule, Period.parse(period)) is expected


def test_where_the_limit_of_the_year_would_fall_is_foreseen_in_a_month_and_lowers_nobody() -> None:
    book = load_rulebook(Library(SHIPPED), "vn/national/decree-335-2025")
    setting = Setting(book, book.scorecards["civil_servant_month"], Period.parse("2026-10"))
    groups = {"agency": "so", "duty_group": "staff"}
    people = [Candidate(f"p{n}", "excellent" if n < 3 else "good", 99 - n, groups) for n in range(12)]
    assert caps_over(setting, lambda rule: people) == ()
    each_group, agency = foreseen_over(setting, lambda rule: people)
    assert (each_group.allowed, each_group.lost, agency.allowed) == (2, ("p2",), 2)
    outstanding = [
        Decision(1, datetime(2026, 10, 1, tzinfo=UTC), "so", "any", "2026-10", "grade", "excellent", "ubnd", "1")
    ]
    raised = replace(setting, decisions=tuple(outstanding))
    assert [one.limit for one in foreseen_over(raised, lambda rule: people)] == [Fraction(1, 4)] * 2
