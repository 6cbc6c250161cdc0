"""Specs of measures as drawn tables: rows of work, one measure, the answer. Evaluators are tested against them.

A table is text: a line of column names, then a line for each row, cells apart by spaces. `-` is a missing value, a
column that is not drawn has its default (`DEFAULTS`), `key` names the row. Cells are written short: days and instants
of 2026 as `09-10` (17:00) or `09-10_08:30`, `yes` and `no`, numbers with a point. `faults` lists kinds apart by commas:
`quality` (charged wherever the work counts), `quality@10-02` (charged to that day), `quality!` (voided).

The answer is text as well: `3/4 · n 4 · unknown 1 · pending 2`, or a state instead of the ratio.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from congtam.engine.expressions.nodes import Sort, Type
from congtam.engine.facts.cells import parse_scaled
from congtam.engine.facts.work import Fault
from congtam.engine.measuring.columnar import Snapshot
from congtam.engine.measuring.evaluate import Measured, RowMeasure
from congtam.engine.measuring.rows import Rows
from congtam.engine.measuring.sql.run import Scan, Source, measure_officials
from congtam.engine.measuring.sql.sight import Window
from congtam.engine.periods import VIETNAM, Period
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.columns import COLUMNS
from congtam.engine.rulebook.load import Library
from congtam.engine.rulebook.parameters import resolve

Row = dict[str, Any]
Evaluator = Callable[["Spec", Path], str]

PERIOD = "2026-09"
DEFAULTS = {"coefficient": "1", "weight": "1", "role": "lead", "received_at": "09-01", "origin": "assigned"}


@dataclass(frozen=True)
class Spec:
    """One line of the manual: in `period`, seen at its end unless `as_of` says otherwise, `table` measured by `measure`
    (YAML, as in a rulebook; `indicator` holds what stands beside it) gives `answer`."""

    title: str
    table: str
    measure: str
    answer: str
    rows_of: str = "share"
    indicator: str = ""
    period: str = PERIOD
    as_of: str | None = None
    parameters: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.title


def instant(text: str) -> datetime:
    """`09-10` (at 17:00) or `09-10_08:30` in Vietnam, in 2026."""
    day, _, clock = text.partition("_")
    at = datetime.combine(date.fromisoformat(f"2026-{day}"), time.fromisoformat(clock or "17:00"))
    return at.replace(tzinfo=VIETNAM).astimezone(UTC)


def rows(spec: Spec) -> list[Row]:
    """The rows of a spec's table as an evaluator takes them."""
    lines = [line.split() for line in spec.table.splitlines() if line.strip()]
    names, cells = lines[0], lines[1:]
    as_of = seen_at(spec)
    made = []
    for line in cells:
        assert len(line) == len(names), f"{spec.title}: {line} does not fit {names}"
        made.append(_row(dict(zip(names, line, strict=True)), spec.rows_of, as_of))
    return made


def seen_at(spec: Spec) -> datetime:
    """The instant from which the work is seen."""
    return instant(spec.as_of) if spec.as_of else Period.parse(spec.period).end


def _row(drawn: dict[str, str], table: str, as_of: datetime) -> Row:
    key = drawn.pop("key")
    faults = tuple(_fault(key, n, text) for n, text in enumerate(drawn.pop("faults", "-").split(",")) if text != "-")
    types = COLUMNS[table]
    unknown = set(drawn) - set(types)
    assert not unknown, f"no such column: {unknown}"
    given = {**DEFAULTS, **drawn}  # what a table does not have is passed over
    row: Row = {name: _cell(given.get(name, "-"), kind) for name, kind in types.items()}
    row.update({name: row[name] or False for name, kind in types.items() if kind.sort is Sort.BOOLEAN})
    whole = {name: row[name] or 0 for name, kind in types.items() if kind.sort is Sort.NUMBER and name not in drawn}
    row |= {name: value for name, value in whole.items() if name not in ("rating", "satisfaction")}
    row |= {"as_of": as_of, "_key": key, "_item": key, "_spell": None, "_faults": faults, "_all_faults": faults}
    row["_lead_weight"] = 1_000_000
    if table == "fault":
        row |= {"received_at": row["at"], "due_at": None, "finished_at": row["at"], "excused": row["voided"]}
    if table == "share":
        row |= {f"item.{name}": row[f"item.{name}"] or row[name] for name in ("received_at", "due_at", "finished_at")}
    return row


