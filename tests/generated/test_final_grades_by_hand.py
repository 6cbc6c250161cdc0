"""Final grades of a whole agency, from grades before limits and what people decided, against the sentences of the rule
read plainly: the limits in `caps_by_hand`, the rest below."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from caps_by_hand import Found, by_hand
from hypothesis import given, settings
from hypothesis import strategies as st

import congtam
from congtam.engine.facts.tables import Decision
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.rulebook.load import Library
from congtam.engine.rulebook.model import PopulationRule
from congtam.engine.scoring.calibration import Setting, caps_over
from congtam.engine.scoring.final import Final, final_grades
from congtam.engine.scoring.population import Candidate, GroupCap

BOOK = load_rulebook(Library(Path(congtam.__file__).parent / "rulebooks"), "vn/national/decree-335-2025")
CARD = BOOK.scorecards["civil_servant_year"]
YEAR = Period.parse("2026")
NEXT = {"excellent": "good"}
AT = datetime(2026, 12, 1, tzinfo=UTC)


class Person(NamedTuple):
    """One drawn person; `said`: who decided what, in order (by oneself where the first is not true)."""

    grade: str | None
    by: str
    points: int
    agency: str
    duty: str
    said: list[tuple[bool, str, str]]
    sealed: bool


GRADED = st.sampled_from(
    [("excellent", "rule")] * 5
    + [("good", "rule")] * 6
    + [("excellent", "decision"), ("complete", "rule"), (None, "to_decide"), (None, "insufficient"), (None, "rule")]
)
SAID = st.tuples(
    st.sampled_from([True] * 4 + [False]),
    st.sampled_from(["cap:excellent_cap"] * 3 + ["cap:second", "otherwise"]),
    st.sampled_from(["kept", "lowered", "lowered", "nonsense"]),
)
PEOPLE = st.lists(
    st.builds(
        lambda graded, *rest: Person(*graded, *rest),
        GRADED,
        st.integers(90, 93),
        st.sampled_from("aab"),
        st.sampled_from(["staff", "staff", "leader"]),
        st.lists(SAID, max_size=2),
        st.booleans(),
    ),
    max_size=20,
)
RULE = st.fixed_dictionaries(
    {
        "each_of": st.sampled_from([[["agency", "duty_group"], ["agency"]], [["agency"]]]),
        "rounding": st.sampled_from(["down", "nearest", "up"]),
        "minimum": st.sampled_from([0, 1]),
        "pool_below": st.sampled_from([0, 5]),
        "ties": st.sampled_from(["decide", "none_pass", "all_pass"]),
        "after_seal": st.sampled_from(["keep", "again"]),
        "applies_in": st.sampled_from([[], ["year"], ["month"]]),
    }
)
READINGS = st.sampled_from(["good_after_demotion", "good_before", "good_and_above"])
OUTSIDE = st.dictionaries(st.sampled_from("ab"), st.sampled_from(["excellent", "good"]))


def bound(drawn: dict[str, Any], second: bool) -> BoundScorecard:
    """The decree's yearly card with the drawn rule in the place of its own, and perhaps a second one beside it."""
    text = {"vi": "Trần", "en": "Cap"}
    own = {"id": "excellent_cap", "title": text, "cap": "excellent", "limit": "0.2", "base": "cap_base"}
    own["limit_if"] = {"when": "organisation.grade == excellent", "limit": "0.25"}
    other = {"id": "second", "title": text, "cap": "excellent", "limit": "0.34", "base": "good_and_above"}
    rules = [PopulationRule.model_validate(own | drawn)]
    if second:
        rules.append(PopulationRule.model_validate(other | {"each_of": [["agency"]]}))
    return replace(CARD, model=CARD.model.model_copy(update={"population_rules": tuple(rules)}))


def decisions(people: list[Person], outside: dict[str, str]) -> list[Decision]:
    """The rows that people wrote: on persons, and the grades of their organisations from outside."""
    told = [
        (f"p{n}", matter, outcome, "chair" if other else f"p{n}")
        for n, one in enumerate(people)
        for other, matter, outcome in one.said
    ]
    told += [(agency, "grade", grade, "ubnd") for agency, grade in outside.items()]
    return [
        Decision(seq, AT, who, CARD.id, "2026", matter, outcome, by, "1")
        for seq, (who, matter, outcome, by) in enumerate(told, start=1)
    ]


