"""Several scorecards over the demo department in one command, and a catalogue in and out, as a person types them."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from conftest import Answer
from openpyxl import load_workbook

import congtam as package
from congtam.engine.facts.store import write_facts
from congtam.engine.facts.tables import Facts

Command = Callable[..., Answer]
SHIPPED = Path(package.__file__).parent / "rulebooks"
EXAMPLE = Path(__file__).parents[2] / "examples" / "catalogues" / "san_pham_minh_hoa.yaml"
CIVIL = "vn/national/decree-335-2025#civil_servant_month"
PUBLIC = "vn/national/decree-233-2026#public_employee_month"
HUE = "vn/hue/dost-monthly-2025#official_month"
OCTOBER = ("--period", "2026-10", "--as-of", "2026-11-22T12:00:00+07:00")
ALL = ("--card", CIVIL, "--card", PUBLIC, "--card", HUE, *OCTOBER)


@pytest.fixture(scope="module")
def sections(department: Facts) -> Facts:
    """The section of CB020 and the centre of CB041, with their work of the last months."""
    units = {spell.unit for spell in department.spells if spell.official in ("CB020", "CB041")}
    spells = tuple(spell for spell in department.spells if spell.unit in units and spell.first.year >= 2025)
    people = {spell.official for spell in spells}
    held = {event.item for event in department.events if event.official in people and event.recorded_at.year == 2026}
    events = tuple(event for event in department.events if event.item in held)
    return replace(department, spells=spells, events=events)


@pytest.fixture(scope="module")
def sections_folder(sections: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sections")
    write_facts(sections, folder)
    return folder


def row(out: str, code: str) -> str:
    return next(line for line in out.splitlines() if line.startswith(code))


def test_three_cards_give_one_table_with_one_legal_score_per_person_and_leave_as_csv(
    congtam: Command, department_folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "co-quan.csv"
    answer = congtam("evaluate", *ALL, "--data", department_folder, "--out", out)
    assert answer.code == 0 and answer.err == ""
    assert "[1] Công chức, hằng tháng" in answer.out and "10 người, pháp lý" in answer.out
    assert "[1]" in row(answer.out, "CB019") and "[2]" in row(answer.out, "CB041")
    codes = [line[:5] for line in answer.out.splitlines() if line.startswith("CB0")]
    assert len(codes) == len(set(codes)) == 50 and codes[0] == "CB001"
    assert "[3] thông tin" in answer.out and "DỮ LIỆU MẪU" in answer.out and "MINH HỌA" in answer.out
    assert max(len(line) for line in answer.out.splitlines()) <= 100
    text = out.read_text(encoding="utf-8")
    rows = list(csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=";"))
    assert rows[0] == ["DỮ LIỆU MẪU"] and rows[1][:2] == ["Mã", "Họ và tên"]
    assert len([one for one in rows if one and one[0].startswith("CB0")]) == 50
    late = next(one for one in rows if one and one[0] == "CB019")
    assert late[4:6] == [CIVIL, "theo quy tắc"] and late[7] == "Tốt" and all(len(one) <= len(rows[1]) for one in rows)
    assert text.count("Bộ quy tắc") == 3 and text.count("Lưu ý") == 3


def test_the_agency_scores_each_person_as_the_card_does_alone(congtam: Command, sections_folder: Path) -> None:
    together = json.loads(congtam("evaluate", *ALL, "--data", sections_folder, "--json").out)
    book, card = CIVIL.split("#")
    one = ("--rulebook", book, "--scorecard", card, "--beside", PUBLIC, *OCTOBER)
    alone = json.loads(congtam("evaluate", *one, "--data", sections_folder, "--json").out)
    assert together["runs"][CIVIL]["scores"] == alone["scores"]
    legal = {person["official"]: person["legal"] for person in together["people"]}
    assert legal["CB019"] == CIVIL and legal["CB041"] == PUBLIC and together["findings"] == []


def test_a_kind_of_staff_without_a_card_waits_for_a_person(congtam: Command, sections_folder: Path) -> None:
    answer = congtam("evaluate", "--card", CIVIL, "--card", HUE, *OCTOBER, "--data", sections_folder)
    assert answer.code == 0
    assert "* Lâm Chí Quyết (CB041), viên chức: không có bảng điểm pháp lý" in answer.out
    assert "chờ quyết định" in row(answer.out, "CB041") and "legal_card" in answer.out


def test_a_person_under_contract_waits_and_is_settled_by_a_decision(
    congtam: Command, sections: Facts, tmp_path: Path
) -> None:
    spells = tuple(
        replace(spell, staff_kind="contract") if spell.official == "CB020" else spell for spell in sections.spells
    )
    write_facts(replace(sections, spells=spells), tmp_path / "contract")
    out = congtam("evaluate", *ALL, "--data", tmp_path / "contract").out
    said = " ".join(out.split())
    assert "Bùi Nhật Trường (CB020), người lao động: không có bảng điểm pháp lý" in said
    assert "lãnh đạo chờ xếp loại này: CB015, CB016" in said and "tạm tính" in row(out, "CB015")
    last = max(one.seq for one in sections.decisions)
    decided = replace(
        sections.decisions[0], seq=last + 1, subject="CB020", scorecard=HUE.partition("#")[2], period="2026-10",
        matter="legal_card", outcome=HUE, number="12/QĐ-SKHCN",
    )  # fmt: skip
    write_facts(replace(sections, spells=spells, decisions=(*sections.decisions, decided)), tmp_path / "settled")
    out = congtam("evaluate", *ALL, "--data", tmp_path / "settled").out
    assert "[3] (QĐ)" in row(out, "CB020") and "decision-without-effect" not in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--card", CIVIL, "--rulebook", "x", *OCTOBER), "two-ways-to-ask"),
        (("--card", CIVIL, "--card", CIVIL, *OCTOBER), "card-twice"),
        (("--card", "vn/national/decree-335-2025#month", *OCTOBER), "civil_servant_month"),
        (OCTOBER, "--card"),
    ],
)
def test_a_question_asked_wrongly_is_refused(
    congtam: Command, sections_folder: Path, words: tuple[str, ...], told: str
) -> None:
    answer = congtam("evaluate", *words, "--data", sections_folder)
    assert answer.code == 2 and told in answer.err


# -- a catalogue in and out


def test_export_edit_import_and_use(congtam: Command, sections: Facts, tmp_path: Path) -> None:
    book, target = tmp_path / "dm.xlsx", tmp_path / "so" / "catalogues" / "so_khcn.yaml"
    copytree(SHIPPED / "vn/national/decree-335-2025", tmp_path / "so")
    assert congtam("catalogue", "export", EXAMPLE, "--out", book).code == 0
    sheet = (opened := load_workbook(book))["Danh mục"]
    sheet.append(["GY", "Văn bản góp ý", "1,2", None, None, None, None, None, "01/10/2026"])
    opened["Thông tin chung"]["B4"] = "có hiệu lực"
    opened.save(book)
    answer = congtam("catalogue", "import", book, "--out", target)
    assert answer.code == 0 and "4 mã, 5 dòng" in answer.out
    assert congtam("catalogue", "check", tmp_path / "so").code == 0
    again = tmp_path / "again.xlsx"
    assert congtam("catalogue", "export", tmp_path / "so", "--out", again).code == 0
    assert "5 dòng đọc được" in congtam("catalogue", "check", again).out

    item = next(event for event in sections.events if event.activity == "registered" and event.at.month == 10)
    attributes = {**item.attributes, "catalogue": "GY"}
    attributes.pop("coefficient", None)
    events = tuple(replace(one, attributes=attributes) if one is item else one for one in sections.events)
    write_facts(replace(sections, events=events), tmp_path / "data")
    words = ("--rulebook", tmp_path / "so", "--scorecard", "civil_servant_month", *OCTOBER)
    out = congtam("evaluate", *words, "--data", tmp_path / "data").out
    assert "unknown-product" not in out


def test_wrong_rows_are_all_told_in_vietnamese_and_nothing_is_written(congtam: Command, tmp_path: Path) -> None:
    book = tmp_path / "dm.xlsx"
    congtam("catalogue", "export", EXAMPLE, "--out", book)
    sheet = (opened := load_workbook(book))["Danh mục"]
    sheet["C2"], sheet["I3"], sheet["A5"] = "một", "31/02/2026", None
    opened.save(book)
    answer = congtam("catalogue", "import", book, "--out", tmp_path / "x.yaml")
    assert answer.code == 2 and not (tmp_path / "x.yaml").exists()
    for told in ("dm.xlsx, ô C2: Hệ số K là “một”, không phải số", "ô I3: Từ ngày", "ô A5: Mã để trống"):
        assert told in answer.err
    english = congtam("catalogue", "check", book, "--lang", "en")
    assert english.code == 1 and "cell C2" in english.err


def test_a_superseded_row_may_not_be_dropped_or_changed(congtam: Command, tmp_path: Path) -> None:
    book, target = tmp_path / "dm.xlsx", tmp_path / "x.yaml"
    congtam("catalogue", "export", EXAMPLE, "--out", book)
    assert congtam("catalogue", "import", book, "--out", target).code == 0
    sheet = (opened := load_workbook(book))["Danh mục"]
    sheet["C2"] = 1.3
    sheet.delete_rows(3)
    opened.save(book)
    before = target.read_bytes()
    answer = congtam("catalogue", "import", book, "--out", target)
    assert answer.code == 2 and target.read_bytes() == before
    assert "mã CV-TL từ 01/01/2026 đổi hệ số (trước đây 1)" in answer.err
    assert "mã TT-UB từ 01/01/2026 không còn" in answer.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export", "vn/national/decree-335-2025", "--out", "x.xlsx"), "no-catalogue"),
        (("export", EXAMPLE, "--out", "x.csv"), "bad-ending"),
        (("import", "nowhere.xlsx", "--out", "x.yaml"), "file-missing"),
        (("import", EXAMPLE, "--out", "x.yaml"), "not-xlsx"),
        (("import", EXAMPLE, "--out", "Tên.yaml"), "bad-name"),
    ],
)
def test_a_catalogue_command_typed_wrongly_is_refused(
    congtam: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = congtam("catalogue", *words)
    assert answer.code == 2 and told in answer.err and list(tmp_path.iterdir()) == []
