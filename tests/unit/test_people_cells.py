"""Cells with several names: who leads, who supports, and that nobody is guessed."""

from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from congtam.engine.findings import Unusable
from congtam.files.mapping import Level, People, Ref
from congtam.files.people import Assigned, assigned
from congtam.files.people_cells import name_key, read_mentions, with_roles, without_title
from congtam.files.records import Rejected
from congtam.files.roster import Person, Roster
from congtam.files.roster_file import load_roster

AN, AN2 = Person("CB1", "Nguyễn Văn An", ("P1",)), Person("CB3", "Nguyễn Văn An", ("P2",))
OFFICE = Roster(
    [AN, Person("CB2", "Trần Thị Bình", ("P1",)), AN2, Person("CB4", "Lê Hòa", ("P2",)), Person("CB5", "Đỗ Ân")],
    {"P1": "Phòng Nội vụ", "P2": "Phòng Kinh tế"},
)


def told(cell: str, unit: str | None = None) -> Assigned:
    return assigned(OFFICE, with_roles(read_mentions(cell)), unit)


@pytest.mark.parametrize(
    ("cell", "shares"),
    [
        ("Lê Hòa", "CB4 lead"),
        ("Lê Hòa, Trần Thị Bình", "CB4 lead, CB2 support"),
        ("Lê Hòa; Trần Thị Bình (chủ trì)", "CB2 lead, CB4 support"),
        ("Lê Hòa (CT)\nTrần Thị Bình (PH)\nĐỗ Ân (PH)", "CB4 lead, CB2 support, CB5 support"),
        ("Chủ trì: Lê Hòa; Phối hợp: Trần Thị Bình, Đỗ Ân", "CB4 lead, CB2 support, CB5 support"),
        ("Đ/c Lê Hoà và bà Trần Thị Bình", "CB4 lead, CB2 support"),
        ("Lê Hòa - chủ trì, Đỗ Ân - phối hợp", "CB4 lead, CB5 support"),
        ("1. LÊ HÒA\n2. trần thị  bình", "CB4 lead, CB2 support"),
        ("- Ông/Bà: Lê Hòa;\n- Ths. Đỗ Ân;", "CB4 lead, CB5 support"),
        ("CB5 (ct), Lê Hòa (CB4)", "CB5 lead, CB4 support"),
        ("Nguyễn Văn An (CB3)", "CB3 lead"),
        ("Nguyễn Văn An (CT, Phòng Nội vụ); Lê Hòa", "CB1 lead, CB4 support"),
        ("Lê Hòa, Lê Hòa (phối hợp)", "CB4 lead"),
        ("  ;  , \n", ""),
    ],
)
def test_names_and_roles(cell: str, shares: str) -> None:
    assert ", ".join(" ".join(share) for share in told(cell).shares) == shares
    assert told(normalize("NFD", cell)) == told(cell)


@pytest.mark.parametrize(
    ("cell", "code", "said"),
    [
        ("Nguyễn Văn An", "namesakes", "CB1 (P1), CB3 (P2)"),
        ("Nguyễn Văn Ân", "unknown-person", "did you mean 'Nguyễn Văn An' (CB1)"),
        ("Đỗ An", "unknown-person", "did you mean 'Đỗ Ân' (CB5)"),
        ("Do An", "unknown-person", "did you mean 'Đỗ Ân' (CB5)"),
        ("Xyz", "unknown-person", "write the code"),
        ("Lê Hòa (chủ trì), Đỗ Ân (CT)", "two-leads", "CB4 and CB5"),
        ("Lê Hòa (PH), Đỗ Ân (PH)", "no-lead", "CB4, CB5 support it"),
    ],
)
def test_what_cannot_be_told_is_set_aside_with_its_reason(cell: str, code: str, said: str) -> None:
    with pytest.raises(Rejected) as rejected:
        told(cell)
    reason = rejected.value.reason
    assert (reason.code, said in reason.message + reason.advice) == (code, True)


def test_namesakes_are_told_apart_by_the_unit_of_the_row_only() -> None:
    assert told("Nguyễn Văn An", "Phòng Kinh tế").shares == (("CB3", "lead"),)
    assert told("Nguyễn Văn An", "P1").shares == (("CB1", "lead"),)
    for unit in ("Phòng Tài chính", "", None):
        with pytest.raises(Rejected, match="2 people bear the name"):
            told("Nguyễn Văn An", unit)


