"""Templates and what recurs: given once on its day whatever happens to the worker, late once when days were missed, and
stopped by itself when it no longer makes sense."""

from datetime import date, datetime, timedelta

import pytest
from desk_scene import Desk, at, happened

from congtam.audit.models import Entry
from congtam.calendars.queries import national_calendar
from congtam.desk import recurring
from congtam.desk.models import Brief, Occasion, Recurrence, Remark, Template
from congtam.desk.recurring import give_due, next_day, recurrences_of, say_known, set_up, stop, untold
from congtam.desk.template_versions import (
    Pattern,
    change_template,
    make_template,
    retire_template,
    templates_of,
    versions_of,
)
from congtam.engine.periods import local_day
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.people.actions import end_spell
from congtam.people.away import record_absence
from congtam.work.models import Event, Item

pytestmark = pytest.mark.django_db
WEEKLY = Pattern("Báo cáo tuần", 2, "Báo cáo có số liệu")


def a_template(desk: Desk, told: Pattern = WEEKLY) -> Template:
    """A template of Phòng Một."""
    return make_template(desk.seat("truong-mot"), desk.cast.units["phong-mot"].pk, told, now=desk.now)


def every_tuesday(desk: Desk, lead: str = "an", support: tuple[str, ...] = ()) -> Recurrence:
    """The second working day of each week; set up on Monday 3 June."""
    helpers = tuple(desk.person(one) for one in support)
    template = a_template(desk).pk
    return set_up(desk.seat("truong-mot"), template, desk.person(lead), helpers, every="week", on=2, now=desk.now)


def worker(desk: Desk, now: datetime) -> int:
    """The worker asks at an instant, and time has passed until then; how much it gave."""
    desk.now = now
    return give_due(now)


# -- templates


def test_a_template_changes_by_a_new_version_and_what_recurs_goes_on_with_it(desk: Desk) -> None:
    one = every_tuesday(desk)
    seat = desk.seat("truong-mot")
    new = change_template(seat, one.template_id, Pattern("Báo cáo tuần, mẫu mới", 3, "Báo cáo"), now=desk.now)
    assert [version.title for version in versions_of(new)] == ["Báo cáo tuần, mẫu mới", "Báo cáo tuần"]
    assert list(templates_of(seat)) == [new]
    worker(desk, at(4, 7))
    item = Item.objects.get()
    assert item.text.title == "Báo cáo tuần, mẫu mới"
    assert local_day(desk.share(item.pk, "an").due_at) == date(2030, 6, 7)
    with pytest.raises(Refused, match="changed or retired"):
        change_template(seat, one.template_id, Pattern("Nữa", 1, "x"), now=desk.now)
    with pytest.raises(Refused, match="Nothing differs"):
        change_template(seat, new.pk, Pattern("Báo cáo tuần, mẫu mới", 3, "Báo cáo"), now=desk.now)


def test_a_template_retired_gives_nothing_any_more(desk: Desk) -> None:
    one = every_tuesday(desk)
    retire_template(desk.seat("truong-mot"), one.template_id, now=desk.now)
    assert worker(desk, at(4, 7)) == 0
    one.refresh_from_db()
    assert one.stopped_because == "template_retired"
    with pytest.raises(Refused, match="changed or retired"):
        set_up(desk.seat("truong-mot"), one.template_id, desk.person("an"), every="week", on=1, now=desk.now)


def test_only_the_head_of_the_unit_writes_its_templates(desk: Desk) -> None:
    template = a_template(desk)
    for refused in (
        lambda: make_template(desk.seat("an"), desk.cast.units["phong-mot"].pk, WEEKLY),
        lambda: change_template(desk.seat("truong-hai"), template.pk, Pattern("Khác", 1, "x")),
        lambda: retire_template(desk.seat("truong-hai"), template.pk),
    ):
        with pytest.raises(Refused, match="do not head this unit"):
            refused()
    assert not templates_of(desk.seat("truong-hai"))
    for bad in (Pattern("  ", 1, "x"), Pattern("Việc", 1, " "), Pattern("Việc", 401, "x")):
        with pytest.raises(Refused):
            a_template(desk, bad)


# -- on which day


