"""A paper that comes back: dropped as it was signed, changed, foreign; and its code, by anybody, without signing in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from cast import Cast
from congtam.access.models import Account
from congtam.access.seats import seat_of
from congtam.documents.keeping import file_of
from congtam.documents.models import KeptPaper
from congtam.documents.signing import sign_paper
from kept_papers import KEY, LEADER, NOW, TODAY, enter, keep_decision
from signing import authority, changed_after, plain_pdf

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed(cast: Cast, tmp_path: Path, settings: Settings) -> KeptPaper:
    """A decision, signed by the leader of Sở A."""
    settings.SITE, settings.TRUST, settings.TSA = tmp_path, authority().trusted_in(tmp_path / "trust"), ""

    def seat(username: str):
        return seat_of(Account.objects.get(username=username), TODAY)

    kept = keep_decision(cast, NOW)
    enter(seat, cast, LEADER, "giam-doc")

    def sign() -> KeptPaper:  # pyHanko signs in a loop of its own, and this thread has playwright's
        try:
            return sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(sign).result()


def test_a_paper_that_comes_back(
    signed: KeptPaper,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
) -> None:
    page, wrong = open_page(), []

    def drop(content: bytes, *said: str) -> None:
        page.goto(f"{live_server.url}/kiem-chung/")
        file = {"name": "van-ban.pdf", "mimeType": "application/pdf", "buffer": content}
        page.get_by_label("Kéo thả hoặc chọn tệp PDF").set_input_files(file)  # type: ignore[arg-type]
        page.get_by_role("button", name="Kiểm chứng tệp").click()
        for one in said:
            expect(page.get_by_role("main")).to_contain_text(one)

    content = file_of(signed).read_bytes()
    drop(plain_pdf(), "Không phải văn bản do hệ thống này lập")
    drop(changed_after(content), "Đã bị sửa", "KHÔNG giống bản lưu", "Văn bản đã bị sửa sau khi ký")
    wrong += read_at_every_width(page, "verification-changed")
    drop(content, "Nguyên vẹn", "giống bản lưu đến từng byte", "Trần Văn Đức", "Theo lần chốt số")
    wrong += read_at_every_width(page, "verification-same")

    page.get_by_label("Mã xác minh").fill(signed.code.lower())
    page.get_by_role("button", name="Tra mã").click()
    expect(page.get_by_role("main")).to_contain_text("Quyết định công nhận kết quả")
    page.context.add_cookies([{"name": "lang", "value": "en", "url": live_server.url}])
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Decision on results")
    wrong += read_at_every_width(page, "verification-code-en")

    page.context.add_cookies([{"name": "lang", "value": "vi", "url": live_server.url}])
    sign_in(page, "nhan-su")
    page.goto(f"{live_server.url}/kiem-chung/chung-thu/")
    expect(page.get_by_role("rowheader", name="Trần Văn Đức")).to_be_visible()
    page.get_by_label("Chứng thư của:").select_option(label="Cơ quan: Sở A")
    other = authority(signer="Sở A").signer.signing_cert.dump()
    page.get_by_label("Tệp chứng thư").set_input_files({"name": "so-a.cer", "mimeType": "", "buffer": other})  # type: ignore[arg-type]
    page.get_by_role("button", name="Ghi nhận").click()
    expect(page.get_by_text("Đã ghi nhận chứng thư.")).to_be_visible()
    wrong += read_at_every_width(page, "certificates")
    page.get_by_role("button", name="Gỡ chứng thư của Sở A").click()
    expect(page.get_by_text("Đã gỡ chứng thư.")).to_be_visible()
    assert not wrong, "\n".join(wrong)
