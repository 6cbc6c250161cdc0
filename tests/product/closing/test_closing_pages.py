"""The pages of a period: who sees what, what blocks, the seal, its papers, the results everyone sees."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from pytest_django import Settings
from python_calamine import CalamineWorkbook

import signing
from cast import Cast, build
from closing_scene import NOW, to_seal
from congtam.closing.queries import letterhead_of
from congtam.closing.sealing import close
from congtam.closing.signing import sign as sign_paper
from congtam.cycles.models import Cycle, Reminder, Step
from congtam.cycles.moving import reopen
from congtam.documents.certificates import register_certificate
from congtam.documents.keys import Pkcs12
from congtam.documents.models import KeptPaper
from congtam.evidence.models import ErasedFile
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.objections.models import Slip
from congtam.ratings.actions import rate, take_back
from congtam.ratings.models import Rating
from congtam.scores.models import Seal
from cycle_scene import seat
from month_scene import PERIOD

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(django_db_setup: Any, django_db_blocker: Any) -> Iterator[tuple[Cast, Cycle]]:
    """The month ready to be sealed, made once; each test takes back what it did."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        cast = build()
        yield cast, to_seal(cast)
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def cast(scene: tuple[Cast, Cycle]) -> Cast:
    return scene[0]


@pytest.fixture
def cycle(scene: tuple[Cast, Cycle], monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Cycle:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    settings.TRUST = signing.authority().trusted_in(tmp_path / "trust")
    return scene[1]


def client_of(cast: Cast, code: str) -> Client:
    client = Client()
    client.force_login(cast.accounts[code])
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def unmark(cast: Cast, cycle: Cycle, code: str = "an") -> None:
    """Back to the rating step, with one mark missing."""
    reopen(seat(cast, now=NOW), cycle, "rating", "Chưa chấm một người", now=NOW)
    take_back(SYSTEM, Rating.standing().get(person=cast.people[code], criterion="general", period=PERIOD))


def test_the_list_and_the_cockpit_say_how_the_period_stands(cast: Cast, cycle: Cycle) -> None:
    client = client_of(cast, "nhan-su")
    assert "14/14 người đủ điều kiện; không còn việc chặn." in page(client, "/chot-thang/")
    assert "Kỳ tháng 6 năm 2030 đang ở bước “Chốt" in page(client, "/hom-nay/")
    assert "Chốt tháng 6 năm 2030" in page(client_of(cast, "giam-doc"), "/hom-nay/")
    told = page(client, f"/chot-thang/{cycle.pk}/")
    assert "Chỉ người đứng đầu cơ quan chốt kết quả." in told
    assert 'aria-describedby="vi-sao-chua"' in told
    picture = client.get(f"/chot-thang/{cycle.pk}/phan-bo.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert "Giới hạn của năm, để tham khảo:" in picture.content.decode()
    english = Client()
    english.force_login(cast.accounts["kiem-tra"])
    english.cookies["lang"] = "en"
    assert "14 of 14 people ready; nothing blocks." in page(english, f"/chot-thang/{cycle.pk}/")


def test_another_agency_sees_nothing(cast: Cast, cycle: Cycle) -> None:
    client = client_of(cast, "giam-doc-b")
    assert f"/chot-thang/{cycle.pk}/" not in page(client, "/chot-thang/")
    for address in ("", "phan-bo.svg", "ket-qua.xlsx", "chot/"):
        page(client, f"/chot-thang/{cycle.pk}/{address}", 404)


def test_a_block_stands_with_whose_it_is_and_somebody_is_reminded_once(cast: Cast, cycle: Cycle) -> None:
    unmark(cast, cycle)
    client = client_of(cast, "nhan-su")
    told = page(client, f"/chot-thang/{cycle.pk}/")
    assert "13/14 người đủ điều kiện; 1 việc chặn, của 1 người." in told
    assert "Chưa chấm: Tiêu chí chung" in told
    assert "Nguyễn Văn Bảo" in told
    about = f"rating:{cast.people['an'].pk}:{cast.people['truong-mot'].pk}"
    answer = client.post(f"/chot-thang/{cycle.pk}/nhac/", {"viec": about, "token": "a"}, follow=True)
    assert "Đã nhắc Nguyễn Văn Bảo" in answer.content.decode()
    assert Reminder.objects.filter(to=cast.people["truong-mot"], about=about).count() == 1
    again = client.post(f"/chot-thang/{cycle.pk}/nhac/", {"viec": about, "token": "b"}, follow=True)
    assert "Mỗi ngày chỉ nhắc một lần" in again.content.decode()
    head = page(client_of(cast, "giam-doc"), f"/chot-thang/{cycle.pk}/")
    assert "Kỳ còn ở bước “Chấm điểm”." in head
    assert f'href="/chot-thang/{cycle.pk}/chot/"' not in head


def test_a_step_is_ended_paused_and_opened_again_with_a_reason(cast: Cast, cycle: Cycle) -> None:
    client = client_of(cast, "nhan-su")
    where = f"/chot-thang/{cycle.pk}/"
    for address, told, said in (
        ("mo-lai/", {"which": "objections", "why": "Có đề nghị mới"}, "Đã mở lại."),
        ("tam-dung/", {"why": "Mất điện"}, "Đã tạm dừng"),
        ("tiep-tuc/", {}, "Kỳ được tiếp tục"),
        ("xong-buoc/", {}, "Đã xong bước “Xem xét lại”."),
    ):
        answer = client.post(where + address, {**told, "step": "write", "token": address}, follow=True)
        assert said in answer.content.decode(), address
    assert Step.objects.filter(cycle=cycle, state="paused").exists()


def test_the_leader_seals_and_everyone_sees_grades_and_no_points(cast: Cast, cycle: Cycle) -> None:
    leader = client_of(cast, "giam-doc")
    official = client_of(cast, "an")
    assert "Chưa có kết quả nào được công bố" in page(official, "/ket-qua/")
    assert "14/14 người đủ điều kiện" in page(leader, f"/chot-thang/{cycle.pk}/chot/")
    answer = leader.post(f"/chot-thang/{cycle.pk}/chot/", {"step": "write", "token": "s"}, follow=True)
    assert "Đã chốt kết quả của kỳ." in answer.content.decode()
    seal = Seal.objects.get()
    told = page(official, "/ket-qua/")
    assert "Hoàng Bình" in told
    assert "Bạn được xếp" in told
    for score in seal.scores.all():
        assert f"{score.points / 1_000_000:.2f}".replace(".", ",") not in told
    assert "Bùi Thanh Tùng" not in told  # of another agency
    assert "Chưa có kết quả nào" in page(client_of(cast, "em"), "/ket-qua/")
    assert "bản chốt" in page(leader, f"/chot-thang/{cycle.pk}/").lower()
    file = leader.get(f"/chot-thang/{cycle.pk}/ban-chot/{seal.pk}/")
    assert file.status_code == 200
    assert len(file.content) > 1000


def test_the_workbook_says_what_holds_each_up_then_the_results(cast: Cast, cycle: Cycle) -> None:
    client = client_of(cast, "nhan-su")
    unmark(cast, cycle)
    rows = _rows(client.get(f"/chot-thang/{cycle.pk}/ket-qua.xlsx").content)
    assert any(row[0] == "Nguyễn Thị An" and "Chưa chấm" in str(row[5]) for row in rows)


def test_the_papers_of_a_sealed_period_are_made_kept_and_taken_out(cast: Cast, cycle: Cycle) -> None:
    close(seat(cast, "giam-doc", NOW), cycle, NOW)
    client = client_of(cast, "nhan-su")
    an = cast.people["an"]
    made = {"number": "12/QĐ-SA", "day": "18/07/2030", "place": "Huế", "above": "UBND thành phố", "step": "write"}
    where = f"/chot-thang/{cycle.pk}/van-ban/lap/"
    for what in ("decision", f"unit_results {cast.units['phong-mot'].pk}", f"slip {an.pk}"):
        answer = client.post(where, {**made, "what": what, "token": what}, follow=True)
        assert "Đã lập văn bản, mã" in answer.content.decode(), answer.content.decode()[:3000]
    papers = KeptPaper.objects.filter(form="pdf")
    assert {one.kind for one in papers} == {"decision", "unit_results", "slip"}
    assert (letterhead_of(cycle.agency_id).above, letterhead_of(cycle.agency_id).place) == ("UBND thành phố", "Huế")
    own = papers.get(kind="slip")
    decision = papers.get(kind="decision")
    assert taken_out(client_of(cast, "an"), f"/chot-thang/{cycle.pk}/van-ban/{own.code}/pdf")[:5] == b"%PDF-"
    assert client_of(cast, "an").get(f"/chot-thang/{cycle.pk}/van-ban/{decision.code}/pdf").status_code == 404
    assert client_of(cast, "binh").get(f"/chot-thang/{cycle.pk}/van-ban/{own.code}/pdf").status_code == 404
    assert taken_out(client, f"/chot-thang/{cycle.pk}/van-ban/{decision.code}/docx")[:2] == b"PK"
    assert "Ký số" in page(client_of(cast, "giam-doc"), f"/chot-thang/{cycle.pk}/")
    assert "Ký số" not in page(client, f"/chot-thang/{cycle.pk}/")
    assert "Ký 3 văn bản tháng 6 năm 2030" in page(client_of(cast, "giam-doc"), "/hom-nay/")
    sign(cast, cycle, decision.code)
    signed_for_the_agency(cast, cycle, decision.code)
    signed_no_more(cast, cycle, own, decision)


def signed_for_the_agency(cast: Cast, cycle: Cycle, code: str) -> None:
    """The registrar finds from the page of the day where to sign for the agency, and may open it."""
    registrar = client_of(cast, "van-thu")
    assert "Ký 1 văn bản thay mặt cơ quan, tháng 6 năm 2030" in page(registrar, "/hom-nay/")
    where = f"/ket-qua/?ky={cycle.period}"
    assert f'href="{where}"' in page(registrar, "/hom-nay/")
    assert f'href="/chot-thang/{cycle.pk}/van-ban/{code}/ky/"' in page(registrar, where)


def signed_no_more(cast: Cast, cycle: Cycle, own: KeptPaper, decision: KeptPaper) -> None:
    """What was erased unsigned, and what tells of results that were sealed again, is asked of nobody and not signed."""
    leader = client_of(cast, "giam-doc")
    where = f"/chot-thang/{cycle.pk}/van-ban/{own.code}/ky/"
    page(leader, where)
    ErasedFile.objects.create(file=own.file, number="7/QĐ-SA", at=NOW)
    assert "Ký 1 văn bản tháng 6 năm 2030" in page(leader, "/hom-nay/")
    page(leader, where, 404)
    ErasedFile.objects.all().delete()
    KeptPaper.objects.create(
        **{name: getattr(own, name) for name in ("form", "version", "period", "seal", "agency", "file", "at")},
        kind="minutes", code="AAAA-BBBB-CCCC",
    )  # fmt: skip
    again, before = Seal.objects.get(), Seal.objects.get()  # as `supersede` does, without computing the month again
    again.pk, again.number, again.head, again.previous, again.supersedes = None, 2, "0" * 64, before, before
    again.save(force_insert=True)
    assert "Ký 1 văn bản tháng 6 năm 2030" in page(leader, "/hom-nay/"), "minutes stand, whatever was sealed since"
    assert "thay mặt cơ quan" not in page(client_of(cast, "van-thu"), "/hom-nay/")
    assert f"/{own.code}/ky/" not in page(leader, f"/chot-thang/{cycle.pk}/")
    page(leader, where, 404)
    for kept in (own, decision):
        with pytest.raises(Refused, match="that another one took the place of"):
            sign_paper(seat(cast, "giam-doc", NOW), kept.code, Pkcs12(b"", ""))


def sign(cast: Cast, cycle: Cycle, code: str) -> None:
    """With a wrong password nothing is signed; with the right one the paper is, and nobody signs it again."""
    by, leader = signing.authority(), client_of(cast, "giam-doc")
    register_certificate(seat(cast, now=NOW), by.signer.signing_cert.dump(), person=cast.people["giam-doc"].pk)
    where = f"/chot-thang/{cycle.pk}/van-ban/{code}/ky/"

    def post(password: str) -> Any:
        key = SimpleUploadedFile("giam-doc.p12", signing.key_file(by, "đúng mật khẩu"))
        return leader.post(where, {"key": key, "password": password, "token": password})

    wrong = post("sai")
    assert wrong.status_code == 422
    assert "Mật khẩu của tệp khóa không đúng." in wrong.content.decode()
    assert not KeptPaper.objects.exclude(signer="").exists()
    assert post("đúng mật khẩu").status_code == 302
    assert KeptPaper.objects.get(code=code, version=2).signer == "Trần Văn Đức"
    page(leader, where, 404)
    page(client_of(cast, "nhan-su"), where, 404)


def taken_out(client: Client, address: str) -> bytes:
    """A file that is handed out, whole."""
    answer = client.get(address)
    assert answer.status_code == 200
    return bytes(answer.getvalue())


def _rows(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_who_keeps_the_period_has_it_taken_again_and_only_changed_slips_are_shown(cast: Cast, cycle: Cycle) -> None:
    keeper, binh = client_of(cast, "nhan-su"), cast.people["binh"]
    where = f"/chot-thang/{cycle.pk}/"
    assert "Tính lại, gửi phiếu đã đổi" in page(keeper, where)
    nothing = keeper.post(f"{where}gui-phieu/", {"token": "p1"}, follow=True)
    assert "Đã tính lại; không phiếu nào đổi." in nothing.content.decode()
    before = Rating.standing().get(person=binh, criterion="general", period=PERIOD)
    rate(SYSTEM, criterion="general", period=PERIOD, by=before.by, person=binh, value=11_000_000)
    again = keeper.post(f"{where}gui-phieu/", {"token": "p2"}, follow=True)
    assert "Đã gửi 1 phiếu dự thảo." in again.content.decode()
    assert list(Slip.standing().filter(cycle=cycle, turn=2).values_list("person", flat=True)) == [binh.pk]
