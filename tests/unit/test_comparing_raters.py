"""What the page on raters promises, on drawn months: a kind rater is recovered within the stated error, also where the
section really is better; honest raters are left alone at the stated rate; and what cannot be told is not."""

import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from congtam.engine.comparing.discoveries import RATE
from congtam.engine.comparing.raters import Leaning, Marked, Rater, leanings
from congtam.engine.findings import Unusable
from congtam.simulate.raters import Office, draw

RUNS = 150
FOUND = (Leaning.KINDER, Leaning.HARSHER)


def of_first(told: list[Marked]) -> Rater:
    return leanings(told).raters[0]


@pytest.mark.parametrize(
    ("kind", "office"),
    [
        (8, {}),
        (8, {"better": 10}),
        (8, {"better": 10, "slope": 1.0}),
        (8, {"better": -10}),
        (-8, {}),
        (-8, {"better": 10}),
    ],
    ids=str,
)
def test_a_rater_8_points_off_is_recovered_within_the_stated_error(kind: float, office: dict[str, Any]) -> None:
    rng = np.random.default_rng(1)
    side = Leaning.KINDER if kind > 0 else Leaning.HARSHER
    named, beyond, inside, off = 0, 0, 0, []  # a look that cannot tell is left out, and there are few of them
    for _ in range(RUNS):
        told = draw(rng, Office(kind=kind, **office))
        one, truth = of_first(told.marks), told.truth()
        if one.effect is None or one.low is None or one.high is None:
            continue
        named += one.leaning is side
        beyond += (one.low if kind > 0 else -one.high) > 0
        inside += one.low <= truth <= one.high
        off.append(one.effect - truth)
    said = f"beyond 0 in {beyond / RUNS:.2f}, named in {named / RUNS:.2f}, off by {np.mean(off):.2f} points on average"
    sys.stdout.write(f"{kind} {office}: inside {inside / len(off):.3f} of {len(off)}, {said}\n")
    assert len(off) >= 0.9 * RUNS
    assert inside / len(off) >= 0.95 - 2 * (0.95 * 0.05 / len(off)) ** 0.5
    assert abs(float(np.mean(off))) < 1
    assert beyond / RUNS >= 0.7 and named / RUNS >= 0.25


@pytest.mark.parametrize(
    "honest",
    [{}, {"better": 10}, {"better": 10, "slope": 1.0}, {"usual": 4}, {"usual": 0}, {"narrow": 0.2}, {"raters": 30}],
    ids=str,
)
def test_where_nobody_leans_at_most_a_tenth_of_looks_names_anybody(honest: dict[str, Any]) -> None:
    """Nor is somebody who gives everyone nearly the same mark taken for kind or harsh."""
    rng = np.random.default_rng(2)
    named = sum(
        any(one.leaning in FOUND for one in leanings(draw(rng, Office(**honest)).marks).raters) for _ in range(RUNS)
    )
    sys.stdout.write(f"{honest}: somebody named in {named / RUNS} of looks, at most {RATE} promised\n")
    assert named <= RATE * RUNS + 2 * (RATE * (1 - RATE) * RUNS) ** 0.5


def test_raters_who_are_all_equally_kind_are_not_told_from_raters_who_are_not() -> None:
    """Only differences can be seen, and the page says so: the same figures come out, to the last place."""
    told = draw(np.random.default_rng(3), Office(kind=8)).marks
    kinder = [replace(one, mark=one.mark + 8) for one in told]
    for one, other in zip(leanings(told).raters, leanings(kinder).raters, strict=True):
        assert other.leaning is one.leaning and other.mean == pytest.approx(one.mean + 8)
        assert (other.effect, other.error, other.p_value) == pytest.approx((one.effect, one.error, one.p_value))


def test_marks_that_do_not_follow_data_at_all_are_compared_as_they_are() -> None:
    told = draw(np.random.default_rng(4), Office(kind=8, slope=0))
    one = of_first(told.marks)
    assert one.low is not None and one.high is not None and one.low <= told.truth() <= one.high


def test_intervals_of_honest_raters_hold_what_they_add() -> None:
    rng = np.random.default_rng(3)
    inside = []
    for _ in range(RUNS):
        told = draw(rng, Office())
        for index, one in enumerate(leanings(told.marks).raters):
            if one.low is not None and one.high is not None:
                inside.append(one.low <= told.truth(index) <= one.high)
    assert np.mean(inside) >= 0.94


def test_chance_in_data_would_make_a_better_section_look_kindly_marked_were_it_not_corrected() -> None:
    rng = np.random.default_rng(4)
    off: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(RUNS):
        told = draw(rng, Office(better=12, slope=1.0, items=(10, 25)))
        blind = [Marked(one.rater, one.mark, one.data) for one in told.marks]
        for known, marks in ((True, told.marks), (False, blind)):
            one = of_first(marks)
            if one.effect is not None:
                off[known].append(one.effect - told.truth())
    assert np.mean(off[False]) > 5 and abs(np.mean(off[True])) < 2


def test_what_is_drawn_towards_nothing_keeps_its_side() -> None:
    told = draw(np.random.default_rng(5), Office(kind=8)).marks
    one = of_first(told)
    assert one.effect is not None and one.shrunk is not None and 0 < one.shrunk < one.effect
    assert one.expected == pytest.approx(one.mean - one.effect) and one.error is not None and one.error > 0


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_a_rater_of_few_people_cannot_be_told_and_does_not_count(people: int) -> None:
    told = draw(np.random.default_rng(6), Office()).marks
    few = [Marked("few", 99.0, 80.0, 2.0)] * people
    with_few, without = leanings([*told, *few]), leanings(told)
    (one,) = [rater for rater in with_few.raters if rater.rater == "few"]
    assert (one.leaning, one.effect, one.n, one.mean) == (Leaning.CANNOT_TELL, None, people, 99.0)
    assert [one.effect for one in without.raters] == [one.effect for one in with_few.raters if one.rater != "few"]


def test_data_that_reach_nobody_else_cannot_be_compared() -> None:
    told = draw(np.random.default_rng(7), Office()).marks
    far = [Marked("far", 70.0 + n, 5.0 + n, 1.0) for n in range(8)]
    assert leanings([*told, *far]).raters[0].leaning is Leaning.CANNOT_TELL


@pytest.mark.parametrize("raters", [1, 2, 3])
def test_too_few_raters_are_not_set_against_each_other(raters: int) -> None:
    told = draw(np.random.default_rng(8), Office(raters=raters)).marks
    found = leanings(told)
    assert {one.leaning for one in found.raters} == {Leaning.CANNOT_TELL} and found.spread is None


def test_data_that_differ_by_chance_alone_tell_nothing() -> None:
    rng = np.random.default_rng(9)
    told = [Marked(f"r{n % 6}", 70 + rng.normal(), 80 + rng.normal(0, 4), 4.0) for n in range(60)]
    found = leanings(told)
    assert found.slope is None and {one.leaning for one in found.raters} == {Leaning.CANNOT_TELL}


def test_nothing_to_compare_is_no_error_and_no_number_is_refused() -> None:
    assert leanings([]).raters == ()
    assert leanings([Marked("a", 1.0, 1.0)]).raters[0].leaning is Leaning.CANNOT_TELL
    with pytest.raises(Unusable, match="bad-mark"):
        leanings([Marked("a", float("nan"), 1.0)])
