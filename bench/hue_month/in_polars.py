"""The same figures in polars, streaming over the same Parquet files."""

from datetime import datetime
from pathlib import Path

import polars as pl

START, END = datetime(2026, 8, 31, 17), datetime(2026, 9, 30, 17)  # noqa: DTZ001 (UTC without saying so)
FIRST, UNTIL = pl.date(2026, 9, 1), pl.date(2026, 10, 1)
MINUTE = 60_000_000


def figures(folder: Path) -> pl.DataFrame:
    """One row per official: numerators, denominators and counts of the fourteen indicators, and the items."""
    c = pl.col
    faults = pl.scan_parquet(folder / "share_fault.parquet").filter(~c("voided") & c("own"))
    quality, dated = c("kind") == 0, c("charged_to").is_not_null()
    in_days = (c("charged_to") >= FIRST) & (c("charged_to") < UNTIL)
    found = ~dated & (c("at") >= START) & (c("at") < END)
    counted = faults.group_by("_row").agg(
        quality=(quality & (~dated | in_days)).sum(),
        dated=(~c("derived") & dated & in_days).sum(),
        quality_dated=(quality & ~c("derived") & dated & in_days).sum(),
        undated=(~c("derived") & found).sum(),
        quality_undated=(quality & ~c("derived") & found).sum(),
    )
    rows = pl.scan_parquet(folder / "share.parquet").join(counted, on="_row", how="left")
    due, done_at = c("due_at"), c("finished_at")
    rows = rows.with_columns(
        has_due=due.is_not_null(),
        ended=done_at.is_not_null(),
        ok=~c("excused"),
        late=(pl.coalesce(done_at, END) > due) & ~c("delay_voided"),
        received=(c("received_at") >= START) & (c("received_at") < END),
        finished=done_at.is_not_null() & (done_at >= START).fill_null(False) & (done_at < END).fill_null(False),
        due_in=((due >= START) & (due < END)).fill_null(False),
        before=(due < START).fill_null(False),
        size=c("coefficient").cast(pl.Int64) * pl.when(c("role") == 0).then(c("_lead_weight")).otherwise(c("weight")),
        over=(pl.coalesce(due, done_at) < START).fill_null(False),
    )
    rows = rows.with_columns(
        done=c("ended") & (c("state") == 1),
        kept=c("ok") & ~((c("state") == 2) & ~c("late")),
        undated=~c("has_due") & c("finished"),
        pending=~c("has_due") & ~c("ended") & (c("received_at") < END),
        old_open=c("before") & ~c("ended"),
        old_settled=c("before") & (done_at >= START).fill_null(False),
        help=(c("role") == 1) & c("ok"),
        found=(c("dated").fill_null(0) + pl.when("over").then(c("undated").fill_null(0)).otherwise(0)) > 0,
        later_faults=c("quality_dated").fill_null(0)
        + pl.when("over").then(c("quality_undated").fill_null(0)).otherwise(0),
    ).with_columns(due_or_undated=c("due_in") | c("undated"))
    rows = rows.with_columns(due_or_open=c("due_or_undated") | c("old_open"))
    rows = rows.with_columns(
        due_or_carried=c("due_or_open") | c("old_settled"),
        later=c("found") & ~c("due_or_open") & ~c("pending"),
    )
    sized = c("size").is_not_null()
    rows = rows.with_columns(
        quantity=c("due_or_open") & c("kept") & sized,
        timeliness=c("due_or_open") & c("has_due") & c("kept") & sized,
        quality_in=(c("due_or_open") | c("later")) & c("kept") & sized,
        overdue=c("due_or_carried") & c("has_due") & c("kept"),
        overdue_once=c("due_or_undated") & c("has_due") & c("kept"),
        started=c("finished") & (c("origin") == 1) & c("accepted") & c("ok"),
        taken_up=c("received") & c("ok") & c("taken_up_at").is_not_null(),
        ahead=c("due_or_undated") & c("ok") & c("done") & c("has_due"),
        creative=c("finished") & c("recognised") & c("ok"),
        coordinated=c("due_or_undated") & c("help") & c("has_due"),
        answered=c("due_or_open") & c("help") & ~(c("done") & c("late").is_null()),
        marked=c("due_or_undated") & c("help") & c("rating").is_not_null(),
    )
    in_time = (c("taken_up_at") - c("received_at")).dt.total_microseconds() < 1441 * MINUTE
    lead = (due - done_at).dt.total_microseconds() >= 1440 * MINUTE
    cut = 250_000 * c("later_faults").clip(0, 4)
    quality_top = (
        pl.when("later").then(-c("size") * cut)
        .when("done").then(c("size") * (1_000_000 - 250_000 * c("quality").fill_null(0).clip(0, 4)))
        .otherwise(0)
    )  # fmt: skip
    scored = c("quantity") | c("timeliness") | (c("quality_in") & ~c("later")) | c("overdue") | c("started")
    scored = scored | c("taken_up") | c("ahead") | c("creative") | c("coordinated")
    not_handed = ~((c("state") == 2) & ~c("late"))
    return (
        rows.group_by("_official")
        .agg(
            quantity_top=c("size").filter(c("quantity") & c("done")).sum(),
            quantity_bottom=c("size").filter("quantity").sum(),
            quantity_n=c("quantity").sum(),
            quantity_unknown=(c("due_or_open") & (c("kept").is_null() | (c("kept") & ~sized))).sum(),
            quantity_pending=(c("pending") & c("kept").fill_null(True)).sum(),
            quantity_excused=(c("excused") & (c("due_or_open") | c("pending")) & not_handed.fill_null(True)).sum(),
            timeliness_top=c("size").filter(c("timeliness") & c("done") & ~c("late")).sum(),
            timeliness_bottom=c("size").filter("timeliness").sum(),
            timeliness_n=c("timeliness").sum(),
            timeliness_unknown=(c("due_or_open") & c("has_due") & c("kept") & ~sized).sum(),
            timeliness_excused=(c("excused") & c("due_or_open") & c("has_due") & not_handed).sum(),
            quality_top=quality_top.filter("quality_in").sum(),
            quality_bottom=c("size").filter(c("quality_in") & ~c("later")).sum(),
            quality_n=c("quality_in").sum(),
            overdue_share_top=(c("overdue") & c("late")).sum(),
            overdue_share_n=c("overdue").sum(),
            overdue_share_excused=(c("excused") & c("due_or_carried") & c("has_due") & not_handed).sum(),
            overdue_once_top=(c("overdue_once") & c("late")).sum(),
            overdue_once_n=c("overdue_once").sum(),
            overdue_once_excused=(c("excused") & c("due_or_undated") & c("has_due") & not_handed).sum(),
            self_started_work_n=c("started").sum(),
            self_started_work_excused=(c("excused") & c("finished") & (c("origin") == 1) & c("accepted")).sum(),
            taken_up_in_time_top=(c("taken_up") & in_time).sum(),
            taken_up_in_time_n=c("taken_up").sum(),
            taken_up_in_time_excused=(c("excused") & c("received") & c("taken_up_at").is_not_null()).sum(),
            finished_ahead_top=(c("ahead") & lead).sum(),
            finished_ahead_n=c("ahead").sum(),
            finished_ahead_excused=(c("excused") & c("due_or_undated") & c("done") & c("has_due")).sum(),
            creativity_n=c("creative").sum(),
            creativity_excused=(c("excused") & c("finished") & c("recognised")).sum(),
            coordination_top=(
                c("coordinated") & c("done") & ~c("late") & (c("rating") >= 4_000_000).fill_null(True)
            ).sum(),
            coordination_n=c("coordinated").sum(),
            coordination_excused=(c("excused") & c("due_or_undated") & (c("role") == 1) & c("has_due")).sum(),
            answered_in_time_top=(c("answered") & c("done") & ~c("late")).sum(),
            answered_in_time_n=c("answered").sum(),
            counterpart_mark_top=(c("marked") & (c("rating") >= 4_000_000)).sum(),
            counterpart_mark_n=c("marked").sum(),
            late_extensions_top=(c("due_or_carried") & c("ok") & (c("late_extensions") > 0)).sum(),
            late_extensions_n=(c("due_or_carried") & c("ok")).sum(),
            late_extensions_pending=(c("pending") & c("ok")).sum(),
            reopened_share_top=(c("finished") & c("ok") & ((c("reopened") > 0) | (c("returns") > 0))).sum(),
            reopened_share_n=(c("finished") & c("ok")).sum(),
            n_items=c("_item").filter(scored).n_unique(),
        )
        .sort("_official")
        .collect(engine="streaming")
    )
