"""One deed for the pieces of work that were ticked on the board or in the list: what it needs is asked, passing on is
shown before it is done, and what cannot be done is told one by one."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from congtam.access import looks
from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.people.queries import names_of
from congtam.scores.overview import sight
from congtam.web.asking import asks
from congtam.web.offers import offer_deadlines
from congtam.web.once import once, token
from congtam.web.pages.board.deeds import BY_SLUG, Deed, Outcome, done_to_each, rehearsed
from congtam.web.pages.task import whom
from congtam.web.pages.task.act_forms import LATER, Act
from congtam.web.pages.task.passing import passed
from congtam.web.pages.worklist import scope
from congtam.web.words import both, said
from congtam.work.lists import Filters, Row, Sight, found, rows
from congtam.work.load import Load, loads

MOST = 50  # at once; everybody else's writing waits meanwhile
VIEWS = ("board", "worklist", "work_calendar")
NOTHING = both("Chưa đánh dấu việc nào. Hãy đánh dấu ít nhất một việc.", "Nothing is ticked. Tick at least one.")
TOO_MANY = both(
    f"Mỗi lần làm được nhiều nhất {MOST} việc. Hãy bỏ bớt dấu.", f"At most {MOST} at once. Untick some of them."
)
GONE = Text(
    vi="{n} việc đã đánh dấu không còn trong phạm vi của bạn nên không làm gì. Hãy xem lại danh sách.",
    en="{n} of those ticked are no longer within your reach; nothing was done to them. Look at the list again.",
)
UNDONE = Text(vi="Không làm được với “{title}”: {why}", en="Not done to “{title}”: {why}")


@asks(Right.OWN_WORK)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask for what the deed needs, show what it would change where it passes work on, then do it to each."""
    deed = BY_SLUG.get(request.POST.get("lam", ""))
    if deed is None:
        raise Http404
    ticked = {int(one) for one in request.POST.getlist("viec") if one.isdecimal() and len(one) < 19}
    if not ticked or len(ticked) > MOST:
        messages.error(request, str(TOO_MANY if ticked else NOTHING))
        return redirect(_back(request))
    seen = sight(timezone.now())
    chosen = list(rows(found(scope.everybody(request.seat), Filters(), seen).filter(pk__in=ticked)))
    if gone := len(ticked) - len(chosen):
        messages.warning(request, said(GONE).format(n=gone))
    if not chosen:
        return redirect(_back(request))
    looks.record_all(request.seat, {row.official for row in chosen}, "work")
    asked = request.POST.get("buoc") == "lam"
    form = deed.form(
        request.POST if asked or deed.plain else None,
        calendar=seen.calendar,
        people=whom.beside(request.seat) if deed.previewed else [],
    )
    offer_deadlines(form, seen.calendar, seen.now, *LATER)
    if not form.is_valid():
        return _page(request, deed, chosen, form, 422 if asked else 200)
    if deed.previewed and request.POST.get("da_xem") != _looked_at(chosen, form):
        return _page(request, deed, chosen, form, would=rehearsed(request.seat, deed, chosen, form), seen=seen)
    return once(request, lambda: _done(request, deed, chosen, form))


def _done(request: HttpRequest, deed: Deed, chosen: Sequence[Row], form: Act) -> tuple[str, str]:
    outcome = done_to_each(request.seat, deed, chosen, form)
    for row, why in outcome.refused:
        messages.warning(request, said(UNDONE).format(title=row.title or row.key, why=said(why)))
    return _back(request), said(deed.done).format(n=len(outcome.done)) if outcome.done else ""


def _page(
    request: HttpRequest,
    deed: Deed,
    chosen: Sequence[Row],
    form: Act,
    status: int = 200,
    would: Outcome | None = None,
    seen: Sight | None = None,
) -> HttpResponse:
    """What the deed needs; and of passing on, what it would change (`would`)."""
    names = names_of({row.official for row in chosen})
    context: dict[str, Any] = {
        "deed": deed,
        "chosen": [(row, names.get(row.official, "")) for row in chosen],
        "form": form,
        "back": _back(request),
        "view": _view(request),
        "query": request.POST.get("loc", ""),
        "token": token(),
    }
    if would is not None and seen is not None:
        context |= {
            "refused": would.refused,
            "done": would.done,
            "loads": _loads(would.done, int(form.cleaned_data["receiver"]), seen),
            "late": [row for row in would.done if row.state == "late"],
            "key": _looked_at(chosen, form),
        }
    return render(request, "board/bulk.html", context, status=status)


def _looked_at(chosen: Sequence[Row], form: Act) -> str:
    """Names what was looked at: only these very moves are done."""
    told = f"{form.cleaned_data['receiver']} {sorted(row.share for row in chosen)}"
    return sha256(told.encode()).hexdigest()[:16]


def _loads(moved: Sequence[Row], receiver: int, seen: Sight) -> list[tuple[str, Load, Load]]:
    """The load of everybody concerned before and after all moves, the receiver first."""
    people = [receiver, *dict.fromkeys(row.official for row in moved)]
    own = list(rows(found(frozenset(people), Filters(unfinished=True), seen)))
    shares = {row.share for row in moved}
    then = [passed(row, receiver) if row.share in shares else row for row in own]
    before = {load.person: load for load in loads(people, own, seen)}
    after = {load.person: load for load in loads(people, then, seen)}
    names = names_of(people)
    return [(names.get(one, ""), before[one], after[one]) for one in people]


def _view(request: HttpRequest) -> str:
    name = request.POST.get("tu", "")
    return name if name in VIEWS else VIEWS[0]


def _back(request: HttpRequest) -> str:
    """The page from which it was asked, with its filters."""
    query = urlencode(parse_qsl(request.POST.get("loc", "")[:2000]))
    return f"{reverse(_view(request))}?{query}" if query else reverse(_view(request))
