"""The rulebooks that come with the product: proposals, until a site adopts a copy."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import congtam
from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.load import HEAD, Library, read_folder
from congtam.engine.rulebook.overlay import named_base

SHIPPED = Path(congtam.__file__).parent / "rulebooks"
LIBRARY = Library(SHIPPED)


@lru_cache(maxsize=32)
def shipped(rulebook_id: str) -> Rulebook:
    """A rulebook as it is shipped with this version. Raises `Unusable` when there is none."""
    return load_rulebook(LIBRARY, rulebook_id)


def files_of(rulebook_id: str, library: Library = LIBRARY) -> dict[str, str]:
    """The files of a rulebook and of all it is laid over or borrows from, as text, by id and path. Raises `Unusable`
    when there is none."""
    if rulebook_id not in library.ids():  # the engine also takes a folder by its path; whoever adopts names an id
        advice = did_you_mean(rulebook_id, library.ids())
        raise unusable("rulebook-missing", f"there is no rulebook {rulebook_id!r}", advice)
    files: dict[str, str] = {}
    for identity, folder in _needed(rulebook_id, library).items():
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".yaml", ".json"):
                files[f"{identity}/{path.relative_to(folder).as_posix()}"] = path.read_text(encoding="utf-8")
    return files


def _needed(rulebook_id: str, library: Library) -> dict[str, Path]:
    """The folders of a rulebook and of everything it needs, by id."""
    found: dict[str, Path] = {}
    waiting = [rulebook_id]
    while waiting:
        folder = read_folder(library, waiting.pop())
        if folder.id not in found:
            found[folder.id] = folder.path
            waiting += _named_by(folder.documents[HEAD].data)
            waiting += [named_base(folder).base] if folder.extends else []
    return found


def _named_by(head: dict[str, list[dict[str, str]]]) -> Iterator[str]:
    return (use["rulebook"] for use in head.get("uses", ()))
