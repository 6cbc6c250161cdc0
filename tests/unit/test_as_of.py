"""Which rulebook is in force on a day, for whom, and which older one may still be used."""

from datetime import date
from pathlib import Path

import pytest
from tiny import tiny

from congtam.engine.rulebook.as_of import as_of
from congtam.engine.rulebook.bound import Rulebook

OLD = ("valid_from: 2026-01-01\nvalid_to: 2027-01-01", "valid_from: 2025-01-01\nvalid_to: 2026-01-01")
TRANSITION = (
    "\ncalendar:",
    "\ntransition: [{rulebook: old, until: 2026-04-01, when: {vi: Việc dở dang, en: Work under way}}]\ncalendar:",
)


@pytest.fixture(name="books")
def _books(tmp_path: Path) -> list[Rulebook]:
    employees = ("[civil_servant]", "[public_employee]")
    return [
        tiny(tmp_path, "new", rulebook=TRANSITION),
        tiny(tmp_path, "employees", rulebook=employees),
        tiny(tmp_path, "old", rulebook=OLD),
    ]


def ids(books: list[Rulebook], day: str, **scope: str) -> list[str]:
    return [one.rulebook.id for one in as_of(books, date.fromisoformat(day), scope)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-12-31", []),
        ("2025-01-01", ["old"]),
        ("2025-12-31", ["old"]),
        ("2026-01-01", ["employees", "new"]),
        ("2026-12-31", ["employees", "new"]),
        ("2027-01-01", []),
    ],
)
def test_validity_is_half_open(books: list[Rulebook], day: str, expected: list[str]) -> None:
    assert ids(books, day) == expected


def test_scope_chooses_among_those_in_force(books: list[Rulebook]) -> None:
    assert ids(books, "2026-06-01", staff_kind="civil_servant") == ["new"]
    assert ids(books, "2026-06-01", staff_kind="contract") == []
    assert ids(books, "2026-06-01", province="hue") == ["employees", "new"]  # what a scope leaves unsaid is open


ENDS = (
    "scope: {staff_kind: [civil_servant]}",
    "scope: {staff_kind: [civil_servant, public_employee]}\nends: [{staff_kind: civil_servant, on: 2026-07-01}]",
)


@pytest.mark.parametrize(
    ("day", "kind", "held"),
    [
        ("2026-06-30", "civil_servant", True),
        ("2026-07-01", "civil_servant", False),
        ("2026-07-01", "public_employee", True),
        ("2026-12-31", "public_employee", True),
        ("2027-01-01", "public_employee", False),
    ],
)
def test_a_rulebook_may_end_earlier_for_one_kind_of_staff(tmp_path: Path, day: str, kind: str, held: bool) -> None:
    book = tiny(tmp_path, rulebook=ENDS)
    assert ids([book], day, staff_kind=kind) == (["tiny"] if held else [])
    assert ids([book], day) == (["tiny"] if day < "2027-01-01" else [])  # for somebody it holds


@pytest.mark.parametrize("status", ["proposal", "example", '"off"'])
def test_what_is_no_law_is_never_in_force(tmp_path: Path, status: str) -> None:
    book = tiny(tmp_path, rulebook=("\nclock: given", f"\nstatus: {status}\nclock: given"))
    assert ids([book], "2026-06-01") == []


@pytest.mark.parametrize(("day", "allowed"), [("2026-03-31", ["old"]), ("2026-04-01", [])])
def test_an_older_rulebook_may_be_used_until_its_transition_ends(
    books: list[Rulebook], day: str, allowed: list[str]
) -> None:
    (one,) = as_of(books, date.fromisoformat(day), {"staff_kind": "civil_servant"})
    assert [clause.rulebook for clause in one.transitions] == allowed
