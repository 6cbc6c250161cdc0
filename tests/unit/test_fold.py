"""Events to items, shares and faults: who held what when, what counts once, and what moves nothing."""

from datetime import UTC, date, datetime

import pytest
from event_lines import event, events, folded, moment, plain_clocks

from congtam.engine.facts.fold import fold
from congtam.engine.facts.tables import ACTIVITIES, Event, Spell
from congtam.engine.facts.work import Fault, Item, Share, Work
from congtam.engine.findings import Severity

START = """
    1  09-01 08:00  a  registered  coefficient=2 kind=task
    2  09-01 08:00  a  due         =09-10_17:00
    3  09-01 09:00  a  assigned    @an
"""


def item(work: Work, code: str = "a") -> Item:
    return next(one for one in work.items if one.item == code)


def share(work: Work, official: str = "an", turn: int = 1) -> Share:
    return next(one for one in work.shares if one.official == official and one.turn == turn)


def fault(work: Work, name: str) -> Fault:
    return next(one for one in work.faults if one.fault == name)


def told(work: Work) -> list[str]:
    return [finding.message for finding in work.findings]


# -- the item


def test_an_item_is_what_its_registration_says() -> None:
    made = item(folded(START))
    assert (made.kind, made.coefficient, made.state, made.received_at) == ("task", 200, "open", moment("09-01 08:00"))
    assert made.due_at == moment("09-10 17:00")
    assert made.records == (1, 2, 3)


def test_a_correction_replaces_attributes_from_the_start_whenever_it_was_made() -> None:
    """The correction was written in October; September is still seen with what it says."""
    late = START + "4 10-05 08:00 a corrected coefficient=3\n 5 10-04 08:00 a corrected coefficient=4"
    assert item(folded(late, as_of="09-30 00:00")).coefficient == 400  # the last one learned stands


def test_a_second_registration_changes_nothing() -> None:
    work = folded(START + "4 09-02 08:00 a registered coefficient=9")
    assert item(work).coefficient == 200
    assert told(work) == ["a: it was registered already"]


def test_the_first_deadline_and_the_first_appointment_stay() -> None:
    work = folded(START + "4 09-02 08:00 a due =09-20_17:00\n5 09-02 08:00 a promised =09-11_17:00\n"
                  "6 09-03 08:00 a promised =09-12_17:00\n 7 09-04 08:00 a due =09-10_17:00")  # fmt: skip
    assert item(work).due_at == moment("09-10 17:00")
    assert item(work).promised_at == moment("09-11 17:00")
    assert told(work) == ["a: a second deadline moves nothing"]


def test_events_after_as_of_have_not_happened() -> None:
    work = folded(START + "4 09-09 08:00 a finished @an", as_of="09-08 00:00")
    assert (item(work).state, share(work).state) == ("open", "open")
    assert folded(START, as_of="08-01 00:00") == Work()


def test_events_beyond_seq_are_not_known() -> None:
    assert folded(START + "4 09-09 08:00 a finished @an", seq=3) == folded(START)


def test_activities_before_registration_still_count_in_time_order() -> None:
    work = folded("1 09-02 08:00 a registered\n2 09-01 08:00 a assigned @an\n3 09-01 09:00 a passed_on @an >binh")
    assert [(one.official, one.state) for one in work.shares] == [("an", "passed_on"), ("binh", "open")]
    assert work.findings == ()


def test_events_of_one_instant_count_in_order_of_seq() -> None:
    one = "1 09-01 08:00 a registered\n 2 09-01 08:00 a assigned @an\n 3 09-01 08:00 a finished @an"
    other = "1 09-01 08:00 a registered\n 3 09-01 08:00 a assigned @an\n 2 09-01 08:00 a finished @an"
    assert item(folded(one)).state == "finished"
    assert item(folded(other)).state == "open"
    assert told(folded(other)) == ["a: finished moves nothing: an does not hold it"]


# -- shares


