"""Signing in and out, the second factor, temporary passwords and lock-out, as the browser does it."""

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from cast import PASSWORD, Cast
from congtam.access.actions import reset_password
from congtam.audit.models import Entry
from congtam.history.actor import SYSTEM

SIGN_IN = "/tai-khoan/dang-nhap/"
CHANGE = "/tai-khoan/doi-mat-khau/"
NEW = "một mật khẩu riêng"


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> object:
    return client.post(SIGN_IN, {"login": name, "password": password}, **more)


def test_the_sign_in_page_stands_under_the_strict_policy(client: Client, db: None) -> None:
    answer = client.get(SIGN_IN)
    assert answer.status_code == 200
    assert "Đăng nhập" in answer.content.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*src=)|style=", answer.content.decode())


def test_a_person_signs_in_sees_their_pages_and_signs_out(client: Client, cast: Cast) -> None:
    answer = sign_in(client, "an")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Entry.objects.filter(action="access.signed_in", account=cast.accounts["an"].pk).exists()
    client.post("/tai-khoan/dang-xuat/")
    assert client.get("/").headers["Location"].startswith(SIGN_IN)


def test_the_user_name_may_be_typed_in_capitals(client: Client, cast: Cast) -> None:
    assert sign_in(client, "AN").status_code == 302


def test_a_wrong_password_is_told_in_the_language_of_the_page(client: Client, cast: Cast) -> None:
    assert "không đúng" in sign_in(client, "an", "sai").content.decode()
    client.cookies["lang"] = "en"
    assert "is not right" in sign_in(client, "an", "wrong").content.decode()


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(client: Client, cast: Cast) -> None:
    def plain(answer: object) -> str:
        text = re.sub(r"csrfmiddlewaretoken\"? value=\"\w+", "", answer.content.decode())
        return re.sub(r'value="(an|nobody)"', "", text)

    assert plain(sign_in(client, "an", "sai")) == plain(sign_in(client, "nobody", "sai"))


def test_five_wrong_passwords_lock_the_name_and_say_for_how_long(client: Client, cast: Cast) -> None:
    for _ in range(4):
        assert sign_in(client, "an", "sai").status_code == 200
    answer = sign_in(client, "an", "sai")
    assert answer.status_code == 403
    assert "15 phút" in answer.content.decode()
    assert sign_in(client, "an").status_code == 403  # the right one does not help now
    assert sign_in(client, "binh").status_code == 302
    assert Entry.objects.filter(action="access.locked_out", subject=cast.accounts["an"].pk).exists()


def test_a_reset_password_opens_a_locked_name_and_must_be_changed_at_once(client: Client, cast: Cast) -> None:
    for _ in range(5):
        sign_in(client, "an", "sai")
    reset_password(SYSTEM, cast.accounts["an"], "tạm thời 12345", "quên")
    assert sign_in(client, "an", "tạm thời 12345").status_code == 302
    assert client.get("/").headers["Location"] == CHANGE
    page = client.get(CHANGE).content.decode()
    assert "người quản trị đặt tạm" in page
    told = {"oldpassword": "tạm thời 12345", "password1": NEW, "password2": NEW}
    assert client.post(CHANGE, told).headers["Location"] == "/"
    assert client.get("/").headers["Location"] != CHANGE
    assert Entry.objects.filter(action="access.own_password_changed").exists()


def test_a_new_password_must_be_long_and_unlike_the_name(client: Client, cast: Cast) -> None:
    sign_in(client, "truong-mot")
    for lang, weak, again, said in (
        ("vi", "ngắn", "ngắn", "quá ngắn"),
        ("vi", "truong-mot1", "truong-mot1", "giống tên đăng nhập"),
        ("vi", "1234567890", "1234567890", "quá nhiều người dùng"),
        ("vi", "một câu đủ dài", "một câu khác hẳn", "chưa giống nhau"),
        ("en", "một câu đủ dài", "một câu khác hẳn", "the same twice"),
    ):
        client.cookies["lang"] = lang
        answer = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": weak, "password2": again})
        assert answer.status_code == 200, weak
        assert said in answer.content.decode()


