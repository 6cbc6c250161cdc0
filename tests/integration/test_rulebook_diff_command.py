"""rulebook diff, pin, list and show as a person calls them."""

import json
import re
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

import congtam
from congtam.cli.main import congtam as command
from congtam.engine.findings import Unusable

SHIPPED = Path(congtam.__file__).parent / "rulebooks"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["rulebook", *arguments], catch_exceptions=False)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_local_rule_reads_as_a_diff_over_its_base() -> None:
    said = flat(run("diff", "vn/hue/decree-335-local").output)
    assert "Thêm (làm đổi kết quả)" in said and "Đổi (lời văn, không đổi kết quả)" in said
    assert "điều kiện “Mức độ quá hạn” > “Ngưỡng tỷ lệ quá hạn (0,20)”" in said
    assert "theo nguồn tin, chưa đối chiếu toàn văn" in said and "vn/hue/decree-335-local/changes.yaml:3" in said


def test_two_whole_rulebooks_read_as_a_diff() -> None:
    said = flat(run("diff", "vn/national/decree-335-2025", "vn/hue/dost-monthly-2025", "--lang", "en").output)
    assert "Added (can change results)" in said and "Removed (can change results)" in said
    assert "Indicator “Creativity”" in said and "Scorecard “Civil servants, yearly”" in said


def test_the_same_diff_for_programs() -> None:
    told = json.loads(run("diff", "vn/hai-phong/212-2025", "--json").output)
    bands = {one["path"]: one["after"] for one in told["changes"] if one["path"].endswith("/band")}
    assert bands["scorecards/official_year/grades/excellent/band"] == {"above": "90"}
    assert all(one["legal_basis"]["certainty"] and one["line"] for one in told["changes"])


def test_a_rulebook_without_a_base_needs_a_second_one() -> None:
    with pytest.raises(Unusable, match="name a second one"):
        run("diff", "vn/national/decree-335-2025")


def test_the_same_rulebook_says_the_same() -> None:
    assert (
        "Không khác gì." in run("diff", "vn/national/calendar/../decree-335-2025", "vn/national/decree-335-2025").output
    )


def test_pin_writes_down_the_base_and_keeps_every_other_word(tmp_path: Path) -> None:
    folder = copytree(SHIPPED / "vn/hue/decree-335-local", tmp_path / "local")
    head = folder / "rulebook.yaml"
    before = head.read_text(encoding="utf-8")
    pinned = next(line for line in before.splitlines() if line.startswith("extends:"))
    head.write_text(before.replace(pinned, "extends: vn/national/decree-335-2025"), encoding="utf-8")
    with pytest.raises(Unusable, match="bad-extends"):
        run("diff", str(folder))
    assert run("pin", str(folder)).exit_code == 0
    assert head.read_text(encoding="utf-8") == before
    assert run("check", str(folder)).exit_code == 0


def test_pin_refuses_what_extends_nothing() -> None:
    with pytest.raises(Unusable, match="is laid over no other rulebook"):
        run("pin", "vn/national/decree-335-2025")


def test_the_list_tells_ends_and_what_is_no_law() -> None:
    said = flat(run("list", "--lang", "en").output)
    assert "civil servants" in said and "2026-01-01" in said and "switched off" in said and "a proposal" in said


def test_show_tells_the_base_and_strict_bounds() -> None:
    said = flat(run("show", "vn/hai-phong/212-2025").output)
    assert "trên nền vn/national/decree-90-2020" in said and "đang tắt" in said
    assert "Hoàn thành xuất sắc nhiệm vụ > 90" in said


def test_a_copy_of_what_is_shipped_is_no_second_law(tmp_path: Path) -> None:
    folder = copytree(SHIPPED / "vn/national/decree-335-2025", tmp_path / "copy")
    told = run("check", str(folder))
    assert told.exit_code == 1
    assert "copy and vn/national/decree-335-2025 both grade the same people" in flat(told.output)
    assert run("check", str(SHIPPED / "vn/national/decree-335-2025")).exit_code == 0


def test_an_overlay_checked_with_its_base_is_told_once(tmp_path: Path) -> None:
    copytree(SHIPPED / "vn/hue/decree-335-local", tmp_path / "local")
    head = tmp_path / "local" / "rulebook.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("status: proposal", "status: in_force"), encoding="utf-8")
    told = flat(run("check", str(tmp_path / "local"), "vn/national/decree-335-2025").output)
    assert told.count("[overlapping-validity]") == 1


def test_pin_lists_what_changed_in_the_base_before_it_writes(tmp_path: Path) -> None:
    base = copytree(SHIPPED / "vn/national/decree-335-2025", tmp_path / "base")
    folder = copytree(SHIPPED / "vn/hue/decree-335-local", tmp_path / "local")
    head = folder / "rulebook.yaml"
    told = head.read_text(encoding="utf-8")
    head.write_text(re.sub("extends: .*", "extends: ../base", told), encoding="utf-8")
    assert "Nền đã đổi" not in run("pin", str(folder)).output
    text = (base / "rulebook.yaml").read_text(encoding="utf-8")
    (base / "rulebook.yaml").write_text(text.replace("value: 0.25", "value: 0.3"), encoding="utf-8")
    said = flat(run("pin", str(folder)).output)
    assert "Nền đã đổi: parameters/quality_cut/value: 0.25 → 0.3" in said
    head.write_text(re.sub("extends: .*", "extends: ../base@123456789012", told), encoding="utf-8")
    assert "Không rõ nền đã đổi những gì" in flat(run("pin", str(folder)).output)
