"""Many subjects scored at once: ties told exactly, what goes one by one, the table in Arrow, ranks within a group."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny import tiny

import congtam
from congtam.engine.facts.tables import Answer, Decision, Facts, Rating
from congtam.engine.measuring.rows import Rows
from congtam.engine.measuring.totals import Sums, Totals
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.grades import By
from congtam.engine.scoring.many.grading import BY, NONE, PROPOSAL_STATES
from congtam.engine.scoring.many.parts import MOST_PARTS
from congtam.engine.scoring.many.ranks import ranks
from congtam.engine.scoring.many.score import TotalsOf, score_many, score_one
from congtam.engine.scoring.many.table import ScoreTable
from congtam.engine.scoring.rules import Rules
from congtam.engine.scoring.subject import Related, Scene, Score, Subject, SubjectScorer
from congtam.engine.states import State

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
MONTH = Period.parse("2026-09")
HUE, CIVIL = ("vn/hue/dost-monthly-2025", "official_month"), ("vn/national/decree-335-2025", "civil_servant_month")
PARTS = 12 * 10**10  # what a sum of coefficient × weight looks like: 1,200 in 10⁻⁸

Ratio = tuple[int, int]


def scorer_of(book: Rulebook, card: str, **facts: Any) -> SubjectScorer:
    scene = Scene(book, book.scorecards[card], MONTH, MONTH.end, Facts(**facts), Rows())
    return SubjectScorer(scene)


def shipped(name: tuple[str, str], **facts: Any) -> SubjectScorer:
    return scorer_of(load_rulebook(Library(SHIPPED), name[0]), name[1], **facts)


def totals(people: Mapping[str, Mapping[str, Ratio]], n: int = 10) -> TotalsOf:
    """Rates by official and indicator, as numerator and denominator of one scale; what is not named did not arise."""

    def of(rules: Rules) -> Totals:
        zeros, counted = np.zeros(len(people), np.int64), np.full(len(people), n)
        sums = {}
        for name, rule in rules.over_rows.items():
            pairs = np.array([figures.get(name, (0, 0)) for figures in people.values()], object).reshape(-1, 2).T
            tops = pairs[0] * 10 ** (rule.top_scale - rule.bottom_scale)
            sums[name] = Sums(rule, tops, pairs[1], counted, zeros, zeros, zeros)
        return Totals(tuple(people), sums, counted)

    return of


def month(**changed: Ratio) -> dict[str, Ratio]:
    """A good month by the seven groups, but for what is changed."""
    full = (PARTS, PARTS)
    good = {"quantity": full, "timeliness": full, "quality": full, "self_started_work": (2, 0)}
    good |= {"taken_up_in_time": (10, 0), "finished_ahead": (5, 0), "coordination": (3, 0), "creativity": (1, 0)}
    return {**good, "overdue_share": (0, 10), **changed}


def held(scorer: SubjectScorer, subjects: list[Subject], of: TotalsOf) -> tuple[ScoreTable, list[Score]]:
    """The table and the scores one by one, found equal in totals and grades."""
    table = score_many(scorer, subjects, [Related()] * len(subjects), of)
    scores = [score_one(scorer, subject, Related(), of(scorer.rules(subject))) for subject in subjects]
    assert [(one.lowest, one.highest, one.graded.grade) for one in scores] == [
        (int(low), int(high), table.grade_of(place))
        for place, (low, high) in enumerate(zip(table.lowest, table.highest, strict=True))
    ]
    return table, scores


@pytest.mark.parametrize(("overdue", "points", "proposed"), [
    ((0, 10), 10_000_000, False),
    ((2, 10), 0, False),                       # exactly the limit of 20 %
    ((200_000_000_001, 10**12), 0, True),      # a hair above
    ((199_999_999_999, 10**12), 0, False),     # a hair below: 0.00000000005 points, rounded
    ((1, 10), 5_000_000, False),
    ((1, 30), 8_333_333, False),
])  # fmt: skip
def test_a_rate_at_its_limit_is_told_exactly(overdue: Ratio, points: int, proposed: bool) -> None:
    table, _ = held(shipped(HUE), [Subject("an")], totals({"an": month(overdue_share=overdue)}))
    assert int(table.parts["overdue"].points[0]) == points
    assert bool(table.proposals["overdue"][0] != NONE) is proposed


@pytest.mark.parametrize(("counted", "points"), [(0, 5), (1, 7), (2, 8.5), (3, 10), (4, 10)])
def test_a_count_at_a_step_earns_the_step(counted: int, points: float) -> None:
    table, _ = held(shipped(HUE), [Subject("an")], totals({"an": month(coordination=(counted, 0))}))
    assert table.parts["coordination"].points[0] == points * 1_000_000


@pytest.mark.parametrize(("lost", "grade"), [
    ("10", "excellent"), ("10.005", "excellent"), ("10.005001", "good"), ("9.99", "excellent"), ("20", "good"),
])  # fmt: skip
def test_a_total_at_a_band_falls_where_the_rounded_points_fall(lost: str, grade: str) -> None:
    """Bands compare at two places: 89.995 is 90.00."""
    done = (20_000_000 - int(Decimal(lost) * 1_000_000), 20_000_000)
    table, _ = held(shipped(HUE), [Subject("an")], totals({"an": month(quantity=done)}))
    assert table.grade_of(0) == grade


def test_a_rate_is_capped_from_above_and_below() -> None:
    people = {"an": month(quality=(PARTS * 2, PARTS)), "binh": month(quality=(-PARTS, PARTS))}
    table, _ = held(shipped(HUE), [Subject("an"), Subject("binh")], totals(people))
    assert table.parts["quality"].points.tolist() == [20_000_000, 0]


def test_points_of_what_did_not_arise_go_to_the_others_to_the_last_millionth() -> None:
    bare = {name: figures for name, figures in month().items() if name not in ("quality", "timeliness")}
    table, _ = held(shipped(HUE), [Subject("an")], totals({"an": bare}))
    assert sum(int(part.maximum[0]) for part in table.parts.values()) == 100_000_000
    assert table.parts["quality"].maximum[0] == 0 and table.lowest[0] == 100_000_000
    maxima = [int(table.parts[name].maximum[0]) for name in ("quantity", "proactiveness", "overdue")]
    assert maxima == [33_333_333, 16_666_667, 16_666_666]  # the largest remainders, of equal ones the first


def test_figures_beyond_64_bits_are_exact_too() -> None:
    large = 3 * 10**30
    people = {"an": month(quantity=(large, large * 3)), "binh": month(quantity=(large * 3 - 1, large * 3))}
    table, _ = held(shipped(HUE), [Subject("an"), Subject("binh")], totals(people))
    assert table.parts["quantity"].points.tolist() == [6_666_667, 20_000_000]


def test_who_has_no_rows_has_too_little_work() -> None:
    scorer, of = shipped(HUE), totals({"an": month()})
    table, _ = held(scorer, [Subject("an"), Subject("binh")], of)
    assert table.n_items.tolist() == [10, 0]
    assert [table.by[0], table.by[1]] == [BY[By.RULE], BY[By.INSUFFICIENT]]


def test_too_few_working_days_are_too_few() -> None:
    people = [Subject("an", working_days=10), Subject("binh", working_days=9), Subject("cuc", working_days=None)]
    table, _ = held(shipped(HUE), people, totals(dict.fromkeys(("an", "binh", "cuc"), month())))
    assert (table.by == BY[By.INSUFFICIENT]).tolist() == [False, True, False]


def test_whom_a_person_decided_on_is_scored_one_by_one() -> None:
    decision = Decision(1, MONTH.start, "binh", "official_month", MONTH.label, "overdue", "upheld", "giam-doc", "01")
    people = dict.fromkeys(("an", "binh"), month(overdue_share=(9, 10)))
    table, scores = held(shipped(HUE, decisions=(decision,)), [Subject("an"), Subject("binh")], totals(people))
    assert table.one_by_one.tolist() == [False, True]
    assert [PROPOSAL_STATES[code] for code in table.proposals["overdue"]] == ["proposed", "upheld"]
    assert scores[1].graded.by is By.DECISION and table.by[1] == BY[By.DECISION]


def test_marks_that_people_gave_and_those_still_missing() -> None:
    marks = tuple(
        Rating(1, MONTH.start, code, "general", MONTH.label, "final", state, value)
        for code, state, value in [
            ("an", State.VALUE, 27_000_000), ("binh", State.VALUE, 31_000_000), ("cuc", State.EXCUSED, None),
            ("dung", State.MISSING, None),
        ]
    )  # fmt: skip
    figures = dict.fromkeys(("quantity", "quality", "progress"), (PARTS, PARTS))
    people = [Subject(code, staff_kind="civil_servant") for code in ("an", "binh", "cuc", "dung", "em")]
    table, _ = held(shipped(CIVIL, ratings=marks), people, totals({one.code: figures for one in people}))
    assert table.lowest.tolist() == [97_000_000, 70_000_000, 100_000_000, 70_000_000, 70_000_000]
    assert table.highest.tolist() == [97_000_000, 100_000_000, 100_000_000, 100_000_000, 100_000_000]
    assert table.measurable.tolist() == [100_000_000, 70_000_000, 100_000_000, 70_000_000, 70_000_000]


# -- rules that arrays cannot hold


BEYOND = {
    "a text chosen by a figure": "(way if kept > 0.5 else 'partial') == 'partial'",
    "grades against a grade that differs by subject": "all(subordinates.grade >= unit.grade)",
}


def drawn(seed: int, size: int) -> dict[str, dict[str, Ratio]]:
    random = np.random.default_rng(seed)
    pairs = random.integers(0, 12, (size, 2, 2))
    rates = [[(min(one), max(one)) for one in both] for both in pairs.tolist()]
    return {f"o{n:04}": {"done_share": done, "kept": kept} for n, (done, kept) in enumerate(rates)}


@pytest.mark.parametrize("when", BEYOND.values(), ids=BEYOND)
def test_rules_that_arrays_cannot_hold_go_one_by_one(tmp_path: Path, when: str) -> None:
    people = drawn(1, 30)
    scorer = scorer_of(tiny(tmp_path, scorecards_month=("when: kept > 0.5", f"when: {when}")), "month")
    related = [Related((("x", "low"),), unit="low")] * 30
    table = score_many(scorer, [Subject(code) for code in people], related, totals(people))
    assert table.one_by_one.all() and {table.grade_of(place) for place in range(30)} >= {"middle", "low"}


def test_more_parts_than_a_pattern_holds_go_one_by_one(tmp_path: Path) -> None:
    book = tiny(tmp_path)
    card = book.scorecards["month"]
    work = card.model.parts[0]
    parts = tuple(work.model_copy(update={"id": f"p{n}", "points": Decimal(1)}) for n in range(MOST_PARTS + 1))
    many = replace(card, model=card.model.model_copy(update={"parts": parts}))
    scorer = scorer_of(replace(book, scorecards={"month": many}), "month")
    table, _ = held(scorer, [Subject("o0000"), Subject("o0001")], totals(drawn(2, 2)))
    assert table.one_by_one.all()


def test_answers_to_a_question_are_counted_for_each_subject(tmp_path: Path) -> None:
    book = tiny(tmp_path)
    kept = book.indicators["kept"]
    measure = kept.model.measure.model_validate({"survey": {"question": "q1", "from": 4}})
    surveyed = replace(kept, model=kept.model.model_copy(update={"measure": measure}))
    answers = tuple(
        Answer(n, MONTH.start, f"r{n}", "q1", code, MONTH.start, State.VALUE, value * 1_000_000)
        for n, (code, value) in enumerate([("o0000", 5), ("o0000", 3), ("o0001", 4), ("else", 1)])
    )
    scorer = scorer_of(replace(book, indicators={**book.indicators, "kept": surveyed}), "month", answers=answers)
    table, _ = held(scorer, [Subject(f"o000{n}") for n in range(3)], totals(drawn(3, 3)))
    assert table.parts["quality"].points.tolist()[2] == 0 and not table.one_by_one.any()


# -- what is done with a table


def test_a_realistic_month_of_many_needs_nobody_scored_alone() -> None:
    random = np.random.default_rng(11)
    people = {}
    for n in range(400):
        shares = int(random.integers(40, 900))
        bad, late = int(random.binomial(shares, 0.03)), int(random.choice([0, 0, 1, shares // 10, shares // 5]))
        size = shares * 10**8
        people[f"o{n}"] = month(
            quantity=(size - bad * 10**8, size), timeliness=(size - late * 10**8, size), quality=(size, size),
            overdue_share=(late, shares), coordination=(int(random.integers(0, 4)), 0), finished_ahead=(3, 0),
        )  # fmt: skip
    table, _ = held(shipped(HUE), [Subject(code, working_days=20) for code in people], totals(people))
    assert not table.one_by_one.any() and len(set(table.lowest.tolist())) > 200


def test_the_table_in_arrow_leaves_open_what_is_open() -> None:
    people = [Subject(code, unit="u", staff_kind="civil_servant") for code in ("an", "binh")]
    mark = Rating(1, MONTH.start, "an", "general", MONTH.label, "final", State.VALUE, 27_000_000)
    figures = dict.fromkeys(("quantity", "quality", "progress"), (PARTS, PARTS))
    table, _ = held(shipped(CIVIL, ratings=(mark,)), people, totals(dict.fromkeys(("an", "binh"), figures)))
    an, binh = table.to_arrow().to_pylist()
    assert (an["subject"], an["role"], an["unit"], an["agency"]) == ("an", "staff", "u", None)
    assert (an["lowest"], an["grade"], an["by"], an["one_by_one"]) == (97_000_000, "excellent", "rule", False)
    assert (an["general.state"], an["general.maximum"], an["general.points"]) == ("value", 30_000_000, 27_000_000)
    assert (binh["grade"], binh["by"]) == (None, "provisional")
    assert (binh["general.state"], binh["general.points"]) == ("missing", None)


def test_equal_totals_share_the_better_place_within_their_group() -> None:
    done = {"an": 20, "binh": 20, "cuc": 19, "dung": 18, "em": 20, "giang": 20}
    people = {code: month(quantity=(points * PARTS, 20 * PARTS)) for code, points in done.items()}
    where = {"an": "u", "binh": "u", "cuc": "u", "dung": "u", "em": "v", "giang": "u"}
    subjects = [Subject(code, unit=unit, working_days=2 if code == "giang" else 20) for code, unit in where.items()]
    table, _ = held(shipped(HUE), subjects, totals(people))
    assert ranks(table, "unit").tolist() == [1, 1, 3, 4, 1, 0]
    assert ranks(table).tolist() == [1, 1, 4, 5, 1, 0]
    assert ranks(table, "agency").tolist() == ranks(table).tolist()


def test_an_open_total_has_no_rank_and_nobody_gives_no_ranks() -> None:
    figures = dict.fromkeys(("quantity", "quality", "progress"), (PARTS, PARTS))
    table, _ = held(shipped(CIVIL), [Subject("an", staff_kind="civil_servant")], totals({"an": figures}))
    assert ranks(table).tolist() == [0]
    empty = score_many(shipped(CIVIL), [], [], totals({}))
    assert ranks(empty, "unit").tolist() == [] and empty.to_arrow().num_rows == 0


def test_a_proposal_below_its_minimum_is_only_to_consider() -> None:
    people = {"an": month(overdue_share=(9, 10))}
    for n, state in ((7, "to_consider"), (8, "proposed")):
        table, _ = held(shipped(HUE), [Subject("an")], totals(people, n))
        assert [PROPOSAL_STATES[code] for code in table.proposals["overdue"]] == [state]
