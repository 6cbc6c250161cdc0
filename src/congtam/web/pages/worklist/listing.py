"""A list of work as a seat asked for it: whose, narrowed to what, seen when; and its rows with names."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from congtam.access.seats import Seat
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import Branch, tree_known
from congtam.orgs.queries import names_of as units_named
from congtam.people.names import sort_key
from congtam.people.queries import leaders_in
from congtam.people.queries import names_of as people_named
from congtam.scores.known import cut
from congtam.scores.overview import sight
from congtam.web.pages.worklist import words
from congtam.web.pages.worklist.forms import Narrow
from congtam.web.pages.worklist.scope import Scope, scope_of
from congtam.work.lists import Filters, Row, Sight, found, kinds, rows
from congtam.work.models import Share


@dataclass(frozen=True)
class Listing:
    """What was asked, and the shares that answer it; what `people` and `units` are called, as far as known; `rules`:
    the last number of rules."""

    scope: Scope
    form: Narrow
    filters: Filters
    sight: Sight
    shares: QuerySet[Share]
    people: dict[int, str]
    units: dict[int, str]
    rules: int

    def shown(self, shares: QuerySet[Share]) -> "list[Line]":
        """Shares as lines; whoever is not named yet, such as a giver from elsewhere, is looked up with all others."""
        listed = list(rows(shares))
        met = {row.official for row in listed} | {int(row.giver) for row in listed if row.giver.isdigit()}
        places = {row.unit for row in listed if row.unit is not None}
        people, units = dict(self.people), dict(self.units)
        if unnamed := met - people.keys():
            people |= people_named(unnamed)
        if unknown := places - units.keys():
            units |= units_named(unknown, timezone.localdate(self.sight.now))
        return [_line(row, people, units) for row in listed]


@dataclass(frozen=True)
class Line:
    """A row with what people and units are called."""

    row: Row
    person: str
    unit: str
    giver: str
    state: Text
    badge: str
    cause: Text | None
    waiting: Text | None


def listing(seat: Seat, given: QueryDict, lang: str, now: datetime) -> Listing:
    """The list a seat asked for by the address."""
    scope, today = scope_of(seat, given.get("pham-vi", "")), timezone.localdate(now)
    known = cut()
    every = tree_known(_day(given.get("ngay", "")) or today, known.structure)
    tree = _own_agencies(seat, every)
    leaders = leaders_in([branch.unit for branch in tree], today)
    names = people_named({*scope.people, *leaders})
    form = Narrow(
        given,
        lang=lang,
        people=_sorted({one: names[one] for one in scope.people if one in names}),
        givers=_sorted({one: names[one] for one in leaders if one in names}),
        kinds=kinds(scope.people),
        tree=tree,
    )
    filters, seen = form.filters(given.get("sap", "")), sight(now, known.rules)
    units = {branch.unit: branch.name for branch in every}
    return Listing(scope, form, filters, seen, found(scope.people, filters, seen), names, units, known.rules)


def _line(row: Row, people: dict[int, str], units: dict[int, str]) -> Line:
    giver = people.get(int(row.giver), "") if row.giver.isdigit() else row.giver.removeprefix("@")
    return Line(
        row=row,
        person=people.get(row.official, words.SOMEBODY.vi),
        unit=units.get(row.unit or 0, ""),
        giver=giver,
        state=words.STATES[row.state],
        badge=words.BADGES[row.state],
        cause=words.CAUSES.get(row.cause),
        waiting=words.WAITS.get(row.waiting),
    )


def _own_agencies(seat: Seat, tree: list[Branch]) -> list[Branch]:
    """The units of the agencies a seat has to do with."""
    near = seat.units | seat.leads | seat.leads_agency | seat.audits
    agencies = {branch.agency for branch in tree if branch.unit in near}
    return [branch for branch in tree if branch.agency in agencies]


def _sorted(names: dict[int, str]) -> dict[int, str]:
    return dict(sorted(names.items(), key=lambda one: sort_key(one[1])))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
