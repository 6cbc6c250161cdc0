"""Lưu giữ: terms by kind, what has come to its end, holds, and the lists of erasure."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congtam.access.gate import Right, over_unit
from congtam.engine.rulebook.model import Text
from congtam.people.queries import names_of
from congtam.retention.columns import KEPT
from congtam.retention.kinds import KINDS
from congtam.retention.models import Hold, Term
from congtam.retention.queries import Ended, ended, lists_of, state_of, why_of
from congtam.retention.terms import terms_after
from congtam.retention.things import Kind
from congtam.web.asking import asks
from congtam.web.pages.retention import reach, words

SHOWN = 5  # held things named on the page


@dataclass(frozen=True)
class Row:
    """A kind of thing as the page shows it: its term, what has come to the end of it, and the terms that begin
    `later`."""

    code: str
    kind: Kind
    ended: Ended
    later: tuple[Term, ...]

    @property
    def held(self) -> list[tuple[Text, Text]]:
        """The first of what is held, with why."""
        return [(thing.said, why) for thing, why in self.ended.held[:SHOWN]]

    @property
    def more(self) -> int:
        """How many more are held."""
        return len(self.ended.held[SHOWN:])


@asks(Right.SEE_RETENTION)
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """Everything about one agency."""
    seat, now = request.seat, timezone.now()
    seen = reach.agencies(seat, Right.SEE_RETENTION)
    if not seen:
        return render(request, "retention/none.html", {"as_of": now})
    agency = reach.agency_of(request, Right.SEE_RETENTION)
    codes, found, later = reach.codes_of(seen), ended(agency, seat.day, now), terms_after(agency, seat.day)
    holds = list(Hold.standing().filter(agency=agency).order_by("-seq"))
    lists = lists_of(agency)
    names = names_of({one.person_id for one in holds if one.person_id})
    reasons = why_of(one.seq for one in holds)
    context = {
        "agency": reach.name_of(agency, seat),
        "code": codes[agency],
        "others": [(codes[one], reach.name_of(one, seat)) for one in seen if one != agency],
        "rows": [Row(code, kind, found[code], later.get(code, ())) for code, kind in KINDS.items()],
        "holds": [
            (one, words.speaks_of(one, names.get(one.person_id or 0, "")), reasons.get(one.seq, "")) for one in holds
        ],
        "lists": [
            (one, KINDS[one.kind].title, count, done, words.STATES[state_of(one, count, done)])
            for one, count, done in lists
        ],
        "stays": list({kept.why.vi: kept.why for kept in KEPT.values()}.values()),
        "keeps": over_unit(seat.writing, Right.KEEP_RETENTION, agency),
        "as_of": now,
    }
    return render(request, "retention/page.html", context)
