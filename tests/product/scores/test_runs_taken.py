"""Runs taken for a cycle: of one agency, of facts known at a number, kept, and opened again to the same figures."""

from datetime import date

import pytest

from cast import Cast
from congtam.engine.periods import Period
from congtam.history.refused import Refused
from congtam.scores.full import nightly
from congtam.scores.models import Run, RunScore
from congtam.scores.taking import last_taken, reopen_run, take
from month_scene import DECREE, PERIOD, at, mark, play

pytestmark = pytest.mark.django_db
CARD = f"{DECREE}#civil_servant_month"
JUNE = Period.parse(PERIOD)


def test_the_agency_s_people_with_a_legal_card_are_scored_and_nobody_else(cast: Cast) -> None:
    play(cast)
    taken = take(cast.units["so-a"].pk, JUNE, at(3, month=7))
    assert list(taken.runs) == [CARD]
    assert taken.as_of == JUNE.end
    scored = set(RunScore.objects.filter(run=taken.runs[CARD]).values_list("person_id", flat=True))
    assert scored == set(taken.legal) == {one.pk for one in cast.people.values()} - {
        cast.people["giam-doc-b"].pk, cast.people["em"].pk
    }  # fmt: skip


def test_a_run_taken_opens_to_the_same_figures_after_later_facts(cast: Cast) -> None:
    play(cast)
    then = take(cast.units["so-a"].pk, JUNE, at(3, month=7))
    mark(cast, "an", 11)
    after = take(cast.units["so-a"].pk, JUNE, at(4, month=7))
    an = cast.people["an"].pk
    points = {one.pk: RunScore.objects.get(run=one, person=an).lowest for one in (then.runs[CARD], after.runs[CARD])}
    assert points[then.runs[CARD].pk] > points[after.runs[CARD].pk]
    for run in (then.runs[CARD], after.runs[CARD]):
        again = reopen_run(Run.objects.get(pk=run.pk)).legal_score(str(an))
        assert again is not None
        assert again.lowest == points[run.pk]
    assert last_taken(cast.units["so-a"].pk, JUNE, "draft") == [after.runs[CARD]]
    assert last_taken(cast.units["so-a"].pk, JUNE, "final") == []


def test_the_night_s_runs_leave_those_taken(cast: Cast) -> None:
    play(cast)
    taken = take(cast.units["so-a"].pk, JUNE, at(19))
    for day in (19, 20):
        nightly(at(day, 2))
    assert Run.objects.filter(pk=taken.runs[CARD].pk).exists()
    assert RunScore.objects.filter(run=taken.runs[CARD]).exists()


def test_a_period_without_people_or_scorecards_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="No scorecard"):
        take(cast.units["so-a"].pk, JUNE, at(3, month=7))
    play(cast)
    other = cast.units["so-a"].pk + 1_000_000
    with pytest.raises(Refused, match="Nobody held a post"):
        take(other, JUNE, at(3, month=7))
    assert date(2025, 3, 1) < JUNE.first
