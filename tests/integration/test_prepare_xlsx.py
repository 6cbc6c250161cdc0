"""Spreadsheets as offices write them: what comes out of real shapes, and what hostile ones are refused for."""

import csv
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import real_sheets
from hostile_sheets import GOOD, HEADER, HOSTILE, packed, parts, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from real_sheets import PEOPLE, REAL, Told

from congtam.engine.clock_rule import ClockRule
from congtam.engine.facts.fold import fold
from congtam.engine.facts.item_clock import Clocks
from congtam.engine.facts.store import read_facts
from congtam.engine.findings import Unusable
from congtam.engine.working_time import Calendar
from congtam.files import Report, load_mapping, mapping_path, prepare, read_mapping

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def at_home(instant: datetime) -> str:
    """An instant as people here write it, without the hour at midnight."""
    local = instant.astimezone(HERE)
    return f"{local:%Y-%m-%d}" if (local.hour, local.minute) == (0, 0) else f"{local:%Y-%m-%d %H:%M}"


def people(folder: Path) -> Path:
    (folder / "can-bo.csv").write_text(PEOPLE, encoding="utf-8")
    return folder / "can-bo.csv"


@pytest.mark.parametrize("build", REAL, ids=[build.__name__ for build in REAL])
def test_a_real_shape_gives_its_rows(tmp_path: Path, build: Callable[[Path], Told]) -> None:
    told = build(tmp_path / "so.xlsx")
    mapping = load_mapping(mapping_path(Path(told.mapping)), people(tmp_path))
    report = prepare([tmp_path / "so.xlsx"], mapping, tmp_path / "out", NOW)
    assert report.adds_up
    assert items(tmp_path / "out") == {item[0]: item[1:] for item in told.items}
    assert dict(report.left_out) == told.left_out
    assert set_aside(tmp_path / "out") == told.set_aside
    assert {one.code for one in report.warnings} >= told.warnings
    about = {e.item: e.attributes for e in read_facts(tmp_path / "out").events if e.activity == "registered"}
    for item, expected in told.attributes.items():
        assert expected.items() <= about[item].items()


def test_what_supporters_did_is_shared_out_by_the_fold(tmp_path: Path) -> None:
    """The spreadsheet does not say how much each did, and nothing is invented for it."""
    real_sheets.tasks_with_names_in_one_cell(tmp_path / "so.xlsx")
    mapping = load_mapping(mapping_path(Path("theo_doi_nhiem_vu")), people(tmp_path))
    prepare([tmp_path / "so.xlsx"], mapping, tmp_path / "out", NOW)
    hours = {"day": (timedelta(hours=8), timedelta(hours=17))}
    calendar = Calendar("plain", frozenset(range(5)), hours, 60, date(2024, 1, 1), date(2030, 1, 1), {})
    rule = ClockRule("given", {"vi": "hạn đã giao", "en": "given deadline"}, "working_days")
    work = fold(read_facts(tmp_path / "out").events, NOW, clocks=Clocks(calendar, lambda *_: rule))
    shares = {(share.item, share.official): (share.role, share.weight) for share in work.shares}
    assert shares["A1", "CB05"] == ("lead", 333_334)
    assert shares["A1", "CB02"] == shares["A1", "CB04"] == ("support", 333_333)
    assert work.findings == ()


def test_names_in_a_text_file_become_codes_too(tmp_path: Path) -> None:
    people(tmp_path)
    (tmp_path / "list.csv").write_text(
        "Mã;Nhận;Người;Phòng\n"
        "1;2026-03-02;Nguyễn Văn An (CT), Lê Hòa;Phòng Kinh tế\n"
        "2;2026-03-02;Nguyễn Văn An;\n"
        '3;2026-03-02;"Lê Hòa\nĐỗ Ân";\n',
        encoding="utf-8",
    )
    text = """
source: {format: csv, delimiter: ";"}
item: event
key: Mã
received: Nhận
people: {from: Người, unit: Phòng, table: can-bo.csv}
"""
    mapping = read_mapping(text, str(tmp_path / "mapping.yaml"))
    assert prepare([tmp_path / "list.csv"], mapping, tmp_path / "out", NOW).adds_up
    assert {item: found[3] for item, found in items(tmp_path / "out").items()} == {
        "1": (("CB03", "lead"), ("CB04", "support")),
        "3": (("CB04", "lead"), ("CB06", "support")),
    }
    assert set_aside(tmp_path / "out") == {2: "namesakes"}


