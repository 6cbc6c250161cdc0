"""Editing sources: name and promise, own counts, tokens, which source is authoritative for what."""

from collections.abc import Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access.gate import Right, over_unit
from congtam.engine.rulebook.model import Text
from congtam.orgs.models import Unit
from congtam.orgs.queries import names_of, unit_tree
from congtam.people.models import Post, PostSpan
from congtam.sources import actions
from congtam.sources.models import Authority, Datum, Source, Token
from congtam.sources.queries import sources_on
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.sources import reach
from congtam.web.pages.sources.forms import (
    AuthorityForm,
    CountForm,
    DatumForm,
    NewSourceForm,
    SourceForm,
    TokenForm,
)
from congtam.web.steps import Change, Edit, edit

FORM = require_http_methods(["GET", "HEAD", "POST"])


@asks(Right.KEEP_SOURCES)
@FORM
def new_source(request: HttpRequest) -> HttpResponse:
    """A source that is not here yet."""
    actor = request.seat.actor

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            actions.add_source(
                actor,
                told["code"],
                told["name"],
                owner=_post(told["owner"]),
                due_time=told["due_time"],
                first=told["first"],
            )
            return _page(told["code"]), Text(vi="Đã thêm nguồn.", en="The source was added.")

        due = _due(told["due_time"])
        said = Text(
            vi=f"Từ ngày {told['first']:%d/%m/%Y} có nguồn {told['name']} (mã {told['code']}){due.vi}.",
            en=f"From {told['first']:%d/%m/%Y} there is the source {told['name']} ({told['code']}){due.en}.",
        )
        return Change([said], act)

    title = Text(vi="Thêm nguồn dữ liệu", en="New source")
    form = partial(NewSourceForm, owners=_posts(request.seat))
    return edit(request, Edit(title, form, plan, reverse("sources"), {"first": timezone.localdate()}))


@asks(Right.KEEP_SOURCES)
@FORM
@reach.of_source(Right.KEEP_SOURCES)
def edit_source(request: HttpRequest, it: Source) -> HttpResponse:
    """What a source is called, who answers for it, when its data are promised."""
    actor = request.seat.actor

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            actions.change_source(
                actor,
                it,
                name=told["name"],
                owner=_post(told["owner"]),
                due_time=told["due_time"],
                until=told["until"],
            )
            return _page(it.code), Text(vi="Đã ghi thay đổi.", en="The change was written.")

        due = _due(told["due_time"])
        said = Text(vi=f"Nguồn {it.code}: {told['name']}{due.vi}.", en=f"Source {it.code}: {told['name']}{due.en}.")
        return Change([said], act)

    owner = it.owner.code if it.owner else ""
    initial = {"name": it.name, "owner": owner, "due_time": it.due_time, "until": it.until}
    title = Text(vi=f"Sửa nguồn {it.name}", en=f"Change the source {it.name}")
    owners = _posts(request.seat)
    if it.owner and owner not in {code for code, _ in owners}:
        owners.append((owner, owner))
    return edit(request, Edit(title, partial(SourceForm, owners=owners), plan, _page(it.code), initial))


@asks(Right.KEEP_SOURCES)
@FORM
@reach.of_source(Right.KEEP_SOURCES)
def own_count(request: HttpRequest, it: Source) -> HttpResponse:
    """How many records the source says it has for a day."""
    actor = request.seat.actor

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            actions.record_own_count(actor, it, told["day"], told["count"])
            return _page(it.code), Text(vi="Đã ghi số đếm.", en="The count was recorded.")

        said = Text(
            vi=f"Ngày {told['day']:%d/%m/%Y}, theo {it.name} có {told['count']} bản ghi; số này để đối chiếu.",
            en=f"On {told['day']:%d/%m/%Y}, {it.name} counts {told['count']} records; the figure is for comparing.",
        )
        return Change([said], act)

    title = Text(vi=f"Ghi số đếm của {it.name}", en=f"Own count of {it.name}")
    return edit(request, Edit(title, CountForm, plan, _page(it.code), {"day": timezone.localdate()}))


@asks(Right.KEEP_SOURCES)
@FORM
@never_cache
@reach.of_source(Right.KEEP_SOURCES)
def make_token(request: HttpRequest, it: Source) -> HttpResponse:
    """A token in clear text, shown on this one page and never again."""
    form = TokenForm(request.POST) if request.method == "POST" else TokenForm()
    context = {"source": it, "form": form, "token": token(), "back": _page(it.code)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "sources/token.html", context, status=422 if form.errors else 200)
    until, made = form.cleaned_data["until"], list[str]()
    expires = timezone.make_aware(datetime.combine(until, time()), timezone.get_default_timezone()) if until else None

    def act() -> tuple[str, str]:
        made.append(actions.make_token(request.seat.actor, it, form.cleaned_data["label"], expires))
        return _page(it.code), ""

    answer = once(request, act)
    return render(request, "sources/token.html", {**context, "clear": made[0]}) if made else answer


