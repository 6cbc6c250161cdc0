"""Tables that do not fit together: one row per finding."""

from datetime import UTC, date, datetime

import pytest

from congtam.engine.facts.checks import check_facts
from congtam.engine.facts.tables import Absence, Event, Facts, Spell, Unit
from congtam.engine.findings import errors

AT = datetime(2026, 1, 1, tzinfo=UTC)


def spell(code: str, first: date, until: date | None = None, official: str = "an", unit: str = "phong") -> Spell:
    return Spell(1, AT, code, official, "CV", unit, "so", "chuyen_mon", False, "civil_servant", first, until)


def unit(code: str, parent: str | None = None) -> Unit:
    return Unit(1, AT, code, "so", date(2020, 1, 1), parent)


GOOD = Facts(spells=(spell("s", date(2025, 1, 1)),), units=(unit("phong"),))

WRONG = [
    ("empty-span", Facts(spells=(spell("s", date(2026, 1, 2), date(2026, 1, 2)),)), True),
    ("empty-span", Facts(absences=(Absence(1, AT, "an", date(2026, 1, 2), date(2026, 1, 1), "sick"),)), True),
    ("circular-units", Facts(units=(unit("a", "b"), unit("b", "a"))), True),
    ("unknown-unit", Facts(units=(unit("a", "b"),)), False),
    ("unknown-unit", Facts(spells=(spell("s", date(2025, 1, 1), unit="la"),), units=(unit("phong"),)), False),
    (
        "overlapping-spells",
        Facts(spells=(spell("s1", date(2025, 1, 1), date(2025, 6, 2)), spell("s2", date(2025, 6, 1)))),
        False,
    ),
    (
        "unknown-official",
        Facts(events=(Event(1, AT, "i", AT, "assigned", official="la"),), spells=GOOD.spells),
        False,
    ),
]


def test_tables_that_fit_have_no_findings() -> None:
    assert check_facts(GOOD) == []


@pytest.mark.parametrize(("code", "facts", "refused"), WRONG)
def test_each_misfit_is_found(code: str, facts: Facts, refused: bool) -> None:
    found = check_facts(facts)
    assert code in {one.code for one in found}
    assert bool(errors(found)) is refused


def test_spells_that_meet_do_not_overlap() -> None:
    facts = Facts(spells=(spell("s1", date(2025, 1, 1), date(2025, 6, 1)), spell("s2", date(2025, 6, 1))))
    assert check_facts(facts) == []
