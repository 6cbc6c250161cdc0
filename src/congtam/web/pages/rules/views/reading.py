"""Reading rules: those in force on a day, one rulebook, one indicator, the history."""

from collections.abc import Iterable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access.gate import Right, holds
from congtam.engine.explaining.manual.rewards import schemes_told
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Text
from congtam.registry import queries
from congtam.registry.models import Copy
from congtam.registry.shelf import book_of
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, rule_of
from congtam.web.pages.rules.changed import articles
from congtam.web.pages.rules.examples import examples_of
from congtam.web.pages.rules.figures import groups_of, lang_of
from congtam.web.pages.rules.history import answering, steps_of
from congtam.web.pages.rules.proposals import waiting
from congtam.web.pages.rules.sources import sources_of
from congtam.web.pages.rules.telling import Telling
from congtam.web.pages.rules.views.asked import book_on, day_of, seat_of

TITLE, IN_FORCE = Text(vi="Quy tắc", en="Rules"), Text(vi="Có hiệu lực ngày", en="In force on")


@asks(Right.READ_RULES)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The rulebooks the site holds on a day, what waits to be approved, and what is shipped but not adopted."""
    day, lang = day_of(request), lang_of(request)
    cards, changes = queries.cards_on(day), holds(seat_of(request), Right.CHANGE_RULES)
    held = [
        {
            "copy": copy,
            "head": (book := queries.book(copy.rulebook, day)).head,
            "title": book.head.title.in_(lang),
            "notice": book.head.notice.in_(lang) if book.head.notice else "",
            "cards": [
                (book.scorecards[one.scorecard].model.title.in_(lang), one.legal)
                for one in cards
                if one.rulebook == copy.rulebook
            ],
            "upgrade": changes and bool(queries.shipped_now(copy)),
        }
        for copy in queries.copies_on(day)
    ]
    told = {
        "day": day,
        "held": held,
        "waiting": waiting(lang) if changes else [],
        "others": [(one.id, one.head.title.in_(lang)) for one in queries.not_adopted(day)] if changes else [],
        "changes": changes,
        "earliest": queries.next_period(seat_of(request).day),
        "imprint": _imprint(day, lang, [queries.book(copy.rulebook, day) for copy in queries.copies_on(day)]),
    }
    return render(request, "rules/list.html", told)


@asks(Right.READ_RULES)
@require_GET
def rulebook(request: HttpRequest, rulebook: str) -> HttpResponse:
    """One rulebook as it holds on a day, as a lawyer reads it."""
    day, lang = day_of(request), lang_of(request)
    book, changes = book_on(rulebook, day), holds(seat_of(request), Right.CHANGE_RULES)
    copy = _copy(rulebook, day)
    adopted = book_of(copy)
    telling = Telling(book, lang)
    told = {
        "book": book,
        "title": book.head.title.in_(lang),
        "notice": book.head.notice.in_(lang) if book.head.notice else "",
        "day": day,
        "copy": copy,
        "about": [*telling.about(), *answering(copy, lang)],
        "cards": telling.cards(),
        "schemes": schemes_told(book, lang),
        "earliest": queries.next_period(seat_of(request).day),
        "indicators": telling.indicators(),
        "parameters": telling.parameters(),
        "terms": telling.terms(),
        "examples": examples_of(book, lang),
        "own": articles(adopted, book, lang),
        "upgrade": changes and bool(queries.shipped_now(copy)),
        "changes": changes,
        "imprint": _imprint(day, lang, [book]),
    }
    return render(request, "rules/rulebook.html", told)


@asks(Right.READ_RULES)
@require_GET
def indicator(request: HttpRequest, rulebook: str, indicator: str) -> HttpResponse:
    """One indicator: its one definition, source, owner, and everything done to the numbers it reads."""
    day, lang = day_of(request), lang_of(request)
    book = book_on(rulebook, day)
    if indicator not in book.indicators:
        raise Http404(indicator)
    telling = Telling(book, lang)
    paths = telling.paths_of(indicator)
    groups = groups_of(book, {}, lang)
    told = {
        "book": book,
        "title": book.head.title.in_(lang),
        "one": telling.one(indicator),
        "sources": sources_of(book.indicators[indicator], day, lang),
        "answering": answering(_copy(rulebook, day), lang),
        "figures": [row for group in groups for row in group.rows if row.path.startswith(paths)] if paths else [],
        "steps": steps_of(rulebook, book, lang, touching=paths or ("–",)),
        "day": day,
        "copy": _copy(rulebook, day),
        "imprint": _imprint(day, lang, [book]),
    }
    return render(request, "rules/indicator.html", told)


@asks(Right.READ_RULES)
@require_GET
def history(request: HttpRequest, rulebook: str) -> HttpResponse:
    """Everything done to a rulebook, by date."""
    lang = lang_of(request)
    book = book_on(rulebook, day_of(request))
    told = {
        "book": book,
        "title": book.head.title.in_(lang),
        "steps": steps_of(rulebook, book, lang),
        "imprint": _imprint(day_of(request), lang, [book]),
    }
    return render(request, "rules/history.html", told)


def _imprint(day: date, lang: str, books: Iterable[Rulebook]) -> Imprint:
    """Where a page of rules comes from: the rules as they hold on a day, known now."""
    told = [(IN_FORCE.in_(lang), f"{day:%d/%m/%Y}")]
    return Imprint(TITLE, timezone.now(), told, tuple(rule_of(book, day, lang) for book in books))


def _copy(rulebook_id: str, day: date) -> Copy:
    copy = queries.copy_on(rulebook_id, day)
    assert copy is not None  # or there were no book
    return copy
