"""Lists of work: whose, how narrowed, how sorted, and what is told of each share."""

from datetime import date, datetime
from typing import Any

import pytest

from congtam.people.queries import people_under
from congtam.work.lists import Filters, Row, Sight, found, kinds, rows
from drawn_office import Office, at, national_calendar

pytestmark = pytest.mark.django_db
NOW = at("2026-11-18T10:00")  # a Wednesday


@pytest.fixture
def office() -> Office:
    return Office()


def sight(now: datetime = NOW) -> Sight:
    return Sight(now, national_calendar())


def listed(office: Office, *people: Any, **filters: Any) -> list[Row]:
    whose = frozenset(one.pk for one in people or (office.an,))
    return list(rows(found(whose, Filters(**filters), sight())))


def test_nobody_outside_of_the_scope_appears(office: Office) -> None:
    office.share(office.an, "Của An", at("2026-11-20T17:00"), received=at("2026-11-10T08:00"))
    office.share(office.duc, "Của Đức", at("2026-11-20T17:00"), received=at("2026-11-10T08:00"))
    assert [row.title for row in listed(office, office.an)] == ["Của An"]
    assert listed(office, office.an, person=office.duc.pk) == []


def test_states_follow_from_due_finish_and_the_clock_alone(office: Office) -> None:
    came = at("2026-11-02T08:00")
    office.share(office.an, "trễ", at("2026-11-13T17:00"), received=came)
    office.share(office.an, "sắp", at("2026-11-20T17:00"), received=came)
    office.share(office.an, "còn lâu", at("2026-11-23T17:00"), received=came)
    office.share(office.an, "không hạn", None, received=came)
    office.share(office.an, "xong", at("2026-11-13T17:00"), received=came, finished_at=at("2026-11-13T16:00"))
    office.share(office.an, "xong trễ", at("2026-11-13T17:00"), received=came, finished_at=at("2026-11-16T09:00"))
    found_states = {row.title: (row.state, row.late_days) for row in listed(office)}
    assert found_states == {
        "trễ": ("late", 3),  # Monday, Tuesday, Wednesday
        "sắp": ("soon", 0),
        "còn lâu": ("open", 0),
        "không hạn": ("open", 0),
        "xong": ("finished", 0),
        "xong trễ": ("finished_late", 1),
    }


def test_days_late_leave_out_days_off(office: Office) -> None:
    """1 and 2 September 2026 are days off: Wednesday the 2nd and the day beside it."""
    office.share(
        office.an, "qua lễ", at("2026-08-28T17:00"), received=at("2026-08-03T08:00"), finished_at=at("2026-09-03T09:00")
    )
    calendar = sight().calendar
    (row,) = listed(office)
    assert row.late_days == calendar.working_days(date(2026, 8, 29), date(2026, 9, 4))


def test_work_whose_clock_stands_waits_for_somebody(office: Office) -> None:
    came = at("2026-11-02T08:00")
    for title, stop in (("hồ sơ", "requested"), ("công văn", "paused")):
        share = office.share(office.an, title, at("2026-11-13T17:00"), received=came, item={"moving": True})
        office.event(share.item, at("2026-11-05T09:00"), stop, value="chờ ý kiến Sở Tài chính")
    told = {row.title: (row.state, row.waiting, row.reason, row.stopped_at) for row in listed(office)}
    assert told["hồ sơ"] == ("waiting", "applicant", "chờ ý kiến Sở Tài chính", at("2026-11-05T09:00"))
    assert told["công văn"][:2] == ("waiting", "other")
    assert [row.title for row in listed(office, waiting="applicant")] == ["hồ sơ"]


def test_a_stop_that_was_taken_back_stops_nothing(office: Office) -> None:
    share = office.share(office.an, "a", at("2026-11-13T17:00"), received=at("2026-11-02T08:00"), item={"moving": True})
    wrong = office.event(share.item, at("2026-11-06T09:00"), "requested")
    office.event(share.item, at("2026-11-05T09:00"), "paused", value="chờ")
    office.event(share.item, at("2026-11-06T10:00"), "withdrawn", value=str(wrong.seq))
    (row,) = listed(office)
    assert (row.waiting, row.reason) == ("other", "chờ")


def test_the_giver_is_who_assigned_or_passed_it_on(office: Office) -> None:
    came = at("2026-11-02T08:00")
    office.share(office.an, "giao", None, received=came, giver=office.head)
    office.share(office.an, "chuyển", None, received=came, passed_by=office.binh)
    givers = {row.title: row.giver for row in listed(office)}
    assert givers == {"giao": str(office.head.pk), "chuyển": str(office.binh.pk)}
    assert [row.title for row in listed(office, given_by=office.binh.pk)] == ["chuyển"]


