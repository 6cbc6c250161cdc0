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
from congtam.engine.findings import Place, unusable
from congtam.files.drafting import Drafted, Drafting
from congtam.files.mapping import Mapping
from congtam.files.records import BadRow
from congtam.files.report import Progress, Report
from congtam.files.set_aside import FILE, FOLDER, KEPT_FILE, SetAsideFile, is_set_aside, read_repairs, refuse_unused


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
    drafting = Drafting(data, mapping, recorded_at, repairs)
    with _new_folder(out) as folder, closing(_Job(folder, mapping, drafting.report)) as job:
        for one in drafting.drafts(folder / "scratch", progress):
            job.take(one)
        refuse_unused(repairs, drafting.repaired)
        job.finish()
    return drafting.report


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
    """One prepare under way: writes what is drafted and what is set aside."""

    def __init__(self, folder: Path, mapping: Mapping, report: Report):
        self._folder, self._mapping, self._report = folder, mapping, report
        self._events = TableWriter(folder, TABLES["event"])
        self._set_aside = SetAsideFile(folder / FOLDER / FILE)
        self._kept = SetAsideFile(folder / FOLDER / KEPT_FILE)
        self._recorded_at = instant_text(report.recorded_at)
        self._next = 1
        self._names: dict[str, str] = {}

    def take(self, one: Drafted | BadRow) -> None:
        """Write one item's events, or set a row aside."""
        if isinstance(one, BadRow):
            self._set_aside.add(one.place, one.reason, one.cells)
            return
        record, draft = one
        self._events.write_lines(draft.lines(self._next, self._recorded_at))
        self._next += len(draft.happenings)
        if draft.unit and draft.unit_name:
            self._names.setdefault(draft.unit, draft.unit_name)
        if draft.doubt:
            for place, cells in record.parts():
                self._kept.add(place, draft.doubt.reason, cells)

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
