"""Catalogues of products on the web: read, downloaded, handed in, reported row by row, proposed and approved."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cast import Cast
from congtam.access.models import Account
from congtam.audit.models import Entry
from congtam.engine.rulebook.catalogue import Catalogue
from congtam.engine.rulebook.load import validate
from congtam.engine.rulebook.yaml_source import read_yaml
from congtam.files.catalogue_book import catalogue_book
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.registry import actions, queries
from congtam.registry.models import Copy

DECREE, HUE = "vn/national/decree-335-2025", "vn/hue/dost-monthly-2025"
EXAMPLE = Path(__file__).parents[3] / "examples" / "catalogues" / "san_pham_minh_hoa.yaml"
SignedIn = Callable[..., Client]
pytestmark = pytest.mark.django_db


def actor(account: Account) -> Actor:
    return Actor(account=account.pk)


def issued() -> Catalogue:
    """The example, as if a body had issued it."""
    _, made = validate(read_yaml(EXAMPLE), Catalogue)
    assert made is not None
    return made.model_copy(update={"status": "in_force", "notice": None})


def next_first() -> date:
    return queries.next_period(timezone.localdate())


def handed_in(client: Client, book: bytes, rulebook: str = HUE, name: str = "") -> str:
    file = SimpleUploadedFile("danh mục <b>.xlsx", book)
    told = {"file": file, "first": f"{next_first():%d/%m/%Y}", "number": "9/QĐ-SA", "name": name}
    return client.post(reverse("products_hand_in", args=[rulebook]), told, follow=True).content.decode()


def proposed(client: Client, page: str, rulebook: str = HUE) -> str:
    token = page.split('name="token" value="')[1].split('"')[0]
    return client.post(reverse("products_propose", args=[rulebook]), {"token": token}, follow=True).content.decode()


def edited(book: bytes, **cells: object) -> bytes:
    """The workbook with cells of its first sheet changed, as somebody would in a spreadsheet."""
    made = openpyxl.load_workbook(BytesIO(book))
    for cell, value in cells.items():
        made["Danh mục"][cell] = value
    saved = BytesIO()
    made.save(saved)
    return saved.getvalue()


@pytest.fixture
def listed(adopted: Cast) -> Catalogue:
    """Huế's rulebook with the catalogue, approved, from the next period on."""
    made = actions.list_products(
        actor(adopted.account("owner")), HUE, "san_pham", issued(), first=next_first(), number="9/QĐ-SA"
    )
    actions.approve_copy(actor(adopted.account("second_owner")), made)
    return issued()


def test_a_catalogue_is_reported_then_proposed_and_holds_once_another_person_approved(
    adopted: Cast, signed_in: SignedIn
) -> None:
    owner = signed_in("owner")
    page = handed_in(owner, catalogue_book(issued()))
    assert "Mọi dòng đều dùng được" in page and "danh mục &lt;b&gt;.xlsx" in page
    assert not Copy.standing().filter(state="proposed").exists()
    page = proposed(owner, page)
    assert "đang chờ một người khác duyệt" in page
    assert "sản phẩm “Báo cáo chuyên đề” (BC-CD, từ 01/01/2026)" in page  # it has no English title
    assert "hệ số K 1,8; thời gian chuẩn 5 ngày làm việc" in page
    copy = Copy.standing().get(state="proposed")
    assert Entry.objects.filter(action="registry.list_products").exists()
    decided = signed_in("second_owner").post(reverse("decide_rule_copy", args=[copy.seq]), {"do": "approve"})
    assert decided.status_code == 302
    held = queries.book(HUE, next_first()).draft.catalogues
    assert [one.products for one in held.values()] == [issued().products]
    assert not queries.book(HUE, timezone.localdate()).draft.catalogues


