"""What the committee does: it is set up, meets, votes, decides, adjourns."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from congtam.access.gate import Right
from congtam.calibration.committee import set_up
from congtam.calibration.deciding import decide, decide_list
from congtam.calibration.models import Sitting
from congtam.calibration.queries import committee_of, members_of, sheets_of, sitting_now
from congtam.calibration.sitting import adjourn, attend, convene, vote, vote_on_list
from congtam.cycles.models import Cycle
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.orgs.models import Unit
from congtam.orgs.queries import trees_under
from congtam.people.queries import staff_of
from congtam.web.asking import asks, refused
from congtam.web.once import once, token
from congtam.web.pages.calibration import reading
from congtam.web.pages.calibration.forms import CommitteeForm
from congtam.web.pages.calibration.reach import cycle_of, keeps
from congtam.web.pages.calibration.views import case_of
from congtam.web.words import said

NO_SITTING = Text(vi="Chưa có phiên họp nào đang mở. Hãy mở phiên họp trước.", en="No sitting is open. Open one first.")
BALLOT = "phieu-"
MOST_MEMBERS = 40  # so many rows are read from a form, whatever it holds


@asks(Right.KEEP_CYCLE)
@require_http_methods(["GET", "HEAD", "POST"])
def found(request: HttpRequest, number: int) -> HttpResponse:
    """The committee, as its founding decision says."""
    seat, it, back = request.seat, cycle_of(request.seat, number), reverse("calibration_board", args=[number])
    if not keeps(seat, it):
        return refused(request, Right.KEEP_CYCLE)
    people = _people(it, timezone.now())
    form = CommitteeForm(request.POST if request.method == "POST" else None, people=people)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        agency = Unit.objects.get(pk=it.agency_id)
        share = (int(told["top"]), int(told["bottom"]))
        told_of = {"chair_settles": told["chair_settles"], "leaves_for_below": told["leaves_for_below"]}

        def act() -> tuple[str, str]:
            set_up(seat, agency, told["number"], told["first"], form.members_chosen(), quorum=share, **told_of)
            return back, said(Text(vi="Đã ghi Hội đồng.", en="The committee is entered."))

        try:
            return once(request, act)
        except Refused as refusal:
            form.add_error(None, said(refusal.text))
    context = {"form": form, "it": it, "token": request.POST.get("token") or token(), "as_of": timezone.now()}
    return render(request, "calibration/committee.html", context, status=422 if form.errors else 200)


@asks()
@require_POST
def convened(request: HttpRequest, number: int) -> HttpResponse:
    """Open a sitting."""
    seat, it = request.seat, cycle_of(request.seat, number)

    def act() -> Text:
        convene(seat, it, request.POST.get("so", "")[:64], timezone.now(), request.POST.get("noi", "")[:200])
        return Text(vi="Đã mở phiên họp. Hãy ghi người có mặt.", en="The sitting is open. Write down who is here.")

    return _done(request, it, act)


@asks()
@require_POST
def attended(request: HttpRequest, number: int) -> HttpResponse:
    """Who is there."""
    seat, it = request.seat, cycle_of(request.seat, number)

    def act() -> Text:
        attend(seat, _sitting(it), _numbers(request.POST.getlist("co-mat")))
        return Text(vi="Đã ghi người có mặt.", en="Written down who is here.")

    return _done(request, it, act)


@asks()
@require_POST
def adjourned(request: HttpRequest, number: int) -> HttpResponse:
    """End the sitting; everyone is scored anew."""
    seat, it = request.seat, cycle_of(request.seat, number)

    def act() -> Text:
        adjourn(seat, _sitting(it), timezone.now())
        return Text(
            vi="Phiên họp đã kết thúc; điểm được tính lại theo các quyết định.",
            en="The sitting is adjourned; everyone was scored anew with what was decided.",
        )

    return _done(request, it, act)


@asks()
@require_POST
def listed(request: HttpRequest, number: int, rule: str) -> HttpResponse:
    """Vote for the list that a limit proposes to lower, or write it down as decided."""
    seat, it, card = request.seat, cycle_of(request.seat, number), request.POST.get("bang", "")

    def act() -> Text:
        sitting = _sitting(it)
        if card not in sheets_of(it):
            raise Refused("Bảng điểm này không có trong kỳ.", "This scorecard is not in the period.")
        if request.POST.get("viec") == "quyet":
            n = decide_list(seat, sitting, card, rule)
            return Text(vi=f"Đã quyết định hạ {n} người vì giới hạn.", en=f"Lowered {n} for the limit.")
        for member in _numbers(request.POST.getlist("nguoi")):
            vote_on_list(seat, sitting, member, card, rule)
        return Text(vi="Đã ghi phiếu cho danh sách.", en="The votes for the list are written down.")

    return _done(request, it, act)


@asks()
@require_POST
def voted(request: HttpRequest, number: int, person: int, matter: str) -> HttpResponse:
    """The votes on a case: one's own, or those the secretary writes down."""
    seat, it = request.seat, cycle_of(request.seat, number)

    def act() -> Text:
        sitting = _sitting(it)
        one, _ = case_of(reading.standing(it, sitting, timezone.now()), person, matter)
        for member, outcome in _ballots(request):
            vote(seat, sitting, member, one, outcome)
        return Text(vi="Đã ghi phiếu.", en="The votes are written down.")

    return _done(request, it, act, back=reverse("calibration_case", args=[number, person, matter]))


@asks()
@require_POST
def decided(request: HttpRequest, number: int, person: int, matter: str) -> HttpResponse:
    """Write down what the votes carried."""
    seat, it = request.seat, cycle_of(request.seat, number)

    def act() -> Text:
        sitting = _sitting(it)
        one, _ = case_of(reading.standing(it, sitting, timezone.now()), person, matter)
        decide(seat, sitting, one, request.POST.get("ly-do", "")[:2000])
        return Text(vi="Đã ghi quyết định của Hội đồng.", en="The committee's decision is written down.")

    return _done(request, it, act)


def _done(
    request: HttpRequest, it: Cycle, act: Callable[[], Text], *, back: str = "", refused_to: str = ""
) -> HttpResponse:
    """Do it once and go `back` (the board, when nothing else is named); a refusal is told where it was asked."""
    address = back or reverse("calibration_board", args=[it.pk])
    try:
        return once(request, lambda: (address, said(act())))
    except Refused as refusal:
        messages.error(request, said(refusal.text))
        return redirect(refused_to or address)


def _ballots(request: HttpRequest) -> list[tuple[int, str]]:
    """The votes of a form: member and outcome; those left open are left out."""
    told = [(name.removeprefix(BALLOT), value) for name, value in request.POST.items() if name.startswith(BALLOT)]
    return [(int(member), value) for member, value in told[:MOST_MEMBERS] if member.isdecimal() and value]


def _sitting(it: Cycle) -> Sitting:
    found = sitting_now(it)
    if found is None:
        raise Refused(NO_SITTING.vi, NO_SITTING.en)
    return found


def _numbers(told: list[str]) -> list[int]:
    return [int(one) for one in told[:MOST_MEMBERS] if one.isdecimal()]


def _people(it: Cycle, now: datetime) -> list[tuple[str, str]]:
    """Everyone of the agency, by number, as choices of a form; those of the committee that stands first."""
    day = timezone.localdate(now)
    committee = committee_of(it.agency_id, day)
    held = members_of(committee, day) if committee else {}
    staff = {one.person: f"{one.full_name}, {one.title}" for one in staff_of(trees_under([it.agency_id], day), day)}
    return [(str(one), staff[one]) for one in sorted(staff, key=lambda one: one not in held)]
