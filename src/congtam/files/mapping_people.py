"""Reads the `people` block of a mapping: which columns name the people, and where their codes are looked up."""

from pathlib import Path
from typing import Any

from congtam.engine.findings import Unusable
from congtam.engine.rulebook.yaml_source import KeyPath
from congtam.files.mapping import Level, People, Ref
from congtam.files.mapping_block import Blocks, as_text
from congtam.files.roster import Roster
from congtam.files.roster_file import SHAPE, load_roster

KEYS = ("from", "lead", "support", "unit", "table")
PATH: KeyPath = ("people",)


def read_people(blocks: Blocks, data: Any, item: Level, given: Path | Roster | None) -> People | None:
    """The `people` block; `given` are people, or a table of them, that go before the table it names."""
    if data is None:
        return None
    block = blocks.block(PATH, data, KEYS)
    both, lead, support = (_refs(blocks, (*PATH, key), block.get(key), item) for key in ("from", "lead", "support"))
    if not (both or lead):
        blocks.problem(PATH, "missing-key", "people needs the key 'from' or 'lead'", "name the column with the names")
    unit = blocks.ref((*PATH, "unit"), block["unit"], item) if block.get("unit") is not None else None
    return People(both, lead, support, unit, _roster(blocks, block.get("table"), given))


def _refs(blocks: Blocks, path: KeyPath, data: Any, item: Level) -> tuple[Ref, ...]:
    if data is None:
        return ()
    listed = data if isinstance(data, list) else [data]
    return tuple(
        blocks.ref((*path, at) if isinstance(data, list) else path, one, item) for at, one in enumerate(listed)
    )


def _roster(blocks: Blocks, table: Any, given: Path | Roster | None) -> Roster | None:
    if isinstance(given, Roster):
        return given
    if given is None and table is None:
        advice = f"say --people FILE, or people: {{table: FILE}} in the mapping; FILE is {SHAPE}"
        blocks.problem(PATH, "no-people", "the mapping reads names of people, but no table gives their codes", advice)
        return None
    path = given or Path(blocks.document.file).parent / as_text(table)
    try:
        return load_roster(path)
    except Unusable as error:
        blocks.findings += error.findings
        return None