def test_an_item_through_three_hands_has_a_receipt_a_due_and_a_finish_for_each() -> None:
    work = folded(
        START
        + """
        4 09-04 10:00 a passed_on @an   >binh
        5 09-14 10:00 a passed_on @binh >chi due_at=09-18_17:00
        6 09-17 10:00 a finished  @chi"""
    )
    an, binh, chi = share(work, "an"), share(work, "binh"), share(work, "chi")
    assert [one.weight for one in (an, binh, chi)] == [333_334, 333_333, 333_333]
    assert (an.due_at, an.finished_at) == (moment("09-10 17:00"), moment("09-04 10:00"))
    assert (binh.received_at, binh.due_at) == (moment("09-04 10:00"), moment("09-10 17:00"))
    assert (chi.due_at, chi.finished_at) == (moment("09-18 17:00"), moment("09-17 10:00"))
    assert [(one.fault, one.at) for one in work.faults] == [("delay:a:binh", moment("09-10 17:00"))]


def test_who_receives_late_work_without_a_deadline_of_its_own_is_not_charged() -> None:
    work = folded(START + "4 09-14 10:00 a passed_on @an >binh\n5 09-20 10:00 a finished @binh")
    assert share(work, "binh").due_at is None
    assert [one.official for one in work.faults] == ["an"]


def test_a_share_that_comes_back_is_a_share_of_its_own() -> None:
    work = folded(
        START
        + """
        4 09-02 08:00 a passed_on @an   >binh
        5 09-02 08:00 a passed_on @binh >an
        6 09-12 08:00 a finished  @an"""
    )
    assert [(one.official, one.turn, one.state) for one in work.shares] == [
        ("an", 1, "passed_on"), ("binh", 1, "passed_on"), ("an", 2, "finished")]  # fmt: skip
    assert len({one.key for one in work.shares}) == 3
    assert [(one.fault, one.share) for one in work.faults] == [("delay:a:an:2", share(work, "an", 2).key)]


def test_keys_differ_even_when_work_comes_back_within_a_second() -> None:
    at = "09-01 08:00 a passed_on"
    work = folded(f"1 09-01 08:00 a registered\n2 09-01 08:00 a assigned @an\n3 {at} @an >binh\n4 {at} @binh >an")
    assert len({one.key for one in work.shares}) == 3


def test_weights_not_given_share_what_is_left() -> None:
    work = folded(START + "4 09-01 09:00 a assigned @binh role=support weight=0.3\n5 09-01 09:00 a assigned @chi")
    assert [one.weight for one in work.shares] == [350_000, 300_000, 350_000]


def test_an_item_is_finished_by_its_last_lead_never_by_support() -> None:
    text = START + "4 09-01 09:00 a assigned @binh\n5 09-01 09:00 a assigned @chi role=support\n"
    text += "6 09-03 08:00 a finished @chi\n7 09-04 08:00 a finished @an\n"
    assert item(folded(text)).finished_at is None
    assert item(folded(text + "8 09-05 08:00 a finished @binh")).finished_at == moment("09-05 08:00")


def test_finishing_the_item_finishes_every_open_lead_share() -> None:
    work = folded(START + "4 09-01 09:00 a assigned @chi role=support\n5 09-03 08:00 a finished")
    assert (item(work).state, share(work, "an").state, share(work, "chi").state) == ("finished", "finished", "open")


def test_a_support_share_stays_open_when_the_item_is_finished_first() -> None:
    work = folded(
        START + "4 09-03 08:00 a finished\n5 09-02 09:00 a assigned @chi role=support\n6 09-04 08:00 a finished @chi"
    )
    assert item(work).finished_at == moment("09-03 08:00")


@pytest.mark.parametrize("activity", ["returned", "reopened"])
def test_work_sent_back_is_held_again_by_the_lead_who_finished_last(activity: str) -> None:
    text = START + "4 09-01 10:00 a assigned @binh\n5 09-03 08:00 a finished @binh\n6 09-04 08:00 a finished @an\n"
    text += "7 09-04 09:00 a accepted >sep\n"
    work = folded(text + f"8 09-05 08:00 a {activity}")
    assert (item(work).state, item(work).accepted_by) == ("open", None)
    assert (share(work, "an").state, share(work, "binh").state) == ("open", "finished")
    assert (item(work).returns, item(work).reopened) == ((1, 0) if activity == "returned" else (0, 1))


