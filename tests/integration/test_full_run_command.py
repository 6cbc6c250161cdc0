"""full-run as a person types it: the same points as evaluate, a snapshot used again, and its refusals."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from answering import Answer

Command = Callable[..., Answer]
HUE = ("--rulebook", "vn/hue/dost-monthly-2025", "--scorecard", "official_month", "--period", "2026-10")


def test_a_full_run_writes_the_points_that_evaluate_gives(
    congtam: Command, department_folder: Path, tmp_path: Path
) -> None:
    said = congtam("full-run", *HUE, "--data", department_folder, "--out", tmp_path / "scores.csv")
    assert said.code == 0
    assert "50 thuộc bảng điểm" in said.out
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
    assert "other-snapshot" in said.err


def test_an_ending_that_is_neither_csv_nor_parquet_is_refused(
    congtam: Command, department_folder: Path, tmp_path: Path
) -> None:
    said = congtam("full-run", *HUE, "--data", department_folder, "--out", tmp_path / "scores.xlsx")
    assert said.code == 2
    assert "name a file with one of the two endings" in said.err


def test_a_snapshot_of_other_records_is_refused(congtam: Command, department_folder: Path, tmp_path: Path) -> None:
    data = shutil.copytree(department_folder, tmp_path / "data")
    asked = ("full-run", *HUE, "--data", data, "--snapshot", tmp_path / "snapshot")
    assert congtam(*asked).code == 0
    events = (data / "event.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (data / "event.csv").write_text("".join(events[:3000]), encoding="utf-8")
    said = congtam(*asked)
    assert said.code == 2
    assert "other-snapshot" in said.err


def test_tables_that_do_not_fit_together_are_refused_here_too(
    congtam: Command, department_folder: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(department_folder, tmp_path / "data")
    with (data / "unit.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (data / "unit.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "parent": row["unit"]} for row in rows)
    said = congtam("full-run", *HUE, "--data", data)
    assert said.code == 2
    assert "circular-units" in said.err


def test_leaders_read_the_grades_of_cards_beside(congtam: Command, department_folder: Path, tmp_path: Path) -> None:
    decree = ("--rulebook", "vn/national/decree-335-2025", "--scorecard", "civil_servant_month", "--period", "2026-10")
    beside = ("--beside", "vn/national/decree-233-2026#public_employee_month", "--data", department_folder)
    assert congtam("full-run", *decree, *beside, "--out", tmp_path / "full.csv").code == 0
    assert congtam("evaluate", *decree, *beside, "--out", tmp_path / "rows.json").code == 0
    with (tmp_path / "full.csv").open(encoding="utf-8") as file:
        full = {row["subject"]: (int(row["lowest"]), row["grade"] or None) for row in csv.DictReader(file)}
    told = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))["scores"]
    assert full == {one["subject"]: (one["lowest"], one["graded"]["grade"]) for one in told}
