"""Huế's whole scorecard over shares by the million, beside what else could do it, and how cost grows with size.

Each contender reads the same Parquet files in a fresh process; the first run of a process warms the caches and is not
counted. Points, grades and ranks are part of ours only.
"""

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from congtam.engine.periods import Period
from congtam.simulate.shares import make_shares

HERE = Path(__file__).parent
MONTH = Period.parse("2026-09")
SEED = 20261122
SHARES_OF_ONE = 500
THREADS = 2


@dataclass(frozen=True)
class Taken:
    """What one contender took: median seconds, and the highest memory of its process in MiB."""

    seconds: float
    peak: float


def made(folder: Path, shares: int) -> Path:
    """A snapshot of so many shares, about 500 for each official."""
    out = folder / f"shares-{shares}"
    if not out.exists():
        make_shares(max(20, shares // SHARES_OF_ONE), shares, MONTH, SEED, out)
    return out


def take(name: str, folder: Path, runs: int = 3) -> Taken:
    """One contender in a fresh process."""
    command = [sys.executable, str(HERE / "contender.py"), name, str(folder), str(runs + 1), str(THREADS)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    return Taken(statistics.median(found["seconds"][1:]), found["peak"])


def beside_others(folder: Path, shares: int, names: tuple[str, ...], runs: int = 3) -> dict[str, Taken]:
    """Contenders over the same shares, one after the other."""
    data = made(folder, shares)
    return {name: take(name, data, runs) for name in names}


def growth(folder: Path, sizes: tuple[int, ...], runs: int = 3) -> dict[int, Taken]:
    """What the full run takes at each size."""
    return {shares: take("congtam", made(folder, shares), runs) for shares in sizes}