def test_a_reset_password_ends_every_session(client: Client, cast: Cast) -> None:
    sign_in(client, "an")
    reset_password(SYSTEM, cast.accounts["an"], "tạm thời 12345")
    assert client.get("/").headers["Location"].startswith(SIGN_IN)


def test_a_closed_account_is_out_with_the_next_page_and_cannot_sign_in(client: Client, cast: Cast) -> None:
    sign_in(client, "an")
    account = cast.accounts["an"]
    account.is_active = False
    account.save()
    assert client.get("/").headers["Location"].startswith(SIGN_IN)
    assert client.get(sign_in(client, "an").headers["Location"]).status_code == 200
    assert client.get("/").headers["Location"].startswith(SIGN_IN)


def test_there_is_no_way_to_sign_up_or_to_have_a_password_mailed(client: Client, db: None) -> None:
    for address in ("/tai-khoan/signup/", "/tai-khoan/password/reset/", "/accounts/signup/", "/tai-khoan/email/"):
        assert client.get(address).status_code == 404


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_second_factor(client: Client) -> tuple[str, list[str]]:
    asked = client.get("/tai-khoan/hai-lop/bat/")
    assert asked.headers["Location"].startswith("/tai-khoan/xac-nhan/")  # something important: the password once more
    assert client.get(asked.headers["Location"]).status_code == 200
    page = client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    assert page.status_code == 200
    secret = page.context["form"].secret
    done = client.post("/tai-khoan/hai-lop/bat/", {"code": code_of(secret)}, follow=True)
    return secret, re.findall(r"<li><code>(\w+)</code>", done.content.decode())


def test_a_second_factor_is_set_up_and_then_asked_for(client: Client, cast: Cast) -> None:
    sign_in(client, "an")
    _, codes = set_up_second_factor(client)
    assert len(codes) == 10
    other = Client()
    assert sign_in(other, "an").headers["Location"].startswith("/tai-khoan/hai-lop/ma/")
    assert other.get("/").headers["Location"].startswith(SIGN_IN)  # the password alone is not enough
    page = other.post("/tai-khoan/hai-lop/ma/", {"code": "000000"})
    assert "Mã không đúng" in page.content.decode()
    assert other.post("/tai-khoan/hai-lop/ma/", {"code": codes[0]}).status_code == 302
    assert other.get("/").headers["Location"] != SIGN_IN


def test_a_recovery_code_works_once(client: Client, cast: Cast) -> None:
    sign_in(client, "an")
    _, codes = set_up_second_factor(client)
    for expected in (302, 200):
        other = Client()
        sign_in(other, "an")
        assert other.post("/tai-khoan/hai-lop/ma/", {"code": codes[3]}).status_code == expected


def test_codes_can_be_printed_made_anew_and_the_factor_turned_off(client: Client, cast: Cast) -> None:
    sign_in(client, "an")
    _, codes = set_up_second_factor(client)
    assert codes[0] in client.get("/tai-khoan/hai-lop/ma-khoi-phuc/tai/").content.decode()
    assert client.get("/tai-khoan/hai-lop/ma-khoi-phuc/tao/").status_code == 200
    fresh = client.post("/tai-khoan/hai-lop/ma-khoi-phuc/tao/", follow=True).content.decode()
    assert codes[0] not in fresh
    assert "Đang bật" in client.get("/tai-khoan/hai-lop/").content.decode()
    assert client.get("/tai-khoan/hai-lop/tat/").status_code == 200
    client.post("/tai-khoan/hai-lop/tat/")
    assert not Authenticator.objects.filter(user=cast.accounts["an"], type="totp").exists()


def test_a_form_of_an_old_session_is_answered_with_what_to_do(cast: Cast) -> None:
    answer = Client(enforce_csrf_checks=True).post(SIGN_IN, {"login": "an", "password": PASSWORD})
    assert answer.status_code == 403
    assert "mở lại trang" in answer.content.decode()


def test_the_help_page_says_whom_to_see(client: Client, db: None) -> None:
    assert "gặp trực tiếp" in client.get("/tai-khoan/tro-giup/").content.decode()
