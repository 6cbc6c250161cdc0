"""Passing work on within the units one heads: first what would change, then the deed."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congtam.access import looks
from congtam.access.gate import Right
from congtam.desk.doing import pass_on
from congtam.engine.explaining import formats
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.people.queries import Staff, staff_of
from congtam.scores.overview import sight
from congtam.web.asking import asks
from congtam.web.pages.unit.board import remember
from congtam.web.pages.unit.forms import Move
from congtam.work.lists import Filters, Row, Sight, found, rows
from congtam.work.load import Load, loads

MOVED = Text(
    vi="Đã chuyển việc.",
    en="Passed on.",
)


@dataclass(frozen=True)
class Effect:
    """What passing one share on would change, for giver and receiver: load before and after. No deadline moves."""

    row: Row
    giver: Staff
    receiver: Staff
    before: dict[int, Load]
    after: dict[int, Load]

    @property
    def key(self) -> str:
        """Names what was looked at: only that very move is done."""
        return f"{self.row.share}-{self.receiver.person}"

    @property
    def both(self) -> list[tuple[Staff, Load, Load]]:
        """Giver and receiver, each with the load before and after."""
        return [(one, self.before[one.person], self.after[one.person]) for one in (self.giver, self.receiver)]

    @property
    def late_already(self) -> bool:
        """The work is late: the delay stays with who had it, and the receiver has no deadline until one is given."""
        return self.row.state == "late"


@asks(Right.DECIDE)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest) -> HttpResponse:
    """Choose, see the effect, and only then do it."""
    seat, lang, seen = request.seat, request.LANGUAGE_CODE, sight(timezone.now())
    staff = {one.person: one for one in reversed(staff_of(seat.leads | seat.leads_agency, seat.day))}
    remember(seat, list(staff.values()))
    open_rows = [row for row in rows(found(frozenset(staff), Filters(unfinished=True), seen)) if not row.waiting]
    chosen = next((one for one in staff.values() if one.code == request.GET.get("nguoi")), None)
    offered = [row for row in open_rows if chosen is None or row.official == chosen.person]
    form = Move(
        request.POST or None,
        lang=lang,
        shares=[(row.share, _called(row, staff[row.official], lang)) for row in offered],
        people=[
            (one.person, one.full_name) for one in sorted(staff.values(), key=lambda one: (one.rank, one.sort_key))
        ],
    )
    effect = None
    if form.is_bound and form.is_valid():
        effect = _effect(form, staff, open_rows, seen)
        if effect is None:
            form.add_error("nhan", SAME.in_(lang))
        elif request.POST.get("da_xem") == effect.key and _moved(request, effect, form.cleaned_data["ly_do"]):
            return redirect("unit")
    looks.record_all(seat, {row.official for row in offered}, "unit_move")
    context = {"form": form, "effect": effect, "chosen": chosen, "as_of": seen.now}
    return render(request, "unit/move.html", context)


SAME = Text(vi="Người nhận đang giữ việc này. Hãy chọn người khác.", en="The receiver has it already. Choose another.")


def _moved(request: HttpRequest, effect: Effect, reason: str) -> bool:
    """Whether the work was passed on; why not is told."""
    try:
        pass_on(request.seat, effect.row.item, effect.receiver.person, reason, effect.row.official)
    except Refused as refusal:
        messages.error(request, refusal.text.in_(request.LANGUAGE_CODE))
        return False
    messages.success(request, MOVED.in_(request.LANGUAGE_CODE))
    return True


def _effect(form: Move, staff: dict[int, Staff], open_rows: list[Row], seen: Sight) -> Effect | None:
    """What would change; None when giver and receiver are one."""
    row = next(one for one in open_rows if str(one.share) == form.cleaned_data["viec"])
    receiver = staff[int(form.cleaned_data["nhan"])]
    if receiver.person == row.official:
        return None
    people = [row.official, receiver.person]
    own = [one for one in open_rows if one.official in people]
    passed = replace(row, official=receiver.person, due_at=None if row.state == "late" else row.due_at)
    if passed.due_at is None:
        passed = replace(passed, state="open")
    moved = [one if one.share != row.share else passed for one in own]
    before = {load.person: load for load in loads(people, own, seen)}
    after = {load.person: load for load in loads(people, moved, seen)}
    return Effect(row, staff[row.official], receiver, before, after)


def _called(row: Row, giver: Staff, lang: str) -> str:
    due = f", {DUE.in_(lang)} {formats.moment(row.due_at, lang)}" if row.due_at else ""
    return f"{row.title or row.key} ({giver.full_name}{due})"[:160]


DUE = Text(vi="hạn", en="due")
