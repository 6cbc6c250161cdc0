"""A new agency that stands under no other, and whoever keeps its personnel first: without one, nobody could go on."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.orgs import actions as units
from congtam.orgs.models import Unit
from congtam.people import actions as people
from congtam.people.models import Person
from congtam.people.queries import names_of
from congtam.web.asking import asks, refused
from congtam.web.pages.organisation import reach
from congtam.web.pages.organisation.after import change
from congtam.web.pages.organisation.unit_edits import FORM
from congtam.web.pages.organisation.unit_forms import AgencyForm
from congtam.web.steps import Change, Edit, edit

TITLE = "Phụ trách nhân sự, quản trị"
FUNCTIONS = ("personnel", "administrator")


@asks(Right.EDIT_PEOPLE)
@FORM
def new_agency(request: HttpRequest) -> HttpResponse:
    """A new agency by a decision, made by personnel of an agency that itself stands under no other."""
    seat: Any = request.seat
    if not reach.keeps_top(seat):
        return refused(request, Right.EDIT_PEOPLE)

    def plan(told: Mapping[str, Any]) -> Change:
        keeper = _keeper(seat, told["keeper"])
        if Unit.objects.filter(code=told["code"]).exists():
            raise Refused(
                f"Mã {told['code']} đã có. Hãy dùng mã khác, hoặc mở đơn vị ấy để sửa.",
                f"The code {told['code']} is taken. Use another, or open that unit and edit it.",
            )

        def act() -> tuple[str, Text]:
            with change(seat.actor):
                _found(seat.actor, told, keeper)
            return reverse("organisation"), Text(vi="Đã lập cơ quan.", en="The agency was made.")

        day, name = f"{told['first']:%d/%m/%Y}", names_of([keeper.pk]).get(keeper.pk, keeper.code)
        lines = [
            Text(
                vi=f"Từ ngày {day} có cơ quan {told['name']} (mã {told['code']}), không trực thuộc cơ quan nào, theo "
                f"{told['number']} ký ngày {told['decided_on']:%d/%m/%Y}.",
                en=f"From {day} there is an agency {told['name']} ({told['code']}) under no other, by "
                f"{told['number']} of {told['decided_on']:%d/%m/%Y}.",
            ),
            Text(
                vi=f"Từ ngày {day} {name} ({keeper.code}) giữ thêm vị trí “{TITLE}” ở cơ quan ấy.",
                en=f"From {day} {name} ({keeper.code}) also holds the post “{TITLE}” there.",
            ),
        ]
        return Change(lines, act)

    own = Person.objects.filter(pk=seat.person).values_list("code", flat=True).first() or ""
    initial = {"first": timezone.localdate(), "keeper": own}
    title = Text(vi="Lập cơ quan mới", en="New agency")
    return edit(request, Edit(title, AgencyForm, plan, reverse("organisation"), initial))


def _keeper(seat: Any, code: str) -> Person:
    person = Person.objects.filter(code=code).first()
    if person is None or not reach.keeps_person(seat, person.pk):
        raise Refused(
            f"Không thấy cán bộ nào mang mã {code} trong cơ quan bạn phụ trách. Hãy kiểm tra mã, hoặc thêm cán bộ "
            "trước.",
            f"Nobody in your agencies has the code {code}. Check it, or add the official first.",
        )
    return person


def _found(actor: Actor, told: Mapping[str, Any], keeper: Person) -> None:
    """The decision, the agency, and the post that keeps its personnel, with the person in it."""
    first, code = told["first"], told["code"]
    decision = units.record_change(
        actor, "founding", number=told["number"], decided_on=told["decided_on"], effective_on=first, shares=[]
    )
    agency = units.set_unit(
        actor, code, name=told["name"], level="agency", parent=None, agency=None, first=first, change=decision
    )
    post = people.set_post(
        actor, f"{code}-NS", unit=agency, title=TITLE, duty_group="ho_tro", functions=FUNCTIONS, first=first
    )
    people.begin_spell(
        actor,
        code=f"{keeper.code}/{post.code}/{first:%Y%m%d}"[:64],
        person=keeper,
        post=post,
        staff_kind="civil_servant",
        first=first,
        decision=told["number"],
    )
