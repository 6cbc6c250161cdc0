"""The committee: what comes before it, who may vote, what is carried, and what it makes of the grades."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from calibration_scene import CAP, CARD, MEMBERS, NOW, seat, sitting
from cast import Cast
from congtam.calibration.committee import join, leave, set_up
from congtam.calibration.deciding import decide, decide_list, room_of
from congtam.calibration.models import Sitting, Vote
from congtam.calibration.queries import finals, lost_by_cap, open_cases, present_at, sheets_of, votes_at
from congtam.calibration.sheets import Case
from congtam.calibration.sitting import adjourn, attend, convene, vote, vote_on_list
from congtam.cycles.models import Cycle
from congtam.engine.periods import Period
from congtam.engine.scoring.decisions import decisions_make_sense
from congtam.engine.scoring.final import FinalBy, final_grades
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.people.actions import begin_spell, end_spell
from congtam.ratings.actions import decide as decide_on
from congtam.ratings.actions import rate
from congtam.ratings.models import Decision
from congtam.scores.seals import seal
from congtam.scores.taking import take
from month_scene import PERIOD, at

pytestmark = pytest.mark.django_db


def code_of(cast: Cast, person: int) -> str:
    return next(code for code, one in cast.people.items() if one.pk == person)


def case(cast: Cast, cycle: Cycle, code: str, matter: str = CAP) -> Case:
    found = sheets_of(cycle)[CARD].case(cast.people[code].pk, matter)
    assert found is not None
    return found


def votes(cast: Cast, at_it: Sitting, one: Case, **said: str) -> None:
    """Votes written down by the secretary; names with `_` for `-`."""
    for code, outcome in said.items():
        vote(seat(cast, "nhan-su"), at_it, cast.people[code.replace("_", "-")].pk, one, outcome)


def all_for(cast: Cast, at_it: Sitting, one: Case, outcome: str) -> None:
    own = code_of(cast, one.person)
    votes(cast, at_it, one, **{code.replace("-", "_"): outcome for code in MEMBERS if code != own})


def grades(cast: Cast, cycle: Cycle) -> dict[str, tuple[str | None, str]]:
    return {code_of(cast, one): (final.grade, str(final.by)) for one, final in finals(cycle)[CARD].items()}


def test_vetoes_ties_and_losses_come_before_the_committee_and_nobody_is_lowered_yet(cast: Cast, cycle: Cycle) -> None:
    found = {(code_of(cast, one.person), one.matter): one.outcomes[0] for one in open_cases(cycle)}
    assert found == {
        ("an", "behind"): "upheld",
        ("chi", CAP): "kept",
        ("nhan-su", CAP): "kept",
        ("dung", CAP): "lowered",
    }
    (one,) = sheets_of(cycle)[CARD].caps
    assert (one.allowed, len(one.passed)) == (3, 2)
    assert {code for code, (_, by) in grades(cast, cycle).items() if by == "waits"} == {"chi", "nhan-su", "dung"}
    assert grades(cast, cycle)["an"] == ("good", "rule")
    assert lost_by_cap(cycle, cast.people["dung"].pk) is None


def test_the_committee_settles_the_tie_and_confirms_the_list(cast: Cast, cycle: Cycle) -> None:
    at_it = sitting(cast, cycle)
    for code, outcome in (("nhan-su", "lowered"), ("chi", "kept")):
        all_for(cast, at_it, case(cast, cycle, code), outcome)
        decide(seat(cast, "nhan-su"), at_it, case(cast, cycle, code), "Thành tích cao hơn ở mục kết quả")
    for member in MEMBERS:
        vote_on_list(seat(cast, "nhan-su"), at_it, cast.people[member].pk, CARD, "half")
    assert decide_list(seat(cast, "nhan-su"), at_it, CARD, "half") == 1
    told = grades(cast, cycle)
    assert told["chi"] == ("excellent", "committee")
    assert told["nhan-su"] == told["dung"] == ("good", "cap")
    said = Decision.standing().filter(matter=CAP)
    assert {(one.number, code_of(cast, one.by_id)) for one in said} == {("01/BB-HĐ", "giam-doc")}
    sentence = lost_by_cap(cycle, cast.people["dung"].pk)
    assert sentence is not None
    assert "chỉ vì giới hạn tỷ lệ" in sentence.vi
    assert [one.matter for one in open_cases(cycle)] == ["behind"]


def test_an_upheld_proposal_gives_its_grade_and_makes_room_for_nobody_at_once(cast: Cast, cycle: Cycle) -> None:
    at_it = sitting(cast, cycle)
    one = case(cast, cycle, "an", "behind")
    all_for(cast, at_it, one, "upheld")
    decide(seat(cast, "nhan-su"), at_it, one)
    assert grades(cast, cycle)["an"] == ("complete", "decision")
    (limit,) = sheets_of(cycle)[CARD].caps
    assert (limit.base, limit.allowed) == (5, 2)
    adjourn(seat(cast, "nhan-su"), at_it, NOW)
    assert grades(cast, cycle)["an"] == ("complete", "decision")


def test_what_if_changes_nothing_and_tells_who_would_change(cast: Cast, cycle: Cycle) -> None:
    sheet, chi, ha = sheets_of(cycle)[CARD], cast.people["chi"].pk, cast.people["nhan-su"].pk
    supposed = sheet.supposing([(chi, CAP, "kept"), (ha, CAP, "lowered")])
    changes = {code_of(cast, one): after.grade for one, (_, after) in sheet.changes(supposed).items()}
    assert changes == {"chi": "excellent", "nhan-su": "good"}
    assert sheet.distribution()["excellent"] + 1 == supposed.distribution()["excellent"] == 3
    assert not supposed.over
    assert Decision.standing().count() == 0
    both = sheet.supposing([(chi, CAP, "kept"), (ha, CAP, "kept")])
    assert {code_of(cast, one) for one in sheet.displaced(both)} == {"quy-tac"}


def test_nobody_is_kept_above_a_limit_that_is_full(cast: Cast, cycle: Cycle) -> None:
    at_it = sitting(cast, cycle)
    for code in ("chi", "dung"):
        all_for(cast, at_it, case(cast, cycle, code), "kept")
    decide(seat(cast, "nhan-su"), at_it, case(cast, cycle, "chi"))
    assert grades(cast, cycle)["nhan-su"] == (None, "waits")
    with pytest.raises(Refused, match="The limit is full"):
        decide(seat(cast, "nhan-su"), at_it, case(cast, cycle, "dung"))
    assert Decision.standing().count() == 1


def test_nobody_votes_on_themselves_when_absent_or_for_another(cast: Cast, cycle: Cycle) -> None:
    at_it, one = sitting(cast, cycle, "truong-hai"), case(cast, cycle, "nhan-su")
    with pytest.raises(Refused, match="They leave for this case"):
        votes(cast, at_it, one, nhan_su="kept")
    with pytest.raises(Refused, match="not at the sitting"):
        votes(cast, at_it, one, truong_hai="kept")
    with pytest.raises(Refused, match="cast their own vote"):
        vote(seat(cast, "truong-mot"), at_it, cast.people["giam-doc"].pk, one, "kept")
    with pytest.raises(Refused, match="cast their own vote"):
        vote(seat(cast, "an"), at_it, cast.people["an"].pk, one, "kept")
    with pytest.raises(Refused, match="no such outcome"):
        votes(cast, at_it, one, giam_doc="excellent")
    vote(seat(cast, "truong-mot"), at_it, cast.people["truong-mot"].pk, one, "kept")
    assert votes_at(at_it) == {(one.person, CARD, CAP): {cast.people["truong-mot"].pk: "kept"}}
    with pytest.raises(IntegrityError, match="nobody_votes_on_themselves"), transaction.atomic():
        member = cast.people["nhan-su"]
        Vote.objects.create(seq=-1, sitting=at_it, person=member, member=member, matter=CAP, outcome="kept")


def test_heads_leave_for_those_below_them_where_the_founding_decision_says_so(cast: Cast, cycle: Cycle) -> None:
    other = set_up(
        seat(cast, "nhan-su"), cast.units["so-a"], "21/QĐ-SA", date(2030, 7, 1),
        {cast.people[code].pk: role for code, role in MEMBERS.items()}, leaves_for_below=True,
    )  # fmt: skip
    at_it, one = sitting(cast, cycle), case(cast, cycle, "chi")
    assert at_it.committee == other
    with pytest.raises(Refused, match="somebody they head"):
        votes(cast, at_it, one, truong_hai="kept")
    votes(cast, at_it, one, truong_mot="kept")


def test_without_a_quorum_or_a_majority_nothing_is_decided(cast: Cast, cycle: Cycle) -> None:
    at_it, one = sitting(cast, cycle, "truong-hai", "truong-mot"), case(cast, cycle, "chi")
    assert (room_of(at_it).least, room_of(at_it).quorate) == (4, False)
    with pytest.raises(Refused, match="3 of 5 members"):
        decide(seat(cast, "nhan-su"), at_it, one)
    attend(seat(cast, "nhan-su"), at_it, [cast.people[code].pk for code in MEMBERS])
    votes(cast, at_it, one, giam_doc="kept", truong_mot="kept", truong_hai="lowered", pho_giam_doc="abstained")
    with pytest.raises(Refused, match="more than half of the 5"):
        decide(seat(cast, "nhan-su"), at_it, one)
    votes(cast, at_it, one, nhan_su="kept")
    decide(seat(cast, "nhan-su"), at_it, one)
    assert grades(cast, cycle)["chi"] == ("excellent", "committee")


def test_the_chair_settles_a_tie_of_votes_and_whoever_left_counts_no_more(cast: Cast, cycle: Cycle) -> None:
    at_it, one = sitting(cast, cycle), case(cast, cycle, "chi")
    votes(cast, at_it, one, giam_doc="kept", truong_mot="kept", truong_hai="lowered", pho_giam_doc="lowered")
    votes(cast, at_it, one, nhan_su="left")
    found = room_of(at_it).tally(one, frozenset())
    assert (found.entitled, found.outcome, found.by_chair) == (4, "kept", True)
    votes(cast, at_it, one, nhan_su="lowered")
    assert room_of(at_it).tally(one, frozenset()).outcome == "lowered"


def test_the_chair_s_own_case_is_decided_in_another_name(cast: Cast, cycle: Cycle) -> None:
    at_it = sitting(cast, cycle)
    one = Case(cast.people["giam-doc"].pk, CARD, CAP, case(cast, cycle, "chi").why, NOW, ("kept", "lowered"))
    presiding = room_of(at_it).presiding(one, frozenset({cast.people["giam-doc"].pk}))
    assert presiding == cast.people["nhan-su"].pk


def test_a_vote_may_be_changed_until_the_sitting_is_adjourned_and_stays_on_record(cast: Cast, cycle: Cycle) -> None:
    at_it, one = sitting(cast, cycle), case(cast, cycle, "chi")
    votes(cast, at_it, one, giam_doc="kept")
    votes(cast, at_it, one, giam_doc="lowered")
    votes(cast, at_it, one, giam_doc="lowered")
    assert [row.outcome for row in Vote.objects.filter(sitting=at_it).order_by("seq")] == ["kept", "lowered"]
    adjourn(seat(cast, "nhan-su"), at_it, NOW)
    with pytest.raises(Refused, match="is adjourned"):
        votes(cast, at_it, one, giam_doc="kept")
    with pytest.raises(Refused, match="before the sitting is adjourned"):
        decide(seat(cast, "nhan-su"), at_it, one)


def test_a_sitting_needs_a_committee_a_number_and_the_one_before_adjourned(cast: Cast, cycle: Cycle) -> None:
    keeper = seat(cast, "nhan-su")
    with pytest.raises(Refused, match="number of its minutes"):
        convene(keeper, cycle, " ", NOW)
    with pytest.raises(Refused, match="Only the chair"):
        convene(seat(cast, "an"), cycle, "01/BB", NOW)
    first = sitting(cast, cycle)
    with pytest.raises(Refused, match="is not adjourned"):
        convene(keeper, cycle, "02/BB", NOW)
    adjourn(keeper, first, NOW)
    with pytest.raises(Refused, match="minutes 01/BB-HĐ already"):
        convene(keeper, cycle, "01/BB-HĐ", NOW)
    with pytest.raises(Refused, match="no committee yet"):
        convene(seat(cast, "nhan-su", at(1, month=7)), cycle, "09/BB", at(1, month=7).replace(year=2029))
    assert present_at(first) == {cast.people[code].pk for code in MEMBERS}


def test_a_committee_has_one_chair_one_secretary_and_people_of_the_agency(cast: Cast, cycle: Cycle) -> None:
    keeper, agency = seat(cast, "nhan-su"), cast.units["so-a"]
    people = {cast.people[code].pk: role for code, role in MEMBERS.items()}
    for members, said in (
        (dict.fromkeys(people, "member"), "exactly one chair"),
        (people | {cast.people["em"].pk: "member"}, "does not work in this agency"),
    ):
        with pytest.raises(Refused, match=said):
            set_up(keeper, agency, "30/QĐ", date(2030, 8, 1), members)
    with pytest.raises(Refused, match="least share"):
        set_up(keeper, agency, "30/QĐ", date(2030, 8, 1), people, quorum=(3, 2))
    with pytest.raises(Refused, match="personnel office"):
        committee_of_an = set_up(seat(cast, "an"), agency, "30/QĐ", date(2030, 8, 1), people)
        assert committee_of_an is None


def test_who_joins_later_votes_later_and_who_left_no_more(cast: Cast, cycle: Cycle) -> None:
    at_it = sitting(cast, cycle)
    keeper, of = seat(cast, "nhan-su"), at_it.committee
    join(keeper, of, cast.people["binh"], "member", date(2030, 7, 12))
    leave(keeper, of, cast.people["truong-hai"], date(2030, 7, 11))
    members = room_of(at_it).members
    assert {code_of(cast, one) for one in members} == set(MEMBERS) - {"truong-hai"}
    with pytest.raises(Refused, match="holds this role already"):
        join(keeper, of, cast.people["binh"], "chair", date(2030, 7, 12))


def test_final_grades_are_those_of_the_engine_s_own_run(cast: Cast, cycle: Cycle) -> None:
    """The committee's sheet stands on kept columns; a run of the same facts says the same. A decision that decides
    nothing, for the grade it speaks of was never given, is told."""
    at_it = sitting(cast, cycle)
    for code, outcome in (("nhan-su", "lowered"), ("chi", "kept"), ("dung", "lowered")):
        all_for(cast, at_it, case(cast, cycle, code), outcome)
        decide(seat(cast, "nhan-su"), at_it, case(cast, cycle, code))
    here = finals(cycle)[CARD]
    taken = take(cast.units["so-a"].pk, Period.parse(PERIOD), NOW, "final")
    assert taken.agency_run is not None
    run = taken.agency_run.legal_run(CARD)
    graded = {who: (score.graded.grade, str(score.graded.by)) for who, score in run.scores.items()}
    there = final_grades(run.card, graded, run.caps, run.facts.decisions)
    assert {str(person): one for person, one in here.items()} == there
    assert finals(cycle)[CARD] == here
    assert any(one.by is FinalBy.CAP for one in here.values())
    assert list(decisions_make_sense(run)) == []
    told = {"scorecard": CARD, "period": PERIOD, "matter": CAP, "outcome": "lowered", "number": "09/BB"}
    decide_on(SYSTEM, person=cast.people["an"], by=cast.people["giam-doc"], **told)
    later = take(cast.units["so-a"].pk, Period.parse(PERIOD), NOW)
    assert later.agency_run is not None
    (finding,) = decisions_make_sense(later.agency_run.legal_run(CARD))
    assert (finding.code, "the limit is on excellent" in finding.message) == ("decision-without-effect", True)


def test_after_the_seal_a_rise_demotes_nobody_and_the_board_says_that_the_limit_is_passed(
    cast: Cast, cycle: Cycle, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    at_it = sitting(cast, cycle)
    for code, outcome in (("nhan-su", "lowered"), ("chi", "kept"), ("dung", "lowered")):
        all_for(cast, at_it, case(cast, cycle, code), outcome)
        decide(seat(cast, "nhan-su"), at_it, case(cast, cycle, code))
    adjourn(seat(cast, "nhan-su"), at_it, NOW)
    seal(cast.units["so-a"].pk, Period.parse(PERIOD), seat(cast, "giam-doc"), NOW, finals(cycle))
    rate(
        SYSTEM, criterion="general", period=PERIOD, by=cast.people["giam-doc"], person=cast.people["nhan-su"],
        value=30_000_000, reason="Đề nghị xem xét lại được chấp nhận",
    )  # fmt: skip
    take(cast.units["so-a"].pk, Period.parse(PERIOD), NOW)
    again = sitting(cast, cycle, number="02/BB-HĐ")
    all_for(cast, again, case(cast, cycle, "nhan-su"), "kept")
    decide(seat(cast, "nhan-su"), again, case(cast, cycle, "nhan-su"))
    told = grades(cast, cycle)
    holding = {code for code, (grade, _) in told.items() if grade == "excellent"}
    assert holding == {"binh", "quy-tac", "chi", "nhan-su"}
    assert told["quy-tac"] == ("excellent", "rule")
    (over,) = sheets_of(cycle)[CARD].over
    assert over.allowed == 3
    client.force_login(cast.accounts["nhan-su"])
    board = client.get(f"/hop-xet/{cycle.pk}/").content.decode()
    assert "quy tắc không hạ ai khi đó" in board and "Giữ mức đã chốt" in board


def test_whose_kind_changed_in_the_period_comes_first_and_the_committee_names_the_scorecard(
    cast: Cast, cycle: Cycle
) -> None:
    end_spell(SYSTEM, cast.spells["quan-tri"], date(2030, 6, 15))
    begin_spell(
        SYSTEM, code="ct-quan-tri-2", person=cast.people["quan-tri"], post=cast.posts["quan-tri"],
        staff_kind="public_employee", first=date(2030, 6, 15), decision="9/QĐ",
    )  # fmt: skip
    first = open_cases(cycle, NOW)[0]
    assert (code_of(cast, first.person), first.matter, first.outcomes) == ("quan-tri", "legal_card", (CARD,))
    at_it = sitting(cast, cycle)
    all_for(cast, at_it, first, CARD)
    decide(seat(cast, "nhan-su"), at_it, first)
    assert all(one.matter != "legal_card" for one in open_cases(cycle, NOW))
    assert Decision.standing().get(matter="legal_card").outcome == CARD
