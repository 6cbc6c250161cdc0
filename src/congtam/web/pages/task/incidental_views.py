"""Việc phát sinh, sáng kiến, việc mật: what nobody gave, told by who did it and counted once somebody else confirms."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congtam.access.gate import Right
from congtam.access.seats import Seat
from congtam.desk import incidental
from congtam.desk.models import Question
from congtam.engine.periods import Period
from congtam.history.refused import Refused
from congtam.people.queries import superior_of
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.task import whom
from congtam.web.pages.task.incidental_forms import CameUp, Initiative, Secret
from congtam.web.pages.task.words import KINDS
from congtam.web.words import both, said

TOLD = both("Đã ghi, chờ người bạn chọn xác nhận.", "Written down; it waits for who you named to confirm it.")


@asks(Right.OWN_WORK)
@require_http_methods(["GET", "POST"])
def came_up(request: HttpRequest) -> HttpResponse:
    """Four large buttons: work that came up, done now."""

    def tell(seat: Seat, told: dict[str, Any]) -> object:
        return incidental.tell(seat, told["kind"], told["text"] or KINDS[told["kind"]].vi, int(told["to"]))

    return _page(request, "task/came_up.html", CameUp, "confirmation", tell, kinds=[*KINDS.items()])


@asks(Right.OWN_WORK)
@require_http_methods(["GET", "POST"])
def initiative(request: HttpRequest) -> HttpResponse:
    """An initiative, proposed to who may have it recognised."""

    def propose(seat: Seat, told: dict[str, Any]) -> object:
        return incidental.propose(seat, told["title"], told["text"], int(told["to"]))

    return _page(request, "task/initiative.html", Initiative, "recognition", propose)


@asks(Right.OWN_WORK)
@require_http_methods(["GET", "POST"])
def secret(request: HttpRequest) -> HttpResponse:
    """Secret work, by count only."""

    def count(seat: Seat, told: dict[str, Any]) -> object:
        month = Period.parse(told["month"]).first
        return incidental.count_secret(seat, told["number"], told["in_time"], month, int(told["to"]))

    def form(*args: Any, **kwargs: Any) -> Form:
        return Secret(*args, today=timezone.localdate(), lang=request.LANGUAGE_CODE, **kwargs)

    return _page(request, "task/secret.html", form, "confirmation", count)


def _page(
    request: HttpRequest,
    template: str,
    form_of: Callable[..., Form],
    kind: str,
    act: Callable[[Seat, dict[str, Any]], object],
    **extra: Any,
) -> HttpResponse:
    """A form with a person to be chosen, the last one chosen for the like proposed; sent, done once."""
    seat = request.seat
    people = whom.colleagues(seat)
    told = {"people": people, "proposed": _proposed(seat, kind, people)}
    form = form_of(request.POST, **told) if request.method == "POST" else form_of(**told)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _told(seat, act, form))
        except Refused as refusal:
            form.add_error(None, said(refusal.text))
    context = {"form": form, "token": request.POST.get("token") or token(), "as_of": timezone.now(), **extra}
    return render(request, template, context, status=422 if form.errors else 200)


def _told(seat: Seat, act: Callable[[Seat, dict[str, Any]], object], form: Form) -> tuple[str, str]:
    act(seat, form.cleaned_data)
    return reverse("today"), str(TOLD)


def _proposed(seat: Seat, kind: str, people: whom.Choices) -> int | None:
    """Whoever was asked for the like last time, else the person's superior, where they may be chosen."""
    offered = {int(person) for _, group in people for person, _ in group}
    last = Question.objects.filter(by=seat.person, kind=kind).order_by("-asked_at").values_list("to", flat=True).first()
    if last in offered:
        return last
    above = superior_of(seat.person, seat.day) if seat.person else None
    return above if above in offered else None
