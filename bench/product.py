"""The product's own figures: facts out of the database, seals, live scores, files in, *My month* under load (budget
rows 3, 5, 6, 8 and 9), the board of an agency. Each script runs in a process of its own, with a database of its own
that goes away with it.

    python bench/product.py [--full]      these figures alone, printed and kept as `make bench` does
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from report import RESULTS, Figure, compared, keep, last, line

HERE = Path(__file__).parent
SMALL = {
    "out_of_database.py": ["--small"],
    "sealing.py": ["--small"],
    "live_scores.py": ["--small"],
    "into_database.py": ["100000"],
    "month_page.py": ["--officials", "1000", "--shares", "100", "--sample", "100", "--seconds", "10"],
    "pages.py": ["--json"],
    "board.py": [],
}
WHOLE = {
    "out_of_database.py": [],
    "sealing.py": [],
    "live_scores.py": [],
    "into_database.py": ["5000000"],
    "month_page.py": ["--officials", "20000", "--shares", "130", "--months", "10"],
    "pages.py": ["--json"],
    "board.py": [],
}


def product(*, full: bool) -> Iterable[Figure]:
    """Every figure of the product; `full`: at the size of the budgets."""
    sizes = WHOLE if full else SMALL
    yield from _out(_run("out_of_database.py", sizes))
    yield from _sealing(_run("sealing.py", sizes))
    yield _live(_run("live_scores.py", sizes))
    yield _into(_run("into_database.py", sizes))
    yield from _month(_run("month_page.py", sizes))
    yield from _pages(_run("pages.py", sizes))
    yield from _board(_run("board.py", sizes))


def _run(script: str, sizes: dict[str, list[str]]) -> dict[str, Any]:
    words = [sys.executable, str(HERE / script), *sizes[script]]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


def _out(told: dict[str, Any]) -> Iterable[Figure]:
    shares, seconds = told["shares"], told["out_of_database"]
    yield Figure(f"out of the database, {shares:,} shares", seconds, shares / seconds, "shares/s", budget="≤ 10 s")
    for card, took in told["full_run"].items():
        yield Figure(f"then the full run of {card.rpartition('/')[2]}, {shares:,} shares", took, budget="≤ 3 s")


def _sealing(told: dict[str, Any]) -> Iterable[Figure]:
    of = f"a month of {told['officials']:,} officials, {told['shares']:,} shares"
    yield Figure(f"take a run {of}", told["take"])
    yield Figure(f"seal {of}", told["seal"], budget="≤ 60 s", peak_mib=told["peak_mib"])
    yield Figure(f"verify {of}, a file of {told['file_mib']} MiB", told["verify"], budget="≤ 60 s")


def _live(told: dict[str, Any]) -> Figure:
    what = f"record accepted → live score, {told['officials']:,} officials, {told['records_a_second']} records/s: p95"
    spread = {name: told[name] for name in ("p50", "p95", "p99")}
    return Figure(what, told["p95"], told["records_a_second"], "records/s", budget="p95 ≤ 2 s", quantiles=spread)


def _into(told: dict[str, Any]) -> Figure:
    return Figure(
        f"a file of {told['rows']:,} rows into the database, all checks",
        told["seconds"],
        told["rows_per_second"],
        "rows/s",
        told["bare_copy_seconds"],
        told["times_a_bare_copy"],
        "≥ 50,000 rows/s, ≤ 15 × bare COPY, ≤ 1 GiB",
        "a bare COPY",
        told["peak_mib"],
    )


def _month(told: dict[str, Any]) -> Iterable[Figure]:
    for name, told_of, budget in (
        ("/healthz", told["health"], ""),
        ("a plain Django page", told["plain"], ""),
        ("My month", told["month"], "≥ 150/s, p95 ≤ 150 ms"),
    ):
        spread = {one: told_of[one] / 1000 for one in ("p50", "p95", "p99")}
        ratio = told["of_plain"] if name == "My month" else None
        yield Figure(
            f"{name}, 16 connections, {told['officials']:,} officials, {told['shares']:,} shares: p95",
            spread["p95"],
            told_of["per_second"],
            "requests/s",
            ratio=ratio,
            against="the rate of the plain page",
            rate=ratio is not None,
            budget=budget,
            quantiles=spread,
            queries=told["queries"] if name == "My month" else None,
        )


def _pages(told: dict[str, Any]) -> Iterable[Figure]:
    for one in told["pages"]:
        name = f"processor time of {one['page']} for {one['account']}, {one['sent']:,} bytes as sent"
        yield Figure(name, one["ms"] / 1000, queries=one["queries"])


def _board(told: dict[str, Any]) -> Iterable[Figure]:
    for one in told["pages"]:
        board = one["page"].startswith("/bang-viec/")
        yield Figure(
            f"processor time, web and database, of {one['page']} with {told['open']:,} open pieces of work",
            (one["web_ms"] + one["database_ms"]) / 1000,
            budget="≤ 300 ms, ≤ 15 queries" if board else "",
            queries=one["queries"],
        )


def main() -> None:
    """Measure, print, compare, keep."""
    full = "--full" in sys.argv[1:]
    kind = "product_full" if full else "product"
    before, figures = last(kind), []
    for figure in product(full=full):
        figures.append(figure)
        print(line(figure), flush=True)
    print("\n".join(compared(figures, before)))
    print(f"→ {keep(figures, kind, datetime.now(UTC)).relative_to(RESULTS.parents[1])}", file=sys.stderr)


if __name__ == "__main__":
    main()
