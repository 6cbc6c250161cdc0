"""What the page on raters promises, on drawn months: a kind rater is recovered within the stated error, also where the
section really is better; honest raters are left alone at the stated rate; and what cannot be told is not."""

import sys

import numpy as np
import pytest

from congtam.engine.comparing.discoveries import RATE
from congtam.engine.comparing.raters import Leaning, Marked, Rater, leanings
from congtam.engine.findings import Unusable

RUNS = 150
FOUND = (Leaning.KINDER, Leaning.HARSHER)


def drawn(
    rng: np.random.Generator,
    *,
    raters: int = 10,
    better: float = 0,
    kind: float = 0,
    slope: float = 0.5,
    usual: float = 1.5,
    items: tuple[int, int] = (40, 120),
) -> tuple[list[Marked], np.ndarray]:
    """Half a year of marks out of 100, and what each rater truly adds. `r0` is `kind`, and rates a section `better` in
    truth; marks follow true work, of which data show a sample of `items`."""
    adds = rng.normal(0, usual, raters)
    adds[0] += kind
    told = []
    for rater, add in enumerate(adds):
        people = rng.integers(5, 13)
        middle = 0.8 + (rng.normal(0, 3) + (better if rater == 0 else 0)) / 100
        true = np.clip(middle + rng.normal(0, 0.08, people), 0.3, 0.99)
        cases = rng.integers(*items, people)
        hits = rng.binomial(cases, true)
        guess = (hits + 1) / (cases + 2)
        marks = 70 + slope * (100 * true - 80) + add + rng.normal(0, 4, people)
        errors = 100 * np.sqrt(guess * (1 - guess) / cases)
        told += [Marked(f"r{rater}", *one) for one in zip(marks, 100 * hits / cases, errors, strict=True)]
    return told, adds


def of_first(told: list[Marked]) -> Rater:
    return leanings(told).raters[0]


@pytest.mark.parametrize(("better", "slope"), [(0, 0.5), (10, 0.5), (10, 1.0), (-10, 0.5)])
def test_a_rater_8_points_too_kind_is_recovered_within_the_stated_error(better: float, slope: float) -> None:
    rng = np.random.default_rng(1)
    named, above, inside, off = 0, 0, 0, []  # a look that cannot tell is left out, and there are few of them
    for _ in range(RUNS):
        told, adds = drawn(rng, kind=8, better=better, slope=slope)
        one, truth = of_first(told), adds[0] - adds[1:].mean()
        if one.effect is None or one.low is None or one.high is None:
            continue
        named += one.leaning is Leaning.KINDER
        above += one.low > 0
        inside += one.low <= truth <= one.high
        off.append(one.effect - truth)
    told_as = f"above 0 in {above / RUNS:.2f}, named in {named / RUNS:.2f}, off by {np.mean(off):.2f} points on average"
    sys.stdout.write(f"better {better}, slope {slope}: inside {inside / len(off):.3f} of {len(off)}, {told_as}\n")
    assert len(off) >= 0.9 * RUNS
    assert inside / len(off) >= 0.95 - 2 * (0.95 * 0.05 / len(off)) ** 0.5
    assert abs(float(np.mean(off))) < 1
    assert above / RUNS >= 0.7 and named / RUNS >= 0.25


@pytest.mark.parametrize(
    "honest", [{}, {"better": 10}, {"better": 10, "slope": 1.0}, {"usual": 4}, {"usual": 0}, {"raters": 30}]
)
def test_where_nobody_leans_at_most_a_tenth_of_looks_names_anybody(honest: dict) -> None:
    rng = np.random.default_rng(2)
    named = 0
    for _ in range(RUNS):
        told, _ = drawn(rng, **honest)
        named += any(one.leaning in FOUND for one in leanings(told).raters)
    sys.stdout.write(f"{honest}: somebody named in {named / RUNS} of looks, at most {RATE} promised\n")
    assert named <= RATE * RUNS + 2 * (RATE * (1 - RATE) * RUNS) ** 0.5


def test_intervals_of_honest_raters_hold_what_they_add() -> None:
    rng = np.random.default_rng(3)
    inside = []
    for _ in range(RUNS):
        told, adds = drawn(rng)
        for index, one in enumerate(leanings(told).raters):
            if one.low is not None and one.high is not None:
                inside.append(one.low <= adds[index] - np.delete(adds, index).mean() <= one.high)
    assert np.mean(inside) >= 0.94


def test_chance_in_data_would_make_a_better_section_look_kindly_marked_were_it_not_corrected() -> None:
    rng = np.random.default_rng(4)
    off = {True: [], False: []}
    for _ in range(RUNS):
        told, adds = drawn(rng, better=12, slope=1.0, items=(10, 25))
        blind = [Marked(one.rater, one.mark, one.data) for one in told]
        for known, marks in ((True, told), (False, blind)):
            one = of_first(marks)
            if one.effect is not None:
                off[known].append(one.effect - (adds[0] - adds[1:].mean()))
    assert np.mean(off[False]) > 5 and abs(np.mean(off[True])) < 2


def test_what_is_drawn_towards_nothing_keeps_its_side() -> None:
    told, _ = drawn(np.random.default_rng(5), kind=8)
    one = of_first(told)
    assert one.effect is not None and one.shrunk is not None and 0 < one.shrunk < one.effect
    assert one.expected == pytest.approx(one.mean - one.effect) and one.error is not None and one.error > 0


def test_a_rater_of_few_people_cannot_be_told_and_does_not_count() -> None:
    told, _ = drawn(np.random.default_rng(6))
    few = [Marked("few", 99.0, 80.0, 2.0)] * 4
    with_few, without = leanings([*told, *few]), leanings(told)
    (one,) = [rater for rater in with_few.raters if rater.rater == "few"]
    assert (one.leaning, one.effect, one.n, one.mean) == (Leaning.CANNOT_TELL, None, 4, 99.0)
    assert [one.effect for one in without.raters] == [one.effect for one in with_few.raters if one.rater != "few"]


def test_data_that_reach_nobody_else_cannot_be_compared() -> None:
    told, _ = drawn(np.random.default_rng(7))
    far = [Marked("far", 70.0 + n, 5.0 + n, 1.0) for n in range(8)]
    assert leanings([*told, *far]).raters[0].leaning is Leaning.CANNOT_TELL


@pytest.mark.parametrize("raters", [1, 2, 3])
def test_too_few_raters_are_not_set_against_each_other(raters: int) -> None:
    told, _ = drawn(np.random.default_rng(8), raters=raters)
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
