"""What one rulebook says differently from another: each change with its titles, legal basis, and file and line."""

from dataclasses import dataclass
from typing import Any, Literal

from congtam.engine.findings import Place
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.compare import BAND, HEAD, Difference, by_name, differences
from congtam.engine.rulebook.digest import content
from congtam.engine.rulebook.load import HEAD as HEAD_FILE
from congtam.engine.rulebook.located import within
from congtam.engine.rulebook.model import LegalBasis, Text
from congtam.engine.rulebook.yaml_source import KeyPath


@dataclass(frozen=True)
class Change:
    """One change. `path` by names, `titles` what each step of it is called (None: nothing); `before` and `after` plain
    values; who answers for it and where it stands are those of the later rulebook, for what is removed of the earlier.
    """

    kind: Literal["added", "changed", "removed"]
    path: tuple[str, ...]
    titles: tuple[Text | None, ...]
    before: Any
    after: Any
    wording: bool
    legal_basis: LegalBasis | None
    place: Place


def changes(before: Rulebook, after: Rulebook) -> list[Change]:
    """Every change from one rulebook to another, in the order of the earlier, then what is new. What a base
    supersedes and its transitions are not inherited, so that an overlay without them changes nothing."""
    old, new = (by_name(content(book, defaults=True)) for book in (before, after))
    over = after.base is not None and after.base.id == before.id
    unsaid = {(HEAD, "extends"), *(((HEAD, "supersedes"), (HEAD, "transition")) if over else ())}
    return [_change(one, (before, old), (after, new)) for one in differences(old, new) if one.path not in unsaid]


def titles(book: Rulebook) -> dict[str, Text]:
    """What expressions of a rulebook name, by its title: indicators, parameters with their value, terms and grades."""
    found = {name: one.model.title for name, one in book.indicators.items()}
    found |= {name: one.title for name, one in book.head.terms.items()}
    found |= {grade.id: grade.title for card in book.draft.scorecards.values() for grade in card.grades}
    for name, parameter in book.head.parameters.items():
        value = parameter.values[-1].value if len(parameter.values) == 1 else None
        shown = f" ({value})" if value is not None and not isinstance(value, dict) else ""
        found[name] = Text(vi=parameter.title.vi + shown.replace(".", ","), en=parameter.title.en + shown)
    return found


def _change(one: Difference, before: tuple[Rulebook, Any], after: tuple[Rulebook, Any]) -> Change:
    book, tree = before if one.kind == "removed" else after
    titles = tuple(
        _title(tree, one.path[: end + 1]) or _title(before[1], one.path[: end + 1]) for end in range(len(one.path))
    )
    basis = _basis(tree, one.path)
    return Change(one.kind, one.path, titles, one.before, one.after, one.wording, basis, _place(book, one.path))


def _walk(tree: Any, path: tuple[str, ...]) -> list[Any]:
    """The blocks along a path, as far as it goes."""
    found = []
    for step in path:
        if not isinstance(tree, dict) or step not in tree:
            break
        tree = tree[step]
        found.append(tree)
    return found


def _title(tree: Any, path: tuple[str, ...]) -> Text | None:
    found = _walk(tree, path)
    title = found[-1].get("title") if len(found) == len(path) and isinstance(found[-1], dict) else None
    if not isinstance(title, dict) or path[0] == HEAD:
        return None
    return Text(vi=title["vi"], en=title.get("en") or title["vi"])  # products need no English


def _basis(tree: Any, path: tuple[str, ...]) -> LegalBasis | None:
    """What answers for the value at a path: the nearest legal basis above it."""
    stated = [tree[HEAD], *_walk(tree, path)]
    found = [one["legal_basis"] for one in stated if isinstance(one, dict) and "legal_basis" in one]
    return LegalBasis.model_validate(found[-1]) if found else None


def _place(book: Rulebook, path: tuple[str, ...]) -> Place:
    """Where the value at a path is written, or the nearest thing above it; the file with its rulebook's id."""
    file, inside = _file(path)
    if file not in book.draft.documents:
        return within(Place(HEAD_FILE), book.id)
    document = book.draft.documents[file]
    keys: KeyPath = ()
    value = document.data
    for step in inside:
        names = next(([bound] for bound in BAND if step == "band" and bound in value), [step])
        index = _index(value, names[0])
        if index is None:
            break
        keys, value = (*keys, index), value[index]
    place = document.place(keys)
    return within(place, book.id)


def _file(path: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    if path[0] in (HEAD, "parameters", "terms"):
        return HEAD_FILE, path[1:] if path[0] == HEAD else path
    return (f"{path[0]}/{path[1]}.yaml", path[2:]) if len(path) > 1 else (HEAD_FILE, ())


def _index(value: Any, step: str) -> str | int | None:
    if isinstance(value, dict):
        return step if step in value else None
    named = enumerate(value) if isinstance(value, list) else ()
    return next((i for i, one in named if isinstance(one, dict) and step in (one.get("id"), one.get("for"))), None)
