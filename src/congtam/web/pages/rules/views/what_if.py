"""Nếu thì: other numbers on last month's facts; nothing is saved, and the address can be shared."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congtam.access.gate import Right, holds
from congtam.engine.rulebook.bound import Rulebook
from congtam.history.refused import Refused
from congtam.registry import queries, trying
from congtam.registry.figures import figures
from congtam.registry.values import checked
from congtam.scores.supposed import monthly
from congtam.web.asking import asks
from congtam.web.pages.rules.figures import FigureGroup, groups_of, lang_of, written_in
from congtam.web.pages.rules.small import FEW
from congtam.web.pages.rules.supposing import choices_of, scope_of, seen_by
from congtam.web.pages.rules.views.answers import earlier, told_of
from congtam.web.pages.rules.views.asked import last_month, propose_url, seat_of


@asks(Right.READ_RULES)
@require_GET
def what_if(request: HttpRequest) -> HttpResponse:
    """Write other numbers, see who would have other points or another grade."""
    lang, seat, period = lang_of(request), seat_of(request), last_month()
    books = {copy.rulebook: queries.book(copy.rulebook, seat.day) for copy in queries.copies_on(seat.day)}
    chosen = request.GET.get("bo") if request.GET.get("bo") in books else next(iter(books), None)
    written = written_in(request.GET)
    page = {
        "books": [(name, book.head.title.in_(lang)) for name, book in books.items()],
        "chosen": chosen,
        "period": period,
        "units": choices_of(seat),
        "unit": request.GET.get("don-vi", ""),
        "all_seen": scope_of(seat) <= seen_by(seat),
        "few": FEW,
        "asked": bool(written),
        "earlier": earlier(request),
        "propose": propose_url(chosen, written) if holds(seat, Right.CHANGE_RULES) else "",
    }
    problem = ""
    if chosen and written:
        try:
            page |= _told(request, chosen, written)
        except Refused as refused:
            problem = refused.text.in_(lang)
    page |= {"groups": _groups(books[chosen], written, lang) if chosen else [], "problem": problem}
    return render(request, "rules/what_if.html", page, status=422 if problem else 200)


def _groups(book: Rulebook, written: dict[str, str], lang: str) -> list[FigureGroup]:
    """The numbers that can move a month: those of cards for other periods are left out."""
    month = {f"scorecards/{name}" for name in monthly(book, last_month())}
    told = [
        replace(group, rows=[row for row in group.rows if _moves(row.path, month)])
        for group in groups_of(book, written, lang)
    ]
    return [group for group in told if group.rows]


def _moves(path: str, month: set[str]) -> bool:
    section, name, *inside = path.split("/")
    return section != "scorecards" or (f"{section}/{name}" in month and inside[0] != "timetable")


def _told(request: HttpRequest, rulebook: str, written: dict[str, str]) -> dict[str, Any]:
    day = seat_of(request).day
    known = figures(queries.book(rulebook, day))
    values = {path: checked(known[path], text) for path, text in written.items() if path in known}
    return told_of(request, trying.numbers(rulebook, day, values), request.GET.get("don-vi", ""))
