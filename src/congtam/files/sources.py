"""Puts records together from all input files: a row, an event, a trace, or the rows of one case."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from congtam.engine.findings import Finding, Place, Severity, did_you_mean, refuse_if_any
from congtam.files.counting import Counting
from congtam.files.csv_source import GoodRow
from congtam.files.grouping import SortedRow, grouped
from congtam.files.lists import ListFile, opened_list
from congtam.files.mapping import Level, Mapping
from congtam.files.opening import opened
from congtam.files.reading import Reading
from congtam.files.records import BadRow, Cells, Reason, Record, Rejected, RowPlace, joined
from congtam.files.set_aside import Repairs
from congtam.files.spreadsheets.table import PassedOver
from congtam.files.xes_source import Trace, read_traces

Reject = Callable[[BadRow], None]
NAMED = ("xlsx", "parquet")  # their mapping may say what else a column is called
OPTIONAL = "nothing to do if the office keeps none; else add its own name for it to also, under source"
PassOver = Callable[[RowPlace, str], None]


@dataclass
class Inputs:
    """What is read and how. `reject` takes rows that belong to no record, `pass_over` those that are no data;
    `repaired` collects the repairs used."""

    files: Sequence[Path]
    mapping: Mapping
    counting: Counting
    reject: Reject
    pass_over: PassOver
    repairs: Repairs = field(default_factory=dict)
    repaired: set[RowPlace] = field(default_factory=set)

    def repair(self, place: RowPlace) -> dict[str, Any] | None:
        """What a person put in the place of a row, if anything."""
        if place not in self.repairs:
            return None
        self.repaired.add(place)
        return self.repairs[place]


def check_headers(files: Iterable[Path], mapping: Mapping) -> tuple[set[str], list[Finding]]:
    """The columns of all lists, and what to look at in them. Raises `Unusable` naming every mapped column that a file
    does not have, unless the mapping calls it optional."""
    columns: set[str] = set()
    findings: list[Finding] = []
    for path in files:
        with opened_list(path, mapping) as (_, file):
            header = file.header
            findings += [*file.warnings, *_header_findings(path.name, header, mapping)]
        columns.update(header)
    refuse_if_any(findings)
    return columns, findings


def _header_findings(file: str, header: list[str], mapping: Mapping) -> Iterator[Finding]:
    reading, absent = Reading(mapping, header), list[str]()
    for ref in {ref.text: ref for ref in mapping.refs()}.values():
        name, place = reading.place_of(ref)[1], Place(mapping.file, line=ref.line)
        if name not in header and name in mapping.source.optional:
            absent.append(repr(name))
        elif name not in header:
            advice = did_you_mean(name, [column for column in header if column])
            if mapping.source.format in NAMED:
                free = [column for column in header if column not in {other.name for other in mapping.refs()}]
                advice = (
                    f"{did_you_mean(name, free)}; if it is one of these, say so under source: also: {{{name}: […]}}"
                )
            if len(header) == 1:
                advice = f"is the delimiter really {mapping.source.delimiter!r}? {advice}"
            yield Finding("column-missing", f"there is no column {name!r} in {file}", advice, place)
        elif header.count(name) > 1:
            advice = "rename one of the two columns in the file"
            yield Finding("column-twice", f"the column {name!r} stands twice in {file}", advice, place)
    if absent:
        message, advice = f"it has no column {', '.join(absent)}; what is not there counts as blank", OPTIONAL
        yield Finding("column-absent", message, advice, Place(file), Severity.WARNING)


def csv_rows(inputs: Inputs) -> Iterator[tuple[ListFile, GoodRow]]:
    """Every good row of every file, repairs in their places; bad rows go to `reject`."""
    for path in inputs.files:
        with opened_list(path, inputs.mapping) as (reach, file):
            for row in inputs.counting.rows(reach, file.rows()):
                if isinstance(row, PassedOver):
                    inputs.pass_over(RowPlace(file.name, str(row.number)), row.why)
                    continue
                if inputs.repairs:
                    row = _mended(inputs, file, row)
                if isinstance(row, BadRow):
                    inputs.reject(row)
                else:
                    yield file, row


def _mended(inputs: Inputs, file: ListFile, row: GoodRow | BadRow) -> GoodRow | BadRow:
    place = row.place if isinstance(row, BadRow) else RowPlace(file.name, str(row.number))
    cells = inputs.repair(place)
    return row if cells is None else file.mended(int(place.row), cells)


def csv_events(inputs: Inputs) -> Iterator[Record]:
    """One record per row."""
    for file, row in csv_rows(inputs):
        place, cells = RowPlace(file.name, str(row.number)), file.by_column(row.cells)
        yield Record(place, row.number, cells, [cells], [place])


def csv_cases(inputs: Inputs, reading: Reading, scratch: Path) -> Iterator[Record]:
    """One record per case, made of all its rows wherever they stand; `scratch` is an empty folder for sorting."""
    mapping = inputs.mapping
    places = [reading.place_of(ref) for ref in mapping.refs()]
    said_once = sorted({name for level, name in places if level is Level.CASE})
    files: list[ListFile] = []
    for number, rows in enumerate(grouped(_keyed(inputs, reading, files), scratch), start=1):
        cells = [files[at].by_column(row) for _, _, at, _, row in rows]
        spots = [RowPlace(files[at].name, str(row_number)) for _, _, at, row_number, _ in rows]
        case, trouble = _said_once(cells, said_once)
        yield Record(spots[0], number, case, cells, spots, trouble)


def _keyed(inputs: Inputs, reading: Reading, files: list[ListFile]) -> Iterator[SortedRow]:
    """Rows with the number of their case; `files` grows as they are read. Rows without a key are rejected."""
    key_of, cases = reading.text(inputs.mapping.key, "key"), dict[str, int]()
    for order, (file, row) in enumerate(csv_rows(inputs)):
        if not files or files[-1] is not file:
            files.append(file)
        place, cells = RowPlace(file.name, str(row.number)), file.by_column(row.cells)
        try:
            key = key_of(Record(place, row.number, cells, [cells], [place]))
        except Rejected as error:
            inputs.reject(BadRow(place, error.reason, cells))
            continue
        if key is None:
            reason = Reason("missing-key", "the key is blank", "fill in the case it belongs to")
            inputs.reject(BadRow(place, reason, cells))
            continue
        yield cases.setdefault(key, len(cases)), order, len(files) - 1, row.number, row.cells


def _said_once(rows: list[Cells], names: list[str]) -> tuple[Cells, Reason | None]:
    """What the rows of a case agree on; two different values in one column are trouble."""
    case: Cells = {}
    trouble: list[Reason] = []
    for name in names:
        values = list(dict.fromkeys(text for row in rows if (text := row.get(name, "").strip())))
        case[name] = values[0] if values else ""
        if len(values) > 1:
            message = f"the rows of the case disagree on {name!r}: {values[0]!r} and {values[1]!r}"
            trouble.append(Reason("contradiction", message, "make them agree, or map the column per event"))
    return case, joined(trouble)


def xes_records(inputs: Inputs) -> Iterator[Record]:
    """One record per trace, or per event where an item is an event."""
    by_event = inputs.mapping.item is Level.EVENT
    for path in inputs.files:
        with opened(path) as stream:
            traces = enumerate(read_traces(stream), start=1)
            whole = (Record(RowPlace(path.name, f"trace={at}"), at, *trace) for at, trace in traces)
            found = _by_event(whole) if by_event else whole
            for record in inputs.counting.rows(stream, found):
                yield _mended_record(inputs, record) if inputs.repairs else record


def _by_event(traces: Iterable[Record]) -> Iterator[Record]:
    for trace in traces:
        for number, event in enumerate(trace.events, start=1):
            place = RowPlace(trace.place.file, f"{trace.place.row},event={number}")
            yield Record(place, number, trace.case, [event])


def _mended_record(inputs: Inputs, record: Record) -> Record:
    cells = inputs.repair(record.place)
    if cells is None:
        return record
    case, events = as_trace(cells)
    return Record(record.place, record.number, case, events)


def as_trace(cells: dict[str, Any]) -> Trace:
    """The case and the events of cells as the set-aside file has them."""
    case, events = cells.get("case"), cells.get("events")
    whole = isinstance(case, dict) and isinstance(events, list) and all(isinstance(e, dict) for e in events)
    if not whole or not (case is not None and events is not None):
        return {}, [{}]  # it will be set aside again, as its key is missing
    return {str(k): str(v) for k, v in case.items()}, [{str(k): str(v) for k, v in e.items()} for e in events]


class Unseen:
    """The attributes of a log that no record has had yet: a log has no header that could be checked before."""

    def __init__(self, mapping: Mapping, reading: Reading):
        self._file = mapping.file
        self._left = {ref.text: (ref, *reading.place_of(ref)) for ref in mapping.refs()}
        self._known: dict[str, None] = {}

    def look(self, record: Record) -> None:
        """Strike off what the record has."""
        if not self._left:
            return
        for text, (_, level, name) in list(self._left.items()):
            places = [record.case] if level is Level.CASE else record.events
            if any(name in cells for cells in places):
                del self._left[text]
        for cells in (record.case, *record.events[:1]):
            self._known.update(dict.fromkeys(cells))

    def warnings(self) -> list[Finding]:
        """One warning per attribute that never occurred."""
        return [
            Finding(
                "attribute-never-seen",
                f"no {level.value} has the attribute {name!r}",
                did_you_mean(name, self._known),
                Place(self._file, line=ref.line),
                Severity.WARNING,
            )
            for ref, level, name in self._left.values()
        ]
