"""Editing absences: recording that a person is away, and taking that back."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.people import actions
from congtam.people.models import Absence, Person
from congtam.web.asking import asks
from congtam.web.components.organisation_tags import stretch
from congtam.web.pages.organisation import reach
from congtam.web.pages.organisation.after import change
from congtam.web.pages.organisation.person_edits import days_told, name_of, page_of
from congtam.web.pages.organisation.person_forms import AbsenceForm, ReasonForm
from congtam.web.pages.organisation.unit_edits import FORM
from congtam.web.pages.organisation.words import word
from congtam.web.steps import Change, Edit, edit


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_person
def absence(request: HttpRequest, it: Person) -> HttpResponse:
    """A person is away for some days."""
    actor = request.seat.actor

    def plan(told: Mapping[str, Any]) -> Change:
        first, until = told["first"], told["until"]

        def act() -> tuple[str, Text]:
            with change(actor):
                actions.record_absence(
                    actor, person=it, kind=told["kind"], first=first, until=until, decision=told["decision"]
                )
            return page_of(it), Text(vi="Đã ghi vắng mặt.", en="The absence was recorded.")

        said = Text(
            vi=f"{name_of(it)} vắng mặt {days_told(first, until)} ({word(told['kind'])}). Những ngày này không tính "
            "vào quỹ thời "
            "gian làm việc.",
            en=f"{name_of(it)} is away {days_told(first, until)} ({word(told['kind'])}). These days leave their "
            "working time.",
        )
        return Change([said], act)

    title = Text(vi=f"Ghi vắng mặt: {name_of(it)}", en=f"Record an absence: {name_of(it)}")
    initial = {"first": timezone.localdate(), "kind": "annual"}
    return edit(request, Edit(title, AbsenceForm, plan, page_of(it), initial))


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_person
def withdraw_absence(request: HttpRequest, it: Person, seq: int) -> HttpResponse:
    """An absence was recorded that never was."""
    actor = request.seat.actor
    row = Absence.objects.filter(person=it, seq=seq).first()
    if row is None:
        raise Http404

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            with change(actor):
                actions.withdraw_absence(actor, row, told["reason"])
            return page_of(it), Text(vi="Đã rút.", en="It was withdrawn.")

        said = Text(
            vi=f"Rút lần vắng mặt {stretch(row.days)}: những ngày này lại tính vào quỹ thời gian làm việc.",
            en=f"Withdraw the absence {stretch(row.days)}: these days count as working time again.",
        )
        return Change([said], act)

    title = Text(vi=f"Rút lần vắng mặt: {name_of(it)}", en=f"Withdraw an absence: {name_of(it)}")
    return edit(request, Edit(title, ReasonForm, plan, page_of(it), {"seen": row.seq}, danger=True))
