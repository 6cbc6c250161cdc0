"""Reading people and units: who may, on which day, and what is shown of the past."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cast import ROLES, Cast
from congtam.history.actor import SYSTEM
from congtam.orgs.actions import set_unit
from congtam.people.actions import add_person, correct_spell, record_absence

pytestmark = pytest.mark.django_db


def signed_in(cast: Cast, role: str) -> Client:
    client = Client()
    client.force_login(cast.account(role))
    return client


def text(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_personnel_opens_people_and_units(cast: Cast, role: str):
    client = signed_in(cast, role)
    for name, args in (("organisation", []), ("organisation_unit", ["phong-mot"]), ("organisation_person", ["an"])):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == (200 if role == "personnel" else 403)


def test_another_agency_stays_closed(cast: Cast):
    client = signed_in(cast, "personnel")
    assert "Sở B" not in text(client.get(reverse("organisation")))
    for name, code in (
        ("organisation_unit", "so-b"),
        ("organisation_person", "em"),
        ("organisation_post", "vi-tri-em"),
        ("organisation_edit_unit", "so-b"),
        ("organisation_absence", "em"),
    ):
        assert client.get(reverse(name, args=[code])).status_code == 403


def test_what_does_not_exist_is_not_found(cast: Cast):
    client = signed_in(cast, "personnel")
    assert client.get(reverse("organisation_unit", args=["khong-co"])).status_code == 404
    assert client.get(reverse("organisation_end_spell", args=["an", 999_999])).status_code == 404


def test_the_tree_stands_as_on_the_chosen_day(cast: Cast):
    set_unit(
        SYSTEM,
        "phong-hai",
        name="Phòng Hai mới",
        parent=cast.units["so-a"],
        agency=cast.units["so-a"],
        first=date(2026, 1, 1),
    )
    client = signed_in(cast, "personnel")
    before = text(client.get(reverse("organisation"), {"ngay": "31/12/2025"}))
    assert "Phòng Hai mới" not in before
    assert "Phòng Hai" in before
    assert "Phòng Hai mới" in text(client.get(reverse("organisation"), {"ngay": "01/01/2026"}))
    nonsense = client.get(reverse("organisation"), {"ngay": "hôm qua"})
    assert nonsense.status_code == 200


@pytest.mark.parametrize("typed", ["nguyen thi an", "NGUYỄN THỊ", "an"])
def test_search_forgets_diacritics(cast: Cast, typed: str):
    found = text(signed_in(cast, "personnel").get(reverse("organisation"), {"tim": typed}))
    assert "Nguyễn Thị An" in found


def test_search_finds_nobody_of_another_agency_and_says_what_to_do(cast: Cast):
    found = text(signed_in(cast, "personnel").get(reverse("organisation"), {"tim": "mai van em"}))
    assert "Mai Văn Em" not in found
    assert "Không thấy ai hay đơn vị nào" in found


def test_a_person_without_a_post_can_be_opened_and_given_one(cast: Cast):
    add_person(SYSTEM, "moi", full_name="Người Mới")
    client = signed_in(cast, "personnel")
    assert "Chưa ghi vị trí nào" in text(client.get(reverse("organisation_person", args=["moi"])))
    assert "Người Mới" in text(client.get(reverse("organisation"), {"tim": "nguoi moi"}))


def test_a_person_shows_rows_that_were_corrected_and_by_whom(cast: Cast):
    actor = cast.account("personnel")
    from congtam.history.actor import Actor

    correct_spell(Actor(actor.pk), cast.spells["an"], first=date(2025, 4, 1), decision="02/QĐ-SA")
    record_absence(SYSTEM, person=cast.people["an"], kind="sick", first=date(2026, 1, 5), until=date(2026, 1, 8))
    page = text(signed_in(cast, "personnel").get(reverse("organisation_person", args=["an"])))
    assert "đã đính chính" in page
    assert "từ 01/04/2025" in page
    assert "Phạm Thu Hà" in page
    assert "05/01/2026 đến hết 07/01/2026" in page
    assert "Nghỉ ốm" in page


def test_opening_a_person_is_written_down_for_that_person(cast: Cast):
    signed_in(cast, "personnel").get(reverse("organisation_person", args=["an"]))
    client = Client()
    client.force_login(cast.accounts["an"])
    page = text(client.get(reverse("seen_by")))
    assert "Phạm Thu Hà" in page
    assert "Hồ sơ nhân sự" in page


def test_html_in_names_is_text(cast: Cast):
    add_person(SYSTEM, "ma", full_name="<script>alert(1)</script> Lê")
    set_unit(
        SYSTEM,
        "la",
        name='<img src=x onerror="alert(2)">',
        parent=cast.units["so-a"],
        agency=cast.units["so-a"],
        first=date(2025, 3, 1),
    )
    client = signed_in(cast, "personnel")
    for page in (
        client.get(reverse("organisation")),
        client.get(reverse("organisation"), {"tim": "<script>"}),
        client.get(reverse("organisation_person", args=["ma"])),
        client.get(reverse("organisation_unit", args=["la"])),
    ):
        assert "<script>alert" not in text(page)
        assert "<img src=x" not in text(page)


@pytest.mark.parametrize(("lang", "title"), [("vi", "Nhân sự và tổ chức"), ("en", "People and units")])
def test_pages_come_in_both_languages(cast: Cast, lang: str, title: str):
    client = signed_in(cast, "personnel")
    client.cookies["lang"] = lang
    for name, args in (
        ("organisation", []),
        ("organisation_unit", ["phong-mot"]),
        ("organisation_post", ["vi-tri-an"]),
        ("organisation_person", ["truong-mot"]),
        ("organisation_new_person", []),
        ("organisation_new_unit", []),
        ("organisation_new_post", []),
        ("organisation_decision", []),
        ("organisation_workbook", []),
        ("organisation_edit_unit", ["phong-mot"]),
        ("organisation_edit_post", ["vi-tri-an"]),
        ("organisation_delegate", ["truong-mot"]),
    ):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 200, name
        assert f'<html lang="{lang}">' in text(answer)
    assert title in text(client.get(reverse("organisation")))
