"""Overloaded sections, bottlenecks, kind heads: places compared by a mean against all others."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from event_lines import moment
from watching_scenes import END, looks, mark, scene_of, share, spell, worth_a_look

from congtam.engine.comparing.raters import Data
from congtam.engine.facts.tables import Rating
from congtam.engine.facts.work import Item, Share
from congtam.engine.periods import Period
from congtam.engine.watching.handover import bottlenecks
from congtam.engine.watching.load import overloaded_sections
from congtam.engine.watching.marks import done_well, kind_heads
from congtam.engine.watching.signs import Look, Measure, Pattern, Scene, Sign
from congtam.engine.watching.watch import watch
from congtam.engine.watching.words import LOOKS, TITLES, amount, note, sentence

START = moment("09-01 08:00")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SPELLS = [spell(f"u{unit}-{person}", f"u{unit}") for unit in range(10) for person in range(6)]


def loads(rng: np.random.Generator, busy: float = 1.0) -> Scene:
    """Ten sections of six, about fifteen items each person; the first receives `busy` times as much."""
    shares, items = [], []
    for one in SPELLS:
        often = 15 * (busy if one.unit == "u0" else 1)
        for number in range(int(rng.poisson(often))):
            item = f"{one.official}-{number}"
            at = START + MINUTE * int(rng.integers(0, 40_000))
            shares.append(share(item, one.official, at, unit=one.unit))
            items.append(Item(item, at, "open", coefficient=int(rng.choice([50, 100, 200]))))
    return scene_of(shares, items, spells=SPELLS)


def test_a_section_with_far_more_work_for_each_person_is_worth_a_look() -> None:
    signs = overloaded_sections(loads(np.random.default_rng(1), busy=1.8))
    assert worth_a_look(signs) == ["u0"]
    sign = signs[0]
    assert sign.denominator == 6 * 22, "six people on each of the 22 working days"
    assert sign.figure is not None and sign.usual is not None and 1.5 < sign.figure / sign.usual < 2.2


def test_sections_that_differ_by_chance_are_left_alone() -> None:
    rng = np.random.default_rng(2)
    assert sum(bool(worth_a_look(overloaded_sections(loads(rng)))) for _ in range(40)) <= 8


def test_a_large_section_with_as_much_for_each_person_is_not_overloaded() -> None:
    scene = loads(np.random.default_rng(3))
    twice = [
        *scene.work.shares,
        *(
            share(f"{one.item}b", one.official, one.received_at, unit="u0")
            for one in scene.work.shares
            if one.unit == "u0"
        ),
    ]
    more = [*SPELLS, *(spell(f"extra{person}", "u0") for person in range(6))]
    assert worth_a_look(overloaded_sections(scene_of(twice, scene.work.items, spells=more))) == []


def test_sections_with_little_work_or_without_people_cannot_be_told() -> None:
    few = [share(f"i{number}", "u0-0", START, unit="u0") for number in range(5)]
    signs = overloaded_sections(scene_of(few, spells=SPELLS))
    assert set(looks(signs).values()) == {Look.CANNOT_TELL} and len(signs) == 10
    assert overloaded_sections(scene_of(few)) == []


def test_work_without_a_coefficient_is_unknown_and_not_one() -> None:
    scene = loads(np.random.default_rng(1), busy=1.8)
    bare = [share(f"bare{number}", "u0-0", START, unit="u0") for number in range(8)]
    items = [*scene.work.items, *(Item(one.item, START, "open") for one in bare)]
    plain, more = (
        overloaded_sections(scene_of(shares, items, spells=SPELLS))[0]
        for shares in (scene.work.shares, [*scene.work.shares, *bare])
    )
    assert (more.numerator, more.n, more.n_unknown) == (plain.numerator, plain.n, 8)
    assert f"n = {plain.n} ?8" in sentence(more, {}, "en")
    unknown = [share(f"bare{number}", "u0-0", START, unit="u0") for number in range(400)]
    (first, *_) = overloaded_sections(scene_of([*scene.work.shares, *unknown], scene.work.items, spells=SPELLS))
    assert first.look is Look.CANNOT_TELL


def handovers(rng: np.random.Generator, slow: int = 0, each: int = 12) -> list[Share]:
    """Work between eight pairs of units waits about two hours; between the first pair `slow` days more."""
    shares = []
    for pair in range(8):
        for number in range(each):
            item, at = f"{pair}-{number}", START + DAY * int(rng.choice([0, 1, 2, 6, 7, 8, 9]))
            wait = MINUTE * int(rng.exponential(120)) + (DAY * slow if pair == 0 else 0 * DAY)
            given = {"unit": f"a{pair}", "state": "passed_on", "finished_at": at}
            shares.append(share(item, f"giver{pair}", START - DAY, **given))
            shares.append(share(item, f"taker{pair}", at, unit=f"b{pair}", taken_up_at=at + wait))
    return shares


def test_a_pair_of_units_between_which_work_waits_is_worth_a_look() -> None:
    signs = bottlenecks(scene_of(handovers(np.random.default_rng(4), slow=6)))
    assert worth_a_look(signs) == ["a0 b0"]
    sign = signs[0]
    assert (sign.n, sign.measure) == (12, Measure.MINUTES)
    assert sign.figure is not None and sign.figure > 3 * 480 * 1_000_000, "days, in office minutes"


def test_pairs_that_wait_alike_are_left_alone() -> None:
    rng = np.random.default_rng(5)
    assert sum(bool(worth_a_look(bottlenecks(scene_of(handovers(rng))))) for _ in range(60)) <= 11


def test_work_nobody_took_up_waits_until_now() -> None:
    shares = [
        share("i", "a", START - DAY, unit="u", state="passed_on", finished_at=START),
        share("i", "b", START, unit="v"),
    ]
    (sign,) = bottlenecks(scene_of(shares, as_of=START + DAY))
    assert sign.numerator == 9 * 60 and sign.look is Look.CANNOT_TELL


def test_passing_on_inside_a_unit_is_no_hand_over_between_units() -> None:
    shares = [
        share("i", "a", START - DAY, unit="u", state="passed_on", finished_at=START),
        share("i", "b", START, unit="u"),
    ]
    assert bottlenecks(scene_of(shares)) == []


def marks(
    rng: np.random.Generator, kind: float = 0.0, heads: int = 10, each: int = 10
) -> tuple[list[Rating], dict[str, Data]]:
    """Heads whose people do 50 % to 100 % well and get 15 to 25 points for it, give or take one; and what data say."""
    ratings: list[Rating] = []
    measured: dict[str, Data] = {}
    for head in range(heads):
        lift = rng.normal(0, 0.5) + (kind if head == 0 else 0)
        for person in range(each):
            official, worth = f"p{head}-{person}", float(rng.uniform(0.5, 1))
            measured[official] = (100 * worth, 0.0)
            ratings.append(mark(official, f"h{head}", 5 + 20 * worth + lift + rng.normal(0, 1)))
    return ratings, measured


def test_a_head_who_rates_too_kindly_is_worth_a_look() -> None:
    ratings, measured = marks(np.random.default_rng(6), kind=4)
    signs = kind_heads(scene_of([], ratings=ratings), measured)
    assert worth_a_look(signs) == ["h0"]
    sign = signs[0]
    assert sign.figure is not None and sign.usual is not None
    assert 3_000_000 < sign.figure - sign.usual < 5_500_000


def test_a_head_of_good_people_is_not_too_kind() -> None:
    """The same higher marks are as usual where data say that the work is better by as much."""
    ratings, measured = marks(np.random.default_rng(7))
    for index in range(10):
        measured[f"p0-{index}"] = (95.0, 0.0)
        measured[f"p1-{index}"] = (96.0 if index % 2 else 98.0, 0.0)
        ratings[index] = mark(f"p0-{index}", "h0", 24 + index % 3 - 1)
        ratings[10 + index] = mark(f"p1-{index}", "h1", 24.4 + index % 3 - 1)
    signs = {sign.subjects[0]: sign for sign in kind_heads(scene_of([], ratings=ratings), measured)}
    assert signs["h0"].look is Look.USUAL


def test_leaders_are_set_against_leaders_and_staff_against_staff() -> None:
    """Ten heads mark their people as everybody does; their director marks the heads ten points higher."""
    ratings, measured = marks(np.random.default_rng(8))
    heads = [f"h{number}" for number in range(10)]
    measured |= dict.fromkeys(heads, (75.0, 0.0))
    scene = scene_of([], ratings=[*ratings, *(mark(head, "d", 30) for head in heads)])
    assert worth_a_look(kind_heads(scene, measured)) == ["d"], "as long as nobody is known to lead"
    leading = tuple(replace(spell(head, "u"), leader=True) for head in heads)
    apart = kind_heads(replace(scene, facts=replace(scene.facts, spells=leading)), measured)
    assert looks(apart)["d"] is Look.CANNOT_TELL and worth_a_look(apart) == []


def test_few_people_and_people_like_no_others_cannot_be_told() -> None:
    ratings, measured = marks(np.random.default_rng(9), kind=4)
    few = kind_heads(scene_of([], ratings=ratings[6:]), measured)
    assert looks(few)["h0"] is Look.CANNOT_TELL
    apart = measured | {official: (100.0, 0.0) for official in measured if official.startswith("p0-")}
    assert looks(kind_heads(scene_of([], ratings=ratings), apart))["h0"] is Look.CANNOT_TELL
    assert set(looks(kind_heads(scene_of([], ratings=ratings[:30]), measured)).values()) == {Look.CANNOT_TELL}
    assert kind_heads(scene_of([], ratings=ratings), {}) == []


def test_three_months_of_one_person_are_one_person() -> None:
    """Ten people stay ten, and four people rated each month are still too few."""
    ratings, measured = marks(np.random.default_rng(10))
    scene = scene_of([], ratings=[replace(one, period=f"2026-0{month}") for one in ratings for month in (7, 8, 9)])
    quarter = replace(scene, period=Period.parse("2026-Q3"))
    sign = kind_heads(quarter, measured)[0]
    assert (sign.n, sign.denominator, sign.look) == (10, 30, Look.USUAL)
    few = replace(scene, period=Period.parse("2026-Q3"), facts=replace(scene.facts, ratings=scene.facts.ratings[18:]))
    assert looks(kind_heads(few, measured))["h0"] is Look.CANNOT_TELL


def test_only_final_marks_given_to_others_in_the_period_count() -> None:
    own = [
        mark("a", "a", 20),
        mark("a", "h", 20, stage="self"),
        mark("a", "h", 20, period="2026-08"),
        mark("a", "h", 20, criterion="organising"),
    ]
    assert kind_heads(scene_of([], ratings=own), {"a": (50.0, 0.0)}) == []


def test_work_done_well_is_what_is_in_time_and_without_fault() -> None:
    due = START + 5 * DAY
    shares = [
        share("a", "x", START, due_at=due, finished_at=due - DAY),
        share("b", "x", START, due_at=due, finished_at=due + DAY),
        share("c", "x", START, due_at=due),
        share("d", "x", START, due_at=END + DAY),
    ]
    assert done_well(scene_of(shares)) == {}, "three that fell due tell nothing"
    (told,) = done_well(scene_of([*shares, *(replace(shares[0], item=f"e{n}") for n in range(3))])).values()
    assert told == pytest.approx((400 / 6, 100 * (5 / 8 * 3 / 8 / 6) ** 0.5))


def test_nothing_at_all_gives_no_signs_and_the_same_scene_the_same_ones() -> None:
    assert watch(scene_of([])) == []
    scene = loads(np.random.default_rng(1), busy=1.8)
    assert watch(scene) == watch(loads(np.random.default_rng(1), busy=1.8))


def test_a_sign_is_told_in_both_languages_and_accuses_nobody() -> None:
    sign = overloaded_sections(loads(np.random.default_rng(1), busy=1.8))[0]
    names = {("unit", "u0"): "Phòng mẫu"}
    vi, en = sentence(sign, names, "vi"), sentence(sign, names, "en")
    assert vi.startswith("Phòng mẫu (u0): khối lượng quy đổi") and vi.endswith("đáng xem.") and "," in vi
    assert en.endswith("worth a look.") and f"n = {sign.n}" in en
    texts = [*TITLES.values(), *LOOKS.values()]
    said = " ".join([vi, en, note(0.1, "vi"), note(0.1, "en"), *(text.vi + text.en for text in texts)]).lower()
    assert not any(word in said for word in ("vi phạm", "gian", "cheat", "violat", "kém", "phạt"))
    assert "10 %" in note(0.1, "vi")


@pytest.mark.parametrize(
    ("measure", "figure", "vi", "en"),
    [
        (Measure.SHARE, 455_000, "45,5 %", "45.5 %"),
        (Measure.MINUTES, 30_000_000, "30 phút", "30 minutes"),
        (Measure.MINUTES, 90_000_000, "1,5 giờ", "1.5 hours"),
        (Measure.MINUTES, 1_200_000_000, "2,5 ngày làm việc", "2.5 working days"),
        (Measure.POINTS, 26_700_000, "26,70", "26.70"),
        (Measure.AMOUNT, None, "–", "–"),
    ],
)
def test_figures_are_told_in_their_units(measure: Measure, figure: int | None, vi: str, en: str) -> None:
    assert (amount(measure, figure, "vi"), amount(measure, figure, "en")) == (vi, en)


def test_a_sign_without_cases_has_no_figure() -> None:
    assert Sign(Pattern.SPLITS, "official", ("a",), Measure.SHARE, 0, 0, 0, Look.CANNOT_TELL).figure is None
