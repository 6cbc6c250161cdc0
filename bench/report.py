"""What a bench run leaves behind: a table on screen, JSON with the machine it came from, a comparison, a chart."""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
NOTABLE = 1.15  # a figure this many times the last one is pointed out; less is the weather


@dataclass(frozen=True)
class Figure:
    """One measured thing: median seconds, what was done, how it compares (`ratio` to `floor`, in seconds, or to what
    `against` names), the highest memory in MiB, and the budget it is held to. Of things that were asked for many times:
    p50, p95 and p99 in seconds; of pages: queries. `rate`: the ratio is one of rates, so more of it is better."""

    name: str
    seconds: float
    per_second: float | None = None
    unit: str = ""
    floor: float | None = None
    ratio: float | None = None
    budget: str = ""
    against: str = "floor"
    peak_mib: float | None = None
    quantiles: dict[str, float] | None = None
    queries: int | None = None
    rate: bool = False


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    cpu = next((line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")), platform.machine())
    return {"cpu": cpu, "cores": str(os.cpu_count()), "python": platform.python_version(), "system": platform.system()}


def _cpuinfo() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def line(one: Figure) -> str:
    """A figure as one line."""
    rate = f"{one.per_second:,.0f} {one.unit}" if one.per_second else ""
    ratio = f"{one.ratio:.2f} × {one.against}" if one.ratio is not None else ""
    peak = f"{one.peak_mib:,.0f} MiB" if one.peak_mib else ""
    told = ", ".join(f"{name} {seconds * 1000:,.0f} ms" for name, seconds in (one.quantiles or {}).items())
    queries = f"{one.queries} queries" if one.queries else ""
    more = "  ".join(filter(None, (told, queries, one.budget)))
    return f"{one.name:<72} {one.seconds * 1000:>11,.1f} ms  {rate:<24} {ratio:<20} {peak:<10} {more}"


def keep(figures: list[Figure], kind: str, at: datetime) -> Path:
    """Write the figures of one run; `kind` is quick or full."""
    kept = {
        "measured": at.isoformat(timespec="minutes"),
        "kind": kind,
        "machine": machine(),
        "figures": [asdict(one) for one in figures],
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{at:%Y-%m-%dT%H%M}-{kind}.json"
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def last(kind: str) -> dict[str, Any] | None:
    """The latest kept run of a kind on such a machine; None when there is none."""
    for path in sorted(RESULTS.glob(f"*-{kind}.json"), reverse=True):
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["machine"] == machine():
            return dict(kept)
    return None


def compared(figures: Iterable[Figure], before: dict[str, Any] | None) -> list[str]:
    """What changed since the last run, by ratio where there is one (seconds depend on what else the machine did)."""
    if before is None:
        return ["no earlier run of this kind on such a machine to compare with"]
    then = {one["name"]: one for one in before["figures"]}
    said = []
    for one in figures:
        was = then.get(one.name)
        if was is None:
            continue
        now, old = (one.ratio, was["ratio"]) if one.ratio and was.get("ratio") else (one.seconds, was["seconds"])
        if max(now / old, old / now) >= NOTABLE:
            better = (now > old) == (one.rate and one.ratio is not None)
            said.append(f"{'faster' if better else 'slower'}: {one.name}: {old:.3g} → {now:.3g}")
    return [f"against {before['measured']}:", *(said or ["nothing moved by more than 15 %"])]


def draw_growth(taken: dict[int, float], path: Path) -> None:
    """The first picture of the report: seconds of the full run against the number of shares, both by powers of ten."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    sizes = sorted(taken)
    picture, axes = plt.subplots(figsize=(7, 4.2))
    axes.loglog(sizes, [taken[size] for size in sizes], "o-", color="#1d4e89", label="full run, measured")
    linear = [taken[sizes[-1]] * size / sizes[-1] for size in sizes]
    axes.loglog(sizes, linear, "--", color="#777777", label="in proportion to the largest")
    for size in sizes:
        axes.annotate(
            f"{taken[size]:.2g} s", (size, taken[size]), textcoords="offset points", xytext=(0, 8), ha="center"
        )
    axes.margins(y=0.12)
    axes.set_title("Cost grows no faster than the work", loc="left")
    axes.set_xlabel("shares of work in the snapshot")
    axes.set_ylabel("seconds, median")
    axes.grid(visible=True, which="major", color="#dddddd")
    axes.legend(frameon=False)
    picture.tight_layout()
    picture.savefig(path, metadata={"Date": None})
    plt.close(picture)
