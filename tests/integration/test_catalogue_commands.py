"""catalogue export and import as a person calls them: where files are written, and the past that stays."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from congtam.cli.main import congtam as command
from congtam.engine.findings import Unusable

HEAD = """\
title: {vi: Danh mục thử}
issuer: Sở
legal_basis: {act: Quyết định 7, certainty: verified}
products:
"""
CLOSED = "  - {code: A, title: {vi: Tờ trình}, coefficient: 1.5, from: 2026-01-01, until: 2026-06-01}\n"
OPEN = "  - {code: B, title: {vi: Công văn}, coefficient: 0.8, from: 2026-01-01}\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, ["catalogue", *map(str, arguments)], catch_exceptions=False)


def imported_again(folder: Path, change: Callable[[Path], None]) -> Result:
    """The catalogue exported, changed in Excel's stead, and imported over itself."""
    kept, book = folder / "so.yaml", folder / "so.xlsx"
    kept.write_text(HEAD + CLOSED + OPEN, encoding="utf-8")
    assert run("export", kept, "--out", book).exit_code == 0
    change(book)
    return run("import", book, "--out", kept)


def cells(**values: object) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        book = load_workbook(path)
        for name, value in values.items():
            book["Danh mục"][name] = value
        book.save(path)

    return write


@pytest.mark.parametrize("source", [[], ["so.yaml"]])
def test_export_makes_the_folder_it_writes_to(tmp_path: Path, source: list[str]) -> None:
    (tmp_path / "so.yaml").write_text(HEAD + OPEN, encoding="utf-8")
    out = tmp_path / "nowhere" / "yet" / "so.xlsx"
    assert run("export", *(tmp_path / name for name in source), "--out", out).exit_code == 0
    assert out.exists() and [one.name for one in out.parent.iterdir()] == ["so.xlsx"]


def test_export_where_nothing_can_be_written_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        run("export", "--out", tmp_path / "file" / "so.xlsx")


BYPASSES = {
    "cut short, and another K put on the days it had": {"J2": "01/02/2026", "A4": "A", "B4": "Tờ trình", "C4": 9,
                                                        "I4": "01/02/2026", "J4": "01/06/2026"},
    "cut short": {"J2": "01/02/2026"},
    "made longer": {"J2": "01/09/2026"},
    "opened again": {"J2": None},
}  # fmt: skip


@pytest.mark.parametrize("what", BYPASSES)
def test_a_closed_row_keeps_its_end(tmp_path: Path, what: str) -> None:
    with pytest.raises(Unusable) as refusal:
        imported_again(tmp_path, cells(**BYPASSES[what]))
    (found,) = refusal.value.findings
    assert found.code == "row-lost" and "mã A từ 01/01/2026 đã ghi Đến trước ngày 01/06/2026" in found.message
    assert (tmp_path / "so.yaml").read_text(encoding="utf-8") == HEAD + CLOSED + OPEN


def test_an_open_row_is_ended_and_a_new_one_stands_on_the_days_after(tmp_path: Path) -> None:
    new = {"J3": "01/07/2026", "A4": "B", "B4": "Công văn", "C4": 1, "I4": "01/07/2026"}
    assert imported_again(tmp_path, cells(**new)).exit_code == 0
    assert (tmp_path / "so.yaml").read_text(encoding="utf-8").count("code: B") == 2
