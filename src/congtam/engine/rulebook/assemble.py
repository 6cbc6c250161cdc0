"""A rulebook put together: its own folder, the base it is laid over, and what other rulebooks lend it, bound."""

from dataclasses import replace

from congtam.engine.findings import Finding, Unusable, did_you_mean, refuse_if_any, unusable
from congtam.engine.rulebook.bind import bind
from congtam.engine.rulebook.bound import BoundIndicator, Rulebook
from congtam.engine.rulebook.digest import meaning
from congtam.engine.rulebook.load import Draft, Folder, Library, draft_of, read_folder
from congtam.engine.rulebook.located import within
from congtam.engine.rulebook.overlay import Extends, extends, lay_over, stale


def load_rulebook(library: Library, id_or_path: str, *, using: tuple[str, ...] = ()) -> Rulebook:
    """Load and bind one rulebook, laid over its base if it extends one. Raises `Unusable` with every finding.

    `using` are the rulebooks whose reading led here, by use or as a base: none of them may be needed again.
    """
    folder = read_folder(library, id_or_path)
    base = None
    if folder.extends is not None:
        said = extends(folder)
        base = load_base(library, folder, said, using)
        folder = lay_over(base.draft, folder)
        folder = replace(folder, findings=(*stale(folder, said, meaning(base)), *folder.findings))
    draft = draft_of(folder)
    findings: list[Finding] = []
    lent = _lent(library, draft, using, findings)
    refuse_if_any(findings)
    return replace(bind(draft, lent), base=base)


def load_base(library: Library, folder: Folder, said: Extends, using: tuple[str, ...] = ()) -> Rulebook:
    """The rulebook another is laid over; one named by a path (`../mine`) is looked for from the overlay's folder.
    Raises `Unusable` with the findings of the base, placed in it, or when the way leads in a circle."""
    where = str(folder.path / said.base) if said.base.startswith(".") else said.base
    try:
        identity, _ = library.folder(where)
        if identity in (folder.id, *using):
            circle = " → ".join((*using, folder.id, identity))
            raise unusable("circular-extends", f"rulebooks need each other: {circle}", "break the circle", said.place)
        return load_rulebook(library, where, using=(*using, folder.id))
    except Unusable as refusal:
        placed = [one if one.code == "circular-extends" else _in_base(one, said) for one in refusal.findings]
        raise Unusable(placed) from None


def _in_base(finding: Finding, said: Extends) -> Finding:
    place = replace(finding.place, file=within(finding.place, said.base).file) if finding.place.file else said.place
    return replace(finding, place=place)


def _lent(library: Library, draft: Draft, using: tuple[str, ...], findings: list[Finding]) -> dict[str, BoundIndicator]:
    lent: dict[str, BoundIndicator] = {}
    for index, use in enumerate(draft.head.uses):
        place = draft.place("rulebook.yaml", ("uses", index))
        if use.rulebook in (*using, draft.id):
            findings.append(Finding("circular-uses", f"{use.rulebook} uses this rulebook", "remove one use", place))
            continue
        try:
            other = load_rulebook(library, use.rulebook, using=(*using, draft.id))
        except Unusable as refusal:
            findings += refusal.findings
            continue
        for name in use.indicators:
            if name not in other.indicators:
                findings.append(
                    Finding(
                        "unknown-indicator",
                        f"{use.rulebook} has no indicator {name!r}",
                        did_you_mean(name, other.indicators),
                        place,
                    )
                )
                continue
            one = other.indicators[name]
            lent[name] = BoundIndicator(
                name, one.model, one.home, one.nodes, one.parameters, one.legal_basis, use.certainty, use.note
            )
    return lent
