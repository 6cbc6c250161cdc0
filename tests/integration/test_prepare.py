"""From files to tables: what is written, what is set aside, that counts add up, and that it is all or nothing."""

import csv
import gzip
import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congtam.engine.facts.store import read_facts
from congtam.engine.facts.tables import Event
from congtam.engine.findings import Unusable
from congtam.files import Progress, Report, prepare, propose, read_mapping

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LIST = """
source: {format: csv}
item: event
key: Mã
time: {formats: [DD/MM/YYYY hh:mm, DD/MM/YYYY], due_day_until: "17:00"}
received: Nhận
due: Hạn
finished: Trả
official: Cán bộ
unit_name: Tên phòng
attributes: {kind: {always: dossier}, unit: Phòng, channel: {from: Kênh, codes: {Mạng: online, Quầy: counter}}}
"""
HEADER = "Mã,Nhận,Hạn,Trả,Cán bộ,Phòng,Tên phòng,Kênh\n"
GOOD = "H1,02/03/2026 08:00,05/03/2026,04/03/2026 10:30,CB1,P1,Phòng Một,Mạng\n"
CASES = """
source: {format: csv}
item: case
key: case
received: in
finished: {first: [out, {latest: time, where: {what: [close]}}]}
attributes: {unit: unit}
steps: {at: time, what: what, official: who}
"""
CASE_HEADER = "case,in,out,unit,time,what,who\n"
CASE_ROWS = [
    f"{case},2026-03-0{day},{out},P{day},2026-03-{10 + step}T08:00:00+07:00,{what},R{step}\n"
    for case, day, out in (("A", 1, ""), ("B", 2, "2026-03-20"), ("C", 3, ""))
    for step, what in enumerate(("open", "work", "close"))
]


def write(folder: Path, text: str | bytes, name: str = "list.csv") -> Path:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder / name


def run(folder: Path, text: str | bytes, mapping: str = LIST, name: str = "list.csv") -> tuple[Report, Path]:
    out = folder / "out"
    report = prepare([write(folder, text, name)], read_mapping(mapping), out, NOW)
    assert report.adds_up
    assert report.events == len(read_facts(out).events)
    return report, out


def events(out: Path) -> tuple[Event, ...]:
    return read_facts(out).events


