"""The people and units of an office: codes by name. A name that two people bear stays theirs both."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from congtam.engine.findings import Place, unusable
from congtam.intake.columns import as_mapped, tidy
from congtam.intake.formats import packed_kind
from congtam.intake.guessing import plain
from congtam.intake.opening import opened
from congtam.intake.people_cells import name_key, without_title
from congtam.intake.sniffing import sniff_delimiter, sniff_encoding
from congtam.intake.spreadsheets.header import LOOKED_AT as HEADER_ROWS
from congtam.intake.spreadsheets.header import find_header
from congtam.intake.spreadsheets.values import as_text
from congtam.intake.spreadsheets.workbook import Workbook

CODE, NAME, UNIT = "code", "name", "unit"
ALSO = {
    CODE: ("mã", "ma", "mã cán bộ", "mã cb", "mã cbcc", "mã số", "mã nhân viên", "mã cc"),
    NAME: ("họ và tên", "họ tên", "ho ten", "tên", "tên cán bộ", "cán bộ"),
    UNIT: ("đơn vị", "don vi", "phòng", "phòng ban", "bộ phận", "đơn vị công tác", "phòng, ban"),
}
SHAPE = "a table with the columns code, name and unit (mã, họ tên, đơn vị), or a folder with name.csv and spell.csv"
CLOSE = 3  # names proposed for an unknown one
HEAD = 1 << 16


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


def load_roster(path: Path) -> Roster:
    """Read a table of people, or the names and spells of a folder. Raises `Unusable` when it is neither."""
    if path.is_dir():
        return _from_folder(path)
    place, units, names = Place(path.name), defaultdict[str, set[str]](set), dict[str, str]()
    for code, name, unit in _rows(path):
        if names.setdefault(code, name) != name:
            message = f"the code {code!r} stands for both {names[code]!r} and {name!r}"
            raise unusable("code-twice", message, "give each person a code of their own", place)
        units[code].update([unit] if unit else [])
    if not names:
        raise unusable("no-people", "the table of people is empty", f"give {SHAPE}", place)
    return Roster(Person(code, name, tuple(sorted(units[code]))) for code, name in names.items())


def _from_folder(folder: Path) -> Roster:
    """The officials and units of a folder of tables: their names, and the units they worked in."""
    people, units, spells = dict[str, str](), dict[str, str](), defaultdict[str, set[str]](set)
    for row in _contract_table(folder / "name.csv"):
        if row.get("kind") in ("official", "unit"):
            (people if row["kind"] == "official" else units)[row.get("code", "")] = row.get("text", "")
    if not people:
        raise unusable("no-people", "name.csv names no official", f"give {SHAPE}", Place(f"{folder.name}/name.csv"))
    if (folder / "spell.csv").is_file():
        for row in _contract_table(folder / "spell.csv"):
            spells[row.get("official", "")].add(row.get("unit", ""))
    return Roster((Person(code, name, tuple(sorted(spells[code]))) for code, name in people.items()), units)


def _contract_table(path: Path) -> list[dict[str, str]]:
    with opened(path) as stream:
        return list(csv.DictReader(stream.text("utf-8-sig", "replace")))


def _rows(path: Path) -> list[tuple[str, str, str]]:
    """Code, name and unit of every row of a table, wherever its header stands."""
    rows = _sheet(path) if packed_kind(path) == "xlsx" else _list(path)
    header, body = rows[0] if rows else [], rows[1:]
    at = {name: index for index, name in enumerate(as_mapped(header, ALSO, ALSO))}
    if missing := [name for name in (CODE, NAME) if name not in at]:
        message = f"the table of people has no column {missing[0]!r} ({', '.join(ALSO[missing[0]][:3])})"
        raise unusable("column-missing", message, f"give {SHAPE}", Place(path.name))
    cells = ([row[at[name]] if name in at and at[name] < len(row) else "" for name in ALSO] for row in body)
    return [(code, name, unit) for code, name, unit in cells if code and name]


def _list(path: Path) -> list[list[str]]:
    with opened(path) as stream:
        data = stream.data.read()
    text = data.decode(sniff_encoding(data[:HEAD]), errors="replace").removeprefix("\ufeff")
    return [
        [tidy(cell) for cell in row] for row in csv.reader(text.splitlines(), delimiter=sniff_delimiter(text[:HEAD]))
    ]


def _sheet(path: Path) -> list[list[str]]:
    """The header of a workbook's table and the rows below it."""
    with closing(Workbook(path)) as book:
        rows = [row for _, row in book.rows()]
        header = find_header(rows[:HEADER_ROWS], book.merged, lambda names: _fit(as_mapped(names, ALSO, ALSO)))
    if header is None:
        return []
    return [header.names, *([as_text(cell) for cell in row] for row in rows[header.below - 1 :])]


def _fit(names: list[str]) -> tuple[int, bool]:
    return sum(name in names for name in ALSO), CODE in names and NAME in names
