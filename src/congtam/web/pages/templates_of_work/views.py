"""Templates and what recurs: listed, made, changed, retired, given, set up and stopped."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congtam.access.gate import Right
from congtam.access.seats import Seat
from congtam.desk import recurring, template_versions
from congtam.desk.giving import give_from
from congtam.desk.models import Template
from congtam.desk.template_versions import Pattern, pattern_of, templates_of, versions_of
from congtam.engine.explaining import formats
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import names_of as units_named
from congtam.orgs.queries import tree_known
from congtam.people.queries import names_of as people_named
from congtam.scores.known import cut
from congtam.scores.overview import sight
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.task import whom
from congtam.web.pages.task.products import products_on
from congtam.web.pages.templates_of_work import words
from congtam.web.pages.templates_of_work.forms import Nothing, Recur, TemplateForm, ToWhom
from congtam.web.pages.templates_of_work.untold import untold_of
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import both

FORM = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 100  # recurrences on one page, those that still go on first
NOTED = both("Đã ghi nhận.", "Noted.")


@asks(Right.GIVE_WORK)
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """The templates of one's units, and what recurs."""
    seat, now = request.seat, timezone.now()
    found = list(templates_of(seat))
    units = units_named({one.unit_id for one in found}, seat.day)
    recur = list(recurring.recurrences_of(seat)[:SHOWN])
    context = {
        "templates": [(one, units.get(one.unit_id, "")) for one in found],
        "going": [(one, words.EVERY[one.every]) for one in recur if one.ended_at is None],
        "ended": [(one, words.STOPPED[one.stopped_because]) for one in recur if one.ended_at is not None],
        "untold": untold_of(seat),
        "token": token(),
        "as_of": now,
    }
    return render(request, "templates_of_work/list.html", context)


@asks(Right.GIVE_WORK)
@require_safe
def template(request: HttpRequest, number: int) -> HttpResponse:
    """One template with what it replaced, and what recurs by it."""
    it = _of(request.seat, number)
    context = {
        "it": it,
        "unit": units_named([it.unit_id], request.seat.day).get(it.unit_id, ""),
        "versions": versions_of(it)[1:],
        "recurrences": [
            (one, words.EVERY[one.every])
            for one in recurring.recurrences_of(request.seat).filter(template=it, ended_at=None)
        ],
        "as_of": timezone.now(),
    }
    return render(request, "templates_of_work/one.html", context)


@asks(Right.GIVE_WORK)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """A new template."""
    seat = request.seat
    given = whom.given_by(seat)
    units = [(str(one.unit), one.name) for one in tree_known(seat.day, cut().structure) if one.unit in given]

    def make(told: Pattern, unit: int) -> Template:
        return template_versions.make_template(seat, unit, told)

    return _written(request, units, make, {}, reverse("templates"), NEW)


@asks(Right.GIVE_WORK)
@FORM
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Another version of a template."""
    seat, it = request.seat, _of(request.seat, number)

    def make(told: Pattern, unit: int) -> Template:
        return template_versions.change_template(seat, it.pk, told)

    return _written(request, None, make, vars(pattern_of(it)), reverse("template", args=[number]), CHANGE)


NEW = Text(vi="Lập mẫu việc", en="Make a template")
CHANGE = Text(vi="Sửa mẫu việc", en="Change a template")
SAVED = Text(vi="Đã ghi mẫu việc.", en="The template is written.")


def _written(
    request: HttpRequest,
    units: list[tuple[str, str]] | None,
    make: Any,
    initial: Mapping[str, Any],
    back: str,
    title: Text,
) -> HttpResponse:
    form = partial(TemplateForm, units=units, products=products_on(request.seat.day, request.LANGUAGE_CODE))

    def plan(told: Mapping[str, Any]) -> Change:
        says = Pattern(**{name: told[name] for name in Pattern.__dataclass_fields__ if name in told})

        def act() -> tuple[str, Text]:
            return reverse("template", args=[make(says, int(told.get("unit") or 0)).pk]), SAVED

        line = Text(
            vi=f"Việc: {says.title}. Sản phẩm: {says.product}. Thời gian: {says.days} ngày làm việc kể từ khi giao.",
            en=f"Work: {says.title}. Product: {says.product}. Time: {says.days} working days from when it is given.",
        )
        return Change([line], act, [] if units else [STAYS])

    return edit(request, Edit(title, form, plan, back, initial))


STAYS = Text(
    vi="Việc đã giao theo bản cũ giữ nguyên; việc định kỳ dùng bản mới từ kỳ sau.",
    en="Work given by the old version stays; what recurs uses the new one from the next time on.",
)


@asks(Right.GIVE_WORK)
@FORM
def retire(request: HttpRequest, number: int) -> HttpResponse:
    """A template is used no more."""
    seat, it = request.seat, _of(request.seat, number)

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            template_versions.retire_template(seat, it.pk)
            return reverse("templates"), Text(vi="Mẫu việc đã thôi dùng.", en="The template is retired.")

        going = recurring.recurrences_of(seat).filter(template=it, ended_at=None).count()
        lines = [Text(vi=f"Mẫu “{it.title}” thôi dùng.", en=f"“{it.title}” is used no more.")]
        if going:
            lines.append(Text(vi=f"{going} việc định kỳ dừng theo.", en=f"{going} recurrences stop with it."))
        return Change(lines, act)

    title = Text(vi="Thôi dùng mẫu việc", en="Retire a template")
    return edit(request, Edit(title, Nothing, plan, reverse("template", args=[number]), danger=True))


@asks(Right.GIVE_WORK)
@FORM
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Work is given as a template says."""
    seat, it, now = request.seat, _of(request.seat, number), timezone.now()
    calendar = sight(now).calendar
    due = calendar.close_of(calendar.add_working_days(local_day(now), it.days))

    def plan(told: Mapping[str, Any]) -> Change:
        lead, support = _chosen(told)

        def act() -> tuple[str, Text]:
            item = give_from(seat, it, lead, support)
            return reverse("task", args=[item]), Text(vi="Đã giao việc theo mẫu.", en="Given from the template.")

        who = _called(lead, support)
        line = Text(
            vi=f"Giao “{it.title}” cho {who}, hạn {formats.moment(due, 'vi')}.",
            en=f"“{it.title}” goes to {who}, due {formats.moment(due, 'en')}.",
        )
        return Change([line], act)

    title = Text(vi=f"Giao theo mẫu: {it.title}", en=f"Give from the template: {it.title}")
    form = partial(ToWhom, people=whom.people_under(seat))
    return edit(request, Edit(title, form, plan, reverse("template", args=[number])))


