"""Handing over: everything a person holds passes at once, split at that instant, or nothing does."""

from datetime import date, timedelta
from typing import Any

import pytest
from desk_scene import Desk, at, happened, stored_otherwise

from congtam.desk.doing import ask_time, deliver, pass_on
from congtam.desk.handing_over import Order, hand_over, left_behind
from congtam.desk.models import Handover, Question
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.people.actions import end_spell
from congtam.people.away import record_absence
from congtam.work.appending import mark
from congtam.work.models import Event

pytestmark = pytest.mark.django_db


def order(desk: Desk, giver: str = "an", receiver: str | None = "binh", **told: Any) -> Order:
    to = {item: desk.person(one) for item, one in told.pop("to", {}).items()}
    base = {"why": "post_ends", "decision": "12/QĐ-SA", "note": "Nghỉ hưu"} | told
    return Order(desk.person(giver), desk.person(receiver) if receiver else None, to=to, **base)


def test_all_open_work_passes_at_one_instant_and_what_was_late_stays_with_who_had_it(desk: Desk) -> None:
    late, ahead, done = desk.give(due=at(4, 17)), desk.give(due=at(14, 17)), desk.give()
    deliver(desk.seat("an"), done, now=desk.now)
    desk.wait(days=2)
    desk.settle()
    handover = hand_over(desk.seat("truong-mot"), order(desk, to={ahead: "truong-mot"}), now=desk.now)
    desk.settle()
    assert stored_otherwise(desk.now) == []
    assert (desk.share(late, "an").state, desk.share(late, "an").finished_at) == ("passed_on", desk.now)
    assert desk.share(late, "an").due_at == at(4, 17) and [one.official_id for one in desk.faults(late)] == [
        desk.person("an")
    ]
    assert desk.share(late, "binh").due_at is None  # it was late when it came to hand
    assert desk.share(ahead, "truong-mot").due_at == at(14, 17)
    assert [one.official_id for one in desk.shares(done)] == [desk.person("an")]
    lines = {line.item_id: (line.receiver_id, line.due_at, line.late) for line in handover.lines.all()}
    assert lines == {
        late: (desk.person("binh"), at(4, 17), True),
        ahead: (desk.person("truong-mot"), at(14, 17), False),
    }


def test_a_deadline_of_one_s_own_goes_with_the_work(desk: Desk) -> None:
    item = desk.give(lead="binh", due=at(14, 17))
    given = {"role": "support", "due_at": at(10, 17).isoformat()}
    an = desk.cast.people["an"]
    Event.objects.create(item_id=item, at=desk.now, activity="assigned", official=an, attributes=given)
    mark([item])
    desk.settle()
    hand_over(desk.seat("truong-mot"), order(desk, receiver="truong-mot"), now=desk.wait(hours=1))
    share = desk.share(item, "truong-mot")
    assert (share.role, share.due_at) == ("support", at(10, 17))


def test_what_waits_for_the_giver_is_asked_of_the_receiver_and_of_nobody_who_asked_it(desk: Desk) -> None:
    given = desk.give(lead="an")
    other = desk.give(lead="binh")
    for person, item in (("an", given), ("binh", other)):
        ask_time(desk.seat(person), item, at(12, 17), "Chờ số liệu", "outside", now=desk.now)
    desk.settle()
    hand_over(desk.seat("giam-doc"), order(desk, "truong-mot", "binh", why="leave"), now=desk.wait(hours=1))
    to = dict(Question.objects.filter(state="open").values_list("item", "to"))
    assert to == {given: desk.person("binh"), other: desk.person("giam-doc")}


def test_what_the_giver_asked_for_himself_falls_away(desk: Desk) -> None:
    item = desk.give()
    question = ask_time(desk.seat("an"), item, at(12, 17), "Ốm", "outside", now=desk.now)
    desk.settle()
    hand_over(desk.seat("an"), order(desk, why="leave"), now=desk.wait(hours=1))
    question.refresh_from_db()
    assert question.state == "taken_back"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"receiver": "an"}, "who hands over"),
        ({"receiver": "dung"}, "holds no post any more"),
        ({"receiver": "chi"}, "is away all the time"),
        ({"receiver": "em"}, "works in another unit"),
        ({"receiver": None}, "no receiver yet"),
        ({"why": ""}, "No reason was chosen"),
        ({"giver": "quan-tri"}, "nothing to hand over"),
    ],
)
def test_what_cannot_be_handed_over_so_is_refused_and_nothing_is_written(
    desk: Desk, told: dict[str, Any], said: str
) -> None:
    item = desk.give(lead="an", giver="giam-doc", due=at(14, 17))
    end_spell(SYSTEM, desk.cast.spells["dung"], date(2030, 6, 2))
    record_absence(SYSTEM, person=desk.cast.people["chi"], kind="leave", first=date(2030, 6, 1), until=date(2030, 7, 1))
    desk.settle()
    before = happened(item)
    with pytest.raises(Refused, match=said):
        hand_over(desk.seat("giam-doc"), order(desk, **told), now=desk.now)
    assert happened(item) == before and not Handover.objects.exists()


def test_an_item_in_which_the_receiver_has_a_part_needs_another_one(desk: Desk) -> None:
    shared, own = desk.give(support=("binh",)), desk.give()
    desk.settle()
    with pytest.raises(Refused, match="has a part in “Báo cáo quý” already"):
        hand_over(desk.seat("truong-mot"), order(desk), now=desk.now)
    assert "passed_on" not in happened(own)
    hand_over(desk.seat("truong-mot"), order(desk, to={shared: "truong-mot"}), now=desk.wait(hours=1))
    assert desk.share(shared, "truong-mot").role == "lead" and desk.share(own, "binh").state == "open"


def test_only_the_person_and_a_head_over_them_hand_over(desk: Desk) -> None:
    desk.give()
    desk.settle()
    for role in ("binh", "truong-hai", "nhan-su", "giam-doc-b"):
        with pytest.raises(Refused, match="or a head over them"):
            hand_over(desk.seat(role), order(desk, receiver="truong-mot"), now=desk.now)
    hand_over(desk.seat("an"), order(desk, why="leave"), now=desk.now)
    with pytest.raises(Refused, match="nothing to hand over"):  # pressed twice
        desk.settle()
        hand_over(desk.seat("an"), order(desk, why="leave"), now=desk.wait(hours=1))


def test_work_that_went_elsewhere_meanwhile_stops_the_whole_handover(desk: Desk) -> None:
    moved, stays = desk.give(), desk.give()
    desk.settle()
    pass_on(desk.seat("an"), moved, desk.person("binh"), "đổi việc", now=desk.wait(minutes=1))
    with pytest.raises(Refused, match="finished or passed on just now"):
        hand_over(desk.seat("truong-mot"), order(desk), now=desk.wait(minutes=1))
    assert "passed_on" not in happened(stays)


def test_who_left_without_handing_over_is_told_until_it_is_done(desk: Desk) -> None:
    desk.give()
    desk.give()
    desk.settle()
    units = {desk.cast.units["phong-mot"].pk}
    assert left_behind(units, date(2030, 6, 3)) == {}
    end_spell(SYSTEM, desk.cast.spells["an"], date(2030, 6, 10))
    day = date(2030, 6, 11)
    assert left_behind(units, day) == {desk.person("an"): 2}
    assert left_behind({desk.cast.units["phong-hai"].pk}, day) == {}
    desk.wait(days=8)
    hand_over(desk.seat("truong-mot"), order(desk), now=desk.now)
    desk.settle()
    assert left_behind(units, day + timedelta(days=1)) == {}
