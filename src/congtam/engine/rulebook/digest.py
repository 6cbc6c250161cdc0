"""Two digests of a rulebook: of what it means for figures, and of every word of it.

A corrected title changes the wording digest only; a run names both, so that "the same rules" can be proved even after
someone mended a comma. What is left at its default is not part of either, so that a key which the format learns
later leaves the digests of the rulebooks that do not use it, and the overlays that name them.
"""

import hashlib
import json
from typing import Any

from congtam.engine.rulebook.bound import Rulebook

WORDING = frozenset(
    {"title", "short", "definition", "how_to_game", "notice", "note", "legal_basis", "owner", "issuer", "extends"}
    | {"anchors", "outcomes"}  # what raters are told and offered: a figure is made of the mark alone
    | {"legal_acts"}  # how papers name the acts that legal bases cite
    | {"timetable"}  # by when people are done with a period
    | {"examples"}  # of schemes of reward: they show a rule
)


def meaning_digest(rulebook: Rulebook) -> str:
    """SHA-256 over everything that can change a figure, lent indicators included."""
    return sha256(meaning(rulebook))


def wording_digest(rulebook: Rulebook) -> str:
    """SHA-256 over everything the rulebook says, what it inherits from a base included."""
    return sha256(content(rulebook))


def meaning(rulebook: Rulebook) -> dict[str, Any]:
    """Everything that can change a figure: head, blocks by folder and id, and what other rulebooks lend."""
    lent = {name: one.model for name, one in rulebook.indicators.items() if one.home != rulebook.id}
    said: dict[str, Any] = _without(content(rulebook) | {"lent": _dump(lent)}, WORDING)
    return said


def content(rulebook: Rulebook, *, defaults: bool = False) -> dict[str, Any]:
    """Everything a rulebook says, by folder and id, in plain values; with `defaults` also what it leaves to them."""
    draft = rulebook.draft
    blocks: dict[str, dict[str, Any]] = {
        "indicators": dict(draft.indicators),
        "scorecards": dict(draft.scorecards),
        "clocks": dict(draft.clocks),
    }
    if draft.catalogues:  # a rulebook without one keeps the digest it always had
        blocks["catalogues"] = dict(draft.catalogues)
    if draft.rewards:
        blocks["rewards"] = dict(draft.rewards)
    return {"head": _plain(draft.head, defaults), **{name: _dump(block, defaults) for name, block in blocks.items()}}


def _dump(blocks: dict[str, Any], defaults: bool = False) -> dict[str, Any]:
    return {name: _plain(block, defaults) for name, block in sorted(blocks.items())}


def _plain(block: Any, defaults: bool) -> dict[str, Any]:
    said: dict[str, Any] = block.model_dump(
        mode="json", by_alias=True, exclude_defaults=not defaults, exclude_none=defaults
    )
    return said


def _without(value: Any, keys: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, keys) for key, inner in value.items() if key not in keys}
    return [_without(inner, keys) for inner in value] if isinstance(value, list) else value


def sha256(value: Any) -> str:
    """The digest of plain values, the same whatever the order of their keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
