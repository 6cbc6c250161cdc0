"""Điểm còn phải quyết định: numbers of the rulebooks in force, set by form, seen in effect, and proposed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congtam.access.gate import Right
from congtam.engine.findings import Unusable
from congtam.engine.rulebook.bound import Rulebook
from congtam.history.refused import Refused
from congtam.registry import actions, queries
from congtam.registry.figures import figures
from congtam.registry.findings import refusal
from congtam.registry.site_changes import NO_ACT
from congtam.registry.trying import numbers
from congtam.registry.values import checked
from congtam.web.asking import asks
from congtam.web.pages.rules.changed import articles
from congtam.web.pages.rules.figures import groups_of, lang_of, written_in
from congtam.web.pages.rules.proposals import paths_waiting, waiting
from congtam.web.pages.rules.supposing import not_tried
from congtam.web.pages.rules.views.answers import told_of
from congtam.web.pages.rules.views.asked import last_month, seat_of


@asks(Right.CHANGE_RULES)
@require_http_methods(["GET", "POST"])
def open_points(request: HttpRequest) -> HttpResponse:
    """The numbers of one rulebook, the least certain first; what is written is shown in effect, then proposed."""
    lang = lang_of(request)
    earliest = queries.next_period(timezone.localdate())
    books = {copy.rulebook: queries.book(copy.rulebook, earliest) for copy in queries.copies_on(earliest)}
    told = request.POST if request.method == "POST" else request.GET
    chosen = told.get("bo") if told.get("bo") in books else next(iter(books), None)
    page = {
        "books": [(name, book.head.title.in_(lang), _undecided(book)) for name, book in books.items()],
        "chosen": chosen,
        "earliest": earliest,
        "waiting": waiting(lang),
        "act": told.get("act", ""),
        "article": told.get("article", ""),
        "why": told.get("why", ""),
        "first": told.get("first") or earliest.isoformat(),
    }
    if chosen is None:
        return render(request, "rules/open_points.html", page)
    written, problem = written_in(told), ""
    if request.method == "POST":
        try:
            if told.get("do") == "propose":
                return _proposed(request, chosen, written)
            page |= _effect(request, chosen, written) | {"period": last_month(), "previewed": True}
        except Refused as refused:
            problem = refused.text.in_(lang)
    page |= {"groups": groups_of(books[chosen], written, lang, paths_waiting(chosen)), "problem": problem}
    return render(request, "rules/open_points.html", page, status=422 if problem else 200)


def _undecided(book: Rulebook) -> int:
    return sum(one.certainty.value == "unverified" for one in figures(book).values())


def _first(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("first", ""))
    except ValueError:
        raise Refused("Ngày bắt đầu chưa đúng. Hãy chọn ngày đầu của kỳ sau.",
                      "The first day cannot be read. Choose the first day of the next period.") from None  # fmt: skip


def _proposed(request: HttpRequest, rulebook: str, written: dict[str, str]) -> HttpResponse:
    made = actions.propose(
        seat_of(request).actor,
        rulebook,
        written,
        act=request.POST.get("act", "")[:200],
        article=request.POST.get("article", "")[:120],
        first=_first(request),
        why=request.POST.get("why", ""),
    )
    messages.success(
        request,
        f"Proposal {made.seq} now waits for another person to approve it."
        if lang_of(request) == "en"
        else f"Đề xuất số {made.seq} đã được ghi, đang chờ một người khác duyệt.",
    )
    return redirect("rule_draft", number=made.seq)


def _effect(request: HttpRequest, rulebook: str, written: dict[str, str]) -> dict[str, Any]:
    """What the numbers would change, in words and in last month's grades. Raises `Refused`."""
    if not written:
        raise Refused("Chưa có con số nào được ghi. Hãy ghi ít nhất một.", "No number was written. Write at least one.")
    lang, first = lang_of(request), _first(request)
    act, article = request.POST.get("act", "") or NO_ACT, request.POST.get("article", "")
    try:
        book = queries.book(rulebook, first)
        known = figures(book)
        values = {path: checked(known[path], text) for path, text in written.items() if path in known}
        after = queries.supposed(rulebook, values, act=act, article=article, first=first)
    except Unusable as refused:
        raise refusal(refused.findings) from None
    told = told_of(request, numbers(rulebook, first, values))
    return told | {"changed": articles(book, after, lang), "not_tried": not_tried(book, values, last_month(), lang)}
