"""Which part somebody has in an item, what waits for them, and what concerns them today."""

from datetime import date

import pytest
from desk_scene import Desk, at
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congtam.desk import deciding, doing, incidental
from congtam.desk.models import Question, Remark
from congtam.desk.queries import parts_in, questions_by, questions_to, today
from congtam.history.actor import SYSTEM
from congtam.people.away import delegate, record_absence
from congtam.work.clocks import clocks_now
from congtam.work.lists import Sight

pytestmark = pytest.mark.django_db


def waiting(desk: Desk, code: str) -> list[int]:
    return [one.pk for one in questions_to(desk.seat(code), desk.now)]


def test_a_part_in_an_item_is_that_of_a_holder_a_giver_somebody_asked_or_a_head(desk: Desk) -> None:
    item = desk.give(support=("binh",))
    desk.settle()
    parts = {code: parts_in(desk.seat(code), item) for code in ("an", "binh", "truong-mot", "giam-doc", "chi", "em")}
    assert parts == {
        "an": {"holder"},
        "binh": {"holder"},
        "truong-mot": {"giver", "head"},
        "giam-doc": {"head"},
        "chi": frozenset(),
        "em": frozenset(),
    }
    doing.deliver(desk.seat("an"), item, now=desk.now)
    assert parts_in(desk.seat("truong-mot"), item) == {"giver", "head", "asked"}
    assert parts_in(desk.seat("kiem-tra"), item) == frozenset()


def test_who_told_of_work_sees_it_while_it_waits_for_its_confirmer(desk: Desk) -> None:
    question = incidental.tell(desk.seat("an"), "duty", "Trực đêm", desk.person("chi"), now=desk.now)
    assert parts_in(desk.seat("an"), question.item_id) == {"giver"}
    assert parts_in(desk.seat("chi"), question.item_id) == {"asked"}


def test_what_waits_is_for_who_was_asked_and_for_nobody_further_up(desk: Desk) -> None:
    question = doing.ask_time(desk.seat("an"), desk.give(), at(12, 17), "Bão", "outside", now=desk.now)
    assert waiting(desk, "truong-mot") == [question.pk]
    assert waiting(desk, "giam-doc") == waiting(desk, "an") == waiting(desk, "kiem-tra") == []
    assert [one.pk for one in questions_by(desk.person("an"))] == [question.pk]


def test_what_waits_for_somebody_away_is_seen_by_the_one_right_above(desk: Desk) -> None:
    question = doing.ask_time(desk.seat("an"), desk.give(), at(12, 17), "Bão", "outside", now=desk.now)
    leave = {"kind": "leave", "first": date(2030, 6, 4), "until": date(2030, 6, 5)}
    record_absence(SYSTEM, person=desk.cast.people["truong-mot"], **leave)
    assert waiting(desk, "giam-doc") == []
    desk.now = at(4)
    assert waiting(desk, "giam-doc") == [question.pk]


def test_a_delegate_sees_what_waits_for_the_head(desk: Desk) -> None:
    question = doing.ask_time(desk.seat("an"), desk.give(), at(12, 17), "Bão", "outside", now=desk.now)
    people, unit = desk.cast.people, desk.cast.units["phong-mot"]
    days = {"first": date(2030, 6, 1), "until": date(2030, 6, 20)}
    delegate(SYSTEM, giver=people["truong-mot"], receiver=people["binh"], unit=unit, **days, decision="4/QĐ")
    delegate(SYSTEM, giver=people["truong-hai"], receiver=people["an"], unit=desk.cast.units["phong-hai"], **days,
             decision="5/QĐ")  # fmt: skip
    assert waiting(desk, "binh") == [question.pk]
    assert waiting(desk, "an") == []  # who asked never answers


def test_today_tells_what_presses_what_came_back_and_what_waits(desk: Desk) -> None:
    late, soon = desk.give(due=at(3, 11)), desk.give(due=at(5, 17))
    back, far = desk.give(due=at(20, 17)), desk.give(due=at(27, 17))
    doing.deliver(desk.seat("an"), back, now=desk.wait(minutes=1))
    deciding.return_work(desk.seat("truong-mot"), back, "Thiếu", now=desk.wait(minutes=1))
    asked = incidental.tell(desk.seat("binh"), "duty", "Trực", desk.person("an"), now=desk.now)
    own = doing.ask_time(desk.seat("an"), far, at(28, 17), "Bão", "outside", now=desk.now)
    desk.now = at(3, 15)
    desk.settle()
    sight = Sight(desk.now, clocks_now(desk.now).clocks.calendar)
    an = desk.seat("an")
    with CaptureQueriesContext(connection) as asking:
        seen = today(an, sight)
    assert [row.item for row in seen.late] == [late]
    assert [row.item for row in seen.soon] == [soon]
    assert [row.item for row in seen.rest] == [back, far]
    assert seen.returned == {back}
    assert [one.pk for one in seen.to_answer] == [asked.pk]
    assert [one.pk for one in seen.asked] == [own.pk]
    assert len(asking) <= 6
    assert today(desk.seat("kiem-tra"), sight).late == []


def test_what_was_said_and_asked_of_an_item_is_told_in_order(desk: Desk) -> None:
    item = desk.give()
    doing.report(desk.seat("an"), item, "Một nửa", now=desk.wait(hours=1))
    doing.deliver(desk.seat("an"), item, "Bản cuối", now=desk.wait(hours=1))
    deciding.return_work(desk.seat("truong-mot"), item, "Thiếu phụ lục", now=desk.wait(hours=1))
    assert [(one.kind, one.text) for one in Remark.objects.filter(item=item).order_by("at")] == [
        ("report", "Một nửa"),
        ("deliver", "Bản cuối"),
        ("return", "Thiếu phụ lục"),
    ]
    assert [(one.kind, one.state, one.answer) for one in Question.objects.filter(item=item)] == [
        ("acceptance", "refused", "Thiếu phụ lục")
    ]
