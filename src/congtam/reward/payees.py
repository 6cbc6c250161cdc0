"""Whom a list of payments pays, as people know them: name, code, post and unit as of a day."""

from dataclasses import dataclass
from datetime import date

from congtam.orgs.queries import names_of as units_named
from congtam.orgs.queries import trees_under
from congtam.people.models import Person
from congtam.people.queries import staff_of, units_of_all
from congtam.reward.models import PayLine, PayList


@dataclass(frozen=True)
class Payee:
    """One person of a list. `post`: the highest one held in the agency on the day, blank for who left; `unit`: where
    they work, or last worked."""

    line: PayLine
    name: str
    code: str
    post: str
    unit: str


def payees(one: PayList, day: date) -> list[Payee]:
    """Everyone of a list, by unit, then by name. Who was erased is called by the code."""
    lines = {line.person_id: line for line in one.lines.all()}
    homes = units_of_all(lines, day)
    units = units_named({unit for found in homes.values() for unit in found}, day)
    posts: dict[int, str] = {}
    for staff in staff_of(trees_under([one.agency_id], day), day):
        posts.setdefault(staff.person, staff.title)
    people = Person.objects.filter(pk__in=lines).values_list("pk", "code", "text__full_name", "text__sort_key")
    found = [
        (
            key or "",
            Payee(
                lines[person],
                name or code,
                code,
                posts.get(person, ""),
                ", ".join(units[unit] for unit in homes.get(person, ()) if unit in units),
            ),
        )
        for person, code, name, key in people
    ]
    return [payee for _, payee in sorted(found, key=lambda pair: (pair[1].unit, pair[0], pair[1].code))]
