"""The ledger of a fund: two signatures, never below zero, never past its day, and a warning before."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from congtam.access.seats import Seat
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.reward import ledger
from congtam.reward.models import Amount, Entry, Why
from congtam.reward.queries import fund_of
from reward_scene import DAY, Office


def test_a_row_counts_once_another_person_signed_it(office: Office) -> None:
    entry = office.row("in", 150_000_000)
    assert (fund_of(office.agency, 2026).left, fund_of(office.agency, 2026).waiting) == (0, 1)
    ledger.sign(office.leader, entry)
    fund = fund_of(office.agency, 2026)
    assert (fund.left, fund.waiting, fund.due) == (150_000_000, 0, 200_000_000)


def test_nobody_signs_what_they_entered(office: Office) -> None:
    both = Seat(**{
        name: getattr(office.accountant, name) for name in ("account", "person", "day", "units", "finance")
    } | {"leads_agency": office.leader.leads_agency})  # fmt: skip
    entry = ledger.enter(both, ledger.Line(office.agency, 2026, "bonus", "in", Decimal(1), DAY, "1/QĐ"))
    with pytest.raises(Refused, match="entered this row"):
        ledger.sign(both, entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            series=1, agency_id=office.agency, year=2026, purse="bonus", kind="in", amount=1, day=DAY, state="signed",
            by_id=office.person("an"), signed_by_id=office.person("an"),
        )  # fmt: skip


def test_only_who_keeps_the_fund_enters_and_only_who_leads_signs(office: Office) -> None:
    line = ledger.Line(office.agency, 2026, "bonus", "in", Decimal(1), DAY, "1/QĐ")
    for seat in (office.leader, office.seat("nhan-su"), office.seat("giam-doc-b")):
        with pytest.raises(Refused, match="You may not keep"):
            ledger.enter(seat, line)
    entry = office.row("in", 1)
    for seat in (office.accountant, office.seat("truong-mot"), office.seat("giam-doc-b")):
        with pytest.raises(Refused, match="You may not approve"):
            ledger.sign(seat, entry)


def test_who_comes_second_to_a_row_is_told(office: Office) -> None:
    entry = office.row("in", 1_000)
    ledger.sign(office.leader, entry)
    with pytest.raises(Conflict):
        ledger.sign(office.leader, entry)
    with pytest.raises(Conflict):
        ledger.refuse(office.leader, entry, "muộn")


def test_a_row_that_is_refused_never_counts_and_says_why(office: Office) -> None:
    entry = office.row("in", 1_000)
    with pytest.raises(Refused, match="needs a reason"):
        ledger.refuse(office.leader, entry, " ")
    refused = ledger.refuse(office.leader, entry, "sai số chứng từ")
    assert Why.objects.get(seq=refused.seq).text == "sai số chứng từ"
    assert fund_of(office.agency, 2026).money_in == 0


def test_more_than_the_rule_gives_does_not_come_in(office: Office) -> None:
    office.fill(150_000_000)
    with pytest.raises(Refused, match=r"at most 200,000,000 đồng; 150,000,000 đồng came in"):
        office.row("in", 50_000_001)


def test_without_a_salary_fund_it_is_said_what_is_missing(office: Office) -> None:
    Amount.objects.filter(name="salary_fund").update(replaced_by=1)
    with pytest.raises(Refused, match="salary fund of the year, without allowances 2026 is missing"):
        office.row("in", 1)


def test_a_fund_too_small_is_refused_with_the_figures(office: Office) -> None:
    office.fill(1_000_000)
    with pytest.raises(Refused, match=r"1,000,001 đồng are asked, at most 1,000,000 đồng can be entered"):
        office.row("reserved", 1_000_001)


def test_of_two_who_want_the_same_money_the_second_is_refused(office: Office) -> None:
    office.fill(1_000_000)
    office.row("reserved", 600_000)
    with pytest.raises(Refused, match="at most 400,000 đồng"):
        office.row("reserved", 600_000)


def test_what_was_entered_beside_money_that_went_is_refused_at_the_signature(office: Office) -> None:
    office.fill(1_000_000)
    entry = office.row("reserved", 600_000)
    other = Entry(
        series=1, agency_id=office.agency, year=2026, purse="bonus", kind="reserved", amount=600_000, day=DAY,
        state="signed", by_id=office.person("an"), signed_by_id=office.person("binh"),
    )  # fmt: skip
    other.save(force_insert=True)  # as if two had been entered at once
    with pytest.raises(Refused, match="fund is too small"):
        ledger.sign(office.leader, entry)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 16), None),
        (date(2026, 12, 17), "what is not used by 31/01/2027 is lost"),
        (date(2027, 1, 31), "what is not used by 31/01/2027 is lost"),
        (date(2027, 2, 1), "were not used by 31/01/2027"),
    ],
)
def test_before_31_january_it_is_said_what_will_be_lost(office: Office, day: date, said: str | None) -> None:
    office.fill(1_000_000)
    warning = fund_of(office.agency, 2026).warning(day)
    assert (warning is None) if said is None else (warning is not None and said in warning.en)


def test_a_fund_is_used_until_31_january_and_lost_only_after(office: Office) -> None:
    office.fill(1_000_000)
    with pytest.raises(Refused, match="nothing is lost before"):
        office.row("lost", 1_000_000, day=date(2027, 1, 31))
    with pytest.raises(Refused, match="could be used until 31/01/2027"):
        office.row("reserved", 1, day=date(2027, 2, 1))
    ledger.sign(office.leader, office.row("lost", 1_000_000, day=date(2027, 2, 1)))
    fund = fund_of(office.agency, 2026)
    assert (fund.left, fund.held.lost, fund.warning(date(2027, 2, 1))) == (0, 1_000_000, None)


def test_what_stands_in_the_ledger_is_never_changed_nor_deleted(office: Office) -> None:
    entry = office.row("in", 1)
    change: list[Any] = [
        lambda: Entry.objects.filter(pk=entry.pk).update(amount=2),
        lambda: Entry.objects.filter(pk=entry.pk).delete(),
    ]
    for act in change:
        with pytest.raises(Exception, match="facts"), transaction.atomic():
            act()
