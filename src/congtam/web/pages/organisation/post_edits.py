"""Editing posts, and delegations by whoever heads a unit."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.orgs.models import Unit
from congtam.orgs.queries import agencies_of, names_of, trees_under
from congtam.people import actions
from congtam.people.models import Delegation, Person, Post, PostSpan, Spell
from congtam.people.queries import names_of as person_names
from congtam.people.queries import staff_of
from congtam.web.asking import asks
from congtam.web.components.organisation_tags import stretch
from congtam.web.pages.organisation import reach
from congtam.web.pages.organisation.after import change
from congtam.web.pages.organisation.person_edits import days_told, name_of, page_of
from congtam.web.pages.organisation.person_forms import DelegationForm, EndDelegationForm, NewPostForm, PostForm
from congtam.web.pages.organisation.unit_edits import FORM
from congtam.web.pages.organisation.words import word
from congtam.web.steps import Change, Edit, edit


@asks(Right.EDIT_PEOPLE)
@FORM
def new_post(request: HttpRequest) -> HttpResponse:
    """A new post in a unit."""
    seat: Any = request.seat
    today = timezone.localdate()

    def plan(told: Mapping[str, Any]) -> Change:
        code = told["code"]
        if PostSpan.standing().filter(post__code=code).exists():
            raise Refused(
                f"Mã vị trí {code} đã có. Hãy dùng mã khác, hoặc mở vị trí ấy để sửa.",
                f"The code {code} is taken. Use another, or open that post and edit it.",
            )
        return _set(seat.actor, code, told, Text(vi="Đã lập vị trí.", en="The post was made."))

    initial = {"first": today, "unit": request.GET.get("don-vi", ""), "duty_group": "chuyen_mon"}
    form = partial(NewPostForm, units=reach.unit_choices(seat, today))
    title = Text(vi="Lập vị trí mới", en="New post")
    return edit(request, Edit(title, form, plan, reverse("organisation"), initial))


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_post
def edit_post(request: HttpRequest, it: Post) -> HttpResponse:
    """What a post is from a day on."""
    seat: Any = request.seat
    span = PostSpan.standing().filter(post=it).select_related("unit").order_by("-days__startswith").first()

    def plan(told: Mapping[str, Any]) -> Change:
        return _set(seat.actor, it.code, told, Text(vi="Đã ghi thay đổi.", en="The change was written."), told["seen"])

    fields = ("title", "duty_group", "leads", "rank", "functions")
    initial = {name: getattr(span, name) for name in fields} if span else {}
    initial |= {"seen": span.seq, "unit": span.unit.code, "until": span.days.upper} if span else {}
    initial["first"] = timezone.localdate()
    units = reach.unit_choices(seat, timezone.localdate())
    if span and span.unit.code not in {code for code, _ in units}:
        units.append((span.unit.code, span.unit.code))
    title = Text(vi=f"Sửa vị trí từ một ngày: {it.code}", en=f"Change the post {it.code} from a day on")
    form = partial(PostForm, units=units, duty_group=span.duty_group if span else "")
    return edit(request, Edit(title, form, plan, reverse("organisation_post", args=[it.code]), initial))


def _set(actor: Any, code: str, told: Mapping[str, Any], done: Text, seen: int | None = None) -> Change:
    first, until = told["first"], told["until"]
    unit = Unit.objects.get(code=told["unit"])
    kept = ("title", "duty_group", "leads", "rank", "functions")

    def act() -> tuple[str, Text]:
        with change(actor):
            values = {name: told[name] for name in kept}
            actions.set_post(actor, code, unit=unit, first=first, until=until, expected=seen, **values)
        return reverse("organisation_post", args=[code]), done

    name = names_of([unit.pk], first).get(unit.pk, unit.code)
    also = "; ".join(word(one) for one in told["functions"])
    heads_vi, heads_en = (", đứng đầu đơn vị", ", heading the unit") if told["leads"] else ("", "")
    said = Text(
        vi=f"{days_told(first, until)}: vị trí {told['title']} ({code}) ở {name}{heads_vi}, nhóm "
        f"{word(told['duty_group'])}"
        f"{f', được giao thêm: {also}' if also else ''}.",
        en=f"{days_told(first, until)}: the post {told['title']} ({code}) in {name}{heads_en}, group "
        f"{word(told['duty_group'])}{f', also: {also}' if also else ''}.",
    )
    return Change([said], act, _holders(code, told))


def _holders(code: str, told: Mapping[str, Any]) -> list[Text]:
    """Whose rights change with the post."""
    held = Spell.standing().filter(post__code=code, days__contains=told["first"]).select_related("person")
    return [
        Text(
            vi=f"{name_of(one.person)} đang giữ vị trí này: quyền của người ấy đổi theo từ ngày đó.",
            en=f"{name_of(one.person)} holds this post: their rights change with it from that day.",
        )
        for one in held
    ]


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_person
def delegate(request: HttpRequest, it: Person) -> HttpResponse:
    """Whoever heads a unit lets another person act as its head for some days, by a decision."""
    seat: Any = request.seat
    today = timezone.localdate()
    posts = Spell.standing().filter(person=it, days__contains=today).values("post")
    led = PostSpan.standing().filter(post__in=posts, leads=True, days__contains=today).values_list("unit", flat=True)
    units = trees_under(led, today)
    names = names_of(units, today)

    def plan(told: Mapping[str, Any]) -> Change:
        unit, receiver = Unit.objects.get(code=told["unit"]), Person.objects.get(code=told["receiver"])
        first, until = told["first"], told["until"]

        def act() -> tuple[str, Text]:
            with change(seat.actor):
                actions.delegate(
                    seat.actor,
                    giver=it,
                    receiver=receiver,
                    unit=unit,
                    first=first,
                    until=until,
                    decision=told["decision"],
                )
            return page_of(it), Text(vi="Đã ghi ủy quyền.", en="The delegation was recorded.")

        said = Text(
            vi=f"{name_of(receiver)} điều hành {names.get(unit.pk, unit.code)} thay {name_of(it)}, "
            f"{days_told(first, until)}, theo "
            f"{told['decision']}.",
            en=f"{name_of(receiver)} acts as head of {names.get(unit.pk, unit.code)} for {name_of(it)}, "
            f"{days_told(first, until)}, by {told['decision']}.",
        )
        return Change([said], act)

    codes = dict(Unit.objects.filter(pk__in=units).values_list("pk", "code"))
    agency = set(agencies_of(led, today).values())
    people = {one.code: one for one in staff_of(trees_under(agency, today), today) if one.person != it.pk}
    form = partial(
        DelegationForm,
        units=sorted((code, names.get(unit, code)) for unit, code in codes.items()),
        receivers=[(code, f"{one.full_name}, {one.title}") for code, one in people.items()],
    )
    title = Text(vi=f"Ghi ủy quyền của {name_of(it)}", en=f"Delegation by {name_of(it)}")
    return edit(request, Edit(title, form, plan, page_of(it), {"first": today}))


@asks(Right.EDIT_PEOPLE)
@FORM
@reach.of_person
def end_delegation(request: HttpRequest, it: Person, seq: int) -> HttpResponse:
    """A delegation ends before its time."""
    actor = request.seat.actor
    row = Delegation.objects.filter(giver=it, seq=seq).select_related("unit").first()
    if row is None:
        raise Http404

    def plan(told: Mapping[str, Any]) -> Change:
        until = told["until"]

        def act() -> tuple[str, Text]:
            with change(actor):
                actions.withdraw_delegation(actor, row, until)
            return page_of(it), Text(vi="Đã ghi kết thúc ủy quyền.", en="The end of the delegation was recorded.")

        name = person_names([row.receiver_id]).get(row.receiver_id, "")
        said = Text(
            vi=f"Ủy quyền cho {name} ({stretch(row.days)}) kết thúc trước ngày {until:%d/%m/%Y}.",
            en=f"The delegation to {name} ({stretch(row.days)}) ends before {until:%d/%m/%Y}.",
        )
        return Change([said], act)

    title = Text(vi=f"Kết thúc ủy quyền của {name_of(it)}", en=f"End a delegation by {name_of(it)}")
    initial = {"seen": row.seq, "until": timezone.localdate()}
    return edit(request, Edit(title, EndDelegationForm, plan, page_of(it), initial))
