"""Differences between two rulebooks as articles: what, before and after, on what basis."""

from collections.abc import Iterable
from dataclasses import dataclass

from congtam.engine.explaining.rule_changes import VERBS, basis, before_after, grouped, what
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.diff import Change, changes, titles
from congtam.engine.rulebook.model import Text
from congtam.registry.site_changes import NO_ACT

TRIED = Text(vi="con số thử, chưa có căn cứ", en="tried only, no basis yet")


@dataclass(frozen=True)
class Article:
    """One change in words."""

    what: str
    change: str
    basis: str


@dataclass(frozen=True)
class Articles:
    """Changes of one sort: added, changed or removed; words only, or what can change results."""

    title: str
    wording: bool
    articles: list[Article]


def articles(before: Rulebook, after: Rulebook, lang: str, found: Iterable[Change] | None = None) -> list[Articles]:
    """What the later rulebook says otherwise than the earlier one, what can change results first."""
    names = titles(before), titles(after)
    made = []
    those = [one for one in (changes(before, after) if found is None else found) if NO_ACT not in one.path]
    for wording, kind, group in grouped(those):
        sort = ("lời văn, không đổi kết quả", "words only") if wording else ("làm đổi kết quả", "can change results")
        told = [Article(what(one, lang), before_after(one, names, lang), _basis(one, lang)) for one in group]
        made.append(Articles(f"{VERBS[kind].in_(lang)} ({sort[lang == 'en']})", wording, told))
    return made


def _basis(change: Change, lang: str) -> str:
    found = change.legal_basis
    return TRIED.in_(lang) if found is not None and found.act == NO_ACT else basis(found, lang)
