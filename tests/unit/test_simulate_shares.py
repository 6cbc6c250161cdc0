"""Folded shares in columns: as the snapshot's schema says, agreeing with each other, late as the log is."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from congtam.engine.findings import Unusable
from congtam.engine.measuring.columnar import FAULT_FIELDS, read_officials
from congtam.engine.periods import Period
from congtam.engine.rulebook.columns import COLUMNS
from congtam.simulate import lateness
from congtam.simulate.shares import make_shares, making

MONTH = Period.parse("2026-09")
OFFICIALS, SHARES = 300, 40_000


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shares") / "data"
    make_shares(OFFICIALS, SHARES, MONTH, 7, folder)
    return folder


def test_columns_are_those_of_the_snapshot(folder: Path) -> None:
    share = pq.read_table(folder / "share.parquet")
    left_out = set(COLUMNS["share"]) - set(share.column_names)
    assert left_out <= {"item", "month", "as_of", "counted"} and share.num_rows == SHARES
    assert {"_official", "_row", "_item", "_spell", "_lead_weight", "_several"} <= set(share.column_names)
    assert set(pq.read_table(folder / "share_fault.parquet").column_names) == set(FAULT_FIELDS)
    as_of, officials, _ = read_officials(folder)
    assert as_of == MONTH.end and len(officials) == OFFICIALS and list(officials) == sorted(officials)
    numbers = share.column("_official").to_numpy()
    assert (np.diff(numbers) >= 0).all() and set(numbers) == set(range(OFFICIALS))
    assert share.column("_row").to_pylist() == list(range(SHARES))


def test_rows_of_one_item_tell_the_same_of_it_and_share_its_weight(folder: Path) -> None:
    share = pq.read_table(folder / "share.parquet")
    about = [name for name in share.column_names if name.startswith("item.") or name in ("kind", "coefficient")]
    seen: dict[int, list[tuple[object, ...]]] = {}
    for row in share.select(["_item", "_official", "weight", *about]).to_pylist():
        seen.setdefault(row["_item"], []).append((row["_official"], row["weight"], *(row[name] for name in about)))
    pairs = [rows for rows in seen.values() if len(rows) == 2]
    assert len(pairs) > SHARES // 20 and max(map(len, seen.values())) == 2
    for rows in seen.values():
        assert sum(int(str(row[1])) for row in rows) == 1_000_000
        assert len({row[2:] for row in rows}) == 1 and len({row[0] for row in rows}) == len(rows)


def test_times_are_in_order_and_seen_at_the_end(folder: Path) -> None:
    share = pq.read_table(folder / "share.parquet")
    end = np.datetime64(MONTH.end.replace(tzinfo=None))
    received, finished = share.column("received_at").to_numpy(), share.column("finished_at").to_numpy()
    known = ~np.isnat(finished)
    assert (received < end).all() and (finished[known] < end).all() and (received[known] <= finished[known]).all()
    assert (share.column("state").to_numpy()[~known] == 0).all()


def test_as_much_is_late_as_in_the_log(folder: Path) -> None:
    share = pq.read_table(folder / "share.parquet")
    ended = share.filter(
        pc.and_(pc.not_equal(share["state"], 2), pc.less(share["due_at"], MONTH.start.replace(tzinfo=None)))
    )
    late = pc.greater(pc.coalesce(ended["finished_at"], MONTH.end.replace(tzinfo=None)), ended["due_at"])
    assert abs(pc.mean(late).as_py() - lateness.LATE_SHARE) < 0.04


def test_every_late_share_has_its_delay(folder: Path) -> None:
    share, fault = pq.read_table(folder / "share.parquet"), pq.read_table(folder / "share_fault.parquet")
    ends = pc.coalesce(share["finished_at"], MONTH.end.replace(tzinfo=None))
    late = set(share.filter(pc.greater(ends, share["due_at"])).column("_row").to_pylist())
    own = fault.filter(pc.and_(fault["own"], fault["derived"]))
    assert set(own.column("_row").to_pylist()) == late
    voided = share.filter(share["delay_voided"]).column("_row").to_pylist()
    assert set(own.filter(own["voided"]).column("_row").to_pylist()) == set(voided)


def test_pieces_make_no_difference(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PIECE", 7_777)
    make_shares(OFFICIALS, SHARES, MONTH, 7, tmp_path / "again")
    for name in ("share", "share_fault"):
        assert plain(folder / f"{name}.parquet").equals(plain(tmp_path / "again" / f"{name}.parquet"))


def plain(path: Path) -> pa.Table:
    """A table with its texts written out, for dictionaries differ from piece to piece."""
    table = pq.read_table(path)
    texts = [pa.types.is_dictionary(field.type) for field in table.schema]
    columns = [c.cast(pa.string()) if text else c for c, text in zip(table.columns, texts, strict=True)]
    return pa.table(columns, names=table.column_names)


def test_same_arguments_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    make_shares(OFFICIALS, SHARES, MONTH, 7, tmp_path / "again")
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_folder_in_use_and_too_few_shares_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="folder-in-use"):
        make_shares(10, 100, MONTH, 7, folder)
    with pytest.raises(Unusable, match="bad-size"):
        make_shares(10, 9, MONTH, 7, tmp_path / "x")
