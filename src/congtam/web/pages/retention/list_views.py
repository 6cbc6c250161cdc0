"""Lists of what is to be erased: made, shown, decided on; and their minutes."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access.gate import Right, over_unit
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import names_of as units_named
from congtam.people.models import Person
from congtam.people.queries import names_of, posts_held
from congtam.retention.holds import Holds
from congtam.retention.kinds import KINDS
from congtam.retention.listing import approve, propose, propose_person, refuse
from congtam.retention.models import APPROVED, PEOPLE, PROPOSED, Erasure, Line
from congtam.retention.queries import ended_of, hindered, lines_of, state_of, things_of, why_of
from congtam.retention.things import Asked, Thing
from congtam.web.asking import asks
from congtam.web.pages.retention import reach, words
from congtam.web.pages.retention.forms import PersonForm, VerdictForm
from congtam.web.steps import Change, Edit, edit

FORM = require_http_methods(["GET", "HEAD", "POST"])
A_PAGE, TOLD = 100, 20


@asks(Right.KEEP_RETENTION)
@FORM
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A list of everything of a kind whose term has ended."""
    seat, what, now = request.seat, KINDS.get(kind), timezone.now()
    if what is None:
        raise Http404
    agency = reach.agency_of(request, Right.KEEP_RETENTION)

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            return _made(propose(seat, agency, kind, now))

        found = ended_of(agency, kind, seat.day, now)
        lines = [reach.line_of(agency, seat), *(thing.said for thing in found.free[:TOLD])]
        more = len(found.free[TOLD:])
        if more:
            lines.append(Text(vi=f"và {more} mục nữa", en=f"and {more} more"))
        minded = [
            Text(vi=f"{thing.said.vi}: không vào danh sách, {why.vi}", en=f"{thing.said.en}: left out, {why.en}")
            for thing, why in found.held[:TOLD]
        ]
        return Change(lines, act, minded)

    title = Text(vi=f"Lập danh sách xóa: {what.title.vi}", en=f"List to be erased: {what.title.en}")
    about = Text(
        vi=f"Danh sách gồm mọi mục đã hết thời hạn và không bị giữ. Khi được duyệt, xóa: {what.erased.vi}.",
        en=f"The list holds all whose term has ended and that is not held. Once approved, erased: {what.erased.en}.",
    )
    return edit(request, Edit(title, Form, plan, reach.page_of(agency), about=about))


@asks(Right.KEEP_RETENTION)
@FORM
def new_person(request: HttpRequest) -> HttpResponse:
    """The data of one person who left, before any term ends."""
    seat, now = request.seat, timezone.now()
    agency = reach.agency_of(request, Right.KEEP_RETENTION)
    left = KINDS[PEOPLE].find(Asked(agency, before=now))
    names = names_of(int(one.key) for one in left)
    people = [(one.key, names.get(int(one.key), one.key)) for one in left]

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            return _made(propose_person(seat, agency, Person.objects.get(pk=told["person"]), told["why"], now))

        name = dict(people)[told["person"]]
        line = Text(vi=f"Dữ liệu cá nhân của {name}: {told['why']}", en=f"Personal data of {name}: {told['why']}")
        return Change([reach.line_of(agency, seat), line], act)

    erased = KINDS[PEOPLE].erased
    about = Text(
        vi=f"Chỉ người đã rời cơ quan. Khi được duyệt, xóa: {erased.vi}. Không khôi phục được.",
        en=f"Only who has left. Once approved, erased: {erased.en}. It cannot be undone.",
    )
    title = Text(vi="Xóa dữ liệu cá nhân của một người", en="Erase one person's data")
    form = partial(PersonForm, people=people)
    return edit(request, Edit(title, form, plan, reach.page_of(agency), about=about))


@asks(Right.SEE_RETENTION)
@require_safe
def one(request: HttpRequest, series: int) -> HttpResponse:
    """A list with what it names, what is held, and what is erased already."""
    seat, now = request.seat, timezone.now()
    it = reach.erasure_of(seat, series, Right.SEE_RETENTION)
    page = Paginator(lines_of(it), A_PAGE).get_page(request.GET.get("trang"))
    things, holds = things_of(it), Holds(it.agency_id)
    whole, done = _counts(it)
    names = names_of([it.by_id, it.decided_by_id or 0])
    why = why_of([it.series, it.seq])
    context = {
        "it": it,
        "agency": reach.name_of(it.agency_id, seat),
        "back": reach.page_of(it.agency_id),
        "title": KINDS[it.kind].title,
        "erased": KINDS[it.kind].erased,
        "why": why.get(it.series, ""),
        "refusal": why.get(it.seq, "") if it.seq != it.series else "",
        "state": words.STATES[state_of(it, whole, done)],
        "page": page,
        "lines": [(line, *_shown(it, line, things.get(line.key), holds, now)) for line in page.object_list],
        "whole": whole,
        "done": done,
        "by": names.get(it.by_id, ""),
        "decided_by": names.get(it.decided_by_id or 0, ""),
        "may_decide": it.state == PROPOSED
        and it.by_id != seat.person
        and over_unit(seat.writing, Right.APPROVE_ERASURE, it.agency_id),
        "as_of": now,
    }
    return render(request, "retention/list.html", context)