def test_a_finish_by_day_is_not_before_a_receipt_by_hour_on_that_day(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("D1", "02/03/2026 08:15", "05/03/2026", "02/03/2026"),
        ("D2", "02/03/2026 08:15", "05/03/2026", "01/03/2026"),
        ("D3", "02/03/2026 08:15", "05/03/2026", "02/03/2026 08:14"),
    ]
    make(tmp_path, ("Sổ", "visible", rows))
    run(tmp_path, PLAIN.replace("[DD/MM/YYYY]", "[DD/MM/YYYY, DD/MM/YYYY hh:mm]"))
    assert items(tmp_path / "out")["D1"][2] == "2026-03-02 08:15"
    assert set_aside(tmp_path / "out") == {3: "finished-before-received", 4: "finished-before-received"}


PLAIN = """
source: {format: xlsx}
item: event
key: Mã hồ sơ
time: {formats: [DD/MM/YYYY]}
received: Ngày tiếp nhận
due: Ngày hẹn trả
finished: Ngày trả
"""


def run(folder: Path, mapping: str = PLAIN) -> Report:
    report = prepare([folder / "so.xlsx"], read_mapping(mapping), folder / "out", NOW)
    assert report.adds_up
    return report


@pytest.mark.parametrize("build", HOSTILE, ids=[build.__name__ for build in HOSTILE])
def test_a_hostile_workbook_is_refused_with_its_reason(tmp_path: Path, build: Callable[[Path], str]) -> None:
    code = build(tmp_path / "so.xlsx")
    assert (tmp_path / "so.xlsx").stat().st_size < 400_000
    with pytest.raises(Unusable) as refusal:
        run(tmp_path)
    assert [one.code for one in refusal.value.findings] == [code]
    assert all(one.advice and one.place.file == "so.xlsx" for one in refusal.value.findings)
    assert not (tmp_path / "out").exists()


def items(out: Path) -> dict[str, tuple[object, ...]]:
    received, due, finished = dict[str, str](), dict[str, str](), dict[str, str]()
    shares = defaultdict[str, list[tuple[str, str]]](list)
    for event in read_facts(out).events:
        if event.activity == "registered":
            received[event.item] = at_home(event.at)
        elif event.activity == "due":
            due[event.item] = at_home(datetime.fromisoformat(event.value or ""))
        elif event.activity == "finished":
            finished[event.item] = at_home(event.at)
        elif event.activity == "assigned":
            shares[event.item].append((event.official or "", event.attributes["role"]))
    return {item: (received[item], due.get(item), finished.get(item), tuple(shares[item])) for item in received}


def set_aside(out: Path) -> dict[int, str]:
    """The code of the first reason by row."""
    path = out / "intake" / "set_aside.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {int(row["row"]): row["reason"].split("[")[1].split("]")[0] for row in csv.DictReader(file)}


def make(folder: Path, *sheets: tuple[str, str, list[tuple[object, ...]]]) -> None:
    """A workbook of sheets given as (name, state, rows)."""
    made = Workbook()
    for name, state, rows in sheets:
        page = made.create_sheet(name)
        page.sheet_state = state
        for row in rows:
            page.append(row)
    del made["Sheet"]
    made.save(folder / "so.xlsx")


def refused(folder: Path, mapping: str = PLAIN) -> list[str]:
    with pytest.raises(Unusable) as refusal:
        run(folder, mapping)
    return [f"{one.code}: {one.message} {one.advice}" for one in refusal.value.findings]


TABLE: list[tuple[object, ...]] = [HEADER, GOOD]


def test_the_only_visible_sheet_that_holds_anything_is_read(tmp_path: Path) -> None:
    make(tmp_path, ("Bìa", "visible", []), ("Sổ", "visible", TABLE), ("Cũ", "hidden", [*TABLE, ("D2", *GOOD[1:])]))
    assert run(tmp_path).items == 1


