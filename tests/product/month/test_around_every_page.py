"""What stands around every page: only what the seat may open, both languages, and where the first page is."""

import re

import pytest
from axes.helpers import get_client_ip_address
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client, RequestFactory
from django.urls import clear_script_prefix, reverse, set_script_prefix
from pytest_django import Settings

from cast import Cast
from congtam.web.addresses import client_address
from congtam.web.components.navigation import ENTRIES
from congtam.web.components.tags import at, hours, number, points, signed
from congtam.web.components.times import counted, spoken
from month_scene import NOW
from month_scene import at as june

pytestmark = pytest.mark.django_db


def entries(client: Client, cast: Cast, role: str) -> list[str]:
    client.force_login(cast.account(role))
    page = client.get("/ai-da-xem/" if role != "auditor" else "/cong-viec/", follow=True).content.decode()
    return re.findall(r"<li><a href=\"[^\"]*\"[^>]*>([^<]+)</a></li>", page.partition("<nav")[2].partition("</nav>")[0])


def test_every_entry_of_the_navigation_leads_to_a_page() -> None:
    assert all(reverse(entry.url) for entry in ENTRIES)


def test_an_official_finds_today_first_and_an_administrator_no_points(client: Client, cast: Cast) -> None:
    own = entries(client, cast, "official")
    assert own[0] == "Hôm nay" and {"Tháng của tôi", "Công việc", "Quy tắc"} < set(own)
    assert not {"Phòng tôi", "Đơn vị", "Nhân sự và tổ chức", "Nhật ký", "Hệ thống"} & set(own)
    assert "Phòng tôi" in entries(client, cast, "head")
    assert "Đơn vị" not in entries(client, cast, "administrator")


def test_the_first_page_is_the_first_one_a_seat_may_open(client: Client, cast: Cast) -> None:
    client.force_login(cast.account("official"))
    assert client.get("/")["Location"] == reverse("today")
    client.force_login(cast.account("auditor"))
    assert client.get("/").status_code == 302


def test_the_language_is_kept_and_only_addresses_of_the_site_are_gone_back_to(client: Client, cast: Cast) -> None:
    client.force_login(cast.account("official"))
    answer = client.post("/ngon-ngu/", {"lang": "en", "next": "/ai-da-xem/"})
    assert answer["Location"] == "/ai-da-xem/" and answer.cookies["lang"].value == "en"
    assert "Who looked at my record" in client.get("/ai-da-xem/").content.decode()
    for elsewhere in ("https://example.org/", "//example.org/x", "javascript:alert(1)", ""):
        assert client.post("/ngon-ngu/", {"lang": "vi", "next": elsewhere})["Location"] == "/"
    assert client.get("/ngon-ngu/").status_code == 405


def test_below_a_path_one_comes_back_to_that_path(client: Client, cast: Cast, settings: Settings) -> None:
    settings.FORCE_SCRIPT_NAME = "/congtam"
    set_script_prefix("/congtam/")
    try:
        assert client.post("/ngon-ngu/", {"lang": "vi"})["Location"] == "/congtam/"
        part = client.get("/thang-cua-toi/", headers={"HX-Request": "true"})
        assert part["HX-Redirect"].endswith("next=/congtam/")
    finally:
        clear_script_prefix()


def test_that_all_is_invented_is_said_in_a_landmark(client: Client, cast: Cast, settings: Settings) -> None:
    settings.DEMO = True
    client.force_login(cast.account("official"))
    assert '<aside class="demo" aria-label="Dữ liệu mẫu">' in client.get("/ai-da-xem/").content.decode()


@pytest.mark.parametrize(
    ("proxy", "told", "known"),
    [
        (False, "203.0.113.9", "10.0.0.1"),
        (True, "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        (True, "2001:db8::7", "2001:db8::7"),
        (True, "198.51.100.7, unknown", "10.0.0.1"),
        (True, "", "10.0.0.1"),
    ],
)
def test_who_asks_is_known_by_what_the_sites_own_proxy_saw(
    settings: Settings, proxy: bool, told: str, known: str
) -> None:
    settings.PROXY = proxy
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": told} if told else {})
    assert client_address(request) == get_client_ip_address(request) == known


def test_a_page_that_is_not_there_says_so_in_both_languages(client: Client, cast: Cast) -> None:
    client.force_login(cast.account("official"))
    page = client.get("/khong-co/")
    assert page.status_code == 404 and "Không tìm thấy trang này" in page.content.decode()
    client.cookies["lang"] = "en"
    assert "There is no such page" in client.get("/khong-co/").content.decode()


def test_a_text_stands_in_both_languages_or_the_template_is_refused() -> None:
    made = Template("{% t 'Tháng & năm' 'Month' as kept %}{% t 'một' 'one' %} {{ kept }}")
    assert [made.render(Context({"lang": lang})) for lang in ("vi", "en")] == ["một Tháng & năm", "one Month"]
    for wrong in ("{% t 'một' %}", "{% t 'một' 'one' 'un' %}", "{% t one 'one' %}", "{% t 'một' 'one' as %}"):
        with pytest.raises(TemplateSyntaxError, match="one in English"):
            Template(wrong)


def test_figures_are_written_as_offices_write_them() -> None:
    assert (points(82_449_999), points(None), signed(-1_500_000), number(12345), number(3.456, 1)) == (
        "82,4",
        "–",
        "−1,5",
        "12.345",
        "3,5",
    )
    assert (hours(390), hours(45), at(NOW)) == ("6,5 giờ", "45 phút", "09:40 18/06/2030")


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        (june(18, 17), "17:00 hôm nay"),
        (june(19, 0), "24:00 hôm nay"),
        (june(19, 17), "17:00 ngày mai"),
        (june(21, 17), "17:00 thứ Sáu"),
        (june(17, 8), "08:00 hôm qua"),
        (june(30, 17), "17:00 ngày 30/06"),
    ],
)
def test_instants_are_told_as_people_say_them(instant: object, said: str) -> None:
    assert spoken(instant, NOW, "vi") == said  # type: ignore[arg-type]


def test_numbers_that_begin_a_sentence_are_words_up_to_ten() -> None:
    assert [counted(n, "vi") for n in (1, 4, 10, 11)] == ["Một", "Bốn", "Mười", "11"]
