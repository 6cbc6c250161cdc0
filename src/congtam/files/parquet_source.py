"""Reads a Parquet file row by row, a batch at a time; its values become texts as in any list."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from congtam.engine.findings import Finding, Place, Severity, unusable
from congtam.files.columns import as_mapped
from congtam.files.csv_source import GoodRow
from congtam.files.mapping import Mapping
from congtam.files.records import BadRow, Cells
from congtam.files.spreadsheets.values import as_text

BATCH = 4_096  # rows turned into texts at a time


def first_rows(path: Path, limit: int) -> tuple[list[str], list[GoodRow]]:
    """The columns of a file nobody has mapped yet, and its first rows. Raises `Unusable` when it is damaged."""
    with closing(ParquetFile(path)) as file:
        return file.header, list(islice(file.rows(), limit))


class ParquetFile:
    """One Parquet file. Raises `Unusable` when it is damaged, or a mapped column is a list or a structure."""

    def __init__(self, path: Path, mapping: Mapping | None = None):
        self.name, self.size = path.name, path.stat().st_size
        place = Place(path.name)
        try:
            self._file = pq.ParquetFile(path, memory_map=False)
            schema = self._file.schema_arrow
        except (pa.ArrowException, OSError) as error:
            message = f"the Parquet file is cut off or damaged ({error})"
            raise unusable("parquet-damaged", message, "fetch or copy the file again", place) from None
        self._decimal, self._at = mapping.decimal if mapping else ".", 0
        mapped = dict.fromkeys(name for ref in (mapping.refs() if mapping else ()) for name in (ref.name, ref.text))
        header = as_mapped(schema.names, mapped, mapping.source.also if mapping else {})
        odd = [name for name, field in zip(header, schema, strict=True) if not _is_flat(field.type)]
        if nested := [name for name in odd if name in mapped]:
            message = (
                f"the column {nested[0]!r} holds {schema.field(header.index(nested[0])).type}, not one value a row"
            )
            raise unusable("nested-column", message, "write it as a column of texts, numbers or dates", place)
        self._columns = [column for name, column in zip(header, schema.names, strict=True) if name not in odd]
        self.header = [name for name in header if name not in odd]
        self.warnings = [_left_out(name, place) for name in odd]

    def close(self) -> None:
        self._file.close()

    def position(self) -> int:
        """How many bytes of the file the rows read so far amount to."""
        return self.size * self._at // max(1, int(self._file.metadata.num_rows))

    def rows(self) -> Iterator[GoodRow]:
        """All rows. Raises `Unusable` when the file breaks off."""
        try:
            for batch in self._file.iter_batches(BATCH, columns=self._columns):
                columns = [_texts(column, self._decimal) for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    self._at += 1
                    yield GoodRow(self._at, list(cells))
        except (pa.ArrowException, OSError) as error:
            message = f"after row {self._at} the Parquet file cannot be read ({error})"
            raise unusable("parquet-damaged", message, "fetch or copy the file again", Place(self.name)) from None

    def mended(self, number: int, cells: dict[str, Any]) -> GoodRow | BadRow:
        """The row that a person put in the place of row `number`, by column."""
        return GoodRow(number, [str(cells.get(name, "")) for name in self.header])

    def by_column(self, cells: list[str]) -> Cells:
        """The cells by the name of their column."""
        return dict(zip(self.header, cells, strict=True))


def _is_flat(kind: pa.DataType) -> bool:
    """Whether each row holds one value that can be written as a text."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return not (pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def _left_out(name: str, place: Place) -> Finding:
    message = f"the column {name!r} holds lists, structures or bytes and was left out"
    return Finding("nested-column", message, "nothing to do, unless it matters", place, Severity.WARNING)


def _texts(column: pa.Array, decimal: str) -> list[str]:
    """A column as texts; a missing value is blank. Numbers get the mark before decimals that the mapping states."""
    kind = column.type
    if pa.types.is_floating(kind):
        return [as_text(value, decimal) if value is not None else "" for value in column.to_pylist()]
    found = column.cast(pa.string()).to_pylist()
    if pa.types.is_decimal(kind) and decimal != ".":
        return [text.replace(".", decimal) if text else "" for text in found]
    return [text if text is not None else "" for text in found]
