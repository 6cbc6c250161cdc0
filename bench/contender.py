"""One way of computing Huế's month, alone in a fresh process: `contender.py NAME FOLDER RUNS THREADS` prints JSON.

The figures are the seconds of each run (the first also pays for cold caches) and the memory of the process: when
everything was imported, and at its highest.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from intake_at_scale import peak_mib

HERE = Path(__file__).parent
COLUMNS = (
    *("_official", "_row", "_item", "_several", "role", "state", "origin", "coefficient", "weight", "_lead_weight"),
    *("rating", "accepted", "excused", "delay_voided", "recognised", "reopened", "returns", "late_extensions"),
)
INSTANTS = ("received_at", "taken_up_at", "due_at", "finished_at")
Work = Callable[[], object]


def floor(folder: Path, threads: int) -> Work:
    """A bare scan that sums the very columns the work needs."""
    import duckdb

    connection = duckdb.connect(config={"threads": threads})
    sums = [f'sum("{name}"::INT)' for name in COLUMNS] + [f"sum(epoch_us({name}))" for name in INSTANTS]
    query = f"SELECT {', '.join(sums)} FROM read_parquet('{folder / 'share.parquet'}')"
    return lambda: connection.execute(query).fetchall()


def best_sql(folder: Path, threads: int) -> Work:
    """The hand-written query: the same figures, but no points, grades or ranks."""
    import duckdb

    connection = duckdb.connect(config={"threads": threads, "preserve_insertion_order": False})
    for table in ("share", "share_fault"):
        connection.read_parquet(str(folder / f"{table}.parquet")).create_view(table)
    query = (HERE / "hue_month" / "best.sql").read_text(encoding="utf-8")
    return lambda: connection.execute(query).to_arrow_table()


def congtam(folder: Path, threads: int) -> Work:
    """The full run: compiled, scanned, scored, graded, ranked."""
    import congtam
    from congtam.engine.calendars import load_calendar
    from congtam.engine.facts.tables import Facts, Spell
    from congtam.engine.measuring.sql.run import Source
    from congtam.engine.periods import Period
    from congtam.engine.rulebook.assemble import load_rulebook
    from congtam.engine.rulebook.load import Library
    from congtam.engine.scoring.asked import Asked
    from congtam.engine.scoring.full_run import full_run
    from congtam.engine.scoring.many.ranks import ranks

    shipped = Path(congtam.__file__).parent / "rulebooks"
    source, known = Source.at(folder), datetime(2026, 1, 1, tzinfo=UTC)
    spells = tuple(
        Spell(n, known, f"S{n}", code, "CV", f"P{n // 50}", "S", "chuyen_mon", False, "civil_servant", date(2025, 1, 1))
        for n, code in enumerate(source.officials)
    )
    book = load_rulebook(Library(shipped), "vn/hue/dost-monthly-2025")
    calendar = load_calendar(shipped / "vn/national/calendar/calendar.yaml").as_known(None)
    month = Period.parse("2026-09")
    asked = Asked(month, month.end)

    def run() -> object:
        made = full_run(source, Facts(spells=spells), book, "official_month", asked, calendar, threads=threads)
        return ranks(made.table, "agency")

    return run


def polars(folder: Path, threads: int) -> Work:
    """The same figures in polars, streaming; no points, grades or ranks."""
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    from hue_month.in_polars import figures

    return lambda: figures(folder)


def pandas(folder: Path, threads: int) -> Work:
    """Straightforward pandas; fewer figures, no points, grades or ranks."""
    from hue_month.in_pandas import figures

    return lambda: figures(folder)


CONTENDERS = {each.__name__: each for each in (floor, best_sql, congtam, polars, pandas)}


def main(name: str, folder: str, runs: str, threads: str) -> None:
    """Run one contender and print what it took."""
    work = CONTENDERS[name](Path(folder), int(threads))
    before, seconds = peak_mib(), []
    for _ in range(int(runs)):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    print(json.dumps({"seconds": seconds, "before": before, "peak": peak_mib()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
