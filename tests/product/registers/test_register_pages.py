"""The pages of registers: entering in one form, the way of a document by its buttons, what is told, files, exports."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from registers_scene import arrival

from cast import Cast
from congtam.access.models import Account
from congtam.access.seats import seat_of
from congtam.evidence.keeping import LARGEST
from congtam.registers.entering import enter, enter_secret
from congtam.registers.models import STEPS, Document
from congtam.web.pages.journal.sentences import ACTIONS
from congtam.web.pages.registers import words
from congtam.web.receiving import OTHER_FIELDS
from congtam.work.folding import fold_waiting
from congtam.work.models import Event
from signing import authority, changed_after, plain_pdf, signed_pdf

pytestmark = pytest.mark.django_db
Sent = Callable[..., Any]
OFFERED = ("issuer", "dated")


@pytest.fixture
def by(cast: Cast) -> Callable[[str], Client]:
    """A browser of an account."""

    def of(username: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(username=username))
        return client

    return of


@pytest.fixture
def of_today(cast: Cast) -> Callable[..., Document]:
    """A document entered today by the registrar."""

    def make(**told: Any) -> Document:
        today = timezone.localdate()
        clerk = seat_of(cast.account("clerk"), today)
        return enter(clerk, cast.units["so-a"].pk, arrival(arrived_on=today, dated=today, **told))

    return make


def file(body: bytes | None = None, name: str = "tep.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body or plain_pdf(), "application/pdf")


def entering(**told: Any) -> dict[str, Any]:
    today = f"{timezone.localdate():%d/%m/%Y}"
    form = {"issuer": "UBND thành phố", "symbol": "12/UBND", "dated": today, "abstract": "Về báo cáo tháng"}
    return form | {"arrived_on": today, "urgency": "urgent", "leader": "", "kind": "Công văn", "signer": ""} | told


def text(answer: Any) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))


def step(client: Client, document: Document, slug: str, **told: Any) -> Any:
    return client.post(f"/van-ban/{document.pk}/{slug}/", told, follow=True)


def test_a_document_is_entered_and_submitted_in_one_form_and_sent_twice_it_is_one(cast: Cast, by) -> None:
    told = entering(leader=cast.people["giam-doc"].pk, file=file(), token="mot-lan")
    page = by("van-thu").post("/van-ban/vao-so/", told, follow=True)
    assert "Đã vào sổ, số đến 01/" in text(page) and "Đã trình" in text(page)
    again = by("van-thu")
    again.post("/van-ban/vao-so/", entering(symbol="2", token="hai-lan"))
    again.post("/van-ban/vao-so/", entering(symbol="2", token="hai-lan"))
    assert Document.objects.count() == 2


def test_issuers_of_the_register_and_days_just_past_are_offered(by, of_today) -> None:
    for issuer, symbol in (("Bộ Nội vụ", "1"), ("UBND <thành phố>", "2"), ("Bộ Nội vụ", "3")):
        of_today(issuer=issuer, symbol=symbol)
    page = by("van-thu").get("/van-ban/vao-so/").content.decode()
    lists = {name: re.search(rf'<datalist id="id_{name}-goi-y">(.*?)</datalist>', page)[1] for name in OFFERED}
    offered = {name: re.findall(r'value="(.*?)"', one) for name, one in lists.items()}
    assert offered["issuer"] == ["Bộ Nội vụ", "UBND &lt;thành phố&gt;"]
    assert offered["dated"][0] == f"{timezone.localdate():%d/%m/%Y}" and len(offered["dated"]) == 3


def test_what_is_missing_or_wrong_is_said_at_its_field_and_no_number_is_taken(by) -> None:
    client = by("van-thu")
    for told, said in (
        (entering(abstract=""), "Chưa điền"),
        (entering(arrived_on="31/02/2026"), "không phải một ngày có thật"),
        (entering(arrived_on="01/01/2100"), "Ngày đến sau hôm nay"),
        (entering(file=file(b"MZ", "x.pdf.exe")), "“.exe”"),
        (entering(file=file(changed_after(signed_pdf(authority())))), "sửa sau khi ký"),
    ):
        answer = client.post("/van-ban/vao-so/", told)
        assert answer.status_code == 422 and said in text(answer), said
    assert not Document.objects.exists()


def test_a_document_goes_by_its_buttons_from_the_registrar_to_the_one_who_does_it(
    cast: Cast, by, of_today, django_capture_on_commit_callbacks
) -> None:
    made = of_today(urgency="urgent")
    assert "Đã trình." in text(step(by("van-thu"), made, "trinh", leader=cast.people["giam-doc"].pk))
    leader = by("giam-doc")
    assert "Về việc báo cáo" in text(leader.get("/van-ban/cua-toi/"))
    page = leader.get(f"/van-ban/{made.pk}/giao/")
    due = page.context["steps"][0][1].initial["due"]
    told = {"lead": cast.people["truong-mot"].pk, "support": [cast.people["chi"].pk], "text": "Làm ngay", "due": due}
    with django_capture_on_commit_callbacks(execute=True):
        page = step(leader, made, "giao", **told)
    assert "Đã giao việc." in text(page)
    fold_waiting(500, timezone.now())
    page = text(by("truong-mot").get(f"/van-ban/{made.pk}/"))
    assert "Làm ngay" in page and "mở công việc này" in page and "Soạn văn bản trả lời" in page
    assert by("an").get(f"/van-ban/{made.pk}/").status_code == 404


def test_a_correction_begins_with_what_stands(cast: Cast, by, of_today) -> None:
    made = of_today()
    clerk = by("van-thu")
    form = dict(clerk.get(f"/van-ban/{made.pk}/sua/").context["steps"])
    shown = next(one for step, one in form.items() if step.slug == "sua").initial
    assert shown["abstract"] == made.abstract
    told = entering(symbol=made.symbol, abstract="Đã sửa lại cho đúng")
    page = text(step(clerk, made, "sua", **told))
    assert "Đã sửa lại cho đúng" in page and "trước đó ghi" in page and "Về việc báo cáo chuyển đổi số" in page


def test_a_step_that_is_not_ours_is_refused_with_its_reason_and_writes_nothing(cast: Cast, by, of_today) -> None:
    made = of_today()
    step(by("van-thu"), made, "trinh", leader=cast.people["giam-doc"].pk)
    due = f"{timezone.localdate():%d/%m/%Y}"
    answer = step(by("van-thu"), made, "giao", lead="", due=due)
    assert answer.status_code == 422 and not Event.objects.exists()
    answer = step(by("giam-doc"), made, "trinh", leader=cast.people["giam-doc"].pk)
    assert answer.status_code == 422 and "Chỉ văn thư" in text(answer)
    assert by("giam-doc").post(f"/van-ban/{made.pk}/khong-co/").status_code == 404
    assert by("em").post(f"/van-ban/{made.pk}/huy/", {"text": "x"}).status_code == 404
    assert by("kiem-tra").post(f"/van-ban/{made.pk}/huy/", {"text": "x"}).status_code == 422


def test_a_draft_goes_by_its_buttons_to_its_number(cast: Cast, by) -> None:
    an, head, clerk = by("an"), by("truong-mot"), by("van-thu")
    told = {"abstract": "Báo cáo tháng 11", "symbol": "BC-SA", "file": file(), "urgency": "ordinary", "answers": ""}
    page = an.post("/van-ban/du-thao/", told, follow=True)
    made = Document.objects.get()
    assert "Đã lập dự thảo" in text(page) and "…/BC-SA" in text(page)
    step(an, made, "xin-gop-y", reviewers=[cast.people["truong-mot"].pk])
    assert "Báo cáo tháng 11" in text(head.get("/van-ban/cua-toi/"))
    page = step(head, made, "gop-y", verdict="returned", text="")
    assert "ghi rõ phải sửa gì" in text(page)
    step(head, made, "gop-y", verdict="returned", text="Thêm số liệu")
    page = step(an, made, "ban-moi", file=file(plain_pdf("bản 2")), text="Đã thêm")
    assert "Thêm số liệu" in text(page) and "Dự thảo, bản 2" in text(page)
    step(an, made, "xin-gop-y", reviewers=[cast.people["truong-mot"].pk])
    step(head, made, "gop-y", verdict="approved")
    page = step(an, made, "ky", file=file(signed_pdf(authority("Gốc lạ")), "ky.pdf"))
    assert page.status_code == 422 and "không thuộc gốc nào" in text(page) and "không hỏi qua mạng" in text(page)
    page = step(an, made, "ky", file=file(signed_pdf(authority()), "ky.pdf"))
    for said in ("Chữ ký hợp lệ", "Trần Văn Đức", "Gốc thử", "không có gì thêm sau khi ký", "không hỏi qua mạng"):
        assert said in text(page), said
    page = step(clerk, made, "ban-hanh", text="UBND thành phố")
    assert "Số đi 01/" in text(page) and "01/BC-SA" in text(page)
    page = step(clerk, made, "da-gui", text="Trục liên thông")
    assert "Trục liên thông" in text(page) and "trong ngày ký hoặc ngày làm việc tiếp theo" in text(page)


def test_the_register_is_filtered_and_what_is_secret_says_nothing(cast: Cast, by, of_today) -> None:
    of_today(abstract="Đề án đô thị thông minh", symbol="1/A")
    of_today(abstract="Mời họp", symbol="2/A", urgency="express")
    seat = seat_of(cast.account("clerk"), timezone.localdate())
    hidden = enter_secret(seat, cast.units["so-a"].pk, "in", "secret", timezone.localdate())
    leader = by("giam-doc")
    page = text(leader.get("/van-ban/"))
    assert "3 văn bản" in page and "(văn bản mật)" in page and "1 văn bản mật (chỉ đếm số)" in page
    page = text(leader.get("/van-ban/", {"q": "do thi"}))
    assert "đô thị" in page and "Mời họp" not in page and "Đang lọc" in page
    for wrong in ({"tt": "x"}, {"nam": "abc"}, {"tu": "32/13/2026"}, {"so": "len"}, {"trang": "-1"}, {"q": "\x00"}):
        assert leader.get("/van-ban/", wrong).status_code == 200
    assert "Văn bản mật" in text(leader.get(f"/van-ban/{hidden.pk}/"))
    assert "Sổ chưa có văn bản nào" in text(by("giam-doc-b").get("/van-ban/"))


def test_a_long_register_costs_no_more_queries_than_a_short_one(of_today, by) -> None:
    leader, counts = by("giam-doc"), []
    for rows in (1, 20):
        for number in range(rows):
            of_today(symbol=f"{rows}-{number}/A")
        leader.get("/van-ban/")
        with CaptureQueriesContext(connection) as asked:
            assert leader.get("/van-ban/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14


def test_a_register_leaves_as_csv_and_xlsx_with_its_imprint(cast: Cast, by, of_today) -> None:
    of_today(abstract="=Đề án", symbol="1/A")
    leader = by("giam-doc")
    answer = leader.get("/van-ban/danh-sach.csv", {"q": "de an"})
    body = b"".join(answer).decode()
    assert body.startswith("\ufeffNội dung;Sổ văn bản đến") and "'=Đề án" in body and "Mã truy nguyên" in body
    code = re.search(r"Mã truy nguyên;(\d+)", body)
    assert code and leader.get(f"/xuat/{code[1]}/").status_code in (200, 404)
    answer = leader.get("/van-ban/danh-sach.xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert any(row[0] == "Số đến" for row in rows) and any("=Đề án" in row for row in rows)


def test_a_file_leaves_as_an_attachment_for_those_who_see_the_document(by, of_today, cast: Cast) -> None:
    clerk = by("van-thu")
    clerk.post("/van-ban/vao-so/", entering(file=file(name="Công văn số 12.pdf")))
    paper = Document.objects.get().papers.get()
    answer = clerk.get(f"/van-ban/tep/{paper.pk}/")
    assert b"".join(answer) == plain_pdf()
    assert answer["Content-Disposition"].startswith("attachment; ") and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    for who in ("an", "truong-mot", "em", "giam-doc-b", "quan-tri"):
        assert by(who).get(f"/van-ban/tep/{paper.pk}/").status_code == 404


def test_two_gigabytes_are_refused_before_a_byte_is_read(by) -> None:
    class Unread:
        def read(self, *_: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    for where, size in (("van-ban/vao-so", 2 * 1024**3), ("minh-chung/1", LARGEST + OTHER_FIELDS + 1)):
        told = {"CONTENT_LENGTH": str(size), "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": Unread()}
        client = Client(enforce_csrf_checks=True)
        client.force_login(Account.objects.get(username="van-thu"))
        answer = client.request(REQUEST_METHOD="POST", PATH_INFO=f"/{where}/", **told)
        assert answer.status_code == 409 and "lớn hơn 50 MB" in text(answer)


def test_a_form_with_a_file_still_needs_its_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.account("clerk"))
    assert client.post("/van-ban/vao-so/", entering()).status_code == 403
    assert not Document.objects.exists()


def test_every_state_and_step_has_words_and_every_step_stands_in_the_journal() -> None:
    assert set(STEPS) == set(words.STEPS)
    assert {f"registers.{step}" for step in STEPS} <= set(ACTIONS)
    assert set(words.STATES) == set(words.BADGES)
