"""A rulebook laid over another: it says only what differs, and the rest stands as in the base.

`rulebook.yaml` says what it `extends` and what it is itself; what it leaves unsaid (first day, scope, calendar …)
is the base's, except what the base supersedes, its transitions, its last day and its notice, which speak of the base
itself. New indicators, scorecards, clocks, parameters and terms stand in files as in any rulebook. Every departure from
the base is one line of `changes.yaml`, which reads like an amending act: replace this with that, add this, remove that.
What is changed carries the legal basis of its change, or else the overlay's; everything else keeps the base's.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from congtam.engine.findings import Finding, Place, refuse_if_any, unusable
from congtam.engine.rulebook.compare import by_name, differences
from congtam.engine.rulebook.digest import sha256
from congtam.engine.rulebook.editing import Edit, Editor
from congtam.engine.rulebook.inherit import ANSWERS, hand_down
from congtam.engine.rulebook.load import CHANGES, FOLDERS, HEAD, SEEN, Draft, Folder, validate
from congtam.engine.rulebook.located import Node
from congtam.engine.rulebook.model import Block, Id, Parameter, Sourced, Term
from congtam.engine.rulebook.yaml_source import Document

OWN_TO_ALL = ("title", "issuer", "legal_basis")
OF_ITSELF = ("extends", "title", "issuer", "legal_basis", "status", "notice")
NOT_INHERITED = frozenset({*OF_ITSELF, "supersedes", "transition", "valid_to", "ends"})
GATHERED = ("parameters", "terms")
ADDED_TO = ("scope", "legal_acts")  # what an overlay says of them is put beside what the base says
KINDS: dict[str, type[Block]] = {"parameters": Parameter, "terms": Term, **FOLDERS}
SHORTEST = 12


class ChangeLine(Sourced):
    """One line of changes.yaml: `add`, `replace` or `remove` the thing at a path, `with` what.

    A path goes by names: `scorecards/month/grades/good`, `parameters/limit/value`. `before` says where in a list an
    added block stands (left out: at the end).
    """

    add: str | None = None
    replace: str | None = None
    remove: str | None = None
    with_: Any = Field(default=None, alias="with")
    before: Id | None = None

    @model_validator(mode="after")
    def _one_verb(self) -> "ChangeLine":
        verbs = [verb for verb in ("add", "replace", "remove") if getattr(self, verb) is not None]
        if len(verbs) != 1:
            raise ValueError(f"a change has exactly one of add, replace, remove; this has {len(verbs)}")
        if (self.with_ is None) != (verbs == ["remove"]):
            raise ValueError("`add` and `replace` say `with` what; `remove` does not")
        return self


class Changes(Block):
    """changes.yaml: every departure from the base, in order."""

    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class Extends:
    """What an overlay is laid over: the base by id, and the meaning digest (or its beginning) its author saw."""

    base: str
    digest: str
    place: Place


def extends(folder: Folder) -> Extends:
    """What `extends` says. Raises `Unusable` when it cannot be read."""
    place = folder.documents[HEAD].place(("extends",))
    base, at, digest = str(folder.extends).partition("@")
    if not base or not at or len(digest) < SHORTEST or set(digest) - set("0123456789abcdef"):
        raise unusable(
            "bad-extends",
            f"'extends' is {folder.extends!r}",
            f"write RULEBOOK@DIGEST, with at least {SHORTEST} of the letters that `congtam rulebook show RULEBOOK` "
            "prints as the digest of its rules, or let `congtam rulebook pin FOLDER` write it",
            place,
        )
    return Extends(base, digest, place)


def named_base(folder: Folder) -> Extends:
    """The base that `extends` names, whatever digest stands there or none. Raises `Unusable` when it names none."""
    base, _, digest = (folder.extends or "").partition("@")
    if not base:
        raise unusable(
            "no-base", f"{folder.id} is laid over no other rulebook", "write `extends: RULEBOOK` first", Place(HEAD, 1)
        )
    return Extends(base, digest, folder.documents[HEAD].place(("extends",)))


def pinned(folder: Folder, now: dict[str, Any]) -> dict[str, str]:
    """The texts of the two files that say which base an overlay is laid over, for the base's meaning `now`."""
    text = (folder.path / HEAD).read_text(encoding="utf-8")
    line = f"extends: {named_base(folder).base}@{sha256(now)[:16]}"
    head = re.sub(r"^extends:.*$", lambda _: line, text, count=1, flags=re.MULTILINE)
    return {HEAD: head, SEEN: json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True) + "\n"}


