"""Who worked where: the spell that decides, days worked, units under units, who leads whom."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.facts.tables import Absence, Facts, Spell, Unit
from congtam.engine.periods import Period
from congtam.engine.structure import Person, Structure

AT = datetime(2026, 1, 1, tzinfo=UTC)
SEPTEMBER = Period.parse("2026-09")  # 1 and 2 September 2026 are holidays
CALENDAR = load_calendar(Path(congtam.__file__).parent / "rulebooks/vn/national/calendar/calendar.yaml").as_known()
UNITS = (
    Unit(1, AT, "so", "so", date(2020, 1, 1)),
    Unit(2, AT, "phong-1", "so", date(2020, 1, 1), "so"),
    Unit(3, AT, "to-1", "so", date(2020, 1, 1), "phong-1", date(2026, 7, 1)),
    Unit(4, AT, "to-1", "so", date(2026, 7, 1), "phong-2"),
    Unit(5, AT, "phong-2", "so", date(2020, 1, 1), "so"),
)


def spell(official: str, unit: str, first: str, until: str | None = None, **more: Any) -> Spell:
    given: dict[str, Any] = {"leader": False, "staff_kind": "civil_servant", **more}
    return Spell(1, AT, f"{official}-{first}", official, "p", unit, "so", "g", given["leader"], given["staff_kind"],
                 date.fromisoformat(first), date.fromisoformat(until) if until else None)  # fmt: skip


def structure(*spells: Spell, absences: tuple[Absence, ...] = (), units: tuple[Unit, ...] = UNITS) -> Structure:
    return Structure(Facts(spells=spells, absences=absences, units=units), CALENDAR)


def people(made: Structure, *kinds: str) -> list[Person]:
    return made.people(SEPTEMBER, SEPTEMBER.until, kinds)


def away(first: str, until: str) -> Absence:
    return Absence(1, AT, "an", date.fromisoformat(first), date.fromisoformat(until), "leave")


def test_the_spell_in_force_on_the_first_day_decides() -> None:
    (an,) = people(structure(spell("an", "phong-2", "2026-09-15"), spell("an", "phong-1", "2026-01-01", "2026-09-15")))
    assert (an.spell.unit, len(an.spells), an.role) == ("phong-1", 2, "staff")


@pytest.mark.parametrize(
    ("until", "unit"), [("2027-01-01", "phong-2"), ("2026-09-15", "phong-1"), ("2026-12-01", "phong-2")]
)
def test_a_year_is_graded_where_somebody_works_when_it_is_seen(until: str, unit: str) -> None:
    beside = spell("an", "to-1", "2026-10-01")  # another post at the same time
    moved = (spell("an", "phong-1", "2025-01-01", "2026-09-15"), spell("an", "phong-2", "2026-09-15"))
    (an,) = structure(*moved, beside).people(Period.parse("2026"), date.fromisoformat(until))
    assert (an.spell.unit, len(an.spells)) == (unit, 3)
    (left,) = structure(moved[0]).people(Period.parse("2026"), date.fromisoformat(until))
    assert left.spell.unit == "phong-1"


def test_who_begins_within_the_month_is_scored_by_the_spell_then_begun() -> None:
    (an,) = people(structure(spell("an", "phong-2", "2026-09-15", leader=True)))
    assert (an.spell.unit, an.role) == ("phong-2", "leader")


@pytest.mark.parametrize(("first", "until", "there"), [
    ("2026-01-01", "2026-09-01", False), ("2026-01-01", "2026-09-02", True),
    ("2026-10-01", None, False), ("2026-09-30", None, True),
])  # fmt: skip
def test_spells_are_half_open(first: str, until: str | None, there: bool) -> None:
    assert bool(people(structure(spell("an", "phong-1", first, until)))) is there


def test_people_are_chosen_by_kind_and_listed_by_code() -> None:
    made = structure(spell("cuc", "u", "2026-01-01"), spell("an", "u", "2026-01-01"),
                     spell("binh", "u", "2026-01-01", staff_kind="public_employee"))  # fmt: skip
    assert [one.official for one in people(made)] == ["an", "binh", "cuc"]
    assert [one.official for one in people(made, "public_employee")] == ["binh"]


def test_days_worked_leave_out_holidays_absences_and_days_without_a_spell() -> None:
    whole = people(structure(spell("an", "u", "2026-01-01")))[0].working_days
    assert whole == CALENDAR.working_days(SEPTEMBER.first, SEPTEMBER.until) == 20
    assert people(structure(spell("an", "u", "2026-09-15")))[0].working_days == 12
    # Monday 7 to before Thursday 10; a second row over the same days takes nothing more
    made = structure(
        spell("an", "u", "2026-01-01"), absences=(away("2026-09-07", "2026-09-10"), away("2026-09-08", "2026-09-09"))
    )
    assert people(made)[0].working_days == 17


def test_two_spells_on_the_same_days_count_the_days_once() -> None:
    both = structure(spell("an", "u", "2026-01-01"), spell("an", "v", "2026-02-01"))
    assert people(both)[0].working_days == 20


def test_days_not_yet_over_are_not_worked() -> None:
    made = structure(spell("an", "u", "2026-01-01"))
    assert made.people(SEPTEMBER, date(2026, 9, 8))[0].working_days == 3  # the 3rd, 4th and 7th
    assert made.people(SEPTEMBER, SEPTEMBER.first)[0].working_days == 0


def test_units_stand_under_units_as_of_the_day() -> None:
    made = structure()
    assert made.chain("to-1", date(2026, 6, 30)) == ["to-1", "phong-1", "so"]
    assert made.chain("to-1", date(2026, 7, 1)) == ["to-1", "phong-2", "so"]
    assert (made.depth("to-1", date(2026, 7, 1)), made.depth("so", date(2026, 7, 1))) == (2, 0)
    assert made.units_below("phong-2", date(2026, 7, 1)) == {"phong-2", "to-1"}
    assert made.units_below("unknown", date(2026, 7, 1)) == {"unknown"}


def test_a_loop_of_units_ends() -> None:
    loop = (Unit(1, AT, "a", "so", date(2020, 1, 1), "b"), Unit(2, AT, "b", "so", date(2020, 1, 1), "a"))
    assert structure(units=loop).chain("a", date(2026, 1, 1)) == ["a", "b"]


def test_a_leader_leads_the_staff_of_the_unit_and_everyone_below() -> None:
    made = structure(
        spell("chief", "phong-2", "2026-01-01", leader=True),
        spell("deputy", "phong-2", "2026-01-01", leader=True),
        spell("staff", "phong-2", "2026-01-01"),
        spell("team", "to-1", "2026-01-01", leader=True),
        spell("other", "phong-1", "2026-01-01"),
    )
    by_name = {one.official: one for one in people(made)}
    led = made.below(by_name.values(), SEPTEMBER.first)
    assert led(by_name["chief"]) == ["staff", "team"]
    assert led(by_name["staff"]) == []
