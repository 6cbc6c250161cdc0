"""Calling a meeting, closing it, calling it off; and correcting what was written of it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congtam.access.gate import Right
from congtam.access.seats import Seat
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.meetings import concluding, holding
from congtam.meetings.holding import Call, closing_of, may_hold
from congtam.meetings.models import Conclusion, Meeting
from congtam.orgs.queries import Branch, tree_known, trees_under
from congtam.people.queries import heads_of, leaders_in, names_of, staff_of
from congtam.scores.known import cut
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.meetings.forms import (
    AttendedForm,
    CallForm,
    CorrectAttendedForm,
    People,
    TextForm,
    WhyForm,
)
from congtam.web.pages.meetings.views import of
from congtam.web.pages.task import whom
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import said

FORM = require_http_methods(["GET", "HEAD", "POST"])
CALLED = Text(vi="Đã mở phiên họp.", en="The meeting is called.")
CLOSED = Text(vi="Phiên họp đã kết thúc; chương trình được giữ như lúc này.", en="Closed; the agenda is kept as it is.")
CORRECTED = Text(vi="Đã đính chính.", en="Corrected.")


@asks(Right.GIVE_WORK)
@FORM
def call(request: HttpRequest) -> HttpResponse:
    """A meeting of one of one's units."""
    seat, now = request.seat, timezone.now()
    units = [one for one in tree_known(seat.day, cut().structure) if one.unit in whom.given_by(seat)]
    if not units:
        raise Http404
    unit = next((one for one in units if one.code == request.GET.get("dv")), units[0])
    people = _people(seat, unit)
    initial = {"taking_part": [number for number, _ in people], "chair": str(seat.person), "at": now}
    form = CallForm(request.POST if request.method == "POST" else None, people=people, initial=initial)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        taking_part = tuple(int(one) for one in told["taking_part"])
        meant = Call(unit.unit, told["kind"], told["at"], int(told["chair"]), taking_part, told["next_on"])
        try:
            return once(request, lambda: (reverse("meeting", args=[holding.call(seat, meant).pk]), said(CALLED)))
        except Refused as refusal:
            form.add_error(None, said(refusal.text))
    context = {
        "form": form,
        "unit": unit,
        "units": units,
        "as_of": now,
        "token": request.POST.get("token") or token(),
    }
    return render(request, "meetings/call.html", context, status=422 if form.errors else 200)


@asks(Right.GIVE_WORK)
@FORM
def close(request: HttpRequest, number: int) -> HttpResponse:
    """The meeting is over; or who took part is corrected."""
    seat, it = request.seat, _mine(request.seat, number)
    closed = closing_of(it)
    people = _named(it.taking_part)
    back = reverse("meeting", args=[number])

    def plan(told: Mapping[str, Any]) -> Change:
        there = tuple(int(one) for one in told["attended"])
        named = ", ".join(name for one, name in people if int(one) in there)
        lines = [Text(vi=f"Dự họp: {named}.", en=f"Took part: {named}.")]
        if closed is None:
            lines += [KEPT]

        def act() -> tuple[str, Text]:
            if closed is None:
                holding.close(seat, number, there)
                return back, CLOSED
            holding.correct_attendance(seat, told["seen"] or closed.pk, there, told["why"])
            return back, CORRECTED

        return Change(lines, act)

    ticked = [str(one) for one in (closed.attended if closed else it.taking_part)]
    initial = {"attended": ticked, "seen": closed.pk if closed else None}
    form = partial(CorrectAttendedForm if closed else AttendedForm, people=people)
    return edit(request, Edit(CORRECT if closed else CLOSE, form, plan, back, initial))


CLOSE = Text(vi="Kết thúc phiên họp", en="Close the meeting")
CORRECT = Text(vi="Đính chính người dự họp", en="Correct who took part")
KEPT = Text(
    vi="Chương trình họp được giữ đúng như số liệu lúc này. Sau đó chỉ còn đính chính hoặc bổ sung có lý do.",
    en="The agenda is kept as the facts have it now. Afterwards things are only corrected or added, with a reason.",
)