def candidates(people: list[Person]) -> list[Candidate]:
    return [
        Candidate(f"p{n}", one.grade, one.points, {"agency": one.agency, "unit": None, "duty_group": one.duty})
        for n, one in enumerate(people)
        if one.grade is not None
    ]


def heard(one: Person, rule: str) -> str | None:
    """What others last said on somebody under a rule; their own word is none, and nonsense is none."""
    own = [out for other, matter, out in one.said if other and matter == f"cap:{rule}" and out in ("kept", "lowered")]
    return own[-1] if own else None


def limits_by_hand(
    card: BoundScorecard, people: list[Person], reading: str, outside: dict[str, str]
) -> dict[str, list[Found]]:
    """By rule, every group of every agency. A rule for another kind of period limits nobody."""
    found = {}
    rules = [rule.id for rule in card.model.population_rules]
    for rule in card.model.population_rules:
        said = {f"p{n}": out for n, one in enumerate(people) if (out := heard(one, rule.id))}
        lowered = [n for n, one in enumerate(people) if "lowered" in [heard(one, name) for name in rules]]
        said |= {f"p{n}": "lowered" for n in lowered}
        found[rule.id] = []
        for agency in "ab":
            own = [one for one in candidates(people) if one.groups["agency"] == agency]
            raised = rule.limit_if and outside.get(agency) == "excellent"
            limit = Fraction(1, 4) if raised else Fraction(str(rule.limit))
            base = reading if rule.base == "cap_base" else rule.base
            if own and (not rule.applies_in or "year" in rule.applies_in):
                found[rule.id] += by_hand(rule, own, base, limit, said)
    return found


def final_by_hand(one: Person, name: str, card: BoundScorecard, found: dict[str, list[Found]]) -> Final:
    """The sentences: nobody is lowered but by a person; whoever a limit does not let pass waits until a person kept or
    lowered them, unless a seal gave them the grade and the rule takes nothing back."""
    own = "decision" if one.by == "decision" else "rule"
    if one.grade is None:
        return Final(None, None, own if one.by in ("rule", "insufficient") else "waits")
    rules = [rule for rule in card.model.population_rules if rule.cap == one.grade]
    stopped = [r for r in rules if any(name in group.lost | group.tied for group in found[r.id])]
    for rule in stopped:
        if heard(one, rule.id) is None and not (one.sealed and rule.after_seal == "keep"):
            return Final(None, one.grade, "waits", rule.id)
    for outcome, grade, by in (("lowered", NEXT[one.grade] if rules else "", "cap"), ("kept", one.grade, "committee")):
        for rule in rules:
            if heard(one, rule.id) == outcome:
                return Final(grade, one.grade, by, rule.id)
    return Final(one.grade, one.grade, own, stopped[0].id if stopped else None)


@settings(max_examples=250, derandomize=True, deadline=None, database=None)
@given(people=PEOPLE, drawn=RULE, second=st.booleans(), reading=READINGS, outside=OUTSIDE)
def test_final_grades_are_what_the_sentences_say(
    people: list[Person], drawn: dict[str, Any], second: bool, reading: str, outside: dict[str, str]
) -> None:
    card, told = bound(drawn, second), decisions(people, outside)
    setting = Setting(BOOK, card, YEAR, tuple(told), {"cap_base": reading})
    caps = caps_over(setting, lambda rule: candidates(people))
    found = limits_by_hand(card, people, reading, outside)
    assert Counter(map(seen, caps)) == Counter((rule, *group) for rule, groups in found.items() for group in groups)
    graded = {f"p{n}": (one.grade, one.by) for n, one in enumerate(people)}
    sealed = {f"p{n}" for n, one in enumerate(people) if one.sealed}
    made = final_grades(card, graded, caps, [one for one in told if one.matter != "grade"], sealed=sealed)
    assert made == {f"p{n}": final_by_hand(one, f"p{n}", card, found) for n, one in enumerate(people)}
    again = final_grades(card, dict(reversed(graded.items())), caps[::-1], told[::-1], sealed=sealed)
    assert again == made, "the order in which facts are told changes nothing"


def seen(cap: GroupCap) -> tuple[Any, ...]:
    return cap.rule, cap.room, cap.allowed, frozenset(cap.passed), frozenset(cap.lost), frozenset(cap.tied)
