"""Two leaders press “Chốt” at one instant, each on a connection of their own: one seals, the other is told, and nothing
is there twice or half."""

import threading
from typing import Any

from django.db import connection

import cast as casting
import database
from closing_scene import NOW, to_seal
from congtam.audit.models import Entry
from congtam.closing.sealing import close
from congtam.cycles.queries import is_sealed
from congtam.history.refused import Refused
from congtam.scores import extract as extracts
from congtam.scores.models import Run, Seal, SealedScore, SealFile
from cycle_scene import seat


def test_of_two_who_seal_a_period_at_once_one_does_and_the_other_is_told(
    django_db_setup: Any, django_db_blocker: Any
) -> None:
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        try:
            database.copy("closing")
            _switch("closing")
            _pressed_at_once()
        finally:
            _switch(before)


def _pressed_at_once() -> None:
    cast = casting._by_actions()  # by deeds: this database takes its numbers as they come
    cycle, both = to_seal(cast), threading.Barrier(2)
    answers: list[Seal | Refused] = []

    def press() -> None:
        try:
            both.wait(10)
            answers.append(close(seat(cast, "giam-doc", NOW), cycle, NOW))
        except Refused as refused:
            answers.append(refused)
        finally:
            connection.close()

    pressing = [threading.Thread(target=press) for _ in range(2)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    refused, made = sorted(answers, key=lambda one: isinstance(one, Seal))
    assert isinstance(refused, Refused) and isinstance(made, Seal), answers
    assert "was sealed at" in refused.text.en and "đã được chốt lúc" in refused.text.vi
    assert [one.pk for one in Seal.objects.all()] == [made.pk] and SealFile.objects.count() == 1
    assert SealedScore.objects.filter(seal=made).count() == made.people == 14
    finals = list(Run.objects.filter(kind="final").values_list("rulebook", "scorecard"))
    assert len(finals) == len(set(finals)) == 2, "one final run of each card"
    assert Entry.objects.filter(action="closing.seal").count() == 1
    assert is_sealed(cycle, NOW)


def _switch(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    extracts.evaluated.cache_clear()
