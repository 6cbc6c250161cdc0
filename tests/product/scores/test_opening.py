"""A score opened is the score of the full run, down to its records."""

from datetime import date

import pytest

from cast import Cast
from congtam.calendars.actions import set_day
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.history.actor import SYSTEM
from congtam.ratings.actions import rate
from congtam.registry import actions as registry
from congtam.registry.queries import card_of
from congtam.scores.full import nightly
from congtam.scores.models import Difference, Live, RunScore
from congtam.scores.opening import opened
from making import BEFORE, DECREE, HUE, MONTH, ONE, OTHER, Works, adopt_rules, at, settle

pytestmark = pytest.mark.django_db
NOW = at(20, 10)
PLACE, YEAR = "thu", Period.parse("2030")


@pytest.fixture
def works(cast: Cast) -> Works:
    adopt_rules()
    works = Works(cast)
    for number in range(42):
        person = ("an", "binh", "truong-mot", "chi", "truong-hai", "giam-doc")[number % 6]
        works.task(f"xong-{number}", person, at(3), at(4 + number // 3, 17), at(5 + number % 9, 15))
    for person in ("an", "binh", "truong-mot", "chi", "truong-hai", "giam-doc", "dung"):
        for criterion in ("general", "organising", "rallying"):
            said = {"criterion": criterion, "period": MONTH.label, "value": 28_000_000}
            rate(SYSTEM, person=cast.people[person], by=cast.people["nhan-su"], **said)
    settle(NOW)
    return works


def test_everyone_opened_has_the_figures_of_the_live_score(works: Works) -> None:
    rows = list(Live.objects.filter(period=MONTH.label))
    assert len({row.grade for row in rows}) > 1
    for row in rows:
        for seq in (row.seq, None):
            said = {"as_of": row.as_of, "seq": seq}
            run, trace = opened(row.person_id, MONTH, row.rulebook, row.scorecard, **said)
            assert (trace.lowest, trace.highest, trace.earned, trace.graded.grade, str(trace.graded.by)) == (
                row.lowest, row.highest, row.earned, row.grade, row.graded_by
            )  # fmt: skip
            assert {record.item for record in trace.records} <= set(run.opened)
            assert all(record.sources == (PLACE,) for record in trace.records)


def test_a_year_opens_to_its_months_provisional_where_nobody_sealed_them(works: Works) -> None:
    registry.add_card(ONE, DECREE, "civil_servant_year", True, date(2026, 1, 1))
    settle(MONTH.end)
    for person in ("an", "truong-mot"):
        who = works.cast.people[person].pk
        row = Live.objects.get(person=who, period=MONTH.label, rulebook=DECREE)
        _, trace = opened(who, YEAR, DECREE, "civil_servant_year", as_of=at(5, month=7))
        assert trace.months == (*((f"2030-{n:02}", None) for n in range(1, 6)), (MONTH.label, row.lowest))
        assert (trace.provisional, trace.total, str(trace.graded.by)) == ((MONTH.label,), row.lowest, "insufficient")
    with pytest.raises(Unusable, match="scores nobody"):
        opened(who, YEAR, DECREE, "no_such_card", as_of=at(5, month=7))


def test_a_leader_is_opened_as_things_were_known_before(works: Works) -> None:
    head = works.cast.people["truong-mot"].pk
    row = Live.objects.get(person=head, period=MONTH.label, rulebook=DECREE)
    for number in range(30):  # those below are late now
        works.task(f"tre-{number}", "an", at(3), at(4 + number % 15, 17))
        works.task(f"tre-b-{number}", "binh", at(3), at(4 + number % 15, 17))
    settle(at(21))
    after = Live.objects.get(person=head, period=MONTH.label, rulebook=DECREE)
    _, then = opened(head, MONTH, DECREE, "civil_servant_month", as_of=row.as_of, seq=row.seq)
    _, now = opened(head, MONTH, DECREE, "civil_servant_month", as_of=at(21))
    assert (then.lowest, then.graded.grade) == (row.lowest, row.grade)
    assert (now.lowest, now.graded.grade) == (after.lowest, after.grade)
    assert then.lowest > now.lowest


def test_a_score_is_opened_by_the_rules_and_days_known_then(works: Works) -> None:
    row = Live.objects.get(person=works.cast.people["chi"].pk, period=MONTH.label, rulebook=DECREE)
    asked = (row.person_id, MONTH, DECREE, "civil_servant_month")
    card = "scorecards/civil_servant_month/parts"
    parts = {f"{card}/general/points": "40", f"{card}/results/points": "60"}
    draft = registry.propose(ONE, DECREE, parts, act="12/QĐ-SA", first=MONTH.first)
    registry.approve_draft(OTHER, draft)
    set_day(SYSTEM, at(6).date(), "off", "7/QĐ-SA")
    run, then = opened(*asked, as_of=row.as_of, seq=row.seq)
    other, now = opened(*asked, as_of=row.as_of)
    assert (then.lowest, then.graded.grade, then.parts[0].stated) == (row.lowest, row.grade, 30_000_000)
    assert (now.parts[0].stated, now.lowest != then.lowest) == (40_000_000, True)
    assert (run.calendar.is_working(at(6).date()), other.calendar.is_working(at(6).date())) == (True, False)
    registry.end_card(ONE, card_of(DECREE, "civil_servant_month"), MONTH.first)
    assert opened(*asked, as_of=row.as_of, seq=row.seq)[1].lowest == row.lowest
    with pytest.raises(Unusable, match="scores nobody"):
        opened(*asked, as_of=row.as_of)


def test_a_month_that_is_over_opens_too(works: Works) -> None:
    _, trace = opened(works.cast.people["an"].pk, BEFORE, HUE, "official_month", as_of=NOW)
    assert trace.header.as_of == BEFORE.end


def test_a_card_that_scores_nobody_then_is_told(works: Works) -> None:
    with pytest.raises(Unusable, match="scores nobody"):
        opened(works.cast.people["an"].pk, MONTH, DECREE, "no_such_card", as_of=NOW)


def test_the_night_keeps_a_run_and_finds_no_difference(works: Works) -> None:
    runs = [run for run in nightly(NOW) if run.kind == "nightly"]
    assert {(run.period, run.rulebook) for run in runs} == {
        (period.label, book) for period in (MONTH, BEFORE) for book in (DECREE, HUE)
    }
    assert all(run.differing == 0 and run.compared == len(works.cast.people) for run in runs)
    nightly(NOW)
    assert RunScore.objects.count() == sum(run.compared for run in runs)  # the night before is not kept for ever


def test_the_night_raises_an_alarm_where_live_is_not_full(works: Works) -> None:
    row = Live.objects.get(person=works.cast.people["an"].pk, period=MONTH.label, rulebook=DECREE)
    Live.objects.filter(pk=row.pk).update(lowest=row.lowest + 1)
    assert sum(run.differing for run in nightly(NOW)) == 1
    [difference] = Difference.objects.all()
    assert (difference.person_id, difference.live["lowest"]) == (row.person_id, difference.full["lowest"] + 1)
