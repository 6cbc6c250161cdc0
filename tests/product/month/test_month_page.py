"""Tháng của tôi says in one sentence how the month stands, what to do, what was lost; no more than the data allow."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

import month_scene as scene
from cast import Cast
from congtam.engine.explaining.formats import points
from congtam.history.sequence import in_order
from congtam.registry.models import SiteChoice
from congtam.scores.models import Live, Run, RunScore

pytestmark = pytest.mark.django_db
FIRST_TIME, AFTER = 60_000, 15_000  # bytes
Get = Callable[..., str]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 09:40 on 18/06/2030."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: scene.NOW)


@pytest.fixture
def get(client: Client, cast: Cast, clock: None) -> Get:
    """A page as somebody sees it."""

    def asked(username: str, address: str = "/thang-cua-toi/", lang: str = "vi") -> str:
        client.force_login(cast.accounts[username])
        client.cookies["lang"] = lang
        answer = client.get(address)
        assert answer.status_code == 200, answer.content.decode()[:2000]
        return answer.content.decode()

    return asked


def test_the_month_says_its_grade_its_points_and_what_keeps_it(get: Get, cast: Cast) -> None:
    scene.play(cast)
    page = get("an")
    assert "Đang ở mức Hoàn thành xuất sắc nhiệm vụ (94,5 tạm tính; khả năng 72–95)." in page
    assert "Bốn việc trước 08:10 ngày 27/06 giữ được mức này." in page
    assert "Now at Excellent (94.5, provisional; may end at 72–95)." in get("an", lang="en")


@pytest.mark.parametrize("forecast", [None, {}])
def test_where_nobody_has_looked_ahead_nothing_is_said_of_what_may_come(
    get: Get, cast: Cast, forecast: dict[str, object] | None
) -> None:
    scene.play(cast)
    Live.objects.update(forecast=forecast)
    page = get("an")
    assert "Đang ở mức Hoàn thành xuất sắc nhiệm vụ (94,5 tạm tính)." in page
    assert "khả năng" not in page and "giữ được mức này" not in page


def test_points_lost_are_there_before_anybody_counted_them(get: Get, cast: Cast) -> None:
    scene.play(cast)
    Live.objects.update(losses=None)
    page = get("an")
    assert "chưa việc nào làm mất điểm" not in page and page.count('data-label="Nếu đúng hạn"') == 2


def test_while_nothing_is_measured_nobody_is_told_that_nothing_was_lost(get: Get, cast: Cast) -> None:
    scene.play(cast)
    Live.objects.filter(legal=True).update(measurable=0, earned=0, losses={"n": 0, "lines": []})
    page = get("an")
    assert "chưa việc nào làm mất điểm" not in page
    assert "Chưa đủ dữ liệu để nói việc nào làm mất điểm." in page


def found_by_night(row: Live) -> None:
    """A nightly run that found what stands now."""
    card = {"rulebook": row.rulebook, "scorecard": row.scorecard, "period": row.period}
    digests = {"meaning": "", "wording": "", "calendar": "", "engine": ""}
    run = Run.objects.create(kind="nightly", seq=row.seq, as_of=row.as_of, **card, **digests)
    names = [one.attname for one in RunScore._meta.concrete_fields if one.attname not in ("id", "run_id")]
    RunScore.objects.create(run=run, **{name: getattr(row, name) for name in names})


def test_another_persons_months_are_those_of_the_last_night_unless_the_site_chose_live(get: Get, cast: Cast) -> None:
    scene.play(cast)
    scene.play_the_month_before(cast)
    card = Live.objects.filter(legal=True, person=cast.people["an"], period__in=("2030-05", scene.PERIOD))
    night = [points(row.lowest, "vi", 1) for row in card]
    for row in card:
        found_by_night(row)
    card.update(lowest=11_100_000, highest=11_100_000)
    page = get("truong-mot", "/thang/an/")
    assert "11,1" not in page and "<img" not in page
    assert all(told in page.partition('id="bang-cac-thang"')[2] for told in night)
    with in_order():
        SiteChoice.objects.create(name="heads_see_points", value="live", first="2025-01-01")
    assert "11,1" in get("truong-mot", "/thang/an/").partition('id="bang-cac-thang"')[2]


def test_while_marks_are_missing_there_is_never_one_number_out_of_a_hundred(get: Get, cast: Cast) -> None:
    scene.play(cast, marked=False)
    page = get("an")
    assert "Đến nay được 68,5 trên 70,0 điểm đã đo được; tổng có thể từ 68,5 đến 98,5." in page
    assert "Còn thiếu số liệu: Tiêu chí chung." in page
    assert "Đang ở mức" not in page


def test_below_the_minimum_it_says_so_and_nothing_is_red(get: Get, cast: Cast) -> None:
    scene.adopt_rules()
    scene.tell(cast, [scene.task("1", "an", scene.at(3), scene.at(7, 17), scene.at(11, 9))])
    scene.mark(cast, "an", 26)
    scene.settle()
    page = get("an")
    assert "Chưa đủ dữ liệu để xếp loại: mới có 1 việc, cần ít nhất 5 việc và 10 ngày làm việc." in page
    assert "badge-late" not in page


def test_work_is_told_by_what_is_due_today_soon_and_what_waits_for_whom(get: Get, cast: Cast) -> None:
    scene.play(cast)
    page = get("an")
    assert "17:00 hôm nay · còn 5,8 giờ làm việc" in page
    assert "17:00 thứ Năm · còn 21,8 giờ làm việc" in page
    assert "chờ người nộp hồ sơ (thiếu bản chính) từ 14/06" in page


def test_every_piece_of_work_that_cost_points_stands_once_with_what_it_would_have_given(get: Get, cast: Cast) -> None:
    scene.play(cast)
    table = get("an").partition('id="diem-da-mat"')[2].partition("</section>")[0]
    assert table.count("<tr>") == 3  # the head, and two that were late
    assert "Quá hạn 2 ngày làm việc" in table and "Quá hạn chưa đến 1 ngày làm việc" in table
    assert table.count("+0,7") == 4  # in all, and for the one part it moved
    assert 'href="/vi-sao/?ky=2030-06&amp;bang=vn/national/decree-335-2025%23civil_servant_month#viec-' in table


def test_the_legal_card_comes_first_and_others_stand_beside_it(get: Get, cast: Cast) -> None:
    scene.play(cast)
    page = get("an")
    assert page.index("Tiêu chí chung") < page.index("Bên cạnh, không có giá trị pháp lý") < page.index("Tính chủ động")
    assert page.count('class="bar-value"') == 9  # two parts by law, seven beside


def test_the_place_is_a_band_among_colleagues_and_never_a_rank(get: Get, cast: Cast) -> None:
    scene.play(cast)
    page = get("an")
    assert "Trong 6 người cùng nhóm nhiệm vụ ở cơ quan: thuộc một phần tư" in page
    assert "hạng 6" not in page


def test_a_month_that_is_over_or_unknown_says_so(get: Get, cast: Cast, client: Client) -> None:
    scene.play(cast)
    assert "Chưa có điểm của tháng này." in get("an", "/thang-cua-toi/?ky=2027-01")
    for wrong in ("2030", "x", "2030-13"):
        assert client.get("/thang-cua-toi/", {"ky": wrong}).status_code == 404


def test_the_month_asks_the_database_at_most_ten_times(
    get: Get, cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    scene.play(cast)
    get("an")
    with django_assert_max_num_queries(10):
        client.get("/thang-cua-toi/")


def test_the_month_is_light_also_when_there_is_much_to_say(get: Get, cast: Cast, client: Client) -> None:
    scene.play(cast)
    late = [scene.task(f"6{n:02d}", "an", scene.at(3), scene.at(4 + n % 9, 17), scene.at(14, 9)) for n in range(20)]
    due = [scene.task(f"7{n:02d}", "an", scene.at(3), scene.at(18 + n % 4, 17)) for n in range(20)]
    scene.tell(cast, late + due)
    scene.settle()
    get("an")
    page = len(client.get("/thang-cua-toi/", headers={"Accept-Encoding": "gzip"}).content)
    files = ["css/site.css", "icons.svg", "mark.svg", "js/live.js"]
    whole = page + sum(len(b"".join(client.get(f"/static/{name}").streaming_content)) for name in files)
    assert page <= AFTER and whole <= FIRST_TIME, (page, whole)


def test_the_chart_of_months_is_a_picture_the_browser_keeps(get: Get, cast: Cast, client: Client) -> None:
    scene.play(cast)
    scene.play_the_month_before(cast)
    page = get("an")
    assert "Biểu đồ điểm từng tháng từ 05/2030 đến 06/2030: 05:" in page
    address = page.partition('<img src="')[2].partition('"')[0].replace("&amp;", "&")
    picture = client.get(address)
    assert picture["Content-Type"] == "image/svg+xml" and "05/2030" in picture.content.decode()
    assert "<script" not in picture.content.decode()
    for tag in (picture["ETag"], f"W/{picture['ETag']}"):
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_an_open_page_hears_nothing_until_its_points_change(get: Get, cast: Cast, client: Client) -> None:
    scene.play(cast)
    version = get("an").partition('data-version="')[2].partition('"')[0]
    same = client.get("/thang-cua-toi/luc-nay/", {"ky": scene.PERIOD, "tu": version})
    assert same.status_code == 204 and int(same["X-Ask-After"]) >= 1
    scene.tell(cast, [scene.task("401", "an", scene.at(3), scene.at(10, 17), scene.at(14, 9))])
    scene.settle()
    new = client.get("/thang-cua-toi/luc-nay/", {"ky": scene.PERIOD, "tu": version})
    assert new.status_code == 200 and new["X-Version"] != version and "Trả lời văn bản 401" in new.content.decode()


def test_scores_that_were_not_made_anew_for_long_are_grey_and_say_since_when(
    get: Get, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.play(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: scene.at(18, 11))
    page = get("an")
    assert "Điểm chưa được tính lại từ" in page and "stale" in page
