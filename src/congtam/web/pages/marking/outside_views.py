"""Người chấm ngoài đơn vị: who is admitted by a decision to mark whom, for the personnel office."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access.gate import Right
from congtam.access.seats import Seat
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.marking.admitting import admit, end
from congtam.marking.models import Admission
from congtam.orgs.models import Unit
from congtam.orgs.queries import codes_and_names_of
from congtam.people.models import Person
from congtam.people.queries import names_of, people_under, staff_of
from congtam.ratings.asked import Criterion, asked_for
from congtam.web.asking import asks
from congtam.web.pages.marking.forms import AdmitForm, EndForm
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import both

UNIT, PERSON = "dv:", "cb:"  # how a choice of whom is written
TITLE = Text(vi="Cử người chấm ngoài đơn vị", en="Admit a rater from outside")
ABOUT = Text(
    vi="Người được cử chấm trước người đứng đầu, trong những ngày ghi ở quyết định. Điểm đã chấm vẫn giữ khi hết hạn.",
    en="They mark before the head does, on the days of the decision. What they gave stays when it ends.",
)
ADDED = Text(vi="Đã cử người chấm.", en="The rater was admitted.")
ENDED = Text(vi="Đã kết thúc việc cử người chấm.", en="The admission was ended.")


@asks(Right.KEEP_CYCLE)
@require_safe
def outside(request: HttpRequest) -> HttpResponse:
    """Who is admitted, the latest first."""
    rows = list(_within(request.seat).order_by("-seq")[:100])
    people = names_of({one for row in rows for one in (row.rater_id, row.person_id) if one})
    units = codes_and_names_of([row.unit_id for row in rows if row.unit_id], request.seat.day)
    titles = {one.criterion: one.title for one in _asked(request.seat)}
    told = [
        {
            "row": row,
            "rater": people.get(row.rater_id, row.rater.code),
            "whom": people.get(row.person_id, "") if row.person_id else units.get(row.unit_id, ("", ""))[1],
            "criteria": [titles.get(one) or Text(vi=one, en=one) for one in row.criteria],
            "last": row.days.upper,
            "over": row.days.upper <= request.seat.day,
        }
        for row in rows
    ]
    return render(request, "marking/outside.html", {"admitted": told, "as_of": timezone.now()})


@asks(Right.KEEP_CYCLE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Admit somebody, in two steps."""
    seat, lang = request.seat, request.LANGUAGE_CODE
    criteria = [(one.criterion, one.title.in_(lang)) for one in _asked(seat)]
    form = partial(AdmitForm, whom=_whom(seat), criteria=criteria)
    back = reverse("marking_outside")

    def plan(told: Mapping[str, Any]) -> Change:
        rater = Person.objects.filter(code=told["rater"]).first()
        if rater is None:
            raise Refused(
                f"Không có cán bộ nào mang mã {told['rater']}. Hãy xem lại mã ở trang Nhân sự và tổ chức.",
                f"Nobody has the code {told['rater']}. Look it up under People and units.",
            )
        kind, code = told["whom"][:3], told["whom"][3:]
        person = Person.objects.get(code=code) if kind == PERSON else None
        unit = Unit.objects.get(code=code) if kind == UNIT else None

        def act() -> tuple[str, Text]:
            admit(
                seat.actor,
                rater=rater,
                person=person,
                unit=unit,
                criteria=told["criteria"],
                decision=told["decision"],
                first=told["first"],
                until=told["until"],
            )
            return back, ADDED

        name = names_of([rater.pk]).get(rater.pk, rater.code)
        days = f"{told['first']:%d/%m/%Y}"
        line = Text(
            vi=f"{name} chấm trước người đứng đầu, từ {days}, theo {told['decision']}.",
            en=f"{name} marks before the head does, from {days}, by {told['decision']}.",
        )
        return Change([line], act)

    return edit(request, Edit(TITLE, form, plan, back, {}, ABOUT))


@asks(Right.KEEP_CYCLE)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """End an admission before its time."""
    row = get_object_or_404(_within(request.seat), seq=number)
    name = names_of([row.rater_id]).get(row.rater_id, row.rater.code)
    back = reverse("marking_outside")

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            end(request.seat.actor, row, told["until"])
            return back, ENDED

        line = Text(
            vi=f"{name} thôi chấm từ {told['until']:%d/%m/%Y}; điểm đã chấm vẫn giữ.",
            en=f"{name} no longer marks from {told['until']:%d/%m/%Y}; what was given stays.",
        )
        return Change([line], act)

    title = Text(vi=f"Kết thúc việc cử {name} chấm điểm", en=f"End the admission of {name}")
    return edit(request, Edit(title, EndForm, plan, back, {"until": row.days.upper}))


def _within(seat: Seat) -> QuerySet[Admission]:
    """The admissions over people and units of the seat's agencies."""
    people = people_under(seat.personnel, seat.day)
    ours = Q(unit__in=seat.personnel) | Q(person__in=people)
    return Admission.standing().filter(ours).select_related("rater")


def _whom(seat: Seat) -> list[tuple[str, list[tuple[str, str]]]]:
    units = codes_and_names_of(seat.personnel, seat.day)
    staff = {one.person: one for one in staff_of(seat.personnel, seat.day)}
    return [
        (str(both("Cả đơn vị", "A whole unit")), sorted((f"{UNIT}{code}", name) for code, name in units.values())),
        (
            str(both("Một người", "One person")),
            [(f"{PERSON}{one.code}", f"{one.full_name} ({one.title})") for one in staff.values()],
        ),
    ]


def _asked(seat: Seat) -> list[Criterion]:
    """The criteria anybody of the running month is marked on, each once."""
    period = Period.of(PeriodKind.MONTH, seat.day)
    kinds = sorted({one.staff_kind for one in staff_of(seat.personnel, seat.day)})
    asked = [one for kind in kinds for role in ("leader", "staff") for one in asked_for(period, role, kind)]
    return list({one.criterion: one for one in asked if one.stage != "self"}.values())
