"""A folder of YAML to a rulebook: read strictly, every finding at once, each with file and line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from congtam.engine.findings import Finding, Place, Unusable, did_you_mean, refuse_if_any, unusable
from congtam.engine.rulebook.catalogue import Catalogue
from congtam.engine.rulebook.model import Block, ClockBlock, Indicator, RulebookHead, Scorecard
from congtam.engine.rulebook.model.reward import Reward
from congtam.engine.rulebook.yaml_source import Document, KeyPath, read_yaml

B = TypeVar("B", bound=Block)

HEAD, CHANGES, SEEN = "rulebook.yaml", "changes.yaml", "base.json"
ID = re.compile(r"[a-z][a-z0-9_]*")
ID_ADVICE = "ids are lower-case letters, digits and _, and begin with a letter"
FOLDERS: dict[str, type[Block]] = {
    "indicators": Indicator,
    "scorecards": Scorecard,
    "clocks": ClockBlock,
    "catalogues": Catalogue,
    "rewards": Reward,
}


@dataclass(frozen=True)
class Folder:
    """A rulebook's files as plain YAML, by path within the folder, and what is already wrong with them."""

    id: str
    path: Path
    documents: dict[str, Document]
    findings: tuple[Finding, ...] = ()

    @property
    def extends(self) -> str | None:
        """What it says it is laid over, as it is written."""
        head = self.documents[HEAD].data if HEAD in self.documents else None
        said = head.get("extends") if isinstance(head, dict) else None
        return None if said is None else str(said)


@dataclass(frozen=True)
class Draft:
    """A rulebook as its files say it, before its expressions have meaning. `documents` by path within the folder."""

    id: str
    folder: Path
    head: RulebookHead
    indicators: dict[str, Indicator]
    scorecards: dict[str, Scorecard]
    clocks: dict[str, ClockBlock]
    documents: dict[str, Document] = field(default_factory=dict)
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    rewards: dict[str, Reward] = field(default_factory=dict)

    def place(self, file: str, path: KeyPath = ()) -> Place:
        """Where a value stands in one of the rulebook's files."""
        return self.documents[file].place(path)


class Library:
    """Folders of rulebooks, searched in order. An id is the path below a root; a path outside names itself."""

    def __init__(self, *roots: Path):
        self.roots = roots

    def folder(self, id_or_path: str) -> tuple[str, Path]:
        """The id and folder of a rulebook. Raises `Unusable` when there is none."""
        path = Path(id_or_path)
        for root in self.roots:
            if not path.is_absolute() and (root / path / HEAD).is_file():
                return id_or_path, root / path
        if (path / HEAD).is_file():
            return path.resolve().name, path
        raise unusable("rulebook-missing", f"there is no rulebook {id_or_path!r}", did_you_mean(id_or_path, self.ids()))

    def ids(self) -> list[str]:
        """The ids of all rulebooks below the roots."""
        return sorted({identity for root in self.roots for identity in _ids_below(root)})


def _ids_below(root: Path) -> Iterator[str]:
    for head in root.rglob(HEAD):
        yield head.parent.relative_to(root).as_posix()


def load_draft(library: Library, id_or_path: str) -> Draft:
    """Read one rulebook's own files. Raises `Unusable` with every finding of every file."""
    return draft_of(read_folder(library, id_or_path))


def read_folder(library: Library, id_or_path: str) -> Folder:
    """A rulebook's files as plain YAML. Raises `Unusable` when there is no such rulebook; the rest is in `findings`."""
    identity, folder = library.folder(id_or_path)
    findings: list[Finding] = []
    documents: dict[str, Document] = {}
    paths = [folder / HEAD, *(path for name in FOLDERS for path in sorted((folder / name).glob("*.yaml")))]
    for path in [*paths, *([folder / CHANGES] if (folder / CHANGES).is_file() else [])]:
        name = path.relative_to(folder).as_posix()
        try:
            documents[name] = read_yaml(path, name)
        except Unusable as refusal:
            findings += refusal.findings
    made = Folder(identity, folder, documents)
    return replace(made, findings=(*findings, *_strangers(folder, made.extends is not None)))


