"""Work of very many people in a seal: folded, in columns, one row for each official and table.

Where records would be millions, the rows that measures look at are sealed as folded (see `measuring.columnar`). An
official's rows of a table are one text, with checks that name a changed row (see `lines`). Where a row stands among all
is not told: nobody's rows depend on those of others.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from congtam.engine.measuring.columnar import FAULT_OF
from congtam.engine.measuring.sql.run import Source
from congtam.engine.sealing.lines import checks_part
from congtam.engine.sealing.parts import Part

COLUMNS, WORK = "work/columns", "work/"
OFFICIAL, ROW, ITEM = "_official", "_row", "_item"
Places = np.ndarray[tuple[int], np.dtype[np.int64]]
_NULL, _BETWEEN, _END = r"\N", "\t", "\n"
_ESCAPES = (("\\", "\\\\"), (_BETWEEN, "\\t"), (_END, "\\n"))
_STORED: dict[str, tuple[pa.DataType, pa.DataType]] = {  # type as stored → read from text as, then by way of
    "bool": (pa.int64(), pa.bool_()),
    "timestamp[us]": (pa.int64(), pa.timestamp("us")),
    "date32[day]": (pa.int32(), pa.date32()),
    "dictionary<values=string, indices=int32, ordered=0>": (pa.string(), pa.dictionary(pa.int32(), pa.string())),
    "string": (pa.string(), pa.string()),
    **{str(one): (pa.int64(), one) for one in (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8())},
}


def is_worked(parts: Mapping[str, Part]) -> bool:
    """Whether a seal holds work in columns."""
    return COLUMNS in parts


def work_parts(source: Source, secret: bytes) -> Iterator[Part]:
    """The parts of a source in memory: its columns and officials, and one for each table, whose rows must stand by
    official."""
    tables = {name: table for name, table in source.relations.items() if isinstance(table, pa.Table)}
    told = [
        [name, one.name, place, str(one.type)]
        for name, table in tables.items()
        for place, one in enumerate(table.schema)
    ]
    officials = [["", code, place, ""] for place, code in enumerate(source.officials)]
    yield Part.of(COLUMNS, 2, [*told, *officials], secret)
    for base, faults in FAULT_OF.items():
        if base in tables:
            owners = _whole(tables[base].column(OFFICIAL))
            yield from _parts(base, _blocks(tables[base], owners, source.officials), secret)
            rows = _whole(tables[faults].column(ROW))
            first = np.searchsorted(owners, np.arange(len(source.officials)))
            relative = _set(tables[faults], ROW, rows - first[owners[rows]])
            yield from _parts(faults, _blocks(relative, owners[rows], source.officials), secret)


def source_of(parts: Mapping[str, Part], as_of: datetime) -> Source:
    """The source again. Raises `KeyError`, `ValueError` or `pyarrow.ArrowInvalid` for rows that make none."""
    columns: dict[str, list[tuple[int, str, str]]] = {}
    numbered: dict[int, str] = {}
    for table, name, place, kind in parts[COLUMNS].values():
        if table == "":
            numbered[place] = name
        else:
            columns.setdefault(table, []).append((place, name, kind))
    officials = tuple(numbered[place] for place in range(len(numbered)))
    relations: dict[str, pa.Table | Path] = {}
    for base, faults in FAULT_OF.items():
        if base in columns:
            table, owners = _table(parts[WORK + base], sorted(columns[base]), officials)
            laid, whose = _table(parts[WORK + faults], sorted(columns[faults]), officials)
            first = np.searchsorted(owners, np.arange(len(officials)))
            relations[base] = _set(_set(table, OFFICIAL, owners), ROW, np.arange(len(table)))
            relations[faults] = _set(laid, ROW, _whole(laid.column(ROW)) + first[whose])
    return Source(as_of, officials, relations)


def _whole(column: pa.ChunkedArray) -> Places:
    return np.asarray(column.to_numpy(), np.int64)


def _set(table: pa.Table, name: str, values: Places) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, pa.array(values, pa.int32()))


def item_of(parts: Mapping[str, Part], part: Part, row: str) -> str | None:
    """The number of the item that a row of a table tells of; None where it tells of none, or cannot be read."""
    told = parts[COLUMNS].values() if COLUMNS in parts else ()
    columns = sorted((place, name) for of, name, place, _ in told if WORK + of == part.name)
    names, values = _written([name for _, name in columns]), row.removesuffix(_END).split(_BETWEEN)
    named = values[names.index(ITEM)] if ITEM in names and len(values) == len(names) else ""
    return named if named.isdecimal() else None


def _parts(table: str, blocks: Iterator[list[str]], secret: bytes) -> Iterator[Part]:
    """The part of a table, and the checks of its rows."""
    told = list(blocks)
    yield Part.of(WORK + table, 1, told, secret)
    yield checks_part(WORK + table, 1, told, secret)


def _blocks(table: pa.Table, owners: Places, officials: tuple[str, ...]) -> Iterator[list[str]]:
    """Each official's rows, as text."""
    if not len(table):
        return
    if np.any(np.diff(owners) < 0):
        raise ValueError("the rows of a table must stand by official")
    lines = _lines(table)
    begins = np.flatnonzero(np.diff(owners, prepend=owners[0] - 1)).tolist()
    for begin, end in zip(begins, [*begins[1:], len(table)], strict=True):
        yield [officials[int(owners[begin])], "".join(lines[begin:end])]


