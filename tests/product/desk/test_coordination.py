"""One unit asks another: its own clock, taken or refused, answered, rated; put before the common superior."""

from datetime import date

import pytest
from desk_scene import Desk, at, happened

from congtam.desk import coordinating, deciding, doing
from congtam.desk.giving import Order
from congtam.desk.models import Question
from congtam.desk.queries import parts_in
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.people.actions import end_spell
from congtam.people.queries import superior_of

pytestmark = pytest.mark.django_db


def ask(desk: Desk, by: str = "an", unit: str = "phong-hai", **order: object) -> int:
    told = {"title": "Số liệu lao động", "lead": 0, "due": at(7, 17), "instruction": "Theo mẫu 2"} | order
    return coordinating.ask_unit(desk.seat(by), Order(**told), desk.cast.units[unit].pk, now=desk.now)


def take(desk: Desk) -> None:
    deciding.answer(desk.seat("truong-hai"), desk.asked("coordination"), True, now=desk.wait(hours=1))


def test_a_request_waits_at_the_head_of_the_unit_on_its_own_clock(desk: Desk) -> None:
    item = ask(desk)
    standing, question = desk.standing(item), desk.asked("coordination")
    assert (standing.kind, standing.unit_id, standing.due_at) == (
        "coordination",
        desk.cast.units["phong-hai"].pk,
        at(7, 17),
    )
    assert (question.to_id, question.text) == (desk.person("truong-hai"), "Theo mẫu 2")
    assert desk.shares(item) == []
    assert parts_in(desk.seat("truong-hai"), item) == {"asked"}


def test_a_request_taken_is_cooperation_answered_and_rated_by_who_asked(desk: Desk) -> None:
    item = ask(desk)
    take(desk)
    share = desk.share(item, "truong-hai")
    assert (share.role, share.due_at) == ("support", at(7, 17))
    doing.pass_on(desk.seat("truong-hai"), item, desk.person("chi"), now=desk.wait(hours=1))
    with pytest.raises(Refused, match="No cooperation was finished"):
        coordinating.rate(desk.seat("an"), item, 5, now=desk.now)
    question = doing.deliver(desk.seat("chi"), item, "Đã gửi", now=desk.wait(hours=1))
    assert question is not None and question.to_id == desk.person("an")
    deciding.accept(desk.seat("an"), item, now=desk.wait(hours=1))
    coordinating.rate(desk.seat("an"), item, 5, now=desk.now)
    assert desk.standing(item).state == "finished"
    assert desk.share(item, "chi").rating == 5_000_000
    with pytest.raises(Refused, match="given already"):
        coordinating.rate(desk.seat("an"), item, 5, now=desk.now)
    for code in ("chi", "truong-hai", "binh"):
        with pytest.raises(Refused, match="rates cooperation"):
            coordinating.rate(desk.seat(code), item, 5, now=desk.now)


def test_a_request_returned_is_open_again_for_who_answered_it(desk: Desk) -> None:
    item = ask(desk)
    take(desk)
    doing.deliver(desk.seat("truong-hai"), item, now=desk.wait(hours=1))
    deciding.return_work(desk.seat("an"), item, "Thiếu tháng 5", now=desk.wait(hours=1))
    assert desk.share(item, "truong-hai").state == "open"
    assert desk.standing(item).state == "open"


def test_who_leads_rates_those_who_helped(desk: Desk) -> None:
    item = desk.give(support=("binh",))
    doing.deliver(desk.seat("an"), item, now=desk.wait(hours=1))
    coordinating.rate(desk.seat("an"), item, 4, desk.person("binh"), now=desk.now)
    assert desk.share(item, "binh").rating == 4_000_000
    with pytest.raises(Refused, match="nobody rates themselves"):
        coordinating.rate(desk.seat("binh"), item, 5, desk.person("binh"), now=desk.now)


