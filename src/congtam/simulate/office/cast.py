"""Who works where in an invented organisation: agencies of about 200, sections of about 12, people who differ."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from congtam.engine.facts.tables import Absence, Name, Spell, Unit
from congtam.simulate.days import local
from congtam.simulate.lateness import personal_late_share
from congtam.simulate.manners import Manner
from congtam.simulate.office import names
from congtam.simulate.organisation import Organisation, Records

AGENCY_SIZE, SECTION_SIZE = 200, 12
LONG_AGO = date(2021, 1, 1)
SERVICE = 5  # one agency in so many gives public services: its people are public employees
MOVES, JOINS, LEAVES = 0.012, 0.01, 0.008  # shares of the officials, over the whole time
AWAY: tuple[tuple[str, float, int, int], ...] = (  # kind, chance a month, days
    ("leave", 0.30, 1, 5),
    ("sick", 0.03, 2, 8),
    ("study", 0.02, 2, 6),
    ("sick", 0.003, 20, 60),
    ("maternity", 0.002, 180, 184),
)


@dataclass
class Cast:
    """The organisation and, for each section with its people at the start, the officials whose work is told there."""

    organisation: Organisation
    sections: dict[str, list[str]]


@dataclass
class _Casting:
    first: date
    until: date
    rng: Random
    officials: int = 0
    opened: int = 0
    manners: dict[str, Manner] = field(default_factory=dict)
    spells: list[Spell] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    sections: dict[str, list[str]] = field(default_factory=dict)
    partners: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def known_first(self) -> date:
        return self.first - timedelta(days=1)


def cast(officials: int, sections: int | None, seed: int, first: date, until: date) -> Cast:
    """Invent an organisation of so many officials, in so many sections, as it is from `first` to before `until`."""
    made = _Casting(first, until, Random(f"{seed} cast"))
    agencies = max(1, round(officials / AGENCY_SIZE))
    for kind, texts in (("post", names.POSTS), ("duty_group", names.DUTY_GROUPS)):
        made.names += [Name(code, kind, text) for code, text in texts.items()]
    made.names.append(Name(names.ABOVE, "official", names.ABOVE_NAME))
    for number in range(agencies):
        people = officials * (number + 1) // agencies - officials * number // agencies
        own = None if sections is None else sections * (number + 1) // agencies - sections * number // agencies
        _agency(made, number + 1, people, own)
    organisation = Organisation(
        manners=made.manners,
        spells=made.spells,
        absences=made.absences,
        heads=names.HEADS,
        above=names.ABOVE,
        partners=made.partners,
        records=Records(tuple(_spell_rows(made)), tuple(made.absences), tuple(made.units), tuple(made.names)),
    )
    return Cast(organisation, made.sections)


def _agency(made: _Casting, number: int, people: int, sections: int | None) -> None:
    """One agency: its leadership, and the others spread over its sections."""
    code = f"CQ-{number:03d}"
    service = number % SERVICE == 0
    what = "Đơn vị sự nghiệp mẫu" if service else "Sở mẫu"
    _unit(made, code, code, None, f"{what} {number} ({names.SAMPLE})")
    leaders = ["GD", *["PGD"] * min(3, people // 50)]
    before = len(made.spells)
    made.sections[code] = [_person(made, code, code, post, service, bias=0) for post in leaders]
    rest = people - len(leaders)
    count = min(max(2, round(rest / SECTION_SIZE)) if sections is None else max(1, sections), max(1, rest // 2))
    fields = list((names.CENTRES if service else names.SECTIONS).items())
    codes = []
    for index in range(count):
        field_code, text = fields[index % len(fields)]
        made.opened += 1
        unit = f"{field_code}-{made.opened:04d}"
        again = f" {index // len(fields) + 1}" if count > len(fields) else ""
        _unit(made, unit, code, code, f"{text}{again}")
        size = rest * (index + 1) // count - rest * index // count
        bias = made.rng.gauss(0, 0.7)
        posts = ["TP", *(["PTP"] if size >= 6 else [])]
        posts += ["VC" if service else "CV"] * (size - len(posts))
        made.sections[unit] = [_person(made, unit, code, post, service, bias=bias) for post in posts]
        codes.append(unit)
    for index, unit in enumerate(codes):
        after = [codes[(index + step) % count] for step in (1, 2)]
        made.partners[unit] = tuple(dict.fromkeys(other for other in after if other != unit))
    _moves(made, codes, range(before, len(made.spells)))


def _unit(made: _Casting, code: str, agency: str, parent: str | None, text: str) -> None:
    made.units.append(Unit(0, local(made.known_first, 8), code, agency, LONG_AGO, parent))
    made.names.append(Name(code, "unit", text))


def _person(made: _Casting, unit: str, agency: str, post: str, service: bool, *, bias: float) -> str:
    made.officials += 1
    code, rng = f"CB{made.officials:05d}", made.rng
    made.names.append(Name(code, "official", names.person(rng)))
    made.manners[code] = _manner(rng, bias)
    joins = rng.random() < JOINS and post not in names.HEADS
    leaves = rng.random() < LEAVES and post not in names.HEADS and not joins
    span = (made.until - made.first).days
    first = made.first + timedelta(days=rng.randrange(span)) if joins else LONG_AGO
    until = made.first + timedelta(days=rng.randrange(10, max(11, span))) if leaves else None
    made.spells.append(_spell(made, f"{code}-1", code, unit, agency, post, service, first, until))
    made.absences += _absences(made, code)
    return code


def _manner(rng: Random, bias: float) -> Manner:
    """How one person works; a good mark goes to those whose work is good, with the bias of the one who rates."""
    late = min(0.9, personal_late_share(rng))
    fault = min(0.6, rng.betavariate(1, 14))
    dropped = 0.12 * rng.random() ** 8
    worth = 20.6 - 6 * (late - 0.28) - 14 * (fault - 0.07) - 60 * dropped + rng.gauss(0, 2.2) + bias
    general = max(3.0, min(29.5, worth))
    return Manner(late, dropped, fault, rng.uniform(0, 0.25), general, load=rng.uniform(15, 23), strays=0.8)


def _spell(
    made: _Casting,
    spell: str,
    official: str,
    unit: str,
    agency: str,
    post: str,
    service: bool,
    first: date,
    until: date | None,
) -> Spell:
    return Spell(
        seq=0,
        recorded_at=local(max(first, made.known_first), 8),
        spell=spell,
        official=official,
        post=post,
        unit=unit,
        agency=agency,
        duty_group="lanh_dao" if post in names.LEADERS else "chuyen_mon",
        leader=post in names.LEADERS,
        staff_kind="public_employee" if service else "civil_servant",
        first=first,
        until=until,
    )


def _absences(made: _Casting, official: str) -> list[Absence]:
    """Stretches away that do not overlap, at most one a month."""
    found: list[Absence] = []
    free = made.first
    while free < made.until:
        for kind, chance, least, most in AWAY:
            if made.rng.random() < chance:
                first = free + timedelta(days=made.rng.randrange(20))
                until = first + timedelta(days=made.rng.randint(least, most))
                recorded = local(max(made.known_first, first - timedelta(days=2)), 9)
                decision = None if kind == "leave" else f"{made.rng.randrange(1, 999)}/QĐ-NS"
                found.append(Absence(0, recorded, official, first, until, kind, decision))
                free = until
                break
        free += timedelta(days=30)
    return found


def _moves(made: _Casting, sections: list[str], spells: range) -> None:
    """Some staff go to another section of their agency on some day."""
    if len(sections) < 2:
        return
    for index in spells:
        spell = made.spells[index]
        stays = spell.unit in sections and not spell.leader and spell.until is None and spell.first == LONG_AGO
        if stays and made.rng.random() < MOVES:
            day = made.first + timedelta(days=made.rng.randrange(10, max(11, (made.until - made.first).days)))
            other = made.rng.choice([unit for unit in sections if unit != spell.unit])
            made.spells[index] = replace(spell, until=day)
            official, service = spell.official, spell.staff_kind == "public_employee"
            made.spells.append(
                _spell(made, f"{official}-2", official, other, spell.agency, spell.post, service, day, None)
            )


def _spell_rows(made: _Casting) -> Iterator[Spell]:
    """Each spell as it was opened and, once its end was known, superseded by a row with the end."""
    for spell in made.spells:
        yield replace(spell, until=None)
        if spell.until:
            known = max(made.known_first, spell.until - timedelta(days=3))
            yield replace(spell, recorded_at=max(spell.recorded_at, local(known, 15)))
