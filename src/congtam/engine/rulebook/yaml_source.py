"""YAML with the file and line of every value, read strictly.

Only plain YAML: one document, no anchors or tags of its own, no duplicate keys; dates and decimals stay text
until the model gives them a type, so that 2025-02-30 is refused with its line and 0.1 stays 0.1.
"""

import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from congtam.engine.findings import Finding, Place, Unusable, unusable

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """One YAML file: `data` (dicts, lists, texts, ints, bools, None) and the line of each path in it.

    `places` are the paths whose text stands in another file (see `overlay`).
    """

    file: str
    data: Any
    lines: dict[KeyPath, int] = field(default_factory=dict)
    places: dict[KeyPath, Place] = field(default_factory=dict)

    def place(self, path: KeyPath) -> Place:
        """The place of a path, or of the nearest thing above it that is in the file."""
        while path and path not in self.lines and path not in self.places:
            path = path[:-1]
        return self.places.get(path) or Place(self.file, self.lines.get(path, 1))


def read_yaml(path: Path, shown_as: str | None = None) -> Document:
    """Read one YAML file. Raises `Unusable` when it cannot be read, is not YAML, or repeats a key."""
    name = shown_as or str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise unusable("file-missing", "there is no such file", "check the path", Place(name)) from None
    except UnicodeDecodeError as error:
        raise unusable(
            "not-utf8", f"the file is not UTF-8 (byte {error.start})", "save it as UTF-8", Place(name)
        ) from None
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> Document:
    """Read YAML text; `name` is what findings call the file."""
    try:
        node = _composed(unicodedata.normalize("NFC", text))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise unusable("not-yaml", f"this is not YAML: {error.problem}", "mend the line", Place(name, line)) from None
    except yaml.YAMLError as error:
        raise unusable("not-yaml", f"this is not YAML: {error}", "mend the file", Place(name)) from None
    builder = _Builder(name)
    data = builder.build(node, ()) if node is not None else None
    if builder.findings:
        raise Unusable(builder.findings)
    return Document(name, data, builder.lines)


def _composed(text: str) -> yaml.Node | None:
    """libyaml reads seven times sooner. What it refuses, and what holds tabs, of which it lets more pass, is read by
    PyYAML, whose words findings quote."""
    if "\t" not in text:
        with suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=yaml.CSafeLoader)
    return yaml.compose(text, Loader=yaml.SafeLoader)


class _Builder:
    """Turns composed nodes into plain data, noting lines and refusing repeated keys."""

    def __init__(self, name: str):
        self.name = name
        self.lines: dict[KeyPath, int] = {}
        self.findings: list[Finding] = []

    def build(self, node: yaml.Node, path: KeyPath) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in result:
                self.findings.append(
                    Finding(
                        "duplicate-key",
                        f"the key {key!r} stands twice in one block (first on line {self.lines[(*path, key)]})",
                        "keep one of them",
                        Place(self.name, line),
                    )
                )
                continue
            self.lines[(*path, key)] = line
            result[key] = self.build(value_node, (*path, key))
        return result


def _scalar(node: yaml.Node) -> str | int | bool | None:
    """Whole numbers, true/false and null get their type; everything else stays text."""
    text = str(node.value)
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if node.tag == "tag:yaml.org,2002:int" and text.lstrip("+-").isdigit() and not text.startswith("0" * 2):
        return int(text)
    return text
