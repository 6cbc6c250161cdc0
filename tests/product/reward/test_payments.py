"""Lists of payments: from grades and reported amounts, paid once, then differences only."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from congtam.engine.periods import Period
from congtam.history.refused import Refused
from congtam.people.actions import end_spell
from congtam.reward import ledger, lists
from congtam.reward.models import Earning, Entry, PayLine, PayList
from congtam.reward.papers import bonus_lines, fund_around
from congtam.reward.payments import payments
from congtam.reward.queries import back_pay, fund_of, left_since, own, payment_list, schemes_of, to_be_listed
from congtam.reward.schemes import scheme_on
from congtam.reward.sealed import graded
from reward_scene import ANNUAL, DAY, MONTHLY, OCTOBER, Office

PAID_ON = date(2027, 1, 4)


def paid(office: Office, one: PayList, day: date = PAID_ON) -> PayList:
    """The list approved, paid, and its payment signed."""
    for entry in Entry.standing().filter(list=one, state="proposed"):
        ledger.sign(office.leader, entry)
    office.pays(one, day)
    for entry in Entry.standing().filter(list=one, state="proposed"):
        ledger.sign(office.leader, entry)
    return one


def amounts(office: Office, one: PayList) -> dict[str, Decimal]:
    codes = {person.pk: code for code, person in office.cast.people.items()}
    return {codes[line.person_id]: line.amount for line in PayLine.objects.filter(list=one)}


def test_a_list_pays_grade_by_pay_with_its_floors_and_re_adds(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    one = lists.make_list(office.accountant, office.graded(), MONTHLY, DAY)
    assert amounts(office, one) == {"an": 5_000_000, "binh": 2_700_000, "chi": 500_000}
    lines = list(one.lines.all())
    assert sum(line.amount for line in lines) == lists.sums_of(one)[0] == 8_200_000
    assert all(line.amount == line.base * line.factor for line in lines if not line.floored)
    assert {line.whence for line in lines} == {"8/QĐ-SA"}


def test_a_seal_offers_the_schemes_of_its_length(office: Office) -> None:
    assert [one.key for one in schemes_of(office.seal())] == [MONTHLY]
    assert [one.key for one in schemes_of(office.seal(period=Period.parse("2026")))] == [ANNUAL]


def test_a_list_reserves_its_sum_is_approved_and_paid(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    one = lists.make_list(office.accountant, office.graded(), MONTHLY, DAY)
    assert lists.state_of(one) == "waiting"
    with pytest.raises(Refused, match="not approved yet"):
        office.pays(one, PAID_ON)
    ledger.sign(office.leader, Entry.standing().get(list=one))
    assert (lists.state_of(one), fund_of(office.agency, 2026, "extra_income").left) == ("approved", 41_800_000)
    with pytest.raises(Refused, match="from 01/01/2027"):  # Đà Nẵng pays by the quarter
        office.pays(one, date(2026, 12, 31))
    with pytest.raises(Refused, match="04/01/2027 is still to come"):
        lists.pay(office.accountant, one, PAID_ON, "PC-12")
    paid(office, one)
    fund = fund_of(office.agency, 2026, "extra_income")
    assert (lists.state_of(one), fund.used, fund.reserved, fund.left) == ("paid", 8_200_000, 0, 41_800_000)
    assert fund_around(one) == (50_000_000, 41_800_000)


def test_a_fund_too_small_makes_no_list(office: Office) -> None:
    office.fill(8_199_999, "extra_income")
    with pytest.raises(Refused, match="fund is too small"):
        lists.make_list(office.accountant, office.graded(), MONTHLY, DAY)
    assert not PayList.objects.exists()


def test_missing_pay_is_told_by_name(office: Office) -> None:
    with pytest.raises(Refused, match=r"monthly salary for 2026-10 of 1 people is missing: Đặng Thị Cúc"):
        payments(scheme_on(MONTHLY, OCTOBER.first), office.graded(truong_hai="good"))


def test_missing_base_amount_of_the_agency_is_told(office: Office) -> None:
    year = Period.parse("2026")
    with pytest.raises(Refused, match=r"base amount of the bonus for 31/12/2026 is missing"):
        payments(scheme_on(ANNUAL, year.first), office.graded(period=year))


def test_a_scheme_of_another_length_or_not_adopted_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="does not pay by grades of 2026-10"):
        payments(scheme_on(ANNUAL, OCTOBER.first), office.graded())
    with pytest.raises(Refused, match="is not adopted"):
        scheme_on("vn/ha-noi/resolution-81-2025#monthly", DAY)


def test_who_is_not_graded_is_not_paid_by_grade(office: Office) -> None:
    found = payments(scheme_on(MONTHLY, OCTOBER.first), office.graded(an=None))
    assert office.person("an") not in {line.person for line in found.lines}


def test_a_list_unpaid_stands_in_the_way_until_it_is_withdrawn(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    first = office.seal()
    one = lists.make_list(office.accountant, graded(first), MONTHLY, DAY)
    later = office.graded(first, binh="excellent")
    with pytest.raises(Refused, match="List 1/2026 of this period is not paid yet"):
        lists.make_list(office.accountant, later, MONTHLY, DAY)
    ledger.sign(office.leader, Entry.standing().get(list=one))
    lists.withdraw_list(office.accountant, one, DAY, "xếp loại thay đổi")
    released = Entry.standing().get(list=one, kind="released")
    assert fund_of(office.agency, 2026, "extra_income").left == 41_800_000
    ledger.sign(office.leader, released)
    assert fund_of(office.agency, 2026, "extra_income").left == 50_000_000
    again = lists.make_list(office.accountant, later, MONTHLY, DAY)
    assert not again.difference
    assert amounts(office, again)["binh"] == 4_500_000
    assert (lists.number_of(one), lists.number_of(again)) == ("1/2026", "2/2026")  # one that fell keeps its number


def test_what_a_withdrawn_list_must_release_is_not_refused_and_frees_nothing_before(office: Office) -> None:
    office.fill(10_000_000, "extra_income")
    first = office.seal()
    one = lists.make_list(office.accountant, graded(first), MONTHLY, DAY)
    ledger.sign(office.leader, Entry.standing().get(list=one))
    lists.withdraw_list(office.accountant, one, DAY, "xếp loại thay đổi")
    with pytest.raises(Refused, match="must be released"):
        ledger.refuse(office.leader, Entry.standing().get(list=one, kind="released"), "không")
    with pytest.raises(Refused, match="fund is too small"):
        lists.make_list(office.accountant, graded(first), MONTHLY, DAY)


def test_a_payment_refused_for_its_voucher_is_entered_again(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    one = lists.make_list(office.accountant, office.graded(), MONTHLY, DAY)
    ledger.sign(office.leader, Entry.standing().get(list=one))
    office.pays(one, PAID_ON)
    with pytest.raises(Refused, match="its payment is entered"):
        office.pays(one, PAID_ON)
    ledger.refuse(office.leader, Entry.standing().get(list=one, kind="paid"), "sai số chứng từ")
    assert lists.state_of(one) == "approved"
    office.pays(one, PAID_ON)
    ledger.sign(office.leader, Entry.standing().get(list=one, kind="paid", state="proposed"))
    assert lists.state_of(one) == "paid"


def test_refusing_the_sum_of_a_list_lets_the_list_fall(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    told = office.graded()
    one = lists.make_list(office.accountant, told, MONTHLY, DAY)
    ledger.refuse(office.leader, Entry.standing().get(list=one), "chưa đủ hồ sơ")
    assert not PayList.standing().filter(pk=one.pk).exists()
    assert lists.make_list(office.accountant, told, MONTHLY, DAY).pk != one.pk


def test_after_payment_a_later_seal_gives_differences_only_and_they_add_up(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    seals = [office.seal()]
    first = paid(office, lists.make_list(office.accountant, graded(seals[0]), MONTHLY, DAY))
    with pytest.raises(Refused, match="nothing differs"):
        lists.make_list(office.accountant, graded(seals[0]), MONTHLY, DAY)
    seals.append(office.seal(seals[0], an="good", chi="good", dung="complete"))
    office.earns("dung", 6_000_000)
    then = office.seat("pho-giam-doc", PAID_ON)
    with pytest.raises(Refused, match="A later seal took the place"):
        lists.make_list(then, graded(seals[0]), MONTHLY, PAID_ON)
    told = back_pay(*seals, MONTHLY)
    second = lists.make_list(then, graded(seals[1]), MONTHLY, PAID_ON)
    assert second.difference
    assert amounts(office, second) == {"an": -2_000_000, "chi": 1_000_000, "dung": 600_000}
    assert {line.person: line.amount for line in told.lines} == dict(second.lines.values_list("person", "amount"))
    whole = sum(line.due for line in payment_list(seals[1], MONTHLY).lines)
    assert sum(amounts(office, first).values()) + sum(amounts(office, second).values()) == whole
    paid(office, second)
    assert fund_of(office.agency, 2026, "extra_income").used == whole
    third = lists.make_list(then, office.graded(seals[1]), MONTHLY, PAID_ON)
    assert amounts(office, third) == {"an": 2_000_000, "chi": -1_000_000, "dung": -600_000}


def test_a_list_is_asked_for_only_where_one_can_be_made(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    first = office.seal()
    assert to_be_listed(office.agency, 2026) == [(first.pk, OCTOBER)]
    one = lists.make_list(office.accountant, graded(first), MONTHLY, DAY)
    same = office.seal(first)
    assert to_be_listed(office.agency, 2026) == [], "the list of the first seal is not paid"
    paid(office, one)
    assert to_be_listed(office.agency, 2026) == [], "the second seal gives nothing else"
    other = office.seal(same, an="good")
    assert to_be_listed(office.agency, 2026) == [(other.pk, OCTOBER)]


def test_before_any_list_a_later_seal_differs_from_what_the_first_gave(office: Office) -> None:
    first = office.seal()
    told = back_pay(first, office.seal(first, binh="complete", chi=None), MONTHLY)
    assert {line.person: line.amount for line in told.lines} == {
        office.person("binh"): -1_800_000,
        office.person("chi"): -500_000,
    }
    assert (told.to_pay, told.to_take_back) == (0, 2_300_000)


def test_a_paid_list_is_not_withdrawn(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    one = paid(office, lists.make_list(office.accountant, office.graded(), MONTHLY, DAY))
    with pytest.raises(Refused, match="make a list of differences"):
        lists.withdraw_list(office.accountant, one, DAY, "nhầm")


def test_who_left_meanwhile_is_still_on_the_list_and_told(office: Office) -> None:
    end_spell(office.accountant.actor, office.cast.spells["binh"], date(2026, 11, 1))
    office.fill(50_000_000, "extra_income")
    one = lists.make_list(office.accountant, office.graded(), MONTHLY, DAY)
    assert "binh" in amounts(office, one)
    assert left_since([office.person("an"), office.person("binh")], DAY) == {office.person("binh"): date(2026, 11, 1)}


def test_everybody_sees_their_own_lines(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    paid(office, lists.make_list(office.accountant, office.graded(), MONTHLY, DAY))
    [line] = own(office.person("an"))
    assert (line.period, line.amount, line.base, line.state) == ("2026-10", 5_000_000, 10_000_000, "paid")
    assert own(office.person("dung")) == []


def test_the_paper_of_a_list_says_names_posts_and_whole_dong(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    one = lists.make_list(office.accountant, office.graded(), MONTHLY, DAY)
    lines = {line.name: line for line in bonus_lines(one, {"excellent": "Xuất sắc"}, DAY)}
    an = lines["Nguyễn Thị An"]
    assert (an.post, an.unit, an.grade, an.base, an.factor, an.amount) == (
        "Chuyên viên", "Phòng Một", "Xuất sắc", 10_000_000, "0,5", 5_000_000,
    )  # fmt: skip
    assert lines["Võ Mai Chi"].note == "Mức tối thiểu"


def test_pay_of_a_month_is_what_holds_on_its_last_day(office: Office) -> None:
    office.earns("an", 12_000_000, first=OCTOBER.until - timedelta(days=1))
    office.earns("an", 20_000_000, first=OCTOBER.until)
    found = payments(scheme_on(MONTHLY, OCTOBER.first), office.graded())
    assert next(line.base for line in found.lines if line.person == office.person("an")) == 12_000_000
    assert Earning.standing().filter(person=office.person("an")).count() == 3