def test_work_can_be_sent_back_to_someone_named() -> None:
    text = START + "4 09-01 10:00 a assigned @binh\n5 09-03 08:00 a finished @binh\n6 09-04 08:00 a finished @an\n"
    assert share(folded(text + "7 09-05 08:00 a returned @binh"), "binh").state == "open"
    wrong = folded(text + "7 09-05 08:00 a returned @chi")
    assert (item(wrong).state, item(wrong).returns) == ("finished", 0)
    assert told(wrong) == ["a: returned moves nothing: chi has no share in it"]


def test_the_first_taking_up_counts() -> None:
    work = folded(START + "4 09-02 08:00 a taken_up @an\n5 09-03 08:00 a taken_up @an")
    assert share(work).taken_up_at == moment("09-02 08:00")


def test_marks_acceptance_and_excuse_of_a_share_and_of_the_item() -> None:
    work = folded(
        START
        + """
        4 09-01 10:00 a assigned @binh
        5 09-03 08:00 a accepted @an >sep
        6 09-03 08:00 a rated    @binh >dan =4.5
        7 09-03 08:00 a rated    >dan =3
        8 09-03 08:00 a excused  @binh >giam-doc #12/QD
        9 09-03 08:00 a recognised #5/QD
       10 09-03 08:00 a signed"""
    )
    assert (share(work, "an").accepted_by, share(work, "binh").accepted_by) == ("sep", None)
    assert (share(work, "binh").rating, item(work).satisfaction) == (4_500_000, 3_000_000)
    assert (share(work, "an").excused_by, share(work, "binh").excused_by) == (None, "12/QD")
    assert (item(work).recognised_by, item(work).signed) == ("5/QD", True)
    everyone = folded(
        START + "4 09-01 10:00 a assigned @binh\n5 10-05 08:00 a excused >giam-doc #1/QD", as_of="09-30 00:00"
    )
    assert {one.excused_by for one in everyone.shares} == {"1/QD"}


def test_cancelled_work_falls_away_for_everyone() -> None:
    work = folded(START + "4 09-02 08:00 a fault =quality\n5 09-20 08:00 a cancelled")
    assert (item(work).state, work.shares, work.faults) == ("cancelled", (), ())


def test_a_share_belongs_to_the_spell_held_on_the_day_of_receipt() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    spells = (
        Spell(1, at, "s1", "an", "p", "phong-1", "so", "g", False, "civil_servant", date(2026, 1, 1), date(2026, 9, 1)),
        Spell(2, at, "s2", "an", "p", "phong-2", "so", "g", False, "civil_servant", date(2026, 9, 1)),
    )
    assert (share(folded(START, spells=spells)).spell, share(folded(START, spells=spells)).unit) == ("s2", "phong-2")
    assert share(folded(START)).spell is None


# -- faults


def test_a_fault_is_laid_to_the_official_named_else_to_the_lead_who_held_it() -> None:
    work = folded(
        START
        + """
        4 09-03 08:00 a passed_on @an >binh
        5 09-02 08:00 a fault =quality fault=f1
        6 09-04 08:00 a fault =quality fault=f2
        7 09-04 08:00 a fault =quality fault=f3 @an charged_to=2026-10-02"""
    )
    assert [(one.fault, one.official) for one in work.faults if not one.derived] == [
        ("f1", "an"), ("f2", "binh"), ("f3", "an")]  # fmt: skip
    assert fault(work, "f3").charged_to == date(2026, 10, 2)


