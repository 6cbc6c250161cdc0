"""Entries of the audit as sentences people read: who, in which post, did what, to whom or what. Names are looked up
when the page is made; the audit itself holds numbers only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from congtam.audit.models import Entry
from congtam.cycles.models import Cycle
from congtam.orgs.models import ChangeEvent
from congtam.orgs.queries import names_of as unit_names
from congtam.people.histories import titles_of
from congtam.people.models import Spell
from congtam.people.queries import names_of
from congtam.sources.models import Datum, Source
from congtam.web.pages.journal.sentences import ACTIONS
from congtam.web.pages.journal.sentences.subjects import DETAILS, KINDS
from congtam.web.words import account_names, both, said

MACHINE = both("Hệ thống", "The system")
ON_SOMEBODY = frozenset({"rating.decide", "rating.rate", "rating.report"})  # what was said names whom it is about
HELD_BACK = frozenset({"value", "outcome"})  # of these: they are read on the month, where the look is written down
ERASED = both("(phần lời đã được xóa theo quyết định)", "(its text was erased by a decision)")


@dataclass(frozen=True)
class Line:
    """One entry as it is read: when, who in which post, what was done to what, and what was said of it."""

    number: int
    at: datetime
    who: str
    post: str
    what: str
    subject: str
    details: str

    @property
    def sentence(self) -> str:
        """Without who and when."""
        return " ".join(part for part in (self.what, self.subject) if part)


def told(entries: Iterable[Entry]) -> list[Line]:
    """Entries as lines, in their order; a query for each kind of name."""
    rows = list(entries)
    names = _Names(rows)
    return [_line(one, names) for one in rows]


def _line(entry: Entry, names: "_Names") -> Line:
    text = getattr(entry, "text", None)
    body = text.body if text is not None else {}
    action = ACTIONS.get(entry.action)
    on_somebody = entry.action in ON_SOMEBODY
    shown = {key: value for key, value in body.items() if not (on_somebody and key in HELD_BACK)}
    return Line(
        number=entry.pk,
        at=entry.at,
        who=names.who(entry.account),
        post=names.post(entry.post),
        what=said(action) if action else entry.action,
        subject=names.about(body) if on_somebody else names.subject(entry.subject_kind, entry.subject),
        details=str(ERASED) if body.get("erased") is True else _details(shown),
    )


def _details(body: dict[str, Any]) -> str:
    told = [(word, _shown(body[key])) for key, word in DETAILS.items() if key in body]
    return "; ".join(f"{said(word)} {value}" for word, value in told if value)


def _shown(value: Any) -> str:
    """A value as people write it; days as dd/mm/yyyy."""
    text = "" if value in (None, "None") else str(value)
    if len(text) == 10 and text[4:5] == text[7:8] == "-" and text.replace("-", "").isdigit():
        year, month, day = text.split("-")
        return f"{day}/{month}/{year}"
    return text if len(text) <= 200 else f"{text[:199]}…"


class _Names:
    """What the numbers in entries are called, looked up once for all of them."""

    def __init__(self, rows: list[Entry]):
        today = timezone.localdate()
        of: dict[str, set[int]] = {}
        for one in rows:
            if one.subject is not None:
                of.setdefault(one.subject_kind, set()).add(one.subject)
        bodies = [one.text.body for one in rows if one.action in ON_SOMEBODY and getattr(one, "text", None)]
        for kind in ("person", "unit"):
            of.setdefault(kind, set()).update(body[kind] for body in bodies if body.get(kind))
        posts = {one.post for one in rows if one.post is not None} | of.get("post", set())
        accounts = {one.account for one in rows} | of.get("account", set())
        spells = dict(Spell.objects.filter(seq__in=of.get("spell", ())).values_list("seq", "person_id"))
        persons = names_of(of.get("person", set()) | set(spells.values()))
        self._accounts = account_names(accounts)
        self._posts = {post: span.title for post, span in titles_of(posts, today).items()}
        self._by_kind: dict[str, dict[int, str]] = {
            "account": self._accounts,
            "post": self._posts,
            "person": persons,
            "unit": unit_names(of.get("unit", ()), today),
            "spell": {seq: persons.get(person, "") for seq, person in spells.items()},
            "source": dict(Source.objects.filter(pk__in=of.get("source", ())).values_list("pk", "name")),
            "datum": dict(Datum.objects.filter(pk__in=of.get("datum", ())).values_list("pk", "name")),
            "cycle": {one.pk: one.period for one in Cycle.objects.filter(pk__in=of.get("cycle", ()))},
            "change": dict(ChangeEvent.objects.filter(seq__in=of.get("change", ())).values_list("seq", "number")),
        }

    def who(self, account: int | None) -> str:
        """Who acted; the machine when no account did."""
        return str(MACHINE) if account is None else self._accounts.get(account, f"#{account}")

    def post(self, post: int | None) -> str:
        """The title of the post in which somebody acted."""
        return self._posts.get(post or 0, "")

    def about(self, body: dict[str, Any]) -> str:
        """Whom a mark, a figure or a decision is about."""
        return self.subject("person", body.get("person")) or self.subject("unit", body.get("unit"))

    def subject(self, kind: str, number: int | None) -> str:
        """What was acted on."""
        if number is None:
            return ""
        named = self._by_kind.get(kind, {}).get(number)
        if named:
            return named
        if kind == "change":
            return ""
        word = said(KINDS[kind]) if kind in KINDS else kind
        return f"{word} #{number}".strip()
