"""People and units, sources, the journal and the system in a real browser: narrow and wide, in both languages, without
barriers; a file that goes on after the connection broke."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from cast import Cast
from congtam.audit.actions import close_batch
from congtam.history.actor import SYSTEM, Actor
from congtam.intake.actions import accept
from congtam.intake.models import Upload
from congtam.intake.telling import Happening, Told
from congtam.intake.uploads import append_piece, begin
from congtam.people.actions import correct_spell, delegate, record_absence
from congtam.sources.actions import add_datum, add_source, make_token, record_own_count, set_authority
from congtam.sources.models import Source

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = """Mã hồ sơ;Ngày tiếp nhận;Hạn trả;Ngày trả;Cán bộ;Đơn vị
HS1;02/03/2026 08:00;05/03/2026;04/03/2026;an;phong-mot
HS2;03/03/2026 08:00;06/03/2026;;binh;phong-mot
HS3;13/03/2026 08:00;16/03/2026;;nguoi-moi;phong-mot
HS4;ngày mai;16/03/2026;;an;phong-mot
""".encode()
PAGES = {
    "nhan-su": (
        "to-chuc/",
        "to-chuc/?tim=nguyen",
        "to-chuc/don-vi/phong-mot/",
        "to-chuc/don-vi/phong-mot/sua/",
        "to-chuc/vi-tri/vi-tri-an/",
        "to-chuc/vi-tri/vi-tri-an/sua/",
        "to-chuc/nguoi/truong-mot/",
        "to-chuc/nguoi/an/",
        "to-chuc/nguoi/an/vi-tri/them/",
        "to-chuc/nguoi/an/vang-mat/",
        "to-chuc/quyet-dinh/",
        "to-chuc/bang-tinh/",
        "to-chuc/them-co-quan/",
        "nhat-ky/",
        "nhat-ky/?kiem-tra=1",
    ),
    "du-lieu": (
        "nguon/",
        "nguon/he/motcua/",
        "nguon/he/motcua/sua/",
        "nguon/he/motcua/ma/",
        "nguon/so-lieu/",
        "nguon/so-lieu/doi/",
        "nguon/tai-len/",
        "nguon/tai-len/{upload}/",
        "nguon/de-rieng/",
        "nguon/de-rieng/{aside}/",
        "nguon/cung-viec/",
    ),
    "quan-tri": ("he-thong/", "he-thong/lua-chon/heads_see_points/"),
}


@pytest.fixture
def office(cast: Cast, tmp_path: Path, settings) -> dict[str, int]:
    """A department in which something happened: corrections, an absence, a source with batches, rows set aside."""
    from congtam.intake.models import SetAside

    settings.SITE = tmp_path
    actor = Actor(cast.account("personnel").pk, cast.posts["nhan-su"].pk)
    correct_spell(actor, cast.spells["an"], first=date(2025, 4, 1), decision="02/QĐ-SA")
    record_absence(actor, person=cast.people["an"], kind="annual", first=date(2026, 4, 6), until=date(2026, 4, 11))
    delegate(
        actor,
        giver=cast.people["truong-mot"],
        receiver=cast.people["binh"],
        unit=cast.units["phong-mot"],
        first=date(2026, 6, 1),
        until=date(2026, 7, 1),
        decision="5/UQ",
    )
    source = add_source(
        actor, "motcua", "Một cửa điện tử", owner=cast.posts["du-lieu"], due_time=time(17), first=date(2025, 3, 1)
    )
    other = add_source(actor, "vanban", "Quản lý văn bản", first=date(2025, 3, 1))
    datum = add_datum(actor, "ho-so", "Hồ sơ một cửa", work_kind="dossier")
    add_datum(actor, "van-ban", "Văn bản đến", work_kind="document")
    set_authority(actor, datum, cast.units["so-a"], source, first=date(2025, 3, 1), number="1/QĐ-SA")
    make_token(actor, source, "máy chủ một cửa")
    record_own_count(actor, source, timezone.localdate(), 5)
    for one, keys in ((source, ("H1", "H2")), (other, ("V1",))):
        accept(SYSTEM, one, [_dossier(key, "an") for key in keys])
    accept(SYSTEM, source, [_dossier("H9", "khong-ai")])
    upload = begin(actor, source, "Sổ một cửa tháng 3.csv", len(ROWS))
    append_piece(upload, 0, ROWS)
    close_batch()
    return {"upload": upload.pk, "aside": SetAside.objects.get().pk}


def _dossier(key: str, official: str) -> Told:
    at = datetime(2026, 3, 2, 2, tzinfo=UTC)
    events = (
        Happening(at, "registered", unit="phong-mot", attributes={"kind": "dossier"}),
        Happening(at, "assigned", official=official, unit="phong-mot"),
    )
    return Told(key, events=events, title="Cấp đổi giấy phép", symbol="12/STC-VP")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pages_have_no_barriers_and_fit_the_screen(
    cast: Cast,
    office: dict[str, int],
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
    lang: str,
) -> None:
    wrong = []
    for who, addresses in PAGES.items():
        page = open_page()
        sign_in(page, who)
        page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
        for address in addresses:
            where = address.format(**office)
            page.goto(f"{live_server.url}/{where}")
            name = "".join(letter if letter.isalnum() else "-" for letter in address).strip("-")
            wrong += read_at_every_width(page, f"office-{name}-{lang}")
    assert not wrong, "\n".join(wrong)


def test_personnel_records_an_absence_without_scripts(
    cast: Cast, live_server: LiveServer, open_page: Callable[..., Page], sign_in: Callable[[Page, str], None]
) -> None:
    page = open_page("phone", scripts=False)
    sign_in(page, "nhan-su")
    page.goto(f"{live_server.url}/to-chuc/nguoi/an/")
    page.get_by_role("link", name="Ghi vắng mặt").click()
    page.get_by_label("Từ ngày").fill("04/05/2026")
    page.get_by_label("Đến hết ngày").fill("08/05/2026")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(page.get_by_text("vắng mặt 04/05/2026 đến hết 08/05/2026")).to_be_visible()
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("Đã ghi vắng mặt")).to_be_visible()


def test_a_file_goes_on_where_the_connection_broke(
    cast: Cast,
    office: dict[str, int],
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from congtam.web.pages.sources import uploads

    monkeypatch.setattr(uploads, "PIECE", 100)
    file = tmp_path / "so.csv"
    file.write_bytes(ROWS)
    page = open_page()
    sign_in(page, "du-lieu")
    sent: list[str] = []

    def held(route: Route) -> None:
        if route.request.method == "PATCH":
            sent.append(route.request.url)
            if len(sent) == 2:
                return  # no answer ever comes: the page is left before
        route.continue_()

    def choose_and_send() -> None:
        page.goto(f"{live_server.url}/nguon/tai-len/?nguon=motcua")
        page.locator("#id_file").set_input_files(file)
        page.get_by_role("button", name="Tải lên").click()

    page.route("**/phan/**", held)
    choose_and_send()
    expect(page.get_by_text(re.compile(r"Đã gửi \d+ %"))).to_be_visible()
    choose_and_send()
    page.wait_for_url("**/nguon/tai-len/*/")
    assert sent[2].endswith("tu=100")
    assert Source.objects.get(code="motcua").uploads.latest("pk").received == len(ROWS)
    assert Upload.objects.count() == 2
