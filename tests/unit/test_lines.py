"""Lines of contract tables: the quick writers and readers say the same as the CSV module and the plain cells."""

import csv
import io
import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.engine.facts.cells import instant_text, quoted, write_cell
from congtam.engine.facts.lines import event_lines, happening_text, line_writer, row_reader
from congtam.engine.facts.store import TableWriter, read_table
from congtam.engine.facts.tables import ACTIVITIES, TABLES, Event, Kind, Table

HANOI = timezone(timedelta(hours=7))
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12) | st.sampled_from(
    ["a,b", 'say "so"', "two\nlines", '"', "", " led", "Phòng Một cửa", "Pho\u0300ng", "đ, Đ"]
)
INSTANTS = st.datetimes(datetime(1900, 1, 1), datetime(2999, 1, 1), timezones=st.sampled_from([UTC, HANOI]))  # noqa: DTZ001
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: TEXTS,
    Kind.INSTANT: INSTANTS,
    Kind.DAY: st.dates(),
    Kind.WHOLE: st.integers(-(2**63) + 1, 2**63 - 1),
    Kind.HUNDREDTHS: st.integers(-(10**12), 10**12),
    Kind.MILLIONTHS: st.integers(-(10**12), 10**12),
    Kind.FLAG: st.booleans(),
    Kind.OBJECT: st.dictionaries(TEXTS, TEXTS | st.integers() | st.lists(TEXTS, max_size=2), max_size=3),
}


def clean(text: str | None) -> str | None:
    """A text as it is read: composed, without blanks around it; blank is None."""
    return normalize("NFC", text or "").strip() or None


@st.composite
def rows(draw: st.DrawFn, table: Table) -> Any:
    """A row of `table` with any values; what is required is filled."""
    values = {}
    for column in table.columns:
        value = st.sampled_from(column.codes) if column.codes else VALUES[column.kind]
        if column.required and column.kind is Kind.TEXT:
            value = value.filter(clean)
        values[column.name] = draw(value if column.required else value | st.none())
    if table.row_type is Event:
        values["attributes"] = values["attributes"] or {}
    if "state" in values:
        values["value"] = draw(VALUES[Kind.MILLIONTHS]) if values["state"] == "value" else None
    return table.row_type(**values)


any_row = st.sampled_from(list(TABLES.values())).flatmap(lambda table: st.tuples(st.just(table), rows(table)))


def plain_line(row: Any, table: Table) -> str:
    """The line as the CSV module writes it, cell by cell."""
    out = io.StringIO(newline="")
    cells = [write_cell(getattr(row, column.name), column.kind) for column in table.columns]
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


@given(any_row)
def test_a_line_is_what_the_csv_module_writes(drawn: tuple[Table, Any]) -> None:
    table, row = drawn
    assert line_writer(table)(row) == plain_line(row, table)


@given(any_row)
def test_a_line_reads_back_as_the_same_row(drawn: tuple[Table, Any]) -> None:
    table, row = drawn
    (cells,) = csv.reader(io.StringIO(line_writer(table)(row), newline=""), strict=True)
    back = row_reader(table, [column.name for column in table.columns])(cells)
    for column in table.columns:
        value = getattr(row, column.name)
        if column.kind is Kind.TEXT:
            value = clean(value)
        elif column.kind is Kind.OBJECT:
            value = json.loads(normalize("NFC", json.dumps(value, ensure_ascii=False)))
        assert getattr(back, column.name) == value


@given(
    st.integers(1, 10**12),
    INSTANTS,
    TEXTS,
    st.lists(
        st.tuples(INSTANTS, st.sampled_from(list(ACTIVITIES)), TEXTS, *[TEXTS | st.none()] * 3)
        | st.tuples(INSTANTS, st.just("step"), TEXTS),
        max_size=3,
    ),
    st.dictionaries(TEXTS, TEXTS, max_size=3),
)
def test_the_lines_of_an_item_are_the_lines_of_its_events(
    seq: int, known: datetime, item: str, happened: list[tuple[Any, ...]], attributes: dict[str, str]
) -> None:
    table, expected, happenings = TABLES["event"], "", []
    for number, (at, activity, source, *rest) in enumerate(happened, seq):
        official, unit, value = rest or (None, None, None)
        row = Event(number, known, item, at, activity, official, unit, None, value, None, attributes, source)
        expected += plain_line(row, table)
        happenings.append(happening_text(instant_text(at), activity, quoted(source), *rest, attributes=attributes))
    assert event_lines(seq, instant_text(known), item, happenings) == expected


@given(INSTANTS)
def test_an_instant_is_written_in_utc(instant: datetime) -> None:
    assert instant_text(instant) == instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def test_instants_that_a_clock_change_makes_look_alike_stay_apart() -> None:
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert twice == twice.replace(fold=1)
    assert instant_text(twice) != instant_text(twice.replace(fold=1))


def test_a_lone_carriage_return_survives(tmp_path: Path) -> None:
    event = Event(1, datetime(2026, 9, 1, tzinfo=UTC), "a\rb", datetime(2026, 9, 1, tzinfo=UTC), "step")
    writer = TableWriter(tmp_path, TABLES["event"])
    writer.write(event)
    writer.close()
    assert read_table(tmp_path / "event.csv", TABLES["event"]) == ([], [event])


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_columns_stand_in_the_order_of_the_fields_and_blanks_are_their_defaults(table: Table) -> None:
    assert [column.name for column in table.columns] == [one.name for one in fields(table.row_type)]
    for one, column in zip(fields(table.row_type), table.columns, strict=True):
        if not column.required:
            assert (one.default_factory is dict) if column.kind is Kind.OBJECT else (one.default is None)


def test_rows_do_not_share_their_attributes() -> None:
    table = TABLES["event"]
    read = row_reader(table, [column.name for column in table.columns])
    line = '1,2026-09-01T01:30:00Z,a,2026-09-01T01:30:00Z,step,,,,,,"{""kind"":""x""}",'
    first, second = (read(next(csv.reader([line]))) for _ in range(2))
    assert first == second
    assert first.attributes is not second.attributes
