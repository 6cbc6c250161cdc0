"""The demo's units, posts, people, spells and absences, written through the rooms' actions."""

from dataclasses import dataclass, field
from datetime import date

from congtam.history.actor import Actor
from congtam.orgs.actions import record_change, set_unit
from congtam.orgs.models import Unit
from congtam.people.actions import add_person, begin_spell, record_absence, set_post
from congtam.people.models import Person, Post
from congtam.simulate.demo.department import department
from congtam.simulate.demo.people import (
    AGENCY,
    CENTRES,
    EXTERNAL_NAMES,
    HEADS,
    LEADERS,
    MERGER,
    PEOPLE,
    POSTS,
    SUPPORTERS,
    UNITS,
)
from congtam.simulate.site.cast import SPECIALS

RANKS = {"GD": 10, "PGD": 20, "CVP": 30, "TP": 30, "CCT": 30, "GDTT": 30, "CV": 60, "VC": 60, "VT": 70, "KT": 70}
DEPUTY = 40
WOMEN = " Thị ", " Nữ "
DECISION = "QĐ-MAU"


@dataclass
class House:
    """What was made, by the codes of the demo."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)

    @property
    def agency(self) -> Unit:
        """The department itself."""
        return self.units[AGENCY]


def build_house(actor: Actor, today: date) -> House:
    """Everything about units and people that is known on `today`."""
    house = House()
    _units(actor, house)
    _people(actor, house)
    _spells(actor, house, today)
    return house


def _units(actor: Actor, house: House) -> None:
    for code, parent, first, until, name in UNITS:
        above = house.units[parent] if parent else None
        level = "agency" if above is None else "centre" if code in CENTRES else "section"
        house.units[code] = set_unit(
            actor, code, name=name, level=level, parent=above, agency=above, first=first, until=until
        )
    old = [house.units[code] for code, parent, _, until, _ in UNITS if not parent and until]
    shares: list[tuple[Unit | None, Unit | None, int]] = [(one, house.agency, 1_000_000) for one in old]
    record_change(
        actor, "merger", number=f"01/{DECISION}", decided_on=date(2025, 2, 20), effective_on=MERGER, shares=shares
    )


def _people(actor: Actor, house: House) -> None:
    for code, name in [*((person[0], person[1]) for person in PEOPLE), *EXTERNAL_NAMES.items()]:
        honorific = "Bà" if any(part in name for part in WOMEN) else "Ông"
        house.people[code] = add_person(actor, code, full_name=name, honorific=honorific)


def _spells(actor: Actor, house: House, today: date) -> None:
    organisation = department(today)
    for spell in organisation.spells:
        special = SPECIALS.get(spell.official) if spell.first >= MERGER else None
        post = _post(actor, house, spell.unit, spell.post, spell.official if special else None)
        begin_spell(
            actor,
            code=spell.spell,
            person=house.people[spell.official],
            post=post,
            staff_kind=spell.staff_kind,
            first=spell.first,
            until=spell.until,
            decision=f"{int(spell.official[2:]):03d}/{DECISION}",
        )
    for away in organisation.absences:
        record_absence(
            actor,
            person=house.people[away.official],
            kind=away.kind,
            first=away.first,
            until=away.until,
            decision=away.decision or "",
        )


def _post(actor: Actor, house: House, unit: str, kind: str, special_of: str | None) -> Post:
    """The post of a kind in a unit, or the one of its own a person holds; made when first asked for."""
    special = SPECIALS[special_of] if special_of else None
    code = special.code if special else f"{unit}-{kind}"
    if code not in house.posts:
        stands = [(first, until) for own, _, first, until, _ in UNITS if own == unit]
        house.posts[code] = set_post(
            actor,
            code,
            unit=house.units[unit],
            title=special.title if special else POSTS[kind],
            duty_group="lanh_dao" if kind in LEADERS else "ho_tro" if kind in SUPPORTERS else "chuyen_mon",
            leads=kind in HEADS,
            rank=RANKS.get(kind, DEPUTY),
            functions=special.functions if special else (),
            first=stands[0][0],
            until=stands[-1][1],
        )
    return house.posts[code]