@asks(Right.APPROVE_ERASURE)
@FORM
def decide(request: HttpRequest, series: int) -> HttpResponse:
    """Approve a list by a numbered decision, or not."""
    seat, it = request.seat, reach.erasure_of(request.seat, series, Right.APPROVE_ERASURE)
    back, now = reverse("erasure", args=[series]), timezone.now()
    whole, _ = _counts(it)
    agency = reach.line_of(it.agency_id, seat)

    def plan(told: Mapping[str, Any]) -> Change:
        yes = told["verdict"] == "approve"

        def act() -> tuple[str, Text]:
            if not yes:
                refuse(seat, it, told["why"])
                return back, Text(vi="Đã ghi không duyệt.", en="The list is refused.")
            approve(seat, it, told["number"], now)
            return back, Text(vi="Đã duyệt. Đang xóa từng mục.", en="Approved. It is being erased.")

        if not yes:
            return Change([agency, Text(vi=f"Không duyệt: {told['why']}", en=f"Not approved: {told['why']}")], act)
        line = Text(
            vi=f"Xóa {whole} mục theo {told['number']}: {KINDS[it.kind].erased.vi}.",
            en=f"{whole} things are erased by {told['number']}: {KINDS[it.kind].erased.en}.",
        )
        return Change([agency, line], act, [Text(vi="Không khôi phục được.", en="It cannot be undone.")])

    title = Text(vi=f"Quyết định danh sách xóa số {series}", en=f"Decide on list {series}")
    return edit(request, Edit(title, VerdictForm, plan, back, danger=True, stays=False))


@asks(Right.SEE_RETENTION)
@require_safe
def minutes(request: HttpRequest, series: int) -> HttpResponse:
    """The minutes of an erasure, laid out to be printed and signed. A document: in Vietnamese."""
    seat, it = request.seat, reach.erasure_of(request.seat, series, Right.SEE_RETENTION)
    if it.state != APPROVED:
        raise Http404
    lines, (whole, done) = list(lines_of(it)), _counts(it)
    ended = [line.done.at for line in lines if hasattr(line, "done")]
    things = things_of(it)
    context = {
        "it": it,
        "agency": units_named([it.agency_id], seat.day).get(it.agency_id, ""),
        "kind": KINDS[it.kind],
        "why": why_of([it.series]).get(it.series, ""),
        "day": timezone.localdate(max(ended)) if ended else seat.day,
        "lines": [(line, *_shown(it, line, things.get(line.key), None, timezone.now())) for line in lines],
        "whole": whole,
        "done": done,
        "by": _titled(it.by_id, timezone.localdate(it.recorded_at)),
        "decided_by": _titled(it.decided_by_id or 0, timezone.localdate(it.recorded_at)),
        "as_of": timezone.now(),
    }
    return render(request, "retention/minutes.html", context)


def _shown(
    it: Erasure, line: Line, thing: Thing | None, holds: Holds | None, now: Any
) -> tuple[Text, Text | None, list[tuple[Text, int]]]:
    """What a line is called, why it is held, and how much of what was erased."""
    done = getattr(line, "done", None)
    said = thing.said if thing and it.kind != PEOPLE else _number(it.kind, line.key)
    if thing and not done:
        said = thing.said
    why = hindered(it.kind, thing, holds, now) if thing and holds and not done and it.state != "refused" else None
    return said, why, words.counted(done.counts) if done else []


def _number(kind: str, key: str) -> Text:
    if kind == PEOPLE:
        return Text(vi=f"Người số {key}", en=f"Person {key}")
    return Text(vi=f"{KINDS[kind].title.vi}, số {key}", en=f"{KINDS[kind].title.en}, {key}")


def _counts(it: Erasure) -> tuple[int, int]:
    lines = Line.objects.filter(series=it.series)
    return lines.count(), lines.filter(done__isnull=False).count()


def _titled(person: int, day: Any) -> tuple[str, str]:
    held = posts_held(person, day).first()
    return names_of([person]).get(person, ""), held.title if held else ""


def _made(made: Erasure) -> tuple[str, Text]:
    return reverse("erasure", args=[made.series]), Text(
        vi="Đã lập danh sách; chờ người đứng đầu duyệt.", en="The list is made; it waits for the head's approval."
    )
