"""The pages of the fund: entering and signing, lists with their file, achievements, pay, one's own."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from congtam.access.models import Look
from congtam.engine.periods import Period, start_of_day
from congtam.history.actor import SYSTEM
from congtam.intake.actions import accept
from congtam.registry.models import Copy
from congtam.reward import ledger, lists
from congtam.reward.models import Earning, Entry, PayList, Proposal
from congtam.reward.queries import fund_of
from congtam.sources.actions import add_source
from congtam.web.waiting import XLSX
from congtam.work.folding import fold_waiting
from month_scene import HANOI, task
from reward_scene import DAY, MONTHLY, SPOT, Office

HEAD = ("Mã cán bộ", "Họ và tên", "Từ ngày", "Lương tháng (đồng)", "Quỹ lương cơ bản (đồng)", "Số văn bản")


def signed_in(office: Office, role: str) -> Client:
    client = Client()
    client.force_login(office.cast.account(role))
    return client


def written(client: Client, where: str, **said: object) -> str:
    """A form filled in and confirmed; the page it leads to."""
    seen = client.post(where, {**said, "step": "review", "token": "t"})
    assert seen.status_code == 200, seen.content.decode()
    answer = client.post(where, {**said, "step": "write", "token": f"{where}-{said}"[:60]}, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def a_list(office: Office) -> PayList:
    office.fill(50_000_000, "extra_income")
    return lists.make_list(office.accountant, office.graded(), MONTHLY, DAY)


def test_money_comes_in_by_two_people(office: Office) -> None:
    accountant, leader = signed_in(office, "accountant"), signed_in(office, "leader")
    said = {
        "purse": "bonus",
        "year": 2026,
        "kind": "in",
        "amount": "150.000.000",
        "day": "20/11/2026",
        "number": "9/QĐ",
    }
    assert "150.000.000" in written(accountant, reverse("fund_enter"), **said)
    entry = Entry.standing().get()
    page = leader.get(reverse("fund") + "?nam=2026").content.decode()
    assert reverse("fund_sign", args=[entry.series]) in page
    page = written(leader, reverse("fund_sign", args=[entry.series]), verdict="sign", why="")
    assert "150.000.000 đ trên mức được trích 200.000.000 đ" in " ".join(page.split())
    assert fund_of(office.agency, 2026).left == 150_000_000


def test_a_form_says_what_is_wrong(office: Office) -> None:
    accountant = signed_in(office, "accountant")
    said = {"purse": "bonus", "year": 2026, "kind": "reserved", "amount": "-5", "day": "31/02/2026", "number": ""}
    page = accountant.post(reverse("fund_enter"), {**said, "step": "review"})
    assert page.status_code == 422
    for told in (
        "không có trong danh sách",
        "không phải số tiền lớn hơn 0",
        "không phải một ngày có thật",
        "Chưa điền",
    ):
        assert told in page.content.decode()
    said |= {"kind": "in", "amount": "900.000.000", "day": "20/11/2026", "number": "9/QĐ"}
    page = accountant.post(reverse("fund_enter"), {**said, "step": "review"})
    assert page.status_code == 422
    assert "tối đa 200.000.000 đồng" in page.content.decode()


def test_a_list_is_shown_signed_exported_and_paid(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    july = office.graded(period=Period.parse("2026-07"))
    one = lists.make_list(office.accountant, july, MONTHLY, DAY)
    accountant, leader = signed_in(office, "accountant"), signed_in(office, "leader")
    page = leader.get(reverse("pay_list", args=[one.pk])).content.decode()
    for told in ("Danh sách số 1/2026", "8.200.000 đ", "mức tối thiểu", "Chuyên viên", "Phòng Một"):
        assert told in page
    ledger.sign(office.leader, Entry.standing().get(list=one))
    book = accountant.get(reverse("pay_list_xlsx", args=[one.pk]))
    assert book["Content-Type"] == XLSX
    texts = ZipFile(BytesIO(book.content)).read("xl/sharedStrings.xml").decode()
    for told in ("Mã truy nguyên", "Nguyễn Thị An", "Chuyên viên", "Phòng Một"):
        assert told in texts
    code = texts.split("Mã truy nguyên</t></si><si><t>")[1].split(" ")[0]
    assert accountant.get(reverse("export", args=[int(code)])).status_code == 200
    assert "Chi danh sách số 1/2026 đã duyệt" in accountant.get("/hom-nay/").content.decode()
    where = reverse("pay_list_paid", args=[one.pk])
    for day, told in (("20/09/2026", "chỉ chi từ 01/10/2026"), ("04/01/2099", "Ngày 04/01/2099 chưa tới")):
        assert told in accountant.post(where, {"day": day, "voucher": "1", "step": "review"}).content.decode()
    assert "chờ ký" in written(accountant, where, day="05/10/2026", voucher="PC-1")


def test_a_list_is_made_from_a_seal_after_its_sum_was_seen(office: Office) -> None:
    office.fill(50_000_000, "extra_income")
    accountant, where = signed_in(office, "accountant"), reverse("pay_list_new", args=[office.seal().pk])
    fund = reverse("fund") + "?nam=2026"
    assert where in accountant.get(fund).content.decode() and where in accountant.get("/hom-nay/").content.decode()
    assert where not in signed_in(office, "leader").get(fund).content.decode()
    seen = accountant.post(where, {"scheme": MONTHLY, "step": "review", "token": "t"}).content.decode()
    assert "3 người, cộng 8.200.000 đồng" in seen
    assert not PayList.objects.exists()
    assert "chờ duyệt" in written(accountant, where, scheme=MONTHLY)
    assert PayList.standing().get().lines.count() == 3
    assert where not in accountant.get(fund).content.decode()  # it has its list
    assert "Ký 1 dòng sổ quỹ năm 2026" in signed_in(office, "leader").get("/hom-nay/").content.decode()


def test_a_list_is_withdrawn_with_a_reason(office: Office) -> None:
    one = a_list(office)
    assert "Đã hủy" in written(signed_in(office, "accountant"), reverse("pay_list_withdraw", args=[one.pk]), why="nhầm")
    assert not PayList.standing().filter(pk=one.pk).exists()


def test_pages_of_another_agency_or_of_nothing_are_not_there(office: Office) -> None:
    one = a_list(office)
    for role, number in (("other_leader", one.pk), ("leader", 10**9)):
        assert signed_in(office, role).get(reverse("pay_list", args=[number])).status_code == 404
    assert signed_in(office, "accountant").get(reverse("pay_list_new", args=[10**9])).status_code == 404
    assert signed_in(office, "leader").get(reverse("fund") + "?cq=so-b").status_code == 404


def test_pay_is_opened_by_the_accountant_and_personnel_only_and_each_look_is_written(office: Office) -> None:
    for role, status in (("accountant", 200), ("personnel", 200), ("leader", 404), ("auditor", 404), ("head", 403)):
        answer = signed_in(office, role).get(reverse("earnings"))
        assert (role, answer.status_code) == (role, status)
        assert ("10.000.000" in answer.content.decode()) == (status == 200)
    assert Look.objects.filter(person=office.person("an")).exists()


def test_everybody_opens_their_own_and_nobody_else_s(office: Office) -> None:
    a_list(office)
    page = signed_in(office, "official").get(reverse("own_rewards")).content.decode()
    assert "5.000.000" in page
    assert "10.000.000" in page
    assert "2.700.000" not in page
    assert "Chưa có danh sách" in signed_in(office, "head").get(reverse("own_rewards")).content.decode()


def test_a_workbook_of_pay_is_reported_then_written(office: Office) -> None:
    out = BytesIO()
    made = xlsxwriter.Workbook(out)
    page = made.add_worksheet("Lương")
    for number, row in enumerate((HEAD, ("dung", "", "01/10/2026", 7_000_000, "", "9/QĐ"))):
        page.write_row(number, 0, row)
    made.close()
    accountant = signed_in(office, "accountant")
    assert accountant.get(reverse("earnings_template")).content[:2] == b"PK"
    file = SimpleUploadedFile("luong.xlsx", out.getvalue(), XLSX)
    shown = accountant.post(reverse("earnings_hand_in"), {"file": file}, follow=True).content.decode()
    assert "thêm mới" in shown
    assert not Earning.standing().filter(person=office.person("dung")).exists()
    done = accountant.post(reverse("earnings_write"), {"token": "nop"}, follow=True).content.decode()
    assert "Đã ghi 1 dòng" in done
    assert Earning.standing().get(person=office.person("dung")).salary == Decimal(7_000_000)


def test_without_a_scheme_the_page_says_what_to_do(office: Office) -> None:
    Copy.objects.filter(state="approved").update(replaced_by=1)  # nothing is adopted
    page = signed_in(office, "other_leader").get(reverse("fund")).content.decode()
    assert "chưa áp dụng chế độ thưởng nào" in page


def test_the_year_of_the_page_is_chosen(office: Office) -> None:
    office.fill(1_000_000)
    leader = signed_in(office, "leader")
    assert "1.000.000 đ" in leader.get(reverse("fund") + "?nam=2026").content.decode()
    assert "Sổ chưa có dòng nào của năm này" in leader.get(reverse("fund") + "?nam=2027").content.decode()


def test_an_achievement_is_proposed_decided_and_listed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: start_of_day(DAY))
    office.fill(20_000_000)
    source = add_source(SYSTEM, "voffice", "Văn phòng điện tử", first=date(2025, 3, 1))
    begun, due, done = (datetime(2026, 11, day, 9, tzinfo=HANOI) for day in (3, 10, 9))
    accept(SYSTEM, source, [task("xong", "an", begun, due, done)])
    fold_waiting(100, start_of_day(DAY))
    head, leader, accountant = (signed_in(office, role) for role in ("head", "leader", "accountant"))
    an = office.person("an")
    marks = {f"{key}_1": "9" for key in ("difficulty", "quality", "progress", "effect", "part")}
    where = reverse("achievement_new") + f"?che-do={SPOT}"
    empty = head.post(where, {"why": "Vượt tiến độ", "work": "xong", "person_1": an, "step": "review"})
    assert empty.status_code == 422
    strange = head.post(where, {"why": "x", "work": "không có", "person_1": an, "step": "review", **marks})
    assert "không có việc nào tên hoặc mã “không có”" in strange.content.decode()
    written(head, where, why="Vượt tiến độ", work="xong", person_1=an, **marks)
    proposal = Proposal.standing().get()
    one = reverse("achievement", args=[proposal.series])
    assert "10.000.000" in head.get(one).content.decode()
    assert signed_in(office, "other_head").get(one).status_code == 404
    assert "Vượt tiến độ" in head.get(reverse("achievements")).content.decode()
    said = written(leader, reverse("achievement_decide", args=[proposal.series]), verdict="approve", number="90/QĐ")
    assert "27/11/2026" in said
    assert "chờ duyệt" in written(accountant, reverse("achievement_list", args=[proposal.series]))