def _cell(text: str, kind: Type) -> Any:
    if text == "-":
        return None
    match kind.sort:
        case Sort.INSTANT:
            return instant(text)
        case Sort.DAY:
            return instant(text).astimezone(VIETNAM).date()
        case Sort.BOOLEAN:
            return text == "yes"
        case Sort.NUMBER:
            return parse_scaled(text, kind.scale or 0)
    return text


def _fault(key: str, number: int, text: str) -> Fault:
    kind, _, day = text.rstrip("!").partition("@")
    charged = date.fromisoformat(f"2026-{day}") if day else None
    voided = "1/QD" if text.endswith("!") else None
    return Fault(f"{kind}-{number}", key, kind, instant("09-10"), charged_to=charged, voided_by=voided)


def answer(measured: Measured) -> str:
    """What came out, written as a spec writes it."""
    value = measured.value
    words = [str(measured.state) if value is None else str(value), f"n {measured.n}"]
    words += [f"unknown {measured.n_unknown}"] if measured.n_unknown else []
    words += [f"pending {measured.n_pending}"] if measured.n_pending else []
    return " · ".join(words)


def measure(spec: Spec, folder: Path) -> RowMeasure:
    """The spec's one measure, ready to be asked."""
    book = load_rulebook(Library(rulebook(spec, folder)), "spec")
    indicator = book.indicators["measured"]
    return RowMeasure.of(indicator, resolve(indicator.parameters, Period.parse(spec.period).first, {}))


def by_rows(spec: Spec, folder: Path) -> str:
    """The answer of the row evaluator."""
    return answer(measure(spec, folder).measure(rows(spec), Period.parse(spec.period), seen_at(spec)))


def by_sql(spec: Spec, folder: Path) -> str:
    """The answer of the compiled evaluator, for the same rows as those of one official."""
    whose = [{**row, "official": "an"} for row in rows(spec)]
    tables: dict[str, dict[str, list[Row]]] = {table: {} for table in COLUMNS} | {spec.rows_of: {"an": whose}}
    source = Source.of(Snapshot.of(Rows(tables), seen_at(spec)))
    window = Window(Period.parse(spec.period), seen_at(spec))
    totals = measure_officials(source, Scan({"measured": measure(spec, folder)}, ("measured",), window))
    return answer(totals.measured("an")["measured"]) if "an" in totals.place else answer_of_nothing(spec, folder)


def answer_of_nothing(spec: Spec, folder: Path) -> str:
    """What an official without any row gets: a snapshot does not know them."""
    return answer(measure(spec, folder).total([]))


EVALUATORS = [pytest.param(by_rows, id="rows"), pytest.param(by_sql, id="sql")]


def rulebook(spec: Spec, root: Path) -> Path:
    """A rulebook with the one indicator of a spec, below `root`."""
    text = {"vi": "Chỉ số", "en": "Indicator"}
    terms = {
        "done": "known(finished_at)",
        "overdue": "(finished_at or as_of) > due_at and not delay_voided",
    } if spec.rows_of != "fault" else {}  # fmt: skip
    indicator = {
        "title": text, "definition": text, "group": "process", "direction": "up", "unit": "percent",
        "subjects": ["official"], "no_opportunity": "redistribute", "how_to_game": text, "counter_indicator": "other",
        "measure": yaml.load(spec.measure, yaml.BaseLoader), **(yaml.load(spec.indicator, yaml.BaseLoader) or {}),
    }  # fmt: skip
    head = {
        "title": text, "issuer": "spec", "calendar": "none", "clock": "given",
        "terms": {name: {"title": text, "is": said} for name, said in terms.items()},
        "parameters": {name: {"title": text, "value": value} for name, value in spec.parameters.items()},
    }  # fmt: skip
    folder = root / "spec"
    (folder / "indicators").mkdir(parents=True)
    (folder / "rulebook.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    (folder / "indicators" / "measured.yaml").write_text(yaml.safe_dump(indicator), encoding="utf-8")
    return root
