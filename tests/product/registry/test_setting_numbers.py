"""Numbers a site sets: by two people, from the next period, one proposal per number, nothing unusable."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from congtam.engine.rulebook.model import Certainty
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.registry import actions, queries
from congtam.registry.figures import figures
from congtam.registry.models import Draft
from congtam.registry.shipped import LIBRARY, files_of, shipped
from congtam.registry.site_changes import Setting, with_settings
from congtam.registry.values import checked

pytestmark = pytest.mark.django_db

ONE, OTHER = Actor(account=1), Actor(account=2)
DECREE = "vn/national/decree-335-2025"
CUT, CHOICE = "parameters/quality_cut/value", "parameters/late_item/value"
CARD = "scorecards/civil_servant_month"


@pytest.fixture(autouse=True)
def decree() -> None:
    actions.approve_copy(OTHER, actions.adopt(ONE, DECREE, first=date(2026, 1, 1)))


def coming() -> date:
    return queries.next_period(timezone.localdate())


def proposed(changes: dict[str, str], first: date | None = None) -> Draft:
    return actions.propose(ONE, DECREE, changes, act="12/QĐ-SKHCN", article="Điều 3", first=first or coming())


def value(path: str, day: date) -> str:
    return figures(queries.book(DECREE, day))[path].value


def test_a_number_holds_from_its_day_once_another_person_approved_it() -> None:
    draft = proposed({CUT: "0,3"})
    assert value(CUT, coming()) == "0.25"
    with pytest.raises(Refused, match="does not approve"):
        actions.approve_draft(ONE, draft)
    actions.approve_draft(OTHER, draft)
    assert value(CUT, coming()) == "0.3"
    assert value(CUT, coming() - timedelta(days=1)) == "0.25"


def test_what_was_known_before_can_still_be_asked() -> None:
    before = Draft.objects.count() + queries.copies_on(coming()).get().seq
    approved = actions.approve_draft(OTHER, proposed({CUT: "0.3"}))
    assert figures(queries.book(DECREE, coming(), seq=before))[CUT].value == "0.25"
    assert figures(queries.book(DECREE, coming(), seq=approved.seq))[CUT].value == "0.3"


def test_the_number_stands_on_the_act_and_nothing_else_changes_its_basis() -> None:
    before = figures(queries.book(DECREE, coming()))
    actions.approve_draft(OTHER, proposed({CUT: "0.3"}))
    after = figures(queries.book(DECREE, coming()))
    basis = after[CUT].basis
    assert basis is not None
    assert (basis.act, basis.article, basis.certainty) == ("12/QĐ-SKHCN", "Điều 3", Certainty.VERIFIED)
    assert {path: one.basis for path, one in after.items() if path != CUT} == {
        path: one.basis for path, one in before.items() if path != CUT
    }
    assert after[CUT].owner == before[CUT].owner


def test_the_present_value_can_be_confirmed_by_an_act() -> None:
    actions.approve_draft(OTHER, proposed({CUT: "0.25", f"{CARD}/minimum/items": "5"}))
    after = figures(queries.book(DECREE, coming()))
    for path in (CUT, f"{CARD}/minimum/items"):
        assert after[path].certainty is Certainty.VERIFIED
    assert (after[CUT].value, after[f"{CARD}/minimum/items"].value) == ("0.25", "5")


def test_the_later_of_two_settings_of_one_number_counts() -> None:
    later = queries.next_period(coming())
    actions.approve_draft(OTHER, proposed({CUT: "0.3"}, later))
    actions.approve_draft(OTHER, proposed({CUT: "0.4"}))
    assert [value(CUT, day) for day in (coming() - timedelta(days=1), coming(), later)] == ["0.25", "0.4", "0.3"]


def test_two_proposals_never_change_the_same_number_at_once() -> None:
    first = proposed({CUT: "0.3", CHOICE: "zero"})
    with pytest.raises(Refused, match=f"Proposal {first.seq}, which waits"):
        actions.propose(OTHER, DECREE, {CHOICE: "zero"}, act="13/QĐ", first=coming())
    actions.propose(OTHER, DECREE, {"parameters/delay_cut/value": "0.1"}, act="13/QĐ", first=coming())
    actions.withdraw(ONE, first)
    actions.propose(OTHER, DECREE, {CHOICE: "zero"}, act="13/QĐ", first=coming())


def test_periods_that_have_begun_are_not_touched() -> None:
    with pytest.raises(Refused, match="Rules change neither inside a period"):
        proposed({CUT: "0.3"}, coming() - timedelta(days=1))


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (CUT, "-1", "cannot be less than 0"),
        (CUT, "25", "write 0.2 for 20 %"),
        (CUT, "nan", "is not a number"),
        (CUT, "một phần tư", "is not a number"),
        (CUT, "0.0000001", "at most six decimals"),
        (CHOICE, "half", "choose one of: partial, zero"),
        (f"{CARD}/minimum/items", "2.5", "write a whole number"),
        (f"{CARD}/parts/general/points", "40", "do not add up"),
        (f"{CARD}/grades/good/from", "95", "overlap or are out of order"),
        ("parameters/quality_cutt/value", "1", "has no number"),
        ("rulebook/title", "x", "has no number"),
    ],
)
def test_a_number_that_cannot_be_is_refused_and_says_what_to_do(path: str, text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        proposed({path: text})
    assert not Draft.objects.exists()


def test_numbers_that_belong_together_are_set_together() -> None:
    actions.approve_draft(OTHER, proposed({f"{CARD}/parts/general/points": "40", f"{CARD}/parts/results/points": "60"}))
    assert value(f"{CARD}/parts/results/points", coming()) == "60"


def test_steps_and_pairs_are_set_as_a_whole() -> None:
    hue, steps = "vn/hue/dost-monthly-2025", "scorecards/official_month/parts/coordination/curve/steps"
    actions.approve_copy(OTHER, actions.adopt(ONE, hue, first=date(2026, 1, 1)))
    draft = actions.propose(ONE, hue, {steps: "0: 4; 2: 7,5; 3: 10"}, act="12/QĐ-SKHCN", first=coming())
    actions.approve_draft(OTHER, draft)
    found = figures(queries.book(hue, coming()))[steps]
    assert (found.value, found.basis and found.basis.act) == ("0: 4; 2: 7.5; 3: 10", "12/QĐ-SKHCN")
    pair = "indicators/led_units/measure/pair/values"
    actions.approve_draft(OTHER, proposed({pair: "1; 0,25"}))
    assert value(pair, coming()) == "1; 0.25"


@pytest.mark.parametrize(
    ("text", "said"), [("5", "like 0: 5; 1: 7"), ("1: 5; 0: 7", "from low to high"), ("0: 5; 1: x", "is not a number")]
)
def test_steps_that_cannot_be_are_refused(text: str, said: str) -> None:
    hue, steps = "vn/hue/dost-monthly-2025", "scorecards/official_month/parts/coordination/curve/steps"
    actions.approve_copy(OTHER, actions.adopt(ONE, hue, first=date(2026, 1, 1)))
    with pytest.raises(Refused, match=said):
        actions.propose(ONE, hue, {steps: text}, act="12/QĐ", first=coming())


@pytest.mark.parametrize("rulebook", LIBRARY.ids())
def test_every_number_of_every_shipped_rulebook_can_be_confirmed(rulebook: str) -> None:
    book = shipped(rulebook)
    for path, one in figures(book).items():
        assert checked(one, one.value) == one.value
        setting = Setting({path: one.value}, "12/QĐ", "Điều 1", coming(), coming())
        after = figures(with_settings(book, [setting]))[path]
        assert (after.value, after.certainty) == (one.value, Certainty.VERIFIED), path


def test_an_act_is_asked_for() -> None:
    with pytest.raises(Refused, match="No act is named"):
        actions.propose(ONE, DECREE, {CUT: "0.3"}, act=" ", first=coming())


def test_an_approved_number_is_taken_back_before_it_holds_and_not_after() -> None:
    draft = actions.approve_draft(OTHER, proposed({CUT: "0.3"}))
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw(ONE, draft)
    actions.withdraw(ONE, draft, "Quyết định bị thu hồi")
    assert value(CUT, coming()) == "0.25"
    with pytest.raises(Refused, match="Somebody else"):
        actions.approve_draft(OTHER, draft)


def test_numbers_the_site_set_stay_when_a_new_copy_is_adopted() -> None:
    later = queries.next_period(coming())
    actions.approve_draft(OTHER, proposed({CUT: "0.3"}))
    actions.approve_copy(OTHER, actions.adopt(ONE, DECREE, first=later))
    assert value(CUT, later) == "0.3"


def test_a_number_the_new_copy_no_longer_has_lapses(monkeypatch: pytest.MonkeyPatch) -> None:
    later = queries.next_period(coming())
    veto = "scorecards/official_month/vetoes/overdue/min_items"
    hue = "vn/hue/dost-monthly-2025"
    actions.approve_copy(OTHER, actions.adopt(ONE, hue, first=date(2026, 1, 1)))
    draft = actions.propose(ONE, hue, {veto: "10"}, act="12/QĐ-SKHCN", first=coming())
    actions.approve_draft(OTHER, draft)
    files = files_of(hue)
    card = f"{hue}/scorecards/official_month.yaml"
    without = files[card].replace("    min_items: 8\n", "")
    assert without != files[card]
    monkeypatch.setattr("congtam.registry.actions.copies.files_of", lambda rulebook: {**files, card: without})
    actions.approve_copy(OTHER, actions.adopt(ONE, hue, first=later))
    assert figures(queries.book(hue, coming()))[veto].value == "10"
    assert veto not in figures(queries.book(hue, later))


def test_a_number_may_not_break_what_is_already_set_for_later() -> None:
    later = queries.next_period(coming())
    general, results = f"{CARD}/parts/general/points", f"{CARD}/parts/results/points"
    actions.approve_draft(OTHER, proposed({general: "40", results: "60"}, later))
    good = f"{CARD}/grades/good/from"
    actions.approve_draft(OTHER, proposed({good: "75"}, later))
    excellent = f"{CARD}/grades/excellent/from"
    with pytest.raises(Refused, match="overlap or are out of order"):
        proposed({excellent: "72"})  # above "good" now, below it from the later day on
    assert value(good, later) == "75"


def test_a_number_others_rely_on_is_not_taken_back_alone() -> None:
    excellent, good = f"{CARD}/grades/excellent/from", f"{CARD}/grades/good/from"
    raised = actions.approve_draft(OTHER, proposed({excellent: "95"}))
    actions.approve_draft(OTHER, proposed({good: "92"}))
    with pytest.raises(Refused, match="overlap or are out of order"):
        actions.withdraw(ONE, raised, "Nhầm")
    assert value(excellent, coming()) == "95"