def seen(folder: Path, digest: str) -> dict[str, Any] | None:
    """The base's meaning as the author saw it (base.json beside the overlay), if it is the one the digest names."""
    try:
        told = json.loads((folder / SEEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if digest and isinstance(told, dict) and sha256(told).startswith(digest) else None


def stale(folder: Folder, said: Extends, now: dict[str, Any]) -> list[Finding]:
    """Whether the base, whose meaning is `now`, is no longer what the author saw; what changed, where that is known."""
    digest = sha256(now)
    if digest.startswith(said.digest):
        return []
    told = changed_in_base(folder, said, now)
    unknown = f"what changed is not known: there is no {SEEN} of that digest beside rulebook.yaml"
    return [
        Finding(
            "base-changed",
            f"{said.base} is no longer what this was laid over ({said.digest[:SHORTEST]}, now {digest[:SHORTEST]}); "
            + (f"changed there: {'; '.join(told)}" if told else unknown),
            f"review each against {CHANGES}; then write extends: {said.base}@{digest[:SHORTEST]}, "
            "or let `congtam rulebook pin FOLDER` write it",
            said.place,
        )
    ]


def changed_in_base(folder: Folder, said: Extends, now: dict[str, Any]) -> list[str] | None:
    """What is now otherwise in the base than the author saw, a line each; None where what was seen is not known."""
    before = now if said.digest and sha256(now).startswith(said.digest) else seen(folder.path, said.digest)
    return None if before is None else [one.said for one in differences(by_name(before), by_name(now))]


def lay_over(base: Draft, folder: Folder) -> Folder:
    """The overlay's files put together with its base's. What is wrong is added to `findings`."""
    return _Laying(base, folder).laid()


@dataclass
class _Laying:
    base: Draft
    folder: Folder
    findings: list[Finding] = field(default_factory=list)

    def laid(self) -> Folder:
        refuse_if_any([*self.folder.findings, *self._unsaid()])
        head, tree = self._head(), self._tree()
        editor = Editor(tree, self.base.id, KINDS)
        for one in self._edits(head):
            self.findings += editor.make(one)
        documents = {HEAD: self._whole(head, tree).document(HEAD)}
        for where in FOLDERS:
            for name, node in tree.value[where].value.items():
                documents[f"{where}/{name}.yaml"] = node.document(f"{where}/{name}.yaml")
        return Folder(self.folder.id, self.folder.path, documents, (*self.folder.findings, *self.findings))

    def _unsaid(self) -> Iterator[Finding]:
        document = self.folder.documents[HEAD]
        for key in OWN_TO_ALL:
            if key not in document.data:
                yield Finding(
                    "missing-key",
                    f"the key {key!r} is missing; a rulebook laid over another says its own",
                    "add it",
                    document.place(()),
                )

    def _head(self) -> Node:
        """What the overlay says of itself, and what it leaves to the base; without parameters and terms."""
        own = Node.of(self.folder.documents[HEAD])
        base = Node.of(self.base.documents[HEAD], self.base.id)
        kept = {k: v for k, v in base.value.items() if k not in NOT_INHERITED and k not in own.value}
        for key in ADDED_TO:
            if key in own.value and key in base.value and isinstance(own.value[key].value, dict):
                own.value[key].value = base.value[key].value | own.value[key].value
        if "uses" in own.value and "uses" in base.value and isinstance(own.value["uses"].value, list):
            own.value["uses"].value = [*base.value["uses"].value, *own.value["uses"].value]
        said = {**kept, **own.value}
        return Node(own.place, {k: v for k, v in said.items() if k not in GATHERED or not isinstance(v.value, dict)})

    def _tree(self) -> Node:
        """The base's blocks, each with the legal basis it inherits, and the overlay's new ones among them."""
        tree: dict[str, dict[str, Node]] = {where: {} for where in (*GATHERED, *FOLDERS)}
        for document in self.base.documents.values():
            for where, name, node in _blocks(document, Node.of(document, self.base.id)):
                tree[where][name] = node
        above = Node.of(self.base.documents[HEAD], self.base.id).value
        for where, kind in KINDS.items():
            for node in tree[where].values():
                hand_down(node, kind, above)
        for document in self.folder.documents.values():
            for where, name, node in _blocks(document, Node.of(document)):
                if name in tree[where]:
                    self._find_already(where, name, node.place)
                else:
                    tree[where][name] = node
        top = Place(HEAD, 1)
        return Node(top, {where: Node(top, members) for where, members in tree.items()})

    def _find_already(self, where: str, name: str, place: Place) -> None:
        self.findings.append(
            Finding(
                "already-there",
                f"{self.base.id} already has {where}/{name}",
                f"give a new name to what is new; what differs is a line of {CHANGES}, such as "
                f"`replace: {where}/{name}/…`",
                place,
            )
        )

    def _edits(self, head: Node) -> Iterator[Edit]:
        document = self.folder.documents.get(CHANGES)
        if document is None:
            return
        found, block = validate(document, Changes)
        self.findings += found
        nodes = Node.of(document)
        for index, line in enumerate(block.changes if block else ()):
            node = nodes.value["changes"].value[index]
            verb = next(verb for verb in ("add", "replace", "remove") if getattr(line, verb) is not None)
            given = [(key, where[key]) for where in (head.value, node.value) for key in ANSWERS if key in where]
            said = {key: one for key, one in given if one.value is not None}
            yield Edit(verb, getattr(line, verb), node.value.get("with"), said, line.before, node.value[verb].place)

    def _whole(self, head: Node, tree: Node) -> Node:
        gathered = {where: tree.value[where] for where in GATHERED if tree.value[where].value}
        return Node(head.place, gathered | head.value)


def _blocks(document: Document, node: Node) -> Iterable[tuple[str, str, Node]]:
    """The named blocks of a file: (folder, name, block); of the head, its parameters and terms."""
    where, _, file = document.file.rpartition("/")
    if where:
        return [(where, file.removesuffix(".yaml"), node)]
    if document.file != HEAD:
        return []
    gathered = [(where, node.value.get(where)) for where in GATHERED]
    return [
        (where, name, inner)
        for where, members in gathered
        if members is not None and isinstance(members.value, dict)
        for name, inner in members.value.items()
    ]
