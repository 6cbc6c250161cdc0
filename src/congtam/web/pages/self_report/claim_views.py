"""One claim: taken back by who made it, answered by who was named, its document opened by those it concerns."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.cycles import telling
from congtam.cycles.models import Claim
from congtam.evidence.keeping import opened
from congtam.web.asking import asks
from congtam.web.once import once
from congtam.web.receiving import handed_out
from congtam.web.words import both

TAKEN_BACK = both("Đã rút nội dung này.", "It was taken back.")
ANSWERED = both("Đã ghi câu trả lời của bạn.", "Your answer was written down.")
CONFIRM = "xac-nhan"


@asks(Right.OWN_MONTH)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """What one claimed does not stand any more."""
    found = get_object_or_404(Claim.objects.select_related("cycle"), pk=number, person=request.seat.person)

    def act() -> tuple[str, str]:
        telling.take_back(request.seat, found)
        return f"{reverse('self_report')}?ky={found.cycle.period}", str(TAKEN_BACK)

    return once(request, act)


@asks(Right.OWN_MONTH)
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Whoever was named says whether it was so."""
    found = get_object_or_404(Claim.objects.select_related("cycle"), pk=number, counterpart=request.seat.person)

    def act() -> tuple[str, str]:
        telling.answer(request.seat, found, confirmed=request.POST.get("viec") == CONFIRM)
        return reverse("self_report"), str(ANSWERED)

    return once(request, act)


@asks()
@require_safe
def evidence(request: HttpRequest, number: int) -> HttpResponse:
    """The document of a claim; to all whom it does not concern there is none."""
    found = get_object_or_404(Claim.objects.select_related("evidence"), pk=number)
    if found.evidence is None or not _concerns(request.seat, found):
        raise Http404
    return handed_out(opened(found.evidence), found.evidence_name, found.evidence.kind)


def _concerns(seat: Seat, row: Claim) -> bool:
    """Who made it, who is named in it, who rates them or may see their points."""
    if seat.person is not None and seat.person in (row.person_id, row.counterpart_id):
        return True
    return any(over_person(seat, right, row.person_id) for right in (Right.RATE, Right.SEE_POINTS))
