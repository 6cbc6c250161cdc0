"""An incident by decision: clocks stand for its units and its time; taken back, it is as if it had never been."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.calendars.queries import national_calendar
from congtam.engine.clock_ledger import render
from congtam.exemptions import incidents, stopping
from congtam.exemptions.models import Incident, Touched
from congtam.exemptions.previewing import preview
from congtam.exemptions.sweeping import sweep
from congtam.history.actor import SYSTEM
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.people.actions import begin_spell, end_spell
from congtam.work.clocks import clocks_now
from congtam.work.folding import fold_again_of, fold_waiting
from congtam.work.models import Event, Share, Standing
from congtam.work.opened import ledger_of
from making import Works, adopt_rules, at, differences, settle

pytestmark = pytest.mark.django_db
NOW = at(20)


@pytest.fixture
def works(cast: Cast) -> Works:
    return Works(cast)


def leader(cast: Cast, role: str = "leader") -> Seat:
    return seat_of(cast.account(role), date(2030, 6, 20))


def storm(cast: Cast, first: datetime, until: datetime | None, *units: str, **other: Any) -> incidents.Told:
    told = {
        "kind": "storm",
        "title": "Bão số 5",
        "units": tuple(cast.units[unit].pk for unit in units or ("phong-mot",)),
        "first": first,
        "until": until,
        "decision": "45/QĐ-SA",
        "decided_on": date(2030, 6, 12),
        "reason": "Mất điện, ngập đường",
    }
    return incidents.Told(**(told | other))


def fold(now: datetime = NOW) -> None:
    while fold_waiting(500, now).items:
        pass


def due(item: int) -> datetime | None:
    return Standing.objects.get(item=item).due_at


def stops(item: int) -> list[tuple[str, datetime]]:
    gone = Event.objects.filter(item=item, activity="withdrawn").values_list("value", flat=True)
    own = Event.objects.filter(item=item, activity__in=("paused", "resumed")).exclude(
        seq__in=[int(one) for one in gone]
    )
    return list(own.order_by("seq").values_list("activity", "at"))


def test_a_storm_stops_what_its_units_had_open_and_nothing_else(cast: Cast, works: Works) -> None:
    before = works.task("truoc", "an", at(10), at(12, 17))
    during = works.task("trong", "binh", at(12, 9), at(14, 17))
    other = works.task("khac", "chi", at(10), at(12, 17))
    late = works.task("tre", "an", at(3), at(7, 17))
    over = works.task("xong", "an", at(3), at(7, 17), at(6))
    nobody = works.tell(
        "chua-giao",
        [
            (at(10), "registered", None, {"unit": cast.units["phong-mot"].pk}),
            (at(10), "due", None, {"value": at(13, 17).isoformat()}),
        ],
    )
    moved = works.task("chuyen", "an", at(10), at(14, 17))
    works.tell("chuyen", [(at(12, 10), "passed_on", "an", {"counterpart": str(cast.people["chi"].pk)})])
    fold()
    told = storm(cast, at(11, 17), at(13, 17))
    seen = preview(leader(cast), told, NOW)
    assert (seen.items, seen.people, seen.late) == (5, 3, 1)
    assert [one.item for one in seen.shown] and seen.moved == 4

    incidents.record(leader(cast), told, now=NOW)
    fold()

    assert due(before) == at(14, 17) and due(during) == at(18, 15, 30)  # on the 12th from 9 on, and the 13th
    assert due(nobody) == at(17, 17)
    assert (due(other), due(late)) == (at(12, 17), at(7, 17)) and stops(over) == stops(other) == []
    assert stops(during) == [("paused", at(12, 9)), ("resumed", at(13, 17))]
    assert stops(moved) == [("paused", at(11, 17)), ("resumed", at(12, 10))]
    ledger = ledger_of(before, NOW, clocks_now(NOW).clocks)
    assert ledger is not None
    assert "sự cố: Bão số 5; đồng hồ dừng (quyết định 45/QĐ-SA)" in render(ledger, "vi")[1]


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tasks=st.lists(
        st.tuples(st.sampled_from(("an", "binh", "chi")), st.integers(0, 400), st.integers(1, 200), st.booleans()),
        min_size=1,
        max_size=5,
    ),
    own=st.tuples(st.integers(0, 300), st.integers(1, 80)),
    first=st.integers(60, 400),
    hours=st.integers(1, 120),
)
def test_any_storm_takes_its_time_out_of_the_calendar_and_taken_back_every_clock_is_as_before(
    cast: Cast, works: Works, tasks: list, own: tuple[int, int], first: int, hours: int
) -> None:
    began, calendar = at(3, 7), national_calendar()
    with transaction.atomic():
        adopt_rules(hue=False)
        items = {}
        for number, (person, received, length, stood) in enumerate(tasks):
            start = began + timedelta(hours=received)
            item = works.task(f"v-{number}", person, start, start + timedelta(hours=length))
            items[item] = (person, start, start + timedelta(hours=length), stood)
            if stood:  # a stop of its own, at half minutes: it never begins as the work is due
                stop = start + timedelta(hours=own[0], seconds=30)
                works.tell(
                    f"v-{number}", [(stop, "paused", None, {}), (stop + timedelta(hours=own[1]), "resumed", None, {})]
                )
        now = at(28, 12)
        settle(now)
        before = _figures()
        told = storm(cast, began + timedelta(hours=first, minutes=7), began + timedelta(hours=first + hours))
        incident = incidents.record(leader(cast), told, now=now)
        settle(now)
        for item, (person, start, given_due, stood) in items.items():
            taken = [(max(told.first, start), told.until)] if person != "chi" and told.until > start else []
            if stood:
                stop = start + timedelta(hours=own[0], seconds=30)
                taken.append((stop, stop + timedelta(hours=own[1])))
            assert due(item) == _due_without(calendar, given_due, taken, now), (person, start, given_due)
        assert differences(now) == []
        incidents.take_back(leader(cast), incident, "không có thật", now=now)
        settle(now)
        assert _figures() == before and differences(now) == []
        transaction.set_rollback(True)


def _due_without(calendar, given_due, taken, now):  # type: ignore[no-untyped-def]
    """A deadline that was given, moved by the office time of the stretches before it, each minute once."""
    moved, before, found = given_due, None, []
    for one, other in sorted((a, min(b, now)) for a, b in taken if a < min(b, now)):
        if found and one <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], other))
        else:
            found.append((one, other))
    while moved != before:
        before = moved
        lost = sum((calendar.working_time(a, b) for a, b in found if a < moved), timedelta(0))
        moved = calendar.add_working_time(given_due, lost)
    return moved


def _figures() -> tuple[list, list]:
    items = Standing.objects.order_by("item").values_list("item", "due_at", "waiting", "state")
    shares = Share.objects.order_by("item", "official", "turn").values_list("item", "official", "due_at", "state")
    return list(items), list(shares)


def test_another_end_or_other_units_take_back_only_what_no_longer_holds(cast: Cast, works: Works) -> None:
    one, two = works.task("mot", "an", at(10), at(12, 17)), works.task("hai", "chi", at(10), at(12, 17))
    fold()
    seat = leader(cast)
    open_ended = incidents.record(seat, storm(cast, at(11, 17), None), now=at(12))
    fold(at(12, 17))
    assert stops(one) == [("paused", at(11, 17))] and Standing.objects.get(item=one).moving
    ended = incidents.correct(seat, open_ended, storm(cast, at(11, 17), at(13, 17)), now=NOW)
    assert stops(one) == [("paused", at(11, 17)), ("resumed", at(13, 17))]
    assert not Event.objects.filter(activity="withdrawn").exists()
    with pytest.raises(Conflict):
        incidents.correct(seat, open_ended, storm(cast, at(11, 17), at(14, 17)), now=NOW)
    with pytest.raises(Refused, match="Nothing differs"):
        incidents.correct(seat, ended, storm(cast, at(11, 17), at(13, 17)), now=NOW)
    assert preview(seat, storm(cast, at(11, 17), at(13, 17), "phong-hai"), NOW, ended).released == 1
    incidents.correct(seat, ended, storm(cast, at(11, 17), at(13, 17), "phong-hai"), now=NOW)
    fold()
    assert stops(one) == [] and due(one) == at(12, 17) and due(two) == at(14, 17)


def test_work_that_becomes_known_late_falls_into_the_storm_too_and_once_only(cast: Cast, works: Works) -> None:
    fold()
    incidents.record(leader(cast), storm(cast, at(11, 17), at(13, 17)), now=NOW)
    item = works.task("muon", "an", at(10), at(12, 17))
    assert sweep(NOW) == 0 and stops(item) == []  # it is not folded yet
    fold()
    assert sweep(NOW) == 1
    fold()
    assert due(item) == at(14, 17)
    written = Event.objects.count()
    sweep(NOW)
    assert Event.objects.count() == written and sweep(NOW) == 0
    works.tell("muon", [(at(10, 8), "passed_on", "an", {"counterpart": str(cast.people["chi"].pk)})])
    fold()
    sweep(NOW)
    fold()
    assert stops(item)[0] == ("paused", at(11, 17))  # An had it from nine on only: the earlier passing on moved nothing


def test_who_turns_out_to_have_worked_elsewhere_is_let_go_by_the_storm(cast: Cast, works: Works) -> None:
    item = works.task("an", "an", at(10), at(12, 17))
    fold()
    incidents.record(leader(cast), storm(cast, at(11, 17), at(13, 17)), now=NOW)
    fold()
    sweep(NOW)
    end_spell(SYSTEM, cast.spells["an"], date(2030, 6, 3))
    begin_spell(
        SYSTEM, code="moi", person=cast.people["an"], post=cast.posts["chi"], staff_kind="civil_servant",
        first=date(2030, 6, 3),
    )  # fmt: skip
    fold_again_of([cast.people["an"].pk])
    fold()
    assert sweep(NOW) == 1 and stops(item) == []
    fold()
    assert due(item) == at(12, 17)


def test_many_items_are_left_to_the_worker_who_goes_on_where_it_was_cut_off(
    cast: Cast, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [works.task(f"v-{number}", "an", at(10), at(12, 17)) for number in range(5)]
    fold()
    monkeypatch.setattr(incidents, "AT_ONCE", 2)
    monkeypatch.setattr(stopping, "STEP", 2)
    incident = incidents.record(leader(cast), storm(cast, at(11, 17), at(13, 17)), now=NOW)
    [job] = ProcrastinateJob.objects.filter(task_name=incidents.STOP)
    assert job.args == {"series": incident.series} and [one for one in items if stops(one)] == []
    assert stopping.step(incident.series, NOW) == 2 and stopping.waiting(incident.series) == 3  # and it is killed
    stopping.go_on(incident.series, NOW)
    stopping.go_on(incident.series, NOW)
    assert all(len(stops(item)) == 2 for item in items) and stopping.waiting(incident.series) == 0
    assert Touched.objects.filter(series=incident.series).count() == 5


@pytest.mark.parametrize(
    ("role", "changed", "said"),
    [
        ("head", {}, "outside of what you lead"),
        ("other_leader", {}, "outside of what you lead"),
        ("leader", {"units": ()}, "No unit is chosen"),
        ("leader", {"decision": " "}, "number of a decision"),
        ("leader", {"reason": ""}, "a reason"),
        ("leader", {"title": ""}, "a name"),
        ("leader", {"until": at(11, 17)}, "does not come after"),
        ("leader", {"decided_on": date(2030, 6, 21)}, "lies ahead"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_is_written(
    cast: Cast, role: str, changed: dict[str, Any], said: str
) -> None:
    told = incidents.Told(**(vars(storm(cast, at(11, 17), at(13, 17))) | changed))
    with pytest.raises(Refused, match=said):
        incidents.record(leader(cast, role), told, now=NOW)
    assert not Incident.objects.exists()


def test_taking_back_needs_a_reason(cast: Cast) -> None:
    incident = incidents.record(leader(cast), storm(cast, at(11, 17), at(13, 17)), now=NOW)
    with pytest.raises(Refused, match="needs a reason"):
        incidents.take_back(leader(cast), incident, " ", now=NOW)
    with pytest.raises(Refused, match="outside of what you lead"):
        incidents.take_back(leader(cast, "other_leader"), incident, "sai", now=NOW)
