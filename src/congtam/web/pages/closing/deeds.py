"""What the personnel office does to a period: open it, remind people, show slips, end a step, pause, go on, move a
deadline, go back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from congtam.access.gate import Right
from congtam.audit.actions import note
from congtam.closing.blocks import blocks, told_once
from congtam.cycles import moving
from congtam.cycles.models import Cycle
from congtam.cycles.opening import open_cycle
from congtam.cycles.queries import cycle_of as cycle_in
from congtam.cycles.queries import is_open, period_of, steps_of
from congtam.cycles.reminding import remind
from congtam.cycles.words import STEP_TITLES
from congtam.engine.explaining import formats
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.objections.slips import show_again, show_slips
from congtam.orgs.queries import names_of as units_named
from congtam.people.queries import names_of
from congtam.web.asking import asks
from congtam.web.once import once
from congtam.web.pages.closing.forms import MoveForm, OpenForm, ReopenForm, SureForm, WhyForm
from congtam.web.pages.closing.reach import agencies, cycle_of
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import both, said

FORM = require_http_methods(["GET", "HEAD", "POST"])
KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
BACK = 3  # so many past months are offered


@asks(Right.KEEP_CYCLE)
@FORM
def open_period(request: HttpRequest) -> HttpResponse:
    """A period of one's agency."""
    seat, now = request.seat, timezone.now()
    own = agencies(seat, Right.KEEP_CYCLE)
    names = units_named(own, seat.day)

    def plan(told: Mapping[str, Any]) -> Change:
        period = Period.parse(told["period"])

        def act() -> tuple[str, Text]:
            made = open_cycle(seat, int(told["agency"]), period, told["number"], now=timezone.now())
            return reverse("closing_cycle", args=[made.pk]), Text(vi="Đã mở kỳ.", en="The period is open.")

        name = names.get(int(told["agency"]), "")
        line = Text(
            vi=f"Mở kỳ {period.title('vi')} của {name}; các bước và hạn lấy từ bộ quy tắc đang áp dụng.",
            en=f"{period.title('en')} of {name} is opened; steps and deadlines are those of the rulebooks in force.",
        )
        return Change([line], act)

    periods = [(one.label, both(one.title("vi"), one.title("en"))) for one in offered(now) if any_left(own, one)]
    form = partial(OpenForm, agencies=[(str(one), names.get(one, "")) for one in own], periods=periods)
    initial = {"agency": str(own[0]) if own else "", "period": periods[0][0] if periods else ""}
    return edit(request, Edit(Text(vi="Mở kỳ đánh giá", en="Open a period"), form, plan, reverse("closing"), initial))


def offered(now: datetime) -> list[Period]:
    """The last full months, and the quarter and year that just ended or are running."""
    today = local_day(now)
    found = []
    month = Period.of(PeriodKind.MONTH, today)
    for _ in range(BACK):
        month = month.previous()
        found.append(month)
    for kind in KINDS[1:]:
        running = Period.of(kind, today)
        found += [running.previous(), running]
    return found


def any_left(own: list[int], period: Period) -> bool:
    """Whether the period is still to be opened in one of these agencies."""
    return any(cycle_in(agency, period) is None for agency in own)


@asks(Right.KEEP_CYCLE)
@require_POST
def remind_one(request: HttpRequest, number: int) -> HttpResponse:
    """Remind whoever a block waits for."""
    seat, now = request.seat, timezone.now()
    it = cycle_of(seat, number, Right.KEEP_CYCLE)
    found = next((one for one in blocks(it, now) if one.about == request.POST.get("viec")), None)
    back = reverse("closing_cycle", args=[number])
    if found is None or found.who is None:
        messages.info(request, said(GONE))
        return redirect(f"{back}#chan")
    who = found.who

    def act() -> tuple[str, str]:
        remind(seat, it, found.step, who, found.about[:64], now=now)
        name = names_of([who]).get(who, "")
        told = Text(vi=f"Đã nhắc {name}; bản tin kế tiếp sẽ nêu.", en=f"{name} is reminded in the next digest.")
        return f"{back}#chan", said(told)

    return _once_or_told(request, act, f"{back}#chan")


