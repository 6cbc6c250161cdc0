"""The board as a page shows it: cases with the record beside them, limits with their line, votes, what would be if."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from congtam.calibration.deciding import Room, room_of
from congtam.calibration.models import ABSTAINED, LEFT, Sitting
from congtam.calibration.queries import must_leave, open_cases, sheets_of
from congtam.calibration.sheets import CardSheet, Case, Row
from congtam.calibration.tallying import Tally
from congtam.cycles.models import Cycle
from congtam.cycles.population import entries_for
from congtam.cycles.queries import period_of
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.decisions import LEGAL_CARD
from congtam.engine.scoring.population import GroupCap
from congtam.orgs.queries import names_of as units_named
from congtam.people.queries import names_of
from congtam.web.pages.calibration import words
from congtam.web.pages.organisation.words import word


@dataclass(frozen=True)
class Standing:
    """Everything of a cycle that is read once for a page."""

    sheets: dict[str, CardSheet]
    cases: list[Case]
    room: Room | None
    names: dict[int, str]
    units: dict[int, str]

    def sheet_of(self, person: int) -> CardSheet | None:
        """The scorecard that is legal for somebody."""
        return next((sheet for sheet in self.sheets.values() if person in sheet.rows), None)


@dataclass(frozen=True)
class CaseLine:
    """One case of the list: the row beside it, and how the votes stand."""

    case: Case
    name: str
    unit: str
    matter: Text
    row: Row | None
    before: Text | None
    tally: Tally | None


@dataclass(frozen=True)
class Place:
    """Somebody at a limit: `first_out`: the line is drawn above them."""

    person: int
    name: str
    points: int
    what: Text
    kind: str
    first_out: bool


@dataclass(frozen=True)
class CapView:
    """A limit in one group: who stands where, how many of its list wait, whether more hold the grade than it allows."""

    rule: str
    title: Text
    group: str
    cap: GroupCap
    places: list[Place]
    waiting: int
    foreseen: bool = False
    over: bool = False


@dataclass(frozen=True)
class Change:
    """Whose grade would be another one."""

    name: str
    before: Text
    after: Text


@dataclass(frozen=True)
class Supposed:
    """What an outcome would make: who changes, and how many would hold each grade."""

    outcome: str
    title: Text
    changes: list[Change]
    grades: list[tuple[Text, int, int]]
    displaces: bool


@dataclass(frozen=True)
class Ballot:
    """One member at a case: whether they vote, and what they said."""

    member: int
    name: str
    role: Text
    said: str
    why_not: Text | None


ABSENT = Text(vi="Vắng mặt", en="Absent")
MUST_LEAVE = Text(vi="Rời phiên: việc của mình hoặc của người mình phụ trách", en="Leaves: their own, or below them")
STATES = {
    "passed": (Text(vi="Trong giới hạn", en="Within the limit"), "ok"),
    "kept": (Text(vi="Hội đồng giữ mức", en="Kept by the committee"), "ok"),
    "tied": (Text(vi="Bằng điểm, chờ quyết định", en="Tied, waits"), "soon"),
    "lost": (Text(vi="Ngoài giới hạn, chờ quyết định", en="After the limit, waits"), "soon"),
    "held": (Text(vi="Giữ mức đã chốt", en="Holds the sealed grade"), "ok"),
    "lowered": (Text(vi="Đã hạ vì giới hạn", en="Lowered for the limit"), "info"),
}


def standing(cycle: Cycle, sitting: Sitting | None, now: datetime) -> Standing:
    """A cycle as it stands now."""
    sheets, cases = sheets_of(cycle), open_cases(cycle, now)
    room = room_of(sitting) if sitting else None
    people = {person for sheet in sheets.values() for person in sheet.rows} | {case.person for case in cases}
    people |= set(room.members) if room else set()
    codes = {int(one) for sheet in sheets.values() for row in sheet.rows.values() for one in _places(row)}
    day = (sitting.began_at if sitting else now).date()
    return Standing(sheets, cases, room, names_of(people), units_named(codes, day))


def case_lines(found: Standing) -> list[CaseLine]:
    """The cases, what waits longest first, with what each is about."""
    leaving = must_leave(found.room.sitting, [one.person for one in found.cases]) if found.room else {}
    return [_line(found, case, leaving.get(case.person, frozenset())) for case in found.cases]


def _line(found: Standing, case: Case, leaving: frozenset[int]) -> CaseLine:
    sheet = found.sheets.get(case.card)
    row = sheet.rows.get(case.person) if sheet else None
    before = sheet.title(sheet.graded[str(case.person)][0]) if sheet and row else None
    unit = found.units.get(int(row.groups["unit"] or 0), "") if row else ""
    tally = found.room.tally(case, leaving) if found.room else None
    return CaseLine(case, found.names.get(case.person, ""), unit, words.matter(sheet, case), row, before, tally)


def caps(found: Standing, sheet: CardSheet) -> list[CapView]:
    """The limits of a scorecard; those of a longer period for information, where the period itself has none."""
    own = [_cap(found, sheet, cap, foreseen=False) for cap in sheet.caps if cap.listed]
    return own or [_cap(found, sheet, cap, foreseen=True) for cap in sheet.foreseen if cap.listed]


def _cap(found: Standing, sheet: CardSheet, cap: GroupCap, *, foreseen: bool) -> CapView:
    rules = {rule.id: rule.title for card in sheet.setting.rulebook.scorecards.values()
             for rule in card.model.population_rules} | {one.id: one.title for one in sheet.rules.values()}  # fmt: skip
    places = list(_at(found, sheet, cap))
    waiting = 0 if foreseen else sum(sheet.finals[int(one)].grade is None for one in cap.lost)
    over = not foreseen and cap in sheet.over
    return CapView(cap.rule, rules[cap.rule], _group(found, cap), cap, places, waiting, foreseen, over)


def _at(found: Standing, sheet: CardSheet, cap: GroupCap) -> Iterator[Place]:
    groups = {"kept": cap.kept, "passed": cap.passed, "tied": cap.tied, "lost": cap.lost, "lowered": cap.lowered}
    state = {person: name for name, people in reversed(groups.items()) for person in people}

    def called(person: str) -> str:
        return found.names.get(int(person), "")

    ranked = sorted(cap.listed, key=lambda one: (-sheet.rows[int(one)].points, state[one] == "lowered", called(one)))
    for place, person in enumerate(ranked):
        row, name = sheet.rows[int(person)], state[person]
        if name in ("tied", "lost") and int(person) in sheet.sealed and sheet.finals[int(person)].grade:
            name = "held"
        what, kind = STATES[name]
        yield Place(row.person, called(person), row.points, what, kind, place == cap.allowed)


def _group(found: Standing, cap: GroupCap) -> str:
    return " · ".join(found.units.get(int(one), one) if one.isdigit() else word(one) for one in cap.group)


def _places(row: Row) -> Iterable[str]:
    return [one for one in (row.groups["agency"], row.groups["unit"]) if one]


def supposed(found: Standing, sheet: CardSheet | None, case: Case) -> list[Supposed]:
    """What each outcome of a case would make, before anything is decided."""
    if sheet is None or case.matter == LEGAL_CARD:
        return []
    now, made = sheet.distribution(), []
    for outcome in case.outcomes:
        other = sheet.supposing([(case.person, case.matter, outcome)])
        then = other.distribution()
        changes = [
            Change(found.names.get(person, ""), words.final(sheet, before), words.final(sheet, after))
            for person, (before, after) in sheet.changes(other).items()
        ]
        grades = [(sheet.title(one), now[one], then[one]) for one in sheet.setting.card.grades]
        made.append(
            Supposed(outcome, words.outcome(sheet, case, outcome), changes, grades, bool(sheet.displaced(other)))
        )
    return made


def ballots(found: Standing, case: Case) -> list[Ballot]:
    """The members at a case, the chair first."""
    room = found.room
    if room is None:
        return []
    leaving = must_leave(room.sitting, [case.person])[case.person]
    votes = room.votes.get((case.person, case.card, case.matter), {})
    return [
        Ballot(
            member,
            found.names.get(member, ""),
            words.ROLES[role],
            votes.get(member, ""),
            MUST_LEAVE if member in leaving else ABSENT if member not in room.present else None,
        )
        for member, role in room.members.items()
    ]


def choices(cycle: Cycle, sheet: CardSheet | None, case: Case) -> list[tuple[str, Text]]:
    """What a member may say to a case; none where nothing can be decided yet."""
    if not case.outcomes:
        return []
    entries = entries_for(period_of(cycle)) if case.matter == LEGAL_CARD else {}
    cards = {key: entry.card.model.title for key, entry in entries.items()}
    said = (*case.outcomes, ABSTAINED, LEFT)
    return [(one, cards[one] if one in cards else words.outcome(sheet, case, one)) for one in said]