def test_search_forgets_diacritics_and_finds_numbers_and_symbols(office: Office) -> None:
    came = at("2026-11-02T08:00")
    office.share(office.an, "Góp ý dự thảo Đề án", None, received=came, symbol="125/SKHCN-VP")
    office.share(office.an, "Báo cáo tháng", None, received=came)
    for text in ("gop y du thao de an", "GÓP Ý", "125/skhcn", "đề án"):
        assert [row.symbol for row in listed(office, text=text)] == ["125/SKHCN-VP"], text
    assert listed(office, text="100%") == []


def test_causes_are_what_the_data_show(office: Office) -> None:
    came, due = at("2026-11-02T08:00"), at("2026-11-12T17:00")
    office.share(office.an, "lùi muộn", due, received=came, item={"late_extensions": 1})
    office.share(office.an, "trả lại", due, received=came, item={"returns": 1})
    office.share(office.an, "chậm nhận", due, received=came, taken_up_at=at("2026-11-13T09:00"))
    share = office.share(office.an, "đến tay đã trễ", None, received=at("2026-11-13T08:00"))
    share.item.standing.due_at = due
    share.item.standing.save()
    office.share(office.an, "trong hạn", at("2026-11-30T17:00"), received=came)
    assert {row.title: row.cause for row in listed(office)} == {
        "lùi muộn": "late_extension",
        "trả lại": "returned",
        "chậm nhận": "not_taken_up",
        "đến tay đã trễ": "received_late",
        "trong hạn": "",
    }


def test_a_unit_is_taken_as_it_stood_on_the_day_of_the_share(office: Office) -> None:
    came = at("2026-11-02T08:00")
    office.share(office.an, "ở phòng 1", None, received=came, unit=office.first)
    office.share(office.an, "ở văn phòng", None, received=came, unit=office.second)
    assert [row.title for row in listed(office, units=frozenset({office.second.pk}))] == ["ở văn phòng"]


def test_a_period_holds_what_was_on_the_desk_or_due_in_it(office: Office) -> None:
    office.share(
        office.an, "cũ", at("2026-09-10T17:00"), received=at("2026-09-01T08:00"), finished_at=at("2026-09-09T09:00")
    )
    office.share(office.an, "tồn", at("2026-10-10T17:00"), received=at("2026-10-01T08:00"))
    office.share(office.an, "mới", None, received=at("2026-11-02T08:00"))
    month = {"first": date(2026, 11, 1), "until": date(2026, 12, 1)}
    assert {row.title for row in listed(office, **month)} == {"tồn", "mới"}


def test_filters_on_lateness_and_excuse_narrow(office: Office) -> None:
    came = at("2026-11-02T08:00")
    office.share(office.an, "3 ngày", at("2026-11-13T17:00"), received=came)
    office.share(office.an, "1 ngày", at("2026-11-17T17:00"), received=came, excused=True)
    assert [row.title for row in listed(office, late=2)] == ["3 ngày"]
    assert [row.title for row in listed(office, excused=True)] == ["1 ngày"]
    assert [row.title for row in listed(office, excused=False)] == ["3 ngày"]


def test_every_column_sorts_both_ways(office: Office) -> None:
    came = at("2026-11-02T08:00")
    office.share(office.an, "b", at("2026-11-20T17:00"), received=came)
    office.share(office.binh, "a", at("2026-11-19T17:00"), received=came)
    both = (office.an, office.binh)
    assert [row.title for row in listed(office, *both, sort="due")] == ["a", "b"]
    assert [row.title for row in listed(office, *both, sort="title", down=True)] == ["b", "a"]
    assert [row.title for row in listed(office, *both, sort="person")] == ["b", "a"]  # An, Bình
    for name in ("received", "late", "unit", "symbol", "state", "nonsense"):
        assert len(listed(office, *both, sort=name)) == 2


def test_work_kept_only_to_be_compared_is_not_listed(office: Office) -> None:
    office.share(office.an, "bản đối chiếu", None, received=at("2026-11-02T08:00"), item={"counts": False})
    assert listed(office) == []


def test_kinds_are_those_found(office: Office) -> None:
    office.share(office.an, "a", None, received=at("2026-11-02T08:00"), item={"kind": "dossier", "procedure": "1.004"})
    assert kinds(frozenset({office.an.pk})) == [("dossier", "1.004")]


def test_people_under_a_unit_are_those_the_gate_means(office: Office) -> None:
    """Who moved belongs to the new unit, who left to the last one, who will come to none yet."""
    day = date(2026, 11, 18)
    moved = office.person("lan", "Ngô Thị Lan", office.first, until=date(2026, 6, 1))
    office.post(moved, "lan2", office.second, date(2026, 6, 1))
    left = office.person("minh", "Vũ Văn Minh", office.first, until=date(2026, 6, 1))
    office.person("nga", "Lý Thị Nga", office.first, first=date(2027, 1, 1))
    here = people_under([office.first.pk], day)
    assert here == {office.head.pk, office.an.pk, office.binh.pk, left.pk}
    assert moved.pk in people_under([office.second.pk], day)
    assert people_under([], day) == frozenset()
