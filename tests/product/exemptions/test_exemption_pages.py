"""Sự cố và miễn trừ in the browser's terms: list, filters, files, forms with what they would do, and who may."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

import month_scene as scene
from cast import Cast
from congtam.exemptions.models import Exemption, Incident
from congtam.history.sequence import in_order
from congtam.registry.models import SiteChoice
from congtam.work.folding import fold_waiting
from congtam.work.models import Event, Fault, Item

pytestmark = pytest.mark.django_db
TOLD = {
    "kind": "storm",
    "title": "Bão số 5",
    "units": ["phong-mot"],
    "first": "07:30 10/06/2030",
    "until": "17:00 11/06/2030",
    "decision": "45/QĐ-SA",
    "decided_on": "12/06/2030",
    "reason": "Mất điện",
}
EXEMPT = {"decision": "77/KL-SA", "decided_on": "17/06/2030", "reason": "Nguồn ghi nhầm"}


@pytest.fixture
def leader(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The head of Sở A at 09:40 on 18/06/2030."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: scene.NOW)
    client = Client()
    client.force_login(cast.account("leader"))
    return client


@pytest.fixture
def month(cast: Cast, leader: Client) -> Cast:
    scene.play(cast)
    return cast


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_storm_is_told_before_it_is_written_then_shown_corrected_and_taken_back(
    month: Cast, leader: Client, django_capture_on_commit_callbacks: Any
) -> None:
    review = leader.post("/mien-tru/su-co/ghi/", {**TOLD, "step": "review"})
    told = said(review)
    assert review.status_code == 200 and "Đồng hồ của" in told and "→" in told and not Incident.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        done = leader.post("/mien-tru/su-co/ghi/", {**TOLD, "step": "write", "token": "a"})
    incident = Incident.objects.get()
    assert done["Location"] == f"/mien-tru/su-co/{incident.series}/"
    again = leader.post("/mien-tru/su-co/ghi/", {**TOLD, "step": "write", "token": "a"})
    assert again["Location"] == done["Location"] and Incident.objects.count() == 1
    shown = said(leader.get(done["Location"]))
    assert "Bão số 5" in shown and "45/QĐ-SA" in shown and "đã cập nhật xong" in shown
    pages = {key: said(leader.get(f"/cong-viec/{Item.objects.get(key=key).pk}/")) for key in ("201", "202")}
    assert "sự cố: Bão số 5; đồng hồ dừng (quyết định 45/QĐ-SA)" in pages["202"]
    assert "đã qua từ trước, đồng hồ không dừng (quyết định 45/QĐ-SA)" in pages["201"]

    form = leader.get(f"{done['Location']}sua/")
    assert "07:30 10/06/2030" in said(form)
    fixed = {**TOLD, "until": "", "seen": incident.seq}
    assert leader.post(f"{done['Location']}sua/", {**fixed, "step": "write", "token": "b"}).status_code == 302
    an = Client()
    an.force_login(month.account("official"))
    while fold_waiting(500, scene.NOW).items:
        pass
    assert "đồng hồ dừng vì sự cố (Bão số 5)" in said(an.get("/thang-cua-toi/"))
    stale = leader.post(f"{done['Location']}sua/", {**fixed, "step": "review"})
    assert stale.status_code == 409 and "Một người khác" in said(stale)
    gone = {"reason": "Không có bão", "step": "write", "token": "c"}
    assert leader.post(f"{done['Location']}rut/", gone).status_code == 302
    assert not Incident.standing().exists() and "đã được rút" in said(leader.get(done["Location"]))
    assert leader.get(f"{done['Location']}sua/").status_code == 404


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"first": "ngày 10"}, "không có giờ hợp lệ"),
    ({"first": "25:00 10/06/2030"}, "không có giờ hợp lệ"),
    ({"first": "07:30 31/02/2030"}, "không phải một ngày có thật"),
    ({"until": "07:00 10/06/2030"}, "Lúc kết thúc không sau lúc bắt đầu"),
    ({"decided_on": "19/06/2030"}, "còn ở phía trước"),
    ({"units": []}, "Chưa chọn mục nào"),
    ({"units": ["so-b"]}, "không còn trong danh sách"),
    ({"decision": ""}, "Hãy điền ô này"),
]


def test_an_incident_is_proposed_to_begin_and_to_be_decided_today(leader: Client) -> None:
    form = said(leader.get("/mien-tru/su-co/ghi/"))
    assert 'value="07:30 18/06/2030"' in form and 'value="18/06/2030"' in form


def test_a_form_filled_in_wrongly_comes_back_and_says_what_to_write(leader: Client) -> None:
    for changed, words in WRONG:
        answer = leader.post("/mien-tru/su-co/ghi/", {**TOLD, **changed, "step": "review"})
        assert answer.status_code == 422 and words in said(answer), changed
    assert not Incident.objects.exists()


def test_a_fault_found_wrong_is_chosen_with_what_shares_its_cause_and_its_points_are_told(
    month: Cast, leader: Client, django_capture_on_commit_callbacks: Any
) -> None:
    wrong = scene.Happening(scene.at(12), "fault", official="an", value="quality")
    other = scene.Happening(scene.at(12), "fault", official="binh", value="quality")
    with django_capture_on_commit_callbacks(execute=True):
        scene.tell(
            month,
            [
                scene.task("701", "an", scene.at(5), scene.at(11, 17), scene.at(10), wrong),
                scene.task("702", "binh", scene.at(5), scene.at(11, 17), scene.at(10), other),
            ],
        )
    scene.settle()
    first = Item.objects.get(key="701")
    page = said(leader.get(f"/mien-tru/mien/ghi/?viec={first.pk}"))
    assert "Lỗi do cùng đợt dữ liệu ghi" in page and "Hoàng Bình" in page
    keys = _ticked(leader, first.pk)
    assert len(keys) == 2
    told = {**EXEMPT, "viec": first.pk, "chosen": keys}
    review = said(leader.post("/mien-tru/mien/ghi/", {**told, "step": "review"}))
    assert "Nguyễn Thị An, tháng 6 năm 2030" in review and "→" in review
    assert not Exemption.objects.exists() and not Event.objects.filter(activity="voided").exists()
    part = said(leader.post("/mien-tru/mien/ghi/", {**told, "chosen": keys[:1], "step": "review"}))
    assert "1 lỗi cùng nguyên nhân không được chọn" in part
    done = leader.post("/mien-tru/mien/ghi/", {**told, "step": "write", "token": "d"})
    exemption = Exemption.objects.get()
    assert done["Location"] == f"/mien-tru/mien/{exemption.seq}/"
    shown = said(leader.get(done["Location"]))
    assert "77/KL-SA" in shown and "Nguồn ghi nhầm" in shown and "Hoàng Bình" in shown
    while fold_waiting(500, scene.NOW).items:
        pass
    assert set(
        Fault.objects.filter(item__key__in=("701", "702"), derived=False).values_list("voided_by", flat=True)
    ) == {"77/KL-SA"}
    gone = {"reason": "Văn bản bị hủy", "step": "write", "token": "e"}
    assert leader.post(f"{done['Location']}rut/", gone).status_code == 302
    assert Exemption.standing().count() == 0 and leader.get(f"{done['Location']}rut/").status_code == 404


def _ticked(client: Client, item: int) -> list[str]:
    """The keys that the form offers chosen."""
    form = client.get(f"/mien-tru/mien/ghi/?viec={item}").context["form"]
    return list(form.initial["chosen"])


def test_the_list_is_filtered_and_exported_as_it_is_filtered(month: Cast, leader: Client) -> None:
    leader.post("/mien-tru/su-co/ghi/", {**TOLD, "step": "write", "token": "a"})
    leader.post(
        "/mien-tru/su-co/ghi/",
        {**TOLD, "title": "=Mất mạng", "kind": "source_down", "until": "", "step": "write", "token": "b"},
    )
    whole = said(leader.get("/mien-tru/"))
    assert "Bão số 5" in whole and "Mất mạng" in whole
    narrowed = said(leader.get("/mien-tru/?tt=open&loai=source_down&q=mat mang"))
    assert "Bão số 5" not in narrowed and "Mất mạng" in narrowed
    assert "Không có mục nào khớp" in said(leader.get("/mien-tru/?q=không-có"))
    csv = leader.get("/mien-tru/danh-sach.csv?tt=open").content.decode("utf-8-sig")
    assert "'=Mất mạng" in csv and "Bão số 5" not in csv and "Mã truy nguyên" in csv
    sheet = CalamineWorkbook.from_filelike(BytesIO(leader.get("/mien-tru/danh-sach.xlsx").content)).get_sheet_by_index(
        0
    )
    cells = {cell for row in sheet.to_python() for cell in row}
    assert {"Bão số 5", "=Mất mạng", "45/QĐ-SA"} <= cells


def test_another_agency_finds_none_of_it_and_links_stand_where_they_may_be_used(month: Cast, leader: Client) -> None:
    leader.post("/mien-tru/su-co/ghi/", {**TOLD, "step": "write", "token": "a"})
    series = Incident.objects.get().series
    item = Item.objects.get(key="201").pk
    other = Client()
    other.force_login(month.account("other_leader"))
    assert "Bão số 5" not in said(other.get("/mien-tru/"))
    for address in (f"/mien-tru/su-co/{series}/", f"/mien-tru/su-co/{series}/sua/", f"/mien-tru/mien/ghi/?viec={item}"):
        assert other.get(address).status_code == 404
    head = Client()
    head.force_login(month.account("head"))
    link = f"/mien-tru/mien/ghi/?viec={item}"
    assert link in said(leader.get(f"/cong-viec/{item}/")) and link not in said(head.get(f"/cong-viec/{item}/"))
    with in_order():
        SiteChoice.objects.create(name="heads_see_points", value="live", first="2025-01-01")
    assert link in said(leader.get("/vi-sao/an/")) and link in said(leader.get("/thang/an/"))
    own = Client()
    own.force_login(month.account("official"))
    assert link not in said(own.get("/vi-sao/"))
    found = said(leader.get("/mien-tru/mien/ghi/?q=van ban 201"))
    assert f"?viec={item}" in found