def test_a_fault_falls_by_a_named_authority_and_a_numbered_decision_even_later() -> None:
    text = START + "4 09-12 08:00 a finished @an\n5 09-12 08:00 a fault =quality fault=f1\n"
    text += "6 10-05 08:00 a voided =f1 >giam-doc #9/QD\n7 10-05 08:00 a voided =delay:a:an >giam-doc #10/QD\n"
    work = folded(text, as_of="09-30 00:00")
    assert [one.voided_by for one in work.faults] == ["10/QD", "9/QD"]
    assert work.findings == ()


def test_a_deadline_that_is_not_voided_yet_can_be_voided_ahead() -> None:
    """The decision is known before the deadline passes: nothing to void yet, and nothing wrong."""
    early = START + "4 09-08 08:00 a voided =delay:a:an >giam-doc #10/QD"
    assert folded(early, as_of="09-09 00:00").findings == ()
    assert folded(early).faults[0].voided_by == "10/QD"


def test_a_fault_told_twice_counts_once() -> None:
    work = folded(START + "4 09-02 08:00 a fault =quality fault=f1\n5 09-03 08:00 a fault =quality fault=f1")
    assert [one.fault for one in work.faults if not one.derived] == ["f1"]
    assert told(work) == ["a: fault moves nothing: the fault 'f1' is recorded already and counts once"]


def test_faults_carry_the_unit_of_the_share_they_are_laid_to() -> None:
    spell = Spell(
        1, moment("01-01 00:00"), "s", "an", "p", "phong", "so", "g", False, "civil_servant", date(2026, 1, 1)
    )
    work = folded(START + "4 09-02 08:00 a fault =quality", spells=(spell,))
    assert {one.unit for one in work.faults} == {"phong"}


# -- records taken back


def test_a_record_taken_back_never_was_whenever_it_was_taken_back() -> None:
    text = START + "4 09-02 08:00 a finished @an\n5 10-20 08:00 a withdrawn =4"
    assert folded(text, as_of="09-30 00:00").shares == folded(START, as_of="09-30 00:00").shares


def test_a_withdrawal_can_be_withdrawn() -> None:
    text = START + "4 09-02 08:00 a finished @an\n5 09-03 08:00 a withdrawn =4\n6 09-04 08:00 a withdrawn =5"
    assert item(folded(text)).state == "finished"


def test_a_withdrawal_takes_back_only_records_of_its_own_item() -> None:
    work = folded(START + "4 09-01 08:00 b registered\n5 09-02 08:00 b withdrawn =3")
    assert share(work).state == "open"
    assert told(work) == ["b: it has no record '3' to take back"]


def test_an_item_whose_every_record_was_taken_back_leaves_nothing() -> None:
    work = folded("1 09-01 08:00 a registered\n2 09-02 08:00 a withdrawn =1")
    assert work == Work()


# -- the same work seen twice


def test_the_same_work_seen_twice_counts_once_with_everyone_who_worked_on_it() -> None:
    work = folded(
        START
        + """
        4 09-01 08:00 b registered
        5 09-01 08:00 b due =09-12_17:00
        6 09-01 09:00 b assigned @an
        7 09-01 09:00 b assigned @binh
        8 09-02 09:00 b same_as =a"""
    )
    assert [(one.item, one.official) for one in work.shares] == [("a", "an"), ("a", "binh")]
    assert [one.weight for one in work.shares] == [500_000, 500_000]
    assert (item(work, "b").state, item(work, "b").same_as, item(work, "a").same_as) == ("same_as", "a", None)
    assert share(work, "binh").due_at == moment("09-12 17:00")  # the deadline binh was told


