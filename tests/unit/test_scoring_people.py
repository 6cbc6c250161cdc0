"""Whole scorings of a few people: grades that read grades, units that come and go, slips in marks and decisions."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.examples import run_example
from congtam.engine.facts.tables import Decision, Facts, Unit
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.rulebook.model import Published
from congtam.engine.scoring.decisions import decisions_make_sense
from congtam.engine.scoring.grades import By
from congtam.engine.scoring.published import reconciled
from congtam.engine.scoring.run import Asked, Run, evaluate
from congtam.engine.states import State
from congtam.engine.stories import Example, story_facts

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
CALENDAR = load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known()
MONTH = Period.parse("2026-09")
GOOD = {"item": "tot", "received": "2026-09-01", "due": "2026-09-10", "finished": "2026-09-09", "copies": 6}
BAD = {"item": "bo", "received": "2026-09-01", "due": "2026-09-10", "copies": 6}
NUMBERS = count(1)
CIVIL, PUBLIC = "vn/national/decree-335-2025", "vn/national/decree-233-2026"


def book(name: str) -> Rulebook:
    return load_rulebook(Library(SHIPPED), name)


def story(officials: dict[str, Any], scorecard: str = "civil_servant_month", **more: Any) -> Example:
    return Example.model_validate(
        {"title": "x", "scorecard": scorecard, "period": MONTH.label, "officials": officials, **more}
    )


def person(work: dict[str, Any], general: int = 28, **more: Any) -> dict[str, Any]:
    return {"work": [{**work, "item": f"{work['item']}-{next(NUMBERS)}"}], "ratings": {"general": general}, **more}


def asked(facts: Facts, **changes: Any) -> Run:
    return evaluate(facts, book(CIVIL), "civil_servant_month", Asked(MONTH, MONTH.end, **changes), CALENDAR)


LEADER = person(GOOD, role="leader", unit="phong", ratings={"general": 28, "organising": 100, "rallying": 100})


def test_a_leader_reads_the_grades_of_the_staff_below() -> None:
    run = run_example(book(CIVIL), story({"sep": LEADER, "an": person(GOOD), "binh": person(BAD, 0)}), CALENDAR)
    assert run.scores["binh"].graded.grade == "not_completed"
    assert run.related["sep"].below == (("an", "excellent"), ("binh", "not_completed"))
    assert run.scores["sep"].measured["led_units"].value == Decimal("0.5")


def test_a_subordinate_whom_nobody_scored_leaves_the_leader_open_until_scored_beside() -> None:
    example = story({"sep": LEADER, "an": person(BAD, 0, staff_kind="public_employee")})
    run = run_example(book(CIVIL), example, CALENDAR)
    assert run.scores["sep"].measured["led_units"].state is State.MISSING
    assert run.scores["sep"].graded.by is By.PROVISIONAL
    beside = asked(story_facts(example), beside=((book(PUBLIC), "public_employee_month"),))
    assert beside.related["sep"].below == (("an", "not_completed"),)
    assert beside.scores["sep"].measured["led_units"].value == Decimal("0.5")


def test_a_part_that_is_partly_missing_has_bounds() -> None:
    half_known = person(GOOD, role="leader", ratings={"general": 28, "organising": 100})
    score = run_example(book(CIVIL), story({"sep": half_known}), CALENDAR).scores["sep"]
    part = score.part("results")
    assert part is not None and part.points is None and (part.lowest, part.highest) == (Decimal("0.8"), 1)
    assert (score.lowest, score.highest) == (84_000_000, 98_000_000)


def test_a_mark_beyond_its_scale_is_no_mark() -> None:
    score = run_example(book(CIVIL), story({"an": person(GOOD, general=99)}), CALENDAR).scores["an"]
    assert score.measured["general"].state is State.MISSING and score.graded.grade is None


def test_a_unit_founded_inside_the_month_keeps_its_work_and_its_people() -> None:
    example = story({"sep": {**LEADER, "unit": "so"}, "binh": person(BAD, 0, unit="moi")})
    units = (
        Unit(1, MONTH.start, "so", "so", date(2019, 1, 1)),
        Unit(2, MONTH.start, "moi", "so", date(2026, 9, 8), "so"),
    )
    run = asked(replace(story_facts(example), units=units))
    assert run.related["sep"].below == (("binh", "not_completed"),)


def test_decisions_that_decide_nothing_are_told() -> None:
    facts = story_facts(story({"an": person(GOOD)}))
    at = datetime(2026, 10, 2, tzinfo=UTC)
    slips = tuple(
        Decision(n, at, "an", "civil_servant_month", MONTH.label, matter, outcome, "giam-doc", "01")
        for n, (matter, outcome) in enumerate([("veto", "upheld"), ("otherwise", "uphold")], start=1)
    )
    found = list(decisions_make_sense(asked(replace(facts, decisions=slips))))
    assert [finding.code for finding in found] == ["decision-without-effect"] * 2
    assert "there is no matter 'veto'" in found[0].message and "'uphold' decides nothing" in found[1].message


def test_a_grade_is_decided_on_units_and_agencies_and_told_where_it_is_of_a_person() -> None:
    facts, at = story_facts(story({"an": person(GOOD)})), datetime(2026, 10, 2, tzinfo=UTC)
    rows = tuple(
        Decision(n, at, subject, "civil_servant_month", MONTH.label, "grade", "excellent", "giam-doc", "01")
        for n, subject in enumerate(["an", "phong", "so"], start=1)
    )
    (found,) = decisions_make_sense(asked(replace(facts, decisions=rows)))
    assert found.code == "decision-without-effect" and found.message.startswith("an:")


def test_a_decision_on_oneself_is_told_and_leaves_the_decision_of_another_as_it_was() -> None:
    local, at = book("vn/hue/decree-335-local"), datetime(2026, 10, 2, tzinfo=UTC)
    facts = story_facts(story({"an": person(BAD)}))

    def proposal(*by: str) -> tuple[str, list[str]]:
        rows = tuple(
            Decision(n, at, "an", "civil_servant_month", MONTH.label, "overdue", outcome, who, "01")
            for n, (who, outcome) in enumerate(zip(by, ("upheld", "set_aside"), strict=False), start=1)
        )
        asked_of = Asked(MONTH, MONTH.end)
        run = evaluate(replace(facts, decisions=rows), local, "civil_servant_month", asked_of, CALENDAR)
        states = {one.veto: one.state.value for one in run.scores["an"].graded.proposals}
        return states["overdue"], [one.code for one in decisions_make_sense(run)]

    assert proposal("giam-doc") == ("upheld", [])
    assert proposal("giam-doc", "an") == ("upheld", ["decision-without-effect"])
    assert proposal("an", "giam-doc") == ("set_aside", ["decision-without-effect"])
    assert proposal("an")[0] == "to_consider"


def test_a_final_mark_on_oneself_does_not_count_and_is_told() -> None:
    facts = story_facts(story({"an": person(GOOD, 10)}))
    (given,) = facts.ratings
    own = replace(given, seq=9, by="an", value=30_000_000)
    both = asked(replace(facts, ratings=(given, own)))
    assert both.scores["an"].total == asked(facts).scores["an"].total
    (found,) = decisions_make_sense(both)
    assert found.code == "mark-on-oneself" and "general" in found.message and "9" in str(found.place)
    alone = asked(replace(facts, ratings=(own,)))
    assert alone.scores["an"].measured["general"].state is State.MISSING
    self_score = replace(own, stage="self")
    assert list(decisions_make_sense(asked(replace(facts, ratings=(given, self_score))))) == []


def test_without_spells_nobody_can_be_scored() -> None:
    with pytest.raises(Exception, match="no-people"):
        asked(Facts())


def test_a_fault_found_after_the_month_is_charged_to_the_month_it_was_found_in() -> None:
    facts = story_facts(story({"an": person(GOOD)}))
    item = facts.events[0].item
    late = replace(
        facts.events[0],
        seq=99,
        at=datetime(2026, 10, 5, 3, tzinfo=UTC),
        activity="fault",
        official="an",
        value="quality",
        attributes={},
    )
    told = replace(facts, events=(*facts.events, late))
    september = asked(told).scores["an"].measured["quality"]
    october = evaluate(
        told,
        book(CIVIL),
        "civil_servant_month",
        Asked(Period.parse("2026-10"), Period.parse("2026-10").end),
        CALENDAR,
    ).scores["an"].measured["quality"]  # fmt: skip
    assert september.value == 1
    assert [(part.item, part.top < 0, part.bottom) for part in october.parts] == [(item, True, 0)]


def test_official_results_are_held_against_ours_within_their_tolerance() -> None:
    run = run_example(book(CIVIL), story({"an": person(GOOD), "binh": person(GOOD, 20)}), CALENDAR)
    official = [
        {"subject": "an", "period": MONTH.label, "value": "98.01", "tolerance": "0.02"},
        {"subject": "binh", "period": MONTH.label, "value": "98", "tolerance": "0.02"},
        {"subject": "chi", "period": MONTH.label, "value": "98", "tolerance": "0.02"},
        {"subject": "an", "period": "2026-08", "value": "1", "tolerance": "0"},
    ]
    card = run.card.model.model_copy(update={"published": _published(official)})
    held = reconciled(replace(run, card=replace(run.card, model=card)))
    assert [(one.subject, one.agrees) for one in held] == [("an", True), ("binh", False), ("chi", None)]


def _published(rows: list[dict[str, str]]) -> tuple[Any, ...]:
    return tuple(Published.model_validate(row) for row in rows)


def test_two_spells_in_a_month_are_weighed_by_days_when_the_scorecard_says_so() -> None:
    example = story({"an": {"work": [{**GOOD, "copies": 1}, {**BAD, "received": "2026-09-16", "due": "2026-09-25"}],
                            "ratings": {"general": 28}}})  # fmt: skip
    facts = story_facts(example)
    (whole,) = facts.spells
    first = replace(whole, spell="s1", until=date(2026, 9, 15))
    second = replace(whole, spell="s2", first=date(2026, 9, 15))
    told = replace(facts, spells=(first, second))
    rules = book(CIVIL)
    card = rules.scorecards["civil_servant_month"]
    by_days = replace(card, model=card.model.model_copy(update={"combine_spells": "by_days"}))
    rules = replace(rules, scorecards={**rules.scorecards, "civil_servant_month": by_days})
    score = evaluate(told, rules, "civil_servant_month", Asked(MONTH, MONTH.end), CALENDAR).scores["an"]
    days = [segment.subject.spells for segment in score.segments]
    assert days == [frozenset({"s1"}), frozenset({"s2"})]
    assert score.lowest == sum(part.points or 0 for part in score.parts)
    assert min(s.lowest for s in score.segments) < score.lowest < max(s.lowest for s in score.segments)
