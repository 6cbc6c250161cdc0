"""Giving work: who may give what to whom, what it becomes, and what is refused."""

from datetime import date

import pytest
from desk_scene import Desk, at, happened

from congtam.access.models import Account
from congtam.access.seats import seat_of
from congtam.audit.models import Entry
from congtam.desk import giving
from congtam.desk.giving import Order
from congtam.desk.models import Brief, Template
from congtam.engine.periods import local_day
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.people.actions import end_spell
from congtam.people.away import record_absence
from congtam.work.models import Event, Item, ItemText

pytestmark = pytest.mark.django_db


def test_work_given_is_an_item_with_its_five_clears(desk: Desk) -> None:
    item = desk.give(product="Báo cáo", authority="Tự ký nháy", instruction="Lấy số liệu của Phòng Hai")
    brief, share, standing = Brief.objects.get(item=item), desk.share(item, "an"), desk.standing(item)
    assert brief is not None
    assert (brief.giver_id, brief.product, brief.authority) == (desk.person("truong-mot"), "Báo cáo", "Tự ký nháy")
    assert (share.role, share.state, share.due_at, share.received_at) == ("lead", "open", at(7, 17), desk.now)
    assert (standing.kind, standing.origin, standing.unit_id) == ("task", "assigned", desk.cast.units["phong-mot"].pk)
    assert standing.coefficient == 100
    assert ItemText.objects.get(item=item).title == "Báo cáo quý"


def test_who_gave_it_is_the_counterpart_and_the_journal_tells_of_it(desk: Desk) -> None:
    item = desk.give(support=("binh",))
    given = Event.objects.filter(item=item, activity="assigned")
    assert {one.counterpart for one in given} == {str(desk.person("truong-mot"))}
    entry = Entry.objects.get(action="desk.give", subject=item)
    assert entry.account == desk.cast.accounts["truong-mot"].pk
    assert {one.place for one in given} == {f"journal {entry.pk}"}


def test_the_same_work_goes_to_many_each_with_an_item(desk: Desk) -> None:
    people = [desk.person("an"), desk.person("binh")]
    order = Order("Rà soát hồ sơ", lead=0, due=at(7, 17))
    items = giving.give_many(desk.seat("truong-mot"), order, people, now=desk.now)
    assert [desk.shares(item)[0].official_id for item in items] == people


def test_of_many_nothing_is_given_when_one_cannot_receive_it(desk: Desk) -> None:
    people = [desk.person("an"), desk.person("chi")]
    with pytest.raises(Refused, match="not in a unit you head"):
        giving.give_many(desk.seat("truong-mot"), Order("Rà soát", lead=0), people, now=desk.now)
    assert not Item.objects.exists()


def test_a_template_gives_its_work_due_after_its_working_days(desk: Desk) -> None:
    template = Template.objects.create(
        unit=desk.cast.units["phong-mot"], title="Báo cáo tuần", product="Báo cáo", days=2,
        made_by=desk.cast.people["truong-mot"],
    )  # fmt: skip
    item = giving.give_from(desk.seat("truong-mot"), template, desk.person("an"), now=desk.now)
    assert local_day(desk.share(item, "an").due_at) == date(2030, 6, 5)
    template.retired_at = desk.now
    with pytest.raises(Refused, match="no longer in use"):
        giving.give_from(desk.seat("truong-mot"), template, desk.person("an"), now=desk.now)


def test_a_part_is_cut_from_a_whole_and_is_due_with_it(desk: Desk) -> None:
    whole = desk.give("giam-doc", "truong-mot")
    part = desk.give("truong-mot", "an", part_of=whole, due=at(6, 17))
    assert [one.item_id for one in Brief.objects.filter(part_of=whole)] == [part]
    with pytest.raises(Refused, match="A part has to be due by"):
        desk.give("truong-mot", "an", part_of=whole, due=at(10, 17))
    with pytest.raises(Refused, match="no part in the work it would be cut from"):
        desk.give("truong-hai", "chi", part_of=whole, due=at(6, 17))


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("has passed", {"due": at(2)}),
        ("Work needs a name", {"title": "  "}),
        ("lies ahead", {"received_at": at(4)}),
        ("no such urgency", {"urgency": "gấp"}),
        ("chosen twice", {"support": ("an",)}),
        ("Nobody gives work to themselves", {"lead": "truong-mot"}),
        ("not in a unit you head", {"lead": "chi"}),
        ("not in a unit you head", {"giver": "binh"}),
        ("neither work in the unit", {"unit": 0}),
    ],
)
def test_an_order_nobody_could_follow_is_refused_and_leaves_nothing(desk: Desk, said: str, order: dict) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        desk.give(**order)
    assert refusal.value.text.vi
    assert not Item.objects.exists() and not Brief.objects.exists()


def test_who_left_or_is_away_all_the_time_receives_nothing(desk: Desk) -> None:
    end_spell(SYSTEM, desk.cast.spells["an"], date(2030, 6, 1))
    with pytest.raises(Refused, match="Nguyễn Thị An holds no post any more"):
        desk.give()
    leave = {"kind": "leave", "first": date(2030, 6, 1), "until": date(2030, 6, 8)}
    record_absence(SYSTEM, person=desk.cast.people["binh"], **leave)
    with pytest.raises(Refused, match="away all the time until 07/06/2030"):
        desk.give(lead="binh")
    assert happened(desk.give(lead="binh", due=at(10, 17)))[:1] == ["registered"]


def test_an_account_without_a_person_gives_nothing(desk: Desk) -> None:
    seat = seat_of(Account.objects.get(username="kiem-tra"), local_day(desk.now))
    with pytest.raises(Refused, match="belongs to no official"):
        giving.give(seat, Order("Việc", lead=desk.person("an")), now=desk.now)
