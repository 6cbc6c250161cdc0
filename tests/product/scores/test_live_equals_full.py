"""With any movement of the clock and no record at all, live scores are what a full run gives."""

import pytest

from cast import Cast
from congtam.scores.models import Live
from making import MONTH, Works, adopt_rules, at, differences, hours, settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def works(cast: Cast) -> Works:
    adopt_rules()
    works = Works(cast)
    for number in range(8):
        person = ("an", "binh", "chi", "truong-mot")[number % 4]
        works.task(f"xong-{number}", person, at(3 + number), at(6 + number, 17), at(5 + number, 15))
    works.task("tre", "an", at(3), at(7, 17), at(10, 9))
    works.task("treo", "binh", at(3), at(7, 17))
    works.task("thang-truoc", "an", at(20, month=5), at(29, 17, month=5), at(12))
    for hour in range(8, 18):
        works.task(f"han-{hour}", "an", at(10), at(18, hour))
    works.task("khong-han", "chi", at(4), None)
    works.tell(
        "dung",
        [
            (at(10), "registered", None, {"attributes": '{"kind": "dossier", "time_limit": 6}'}),
            (at(10), "assigned", "binh", {}),
            (at(12), "paused", None, {"value": "chờ bổ sung"}),
        ],
    )
    works.tell(
        "hen",
        [
            (at(10), "registered", None, {}),
            (at(10), "assigned", "dung", {}),
            (at(10), "due", None, {"value": at(17, 17).isoformat()}),
            (at(18, 10), "finished", "dung", {}),
        ],
    )
    return works


def test_a_day_without_any_record_keeps_live_and_full_the_same_at_every_hour(works: Works) -> None:
    settle(at(17, 23))
    assert differences(at(17, 23)) == []
    moved = 0
    for now in hours(at(18, 0), 25):
        moved += settle(now)
        assert differences(now) == []
    assert moved >= 10


def test_the_month_that_begins_and_the_one_that_ended_are_both_right(works: Works) -> None:
    settle(at(18))
    for now in (at(30, 23, 59), at(1, 0, month=7), at(1, 0, 1, month=7), at(2, 9, month=7)):
        settle(now)
        assert differences(now) == []
    assert Live.objects.filter(period="2030-07").exists() and Live.objects.filter(period=MONTH.label).exists()
