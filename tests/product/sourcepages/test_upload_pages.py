"""Uploading by page: whole or in pieces that go on after a cut; the mapping reviewed; rows mended and replayed."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cast import Cast
from congtam.history.actor import SYSTEM
from congtam.intake.models import Batch, SetAside, Upload
from congtam.intake.reading import go_on_mending, mend_under_way, read_upload
from congtam.intake.uploads import file_of, keep_mapping
from congtam.people.actions import add_person
from congtam.sources.actions import add_source
from congtam.sources.models import Source
from congtam.work.models import Item

pytestmark = pytest.mark.django_db

ROWS = """Mã hồ sơ;Ngày tiếp nhận;Hạn trả;Ngày trả;Cán bộ;Đơn vị
HS1;02/03/2026 08:00;05/03/2026;04/03/2026;an;phong-mot
HS2;03/03/2026 08:00;06/03/2026;;binh;phong-mot
HS3;13/03/2026 08:00;16/03/2026;;nguoi-moi;phong-mot
HS4;ngày mai;16/03/2026;;an;phong-mot
""".encode()


@pytest.fixture
def source(cast: Cast) -> Source:
    return add_source(SYSTEM, "motcua", "Một cửa", first=date(2025, 3, 1))


@pytest.fixture
def client(cast: Cast, tmp_path: Path, settings) -> Client:
    settings.SITE = tmp_path
    client = Client()
    client.force_login(cast.account("keeper"))
    return client


def text(answer) -> str:
    return answer.content.decode()


def mapping(**changed: str) -> dict[str, str]:
    return {
        "kind": "dossier",
        "key": "Mã hồ sơ",
        "received": "Ngày tiếp nhận",
        "due": "Hạn trả",
        "finished": "Ngày trả",
        "who": "Cán bộ",
        "unit": "Đơn vị",
        "procedure": "",
        "catalogue": "",
        "coefficient": "",
        "formats": "DD/MM/YYYY hh:mm; DD/MM/YYYY",
        "until": "17:00",
        **changed,
    }


def sent(client: Client, name: str = "sổ.csv", body: bytes = ROWS) -> Upload:
    answer = client.post(reverse("sources_upload"), {"source": "motcua", "file": SimpleUploadedFile(name, body)})
    assert answer.status_code == 302, text(answer)
    return Upload.objects.latest("pk")


def read(client: Client, upload: Upload) -> None:
    """Start the reading by the page, and do the worker's part."""
    answer = client.post(reverse("sources_upload_review", args=[upload.pk]), {**mapping(), "step": "start"})
    assert answer.status_code == 302, text(answer)
    upload.refresh_from_db()
    assert upload.state == "queued"
    read_upload(SYSTEM, upload)


def test_a_file_goes_through_without_scripts(source: Source, client: Client):
    upload = sent(client)
    page = text(client.get(reverse("sources_upload_review", args=[upload.pk])))
    assert "Các dòng đầu sẽ thành" in page
    look = text(client.post(reverse("sources_upload_review", args=[upload.pk]), {**mapping(), "step": "look"}))
    assert "2 / 4 dòng dùng được" in look
    assert "Vào sổ, tiếp nhận: 08:00 02/03/2026" in look
    assert "Không có ai mang mã “nguoi-moi”." in look
    client.cookies["lang"] = "en"
    english = text(client.post(reverse("sources_upload_review", args=[upload.pk]), {**mapping(), "step": "look"}))
    assert "Nobody has the code “nguoi-moi”." in english
    client.cookies["lang"] = "vi"
    read(client, upload)
    done = text(client.get(reverse("sources_upload_review", args=[upload.pk])))
    assert "đã đọc xong" in done
    assert "hx-get" not in done
    assert Item.objects.filter(key__in=["HS1", "HS2"]).count() == 2


def test_while_it_waits_the_page_asks_again(source: Source, client: Client):
    upload = sent(client)
    client.post(reverse("sources_upload_review", args=[upload.pk]), {**mapping(), "step": "start"})
    part = text(client.get(reverse("sources_upload_progress", args=[upload.pk])))
    assert 'hx-trigger="every 2s"' in part
    assert "<html" not in part


def test_while_it_is_read_the_page_says_how_far(source: Source, client: Client):
    upload = sent(client)
    read(client, upload)
    report = {"file": "sổ.csv", "bytes_read": 45, "bytes_total": 100, "rows_read": 12_000}
    Upload.objects.update(state="reading", report=report)
    part = text(client.get(reverse("sources_upload_progress", args=[upload.pk])))
    assert "Đã duyệt 45 % tệp (12.000 dòng)" in part
    assert "Nhận" not in part  # the counts of the reading before are not those of this one


