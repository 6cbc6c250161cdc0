"""What an explanation says of a record is what scoring the work without it, or with it done well, gives."""

from dataclasses import replace

import pytest
from drawn_work import CARDS, Card, months, run
from hypothesis import given, settings
from hypothesis import strategies as st

from congtam.engine.counterfactual import Moved, WhatIf
from congtam.engine.measuring.imagine import imagine
from congtam.engine.scoring.grades import By
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.subject import Score, SubjectScorer
from congtam.engine.stories import WorkStory

steady = settings(max_examples=60, derandomize=True, deadline=None, database=None)
each_card = pytest.mark.parametrize("card", CARDS, ids=[f"{name}#{card}" for name, card in CARDS])


def scored_anew(run: Run, *, without: frozenset[str] = frozenset(), if_good: frozenset[str] = frozenset()) -> Score:
    """The score of `an` over other rows, everything measured again."""
    scene = run.scorer.scene
    scorer = SubjectScorer(replace(scene, rows=imagine(scene.rows, without, if_good)))
    return scorer.score(run.scores["an"].subject, run.related["an"])


def assert_moved(before: Score, after: Score, told: Moved) -> None:
    earned = {leaf.id: leaf.earned for part in before.parts for leaf in part.leaves()}
    moved = {leaf.id: leaf.earned - earned[leaf.id] for part in after.parts for leaf in part.leaves()}
    assert dict(told.parts) == {name: micro for name, micro in moved.items() if micro}
    assert told.total == after.lowest - before.lowest
    if By.INSUFFICIENT not in (before.graded.by, after.graded.by):
        assert told.grade == after.graded.grade


@each_card
@steady
@given(work=months(most=8), general=st.integers(0, 30))
def test_the_effect_of_each_record_is_that_of_scoring_anew(card: Card, work: list[WorkStory], general: int) -> None:
    asked = run(card, work, general=general)
    for effect in WhatIf(asked, "an").effects:
        item = frozenset({effect.item})
        assert_moved(asked.scores["an"], scored_anew(asked, without=item), effect.without)
        assert_moved(asked.scores["an"], scored_anew(asked, if_good=item), effect.if_good)


@each_card
@steady
@given(work=months(most=8), data=st.data())
def test_many_records_at_once_are_those_of_scoring_anew(card: Card, work: list[WorkStory], data: st.DataObject) -> None:
    asked = run(card, work)
    what_if = WhatIf(asked, "an")
    some = st.frozensets(st.sampled_from(what_if.items)) if what_if.items else st.just(frozenset())
    gone, done_well = data.draw(some), data.draw(some)
    gone -= done_well
    told = what_if.ask(without=gone, if_good=done_well)
    anew = scored_anew(asked, without=gone, if_good=done_well)
    assert (told.parts, told.lowest) == (anew.parts, anew.lowest)
