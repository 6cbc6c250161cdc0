"""The one gate: whether a seat may do something, and with whom or what. Every page, endpoint and command asks it.

A rule names a right; the right says which roles hold it, and over what they hold it (own person, units led, agency,
mandate). A refusal says why, and what to do.
"""

from enum import StrEnum
from typing import Literal

from congtam.access.models import Account
from congtam.access.seats import Role, Seat
from congtam.people.queries import leading_units, units_of


class Right(StrEnum):
    """What can be asked for. The roles that hold each stand in `HELD_BY`."""

    OWN_MONTH = "own_month"  # one's own points and records
    SEE_POINTS = "see_points"  # another person's points and records (a head: as of last night)
    SEE_WORK = "see_work"  # where the work of a unit stands, live
    SEE_UNIT = "see_unit"  # figures of a whole unit or agency
    OWN_WORK = "own_work"  # do one's own work: take up, report, deliver, ask
    BE_ASKED = "be_asked"  # see what waits for oneself, give the marks one is asked for
    GIVE_WORK = "give_work"  # give, accept, return and move the work of units one heads
    SEE_REGISTERS = "see_registers"  # the registers of documents in and out
    KEEP_REGISTERS = "keep_registers"  # enter, number, route, issue
    SEE_CYCLE = "see_cycle"  # how a period of evaluation stands
    KEEP_CYCLE = "keep_cycle"  # open, pause, remind, show draft slips
    ANSWER = "answer"  # answer a request to review
    SEAL = "seal"  # seal a period, sign its documents
    SEE_RESULTS = "see_results"  # after a seal: name, post and grade in one's agency
    SEE_FUND = "see_fund"  # the fund of rewards and who is paid
    KEEP_FUND = "keep_fund"  # enter into the ledger, make the list of payments
    APPROVE_FUND = "approve_fund"  # the second signature
    SEE_RETENTION = "see_retention"  # how long things are kept, and what was erased
    KEEP_RETENTION = "keep_retention"  # set terms and holds, list what is to be erased
    APPROVE_ERASURE = "approve_erasure"  # approve a list of erasure
    EXEMPT = "exempt"  # stop clocks for an incident, void a fault
    RATE = "rate"  # give a mark on a criterion data cannot know
    DECIDE = "decide"  # decide on vetoes, holes, what a head decides
    EDIT_PEOPLE = "edit_people"  # units, posts, spells, absences
    OPEN_ACCOUNTS = "open_accounts"  # accounts, passwords, lost second factors
    READ_RULES = "read_rules"  # rules with history and examples
    CHANGE_RULES = "change_rules"  # drafts, adoption, approval
    SEE_SOURCES = "see_sources"  # what arrived, how late, what was set aside
    KEEP_SOURCES = "keep_sources"  # upload, mend, withdraw, tokens
    READ_AUDIT = "read_audit"  # the log of what was done
    SEE_SYSTEM = "see_system"  # health of the machine


HELD_BY: dict[Right, frozenset[Role]] = {
    Right.OWN_MONTH: frozenset({Role.OFFICIAL}),
    Right.SEE_POINTS: frozenset({Role.HEAD, Role.LEADER, Role.PERSONNEL, Role.AUDITOR}),
    Right.SEE_WORK: frozenset({Role.HEAD, Role.LEADER, Role.AUDITOR}),
    Right.SEE_UNIT: frozenset({Role.HEAD, Role.LEADER, Role.PERSONNEL, Role.AUDITOR}),
    Right.OWN_WORK: frozenset({Role.OFFICIAL}),
    Right.BE_ASKED: frozenset({Role.OFFICIAL, Role.RATER}),
    Right.GIVE_WORK: frozenset({Role.HEAD, Role.LEADER}),
    Right.SEE_REGISTERS: frozenset({Role.CLERK, Role.LEADER, Role.AUDITOR}),
    Right.KEEP_REGISTERS: frozenset({Role.CLERK}),
    Right.SEE_CYCLE: frozenset({Role.PERSONNEL, Role.LEADER, Role.AUDITOR}),
    Right.KEEP_CYCLE: frozenset({Role.PERSONNEL}),
    Right.ANSWER: frozenset({Role.HEAD, Role.LEADER}),
    Right.SEAL: frozenset({Role.LEADER}),
    Right.SEE_RESULTS: frozenset({Role.OFFICIAL, Role.AUDITOR}),
    Right.SEE_FUND: frozenset({Role.ACCOUNTANT, Role.PERSONNEL, Role.LEADER, Role.AUDITOR}),
    Right.KEEP_FUND: frozenset({Role.ACCOUNTANT}),
    Right.APPROVE_FUND: frozenset({Role.LEADER}),
    Right.SEE_RETENTION: frozenset({Role.PERSONNEL, Role.LEADER, Role.AUDITOR}),
    Right.KEEP_RETENTION: frozenset({Role.PERSONNEL}),
    Right.APPROVE_ERASURE: frozenset({Role.LEADER}),
    Right.EXEMPT: frozenset({Role.LEADER}),
    Right.RATE: frozenset({Role.HEAD, Role.LEADER}),
    Right.DECIDE: frozenset({Role.HEAD, Role.LEADER}),
    Right.EDIT_PEOPLE: frozenset({Role.PERSONNEL}),
    Right.OPEN_ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Right.READ_RULES: frozenset(Role) - {Role.RATER},
    Right.CHANGE_RULES: frozenset({Role.OWNER}),
    Right.SEE_SOURCES: frozenset(
        {Role.OWNER, Role.KEEPER, Role.PERSONNEL, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR}
    ),
    Right.KEEP_SOURCES: frozenset({Role.OWNER, Role.KEEPER, Role.ADMINISTRATOR}),
    Right.READ_AUDIT: frozenset({Role.AUDITOR, Role.LEADER, Role.PERSONNEL}),
    Right.SEE_SYSTEM: frozenset({Role.ADMINISTRATOR}),
}

