"""XES intake beside pm4py's import of the same logs: speed, and how much the memory grows.

pm4py is no dependency and never becomes one (AGPL): it is measured in an environment of its own. It reads a log into
a data frame; we read it, check it, and write the contract's tables. Each does so in a fresh process; the time and the
growth of memory are taken after everything is imported.

    python bench/xes_beside_pm4py.py [folder of the environment]        (bench/.pm4py-env unless given)
"""

import gzip
import json
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ENVIRONMENT = HERE / ".pm4py-env"
MAPPINGS = HERE.parent / "examples" / "mappings"
DATA = HERE.parents[1] / "shared" / "data"
REAL_LOGS = (
    ("receipt_wabo/receipt.xes.gz", "receipt_wabo.xes.yaml"),
    ("bpic15/BPIC15_1.xes.gz", "bpic15_cases.yaml"),
    ("bpic15/BPIC15_2.xes.gz", "bpic15_cases.yaml"),
)
EVENTS = 500_000
RUNS = 3
BUDGET = "≥ 4 × pm4py, memory growth ≤ 1/4 of its"
MAPPING = """
source: {format: xes}
item: case
key: ["concept:name"]
received: {earliest: event.time:timestamp}
due: han
finished: {latest: event.time:timestamp}
"""

# What both processes do around the work itself. Peaks are reset where the system can, so that growth is from then on.
MEASURED = """
import json, resource, sys, time
from pathlib import Path

def peak():
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    own = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return (own[0] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024

{prepared}
try:
    Path("/proc/self/clear_refs").write_text("5")
except OSError:
    pass
before, begun, used = peak(), time.perf_counter(), time.process_time()
{work}
taken = dict(seconds=time.perf_counter() - begun, cpu_seconds=time.process_time() - used)
print(json.dumps(dict(taken, growth_mib=peak() - before, events=events, version=version)))
"""
THEIRS = {
    "prepared": "import pm4py\nversion = pm4py.__version__",
    "work": "events = len(pm4py.read_xes(sys.argv[1]))",
}
OURS = {
    "prepared": """
from datetime import UTC, datetime
import congtam
from congtam.files import prepare, read_mapping
mapping, version = read_mapping(sys.argv[2]), congtam.__version__
""",
    "work": """
report = prepare([Path(sys.argv[1])], mapping, Path(sys.argv[3]), datetime(2026, 11, 22, tzinfo=UTC))
events = report.events
""",
}


def made_log(path: Path, events: int) -> None:
    """A gzipped log of cases with five events of six attributes each."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<log>\n')
        for n in range(events // 5):
            day = f"2025-{n % 12 + 1:02d}"
            file.write(f'<trace>\n<string key="concept:name" value="H57-{n:07d}"/>\n')
            file.write(f'<date key="han" value="{day}-28T17:00:00+07:00"/>\n')
            for step in range(5):
                at = f"{day}-{n % 20 + step + 1:02d}T{n % 9 + 8:02d}:{n % 60:02d}:{n % 59:02d}+07:00"
                file.write(
                    f'<event>\n<string key="concept:name" value="bước {step}"/>\n'
                    f'<string key="org:resource" value="CB{n % 500}"/>\n<date key="time:timestamp" value="{at}"/>\n'
                    '<string key="lifecycle:transition" value="complete"/>\n<string key="phong" value="Một cửa"/>\n'
                    '<string key="kenh" value="Internet"/>\n</event>\n'
                )
            file.write("</trace>\n")
        file.write("</log>\n")


def environment(folder: Path) -> Path:
    """The Python of an environment that holds pm4py, made when it is not there. Raises RuntimeError saying why not."""
    python = folder / "bin" / "python"
    try:
        if not python.exists():
            venv.create(folder, with_pip=True)
            (folder / ".gitignore").write_text("*\n", encoding="ascii")
        if not _done([python, "-c", "import pm4py"]):
            subprocess.run(
                [python, "-m", "pip", "install", "-q", "pm4py"], check=True, capture_output=True, timeout=900
            )
    except (OSError, subprocess.SubprocessError) as error:
        told = getattr(error, "stderr", None) or b""
        last = told.decode(errors="replace").strip().rpartition("\n")[2]
        raise RuntimeError(f"pm4py cannot be installed into {folder}: {last or error}") from None
    return python


def _done(command: list[Any]) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


def logs(folder: Path, events: int) -> Iterator[tuple[str, Path, str]]:
    """Name, file and mapping of each log: the real ones that are on this machine, and a large made one."""
    for file, mapping in REAL_LOGS:
        if (DATA / file).exists():
            yield file, DATA / file, (MAPPINGS / mapping).read_text(encoding="utf-8")
    path = folder / "made.xes.gz"
    made_log(path, events)
    yield f"a made log of {events:,} events", path, MAPPING


def measured(python: Path | str, parts: dict[str, str], *arguments: Path | str) -> dict[str, Any]:
    """One run in a fresh process."""
    command = [str(python), "-W", "ignore", "-c", MEASURED.format(**parts), *map(str, arguments)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def beside(name: str, path: Path, mapping: str, theirs_in: Path, folder: Path, runs: int) -> dict[str, Any]:
    """Both on one log, in turns; medians."""
    theirs, ours = [], []
    for turn in range(runs):
        theirs.append(measured(theirs_in, THEIRS, path))
        ours.append(measured(sys.executable, OURS, path, mapping, folder / f"{path.name}-{turn}"))
    events = theirs[0]["events"]
    seconds, their_seconds = _median(ours, "seconds"), _median(theirs, "seconds")
    growth, their_growth = _median(ours, "growth_mib"), _median(theirs, "growth_mib")
    return {
        "name": f"XES beside pm4py {theirs[0]['version']}: {name}",
        "seconds": seconds,
        "per_second": events / seconds,
        "unit": "events/s",
        "theirs_per_second": events / their_seconds,
        "times_as_fast": their_seconds / seconds,
        "times_less_processor": _median(theirs, "cpu_seconds") / _median(ours, "cpu_seconds"),
        "growth_mib": growth,
        "theirs_growth_mib": their_growth,
        "growth_ratio": growth / their_growth,
        "budget": BUDGET,
    }


def _median(runs: list[dict[str, Any]], what: str) -> float:
    return float(statistics.median(run[what] for run in runs))


def xes_beside_pm4py(folder: Path = ENVIRONMENT, events: int = EVENTS, runs: int = RUNS) -> list[dict[str, Any]]:
    """The figures as plain values; one entry with `skipped`, the reason, where pm4py cannot be had."""
    try:
        python = environment(folder)
    except RuntimeError as error:
        return [{"name": "XES beside pm4py", "skipped": str(error)}]
    with tempfile.TemporaryDirectory() as name:
        out = Path(name)
        return [beside(title, path, mapping, python, out, runs) for title, path, mapping in logs(out, events)]


def main() -> None:
    """Measure and print."""
    for one in xes_beside_pm4py(Path(sys.argv[1]) if len(sys.argv) > 1 else ENVIRONMENT):
        if "skipped" in one:
            print(f"{one['name']}: skipped: {one['skipped']}")
            continue
        print(
            f"{one['name']}: {one['per_second']:,.0f} {one['unit']}, {one['times_as_fast']:.1f} × its "
            f"{one['theirs_per_second']:,.0f} ({one['times_less_processor']:.1f} × by processor time); "
            f"memory grows by {one['growth_mib']:.0f} MiB, "
            f"{one['growth_ratio']:.2f} of its {one['theirs_growth_mib']:.0f} ({one['budget']})"
        )


if __name__ == "__main__":
    main()
