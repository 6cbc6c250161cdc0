"""One item as a page shows it: who had it when, what happened by whose decision, and how its deadline came about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from congtam.engine.clock_ledger import Ledger, render
from congtam.engine.explaining import formats
from congtam.engine.facts.cells import parse_instant
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import names_of as units_named
from congtam.people.queries import names_of as people_named
from congtam.web.pages.worklist import words
from congtam.work.models import Event, Share
from congtam.work.opened import Opened


@dataclass(frozen=True)
class Happened:
    """One event in words. `record`: the number of the record that said it, `place` its file and row, or push; `gone`:
    it was taken back and no longer counts."""

    at: datetime
    what: Text
    who: str
    value: str
    decision: str
    record: int | None
    place: str
    gone: bool


@dataclass(frozen=True)
class Held:
    """Who had the item from when to when; `state` of the share as it stands."""

    person: str
    official: int
    unit: str
    role: Text
    share: Share


def people_in(found: Opened) -> set[int]:
    """Everybody who has a share in an item."""
    return {share.official_id for share in found.shares}


def names_in(found: Opened) -> dict[int, str]:
    """What everybody who is spoken of in an item is called."""
    return people_named(people_in(found) | spoken_of(found.events))


def spoken_of(events: Iterable[Event]) -> set[int]:
    """Everybody whom events name."""
    told = list(events)
    others = {int(event.counterpart) for event in told if event.counterpart.isdigit()}
    return others | {event.official_id for event in told if event.official_id}


def happenings(found: Opened, people: Mapping[int, str], lang: str) -> list[Happened]:
    """The timeline of an item, in the order in which things happened."""
    return [happened(event, people, event.seq in found.taken_back, lang) for event in found.events]


def steps(ledger: Ledger | None, lang: str) -> list[str]:
    """How the deadline came about, one line for each step; none without a clock."""
    return render(ledger, lang) if ledger else []


def holders(found: Opened, people: Mapping[int, str], day: date) -> list[Held]:
    """Who had it, in the order of receipt."""
    units = units_named({share.unit_id for share in found.shares if share.unit_id}, day)
    return [
        Held(
            people.get(share.official_id, words.SOMEBODY.vi),
            share.official_id,
            units.get(share.unit_id or 0, ""),
            words.SHARE_ROLES.get(share.role, Text(vi=share.role, en=share.role)),
            share,
        )
        for share in found.shares
    ]


def happened(event: Event, people: Mapping[int, str], gone: bool, lang: str) -> Happened:
    """One event in words; `gone`: it was taken back."""
    told = words.TOLD if event.activity == "step" and event.value in words.TOLD else words.ACTIVITIES
    name = event.value if told is words.TOLD else event.activity
    return Happened(
        at=event.at,
        what=told.get(name, Text(vi=name, en=name)),
        who=_who(event, people, lang),
        value=_value(event, lang),
        decision=event.decision,
        record=event.record,
        place=event.place,
        gone=gone,
    )


def _who(event: Event, people: Mapping[int, str], lang: str) -> str:
    """Who did it, and to whom: work goes from giver to receiver; else the other side follows the official."""
    other = event.counterpart.removeprefix("@")
    if other.isdigit():
        other = people.get(int(other), words.SOMEBODY.in_(lang))
    official = people.get(event.official_id, words.SOMEBODY.in_(lang)) if event.official_id else ""
    if official and other and event.activity in ("assigned", "passed_on"):
        giver, receiver = (other, official) if event.activity == "assigned" else (official, other)
        return f"{giver} → {receiver}"
    return f"{official} ({words.BY.in_(lang)} {other})" if official and other else official or other


def _value(event: Event, lang: str) -> str:
    """The one figure or word of an event, as people write it."""
    if event.activity in ("due", "promised", "extended"):
        try:
            return formats.moment(parse_instant(event.value), lang)
        except ValueError:
            return event.value
    if event.activity in ("fault", "voided"):  # a fault by its kind, or by its id, which mostly begins with it
        kind = event.value.partition(":")[0]
        return words.FAULTS[kind].in_(lang) if kind in words.FAULTS else event.value
    if event.value in words.VALUES:
        return words.VALUES[event.value].in_(lang)
    silent = event.activity in ("same_as", "withdrawn") or (event.activity == "step" and event.value in words.TOLD)
    return "" if silent else event.value
