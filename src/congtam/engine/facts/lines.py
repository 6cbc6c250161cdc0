"""Rows of a table and lines of CSV: one reader and one writer per table, made once, for they run on every row."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from congtam.engine.facts.cells import PARSERS, WRITERS, object_text, quoted
from congtam.engine.facts.tables import Column, Kind, Table
from congtam.engine.findings import did_you_mean
from congtam.engine.states import State

PLAIN = (Kind.INSTANT, Kind.DAY, Kind.WHOLE, Kind.HUNDREDTHS, Kind.MILLIONTHS, Kind.FLAG)  # texts that need no quotes

OWN = (Kind.WHOLE, Kind.OBJECT)  # values that rows do not share: numbers differ, and objects can be changed
AT_HAND = 1 << 12  # values of a column kept at hand while it is read: codes, days and instants come back


def line_writer(table: Table) -> Callable[[Any], str]:
    """What turns a row of `table` into its line, with the line end."""
    values = attrgetter(*(column.name for column in table.columns))
    texts = [_cell_writer(column.kind) for column in table.columns]

    def line(row: Any) -> str:
        return ",".join([text(value) for text, value in zip(texts, values(row), strict=True)]) + "\n"

    return line


def _cell_writer(kind: Kind) -> Callable[[Any], str]:
    write = WRITERS[kind]
    if kind in PLAIN:
        return lambda value: "" if value is None else write(value)
    return lambda value: "" if value is None else quoted(write(value))


def happening_text(
    at: str,
    activity: str,
    source: str,
    official: str | None = None,
    unit: str | None = None,
    value: str | None = None,
    attributes: Mapping[str, str] | None = None,
) -> str:
    """What the line of an event says after the item; counterpart and decision are blank.

    `at` and `source`, which several events of an item share, are cells already: an `instant_text`, a `quoted` text.
    """
    who, where = _cell(official) if official else "", _cell(unit) if unit else ""
    said = _cell(value) if value else ""
    described = _attributes_cell(tuple(attributes.items())) if attributes else ""
    return f"{at},{activity},{who},{where},,{said},,{described},{source}\n"


def event_lines(seq: int, recorded_at: str, item: str, happenings: Sequence[str]) -> str:
    """The lines of one item's events, numbered from `seq`: what `line_writer` gives for the same events, but quicker.

    `recorded_at` is an `instant_text`, each of `happenings` a `happening_text`.
    """
    known = f",{recorded_at},{quoted(item)},"
    return "".join([f"{number}{known}{happening}" for number, happening in enumerate(happenings, seq)])


_cell = lru_cache(AT_HAND)(quoted)


@lru_cache(AT_HAND)
def _attributes_cell(attributes: tuple[tuple[str, str], ...]) -> str:
    return quoted(object_text(dict(attributes)))


def row_reader(table: Table, header: Sequence[str]) -> Callable[[list[str]], Any]:
    """What turns the cells of a line into a row of `table`. It raises ValueError, naming the column and the fault."""
    columns = [(_cell_reader(column), _position(column, header)) for column in table.columns]
    row_type, width, has_state = table.row_type, len(header), table.column("state") is not None

    def read(cells: list[str]) -> Any:
        if len(cells) > width:
            raise ValueError(f"the row has more cells than the header (extra: {cells[width:]!r})")
        blanks = width + 1 - len(cells)  # the last one stands for the columns that the file does not have
        cells += [""] * blanks
        row = row_type(*[read(cells[at]) for read, at in columns])
        if has_state:
            _check_state(row)
        return row

    return read


def _position(column: Column, header: Sequence[str]) -> int:
    return header.index(column.name) if column.name in header else len(header)


def _check_state(row: Any) -> None:
    if (row.state is State.VALUE) != (row.value is not None):
        raise ValueError("value must be filled exactly when state is `value`; zero is a value, a blank is not")


def _cell_reader(column: Column) -> Callable[[str], Any]:
    """What turns the text of one cell into its value; a blank is None, or no attributes at all."""
    parse = _parser(column)

    def read(cell: str) -> Any:
        text = (cell if cell.isascii() else unicodedata.normalize("NFC", cell)).strip()
        if text:
            return parse(text)
        if column.required:
            raise ValueError(f"{column.name} ({column.meaning}) is blank")
        return {} if column.kind is Kind.OBJECT else None

    return read if column.kind in OWN else lru_cache(AT_HAND)(read)


def _parser(column: Column) -> Callable[[str], Any]:
    """What reads a filled cell; a code comes back as the contract's own, a state as a `State`."""
    codes, plain = {code: code for code in column.codes}, PARSERS[column.kind]

    def coded(text: str) -> str:
        if text not in codes:
            raise ValueError(f"{column.name} is {text!r}; {did_you_mean(text, codes)}")
        return codes[text]

    def parsed(text: str) -> Any:
        try:
            return plain(text)
        except ValueError as error:
            raise ValueError(f"{column.name} is {text!r}: {error}") from None

    return coded if codes else parsed
