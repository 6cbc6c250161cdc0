"""Rules in a browser: one proposes, another approves, everybody reads; on a phone, in English, and without scripts."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

import cast as casting
from congtam.access.seats import seat_of
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.rulebook.catalogue import Catalogue
from congtam.engine.rulebook.load import validate
from congtam.engine.rulebook.yaml_source import read_yaml
from congtam.files.catalogue_book import catalogue_book
from congtam.history.actor import Actor
from congtam.registry import actions, queries
from congtam.registry.trying import numbers
from congtam.scores import questions
from congtam.scores.known import cut
from congtam.scores.models import Question
from congtam.web.components.rule_links import rule_url
from congtam.web.pages.rules.supposing import persons_in, scope_of
from congtam.web.waiting import XLSX

DECREE = "vn/national/decree-335-2025"
EXAMPLE = Path(__file__).parents[2] / "examples" / "catalogues" / "san_pham_minh_hoa.yaml"


@pytest.fixture
def adopted(cast: casting.Cast) -> casting.Cast:
    owner, second = (Actor(account=cast.account(role).pk) for role in ("owner", "second_owner"))
    actions.approve_copy(second, actions.adopt(owner, DECREE, first=date(2026, 1, 1), number="12/QĐ-SA"))
    actions.add_card(owner, DECREE, "civil_servant_month", True, date(2026, 1, 1))
    return cast


def asked(cast: casting.Cast, cut_by: str) -> Question:
    """A question of the owner's, about the whole agency."""
    seat = seat_of(cast.account("owner"), timezone.localdate())
    month = Period.of(PeriodKind.MONTH, seat.day).previous()
    tried, units = numbers(DECREE, seat.day, {"parameters/delay_cut/value": cut_by}), scope_of(seat)
    return questions.ask(seat.account, tried, month, units, persons_in(units, month), cut().seq)


def answered(question: Question) -> Question:
    """What the worker makes of it."""
    questions.answer(question.pk)
    return question


def catalogue() -> Catalogue:
    """The example, as if a body had issued it."""
    _, made = validate(read_yaml(EXAMPLE), Catalogue)
    assert made is not None
    return made.model_copy(update={"status": "in_force", "notice": None})


@pytest.mark.parametrize("scripts", [True, False])
def test_nobody_can_quietly_change_an_indicator(
    scripts: bool,
    adopted: casting.Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    without_barriers: Callable[[Page], None],
) -> None:
    page = open_page(scripts=scripts)
    sign_in(page, casting.ROLES["owner"])
    page.goto(f"{live_server.url}/quy-tac/")
    page.get_by_role("link", name="Điểm còn phải quyết định").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Điểm còn phải quyết định")
    page.get_by_label("Mức trừ mỗi lần chậm tiến độ").fill("0,5")
    page.get_by_label("Văn bản (số, ký hiệu, ngày)").fill("15/QĐ-SA")
    page.get_by_role("button", name="Xem trước ai đổi mức").click()
    expect(page.get_by_text("0,25 → 0,5")).to_be_visible()
    page.get_by_role("button", name="Đề xuất", exact=True).click()
    expect(page.get_by_text("Bạn là người đề xuất")).to_be_visible()
    expect(page.get_by_role("button", name="Duyệt", exact=True)).to_have_count(0)
    if scripts:
        without_barriers(page)
    proposal = page.url

    other = open_page(scripts=scripts)
    sign_in(other, casting.ROLES["second_owner"])
    other.goto(proposal)
    other.get_by_role("button", name="Duyệt", exact=True).click()
    expect(other.get_by_text("Vũ Ngọc Lan").first).to_be_visible()

    first = queries.next_period(timezone.localdate()).isoformat()
    reader = open_page(scripts=scripts)
    sign_in(reader, casting.ROLES["official"])
    reader.goto(f"{live_server.url}/quy-tac/chi-so/{DECREE}/progress/?ngay={first}")
    for said in ("15/QĐ-SA", "Hồ Quang Minh", "Vũ Ngọc Lan", "vn.moha"):
        expect(reader.get_by_text(said).first).to_be_visible()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_rules_read_well_without_barriers(
    lang: str,
    adopted: casting.Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    without_barriers: Callable[[Page], None],
    keep_picture: Callable[[Page, str], None],
    at_every_width: Callable[[Page], Iterator[str]],
) -> None:
    first, listed = queries.next_period(timezone.localdate()), catalogue()
    owner, second = (Actor(account=adopted.account(role).pk) for role in ("owner", "second_owner"))
    actions.approve_copy(second, actions.list_products(owner, DECREE, "san_pham", listed, first=first))
    page = open_page()
    sign_in(page, casting.ROLES["owner"])
    page.context.add_cookies([{"name": "lang", "value": lang, "url": live_server.url}])
    for name, address in (
        ("rules", "/quy-tac/"),
        ("rulebook", rule_url(DECREE)),
        ("indicator", f"/quy-tac/chi-so/{DECREE}/quality/"),
        ("history", f"/quy-tac/lich-su/{DECREE}/"),
        ("open-points", "/quy-tac/con-phai-quyet-dinh/"),
        ("products", f"/quy-tac/danh-muc/{DECREE}/?ngay={first:%Y-%m-%d}"),
        ("what-if", f"/neu-thi/?bo={DECREE}&so:parameters/delay_cut/value=1"),
        ("what-if-waiting", f"/neu-thi/{asked(adopted, '1').pk}/"),
        ("what-if-answered", f"/neu-thi/{answered(asked(adopted, '2')).pk}/"),
    ):
        page.goto(f"{live_server.url}{address}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for width in at_every_width(page):
            fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert fits, f"{name}, {width}: wider than the screen"
            without_barriers(page)
            keep_picture(page, f"{name}-{lang}-{width}")
    page.goto(f"{live_server.url}/quy-tac/danh-muc/{DECREE}/")
    slip = catalogue_book(listed.model_copy(update={"products": (listed.products[0],)}))
    page.locator("input[type=file]").set_input_files({"name": "so.xlsx", "mimeType": XLSX, "buffer": slip})
    page.locator("form[enctype] button").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    for width in at_every_width(page):
        without_barriers(page)
        keep_picture(page, f"products-report-{lang}-{width}")


def test_the_address_of_an_indicator_leads_to_its_place(
    adopted: casting.Cast,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
) -> None:
    page = open_page()
    sign_in(page, casting.ROLES["official"])
    page.goto(f"{live_server.url}{rule_url(DECREE, 'progress')}")
    expect(page.locator("#progress")).to_be_in_viewport()
