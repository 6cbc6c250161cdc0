"""Scores of units: what marks them, what wakes them, what the night keeps, and that they open to their records. That
they are what a full run gives is shown beside officials, in the tests of live and full."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from cast import build
from congtam.engine.findings import Unusable
from congtam.history.actor import SYSTEM
from congtam.orgs.actions import set_unit
from congtam.people.actions import begin_spell, end_spell, set_post
from congtam.people.models import Spell
from congtam.ratings.actions import decide, rate
from congtam.registry.actions import add_card, adopt, approve_copy, end_card
from congtam.registry.models import Card
from congtam.scores import live
from congtam.scores.full import nightly
from congtam.scores.known import cut
from congtam.scores.models import Difference, LiveUnit, UnitMark, UnitScore
from congtam.scores.units import live as units
from congtam.scores.units import marking
from congtam.scores.units.full import of_units
from congtam.scores.units.opening import opened
from congtam.work.models import Event
from making import BEFORE, HUE, MONTH, ONE, OTHER, Works, adopt_rules, at, differences, settle

pytestmark = pytest.mark.django_db
NOW = at(18, 10)
UNDER = {"so-a": 12, "phong-mot": 8, "phong-hai": 4, "van-phong": 0, "so-b": 0}


@pytest.fixture(scope="module")
def ready(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Works]:
    """A month of work scored once; what a test does to it is taken back."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        adopt_rules()
        works = Works(build())
        for number in range(12):
            person = ("an", "binh", "chi")[number % 3]
            works.task(f"viec-{number}", person, at(3 + number), at(6 + number, 17), at(5 + number, 15))
        settle(NOW)
        yield works
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def works(ready: Works, db: None) -> Works:
    return ready


def test_a_unit_holds_the_work_of_all_under_it(works: Works) -> None:
    assert {code: _live(works, code).n_items for code in UNDER} == UNDER
    assert _live(works, "phong-mot").total == _live(works, "phong-hai").total == 100_000_000
    assert _live(works, "so-b").graded_by == "insufficient"
    assert LiveUnit.objects.filter(period=BEFORE.label).count() == len(UNDER)


def test_work_marks_its_unit_and_those_above_only(works: Works) -> None:
    works.task("moi", "chi", at(17), at(18, 9))
    later = NOW + timedelta(minutes=1)
    while live.refresh(later):
        pass
    assert units.refresh(later) == 2
    assert {one.unit.code for one in LiveUnit.objects.filter(as_of=later)} == {"phong-hai", "so-a"}
    assert _live(works, "phong-hai").total < 100_000_000
    assert differences(later) == []


def test_a_deadline_that_passes_moves_a_unit_in_which_nobody_has_the_work_yet(works: Works) -> None:
    own = {"unit": works.cast.units["phong-hai"].pk, "attributes": '{"kind": "dossier", "coefficient": "1"}'}
    due = at(18, 17)
    works.tell("ho-so", [(at(17), "registered", None, own), (at(17), "due", None, {"value": due.isoformat()})])
    settle(NOW)
    assert _live(works, "phong-hai").wake_at == _live(works, "so-a").wake_at == due
    assert _live(works, "phong-mot").wake_at is None
    settle(due)
    settle(due + timedelta(seconds=1))
    assert _live(works, "phong-hai").as_of == due + timedelta(seconds=1)
    assert differences(due + timedelta(seconds=1)) == []


def test_who_moves_takes_the_work_along_in_both_months(works: Works) -> None:
    works.task("truoc", "an", at(3, month=5), at(6, month=5), at(5, month=5))
    settle(NOW)
    assert _live(works, "phong-mot", BEFORE.label).n_items == 1
    said = {"unit": works.cast.units["phong-hai"], "title": "Chuyên viên", "duty_group": "staff"}
    moved, first = works.cast.people["an"], date(2030, 5, 1)
    end_spell(SYSTEM, Spell.standing().get(person=moved), first)
    post = set_post(SYSTEM, "cho-moi", first=first, **said)
    begin_spell(SYSTEM, code="ct-moi", person=moved, post=post, staff_kind="civil_servant", first=first)
    settle(NOW)
    assert _live(works, "phong-mot", BEFORE.label).n_items == 0
    assert (_live(works, "phong-mot").n_items, _live(works, "phong-hai").n_items) == (4, 8)
    assert differences(NOW) == []


def test_the_tree_is_that_of_the_first_day_of_the_period(works: Works) -> None:
    said = {"name": "Phòng Hai", "level": "section", "agency": works.cast.units["so-b"]}
    set_unit(SYSTEM, "phong-hai", parent=works.cast.units["so-b"], first=date(2030, 6, 10), **said)
    settle(NOW)
    assert _live(works, "so-b").n_items == 0
    set_unit(SYSTEM, "phong-hai", parent=works.cast.units["so-b"], first=date(2030, 6, 1), **said)
    settle(NOW)
    set_unit(SYSTEM, "phong-ba", parent=works.cast.units["so-b"], first=date(2030, 6, 1), **said)
    settle(NOW)
    assert (_live(works, "so-b").n_items, _live(works, "so-a").n_items) == (4, 8)
    assert LiveUnit.objects.filter(unit__code="phong-ba").count() == 1
    assert differences(NOW) == []


def test_what_is_decided_on_a_unit_marks_it(works: Works) -> None:
    said = {"scorecard": f"{HUE}#unit_month", "period": MONTH.label, "number": "7/QĐ"}
    by = works.cast.people["em"]
    decide(SYSTEM, unit=works.cast.units["phong-mot"], matter="otherwise", outcome="good", by=by, **said)
    live.refresh(NOW)
    assert {one.unit.code for one in UnitMark.objects.all()} == {"phong-mot"}


