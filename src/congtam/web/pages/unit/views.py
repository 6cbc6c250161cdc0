"""Phòng tôi, and the Monday sheet."""

from collections import defaultdict
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from congtam.access import looks
from congtam.access.gate import Right, holds
from congtam.desk.queries import questions_to
from congtam.engine.rulebook.model import Text
from congtam.scores.known import cut
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, live_points, nightly_points, rules_of
from congtam.web.once import token
from congtam.web.pages.task.order_forms import Give
from congtam.web.pages.task.questions import Card, cards
from congtam.web.pages.unit.board import Board, board_of
from congtam.web.pages.unit.choosing import choose
from congtam.web.pages.unit.moving_views import panel
from congtam.web.pages.unit.pending import MOST, Matter, matters
from congtam.web.pages.unit.points import points_of
from congtam.web.pages.unit.week import sheet_of

BOARD, WEEK = Text(vi="Trang phòng", en="Page of the unit"), Text(vi="Phiếu giao ban", en="Monday sheet")
UNIT = Text(vi="Đơn vị", en="Unit")


@asks(Right.SEE_WORK)
@require_GET
def unit(request: HttpRequest) -> HttpResponse:
    """What waits for the head, people by risk, and where work stands."""
    board = _board(request)
    if board is None:
        return render(request, "unit/none.html")
    gives = holds(request.seat, Right.GIVE_WORK)
    context = {
        "board": board,
        "waiting": _waiting(request, board),
        "cards": _cards(request, board) if gives else [],
        "gives": gives,
        "giving": _giving(request, board) if gives and "giao" in request.GET else None,
        "moving": panel(request.GET, board.staff, board.rows, board.sight, request.LANGUAGE_CODE) if gives else None,
        "token": token(),
        "of_unit": points_of(request.seat, [board.chosen.unit], board.sight.now, board.rules),
        "most": MOST,
        "as_of": board.sight.now,
        "imprint": _imprint(board, BOARD, reverse("unit"), request.LANGUAGE_CODE),
    }
    return render(request, "unit/board.html", context)


@asks(Right.SEE_WORK)
@require_GET
def week(request: HttpRequest) -> HttpResponse:
    """The Monday sheet: one A4 page."""
    board = _board(request)
    if board is None:
        return render(request, "unit/none.html")
    today = timezone.localdate(board.sight.now)
    context = {
        "board": board,
        "sheet": sheet_of(board, today),
        "waiting": _waiting(request, board),
        "as_of": board.sight.now,
        "imprint": _imprint(board, WEEK, reverse("unit_week"), request.LANGUAGE_CODE),
    }
    return render(request, "unit/week.html", context)


def _cards(request: HttpRequest, board: Board) -> list[Card]:
    """What waits for the seat's answer, to be answered right there."""
    return cards(questions_to(request.seat, board.sight.now), request.seat.person, board.sight, "unit")


def _giving(request: HttpRequest, board: Board) -> Give:
    """The form to give work to people of the unit, in short."""
    names, people = board.chosen.names, defaultdict(list)
    for one in (one for one in board.staff if one.person != request.seat.person):
        people[names.get(one.unit, "")].append((str(one.person), f"{one.full_name} ({one.title})"))
    form = Give(people=list(people.items()), products={})
    form.offer(request.seat, board.sight)
    return form


def _imprint(board: Board, title: Text, here: str, lang: str) -> Imprint:
    """Where a page of the unit comes from; the Monday sheet shows no points."""
    runs = [row.run for (_, label), row in board.scores.items() if label == board.period.label]
    points = live_points(board.points_as_of) if board.live and board.points_as_of else nightly_points(runs)
    told = [(UNIT.in_(lang), board.chosen.unit.name)]
    rules = rules_of(board.period, board.rules, lang)
    address = f"{here}?{urlencode({'dv': board.chosen.unit.code})}"
    return Imprint(title, board.sight.now, told, rules, points if title is BOARD else None, address)


def _waiting(request: HttpRequest, board: Board) -> list[Matter]:
    """What waits for the seat; nothing for who reads only."""
    if not holds(request.seat, Right.DECIDE):
        return []
    return matters(request.seat, board.staff, board.scores, board.rows, board.loads, board.sight.now)


def _board(request: HttpRequest) -> Board | None:
    """The board of the unit asked for, its opening written down for the people on it."""
    now, seat = timezone.now(), request.seat
    known = cut()
    chosen = choose(seat, request.GET.get("dv", ""), seat.day, known.structure)
    if chosen is None:
        return None
    board = board_of(seat, chosen, now, known.rules)
    looks.record_all(seat, (one.person for one in board.staff), "unit", board.period.label)
    return board
