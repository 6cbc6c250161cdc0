"""Whether every figure has a legal basis, every unverified one a note, and every act cited is told of."""

import re
from collections.abc import Iterator
from typing import Any

from congtam.engine.findings import Finding, did_you_mean
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks.found import found
from congtam.engine.rulebook.load import HEAD
from congtam.engine.rulebook.model import Certainty
from congtam.engine.rulebook.yaml_source import KeyPath

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FIGURE_IN_TEXT = re.compile(r"(?<![\w.])\d+(\.\d+)?")
_EXPRESSIONS = frozenset(
    {"is", "when", "that", "among", "weigh_by", "top", "bottom", "sum_of", "mean_of", "formula", "value"}
)
_NOT_FIGURES = frozenset(
    {
        "legal_acts",
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


def acts_are_told_of(book: Rulebook) -> Iterator[Finding]:
    """Once a rulebook tells of acts, it tells of every act that its legal bases cite, and that another stands under.
    Catalogues of products are issued and cited by whoever hands them in."""
    acts = book.head.legal_acts
    if not book.tells_of_acts:
        return
    cited: list[tuple[str, KeyPath, str]] = [
        (HEAD, ("legal_acts", name, "under"), one) for name, act in acts.items() for one in act.under
    ]
    for file, document in book.draft.documents.items():
        if file.startswith("catalogues/"):
            continue
        cited += [(file, path, act) for path, act in _cited(document.data, ())]
    for file, path, act in cited:
        if act not in acts:
            yield found(
                book,
                file,
                path,
                "unknown-act",
                f"legal_acts does not tell of {act!r}",
                f"add it to legal_acts in {HEAD}, or correct its name; {did_you_mean(act, acts)}",
            )


def _cited(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The acts of legal bases, with where they stand."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        if key == "legal_basis" and isinstance(one, dict) and "act" in one:
            yield (*path, key, "act"), str(one["act"])
        else:
            yield from _cited(one, (*path, key))
