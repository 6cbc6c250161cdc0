"""Several scorecards over the demo department in one command, and a catalogue in and out, as a person types them."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from answering import Answer
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
    write_facts(replace(sections, spells=spells, decisions=(*sections.decisions, decided)), tmp_path / "refused")
    answer = congtam("evaluate", *ALL, "--data", tmp_path / "refused")
    assert "[3] (QĐ)" not in answer.out and "decision-without-effect" in answer.err + answer.out

    card = copytree(SHIPPED / "vn/hue/dost-monthly-2025", tmp_path / "so") / "scorecards" / "official_month.yaml"
    card.write_text(card.read_text(encoding="utf-8") + "\nlegal: true\nstaff_kind: [contract]\n", encoding="utf-8")
    own = f"{tmp_path / 'so'}#official_month"
    decided = replace(decided, outcome="so#official_month")
    write_facts(replace(sections, spells=spells, decisions=(*sections.decisions, decided)), tmp_path / "settled")
    words = ("--card", CIVIL, "--card", PUBLIC, "--card", own, *OCTOBER, "--data", tmp_path / "settled")
    answer = congtam("evaluate", *words)
    assert "[3] (QĐ)" in row(answer.out, "CB020") and "decision-without-effect" not in answer.out + answer.err


def told_of(out: str, code: str) -> str:
    """The last column of a person, which may go on in the next line."""
    lines = out.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith(code))
    return lines[place].rpartition("·")[2] + (lines[place + 1] if lines[place + 1].startswith(" ") else "")


def cells(path: Path) -> tuple[list[str], dict[str, list[str]]]:
    """The heading of a CSV of results, and its rows by code."""
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    heading = next(one for one in rows if one and one[0] == "Mã")
    return heading, {one[0]: one for one in rows if one and one[0].startswith("CB0")}


def test_what_the_machine_proposed_is_shown_beside_and_leaves_in_every_csv(
    congtam: Command, department_folder: Path, tmp_path: Path
) -> None:
    local, out = "vn/hue/decree-335-local#civil_servant_month", tmp_path / "mot.csv"
    book, name = local.split("#")
    words = (*OCTOBER, "--data", department_folder, "--out", out)
    alone = congtam("evaluate", "--rulebook", book, "--scorecard", name, *words).out
    heading, rows = cells(out)
    column = heading.index("Máy đề xuất, chờ quyết định")
    starred = {code for code in rows if row(alone, code).rstrip().endswith("*")}
    assert starred and starred == {code for code, one in rows.items() if one[column]}
    assert all("Không hoàn thành" in rows[code][column] for code in starred)

    out = tmp_path / "co-quan.csv"
    words = (*OCTOBER, "--data", department_folder, "--out", out)
    screen = congtam("evaluate", "--card", CIVIL, "--card", local, *words).out
    heading, rows = cells(out)
    beside = heading.index("[2] Máy đề xuất, chờ quyết định (thông tin)")
    assert starred == {code for code, one in rows.items() if len(one) > beside and one[beside]}
    assert all("*" in told_of(screen, code) for code in starred) and "tạm tính *" not in screen
    assert heading.index("Máy đề xuất, chờ quyết định") < beside


def test_a_year_in_which_the_rule_changes_waits_for_a_person(congtam: Command, sections_folder: Path) -> None:
    year = ("--period", "2026", "--as-of", OCTOBER[-1], "--data", sections_folder)
    old, new = "vn/national/decree-90-2020#official_year", PUBLIC.replace("_month", "_year")
    out = " ".join(congtam("evaluate", "--card", old, "--card", new, *year).out.split())
    assert "(CB041), viên chức: nhiều bảng điểm cùng là pháp lý: [1], [2]" in out
    out = " ".join(congtam("evaluate", "--card", old, *year).out.split())
    assert "(CB041), viên chức: quy tắc thay đổi trong kỳ: [1]" in out
    book, name = new.split("#")
    refused = congtam("evaluate", "--rulebook", book, "--scorecard", name, *year)
    assert refused.code == 2 and "vn/national/decree-90-2020" in refused.err and "--card" in refused.err
    book, name = old.split("#")
    answer = congtam("evaluate", "--rulebook", book, "--scorecard", name, *year)
    assert "rule-changed" in answer.err and "vn/national/decree-233-2026" in answer.err
    found = json.loads(congtam("evaluate", "--rulebook", book, "--scorecard", name, *year, "--json").out)["findings"]
    assert any("rule-changed" in one and "vn/national/decree-233-2026" in one for one in found)


def test_a_kind_of_staff_that_changes_is_not_said_to_be_decided(
    congtam: Command, sections: Facts, tmp_path: Path
) -> None:
    old = next(one for one in sections.spells if one.official == "CB020" and one.until is None)
    moved = date(2026, 10, 16)
    new = replace(old, seq=max(one.seq for one in sections.spells) + 1, spell="moi", first=moved)
    spells = (*(one for one in sections.spells if one is not old), replace(old, until=moved))
    write_facts(replace(sections, spells=(*spells, replace(new, staff_kind="public_employee"))), tmp_path / "moved")
    out = " ".join(congtam("evaluate", *ALL, "--data", tmp_path / "moved").out.split())
    assert "đổi loại cán bộ trong kỳ; ngày đầu kỳ thuộc [1], chưa áp dụng" in out
    book, name = CIVIL.split("#")
    words = ("--rulebook", book, "--scorecard", name, *OCTOBER, "--data", tmp_path / "moved")
    assert "staff-kind-changed" in (answer := congtam("evaluate", *words)).err and "CB020" in answer.err


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
