"""Contract tables as files: what is read, what is refused and why, and that what is written reads back the same."""

import gc
import unicodedata
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from congtam.engine.facts.cells import LARGEST, parse_instant, parse_scaled
from congtam.engine.facts.store import MOST_FINDINGS, TableWriter, read_facts, read_table, write_facts
from congtam.engine.facts.tables import FIELDS, TABLES, Answer, Event, Facts, Rating, Reported, Spell
from congtam.engine.findings import Finding, Unusable
from congtam.engine.states import State

AT = datetime(2026, 9, 1, 1, 30, tzinfo=UTC)
EVENT = "seq,recorded_at,item,at,activity,value,attributes\n"
GOOD = "1,2026-09-01T08:30:00+07:00,a,2026-09-01T08:30:00+07:00,registered,,\n"
RATING = "seq,recorded_at,subject,criterion,period,stage,state,value\n"
SPELL = "seq,recorded_at,spell,official,post,unit,agency,duty_group,leader,staff_kind,first,until\n"


def mark(state: str, value: str) -> str:
    return f"{RATING}1,2026-09-01T08:30:00Z,an,general,2026-09,final,{state},{value}\n"


def spell(leader: str, first: str) -> str:
    return f"{SPELL}1,2026-09-01T08:30:00Z,s,an,p,u,so,g,{leader},civil_servant,{first},\n"


def found(tmp_path: Path, table: str, text: str | bytes) -> list[Finding]:
    path = tmp_path / f"{table}.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(path, TABLES[table])[0]


def test_every_table_has_the_columns_of_its_rows() -> None:
    assert set(FIELDS) == set(TABLES)
    for table in TABLES.values():
        assert {column.name for column in table.columns} == {one.name for one in fields(table.row_type)}
        assert all(table.column(name) for name in table.key)


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    facts = Facts(
        events=(
            Event(1, AT, "việc-1", AT, "registered", attributes={"kind": "báo cáo"}),
            Event(2, AT, "a", AT, "step"),
        ),
        spells=(Spell(1, AT, "s", "an", "p", "u", "so", "g", True, "civil_servant", date(2026, 1, 1)),),
        ratings=(Rating(1, AT, "an", "general", "2026-09", "final", State.VALUE, 0),),
        reported=(Reported(1, AT, "an", "x", "2026", State.MISSING),),
        answers=(Answer(1, AT, "r", "q", "an", AT, State.VALUE, 1_250_000),),
    )
    write_facts(facts, tmp_path / "out")
    assert read_facts(tmp_path / "out") == facts


