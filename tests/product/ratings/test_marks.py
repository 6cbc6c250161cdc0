"""Marks, reported figures and decisions."""

from datetime import date

import pytest
from django.db import Error, connection
from django.db.utils import IntegrityError

from cast import Cast
from congtam.history.actor import SYSTEM, Actor
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, last_known
from congtam.ratings.actions import decide, rate, report, take_back
from congtam.ratings.models import Decision, Rating, Reason, Reported
from congtam.ratings.queries import (
    Subjects,
    decisions_told,
    ratings_told,
    reported_told,
)
from congtam.registry import actions as registry

pytestmark = pytest.mark.django_db
DECREE = "vn/national/decree-335-2025"
CARD = f"{DECREE}#civil_servant_month"


@pytest.fixture
def decree(cast: Cast) -> None:
    registry.approve_copy(Actor(account=2), registry.adopt(Actor(account=1), DECREE, first=date(2026, 1, 1)))
    registry.add_card(Actor(account=1), DECREE, "civil_servant_month", True, date(2026, 1, 1))


def give(cast: Cast, value: int | None = 25_000_000, **changes: object) -> Rating:
    said = {"person": cast.people["an"], "criterion": "general", "period": "2026-10", "by": cast.people["truong-mot"]}
    return rate(SYSTEM, value=value, **(said | changes))  # type: ignore[arg-type]


def test_a_mark_stands_with_its_reason_apart(cast: Cast) -> None:
    made = give(cast, reason="Chủ động, đúng hẹn")
    [told] = ratings_told("2026-10")
    assert (told.seq, told.subject, told.reason) == (made.seq, str(cast.people["an"].pk), None)
    assert (told.value, told.by) == (25_000_000, str(cast.people["truong-mot"].pk))
    assert Reason.objects.get(seq=made.seq).text == "Chủ động, đúng hẹn"


def test_a_later_mark_counts_and_the_earlier_one_stays_known(cast: Cast) -> None:
    give(cast)
    then = last_known()
    give(cast, 28_000_000)
    assert [mark.value for mark in ratings_told("2026-10")] == [28_000_000]
    assert [mark.value for mark in ratings_told("2026-10", seq=then)] == [25_000_000]


def test_the_same_mark_twice_is_written_once(cast: Cast) -> None:
    assert give(cast).seq == give(cast).seq
    assert Rating.objects.count() == 1


def test_a_mark_taken_back_counts_no_more(cast: Cast) -> None:
    take_back(SYSTEM, give(cast))
    assert ratings_told("2026-10") == []


def test_a_mark_above_what_the_rule_allows_is_refused(cast: Cast, decree: None) -> None:
    with pytest.raises(Refused, match="above the most"):
        give(cast, 31_000_000)
    give(cast, 30_000_000)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"value": None}, "must be a number"),
        ({"value": -1}, "must be a number"),
        ({"state": "excused"}, "must be a number"),
        ({"stage": "third"}, "no stage"),
        ({"period": "2026-13"}, "no period"),
        ({"person": None}, "Exactly one"),
    ],
)
def test_a_mark_that_makes_no_sense_is_refused(cast: Cast, changes: dict, said: str) -> None:
    with pytest.raises(Refused, match=said):
        give(cast, **changes)
    assert not Rating.objects.exists()


def test_nobody_marks_or_decides_on_themselves(cast: Cast) -> None:
    own = cast.people["an"]
    with pytest.raises(Refused, match="Nobody marks themselves"):
        give(cast, by=own)
    give(cast, by=own, stage="self")
    with pytest.raises(Refused, match="Nobody decides on themselves"):
        said = {"scorecard": CARD, "period": "2026-10", "matter": "otherwise", "outcome": "good", "number": "1"}
        decide(SYSTEM, person=own, by=own, **said)
    with pytest.raises(IntegrityError, match="nobody_marks_themselves"), in_order():
        Rating.objects.create(person=own, by=own, criterion="x", period="2026-10", stage="final", state="missing")


def test_what_was_said_is_never_rewritten_or_deleted(cast: Cast) -> None:
    give(cast)
    for statement in ("UPDATE ratings_rating SET value = 1", "DELETE FROM ratings_rating"):
        with pytest.raises(Error, match="facts and stay"), connection.cursor() as cursor, in_order():
            cursor.execute(statement)


def test_a_figure_and_a_decision_are_told_to_the_engine(cast: Cast) -> None:
    person, head, unit = cast.people["an"], cast.people["giam-doc"], cast.units["phong-mot"]
    report(SYSTEM, person=person, indicator="disciplined", period="2026", value=1_000_000, source="so-ky-luat")
    decide(
        SYSTEM, unit=unit, scorecard=CARD, period="2026-10", matter="grade", outcome="good", by=head, number="7/QĐ",
        reason="Theo biên bản họp",
    )  # fmt: skip
    assert Reported.objects.get().value == 1_000_000
    assert Reason.objects.get(seq=Decision.objects.get().seq).text == "Theo biên bản họp"
    [figure] = reported_told("2026")
    assert (figure.subject, figure.indicator, figure.source) == (str(person.pk), "disciplined", "so-ky-luat")
    [decision] = decisions_told("2026-10", Subjects(frozenset(), frozenset({unit.pk})))
    assert (decision.subject, decision.outcome, decision.reason) == (str(unit.pk), "good", None)
    assert decisions_told("2026-10", Subjects(frozenset({person.pk}), frozenset())) == []
