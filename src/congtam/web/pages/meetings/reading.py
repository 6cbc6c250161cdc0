"""A meeting as its pages show it: numbers become names, states become words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.meetings.agenda import Across, Agenda, Asked, Decided, Loaded, Work
from congtam.meetings.models import ConclusionText, Meeting
from congtam.meetings.queries import Said
from congtam.notices.wording import titles
from congtam.orgs.queries import names_of as units_named
from congtam.people.queries import names_of as people_named
from congtam.web.pages.meetings import words
from congtam.web.pages.task.words import CAUSES as DECLARED
from congtam.web.pages.worklist.words import CAUSES, SOMEBODY, WAITS


@dataclass(frozen=True)
class Names:
    """What everybody and everything on a page is called."""

    people: Mapping[int, str]
    units: Mapping[int, str]
    items: Mapping[int, str]
    lang: str

    def who(self, person: int | None, unit: int | None = None) -> str:
        """A person, or a unit; nobody is nothing."""
        if person is not None:
            return self.people.get(person, SOMEBODY.in_(self.lang))
        return self.units.get(unit, f"#{unit}") if unit is not None else ""

    def item(self, number: int | None) -> str:
        """A piece of work."""
        return self.items.get(number, f"#{number}") if number is not None else ""


@dataclass(frozen=True)
class Share:
    """One share on the agenda. `cause`: what the data show of a delay; `declared`: what its holder declared."""

    work: Work
    title: str
    who: str
    cause: Text | None
    declared: Text | None
    whom: Text | None


@dataclass(frozen=True)
class Before:
    """A conclusion of a meeting before: its words, whom it was for, how it stands, and when that meeting was."""

    told: Decided
    text: str
    who: str
    state: Text
    badge: str
    day: date | None


@dataclass(frozen=True)
class Shown:
    """The agenda in words. `headings`: how many lines stand under each."""

    agenda: Agenda
    headings: list[tuple[str, Text, int]]
    decided: list[Before]
    late: list[Share]
    due: list[Share]
    stopped: list[Share]
    across: list[tuple[str, str, Across]]
    asked: list[tuple[str, Asked]]
    loaded: list[tuple[str, Loaded]]


@dataclass(frozen=True)
class Line:
    """A conclusion of this meeting. `due`: as it was given; `moved`: the deadline as it holds now, where it is another;
    `opens`: the page of the work is the reader's to open."""

    said: Said
    text: str
    who: str
    product: str
    due: datetime | None
    moved: datetime | None
    state: Text
    badge: str
    opens: bool


def shown(agenda: Agenda, lang: str) -> Shown:
    """The agenda with everything named. Six queries."""
    names = Names(
        people_named(agenda.people),
        units_named(agenda.units, local_day(agenda.as_of)),
        {item: title for item, (title, _) in titles(agenda.items, lang).items()},
        lang,
    )
    texts = dict(
        ConclusionText.objects.filter(conclusion__in=[one.conclusion for one in agenda.decided]).values_list(
            "conclusion", "text"
        )
    )
    days = dict(Meeting.objects.filter(pk__in={one.meeting for one in agenda.decided}).values_list("pk", "at"))
    counts = agenda.counts
    return Shown(
        agenda,
        [(name, title, counts[name]) for name, title in words.HEADINGS.items()],
        [_before(one, texts, days, names) for one in agenda.decided],
        [_share(one, names) for one in agenda.late],
        [_share(one, names) for one in agenda.due],
        [_share(one, names) for one in agenda.stopped],
        [(names.who(None, one.asker), names.who(None, one.asked), one) for one in agenda.across],
        [(names.who(one.person), one) for one in agenda.asked],
        [(names.who(one.person), one) for one in agenda.loaded],
    )


def lines(said: list[Said], day: date, opens_all: bool, person: int | None) -> list[Line]:
    """The conclusions of a meeting in words. Two queries."""
    people = people_named(one.row.person_id for one in said if one.row.person_id is not None)
    units = units_named((one.row.unit_id for one in said if one.row.unit_id is not None), day)
    return [_line(one, Names(people, units, {}, "vi"), opens_all, person) for one in said]


def _line(one: Said, names: Names, opens_all: bool, person: int | None) -> Line:
    brief = getattr(one.row.item, "brief", None) if one.row.item is not None else None
    first, now = (brief.first_due if brief else None), one.outcome.due_at
    return Line(
        one,
        one.row.text.text,
        names.who(one.row.person_id, one.row.unit_id),
        brief.product if brief else "",
        first,
        now if now != first else None,
        words.OUTCOMES[one.outcome.state],
        words.BADGES[one.outcome.state],
        opens_all or (person is not None and one.row.person_id == person),
    )


def _share(work: Work, names: Names) -> Share:
    return Share(
        work,
        names.item(work.item),
        names.who(work.person),
        CAUSES.get(work.cause),
        DECLARED.get(work.declared),
        WAITS.get(work.whom),
    )


def _before(one: Decided, texts: Mapping[int, str], days: Mapping[int, datetime], names: Names) -> Before:
    at = days.get(one.meeting)
    return Before(
        one,
        texts.get(one.conclusion, names.item(one.item)),
        names.who(one.person, one.unit),
        words.OUTCOMES[one.state],
        words.BADGES[one.state],
        local_day(at) if at else None,
    )
