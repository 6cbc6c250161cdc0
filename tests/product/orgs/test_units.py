"""Units through time: founding, renaming, moving, ending; decisions and their shares; trees of any day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from cast import BEGAN, Cast
from congtam.history.actor import SYSTEM
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.history.sequence import last_known
from congtam.orgs.actions import end_unit, record_change, set_unit
from congtam.orgs.models import ChangeShare, Unit, UnitSpan
from congtam.orgs.queries import agencies_of, names_of, trees_of, trees_under, unit_tree

JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)


def renamed(cast: Cast, name: str = "Phòng Tổng hợp", first: date = JULY, **other: object) -> Unit:
    so_a = cast.units["so-a"]
    told = {"name": name, "level": "section", "parent": so_a, "agency": so_a, "first": first, **other}
    return set_unit(SYSTEM, "phong-mot", **told)  # type: ignore[arg-type]


def test_a_renamed_unit_keeps_its_number_and_its_old_name_on_old_days(cast: Cast) -> None:
    before = last_known()
    unit = renamed(cast)
    assert unit == cast.units["phong-mot"]
    assert names_of([unit.pk], date(2025, 6, 30)) == {unit.pk: "Phòng Một"}
    assert names_of([unit.pk], JULY) == {unit.pk: "Phòng Tổng hợp"}
    assert names_of([unit.pk], date(2020, 1, 1)) == {unit.pk: "Phòng Một"}  # not yet there: the nearest name
    known_then = UnitSpan.known_at(before).filter(unit=unit)
    assert [(one.name, one.days.upper) for one in known_then] == [("Phòng Một", None)]


def test_the_tree_is_that_of_the_day(cast: Cast) -> None:
    units = cast.units
    set_unit(SYSTEM, "phong-hai", name="Phòng Hai", parent=units["phong-mot"], agency=units["so-a"], first=JULY)
    assert trees_under([units["phong-mot"].pk], JUNE) == {units["phong-mot"].pk}
    assert trees_under([units["phong-mot"].pk], JULY) == {units["phong-mot"].pk, units["phong-hai"].pk}
    assert [(one.code, one.depth) for one in unit_tree(JULY)] == [
        ("so-a", 0),
        ("phong-mot", 1),
        ("phong-hai", 2),
        ("van-phong", 1),
        ("so-b", 0),
    ]
    assert unit_tree(date(2020, 1, 1)) == []
    assert trees_of([], JULY) == {}


def test_every_unit_knows_its_agency(cast: Cast) -> None:
    units = cast.units
    found = agencies_of([units["phong-mot"].pk, units["so-a"].pk, units["so-b"].pk], JUNE)
    assert found == {
        units["phong-mot"].pk: units["so-a"].pk,
        units["so-a"].pk: units["so-a"].pk,
        units["so-b"].pk: units["so-b"].pk,
    }


def test_a_unit_never_stands_under_itself_or_what_is_under_it(cast: Cast) -> None:
    so_a, one = cast.units["so-a"], cast.units["phong-mot"]
    for parent in (one, so_a):
        with pytest.raises(Refused):
            set_unit(SYSTEM, "so-a", name="Sở A", parent=parent, agency=None, first=JULY)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitSpan.objects.create(unit=one, parent=one, agency=so_a, name="x", days=DateRange(date(2020, 1, 1), BEGAN))


def test_a_parent_must_stand_on_the_day(cast: Cast) -> None:
    so_a = cast.units["so-a"]
    with pytest.raises(Refused, match="does not stand"):
        set_unit(SYSTEM, "moi", name="Phòng Mới", parent=so_a, agency=so_a, first=date(2020, 1, 1))
    assert not Unit.objects.filter(code="moi").exists()  # nothing of a refused action stays


def test_days_that_do_not_follow_are_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="must come after"):
        renamed(cast, until=JULY)


def test_two_people_who_edit_one_unit_do_not_overwrite_each_other(cast: Cast) -> None:
    seen = UnitSpan.standing().get(unit=cast.units["phong-mot"]).seq
    renamed(cast, expected=seen)
    with pytest.raises(Conflict):
        renamed(cast, "Phòng Khác", expected=seen)


def test_a_unit_ends_once_nothing_stands_under_it(cast: Cast) -> None:
    with pytest.raises(Refused, match="still stand under"):
        end_unit(SYSTEM, cast.units["so-a"], JULY)
    ended = end_unit(SYSTEM, cast.units["phong-mot"], JULY)
    assert ended.days.upper == JULY
    assert cast.units["phong-mot"].pk not in {one.unit for one in unit_tree(JULY)}
    with pytest.raises(Refused, match="does not stand"):
        end_unit(SYSTEM, cast.units["phong-mot"], date(2025, 9, 1))


def test_a_merger_is_a_decision_with_shares(cast: Cast) -> None:
    one, two = cast.units["phong-mot"], cast.units["phong-hai"]
    new = set_unit(
        SYSTEM, "phong-chung", name="Phòng Chung", parent=cast.units["so-a"], agency=cast.units["so-a"], first=JULY
    )
    change = record_change(
        SYSTEM,
        "merger",
        number="77/QĐ-UB",
        decided_on=JUNE,
        effective_on=JULY,
        shares=[(one, new, 1_000_000), (two, new, 1_000_000)],
    )
    assert change.shares.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangeShare.objects.filter(change=change).update(millionths=1)


def test_nobody_gives_away_more_than_everything(cast: Cast) -> None:
    one, two = cast.units["phong-mot"], cast.units["phong-hai"]
    told = {"number": "78", "decided_on": JUNE, "effective_on": JULY}
    with pytest.raises(Refused, match="more than 100"):
        record_change(SYSTEM, "split", **told, shares=[(one, two, 600_000), (one, None, 500_000)])
    with pytest.raises(Refused, match="no kind of change"):
        record_change(SYSTEM, "vanishing", **told, shares=[])


def test_the_database_holds_one_span_a_day_and_keeps_them(cast: Cast) -> None:
    one, so_a = cast.units["phong-mot"], cast.units["so-a"]
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitSpan.objects.create(unit=one, parent=so_a, agency=so_a, name="hai lần", days=DateRange(JULY, None))
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitSpan.objects.create(unit=one, parent=so_a, agency=so_a, name="rỗng", days=DateRange(JULY, JULY))
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitSpan.objects.filter(unit=one).update(name="khác")