def test_the_nth_working_day_leaves_out_days_off_and_falls_on_the_last_one_where_there_are_fewer() -> None:
    calendar = national_calendar()
    holiday = date(2026, 9, 2)
    assert next_day("week", 1, holiday, calendar) == date(2026, 9, 3), "the days before it are off as well"
    assert next_day("month", 1, holiday, calendar) == date(2026, 9, 3)
    assert next_day("week", 1, date(2026, 9, 4), calendar) == date(2026, 9, 7)
    assert next_day("quarter", 1, date(2026, 6, 30), calendar) == date(2026, 7, 1)
    for every in ("week", "month", "quarter"):
        last = next_day(every, 60, date(2026, 3, 2), calendar)
        assert calendar.is_working(last)
        following = calendar.add_working_days(last, 1)
        assert recurring._start(every, following) > last, "no working day of the period comes after it"


# -- given by itself


def test_it_is_given_at_seven_on_its_day_in_the_name_of_who_set_it_up(desk: Desk) -> None:
    one = every_tuesday(desk, support=("binh",))
    assert one.next_on == date(2030, 6, 4)
    assert [worker(desk, then) for then in (at(3, 10), at(4, 6, 59))] == [0, 0]
    assert worker(desk, at(4, 7)) == 1
    item = Item.objects.get().pk
    assert Brief.objects.get(item=item).giver_id == desk.person("truong-mot")
    assert [(share.role, share.received_at) for share in desk.shares(item)] == [
        ("lead", at(4, 7)),
        ("support", at(4, 7)),
    ]
    one.refresh_from_db()
    assert one.next_on == date(2030, 6, 11)
    assert set(Entry.objects.filter(subject=item, subject_kind="item").values_list("action", "account")) == {
        ("desk.give", None),
        ("desk.recur", None),
    }
    assert not Remark.objects.exists(), "given on its day, there is nothing to say"
    assert not untold(desk.person("truong-mot"))


def test_it_is_given_once_however_often_the_worker_asks(desk: Desk) -> None:
    every_tuesday(desk)
    assert [worker(desk, at(4, 7, minute)) for minute in (0, 0, 5)] == [1, 0, 0]
    assert Occasion.objects.count() == Item.objects.count() == 1


def test_a_worker_that_is_killed_on_the_way_leaves_nothing_and_the_next_one_gives_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    every_tuesday(desk)
    with monkeypatch.context() as killed:
        killed.setattr(recurring, "write", _power_cut)
        with pytest.raises(KeyboardInterrupt):
            worker(desk, at(4, 7))
    assert not Item.objects.exists()
    assert not Event.objects.exists()
    assert worker(desk, at(4, 7, 5)) == 1
    assert happened(Item.objects.get().pk).count("assigned") == 1


