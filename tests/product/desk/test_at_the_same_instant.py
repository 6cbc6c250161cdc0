"""Two people, or two workers, at the same instant, each on a connection of their own: one is right, the other is told.

Tests with connections of their own stand in this file only: the others share one transaction (see conftest).
"""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from desk_scene import Desk, at, happened
from django.db import connection

from cast import build
from congtam.desk import deciding, doing
from congtam.desk.models import Question
from congtam.desk.recurring import give_due, set_up
from congtam.desk.template_versions import Pattern, make_template
from congtam.history.refused import Refused
from congtam.work.models import Item, Share, Standing

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What came of each: what it gave, or what was refused."""
    ready, told = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        ready.wait()
        try:
            told.append(act() or "")
        except Refused as refusal:
            told.append(refusal.text.en)
        connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sorted(told, key=str)


def test_of_two_answers_at_once_one_counts_and_pages_show_it_at_once() -> None:
    desk = Desk(build())
    item, now = desk.give(), desk.now
    assert Share.objects.get(item=item).state == "open"  # folded with the commit, before any worker

    doing.deliver(desk.seat("an"), item, now=now)
    one, other = desk.seat("truong-mot"), desk.seat("giam-doc")
    told = at_once(
        lambda: deciding.accept(one, item, now=now), lambda: deciding.return_work(other, item, "Thiếu", now=now)
    )
    assert told[0] == "" and "Nothing more was written" in told[1]
    assert len({"accepted", "returned"} & set(happened(item))) == 1

    second = desk.give()
    doing.deliver(desk.seat("an"), second, now=now)
    told = at_once(*[lambda: deciding.accept(one, second, now=now)] * 2)
    assert told[0] == "" and "Nothing more was written" in told[1]
    assert happened(second).count("accepted") == 1
    assert Question.objects.get(item=second).state == "granted"
    assert Standing.objects.get(item=second).accepted

    third = desk.give()
    head, binh = desk.seat("truong-mot"), desk.person("binh")
    told = at_once(
        lambda: doing.pass_on(desk.seat("an"), third, binh, now=now),
        lambda: doing.pass_on(head, third, binh, "Đổi người", desk.person("an"), now=now),
    )
    assert told[0] == "" and "held by Hoàng Bình" in told[1]
    assert happened(third).count("passed_on") == 1


def test_two_workers_give_what_recurs_once() -> None:
    desk = Desk(build())
    unit, head = desk.cast.units["phong-mot"].pk, desk.seat("truong-mot")
    template = make_template(head, unit, Pattern("Báo cáo tuần", 2, "Báo cáo"), now=desk.now)
    set_up(head, template.pk, desk.person("an"), every="week", on=2, now=desk.now)
    assert at_once(*[lambda: give_due(at(4, 7))] * 2) == ["", 1]
    assert Item.objects.count() == 1