def draft_of(folder: Folder) -> Draft:
    """The files as blocks of the model. Raises `Unusable` with every finding of every file."""
    findings: list[Finding] = []
    head: RulebookHead | None = None
    blocks: dict[str, dict[str, Any]] = {name: {} for name in FOLDERS}
    for name, document in folder.documents.items():
        if name == CHANGES:
            continue
        where, _, file = name.rpartition("/")
        found, block = validate(document, FOLDERS[where] if where else RulebookHead)
        findings += found
        if block is not None and where:
            blocks[where][file.removesuffix(".yaml")] = block
        elif isinstance(block, RulebookHead):
            head = block
    refuse_if_any([*findings, *folder.findings])
    assert head is not None
    return Draft(
        folder.id,
        folder.path,
        head,
        blocks["indicators"],
        blocks["scorecards"],
        blocks["clocks"],
        folder.documents,
        blocks["catalogues"],
        blocks["rewards"],
    )


def _strangers(folder: Path, overlay: bool) -> Iterator[Finding]:
    """Whatever the loader would pass over in silence."""
    beside = (HEAD, CHANGES, SEEN) if overlay else (HEAD,)
    known = (*FOLDERS, "examples")
    for path in sorted(path for path in folder.rglob("*") if path.is_file() or path.parent == folder):
        inside = path.relative_to(folder)
        if any(step.startswith(".") for step in inside.parts) or inside.as_posix() in beside:
            continue
        if path.is_dir() and path.name in known:
            continue
        in_place = len(inside.parts) == 2 and inside.parts[0] in known and path.suffix == ".yaml"
        if inside.as_posix() in (CHANGES, SEEN):
            yield Finding(
                "changes-of-nothing",
                f"{inside.as_posix()} is for a rulebook laid over another, and {HEAD} extends none",
                "say in rulebook.yaml what it extends: `extends: RULEBOOK@DIGEST`, or remove the file",
                Place(inside.as_posix()),
            )
            continue
        if not in_place:
            yield Finding(
                "unknown-file",
                f"{inside.as_posix()} has no place in a rulebook",
                f"a rulebook holds {HEAD} and files ending in .yaml in the folders {', '.join(sorted(known))}",
                Place(inside.as_posix()),
            )
        elif inside.parts[0] in FOLDERS and not ID.fullmatch(path.stem):
            yield Finding("bad-id", f"the name {path.stem!r} is no id", ID_ADVICE, Place(inside.as_posix()))


def validate(document: Document, kind: type[B]) -> tuple[list[Finding], B | None]:
    """One document as one block, or the findings that say why not."""
    if not isinstance(document.data, dict):
        return [
            Finding("not-a-block", "the file holds no keys", "see docs/how-to/write-a-rulebook.md", document.place(()))
        ], None
    try:
        return [], kind.model_validate(document.data)
    except ValidationError as error:
        return [_finding(document, kind, one) for one in error.errors()], None


def _finding(document: Document, kind: type[Block], error: Any) -> Finding:
    path: KeyPath = tuple(error["loc"])
    place = document.place(path)
    last = path[-1] if path else ""
    match error["type"]:
        case "extra_forbidden":
            return Finding("unknown-key", f"{_at(path)} is not a key here", "remove it or check its spelling", place)
        case "missing":
            return Finding("missing-key", f"the key {last!r} is missing{_within(path)}", "add it", place)
        case "literal_error" | "enum":
            expected = error.get("ctx", {}).get("expected", "")
            return Finding("bad-value", f"{_at(path)} is {error['input']!r}", f"write one of {expected}", place)
        case "string_pattern_mismatch":
            return Finding(
                "bad-id",
                f"{_at(path)} is {error['input']!r}",
                "ids are lower-case letters, digits and _, and begin with a letter",
                place,
            )
        case "value_error":
            return Finding("bad-value", f"{_at(path)}: {error['ctx']['error']}", "correct the value", place)
        case _:
            return Finding(
                "bad-value",
                f"{_at(path)}: {error['msg'].lower()} (given: {str(error['input'])[:60]!r})",
                "correct the value",
                place,
            )


def _at(path: KeyPath) -> str:
    return repr(".".join(str(step) for step in path)) if path else "the block"


def _within(path: KeyPath) -> str:
    return f" in {'.'.join(str(step) for step in path[:-1])}" if len(path) > 1 else ""
