"""File intake at scale: a register of very many rows through `prepare`, beside a bare CSV copy of the same rows.

Each is measured in a process of its own, so that the peak of memory is its own too. The floor reads every row with
the CSV module and writes it again, and does nothing else. Planted faults must come back exactly as counted, or no
figure is given.

    python bench/intake_at_scale.py [rows]        (5,000,000 unless given)
"""

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ROWS = 5_000_000
FAULTS_EVERY = 10_000  # rows between two planted faults of each kind
BEGUN = datetime(2021, 1, 4, 8, tzinfo=UTC)
SEEN = datetime(2026, 11, 22, 5, tzinfo=UTC)
HEADER = ["ma", "nhan", "han", "xong", "nguoi", "phong"]
MAPPING = """
source: {format: csv}
item: event
key: [ma]
received: nhan
due: han
finished: xong
official: nguoi
attributes: {unit: phong}
"""
BUDGET = "≥ 50,000 rows/s, ≤ 1 GiB"


def register(rows: int) -> Iterator[list[str]]:
    """Cases in the order of their receipt, five years of them, each due after three days.

    Of every 10,000 rows one has the key of the row before, and one has a finish that is no date.
    """
    between = timedelta(days=5 * 365) / rows
    for n in range(rows):
        received = BEGUN + n * between
        finished = received + timedelta(minutes=(n * 7919) % 6000)
        key = n - 1 if n % FAULTS_EVERY == 17 else n
        yield [
            f"000.00.{key % 97:02d}.H57-{received:%y%m%d}-{key:07d}",
            f"{received:%Y-%m-%d %H:%M}",
            f"{received + timedelta(days=3):%Y-%m-%d} 17:00",
            "chưa rõ" if n % FAULTS_EVERY == 4711 else f"{finished:%Y-%m-%d %H:%M}",
            f"CB{n % 2003:04d}",
            f"Phòng {n % 41}",
        ]


def write_register(path: Path, rows: int) -> None:
    """The register as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(register(rows))


def planted(rows: int) -> dict[str, int]:
    """How many rows must be set aside, by reason."""
    counts = {
        "duplicate-key": len(range(17, rows, FAULTS_EVERY)),
        "unreadable-date": len(range(4711, rows, FAULTS_EVERY)),
    }
    return {reason: count for reason, count in counts.items() if count}


def copied(path: Path) -> dict[str, Any]:
    """The floor: every row read and written, nothing looked at."""
    begun = time.perf_counter()
    with (
        path.open(encoding="utf-8", newline="") as given,
        path.with_suffix(".copy").open("w", encoding="utf-8") as file,
    ):
        csv.writer(file, lineterminator="\n").writerows(csv.reader(given))
    return {"seconds": time.perf_counter() - begun}


def prepared(path: Path) -> dict[str, Any]:
    """All checks: seconds, the peak of memory in MiB, and what was set aside."""
    from congtam.files import prepare, read_mapping

    mapping = read_mapping(MAPPING)
    begun, used = time.perf_counter(), time.process_time()
    report = prepare([path], mapping, path.with_suffix(".out"), SEEN)
    seconds, cpu_seconds = time.perf_counter() - begun, time.process_time() - used
    counted = {"items": report.items, "set_aside": dict(report.set_aside)}
    return {"seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mib": peak_mib(), **counted}


def peak_mib() -> float:
    """The most memory this process has held. `ru_maxrss` alone would count what the process was started from."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    own = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), None)
    return (own or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def in_own_process(what: str, path: Path) -> dict[str, Any]:
    """`copied` or `prepared` in a fresh process."""
    done = subprocess.run([sys.executable, __file__, what, str(path)], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def intake_at_scale(rows: int = ROWS) -> list[dict[str, Any]]:
    """The figures, as plain values. Raises ValueError when what was set aside is not what was planted."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "so.csv"
        write_register(path, rows)
        floor = in_own_process("copied", path)["seconds"]
        found = in_own_process("prepared", path)
    if found["set_aside"] != planted(rows) or found["items"] != rows - sum(planted(rows).values()):
        raise ValueError(f"planted {planted(rows)}, set aside {found['set_aside']}")
    return [
        {
            "name": f"prepare a CSV register of {rows:,} rows, all checks",
            "seconds": found["seconds"],
            "cpu_seconds": found["cpu_seconds"],
            "per_second": rows / found["seconds"],
            "unit": "rows/s",
            "floor": floor,
            "ratio": found["seconds"] / floor,
            "peak_mib": found["peak_mib"],
            "budget": BUDGET,
        }
    ]


def main() -> None:
    """Measure and print."""
    match sys.argv[1:]:
        case ["copied", path]:
            print(json.dumps(copied(Path(path))))
        case ["prepared", path]:
            print(json.dumps(prepared(Path(path))))
        case rest:
            for one in intake_at_scale(int(rest[0].replace(",", "").replace("_", "")) if rest else ROWS):
                print(
                    f"{one['name']}: {one['seconds']:.1f} s (processor {one['cpu_seconds']:.1f} s), "
                    f"{one['per_second']:,.0f} {one['unit']}, "
                    f"{one['peak_mib']:.0f} MiB at most, {one['ratio']:.1f} × a bare CSV copy ({one['budget']})"
                )


if __name__ == "__main__":
    main()
