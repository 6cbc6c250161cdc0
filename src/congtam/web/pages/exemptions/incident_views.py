"""One incident: recorded, shown, corrected, taken back; each with what it does told before."""

from collections.abc import Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access.gate import Right
from congtam.access.seats import Seat
from congtam.cycles.incidents import moved_steps
from congtam.engine.explaining import formats
from congtam.engine.periods import VIETNAM
from congtam.engine.rulebook.model import Text
from congtam.exemptions import incidents, stopping
from congtam.exemptions.incidents import Told
from congtam.exemptions.models import Incident, Touched
from congtam.exemptions.previewing import Preview, preview
from congtam.history.conflict import expect_standing
from congtam.orgs.models import Unit
from congtam.orgs.queries import names_of, unit_tree
from congtam.people.queries import names_of as people_named
from congtam.web.asking import asks
from congtam.web.pages.exemptions import words
from congtam.web.pages.exemptions.forms import IncidentForm, WhyForm
from congtam.web.pages.exemptions.listing import stretch
from congtam.web.pages.exemptions.steps import steps_told
from congtam.web.steps import Change, Edit, edit

MORNING = time(7, 30)  # proposed as the hour in which an incident begins
FORM = require_http_methods(["GET", "HEAD", "POST"])
RECORDED = Text(
    vi="Đã ghi sự cố. Đồng hồ của các việc trong thời gian ấy đã dừng hoặc đang được dừng dần.",
    en="The incident is recorded. The clocks it stops stand, or are being stopped one after the other.",
)


@asks(Right.EXEMPT)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """An incident by decision."""
    seat = request.seat

    def plan(told: Mapping[str, Any]) -> Change:
        meant = _told(told)
        now = timezone.now()
        lines, minded = _lines(preview(seat, meant, now), meant, request.LANGUAGE_CODE)
        lines += steps_told(moved_steps(meant.closed, now), request.LANGUAGE_CODE)

        def act() -> tuple[str, Text]:
            return reverse("incident", args=[incidents.record(seat, meant).series]), RECORDED

        return Change(lines, act, minded)

    title = Text(vi="Ghi sự cố, nghỉ theo quyết định", en="Record an incident")
    form = partial(IncidentForm, units=_units(seat))
    about = Text(
        vi="Đồng hồ của mọi việc đang mở ở các đơn vị này đứng lại trong thời gian ấy, kể cả việc đến trong lúc đó; "
        "hạn lùi đúng bằng giờ làm việc đã mất. Việc đã quá hạn từ trước giữ nguyên hạn.",
        en="The clocks of all work open in these units stand for that time, also of work that came in meanwhile; "
        "deadlines move by the office time that was lost. What was overdue before keeps its deadline.",
    )
    today = timezone.localdate()
    initial = {"first": datetime.combine(today, MORNING, VIETNAM), "decided_on": today}
    return edit(request, Edit(title, form, plan, reverse("exemptions"), initial, about, rehearsed=False))


@asks(Right.EXEMPT)
@FORM
def correct(request: HttpRequest, series: int) -> HttpResponse:
    """Another end, other units, another word of an incident that stands."""
    seat, it = request.seat, _standing(request.seat, series)

    def plan(told: Mapping[str, Any]) -> Change:
        meant, seen = _told(told), expect_standing(Incident, told["seen"] or it.seq)
        now = timezone.now()
        lines, minded = _lines(preview(seat, meant, now, seen), meant, request.LANGUAGE_CODE)
        lines += steps_told(moved_steps(meant.closed, now, instead_of=series), request.LANGUAGE_CODE)

        def act() -> tuple[str, Text]:
            incidents.correct(seat, seen, meant)
            return reverse("incident", args=[series]), RECORDED

        return Change(lines, act, minded)

    codes = dict(Unit.objects.filter(pk__in=it.units).values_list("pk", "code"))
    initial = {**vars(incidents.told_by(it)), "units": [codes[unit] for unit in it.units], "seen": it.seq}
    title = Text(vi=f"Sửa sự cố: {it.title}", en=f"Correct the incident: {it.title}")
    form = partial(IncidentForm, units=_units(seat))
    return edit(request, Edit(title, form, plan, reverse("incident", args=[series]), initial, rehearsed=False))


@asks(Right.EXEMPT)
@FORM
def take_back(request: HttpRequest, series: int) -> HttpResponse:
    """There was no such incident."""
    seat, it = request.seat, _standing(request.seat, series)
    items = Touched.objects.filter(series=series).count()

    def plan(told: Mapping[str, Any]) -> Change:
        seen = expect_standing(Incident, told["seen"] or it.seq)

        def act() -> tuple[str, Text]:
            incidents.take_back(seat, seen, told["reason"])
            return reverse("incident", args=[series]), Text(vi="Đã rút sự cố.", en="The incident was taken back.")

        lines = [
            Text(
                vi=f"Sự cố “{it.title}” ({it.decision}) bị rút. Đồng hồ của {items} việc trở lại như chưa từng dừng vì "
                f"sự cố này. Lý do: {told['reason']}",
                en=f"“{it.title}” ({it.decision}) is taken back. The clocks of {items} items run as if it had never "
                f"been. Reason: {told['reason']}",
            ),
            *steps_told(moved_steps(None, timezone.now(), instead_of=series), request.LANGUAGE_CODE),
        ]
        return Change(lines, act)

    title = Text(vi=f"Rút sự cố: {it.title}", en=f"Take back the incident: {it.title}")
    back = reverse("incident", args=[series])
    return edit(request, Edit(title, WhyForm, plan, back, {"seen": it.seq}, danger=True, rehearsed=False))


