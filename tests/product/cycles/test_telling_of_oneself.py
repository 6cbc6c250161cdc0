"""The self-report: data are shown, the rest is told with a counterpart or a document, while its step is open."""

from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from cast import Cast
from congtam.cycles import telling
from congtam.cycles.models import Claim, Cycle, SelfReport
from congtam.cycles.moving import finish
from congtam.cycles.queries import claims_of, claims_to_answer, member_of, period_of, words_of
from congtam.cycles.telling import criteria_of
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.web.pages.month.points import Card
from congtam.web.pages.self_report.reading import known_of
from cycle_scene import OPENED, seat
from month_scene import at

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def asked(cast: Cast, cycle: Cycle, monkeypatch: pytest.MonkeyPatch) -> Cycle:
    """June, open for the self-report."""
    finish(seat(cast), cycle, "cut_off", now=OPENED)
    monkeypatch.setattr(timezone, "now", lambda: OPENED)
    return cycle


def claim(cast: Cast, cycle: Cycle, **other: object) -> Claim:
    told = {"criterion": "general", "text": "Trực bão hai đêm", "counterpart": cast.people["truong-mot"].pk}
    return telling.claim(seat(cast, "an"), cycle, now=OPENED, **(told | other))


def test_a_claim_needs_somebody_who_confirms_it_or_a_document(
    cast: Cast, asked: Cycle, settings: Settings, tmp_path: Path
) -> None:
    settings.SITE = tmp_path
    for wrong, why in (
        ({"counterpart": None}, "document"),
        ({"counterpart": cast.people["an"].pk}, "their own work"),
        ({"text": "  "}, "Nothing was said"),
        ({"criterion": "quantity"}, "not asked about"),
    ):
        with pytest.raises(Refused, match=why):
            claim(cast, asked, **wrong)
    made = [claim(cast, asked), claim(cast, asked, counterpart=None, file=("quyet-dinh.pdf", [PDF]))]
    assert claims_of(asked, cast.people["an"].pk) == made
    assert set(words_of(made).values()) == {"Trực bão hai đêm"}


def test_only_who_was_named_answers_and_once(cast: Cast, asked: Cycle) -> None:
    made = claim(cast, asked)
    assert claims_to_answer(cast.people["truong-mot"].pk) == [made]
    with pytest.raises(Refused, match="Somebody else was asked"):
        telling.answer(seat(cast, "binh"), made, confirmed=True, now=OPENED)
    answered = telling.answer(seat(cast, "truong-mot"), made, confirmed=True, now=OPENED)
    assert (answered.answer, claims_of(asked, cast.people["an"].pk)) == ("confirmed", [answered])
    with pytest.raises(Conflict):
        telling.answer(seat(cast, "truong-mot"), made, confirmed=False, now=OPENED)
    with pytest.raises(Conflict):
        telling.take_back(seat(cast, "an"), made, now=OPENED)


def test_it_is_open_only_while_its_step_is_and_until_it_was_handed_in(cast: Cast, asked: Cycle) -> None:
    made = claim(cast, asked)
    telling.take_back(seat(cast, "an"), made, now=OPENED)
    assert claims_of(asked, cast.people["an"].pk) == []
    telling.hand_in(seat(cast, "an"), asked, now=OPENED)
    telling.hand_in(seat(cast, "an"), asked, now=OPENED)
    assert SelfReport.objects.count() == 1
    with pytest.raises(Refused, match="handed in"):
        claim(cast, asked)
    with pytest.raises(Refused, match="not open"):
        telling.claim(
            seat(cast, "binh"), asked, "general", "x", counterpart=cast.people["an"].pk, now=at(5, 9, month=7)
        )
    with pytest.raises(Refused, match="does not grade you"):
        telling.hand_in(seat(cast, "em"), asked, now=OPENED)


def test_marking_oneself_is_for_criteria_that_ask_it(cast: Cast, asked: Cycle) -> None:
    with pytest.raises(Refused, match="not asked about"):
        telling.mark_oneself(seat(cast, "an"), asked, "general", 20_000_000, now=OPENED)


def test_the_page_asks_only_for_what_data_cannot_know(
    cast: Cast, asked: Cycle, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.SITE = tmp_path
    page = reverse("self_report")
    client.force_login(cast.accounts["an"])
    assert "Tự đánh giá tháng 6 năm 2030" in client.get("/hom-nay/").content.decode()
    shown = client.get(page).content.decode()
    assert "17:00 04/07/2030" in shown and 'name="criterion"' in shown
    assert 'value="quantity"' not in shown, "amounts of work are not asked for"
    wrong = client.post(page, {"criterion": "general", "text": "Trực bão"})
    assert (wrong.status_code, Claim.objects.count()) == (422, 0)
    told = {"criterion": "general", "text": "Trực bão hai đêm", "to": cast.people["truong-mot"].pk, "token": "a-b-c"}
    for _ in range(2):
        assert client.post(f"{page}?ky=2030-06", told).status_code == 302
    [made] = Claim.objects.all()
    assert "Trực bão hai đêm" in client.get(page).content.decode()
    assert client.post(reverse("claim_answer", args=[made.pk])).status_code == 404
    other = Client()
    other.force_login(cast.accounts["truong-mot"])
    assert "Trực bão hai đêm" in other.get(page).content.decode()
    other.post(reverse("claim_answer", args=[made.pk]), {"viec": "xac-nhan"})
    assert "đã xác nhận" in client.get(page).content.decode()
    client.post(reverse("self_report_done"), {"ky": "2030-06"})
    assert 'name="criterion"' not in client.get(page).content.decode()


def test_a_part_people_mark_is_nothing_data_know(cast: Cast, asked: Cycle) -> None:
    member = member_of(asked, cast.people["an"].pk, OPENED)
    assert member is not None
    parts = tuple(SimpleNamespace(id=one) for one in ("general", "results"))
    card = Card(**dict.fromkeys((one.name for one in fields(Card)), None) | {"parts": parts})
    known = known_of(card, criteria_of(member, period_of(asked)))
    assert known is not None and [one.id for one in known.parts] == ["results"]


def test_a_document_is_opened_by_those_it_concerns(
    cast: Cast, asked: Cycle, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.SITE = tmp_path
    made = claim(cast, asked, counterpart=None, file=("quyet-dinh.pdf", [PDF]))
    for who, status in (("an", 200), ("truong-mot", 200), ("nhan-su", 200), ("binh", 404), ("truong-hai", 404)):
        client.force_login(cast.accounts[who])
        answer = client.get(reverse("claim_file", args=[made.pk]))
        assert answer.status_code == status, who
        assert status != 200 or answer.getvalue() == PDF


def test_everybody_of_the_agency_is_in_with_the_card_that_is_legal_for_them(cast: Cast, cycle: Cycle) -> None:
    member = member_of(cycle, cast.people["truong-mot"].pk, OPENED)
    assert member is not None and member.card == "vn/national/decree-335-2025#civil_servant_month"
    assert (member.role, member.least, member.absent, member.graded) == ("leader", 10, False, True)
    assert member_of(cycle, cast.people["em"].pk, OPENED) is None