def test_a_year_stands_on_the_marks_of_the_unit_and_on_nobody_else_s(works: Works) -> None:
    book, unit = "vn/national/decree-233-2026", works.cast.units["phong-mot"]
    approve_copy(OTHER, adopt(ONE, book, first=date(2026, 7, 1)))
    add_card(ONE, book, "service_unit_year", True, date(2026, 7, 1))
    settle(NOW)
    year = LiveUnit.objects.get(unit=unit, period="2030")
    assert (year.lowest, year.highest, year.legal) == (0, 100_000_000, True)
    said = {"criterion": "unit_points", "period": "2030", "by": works.cast.people["em"]}
    rate(SYSTEM, unit=unit, value=82_000_000, **said)
    rate(SYSTEM, person=works.cast.people["an"], value=10_000_000, **said)
    settle(NOW)
    assert LiveUnit.objects.get(unit=unit, period="2030").total == 82_000_000
    assert LiveUnit.objects.filter(period="2029").count() == len(UNDER)
    assert differences(NOW) == []


def test_where_no_unit_is_scored_nothing_is_marked_and_nothing_stays(works: Works) -> None:
    end_card(ONE, Card.standing().get(scorecard="unit_month"), date(2030, 5, 1))
    settle(NOW)
    assert not LiveUnit.objects.filter(period__in=[MONTH.label, BEFORE.label]).exists()
    works.task("moi", "an", at(17), at(18, 9))
    set_unit(SYSTEM, "phong-ba", name="Phòng Ba", parent=works.cast.units["so-a"], agency=None, first=date(2030, 6, 1))
    live.refresh(NOW)
    assert not UnitMark.objects.exists() and units.refresh(NOW) == 0
    add_card(ONE, HUE, "unit_month", False, date(2030, 6, 1))
    settle(NOW)
    assert _live(works, "phong-mot").n_items == 9


def test_what_waits_to_be_folded_is_waited_for(works: Works) -> None:
    works.task("moi", "an", at(17), at(18, 9))
    marking.mark_all()
    assert units.refresh(NOW) == 0
    assert UnitMark.objects.exists()


def test_the_night_keeps_what_units_have_and_raises_an_alarm(works: Works) -> None:
    runs = [run for run in nightly(NOW) if run.scorecard == "unit_month"]
    assert {run.period for run in runs} == {MONTH.label, BEFORE.label}
    assert all((run.compared, run.differing) == (len(UNDER), 0) for run in runs)
    assert UnitScore.objects.filter(run__period=MONTH.label).count() == len(UNDER)
    LiveUnit.objects.filter(unit=works.cast.units["phong-hai"], period=BEFORE.label).update(lowest=1)
    assert sum(run.differing for run in nightly(NOW)) == 1
    [difference] = Difference.objects.all()
    assert difference.unit == works.cast.units["phong-hai"] and difference.run.period == BEFORE.label
    assert UnitScore.objects.filter(run__period=MONTH.label).count() == len(UNDER)  # last night's are not kept for ever


def test_the_night_holds_no_unit_that_is_still_on_the_way(works: Works) -> None:
    LiveUnit.objects.filter(period=MONTH.label).update(lowest=1)  # none is what a full run says
    marking.mark([works.cast.units["van-phong"].pk])
    works.task("moi", "an", at(17), at(18, 9))  # waits to be folded
    of_units(NOW, cut())
    assert {one.unit.code for one in Difference.objects.all()} == {"phong-hai", "so-b"}


def test_a_unit_opened_has_the_figures_of_its_live_score_also_as_known_before(works: Works) -> None:
    row = _live(works, "so-a")
    works.task("tre", "an", at(3), at(4))
    assigned = Event.objects.get(item__key="viec-2", activity="assigned").seq
    works.tell("viec-2", [(at(9), "withdrawn", None, {"value": str(assigned)})])
    settle(at(19))
    assert (row.n_items, _live(works, "phong-hai").n_items) == (12, 3)
    for one, now in ((row, at(19)), (_live(works, "so-a"), at(20))):
        settle(now)
        run, trace = opened(one.unit_id, MONTH, HUE, "unit_month", as_of=one.as_of, seq=one.seq)
        told = (trace.lowest, trace.highest, trace.earned, trace.graded.grade, len(trace.records))
        assert told == (one.lowest, one.highest, one.earned, one.grade, one.n_items)
        assert {record.item for record in trace.records} <= set(run.opened)


def test_a_unit_that_is_not_scored_is_told(works: Works) -> None:
    said = {"as_of": NOW, "seq": 10**9}
    with pytest.raises(Unusable, match="scores no units"):
        opened(1, MONTH, HUE, "official_month", **said)
    with pytest.raises(Unusable, match="does not stand"):
        opened(0, MONTH, HUE, "unit_month", **said)


def test_one_period_that_cannot_be_scored_does_not_hold_up_the_others(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    score = units.score_units

    def refuse(cards, *rest):
        if cards.period == MONTH:
            raise ValueError("no such rule")
        return score(cards, *rest)

    monkeypatch.setattr(units, "score_units", refuse)
    marking.mark_all()
    assert units.refresh(at(19)) == len(UNDER)
    assert not UnitMark.objects.exists()
    assert set(LiveUnit.objects.values_list("period", "as_of")) == {(MONTH.label, NOW), (BEFORE.label, BEFORE.end)}


def _live(works: Works, unit: str, period: str = MONTH.label) -> LiveUnit:
    return LiveUnit.objects.select_related("unit").get(unit=works.cast.units[unit], period=period)