@pytest.mark.parametrize(("root", "other"), [("a", "b"), ("b", "a")])
def test_delays_and_faults_of_lent_work_count_whatever_the_order_of_codes(root: str, other: str) -> None:
    work = folded(f"""
        1 09-01 08:00 {root} registered
        2 09-01 08:00 {other} registered
        3 09-01 08:00 {other} due =09-10_17:00
        4 09-01 09:00 {other} assigned @binh
        5 09-02 09:00 {other} fault =quality fault=f1
        6 09-03 09:00 {other} fault =quality fault=f2
        7 09-04 09:00 {root}  fault =quality fault=f2 @binh
        8 09-20 09:00 {other} voided =f1 >giam-doc #1/QD
        9 09-20 09:00 {other} voided =delay:{other}:binh >giam-doc #2/QD
       10 09-20 09:00 {other} same_as ={root}""")
    assert [(one.item, one.fault, one.official, one.voided_by) for one in work.faults] == [
        (root, "f1", "binh", "1/QD"),
        (root, "f2", "binh", None),
        (root, f"delay:{root}:binh", "binh", "2/QD"),
    ]
    assert work.findings == ()


def test_a_chain_counts_at_its_end_and_a_circle_at_its_smallest_code() -> None:
    text = "".join(f"{n} 09-01 08:00 {code} registered\n" for n, code in enumerate("abc", start=1))
    text += "4 09-01 08:00 c assigned @an\n"
    chain = folded(text + "5 09-01 08:00 c same_as =b\n6 09-01 08:00 b same_as =a")
    circle = folded(text + "5 09-01 08:00 c same_as =b\n6 09-01 08:00 b same_as =c")
    assert [one.item for one in chain.shares] == ["a"]
    assert [one.item for one in circle.shares] == ["b"]
    assert [one.state for one in circle.items] == ["open", "open", "same_as"]


def test_work_said_to_be_the_same_as_unknown_work_counts_where_it_is() -> None:
    work = folded(START + "4 09-02 08:00 a same_as =zz")
    assert (item(work).state, item(work).same_as, len(work.shares)) == ("open", None, 1)
    assert told(work) == ["a: the same work 'zz' is not known"]


def test_from_a_cancelled_registration_nothing_comes() -> None:
    text = START + "4 09-01 08:00 b registered\n5 09-01 09:00 b assigned @binh\n6 09-02 09:00 b same_as =a\n"
    assert {one.official for one in folded(text + "7 09-03 09:00 b cancelled").shares} == {"an"}


# -- what moves nothing is told, and never raises

