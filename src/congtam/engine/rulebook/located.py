"""YAML values that know where they stand, so that texts of several files can be put together and still be found."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from congtam.engine.findings import Place
from congtam.engine.rulebook.load import FOLDERS
from congtam.engine.rulebook.yaml_source import Document, KeyPath


def within(place: Place, rulebook: str) -> Place:
    """The place with its rulebook's id before the file; what stands in a base already has the base's."""
    own = "/" not in place.file or place.file.split("/")[0] in FOLDERS
    return Place(f"{rulebook}/{place.file}", place.line) if own and rulebook and place.file else place


@dataclass
class Node:
    """A value and its place: a dict of nodes, a list of nodes, or a plain value. Made to be changed."""

    place: Place
    value: Any

    @classmethod
    def of(cls, document: Document, rulebook: str = "") -> "Node":
        """A document's nodes, placed in a rulebook when it is named."""

        def placed(path: KeyPath) -> Place:
            return within(document.place(path), rulebook)

        def build(value: Any, path: KeyPath) -> Node:
            if isinstance(value, dict):
                return cls(placed(path), {key: build(inner, (*path, key)) for key, inner in value.items()})
            if isinstance(value, list):
                return cls(placed(path), [build(inner, (*path, index)) for index, inner in enumerate(value)])
            return cls(placed(path), value)

        return build(document.data, ())

    @property
    def plain(self) -> Any:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: inner.plain for key, inner in self.value.items()}
        return [inner.plain for inner in self.value] if isinstance(self.value, list) else self.value

    @property
    def keys(self) -> list[str]:
        """What its members are called: keys of a dict; `id`, else `for`, of the blocks of a list."""
        if isinstance(self.value, dict):
            return list(self.value)
        return [_name(inner) for inner in self.value] if isinstance(self.value, list) else []

    def copy(self) -> "Node":
        """The same, free to be changed."""
        return deepcopy(self)

    def document(self, file: str) -> Document:
        """A document with every value's own place."""
        places: dict[KeyPath, Place] = {}

        def note(node: Node, path: KeyPath) -> None:
            places[path] = node.place
            inner = node.value.items() if isinstance(node.value, dict) else enumerate(_listed(node.value))
            for step, member in inner:
                note(member, (*path, step))

        note(self, ())
        return Document(file, self.plain, places=places)


def _listed(value: Any) -> list[Node]:
    return value if isinstance(value, list) else []


def _name(node: Node) -> str:
    named = node.value if isinstance(node.value, dict) else {}
    found = named.get("id") or named.get("for")
    return str(found.value) if found is not None and not isinstance(found.value, dict | list) else ""
