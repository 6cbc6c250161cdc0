"""Mappings: what they may say, and that a wrong one is refused with every finding and its line."""

from datetime import time
from pathlib import Path

import pytest

from congtam.engine.findings import Severity, Unusable
from congtam.files import load_mapping, read_mapping
from congtam.files.instants import Pattern
from congtam.files.mapping import Clock, Instant, Level, Mapping

EXAMPLES = Path(__file__).parents[2] / "examples" / "mappings"
LEAST = "source: {format: csv}\nitem: event\nkey: id\nreceived: in\n"
LEAST_CASE = "source: {format: xes}\nitem: case\nkey: id\nreceived: in\n"


def findings(text: str) -> list[tuple[str, int | None]]:
    with pytest.raises(Unusable) as raised:
        read_mapping(text, "m.yaml")
    assert all(finding.advice and finding.place.file == "m.yaml" for finding in raised.value.findings)
    return [(finding.code, finding.place.line) for finding in raised.value.findings]


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.name)
def test_shipped_mappings_are_sound(path: Path) -> None:
    assert load_mapping(path).title


def test_defaults() -> None:
    mapping = read_mapping(LEAST)
    assert (mapping.source.delimiter, mapping.source.encoding) == (",", "utf-8")
    assert mapping.times.zone.key == "Asia/Ho_Chi_Minh"
    assert mapping.times.due_day_until == time(23, 59, 59)
    assert not mapping.keep_finished_before_received


def test_everything_a_mapping_may_say() -> None:
    mapping = read_mapping(
        LEAST_CASE.replace("key: id", 'key: ["#file", case.id]')
        + """
finished: {first: [done, {latest: time, where: {name: [close, 12, true]}}]}
due: {clock: {unit: calendar_days, budget: {from: kind, codes: {a: 56}, otherwise: blank}, last_day_off: stays}}
only_when: {state: [x], done: filled}
steps: {at: time, what: event.name}
blank: [UNKNOWN]
attributes: {unit: {always: 7}, channel: {from: c, codes: {X: ~, Y: online}, otherwise: keep}}
"""
    )
    assert isinstance(mapping.finished, Instant)
    own, latest = mapping.finished.choices
    assert (own.take, latest.take, latest.ref.level) == ("own", "latest", Level.EVENT)
    assert latest.where[0].values == {"close", "12", "true"}
    assert isinstance(mapping.due, Clock)
    assert mapping.due.rule.budget is None
    assert mapping.due.budget_from is not None
    assert mapping.attributes["unit"].always == "7"
    assert mapping.attributes["channel"].codes == {"X": None, "Y": "online"}
    assert {ref.text for ref in mapping.refs()} >= {"case.id", "done", "kind", "c", "state", "event.name"}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("colour: red", "unknown-key"),
        ("key: again", "duplicate-key"),
        ("time: {zone: Mars/Base}", "bad-zone"),
        ("time: {formats: [DD/MM]}", "bad-format"),
        ("time: {formats: [DD/MM/YYYY hh:MM]}", "bad-format"),
        ("time: {formats: ['%d/%m/%Y']}", "bad-format"),
        ("time: {due_day_until: noon}", "bad-hour"),
        ("time: [iso]", "not-a-block"),
        ("attributes: {colour: c}", "unknown-key"),
        ("attributes: {unit: {from: c, always: d}}", "unclear-value"),
        ("attributes: {unit: {from: c, codes: [a]}}", "not-a-block"),
        ("attributes: {unit: {from: c, codes: {a: b}, otherwise: drop}}", "unknown-word"),
        ("attributes: {unit: [[c]]}", "not-a-name"),
        ("official: '#line'", "unknown-name"),
        ("only_when: done", "not-a-block"),
        ("only_when: {done: {a: b}}", "not-a-text"),
        ("sanity: {finished_before_received: drop}", "unknown-word"),
        ("due: {clock: {unit: fortnights, budget: 1}}", "clock-bad-rule"),
        ("due: {clock: {unit: working_days, budget: -1}}", "clock-bad-rule"),
        ("due: {clock: {unit: working_days}}", "missing-key"),
        ("due: {clock: {unit: working_days, budget: 5, calendar: mars}}", "no-calendar"),
        ("steps: {at: t, what: w}", "not-for-events"),
        ("finished: {latest: t}", "not-for-events"),
    ],
)
def test_refused_with_its_line(more: str, code: str) -> None:
    assert (code, 5) in findings(LEAST + more + "\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not-a-block"),
        ("- a", "not-a-block"),
        ("item: [", "not-yaml"),
        (LEAST.replace("csv", "docx"), "unknown-word"),
        (LEAST.replace("{format: csv}", "{format: csv, delimiter: ab}"), "bad-delimiter"),
        (LEAST.replace("{format: csv}", "{format: csv, encoding: klingon}"), "bad-encoding"),
        (LEAST.replace("{format: csv}", "{format: csv, encoding: base64}"), "bad-encoding"),
        (LEAST.replace("{format: csv}", "{format: xes, delimiter: ;}"), "not-for-xes"),
        (LEAST.replace("received: in\n", ""), "missing-key"),
        (LEAST.replace("item: event", "item: row"), "unknown-word"),
        (LEAST_CASE.replace("received: in", "received: event.time"), "event-level"),
        (LEAST_CASE + "only_when: {event.name: [a]}", "event-level"),
    ],
)
def test_refused(text: str, code: str) -> None:
    assert code in [found for found, _ in findings(text)]


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ("origin: {always: citzen}", "unknown-word"),
        ("origin: {from: o, codes: {Dân: citizen, Khác: other}}", "unknown-word"),
        ("coefficient: {always: '1,5'}", "bad-number"),
        ("time_limit: {always: soon}", "bad-number"),
    ],
)
def test_what_a_mapping_says_itself_is_checked(attributes: str, code: str) -> None:
    assert findings(LEAST + f"attributes: {{{attributes}}}\n") == [(code, 5)]


