"""Absences and delegations."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.people.actions import delegate, record_absence, withdraw_absence, withdraw_delegation
from congtam.people.models import Absence, Delegation
from congtam.people.queries import at_work, delegations

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)


def lent(cast: Cast, **other: object) -> Delegation:
    told = {
        "giver": cast.people["truong-mot"],
        "receiver": cast.people["binh"],
        "unit": cast.units["phong-mot"],
        "first": JUNE,
        "until": JULY,
        "decision": "05/UQ",
        **other,
    }
    return delegate(SYSTEM, **told)  # type: ignore[arg-type]


def test_an_absence_takes_days_from_those_at_work(cast: Cast) -> None:
    an = cast.people["an"]
    record_absence(SYSTEM, person=an, kind="leave", first=date(2025, 6, 3), until=date(2025, 6, 5))
    days = at_work([an.pk], JUNE, date(2025, 6, 7))[an.pk]
    assert [day.day for day in days] == [1, 2, 5, 6]


def test_nobody_is_away_twice_on_one_day(cast: Cast) -> None:
    an = cast.people["an"]
    first = record_absence(SYSTEM, person=an, kind="leave", first=JUNE, until=JULY)
    with pytest.raises(Refused, match="already recorded"):
        record_absence(SYSTEM, person=an, kind="sick", first=date(2025, 6, 30), until=date(2025, 7, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(person=an, kind="sick", days=DateRange(JUNE, JULY))
    withdraw_absence(SYSTEM, first, "đi làm bình thường")
    record_absence(SYSTEM, person=an, kind="sick", first=JUNE, until=JULY)
    with pytest.raises(Conflict):
        withdraw_absence(SYSTEM, first)


def test_a_head_delegates_and_it_is_shown(cast: Cast) -> None:
    given = lent(cast)
    [found] = delegations(JUNE, receiver=cast.people["binh"].pk)
    assert (found.seq, found.unit, found.decision) == (given.seq, cast.units["phong-mot"], "05/UQ")
    assert not delegations(JULY)
    assert not delegations(JUNE, giver=cast.people["truong-hai"].pk)


def test_nobody_delegates_to_themselves(cast: Cast) -> None:
    with pytest.raises(Refused, match="same person"):
        lent(cast, receiver=cast.people["truong-mot"])
    with pytest.raises(IntegrityError), transaction.atomic():
        an = cast.people["an"]
        unit = cast.units["phong-mot"]
        Delegation.objects.create(giver=an, receiver=an, unit=unit, days=DateRange(JUNE, JULY), decision="1")


def test_only_who_heads_a_unit_delegates_it_by_a_decision_once(cast: Cast) -> None:
    with pytest.raises(Refused, match="does not head"):
        lent(cast, giver=cast.people["truong-hai"])
    with pytest.raises(Refused, match="does not head"):
        lent(cast, giver=cast.people["an"])
    with pytest.raises(Refused, match="numbered decision"):
        lent(cast, decision=" ")
    lent(cast)
    with pytest.raises(Refused, match="already delegated"):
        lent(cast, receiver=cast.people["an"])
    lent(cast, first=JULY, until=date(2025, 8, 1))


def test_a_leader_delegates_any_unit_below(cast: Cast) -> None:
    assert lent(cast, giver=cast.people["giam-doc"], unit=cast.units["phong-hai"]).seq


def test_a_delegation_ends_early_or_never_begins(cast: Cast) -> None:
    shorter = withdraw_delegation(SYSTEM, lent(cast), date(2025, 6, 10))
    assert shorter is not None
    assert shorter.days.upper == date(2025, 6, 10)
    assert withdraw_delegation(SYSTEM, shorter, MAY) is None
    assert not Delegation.standing().exists()
