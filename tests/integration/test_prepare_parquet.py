"""Parquet files: typed values become the texts that a mapping reads, a batch at a time."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from congtam.engine.facts.store import read_facts
from congtam.engine.findings import Unusable
from congtam.files import Report, prepare, propose, read_mapping
from congtam.files.parquet_source import BATCH

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MAPPING = """
source: {format: parquet, also: {due: [deadline]}, optional: [note]}
item: event
key: id
time: {due_day_until: "17:00"}
received: came
due: due
finished: done
attributes: {unit: unit, coefficient: k, procedure: note}
numbers: {decimal: ","}
"""
CAME = datetime(2026, 3, 2, 8, 30)  # noqa: DTZ001 (a naive column, in the mapping's zone)
DONE = datetime(2026, 3, 4, 10, tzinfo=UTC)


def table(**more: pa.Array) -> pa.Table:
    return pa.table(
        {
            "id": pa.array([7.0, 8.0]),  # as tables of numbers write a whole column with a gap
            "came": pa.array([CAME, CAME], pa.timestamp("us")),
            "Deadline": pa.array([date(2026, 3, 5), None], pa.date32()),
            "done": pa.array([DONE, None], pa.timestamp("ms", "Asia/Ho_Chi_Minh")),
            "unit": pa.array(["P1", "P1"]).dictionary_encode(),
            "k": pa.array([Decimal("1.50"), None], pa.decimal128(5, 2)),
            **more,
        }
    )


def run(folder: Path, found: pa.Table, mapping: str = MAPPING) -> Report:
    pq.write_table(found, folder / "list.parquet")
    return prepare([folder / "list.parquet"], read_mapping(mapping), folder / "out", NOW)


def test_typed_values_are_read(tmp_path: Path) -> None:
    report = run(tmp_path, table())
    assert (report.items, report.rows_set_aside, [one.code for one in report.warnings]) == (2, 0, ["column-absent"])
    events = {(event.item, event.activity): event for event in read_facts(tmp_path / "out").events}
    first = events["7", "registered"]
    assert first.at == datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
    assert (first.attributes, first.source) == ({"unit": "P1", "coefficient": "1.50"}, "list.parquet#row=1")
    assert events["7", "due"].value == "2026-03-05T10:00:00Z"
    assert events["7", "finished"].at == DONE
    assert ("8", "due") not in events


def test_nested_columns_are_refused_where_they_are_read(tmp_path: Path) -> None:
    nested = pa.array([["a"], []])
    report = run(tmp_path, table(tags=nested, photo=pa.array([b"x", b"y"])))
    assert [one.code for one in report.warnings if one.code != "column-absent"] == ["nested-column", "nested-column"]
    with pytest.raises(Unusable, match=r"'note' holds list<.*string>, not one value a row"):
        run(tmp_path, table(note=nested))


def test_a_large_file_is_read_in_batches(tmp_path: Path) -> None:
    many = 2 * BATCH + 1
    came = pa.array([CAME + timedelta(minutes=n) for n in range(many)], pa.timestamp("us"))
    found = pa.table(
        {"id": pa.array(range(many)), "came": came, "due": came, "done": came, "unit": [""] * many, "k": came}
    )
    report = run(tmp_path, found, MAPPING.replace(", coefficient: k", ""))
    assert (report.rows_read, report.items) == (many, many)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    pq.write_table(table(), tmp_path / "whole.parquet")
    (tmp_path / "list.parquet").write_bytes((tmp_path / "whole.parquet").read_bytes()[:-20])
    with pytest.raises(Unusable, match="parquet-damaged"):
        prepare([tmp_path / "list.parquet"], read_mapping(MAPPING), tmp_path / "out", NOW)
    with pytest.raises(Unusable, match="parquet-damaged"):
        propose([tmp_path / "list.parquet"])
    assert not (tmp_path / "out").exists()