@asks(Right.GIVE_WORK)
@FORM
def call_off(request: HttpRequest, number: int) -> HttpResponse:
    """The meeting does not take place."""
    seat, it = request.seat, _mine(request.seat, number)

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            holding.call_off(seat, it.pk, told["why"])
            return reverse("meetings"), Text(vi="Đã hủy phiên họp.", en="The meeting is called off.")

        line = Text(vi=f"Phiên họp bị hủy. Lý do: {told['why']}", en=f"It is called off. Reason: {told['why']}")
        return Change([line], act)

    title = Text(vi="Hủy phiên họp", en="Call the meeting off")
    return edit(request, Edit(title, WhyForm, plan, reverse("meeting", args=[number]), danger=True))


@asks(Right.GIVE_WORK)
@FORM
def correct(request: HttpRequest, number: int, series: int) -> HttpResponse:
    """Other words for a conclusion."""
    seat, it = request.seat, _standing(request.seat, number, series)
    back = reverse("meeting", args=[number])

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            concluding.correct(seat, told["seen"], told["text"], told["why"])
            return back, CORRECTED

        old = it.text.text
        lines = [
            Text(vi=f"Trước: {old}", en=f"Before: {old}"),
            Text(vi=f"Nay: {told['text']}", en=f"Now: {told['text']}"),
        ]
        minded = [SAME] if it.item_id else []
        return Change(lines, act, minded)

    title = Text(vi="Đính chính kết luận", en="Correct a conclusion")
    return edit(request, Edit(title, TextForm, plan, back, {"seen": it.pk, "text": it.text.text}))


SAME = Text(
    vi="Việc đã giao giữ nguyên người làm và hạn. Đổi người hoặc hạn thì làm trên trang của việc ấy.",
    en="The work keeps its holder and deadline. Change those on the page of the work.",
)


@asks(Right.GIVE_WORK)
@FORM
def strike_out(request: HttpRequest, number: int, series: int) -> HttpResponse:
    """A conclusion no longer stands."""
    seat, it = request.seat, _standing(request.seat, number, series)
    back = reverse("meeting", args=[number])

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            concluding.strike_out(seat, told["seen"] or it.pk, told["why"])
            return back, Text(vi="Đã bỏ kết luận.", en="Struck out.")

        lines = [Text(vi=f"Bỏ kết luận: {it.text.text}", en=f"Struck out: {it.text.text}")]
        if it.item_id:
            lines.append(Text(vi="Việc đã giao bị hủy nếu chưa xong.", en="The work is cancelled unless it is done."))
        return Change(lines, act)

    title = Text(vi="Bỏ kết luận", en="Strike out a conclusion")
    return edit(request, Edit(title, WhyForm, plan, back, {"seen": it.pk}, danger=True))


def _mine(seat: Seat, number: int) -> Meeting:
    """A meeting the seat holds. Raises `Http404`."""
    it = of(seat, number)
    if not may_hold(seat, it.unit_id) or it.called_off_at is not None:
        raise Http404
    return it


def _standing(seat: Seat, number: int, series: int) -> Conclusion:
    """A conclusion that stands. Raises `Http404`."""
    it = _mine(seat, number)
    found = Conclusion.objects.select_related("text").filter(meeting=it, series=series, replaced_by=None).first()
    if found is None:
        raise Http404
    return found


def _people(seat: Seat, unit: Branch) -> People:
    """Who may take part: everybody of the unit, who heads the units below it, and who calls it."""
    below = trees_under([unit.unit], seat.day) - {unit.unit}
    staff = {str(one.person): f"{one.full_name} ({one.title})" for one in staff_of([unit.unit], seat.day)}
    others = {*leaders_in(below, seat.day), *heads_of(unit.unit, seat.day), seat.person} - {None}
    more = names_of(one for one in others if one is not None and str(one) not in staff)
    return [*staff.items(), *sorted(((str(one), name) for one, name in more.items()), key=lambda one: one[1])]


def _named(people: list[int]) -> People:
    names = names_of(people)
    return [(str(one), names.get(one, f"#{one}")) for one in people]