OWN = frozenset({Right.OWN_MONTH, Right.OWN_WORK, Right.BE_ASKED})  # rights held over oneself alone
ON_OTHERS = frozenset({Right.RATE, Right.DECIDE, Right.EXEMPT, Right.ANSWER})  # rights nobody holds over themselves

WRITES = frozenset(
    {
        Right.OWN_WORK,
        Right.BE_ASKED,
        Right.GIVE_WORK,
        Right.KEEP_REGISTERS,
        Right.KEEP_CYCLE,
        Right.ANSWER,
        Right.SEAL,
        Right.KEEP_FUND,
        Right.APPROVE_FUND,
        Right.KEEP_RETENTION,
        Right.APPROVE_ERASURE,
        Right.EXEMPT,
        Right.RATE,
        Right.DECIDE,
        Right.EDIT_PEOPLE,
        Right.OPEN_ACCOUNTS,
        Right.CHANGE_RULES,
        Right.KEEP_SOURCES,
    }
)


def holds(seat: Seat | None, right: Right) -> bool:
    """Whether a seat holds a right over anything at all."""
    return seat is not None and bool(seat.roles & HELD_BY[right])


def over_unit(seat: Seat | None, right: Right, unit: int) -> bool:
    """Whether a seat holds a right over a unit."""
    return seat is not None and any(unit in _units(seat, role) for role in seat.roles & HELD_BY[right])


def units_over(seat: Seat, right: Right) -> frozenset[int]:
    """Every unit over which a seat holds a right."""
    return frozenset().union(*(_units(seat, role) for role in seat.roles & HELD_BY[right]))


def over_person(seat: Seat | None, right: Right, person: int) -> bool:
    """Whether a seat holds a right over a person: over the unit in which that person works on the seat's day, or had
    last worked when they left.

    Nobody rates, decides on or exempts themselves; and a head, only who stands above the unit that head leads.
    """
    if seat is None or not holds(seat, right):
        return False
    if right in OWN:
        return seat.person == person
    if right in ON_OTHERS:
        return seat.person != person and _stands_above(seat, right, person)
    return any(over_unit(seat, right, unit) for unit in _homes(seat, person))


def over_account(seat: Seat | None, right: Right, account: Account) -> bool:
    """Whether a seat holds a right over an account: over its person; over anybody when it has none (an auditor from
    outside) or the person never held a post."""
    if seat is None or account.person_id is None or not _homes(seat, account.person_id):
        return holds(seat, right)
    return over_person(seat, right, account.person_id)


def points_as_of(seat: Seat, person: int, choice: str = "last_night") -> Literal["live", "last_night"]:
    """As of when a seat sees a person's points: one's own live, others' as the site chose (`live` or, when it chose
    nothing, `last_night`)."""
    return "live" if seat.person == person or choice == "live" else "last_night"


def seen_as(seat: Seat, person: int) -> str:
    """In which right a seat sees a person's record: `delegate` for a head by delegation, else the first such role;
    `rater` for who stands nowhere over that person."""
    homes = _homes(seat, person)
    for role in (Role.HEAD, Role.LEADER, Role.PERSONNEL, Role.ACCOUNTANT, Role.AUDITOR):
        if role in seat.roles and any(unit in _units(seat, role) for unit in homes):
            lent = role is Role.HEAD and all(unit in seat.lent for unit in homes if unit in seat.leads)
            return "delegate" if lent else role.value
    if seat.person == person:
        return Role.OFFICIAL.value
    return Role.RATER.value if seat.rates else ""


def _stands_above(seat: Seat, right: Right, person: int) -> bool:
    led = set(leading_units(person, seat.day))
    return any(
        over_unit(seat, right, unit) and (unit not in led or unit in seat.below) for unit in _homes(seat, person)
    )


def _homes(seat: Seat, person: int) -> list[int]:
    if person not in seat.homes:
        seat.homes[person] = units_of(person, seat.day)
    return seat.homes[person]


def _units(seat: Seat, role: Role) -> frozenset[int]:
    """Over which units a role is held."""
    return {
        Role.OFFICIAL: seat.units,
        Role.HEAD: seat.leads,
        Role.LEADER: seat.leads_agency,
        Role.PERSONNEL: seat.personnel,
        Role.OWNER: seat.rules,
        Role.KEEPER: seat.sources,
        Role.CLERK: seat.registers,
        Role.ACCOUNTANT: seat.finance,
        Role.RATER: frozenset(),  # named people, whom the room of marking knows
        Role.AUDITOR: seat.audits,
        Role.ADMINISTRATOR: seat.administers,
    }[role]
