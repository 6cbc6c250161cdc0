"""One piece of work: its page, and each deed on it."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from congtam.access import looks
from congtam.access.gate import Right, holds, over_person
from congtam.access.seats import Seat
from congtam.desk.doing import UNASKED
from congtam.desk.questions import may_answer
from congtam.evidence.queries import evidence_of
from congtam.history.refused import Refused
from congtam.web.asking import asks
from congtam.web.offers import offer_deadlines
from congtam.web.once import once, token
from congtam.web.pages.task import words
from congtam.web.pages.task.act_forms import LATER
from congtam.web.pages.task.acts import ACTS, Act, Stand, offered, receivers, stand_of, takes_part
from congtam.web.pages.task.passing import Effect, effect
from congtam.web.pages.task.questions import cards
from congtam.web.pages.task.reading import TICK, Piece, clears, deadline, piece
from congtam.web.pages.task.story import story
from congtam.web.words import said
from congtam.work.lists import Sight

BY_SLUG = {act.slug: act for act in ACTS}


@asks(Right.OWN_WORK)
@require_GET
def task(request: HttpRequest, item: int) -> HttpResponse:
    """One piece of work, for who has to do with it; to all others there is none."""
    stand = _stand(request, item)
    return _page(request, stand)


@asks(Right.OWN_WORK)
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, item: int, slug: str) -> HttpResponse:
    """One deed: its form opened on the page of the work; sent, done once."""
    stand, deed = _stand(request, item), BY_SLUG.get(slug)
    if deed is None:
        raise Http404
    if request.method != "POST":
        return _page(request, stand, deed)
    form = _form(deed, stand, request.POST)
    if not form.is_valid():
        return _page(request, stand, deed, form, 422)
    would = _effect(stand, form) if deed.apart else None
    if would is not None and request.POST.get("da_xem") != would.key:
        return _page(request, stand, deed, form, would=would)
    try:
        return once(request, lambda: _done(request, stand, deed, form))
    except Refused as refusal:
        form.add_error(None, said(refusal.text))
        return _page(request, stand, deed, form, 422)


def _done(request: HttpRequest, stand: Stand, deed: Act, form: Any) -> tuple[str, str]:
    item = stand.piece.number
    deed.do(request.seat, item, form, stand)
    back = "today" if request.POST.get("ve") == "today" else "task"
    return reverse(back, args=[item] if back == "task" else []), said(deed.done)


def _stand(request: HttpRequest, item: int) -> Stand:
    """Where the seat stands to an item. Raises `Http404` when it has nothing to do with it."""
    found = piece(item, timezone.now())
    stand = stand_of(request.seat, found) if found is not None else None
    if stand is None or not takes_part(stand):
        raise Http404
    return stand


def _form(deed: Act, stand: Stand, given: Any = None) -> Form:
    people = receivers(stand) if deed.apart else []
    found = stand.piece.found
    form = deed.form(given, calendar=found.calendar, people=people, auto_id=f"{deed.slug}-%s")
    offer_deadlines(form, found.calendar, found.now, *LATER)
    return form


def _shown(deed: Act, stand: Stand, opened: Act | None, sent: Form | None) -> Form | None:
    """The form of a deed on the page: as it was sent, or a new one; None where only its button stands there."""
    if deed is opened and sent is not None:
        return sent
    return None if deed.apart and deed is not opened else _form(deed, stand)


def _page(
    request: HttpRequest,
    stand: Stand,
    opened: Act | None = None,
    form: Form | None = None,
    status: int = 200,
    would: Effect | None = None,
) -> HttpResponse:
    """The page of the work; `opened`: the deed whose form is open, with `form` as it was sent."""
    one, seat, lang = stand.piece, request.seat, request.LANGUAGE_CODE
    looks.record_all(seat, _looked_at(seat, one), "work_item")
    waiting = [question for question in one.asked if question.state == "open"]
    sight = Sight(one.found.now, one.found.calendar)
    deeds = offered(stand)
    context = {
        "as_of": one.found.now,
        "piece": one,
        "clears": clears(one, lang),
        "deadline": deadline(one, lang),
        "story": story(one, lang),
        "evidence": list(evidence_of(one.number).select_related("file", "by__text")),
        "cards": cards((question for question in waiting if may_answer(seat, question)), seat.person, sight, ""),
        "waiting": [
            (one.name(question.to_id), words.AWAITED[question.kind], question, question.kind in UNASKED)
            for question in waiting
            if question.by_id == seat.person
        ],
        "deeds": [(deed, _shown(deed, stand, opened, form)) for deed in deeds],
        "opened": opened.slug if opened else "",
        "refused": form if form and opened not in deeds else None,
        "effect": would,
        "token": token(),
        "cuts": stand.open and holds(seat, Right.GIVE_WORK) and (stand.decides or stand.mine is not None),
    }
    return render(request, "task/item.html", context, status=status)


def _effect(stand: Stand, form: Any) -> Effect | None:
    """What passing the work on would change."""
    share = stand.mine or stand.leading
    seen = Sight(stand.piece.found.now + TICK, stand.piece.found.calendar)  # also what was received this instant
    return effect(stand.piece.number, int(share.official), int(form.cleaned_data["receiver"]), seen) if share else None


def _looked_at(seat: Seat, one: Piece) -> set[int]:
    """Of whom the page shows work to somebody who heads or audits them."""
    people = {int(share.official) for share in one.found.shares}
    return {person for person in people if over_person(seat, Right.SEE_WORK, person)}
