"""What a holder does: takes up, reports, delivers, takes back, passes on, asks for time, asks to be relieved."""

from datetime import date

import pytest
from desk_scene import Desk, at, happened

from congtam.desk import deciding, doing
from congtam.desk.models import Question, Remark
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.people.actions import begin_spell, end_spell, set_post
from congtam.people.away import record_absence

pytestmark = pytest.mark.django_db


def deliver(desk: Desk, item: int, code: str = "an", text: str = "") -> Question | None:
    return doing.deliver(desk.seat(code), item, text, now=desk.now)


def pass_on(desk: Desk, item: int, to: str, by: str = "an", of: str | None = None, why: str = "") -> None:
    holder = desk.person(of) if of else None
    doing.pass_on(desk.seat(by), item, desk.person(to), why, holder, now=desk.now)


def test_work_is_taken_up_once(desk: Desk) -> None:
    item = desk.give()
    begun = desk.wait(minutes=20)
    doing.take_up(desk.seat("an"), item, now=desk.now)
    desk.wait(minutes=1)
    with pytest.raises(Refused, match="This was taken up at 09:20 03/06/2030"):
        doing.take_up(desk.seat("an"), item, now=desk.now)
    assert desk.share(item, "an").taken_up_at == begun
    assert happened(item).count("taken_up") == 1


def test_only_who_holds_work_does_it(desk: Desk) -> None:
    item = desk.give()
    for code in ("binh", "truong-mot", "em"):
        with pytest.raises(Refused, match="it is held by Nguyễn Thị An"):
            doing.take_up(desk.seat(code), item, now=desk.now)
    with pytest.raises(Refused, match="no such work"):
        doing.take_up(desk.seat("an"), 999_999, now=desk.now)


def test_a_report_moves_no_clock_and_is_kept_apart_from_the_facts(desk: Desk) -> None:
    item = desk.give()
    due = desk.standing(item).due_at
    doing.report(desk.seat("an"), item, " Đã lấy đủ số liệu ", now=desk.wait(hours=2))
    assert desk.standing(item).due_at == due
    remark = Remark.objects.get(item=item)
    assert (remark.by_id, remark.kind, remark.text) == (desk.person("an"), "report", "Đã lấy đủ số liệu")
    with pytest.raises(Refused, match="report is empty"):
        doing.report(desk.seat("an"), item, "  ", now=desk.now)


def test_what_is_delivered_waits_for_who_gave_it_until_the_third_working_day_closes(desk: Desk) -> None:
    item = desk.give()
    desk.wait(days=3)  # Thursday: Friday, Monday, Tuesday follow
    question = deliver(desk, item, text="Bản cuối")
    assert question is not None
    assert (question.to_id, question.until) == (desk.person("truong-mot"), at(11, 17))
    standing = desk.standing(item)
    assert (standing.state, standing.accepted) == ("finished", False)
    with pytest.raises(Refused):
        deliver(desk, item)
    assert Question.objects.count() == 1


def test_who_helped_is_done_when_the_lead_delivers(desk: Desk) -> None:
    item = desk.give(support=("binh",))
    question = deliver(desk, item)
    assert question is not None and question.by_id == desk.person("an")
    assert desk.share(item, "binh").state == "finished"
    desk.wait(days=30)
    assert not desk.faults(item)  # helping can only end in time


def test_who_helps_delivers_a_part_and_the_work_goes_on(desk: Desk) -> None:
    item = desk.give(support=("binh",))
    assert deliver(desk, item, "binh") is None
    assert [one.state for one in (desk.share(item, "an"), desk.share(item, "binh"))] == ["open", "finished"]
    doing.take_back(desk.seat("binh"), item, now=desk.wait(minutes=5))
    assert desk.share(item, "binh").state == "open"


def test_what_was_delivered_by_mistake_was_never_finished(desk: Desk) -> None:
    item = desk.give(support=("binh",))
    question = deliver(desk, item)
    doing.take_back(desk.seat("an"), item, now=desk.wait(hours=1))
    assert [one.state for one in desk.shares(item)] == ["open", "open"]
    assert (desk.standing(item).returns, desk.standing(item).reopened) == (0, 0)
    question.refresh_from_db()
    assert question.state == "taken_back"
    assert deliver(desk, item) is not None
    assert not desk.faults(item)


