"""Tells what kind of file one is by its first bytes, and refuses those that a mapping is not for."""

import re
from collections.abc import Iterable
from pathlib import Path

from congtam.engine.findings import Finding, Place, refuse_if_any
from congtam.files.mapping import Mapping
from congtam.files.opening import opened, packed_kind

HEAD = 200  # bytes that tell a log from a list
BEFORE_TEXT = b"\xef\xbb\xbf\xff\xfe \t\r\n"  # byte order marks and blanks
XML = re.compile(rb"<(\?xml|!--|!DOCTYPE|([\w.-]+:)?log\b)")
LOOKS = {
    "xes": "a log in XML (XES)",
    "csv": "a list (CSV) or other text",
    "xlsx": "a workbook (XLSX) or a zip archive",
    "parquet": "a Parquet file",
}


def kind_of(path: Path) -> str | None:
    """xes, csv, xlsx or parquet; None when it is empty, or some other kind of markup. Archives count as workbooks."""
    if packed := packed_kind(path):
        return packed
    with opened(path) as stream:
        start = stream.peek(HEAD).translate(None, b"\0").lstrip(BEFORE_TEXT)
    if XML.match(start):
        return "xes"
    return "csv" if start and not start.startswith(b"<") else None


def check_formats(files: Iterable[Path], mapping: Mapping) -> None:
    """Raise `Unusable` when a file is of another kind than those the mapping is for."""
    findings = []
    for path in files:
        found, meant = kind_of(path), mapping.source.format
        if found is None or found == meant:
            continue
        message = f"the file is {LOOKS[found]}, but the mapping {mapping.file} says format: {meant}"
        advice = f"take a mapping for {found} (`congtam prepare {path.name} --propose` drafts one), or another file"
        findings.append(Finding("other-format", message, advice, Place(path.name)))
    refuse_if_any(findings)
