"""Opens any file that is a list of rows under a header: CSV, a workbook, Parquet."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from congtam.engine.findings import Place, unusable
from congtam.files.csv_source import CsvFile
from congtam.files.mapping import Mapping
from congtam.files.opening import Reach, opened
from congtam.files.parquet_source import ParquetFile
from congtam.files.spreadsheets.source import SheetFile

ListFile = CsvFile | SheetFile | ParquetFile


@contextmanager
def opened_list(path: Path, mapping: Mapping) -> Iterator[tuple[Reach, ListFile]]:
    """The list in `path`, and how far its reading is. Raises `Unusable`, also from the reading done inside."""
    if mapping.source.format == "csv":
        with opened(path) as stream:
            yield stream, CsvFile(stream, mapping.source)
        return
    file = _open(path, mapping)
    with closing(file):
        yield file, file


def _open(path: Path, mapping: Mapping) -> SheetFile | ParquetFile:
    place = Place(path.name)
    try:
        return SheetFile(path, mapping) if mapping.source.format == "xlsx" else ParquetFile(path, mapping)
    except (FileNotFoundError, NotADirectoryError):
        raise unusable("file-missing", f"there is no file {path}", "check the path", place) from None
    except (IsADirectoryError, PermissionError) as error:
        message, advice = f"the file {path} cannot be opened ({error.strerror})", "name a file that you may read"
        raise unusable("file-unreadable", message, advice, place) from None
