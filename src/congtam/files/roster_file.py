"""Reads the people of an office: from a table of codes, names and units, or from a folder of tables."""

import csv
from collections import defaultdict
from contextlib import closing
from pathlib import Path

from congtam.engine.findings import Place, unusable
from congtam.files.columns import as_mapped, tidy
from congtam.files.opening import opened, packed_kind
from congtam.files.roster import Person, Roster
from congtam.files.sniffing import sniff_delimiter, sniff_encoding
from congtam.files.spreadsheets.header import LOOKED_AT as HEADER_ROWS
from congtam.files.spreadsheets.header import find_header
from congtam.files.spreadsheets.values import as_text
from congtam.files.spreadsheets.workbook import Workbook

CODE, NAME, UNIT = "code", "name", "unit"
ALSO = {
    CODE: ("mã", "ma", "mã cán bộ", "mã cb", "mã cbcc", "mã số", "mã nhân viên", "mã cc"),
    NAME: ("họ và tên", "họ tên", "ho ten", "tên", "tên cán bộ", "cán bộ"),
    UNIT: ("đơn vị", "don vi", "phòng", "phòng ban", "bộ phận", "đơn vị công tác", "phòng, ban"),
}
SHAPE = "a table with the columns code, name and unit (mã, họ tên, đơn vị), or a folder with name.csv and spell.csv"
HEAD = 1 << 16


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