@asks(Right.EXEMPT)
@require_safe
def one(request: HttpRequest, series: int) -> HttpResponse:
    """An incident with its corrections, and how far its clocks are stopped."""
    rows = _rows(request.seat, series)
    names = people_named({row.by_id for row in rows})
    units = names_of({unit for row in rows for unit in row.units}, request.seat.day)
    lang = request.LANGUAGE_CODE
    told = [
        {
            "row": row,
            "by": names.get(row.by_id, words.SOMEBODY.in_(lang)),
            "units": [units.get(unit, f"#{unit}") for unit in row.units],
            "stretch": stretch(row, lang),
        }
        for row in rows
    ]
    context = {
        "it": rows[0],
        "told": told,
        "kind": words.KINDS[rows[0].kind],
        "as_of": timezone.now(),
        "items": Touched.objects.filter(series=series).select_related("item__text").order_by("item")[:50],
        **_state(series),
    }
    return render(request, "exemptions/incident.html", context)


@asks(Right.EXEMPT)
@require_safe
def progress(request: HttpRequest, series: int) -> HttpResponse:
    """The part of the page that says how far the clocks are stopped; asked again until they all are."""
    rows = _rows(request.seat, series)
    return render(request, "exemptions/incident_state.html", {"it": rows[0], **_state(series)})


def _state(series: int) -> dict[str, Any]:
    whole, waiting = Touched.objects.filter(series=series).count(), stopping.waiting(series)
    return {"whole": whole, "done": whole - waiting, "running": waiting > 0}


def _rows(seat: Seat, series: int) -> list[Incident]:
    """What was told of an incident, the latest first. Raises `Http404` for one that struck none of the seat's units."""
    rows = list(Incident.objects.filter(series=series).order_by("-seq"))
    if not rows or not set(rows[0].units) & seat.leads_agency:
        raise Http404
    return rows


def _standing(seat: Seat, series: int) -> Incident:
    it = _rows(seat, series)[0]
    if it.replaced_by is not None:
        raise Http404
    return it


def _units(seat: Seat) -> list[tuple[str, str]]:
    tree = [one for one in unit_tree(seat.day) if one.unit in seat.leads_agency]
    return [(one.code, f"{'– ' * one.depth}{one.name}") for one in tree]


def _told(told: Mapping[str, Any]) -> Told:
    units = Unit.objects.filter(code__in=told["units"]).values_list("pk", flat=True)
    kept = {name: told[name] for name in ("kind", "title", "first", "until", "decision", "decided_on", "reason")}
    return Told(units=tuple(units), **kept)


def _lines(seen: Preview, told: Told, lang: str) -> tuple[list[Text], list[Text]]:
    """What an incident would do, and what to look at before."""
    end = formats.moment(told.until, "vi") if told.until else ""
    lines = [
        Text(
            vi=f"Đồng hồ của {seen.items} việc đứng từ {formats.moment(told.first, 'vi')}"
            f"{f' đến {end}' if end else ''} theo {told.decision}; {seen.people} người có phần việc trong đó.",
            en=f"The clocks of {seen.items} items stand from {formats.moment(told.first, 'en')}"
            f"{f' to {end}' if end else ''} by {told.decision}; {seen.people} people have a part in them.",
        ),
        Text(
            vi=f"Trong {seen.looked_at} việc đến hạn sớm nhất sau đó: hạn của {seen.moved} việc lùi lại, "
            f"{seen.freed} việc đang quá hạn trở thành chưa quá hạn.",
            en=f"Of the {seen.looked_at} items due first after it: the deadlines of {seen.moved} move, "
            f"{seen.freed} that are overdue are so no more.",
        ),
    ]
    if seen.late:
        lines.append(
            Text(
                vi=f"{seen.late} việc đã đến hạn trước khi sự cố bắt đầu: hạn giữ nguyên.",
                en=f"{seen.late} items were due before it began: their deadlines stay.",
            )
        )
    for one in seen.shown:
        before, after = (formats.moment(at, lang) if at else "–" for at in (one.before, one.after))
        lines.append(Text(vi=f"{one.title}: hạn {before} → {after}", en=f"{one.title}: due {before} → {after}"))
    if seen.items > len(seen.shown):
        more = seen.items - len(seen.shown)
        lines.append(Text(vi=f"… và {more} việc khác.", en=f"… and {more} other items."))
    return lines, _minded(seen, told)


def _minded(seen: Preview, told: Told) -> list[Text]:
    found = []
    if not told.until:
        found.append(
            Text(
                vi="Chưa ghi lúc kết thúc: đồng hồ đứng cho đến khi ghi lúc kết thúc bằng cách sửa sự cố.",
                en="No end is told: the clocks stand until it is, by correcting the incident.",
            )
        )
    if seen.released:
        found.append(
            Text(
                vi=f"{seen.released} việc đang dừng vì sự cố này sẽ thôi dừng: hạn của chúng trở lại như trước.",
                en=f"{seen.released} items that it stops now will run again: their deadlines go back.",
            )
        )
    if seen.items > stopping.AT_ONCE:
        found.append(
            Text(
                vi="Nhiều việc nên máy dừng đồng hồ lần lượt; trang sự cố cho biết đã đến đâu.",
                en="There are many, so they are stopped one after the other; the page of the incident tells how far.",
            )
        )
    return found
