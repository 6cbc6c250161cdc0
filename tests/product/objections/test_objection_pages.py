"""Phiếu and Xem xét lại in the browser's terms: lines spoken to, a request sent and answered, who may see what."""

import html
import re
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cast import Cast
from congtam.cycles.models import Cycle
from congtam.exemptions.models import Exemption
from congtam.objections.models import Answer, Request, Saying, Slip
from congtam.objections.slips import show_again
from month_scene import PERIOD, mark
from objection_scene import fault, item, july, slip

pytestmark = pytest.mark.django_db
NOW = july(10)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def open_as(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Any:
    def opened(code: str, now: datetime = NOW) -> Client:
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        client = Client()
        client.force_login(cast.accounts[code])
        return client

    return opened


def said(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return " ".join(answer.content.decode().split())


def test_one_s_slip_is_read_and_spoken_to_line_by_line(cast: Cast, cycle: Cycle, open_as: Any) -> None:
    an = open_as("an")
    waits = "Cho ý kiến về phiếu dự thảo tháng 6 năm 2030"
    assert waits in said(an.get("/hom-nay/"))
    page = said(an.get("/phieu/"))
    assert "26,00 / 30,00 điểm" in page and "Hạn cho ý kiến" in page and "Trả lời văn bản 201" in page
    seq = slip(cycle, cast, "an").seq
    empty = {"phieu": seq, "noi-general": "remark", "loi-general": " ", "token": "a"}
    assert "Có ý kiến thì phải ghi ý kiến" in said(an.post(f"/phieu/?ky={PERIOD}", empty), 422)
    assert "Chưa chọn dòng nào" in said(an.post(f"/phieu/?ky={PERIOD}", {"phieu": seq}), 422)
    remark = {**empty, "loi-general": "Tôi có hai sáng kiến"}
    assert an.post(f"/phieu/?ky={PERIOD}", remark).status_code == 302
    assert an.post(f"/phieu/?ky={PERIOD}", {"phieu": seq, "tat-ca": "1"}).status_code == 302
    assert waits not in said(an.get("/hom-nay/"))
    assert {(one.line, one.said) for one in Saying.objects.all()} == {
        ("general", "remark"),
        ("results", "agree"),
        ("grade", "agree"),
    }
    mark(cast, "an", 27, PERIOD)
    show_again(cycle, july(10, 10))
    again = said(an.get("/phieu/", headers={"accept-language": "vi"}))
    assert "Khác gì phiếu trước" in again and "26,00 / 30,00" in again and "1 điểm chấm được ghi hoặc sửa" in again
    assert "Một người khác" in said(an.post(f"/phieu/?ky={PERIOD}", {"phieu": seq, "tat-ca": "1"}), 422)


def test_a_slip_is_closed_to_the_leader_for_two_days_and_open_to_the_rater(
    cast: Cast, cycle: Cycle, open_as: Any
) -> None:
    early = said(open_as("giam-doc").get("/phieu/an/"))
    assert "Bạn xem được từ 17:00 11/07/2030" in early and "26,00 / 30,00" not in early
    assert "26,00 / 30,00" in said(open_as("truong-mot").get("/phieu/an/"))
    assert "26,00 / 30,00" in said(open_as("giam-doc", july(12)).get("/phieu/an/"))
    assert open_as("binh").get("/phieu/an/").status_code == 403
    everyone = said(open_as("nhan-su").get("/phieu/danh-sach/"))
    assert "14 phiếu" in everyone and "Nguyễn Thị An" in everyone
    assert "Phiếu dự thảo của bạn" in said(open_as("an", july(12)).get("/ai-da-xem/"))


def test_a_request_is_sent_with_a_file_and_answered_for_everybody_touched(
    cast: Cast, cycle: Cycle, open_as: Any
) -> None:
    an = open_as("an")
    address = f"/xem-xet-lai/gui/?ky={PERIOD}&dong=results"
    about = f"loi:{item('201')}|{fault('201')}"
    form = said(an.get(f"{address}&ve=viec:{item('201')}"))
    assert about in form and "Cấp trên của người đã cho dòng này" in form
    told = {"about": about, "reason": "Nguồn ghi nhầm", "work": item("201"), "token": "r"}
    assert "Chưa điền" in said(an.post(address, {**told, "reason": ""}), 422)
    assert an.post(address, {**told, "about": f"viec:{item('202')}"}).status_code == 422
    assert an.get(f"/xem-xet-lai/gui/?ky={PERIOD}&dong=khong-co").status_code == 404
    sent = an.post(address, {**told, "file": SimpleUploadedFile("bien-ban.pdf", PDF)})
    request = Request.objects.get()
    assert sent["Location"] == f"/xem-xet-lai/{request.seq}/" and request.file_name == "bien-ban.pdf"
    one = said(an.get(sent["Location"]))
    assert "Trần Văn Đức" in one and "hạn 17:00 12/07/2030" in one and "Nguồn ghi nhầm" in one
    assert b"".join(an.get(f"{sent['Location']}tep/").streaming_content) == PDF
    for other in ("binh", "truong-hai", "em"):
        assert open_as(other).get(sent["Location"]).status_code == 404
    assert open_as("truong-mot").get(f"{sent['Location']}tra-loi/").status_code == 404  # gave the line

    leader = open_as("giam-doc")
    assert "Cần bạn trả lời (1)" in said(leader.get("/xem-xet-lai/"))
    assert "Trả lời 1 đề nghị xem xét lại" in said(leader.get("/hom-nay/"))
    reply = f"{sent['Location']}tra-loi/"
    assert "Hoàng Bình" in said(leader.get(reply)) and "checked" in said(leader.get(reply))
    upheld = {"outcome": "upheld", "reason": "Nguồn xác nhận", "step": "review"}
    assert "Chưa điền" in said(leader.post(reply, upheld), 422)
    faults = {fault("201"), fault("202")}
    keys = [key for key in _keys(said(leader.get(reply))) if key.split("|")[2] in faults]
    right = {**upheld, "decision": "77/KL-SA", "decided_on": "10/07/2030", "chosen": keys}
    review = said(leader.post(reply, right))
    assert "Không tính: Chất lượng" in review and not Answer.objects.exists() and not Exemption.objects.exists()
    done = leader.post(reply, {**right, "step": "write", "token": "w"})
    assert done["Location"] == sent["Location"] and Exemption.objects.get().lines.count() == 2
    again = leader.post(reply, {**right, "step": "write", "token": "again"}, follow=True)
    assert "đã được Trần Văn Đức trả lời" in said(again) and Answer.objects.count() == 1
    shown = said(leader.get(sent["Location"]))
    assert "1 người khác" in shown and "Hoàng Bình" in shown
    assert "Hoàng Bình" not in said(open_as("an").get(sent["Location"]))
    assert "chưa đủ" in said(open_as("nhan-su").get("/xem-xet-lai/thong-ke/"))


def test_a_mark_is_given_anew_on_the_page_and_english_is_complete(cast: Cast, cycle: Cycle, open_as: Any) -> None:
    an = open_as("an")
    an.cookies["lang"] = "en"
    assert "Ask for a review of this line" in said(an.get("/phieu/"))
    about = {"about": "dong", "reason": "Two initiatives", "token": "m"}
    sent = an.post(f"/xem-xet-lai/gui/?ky={PERIOD}&dong=general", about)
    leader = open_as("giam-doc")
    reply = f"{sent['Location']}tra-loi/"
    partly = {"outcome": "partly", "reason": "Một sáng kiến", "points": "27,5", "step": "write", "token": "p"}
    assert "vượt mức tối đa" in said(leader.post(reply, {**partly, "points": "31"}), 422)
    assert leader.post(reply, partly).status_code == 302
    assert Answer.objects.get().corrected == "mark"
    show_again(cycle, july(10, 11))
    page = said(open_as("an").get("/phieu/"))
    assert "27,50 / 30,00 điểm" in page and "Đề nghị xem xét lại của bạn được chấp nhận" in page
    assert Slip.objects.filter(turn=2).count() == 1


def _keys(page: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'name="chosen" value="([^"]+)"', page)]
