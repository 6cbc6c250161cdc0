"""`make bench` (minutes) and `make bench-full`: how long things take, as ratios measured in one run on the same data.

Seconds depend on the machine and on what else it does; ratios travel. Every run is kept in `results/`.
"""

import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from full_runs import beside_others, growth
from intake_at_scale import intake_at_scale
from report import RESULTS, Figure, compared, draw_growth, keep, last, line
from small import intake, one_department, tables
from xes_beside_pm4py import xes_beside_pm4py

from product import product

QUICK, FULL = "quick", "full"
SHARES = {QUICK: 1_000_000, FULL: 10_000_000}
PANDAS_SHARES = {QUICK: 1_000_000, FULL: 5_000_000}
SIZES = {QUICK: (10_000, 100_000, 1_000_000), FULL: (10_000, 100_000, 1_000_000, 10_000_000)}
REGISTER = {QUICK: 200_000, FULL: 5_000_000}


def whole_scorecard(folder: Path, kind: str) -> Iterable[Figure]:
    """Row 1: Huế's scorecard over all shares, against a bare scan, the best SQL, and polars."""
    shares = SHARES[kind]
    took = beside_others(folder, shares, ("floor", "best_sql", "congtam", "polars"))
    ours, best, floor = took["congtam"], took["best_sql"], took["floor"]
    what = f"{shares:,} shares"
    yield Figure(f"floor: scan and sum the columns, {what}", floor.seconds, peak_mib=floor.peak)
    yield _beside(f"best SQL: the figures only, {what}", best, floor.seconds, "floor")
    yield _beside(f"polars: the figures only, {what}", took["polars"], best.seconds, "best SQL")
    yield _beside(f"full run, points, grades, ranks, {what}", ours, best.seconds, "best SQL", "≤ 1.25, ≤ 2,048 MiB")
    yield _beside(f"full run against the floor, {what}", ours, floor.seconds, "floor", "≤ 6")


def against_pandas(folder: Path, kind: str) -> Iterable[Figure]:
    """Row 2: the same against straightforward pandas in a fresh process, first run included."""
    shares = PANDAS_SHARES[kind]
    took = beside_others(folder, shares, ("pandas", "congtam"), runs=1)
    ours, theirs = took["congtam"], took["pandas"]
    yield Figure(f"pandas, {shares:,} shares", theirs.seconds, peak_mib=theirs.peak)
    yield _beside(f"full run, {shares:,} shares", ours, theirs.seconds, "pandas", "≤ 0.2")
    yield Figure(
        f"memory of the full run, {shares:,} shares", ours.seconds, ratio=ours.peak / theirs.peak,
        against="memory of pandas", budget="≤ 0.25", peak_mib=ours.peak,
    )  # fmt: skip


def _beside(name: str, took: object, other: float, against: str, budget: str = "") -> Figure:
    seconds, peak = took.seconds, took.peak  # type: ignore[attr-defined]
    return Figure(name, seconds, floor=other, ratio=seconds / other, against=against, budget=budget, peak_mib=peak)


def growing(folder: Path, kind: str) -> Iterable[Figure]:
    """How cost grows from ten thousand shares on, and the picture of it."""
    took = growth(folder, SIZES[kind])
    draw_growth({shares: one.seconds for shares, one in took.items()}, RESULTS / f"growth-{kind}.svg")
    for shares, one in took.items():
        rate = shares / one.seconds
        yield Figure(f"full run, {shares:,} shares", one.seconds, rate, "shares/s", peak_mib=one.peak)


def beside_pm4py() -> Iterable[Figure]:
    """Row 7: seconds and growth of memory, each against pm4py reading the same log."""
    for found in xes_beside_pm4py():
        if "skipped" in found:
            print(f"not measured: {found['skipped']}", file=sys.stderr)
            continue
        name, seconds, rate = found["name"], found["seconds"], found["per_second"]
        ratio = 1 / found["times_as_fast"]
        yield Figure(name, seconds, rate, "events/s", seconds / ratio, ratio, "≤ 0.25", "pm4py", found["growth_mib"])
        growth = found["growth_ratio"]
        yield Figure(f"memory growth, {name}", seconds, ratio=growth, budget="≤ 0.25", against="growth of pm4py")


def _as_figure(found: dict[str, Any]) -> Figure:
    """A figure that a script of its own gives as plain values."""
    return Figure(**{name: value for name, value in found.items() if name in Figure.__dataclass_fields__})


def measured(folder: Path, kind: str) -> Iterable[Figure]:
    """Everything, the quiet things first."""
    (folder / "tables").mkdir()
    yield from one_department()
    yield from tables(folder / "tables")
    yield from intake(folder)
    yield from (_as_figure(found) for found in intake_at_scale(REGISTER[kind]))
    if kind == FULL:
        yield from beside_pm4py()
    yield from whole_scorecard(folder, kind)
    yield from against_pandas(folder, kind)
    yield from growing(folder, kind)
    yield from product(full=kind == FULL)


def main() -> None:
    """Measure, print, compare, keep."""
    kind = FULL if "--full" in sys.argv[1:] else QUICK
    before, figures = last(kind), []
    with tempfile.TemporaryDirectory() as name:
        for figure in measured(Path(name), kind):
            figures.append(figure)
            print(line(figure), flush=True)
    print("\n".join(compared(figures, before)))
    print(f"→ {keep(figures, kind, datetime.now(UTC)).relative_to(RESULTS.parents[1])}", file=sys.stderr)


if __name__ == "__main__":
    main()
