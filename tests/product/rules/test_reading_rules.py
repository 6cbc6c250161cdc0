"""The rules as people read them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

import cast as casting
from congtam.history.actor import Actor
from congtam.registry import actions, queries, shipped
from congtam.registry.shipped import LIBRARY
from congtam.web.components.rule_links import rule_url

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
DECREE, HUE = "vn/national/decree-335-2025", "vn/hue/dost-monthly-2025"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


@pytest.mark.parametrize("role", list(casting.ROLES))
def test_everybody_reads_the_rules_in_both_languages(role: str, adopted: casting.Cast, signed_in: As) -> None:
    for lang, said in (("vi", "Nghị định 335/2025"), ("en", "Decree 335/2025")):
        client = signed_in(role, lang)
        assert said in text(client, "/quy-tac/")
        for address in (
            rule_url(DECREE),
            f"/quy-tac/chi-so/{DECREE}/quality/",
            f"/quy-tac/lich-su/{DECREE}/",
        ):
            assert f'<html lang="{lang}"' in text(client, address)


def test_a_visitor_is_sent_to_sign_in(adopted: casting.Cast) -> None:
    assert Client().get(rule_url(DECREE)).status_code == 302


@pytest.mark.parametrize("rulebook", LIBRARY.ids())
def test_every_shipped_rulebook_can_be_read(rulebook: str, cast: casting.Cast, signed_in: As) -> None:
    owner, second = (Actor(account=cast.account(role).pk) for role in ("owner", "second_owner"))
    actions.approve_copy(second, actions.adopt(owner, rulebook, first=date(2026, 1, 1)))
    for lang in ("vi", "en"):
        page = text(signed_in("official", lang), rule_url(rulebook))
        for name in queries.book(rulebook, date(2026, 11, 1)).indicators:
            assert f'id="{name}"' in page
            text(signed_in("official", lang), f"/quy-tac/chi-so/{rulebook}/{name}/")


def test_a_lawyer_finds_points_sentences_bases_owners_examples(adopted: casting.Cast, signed_in: As) -> None:
    page = text(signed_in("auditor"), rule_url(DECREE))
    for said in (
        "Tiêu chí chung</strong>: 30 điểm",
        "từ 90",  # a grade
        "trung bình của những mục có phát sinh trong (“",  # a formula in words
        "Xét các phần việc đến hạn trong kỳ",  # a measure in words
        "Nghị định 335/2025/NĐ-CP, Điều 13–17",
        "vn.moha",
        "Có thể bị lách thế nào",
        "Chỉ số đối chứng",
        "CHƯA KIỂM CHỨNG",
        "Ví dụ tính",
        "64,17",  # the published worked vector
    ):
        assert said in page, said
    assert "mean(" not in page


def test_a_veto_is_told_as_a_proposal_that_a_person_decides(adopted: casting.Cast, signed_in: As) -> None:
    page = text(signed_in("official"), rule_url(HUE))
    assert "Máy đề xuất, người quyết định" in page
    assert "Chỉ có hiệu lực khi người có tên quyết định" in page


def test_other_pages_link_to_the_place_of_an_indicator() -> None:
    assert rule_url(DECREE, "quality") == f"/quy-tac/{DECREE}/#quality"
    assert rule_url(DECREE, "civil_servant_month/general") == f"/quy-tac/{DECREE}/#civil_servant_month-general"


def test_a_rulebook_nobody_adopted_is_not_found(adopted: casting.Cast, signed_in: As) -> None:
    text(signed_in("official"), rule_url("vn/national/decree-90-2020"), 404)
    text(signed_in("official"), f"/quy-tac/chi-so/{DECREE}/no_such/", 404)
    text(signed_in("official"), f"{rule_url(DECREE)}?ngay=2025-12-31", 404)
    text(signed_in("official"), f"{rule_url(DECREE)}?ngay=hôm-nay")


def test_an_indicator_tells_its_owner_its_numbers_and_who_changed_them(adopted: casting.Cast, signed_in: As) -> None:
    owner, second = (Actor(account=adopted.account(role).pk) for role in ("owner", "second_owner"))
    first = queries.next_period(date.today())  # noqa: DTZ011 (the day the page asks for is the machine's own)
    draft = actions.propose(owner, DECREE, {"parameters/quality_cut/value": "0.3"}, act="15/QĐ-SA", first=first,
                            why="Theo nghị quyết của cơ quan")  # fmt: skip
    actions.approve_draft(second, draft)
    page = text(signed_in("official"), f"/quy-tac/chi-so/{DECREE}/quality/?ngay={first.isoformat()}")
    for said in ("Định nghĩa duy nhất", "vn.moha", "15/QĐ-SA", "0,3", "Hồ Quang Minh", "Vũ Ngọc Lan",
                 "Theo nghị quyết của cơ quan"):  # fmt: skip
        assert said in page, said
    other = text(signed_in("official"), f"/quy-tac/chi-so/{DECREE}/general/")
    assert "15/QĐ-SA" not in other


def test_after_an_upgrade_the_owner_sees_what_differs_and_proposes_to_adopt(
    cast: casting.Cast, signed_in: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = shipped.files_of(DECREE)
    head = f"{DECREE}/rulebook.yaml"
    older = {**files, head: files[head].replace("value: 0.25", "value: 0.20", 1)}
    monkeypatch.setattr("congtam.registry.actions.copies.files_of", lambda rulebook: older)
    owner, second = (Actor(account=cast.account(role).pk) for role in ("owner", "second_owner"))
    actions.approve_copy(second, actions.adopt(owner, DECREE, first=date(2026, 1, 1)))
    monkeypatch.undo()
    client = signed_in("owner")
    assert "Bản đi kèm sản phẩm nay đã khác" in text(client, "/quy-tac/")
    page = text(client, f"/quy-tac/ban-moi/{DECREE}/")
    assert "Mức trừ mỗi lần sản phẩm không đạt chất lượng" in page
    assert "0,2 → 0,25" in page
    assert text(signed_in("head"), f"/quy-tac/ban-moi/{DECREE}/", 403)
    answer = client.post("/quy-tac/ap-dung/", {"rulebook": DECREE, "number": "16/QĐ"}, follow=True)
    address, _ = answer.redirect_chain[-1]
    assert "0,2 → 0,25" in answer.content.decode()
    approved = signed_in("second_owner").post(f"{address}quyet-dinh/", {"do": "approve"}, follow=True)
    assert "Vũ Ngọc Lan" in approved.content.decode()
    assert queries.shipped_now(queries.copies_on(queries.next_period(date.today())).get()) == []  # noqa: DTZ011


def test_an_unknown_rulebook_is_refused_with_words(adopted: casting.Cast, signed_in: As) -> None:
    answer = signed_in("owner").post("/quy-tac/ap-dung/", {"rulebook": "../../etc"}, follow=True)
    assert "there is no rulebook" in answer.content.decode()


def test_the_owner_begins_and_ends_scoring_by_a_card(cast: casting.Cast, signed_in: As) -> None:
    owner, second = (Actor(account=cast.account(role).pk) for role in ("owner", "second_owner"))
    actions.approve_copy(second, actions.adopt(owner, DECREE, first=date(2026, 1, 1)))
    told = {"rulebook": DECREE, "scorecard": "civil_servant_month", "legal": "1", "first": "2026-01-01"}
    page = signed_in("owner").post("/quy-tac/bang-diem/", told, follow=True).content.decode()
    assert "Cơ quan tính bảng này từ 01/01/2026 (theo luật)" in page
    assert len(queries.cards_for("2026-03")) == 1
    page = signed_in("owner").post("/quy-tac/bang-diem/", told | {"do": "end"}, follow=True).content.decode()
    assert "cũng không đổi cho kỳ đã qua" in page
    page = signed_in("owner").post("/quy-tac/bang-diem/", told | {"scorecard": "x"}, follow=True).content.decode()
    assert "Bộ quy tắc không có bảng điểm “x”" in page
    assert signed_in("personnel").post("/quy-tac/bang-diem/", told).status_code == 403
