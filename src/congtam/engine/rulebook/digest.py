"""Two digests of a rulebook: of what it means for figures, and of every word of it.

A corrected title changes the wording digest only; a run names both, so that "the same rules" can be proved even after
someone mended a comma.
"""

import hashlib
import json
from typing import Any

from congtam.engine.rulebook.bind import Rulebook

WORDING = frozenset({"title", "short", "definition", "how_to_game", "notice", "note", "legal_basis", "owner", "issuer"})


def meaning_digest(rulebook: Rulebook) -> str:
    """SHA-256 over everything that can change a figure, lent indicators included."""
    lent = {name: one.model for name, one in rulebook.indicators.items() if one.home != rulebook.id}
    return _sha256(_without(_content(rulebook), WORDING) | {"lent": _without(_dump(lent), WORDING)})


def wording_digest(rulebook: Rulebook) -> str:
    """SHA-256 over everything the rulebook's own files say."""
    return _sha256(_content(rulebook))


def _content(rulebook: Rulebook) -> dict[str, Any]:
    draft = rulebook.draft
    blocks: dict[str, dict[str, Any]] = {
        "indicators": dict(draft.indicators),
        "scorecards": dict(draft.scorecards),
        "clocks": dict(draft.clocks),
    }
    return {"head": draft.head.model_dump(mode="json"), **{name: _dump(block) for name, block in blocks.items()}}


def _dump(blocks: dict[str, Any]) -> dict[str, Any]:
    return {name: block.model_dump(mode="json") for name, block in sorted(blocks.items())}


def _without(value: Any, keys: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {key: _without(inner, keys) for key, inner in value.items() if key not in keys}
    return [_without(inner, keys) for inner in value] if isinstance(value, list) else value


def _sha256(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