def test_an_answered_delivery_is_not_taken_back(desk: Desk) -> None:
    item = desk.give()
    deliver(desk, item)
    deciding.accept(desk.seat("truong-mot"), item, now=desk.wait(hours=1))
    with pytest.raises(Refused, match="ask who gave the work to open it again"):
        doing.take_back(desk.seat("an"), item, now=desk.wait(hours=1))
    other = desk.give()
    deliver(desk, other)
    with pytest.raises(Refused):  # silence has answered
        doing.take_back(desk.seat("an"), other, now=desk.wait(days=20))


def test_passing_on_splits_the_clock_and_leaves_lateness_with_who_had_it(desk: Desk) -> None:
    item = desk.give()
    desk.now = at(10)
    pass_on(desk, item, "binh", why="Bận tiếp đoàn")
    first, second = desk.share(item, "an"), desk.share(item, "binh")
    assert (first.state, first.finished_at, second.received_at) == ("passed_on", desk.now, desk.now)
    assert second.due_at is None
    assert [one.official_id for one in desk.faults(item)] == [desk.person("an")]
    deliver(desk, item, "binh")
    assert [one.official_id for one in desk.faults(item)] == [desk.person("an")]


def test_passing_on_in_time_charges_nobody(desk: Desk) -> None:
    item = desk.give()
    desk.wait(days=1)
    pass_on(desk, item, "binh")
    desk.wait(days=1)
    deliver(desk, item, "binh")
    desk.wait(days=30)
    assert desk.share(item, "binh").due_at == at(7, 17)
    assert not desk.faults(item)


def test_work_does_not_go_in_a_circle_and_who_had_it_is_named(desk: Desk) -> None:
    item = desk.give()
    pass_on(desk, item, "binh")
    desk.wait(hours=1)
    with pytest.raises(Refused, match="Nguyễn Thị An had this work and passed it on at 09:00 03/06/2030") as refusal:
        pass_on(desk, item, "an", by="binh")
    assert "Nguyễn Thị An → Hoàng Bình" in refusal.value.text.vi
    pass_on(desk, item, "an", by="truong-mot", of="binh", why="An đã về")  # the head of both decides so
    assert desk.share(item, "an").turn == 2


def test_a_head_moves_work_of_the_unit_and_nobody_else_does(desk: Desk) -> None:
    item = desk.give()
    with pytest.raises(Refused, match="may pass it on"):
        pass_on(desk, item, "binh", by="chi", of="an")
    with pytest.raises(Refused, match="works in another unit"):
        pass_on(desk, item, "chi")
    with pytest.raises(Refused, match="gave this work"):
        pass_on(desk, item, "truong-mot")
    with pytest.raises(Refused, match="has a part in this work already"):
        pass_on(desk, item, "an")
    pass_on(desk, item, "binh", by="truong-mot", of="an")
    with pytest.raises(Refused, match="it is held by Hoàng Bình"):
        pass_on(desk, item, "binh", by="truong-mot", of="an")
    assert happened(item).count("passed_on") == 1


def test_work_is_not_passed_to_who_left_or_is_away(desk: Desk) -> None:
    item = desk.give()
    leave = {"kind": "leave", "first": date(2030, 6, 1), "until": date(2030, 6, 8)}
    record_absence(SYSTEM, person=desk.cast.people["binh"], **leave)
    with pytest.raises(Refused, match="away all the time"):
        pass_on(desk, item, "binh")
    end_spell(SYSTEM, desk.cast.spells["binh"], date(2030, 6, 2))
    with pytest.raises(Refused, match="holds no post any more"):
        pass_on(desk, item, "binh")