def set_aside(out: Path) -> list[dict[str, str]]:
    with (out / "intake" / "set_aside.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def local(*parts: int) -> datetime:
    """Vietnamese time as UTC."""
    return datetime.fromisoformat("{}-{:02}-{:02}T{:02}:{:02}+07:00".format(*parts)).astimezone(UTC)


def test_one_row_becomes_one_item(tmp_path: Path) -> None:
    report, out = run(tmp_path, HEADER + GOOD)
    received, source = local(2026, 3, 2, 8, 0), "list.csv#row=1"
    about = {"kind": "dossier", "unit": "P1", "channel": "online"}
    assert events(out) == (
        Event(1, NOW, "H1", received, "registered", unit="P1", attributes=about, source=source),
        Event(2, NOW, "H1", received, "due", value="2026-03-05T10:00:00Z", source=source),
        Event(3, NOW, "H1", received, "assigned", official="CB1", unit="P1",
              attributes={"role": "lead", "weight": "1"}, source=source),
        Event(4, NOW, "H1", local(2026, 3, 4, 10, 30), "finished", source=source),
    )  # fmt: skip
    assert [(name.code, name.kind, name.text) for name in read_facts(out).names] == [("P1", "unit", "Phòng Một")]
    assert (report.rows_read, report.items) == (1, 1)
    assert json.loads((out / "intake" / "report.json").read_text())["rows_used"] == 1
    assert (out / "intake" / "mapping.yaml").read_text() == LIST
    assert not (out / "intake" / "set_aside.csv").exists()


def test_names_written_in_either_normal_form_are_the_same(tmp_path: Path) -> None:
    nfd = HEADER.replace("Mã", "Ma\u0303") + GOOD.replace("Mạng", "Ma\u0323ng").replace("P1", "Pho\u0300ng")
    _, out = run(tmp_path, nfd)
    assert events(out)[0].attributes == {"kind": "dossier", "unit": "Phòng", "channel": "online"}


BROKEN = [
    (GOOD.replace("H1", " "), "missing-key"),
    (GOOD.replace("02/03/2026 08:00", ""), "missing-receipt"),
    (GOOD.replace("02/03/2026 08:00", "31/02/2026 08:00"), "unreadable-date"),
    (GOOD.replace("05/03/2026", "tuần sau"), "unreadable-date"),
    (GOOD.replace("04/03/2026", "01/01/1900"), "finished-before-received"),
    (GOOD.replace("Mạng", "Fax"), "unknown-code"),
    (GOOD.replace("H1", "H0"), "duplicate-key"),
    ("H1,02/03/2026\n", "cell-count"),
    (GOOD.replace("P1", "\0"), "nul"),
]


@pytest.mark.parametrize(("row", "code"), BROKEN, ids=[code for _, code in BROKEN])
def test_set_aside_then_mended_and_replayed(tmp_path: Path, row: str, code: str) -> None:
    first = GOOD.replace("H1", "H0")
    report, out = run(tmp_path, HEADER + first + row)
    assert dict(report.set_aside) == {code: 1}
    assert (report.rows_read, report.rows_used, report.items) == (2, 1, 1)
    (line,) = set_aside(out)
    assert (line["file"], line["row"]) == ("list.csv", "2")
    assert line["reason"].endswith(f"[{code}]")
    assert line["advice"]
    assert str(report.first_set_aside[0].place) == "list.csv, row 2"

    mended = _mend(out, json.loads(line["cells"]))
    again = prepare([tmp_path / "list.csv", mended], read_mapping(LIST), tmp_path / "out2", NOW)
    assert (again.rows_read, again.rows_used, again.rows_repaired) == (2, 2, 1)
    assert [event.source for event in events(tmp_path / "out2")][4:] == ["list.csv#row=2"] * 4


def _mend(out: Path, cells: dict[str, Any]) -> Path:
    """What a person would do: write the right values into the cells, or the line."""
    right = dict(zip(HEADER.strip().split(","), GOOD.strip().split(","), strict=True))
    better = {"#line": GOOD.strip()} if "#line" in cells else right
    path = out / "intake" / "set_aside.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    rows[1][4] = json.dumps(better, ensure_ascii=False)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)  # as a Vietnamese Excel saves it
    return path


def test_undecodable_rows_are_kept_byte_for_byte(tmp_path: Path) -> None:
    row = GOOD.encode().replace("Phòng".encode(), b"Ph\xf2ng")
    report, out = run(tmp_path, HEADER.encode() + row + GOOD.encode())
    assert dict(report.set_aside) == {"not-decodable": 1}
    line = json.loads(set_aside(out)[0]["cells"])["#line"]
    assert line.encode("utf-8", "surrogateescape") == row.rstrip(b"\n")


def test_a_repair_that_is_wrong_or_finds_no_row_is_refused(tmp_path: Path) -> None:
    data = write(tmp_path, HEADER + GOOD)
    head = "file,row,reason,advice,cells\n"
    for text, code in (
        ("other.csv,1,r,a,{}\n", "repair-without-row"),
        ("list.csv,9,r,a,{}\n", "repair-without-row"),
        ("list.csv,1,r,a,{\n", "bad-repair"),
        ("list.csv,1,r,a,[]\n", "bad-repair"),
        ("list.csv,1,r,a,{}\nlist.csv,1,r,a,{}\n", "bad-repair"),
    ):
        with pytest.raises(Unusable, match=code):
            prepare([data, write(tmp_path, head + text, "mended.csv")], read_mapping(LIST), tmp_path / "out", NOW)
        assert not (tmp_path / "out").exists()


def test_a_line_mended_wrongly_is_set_aside_again(tmp_path: Path) -> None:
    report, out = run(tmp_path, HEADER + "x\n" + 'H2,"y\n')
    assert dict(report.set_aside) == {"cell-count": 1, "not-csv": 1}
    files = [tmp_path / "list.csv", out / "intake" / "set_aside.csv"]
    again = prepare(files, read_mapping(LIST), tmp_path / "out2", NOW)
    assert dict(again.set_aside) == {"cell-count": 1, "not-csv": 1}
    assert again.rows_repaired == 2


@pytest.mark.parametrize(("due", "instant"), [("2026-03-05", "10:00"), ("2026-03-05T00:00", "17:00")])
def test_a_due_day_lasts_until_the_agreed_hour_but_an_hour_that_is_given_stands(
    tmp_path: Path, due: str, instant: str
) -> None:
    mapping = LIST.replace("formats: [", "formats: [iso, ")
    _, out = run(tmp_path, HEADER + GOOD.replace("05/03/2026", due), mapping)
    day = "2026-03-05" if instant == "10:00" else "2026-03-04"  # 17:00 in Vietnam; midnight in Vietnam
    assert [event.value for event in events(out) if event.activity == "due"] == [f"{day}T{instant}:00Z"]


def test_a_doubtful_row_may_be_kept_and_is_shown(tmp_path: Path) -> None:
    keep = LIST + "sanity: {finished_before_received: keep}\n"
    report, out = run(tmp_path, HEADER + GOOD.replace("04/03/2026", "01/01/1900"), keep)
    assert (report.rows_used, dict(report.kept)) == (1, {"finished-before-received": 1})
    assert "finished-before-received" in (out / "intake" / "kept.csv").read_text()


def test_rows_not_asked_for_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = GOOD + GOOD.replace("H1", "H2").replace("P1", "P2") + GOOD.replace("H1", "H3").replace("P1", "")
    report, _ = run(tmp_path, HEADER + rows, LIST + "only_when: {Phòng: [P1], Mã: filled}\n")
    assert (report.rows_read, report.rows_used, report.rows_left_out) == (3, 1, 2)
    assert dict(report.left_out) == {"Phòng is not as asked for": 2}


def test_due_by_a_clock(tmp_path: Path) -> None:
    clock = "due: {clock: {unit: working_days, budget: {from: Kênh, codes: {Mạng: 3, Quầy: ~}}}}"
    rows = GOOD + GOOD.replace("H1", "H2").replace("Mạng", "Quầy")
    _, out = run(tmp_path, HEADER + rows, LIST.replace("due: Hạn", clock))
    dues = [event for event in events(out) if event.activity == "due"]
    assert [(event.item, event.value) for event in dues] == [("H1", "2026-03-05T10:00:00Z")]  # Monday + 3, at 17:00
    fixed = clock.replace("{from: Kênh, codes: {Mạng: 3, Quầy: ~}}", "3")
    report = prepare([tmp_path / "list.csv"], read_mapping(LIST.replace("due: Hạn", fixed)), tmp_path / "fixed", NOW)
    assert report.events == 8
    words = LIST.replace("due: Hạn", "due: {clock: {unit: working_days, budget: Phòng}}")
    report = prepare([tmp_path / "list.csv"], read_mapping(words), tmp_path / "words", NOW)
    assert dict(report.set_aside) == {"bad-number": 2}


def test_all_faults_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    mapping = LIST.replace("unit: Phòng", "coefficient: Phòng")
    bad = GOOD.replace("02/03/2026 08:00", "31/02/2026").replace("05/03/2026", "mai").replace("P1", "nhiều")
    report, out = run(tmp_path, HEADER + GOOD.replace("P1", "1") + bad.replace("Mạng", "Fax"), mapping)
    assert dict(report.set_aside) == {"unreadable-date": 1}
    codes = [finding.code for finding in report.first_set_aside]
    assert sorted(codes) == ["bad-number", "duplicate-key", "unknown-code", "unreadable-date", "unreadable-date"]
    (line,) = set_aside(out)
    assert all(text in line["reason"] for text in ("31/02/2026", "mai", "nhiều", "Fax", "H1"))
    assert line["advice"].count("mend the date") == 1


def test_a_case_tells_every_contradiction(tmp_path: Path) -> None:
    rows = [CASE_ROWS[0], CASE_ROWS[1].replace("P1", "P9").replace("2026-03-01", "2026-03-02")]
    report, _ = run(tmp_path, CASE_HEADER + "".join(rows), CASES)
    assert dict(report.set_aside) == {"contradiction": 2}
    assert [finding.code for finding in report.first_set_aside] == ["contradiction"] * 4


@pytest.mark.parametrize(
    ("decimal", "written", "kept"),
    [
        (",", "1,5", "1.5"),
        (",", "2", "2"),
        (",", "1.5", None),
        (",", "K", "1.25"),
        (".", "1.5", "1.5"),
        (".", "1,5", None),
    ],
)
def test_the_decimal_mark_is_as_the_mapping_says(tmp_path: Path, decimal: str, written: str, kept: str | None) -> None:
    how = "coefficient: {from: Phòng, codes: {K: 1.25}, otherwise: keep}"
    mapping = LIST.replace("unit: Phòng", how) + f'numbers: {{decimal: "{decimal}"}}\n'
    report, out = run(tmp_path, HEADER + GOOD.replace("P1", f'"{written}"'), mapping)
    assert [event.attributes["coefficient"] for event in events(out)[:1]] == ([kept] if kept else [])
    assert dict(report.set_aside) == ({} if kept else {"bad-number": 1})


def test_a_log_under_a_mapping_for_lists_or_the_other_way_round(tmp_path: Path) -> None:
    log, data = write(tmp_path, as_log(CASE_ROWS), "log.xes"), write(tmp_path, CASE_HEADER + CASE_ROWS[0])
    utf16 = write(tmp_path, ('<?xml version="1.0"?>' + as_log(CASE_ROWS)).encode("utf-16"), "log16.xes")
    for file, mapping in ((log, CASES), (utf16, CASES), (data, CASES.replace("csv", "xes"))):
        with pytest.raises(Unusable) as raised:
            prepare([file], read_mapping(mapping), tmp_path / "out", NOW)
        assert [finding.code for finding in raised.value.findings] == ["other-format"]
        assert raised.value.findings[0].place.file == file.name


def test_an_unknown_kind_is_warned_of(tmp_path: Path) -> None:
    report, _ = run(tmp_path, HEADER + GOOD, LIST.replace("dossier", "dosier"))
    assert [warning.code for warning in report.warnings] == ["unknown-kind"]


def test_an_out_that_cannot_be_written_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    data = write(tmp_path, HEADER + GOOD)
    for out in (data / "x", data / "x" / "y"):
        with pytest.raises(Unusable, match="out-unwritable"):
            prepare([data], read_mapping(LIST), out, NOW)
    with pytest.raises(Unusable, match="out-unwritable"):
        prepare([data], read_mapping(LIST), tmp_path / "deep" / ("long" * 100), NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_recorded_at_and_blank_words_and_numbers(tmp_path: Path) -> None:
    mapping = LIST.replace("unit: Phòng", "coefficient: Phòng").replace("unit_name: Tên phòng", "recorded_at: Hạn")
    rows = GOOD.replace("P1", "1.5") + GOOD.replace("H1", "H2").replace("P1", "N/A") + GOOD.replace("H1", "H3")
    report, out = run(tmp_path, HEADER + rows, mapping + "blank: [N/A]\n")
    first, second = (event for event in events(out) if event.activity == "registered")
    assert (first.recorded_at, first.attributes["coefficient"]) == (local(2026, 3, 5, 0, 0), "1.5")
    assert "coefficient" not in second.attributes
    assert dict(report.set_aside) == {"bad-number": 1}


@pytest.mark.parametrize("chunk", [2, 1000])
def test_rows_of_a_case_are_brought_together_whatever_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr("congtam.files.grouping.grouped.__defaults__", (chunk,))
    rows = CASE_ROWS.copy()
    random.Random(7).shuffle(rows)
    report, out = run(tmp_path, CASE_HEADER + "".join(rows), CASES)
    finished = {event.item: event.at for event in events(out) if event.activity == "finished"}
    assert finished == {case: local(2026, 3, 12, 8, 0) for case in "AC"} | {"B": local(2026, 3, 20, 0, 0)}
    steps = {(event.item, event.value, event.official) for event in events(out) if event.activity == "step"}
    assert len(steps) == 9
    assert (report.rows_read, report.rows_used, report.items) == (9, 9, 3)
    sources = {event.source for event in events(out) if event.activity == "step"}
    assert sources == {f"list.csv#row={number}" for number in range(1, 10)}


def test_a_case_that_contradicts_itself_or_has_no_key_is_set_aside(tmp_path: Path) -> None:
    rows = [*CASE_ROWS, CASE_ROWS[0].replace("P1", "P9"), CASE_ROWS[3].replace("B,", ",", 1)]
    report, out = run(tmp_path, CASE_HEADER + "".join(rows), CASES)
    assert dict(report.set_aside) == {"contradiction": 4, "missing-key": 1}
    assert [line["row"] for line in set_aside(out)] == ["11", "1", "2", "3", "10"]
    assert "'P1' and 'P9'" in report.first_set_aside[1].message


def as_log(rows: list[str]) -> str:
    def tag(key: str, text: str) -> str:
        return f'<string key="{key}" value="{text}"/>' if text else ""

    names, traces = CASE_HEADER.strip().split(","), dict[str, str]()
    for row in rows:
        cells = dict(zip(names, row.strip().split(","), strict=True))
        head = "".join(tag(name, cells[name]) for name in names[:4])
        event = f"<event>{''.join(tag(name, cells[name]) for name in names[4:])}</event>"
        traces[cells["case"]] = traces.get(cells["case"], head) + event
    return f"<log>{''.join(f'<trace>{trace}</trace>' for trace in traces.values())}</log>"


def test_a_log_and_a_list_of_the_same_cases_give_the_same_events(tmp_path: Path) -> None:
    _, out = run(tmp_path, CASE_HEADER + "".join(CASE_ROWS), CASES)
    log = write(tmp_path, gzip.compress(as_log(CASE_ROWS).encode()), "log.xes.gz")
    report = prepare([log], read_mapping(CASES.replace("csv", "xes")), tmp_path / "log", NOW)
    assert (report.rows_read, report.warnings) == (3, [])

    def without_source(folder: Path) -> list[tuple[Any, ...]]:
        return [(e.seq, e.item, e.at, e.activity, e.official, e.unit, e.value) for e in events(folder)]

    assert without_source(tmp_path / "log") == without_source(out)
    sources = [event.source for event in events(tmp_path / "log")]
    assert sources[:3] == ["log.xes.gz#trace=1", "log.xes.gz#trace=1,event=1", "log.xes.gz#trace=1,event=2"]


def test_traces_and_events_of_a_log_can_be_mended(tmp_path: Path) -> None:
    log = write(tmp_path, as_log([row.replace("2026-03-02", "2 March") for row in CASE_ROWS]), "log.xes")
    mapping = read_mapping(CASES.replace("csv", "xes"))
    prepare([log], mapping, tmp_path / "out", NOW)
    (line,) = set_aside(tmp_path / "out")
    assert line["row"] == "trace=2"
    path = tmp_path / "out" / "intake" / "set_aside.csv"
    path.write_text(path.read_text().replace("2 March", "2026-03-02"))
    report = prepare([log, path], mapping, tmp_path / "again", NOW)
    assert (report.rows_used, report.rows_repaired) == (3, 1)
    path.write_text(path.read_text().replace('""events""', '""eve""'))
    report = prepare([log, path], mapping, tmp_path / "wrong", NOW)
    assert dict(report.set_aside) == {"missing-key": 1}


def test_an_item_per_event_of_a_log(tmp_path: Path) -> None:
    mapping = (
        "source: {format: xes}\nitem: event\nkey: ['#file', case.case, '#number']\nreceived: case.in\n"
        "finished: time\nofficial: who\ndue: never\nonly_when: {what: [work, close]}\n"
    )
    report, out = run(tmp_path, as_log(CASE_ROWS), mapping, "log.xes")
    assert (report.rows_read, report.rows_used, report.rows_left_out) == (9, 6, 3)
    assert {event.item for event in events(out)} >= {"log/A/2", "log/C/3"}
    assert events(out)[0].source == "log.xes#trace=1,event=2"
    (warning,) = report.warnings
    assert (warning.code, warning.place.line) == ("attribute-never-seen", 7)


def test_columns_a_file_does_not_have_are_all_named_with_their_line(tmp_path: Path) -> None:
    data = write(tmp_path, "Mã,Nhận,Han,Trả,Cán bộ,Phòng,Kênh,Kênh\n")
    with pytest.raises(Unusable) as raised:
        prepare([data], read_mapping(LIST, "m.yaml"), tmp_path / "out", NOW)
    found = {(finding.code, finding.place.line) for finding in raised.value.findings}
    assert found == {("column-missing", 7), ("column-missing", 10), ("column-twice", 11)}
    assert "did you mean 'Han'" in str(raised.value)
    with pytest.raises(Unusable, match="delimiter"):
        prepare([write(tmp_path, HEADER.replace(",", ";"))], read_mapping(LIST), tmp_path / "out", NOW)


def test_a_column_may_be_called_like_an_attribute_of_a_case(tmp_path: Path) -> None:
    mapping = "source: {format: csv}\nitem: case\nkey: case.id\nreceived: case.in\n"
    _, out = run(tmp_path, "case.id,case.in\nA,2026-03-02\n", mapping)
    assert events(out)[0].item == "A"


def test_nothing_is_left_behind_when_a_file_breaks_off(tmp_path: Path) -> None:
    rows = "".join(GOOD.replace("H1", f"H{number}") for number in range(20_000))
    data = write(tmp_path, gzip.compress((HEADER + rows).encode())[:-300], "list.csv.gz")
    with pytest.raises(Unusable, match="gzip-damaged"):
        prepare([data], read_mapping(LIST), tmp_path / "out", NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv.gz"]


def test_out_must_be_new_or_empty(tmp_path: Path) -> None:
    data, mapping = write(tmp_path, HEADER + GOOD), read_mapping(LIST)
    (tmp_path / "empty").mkdir()
    prepare([data], mapping, tmp_path / "empty", NOW)
    for out in (tmp_path / "empty", data):
        with pytest.raises(Unusable, match="out-not-empty"):
            prepare([data], mapping, out, NOW)
    assert read_facts(tmp_path / "empty").events


def test_files_that_cannot_be_told_apart_or_are_none(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    one, two = write(tmp_path, HEADER), write(tmp_path / "sub", HEADER)
    with pytest.raises(Unusable, match="same-name"):
        prepare([one, two], read_mapping(LIST), tmp_path / "out", NOW)
    with pytest.raises(Unusable, match="no-files"):
        prepare([], read_mapping(LIST), tmp_path / "out", NOW)
    with pytest.raises(ValueError, match="offset"):
        prepare([one], read_mapping(LIST), tmp_path / "out", NOW.replace(tzinfo=None))


def test_progress_grows_to_the_end_and_counts_are_kept_per_file(tmp_path: Path) -> None:
    one = write(tmp_path, HEADER + "".join(GOOD.replace("H1", f"A{n}") for n in range(6000)), "one.csv")
    two = write(tmp_path, HEADER + GOOD + "x\n", "two.csv")
    told: list[Progress] = []
    report = prepare([one, two], read_mapping(LIST), tmp_path / "out", NOW, told.append)
    assert [sign.file for sign in told] == ["one.csv", "one.csv", "two.csv"]
    assert [sign.rows_read for sign in told] == [5000, 6000, 6002]
    assert told[-1].bytes_read == told[-1].bytes_total == one.stat().st_size + two.stat().st_size
    counts = [(file.file, file.rows_read, file.rows_used, file.rows_set_aside) for file in report.files]
    assert counts == [("one.csv", 6000, 6000, 0), ("two.csv", 2, 1, 1)]


def test_the_how_to_is_true(tmp_path: Path) -> None:
    """Its worked example is played through as a reader would."""
    text = (Path(__file__).parents[2] / "docs" / "how-to" / "map-a-log.md").read_text(encoding="utf-8")
    block = {kind: text.split(f"```{kind}\n")[1].split("```")[0] for kind in ("csv", "yaml")}
    data = write(tmp_path, block["csv"], "mot-cua.csv")
    assert propose([data]) == block["yaml"]
    mapping = read_mapping(block["yaml"].replace('"23:59:59"', '"17:00"'))
    report = prepare([data], mapping, tmp_path / "tables", NOW)
    assert (report.rows_read, report.rows_used, report.rows_set_aside) == (6, 3, 3)
    found = (tmp_path / "tables" / "intake" / "set_aside.csv").read_text(encoding="utf-8-sig")
    for line in set_aside(tmp_path / "tables"):
        told = line["reason"].split(" as the mapping")[0]
        assert f"| {line['row']} | {told}".removesuffix(" ") in text
    for wrong, right in (
        ('""31/02/2026', '""28/02/2026'),
        ('""05/02/2026 09:00', '""12/02/2026 09:00'),
        (";Tư pháp", ";Tư pháp;CB05;Trực tuyến;Chứng thực"),
    ):
        assert wrong in found
        found = found.replace(wrong, right)
    again = prepare([data, write(tmp_path, found, "mended.csv")], mapping, tmp_path / "tables2", NOW)
    assert (again.rows_read, again.rows_used, again.rows_repaired) == (6, 6, 3)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"H", GOOD.encode()]), max_size=30))
def test_any_bytes_are_used_or_set_aside(tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]) -> None:
    run(tmp_path_factory.mktemp("fuzz"), HEADER.encode() + b"".join(pieces))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage_to_a_log_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    log = bytearray(as_log(CASE_ROWS).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        log[data.draw(st.integers(0, len(log) - 1))] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.mktemp("fuzz")
    try:
        run(folder, bytes(log), CASES.replace("csv", "xes"), "log.xes")
    except Unusable as refused:
        assert all(finding.advice for finding in refused.findings)
        assert not (folder / "out").exists()
