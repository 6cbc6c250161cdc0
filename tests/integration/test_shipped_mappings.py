"""Mappings that come with Công Tâm: each loads, says on what it stands, and is used by its name."""

from collections.abc import Callable
from pathlib import Path

import pytest
import real_sheets
from answering import Answer

from congtam.engine.findings import Unusable
from congtam.files import load_mapping, mapping_path, shipped_mappings
from congtam.files.columns import folded

Command = Callable[..., Answer]
NAMES = ("mau_07_mot_cua", "so_van_ban_den", "theo_doi_nhiem_vu")


@pytest.fixture
def people(tmp_path: Path) -> Path:
    (tmp_path / "can-bo.csv").write_text(real_sheets.PEOPLE, encoding="utf-8")
    return tmp_path / "can-bo.csv"


def test_which_there_are() -> None:
    assert tuple(shipped_mappings()) == NAMES
    assert all(shipped_mappings().values())


@pytest.mark.parametrize("name", NAMES)
def test_each_says_its_columns_its_legal_basis_and_what_is_not_verified(name: str, people: Path) -> None:
    mapping = load_mapping(mapping_path(Path(name)), people)
    comment = [line for line in mapping.text.splitlines() if line.startswith("#")]
    for said in ("Căn cứ:", "Cột cần có:", "unverified" if name != "so_van_ban_den" else "not verified"):
        assert any(said in line for line in comment), said
    assert (mapping.source.format, mapping.decimal, str(mapping.times.due_day_until)) == ("xlsx", ",", "17:00:00")
    required = {ref.name for ref in mapping.refs()} - mapping.source.optional
    assert len(required) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_column_means_two_things(name: str, people: Path) -> None:
    mapping = load_mapping(mapping_path(Path(name)), people)
    every = [folded(other) for others in mapping.source.also.values() for other in others]
    own = {folded(ref.name) for ref in mapping.refs()}
    assert len(set(every)) == len(every)
    assert not own & set(every)


def test_a_mapping_is_a_file_before_it_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own = Path("so_van_ban_den")
    assert mapping_path(own) != own
    own.write_text("title: our own")
    assert mapping_path(own) == own
    own.unlink()
    with pytest.raises(Unusable, match="did you mean 'so_van_ban_den'"):
        mapping_path(Path("so_van_ban_di"))
    with pytest.raises(Unusable, match="no-mapping"):
        mapping_path(tmp_path / "so_van_ban_den")
    assert mapping_path(Path("so_van_ban_den.yaml")) == mapping_path(Path("so_van_ban_den"))


def test_the_command_line_lists_them(congtam: Command) -> None:
    answer = congtam("prepare", "--mappings")
    assert answer.code == 0
    assert all(name in answer.out for name in NAMES)


def test_a_register_goes_through_the_command_line(congtam: Command, tmp_path: Path, people: Path) -> None:
    book = tmp_path / "so-den-2026.xlsx"
    real_sheets.incoming_with_merged_header(book)
    answer = congtam("prepare", book, "--mapping", "so_van_ban_den", "--people", people, "--out", tmp_path / "bang")
    assert answer.code == 1
    assert "4 dòng đọc = 1 dùng + 2 để riêng + 1 ngoài phạm vi" in answer.out
    assert "trùng họ tên, chưa rõ là ai (namesakes)" in answer.out
    assert "Ngoài phạm vi: 1 dòng, dòng tổng cộng (total-row)" in answer.out
    assert "so-den-2026.xlsx, row 5: 2 people bear the name 'Nguyễn Văn An'" in " ".join(answer.err.split())


def test_names_without_a_table_of_people_are_refused_with_what_to_do(congtam: Command, tmp_path: Path) -> None:
    book = tmp_path / "so.xlsx"
    real_sheets.dossiers_with_macros(book)
    answer = congtam("prepare", book, "--mapping", "mau_07_mot_cua", "--out", tmp_path / "bang")
    assert answer.code == 2
    assert "--people FILE" in answer.err
    assert not (tmp_path / "bang").exists()
