"""Faults voided and work excused by a named authority and a document: everybody they touched is put right."""

from datetime import date

import pytest

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.exemptions.exempting import Basis, Chosen, exempt, take_back
from congtam.exemptions.models import Exemption, ExemptionLine
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.scores.models import Live
from congtam.work.models import Event, Fault
from making import Works, adopt_rules, at, differences, settle

pytestmark = pytest.mark.django_db
NOW = at(20)
BASIS = Basis("77/KL-SA", date(2030, 6, 19), "Nguồn ghi nhầm ngày nhận")


def seat(cast: Cast, role: str = "leader") -> Seat:
    return seat_of(cast.account(role), date(2030, 6, 20))


@pytest.fixture
def item(cast: Cast) -> int:
    """One piece of work of three people, late, with a fault of quality laid to each; and work well done beside it."""
    adopt_rules(hue=False)
    works = Works(cast)
    for person in ("an", "binh", "chi"):
        for number in range(5):
            works.task(f"{person}-{number}", person, at(3 + number), at(6 + number, 17), at(5 + number, 15))
    item = works.task("chung", "an", at(3), at(12, 17))
    works.tell(
        "chung",
        [
            (at(4), "assigned", "binh", {"attributes": '{"role": "support"}'}),
            (at(4), "assigned", "chi", {"attributes": '{"role": "support"}'}),
            *((at(13), "finished", person, {}) for person in ("binh", "chi", "an")),
            (at(13), "accepted", None, {"counterpart": str(cast.people["truong-mot"].pk)}),
            *((at(14), "fault", person, {"value": "quality"}) for person in ("an", "binh", "chi")),
        ],
    )
    settle(NOW)
    return item


def points() -> dict[str, tuple]:
    return {
        row.person.code: (row.earned, row.parts)
        for row in Live.objects.filter(period="2030-06").select_related("person")
    }


def faults(item: int) -> list[Chosen]:
    return [Chosen(item, fault) for fault in Fault.objects.filter(item=item).values_list("fault", flat=True)]


def test_a_fault_found_wrong_is_put_right_for_all_three_people_it_touched(cast: Cast, item: int) -> None:
    before, wrong = points(), faults(item)
    assert len(wrong) == 6  # a delay and a fault of quality of each
    exemption = exempt(seat(cast), wrong, BASIS, now=NOW)
    settle(NOW)
    after = points()
    moved = {person for person in before if after[person][0] != before[person][0]}
    assert moved == {"an", "binh", "chi"} and differences(NOW) == []
    assert set(Fault.objects.filter(item=item).values_list("voided_by", flat=True)) == {"77/KL-SA"}
    voided = Event.objects.filter(item=item, activity="voided")
    authority = str(cast.people["giam-doc"].pk)
    assert {(event.counterpart, event.decision) for event in voided} == {(authority, "77/KL-SA")} and len(voided) == 6

    take_back(seat(cast), exemption, "văn bản bị hủy", now=NOW)
    settle(NOW)
    assert points() == before and differences(NOW) == []
    with pytest.raises(Conflict):
        take_back(seat(cast), exemption, "lần nữa", now=NOW)


def test_a_share_and_a_whole_item_are_excused(cast: Cast, item: int) -> None:
    exempt(seat(cast), [Chosen(item, official=cast.people["binh"].pk)], BASIS, now=NOW)
    settle(NOW)
    assert differences(NOW) == []
    with pytest.raises(Refused, match="exempted already by 77/KL-SA"):
        exempt(seat(cast), [Chosen(item, official=cast.people["binh"].pk)], BASIS, now=NOW)
    whole = exempt(seat(cast), [Chosen(item)], BASIS, now=NOW)
    settle(NOW)
    assert differences(NOW) == [] and ExemptionLine.objects.get(exemption=whole).official is None
    take_back(seat(cast), whole, "không còn lý do", now=NOW)
    settle(NOW)
    assert differences(NOW) == []


def test_what_was_exempted_already_or_is_not_there_is_refused_whole(cast: Cast, item: int) -> None:
    one = faults(item)[0]
    exempt(seat(cast), [one], BASIS, now=NOW)
    for chosen, said in (
        (faults(item), "exempted already"),
        ([Chosen(item, "không có")], "no longer stands"),
        ([Chosen(item, official=cast.people["dung"].pk)], "no longer stands"),
        ([Chosen(2**40)], "no longer stands"),
        ([], "Nothing is chosen"),
    ):
        with pytest.raises(Refused, match=said):
            exempt(seat(cast), chosen, BASIS, now=NOW)
    assert Exemption.objects.count() == 1 and Event.objects.filter(activity="voided").count() == 1


@pytest.mark.parametrize(
    ("basis", "said"),
    [
        (Basis(" ", date(2030, 6, 19), "lý do"), "number of a document"),
        (Basis("77/KL-SA", date(2030, 6, 19), ""), "a reason"),
        (Basis("77/KL-SA", date(2030, 6, 21), "lý do"), "lies ahead"),
    ],
)
def test_an_exemption_needs_a_document_of_a_day_that_has_come_and_a_reason(cast: Cast, basis: Basis, said: str) -> None:
    with pytest.raises(Refused, match=said):
        exempt(seat(cast), [Chosen(1, "x")], basis, now=NOW)


def test_only_who_stands_above_everybody_it_touches_may_exempt_or_take_it_back(cast: Cast, item: int) -> None:
    others, wrong = ("head", "official", "personnel", "other_leader"), faults(item)
    for role in others:
        with pytest.raises(Refused, match=r"may not exempt|Nobody exempts"):
            exempt(seat(cast, role), wrong, BASIS, now=NOW)
    exemption = exempt(seat(cast), wrong, BASIS, now=NOW)
    for role in others:
        with pytest.raises(Refused, match=r"may not exempt|Nobody exempts"):
            take_back(seat(cast, role), exemption, "thử", now=NOW)
    assert Exemption.standing().get() == exemption


def test_nobody_exempts_themselves_not_even_among_others(cast: Cast, item: int) -> None:
    Works(cast).tell("chung", [(at(4), "assigned", "giam-doc", {"attributes": '{"role": "support"}'})])
    settle(NOW)
    with pytest.raises(Refused, match="Nobody exempts themselves"):
        exempt(seat(cast), faults(item), BASIS, now=NOW)
    with pytest.raises(Refused, match="Nobody exempts themselves"):
        exempt(seat(cast), [Chosen(item)], BASIS, now=NOW)
    others = [one for one in faults(item) if not one.fault.endswith(f":{cast.people['giam-doc'].pk}")]
    exempt(seat(cast), others, BASIS, now=NOW)