def _lines(table: pa.Table) -> list[str]:
    written = [_text(table.column(name)) for name in _written(table.column_names)]
    ends = pa.array([_END] * len(table), pa.large_string())
    between, nothing = pa.scalar(_BETWEEN, pa.large_string()), pa.scalar("", pa.large_string())
    head = pc.binary_join_element_wise(*written, between, null_handling="replace", null_replacement=_NULL)
    lines: list[str] = pc.binary_join_element_wise(head, ends, nothing).to_pylist()
    return lines


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind, _ = _STORED[str(column.type)]
    plain = column.cast(pa.int32()) if pa.types.is_date32(column.type) else column
    if kind == pa.string():
        text = plain.cast(pa.string())
        for before, after in _ESCAPES:
            text = pc.replace_substring(text, before, after)
        return text.cast(pa.large_string())
    return plain.cast(kind).cast(pa.large_string())


def _written(names: Sequence[str]) -> list[str]:
    """The columns that are told of a row: where it stands is not, but for a fault laid to a row."""
    return [name for name in names if name != OFFICIAL and (name != ROW or OFFICIAL not in names)]


def _table(part: Part, columns: list[tuple[int, str, str]], officials: tuple[str, ...]) -> tuple[pa.Table, Places]:
    """The rows by official, in the order of `officials`, and whose each is."""
    blocks: dict[str, str] = dict(part.values())
    if strange := blocks.keys() - set(officials):
        raise ValueError(f"{part.name} tells of {min(strange)}, who is not among the officials")
    names = _written([name for _, name, _ in columns])
    kinds = {name: kind for _, name, kind in columns}
    owned = [(place, blocks[code]) for place, code in enumerate(officials) if code in blocks]
    whose = np.repeat([place for place, _ in owned], [text.count(_END) for _, text in owned]).astype(np.int64)
    if not owned:
        return pa.table({name: pa.array([], _STORED[kind][1]) for name, kind in kinds.items()}), whose
    read = pa.csv.read_csv(
        BytesIO("".join(text for _, text in owned).encode()),
        pa.csv.ReadOptions(column_names=names),
        pa.csv.ParseOptions(delimiter=_BETWEEN, quote_char=False, ignore_empty_lines=False),
        pa.csv.ConvertOptions(
            column_types={name: _STORED[kinds[name]][0] for name in names},
            null_values=[_NULL],
            strings_can_be_null=True,
        ),
    )
    blank = pa.array(np.zeros(len(read)), pa.int32())
    made = {name: _stored(read.column(name), kind) if name in names else blank for name, kind in kinds.items()}
    return pa.table(made), whose


def _stored(column: pa.ChunkedArray, kind: str) -> pa.ChunkedArray:
    read, stored = _STORED[kind]
    if read == pa.string():
        for before, after in reversed(_ESCAPES):
            column = pc.replace_substring(column, after, before)
        return column if stored == pa.string() else column.dictionary_encode().cast(stored).unify_dictionaries()
    return column.cast(stored)
