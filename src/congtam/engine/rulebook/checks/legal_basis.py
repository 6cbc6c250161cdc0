"""Whether every figure has a legal basis, and every unverified one a note."""

import re
from collections.abc import Iterator
from typing import Any

from congtam.engine.findings import Finding
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks.found import found
from congtam.engine.rulebook.model import Certainty
from congtam.engine.rulebook.yaml_source import KeyPath

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FIGURE_IN_TEXT = re.compile(r"(?<![\w.])\d+(\.\d+)?")
_EXPRESSIONS = frozenset(
    {"is", "when", "that", "among", "weigh_by", "top", "bottom", "sum_of", "mean_of", "formula", "value"}
)
_NOT_FIGURES = frozenset(
    {
        "legal_basis",
        "title",
        "definition",
        "how_to_game",
        "notice",
        "note",
        "valid_from",
        "valid_to",
        "supersedes",
        "transition",
        "owner",
        "issuer",
        "edition",
        "from_day",
    }
)


def every_number_has_a_basis(book: Rulebook) -> Iterator[Finding]:
    """A figure that inherits no legal basis from block, file or rulebook is refused."""
    if book.head.legal_basis is not None:
        return
    for file, document in book.draft.documents.items():
        for path in _figures(document.data, (), False):
            yield found(
                book,
                file,
                path,
                "number-without-basis",
                f"{'.'.join(str(step) for step in path)} is a figure without a legal basis",
                "state legal_basis here, on the block above, or on the file",
            )


def _figures(value: Any, path: KeyPath, answered: bool) -> Iterator[KeyPath]:
    """Paths of figures, written alone or inside an expression, that no block above answers for."""
    if answered:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _NOT_FIGURES:
                yield from _figures(inner, (*path, key), "legal_basis" in value)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _figures(inner, (*path, index), False)
    elif _is_figure(value, str(path[-1]) if path else ""):
        yield path


def _is_figure(value: Any, key: str) -> bool:
    if isinstance(value, bool) or value is None:
        return False
    text = str(value)
    return bool(_NUMBER.fullmatch(text)) or (key in _EXPRESSIONS and bool(_FIGURE_IN_TEXT.search(text)))


def unverified_is_said(book: Rulebook) -> Iterator[Finding]:
    """What is unverified is shown with every output; this tells the author which indicators that will be."""
    for name, model in book.draft.indicators.items():
        basis = model.legal_basis
        if basis and basis.certainty is Certainty.UNVERIFIED and basis.note is None:
            yield found(
                book,
                f"indicators/{name}.yaml",
                ("legal_basis",),
                "unverified-without-note",
                "an unverified figure needs a note on what is not known",
                "add legal_basis.note",
            )
