"""Work nobody gave: nothing happened before a named counterpart says that it did."""

from datetime import date

import pytest
from desk_scene import Desk, at, happened

from congtam.desk import deciding, doing, giving, incidental
from congtam.desk.giving import Order
from congtam.desk.models import Brief, Question
from congtam.engine.periods import local_day
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.people.actions import end_spell
from congtam.people.away import record_absence
from congtam.work.models import Event, Item, ItemText

pytestmark = pytest.mark.django_db


def tell(desk: Desk, confirmer: str = "binh", **told: object) -> Question:
    said = {"kind": "citizens", "text": "Tiếp 3 lượt dân", "at": None} | told
    return incidental.tell(desk.seat("an"), **said, confirmer=desk.person(confirmer), now=desk.now)


def test_work_told_is_nothing_until_it_is_confirmed(desk: Desk) -> None:
    question = tell(desk, at=at(3, 8))
    assert not Event.objects.exists()
    deciding.answer(desk.seat("binh"), question, True, now=desk.wait(days=1))
    share, standing = desk.share(question.item_id, "an"), desk.standing(question.item_id)
    assert (share.received_at, share.finished_at, share.accepted_at) == (at(3, 8), at(3, 8), desk.now)
    assert (standing.origin, standing.kind, standing.accepted) == ("self_started", "exchange", True)
    accepted = Event.objects.get(activity="accepted")
    assert accepted.counterpart == str(desk.person("binh"))
    assert ItemText.objects.get(item=question.item_id).title == "Tiếp 3 lượt dân"


def test_what_was_not_confirmed_leaves_no_event(desk: Desk) -> None:
    question = tell(desk)
    deciding.answer(desk.seat("binh"), question, False, "Hôm đó tôi không có mặt", now=desk.now)
    assert not Event.objects.exists()
    with pytest.raises(Refused, match="answered or taken back"):
        deciding.answer(desk.seat("binh"), question, True, now=desk.now)


def test_nobody_confirms_their_own_work_nor_does_anybody_else(desk: Desk) -> None:
    with pytest.raises(Refused, match="Nobody confirms their own work"):
        tell(desk, "an")
    question = tell(desk)
    for code in ("an", "chi"):
        with pytest.raises(Refused, match="only they or a head above"):
            deciding.answer(desk.seat(code), question, True, now=desk.now)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("lies ahead", {"at": at(4)}),
        ("away or held no post", {"at": at(3, month=2)}),
        ("what kind of work", {"kind": "coffee"}),
        ("what kind of work", {"text": " "}),
        ("away all the time", {"confirmer": "dung"}),
    ],
)
def test_what_cannot_have_been_is_refused_and_leaves_nothing(desk: Desk, said: str, told: dict) -> None:
    away = {"kind": "leave", "first": date(2030, 2, 1), "until": date(2030, 3, 1)}
    record_absence(SYSTEM, person=desk.cast.people["an"], **away)
    record_absence(SYSTEM, person=desk.cast.people["dung"], **away | {"until": date(2030, 9, 1)})
    with pytest.raises(Refused, match=said):
        tell(desk, **told)
    assert not Item.objects.exists()


def test_an_initiative_counts_once_it_is_recognised_by_a_decision(desk: Desk) -> None:
    question = incidental.propose(
        desk.seat("an"), "Bỏ một bước in", "Ký số thay cho in", desk.person("truong-mot"), now=desk.now
    )
    assert not Event.objects.exists()
    desk.wait(days=10)
    with pytest.raises(Refused, match="Write its number"):
        deciding.answer(desk.seat("truong-mot"), question, True, now=desk.now)
    deciding.answer(desk.seat("truong-mot"), question, True, decision="31/QĐ-SA", now=desk.now)
    standing, recognised = desk.standing(question.item_id), Event.objects.get(activity="recognised")
    assert (standing.kind, standing.recognised, standing.received_at) == ("initiative", True, at(3))
    assert (recognised.decision, recognised.at) == ("31/QĐ-SA", desk.now)
    with pytest.raises(Refused, match="a name, and words"):
        incidental.propose(desk.seat("an"), "Tên", " ", desk.person("truong-mot"), now=desk.now)


def test_secret_work_is_counted_and_never_named(desk: Desk) -> None:
    count = {"number": 5, "done_in_time": 4, "month": date(2030, 5, 9), "confirmer": desk.person("truong-mot")}
    question = incidental.count_secret(desk.seat("an"), **count, now=desk.now)
    assert not Event.objects.exists()
    with pytest.raises(Refused, match="was told already"):
        incidental.count_secret(desk.seat("an"), **count, now=desk.now)
    deciding.answer(desk.seat("truong-mot"), question, True, now=desk.wait(hours=1))
    desk.settle()
    briefs = Brief.objects.filter(secret=True)
    shares = [share for brief in briefs for share in desk.shares(brief.item_id)]
    assert [share.finished_at > share.due_at for share in shares] == [False] * 4 + [True]
    assert {local_day(share.due_at) for share in shares} == {date(2030, 5, 31)}
    assert set(ItemText.objects.values_list("title", flat=True)) == {"Việc mật (chỉ báo số lượng)"}


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("from 1 to 500", {"number": 0}),
        ("from 1 to 500", {"number": 501}),
        ("no more can be in time", {"number": 2, "done_in_time": 3}),
        ("not over", {"month": date(2030, 6, 1)}),
    ],
)
def test_a_count_that_cannot_be_is_refused(desk: Desk, said: str, count: dict) -> None:
    told = {"number": 5, "done_in_time": 4, "month": date(2030, 5, 9), "confirmer": desk.person("truong-mot")} | count
    with pytest.raises(Refused, match=said):
        incidental.count_secret(desk.seat("an"), **told, now=desk.now)


def test_what_one_sets_out_to_do_is_accepted_by_who_stands_above(desk: Desk) -> None:
    order = Order("Số hóa kho lưu trữ", lead=0, due=at(7, 17), product="Kho số")
    item = giving.set_out(desk.seat("an"), order, now=desk.now)
    assert desk.standing(item).origin == "self_started"
    question = doing.deliver(desk.seat("an"), item, now=desk.wait(days=1))
    assert question is not None and question.to_id == desk.person("truong-mot")
    with pytest.raises(Refused):
        deciding.accept(desk.seat("an"), item, now=desk.now)
    deciding.accept(desk.seat("truong-mot"), item, now=desk.wait(hours=1))
    assert desk.share(item, "an").accepted
    assert happened(item)[-1] == "accepted"


def test_work_of_ones_own_that_nobody_could_accept_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="Nobody stands above"):
        giving.set_out(desk.seat("giam-doc"), Order("Việc riêng", lead=0, due=at(7, 17)), now=desk.now)
    end_spell(SYSTEM, desk.cast.spells["an"], date(2030, 6, 1))
    with pytest.raises(Refused, match="holds no post any more"):
        giving.set_out(desk.seat("an"), Order("Việc riêng", lead=0, due=at(7, 17)), now=desk.now)
