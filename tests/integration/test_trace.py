"""A score opens: it re-adds exactly, counterfactuals agree with really asking again, sentences stand on the trace."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.counterfactual import WhatIf, compare
from congtam.engine.explaining.sentences import explain
from congtam.engine.facts.tables import Facts
from congtam.engine.periods import Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.scoring.run import Asked, Run, evaluate
from congtam.engine.states import State
from congtam.engine.trace import trace

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
SEEN = datetime(2026, 11, 22, 5, tzinfo=UTC)
CASES = [
    ("vn/national/decree-335-2025", "civil_servant_month", "2026-10"),
    ("vn/national/decree-335-2025", "civil_servant_month", "2026-11"),
    ("vn/hue/dost-monthly-2025", "official_month", "2025-03"),
    ("vn/hue/dost-monthly-2025", "unit_month", "2025-04"),
]


def asked(facts: Facts, case: tuple[str, str, str], **changes: frozenset[str]) -> Run:
    calendar = load_calendar(SHIPPED / "vn/national/calendar/calendar.yaml").as_known(None)
    rulebook = load_rulebook(Library(SHIPPED), case[0])
    return evaluate(facts, rulebook, case[1], Asked(Period.parse(case[2]), SEEN, **changes), calendar)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[1]} {case[2]}")
def case(request: pytest.FixtureRequest) -> tuple[str, str, str]:
    chosen: tuple[str, str, str] = request.param
    return chosen


@pytest.fixture(scope="module")
def run(department: Facts, case: tuple[str, str, str]) -> Run:
    return asked(department, case)


def graded(run: Run) -> Iterator[str]:
    return (code for code, score in run.scores.items() if score.n_items)


def test_figures_re_add_from_rows_and_points_from_parts(run: Run) -> None:
    for code in graded(run):
        score = run.scores[code]
        for measured in score.measured.values():
            known = [part for part in measured.parts if not part.unknown]
            if known and measured.additive:
                assert sum(part.top for part in known) == measured.top
                assert len(known) == measured.n
        leaves = [leaf for part in score.parts for leaf in part.leaves()]
        assert sum(leaf.maximum for leaf in leaves) in (0, 100_000_000)
        assert score.lowest == sum(leaf.earned for leaf in leaves) <= score.highest


def test_lost_and_points_make_the_maximum(run: Run) -> None:
    for code in graded(run):
        for part in run.scores[code].parts:
            if part.points is not None:
                assert part.lost is not None and part.points + part.lost == part.maximum


def test_what_an_explanation_says_of_a_record_is_what_asking_again_gives(
    department: Facts, case: tuple[str, str, str], run: Run
) -> None:
    codes = list(graded(run))
    code = max(codes, key=lambda one: sum(p.lost or 0 for p in run.scores[one].parts))
    item = next(part.item for m in run.scores[code].measured.values() for part in m.parts if part.top < part.bottom)
    told = WhatIf(run, code).effect(item)
    for change, moved in (("without", told.without), ("if_good", told.if_good)):
        again = asked(department, case, **{change: frozenset({item})}).scores[code]
        assert again.lowest - run.scores[code].lowest == moved.total, (code, item, change)


def test_imagining_many_records_at_once_is_asking_again(
    department: Facts, case: tuple[str, str, str], run: Run
) -> None:
    code = next(graded(run))
    items = WhatIf(run, code).items
    without, if_good = frozenset(items[::2]), frozenset(items[1::2])
    told = WhatIf(run, code).ask(without=without, if_good=if_good)
    again = asked(department, case, without=without, if_good=if_good).scores[code]
    assert (told.parts, told.lowest) == (again.parts, again.lowest)


def test_doing_a_record_well_never_costs_points(run: Run) -> None:
    for code in list(graded(run))[:6]:
        for effect in WhatIf(run, code).effects:
            assert effect.if_good.total >= 0, (code, effect.item)


def test_reach_is_really_reached(run: Run) -> None:
    for code in list(graded(run))[:12]:
        found = trace(run, code).reach
        if found:
            what_if = WhatIf(run, code)
            after = what_if.ask(if_good=found.items)
            assert after.graded.grade == found.grade and after.lowest == found.total
            if found.smallest:
                for left_out in found.items:
                    fewer = what_if.ask(if_good=[item for item in found.items if item != left_out])
                    assert fewer.graded.grade != found.grade


def test_every_sentence_names_a_node_of_the_trace(run: Run) -> None:
    code = next(graded(run))
    opened = trace(run, code)
    roots = {"header", "total", "graded", "parts", "indicators", "records", "reach", "pending", "months", "rulebook"}
    for lang in ("vi", "en"):
        lines = [line for section in explain(run, opened, lang) for line in section.lines]
        assert lines and {line.node.split(".")[0] for line in lines} <= roots
        for word in ("vi phạm", "phạt", "kém"):
            assert not any(word in line.text.lower() for line in lines)


def test_each_record_is_told_once_with_all_the_points_it_moved(run: Run) -> None:
    code = max(graded(run), key=lambda one: sum(p.lost or 0 for p in run.scores[one].parts))
    opened = trace(run, code)
    nodes = [line.node for section in explain(run, opened) for line in section.lines if line.node.endswith(".effect")]
    assert nodes and len(nodes) == len(set(nodes))
    for record in opened.records:
        assert sum(moved for _, moved in record.effect.if_good.parts) == record.effect.if_good.total


def test_every_record_that_cost_points_says_more_than_its_deadline(run: Run) -> None:
    for code in list(graded(run))[:8]:
        opened = trace(run, code)
        lines = {line.node: line.text for section in explain(run, opened, "vi") for line in section.lines}
        for record in opened.records:
            if (text := lines.get(f"records.{record.item}")) and all(s.state == "finished" for s in record.shares):
                causes = ("quá hạn", "tiếp nhận sau", "đối tác chấm", "lỗi", "trả lại", "mở lại", "chưa đạt", "lùi hạn")
                assert any(cause in text for cause in causes), text


def test_records_name_where_they_came_from(run: Run) -> None:
    opened = trace(run, next(graded(run)))
    assert all(record.records and record.sources for record in opened.records)


def test_exact_values_are_ratios_of_whole_numbers(run: Run) -> None:
    opened = trace(run, next(graded(run)))
    for one in opened.indicators.values():
        if one.state is State.VALUE and one.unit == "percent" and one.rows:
            assert Fraction(one.value or 0) <= 1


def test_compare_names_nobody_when_nothing_changed(run: Run) -> None:
    assert compare(run, run) == []


def test_the_same_question_gives_the_same_answer(department: Facts, case: tuple[str, str, str], run: Run) -> None:
    assert asked(department, case).scores == run.scores
