"""Legal basis and owner handed down from a block to those inside it that state none of their own."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from congtam.engine.rulebook.located import Node
from congtam.engine.rulebook.model import Block, Sourced

ANSWERS = ("legal_basis", "owner")


def hand_down(node: Node, kind: type[Block], above: Mapping[str, Node]) -> None:
    """Give a block, or the nearest blocks inside it that can carry them, the basis and owner they inherit."""
    if issubclass(kind, Sourced) and isinstance(node.value, dict):
        for key in ANSWERS:
            if key in above and key not in node.value:
                node.value[key] = above[key].copy()
        return
    for _, member, inner in blocks_within(node, kind):
        hand_down(member, inner, above)


def blocks_within(node: Node, kind: type[Block]) -> Iterator[tuple[str, Node, type[Block]]]:
    """The blocks directly inside a block: (key, block, its kind), those of lists and dicts one by one."""
    for key, inner in node.value.items() if isinstance(node.value, dict) else ():
        member, several = kind_of(kind, key)
        if member is None:
            continue
        for one in members(inner) if several else [inner]:
            if isinstance(one.value, dict):
                yield key, one, member


def members(node: Node) -> list[Node]:
    """What a list or a dict holds."""
    if isinstance(node.value, dict):
        return list(node.value.values())
    return node.value if isinstance(node.value, list) else []


def kind_of(kind: type[Block], key: str) -> tuple[type[Block] | None, bool]:
    """What kind of block stands at a key, and whether there are several; (None, False) where no block does."""
    for name, field in kind.model_fields.items():
        if (field.alias or name) == key:
            return _block_in(field.annotation)
    return None, False


def _block_in(annotation: Any) -> tuple[type[Block] | None, bool]:
    if isinstance(annotation, type) and issubclass(annotation, Block):
        return annotation, False
    several = get_origin(annotation) in (tuple, dict)
    for inner in get_args(annotation):
        found, more = _block_in(inner)
        if found is not None:
            return found, several or more
    return None, False
