"""Passing work on within the units one heads, on the page of the unit: first what would change, then the deed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from congtam.access.gate import Right
from congtam.desk.doing import pass_on
from congtam.engine.explaining import formats
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.people.queries import Staff, staff_of
from congtam.scores.overview import sight
from congtam.web.asking import asks
from congtam.web.once import once
from congtam.web.pages.task.passing import Effect, of_rows
from congtam.web.pages.unit.forms import Move
from congtam.work.lists import Filters, Row, Sight, found, rows

ASKED = ("chuyen", "nguoi", "viec")  # what in the address opens the panel
MOVED = Text(vi="Đã chuyển việc.", en="Passed on.")
SAME = Text(vi="Người nhận đang giữ việc này. Hãy chọn người khác.", en="The receiver has it already. Choose another.")
AGAIN = Text(
    vi="Chưa chuyển gì: việc hoặc người nhận không còn trong danh sách. Hãy chọn lại.",
    en="Nothing was passed on: the work or the receiver is no longer in the list. Choose again.",
)
DUE = Text(vi="hạn", en="due")


@dataclass(frozen=True)
class Panel:
    """The form to pass work on, and what it would change once it is filled in; `chosen`: whose work is offered."""

    form: Move
    chosen: Staff | None
    effect: Effect | None = None


def panel(given: QueryDict, staff: Iterable[Staff], open_rows: Iterable[Row], seen: Sight, lang: str) -> Panel | None:
    """The panel as the address asks for it, for these people and their open shares; None when it does not."""
    if not any(name in given for name in ASKED):
        return None
    people = {one.person: one for one in staff}
    own = [row for row in open_rows if not row.waiting and row.official in people]
    chosen = next((one for one in people.values() if one.code == given.get("nguoi")), None)
    offered = [row for row in own if chosen is None or row.official == chosen.person]
    form = _form(given if "viec" in given else None, people, offered, lang)
    effect = None
    if form.is_bound and form.is_valid():
        effect = _effect(form.cleaned_data, people, own, seen)
        if effect is None:
            form.add_error("nhan", SAME.in_(lang))
    return Panel(form, chosen, effect)


@asks(Right.GIVE_WORK)
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Pass on what was looked at; what was not is shown first."""
    seat, lang, seen = request.seat, request.LANGUAGE_CODE, sight(timezone.now())
    people = {one.person: one for one in reversed(staff_of(seat.leads | seat.leads_agency, seat.day))}
    own = [row for row in rows(found(frozenset(people), Filters(unfinished=True), seen)) if not row.waiting]
    form = _form(request.POST, people, own, lang)
    effect = _effect(form.cleaned_data, people, own, seen) if form.is_valid() else None
    if effect is None:
        messages.error(request, AGAIN.in_(lang))
        return redirect(f"{reverse('unit')}?chuyen=1#chuyen-viec")
    look = f"{reverse('unit')}?{urlencode({name: form.cleaned_data[name] for name in form.fields})}#chuyen-viec"
    if request.POST.get("da_xem") != effect.key:
        return redirect(look)

    def act() -> tuple[str, str]:
        receiver = int(form.cleaned_data["nhan"])
        pass_on(seat, effect.row.item, receiver, form.cleaned_data["ly_do"], effect.row.official)
        return reverse("unit"), MOVED.in_(lang)

    try:
        return once(request, act)
    except Refused as refusal:
        messages.error(request, refusal.text.in_(lang))
        return redirect(look)


def _form(given: Any, people: Mapping[int, Staff], offered: Iterable[Row], lang: str) -> Move:
    sorted_people = sorted(people.values(), key=lambda one: (one.rank, one.sort_key))
    return Move(
        given,
        lang=lang,
        shares=[(row.share, _called(row, people[row.official], lang)) for row in offered],
        people=[(one.person, one.full_name) for one in sorted_people],
    )


def _effect(told: Mapping[str, str], people: Mapping[int, Staff], own: list[Row], seen: Sight) -> Effect | None:
    """What would change; None when giver and receiver are one."""
    row, receiver = next(one for one in own if str(one.share) == told["viec"]), people[int(told["nhan"])]
    if receiver.person == row.official:
        return None
    both = (row.official, receiver.person)
    names = {one: people[one].full_name for one in both}
    return of_rows(row, receiver.person, [one for one in own if one.official in both], seen, names)


def _called(row: Row, giver: Staff, lang: str) -> str:
    due = f", {DUE.in_(lang)} {formats.moment(row.due_at, lang)}" if row.due_at else ""
    return f"{row.title or row.key} ({giver.full_name}{due})"[:160]
