"""Facts are numbered in the order of commits; two who edit one thing at once do not both succeed."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from cast import Cast, build
from congtam.history.actor import SYSTEM
from congtam.history.conflict import Conflict, expect_standing
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, last_known, take
from congtam.people.actions import begin_spell, end_spell
from congtam.people.models import Spell

JULY = date(2025, 7, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_edits_at_once_one_is_told_of_the_other() -> None:
    cast = build()
    told = _at_once(
        lambda: end_spell(SYSTEM, cast.spells["an"], JULY), lambda: end_spell(SYSTEM, cast.spells["an"], JULY)
    )
    assert sorted(type(one).__name__ for one in told) == ["Conflict", "Spell"]
    assert Spell.standing().filter(code="ct-an").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_is_done_once() -> None:
    cast = build()

    def send() -> Spell:
        return begin_spell(
            SYSTEM,
            code="ct-an-2",
            person=cast.people["an"],
            post=cast.posts["chi"],
            staff_kind="civil_servant",
            first=JULY,
        )

    told = _at_once(send, send)
    assert sorted(type(one).__name__ for one in told) == ["Refused", "Spell"]
    assert Spell.objects.filter(code="ct-an-2").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_visible_number_means_that_all_smaller_ones_are_visible() -> None:
    seen: list[bool] = []
    ready = Barrier(2)

    def slow() -> None:
        with in_order():
            take(1)
            ready.wait()  # the other starts while we hold a number and have not committed
            connection.cursor().execute("SELECT pg_sleep(0.2)")
        connection.close()

    def fast() -> None:
        ready.wait()
        with in_order():
            [mine] = take(1)
        seen.append(mine == last_known())
        connection.close()

    threads = [Thread(target=slow), Thread(target=fast)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert seen == [True]


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_of_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="in_order"):
        take(1)


def test_who_came_first_is_told_in_both_languages(cast: Cast) -> None:
    newer = end_spell(SYSTEM, cast.spells["an"], JULY)
    with pytest.raises(Conflict) as told, in_order():
        expect_standing(Spell, cast.spells["an"].seq)
    assert told.value.at == Spell.objects.get(seq=newer.seq).recorded_at
    assert isinstance(told.value, Refused)
    text = told.value.naming("Trần Văn Đức")
    assert "Trần Văn Đức" in text.vi
    assert "Trần Văn Đức" in text.en
    assert "Chưa có gì được ghi" in text.vi


def _at_once(*actions: object) -> list[object]:
    """What each action, started together, gave or raised."""
    ready = Barrier(len(actions))
    told: list[object] = []

    def run(action: object) -> None:
        ready.wait()
        try:
            told.append(action())  # type: ignore[operator]
        except Refused as refusal:
            told.append(refusal)
        connection.close()

    threads = [Thread(target=run, args=(one,)) for one in actions]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return told