def test_handed_in_again_there_is_nothing_to_propose(listed: Catalogue, signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    address = f"{reverse('products_workbook', args=[HUE])}?danh-muc=san_pham&ngay={next_first():%Y-%m-%d}"
    book = owner.get(address).content
    said = {row[0].value: row[1].value for row in openpyxl.load_workbook(BytesIO(book)).worksheets[-1].iter_rows()}[
        "Xuất từ"
    ]
    code = Entry.objects.get(action="registry.export").pk
    for one in ("Danh mục: san_pham", "Bộ quy tắc: ", "mã băm ", "Người xuất: Hồ Quang Minh", f"/ma/{code}/"):
        assert one in said
    assert "san_pham" in owner.get(reverse("export", args=[code])).content.decode()
    assert "Không có gì để đề xuất" in handed_in(owner, book, name="san_pham")


def test_a_row_that_held_keeps_its_coefficient(listed: Catalogue, signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    page = handed_in(owner, edited(catalogue_book(listed), C2=9), name="san_pham")
    assert "Chưa đề xuất được" in page and "đổi hệ số (trước đây" in page and "Dòng 2: mã" in page
    assert 'name="token"' not in page
    english = signed_in("owner", "en")
    assert "has another coefficient" in handed_in(english, edited(catalogue_book(listed), C2=9), name="san_pham")


def test_a_slip_is_told_at_its_cell(adopted: Cast, signed_in: SignedIn) -> None:
    page = handed_in(signed_in("owner"), edited(catalogue_book(issued()), C2="một rưỡi"))
    assert "Ô C2: Hệ số K là “một rưỡi”, không phải số → chỉ viết số, ví dụ 1,5 hoặc 1.5" in page


def test_a_workbook_of_something_else_is_told_in_the_language_of_the_page(adopted: Cast, signed_in: SignedIn) -> None:
    other = openpyxl.Workbook()
    other.active.append(["Họ tên", "Tuổi"])
    other.active.append(["An", 30])
    saved = BytesIO()
    other.save(saved)
    assert "không có dòng tiêu đề" in handed_in(signed_in("owner"), saved.getvalue())
    assert "has no row of headings" in handed_in(signed_in("owner", "en"), saved.getvalue())
    assert "Tệp không phải bảng tính .xlsx." in handed_in(signed_in("owner"), b"khong phai bang tinh")


def test_a_draft_catalogue_is_refused_in_words_under_a_rulebook_in_force(adopted: Cast, signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    draft = issued().model_copy(update={"status": "proposal"})
    page = proposed(owner, handed_in(owner, catalogue_book(draft), DECREE), DECREE)
    assert "Danh mục còn là dự thảo hoặc ví dụ" in page
    assert not Copy.standing().filter(state="proposed").exists()


def test_two_proposals_of_one_rulebook_do_not_stand_side_by_side(adopted: Cast) -> None:
    owner = actor(adopted.account("owner"))
    actions.list_products(owner, HUE, "mot", issued(), first=next_first())
    with pytest.raises(Refused, match="waits already"):
        actions.list_products(owner, HUE, "hai", issued(), first=next_first())
    with pytest.raises(Refused, match="change neither inside a period"):
        actions.list_products(owner, DECREE, "mot", issued(), first=timezone.localdate())


def test_an_upgrade_of_the_rulebook_keeps_the_catalogue_and_is_not_asked_for_because_of_it(
    adopted: Cast, listed: Catalogue
) -> None:
    held = queries.copy_on(HUE, next_first())
    assert held is not None and queries.shipped_now(held) == []
    owner, second = actor(adopted.account("owner")), actor(adopted.account("second_owner"))
    later = queries.next_period(next_first())
    actions.approve_copy(second, actions.adopt(owner, HUE, first=later))
    assert queries.book(HUE, later).draft.catalogues["san_pham"] == listed


def test_everybody_reads_the_catalogue_and_nobody_else_hands_one_in(
    adopted: Cast, listed: Catalogue, signed_in: SignedIn
) -> None:
    address = f"{reverse('products', args=[HUE])}?ngay={next_first():%Y-%m-%d}"
    page = signed_in("official").get(address).content.decode()
    assert listed.products[0].code in page and listed.title.vi in page
    assert 'type="file"' not in page
    blank = signed_in("official").get(reverse("products_workbook", args=[HUE])).content
    assert openpyxl.load_workbook(BytesIO(blank))["Danh mục"]["C1"].value == "Hệ số K"
    english = signed_in("owner", "en").get(address).content.decode()
    assert "Catalogue of products" in english and "Danh mục sản phẩm" not in english
    assert 'type="file"' in english


def test_a_workbook_waits_for_the_rulebook_it_was_handed_in_for(adopted: Cast, signed_in: SignedIn) -> None:
    owner = signed_in("owner")
    handed_in(owner, catalogue_book(issued()))
    lost = owner.get(reverse("products_report", args=[DECREE]), follow=True).content.decode()
    assert "Tệp đang chờ không còn" in lost
    assert owner.get(reverse("products_workbook", args=[HUE]) + "?danh-muc=khong-co").status_code == 404
