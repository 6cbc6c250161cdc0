"""Each shape of measure as the SQL it becomes, kept in `shapes/` to be read and compared.

`CONGTAM_KEEP_SHAPES=1 pytest tests/unit/test_sql_shapes.py` writes them again; look at the difference first.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlglot import exp, parse_one

from congtam.engine.expressions.parse import Scope, parse
from congtam.engine.facts.tables import FAULT_KINDS
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.sql.nodes import name
from congtam.engine.measuring.sql.query import compile_query
from congtam.engine.measuring.sql.run import BY_OFFICIAL
from congtam.engine.measuring.sql.sight import Window
from congtam.engine.measuring.sql.statement import Grouping
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundIndicator
from congtam.engine.rulebook.columns import COLUMNS
from congtam.engine.rulebook.model import Certainty, Indicator

KEPT = Path(__file__).parent / "shapes"
MONTH = Period.parse("2026-09")
ENDED, RUNNING = MONTH.end, datetime(2026, 9, 10, 10, tzinfo=UTC)
OVERDUE = "(finished_at or as_of) > due_at and not delay_voided"
SIZE = "coefficient * weight"

SHAPES: dict[str, dict[str, object]] = {
    "share_of": {"share_of": "share", "that": OVERDUE, "among": "not excused", "in_period": "due_or_carried"},
    "share_of_weighed": {"share_of": "share", "that": "accepted", "weigh_by": "coefficient", "in_period": "due"},
    "count_of": {"count_of": "share", "among": 'origin == "self_started"', "in_period": "finished"},
    "sum_of": {"sum_of": "minutes(received_at, taken_up_at)", "in_period": "received"},
    "mean_of": {"mean_of": "rating", "in_period": "finished"},
    "quantile_of": {
        "quantile_of": {"value": "minutes(received_at, finished_at)", "at": "0.9"},
        "in_period": "finished",
    },
    "ratio_of": {"ratio_of": {"top": f"{SIZE} if known(finished_at) else 0", "bottom": SIZE}},
    "open_at_the_end": {"count_of": "share", "in_period": "open"},
    "of_items": {"share_of": "item", "that": "signed", "in_period": "finished"},
    "of_faults": {"count_of": "fault", "in_period": "finished"},
    "faults_found_later": {
        "ratio_of": {"top": f'{SIZE} if counted else 0 - {SIZE} * min(1, 0.25 * faults("quality"))', "bottom": SIZE},
        "charged_later": True,
    },
}
SHARED = {
    "credit_full_items_deadline": {"credit": "full", "due": "item"},
    "lead_only_blame_full": {"credit": "lead_only", "blame": "full"},
}


def rule(measure: dict[str, object], shared: dict[str, str] | None = None) -> RowMeasure:
    """A measure as a rulebook would bind it."""
    text = {"vi": "x", "en": "x"}
    model = Indicator.model_validate(
        {
            "title": text, "definition": text, "group": "process", "direction": "up", "unit": "percent",
            "subjects": ["official"], "no_opportunity": "redistribute", "how_to_game": text, "counter_indicator": "x",
            "measure": measure, "shared_work": shared or {},
        }
    )  # fmt: skip
    said = model.measure
    texts = {"among": said.among, "that": said.that, "value": said.sum_of or said.mean_of}
    texts["weigh"] = None if said.weigh_by == "count" else said.weigh_by
    if said.ratio_of:
        texts |= {"top": said.ratio_of.top, "bottom": said.ratio_of.bottom}
    if said.quantile_of:
        texts["value"] = said.quantile_of.value
    scope = Scope(COLUMNS[said.source], {}, fault_kinds=FAULT_KINDS)
    nodes = {key: parse(text, scope) for key, text in texts.items() if text}
    return RowMeasure.of(BoundIndicator("drawn", model, "drawn", nodes, {}, None, Certainty.UNVERIFIED), {})


def sql(rules: dict[str, RowMeasure], as_of: datetime = ENDED, grouping: Grouping = BY_OFFICIAL) -> str:
    (table,) = {one.indicator.model.measure.source for one in rules.values()}
    return compile_query(table, rules, tuple(rules), Window(MONTH, as_of), grouping).sql(pretty=True) + "\n"


def statements() -> dict[str, str]:
    """Every shape by its name."""
    made = {shape: sql({"m": rule(measure)}) for shape, measure in SHAPES.items()}
    made |= {shape: sql({"m": rule(SHAPES["ratio_of"], shared)}) for shape, shared in SHARED.items()}
    made["a_month_still_running"] = sql({"m": rule(SHAPES["share_of"])}, RUNNING)
    made["by_a_column"] = sql({"m": rule(SHAPES["of_items"])}, grouping=Grouping(name("channel")))
    twice = {"late": SHAPES["share_of"], "not_late": SHAPES["share_of"] | {"that": f"not ({OVERDUE})"}}
    made["terms_once"] = sql({each: rule(measure) for each, measure in twice.items()})
    return made


@pytest.mark.parametrize("shape", statements())
def test_the_shape_is_as_it_was_kept(shape: str) -> None:
    made, kept = statements()[shape], KEPT / f"{shape}.sql"
    if os.environ.get("CONGTAM_KEEP_SHAPES"):
        kept.write_text(made, encoding="utf-8")
    assert made == kept.read_text(encoding="utf-8")


def test_no_shape_is_kept_that_nobody_makes() -> None:
    assert {path.stem for path in KEPT.glob("*.sql")} == set(statements())


def test_what_two_measures_share_is_made_once() -> None:
    steps = [step.this for step in parse_one(statements()["terms_once"], dialect="duckdb").find_all(exp.CTE)]
    made = [one.this.sql() for step in steps for one in step.expressions if isinstance(one, exp.Alias)]
    assert len(made) == len(set(made))
    assert sum('COALESCE("finished_at"' in one for one in made) == 1


def test_all_measures_of_a_table_read_it_once() -> None:
    rules = {shape: rule(measure) for shape, measure in SHAPES.items() if shape not in ("of_items", "of_faults")}
    tables = [table.name for table in parse_one(sql(rules), dialect="duckdb").find_all(exp.Table)]
    assert tables.count("share") == 1
