"""A rulebook with the numbers a site set laid over it, as a rulebook is laid over its base."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from congtam.engine.findings import refuse_if_any
from congtam.engine.rulebook.bind import bind
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.checks import check
from congtam.engine.rulebook.load import CHANGES, HEAD, Folder, draft_of
from congtam.engine.rulebook.overlay import NOT_INHERITED, lay_over
from congtam.engine.rulebook.yaml_source import Document
from congtam.registry.figures import Figure, figures
from congtam.registry.values import as_yaml


@dataclass(frozen=True)
class Setting:
    """Numbers set together: path to value, by which act and article, from when; `confirmed_on` when two people had
    looked at it."""

    changes: dict[str, str]
    act: str
    article: str
    first: date
    confirmed_on: date


NO_ACT = "–"  # what numbers stand on that are only tried


def with_settings(book: Rulebook, settings: Sequence[Setting]) -> Rulebook:
    """The rulebook with the settings laid over it in order; a later one of the same number counts. It keeps its id.

    A number the rulebook no longer has is left alone: what was set for it lapsed with it. Raises `Unusable` when the
    whole does not hold together.
    """
    known = figures(book) if settings else {}
    last = {path: one for one in settings for path in one.changes if path in known}
    if not last:
        return book
    lines = [_line(known[path], one, _states_basis(book, known[path])) for path, one in last.items()]
    head = Document(HEAD, _own_head(book) | _told_of(book, last.values()))
    folder = Folder(book.id, book.draft.folder, {HEAD: head, CHANGES: Document(CHANGES, {"changes": lines})})
    lent = {name: one for name, one in book.indicators.items() if one.home != book.id}
    made = replace(bind(draft_of(lay_over(book.draft, folder)), lent), base=book.base)
    refuse_if_any(check(made))
    return made


def _own_head(book: Rulebook) -> dict[str, Any]:
    """What a rulebook laid over another does not inherit, said again, for this is the same rulebook."""
    said = book.draft.documents[HEAD].data
    return {"legal_basis": None} | {key: said[key] for key in sorted(NOT_INHERITED & said.keys())}


def _told_of(book: Rulebook, settings: Iterable[Setting]) -> dict[str, Any]:
    """The acts by which the site set numbers, beside those the rulebook tells of, where it tells of any."""
    known = book.head.legal_acts
    new = {one.act: {"certainty": "verified"} for one in settings if one.act not in known}
    return {"legal_acts": new} if new and book.tells_of_acts else {}


def _line(figure: Figure, setting: Setting, states_basis: bool) -> dict[str, Any]:
    """The line of changes.yaml that sets a number, or that only says on what the same number now stands."""
    basis = {
        "act": setting.act,
        **({"article": setting.article} if setting.article else {}),
        "from": setting.first.isoformat(),
        "certainty": "verified",
        "confirmed_on": setting.confirmed_on.isoformat(),
    }
    owner = {"owner": figure.owner} if figure.owner else {}
    if setting.changes[figure.path] == figure.value:
        verb = "replace" if states_basis else "add"
        return {verb: f"{figure.block}/legal_basis", "with": basis, "legal_basis": basis, **owner}
    return {
        "replace": figure.path,
        "with": as_yaml(figure, setting.changes[figure.path]),
        "legal_basis": basis,
        **owner,
    }


def _states_basis(book: Rulebook, figure: Figure) -> bool:
    """Whether the block has a basis of its own once the rulebook handed its own down to whole blocks."""
    whole = len(figure.block.split("/")) == 2
    return figure.stated or (whole and book.head.legal_basis is not None)
