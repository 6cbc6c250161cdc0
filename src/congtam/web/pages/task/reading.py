"""One piece of work as its page shows it: the five clears, the deadline and how it moved, who holds it, its story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from congtam.desk.acting import Current, current
from congtam.desk.models import Brief, Question, Remark
from congtam.engine.clock_ledger import render
from congtam.engine.facts.cells import parse_instant
from congtam.engine.facts.work import Share
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import names_of as units_named
from congtam.people.queries import names_of as people_named
from congtam.web.pages.task import words
from congtam.web.pages.task.products import Listed, products_on
from congtam.web.pages.worklist.item import spoken_of
from congtam.web.pages.worklist.words import KINDS, SHARE_ROLES, SOMEBODY
from congtam.work.models import Event, Item
from congtam.work.opened import taken_back

TICK, A_DAY = timedelta(microseconds=1), timedelta(days=1)


@dataclass(frozen=True)
class Piece:
    """Everything written about an item, and how it stands this instant (`found`). `events`: as they happened; `gone`:
    the numbers of those taken back; `asked`: every question about it, the first one first; `parts`: `item` and `title`
    of what was cut from it."""

    item: Item
    found: Current
    brief: Brief | None
    events: Sequence[Event]
    gone: frozenset[int]
    remarks: Sequence[Remark]
    asked: Sequence[Question]
    people: Mapping[int, str]
    parts: Sequence[Mapping[str, Any]]

    @property
    def number(self) -> int:
        """The number of the item."""
        return self.item.pk

    @property
    def title(self) -> str:
        """What it is called."""
        text = getattr(self.item, "text", None)
        return (text.title if text else "") or self.item.key

    @property
    def symbol(self) -> str:
        """Number and symbol of its document."""
        text = getattr(self.item, "text", None)
        return text.symbol if text else ""

    @property
    def state(self) -> str:
        """How it stands: open, finished, cancelled."""
        return self.found.item.state if self.found.item else ""

    @property
    def kind(self) -> str:
        """What kind of work it is, as sources write it."""
        return (self.found.item.kind if self.found.item else "") or ""

    @property
    def giver(self) -> int | None:
        """Who gave it: by its brief; of work from elsewhere, the person its first assignment names."""
        if self.brief is not None:
            return self.brief.giver_id
        named = self.given_by
        return int(named) if named.isdecimal() else None

    @property
    def given_by(self) -> str:
        """The person, by number, or the outside body (`@` and its code) that the first assignment names."""
        return next((event.counterpart for event in self.events if event.activity == "assigned"), "")

    def name(self, person: int | str | None) -> str:
        """What a person is called."""
        return self.people.get(int(person), SOMEBODY.vi) if person is not None else ""

    def open_question(self, kind: str, by: int) -> Question | None:
        """What a person asked about it and still waits for."""
        return next((one for one in self.asked if (one.kind, one.by_id, one.state) == (kind, by, "open")), None)


def piece(number: int, now: datetime) -> Piece | None:
    """An item by number with all that is known of it now; None when there is none."""
    cut = Brief.objects.filter(part_of=OuterRef("pk"), secret=False).order_by("given_at", "pk")
    told = cut.values(told=JSONObject(item="item_id", title="item__text__title"))
    known = Item.objects.select_related("text", "brief").annotate(parts=ArraySubquery(told))
    item = known.filter(pk=number).first()
    if item is None:
        return None
    found = current(number, now)
    events = list(item.events.order_by("at", "seq"))
    remarks = list(item.remarks.order_by("at", "pk"))
    asked = list(item.questions.select_related("by__text", "item__text", "item__standing").order_by("asked_at", "pk"))
    brief = getattr(item, "brief", None)
    people = {int(one.official) for one in found.shares} | spoken_of(events)
    people |= {one for question in asked for one in (question.by_id, question.to_id, question.answered_by_id) if one}
    people |= {one.by_id for one in remarks if one.by_id} | ({brief.giver_id} if brief else set())
    return Piece(item, found, brief, events, taken_back(events), remarks, asked, people_named(people), item.parts)


# -- the five clears


@dataclass(frozen=True)
class Holder:
    """Who has a part in it: `open` while they have it."""

    name: str
    unit: str
    role: Text
    share: Share

    @property
    def open(self) -> bool:
        """Whether they have it now."""
        return self.share.state == "open"


@dataclass(frozen=True)
class Clears:
    """The five clears and the authority, as the page says them. `product_listed`: the product of the catalogue;
    `accepted`: by whom the product was accepted, and when."""

    holders: Sequence[Holder]
    giver: str
    giver_unit: str
    kind: Text | None
    urgency: Text | None
    product_listed: Listed | None
    catalogue: str
    accepted: str
    accepted_at: datetime | None


def clears(one: Piece, lang: str) -> Clears:
    """The clears of a piece of work. One query, for the names of units."""
    work, brief = one.found.item, one.brief
    day = local_day(one.found.now)
    units = {int(share.unit) for share in one.found.shares if share.unit} | ({brief.unit_id} if brief else set())
    names = units_named(units, day)
    shown = sorted(one.found.shares, key=lambda share: (share.state != "open", share.role, share.received_at))
    code = (work.catalogue if work else "") or ""
    return Clears(
        [
            Holder(
                one.name(share.official),
                names.get(int(share.unit or 0), ""),
                SHARE_ROLES.get(share.role, Text(vi=share.role, en=share.role)),
                share,
            )
            for share in shown
        ],
        one.name(one.giver) or one.given_by.removeprefix("@"),
        names.get(brief.unit_id, "") if brief else "",
        KINDS.get(one.kind),
        words.URGENCY.get(brief.urgency) if brief and brief.urgency != "ordinary" else None,
        products_on(local_day(work.received_at), lang).get(code) if work and code else None,
        code,
        one.name(work.accepted_by) if work and (work.accepted_by or "").isdecimal() else "",
        work.accepted_at if work else None,
    )


# -- the deadline


@dataclass(frozen=True)
class Extension:
    """A deadline moved: when, to when, by whose leave and by which document; `late`: after it had passed."""

    at: datetime
    until: datetime
    who: str
    decision: str


@dataclass(frozen=True)
class Deadline:
    """The deadline as it was and is. `late_days`: working days; `causes`: of a delay, as declared, each with the
    document that confirms it; `steps`: how the clock came to it."""

    first: datetime | None
    due_at: datetime | None
    late: bool
    late_days: int
    extensions: Sequence[Extension]
    causes: Sequence[tuple[Text, Question]]
    steps: Sequence[str]

    @property
    def moved(self) -> bool:
        """Whether it is another than at first."""
        return self.first is not None and self.first != self.due_at


def deadline(one: Piece, lang: str) -> Deadline:
    """The deadline of a piece of work, as it stands."""
    work, calendar = one.found.item, one.found.calendar
    told = [event for event in one.events if event.seq not in one.gone]
    given = next((event.value for event in told if event.activity == "due"), "")
    first = one.brief.first_due if one.brief else _instant(given)
    due = work.due_at if work else None
    end = (work.finished_at if work else None) or one.found.now
    late = due is not None and end > due
    days = calendar.working_days(local_day(due) + A_DAY, local_day(end - TICK) + A_DAY) if due and late else 0
    extended = [(event, _instant(event.value)) for event in told if event.activity == "extended"]
    return Deadline(
        first,
        due,
        late,
        days,
        [
            Extension(
                event.at,
                until,
                one.name(event.counterpart) if event.counterpart.isdecimal() else event.counterpart.removeprefix("@"),
                event.decision,
            )
            for event, until in extended
            if until
        ],
        [(words.CAUSES[question.cause], question) for question in one.asked if question.cause],
        render(work.ledger, lang) if work and work.ledger else [],
    )


def _instant(text: str) -> datetime | None:
    try:
        return parse_instant(text) if text else None
    except ValueError:
        return None