def test_a_hidden_sheet_is_read_only_by_its_name_and_that_is_told(tmp_path: Path) -> None:
    make(tmp_path, ("Bìa", "visible", []), ("Cũ", "veryHidden", TABLE))
    assert "show the hidden sheet, or name it under source: sheet: 'Cũ'" in refused(tmp_path)[0]
    report = run(tmp_path, PLAIN.replace("xlsx", "xlsx, sheet: Cũ"))
    assert (report.items, [one.code for one in report.warnings]) == (1, ["hidden-sheet"])


def test_a_sheet_that_is_not_there_is_refused_with_the_ones_that_are(tmp_path: Path) -> None:
    make(tmp_path, ("Quý I", "visible", TABLE), ("Quý II", "visible", TABLE))
    assert "'Quý I', 'Quý II'" in refused(tmp_path)[0]
    assert "did you mean 'Quý II'?" in refused(tmp_path, PLAIN.replace("xlsx", "xlsx, sheet: Quý III"))[0]


def test_a_missing_column_is_told_with_what_the_header_has(tmp_path: Path) -> None:
    make(tmp_path, ("Sổ", "visible", [("SỔ HỒ SƠ",), ("Mã hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả KQ"), GOOD[:3]]))
    no_end = PLAIN.replace("finished: Ngày trả\n", "")
    assert refused(tmp_path, no_end) == [
        "column-missing: there is no column 'Ngày hẹn trả' in so.xlsx did you mean 'Ngày hẹn trả KQ'? "
        "known: Ngày hẹn trả KQ; if it is one of these, say so under source: also: {Ngày hẹn trả: […]}"
    ]


def test_a_sheet_without_the_header_is_refused(tmp_path: Path) -> None:
    make(tmp_path, ("Sổ", "visible", [("a", "b"), (1, 2)]))
    assert refused(tmp_path)[0].startswith("header-missing: no row of the sheet 'Sổ' names the columns")


def test_the_header_can_be_stated(tmp_path: Path) -> None:
    """The first of two headers with the same names is only an example of how to fill in the sheet."""
    example = ("VD", "01/01/2026", "02/01/2026", "02/01/2026")
    make(tmp_path, ("Sổ", "visible", [HEADER, example, (), HEADER, GOOD]))
    assert run(tmp_path, PLAIN.replace("xlsx", "xlsx, header: 4")).items == 1
    assert refused(tmp_path, PLAIN.replace("xlsx", "xlsx, header: 90"))[0].startswith("header-missing")


def test_formulas_that_were_never_computed_are_set_aside_where_they_are_read(tmp_path: Path) -> None:
    rows = [(*HEADER, "Còn lại"), (*GOOD, "=C2-D2"), ("D2", "02/03/2026", "=B3+5", None, "=C3-D3")]
    make(tmp_path, ("Sổ", "visible", rows))
    report = run(tmp_path)
    assert (report.items, set_aside(tmp_path / "out")) == (1, {3: "formula-without-value"})
    assert "Ngày hẹn trả (C3) is a formula" in report.first_set_aside[0].message
    assert [one.message for one in report.warnings] == [
        "formulas in the sheet 'Sổ': 3; their values as saved were used"
    ]


def test_a_row_is_mended_and_replayed_in_its_place(tmp_path: Path) -> None:
    make(tmp_path, ("Sổ", "visible", [("SỔ",), HEADER, GOOD, ("D2", "31/02/2026", "09/03/2026", None)]))
    assert set_aside(run(tmp_path) and tmp_path / "out") == {4: "unreadable-date"}
    mended = tmp_path / "mended.csv"
    text = (tmp_path / "out" / "intake" / "set_aside.csv").read_text(encoding="utf-8-sig")
    mended.write_text(text.replace('""Ngày tiếp nhận"": ""31/02/2026""', '""Ngày tiếp nhận"": ""28/02/2026""'))
    report = prepare([tmp_path / "so.xlsx", mended], read_mapping(PLAIN), tmp_path / "again", NOW)
    assert (report.items, report.rows_set_aside, report.rows_repaired) == (2, 0, 1)
    assert {event.source for event in read_facts(tmp_path / "again").events} == {"so.xlsx#row=3", "so.xlsx#row=4"}


