"""The public page: where a dossier is, for who knows its code and the last digits of the applicant's phone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from congtam.history.sequence import in_order
from congtam.registry.models import SiteChoice
from congtam.web.models import Tries
from congtam.web.pages.dossier.views import OF_A_CODE, OF_AN_ADDRESS
from congtam.work.appending import symbol_key
from congtam.work.lookup import lookup_digest
from congtam.work.models import ItemText, Share
from drawn_office import Office

pytestmark = pytest.mark.django_db
SALT = b"0123456789abcdef"


@pytest.fixture
def office() -> Office:
    return Office()


def handed_in(office: Office, code: str = "H34.01-261101-0007", digits: str = "0907", **told: Any) -> Share:
    now = timezone.now()
    share = office.share(
        office.an,
        "Hồ sơ của bà Lê Thị Kín",
        now + timedelta(days=5),
        received=now - timedelta(days=3),
        symbol=code,
        item={"kind": "dossier", "procedure": "Cấp giấy phép bức xạ", **told},
    )
    ItemText.objects.filter(item=share.item).update(
        symbol_key=symbol_key(code), lookup_salt=SALT, lookup_digest=lookup_digest(SALT, digits)
    )
    return share


def asked(code: str, digits: str, client: Client | None = None) -> tuple[int, str]:
    answer = (client or Client()).post("/tra-cuu-ho-so/", {"ma": code, "so": digits})
    return answer.status_code, answer.content.decode()


def test_the_right_pair_tells_where_it_is_and_nothing_of_the_applicant(office: Office) -> None:
    handed_in(office)
    status, page = asked("H34.01-261101-0007", "0907")
    assert status == 200
    for part in ("Đang được xử lý", "Chuyên viên, Phòng Quản lý Khoa học", "Cấp giấy phép bức xạ", "Hạn giải quyết"):
        assert part in page
    for part in ("Kín", "Nguyễn Văn An"):
        assert part not in page


def test_a_wrong_pair_is_answered_like_an_unknown_code(office: Office) -> None:
    handed_in(office)
    wrong, unknown = asked("H34.01-261101-0007", "0908"), asked("H34.01-999999-9999", "0908")

    def plain(page: str) -> list[str]:
        return [line for line in page.splitlines() if "csrf" not in line and 'name="ma"' not in line]

    assert wrong[0] == unknown[0] == 200
    assert plain(wrong[1]) == plain(unknown[1])
    assert "Không tìm thấy" in wrong[1]


def test_an_official_is_named_only_where_the_site_chose_so(office: Office) -> None:
    handed_in(office)
    with in_order():
        SiteChoice.objects.create(name="dossier.show_official", value=True, first="2025-01-01")
    assert "Nguyễn Văn An" in asked("H34.01-261101-0007", "0907")[1]


def test_what_waits_for_the_applicant_says_so_and_what_to_do(office: Office) -> None:
    share = handed_in(office, moving=True)
    office.event(share.item, timezone.now() - timedelta(days=1), "requested")
    page = asked("H34.01-261101-0007", "0907")[1]
    assert "Chờ người nộp bổ sung" in page
    assert "bổ sung giấy tờ" in page
    assert "Hạn mới" in page


def test_a_finished_dossier_tells_when(office: Office) -> None:
    handed_in(office, finished_at=timezone.now() - timedelta(hours=2), state="finished")
    page = asked("H34.01-261101-0007", "0907")[1]
    assert "Đã có kết quả" in page
    assert "Đang ở" not in page


def test_work_that_is_no_dossier_of_an_applicant_is_never_found(office: Office) -> None:
    office.share(office.an, "Công văn", None, received=timezone.now() - timedelta(days=1), symbol="12/SKHCN")
    assert "Không tìm thấy" in asked("12/SKHCN", "0000")[1]


def test_who_guesses_digits_of_one_code_is_stopped_from_any_address(office: Office) -> None:
    handed_in(office)
    for n in range(OF_A_CODE):
        assert asked("H34.01-261101-0007", f"{n:04d}", Client(REMOTE_ADDR=f"10.0.0.{n}"))[0] == 200
    answer = Client(REMOTE_ADDR="10.0.1.1").post("/tra-cuu-ho-so/", {"ma": "H34.01-261101-0007", "so": "0907"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Hãy thử lại sau" in answer.content.decode()


def test_an_address_that_asks_too_often_is_told_when_to_come_back(office: Office) -> None:
    client = Client()
    statuses = {asked(f"khong-co-{n}", "0000", client)[0] for n in range(OF_AN_ADDRESS)}
    assert statuses == {200}
    assert asked("mot-ma-khac", "0000", client)[0] == 429
    assert asked("mot-ma-khac-nua", "0000", Client(REMOTE_ADDR="10.9.9.9"))[0] == 200


def test_counts_name_no_address_and_are_thrown_away(office: Office) -> None:
    old = Tries.objects.create(who="x", since=timezone.now() - timedelta(days=3), count=1)
    asked("a", "0000", Client(REMOTE_ADDR="10.1.2.3"))
    assert not Tries.objects.filter(pk=old.pk).exists()
    assert not Tries.objects.filter(who__contains="10.1.2.3").exists()


@pytest.mark.parametrize(
    "code", ["'; DROP TABLE work_item;--", "<script>alert(1)</script>", "\x00", "%", "../../etc/passwd", "ạ" * 120]
)
def test_hostile_input_finds_nothing_and_is_shown_harmless(office: Office, code: str) -> None:
    status, page = asked(code, "0000")
    assert status == 200
    assert "<script>alert" not in page


@pytest.mark.parametrize("digits", ["", "123", "12345", "abcd", "１２３４", "12 4", "-123"])
def test_anything_but_four_digits_is_asked_for_again(office: Office, digits: str) -> None:
    page = asked("H34.01-261101-0007", digits)[1]
    assert "Hãy" in page and "errorlist" in page


def test_the_form_opens_without_signing_in_and_without_scripts(office: Office) -> None:
    answer = Client().get("/tra-cuu-ho-so/")
    assert answer.status_code == 200
    assert "<script" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