REFUSED = [
    # name, table, text, code, row or line, words
    ("unknown column", "event", EVENT.replace("value", "valeu") + GOOD, "unknown-column", 1, "did you mean 'value'"),
    ("missing column", "event", "seq,item\n1,a\n", "missing-column", 1, "'recorded_at' (when we learned it)"),
    ("repeated column", "event", "seq,seq,recorded_at,item,at,activity\n", "repeated-column", 1, "'seq' stands 2"),
    ("blank required cell", "event", EVENT + GOOD.replace(",a,", ",,"), "bad-row", 1, "item (code of the item) is"),
    ("a wide row", "event", EVENT + GOOD.replace("\n", ",x\n"), "bad-row", 1, "more cells than the header"),
    ("a short row", "event", EVENT + "1,2026-09-01T08:30:00Z\n", "bad-row", 1, "item (code of the item) is"),
    ("no offset", "event", EVENT + GOOD.replace("+07:00", ""), "bad-row", 1, "an instant needs its offset"),
    ("no instant", "event", EVENT + GOOD.replace("08:30:00", "25:30:00"), "bad-row", 1, "an instant is written like"),
    ("before time", "event", EVENT + GOOD.replace("2026-09-01T08", "0001-01-01T03"), "bad-row", 1, "no such instant"),
    ("unknown activity", "event", EVENT + GOOD.replace("registered", "registred"), "bad-row", 1, "did you mean"),
    ("seq with letters", "event", EVENT + "x" + GOOD, "bad-row", 1, "seq is 'x1': it must be a whole number"),
    ("seq with a point", "event", EVENT + "1.5" + GOOD[1:], "bad-row", 1, "it must be a whole number"),
    ("seq of wide digits", "event", EVENT + "１" + GOOD[1:], "bad-row", 1, "it must be a whole number"),
    ("seq grouped", "event", EVENT + "1_000" + GOOD[1:], "bad-row", 1, "it must be a whole number"),
    ("seq past 64 bits", "event", EVENT + str(LARGEST + 1) + GOOD[1:], "bad-row", 1, "the number is too large"),
    ("seq of 40 digits", "event", EVENT + "9" * 40 + GOOD[1:], "bad-row", 1, "it must be a whole number"),
    ("not JSON", "event", EVENT + GOOD.replace("registered,,", "registered,,{kind"), "bad-row", 1, "it is not JSON"),
    ("JSON list", "event", EVENT + GOOD.replace("registered,,", "registered,,[1]"), "bad-row", 1, "a JSON object"),
    ("deep JSON", "event", EVENT + GOOD.replace("registered,,", "registered,," + "[" * 100_000), "bad-row", 1, "deep"),
    ("duplicate key", "event", EVENT + GOOD + GOOD, "duplicate-row", 2, "seq 1 stood already in row 1"),
    ("open quote", "event", EVENT + '1,"2026\n', "not-csv", None, "this is not CSV"),
    ("mixed encodings", "event", (EVENT + GOOD + GOOD).encode() + b"2,H\xe0 N\xf4i\n", "not-utf8", 4, "not UTF-8"),
    ("UTF-16", "event", (EVENT + GOOD).encode("utf-16"), "not-utf8", 1, "save the file as UTF-8"),
    ("empty file", "event", "", "missing-column", 1, "is missing"),
    ("state unknown", "rating", mark("none", ""), "bad-row", 1, "known"),
    ("value blank", "rating", mark("value", ""), "bad-row", 1, "a blank"),
    ("value not due", "rating", mark("missing", "3"), "bad-row", 1, "exactly"),
    ("7 places", "rating", mark("value", "0.1234567"), "bad-row", 1, "6 dec"),
    ("comma number", "rating", mark("value", '"2,5"'), "bad-row", 1, "12.5"),
    ("not a number", "rating", mark("value", "NaN"), "bad-row", 1, "12.5"),
    ("exponent", "rating", mark("value", "1e9999"), "bad-row", 1, "12.5"),
    ("huge mark", "rating", mark("value", str(10**15)), "bad-row", 1, "large"),
    ("flag", "spell", spell("yes", "2026-01-01"), "bad-row", 1, "true or false"),
    ("no such day", "spell", spell("true", "2026-02-30"), "bad-row", 1, "a day is"),
    ("day as d/m/y", "spell", spell("true", "01/02/2026"), "bad-row", 1, "a day is"),
    ("day as week", "spell", spell("true", "2026-W05-1"), "bad-row", 1, "a day is"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "text", "code", "where", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_refuses(tmp_path: Path, table: str, text: str | bytes, code: str, where: int | None, words: str) -> None:
    finding = next(one for one in found(tmp_path, table, text) if one.code == code)
    assert words in str(finding)
    assert finding.place.file == f"{table}.csv"
    assert where in (finding.place.row, finding.place.line)


def test_one_bad_row_does_not_hide_the_next(tmp_path: Path) -> None:
    rows = "".join(f"x{n}{GOOD[1:]}" for n in range(3))
    assert [one.place.row for one in found(tmp_path, "event", EVENT + rows)] == [1, 2, 3]


def test_a_duplicate_names_the_row_it_stood_in_whatever_stands_between(tmp_path: Path) -> None:
    rows = "x" + GOOD + "\n" + "7" + GOOD[1:] + "y" + GOOD + GOOD + "7" + GOOD[1:]
    findings = [one for one in found(tmp_path, "event", EVENT + rows) if one.code == "duplicate-row"]
    assert [(one.place.row, one.message) for one in findings] == [(5, "seq 7 stood already in row 2")]


def test_the_collector_goes_on_after_reading(tmp_path: Path) -> None:
    (tmp_path / "event.csv").write_text(EVENT + "x" + GOOD, encoding="utf-8")
    with pytest.raises(Unusable):
        read_facts(tmp_path)
    assert gc.isenabled()


def test_findings_end_before_they_bury_the_reader(tmp_path: Path) -> None:
    rows = "".join(f"x{n}{GOOD[1:]}" for n in range(500))
    assert len(found(tmp_path, "event", EVENT + rows)) == MOST_FINDINGS


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path: Path) -> None:
    assert found(tmp_path, "event", b"\xef\xbb\xbf" + (EVENT + GOOD).encode()) == []


def test_names_composed_and_decomposed_are_the_same_name(tmp_path: Path) -> None:
    composed = unicodedata.normalize("NFC", "việc-số-1")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    path = tmp_path / "event.csv"
    path.write_text(EVENT + GOOD.replace(",a,", f",{composed},") + "2" + GOOD[1:].replace(",a,", f", {decomposed} ,"),
                    encoding="utf-8")  # fmt: skip
    assert {row.item for row in read_table(path, TABLES["event"])[1]} == {composed}


def test_findings_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "event.csv").write_text(EVENT + "x" + GOOD, encoding="utf-8")
    (tmp_path / "spell.csv").write_text("seq\n", encoding="utf-8")
    (tmp_path / "evnt.csv").write_text("", encoding="utf-8")
    with pytest.raises(Unusable) as refusal:
        read_facts(tmp_path)
    assert {one.code for one in refusal.value.findings} == {"unknown-table", "bad-row", "missing-column"}
    assert "did you mean 'event'" in str(refusal.value)


@pytest.mark.parametrize(("folder", "code"), [("none", "data-missing"), ("", "data-empty")])
def test_refuses_a_folder_without_tables(tmp_path: Path, folder: str, code: str) -> None:
    with pytest.raises(Unusable, match=code):
        read_facts(tmp_path / folder)


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: TableWriter, row: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(TableWriter, "write", fails)
    with pytest.raises(OSError, match="disk full"):
        write_facts(Facts(events=(Event(1, AT, "a", AT, "step"),)), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Unusable, match="folder-in-use"):
        write_facts(Facts(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_numbers_and_instants_keep_their_value() -> None:
    assert parse_scaled("0.30", 2) == 30
    assert parse_scaled("-12.5", 6) == -12_500_000
    assert parse_scaled("0.10000000000", 2) == 10
    assert parse_instant("2026-09-01T08:30:00+07:00") == AT
    assert parse_instant("2026-09-01T01:30:00Z") == AT
