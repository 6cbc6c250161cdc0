"""What cost points is counted when nothing else is left to do, is kept, and is what the trace says."""

import pytest

import month_scene as scene
from cast import Cast
from congtam.engine.periods import Period
from congtam.scores.losses import fill, losses_of
from congtam.scores.models import Live
from congtam.scores.opening import opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 09:40 on 18/06/2030."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: scene.NOW)


def own(cast: Cast, rulebook: str = scene.DECREE) -> Live:
    return Live.objects.get(person=cast.people["an"], period=scene.PERIOD, rulebook=rulebook)


@pytest.mark.parametrize("rulebook", [scene.DECREE, scene.HUE])
def test_the_lines_are_those_of_the_trace(cast: Cast, rulebook: str) -> None:
    scene.play(cast)
    while fill(scene.NOW):
        pass
    live = own(cast, rulebook)
    assert live.losses is not None
    period = Period.parse(scene.PERIOD)
    _, trace = opened(live.person_id, period, live.rulebook, live.scorecard, as_of=live.as_of)
    expected = [
        {"item": int(one.item), "total": one.effect.if_good.total, "parts": [list(p) for p in one.effect.if_good.parts]}
        for one in trace.records
        if one.effect.if_good.total > 0
    ]
    assert live.losses == {"n": len(expected), "lines": expected}


def test_a_score_made_anew_waits_to_be_counted_again(cast: Cast) -> None:
    scene.play(cast)
    assert losses_of(own(cast))["n"] == 2 == own(cast).losses["n"]
    scene.tell(cast, [scene.task("401", "an", scene.at(3), scene.at(10, 17), scene.at(14, 9))])
    scene.settle()
    assert own(cast).losses is None
    assert losses_of(own(cast))["n"] == 3


def test_filling_ends(cast: Cast) -> None:
    scene.play(cast)
    counted = [fill(scene.NOW, limit=5) for _ in range(40)]
    assert counted[0] == 5 and counted[-1] == 0
