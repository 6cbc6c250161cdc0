"""Acts as decisions and pages name them: kind, number, day, issuer, what it is about; what is not known is left out."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from congtam.engine.explaining.formats import dated
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Act

Acts = Mapping[str, Act]


def named(name: str, acts: Acts, lang: str) -> str:
    """An act with its number, day and issuer; by its name alone where no more is known of it."""
    act = acts.get(name)
    if act is None or act.form is None:
        return name
    vi = lang == "vi"
    said = [act.form.in_(lang)]
    if act.number:
        said.append(f"{'số' if vi else 'No.'} {act.number}")
    if act.day:
        said.append(dated(act.day) if vi else f"of {act.day:%d/%m/%Y}")
    if act.issuer:
        said.append(f"{'của' if vi else 'by'} {act.issuer.in_(lang)}")
    if act.title:
        said.append(act.title.in_(lang))
    return " ".join(said)


def stands_on(name: str, acts: Acts) -> list[str]:
    """An act and those it was issued under, which are cited before it; nothing for what is no act."""
    act = acts.get(name)
    if act is not None and act.convention:
        return []
    return [*(act.under if act else ()), name]


def issued(name: str, acts: Acts) -> date:
    """The day of an act, or from which on it is in force; where neither is known, the end of the year that its name
    tells, and the last day there is where it tells none."""
    act = acts.get(name)
    known = (act.day or act.in_force_from) if act else None
    years = re.findall(r"\b(?:19|20)\d\d\b", name)
    return known or (date(int(years[-1]), 12, 31) if years else date.max)


def cited(books: Iterable[Rulebook], lang: str) -> list[str]:
    """The acts that rulebooks stand on, as a decision cites them: those of what a rulebook is laid over before its own,
    each after those it was issued under, the oldest first."""
    found: dict[str, tuple[int, int, date, str]] = {}
    for book in books:
        for level, one in enumerate(_laid(book)):
            acts, basis = one.head.legal_acts, one.head.legal_basis
            for rank, act in enumerate(stands_on(basis.act, acts) if basis else ()):
                key = (level, rank, issued(act, acts), named(act, acts, lang))
                found[act] = min(key, found.get(act, key))
    return [words for *_, words in sorted(found.values())]


def _laid(book: Rulebook) -> list[Rulebook]:
    """A rulebook after those it is laid over, the lowest first."""
    return [*(_laid(book.base) if book.base else ()), book]


def told(acts: Acts, lang: str) -> Iterable[str]:
    """Every act a rulebook tells of, with what is known of it, and since when it is in force."""
    for name, act in acts.items():
        since = f"{act.in_force_from:%d/%m/%Y}" if act.in_force_from else ""
        force = (f", có hiệu lực từ {since}" if lang == "vi" else f", in force from {since}") if since else ""
        if not act.convention:
            yield f"{named(name, acts, lang)}{force}"
