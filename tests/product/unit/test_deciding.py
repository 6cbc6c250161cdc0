"""What a head says by form: decisions on proposals, and whether two items are one work."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from congtam.access.models import Account
from congtam.orgs.models import Unit
from congtam.people.models import Person
from congtam.ratings.models import Decision, Reason
from congtam.scores.models import Run, RunScore
from congtam.work.models import Event, SameWork
from drawn_office import Office

pytestmark = pytest.mark.django_db
DECREE, CARD = "vn/national/decree-335-2025", "civil_servant_month"


@pytest.fixture
def office() -> Office:
    return Office()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client


def last_month() -> str:
    return f"{timezone.localdate().replace(day=1) - timedelta(days=1):%Y-%m}"


def scored(office: Office, person: Person, **told: object) -> RunScore:
    """A score of last night for the month that ended."""
    card = {"rulebook": DECREE, "scorecard": CARD, "period": last_month()}
    run = Run.objects.create(
        kind="nightly", seq=1, as_of=timezone.now(), meaning="", wording="", calendar="", engine="", **card
    )
    plain = {
        "role": "staff", "unit": office.first, "agency": office.agency, "duty_group": "x",
        "staff_kind": "civil_servant", "working_days": 20, "lowest": 60_000_000, "highest": 60_000_000,
        "earned": 60_000_000, "measurable": 100_000_000, "grade": "complete", "graded_by": "rule", "n_items": 12,
        "parts": [], "grading": {"proposals": []},
    }  # fmt: skip
    return RunScore.objects.create(run=run, person=person, **(card | plain | told))


VETO = {"veto": "overdue", "vi": "Quá 20 % quá hạn", "en": "Over 20 % overdue", "state": "proposed"}


def test_a_proposed_veto_waits_until_a_head_decides_by_a_numbered_document(office: Office) -> None:
    row = scored(office, office.an, grading={"proposals": [VETO]})
    client, address = signed_in(office.head), f"/phong-toi/quyet-dinh/an/?ky={last_month()}"
    assert "Quá 20 % quá hạn" in client.get("/phong-toi/").content.decode()
    told = {"of": "overdue", "overdue-outcome": "set_aside", "overdue-reason": "do nguồn gửi muộn"}
    assert "errorlist" in client.post(address, told | {"overdue-number": ""}).content.decode()
    assert client.post(address, told | {"overdue-number": "12/QĐ"}).status_code == 302
    made = Decision.standing().get()
    assert (made.person_id, made.matter, made.outcome, made.number) == (office.an.pk, "overdue", "set_aside", "12/QĐ")
    assert (made.by_id, made.scorecard) == (office.head.pk, row.card)
    assert Reason.objects.get(seq=made.seq).text == "do nguồn gửi muộn"
    assert "Quá 20 % quá hạn" not in client.get("/phong-toi/").content.decode()


def test_a_veto_below_its_minimum_or_decided_already_asks_for_nothing(office: Office) -> None:
    scored(office, office.an, grading={"proposals": [VETO | {"state": "to_consider"}]})
    assert "Quá 20 % quá hạn" not in signed_in(office.head).get("/phong-toi/").content.decode()


def test_nobody_decides_on_themselves_or_on_people_of_another_unit(office: Office) -> None:
    for person in (office.head, office.duc):
        scored(office, person, grading={"proposals": [VETO]})
        assert signed_in(office.head).get(f"/phong-toi/quyet-dinh/{person.code}/").status_code == 403
    assert "Quá 20 % quá hạn" not in signed_in(office.head).get("/phong-toi/").content.decode()
    assert "Quá 20 % quá hạn" in signed_in(office.leader).get("/phong-toi/").content.decode()


def test_two_items_are_said_to_be_one_work_or_two(office: Office) -> None:
    came = timezone.now() - timedelta(days=2)
    one, other = (office.share(office.an, title, None, received=came) for title in ("một", "hai"))
    proposal = SameWork.objects.create(one=one.item, other=other.item, why="125/skhcn")
    address, client = f"/phong-toi/cung-viec/{proposal.pk}/", signed_in(office.head)
    assert "125/skhcn" in client.get("/phong-toi/").content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"counts": "99999"}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "proposed"
    assert client.post(address, {"counts": str(one.item_id)}).status_code == 302
    proposal.refresh_from_db()
    event = Event.objects.get(activity="same_as")
    assert (proposal.state, event.item_id, event.value) == ("confirmed", other.item_id, str(one.item_id))


def test_two_items_of_others_cannot_be_joined(office: Office) -> None:
    came = timezone.now() - timedelta(days=2)
    one, other = (office.share(office.duc, title, None, received=came, unit=office.second) for title in ("một", "hai"))
    proposal = SameWork.objects.create(one=one.item, other=other.item, why="1")
    client = signed_in(office.head)
    assert client.get(f"/phong-toi/cung-viec/{proposal.pk}/").status_code == 404
    assert client.post(f"/phong-toi/cung-viec/{proposal.pk}/", {"counts": "none"}).status_code == 404


def test_nobody_decides_whether_their_own_work_or_that_of_others_is_one(office: Office) -> None:
    came = timezone.now() - timedelta(days=2)
    ours = office.share(office.an, "một", None, received=came)
    for holder, unit in ((office.head, office.first), (office.duc, office.second)):
        other = office.share(holder, "hai", None, received=came, unit=unit)
        proposal = SameWork.objects.create(one=ours.item, other=other.item, why="1")
        address, client = f"/phong-toi/cung-viec/{proposal.pk}/", signed_in(office.head)
        page = client.get(address).content.decode()
        assert "người đứng đầu cơ quan" in page and "Ghi quyết định" not in page
        for answer in ("none", str(ours.item_id)):
            told = client.post(address, {"counts": answer}, follow=True).content.decode()
            assert "Hãy báo người phụ trách nguồn dữ liệu" in told
        proposal.refresh_from_db()
        assert proposal.state == "proposed"
        assert signed_in(office.leader).post(address, {"counts": "none"}).status_code == 302
        proposal.refresh_from_db()
        assert proposal.state == "refused"


def test_only_pairs_that_a_head_may_decide_wait_on_the_board(office: Office) -> None:
    came = timezone.now() - timedelta(days=2)

    def pair(why: str, other: Person, unit: Unit) -> SameWork:
        one, two = (
            office.share(who, why, None, received=came, unit=at)
            for who, at in ((office.an, office.first), (other, unit))
        )
        return SameWork.objects.create(one=one.item, other=two.item, why=why)

    within = pair("8/trong", office.binh, office.first)
    pair("7/cua-minh", office.head, office.first)
    pair("9/ngoai", office.duc, office.second)

    def waits(person: Person, address: str) -> list[str]:
        page = signed_in(person).get(address, {"dv": "P1"}).content.decode()
        return [why for why in ("7/cua-minh", "8/trong", "9/ngoai") if f"cùng số {why}" in page]

    for address in ("/phong-toi/", "/phong-toi/giao-ban/"):
        assert waits(office.head, address) == ["8/trong"]
        assert waits(office.leader, address) == ["7/cua-minh", "8/trong", "9/ngoai"]
    client, button = signed_in(office.head), f"/phong-toi/cung-viec/{within.pk}/"
    assert button in client.get("/phong-toi/").content.decode()
    assert "Ghi quyết định" in client.get(button).content.decode()
    assert client.post(button, {"counts": "none"})["Location"] == "/phong-toi/"
    assert waits(office.head, "/phong-toi/") == []
