"""What has come to the end of its term, and how lists of erasure stand."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from congtam.engine.periods import add_months, start_of_day
from congtam.engine.rulebook.model import Text
from congtam.retention.holds import Holds
from congtam.retention.kinds import KINDS
from congtam.retention.models import APPROVED, PROPOSED, REFUSED, Done, Erasure, Line, Term, Why
from congtam.retention.terms import terms_on
from congtam.retention.things import Asked, Thing


@dataclass(frozen=True)
class Ended:
    """What of a kind has come to the end of its `term` (None: there is none): what may be listed, what is held and why,
    and how many are on a list already."""

    kind: str
    term: Term | None
    free: tuple[Thing, ...] = ()
    held: tuple[tuple[Thing, Text], ...] = ()
    listed: int = 0


def ended(agency: int, as_of: date, now: datetime) -> dict[str, Ended]:
    """By kind, everything of an agency whose term had ended as of a day."""
    terms, holds = terms_on(agency, as_of), Holds(agency)
    return {kind: _ended(agency, kind, terms.get(kind), holds, as_of, now) for kind in KINDS}


def ended_of(agency: int, kind: str, as_of: date, now: datetime) -> Ended:
    """The same of one kind."""
    return _ended(agency, kind, terms_on(agency, as_of).get(kind), Holds(agency), as_of, now)


def last_day(term: Term, since: date) -> date:
    """The last day on which something whose life ended on `since` is kept."""
    return add_months(since, 12 * term.years)


def hindered(kind: str, thing: Thing, holds: Holds, now: datetime) -> Text | None:
    """Why a thing may not be erased now; None: it may."""
    return hindered_among(kind, [thing], holds, now).get(thing.key)


def hindered_among(kind: str, things: Collection[Thing], holds: Holds, now: datetime) -> dict[str, Text]:
    """By key, why some of many things may not be erased now."""
    ordered = {one.key: why for one in things if (why := holds.on(kind, one)) is not None}
    return KINDS[kind].hindrances(things, now) | ordered


def things_of(erasure: Erasure) -> dict[str, Thing]:
    """What a list holds as far as it is still there, by key."""
    keys = list(Line.objects.filter(series=erasure.series).values_list("key", flat=True))
    return {one.key: one for one in KINDS[erasure.kind].find(Asked(erasure.agency_id, keys=keys))}


def lists_of(agency: int) -> list[tuple[Erasure, int, int]]:
    """The lists of an agency, the latest first, each with how many lines it has and how many are done."""
    rows = list(Erasure.standing().filter(agency=agency).order_by("-series"))
    return [(one, lines_of(one).count(), _done(one).count()) for one in rows]


def lines_of(erasure: Erasure) -> "QuerySet[Line]":
    """The lines of a list in order, each with what was done where it was."""
    return Line.objects.filter(series=erasure.series).select_related("done").order_by("pk")


def why_of(numbers: Iterable[int]) -> dict[int, str]:
    """Reasons of holds and lists, by number."""
    return dict(Why.objects.filter(seq__in=list(numbers)).values_list("seq", "text"))


def state_of(erasure: Erasure, lines: int, done: int) -> str:
    """proposed, refused, approved (it is being erased), or done."""
    return "done" if erasure.state == APPROVED and lines == done else erasure.state


def waiting(agencies: Iterable[int]) -> int:
    """How many lists of some agencies wait to be approved."""
    return Erasure.standing().filter(agency__in=list(agencies), state=PROPOSED).count()


def _done(erasure: Erasure) -> "QuerySet[Done]":
    return Done.objects.filter(line__series=erasure.series)


def _ended(agency: int, kind: str, term: Term | None, holds: Holds, as_of: date, now: datetime) -> Ended:
    if term is None:
        return Ended(kind, None)
    before = start_of_day(add_months(as_of, -12 * term.years))
    found = KINDS[kind].find(Asked(agency, before=before))
    listed = _listed(agency, kind)
    new = [one for one in found if one.key not in listed]
    why = hindered_among(kind, new, holds, now)
    free = tuple(one for one in new if one.key not in why)
    held = tuple((one, why[one.key]) for one in new if one.key in why)
    return Ended(kind, term, free, held, len(found) - len(new))


def _listed(agency: int, kind: str) -> frozenset[str]:
    """What stands on a list that was not refused and is not erased yet."""
    lists = Erasure.standing().filter(agency=agency, kind=kind).exclude(state=REFUSED).values("series")
    return frozenset(Line.objects.filter(series__in=lists, done=None).values_list("key", flat=True))
