"""Two contents of rulebooks (see `digest.content`) compared by name: what was added, changed, removed, and where."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from congtam.engine.rulebook.digest import WORDING

Path = tuple[str, ...]
NAMES = ("id", "for", "rulebook", "staff_kind")
ANSWERS = ("legal_basis", "owner")
LONGEST = 60
BAND = ("from", "above", "below")
HEAD = "rulebook"


@dataclass(frozen=True)
class Difference:
    """One thing that differs: its path by names, and its plain value before and after (None where it is not)."""

    kind: Literal["added", "changed", "removed"]
    path: Path
    before: Any
    after: Any

    @property
    def wording(self) -> bool:
        """Whether words differ, and no figure can."""
        return any(step in WORDING for step in self.path)

    @property
    def said(self) -> str:
        """The difference in one line, by its path."""
        match self.kind:
            case "added":
                return f"{'/'.join(self.path)} is new"
            case "removed":
                return f"{'/'.join(self.path)} is gone"
            case _:
                return f"{'/'.join(self.path)}: {_short(self.before)} → {_short(self.after)}"


class Keyed(dict[str, Any]):
    """A list of named blocks, by name, in its order."""


def by_name(content: dict[str, Any]) -> dict[str, Any]:
    """A content with the head's parameters and terms as folders of their own, and lists of named blocks by name; a
    product goes by its code and first day (`TT-UB@2026-01-01`)."""
    head = dict(content.get("head", {}))
    gathered = {key: head.pop(key, {}) for key in ("parameters", "terms")}
    rest: dict[str, Any] = {"catalogues": {}, "rewards": {}} | {
        key: inner for key, inner in content.items() if key != "head"
    }
    return {section: _named(inner, "") for section, inner in {HEAD: head, **gathered, **rest}.items()}


def _named(value: Any, under: str) -> Any:
    if isinstance(value, list):
        if under == "products":
            return Keyed((f"{one['code']}@{one['from']}", _named(one, "")) for one in value)
        key = next((name for name in NAMES if value and all(_has(one, name) for one in value)), None)
        names = [one[key] for one in value] if key else []
        if key and len(set(names)) == len(names):
            return Keyed((one[key], _block(one, under)) for one in value)
        return [_named(one, under) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _named(inner, key) for key, inner in _value(value).items() if inner not in ({}, [])}


def _has(value: Any, name: str) -> bool:
    return isinstance(value, dict) and isinstance(value.get(name), str)


def _block(value: dict[str, Any], under: str) -> Any:
    """A named block; the bounds of a grade are one thing, its band."""
    if under != "grades":
        return _named(value, under)
    band = {key: value[key] for key in BAND if key in value}
    rest = {key: inner for key, inner in value.items() if key not in BAND}
    return _named(rest, under) | ({"band": band} if band else {})


def _value(value: dict[str, Any]) -> dict[str, Any]:
    """A parameter with one plain value, as it is mostly written."""
    match value.get("values"):
        case [dict() as only] if {key for key, inner in only.items() if inner != {}} == {"value"}:
            return {key: inner for key, inner in value.items() if key != "values"} | {"value": only["value"]}
    return value


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """Everything in which two contents `by_name` differ, in the order of the first, then what is new."""
    bases = [one[HEAD].get("legal_basis") for one in (before, after)]
    return list(_compare(before, after, (), *bases))


def _compare(before: Any, after: Any, path: Path, basis: Any, other: Any) -> Iterator[Difference]:
    if not _deeper(before, after, path):
        if not _same(before, after):
            yield Difference("changed", path, before, after)
        return
    basis, other = before.get("legal_basis", basis), after.get("legal_basis", other)
    found: list[Difference] = []
    for key in [*before, *(key for key in after if key not in before)]:
        if key in ANSWERS and path[:1] != (HEAD,):
            continue
        step = (*path, key)
        if key not in after:
            found += [Difference("removed", one, was, None) for one, was in _each(before[key], step)]
        elif key not in before:
            found += [Difference("added", one, None, now) for one, now in _each(after[key], step)]
        else:
            found += _compare(before[key], after[key], step, basis, other)
    if isinstance(before, Keyed) and isinstance(after, Keyed):
        found += _order(before, after, path)
    yield from found
    own = "legal_basis" in before or "legal_basis" in after
    if path and path[0] != HEAD and own and basis != other and all(one.wording for one in found):
        yield Difference("changed", (*path, "legal_basis"), basis, other)


def _each(value: Any, path: Path) -> list[tuple[Path, Any]]:
    """Named blocks one by one, a catalogue with each of its products, anything else as it is."""
    if isinstance(value, Keyed):
        return [((*path, name), one) for name, one in value.items()]
    if isinstance(value, dict) and isinstance(value.get("products"), Keyed):
        rest = {key: inner for key, inner in value.items() if key != "products"}
        return [(path, rest), *_each(value["products"], (*path, "products"))]
    return [(path, value)]


def _deeper(before: Any, after: Any, path: Path) -> bool:
    """Whether to look inside: a text in two languages, a band and a legal basis are one thing each."""
    whole = path[-1:] in (("band",), ("legal_basis",))
    texts = isinstance(before, dict) and set(before) <= {"vi", "en"} and bool(before)
    return isinstance(before, dict) and isinstance(after, dict) and not whole and not texts


def _order(before: Keyed, after: Keyed, path: Path) -> Iterator[Difference]:
    one, other = [key for key in before if key in after], [key for key in after if key in before]
    if one != other:
        yield Difference("changed", (*path, "order"), one, other)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str) and one != other:
        try:
            return Decimal(one) == Decimal(other)
        except InvalidOperation:
            return False
    return bool(one == other)