NOTHING = [
    ("4 09-02 08:00 zz assigned @an", "zz: it was never registered"),
    ("4 09-02 08:00 a assigned", "a: assigned moves nothing: it names no official"),
    ("4 09-02 08:00 a assigned @an", "a: an already holds it"),
    ("4 09-02 08:00 a assigned @binh role=boss", "a: assigned: role could not be read: it is 'boss'"),
    ("4 09-02 08:00 a assigned @binh weight=1.5", "a: assigned: weight could not be read: 1.5 is out of range"),
    ("4 09-02 08:00 a assigned @binh weight=half", "a: assigned: weight could not be read: a number is written"),
    ("4 09-02 08:00 a assigned @binh due_at=soon", "a: assigned: due_at could not be read: an instant is written"),
    ("4 09-02 08:00 a assigned @binh colour=red", "a: assigned: colour could not be read: there is no such attribute"),
    ("4 09-02 08:00 a corrected coefficient=-1", "a: corrected: coefficient could not be read: -1 is out of range"),
    ("4 09-02 08:00 a passed_on @binh >chi", "a: passed_on moves nothing: binh does not hold it"),
    ("4 09-02 08:00 a passed_on @an", "a: passed_on moves nothing: it names nobody to receive it"),
    ("4 09-02 08:00 a passed_on >binh", "a: passed_on moves nothing: it names no official"),
    ("4 09-02 08:00 a finished @binh", "a: finished moves nothing: binh does not hold it"),
    ("4 09-02 08:00 a taken_up @binh", "a: taken_up moves nothing: binh has no share in it"),
    ("4 09-02 08:00 a accepted @an", "a: accepted moves nothing: it names no counterpart who accepted it"),
    ("4 09-02 08:00 a accepted @binh >sep", "a: accepted moves nothing: binh has no share in it"),
    ("4 09-02 08:00 a rated >dan =6", "a: rated moves nothing: a rating is a mark from 1 to 5"),
    ("4 09-02 08:00 a rated >dan =good", "a: rated moves nothing: a number is written like 12"),
    ("4 09-02 08:00 a rated =4", "a: rated moves nothing: a rating is a mark from 1 to 5 by a counterpart"),
    ("4 09-02 08:00 a fault =speling", "a: fault moves nothing: there is no kind of fault 'speling'"),
    ("4 09-02 08:00 a fault @an", "a: fault moves nothing: there is no kind of fault None"),
    ("4 09-02 08:00 a fault =quality @binh", "a: binh has no share that 'quality:4' could be laid to"),
    ("4 09-02 08:00 a fault =quality charged_to=2026-02-30", "a: fault: charged_to could not be read: a day"),
    ("4 09-02 08:00 a voided =f9 >giam-doc #1/QD", "a: there is no fault 'f9' to void"),
    ("4 09-02 08:00 a voided =f9", "a: voided moves nothing: it needs a named authority and the number of a decision"),
    ("4 09-02 08:00 a voided >giam-doc #1/QD", "a: voided moves nothing: it names no fault"),
    ("4 09-02 08:00 a excused @an", "a: excused moves nothing: it needs a named authority"),
    ("4 09-02 08:00 a excused @binh >giam-doc #1/QD", "a: excused moves nothing: binh has no share in it"),
    ("4 09-02 08:00 a recognised", "a: recognised moves nothing: an initiative is recognised by a numbered decision"),
    ("4 09-02 08:00 a same_as", "a: same_as moves nothing: it names no other item"),
    ("4 09-02 08:00 a same_as =a", "a: same_as moves nothing: it names no other item"),
    ("4 09-02 08:00 a withdrawn =99", "a: it has no record '99' to take back"),
    ("4 09-02 08:00 a withdrawn", "a: it has no record None to take back"),
    ("4 09-02 08:00 a promised =soon", "a: promised moves nothing: an instant is written like"),
    ("4 09-02 08:00 a due =2026-09-10", "a: due moves nothing: an instant needs its offset"),
    ("4 09-02 08:00 a extended =soon", "a: extended moves nothing: an instant is written like"),
    ("4 09-02 08:00 a extended =9999-12-31T00:00:00Z", "a: it has no deadline: 9999-12-31T00:00:00+00:00 is no"),
    ("4 09-02 08:00 a finnished @an", "a: there is no activity 'finnished'"),
    ("4 09-02 08:00 a note @an", "a: there is no activity 'note'"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "message"), NOTHING, ids=[line.split(" a ")[-1] for line, _ in NOTHING])
def test_what_moves_nothing_is_told_with_advice_and_the_rest_counts(line: str, message: str) -> None:
    work = folded(START + line, as_of="09-09 00:00")
    (finding,) = work.findings
    assert finding.message.startswith(message), finding.message
    assert finding.advice and finding.code == "event-without-effect" and finding.severity is Severity.WARNING
    assert share(work).state == "open"


def test_a_share_stays_though_one_of_its_attributes_cannot_be_read() -> None:
    work = folded(START + "4 09-02 08:00 a assigned @binh weight=half role=support")
    assert share(work, "binh").role == "support"


@pytest.mark.parametrize("due", ["9999-12-31T00:00:00Z", "1800-01-01T00:00:00Z"])
def test_an_item_whose_clock_cannot_run_goes_without_a_deadline(due: str) -> None:
    work = folded(f"1 09-01 08:00 a registered\n2 09-01 08:00 a due ={due}\n3 09-01 08:00 a assigned @an")
    assert (item(work).due_at, share(work).due_at, work.dues) == (None, None, ())
    assert told(work) == [f"a: it has no deadline: {due[:-1]}+00:00 is no instant of a clock"]


def test_a_budget_the_clock_refuses_leaves_the_item_without_a_deadline() -> None:
    work = folded("1 09-01 08:00 a registered time_limit=99999\n2 09-01 08:00 a assigned @an")
    assert item(work).due_at is None and "no budget can be 99999" in told(work)[0]


