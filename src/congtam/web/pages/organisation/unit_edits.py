"""Editing units by dated decisions: founding, renaming, moving, ending."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.history.conflict import expect_standing
from congtam.history.refused import Refused
from congtam.orgs import actions
from congtam.orgs.models import Unit, UnitSpan
from congtam.orgs.queries import agencies_of
from congtam.people.histories import posts_in
from congtam.web.asking import asks
from congtam.web.pages.organisation import reach
from congtam.web.pages.organisation.after import change
from congtam.web.pages.organisation.unit_forms import EndUnitForm, NewUnitForm, UnitForm
from congtam.web.steps import Change, Edit, edit

Shares = list[tuple[Unit | None, Unit | None, int]]

FORM = require_http_methods(["GET", "HEAD", "POST"])


@asks(Right.EDIT_PEOPLE)
@FORM
def new_unit(request: HttpRequest) -> HttpResponse:
    """A new unit under one of the agencies, by a decision."""
    seat: Any = request.seat
    today = timezone.localdate()

    def plan(told: Mapping[str, Any]) -> Change:
        code, first = told["code"], told["first"]
        if UnitSpan.standing().filter(unit__code=code).exists():
            raise Refused(
                f"Mã đơn vị {code} đã có. Hãy dùng mã khác, hoặc mở đơn vị ấy để sửa.",
                f"The code {code} is taken. Use another, or open that unit and edit it.",
            )

        def act() -> tuple[str, Text]:
            with change(seat.actor):
                decision = actions.record_change(seat.actor, "founding", **_decision(told, first), shares=[])
                _set(seat.actor, code, told, decision)
            return reverse("organisation_unit", args=[code]), Text(vi="Đã lập đơn vị.", en="The unit was made.")

        said = Text(
            vi=f"Từ ngày {first:%d/%m/%Y} có đơn vị {told['name']} (mã {code}), trực thuộc {told['parent']}, "
            f"theo {told['number']} ký ngày {told['decided_on']:%d/%m/%Y}.",
            en=f"From {first:%d/%m/%Y} there is a unit {told['name']} ({code}) under {told['parent']}, by "
            f"{told['number']} of {told['decided_on']:%d/%m/%Y}.",
        )
        return Change([said], act)

    form = partial(NewUnitForm, parents=reach.unit_choices(seat, today))
    initial = {"first": today, "level": "section", "parent": request.GET.get("cap-tren", "")}
    title = Text(vi="Lập đơn vị mới", en="New unit")
    return edit(request, Edit(title, form, plan, reverse("organisation"), initial))


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_unit
def edit_unit(request: HttpRequest, it: Unit) -> HttpResponse:
    """Another name or place of a unit from a day on, by a decision."""
    seat: Any = request.seat
    span = _last(it)
    root = span is not None and span.parent_id is None

    def plan(told: Mapping[str, Any]) -> Change:
        first, parent = told["first"], told["parent"]

        def act() -> tuple[str, Text]:
            with change(seat.actor):
                _expect(told["seen"])
                whole: Shares = [(it, it, 1_000_000)]
                decision = actions.record_change(seat.actor, "renaming", **_decision(told, first), shares=whole)
                _set(seat.actor, it.code, told, decision)
            return reverse("organisation_unit", args=[it.code]), Text(
                vi="Đã ghi thay đổi.", en="The change was written."
            )

        by = f"{told['number']} ({told['decided_on']:%d/%m/%Y})"
        lines = [_from(first, told["name"], parent or "", by)]
        if span is not None and span.days.lower < first:
            lines.append(_stays(span, first))
        return Change(lines, act)

    initial = {"seen": span.seq, "name": span.name, "level": span.level} if span else {}
    initial |= {"parent": span.parent.code if span and span.parent else "", "first": timezone.localdate()}
    parents = [(code, name) for code, name in reach.unit_choices(seat, timezone.localdate()) if code != it.code]
    form = partial(UnitForm, parents=parents, level=span.level if span else "", root=root)
    title = Text(vi=f"Đổi tên, chuyển nơi trực thuộc: {_name(span, it)}", en=f"Rename or move: {_name(span, it)}")
    return edit(request, Edit(title, form, plan, reverse("organisation_unit", args=[it.code]), initial))


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_unit
def end_unit(request: HttpRequest, it: Unit) -> HttpResponse:
    """A unit ends on a day, by a decision."""
    seat: Any = request.seat
    span = _last(it)

    def plan(told: Mapping[str, Any]) -> Change:
        until = told["until"]

        def act() -> tuple[str, Text]:
            with change(seat.actor):
                _expect(told["seen"])
                gone: Shares = [(it, None, 1_000_000)]
                actions.record_change(seat.actor, "abolition", **_decision(told, until), shares=gone)
                actions.end_unit(seat.actor, it, until)
            return reverse("organisation_unit", args=[it.code]), Text(vi="Đã ghi kết thúc.", en="The end was written.")

        said = Text(
            vi=f"Từ ngày {until:%d/%m/%Y} không còn đơn vị {_name(span, it)}, theo {told['number']}. "
            "Lịch sử và số liệu trước ngày đó giữ nguyên.",
            en=f"From {until:%d/%m/%Y} the unit {_name(span, it)} is no more, by {told['number']}. Its history and "
            "figures before that day stay.",
        )
        return Change([said], act, people_left(it, until))

    initial = {"seen": span.seq if span else None, "until": timezone.localdate()}
    title = Text(vi=f"Kết thúc đơn vị: {_name(span, it)}", en=f"End the unit: {_name(span, it)}")
    back = reverse("organisation_unit", args=[it.code])
    return edit(request, Edit(title, EndUnitForm, plan, back, initial, danger=True))


def people_left(unit: Unit, day: date) -> list[Text]:
    """Who still holds a post in a unit on the day it ends."""
    held = [one for one in posts_in(unit.pk, day) if one.holders]
    people = sum(len(one.holders) for one in held)
    if not people:
        return []
    return [
        Text(
            vi=f"{people} người vẫn đang giữ vị trí ở đơn vị này vào ngày đó. Hãy ghi vị trí mới cho họ.",
            en=f"{people} people still hold posts in this unit on that day. Record new posts for them.",
        )
    ]


def _last(unit: Unit) -> UnitSpan | None:
    return UnitSpan.standing().filter(unit=unit).select_related("parent").order_by("-days__startswith").first()


def _expect(seen: int | None) -> None:
    if seen is not None:
        expect_standing(UnitSpan, seen)


def _set(actor: Any, code: str, told: Mapping[str, Any], decision: Any) -> None:
    first = told["first"]
    parent = Unit.objects.get(code=told["parent"]) if told["parent"] else None
    agency = None
    if parent is not None:
        agency = Unit.objects.get(pk=agencies_of([parent.pk], first).get(parent.pk, parent.pk))
    actions.set_unit(
        actor, code, name=told["name"], level=told["level"], parent=parent, agency=agency, first=first, change=decision
    )


def _decision(told: Mapping[str, Any], effective: date) -> dict[str, Any]:
    return {"number": told["number"], "decided_on": told["decided_on"], "effective_on": effective}


def _from(first: date, name: str, parent: str, by: str) -> Text:
    under_vi, under_en = (f", trực thuộc {parent}", f", under {parent}") if parent else ("", "")
    return Text(
        vi=f"Từ ngày {first:%d/%m/%Y}: tên là “{name}”{under_vi}, theo {by}.",
        en=f"From {first:%d/%m/%Y}: it is called “{name}”{under_en}, by {by}.",
    )


def _stays(span: UnitSpan, first: date) -> Text:
    return Text(
        vi=f"Trước ngày đó vẫn là “{span.name}” như đã ghi; hồ sơ và điểm của các kỳ cũ không đổi tên.",
        en=f"Before that day it stays “{span.name}” as recorded; records and scores of earlier periods keep that name.",
    )


def _name(span: UnitSpan | None, unit: Unit) -> str:
    return span.name if span else unit.code
