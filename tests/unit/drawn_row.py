"""One share of one official, and a measure that counts it."""

from datetime import timedelta
from typing import Any

from congtam.engine.expressions.nodes import Sort
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.rows import Row, Rows
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundIndicator
from congtam.engine.rulebook.columns import COLUMNS
from congtam.engine.rulebook.model import Certainty, Indicator

MONTH = Period.parse("2026-09")
_TEXT = {"vi": "x", "en": "x"}
_MODEL = Indicator.model_validate(
    {
        "title": _TEXT, "definition": _TEXT, "group": "process", "direction": "up", "unit": "count",
        "subjects": ["official"], "no_opportunity": "redistribute", "how_to_game": _TEXT, "counter_indicator": "x",
        "measure": {"count_of": "share", "in_period": "finished"},
    }
)  # fmt: skip
COUNT = RowMeasure.of(BoundIndicator("count", _MODEL, "drawn", {}, {}, None, Certainty.UNVERIFIED), {})


def a_share(**columns: Any) -> Row:
    """A share of `an`, received and finished in the month; `columns` differ from that."""
    day = MONTH.start + timedelta(days=3)
    row: Row = dict.fromkeys(COLUMNS["share"])
    row |= {name: False for name, kind in COLUMNS["share"].items() if kind.sort is Sort.BOOLEAN}
    row |= {name: 0 for name, kind in COLUMNS["share"].items() if kind.sort is Sort.NUMBER}
    row |= {"official": "an", "item": "i", "role": "lead", "state": "finished", "item.state": "finished"}
    row |= {"received_at": day, "finished_at": day, "item.received_at": day, "item.finished_at": day}
    row |= {"_key": "i/an", "_item": "i", "_spell": None, "_faults": (), "_all_faults": (), "_lead_weight": 1_000_000}
    return {**row, **columns}


def rows_of(*shares: Row) -> Rows:
    """Rows of one official."""
    return Rows({table: {"an": list(shares)} if table == "share" else {} for table in COLUMNS})
