"""Limits on how many, held against the plain reading of each rule in `caps_by_hand`."""

from collections import Counter
from fractions import Fraction
from typing import Any

from caps_by_hand import GRADES, Found, by_hand
from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.engine.rulebook.model import PopulationRule
from congtam.engine.scoring.population import Candidate, apply_caps

PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["excellent"] * 3 + ["good"] * 4 + ["complete"]),
        st.integers(90, 94),
        st.integers(0, 1),
        st.sampled_from("abc"),
        st.sampled_from(["staff", "leader"]),
        st.sampled_from([None] * 6 + ["kept", "lowered"]),
    ),
    max_size=26,
)
RULES = st.fixed_dictionaries(
    {
        "each_of": st.sampled_from(
            [[["agency"]], [["unit"]], [["agency", "duty_group"], ["agency"]], [["agency"], ["unit", "duty_group"]]]
        ),
        "rounding": st.sampled_from(["down", "nearest", "up"]),
        "minimum": st.sampled_from([0, 0, 1]),
        "pool_below": st.sampled_from([0, 5, 6]),
        "small": st.sampled_from([None, {"below": 5, "allowed": 1}]),
        "ties": st.sampled_from(["decide", "none_pass", "all_pass"]),
    }
)


def ruled(keys: dict[str, Any], reading: str) -> PopulationRule:
    """A rule with the drawn keys."""
    text = {"vi": "Trần", "en": "Cap"}
    return PopulationRule.model_validate(
        {"id": "cap", "title": text, "cap": "excellent", "limit": "0.2", "base": reading} | keys
    )


def told(drawn: list[Any]) -> tuple[list[Candidate], dict[str, str]]:
    """The drawn people, and what was decided on some of them."""
    people, said = [], {}
    for n, (grade, points, further, unit, duty, decided) in enumerate(drawn):
        groups = {"agency": "so", "unit": unit, "duty_group": duty, "staff_kind": None}
        people.append(Candidate(f"p{n:02}", grade, points, groups, (further,)))
        if decided:
            said[f"p{n:02}"] = decided
    return people, said


READINGS = st.sampled_from(["good_before", "good_after_demotion", "good_and_above"])
LIMITS = st.sampled_from([Fraction(1, 5), Fraction(1, 4), Fraction(1, 3)])


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(
    drawn=PEOPLE,
    keys=RULES,
    reading=READINGS,
    limit=LIMITS,
)
def test_every_group_comes_out_as_a_plain_reading_of_the_rule(
    drawn: list[Any], keys: dict[str, Any], reading: str, limit: Fraction
) -> None:
    rule, (people, said) = ruled(keys, reading), told(drawn)
    made = apply_caps(rule, GRADES, people, reading, limit, said)
    seen = [Found(one.room, one.allowed, *map(frozenset, (one.passed, one.lost, one.tied))) for one in made]
    assert Counter(seen) == Counter(by_hand(rule, people, reading, limit, said))


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(drawn=PEOPLE, keys=RULES, reading=READINGS, limit=LIMITS)
def test_a_list_confirmed_as_proposed_leaves_nothing_to_decide(
    drawn: list[Any], keys: dict[str, Any], reading: str, limit: Fraction
) -> None:
    rule, (people, _) = ruled(keys | {"ties": "none_pass"}, reading), told(drawn)
    before = apply_caps(rule, GRADES, people, reading, limit)
    lowered = dict.fromkeys((one for cap in before for one in cap.lost), "lowered")
    after = apply_caps(rule, GRADES, people, reading, limit, lowered)
    holding = {one.subject for one in people if one.grade == "excellent"} - set(lowered)
    assert not any((*cap.lost, *cap.tied) for cap in after)
    assert {one for cap in after for one in cap.passed} == holding