def test_a_wrong_mapping_is_told_and_nothing_starts(source: Source, client: Client):
    upload = sent(client)
    address = reverse("sources_upload_review", args=[upload.pk])
    page = client.post(address, {**mapping(formats="năm/tháng"), "step": "start"})
    assert page.status_code == 422
    assert "không phải cách viết ngày" in text(page)
    page = client.post(address, {**mapping(key=""), "step": "start"})
    assert "Chưa chọn. Hãy chọn một mục" in text(page)
    by_hand = client.post(address, {"by_hand": "1", "mapping": "khong: phai <b>", "step": "look"})
    assert by_hand.status_code == 422
    assert "Bảng ánh xạ này chưa dùng được" in text(by_hand)
    assert "Dòng 1: bảng ánh xạ: không có mục “khong”. → Dùng được: attributes, blank" in text(by_hand)
    assert "bảng ánh xạ: thiếu mục “received”. → Thêm received: …" in text(by_hand)
    upload.refresh_from_db()
    assert upload.state == "review"


def test_pieces_go_on_after_a_cut(source: Source, client: Client):
    begun = client.post(reverse("sources_upload_begin"), {"source": "motcua", "name": "so.csv", "size": len(ROWS)})
    told = begun.json()
    half = len(ROWS) // 2
    send = {"content_type": "application/octet-stream"}
    assert client.patch(f"{told['piece']}?tu=0", ROWS[:half], **send).json()["received"] == half
    gap = client.patch(f"{told['piece']}?tu={half + 5}", ROWS[half + 5 :], **send)
    assert gap.status_code == 409
    assert "Gửi tiếp từ byte đó" in gap.json()["problem"]
    assert "Tệp chưa về đủ" in text(client.get(told["page"]))
    assert client.get(told["piece"]).json()["received"] == half
    assert client.patch(f"{told['piece']}?tu=0", ROWS[:half], **send).json()["received"] == half
    client.patch(f"{told['piece']}?tu={half}", ROWS[half:], **send)
    upload = Upload.objects.get()
    assert upload.state == "review"
    assert file_of(upload).read_bytes() == ROWS


@pytest.mark.parametrize("name", ["../../../etc/so.csv", "sổ\x00 <b>\n.csv", "C:\\tmp\\so.csv", "a" * 300 + ".csv"])
def test_hostile_names_stay_in_their_folder(source: Source, client: Client, name: str):
    told = client.post(reverse("sources_upload_begin"), {"source": "motcua", "name": name, "size": len(ROWS)}).json()
    client.patch(f"{told['piece']}?tu=0", ROWS, content_type="application/octet-stream")
    kept = file_of(Upload.objects.get())
    assert kept.is_file()
    assert kept.resolve().is_relative_to(Path(settings.SITE).resolve() / "files" / "uploads")
    assert "<b>" not in text(client.get(told["page"]))


@pytest.mark.parametrize(
    ("name", "size", "message"),
    [
        ("so.exe", 10, "không đọc được. Hãy gửi tệp"),
        ("so.csv", 5 * 1024**3, "lớn hơn 4 GB"),
        ("so.csv", "x", "không rõ cỡ"),
    ],
)
def test_what_cannot_be_taken_says_why(source: Source, client: Client, name: str, size: object, message: str):
    answer = client.post(reverse("sources_upload_begin"), {"source": "motcua", "name": name, "size": size})
    assert answer.status_code == 422
    assert message in answer.json()["problem"]


def test_a_file_nobody_can_read_is_told_in_the_page(source: Source, client: Client):
    upload = sent(client, "so.xlsx", b"khong phai bang tinh")
    page = client.get(reverse("sources_upload_review", args=[upload.pk]))
    assert page.status_code == 422
    assert "Không đọc được tệp này" in text(page)
    none = client.post(reverse("sources_upload"), {"source": "motcua"})
    assert "Chưa chọn tệp" in text(none)


def test_a_full_disk_keeps_what_came(source: Source, client: Client, monkeypatch: pytest.MonkeyPatch):
    told = client.post(reverse("sources_upload_begin"), {"source": "motcua", "name": "a.csv", "size": len(ROWS)}).json()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    answer = client.patch(f"{told['piece']}?tu=0", ROWS, content_type="application/octet-stream")
    assert answer.status_code == 409
    assert "Máy chủ không ghi được tệp" in answer.json()["problem"]
    assert answer.json()["received"] == 0


def test_rows_set_aside_are_grouped_mended_and_replayed(source: Source, client: Client):
    read(client, sent(client))
    page = text(client.get(reverse("sources_aside")))
    assert "Có ngày giờ không đọc được" in page
    assert "Không có ai mang mã" in page
    assert "Mục thời điểm tiếp nhận ghi “ngày mai”, không đọc được thành ngày" in page
    client.cookies["lang"] = "en"
    english = text(client.get(reverse("sources_aside")))
    assert "A date cannot be read" in english and "received is “ngày mai”, which is no date" in english
    assert "Nobody has the code" in english and "không đọc được" not in english
    client.cookies["lang"] = "vi"
    bad = SetAside.objects.get(code="unreadable-date")
    address = reverse("sources_mend", args=[bad.pk])
    form = text(client.get(address))
    assert 'value="ngày mai"' in form
    names = list(bad.cells)
    cells = {f"o{at}": bad.cells[name] or "" for at, name in enumerate(names)}
    cells[f"o{names.index('Ngày tiếp nhận')}"] = "12/03/2026 08:00"
    review = client.post(address, {**cells, "step": "review"})
    assert "Sửa ô: Ngày tiếp nhận" in text(review)
    done = client.post(address, {**cells, "step": "write"}, follow=True)
    assert "Đã đưa vào 1 bản ghi; 0 bản ghi vẫn để riêng" in text(done)
    assert Item.objects.filter(key="HS4").exists()
    assert client.get(address).status_code == 404