def test_a_deadline_of_ones_own_goes_with_the_work(desk: Desk) -> None:
    item = desk.give(support=("binh",))
    doing.ask_time(desk.seat("an"), item, at(12, 17), "Chờ số liệu", "outside", now=desk.now)
    deciding.answer(desk.seat("truong-mot"), desk.asked("more_time"), True, now=desk.now)
    post = set_post(
        SYSTEM, "moi", unit=desk.cast.units["phong-mot"], title="Mới", duty_group="staff", first=date(2030, 6, 1)
    )
    end_spell(SYSTEM, desk.cast.spells["chi"], date(2030, 6, 1))
    begin_spell(
        SYSTEM, code="moi", person=desk.cast.people["chi"], post=post, staff_kind="civil_servant",
        first=date(2030, 6, 1),
    )  # fmt: skip
    pass_on(desk, item, "chi")
    assert desk.share(item, "chi").due_at == at(12, 17)


def test_more_time_is_asked_once_with_its_reason_and_cause(desk: Desk) -> None:
    item, seat = desk.give(), desk.seat("an")
    ask = {"why": "Bão", "cause": "outside", "proof": "12/CĐ", "now": desk.now}
    question = doing.ask_time(seat, item, at(12, 17), **ask)
    told = (question.to_id, question.wanted, question.cause, question.proof)
    assert told == (desk.person("truong-mot"), at(12, 17), "outside", "12/CĐ")
    assert "extended" not in happened(item)
    with pytest.raises(Refused, match="was asked already"):
        doing.ask_time(seat, item, at(13, 17), **ask)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("after the present one", {"wanted": at(6, 17)}),
        ("Give a reason", {"why": " "}),
        ("own or outside", {"cause": "bad luck"}),
    ],
)
def test_what_is_no_reason_for_more_time_is_refused(desk: Desk, said: str, asked: dict) -> None:
    item = desk.give()
    with pytest.raises(Refused, match=said):
        doing.ask_time(
            desk.seat("an"), item, **{"wanted": at(12, 17), "why": "Bão", "cause": "outside", **asked}, now=desk.now
        )
    without = desk.give(due=None)
    with pytest.raises(Refused, match="no deadline to be moved"):
        doing.ask_time(desk.seat("an"), without, at(12, 17), "Bão", "own", now=desk.now)


def test_a_question_may_be_taken_back_by_who_asked(desk: Desk) -> None:
    item = desk.give()
    question = doing.ask_time(desk.seat("an"), item, at(12, 17), "Bão", "outside", now=desk.now)
    with pytest.raises(Refused, match="Only who asked"):
        doing.unask(desk.seat("binh"), question, now=desk.now)
    doing.unask(desk.seat("an"), question, now=desk.now)
    with pytest.raises(Refused, match="answered or taken back"):
        deciding.answer(desk.seat("truong-mot"), question, True, now=desk.now)


def test_who_cannot_do_work_asks_to_be_relieved_and_the_giver_takes_it_back(desk: Desk) -> None:
    item = desk.give()
    question = doing.refuse_work(desk.seat("an"), item, "Đang nghỉ phép", now=desk.now)
    assert desk.share(item, "an").state == "open"
    desk.wait(hours=1)
    deciding.answer(desk.seat("truong-mot"), question, True, now=desk.now)
    assert desk.share(item, "an").state == "passed_on"
    assert desk.share(item, "truong-mot").state == "open"
    pass_on(desk, item, "binh", by="truong-mot")
    assert desk.share(item, "binh").state == "open"


def test_questions_of_a_holder_fall_when_the_work_goes_on_or_is_delivered(desk: Desk) -> None:
    first, second = desk.give(), desk.give()
    for item in (first, second):
        doing.ask_time(desk.seat("an"), item, at(12, 17), "Bão", "outside", now=desk.now)
    pass_on(desk, first, "binh")
    deliver(desk, second)
    assert set(Question.objects.filter(kind="more_time").values_list("state", flat=True)) == {"taken_back"}


def test_a_head_delivers_to_who_stands_above(desk: Desk) -> None:
    item = desk.give("giam-doc", "truong-mot")
    question = deliver(desk, item, "truong-mot")
    assert question is not None and question.to_id == desk.person("giam-doc")
