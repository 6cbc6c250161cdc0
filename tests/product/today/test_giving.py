"""Giao việc and việc phát sinh: forms that say who, what, until when; what is sent twice is done once."""

import re

import pytest
from today_scene import Desk, errors, offered

from congtam.desk.models import Brief, Question
from congtam.work.models import Item, Share

pytestmark = pytest.mark.django_db


def order(desk: Desk, *leads: str, **told: object) -> dict[str, object]:
    """What a head fills in."""
    sent = {"title": "Rà soát thủ tục", "product": "Danh mục thủ tục", "due": "27/11/2026", "urgency": "urgent"}
    return sent | {"leads": [desk.number(one) for one in leads]} | told


def test_a_head_gives_work_under_the_five_clears(desk: Desk) -> None:
    told = order(
        desk, "an", support=[desk.number("binh")], authority="tự làm việc với các phòng", symbol="12/UBND-VP",
        incoming="345", issuer="UBND thành phố", basis="7/KH-SA", instruction="Theo mẫu mới",
    )  # fmt: skip
    answer = desk.post("truong-mot", "/giao-viec/", **told)
    brief = Brief.objects.get()
    assert answer["Location"] == f"/viec/{brief.item_id}/"
    said = (brief.product, brief.authority, brief.issuer, brief.incoming, brief.basis, brief.urgency)
    assert said == ("Danh mục thủ tục", "tự làm việc với các phòng", "UBND thành phố", "345", "7/KH-SA", "urgent")
    shares = Share.objects.order_by("role").values_list("official", "role")
    assert list(shares) == [(desk.number("an"), "lead"), (desk.number("binh"), "support")]
    page = desk.get("an", f"/viec/{brief.item_id}/")
    for text in ("Theo mẫu mới", "12/UBND-VP", "345", "17:00 27/11/2026", "Khẩn"):
        assert text in page, text


def test_several_leads_get_a_piece_of_work_each(desk: Desk) -> None:
    desk.post("truong-mot", "/giao-viec/", **order(desk, "an", "binh"))
    assert Brief.objects.count() == 2
    assert set(Share.objects.values_list("official", flat=True)) == {desk.number("an"), desk.number("binh")}


def test_the_form_sent_twice_gives_once(desk: Desk) -> None:
    client, told = desk.client("truong-mot"), order(desk, "an", token="abc")
    places = {client.post("/giao-viec/", told)["Location"] for _ in range(2)}
    assert len(places) == 1 and Item.objects.count() == 1


def test_nobody_gives_work_to_people_they_do_not_head(desk: Desk) -> None:
    for who, lead in (("truong-mot", "chi"), ("truong-mot", "em"), ("giam-doc", "em")):
        assert errors(desk.post(who, "/giao-viec/", 422, **order(desk, lead)))
    assert "Cho người của tôi" not in desk.get("an", "/giao-viec/")
    assert errors(desk.post("an", "/giao-viec/?kieu=don-vi", 422, **order(desk, "binh")))
    assert not Item.objects.exists()
    desk.post("giam-doc", "/giao-viec/", **order(desk, "chi"))


def test_what_makes_no_sense_is_told_at_its_field(desk: Desk) -> None:
    wrong = {
        "title": {"title": ""},
        "due": {"due": "32/11/2026"},
        "leads": {"leads": []},
        "support": {"support": [desk.number("an")]},
        "urgency": {"urgency": "whenever"},
    }
    for name, told in wrong.items():
        page = desk.post("truong-mot", "/giao-viec/", 422, **(order(desk, "an") | told)).content.decode()
        assert re.search(rf'errorlist[^>]*id="id_{name}_error"', page), name
        assert "Danh mục thủ tục" in page, "what was filled in stays"
    past = desk.post("truong-mot", "/giao-viec/", 422, **order(desk, "an", due="01/11/2026"))
    assert "đã qua" in past.content.decode()
    assert not Item.objects.exists()


def test_the_address_fills_the_form_in(desk: Desk) -> None:
    page = desk.get("truong-mot", f"/giao-viec/?title=Trả+lời&symbol=8/CV&leads={desk.number('an')}")
    assert 'value="Trả lời"' in page and 'value="8/CV"' in page and '<details class="more" open' in page
    assert re.search(rf'value="{desk.number("an")}"[^>]*checked', page)