def test_an_unknown_kind_is_kept_with_a_warning() -> None:
    mapping = read_mapping(LEAST + "attributes: {kind: {always: dosier}}\n", "m.yaml")
    (warning,) = mapping.warnings
    assert (warning.code, warning.place.line, warning.severity) == ("unknown-kind", 5, Severity.WARNING)
    assert "did you mean 'dossier'" in warning.advice
    assert not read_mapping(LEAST + "attributes: {kind: {always: task}, origin: {always: citizen}}\n").warnings


def test_decimal_mark() -> None:
    assert read_mapping(LEAST).decimal == "."
    assert read_mapping(LEAST + 'numbers: {decimal: ","}\n').decimal == ","
    assert findings(LEAST + "numbers: {decimal: ;}\n") == [("unknown-word", 5)]


def test_every_finding_at_once() -> None:
    text = LEAST + "colour: red\ntime: {zone: Mars, formats: [x]}\nattributes: {nope: a}\n"
    assert [line for _, line in findings(text)] == [5, 6, 6, 7]


def test_a_missing_or_undecodable_file(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="file-missing"):
        load_mapping(tmp_path / "none.yaml")
    (tmp_path / "m.yaml").write_bytes(b"title: \xff")
    with pytest.raises(Unusable, match="not-utf8"):
        load_mapping(tmp_path / "m.yaml")


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("DD/MM/YYYY", "5/3/2026", "2026-03-05T00:00:00"),
        ("MM/DD/YYYY hh:mm:ss AM/PM", "03/05/2026 12:07:09 AM", "2026-03-05T00:07:09"),
        ("MM/DD/YYYY hh:mm AM/PM", "03/05/2026 12:07 p.m.", "2026-03-05T12:07:00"),
        ("YYYY.MM.DD hh:mm:ss", "2026.03.05 07:08:09.25", "2026-03-05T07:08:09.250000"),
        ("hh:mm DD-MM-YYYY", "17:00 05-03-2026", "2026-03-05T17:00:00"),
        ("iso", "2026-03-05", "2026-03-05T00:00:00"),
        ("DD/MM/YYYY", "2026-03-05", None),
        ("iso", "5/3/2026", None),
    ],
)
def test_patterns(pattern: str, text: str, expected: str | None) -> None:
    read = Pattern.of(pattern).read(text)
    assert (read.isoformat() if read else None) == expected


@pytest.mark.parametrize("text", ["31/02/2026 10:00 AM", "01/02/2026 13:00 PM"])
def test_no_such_day_or_hour(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|hour"):
        Pattern.of("DD/MM/YYYY hh:mm AM/PM").read(text)


def test_a_mapping_is_frozen() -> None:
    with pytest.raises(AttributeError):
        read_mapping(LEAST).title = "x"  # type: ignore[misc]
    assert isinstance(read_mapping(LEAST), Mapping)


LEAST_SHEET = LEAST.replace("csv", "xlsx")


def test_a_workbook_may_be_described(tmp_path: Path) -> None:
    text = LEAST_SHEET.replace(
        "{format: xlsx}", "{format: xlsx, sheet: Quý I, header: [5, 6], number: TT, also: {id: [Mã]}, optional: [in]}"
    )
    source = read_mapping(text).source
    assert (source.sheet, source.header, source.number) == ("Quý I", (5, 6), "TT")
    assert (source.also, source.optional) == ({"id": ("Mã",)}, frozenset({"in"}))
    assert read_mapping(LEAST_SHEET.replace("xlsx", "xlsx, header: 3")).source.header == (3, 3)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("{format: xlsx, delimiter: ;}", "not-for-xlsx"),
        ("{format: xlsx, header: 0}", "bad-header"),
        ("{format: xlsx, header: [6, 5]}", "bad-header"),
        ("{format: xlsx, header: [1, 9]}", "bad-header"),
        ("{format: xlsx, header: first}", "bad-header"),
        ("{format: xlsx, sheet: [a, b]}", "not-a-text"),
        ("{format: xlsx, also: [a]}", "not-a-block"),
        ("{format: xlsx, also: {elsewhere: [a]}}", "unknown-name"),
        ("{format: xlsx, optional: [elsewhere]}", "unknown-name"),
        ("{format: parquet, sheet: a}", "not-for-parquet"),
        ("{format: csv, sheet: a}", "not-for-csv"),
    ],
)
def test_a_source_that_means_nothing_is_refused(source: str, code: str) -> None:
    assert [found for found, _ in findings(LEAST_SHEET.replace("{format: xlsx}", source))] == [code]


def test_people_need_a_table_and_a_column(tmp_path: Path) -> None:
    (tmp_path / "can-bo.csv").write_text("mã,họ tên\nCB1,Lê Hòa\n")
    beside = str(tmp_path / "mapping.yaml")
    given = LEAST + "people: {from: who, table: can-bo.csv}\n"
    people = read_mapping(given, beside).people
    assert people is not None
    assert people.roster is not None
    assert [one.code for one in people.roster.find("Lê Hòa")] == ["CB1"]
    assert [code for code, _ in findings(LEAST + "people: {from: who}\n")] == ["no-people"]
    for text, code in (
        (given + "official: who\n", "two-ways"),
        (given.replace("can-bo", "nobody"), "file-missing"),
    ):
        with pytest.raises(Unusable, match=code):
            read_mapping(text, beside)
    with pytest.raises(Unusable, match="'from' or 'lead'"):
        read_mapping(given.replace("from: who, ", ""), beside)
