"""The pace of invented work against the real log it was fitted to, and what the fit must keep in any case."""

import csv
import gzip
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from random import Random
from statistics import pvariance

import pytest
from scipy.stats import ks_2samp

from congtam.simulate.lateness import LATE_SHARE, LONGEST, pace_in_time, pace_late, personal_late_share

LOG = Path(__file__).parents[2].parent / "shared" / "data" / "receipt_wabo" / "receipt.csv.gz"
real_log = pytest.mark.skipif(not LOG.is_file(), reason=f"the real log is not on this machine ({LOG})")


def log() -> dict[str, list[float]]:
    """The pace of every closed case, by the official responsible."""
    cases = {}
    with gzip.open(LOG, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cases[row["case:concept:name"]] = row
    paces: dict[str, list[float]] = defaultdict(list)
    for row in cases.values():
        if row["case:enddate"]:
            start, due, end = (
                datetime.fromisoformat(row[f"case:{name}"]) for name in ("startdate", "deadline", "enddate")
            )
            paces[row["case:responsible"]].append((end - start) / (due - start))
    return paces


def drawn(count: int) -> list[float]:
    rng = Random(7)
    return [pace_late(rng) if rng.random() < LATE_SHARE else pace_in_time(rng) for _ in range(count)]


@real_log
def test_drawn_paces_are_distributed_as_in_the_log() -> None:
    real = [pace for paces in log().values() for pace in paces]
    assert len(real) == 1329
    assert sum(pace > 1 for pace in real) / len(real) == pytest.approx(LATE_SHARE, abs=1e-4)
    found = ks_2samp(drawn(20_000), real)
    assert found.statistic < 0.03 and found.pvalue > 0.05
    for side in (lambda pace: pace <= 1, lambda pace: pace > 1):
        assert ks_2samp([p for p in drawn(20_000) if side(p)], [p for p in real if side(p)]).statistic < 0.08


@real_log
def test_officials_differ_in_lateness_as_in_the_log() -> None:
    real = [sum(pace > 1 for pace in paces) / len(paces) for paces in log().values() if len(paces) >= 20]
    rng = Random(7)
    shares = [personal_late_share(rng) for _ in range(2000)]
    assert 0.5 < pvariance(shares) / pvariance(real) < 2


def test_paces_lie_on_their_side_of_the_deadline() -> None:
    rng = Random(7)
    assert all(0 <= pace_in_time(rng) <= 1 for _ in range(2000))
    assert all(1 < pace_late(rng) <= LONGEST for _ in range(2000))


def test_personal_shares_average_to_the_share_asked_for() -> None:
    rng = Random(7)
    shares = [personal_late_share(rng, 0.1) for _ in range(5000)]
    assert sum(shares) / len(shares) == pytest.approx(0.1, abs=0.01) and max(shares) > 0.4
