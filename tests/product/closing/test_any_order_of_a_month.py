"""Whatever anybody of the cast tries in a month, in whatever order: what is refused leaves nothing, what was written
stays, nobody does what is another's, and a seal holds what people were shown or told was changed."""

import os
from collections.abc import Iterator, Sequence
from random import Random
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, example, given, note, settings
from hypothesis import strategies as st

from calibration_scene import FILE, RULES, committee
from cast import Cast
from congtam.engine.sealing.archive import read_seal
from congtam.engine.sealing.verify import verify
from congtam.history.actor import SYSTEM
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.ratings.actions import take_back
from congtam.ratings.models import Rating
from congtam.registry import shipped
from congtam.scores.keeping import file_of
from congtam.scores.models import Seal
from cycle_scene import OPENED
from month_deeds import PEOPLE, Month, noise
from month_scene import DECREE
from sealed_scene import play

pytestmark = pytest.mark.django_db

LENGTH = 100
STORIES = int(os.environ.get("CONGTAM_STORIES", "0"))  # further ones, drawn at random
MAY_CHANGE = ("replaced_by", "adjourned_at")  # the columns of a row that are written once after it
ROOMS = ("cycles", "ratings", "marking", "calibration", "objections", "closing", "scores_seal", "exemptions", "people")
Rows = dict[str, tuple[frozenset[int], int]]


def tables() -> list[str]:
    """The tables of the rooms of a month."""
    return [name for name in connection.introspection.table_names() if name.startswith(ROOMS)]


def rows(names: Sequence[str]) -> Rows:
    """The rows of tables, each as a number, without what is written to a row once; and how many have that."""
    drop = "".join(f" - '{one}'" for one in MAY_CHANGE)
    each = (
        f"SELECT '{name}', coalesce(array_agg(hashtextextended((to_jsonb(t){drop})::text, 0)), '{{}}'),"
        f" count(to_jsonb(t)->>'replaced_by') + count(to_jsonb(t)->>'adjourned_at') FROM {name} t"
        for name in names
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return {name: (frozenset(found), replaced) for name, found, replaced in cursor.fetchall()}


@pytest.fixture
def ready(cast: Cast) -> Iterator[Cast]:
    """June told and marked but for some, under a month with a limit and a veto; a committee; no cycle yet."""
    files = shipped.files_of(DECREE)
    limited = {**files, FILE: files[FILE] + RULES}
    with patch(
        "congtam.registry.actions.copies.files_of", lambda name: limited if name == DECREE else shipped.files_of(name)
    ):
        play(cast)
    for mark in Rating.standing().filter(person__code__in=("an", "chi"), criterion="general"):
        take_back(SYSTEM, mark)
    with patch("calibration_scene.NOW", OPENED):
        committee(cast)
    yield cast


@settings(
    max_examples=max(1, STORIES),
    phases=[Phase.explicit, *([Phase.generate] if STORIES else [])],
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@example(seed=7408)
@given(seed=st.integers(0, 2**32))
def test_a_month_holds_whatever_is_tried(ready: Cast, seed: int) -> None:
    with transaction.atomic():
        chance = Random(seed)
        month, names = Month(ready, chance), tables()
        before = rows(names)
        while month.tried < LENGTH and Seal.objects.count() < 2:
            month.look()
            deed, by, *whom = month.sensible() if chance.random() < 0.67 else noise(chance)
            by = chance.choice(PEOPLE) if chance.random() < 0.1 else by
            try:
                getattr(month, deed)(by, *whom)
                said = "done"
            except (Refused, Conflict, LookupError) as refused:
                said = f"refused: {refused}"
            note(f"{month.now:%d/%m %H:%M} {month.step} {deed} by {by}: {said}")
            after = rows(names)
            if said != "done":
                assert after == before, f"{deed} was refused and left something"
            for name, (kept, replaced) in before.items():
                assert kept <= after[name][0] and replaced <= after[name][1], f"{deed} rewrote {name}"
            before, month.tried = after, month.tried + 1
            month.never()
        for one in Seal.objects.all():
            verdict = verify(read_seal(file_of(one)), one.body)
            assert verdict.intact and verdict.recomputes
        transaction.set_rollback(True)
