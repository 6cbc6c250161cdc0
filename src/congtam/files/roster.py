"""The people and units of an office: codes by name. A name that two people bear stays theirs both."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from congtam.files.guessing import plain
from congtam.files.people_cells import name_key, without_title

CLOSE = 3  # names proposed for an unknown one


@dataclass(frozen=True)
class Person:
    """One official: a code, a name, and the codes or names of the units in which the official works or worked."""

    code: str
    name: str
    units: tuple[str, ...] = ()


class Roster:
    """Looks people up by name or code, and units by name or code."""

    def __init__(self, people: Iterable[Person], unit_names: dict[str, str] | None = None):
        self.people = list(people)
        self._by_code = {name_key(one.code): one for one in self.people}
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        for one in self.people:
            self._by_name[name_key(one.name)].append(one)
        self._units = {name_key(unit): unit for one in self.people for unit in one.units}
        self._units |= {name_key(text): code for code, text in (unit_names or {}).items()}
        self._units |= {name_key(code): code for code in (unit_names or {})}

    def find(self, name: str) -> list[Person]:
        """Everybody who bears a name, or has it as a code; a title before it is left out when it is not known whole."""
        for text in dict.fromkeys((name, without_title(name))):
            if found := self._by_name.get(name_key(text)):
                return found
            if found_code := self._by_code.get(name_key(text)):
                return [found_code]
        return []

    def unit(self, name: str | None) -> str | None:
        """The code of a unit by its name or code; None when it is no unit that is known."""
        return self._units.get(name_key(name)) if name else None

    def close_to(self, name: str) -> list[Person]:
        """People whose names look like an unknown one, marks left aside, the closest first."""
        by_plain: dict[str, list[Person]] = defaultdict(list)
        for one in self.people:
            by_plain[plain(one.name)].append(one)
        found = get_close_matches(plain(without_title(name)), by_plain, n=CLOSE, cutoff=0.7)
        return [one for text in found for one in by_plain[text]][:CLOSE]