NO_SLIP_CHANGED = Text(vi="Đã tính lại; không phiếu nào đổi.", en="Taken again; no slip changed.")
GONE = Text(vi="Việc chặn này không còn.", en="This no longer blocks anything.")


@asks(Right.KEEP_CYCLE)
@require_POST
def slips(request: HttpRequest, number: int) -> HttpResponse:
    """Take the draft and show everyone their slip; after that step, again to those whose figures changed."""
    seat, now = request.seat, timezone.now()
    it = cycle_of(seat, number, Right.KEEP_CYCLE)
    back = reverse("closing_cycle", args=[number])

    def act() -> tuple[str, str]:
        first = is_open(it, "draft_slip", now)
        n = len(show_slips(seat, it, now=now) if first else show_again(it, now))
        if not first:
            note(seat.actor, "closing.show_again", "cycle", it.pk, {"period": it.period, "people": n})
        return back, said(_shown(n) if n or first else NO_SLIP_CHANGED)

    return _once_or_told(request, act, back)


def _shown(n: int) -> Text:
    return Text(vi=f"Đã gửi {n} phiếu dự thảo.", en=f"{n} draft slips are shown.")


@asks(Right.KEEP_CYCLE)
@FORM
def step_over(request: HttpRequest, number: int) -> HttpResponse:
    """End the open step before its deadline, or after it."""
    seat, now = request.seat, timezone.now()
    it = cycle_of(seat, number, Right.KEEP_CYCLE)
    steps = list(steps_of(it, now).values())
    open_ = next((one for one in steps if one.state == "open"), None)
    if open_ is None:
        messages.info(request, said(NOT_OPEN))
        return redirect(reverse("closing_cycle", args=[number]))
    after = next((one for one in steps if one.place > open_.place), None)
    title = STEP_TITLES[open_.step]

    def plan(told: Mapping[str, Any]) -> Change:
        lines = [Text(vi=f"Kết thúc bước “{title.vi}”.", en=f"“{title.en}” is over.")]
        if after is not None:
            following = STEP_TITLES[after.step]
            lines.append(Text(vi=f"Mở bước “{following.vi}”.", en=f"“{following.en}” is open."))
        minded = told_once(one for one in blocks(it, now) if one.step == open_.step)
        return Change(
            lines, _then(it, lambda: moving.finish(seat, it, open_.step), f"Đã xong bước “{title.vi}”.",
                         f"“{title.en}” is over."), minded,
        )  # fmt: skip

    about = Text(
        vi="Bước sau mở ngay. Người chưa làm xong sẽ không ghi thêm được ở bước này, trừ khi mở lại.",
        en="The next step is open at once. Who has not finished writes no more in this one unless it is opened again.",
    )
    what = Text(vi=f"Kết thúc bước “{title.vi}”", en=f"End “{title.en}”")
    return edit(request, Edit(what, SureForm, plan, _back(it), about=about))


NOT_OPEN = Text(vi="Không có bước nào đang mở.", en="No step is open.")


@asks(Right.KEEP_CYCLE)
@FORM
def pause_it(request: HttpRequest, number: int) -> HttpResponse:
    """No deadline comes nearer for a while."""
    seat = request.seat
    it = cycle_of(seat, number, Right.KEEP_CYCLE)

    def plan(told: Mapping[str, Any]) -> Change:
        line = Text(
            vi=f"Tạm dừng kỳ {period_of(it).title('vi')}. Lý do: {told['why']}",
            en=f"{period_of(it).title('en')} is paused. Reason: {told['why']}",
        )
        done = ("Đã tạm dừng; các hạn lùi theo thời gian dừng.", "Paused; deadlines move with it.")
        return Change([line], _then(it, lambda: moving.pause(seat, it, told["why"]), *done))

    return edit(request, Edit(Text(vi="Tạm dừng kỳ", en="Pause the period"), WhyForm, plan, _back(it)))


