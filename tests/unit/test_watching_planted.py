"""The command on an invented organisation: planted truths are found, honest people are left alone, figures open."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from congtam.cli.watching import watch
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.simulate.office.making import Order, make
from congtam.simulate.truths import Pattern as Planted
from congtam.simulate.truths import read_truths

AUGUST = "2026-08"


def told(folder: Path, *words: str) -> str:
    """What the command prints about August, seen from its end."""
    asked = ["--data", str(folder), "--period", AUGUST, "--as-of", "2026-08-31", *words]
    answer = CliRunner().invoke(watch, asked, catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output


def made(folder: Path, patterns: tuple[Planted, ...]) -> Path:
    """Eighty officials in ten sections, one month."""
    make(Order(80, (Period.parse(AUGUST),), 1, patterns, sections=10), folder)
    return folder


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("watching") / "planted", tuple(Planted))


@pytest.fixture(scope="module")
def signs(planted: Path) -> list[dict[str, Any]]:
    result = json.loads(told(planted, "--json"))
    assert (result["sample"], result["period"], result["rate"]) == (True, AUGUST, 0.1)
    found: list[dict[str, Any]] = result["signs"]
    return found


@pytest.mark.parametrize("pattern", Planted)
def test_each_planted_truth_is_found(pattern: Planted, planted: Path, signs: list[dict[str, Any]]) -> None:
    (truth,) = [truth for truth in read_truths(planted) if truth.pattern is pattern]
    found = [tuple(one["subjects"]) for one in signs if one["pattern"] == pattern and one["look"] == "worth_a_look"]
    assert (truth.units or truth.officials) in found


def test_of_the_signs_shown_few_are_false(planted: Path, signs: list[dict[str, Any]]) -> None:
    truths = {(truth.pattern.value, truth.units or truth.officials) for truth in read_truths(planted)}
    shown = [(one["pattern"], tuple(one["subjects"])) for one in signs if one["look"] == "worth_a_look"]
    assert len(set(shown) - truths) <= 1


def test_figures_are_whole_numbers_that_open_to_items(signs: list[dict[str, Any]]) -> None:
    shares = [one for one in signs if one["measure"] == "share"]
    assert shares and all(one["numerator"] <= one["denominator"] == one["n"] for one in shares)
    assert all(len(one["items"]) <= one["numerator"] and bool(one["items"]) == (one["numerator"] > 0) for one in shares)
    assert all(one["p_value"] is None for one in signs if one["look"] == "cannot_tell")


def test_where_nothing_was_planted_next_to_nothing_is_found(tmp_path: Path) -> None:
    lines = told(made(tmp_path / "null", ()), "--all", "--lang", "en").splitlines()
    assert sum(line.rstrip().endswith("as is usual") for line in lines) > 300
    assert sum(line.rstrip().endswith("worth a look") for line in lines) <= 1


def test_the_table_is_vietnamese_first_and_says_what_a_sign_is_not(planted: Path) -> None:
    vi = told(planted)
    assert "DỮ LIỆU MẪU" in vi and "không phải kết luận về ai" in " ".join(vi.split())
    assert "đáng xem" in vi and "không đủ dữ liệu: " in vi and "việc nữa" in vi
    assert max(len(line) for line in vi.splitlines()) <= 100


def test_where_nothing_can_be_told_it_is_not_said_that_all_is_usual(tmp_path: Path) -> None:
    make(Order(10, (Period.parse(AUGUST),), 1, (), sections=2), tmp_path / "small")
    heads = told(tmp_path / "small").split("Điểm chấm cao hơn")[1].split("Kết thúc ngay trước hạn")[0]
    assert "như thường thấy: 0" in heads, "all of them cannot be told"
    assert "Không đủ dữ liệu để nhận xét." in heads and "Không có gì vượt quá" not in heads


def test_what_hardly_anyone_shows_is_told_with_the_rate_measured(planted: Path) -> None:
    """Nobody but the planted official splits tasks: chance alone could set one apart there."""
    result = json.loads(told(planted, "--json"))
    assert result["rates"]["splits_tasks"] == 0.5 and result["rates"]["bottleneck"] == 0.1
    said = " ".join(told(planted).split())
    splits = said.split("Nhiều việc nhỏ cùng loại")[1].split("Quá hạn không có động tĩnh")[0]
    assert "tới 50 % số lần xem vẫn có dấu hiệu" in splits
    assert said.count("số lần xem vẫn có dấu hiệu") < len(Planted)


def test_an_empty_month_has_nothing_to_look_at(planted: Path) -> None:
    asked = ["--data", str(planted), "--period", "2020-01", "--as-of", "2020-01-31"]
    answer = CliRunner().invoke(watch, asked, catch_exceptions=False)
    assert answer.exit_code == 0 and "Chưa có dữ liệu để xem." in answer.output
    assert "đáng xem" not in answer.output.split("ngẫu nhiên")[1]


def test_a_period_that_has_not_begun_is_refused(planted: Path) -> None:
    asked = ["--data", str(planted), "--period", "2030-01", "--as-of", "2026-08-31"]
    with pytest.raises(Unusable, match="period-not-begun"):
        CliRunner().invoke(watch, asked, catch_exceptions=False, standalone_mode=False)


def test_a_rulebook_that_is_switched_off_is_told_to_be(planted: Path) -> None:
    off = told(planted, "--rulebook", "vn/hai-phong/212-2025")
    assert "ĐANG TẮT" in off and "vn/hai-phong/212-2025" in off
    assert "ĐANG TẮT" not in told(planted)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="data-missing"):
        CliRunner().invoke(
            watch, ["--data", str(tmp_path / "none"), "--period", AUGUST], catch_exceptions=False, standalone_mode=False
        )
