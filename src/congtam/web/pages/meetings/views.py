"""The list of meetings, one meeting with its conclusions, and the notice of conclusions on A4."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access import looks
from congtam.access.gate import Right, holds
from congtam.access.seats import Seat
from congtam.desk.queries import products_used
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.meetings.agenda import agenda_of, read
from congtam.meetings.concluding import conclude
from congtam.meetings.holding import closing_of, may_hold
from congtam.meetings.models import Closing, Meeting
from congtam.meetings.queries import conclusions_of, may_see_agenda, meetings_of
from congtam.orgs.queries import names_of as units_named
from congtam.people.queries import names_of as people_named
from congtam.scores.overview import sight
from congtam.web.asking import asks, refused
from congtam.web.imprint import Imprint
from congtam.web.offers import offer_deadlines, offer_words
from congtam.web.once import once, token
from congtam.web.pages.meetings.forms import ConcludeForm
from congtam.web.pages.meetings.reading import lines, shown
from congtam.web.pages.meetings.words import KINDS
from congtam.web.pages.task import whom
from congtam.web.words import said

PAGE = 30
GIVEN = Text(vi="Đã ghi kết luận và giao việc.", en="Written down, and the work was given.")
ASKED = Text(vi="Đã ghi kết luận và gửi đề nghị phối hợp.", en="Written down, and the unit was asked.")
RECORDED = Text(vi="Đã ghi kết luận.", en="Written down.")
NOTICE = Text(vi="Thông báo kết luận", en="Notice of conclusions")


@asks()
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of one's units and those one takes part in, the latest first."""
    seat, now = request.seat, timezone.now()
    page = Paginator(meetings_of(seat), PAGE).get_page(request.GET.get("trang"))
    rows = list(page.object_list)
    closed = set(Closing.objects.filter(meeting__in=rows, replaced_by=None).values_list("meeting", flat=True))
    units = units_named({one.unit_id for one in rows}, local_day(now))
    told = [(one, KINDS[one.kind], units.get(one.unit_id, ""), _state(one, one.pk in closed, now)) for one in rows]
    context = {"page": page, "meetings": told, "calls": holds(seat, Right.GIVE_WORK), "as_of": now}
    return render(request, "meetings/list.html", context)


@asks()
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting; sent, a conclusion is written down, and becomes a task at once."""
    seat, now = request.seat, timezone.now()
    it = of(seat, number)
    closing = closing_of(it)
    writes = may_hold(seat, it.unit_id) and it.called_off_at is None and local_day(now) >= local_day(it.at)
    if request.method == "POST" and not writes:
        return refused(request, Right.GIVE_WORK)
    form = _form(request, closing, now) if writes else None
    if form is not None and form.is_bound and form.is_valid():
        try:
            return once(request, lambda: _concluded(seat, it, form))
        except Refused as refusal:
            form.add_error(None, said(refusal.text))
    agenda = read(closing.agenda) if closing else agenda_of(it, now)
    context = {
        **_told(request, it, closing, now),
        "agenda": shown(agenda, request.LANGUAGE_CODE) if may_see_agenda(seat, it) else None,
        "form": form,
        "writes": writes,
        "holds": may_hold(seat, it.unit_id),
        "token": request.POST.get("token") or token(),
    }
    if context["agenda"]:
        looks.record_all(seat, agenda.watched, "meeting")
    return render(request, "meetings/meeting.html", context, status=422 if form is not None and form.errors else 200)


@asks()
@require_safe
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """What a meeting concluded, with the agenda as it was when it was closed: to be printed and sent."""
    seat, now = request.seat, timezone.now()
    it = of(seat, number)
    closing = closing_of(it)
    if closing is None:
        raise Http404
    agenda = read(closing.agenda) if may_see_agenda(seat, it) else None
    if agenda is not None:
        looks.record_all(seat, agenda.watched, "meeting")
    told = _told(request, it, closing, now)
    address = reverse("meeting_notice", args=[number])
    context = {
        **told,
        "agenda": shown(agenda, request.LANGUAGE_CODE) if agenda is not None else None,
        "as_of": closing.as_of,
        "imprint": Imprint(
            NOTICE, closing.as_of, [(told["kind"].in_(request.LANGUAGE_CODE), told["unit"])], address=address
        ),
    }
    return render(request, "meetings/notice.html", context)


def of(seat: Seat, number: int) -> Meeting:
    """A meeting that is the seat's to see. Raises `Http404`."""
    found = meetings_of(seat).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _told(request: HttpRequest, it: Meeting, closing: Closing | None, now: datetime) -> dict[str, Any]:
    seat, day = request.seat, local_day(it.at)
    opens = may_hold(seat, it.unit_id)
    people = people_named({*it.taking_part, it.chair_id})
    attended = closing.attended if closing else it.taking_part
    return {
        "it": it,
        "kind": KINDS[it.kind],
        "unit": units_named([it.unit_id], day).get(it.unit_id, ""),
        "chair": people.get(it.chair_id, ""),
        "people": [people[one] for one in attended if one in people],
        "absent": [people[one] for one in it.taking_part if one in people and one not in attended],
        "closing": closing,
        "corrected": bool(closing) and Closing.objects.filter(meeting=it).count() > 1,
        "state": _state(it, closing is not None, now),
        "conclusions": lines(conclusions_of(it, now), day, opens, seat.person),
        "as_of": now,
    }


def _form(request: HttpRequest, closing: Closing | None, now: datetime) -> ConcludeForm:
    seat, calendar = request.seat, sight(now).calendar
    form = ConcludeForm(
        request.POST if request.method == "POST" else None,
        people=whom.people_under(seat),
        units=whom.other_units(seat),
        closed=closing is not None,
        calendar=calendar,
    )
    offer_deadlines(form, calendar, now, "due")
    offer_words(form, "product", products_used(seat))
    return form


def _concluded(seat: Seat, it: Meeting, form: ConcludeForm) -> tuple[str, str]:
    point = form.point()
    conclude(seat, it.pk, point, form.cleaned_data.get("why", ""))
    done = RECORDED if not point.task else ASKED if point.unit else GIVEN
    return reverse("meeting", args=[it.pk]) + "#ket-luan", said(done)


def _state(it: Meeting, closed: bool, now: datetime) -> tuple[str, Text]:
    """How a meeting stands: the kind of its badge, and the word."""
    if it.called_off_at is not None:
        return "none", Text(vi="Đã hủy", en="Called off")
    if closed:
        return "ok", Text(vi="Đã kết thúc", en="Closed")
    if local_day(now) < local_day(it.at):
        return "info", Text(vi="Sắp họp", en="To come")
    return "soon", Text(vi="Đang mở", en="Open")
