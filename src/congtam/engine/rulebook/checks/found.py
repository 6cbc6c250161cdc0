"""A finding of a check, with its place."""

from congtam.engine.findings import Finding, Severity
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.load import CHANGES
from congtam.engine.rulebook.located import within
from congtam.engine.rulebook.yaml_source import KeyPath


def found(book: Rulebook, file: str, path: KeyPath, code: str, message: str, advice: str) -> Finding:
    """A finding at a path in one of the rulebook's files; in a text that stands in the base, with where to mend it."""
    place = book.draft.place(file, path)
    if book.base is not None and within(place, "own") == place:
        advice += f"; the text is that of the base, so mend a line of {CHANGES}"
    return Finding(code, message, advice, place, Severity.ERROR)
