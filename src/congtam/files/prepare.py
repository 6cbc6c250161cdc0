"""`prepare`: files and a mapping in, a folder of contract tables out, all or nothing.

Beside the tables stands `intake/`: the report, the mapping as it was, the rows set aside (to be mended and handed
in again), and the rows kept although they look wrong.
"""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from congtam.engine.facts.cells import instant_text
from congtam.engine.facts.store import TableWriter
from congtam.engine.facts.tables import TABLES, Name
from congtam.engine.findings import Finding, Place, unusable
from congtam.files.counting import Counting
from congtam.files.formats import check_formats
from congtam.files.items import Draft, ItemMaker
from congtam.files.mapping import Level, Mapping
from congtam.files.reading import Reading
from congtam.files.records import BadRow, Reason, Record, Rejected, RowPlace
from congtam.files.report import SHOWN, Progress, Report
from congtam.files.set_aside import FILE, FOLDER, KEPT_FILE, SetAsideFile, is_set_aside, read_repairs, refuse_unused
from congtam.files.sources import Inputs, Unseen, check_headers, csv_cases, csv_events, xes_records


def prepare(
    files: Sequence[Path],
    mapping: Mapping,
    out: Path,
    recorded_at: datetime,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """Turn `files` into contract tables in the new folder `out`.

    Mended set-aside files among `files` take the place of the rows they came from. `recorded_at` (aware) is when we
    learned it, unless the mapping names a column for that. Raises `Unusable`, and leaves nothing behind, when a file
    or the mapping cannot be used or `out` is not empty; single rows that cannot be used are set aside instead.
    """
    if recorded_at.tzinfo is None:
        raise ValueError("recorded_at needs an offset")
    mended = [path for path in files if is_set_aside(path)]
    data = [path for path in files if path not in mended]
    _refuse_bad_choice(data)
    repairs = read_repairs(mended)
    check_formats(data, mapping)
    columns, warnings = check_headers(data, mapping) if mapping.source.is_table else (set(), [])
    report = Report(recorded_at, warnings=[*mapping.warnings, *warnings])
    with _new_folder(out) as folder, closing(_Job(folder, Reading(mapping, columns), mapping, report)) as job:
        inputs = Inputs(data, mapping, Counting(data, report, progress), job.reject, job.pass_over, repairs)
        job.run(inputs)
        refuse_unused(repairs, inputs.repaired)
        report.rows_repaired = len(inputs.repaired)
        job.finish()
    return report


def _refuse_bad_choice(files: Sequence[Path]) -> None:
    if not files:
        raise unusable("no-files", "there is no file to read", "name at least one CSV, XES, XLSX or Parquet file")
    twice = [name for name, times in Counter(path.name for path in files).items() if times > 1]
    if twice:
        advice = "rename one: records say by its name which file they came from"
        raise unusable("same-name", "two of the files have the same name", advice, Place(twice[0]))


@contextmanager
def _new_folder(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its place at the end, or goes away."""
    folder = out.parent / f".{out.name}.partial-{os.getpid()}"
    missing: list[Path] = []
    try:
        missing += [parent for parent in out.parents if not parent.exists()]
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise unusable("out-not-empty", f"{out} is there already and not empty", "name a new folder, or empty it")
        (folder / FOLDER).mkdir(parents=True)
        (folder / "scratch").mkdir()
        yield folder
        shutil.rmtree(folder / "scratch")
        folder.replace(out)
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"{out} cannot be written: {error.strerror or error}"
        raise unusable("out-unwritable", message, "choose another folder, or make room; nothing was written") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _remove_empty(missing)


def _remove_empty(folders: Sequence[Path]) -> None:
    """Take away folders that were made on the way to nothing, the innermost first."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


class _Job:
    """One prepare under way: takes records, writes events, counts."""

    def __init__(self, folder: Path, reading: Reading, mapping: Mapping, report: Report):
        self._folder, self._reading, self._mapping, self._report = folder, reading, mapping, report
        self._maker = ItemMaker(mapping, reading)
        self._wanted = [(one.ref, reading.holds([one])) for one in mapping.only_when]
        self._events = TableWriter(folder, TABLES["event"])
        self._set_aside = SetAsideFile(folder / FOLDER / FILE)
        self._kept = SetAsideFile(folder / FOLDER / KEPT_FILE)
        self._recorded_at = instant_text(report.recorded_at)
        self._keys: set[str] = set()
        self._names: dict[str, str] = {}

    def run(self, inputs: Inputs) -> None:
        """Take every record of the inputs."""
        unseen = Unseen(self._mapping, self._reading) if self._mapping.source.format == "xes" else None
        for record in self._records(inputs):
            if unseen:
                unseen.look(record)
            self._take(record)
        self._report.warnings += unseen.warnings() if unseen else []

    def _records(self, inputs: Inputs) -> Iterator[Record]:
        if self._mapping.source.format == "xes":
            return xes_records(inputs)
        if self._mapping.item is Level.EVENT:
            return csv_events(inputs)
        return csv_cases(inputs, self._reading, self._folder / "scratch")

    def _take(self, record: Record) -> None:
        try:
            if why := self._left_out(record):
                self._report.left_out[why] += self._count(record, "rows_left_out")
                return
            draft = self._maker.draft(record, self._keys)
        except Rejected as error:
            self._put_aside(record, error.reason)
        else:
            self._write(draft)
            self._count(record, "rows_used")
            if draft.doubt:
                self._note_kept(record, draft.doubt.reason)

    def _left_out(self, record: Record) -> str | None:
        event = record.events[0] if record.events else {}
        for ref, holds in self._wanted:
            if not holds(record, event):
                return f"{ref.text} is not as asked for"
        return None

    def _write(self, draft: Draft) -> None:
        self._keys.add(draft.item)
        self._report.items += 1
        self._events.write_lines(draft.lines(self._report.events + 1, self._recorded_at))
        self._report.events += len(draft.happenings)
        if draft.unit and draft.unit_name:
            self._names.setdefault(draft.unit, draft.unit_name)

    def _count(self, record: Record, what: str) -> int:
        """Count the rows of a record in the files they came from; how many they were."""
        places = record.rows or [record.place]
        for place in places:
            self._count_one(place, what)
        return len(places)

    def _count_one(self, place: RowPlace, what: str) -> None:
        file = self._report.files[-1]
        if file.file != place.file:
            file = next(file for file in self._report.files if file.file == place.file)
        setattr(file, what, getattr(file, what) + 1)

    def _put_aside(self, record: Record, reason: Reason) -> None:
        for place, cells in record.parts():
            self.reject(BadRow(place, reason, cells))

    def reject(self, row: BadRow) -> None:
        """Set one row aside."""
        self._count_one(row.place, "rows_set_aside")
        self._report.set_aside[row.reason.code] += 1
        self._set_aside.add(row.place, row.reason, row.cells)
        if len(self._report.first_set_aside) < SHOWN:
            self._report.first_set_aside += [_finding(row.place, one) for one in row.reason.all]

    def pass_over(self, place: RowPlace, why: str) -> None:
        """Count a row of a sheet that is no data: a total, a heading, a signature."""
        self._count_one(place, "rows_left_out")
        self._report.left_out[why] += 1

    def _note_kept(self, record: Record, reason: Reason) -> None:
        for place, cells in record.parts():
            self._report.kept[reason.code] += 1
            self._kept.add(place, reason, cells)

    def finish(self) -> None:
        """Write what is known at the end only: names, the mapping, the report."""
        if self._names:
            with closing(TableWriter(self._folder, TABLES["name"])) as names:
                for code, text in sorted(self._names.items()):
                    names.write(Name(code, "unit", text))
        beside = self._folder / FOLDER
        (beside / "mapping.yaml").write_text(self._mapping.text, encoding="utf-8")
        (beside / "report.json").write_text(self._report.as_json(), encoding="utf-8")

    def close(self) -> None:
        """Close every file."""
        for file in (self._events, self._set_aside, self._kept):
            file.close()


def _finding(place: RowPlace, reason: Reason) -> Finding:
    if place.row.isdigit():
        return Finding(reason.code, reason.message, reason.advice, Place(place.file, row=int(place.row)))
    return Finding(reason.code, reason.message, reason.advice, Place(f"{place.file}, {place.row}"))
