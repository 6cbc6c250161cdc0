"""Reads the beginning of a file nobody has mapped yet: its columns, its dates, and what seems to be its key."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from congtam.engine.findings import Place, unusable
from congtam.files.csv_source import CsvFile, GoodRow
from congtam.files.guessing import Columns
from congtam.files.keys import Key, find_key
from congtam.files.mapping import Source
from congtam.files.opening import opened, packed_kind
from congtam.files.parquet_source import first_rows
from congtam.files.sniffing import Dates, sniff_dates, sniff_decimal, sniff_delimiter, sniff_encoding
from congtam.files.spreadsheets.guess import guess_table
from congtam.files.xes_source import read_traces

HEAD = 1 << 16  # bytes looked at to guess encoding and delimiter


@dataclass
class Sample:
    """The beginning of a file. `case` and `event` columns are looked at apart; a list has only the one or the other."""

    file: str
    source: Source
    rows: int
    by_case: bool
    case: Columns
    event: Columns
    dates: Dates
    decimal: tuple[str, str] = ("", "")  # the mark before decimals, and an example
    key: str | None = None
    key_note: str = ""
    where: str = ""  # where the table was found
    notes: list[str] = field(default_factory=list)

    @property
    def own(self) -> Columns:
        """The columns at the level of the item."""
        return self.case if self.by_case else self.event

    def use_key(self, key: Key) -> None:
        """Take a column as the key, so that it serves for nothing else."""
        self.key, self.key_note = key.column, key.note
        self.own.used.append(key.column)


def read_sample(path: Path, limit: int) -> Sample:
    """The first `limit` rows (or traces) of a file. Raises `Unusable` when it is no list and no log."""
    packed = packed_kind(path)
    if packed == "xlsx":
        return _workbook_sample(path, limit)
    if packed == "parquet":
        return _parquet_sample(path, limit)
    with opened(path) as stream:
        head = stream.peek(HEAD)
        if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return _xes_sample(path.name, list(islice(read_traces(stream), limit)))
        encoding = sniff_encoding(head)
        text = head.decode(encoding, errors="replace").removeprefix("\ufeff")
        source = Source("csv", sniff_delimiter(text), encoding)
        file = CsvFile(stream, source)
        rows = [row for row in islice(file.rows(), limit) if isinstance(row, GoodRow)]
    if len(file.header) < 2:
        raise unusable(
            "one-column", "no delimiter cuts this file into columns", "give a CSV or XES file", Place(path.name)
        )
    return _csv_sample(path.name, source, file.header, rows)


def _workbook_sample(path: Path, limit: int) -> Sample:
    guess = guess_table(path, limit)
    rows = [GoodRow(row.number, row.cells) for row in guess.rows]
    found = _csv_sample(
        path.name, Source("xlsx", sheet=guess.sheet if guess.others else None), guess.header.names, rows
    )
    where = f"dòng {guess.header.first}" + (f"–{guess.header.last}" if guess.header.last > guess.header.first else "")
    found.where = f"thấy tiêu đề ở {where} của trang {quoted(guess.sheet)}"
    if guess.others:
        found.notes.append(f"Còn trang khác chưa xem: {', '.join(map(quoted, guess.others))}.")
    return found


def _parquet_sample(path: Path, limit: int) -> Sample:
    header, rows = first_rows(path, limit)
    return _csv_sample(path.name, Source("parquet"), header, rows)


def _xes_sample(name: str, traces: list[tuple[dict[str, str], list[dict[str, str]]]]) -> Sample:
    case = Columns(_by_name([attributes for attributes, _ in traces]))
    event = Columns(_by_name([event for _, events in traces for event in events]))
    dates = sniff_dates([*case.values.items(), *event.values.items()])
    every = [*case.values.items(), *event.values.items()]
    found = Sample(name, Source("xes"), len(traces), True, case, event, dates, sniff_decimal(every))
    if (key := find_key(case, dates.columns, range(1, len(traces) + 1), "hồ sơ")) and not key.repeats:
        found.use_key(key)
    return found


def _by_name(rows: list[dict[str, str]]) -> dict[str, list[str]]:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name, "") for row in rows] for name in names}


def _csv_sample(name: str, source: Source, header: list[str], rows: list[GoodRow]) -> Sample:
    values = {column: [row.cells[at] for row in rows] for at, column in reversed(list(enumerate(header))) if column}
    every = Columns({column: values[column] for column in header if column})
    dates, decimal = sniff_dates(every.values.items()), sniff_decimal(every.values.items())
    key = find_key(every, dates.columns, [row.number for row in rows])
    repeats = key is not None and key.repeats
    case, event = _split(every, key.column) if key and repeats else (every, every)
    found = Sample(name, source, len(rows), repeats, case, event, dates, decimal)
    if key:
        found.use_key(key)
    return found


def _split(every: Columns, key: str) -> tuple[Columns, Columns]:
    """Columns that say the same on all rows of a case, and the others."""
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for at, code in enumerate(every.values[key]):
        for name, values in every.values.items():
            if values[at].strip():
                said[name][code].add(values[at].strip())
    once = {name for name in every.values if all(len(values) == 1 for values in said[name].values())}
    case = {name: values for name, values in every.values.items() if name in once}
    return Columns(case), Columns({name: values for name, values in every.values.items() if name not in once})


def quoted(text: str) -> str:
    """The text as a YAML string on one line."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