def test_a_set_aside_file_saved_as_a_workbook_is_told_apart(tmp_path: Path) -> None:
    make(tmp_path, ("set_aside", "visible", [("file", "row", "reason", "advice", "cells"), ("a", 1, "b", "c", "{}")]))
    assert refused(tmp_path)[0].startswith("set-aside-as-workbook")


def test_links_to_other_workbooks_are_told(tmp_path: Path) -> None:
    packed(tmp_path / "so.xlsx", {**parts(texts(HEADER, GOOD)), "xl/externalLinks/externalLink1.xml": "<x/>"})
    report = run(tmp_path)
    assert (report.items, [one.code for one in report.warnings]) == (1, ["linked-workbooks"])


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"word/document.xml": "<x/>"}, "not-xlsx: this is a Word document"),
        ({"content.xml": "<x/>"}, "not-xlsx: this is an OpenDocument file (.ods)"),
        ({"xl/workbook.bin": "x"}, "not-xlsx: this is a binary workbook (.xlsb)"),
        ({"a.csv": "x"}, "not-xlsx: this is a zip archive"),
        ({"xl/workbook.xml": "<x", "xl/_rels/workbook.xml.rels": "<x/>"}, "zip-damaged"),
        ({"xl/workbook.xml": "<x/>", "xl/_rels/workbook.xml.rels": "<x/>"}, "zip-damaged"),
        (parts("<worksheet><sheetData><row><c><v>1</v>"), "sheet-broken"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, made: dict[str, str], said: str) -> None:
    packed(tmp_path / "so.xlsx", made)
    assert refused(tmp_path)[0].startswith(said)


def test_a_text_under_the_name_of_a_workbook_is_refused_with_the_mapping_to_take(tmp_path: Path) -> None:
    (tmp_path / "so.xlsx").write_text("Mã hồ sơ,Ngày tiếp nhận\n")
    assert "take a mapping for csv" in refused(tmp_path)[0]
    make(tmp_path, ("Sổ", "visible", TABLE))
    assert "take a mapping for xlsx" in refused(tmp_path, PLAIN.replace("xlsx", "csv"))[0]
    assert "take a mapping for xlsx" in refused(tmp_path, PLAIN.replace("xlsx", "parquet"))[0]


def test_a_row_below_the_signatures_is_still_read(tmp_path: Path) -> None:
    """Whatever looks like data is data: only what stands below the last such row may be signatures."""
    rows = [HEADER, GOOD, (), ("Người lập biểu",), ("D2", *GOOD[1:]), ("Người lập biểu",), ("Lê Hòa",)]
    make(tmp_path, ("Sổ", "visible", rows))
    report = run(tmp_path)
    assert (report.items, set_aside(tmp_path / "out")) == (2, {})
    assert dict(report.left_out) == {"below-the-table": 3}


def test_progress_ends_with_the_whole_file(tmp_path: Path) -> None:
    make(tmp_path, ("Sổ", "visible", TABLE))
    told: list[tuple[int, int]] = []
    prepare(
        [tmp_path / "so.xlsx"],
        read_mapping(PLAIN),
        tmp_path / "out",
        NOW,
        lambda now: told.append((now.bytes_read, now.bytes_total)),
    )
    size = (tmp_path / "so.xlsx").stat().st_size
    assert told[-1] == (size, size)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage_to_a_workbook_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Bytes are changed within a part, so that the archive itself stays whole, or in the archive."""
    folder = tmp_path_factory.mktemp("fuzz")
    made: dict[str, str | bytes] = {**parts(texts(HEADER, GOOD, ("D2", *GOOD[1:])))}
    within = data.draw(st.sampled_from([None, *made]))
    if within is not None:
        made[within] = damaged(str(made[within]).encode(), data)
    packed(folder / "so.xlsx", made)
    if within is None:
        (folder / "so.xlsx").write_bytes(damaged((folder / "so.xlsx").read_bytes(), data))
    try:
        run(folder)
    except Unusable as refused:
        assert all(finding.advice for finding in refused.findings)
        assert not (folder / "out").exists()


def damaged(whole: bytes, data: st.DataObject) -> bytes:
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    return bytes(changed)
