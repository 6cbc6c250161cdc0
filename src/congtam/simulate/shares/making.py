"""Shares and their faults into Parquet, piece by piece."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from congtam.engine.findings import unusable
from congtam.engine.measuring.columnar import FAULT_FIELDS, FAULT_OF, INSTANT, ROW_GROUP, write_parquet
from congtam.engine.periods import Period
from congtam.simulate.lateness import personal_late_share
from congtam.simulate.shares.columns import Columns, Places
from congtam.simulate.shares.draws import Draws
from congtam.simulate.shares.office_time import OfficeTime
from congtam.simulate.shares.story import Telling

FAULTS = pa.schema(
    {
        **{name: FAULT_FIELDS[name] for name in ("kind", "at", "charged_to", "voided", "derived")},
        "received_at": INSTANT,
        "finished_at": INSTANT,
        "excused": pa.bool_(),
        "_official": pa.int32(),
        "_item": pa.int32(),
        "_row": pa.int32(),
    }
)
PIECE = 4 * ROW_GROUP  # rows made at once
EARLIER = timedelta(days=35)  # work of the period began to come in so long before it
LATER = timedelta(days=400)  # and slow work ends after it
UNEVEN = 0.25  # how far officials differ in the amount of work


def make_shares(officials: int, shares: int, period: Period, seed: int, out: Path) -> None:
    """Write share, share_fault, fault and official as Parquet (see `columnar`) into a new or empty folder.

    One row per share, sorted by official, seen at the end of the period; the faults laid to a share itself are the rows
    of `fault`. The same arguments give the same files. Left out: texts such as `item` and `_key`, which a full run does
    not read. Raises `Unusable` when there is no official, fewer
    shares than officials, or the folder is in use.
    """
    if not 0 < officials <= shares:
        raise unusable("bad-size", f"{shares} shares of {officials} officials", "ask for at least one share for each")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise unusable("folder-in-use", f"{out} is not empty", "choose a new folder")
    out.mkdir(parents=True, exist_ok=True)
    columns = Columns(_telling(officials, shares, period, seed), _office_time(period), period, Places(officials))
    with (
        pq.ParquetWriter(out / "share.parquet", columns.schema, compression="zstd") as rows,
        pq.ParquetWriter(out / f"{FAULT_OF['share']}.parquet", columns.fault_schema, compression="zstd") as laid,
        pq.ParquetWriter(out / "fault.parquet", FAULTS, compression="zstd") as faults,
    ):
        found = 0
        for start in range(0, shares, PIECE):
            share, fault = columns.piece(start, min(start + PIECE, shares))
            rows.write_table(share, row_group_size=ROW_GROUP)
            laid.write_table(fault, row_group_size=ROW_GROUP)
            of_piece = _faults(share, fault, start, found)
            faults.write_table(of_piece, row_group_size=ROW_GROUP)
            found += of_piece.num_rows
    meta = {b"as_of": period.end.isoformat().encode()}
    named = pa.table({"official": pa.array(columns.places.officials)}).replace_schema_metadata(meta)
    write_parquet(named, out / "official.parquet")


def _faults(share: pa.Table, laid: pa.Table, start: int, found: int) -> pa.Table:
    """The faults laid to the shares of a piece, as rows of their own: `start` is the number of the piece's first share,
    `found` how many faults came before."""
    own = laid.filter(laid.column("own"))
    of_share = share.select(["_official", "_item"]).take(pc.subtract(own.column("_row"), start))
    columns = {name: own.column(name) for name in ("kind", "at", "charged_to", "voided", "derived")}
    columns |= {"received_at": own.column("at"), "finished_at": own.column("at"), "excused": own.column("voided")}
    columns |= {name: of_share.column(name) for name in of_share.column_names}
    columns["_row"] = pa.array(range(found, found + own.num_rows), pa.int32())
    return pa.table(columns).cast(FAULTS)


def _telling(officials: int, shares: int, period: Period, seed: int) -> Telling:
    rng = np.random.default_rng(seed)
    loads = np.maximum(rng.normal(1, UNEVEN, officials), 0.1)
    starts = np.floor(np.concatenate([[0], np.cumsum(loads)]) / loads.sum() * shares + 0.5).astype(np.int64)
    starts[-1] = shares
    people = Random(seed)
    late = np.array([personal_late_share(people) for _ in range(officials)])
    return Telling(Draws(seed), starts, late, _arrivals(period))


def _arrivals(period: Period) -> int:
    return _office_time(period).days.index(period.until)


def _office_time(period: Period) -> OfficeTime:
    first: date = period.first - EARLIER
    return OfficeTime(first, period.until + LATER)
