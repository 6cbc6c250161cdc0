"""Looking ahead: both ends are what the engine gives when it comes to that, and the advice holds."""

import pytest

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.ratings.actions import rate
from congtam.scores.models import Live
from making import DECREE, MONTH, Works, adopt_rules, at, settle

pytestmark = pytest.mark.django_db
NOW = at(20, 10)
PENDING = {"mot": at(22, 17), "hai": at(24, 17), "ba": at(26, 17), "bon": at(28, 17)}


@pytest.fixture
def works(cast: Cast) -> Works:
    adopt_rules(hue=False)
    works = Works(cast)
    for number in range(12):
        works.task(f"xong-{number}", "an", at(3), at(4 + number, 17), at(5, 15) if number else at(6, 15))
    for key, due in PENDING.items():
        works.task(key, "an", at(15), due)
    works.task("thang-sau", "an", at(15), at(5, 17, month=7))
    said = {"criterion": "general", "period": MONTH.label, "value": 22_000_000}
    rate(SYSTEM, person=cast.people["an"], by=cast.people["truong-mot"], **said)
    settle(NOW)
    return works


def row(works: Works) -> Live:
    return Live.objects.get(person=works.cast.people["an"], period=MONTH.label, rulebook=DECREE)


def test_the_lowest_is_what_comes_when_nothing_more_is_done(works: Works) -> None:
    ahead = row(works).forecast
    assert ahead["pending"] == len(PENDING)
    settle(MONTH.end)
    assert ahead["lowest"] == row(works).lowest


def test_the_highest_is_what_comes_when_all_is_done_in_time(works: Works) -> None:
    ahead = row(works).forecast
    assert ahead["lowest"] < ahead["highest"]
    for key in PENDING:
        works.tell(key, [(at(21), "finished", "an", {})])
    settle(MONTH.end)
    assert ahead["highest"] == row(works).highest


def test_the_advice_keeps_the_grade_and_less_does_not(works: Works) -> None:
    before = row(works)
    keep = before.forecast["keep"]
    assert keep is not None and keep["grade"] == before.grade
    keys = dict(works.source.items.values_list("pk", "key"))
    assert {keys[item] for item in keep["items"]} <= PENDING.keys()
    for item in keep["items"]:
        works.tell(keys[item], [(at(21), "finished", "an", {})])
    settle(MONTH.end)
    grades = ("excellent", "good", "complete", "not_completed")
    assert grades.index(row(works).grade) <= grades.index(before.grade)


def test_a_month_that_is_over_has_nothing_ahead(works: Works) -> None:
    settle(at(2, month=7))
    assert row(works).forecast is None