def test_a_whole_group_is_replayed_after_its_cause_is_mended(source: Source, client: Client):
    read(client, sent(client))
    add_person(SYSTEM, "nguoi-moi", full_name="Người Mới")
    address = reverse("sources_replay") + "?nguon=motcua&ly-do=unknown-person-code"
    assert "Đưa lại 1 bản ghi" in text(client.post(address, {"step": "review"}))
    client.post(address, {"step": "write"})
    assert Item.objects.filter(key="HS3").exists()
    assert not SetAside.objects.filter(state="open", code="unknown-person-code").exists()


def test_rows_of_a_large_file_are_replayed_while_the_page_says_how_far(
    source: Source, client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("congtam.intake.mending.AT_ONCE", 1)
    text_of = "source: {format: csv}\nitem: case\nkey: c\nreceived: in\nsteps: {at: at, what: s, official: who}\n"
    rows = (b"A%d,2026-03-01,2026-03-0%dT08:00:00+07:00,x,nobody\n" % (n // 2, n + 1) for n in range(4))
    body = b"c,in,at,s,who\n" + b"".join(rows)
    upload = keep_mapping(SYSTEM, sent(client, body=body), text_of)
    read_upload(SYSTEM, upload)
    row = SetAside.objects.order_by("pk")[0]
    cells = {"rows": {number: one | {"who": "an"} for number, one in row.cells["rows"].items()}}
    address = reverse("sources_mend", args=[row.pk])
    waits = client.post(address, {"body": json.dumps(cells), "step": "write"}, follow=True)
    assert waits.redirect_chain[-1][0] == reverse("sources_upload_review", args=[upload.pk])
    assert "Tệp được đọc lại để đưa bản ghi đã sửa vào" in text(waits)
    assert 'hx-trigger="every 2s"' in text(waits)
    aside = text(client.get(reverse("sources_aside")))
    assert "Đang đưa lại" in aside and "1 bản ghi, tệp đang được đọc lại" in aside
    assert reverse("sources_mend", args=[row.pk]) not in aside
    assert client.get(address).status_code == 404
    Upload.objects.update(
        state="reading", report={"file": "sổ.csv", "bytes_read": 45, "bytes_total": 100, "rows_read": 2}
    )
    assert "Đã duyệt 45 % tệp (2 dòng)" in text(client.get(reverse("sources_upload_progress", args=[upload.pk])))
    upload.refresh_from_db()
    go_on_mending(SYSTEM, upload, mend_under_way(upload))
    done = text(client.get(reverse("sources_upload_progress", args=[upload.pk])))
    assert "chỉ bản ghi đã sửa mới được nhận vào" in done and "<dt>Nhận</dt><dd>1</dd>" in done
    assert "hx-get" not in done
    assert Item.objects.filter(key="A0").exists() and not Item.objects.filter(key="A1").exists()


def test_a_file_is_read_again_by_a_better_mapping_and_what_was_set_aside_is_closed(source: Source, client: Client):
    upload = sent(client)
    read(client, upload)
    assert SetAside.objects.filter(state="open").count() == 2
    address = reverse("sources_upload_review", args=[upload.pk]) + "?lai=1"
    assert "Cột nào là gì" in text(client.get(address))
    for _ in range(2):  # sent twice, read once
        again = client.post(address, {**mapping(who=""), "step": "start"}, follow=True)
        assert "chờ đọc" in text(again)
        assert '<noscript><meta http-equiv="refresh"' in text(again)
    upload.refresh_from_db()
    assert upload.state == "queued"
    read_upload(SYSTEM, upload)
    assert Batch.objects.filter(upload=upload).count() == 2
    assert Item.objects.filter(key="HS3").exists()
    assert SetAside.objects.get(state="open").code == "unreadable-date"


def test_rows_are_dropped_with_a_reason(source: Source, client: Client):
    read(client, sent(client))
    row = SetAside.objects.get(code="unreadable-date")
    address = reverse("sources_drop") + f"?so={row.pk}"
    assert "Chưa điền" in text(client.post(address, {"step": "review"}))
    client.post(address, {"reason": "dòng thử", "step": "write"})
    row.refresh_from_db()
    assert row.state == "dropped"


def test_another_agency_s_keeper_touches_nothing(cast: Cast, source: Source, client: Client):
    from congtam.sources.actions import add_datum, set_authority

    upload = sent(client)
    datum = add_datum(SYSTEM, "ho-so", "Hồ sơ")
    set_authority(SYSTEM, datum, cast.units["so-b"], source, first=date(2025, 3, 1))
    for name, args in (
        ("sources_upload_review", [upload.pk]),
        ("sources_upload_progress", [upload.pk]),
        ("sources_upload_piece", [upload.pk]),
        ("sources_source", ["motcua"]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 403
