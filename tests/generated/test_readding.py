"""What is shown re-adds: rows to indicators, parts to totals, and points earned and lost to what could be earned."""

from fractions import Fraction

import pytest
from drawn_work import CARDS, Card, months, run
from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.engine.scoring.subject import Score
from congtam.engine.scoring.tree import PartScore
from congtam.engine.states import State
from congtam.engine.stories import WorkStory

steady = settings(max_examples=80, derandomize=True, deadline=None, database=None)
each_card = pytest.mark.parametrize("card", CARDS, ids=[f"{name}#{card}" for name, card in CARDS])
WHOLE = 100_000_000  # both scorecards are worth 100 points


def scored(card: Card, work: list[WorkStory], general: int) -> Score:
    return run(card, work, general=general).scores["an"]


def parts(tree: tuple[PartScore, ...]) -> list[PartScore]:
    return [one for part in tree for one in (part, *parts(part.parts))]


@each_card
@steady
@given(work=months(), general=st.integers(0, 30))
def test_indicators_re_add_from_their_rows(card: Card, work: list[WorkStory], general: int) -> None:
    for name, measured in scored(card, work, general).measured.items():
        known = [part for part in measured.parts if not part.unknown]
        if not measured.parts:
            continue
        assert measured.n == len(known) and measured.n_unknown == len(measured.parts) - len(known), name
        if measured.additive:
            assert measured.top == sum(part.top for part in known), name
            assert measured.bottom in (1, sum(part.bottom for part in known)), name
        assert len({part.key for part in measured.parts}) == len(measured.parts), name


@each_card
@steady
@given(work=months(), general=st.integers(0, 30))
def test_a_value_is_its_numerator_by_its_denominator(card: Card, work: list[WorkStory], general: int) -> None:
    for name, one in scored(card, work, general).measured.items():
        if one.state is State.VALUE and one.value is not None:
            exact = Fraction(one.top, one.bottom) * Fraction(10**one.bottom_scale, 10**one.top_scale)
            limit = one.cap
            assert one.value == (exact if limit is None else max(Fraction(0), min(exact, limit))), name


@each_card
@steady
@given(work=months(), general=st.integers(0, 30))
def test_points_re_add_and_none_is_lost_on_the_way(card: Card, work: list[WorkStory], general: int) -> None:
    score = scored(card, work, general)
    assert sum(part.maximum for part in score.parts) in (WHOLE, 0)
    for part in parts(score.parts):
        if part.points is not None:
            assert part.lost is not None and part.points + part.lost == part.maximum
            assert 0 <= part.points <= part.maximum
        if part.parts and part.points is not None:
            assert sum(child.points or 0 for child in part.parts) == part.points
        if part.parts:
            assert sum(child.maximum for child in part.parts) in (part.maximum, 0)
    assert score.earned == sum(leaf.points or 0 for part in score.parts for leaf in part.leaves())
    if score.total is not None:
        assert score.total == sum(part.points or 0 for part in score.parts)
    assert 0 <= score.lowest <= score.highest <= WHOLE


@each_card
@steady
@given(work=months())
def test_the_same_work_gives_the_same_score(card: Card, work: list[WorkStory]) -> None:
    assert scored(card, work, 20) == scored(card, work, 20)
