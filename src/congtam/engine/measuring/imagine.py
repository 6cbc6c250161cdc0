"""Rows as they might have been: without some items, or with some of them done well. The rest of the engine does
not know the difference, so a counterfactual is counted exactly as a fact is."""

from collections.abc import Mapping
from datetime import timedelta

from congtam.engine.measuring.rows import Row, Rows

INSTANT = timedelta(microseconds=1)  # what happens at `as_of` has not happened yet


def good(row: Row) -> Row:
    """The row had its work been taken up at once, finished by its deadline, without faults, never sent back.

    Work without a deadline is finished when it was, or now. A deadline still ahead is met now. Work passed on stays
    passed on, in time.
    """
    due, finished, now = row["due_at"], row["finished_at"], row["as_of"] - INSTANT
    in_time = min(moment for moment in (due, finished, now) if moment is not None)
    changed: Row = {
        "finished_at": in_time,
        "state": "passed_on" if row.get("state") == "passed_on" else "finished",
        "delay_voided": False,
        "_faults": (),
        "_all_faults": (),
    }
    changed |= {name: 0 for name in ("returns", "reopened", "late_extensions") if name in row}
    if "role" in row:
        item_due, item_end = row["item.due_at"], row["item.finished_at"]
        changed["taken_up_at"] = row["received_at"]
        changed["item.state"] = "finished"
        changed["item.finished_at"] = min(moment for moment in (item_due, item_end, now) if moment is not None)
    return {**row, **changed}


def imagine(rows: Rows, without: frozenset[str], if_good: frozenset[str]) -> Rows:
    """Rows without the items of one set and with those of the other done well (faults on either fall away)."""
    if not without and not if_good:
        return rows
    return Rows(
        {table: _table(table, by_official, without, if_good) for table, by_official in rows.by_official.items()}
    )


def _table(
    table: str, by_official: Mapping[str, list[Row]], without: frozenset[str], if_good: frozenset[str]
) -> dict[str, list[Row]]:
    gone = without | if_good if table == "fault" else without
    return {
        official: [good(row) if row["_item"] in if_good else row for row in rows if row["_item"] not in gone]
        for official, rows in by_official.items()
    }
