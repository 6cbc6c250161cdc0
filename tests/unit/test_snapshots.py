"""What columns cannot hold is refused with its reason, and so is a folder that is no snapshot."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from drawn_row import COUNT, MONTH, a_share, rows_of

from congtam.engine.findings import Unusable
from congtam.engine.measuring.columnar import Snapshot
from congtam.engine.measuring.sql.run import Scan, Source, measure_officials
from congtam.engine.measuring.sql.sight import Window

SCAN = Scan({"m": COUNT}, ("m",), Window(MONTH, MONTH.end))


def snapshot(**columns: Any) -> Snapshot:
    return Snapshot.of(rows_of(a_share(**columns)), MONTH.end)


def count(source: Source) -> int:
    return int(measure_officials(source, SCAN).sums["m"].n[0])


@pytest.mark.parametrize("folder", ["plain", "t[1]", "q?", "a*", "unit=H29"])
def test_a_snapshot_is_read_again_as_it_was_written(folder: str, tmp_path: Path) -> None:
    snapshot().write(tmp_path / folder)
    snapshot().write(tmp_path / "t1")
    assert count(Source.at(tmp_path / folder)) == 1


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"taken_up_at": datetime(1970, 1, 1, tzinfo=UTC)}, "before 13 June 1975"),
        ({"coefficient": 2**63}, "does not fit 64 bits"),
        ({"role": "boss"}, "is none of the codes lead, support"),
    ],
)
def test_what_columns_cannot_hold_is_refused(columns: dict[str, Any], why: str) -> None:
    with pytest.raises(Unusable, match=why):
        snapshot(**columns)


def test_the_smallest_whole_number_is_held() -> None:
    assert count(Source.of(snapshot(satisfaction=-(2**63)))) == 1


def test_a_folder_without_officials_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="holds no official"):
        Source.at(tmp_path)


def test_officials_that_do_not_say_when_they_were_seen_are_refused(tmp_path: Path) -> None:
    pq.write_table(pa.table({"official": ["an"]}), tmp_path / "official.parquet")
    with pytest.raises(Unusable, match="is no list of officials"):
        Source.at(tmp_path)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    snapshot().write(tmp_path / "s")
    shares = tmp_path / "s" / "share.parquet"
    shares.write_bytes(shares.read_bytes()[:-40])
    with pytest.raises(Unusable, match="the snapshot cannot be read"):
        count(Source.at(tmp_path / "s"))


@pytest.mark.parametrize("table", ["share"])
def test_a_table_that_was_left_out_is_named(table: str, tmp_path: Path) -> None:
    snapshot().write(tmp_path / "s")
    (tmp_path / "s" / f"{table}.parquet").unlink()
    with pytest.raises(Unusable, match=f"has no table {table}"):
        count(Source.at(tmp_path / "s"))


def test_a_column_that_was_left_out_is_named(tmp_path: Path) -> None:
    snapshot().write(tmp_path / "s")
    shares = pq.read_table(tmp_path / "s" / "share.parquet").drop_columns(["finished_at"])
    pq.write_table(shares, tmp_path / "s" / "share.parquet")
    with pytest.raises(Unusable, match="lacks a column"):
        count(Source.at(tmp_path / "s"))