def test_a_part_is_cut_off_and_each_page_leads_to_the_other(desk: Desk) -> None:
    whole = desk.given("an", title="Đề án lớn")
    page = desk.get("truong-mot", f"/giao-viec/?kieu=don-vi&part_of={whole}")
    assert f'href="/viec/{whole}/"' in page
    late = desk.post("truong-mot", "/giao-viec/", 422, **order(desk, "binh", part_of=whole))
    assert "việc gốc" in late.content.decode()
    answer = desk.post("truong-mot", "/giao-viec/", **order(desk, "binh", part_of=whole, due="20/11/2026"))
    part = answer["Location"]
    assert f'href="/viec/{whole}/"' in desk.get("binh", part) and f'href="{part}"' in desk.get("an", f"/viec/{whole}/")
    desk.get("truong-mot", "/giao-viec/?part_of=khong-co&due=x")
    for wrong in (999_999, "khong-co", 10**30):
        assert errors(desk.post("truong-mot", "/giao-viec/", 422, **order(desk, "binh", part_of=wrong))), wrong


def test_work_one_sets_out_to_do_waits_for_the_head(desk: Desk) -> None:
    told = {"title": "Làm sổ tay", "product": "Sổ tay", "due": "27/11/2026", "urgency": "ordinary"}
    item = int(desk.post("an", "/giao-viec/?kieu=tu-de-xuat", **told)["Location"].split("/")[2])
    desk.act("an", item, "giao-nop", text="Sổ tay 40 trang")
    assert "Làm sổ tay" in desk.get("truong-mot", "/hom-nay/")
    desk.post("truong-mot", f"/cau-hoi/{Question.objects.get(item=item).pk}/", tra_loi="co")
    assert Share.objects.get(item=item).accepted


def test_help_is_asked_of_another_unit_taken_given_and_rated(desk: Desk) -> None:
    told = {"title": "Cung cấp số liệu", "product": "Bảng số liệu", "due": "27/11/2026", "urgency": "ordinary"}
    unit = desk.cast.units["phong-hai"].pk
    desk.post("an", "/giao-viec/?kieu=phoi-hop", **told, unit=unit)
    item = Item.objects.get().pk
    assert "Cung cấp số liệu" in desk.get("truong-hai", "/hom-nay/")
    desk.post("truong-hai", f"/cau-hoi/{Question.objects.get(item=item).pk}/", tra_loi="co")
    desk.later(hours=2)
    desk.act("truong-hai", item, "giao-nop", text="Bảng số liệu kèm theo")
    desk.post("an", f"/cau-hoi/{Question.objects.get(item=item, state='open').pk}/", tra_loi="co")
    desk.act("an", item, "danh-gia", mark="5")
    assert Share.objects.get(item=item).rating == 5_000_000
    assert "/danh-gia/" not in desk.get("an", f"/viec/{item}/")
    own = desk.cast.units["phong-mot"].pk
    assert errors(desk.post("an", "/giao-viec/?kieu=phoi-hop", 422, **told, unit=own))


def test_help_refused_goes_to_the_common_superior(desk: Desk) -> None:
    told = {"title": "Góp ý dự thảo", "product": "Văn bản góp ý", "due": "27/11/2026", "urgency": "ordinary"}
    desk.post("an", "/giao-viec/?kieu=phoi-hop", **told, unit=desk.cast.units["phong-hai"].pk)
    item = Item.objects.get().pk
    number = Question.objects.get(item=item).pk
    desk.post("truong-hai", f"/cau-hoi/{number}/", tra_loi="khong", **{f"cau-{number}-text": "Đang quá tải"})
    page = desk.get("an", f"/viec/{item}/")
    assert "Đang quá tải" in page
    desk.act("an", item, "bao-cao-cap-tren", why="Cần trước kỳ họp")
    assert "Góp ý dự thảo" in desk.get("giam-doc", "/hom-nay/")


