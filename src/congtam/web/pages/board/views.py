"""Bảng việc and Lịch việc."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access import looks
from congtam.access.gate import Right
from congtam.desk.board import COLUMNS
from congtam.engine.periods import local_day
from congtam.web.asking import asks
from congtam.web.once import token
from congtam.web.pages.board import month, reading, words
from congtam.web.pages.board.deeds import offered
from congtam.web.pages.board.reading import Card
from congtam.web.pages.worklist import kept
from congtam.web.pages.worklist.listing import listing

A_PAGE = 50  # cards of one column, or of one day, by itself


@asks(Right.OWN_WORK)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Work in columns; `cot` shows one column whole."""
    if (first := kept.as_kept(request, "board")) is not None:
        return first
    now = timezone.now()
    found = listing(request.seat, request.GET, request.LANGUAGE_CODE, now)
    context = kept.around(request, found, now, "board") | {"deeds": offered(request.seat), "token": token()}
    chosen = request.GET.get("cot", "")
    if chosen in COLUMNS:
        page = Paginator(reading.standing_at(found, chosen), A_PAGE).get_page(request.GET.get("trang"))
        shown = reading.cards(found, page.object_list, lambda share: chosen)
        context |= {"page": page, "cards": shown, "column": words.COLUMNS[chosen]}
        _looked(request, shown)
        return render(request, "board/column.html", context)
    columns = reading.columns(found)
    _looked(request, [card for column in columns for card in column.cards])
    return render(request, "board/board.html", context | {"columns": columns})


@asks(Right.OWN_WORK)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Deadlines by day over a month (`thang`); `han` shows one day whole."""
    if (first := kept.as_kept(request, "work_calendar")) is not None:
        return first
    now = timezone.now()
    found = listing(request.seat, request.GET, request.LANGUAGE_CODE, now)
    context = kept.around(request, found, now, "work_calendar")
    day = month.day_of(request.GET.get("han", ""))
    if day is not None:
        due = month.due_in(found, day, day + month.A_DAY)
        page = Paginator(due, A_PAGE).get_page(request.GET.get("trang"))
        shown = reading.cards(found, page.object_list, lambda share: "")
        _looked(request, shown)
        more = {"page": page, "cards": shown, "day": day, "deeds": offered(request.seat), "token": token()}
        return render(request, "board/column.html", context | more)
    shows = month.month_of(request.GET.get("thang", ""), local_day(now))
    days = month.days(found, shows)
    _looked(request, [card for one in days for card in one.cards])
    more = {"month": shows, "days": days, "week": words.WEEK, "start": shows.first.isoweekday()}
    return render(request, "board/calendar.html", context | more)


def _looked(request: HttpRequest, cards: list[Card]) -> None:
    looks.record_all(request.seat, {card.line.row.official for card in cards}, "work")
