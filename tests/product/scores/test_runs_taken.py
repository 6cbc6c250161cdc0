"""Runs taken for a cycle: of one agency, of facts known at a number, kept, and opened again to the same figures."""

import pytest

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.ratings.actions import rate
from congtam.scores.full import nightly
from congtam.scores.models import Run, RunScore
from congtam.scores.taking import extract_of, last_taken, take
from making import MONTH, at
from sealed_scene import CARD, OF_A, play

pytestmark = pytest.mark.django_db


def test_a_run_taken_is_of_the_agency_and_opens_to_the_same_figures_after_later_facts(cast: Cast) -> None:
    """Very many people are scored in columns, to the same: see `test_seals`."""
    play(cast)
    agency, an = cast.units["so-a"].pk, cast.people["an"].pk
    then = take(agency, MONTH, at(3, month=7))
    assert (list(then.runs), then.as_of) == ([CARD], MONTH.end)
    scored = set(RunScore.objects.filter(run=then.runs[CARD]).values_list("person_id", flat=True))
    assert scored == set(then.legal) == {cast.people[code].pk for code in OF_A}
    nightly(at(3, 12, month=7))
    said = {"criterion": "general", "period": MONTH.label, "value": 5_000_000}
    rate(SYSTEM, person=cast.people["an"], by=cast.people["nhan-su"], **said)
    after = take(agency, MONTH, at(4, month=7))
    points = {one.pk: RunScore.objects.get(run=one, person=an).lowest for one in (then.runs[CARD], after.runs[CARD])}
    assert points[then.runs[CARD].pk] > points[after.runs[CARD].pk]
    for run in (then.runs[CARD], after.runs[CARD]):
        again = extract_of(Run.objects.get(pk=run.pk)).evaluate().legal_score(str(an))
        assert again is not None
        assert again.lowest == points[run.pk]
    nightly(at(5, 2, month=7))  # drops its own old runs only
    assert RunScore.objects.filter(run=then.runs[CARD]).count() == len(OF_A)
    assert last_taken(agency, MONTH, "draft") == [after.runs[CARD]]
    assert last_taken(agency, MONTH, "final") == []


def test_a_period_without_people_or_scorecards_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="No scorecard"):
        take(cast.units["so-a"].pk, MONTH, at(3, month=7))
    play(cast)
    with pytest.raises(Refused, match="Nobody held a post"):
        take(cast.units["so-a"].pk + 1_000_000, MONTH, at(3, month=7))
