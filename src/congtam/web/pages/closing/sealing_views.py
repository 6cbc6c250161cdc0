"""What the head of the agency does to a period: accept a gap, seal, seal again; and the seal as its file."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access.gate import Right
from congtam.audit.actions import note
from congtam.closing.blocks import readiness
from congtam.closing.sealing import accept, close, supersede
from congtam.cycles.queries import period_of
from congtam.engine.rulebook.model import Text
from congtam.scores.keeping import file_of
from congtam.scores.models import Seal
from congtam.web.asking import asks
from congtam.web.pages.closing.forms import SupersedeForm, SureForm, WhyForm
from congtam.web.pages.closing.reach import cycle_of
from congtam.web.pages.closing.words import SEALED
from congtam.web.steps import Change, Edit, edit

FORM = require_http_methods(["GET", "HEAD", "POST"])


@asks(Right.SEAL)
@FORM
def accept_gap(request: HttpRequest, number: int) -> HttpResponse:
    """Seal in spite of something that is missing."""
    seat, now = request.seat, timezone.now()
    it = cycle_of(seat, number, Right.SEAL)
    about = request.GET.get("viec", "")
    found = next((one for one in readiness(it, now).blocks if one.about == about and one.can_be_accepted), None)
    if found is None:
        raise Http404
    back = reverse("closing_cycle", args=[number])

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            accept(seat, it, about, told["why"], timezone.now())
            return back, Text(vi="Đã ghi chấp nhận.", en="It is accepted.")

        return Change([Text(vi=f"Chấp nhận: {found.what.vi}", en=f"Accepted: {found.what.en}")], act)

    title = Text(vi="Chấp nhận và vẫn chốt", en="Accept, and seal all the same")
    return edit(request, Edit(title, WhyForm, plan, back, about=found.what))


@asks(Right.SEAL)
@FORM
def seal_it(request: HttpRequest, number: int) -> HttpResponse:
    """Seal the period."""
    seat = request.seat
    it = cycle_of(seat, number, Right.SEAL)
    back, title = reverse("closing_cycle", args=[number]), period_of(it)
    found = readiness(it, timezone.now())

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            close(seat, it, timezone.now())
            return back, SEALED

        lines = [
            Text(vi=f"Chốt kết quả {title.title('vi')} của {found.people} người.",
                 en=f"The results of {title.title('en')} of {found.people} people are sealed."),
            CONSEQUENCE,
        ]  # fmt: skip
        return Change(lines, act, found.reasons)

    what = Text(vi=f"Chốt {title.title('vi')}", en=f"Seal {title.title('en')}")
    return edit(request, Edit(what, SureForm, plan, back, about=found.sentence, rehearsed=False))


CONSEQUENCE = Text(
    vi="Sau khi chốt, mọi người thấy xếp loại của cơ quan; sửa sai chỉ bằng một bản chốt thay thế có lý do.",
    en="Once sealed, everyone sees the grades of the agency; only another seal, with a reason, mends a mistake.",
)


@asks(Right.SEAL)
@FORM
def seal_again(request: HttpRequest, number: int) -> HttpResponse:
    """Seal what was decided after the seal."""
    seat = request.seat
    it = cycle_of(seat, number, Right.SEAL)
    back = reverse("closing_cycle", args=[number])

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            supersede(seat, it, told["why"], timezone.now())
            return back, Text(vi="Đã chốt lại; bản cũ được giữ nguyên.", en="Sealed again; the earlier seal is kept.")

        line = Text(
            vi=f"Lập bản chốt thay thế từ số liệu lúc này. Lý do: {told['why']}",
            en=f"Another seal is made of what is known now. Reason: {told['why']}",
        )
        return Change([line], act, readiness(it, timezone.now()).reasons)

    title = Text(vi="Chốt lại sau quyết định mới", en="Seal again after a decision")
    return edit(request, Edit(title, SupersedeForm, plan, back, rehearsed=False))


@asks(Right.SEE_CYCLE)
@require_safe
def seal_file(request: HttpRequest, number: int, seal: int) -> HttpResponse:
    """A seal as the file that `congtam verify` reads, on any machine."""
    it = cycle_of(request.seat, number)
    row = Seal.objects.filter(pk=seal, agency=it.agency_id, period=it.period).first()
    if row is None:
        raise Http404
    note(request.seat.actor, "closing.take_out", "seal", row.pk, {"period": row.period, "number": row.number})
    answer = HttpResponse(file_of(row), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{row.period}-{row.number}.seal"'
    return answer
