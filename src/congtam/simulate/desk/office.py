"""Who works in the simulated office: people of the demo in the units of its department, with rules, accounts and the
sources of work that other systems tell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from congtam.access.actions import open_account
from congtam.history.actor import SYSTEM, Actor
from congtam.orgs.actions import set_unit
from congtam.orgs.models import Unit
from congtam.people.actions import add_person, begin_spell, set_post
from congtam.people.models import Person
from congtam.registry.actions import add_card, adopt, approve_copy
from congtam.simulate.demo.people import AGENCY, CENTRES, HEADS, LEADERS, MERGER, PEOPLE, POSTS, RETIRING, UNITS
from congtam.simulate.desk.browser import Browser
from congtam.simulate.desk.clock import Clock
from congtam.simulate.site.house import DEPUTY, RANKS, WOMEN
from congtam.simulate.site.load import CARDS
from congtam.sources.actions import add_datum, add_source, make_token, set_authority

FEWEST, MOST = 8, 50
LEADER, CLERK = "CB001", "CB009"
EARLIEST = ("CB001", "CB004", "CB009", "CB015", "CB017", "CB018", "CB021", "CB023", "CB025", "CB020")
PASSWORD = "VanPhongMau2026"
RULES_FROM = {"vn/national/decree-233-2026": date(2026, 7, 1)}
WINDOW = "mot-cua"
PUSHED = ("dossier", "exchange")


@dataclass
class Member:
    """Somebody of the office: `number` of the person, `heads` whether the post leads its unit."""

    code: str
    number: int
    name: str
    unit: str
    heads: bool
    staff_kind: str
    browser: Browser


@dataclass
class Office:
    """The office by codes, and the token with which its one-stop window pushes."""

    members: dict[str, Member] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    token: str = ""

    def under(self, head: Member) -> list[Member]:
        """Whom a head gives work to: the people of the unit; the leader of the agency, its heads."""
        if head.code == LEADER:
            return [one for one in self.members.values() if one.heads and one.code != LEADER]
        return [one for one in self.members.values() if one.unit == head.unit and not one.heads]

    @property
    def heads(self) -> list[Member]:
        """Heads of sections."""
        return [one for one in self.members.values() if one.heads and one.code != LEADER]


def open_office(people: int, clock: Clock, after: Callable[[], None]) -> Office:
    """An office of so many people in an empty site."""
    chosen = _chosen(people)
    office = Office()
    units = {person[2] for person in chosen} | {AGENCY}
    for code, parent, first, until, name in UNITS:
        if code in units and first == MERGER and until is None:
            above = office.units[parent] if parent else None
            level = "agency" if above is None else "centre" if code in CENTRES else "section"
            office.units[code] = set_unit(
                SYSTEM, code, name=name, level=level, parent=above, agency=above, first=MERGER
            )
    accounts = [_seated(office, desk, person, clock, after) for desk, person in enumerate(chosen)]
    _rules(Actor(accounts[0]), Actor(accounts[1]))
    source = add_source(SYSTEM, WINDOW, "Hệ thống một cửa (DỮ LIỆU MẪU)", first=MERGER)
    for kind in PUSHED:
        datum = add_datum(SYSTEM, kind, kind, work_kind=kind)
        set_authority(SYSTEM, datum, office.units[AGENCY], source, first=MERGER, number="30/QĐ-MAU")
    office.token = make_token(SYSTEM, source, "mô phỏng")
    return office


def _chosen(people: int) -> list[tuple[str, ...]]:
    """The first so many: a leader, a clerk, sections with their heads, then everybody else."""
    known = {person[0]: person for person in PEOPLE if person[0] != RETIRING}
    order = [*EARLIEST, *(code for code in known if code not in EARLIEST)]
    return [known[code] for code in order[:people]]


def _seated(office: Office, desk: int, person: tuple[str, ...], clock: Clock, after: Callable[[], None]) -> int:
    """Somebody in a post of their own, with an account and a browser; the account's number."""
    code, name, unit, kind = person[:4]
    staff_kind = "public_employee" if unit in CENTRES else "civil_servant"
    one: Person = add_person(SYSTEM, code, full_name=name, honorific="Bà" if any(w in name for w in WOMEN) else "Ông")
    post = set_post(
        SYSTEM,
        f"{unit}-{code}",
        unit=office.units[unit],
        title=POSTS[kind],
        duty_group="lanh_dao" if kind in LEADERS else "chuyen_mon",
        leads=kind in HEADS,
        rank=RANKS.get(kind, DEPUTY),
        functions=("registers",) if code == CLERK else (),
        first=MERGER,
    )
    begin_spell(
        SYSTEM, code=f"{code}-1", person=one, post=post, staff_kind=staff_kind, first=MERGER, decision="01/QĐ-MAU"
    )
    account = open_account(SYSTEM, code.lower(), PASSWORD, person=one, demo=True)
    browser = Browser(code, desk, clock, after)
    office.members[code] = Member(code, one.pk, name, unit, kind in HEADS, staff_kind, browser)
    return int(account.pk)


def _rules(owner: Actor, approver: Actor) -> None:
    for rulebook in dict.fromkeys(one for one, *_ in CARDS):
        approve_copy(approver, adopt(owner, rulebook, first=RULES_FROM.get(rulebook, date(2026, 1, 1))))
    for rulebook, scorecard, legal, first in CARDS:
        add_card(owner, rulebook, scorecard, legal, max(first, RULES_FROM.get(rulebook, date(2026, 1, 1))))
