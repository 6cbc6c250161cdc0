"""Changes made to the blocks of a rulebook by name: replace, add, remove, each refused when it cannot be meant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from congtam.engine.findings import Finding, Place, did_you_mean
from congtam.engine.rulebook.inherit import blocks_within, hand_down, kind_of, members
from congtam.engine.rulebook.located import Node
from congtam.engine.rulebook.model import Block, Sourced

WORDS = ("id", "for", "title", "short")


@dataclass(frozen=True)
class Edit:
    """One change: what to do, to the thing at which path, with what; `stated` is the legal basis and owner it has."""

    verb: str
    path: str
    with_: Node | None
    stated: Mapping[str, Node]
    before: str | None
    place: Place


@dataclass
class _Spot:
    """Where a path leads: the node that holds the thing, its name there, what kind of thing, and the blocks around."""

    holder: Node
    name: str
    kind: type[Block] | None
    several: bool
    around: list[tuple[Node, type[Block]]]

    @property
    def there(self) -> bool:
        return self.name in self.holder.keys

    @property
    def key(self) -> Any:
        """The key in a dict, the index in a list."""
        return self.name if isinstance(self.holder.value, dict) else self.holder.keys.index(self.name)

    @property
    def node(self) -> Node:
        found: Node = self.holder.value[self.key]
        return found


class _Refused(Exception):  # noqa: N818 (carries a finding, like Unusable)
    def __init__(self, finding: Finding):
        self.finding = finding


@dataclass
class Editor:
    """Edits a tree of blocks: folder or section, name, block. `kinds` says what each section holds."""

    tree: Node
    base: str
    kinds: Mapping[str, type[Block]]
    done: dict[tuple[str, ...], Place] = field(default_factory=dict)

    def make(self, edit: Edit) -> list[Finding]:
        """Make one change, or say why not."""
        try:
            steps = tuple(edit.path.strip("/").split("/"))
            for other, place in self.done.items():
                if steps[: len(other)] == other[: len(steps)]:
                    message = f"{edit.path} is already changed at {place}" + (
                        "" if steps == other else f", by the change of {'/'.join(other)}"
                    )
                    raise self._refused(edit, "changed-twice", message, "keep one of the two, or make them one")
            self._make(edit)
            self.done[steps] = edit.place
        except _Refused as refusal:
            return [refusal.finding]
        return []

    def _make(self, edit: Edit) -> None:
        spot = self._spot(edit)
        if edit.verb == "remove":
            del spot.holder.value[spot.key]
            return
        assert edit.with_ is not None
        given = edit.with_.copy()
        if edit.verb == "replace":
            given = self._replaced(edit, spot, given)
            spot.holder.value[spot.key] = given
        else:
            self._add(edit, spot, given)
        self._answer(spot, given, edit.stated)

    def _replaced(self, edit: Edit, spot: _Spot, given: Node) -> Node:
        """What takes the place; a block keeps the words (title, short title) that the change does not state."""
        old = spot.node
        if isinstance(old.value, dict) and isinstance(given.value, dict):
            kept = {key: old.value[key] for key in WORDS if key in old.value and key not in given.value}
            given.value = kept | given.value
        if _bare(old) == _bare(given):
            raise self._refused(edit, "changes-nothing", f"{edit.path} already is that in {self.base}",
                                "remove the change")  # fmt: skip
        return given

    def _add(self, edit: Edit, spot: _Spot, given: Node) -> None:
        if isinstance(spot.holder.value, dict):
            spot.holder.value[spot.name] = given
            return
        key = "id" if spot.kind is not None and "id" in spot.kind.model_fields else "for"
        if isinstance(given.value, dict) and key not in given.value:
            given.value = {key: Node(edit.place, spot.name)} | given.value
        names = spot.holder.keys
        if edit.before is not None and edit.before not in names:
            raise self._refused(edit, "unknown-id", f"there is no {edit.before!r} to stand before",
                                did_you_mean(edit.before, names))  # fmt: skip
        spot.holder.value.insert(len(names) if edit.before is None else names.index(edit.before), given)

    def _spot(self, edit: Edit) -> _Spot:
        """Follow a path by names. Adding needs the last step to be new, everything else needs it to be there."""
        steps = edit.path.strip("/").split("/")
        node, kind, several = self.tree, None, True
        around: list[tuple[Node, type[Block]]] = []
        for index, step in enumerate(steps):
            last = index == len(steps) - 1
            inner, more = self._inside(index, step, kind, several)
            if step not in node.keys:
                self._missing(edit, node, steps[: index + 1], last, inner, more)
            if kind is not None and not several and issubclass(kind, Sourced):
                around.append((node, kind))
            spot = _Spot(node, step, inner, more, around)
            if not last:
                node, kind, several = spot.node, inner, more
        if len(steps) < 2 or (edit.verb == "add" and len(steps) == 2):
            raise self._refused(
                edit,
                "bad-path",
                f"{edit.path!r} is no part of a block",
                "name the block and what is in it, such as scorecards/month/grades/good; a whole new block stands in "
                "a file of its own, a new parameter or term in rulebook.yaml",
            )
        if edit.verb == "add" and spot.there:
            raise self._refused(edit, "already-there", f"{self.base} already has {edit.path}", "write `replace`")
        return spot

    def _inside(self, index: int, step: str, kind: type[Block] | None, several: bool) -> tuple[Any, bool]:
        if index == 0:
            return self.kinds.get(step), True
        if several or kind is None:
            return kind, False
        return kind_of(kind, step)

    def _missing(self, edit: Edit, node: Node, steps: list[str], last: bool, kind: Any, several: bool) -> None:
        """A step that is not there: right for the last one of `add`, or for a list to which the first is added."""
        if edit.verb == "add" and last and isinstance(node.value, dict | list):
            return
        if edit.verb == "add" and kind is not None and several and isinstance(node.value, dict) and len(steps) > 2:
            node.value[steps[-1]] = Node(edit.place, [])
            return
        inside = "/".join(steps[:-1]) or "a rulebook"
        raise self._refused(
            edit,
            "unknown-id",
            f"there is no {steps[-1]!r} in {inside} of {self.base}",
            did_you_mean(steps[-1], [name for name in node.keys if name])
            if node.keys
            else f"{inside} is changed as a whole",
        )

    def _answer(self, spot: _Spot, given: Node, stated: Mapping[str, Node]) -> None:
        """Whoever answers for the change answers for what it changed, and for nothing else."""
        if spot.kind is not None and issubclass(spot.kind, Sourced):
            for one in members(given) if spot.several else [given]:
                hand_down(one, spot.kind, stated)
        elif spot.around:
            block, kind = spot.around[-1]
            for _, inner, inner_kind in blocks_within(block, kind):
                hand_down(inner, inner_kind, {k: v for k, v in block.value.items() if k in stated})
            block.value.update({key: one.copy() for key, one in stated.items()})

    def _refused(self, edit: Edit, code: str, message: str, advice: str) -> _Refused:
        return _Refused(Finding(code, message, advice, edit.place))


def _bare(node: Node) -> Any:
    """A value without who answers for it."""
    plain = node.plain
    return {k: v for k, v in plain.items() if k not in ("legal_basis", "owner")} if isinstance(plain, dict) else plain