def test_every_fault_of_a_cell_is_told_at_once() -> None:
    with pytest.raises(Rejected) as rejected:
        told("Nguyễn Văn An; Xyz")
    assert [one.code for one in rejected.value.reason.all] == ["namesakes", "unknown-person"]


def test_a_unit_that_is_named_is_no_person() -> None:
    assert told("Phòng Nội vụ (chủ trì), Lê Hòa") == Assigned((("CB4", "support"),), "P1")
    assert told("P2") == Assigned((), "P2")


def test_titles_are_left_out_only_where_the_whole_name_is_not_known() -> None:
    office = Roster([Person("1", "Anh Tuấn"), Person("2", "Tuấn")])
    assert [one.code for name in ("Anh Tuấn", "Ông Tuấn", "anh  tuấn") for one in office.find(name)] == ["1", "2", "1"]
    assert without_title("Đ/c Ths. Lê Hòa") == "Lê Hòa"


NAMES = st.lists(st.sampled_from(["Lê", "Hòa", "Thuý", "Nguyễn", "An", "Ân", "Đỗ", "Vũ"]), min_size=2, max_size=4)


@given(NAMES, st.sampled_from(["NFC", "NFD"]), st.booleans(), st.integers(1, 3))
def test_spellings_of_one_name_are_one(words: list[str], form: str, capitals: bool, blanks: int) -> None:
    name = (" " * blanks).join(words)
    written = normalize("NFD" if form == "NFD" else "NFC", name.upper() if capitals else name)
    assert name_key(written) == name_key(" ".join(words))


def test_marks_make_names_differ() -> None:
    assert name_key("Hoà Thuý") == name_key("Hòa Thúy")
    assert len({name_key(name) for name in ("An", "Ân", "Án", "Ấn", "Ẩn")}) == 5


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8-sig")
    return folder / name


def test_a_table_of_people_may_be_written_in_several_ways(tmp_path: Path) -> None:
    for text in ("code,name,unit\nA,Lê Hòa,P1\nA,Lê Hòa,P2\n", "Họ và tên;Đơn vị;Mã\nLê Hòa;P1;A\nLê Hòa;P2;A\n"):
        office = load_roster(write(tmp_path, "people.csv", text))
        assert office.find("lê hoà") == [Person("A", "Lê Hòa", ("P1", "P2"))]
    assert load_roster(write(tmp_path, "people.csv", "ma,ho ten\nA,Lê Hòa\n")).unit("P1") is None


def test_a_folder_of_tables_serves_as_well(tmp_path: Path) -> None:
    write(tmp_path, "name.csv", "code,kind,text\nA,official,Lê Hòa\nP1,unit,Phòng Nội vụ\nX,item,Việc\n")
    write(tmp_path, "spell.csv", "spell,official,unit\n1,A,P1\n")
    office = load_roster(tmp_path)
    assert (office.find("Lê Hòa"), office.unit("phòng nội vụ")) == ([Person("A", "Lê Hòa", ("P1",))], "P1")


def test_a_table_of_people_may_be_a_workbook_with_a_title(tmp_path: Path) -> None:
    made = Workbook()
    for row in (["DANH SÁCH CÁN BỘ"], [], ["STT", "Họ và tên", "Mã cán bộ", "Phòng"], [1, "Lê Hòa", "A", "P1"], []):
        made.active.append(row)
    made.save(tmp_path / "people.xlsx")
    assert load_roster(tmp_path / "people.xlsx").find("Lê Hòa") == [Person("A", "Lê Hòa", ("P1",))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("họ tên,đơn vị\nLê Hòa,P1\n", "column-missing"),
        ("mã,họ tên\nA,Lê Hòa\nA,Đỗ Ân\n", "code-twice"),
        ("mã,họ tên\n", "no-people"),
    ],
)
def test_a_table_of_people_that_cannot_serve_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(Unusable) as refusal:
        load_roster(write(tmp_path, "people.csv", text))
    assert [one.code for one in refusal.value.findings] == [code]


def test_people_read_every_column_they_name() -> None:
    refs = [Ref(name, Level.OWN, name) for name in "abcd"]
    assert People((refs[0],), (refs[1],), (refs[2],), refs[3]).refs == tuple(refs)
