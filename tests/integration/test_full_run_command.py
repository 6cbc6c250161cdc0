"""full-run as a person types it: the same points as evaluate, a snapshot used again, and its refusals."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

from conftest import Answer

Command = Callable[..., Answer]
HUE = ("--rulebook", "vn/hue/dost-monthly-2025", "--scorecard", "official_month", "--period", "2026-10")


def test_a_full_run_writes_the_points_that_evaluate_gives(
    congtam: Command, department_folder: Path, tmp_path: Path
) -> None:
    said = congtam("full-run", *HUE, "--data", department_folder, "--out", tmp_path / "scores.csv")
    assert said.code == 0
    assert "50 được tính điểm" in said.out
    with (tmp_path / "scores.csv").open(encoding="utf-8") as file:
        full = {row["subject"]: int(row["lowest"]) for row in csv.DictReader(file)}
    assert congtam("evaluate", *HUE, "--data", department_folder, "--out", tmp_path / "evaluate.json").code == 0
    told = json.loads((tmp_path / "evaluate.json").read_text(encoding="utf-8"))
    assert full == {one["subject"]: one["lowest"] for one in told["scores"]}


def test_a_snapshot_is_made_once_and_used_again(congtam: Command, department_folder: Path, tmp_path: Path) -> None:
    asked = ("full-run", *HUE, "--data", department_folder, "--snapshot", tmp_path / "snapshot", "--json")
    first, again = congtam(*asked), congtam(*asked)
    assert (tmp_path / "snapshot" / "share.parquet").is_file()
    assert json.loads(first.out) == json.loads(again.out)


def test_a_snapshot_of_another_month_is_refused(congtam: Command, department_folder: Path, tmp_path: Path) -> None:
    congtam("full-run", *HUE, "--data", department_folder, "--snapshot", tmp_path / "snapshot")
    other = (*HUE[:-1], "2026-09")
    said = congtam("full-run", *other, "--data", department_folder, "--snapshot", tmp_path / "snapshot")
    assert said.code == 2
    assert "other-instant" in said.err


def test_an_ending_that_is_neither_csv_nor_parquet_is_refused(
    congtam: Command, department_folder: Path, tmp_path: Path
) -> None:
    said = congtam("full-run", *HUE, "--data", department_folder, "--out", tmp_path / "scores.xlsx")
    assert said.code == 2
    assert "name a file with one of the two endings" in said.err