def _power_cut(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_days_missed_while_the_site_was_down_are_given_late_once_and_told_as_such(desk: Desk) -> None:
    one = every_tuesday(desk)
    assert worker(desk, at(20, 9)) == 1, "4, 11 and 18 June were missed"
    assert worker(desk, at(20, 9, 5)) == 0
    occasion = Occasion.objects.get()
    assert (occasion.day, occasion.outcome, occasion.missed) == (date(2030, 6, 18), "given_late", 2)
    said = Remark.objects.get(item=occasion.item_id)
    assert said.by_id is None
    assert "18/06/2030" in said.text
    assert "2 kỳ trước" in said.text
    share = desk.share(occasion.item_id, "an")
    assert (share.received_at, local_day(share.due_at)) == (at(20, 9), date(2030, 6, 24)), "the days run from then on"
    one.refresh_from_db()
    assert one.next_on == date(2030, 6, 25)


def test_nothing_is_given_outside_of_office_hours(desk: Desk) -> None:
    every_tuesday(desk)
    assert [worker(desk, then) for then in (at(4, 17), at(4, 23), at(8, 9), at(9, 9))] == [0, 0, 0, 0]
    assert worker(desk, at(10, 7)) == 1, "on the next working day, as late"
    assert Occasion.objects.get().outcome == "given_late"


# -- stopped by itself


def test_it_stops_and_tells_when_the_lead_has_left(desk: Desk) -> None:
    one = every_tuesday(desk)
    end_spell(SYSTEM, desk.cast.spells["an"], until=date(2030, 6, 4), decision="2/QĐ")
    assert worker(desk, at(4, 7)) == 0
    one.refresh_from_db()
    assert (one.stopped_because, one.ended_at) == ("lead_left", at(4, 7))
    [told] = untold(desk.person("truong-mot"))
    assert (told.outcome, told.recurrence) == ("stopped", one)
    say_known(desk.seat("truong-mot"), at(4, 8))
    assert not untold(desk.person("truong-mot"))
    assert worker(desk, at(11, 7)) == 0
    assert not Item.objects.exists()


def test_it_stops_when_who_set_it_up_no_longer_heads_the_unit(desk: Desk) -> None:
    one = every_tuesday(desk)
    end_spell(SYSTEM, desk.cast.spells["truong-mot"], until=date(2030, 6, 4), decision="3/QĐ")
    assert worker(desk, at(4, 7)) == 0
    one.refresh_from_db()
    assert one.stopped_because == "not_head"
    desk.now = at(5)
    assert list(recurrences_of(desk.seat("giam-doc"))) == [one], "whoever stands above sees that it stopped"


def test_a_lead_who_is_away_all_the_time_is_left_out_once_and_whoever_helps_too(desk: Desk) -> None:
    one = every_tuesday(desk, support=("binh",))
    away = {"kind": "annual", "first": date(2030, 6, 4), "until": date(2030, 6, 8)}
    record_absence(SYSTEM, person=desk.cast.people["an"], **away)
    record_absence(SYSTEM, person=desk.cast.people["binh"], **away | {"until": date(2030, 6, 15)})
    assert [worker(desk, at(4, 7)), worker(desk, at(11, 7))] == [0, 1]
    assert list(Occasion.objects.order_by("day").values_list("outcome", flat=True)) == ["not_given", "given"]
    assert [one.outcome for one in untold(desk.person("truong-mot"))] == ["not_given"]
    assert [share.official_id for share in desk.shares(Item.objects.get().pk)] == [desk.person("an")]
    one.refresh_from_db()
    assert one.ended_at is None


def test_a_holiday_announced_meanwhile_moves_the_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from congtam.engine.working_time import Override, Source
    from congtam.work.clocks import clocks_now

    every_tuesday(desk)
    known = clocks_now(at(4))
    day_off = Override(date(2030, 6, 4), "off", {}, Source({}, "", "verified"))
    calendar = replace(known.clocks.calendar, overrides={date(2030, 6, 4): day_off})
    changed = known._replace(clocks=replace(known.clocks, calendar=calendar))
    monkeypatch.setattr(recurring, "clocks_now", lambda now: changed)
    assert [worker(desk, at(4, 7)), worker(desk, at(5, 7))] == [0, 1]
    assert Occasion.objects.get().outcome == "given", "Wednesday is now the second working day"


# -- set up and stopped by hand


def test_what_could_not_be_given_is_not_set_up(desk: Desk) -> None:
    one = every_tuesday(desk)
    seat, template = desk.seat("truong-mot"), one.template_id
    for lead, support, on, said in (
        ("an", (), 2, "in that very way already"),
        ("an", (), 9, "not clear on which day"),
        ("chi", (), 1, "not in a unit you head"),
        ("truong-mot", (), 1, "is yourself"),
        ("an", ("an",), 1, "chosen twice"),
    ):
        helpers = tuple(desk.person(one) for one in support)
        with pytest.raises(Refused, match=said):
            set_up(seat, template, desk.person(lead), helpers, every="week", on=on, now=desk.now)
    assert Recurrence.objects.count() == 1


def test_it_is_stopped_by_hand_once(desk: Desk) -> None:
    one = every_tuesday(desk)
    with pytest.raises(Refused, match="do not head"):
        stop(desk.seat("truong-hai"), one.pk, now=desk.now)
    stop(desk.seat("truong-mot"), one.pk, now=desk.now + timedelta(minutes=1))
    with pytest.raises(Refused, match="stopped before"):
        stop(desk.seat("truong-mot"), one.pk, now=desk.now)
    assert worker(desk, at(4, 7)) == 0
