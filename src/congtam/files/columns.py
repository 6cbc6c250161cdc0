"""Names of columns as people write them: line breaks, double blanks and capitals make no difference."""

from collections.abc import Container, Iterable, Mapping, Sequence
from unicodedata import normalize

JOINT = " / "  # between the names of a header of several rows


def tidy(text: object) -> str:
    """The name on one line, NFC, with single blanks."""
    return " ".join(normalize("NFC", str(text)).split())


def folded(name: str) -> str:
    """What two spellings of one name have in common."""
    return tidy(name).casefold()


def as_mapped(header: Sequence[str], names: Iterable[str], also: Mapping[str, Sequence[str]]) -> list[str]:
    """The header with each column under the name by which a mapping calls it; other names stay as they are.

    `names` are the mapped ones, `also` what else they may be called. In this order: the name itself, its other names,
    and then either of them as the last line of a header of several, where only one column has it.
    """
    wanted = list(dict.fromkeys(names))
    own, others = {name: (name,) for name in wanted}, {name: tuple(also.get(name, ())) for name in wanted}
    whole = [folded(name) for name in header]
    last = [name.rpartition(JOINT)[2] if JOINT in name else "" for name in whole]
    found: dict[int, str] = {}
    for texts, called in ((whole, own), (whole, others), (last, own), (last, others)):
        for name in wanted:
            if name not in found.values():
                found |= dict.fromkeys(_standing(texts, called[name], found, once=texts is last), name)
    return [found.get(at, name) for at, name in enumerate(header)]


def _standing(texts: Sequence[str], names: Iterable[str], taken: Container[int], *, once: bool) -> list[int]:
    """The columns that bear the first of the names that stands there; `once`: and stands there once."""
    for name in names:
        at = [index for index, text in enumerate(texts) if text == folded(name) and index not in taken]
        if len(at) == 1 or (at and not once):
            return at
    return []
