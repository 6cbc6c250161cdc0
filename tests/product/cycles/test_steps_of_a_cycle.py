"""A cycle is opened from the rulebooks, goes step by step, stands still, is moved and goes back; nothing by the way."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cast import Cast
from congtam.audit.models import Entry
from congtam.cycles.incidents import moved_steps
from congtam.cycles.models import Cycle, Step
from congtam.cycles.moving import finish, mark_sealed, move, pause, reopen, resume
from congtam.cycles.opening import open_cycle
from congtam.cycles.passing import pass_due
from congtam.cycles.queries import current, deeds_of, is_open, require, steps_of, terms_of
from congtam.cycles.reminding import remind, reminders_of
from congtam.exemptions import incidents
from congtam.exemptions.models import Incident
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from cycle_scene import OPENED, seat
from month_scene import PERIOD, at

pytestmark = pytest.mark.django_db


def july(day: int, hour: int = 17, minute: int = 0):
    return at(day, hour, minute, month=7)


def dues(cycle: Cycle, now=OPENED) -> dict[str, object]:
    return {name: one.due_at for name, one in steps_of(cycle, now).items()}


def storm(cast: Cast, first, until, unit: str = "so-a") -> Incident:
    told = incidents.Told(
        "storm", "Bão số 5", (cast.units[unit].pk,), first, until, "45/QĐ-SA", date(2030, 7, 1), "Ngập đường"
    )
    return incidents.record(seat(cast, "giam-doc"), told, now=july(2, 10))


def test_deadlines_are_counted_in_working_days_from_the_day_it_is_opened_when_the_period_is_over(cycle: Cycle) -> None:
    assert dues(cycle) == {
        "cut_off": july(2),
        "self_report": july(4),
        "rating": july(9),  # past a weekend
        "draft_slip": july(11),
        "review": july(16),
        "calibration": july(18),
        "announcement": july(19),
        "objections": july(24),
        "seal": july(25),
    }
    assert [one.step for one in steps_of(cycle, OPENED).values() if one.state == "open"] == ["cut_off"]
    assert {term.card for term in terms_of(cycle)} == {"vn/national/decree-335-2025#civil_servant_month"}


def test_a_deadline_passes_by_itself_where_the_rule_lets_it_and_is_right_before_it_is_written(cycle: Cycle) -> None:
    seen = july(5, 9)
    assert (current(cycle, seen).step, current(cycle, seen).since) == ("rating", july(4))
    assert Step.objects.filter(cycle=cycle, replaced_by=None, state="done").count() == 0
    assert pass_due(seen) == 2
    assert pass_due(seen) == 0, "done twice it changes nothing"
    rows = {row.step: row for row in Step.objects.filter(cycle=cycle, replaced_by=None)}
    assert (rows["cut_off"].since, rows["self_report"].since) == (july(2), july(4)), "at the instants they passed"
    assert current(cycle, july(30)).step == "rating", "people who did not rate are not passed over"
    assert Entry.objects.filter(action="cycles.pass", subject=cycle.pk).count() == 2


def test_what_people_are_asked_for_is_refused_after_its_deadline_and_says_so(cycle: Cycle) -> None:
    pass_due(july(5, 9))
    require(cycle, "rating", july(9, 16))
    with pytest.raises(Refused, match="ended at 17:00 09/07/2030"):
        require(cycle, "rating", july(9, 18))
    with pytest.raises(Refused, match="“Rating” is open, until 17:00 09/07/2030"):
        require(cycle, "calibration", july(5, 9))
    with pytest.raises(Refused, match="not open"):
        require(cycle, "cut_off", july(5, 9))


def test_steps_end_one_after_the_other_and_one_that_ends_late_leaves_the_others_their_days(
    cast: Cast, cycle: Cycle
) -> None:
    with pytest.raises(Refused, match="is not open"):
        finish(seat(cast), cycle, "rating", now=OPENED)
    finish(seat(cast), cycle, "cut_off", now=OPENED)
    assert dues(cycle)["rating"] == july(9), "ended early, deadlines stay"
    finish(seat(cast), cycle, "self_report", now=july(2, 9))
    finish(seat(cast), cycle, "rating", now=july(12, 9))  # three working days late
    assert (dues(cycle)["draft_slip"], dues(cycle)["review"]) == (july(16), july(19))
    assert is_open(cycle, "draft_slip", july(12, 10))


def test_only_who_keeps_the_period_moves_it(cast: Cast, cycle: Cycle) -> None:
    for who in ("an", "truong-mot", "giam-doc", "kiem-tra"):
        for act in (
            lambda one: finish(one, cycle, "cut_off", now=OPENED),
            lambda one: pause(one, cycle, "x", now=OPENED),
            lambda one: move(one, cycle, "rating", july(20), "x", now=OPENED),
        ):
            with pytest.raises(Refused):
                act(seat(cast, who))


def test_a_pause_moves_deadlines_by_the_office_time_it_took(cast: Cast, cycle: Cycle) -> None:
    finish(seat(cast), cycle, "cut_off", now=OPENED)
    with pytest.raises(Refused, match="reason"):
        pause(seat(cast), cycle, " ", now=july(2, 9))
    pause(seat(cast), cycle, "Chờ hướng dẫn", now=july(2, 7, 30))
    assert not is_open(cycle, "self_report", july(2, 9))
    assert pass_due(july(5, 9)) == 0, "no deadline passes while it stands still"
    with pytest.raises(Refused, match="paused already"):
        pause(seat(cast), cycle, "Lần nữa", now=july(3, 9))
    resume(seat(cast), cycle, now=july(4, 7, 30))
    assert (dues(cycle, july(4, 8))["self_report"], dues(cycle, july(4, 8))["rating"]) == (july(8), july(11))
    assert [one.stop.kind for one in steps_of(cycle, july(4, 8))["rating"].moved] == ["pause"]
    with pytest.raises(Refused, match="not paused"):
        resume(seat(cast), cycle, now=july(4, 9))


def test_an_incident_of_the_whole_agency_moves_deadlines_and_is_quoted_until_it_is_taken_back(
    cast: Cast, cycle: Cycle
) -> None:
    finish(seat(cast), cycle, "cut_off", now=OPENED)
    whole = storm(cast, july(2, 7, 30), july(2))  # one working day
    storm(cast, july(3, 7, 30), july(3), "phong-mot")  # one section of it: the cycle goes on
    one = steps_of(cycle, july(3, 9))["rating"]
    assert (one.planned_at, one.due_at) == (july(9), july(10))
    assert [(told.stop.title, told.stop.decision, told.by) for told in one.moved] == [
        ("Bão số 5", "45/QĐ-SA", timedelta(hours=8))
    ]
    incidents.take_back(seat(cast, "giam-doc"), whole, "Ghi nhầm", now=july(3, 9))
    assert dues(cycle, july(3, 10))["rating"] == july(9)


def test_what_an_incident_would_do_to_steps_is_told_before_it_is_recorded(
    cast: Cast, cycle: Cycle, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(seat(cast), cycle, "cut_off", now=OPENED)
    now = july(3, 9)
    monkeypatch.setattr(timezone, "now", lambda: now)
    client.force_login(cast.accounts["giam-doc"])
    told = {
        "kind": "storm",
        "title": "Bão số 5",
        "units": ["so-a"],
        "first": "07:30 02/07/2030",
        "until": "17:00 02/07/2030",
        "decision": "45/QĐ-SA",
        "decided_on": "02/07/2030",
        "reason": "Ngập đường",
        "step": "review",
    }
    line = "Kỳ tháng 6 năm 2030, bước “Chấm điểm”: hạn 17:00 09/07/2030 → 17:00 10/07/2030"
    assert line in client.post(reverse("incident_new"), told).content.decode()
    assert line not in client.post(reverse("incident_new"), told | {"units": ["phong-mot"]}).content.decode()
    whole = storm(cast, july(2, 7, 30), july(2))
    [back] = [one for one in moved_steps(None, now, instead_of=whole.series) if one.step == "rating"]
    assert (back.before, back.after) == (july(10), july(9)), "taken back, it moved nothing"
    assert steps_of(cycle, now)["rating"].due_at == july(10)


def test_stretches_that_overlap_count_once(cast: Cast, cycle: Cycle) -> None:
    finish(seat(cast), cycle, "cut_off", now=OPENED)
    storm(cast, july(2, 7, 30), july(3))
    storm(cast, july(3, 7, 30), july(4))
    pause(seat(cast), cycle, "Mất điện", now=july(3, 7, 30))
    resume(seat(cast), cycle, now=july(4, 7, 30))
    assert dues(cycle, july(5, 8))["rating"] == july(12), "three working days, not five"


def test_a_deadline_is_moved_with_a_reason_and_those_after_it_keep_their_days(cast: Cast, cycle: Cycle) -> None:
    with pytest.raises(Refused, match="reason"):
        move(seat(cast), cycle, "self_report", july(9), "", now=OPENED)
    with pytest.raises(Refused, match="must come after"):
        move(seat(cast), cycle, "self_report", july(1, 7), "Bận", now=OPENED)
    move(seat(cast), cycle, "self_report", july(9), "Nhiều người đi công tác", now=OPENED)
    assert (dues(cycle)["self_report"], dues(cycle)["rating"], dues(cycle)["review"]) == (july(9), july(12), july(19))
    [deed] = [one for one in deeds_of(cycle) if one.kind == "moved"]
    assert (deed.step, deed.at, deed.due, deed.why) == ("self_report", OPENED, july(9), "Nhiều người đi công tác")


def test_a_step_is_opened_again_before_the_seal_only_with_a_reason(cast: Cast, cycle: Cycle) -> None:
    for step in ("cut_off", "self_report", "rating"):
        finish(seat(cast), cycle, step, now=OPENED)
    with pytest.raises(Refused, match="reason"):
        reopen(seat(cast), cycle, "rating", "", now=july(2, 9))
    with pytest.raises(Refused, match="over is opened again"):
        reopen(seat(cast), cycle, "review", "Sót", now=july(2, 9))
    reopen(seat(cast), cycle, "rating", "Sót một người", now=july(2, 9))
    steps = steps_of(cycle, july(2, 10))
    assert (steps["rating"].state, steps["rating"].due_at) == ("open", july(5))
    assert (steps["draft_slip"].state, steps["draft_slip"].due_at) == ("ahead", july(9))


def test_after_the_seal_nothing_is_opened_again(cast: Cast, cycle: Cycle) -> None:
    steps = [*steps_of(cycle, OPENED)]
    for step in steps[:-1]:
        finish(seat(cast), cycle, step, now=OPENED)
    with pytest.raises(Refused, match="once the results are sealed"):
        finish(seat(cast), cycle, "seal", now=OPENED)
    with in_order():
        mark_sealed(cycle, seat(cast, "giam-doc"), july(2, 9))
    assert current(cycle, july(2, 10)) is None, "the decree names no hand-over of a month"
    with pytest.raises(Refused, match="superseding seal"):
        reopen(seat(cast), cycle, "rating", "Sót một người", now=july(3, 9))


def test_a_period_is_opened_once_by_who_keeps_it_for_a_whole_agency_that_has_people(cast: Cast, cycle: Cycle) -> None:
    agency = cast.units["so-a"].pk
    for who, where, period, why in (
        ("nhan-su", agency, PERIOD, "opened before"),
        ("nhan-su", agency, "2030-08", "not begun"),
        ("nhan-su", agency, "tháng sáu", "no period"),
        ("nhan-su", agency, "2024-05", "Nobody of the agency is graded"),
        ("nhan-su", cast.units["phong-mot"].pk, PERIOD, "whole agency"),
        ("an", agency, "2030-05", "do not keep"),
        ("nhan-su", cast.units["so-b"].pk, PERIOD, "do not keep"),
    ):
        with pytest.raises(Refused, match=why):
            open_cycle(seat(cast, who), where, period, now=OPENED)
    assert Cycle.objects.count() == 1


def test_somebody_is_reminded_of_one_thing_once_a_day(cast: Cast, cycle: Cycle) -> None:
    finish(seat(cast), cycle, "cut_off", now=OPENED)
    an, said = cast.people["an"].pk, {"step": "self_report", "about": "self_report"}
    with pytest.raises(Refused, match="cannot remind"):
        remind(seat(cast, "truong-mot"), cycle, to=an, now=OPENED, **said)
    with pytest.raises(Refused, match="not open"):
        remind(seat(cast), cycle, "seal", an, now=OPENED)
    first = remind(seat(cast), cycle, to=an, now=OPENED, **said)
    with pytest.raises(Refused, match="Once a day"):
        remind(seat(cast), cycle, to=an, now=july(1, 16), **said)
    again = remind(seat(cast), cycle, to=an, now=july(2, 9), **said)
    assert first != again and reminders_of(cycle) == {(an, "self_report"): again}
