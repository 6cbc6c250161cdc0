"""Reads the `source` block of a mapping: how the file is written, and where in it the table stands."""

import codecs
from typing import Any

from congtam.engine.rulebook.yaml_source import KeyPath
from congtam.files.mapping import Source
from congtam.files.mapping_block import Blocks, as_text

KEYS: dict[str, tuple[str, ...]] = {
    "csv": ("format", "delimiter", "encoding"),
    "xes": ("format",),
    "xlsx": ("format", "sheet", "header", "number", "also", "optional"),
    "parquet": ("format", "also", "optional"),
}
WRONG_KEY = {
    "csv": "a CSV file has a header in its first line, and one table",
    "xes": "an XES log says itself how it is written",
    "xlsx": "a workbook says itself how its cells are written",
    "parquet": "a Parquet file says itself how it is written",
}
DEEPEST = 3  # rows of one header


def read_source(blocks: Blocks, data: Any) -> Source:
    """The `source` block; what is wrong becomes findings of `blocks`."""
    every = tuple(dict.fromkeys(key for keys in KEYS.values() for key in keys))
    block = blocks.block(("source",), data or {}, every)
    form = blocks.word(("source", "format"), block.get("format"), tuple(KEYS))
    for key in block:
        if form in KEYS and key in every and key not in KEYS[form]:
            code, advice = f"not-for-{form}", f"delete {key}; known keys: {', '.join(KEYS[form])}"
            blocks.problem(("source", key), code, f"{WRONG_KEY[form]}: {key} has no meaning", advice)
    return Source(
        form,
        _delimiter(blocks, as_text(block.get("delimiter") or ",")),
        _encoding(blocks, as_text(block.get("encoding") or "utf-8")),
        _text(blocks, block, "sheet"),
        _header(blocks, block.get("header")),
        _text(blocks, block, "number"),
        _also(blocks, block.get("also")),
        frozenset(blocks.texts(("source", "optional"), block.get("optional") or [])),
    )


def _text(blocks: Blocks, block: dict[str, Any], key: str) -> str | None:
    """One name, where it is given."""
    if block.get(key) is None:
        return None
    if isinstance(block[key], dict | list):
        message = f"source.{key} is {block[key]!r}, not one name"
        blocks.problem(("source", key), "not-a-text", message, "write it like sheet: Quý I, or number: STT")
        return None
    return as_text(block[key])


def _delimiter(blocks: Blocks, text: str) -> str:
    delimiter = text.replace("tab", "\t")
    if len(delimiter) != 1 or delimiter in '"\r\n':
        path = ("source", "delimiter")
        blocks.problem(path, "bad-delimiter", f"{delimiter!r} is no delimiter", 'write ",", ";", "|" or tab')
    return delimiter


def _encoding(blocks: Blocks, name: str) -> str:
    try:
        found = codecs.lookup(name)
    except LookupError:
        found = None
    if found is None or not found._is_text_encoding:
        advice = "write utf-8, utf-16, cp1258, cp1252 or latin-1"
        blocks.problem(("source", "encoding"), "bad-encoding", f"{name!r} is no text encoding", advice)
        return "utf-8"
    return "utf-8" if found.name == "utf-8-sig" else found.name


def _header(blocks: Blocks, data: Any) -> tuple[int, int] | None:
    """A row of the sheet, or the first and the last of a header over several rows."""
    if data is None:
        return None
    rows = data if isinstance(data, list) else [data]
    whole = all(isinstance(row, int) and not isinstance(row, bool) and row > 0 for row in rows)
    if not whole or not rows or not rows[0] <= rows[-1] < rows[0] + DEEPEST:
        path: KeyPath = ("source", "header")
        advice = "write the row numbers at the left edge, such as header: 5, or header: [5, 6]"
        blocks.problem(path, "bad-header", f"header is {data!r}, not one row or up to {DEEPEST} in a row", advice)
        return None
    return rows[0], rows[-1]


def _also(blocks: Blocks, data: Any) -> dict[str, tuple[str, ...]]:
    """Other names of columns, by the name that the mapping uses."""
    if data is None:
        return {}
    path: KeyPath = ("source", "also")
    if not isinstance(data, dict):
        advice = "write {name in this mapping: [other name, other name]}"
        blocks.problem(path, "not-a-block", "source.also must name columns with their other names", advice)
        return {}
    return {as_text(name): tuple(blocks.texts((*path, name), others)) for name, others in data.items()}