@asks(Right.KEEP_CYCLE)
@require_POST
def go_on(request: HttpRequest, number: int) -> HttpResponse:
    """The period goes on."""
    seat = request.seat
    it = cycle_of(seat, number, Right.KEEP_CYCLE)
    done = ("Kỳ được tiếp tục; các hạn đã lùi theo thời gian dừng.", "It goes on; deadlines moved with the pause.")
    act = _then(it, lambda: moving.resume(seat, it), *done)

    def acted() -> tuple[str, str]:
        address, told = act()
        return address, said(told)

    return _once_or_told(request, acted, _back(it))


@asks(Right.KEEP_CYCLE)
@FORM
def another_deadline(request: HttpRequest, number: int) -> HttpResponse:
    """Another deadline for a step that is not over."""
    seat, now = request.seat, timezone.now()
    it = cycle_of(seat, number, Right.KEEP_CYCLE)
    left = [one for one in steps_of(it, now).values() if one.state != "done"]

    def plan(told: Mapping[str, Any]) -> Change:
        title, due = STEP_TITLES[told["which"]], told["due"]
        line = Text(
            vi=f"Hạn của bước “{title.vi}”: {formats.moment(due, 'vi')}; các bước sau lùi theo khi cần.",
            en=f"“{title.en}” is due {formats.moment(due, 'en')}; later steps move on as far as they must.",
        )
        act = _then(
            it, lambda: moving.move(seat, it, told["which"], due, told["why"]), "Đã đổi hạn.", "The deadline is moved."
        )
        return Change([line], act)

    form = partial(MoveForm, steps=_choices([one.step for one in left]))
    initial = {"which": left[0].step, "due": left[0].due_at} if left else {}
    return edit(request, Edit(Text(vi="Đổi hạn của một bước", en="Move a deadline"), form, plan, _back(it), initial))


@asks(Right.KEEP_CYCLE)
@FORM
def go_back(request: HttpRequest, number: int) -> HttpResponse:
    """Back to a step that is over; only before the seal."""
    seat, now = request.seat, timezone.now()
    it = cycle_of(seat, number, Right.KEEP_CYCLE)
    done = [one for one in steps_of(it, now).values() if one.state == "done"]

    def plan(told: Mapping[str, Any]) -> Change:
        title = STEP_TITLES[told["which"]]
        line = Text(
            vi=f"Mở lại từ bước “{title.vi}”; các bước sau chờ lại và tính hạn mới.",
            en=f"“{title.en}” is open again; the steps after it wait again with new deadlines.",
        )
        act = _then(it, lambda: moving.reopen(seat, it, told["which"], told["why"]), "Đã mở lại.", "It is open again.")
        return Change([line], act)

    form = partial(ReopenForm, steps=_choices([one.step for one in reversed(done)]))
    return edit(request, Edit(Text(vi="Mở lại một bước", en="Open a step again"), form, plan, _back(it)))


def _choices(steps: list[str]) -> list[tuple[str, Any]]:
    return [(one, both(STEP_TITLES[one].vi, STEP_TITLES[one].en)) for one in steps]


def _back(cycle: Cycle) -> str:
    return reverse("closing_cycle", args=[cycle.pk])


def _then(cycle: Cycle, act: Callable[[], object], vi: str, en: str) -> Callable[[], tuple[str, Text]]:
    """Do something, then back to the period with what is said there."""

    def done() -> tuple[str, Text]:
        act()
        return _back(cycle), Text(vi=vi, en=en)

    return done


def _once_or_told(request: HttpRequest, act: Callable[[], tuple[str, str]], back: str) -> HttpResponse:
    """Do it once; what is refused is told on the page it came from."""
    try:
        return once(request, act)
    except Refused as refusal:
        messages.error(request, said(refusal.text))
        return redirect(back)