def test_a_request_refused_says_why_and_may_be_put_before_the_common_superior(desk: Desk) -> None:
    item = ask(desk)
    with pytest.raises(Refused, match="Give a reason"):
        deciding.answer(desk.seat("truong-hai"), desk.asked("coordination"), False, now=desk.now)
    deciding.answer(desk.seat("truong-hai"), desk.asked("coordination"), False, "Không có số", now=desk.wait(hours=1))
    assert desk.standing(item).state == "open"
    question = coordinating.escalate(desk.seat("an"), item, "Phòng Hai giữ số này", now=desk.wait(hours=1))
    assert question.to_id == desk.person("giam-doc")
    deciding.answer(desk.seat("giam-doc"), question, True, now=desk.wait(hours=1))
    assert desk.share(item, "truong-hai").state == "open"


def test_a_request_nobody_answered_goes_up_and_the_unit_no_longer_answers(desk: Desk) -> None:
    item = ask(desk)
    with pytest.raises(Refused, match="Only who asked"):
        coordinating.escalate(desk.seat("binh"), item, "Chậm", now=desk.now)
    question = coordinating.escalate(desk.seat("an"), item, "Chậm", now=desk.wait(days=1))
    with pytest.raises(Refused, match="answered or taken back"):
        take(desk)
    deciding.answer(desk.seat("giam-doc"), question, False, "Không cần", now=desk.wait(hours=1))
    assert desk.standing(item).state == "cancelled"
    assert not Question.objects.filter(state="open").exists()


def test_a_request_that_was_taken_does_not_go_up(desk: Desk) -> None:
    item = ask(desk)
    take(desk)
    with pytest.raises(Refused, match="has taken this work"):
        coordinating.escalate(desk.seat("an"), item, "Chậm", now=desk.now)


def test_what_cannot_be_asked_is_refused_and_leaves_nothing(desk: Desk) -> None:
    for said, by, unit in (
        ("your own unit", "an", "phong-mot"),
        ("your own unit", "truong-hai", "phong-hai"),
        ("The unit has no head", "an", "van-phong"),
    ):
        with pytest.raises(Refused, match=said):
            ask(desk, by, unit)
    with pytest.raises(Refused, match="has passed"):
        ask(desk, due=at(1))
    assert not Question.objects.exists()


def test_a_request_late_before_it_was_taken_charges_nobody_for_the_wait(desk: Desk) -> None:
    item = ask(desk)
    desk.now = at(12)
    take(desk)
    assert desk.share(item, "truong-hai").due_at is None
    assert desk.faults(item) == []


def test_the_matrix_tells_who_waits_for_whom(desk: Desk) -> None:
    first, _ = ask(desk), ask(desk, due=at(20, 17))
    ask(desk, "chi", "phong-mot")
    deciding.answer(desk.seat("truong-hai"), desk.asked("coordination", first), True, now=desk.wait(hours=1))
    desk.now = at(10)
    desk.settle()
    one, two = desk.cast.units["phong-mot"].pk, desk.cast.units["phong-hai"].pk
    cells = {(cell.asker, cell.asked): cell for cell in coordinating.who_waits_for_whom({one}, desk.now)}
    there, back = cells[one, two], cells[two, one]
    assert (there.count, there.late, there.unanswered, there.oldest) == (2, 1, 1, at(3))
    assert (back.count, back.late, back.unanswered) == (1, 1, 1)
    assert coordinating.who_waits_for_whom({desk.cast.units["van-phong"].pk}, desk.now) == []


def test_the_superior_is_the_head_of_ones_unit_or_of_the_one_above(desk: Desk) -> None:
    day = date(2030, 6, 3)
    above = {code: superior_of(desk.person(code), day) for code in ("an", "truong-mot", "nhan-su", "giam-doc", "em")}
    assert above == {
        "an": desk.person("truong-mot"),
        "truong-mot": desk.person("giam-doc"),
        "nhan-su": desk.person("giam-doc"),  # their own unit has no head
        "giam-doc": None,
        "em": desk.person("giam-doc-b"),
    }


def test_work_of_who_gave_it_and_left_is_decided_by_the_one_above(desk: Desk) -> None:
    item = desk.give()
    end_spell(SYSTEM, desk.cast.spells["truong-mot"], date(2030, 6, 5))
    desk.now = at(6)
    question = doing.deliver(desk.seat("an"), item, now=desk.now)
    assert question is not None and question.to_id == desk.person("giam-doc")
    deciding.accept(desk.seat("giam-doc"), item, now=desk.wait(hours=1))
    assert "accepted" in happened(item)
