"""An indicator counted item by item says what counting it anew from the rows that are left would say."""

from dataclasses import replace
from pathlib import Path

import pytest
from drawn import Spec, measure
from hypothesis import example, given, settings
from hypothesis import strategies as st

from congtam.engine.measuring.by_item import ByItem
from congtam.engine.measuring.evaluate import RowMeasure, RowPart

MEASURES = {
    "share": "{share_of: share, that: done, weigh_by: coefficient}",
    "ratio": "{ratio_of: {top: coefficient, bottom: weight}, cap: 1}",
    "count": "{count_of: share}",
    "sum": "{sum_of: waiting}",
    "mean": "{mean_of: waiting}",
    "quantile": "{quantile_of: {value: waiting, at: 0.5}}",
}
ITEMS = ("a", "b", "c", "d")
some = st.frozensets(st.sampled_from(ITEMS))


@pytest.fixture(scope="module", params=MEASURES)
def rule(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> RowMeasure:
    folder: Path = tmp_path_factory.mktemp(request.param)
    return measure(Spec(request.param, "", MEASURES[request.param], ""), folder)


@st.composite
def parts(draw: st.DrawFn) -> list[RowPart]:
    """Row parts of some items, several of one item among them."""
    rows = draw(st.lists(st.tuples(st.sampled_from(ITEMS), st.integers(-3, 9), st.integers(0, 9), st.booleans())))
    return [
        RowPart(f"{item}/{n}", item, 0 if unknown else top, 0 if unknown else bottom, unknown)
        for n, (item, top, bottom, unknown) in enumerate(rows)
    ]


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(drawn=parts(), better=parts(), gone=some, done_well=some, excused=st.booleans())
@example(  # the middle of 5 and 5 is what 0 and 5 add up to
    drawn=[RowPart("a/0", "a", 0, 1), RowPart("b/0", "b", 5, 1)],
    better=[RowPart("a/0", "a", 5, 1)],
    gone=frozenset(),
    done_well=frozenset("a"),
    excused=False,
)
def test_sums_taken_out_and_put_in_are_those_counted_anew(
    rule: RowMeasure,
    drawn: list[RowPart],
    better: list[RowPart],
    gone: frozenset[str],
    done_well: frozenset[str],
    excused: bool,
) -> None:
    if rule.indicator.model.measure.kind in ("sum_of", "mean_of", "quantile_of"):
        drawn, better = ([replace(part, bottom=not part.unknown) for part in one] for one in (drawn, better))
    gone -= done_well
    measured = rule.total(drawn, 0, excused)
    figure = ByItem(rule, measured, better)
    kept = [part for part in drawn if part.item not in gone | done_well]
    kept += [part for part in better if part.item in done_well]
    anew = rule.total(kept, 0, excused)
    told = figure.measured(figure.sums(gone, done_well))
    assert replace(told, parts=()) == replace(anew, parts=())
    assert told.value == anew.value
