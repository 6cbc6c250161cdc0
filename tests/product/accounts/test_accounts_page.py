"""The administrator opens, closes and resets accounts, gives mandates, and does none of it to themselves."""

import re

import pytest
from django.test import Client

from cast import Cast
from congtam.access.models import Account, Mandate
from congtam.audit.models import Entry
from congtam.history.actor import SYSTEM
from congtam.people.actions import add_person

LIST = "/tai-khoan-nguoi-dung/"


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    client.force_login(cast.account("administrator"))
    return client


def password_on(page: str) -> str:
    found = re.search(r"<code>(\w{4}-\w{4}-\w{4})</code>", page)
    assert found
    return found[1]


def signs_in(name: str, password: str) -> bool:
    return Client().post("/tai-khoan/dang-nhap/", {"login": name, "password": password}).status_code == 302


def test_the_list_is_searched_without_diacritics_and_filtered_by_state(admin: Client, cast: Cast) -> None:
    page = admin.get(LIST).content.decode()
    assert "Nguyễn Thị An" in page
    assert "kiem-tra" in page
    assert "Mai Văn Em" not in page  # of another agency
    assert "Đặng Thị Cúc" in admin.get(LIST, {"tim": "dang thi"}).content.decode()
    assert "Nguyễn Thị An" not in admin.get(LIST, {"tim": "dang thi"}).content.decode()
    assert "Không có tài khoản nào" in admin.get(LIST, {"trang-thai": "dong"}).content.decode()


def test_an_account_is_opened_for_somebody_who_begins_soon(admin: Client, cast: Cast) -> None:
    giang = add_person(SYSTEM, "giang", full_name="Lê Thị Giang")
    admin.post("/mo-tai-khoan/", {"username": "giang", "person": "giang"})
    assert Account.objects.get(username="giang").person == giang


def test_an_account_is_opened_with_a_temporary_password_shown_once(admin: Client, cast: Cast) -> None:
    page = admin.post("/mo-tai-khoan/", {"username": "Khach.1", "person": ""}).content.decode()
    account = Account.objects.get(username="khach.1")
    assert account.temporary
    assert signs_in("khach.1", password_on(page))
    assert (
        Entry.objects.filter(action="access.open_account", subject=account.pk).get().post == cast.posts["quan-tri"].pk
    )


def test_a_taken_name_an_unknown_person_and_a_second_account_are_refused_with_words(admin: Client, cast: Cast) -> None:
    for told, words in (
        ({"username": "an", "person": ""}, "đã có"),
        ({"username": "moi", "person": "nobody"}, "Không có cán bộ"),
        ({"username": "moi", "person": "an"}, "đã có tài khoản"),
        ({"username": "có dấu cách", "person": ""}, "chỉ gồm"),
        ({"username": "", "person": ""}, "errorlist"),
    ):
        answer = admin.post("/mo-tai-khoan/", told)
        assert answer.status_code == 400, told
        assert words in answer.content.decode(), told
    assert not Account.objects.filter(username="moi").exists()


def test_no_account_is_opened_for_somebody_of_another_agency(admin: Client, cast: Cast) -> None:
    cast.accounts["em"].delete()
    assert admin.post("/mo-tai-khoan/", {"username": "em2", "person": "em"}).status_code == 403


def test_a_forgotten_password_is_reset_in_person(admin: Client, cast: Cast) -> None:
    page = admin.post(LIST + "an/mat-khau/", {"reason": "quên"}).content.decode()
    password = password_on(page)
    assert signs_in("an", password)
    entry = Entry.objects.get(action="access.reset_password")
    assert entry.text.body == {"reason": "quên"}
    assert password not in str(entry.text.body)


def test_an_account_is_closed_and_opened_again(admin: Client, cast: Cast) -> None:
    admin.post(LIST + "an/dong/", {"reason": "nghỉ hưu"})
    assert not Account.objects.get(username="an").is_active
    assert "Nguyễn Thị An" in admin.get(LIST, {"trang-thai": "dong"}).content.decode()
    admin.post(LIST + "an/mo-lai/", {"reason": "trở lại"})
    assert Account.objects.get(username="an").is_active


def test_a_lost_second_factor_is_taken_off(admin: Client, cast: Cast) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=cast.accounts["an"], type="totp", data={"secret": "x"})
    assert "Gỡ lớp thứ hai" in admin.get(LIST + "an/").content.decode()
    admin.post(LIST + "an/hai-lop/", {"reason": "mất điện thoại"})
    assert not Authenticator.objects.exists()
    assert Entry.objects.filter(action="access.reset_second_factor").exists()


def test_nothing_is_done_without_a_reason(admin: Client, cast: Cast) -> None:
    for what in ("dong", "mat-khau", "hai-lop", "mo-lai"):
        page = admin.post(f"{LIST}an/{what}/", {"reason": " "}, follow=True).content.decode()
        assert "Chưa ghi lý do" in page
    assert Account.objects.get(username="an").is_active


def test_nobody_closes_or_resets_their_own_account(admin: Client, cast: Cast) -> None:
    for what in ("dong", "mat-khau", "hai-lop"):
        page = admin.post(f"{LIST}quan-tri/{what}/", {"reason": "x"}, follow=True).content.decode()
        assert "tài khoản của chính mình" in page
    assert Account.objects.get(username="quan-tri").is_active


def test_a_mandate_is_given_by_number_within_the_agency_and_withdrawn(admin: Client, cast: Cast) -> None:
    told = {"number": "20/QĐ", "unit": "phong-mot", "first": "2026-01-01", "until": "2099-12-31"}
    admin.post(LIST + "binh/kiem-tra/", told)
    mandate = Mandate.standing().get(account=cast.accounts["binh"])
    assert "20/QĐ" in admin.get(LIST + "binh/").content.decode()
    admin.post(f"{LIST}binh/kiem-tra/{mandate.seq}/rut/")
    assert not Mandate.standing().filter(account=cast.accounts["binh"]).exists()
    assert admin.post(f"{LIST}binh/kiem-tra/{mandate.seq}/rut/").status_code == 404
    assert admin.post(LIST + "binh/kiem-tra/", {**told, "unit": "so-b"}).status_code == 403


def test_an_administrator_gets_no_mandate(admin: Client, cast: Cast) -> None:
    told = {"number": "20/QĐ", "unit": "phong-mot", "first": "2026-01-01", "until": "2099-12-31"}
    page = admin.post(LIST + "quan-tri/kiem-tra/", told, follow=True).content.decode()
    assert "không được giao kiểm tra" in page
    assert not Mandate.standing().filter(account=cast.accounts["quan-tri"]).exists()


def test_a_mandate_with_days_that_do_not_follow_gets_a_page_that_says_so(admin: Client, cast: Cast) -> None:
    told = {"number": "20/QĐ", "unit": "phong-mot", "first": "2026-02-01", "until": "2026-01-01"}
    answer = admin.post(LIST + "binh/kiem-tra/", told)
    assert answer.status_code == 409
    assert "Ngày kết thúc phải sau ngày bắt đầu" in answer.content.decode()
    assert not Mandate.standing().filter(account=cast.accounts["binh"]).exists()


def test_a_refusal_says_which_right_is_missing_and_whom_to_ask(client: Client, cast: Cast) -> None:
    client.force_login(cast.account("official"))
    page = client.get(LIST)
    assert page.status_code == 403
    assert "mở và đóng tài khoản" in page.content.decode()
    client.cookies["lang"] = "en"
    assert "open and close accounts" in client.get(LIST).content.decode()