@asks(Right.GIVE_WORK)
@FORM
def recur(request: HttpRequest, number: int) -> HttpResponse:
    """A template is given by itself from now on."""
    seat, it, now = request.seat, _of(request.seat, number), timezone.now()
    calendar = sight(now).calendar

    def plan(told: Mapping[str, Any]) -> Change:
        lead, support = _chosen(told)
        every, on = told["every"], told["on"]

        def act() -> tuple[str, Text]:
            recurring.set_up(seat, it.pk, lead, support, every=every, on=on)
            return reverse("template", args=[it.pk]), Text(vi="Đã đặt giao định kỳ.", en="It recurs from now on.")

        who = _called(lead, support)
        first = f"{recurring.first_day(every, on, now, calendar):%d/%m/%Y}"
        line = Text(
            vi=f"{words.EVERY[every].vi}, vào ngày làm việc thứ {on}, lúc 07:00: giao “{it.title}” cho {who}. "
            f"Lần đầu: {first}.",
            en=f"{words.EVERY[every].en}, on working day {on}, at 07:00: “{it.title}” goes to {who}. First on {first}.",
        )
        return Change([line], act)

    title = Text(vi=f"Giao định kỳ: {it.title}", en=f"Give by itself: {it.title}")
    about = Text(
        vi="Hệ thống giao thay bạn. Việc tự dừng và báo cho bạn khi người chủ trì không còn ở đơn vị, hoặc bạn thôi "
        "phụ trách đơn vị.",
        en="The site gives it in your name. It stops by itself, and tells you, when who leads it has left the unit or "
        "you no longer head it.",
    )
    form = partial(Recur, people=whom.people_under(seat))
    return edit(request, Edit(title, form, plan, reverse("template", args=[number]), {"on": 1}, about))


@asks(Right.GIVE_WORK)
@FORM
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """It is given by itself no more."""
    seat = request.seat
    it = get_object_or_404(recurring.recurrences_of(seat), pk=number, ended_at=None)

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            recurring.stop(seat, number)
            return reverse("templates"), Text(vi="Đã dừng giao định kỳ.", en="It recurs no more.")

        who = _called(it.lead_id)
        line = Text(
            vi=f"Từ nay không tự giao “{it.template.title}” cho {who}; việc đã giao giữ nguyên.",
            en=f"“{it.template.title}” is no longer given to {who} by itself; what was given stays.",
        )
        return Change([line], act)

    title = Text(vi="Dừng giao định kỳ", en="Stop what recurs")
    return edit(request, Edit(title, Nothing, plan, reverse("templates"), danger=True))


@asks(Right.OWN_WORK)
@require_POST
def known(request: HttpRequest) -> HttpResponse:
    """Who set something up knows what did not go so."""

    def act() -> tuple[str, str]:
        recurring.say_known(request.seat, timezone.now())
        return reverse("today"), str(NOTED)

    return once(request, act)


def _of(seat: Seat, number: int) -> Template:
    """A template in use that is the seat's to give. Raises `Http404`."""
    found = templates_of(seat).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _chosen(told: Mapping[str, Any]) -> tuple[int, tuple[int, ...]]:
    return int(told["lead"]), tuple(int(one) for one in told["support"])


def _called(lead: int, support: tuple[int, ...] = ()) -> str:
    names = people_named([lead, *support])
    return ", ".join(names.get(one, f"#{one}") for one in (lead, *support))
