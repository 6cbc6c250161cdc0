"""What a head decides where data cannot know: on grades, and whether two items are one work."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congtam.access import looks
from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.people.models import Person
from congtam.people.queries import Staff, staff_of
from congtam.ratings.actions import decide as write_decision
from congtam.scores.cards import cards_of
from congtam.scores.known import cut
from congtam.web.asking import asks
from congtam.web.pages.unit.forms import Decide
from congtam.web.pages.unit.pending import OTHERWISE, ToDecide, decisions_on, periods
from congtam.web.pages.worklist.scope import everybody
from congtam.work import same_work
from congtam.work.models import SameWork
from congtam.work.opened import opened

SAVED = Text(vi="Đã ghi.", en="Written down.")
UPHELD = Text(vi="Áp dụng đề xuất", en="Uphold the proposal")
NOT_YOURS = Text(
    vi="Hai công việc này có phần của chính bạn hoặc của người ngoài quyền quyết định của bạn, nên bạn không "
    "quyết định được. Hãy báo người phụ trách nguồn dữ liệu hoặc người đứng đầu cơ quan.",
    en="You or people beyond your right to decide hold part of these items, so you cannot decide. Tell the keeper of "
    "the sources or the head of the agency.",
)
SET_ASIDE = Text(vi="Không áp dụng", en="Set it aside")


@asks(Right.DECIDE, person="code")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """What the scores of a month leave to be decided about one person, one form for each matter."""
    seat, person, period, lang = request.seat, request.person, _period(request), request.LANGUAGE_CODE
    waiting = decisions_on(person.pk, period)
    forms = []
    for one in waiting:
        here = request.method == "POST" and request.POST.get("of") == one.matter
        form = Decide(
            request.POST if here else None, lang=lang, outcomes=_outcomes(one, period, lang), prefix=one.matter
        )
        forms.append((one, form))
        if here and form.is_valid() and _decided(request, one, form):
            messages.success(request, SAVED.in_(lang))
            return redirect("unit")
    looks.record(seat, person.pk, "unit_decide", period.label)
    context = {"staff": _staff(seat, person), "forms": forms, "period": period, "as_of": timezone.now()}
    return render(request, "unit/decide.html", context)


def _decided(request: HttpRequest, one: ToDecide, form: Decide) -> bool:
    told: dict[str, Any] = form.cleaned_data
    try:
        write_decision(
            request.seat.actor,
            scorecard=one.row.card,
            period=one.row.period,
            matter=one.matter,
            outcome=told["outcome"],
            by=Person.objects.get(pk=request.seat.person),
            number=told["number"],
            person=request.person,
            reason=told["reason"],
        )
    except Refused as refusal:
        form.add_error(None, refusal.text.in_(request.LANGUAGE_CODE))
        return False
    return True


def _outcomes(one: ToDecide, period: Period, lang: str) -> list[tuple[str, str]]:
    """What can be decided on a matter: the proposal holds or not, or which grade."""
    if one.matter != OTHERWISE:
        return [("upheld", UPHELD.in_(lang)), ("set_aside", SET_ASIDE.in_(lang))]
    entry = cards_of(period, cut().rules).entries.get(one.row.card)
    grades = entry.card.model.grades if entry else ()
    return [(grade.id, grade.title.in_(lang)) for grade in grades]


@asks(Right.DECIDE)
@require_http_methods(["GET", "POST"])
def same(request: HttpRequest, number: int) -> HttpResponse:
    """Two items side by side: whether they are one, and in which it counts."""
    proposal = get_object_or_404(SameWork, pk=number, state="proposed")
    holders = same_work.holders_of([proposal])[proposal.pk]
    if not holders & everybody(request.seat):
        raise Http404
    may = all(over_person(request.seat.writing, Right.DECIDE, holder) for holder in holders)
    if request.method == "POST" and not may:
        messages.error(request, NOT_YOURS.in_(request.LANGUAGE_CODE))
        return redirect("unit_same_work", number)
    if request.method == "POST":
        chosen = request.POST.get("counts", "")
        try:
            if chosen == "none":
                same_work.refuse(request.seat.actor, proposal)
            else:
                counts = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0
                same_work.confirm(request.seat.actor, proposal, counts)
        except Refused as refusal:
            messages.error(request, refusal.text.in_(request.LANGUAGE_CODE))
            return redirect("unit_same_work", number)
        messages.success(request, SAVED.in_(request.LANGUAGE_CODE))
        return redirect("unit")
    looks.record_all(request.seat, holders & everybody(request.seat), "unit_same_work")
    both = [found for found in (opened(proposal.one_id), opened(proposal.other_id)) if found is not None]
    context = {
        "proposal": proposal,
        "both": both,
        "not_yours": "" if may else NOT_YOURS.in_(request.LANGUAGE_CODE),
        "as_of": timezone.now(),
    }
    return render(request, "unit/same_work.html", context)


def _staff(seat: Seat, person: Person) -> Staff:
    """A person the gate let through, as the unit has them."""
    for one in staff_of(seat.leads | seat.leads_agency, seat.day):
        if one.person == person.pk:
            return one
    raise Http404


def _period(request: HttpRequest) -> Period:
    """The month asked for, if it is one of those that can still be marked; else the one that ended last."""
    offered = periods(request.seat.day)
    try:
        asked = Period.parse(request.GET.get("ky", ""))
    except Unusable:
        return offered[0]
    return asked if asked in offered else offered[0]
