"""Whether a file that comes back is ours: by code and by bytes, on the public page; and what it never tells."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from cast import Cast
from congtam.access.seats import Seat
from congtam.documents.codes import address_of, new_code, typed
from congtam.documents.keeping import file_of, keep_paper, latest, papers_of
from congtam.documents.models import KeptPaper
from congtam.documents.render import pdf
from congtam.documents.signing import sign_paper
from congtam.documents.verifying import examine, told_by
from congtam.evidence.models import Stored
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.web.pages.verification import views
from kept_papers import KEY, LEADER, NOW, enter, keep_decision
from paper_samples import SLIP
from signing import authority, changed_after, plain_pdf, signed_pdf

pytestmark = pytest.mark.django_db
WHERE = "/kiem-chung/"


@pytest.fixture
def signed(kept: KeptPaper, seat: Callable[[str], Seat], cast: Cast) -> KeptPaper:
    """The decision, signed by the leader."""
    enter(seat, cast, LEADER, "giam-doc")
    return sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW)


def content(paper: KeptPaper) -> bytes:
    return file_of(paper).read_bytes()


def added_to(pdf: bytes) -> bytes:
    """The file with an update that touches nothing, as a reader may write one."""
    writer, out = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    writer.update_root()
    writer.write(out)
    return out.getvalue()


def dropped(pdf: bytes, lang: str = "vi") -> tuple[int, str]:
    client = Client()
    client.cookies["lang"] = lang
    answer = client.post(WHERE, {"tep": SimpleUploadedFile("van-ban.pdf", pdf)})
    return answer.status_code, answer.content.decode()


def test_a_file_as_we_kept_it_is_the_same(signed: KeptPaper) -> None:
    found = examine(content(signed), NOW)
    assert (found.state, found.kept) == ("same", signed)
    assert found.checked.signatures[0].bottom_line


def test_a_version_before_the_signature_is_ours_and_told_as_unsigned(kept: KeptPaper, signed: KeptPaper) -> None:
    found = examine(content(kept), NOW)
    assert (found.state, found.kept, found.checked.problem) == ("same", kept, "none")
    status, page = dropped(content(kept))
    assert status == 200 and "Đã có bản mới hơn" in page and "chưa ký số" in page


def test_only_signatures_added_after_ours_leave_it_unchanged(signed: KeptPaper) -> None:
    more = signed_pdf(authority("Gốc lạ", "Người nhận"), content(signed), field="NguoiNhan")
    found = examine(more, NOW)
    assert (found.state, found.kept, found.checked.problem) == ("added", signed, "foreign")
    assert found.checked.signatures[0].bottom_line and found.unchanged


def test_changed_after_it_was_signed_is_told_though_the_signed_bytes_are_intact(signed: KeptPaper) -> None:
    found = examine(changed_after(content(signed)), NOW)
    [facts] = found.checked.signatures
    assert (found.state, found.kept, facts.intact, facts.bottom_line) == ("changed", signed, True, False)
    status, page = dropped(changed_after(content(signed)))
    assert status == 200 and "Đã bị sửa" in page and "KHÔNG giống bản lưu" in page and signed.code in page


def test_one_byte_changed_anywhere_is_never_ours_unchanged(signed: KeptPaper) -> None:
    whole = content(signed)
    for part in range(1, 8):
        at = len(whole) * part // 8
        other = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        assert not examine(other, NOW).unchanged, at


def test_an_unsigned_one_with_anything_added_was_changed(kept: KeptPaper) -> None:
    assert examine(changed_after(content(kept)), NOW).state == "changed"
    assert examine(added_to(content(kept)), NOW).state == "changed"
    forged = signed_pdf(authority(), changed_after(content(kept)), field="KeGian")
    assert examine(forged, NOW).state == "changed", "a good signature over changed content makes it no paper of ours"


def test_another_paper_that_carries_our_code_is_told_as_changed(cast: Cast, kept: KeptPaper) -> None:
    other = pdf(replace(SLIP, header=replace(SLIP.header, code=kept.code)))
    found = examine(other, NOW)
    assert (found.state, found.kept) == ("changed", kept)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (plain_pdf(), "Không phải văn bản do hệ thống này lập"),
        (signed_pdf(authority()), "Không phải văn bản do hệ thống này lập"),
        (b"%PDF-1.7\nrubbish", "Tệp không phải PDF đọc được"),
        (b"%%EOF" * 500, "Tệp không phải PDF đọc được"),
        (bytes(5000), "Tệp không phải PDF đọc được"),
    ],
    ids=["foreign", "foreign and signed", "broken", "many ends", "noughts"],
)
def test_what_is_not_ours_is_told_so_plainly(file: bytes, said: str, kept: KeptPaper) -> None:
    status, page = dropped(file)
    assert status == 200 and said in page
    assert "Bản lưu của cơ quan" not in page
    assert not Stored.objects.exclude(digest=kept.file_id).exists(), "nothing of what is dropped is kept"


def test_a_code_tells_the_kind_the_agency_and_who_signed(signed: KeptPaper) -> None:
    answer = Client().get(WHERE, {"ma": signed.code.lower().replace("-", " ")})
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "Quyết định công nhận kết quả",
        "Sở A",
        "tháng 10 năm 2026",
        "05/QĐ-SKHCN",
        "Trần Văn Đức",
        signed.file_id,
    ):
        assert words in page, words
    for words in ("Nguyễn Thị An", "93,25", "Hoàng Bình"):
        assert words not in page, words
    client = Client()
    client.cookies["lang"] = "en"
    assert "Decision on results" in client.get(WHERE, {"ma": signed.code}).content.decode()


def test_nothing_tells_whom_a_slip_is_about(cast: Cast) -> None:
    code = new_code()
    paper = replace(SLIP, header=replace(SLIP.header, code=code, address=address_of(code)))
    made, an = pdf(paper), cast.people["an"].pk
    slip = keep_paper(SYSTEM, paper, made, "pdf", agency=cast.units["so-a"].pk, period="2026-10", person=an, now=NOW)
    for page in (Client().get(WHERE, {"ma": code}).content.decode(), dropped(made)[1]):
        assert "Phiếu đánh giá của một người" in page and slip.file_id in page
        assert "Nguyễn Thị An" not in page and "CB018" not in page and "88,00" not in page


@pytest.mark.parametrize("code", ["", "ABC", "7KQ2-M8TX-04GZ", "<script>", "'; DROP TABLE", "\x00" * 12, "é" * 12])
def test_an_unknown_code_is_told_so(code: str, kept: KeptPaper) -> None:
    answer = Client().get(WHERE, {"ma": code})
    assert answer.status_code in (200, 422)
    assert "<script>alert" not in answer.content.decode() and "Văn bản mang mã này" not in answer.content.decode()


def test_codes_are_read_however_they_are_typed() -> None:
    code = new_code()
    assert typed(code.lower().replace("-", "")) == typed(f" {code} ") == code
    assert typed("ooil-0000-0000") == "0011-0000-0000"
    assert typed("") == typed("U" * 12) == typed(code + "0") == ""
    assert len({new_code() for _ in range(200)}) == 200


def test_the_address_on_a_paper_leads_to_its_page(signed: KeptPaper) -> None:
    address = address_of(signed.code)
    assert address == f"https://congtam.example.vn/kiem-chung/?ma={signed.code}"
    assert Client().get(address.removeprefix("https://congtam.example.vn")).status_code == 200
    assert told_by(signed.code) == latest(signed.code) == signed


def test_a_file_that_is_too_large_is_answered_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LARGEST", 1000)
    monkeypatch.setattr(views, "OTHER_FIELDS", 0)
    monkeypatch.setattr(views, "examine", None)
    status, page = dropped(b"%PDF-1.7" + bytes(5000))
    assert status == 413 and "Tệp lớn quá" in page


def test_nothing_chosen_is_told(db: None) -> None:
    answer = Client().post(WHERE, {})
    assert answer.status_code == 422 and "Chưa chọn tệp" in answer.content.decode()


def test_who_asks_too_often_is_told_when_to_ask_again(kept: KeptPaper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "OF_AN_ADDRESS", 2)
    client = Client()
    answers = [client.get(WHERE, {"ma": kept.code}) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0 and "05/QĐ-SKHCN" not in answers[-1].content.decode()
    assert client.get(WHERE).status_code == 200, "the empty form counts for nothing"


def test_a_file_changed_on_the_disk_is_no_longer_handed_out_nor_signed(
    kept: KeptPaper, seat: Callable[[str], Seat], cast: Cast
) -> None:
    path: Path = file_of(kept)
    path.write_bytes(content(kept)[:-1])
    with pytest.raises(Refused, match="gone or changed"):
        file_of(kept)
    enter(seat, cast, LEADER, "giam-doc")
    with pytest.raises(Refused, match="gone or changed"):
        sign_paper(seat("giam-doc"), kept.code, KEY, now=NOW)


def test_what_was_kept_is_never_rewritten(kept: KeptPaper) -> None:
    for change in (lambda: KeptPaper.objects.update(seal=8), lambda: KeptPaper.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_who_keeps_the_personnel_enters_certificates_on_a_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account("personnel"))
    page = client.get("/kiem-chung/chung-thu/").content.decode()
    assert "chưa ghi nhận chứng thư nào" in page and "Trần Văn Đức (Giám đốc)" in page and "Mai Văn Em" not in page
    file = SimpleUploadedFile("duc.cer", LEADER.signer.signing_cert.dump())
    sent = {"whose": f"person {cast.people['giam-doc'].pk}", "file": file, "token": "t1"}
    answer = client.post("/kiem-chung/chung-thu/", sent, follow=True)
    assert "Đã ghi nhận chứng thư" in answer.content.decode() and "Gốc thử" in answer.content.decode()
    again = {**sent, "file": SimpleUploadedFile("duc.cer", LEADER.signer.signing_cert.dump()), "token": "t2"}
    answer = client.post("/kiem-chung/chung-thu/", again)
    assert answer.status_code == 422 and "đã được ghi nhận" in answer.content.decode()
    [row] = answer.context["agencies"][0][1]
    gone = client.post(f"/kiem-chung/chung-thu/{row.seq}/go/", follow=True).content.decode()
    assert "Đã gỡ chứng thư" in gone and "chưa ghi nhận chứng thư nào" in gone


def test_the_papers_of_a_period_are_found_in_their_last_version(cast: Cast, signed: KeptPaper) -> None:
    other = keep_decision(cast, NOW + timedelta(days=1))
    assert list(papers_of(signed.agency_id, "2026-10", seal=7)) == [signed, other]
    assert list(papers_of(signed.agency_id, "2026-10", seal=8)) == list(papers_of(signed.agency_id, "2026-11")) == []
    assert list(papers_of(cast.units["so-b"].pk, "2026-10")) == []
