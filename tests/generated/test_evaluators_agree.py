"""Two evaluators, one meaning: random measures over random rows give the same whole numbers either way."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import drawn_rules
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congtam.engine.measuring.columnar import Snapshot
from congtam.engine.measuring.evaluate import Measured, RowMeasure
from congtam.engine.measuring.rows import Rows
from congtam.engine.measuring.sql.run import Scan, Source, measure_officials
from congtam.engine.measuring.sql.sight import Window

CASES = int(os.environ.get("CONGTAM_CASES", "300"))  # `make agree` asks for 10,000
AS_OF = (drawn_rules.PERIOD.end, datetime(2026, 9, 10, 17, tzinfo=UTC))


@given(st.data())
@settings(max_examples=CASES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_evaluators_agree(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(("share", "share", "item", "fault")))
    as_of = data.draw(st.sampled_from(AS_OF))
    rules = {f"m{n}": data.draw(drawn_rules.measures(table)) for n in range(data.draw(st.integers(1, 4)))}
    rows = data.draw(drawn_rules.snapshots(table, as_of))
    window = Window(drawn_rules.PERIOD, as_of)
    totals = measure_officials(Source.of(Snapshot.of(rows, as_of)), Scan(rules, tuple(rules), window, threads=1))
    for official in totals.subjects:
        by_rows = {name: _by_rows(rule, rows, table, official, as_of) for name, rule in rules.items()}
        assert totals.measured(official) == {name: replace(one, parts=()) for name, one in by_rows.items()}
        assert totals.n_items[totals.place[official]] == _items(by_rows)


def _by_rows(rule: RowMeasure, rows: Rows, table: str, official: str, as_of: datetime) -> Measured:
    return rule.measure(rows.of_official(table, official), drawn_rules.PERIOD, as_of)


def _items(measured: dict[str, Measured]) -> int:
    """The items a subject is scored on, as the reference counts them."""
    parts = (part for one in measured.values() for part in one.parts)
    return len({part.item for part in parts if not part.unknown and part.row is not None and part.row["counted"]})
