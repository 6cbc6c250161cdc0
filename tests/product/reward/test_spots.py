"""Rewards for an achievement: who may be proposed, on what it stands, what speaks against it, who decides."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from congtam.access.seats import seat_of
from congtam.closing.waiting import asked_of
from congtam.engine.periods import start_of_day
from congtam.exemptions.exempting import Basis, Chosen, exempt
from congtam.history.actor import SYSTEM
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.intake.actions import accept
from congtam.reward import ledger, lists, spots
from congtam.reward.models import Entry, Nominee, PayLine, PayList, Proposal
from congtam.sources.actions import add_source
from congtam.work.folding import fold_waiting
from congtam.work.models import Item
from month_scene import HANOI, task
from reward_scene import DAY, SPOT, Office

NOW = start_of_day(DAY)
LATER = NOW + timedelta(hours=1)
WELL = (Decimal(9),) * 5
MARKS: Mapping[str, tuple[Decimal, ...]] = {"an": WELL}


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=HANOI)


@pytest.fixture
def work(office: Office) -> dict[str, int]:
    """Work of An: done in time; open; and of Bình: done late."""
    source = add_source(SYSTEM, "voffice", "Văn phòng điện tử", first=date(2025, 3, 1))
    told = [
        task("xong", "an", at(3), at(10, 17), at(9)),
        task("dang-lam", "an", at(3), at(28, 17)),
        task("cham", "binh", at(3), at(10, 17), at(12)),
    ]
    assert {one.result for one in accept(SYSTEM, source, told).answers} == {"accepted"}
    fold_waiting(100, NOW)
    return dict(Item.objects.values_list("key", "pk"))


def propose(
    office: Office, item: int, marks: Mapping[str, tuple[Decimal, ...]] = MARKS, by: str = "truong-mot"
) -> Proposal:
    given = {office.person(code): told for code, told in marks.items()}
    return spots.propose(office.seat(by), office.agency, SPOT, item, given, "Hoàn thành vượt tiến độ", DAY)


def test_a_proposal_is_decided_listed_approved_and_paid(office: Office, work: dict[str, int]) -> None:
    office.fill(20_000_000)
    decided = spots.decide(office.leader, propose(office, work["xong"]), True, "90/QĐ-SA", NOW)
    one = spots.list_of(office.accountant, decided, NOW)
    [line] = PayLine.objects.filter(list=one)
    assert (line.factor, line.base, line.amount) == (5, 2_000_000, 10_000_000)
    assert spots.pay_by(decided) == date(2026, 11, 27)  # five working days
    for entry in Entry.standing().filter(list=one):
        ledger.sign(office.leader, entry)
    lists.pay(office.accountant, one, DAY, "PC-3")
    for entry in Entry.standing().filter(list=one, state="proposed"):
        ledger.sign(office.leader, entry)
    assert lists.state_of(one) == "paid"


def test_a_list_of_one_proposal_is_made_once_and_only_when_approved(office: Office, work: dict[str, int]) -> None:
    office.fill(20_000_000)
    proposal = propose(office, work["xong"])
    with pytest.raises(Refused, match="not approved"):
        spots.list_of(office.accountant, proposal, NOW)
    decided = spots.decide(office.leader, proposal, True, "90/QĐ-SA", NOW)
    with pytest.raises(Refused, match="Only the agency's accountant"):
        spots.list_of(office.leader, decided, NOW)
    spots.list_of(office.accountant, decided, NOW)
    with pytest.raises(Refused, match="made already"):
        spots.list_of(office.accountant, decided, NOW)
    assert PayList.objects.count() == 1


@pytest.mark.parametrize(
    ("by", "marks", "said"),
    [
        ("truong-mot", {}, "1 to 5 people"),
        ("truong-mot", dict.fromkeys(("an", "binh", "chi", "dung", "em", "nhan-su"), WELL), "6 are proposed"),
        ("truong-mot", {"chi": WELL}, "may not score the achievement of Võ Mai Chi"),
        ("truong-mot", {"truong-mot": WELL}, "never yourself"),
        ("truong-mot", {"an": WELL[:4]}, "5 marks from 0 to 10"),
        ("truong-mot", {"an": (Decimal(11),) * 5}, "5 marks from 0 to 10"),
        ("truong-mot", {"an": WELL, "binh": WELL}, "Hoàng Bình had no part"),
    ],
)
def test_who_cannot_be_proposed(
    office: Office, work: dict[str, int], by: str, marks: dict[str, tuple[Decimal, ...]], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        propose(office, work["xong"], marks, by)


def test_an_achievement_stands_on_work_that_is_done(office: Office, work: dict[str, int]) -> None:
    for item in (work["dang-lam"], 10**9):
        with pytest.raises(Refused, match="work done and accepted"):
            propose(office, item)


def test_a_fault_that_counts_speaks_against_it_until_it_is_voided(office: Office, work: dict[str, int]) -> None:
    proposal = propose(office, work["cham"], {"binh": WELL})
    [award] = spots.awards_of(proposal, NOW)
    assert [text.en for text in award.hinders] == ["Hoàng Bình has faults that count in the year: 1"]
    with pytest.raises(Refused, match="Hoàng Bình has faults"):
        spots.decide(office.leader, proposal, True, "90/QĐ-SA", NOW)
    chosen = Chosen(work["cham"], official=office.person("binh"))
    exempt(office.seat("giam-doc"), [chosen], Basis("7/QĐ-SA", DAY, "mất điện"), now=NOW)
    fold_waiting(100, LATER)
    assert spots.awards_of(proposal, LATER)[0].hinders == ()
    assert spots.decide(office.leader, proposal, True, "91/QĐ-SA", LATER).state == "approved"


def test_no_more_than_a_fifth_of_the_staff_in_a_year(office: Office, work: dict[str, int]) -> None:
    for number, code in enumerate(("chi", "dung"), start=1):  # of fourteen; a third would be 21 %
        assert spots.awards_of(propose(office, work["xong"]), NOW)[0].hinders == ()
        Nominee.objects.create(series=number, person_id=office.person(code), marks=["9"] * 5)
        Proposal.objects.create(
            series=number, agency_id=office.agency, scheme=SPOT, item_id=work["xong"], state="approved",
            by_id=office.person("truong-mot"), decided_by_id=office.person("giam-doc"), number="1/QĐ", day=DAY,
        )  # fmt: skip
    proposal = propose(office, work["xong"])
    said = "3 of 14 people would be rewarded in the year, more than 20 %"
    assert [text.en for text in spots.awards_of(proposal, NOW)[0].hinders] == [said]
    with pytest.raises(Refused, match="3 of 14 people"):
        spots.decide(office.leader, proposal, True, "90/QĐ-SA", NOW)


def test_nobody_decides_for_themselves_on_their_own_proposal_or_twice(office: Office, work: dict[str, int]) -> None:
    proposal = propose(office, work["xong"], by="giam-doc")
    with pytest.raises(Refused, match="Another competent person"):
        spots.decide(office.leader, proposal, True, "90/QĐ-SA", NOW)
    assert told_to(office) == [], "and it is not told to who may not decide it"
    other = propose(office, work["xong"])
    of_oneself = propose(office, work["xong"])
    Nominee.objects.create(series=of_oneself.series, person_id=office.person("giam-doc"), marks=["9"] * 5)
    assert told_to(office) == [(other.series,)], "nor to one of the proposed"
    for code in ("truong-mot", "giam-doc-b", "pho-giam-doc"):
        with pytest.raises(Refused, match="Another competent person"):
            spots.decide(seat_of(office.cast.accounts[code], DAY), other, True, "90/QĐ-SA", NOW)
    with pytest.raises(Refused, match="needs the number"):
        spots.decide(office.leader, other, True, " ", NOW)
    spots.decide(office.leader, other, False, "90/QĐ-SA", NOW)
    with pytest.raises(Conflict):
        spots.decide(office.leader, other, True, "90/QĐ-SA", NOW)


def told_to(office: Office) -> list[tuple[str | int, ...]]:
    """The proposals that Hôm nay asks the leader to decide."""
    return [one.args for one in asked_of(office.leader, NOW) if one.page == "achievement"]


def test_too_few_points_are_said_before_anybody_decides(office: Office, work: dict[str, int]) -> None:
    proposal = propose(office, work["xong"], {"an": (Decimal(4),) * 5})
    [award] = spots.awards_of(proposal, NOW)
    assert (award.amount, [text.en for text in award.hinders]) == (None, ["Nguyễn Thị An has too few points"])