@asks(Right.KEEP_SOURCES)
@FORM
@reach.of_source(Right.KEEP_SOURCES)
def revoke_token(request: HttpRequest, it: Source, number: int) -> HttpResponse:
    """A token opens nothing from now on."""
    actor = request.seat.actor
    meant = Token.objects.filter(source=it, pk=number).first()
    if meant is None:
        raise Http404

    def plan(_: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            actions.revoke_token(actor, meant)
            return _page(it.code), Text(vi="Đã thu hồi mã.", en="The token was revoked.")

        said = Text(
            vi=f"Mã “{meant.label}” của {it.name} không dùng được nữa, kể từ lúc này. Máy đang dùng mã này sẽ bị từ "
            "chối.",
            en=f"The token “{meant.label}” of {it.name} opens nothing from now on. Whoever uses it will be refused.",
        )
        return Change([said], act)

    title = Text(vi=f"Thu hồi mã truy cập “{meant.label}”", en=f"Revoke the token “{meant.label}”")
    return edit(request, Edit(title, Form, plan, _page(it.code), danger=True))


@asks(Right.SEE_SOURCES)
@require_safe
def authorities(request: HttpRequest) -> HttpResponse:
    """For each kind of data: which source is authoritative in which unit, from when to when."""
    today = timezone.localdate()
    rows = Authority.standing().select_related("datum", "source", "unit").order_by("datum__name", "unit", "-days")
    seen = [one for one in rows if over_unit(request.seat, Right.SEE_SOURCES, one.unit_id)]
    told = {one.datum_id for one in seen}
    context = {
        "rows": seen,
        "bare": [one for one in Datum.objects.order_by("name") if one.pk not in told],
        "unit_names": names_of({one.unit_id for one in seen}, today),
        "keeps": any(True for _ in _units(request.seat)),
        "today": today,
        "as_of": timezone.now(),
    }
    return render(request, "sources/authorities.html", context)


@asks(Right.KEEP_SOURCES)
@FORM
def set_authority(request: HttpRequest) -> HttpResponse:
    """Another authoritative source from a day on, by a decision."""
    actor, today = request.seat.actor, timezone.localdate()

    def plan(told: Mapping[str, Any]) -> Change:
        datum, unit = Datum.objects.get(code=told["datum"]), Unit.objects.get(code=told["unit"])
        meant, first = Source.objects.get(code=told["source"]), told["first"]

        def act() -> tuple[str, Text]:
            actions.set_authority(actor, datum, unit, meant, first=first, number=told["number"])
            return reverse("sources_authorities"), Text(vi="Đã đổi nguồn chính thức.", en="The source was changed.")

        name = names_of([unit.pk], first).get(unit.pk, unit.code)
        before = (
            Authority.standing().filter(datum=datum, unit=unit, days__contains=first).select_related("source").first()
        )
        lines = [
            Text(
                vi=f"Từ ngày {first:%d/%m/%Y}, {datum.name} của {name} lấy từ {meant.name}, theo {told['number']}.",
                en=f"From {first:%d/%m/%Y}, {datum.name} of {name} comes from {meant.name}, by {told['number']}.",
            )
        ]
        if before is not None and before.source_id != meant.pk:
            lines.append(
                Text(
                    vi=f"{before.source.name} là nguồn chính thức đến hết ngày trước đó; về sau chỉ để đối chiếu, "
                    "không "
                    "vào điểm.",
                    en=f"{before.source.name} is authoritative until the day before; later it is compared only, and "
                    "feeds "
                    "no score.",
                )
            )
        return Change(lines, act)

    units = [(one.code, f"{'– ' * one.depth}{one.name}") for one in _units(request.seat)]
    form = partial(
        AuthorityForm,
        data=[(one.code, one.name) for one in Datum.objects.order_by("name")],
        units=units,
        sources=[(one.code, one.name) for one in reach.over(request.seat, Right.KEEP_SOURCES, sources_on(today))],
    )
    title = Text(vi="Đổi nguồn chính thức", en="Change the authoritative source")
    return edit(request, Edit(title, form, plan, reverse("sources_authorities"), {"first": today}))


@asks(Right.KEEP_SOURCES)
@FORM
def new_datum(request: HttpRequest) -> HttpResponse:
    """A kind of data that must have one source; an existing code is renamed."""
    actor = request.seat.actor

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            actions.add_datum(actor, told["code"], told["name"], work_kind=told["work_kind"])
            return reverse("sources_authorities"), Text(vi="Đã ghi loại số liệu.", en="The kind of data was written.")

        before = Datum.objects.filter(code=told["code"]).first()
        said = Text(
            vi=f"{'Đổi tên' if before else 'Thêm'} loại số liệu {told['code']}: {told['name']}.",
            en=f"{'Rename' if before else 'Add'} the kind of data {told['code']}: {told['name']}.",
        )
        return Change([said], act)

    title = Text(vi="Loại số liệu cần có một nguồn", en="A kind of data that needs one source")
    return edit(request, Edit(title, DatumForm, plan, reverse("sources_authorities")))


def _page(code: str) -> str:
    return reverse("sources_source", args=[code])


def _post(code: str) -> Post | None:
    return Post.objects.filter(code=code).first() if code else None


def _due(at: time | None) -> Text:
    if at is None:
        return Text(vi=", không hẹn giờ về", en=", nothing promised")
    return Text(vi=f", dữ liệu trong ngày về trước {at:%H:%M}", en=f", a day's data due by {at:%H:%M}")


def _units(seat: Any) -> list[Any]:
    return [one for one in unit_tree(seat.day) if over_unit(seat, Right.KEEP_SOURCES, one.unit)]


def _posts(seat: Any) -> list[tuple[str, str]]:
    units = {one.unit: one.name for one in _units(seat)}
    spans = PostSpan.standing().filter(unit__in=units, days__contains=seat.day).select_related("post")
    return [
        (one.post.code, f"{one.title}, {units[one.unit_id]}") for one in spans.order_by("unit", "rank", "post__code")
    ]
