"""What a file is, by its bytes: the name is not believed."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from congtam.evidence.names import RUNS

_BEGINS = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
_ODT = b"application/vnd.oasis.opendocument.text"
MOST_PARTS = 20_000  # files in an office document; a larger one is made to choke whoever opens it

MEDIA = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}


def kind_of(path: Path) -> str:
    """The kind of a file: pdf, png, jpeg, docx, xlsx, odt; `macros` for an office document that can run; empty for
    anything else."""
    with path.open("rb") as file:
        first = file.read(8)
    for begin, kind in _BEGINS:
        if first.startswith(begin):
            return kind
    return _office(path) if first.startswith(b"PK\x03\x04") else ""


def _office(path: Path) -> str:
    try:
        with ZipFile(path) as parts:
            names = set(parts.namelist())
            if len(names) > MOST_PARTS:
                return ""
            if any(_runs(name) for name in names):
                return "macros"
            if "[Content_Types].xml" in names:
                return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
            if "mimetype" in names and "content.xml" in names:
                with parts.open("mimetype") as told:
                    return "odt" if told.read(len(_ODT) + 1).strip() == _ODT else ""
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return ""  # a broken archive, or one that is locked
    return ""


def _runs(name: str) -> bool:
    last = name.rpartition("/")[2].casefold()
    return last == "vbaproject.bin" or name.startswith("Basic/") or last.rpartition(".")[2] in RUNS
