"""Mappings of files as the site reads them: names of people are looked up among its own."""

from collections import defaultdict

from congtam.files import read_mapping
from congtam.files.mapping import Mapping
from congtam.files.roster import Person, Roster
from congtam.orgs.models import UnitSpan
from congtam.people.models import PersonText, PostSpan, Spell


def site_mapping(text: str, name: str = "mapping.yaml") -> Mapping:
    """A mapping from YAML text. Raises `Unusable` with every finding."""
    return read_mapping(text, name, site_roster())


def site_roster() -> Roster:
    """Everyone the site knows by name, with the units in which they work or worked, and every unit by its names."""
    units = dict(UnitSpan.standing().order_by("seq").values_list("unit__code", "name"))
    places: dict[int, set[str]] = defaultdict(set)
    for post, unit in PostSpan.standing().values_list("post_id", "unit__code"):
        places[post].add(unit)
    worked: dict[int, set[str]] = defaultdict(set)
    for person, post in Spell.standing().values_list("person_id", "post_id"):
        worked[person] |= places[post]
    texts = PersonText.objects.values_list("person_id", "person__code", "full_name")
    return Roster(
        (Person(code, name, tuple(sorted(worked[number]))) for number, code, name in texts),
        units,
    )
