import os
from datetime import UTC, date, datetime
import pytest
from playwright.sync_api import expect
from congtam.history.actor import SYSTEM
from congtam.intake.actions import accept, go_on_withdrawing, withdraw_batch
from congtam.intake.models import Batch, Upload
from congtam.intake.telling import Happening, Told
from congtam.intake.uploads import append_piece, begin
from congtam.sources.actions import add_source
pytestmark = pytest.mark.django_db(transaction=True)

def test_it(cast, live_server, open_page, sign_in, without_barriers, monkeypatch, tmp_path, settings):
    settings.SITE = tmp_path
    monkeypatch.setattr("congtam.intake.actions.AT_ONCE", 1)
    source = add_source(SYSTEM, "motcua", "Một cửa", first=date(2025, 3, 1))
    at = datetime(2026, 3, 2, 2, tzinfo=UTC)
    rows = [Told(f"H{k}", events=(Happening(at, "registered"),)) for k in range(7)]
    batch = Batch.objects.get(pk=accept(SYSTEM, source, rows).batch)
    w = withdraw_batch(SYSTEM, batch, "nạp nhầm tệp của tháng trước")
    Batch.objects.filter(pk=w.pk).update(taken=3, updated=3)
    upload = begin(SYSTEM, source, "Sổ một cửa tháng 3.csv", 5); append_piece(upload, 0, b"a;b\nc")
    Upload.objects.update(state="reading", report={"bytes_read": 45, "bytes_total": 100, "rows_read": 12000, "file": "x"})
    for width in ("phone", "desk"):
        page = open_page(width); sign_in(page, "du-lieu")
        for name, where in (("withdraw", f"nguon/he/motcua/dot/{batch.pk}/rut/"), ("source", "nguon/he/motcua/"), ("reading", f"nguon/tai-len/{upload.pk}/")):
            page.goto(f"{live_server.url}/{where}"); page.screenshot(path=f"/tmp/jobs/{name}-{width}.png", full_page=True)
            assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            without_barriers(page)
    page = open_page("phone"); sign_in(page, "quan-tri"); page.goto(f"{live_server.url}/he-thong/"); page.screenshot(path="/tmp/jobs/system.png"); without_barriers(page)
    page = open_page(); sign_in(page, "du-lieu"); page.goto(f"{live_server.url}/nguon/he/motcua/dot/{batch.pk}/rut/")
    bare = open_page(scripts=False); sign_in(bare, "du-lieu"); bare.goto(f"{live_server.url}/nguon/he/motcua/dot/{batch.pk}/rut/")
    expect(page.get_by_text("đang rút")).to_be_visible(); expect(bare.get_by_text("đang rút")).to_be_visible()
    go_on_withdrawing(SYSTEM, w)
    expect(page.get_by_text("đã rút xong")).to_be_visible(); expect(bare.get_by_text("đã rút xong")).to_be_visible(timeout=15000)
    page.screenshot(path="/tmp/jobs/over.png")
