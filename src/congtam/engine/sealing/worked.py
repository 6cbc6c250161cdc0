"""Work of very many people in a seal: folded, in columns, one row for each official and table.

Where records would be millions, the rows that measures look at are sealed as folded (see `measuring.columnar`). An
official's rows of a table are one text, so that naming what changed names the official.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from congtam.engine.measuring.columnar import FAULT_OF
from congtam.engine.measuring.sql.run import Source
from congtam.engine.sealing.parts import Part

COLUMNS, WORK = "work/columns", "work/"
NOBODY = ""
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
    """The parts of a source in memory: its columns, and one for each table."""
    tables = {name: table for name, table in source.relations.items() if isinstance(table, pa.Table)}
    told = [[name, one.name, place, str(one.type)] for name, table in tables.items() for place, one in _fields(table)]
    officials = [["", code, place, ""] for place, code in enumerate(source.officials)]
    yield Part.of(COLUMNS, 2, [*told, *officials], secret)
    for name, table in tables.items():
        yield Part.of(WORK + name, 1, _blocks(table, _owners(name, tables), source.officials), secret)


def source_of(parts: Mapping[str, Part], as_of: datetime) -> Source:
    """The source again. Raises `KeyError`, `ValueError` or `pyarrow.ArrowInvalid` for rows that make none."""
    columns: dict[str, list[tuple[int, str, str]]] = {}
    officials: dict[int, str] = {}
    for table, name, place, kind in parts[COLUMNS].values():
        if table == "":
            officials[place] = name
        else:
            columns.setdefault(table, []).append((place, name, kind))
    relations = {name: _table(parts[WORK + name], sorted(said)) for name, said in columns.items()}
    return Source(as_of, tuple(officials[place] for place in range(len(officials))), relations)


def _fields(table: pa.Table) -> Iterator[tuple[int, pa.Field]]:
    return enumerate(table.schema)


def _owners(name: str, tables: Mapping[str, pa.Table]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Whose each row is, by place among the officials; -1: nobody's. A fault laid to a row is that row's."""
    base = next((table for table, faults in FAULT_OF.items() if faults == name), name)
    own = np.asarray(tables[base].column("_official").fill_null(-1).to_numpy(), np.int64)
    return own if base == name else own[tables[name].column("_row").to_numpy()]


def _blocks(
    table: pa.Table, owners: np.ndarray[tuple[int], np.dtype[np.int64]], officials: tuple[str, ...]
) -> Iterator[list[str]]:
    """Each official's rows, as text."""
    if not len(table):
        return
    order = np.argsort(owners, kind="stable")
    lines = _lines(table.take(order))
    sorted_owners = owners[order]
    begins = np.flatnonzero(np.diff(sorted_owners, prepend=sorted_owners[0] - 1))
    for begin, end in zip(begins.tolist(), [*begins[1:].tolist(), len(table)], strict=True):
        owner = int(sorted_owners[begin])
        yield [officials[owner] if owner >= 0 else NOBODY, "".join(lines[begin:end])]


def _lines(table: pa.Table) -> list[str]:
    written = [_text(column) for column in table.columns]
    ends = pa.array([_END] * len(table), pa.large_string())
    head = pc.binary_join_element_wise(*written, _BETWEEN, null_handling="replace", null_replacement=_NULL)
    lines: list[str] = pc.binary_join_element_wise(head, ends, "").to_pylist()
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


def _table(part: Part, columns: list[tuple[int, str, str]]) -> pa.Table:
    text = "".join(block for _, block in part.values())
    names = [name for _, name, _ in columns]
    if not text:
        return pa.table({name: pa.array([], _STORED[kind][1]) for _, name, kind in columns})
    read = pa.csv.read_csv(
        BytesIO(text.encode()),
        pa.csv.ReadOptions(column_names=names),
        pa.csv.ParseOptions(delimiter=_BETWEEN, quote_char=False, ignore_empty_lines=False),
        pa.csv.ConvertOptions(
            column_types={name: _STORED[kind][0] for _, name, kind in columns},
            null_values=[_NULL],
            strings_can_be_null=True,
        ),
    )
    made = pa.table({name: _stored(read.column(name), kind) for _, name, kind in columns})
    return made.take(pc.sort_indices(made, [("_row", "ascending")]))


def _stored(column: pa.ChunkedArray, kind: str) -> pa.ChunkedArray:
    read, stored = _STORED[kind]
    if read == pa.string():
        for before, after in reversed(_ESCAPES):
            column = pc.replace_substring(column, after, before)
        return column if stored == pa.string() else column.dictionary_encode().cast(stored).unify_dictionaries()
    return column.cast(stored)
