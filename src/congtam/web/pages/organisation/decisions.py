"""Merging, splitting, moving tasks: one decision with the share of each old unit that goes to each new one."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.history.actor import Actor
from congtam.orgs import actions
from congtam.orgs.models import Unit
from congtam.orgs.queries import agencies_of, names_of
from congtam.people.actions import set_post
from congtam.people.histories import posts_in
from congtam.web.asking import asks
from congtam.web.pages.organisation import reach
from congtam.web.pages.organisation.after import change
from congtam.web.pages.organisation.unit_edits import FORM, people_left
from congtam.web.pages.organisation.unit_forms import DecisionForm
from congtam.web.steps import Change, Edit, edit

WHOLE = 1_000_000


@asks(Right.EDIT_PEOPLE)
@FORM
def decision(request: HttpRequest) -> HttpResponse:
    """The decision: its lines, whether units end, and whether their posts follow."""
    seat: Any = request.seat
    today = timezone.localdate()

    def plan(told: Mapping[str, Any]) -> Change:
        day = told["effective_on"]
        ending = _ending(told)
        units = _units(told)
        names = names_of([one.pk for one in units.values()], day)
        called = {code: names.get(one.pk, code) for code, one in units.items()} | {told["made_code"]: told["made_name"]}

        def act() -> tuple[str, Text]:
            with change(seat.actor):
                _carry_out(seat.actor, told, ending)
            said = Text(vi="Đã ghi quyết định.", en="The decision was written.")
            return f"{reverse('organisation')}?ngay={day:%d/%m/%Y}", said

        minded = [] if told["move_posts"] else [one for code in ending for one in people_left(units[code], day)]
        return Change(_told(told, ending, called, day), act, minded)

    form = partial(DecisionForm, units=reach.unit_choices(seat, today))
    title = Text(vi="Hợp nhất, chia tách, chuyển nhiệm vụ", en="Merge, split, move tasks")
    about = Text(
        vi="Mỗi dòng: đơn vị cũ chuyển bao nhiêu phần trăm nhiệm vụ sang đơn vị mới. Khi hợp nhất hoặc chia tách, "
        "đơn vị "
        "cũ chuyển hết 100 % thì kết thúc từ ngày hiệu lực. Số liệu cũ không bị gộp hay xóa.",
        en="Each line: how many per cent of an old unit's tasks go to a new one. In a merger or split, an old unit "
        "that "
        "gives away 100 % ends on that day. Old figures are neither added together nor deleted.",
    )
    initial = {"effective_on": today}
    what = Edit(title, form, plan, reverse("organisation"), initial, about, template="organisation/decision.html")
    return edit(request, what)


def _ending(told: Mapping[str, Any]) -> list[str]:
    """The old units that give everything away and receive nothing."""
    if told["kind"] == "transfer":
        return []
    given: dict[str, int] = {}
    for old, new, share in told["lines"]:
        if old != new:
            given[old] = given.get(old, 0) + share
    kept = {new for _, new, _ in told["lines"]}
    return [old for old, share in given.items() if share >= 100 and old not in kept]


def _carry_out(actor: Actor, told: Mapping[str, Any], ending: list[str]) -> None:
    day = told["effective_on"]
    if told["made_code"]:
        parent = Unit.objects.get(code=told["made_parent"])
        agency = Unit.objects.get(pk=agencies_of([parent.pk], day).get(parent.pk, parent.pk))
        actions.set_unit(
            actor, told["made_code"], name=told["made_name"], level="section", parent=parent, agency=agency, first=day
        )
    units = _units(told)
    actions.record_change(
        actor,
        told["kind"],
        number=told["number"],
        decided_on=told["decided_on"],
        effective_on=day,
        shares=[(units[old], units[new], share * WHOLE // 100) for old, new, share in told["lines"]],
    )
    for code in ending:
        if told["move_posts"]:
            _move_posts(actor, units[code], units[_heir(told, code)], day)
        actions.end_unit(actor, units[code], day)


def _units(told: Mapping[str, Any]) -> dict[str, Unit]:
    """The units of the lines that exist, by code."""
    codes = {code for old, new, _ in told["lines"] for code in (old, new)}
    return {one.code: one for one in Unit.objects.filter(code__in=codes)}


def _heir(told: Mapping[str, Any], code: str) -> str:
    """The new unit that receives the largest share of an old one."""
    return max((share, new) for old, new, share in told["lines"] if old == code)[1]


def _move_posts(actor: Actor, old: Unit, new: Unit, day: date) -> None:
    for held in posts_in(old.pk, day):
        span = held.post
        set_post(
            actor,
            span.post.code,
            unit=new,
            title=span.title,
            duty_group=span.duty_group,
            leads=False,
            rank=span.rank,
            functions=span.functions,
            first=day,
            until=span.days.upper,
        )


def _told(told: Mapping[str, Any], ending: list[str], called: Mapping[str, str], day: date) -> list[Text]:
    on = f"{day:%d/%m/%Y}"
    lines = []
    if told["made_code"]:
        made = f"{told['made_name']} ({told['made_code']})"
        lines.append(Text(vi=f"Từ ngày {on} lập đơn vị {made}.", en=f"From {on} there is a new unit {made}."))
    for old, new, share in told["lines"]:
        lines.append(
            Text(
                vi=f"{called.get(old, old)} chuyển {share} % nhiệm vụ sang {called.get(new, new)} từ ngày {on}.",
                en=f"{called.get(old, old)} gives {share} % of its tasks to {called.get(new, new)} from {on}.",
            )
        )
    for code in ending:
        name, heir = called.get(code, code), called.get(_heir(told, code), "")
        lines.append(Text(vi=f"{name} kết thúc từ ngày {on}.", en=f"{name} ends on {on}."))
        if told["move_posts"]:
            lines.append(
                Text(
                    vi=f"Các vị trí của {name} và người đang giữ chuyển sang {heir}; vị trí đứng đầu cũ không còn là "
                    "đứng "
                    "đầu, hãy ghi người đứng đầu mới.",
                    en=f"The posts of {name} and the people in them move to {heir}; its head no longer heads a unit: "
                    "record the new head.",
                )
            )
    return lines