def test_work_that_came_up_takes_one_tap_and_counts_once_confirmed(desk: Desk) -> None:
    page = desk.get("an", "/phat-sinh/")
    assert page.count('name="kind"') == 4
    assert re.search(rf'value="{desk.number("truong-mot")}" selected', page), "the head is proposed at first"
    desk.post("an", "/phat-sinh/", kind="citizens", text="", to=desk.number("binh"), token="x")
    client = desk.client("an")
    client.post("/phat-sinh/", {"kind": "citizens", "to": desk.number("binh"), "token": "y"})
    client.post("/phat-sinh/", {"kind": "citizens", "to": desk.number("binh"), "token": "y"})
    assert Question.objects.filter(kind="confirmation").count() == 2
    assert re.search(rf'value="{desk.number("binh")}" selected', desk.get("an", "/phat-sinh/")), "the last one used"
    question = Question.objects.first()
    assert question is not None and not Share.objects.exists()
    assert "Chưa tính" in desk.get("an", f"/viec/{question.item_id}/")
    assert "Tiếp công dân" in desk.get("binh", "/hom-nay/")
    desk.post("binh", f"/cau-hoi/{question.pk}/", tra_loi="co")
    assert Share.objects.get().official_id == desk.number("an")
    for told in (
        {"kind": "sleep"},
        {},
        {"kind": "duty", "to": desk.number("an")},
        {"kind": "duty", "to": desk.number("em")},
    ):
        assert errors(desk.post("an", "/phat-sinh/", 422, **told)), told


def test_an_initiative_is_recognised_by_a_numbered_decision(desk: Desk) -> None:
    told = {"title": "Mẫu phiếu điện tử", "text": "Bớt ba bước", "to": desk.number("giam-doc")}
    desk.post("an", "/sang-kien/", **told)
    question = Question.objects.get()
    assert errors(desk.post("giam-doc", f"/cau-hoi/{question.pk}/", 422, tra_loi="co"))
    desk.post("giam-doc", f"/cau-hoi/{question.pk}/", tra_loi="co", **{f"cau-{question.pk}-decision": "88/QĐ-SA"})
    assert "88/QĐ-SA" in desk.get("an", f"/viec/{question.item_id}/")


def test_secret_work_is_told_by_count_and_never_by_content(desk: Desk) -> None:
    page = desk.get("an", "/viec-mat/")
    assert "<textarea" not in page
    assert "Tháng 10 năm 2026" in page
    told = {"month": "2026-10", "number": "3", "in_time": "2", "to": desk.number("truong-mot")}
    desk.post("an", "/viec-mat/", **told)
    question = Question.objects.get()
    assert "Tháng 10/2026: 3 việc mật đã xong, 2 việc đúng hạn" in desk.get("truong-mot", f"/cau-hoi/{question.pk}/")
    desk.post("truong-mot", f"/cau-hoi/{question.pk}/", tra_loi="co")
    assert Share.objects.filter(official=desk.number("an")).count() == 3
    for wrong in ({"in_time": "4"}, {"number": "0"}, {"month": "2026-11"}, {"number": "nhiều"}):
        assert errors(desk.post("an", "/viec-mat/", 422, **(told | wrong))), wrong


def test_deadlines_some_working_days_ahead_are_offered_wherever_one_is_named(desk: Desk) -> None:
    days = [("23/11/2026", "3"), ("25/11/2026", "5"), ("27/11/2026", "7"), ("02/12/2026", "10")]
    ahead = [(day, f"{n} ngày làm việc") for day, n in days]
    item = desk.given()
    for who, address, line in (
        ("truong-mot", "/giao-viec/", "id_due"),
        ("an", "/giao-viec/?kieu=phoi-hop", "id_due"),
        ("an", "/giao-viec/?kieu=tu-de-xuat", "id_due"),
        ("truong-mot", "/phong-toi/?giao=1", "id_due"),
        ("an", f"/viec/{item}/", "xin-them-gio-wanted"),
        ("truong-mot", f"/viec/{item}/", "gia-han-until"),
    ):
        assert offered(desk.get(who, address), line) == ahead, address


def test_products_named_before_are_offered_to_who_gave_the_work_or_heads_the_unit(desk: Desk) -> None:
    for product in ("Báo cáo", "Tờ trình <gấp>", "Báo cáo"):
        desk.later(minutes=1)
        desk.given(by="giam-doc", lead="truong-mot", product="Quyết định")
        desk.given(product=product)
    products = {
        who: [value for value, _ in offered(desk.get(who, "/giao-viec/"), "id_product")]
        for who in ("truong-mot", "giam-doc", "an")
    }
    assert products["truong-mot"] == ["Báo cáo", "Tờ trình &lt;gấp&gt;"]
    assert products["giam-doc"] == ["Quyết định"] and products["an"] == []
