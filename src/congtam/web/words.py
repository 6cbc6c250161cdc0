"""Texts of forms in the language of the page, chosen when they are shown; and what accounts are called."""

from collections.abc import Iterable

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language

from congtam.access.queries import called
from congtam.engine.findings import Finding
from congtam.engine.rulebook.model import Text
from congtam.intake.translating import english
from congtam.intake.words import told


def _choose(vi: str, en: str) -> str:
    return en if get_language() == "en" else vi


def both(vi: str, en: str) -> Promise:
    """The text in the language of whoever reads it: for labels, hints and choices of forms, which are made once."""
    return lazy(_choose, str)(vi, en)


def said(text: Text) -> str:
    """A text of both languages in the language of the page."""
    return text.in_(get_language() or "vi")


def in_words(text: str) -> str:
    """What the intake kept in Vietnamese (see `intake.words`), in the language of the page."""
    return english(text) if get_language() == "en" else text


def finding(one: Finding) -> str:
    """What is wrong with a file, a mapping or a workbook, in the language of the page."""
    line = f"line {one.place.line}: " if one.place.line is not None else ""
    return _choose(told(one), f"{line}{one.message} → {one.advice}")


def account_names(accounts: Iterable[int | None]) -> dict[int, str]:
    """What accounts are called, those of the machine (None) left out. Looked up at display only."""
    return called({one for one in accounts if one is not None})
