"""A clock that was ahead and is set back: what was scored at an instant that has not come is scored again."""

import pytest
from structlog.testing import capture_logs

from cast import Cast
from congtam.scores import live
from congtam.scores.models import Live, WakeUp
from congtam.scores.set_back import APART
from making import MONTH, Works, adopt_rules, at, differences, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(cast: Cast) -> Works:
    adopt_rules(hue=False)
    works = Works(cast)
    for number in range(6):
        works.task(f"xong-{number}", "an", at(3 + number), at(6 + number, 17), at(5 + number, 15))
    works.task("sap-den-han", "an", at(10), at(18, 10))
    works.task("cuoi-thang", "binh", at(10), at(28, 17))
    return works


def test_an_hour_ahead_and_back(works: Works) -> None:
    settle(at(18, 9, 30))
    before = Live.objects.get(person=works.cast.people["an"], scorecard="civil_servant_month", period=MONTH.label)
    settle(at(18, 10, 30))
    with capture_logs() as said:
        settle(at(18, 9, 31))
    assert [(one["event"], one["seconds"]) for one in said if one["event"] == "clock_went_back"] == [
        ("clock_went_back", 3540)
    ]
    assert differences(at(18, 9, 31)) == []
    after = Live.objects.get(pk=before.pk)
    assert (after.lowest, after.highest, after.as_of) == (before.lowest, before.highest, at(18, 9, 31))
    assert live.next_wake_up() == at(18, 10)
    settle(at(18, 10, 30))
    assert differences(at(18, 10, 30)) == []


def test_a_month_ahead_and_back(works: Works) -> None:
    settle(at(18))
    settle(at(5, month=7))
    assert Live.objects.filter(period="2030-07").exists()
    settle(at(18, 10))
    assert differences(at(18, 10)) == []
    assert not Live.objects.filter(period="2030-07").exists(), "a month that has not begun has no scores"
    assert WakeUp.objects.get(person=None).at == MONTH.end
    settle(at(1, 0, 1, month=7))
    assert differences(at(1, 0, 1, month=7)) == []


def test_clocks_of_two_workers_that_differ_a_little_score_nothing_again(works: Works) -> None:
    settle(at(18))
    assert settle(at(18) - APART / 2) == 0