def test_an_item_may_bring_its_own_budget() -> None:
    work = folded("1 09-01 08:00 a registered time_limit=3\n2 09-01 08:00 a assigned @an")
    assert item(work).due_at == moment("09-04 17:00")
    assert [(due.item, due.clock) for due in work.dues] == [("a", "given")]


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_a_bare_event_of_any_activity_never_raises(activity: str) -> None:
    for code in ("a", "unknown"):
        bare = Event(9, moment("09-02 08:00"), code, moment("09-02 08:00"), activity)
        fold([*events(START), bare], moment("10-01 00:00"), clocks=plain_clocks())


def test_an_extension_after_expiry_needs_an_authority() -> None:
    late = START + "4 09-14 08:00 a extended =09-21_17:00\n"
    assert item(folded(late)).due_at == moment("09-10 17:00")
    allowed = START + "4 09-14 08:00 a extended =09-21_17:00 >giam-doc #1/QD\n"
    assert (item(folded(allowed)).due_at, item(folded(allowed)).late_extensions) == (moment("09-21 17:00"), 1)


def test_the_order_in_which_events_are_handed_over_does_not_matter() -> None:
    lines = events(START + "4 09-04 10:00 a passed_on @an >binh\n5 09-12 10:00 a finished @binh")
    one = fold(lines, moment("10-01 00:00"), clocks=plain_clocks())
    assert one == fold(reversed(lines), moment("10-01 00:00"), clocks=plain_clocks())
    assert event("5 09-12 10:00 a finished @binh") == lines[-1]


def test_what_happens_at_as_of_has_not_happened_yet() -> None:
    text = """
    1  09-01 08:00  a  registered
    2  09-01 08:00  a  assigned  @an
    3  10-01 00:00  a  finished  @an
    """
    assert folded(text, as_of="10-01 00:00").items[0].state == "open"
    assert folded(text, as_of="10-01 00:01").items[0].state == "finished"


def test_a_given_weight_is_shared_by_the_hands_it_went_through() -> None:
    text = """
    1  09-01 08:00  a  registered
    2  09-01 08:00  a  assigned   @an    weight=0.7
    3  09-01 08:00  a  assigned   @chi   weight=0.3 role=support
    4  09-03 08:00  a  passed_on  @an    >binh
    """
    weights = {share.official: share.weight for share in folded(text).shares}
    assert weights == {"an": 350_000, "binh": 350_000, "chi": 300_000}


def test_a_weight_given_on_passing_on_is_the_receivers_own() -> None:
    text = """
    1  09-01 08:00  a  registered
    2  09-01 08:00  a  assigned   @an    weight=0.6
    3  09-03 08:00  a  passed_on  @an    >binh weight=0.4
    """
    assert [share.weight for share in folded(text).shares] == [600_000, 400_000]


def test_a_pause_moves_the_deadline_a_holder_has_of_their_own() -> None:
    text = """
    1  09-01 08:00  a  registered
    2  09-01 08:00  a  assigned  @an  due_at=09-10_17:00
    3  09-03 08:00  a  paused    =storm
    4  09-04 08:00  a  resumed
    """
    (share,) = folded(text).shares
    assert share.due_at == moment("09-11 17:00")


def test_an_extension_granted_to_one_holder_moves_that_deadline_only() -> None:
    text = """
    1  09-01 08:00  a  registered
    2  09-01 08:00  a  due       =09-20_17:00
    3  09-01 08:00  a  assigned  @an   due_at=09-10_17:00
    4  09-01 08:00  a  assigned  @chi  role=support
    5  09-08 08:00  a  extended  @an   =09-14_17:00 >giam-doc #01/QD
    """
    work = folded(text)
    assert {share.official: share.due_at for share in work.shares} == {
        "an": moment("09-14 17:00"),
        "chi": moment("09-20 17:00"),
    }
    assert work.items[0].due_at == moment("09-20 17:00")
