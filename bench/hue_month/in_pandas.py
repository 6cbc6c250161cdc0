"""Fourteen indicators in straightforward pandas: read the columns, make flags, group, sum. It gives fewer figures than
the others (no unknown, pending or excused counts, no faults found later), so it is flattered."""

from pathlib import Path

import pandas as pd

START, END = pd.Timestamp("2026-08-31 17:00"), pd.Timestamp("2026-09-30 17:00")
COLUMNS = [
    *("_official", "_row", "_item", "role", "state", "origin", "coefficient", "weight", "_lead_weight", "rating"),
    *("received_at", "taken_up_at", "due_at", "finished_at", "accepted", "excused", "delay_voided", "recognised"),
    *("reopened", "returns", "late_extensions"),
]


def figures(folder: Path) -> pd.DataFrame:
    """One row per official: numerators, denominators and counts of the fourteen indicators, and the items."""
    rows = pd.read_parquet(folder / "share.parquet", columns=COLUMNS)
    faults = pd.read_parquet(folder / "share_fault.parquet")
    faults = faults[~faults.voided & faults.own & (faults.kind == 0)]
    day = pd.to_datetime(faults.charged_to)
    faults = faults[day.isna() | ((day >= "2026-09-01") & (day < "2026-10-01"))]
    rows["faults"] = rows._row.map(faults.groupby("_row").size()).fillna(0)
    rows["size"] = rows.coefficient * rows._lead_weight.where(rows.role == 0, rows.weight)
    ok, has_due = ~rows.excused, rows.due_at.notna()
    done = rows.finished_at.notna() & (rows.state == 1)
    late = (rows.finished_at.fillna(END) > rows.due_at) & ~rows.delay_voided
    kept = ok & ~((rows.state == 2) & ~late)
    finished = (rows.finished_at >= START) & (rows.finished_at < END)
    received = (rows.received_at >= START) & (rows.received_at < END)
    due = ((rows.due_at >= START) & (rows.due_at < END)) | (~has_due & finished)
    before = rows.due_at < START
    open_too = due | (before & rows.finished_at.isna())
    carried = open_too | (before & (rows.finished_at >= START))
    helped = (rows.role == 1) & ok
    lead = (rows.due_at - rows.finished_at) >= pd.Timedelta(days=1)
    prompt = (rows.taken_up_at - rows.received_at) < pd.Timedelta(minutes=1441)
    flags = {
        "quantity": open_too & kept,
        "timeliness": open_too & has_due & kept,
        "overdue_share": carried & has_due & kept,
        "overdue_once": due & has_due & kept,
        "self_started_work": finished & (rows.origin == 1) & rows.accepted & ok,
        "taken_up_in_time": received & ok & rows.taken_up_at.notna(),
        "finished_ahead": due & ok & done & has_due,
        "creativity": finished & rows.recognised & ok,
        "coordination": due & helped & has_due,
        "answered_in_time": open_too & helped,
        "counterpart_mark": due & helped & rows.rating.notna(),
        "late_extensions": carried & ok,
        "reopened_share": finished & ok,
    }
    met = {
        "overdue_share": late,
        "overdue_once": late,
        "taken_up_in_time": prompt,
        "finished_ahead": lead,
        "coordination": done & ~late & ((rows.rating >= 4_000_000) | rows.rating.isna()),
        "answered_in_time": done & ~late,
        "counterpart_mark": rows.rating >= 4_000_000,
        "late_extensions": rows.late_extensions > 0,
        "reopened_share": (rows.reopened > 0) | (rows.returns > 0),
    }
    made = {f"{name}_n": flag for name, flag in flags.items()}
    made |= {f"{name}_top": flags[name] & holds for name, holds in met.items()}
    size, zero = rows["size"], 0
    made["quantity_top"] = size.where(flags["quantity"] & done, zero)
    made["quantity_bottom"] = size.where(flags["quantity"], zero)
    made["timeliness_top"] = size.where(flags["timeliness"] & done & ~late, zero)
    made["timeliness_bottom"] = size.where(flags["timeliness"], zero)
    made["quality_top"] = (size * (1_000_000 - 250_000 * rows.faults.clip(upper=4))).where(
        flags["quantity"] & done, zero
    )
    scored = flags["quantity"] | flags["self_started_work"] | flags["taken_up_in_time"] | flags["finished_ahead"]
    scored = scored | flags["creativity"] | flags["coordination"] | flags["overdue_share"]
    answer = pd.DataFrame(made).groupby(rows._official).sum()
    answer["n_items"] = rows[scored].groupby("_official")._item.nunique()
    return answer
