"""Sources: what is promised and what arrived, tokens, authority, and who may see and keep which."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cast import ROLES, Cast
from congtam.engine.expressions.nodes import TEXT, Both, Column, Compare, Literal, OneOf
from congtam.history.actor import SYSTEM
from congtam.intake.actions import accept, go_on_withdrawing
from congtam.intake.models import Batch
from congtam.intake.telling import Happening, Told
from congtam.people.models import PersonText
from congtam.sources.actions import add_datum, add_source, record_own_count, set_authority
from congtam.sources.models import Authority, OwnCount, Source, Token
from congtam.sources.queries import by_token
from congtam.work.models import Event, SameWork
from congtam.work.same_work import propose

pytestmark = pytest.mark.django_db

KEEPERS = {"owner", "second_owner", "keeper", "administrator"}
SEERS = KEEPERS | {"personnel", "leader", "auditor"}


@pytest.fixture
def source(cast: Cast) -> Source:
    made = add_source(SYSTEM, "motcua", "Một cửa <b>", due_time=time(17), first=date(2025, 3, 1))
    datum = add_datum(SYSTEM, "ho-so", "Hồ sơ một cửa", work_kind="dossier")
    set_authority(SYSTEM, datum, cast.units["so-a"], made, first=date(2025, 3, 1), number="1/QĐ")
    return made


def signed_in(cast: Cast, role: str = "keeper") -> Client:
    client = Client()
    client.force_login(cast.account(role))
    return client


def text(answer) -> str:
    return answer.content.decode()


def dossier(key: str, **told: str) -> Told:
    at = datetime(2026, 3, 2, 2, tzinfo=UTC)
    events = (
        Happening(at, "registered", unit="phong-mot", attributes={"kind": "dossier"}),
        Happening(at, "assigned", official=told.pop("official", "an"), unit="phong-mot"),
    )
    return Told(key, events=events, **told)


def confirmed(client: Client, address: str, told: dict):
    review = client.post(address, {**told, "step": "review"})
    assert "Sẽ ghi như sau" in text(review), text(review)
    return client.post(address, {**told, "step": "write"})


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_sees_and_who_keeps(cast: Cast, source: Source, role: str):
    client = signed_in(cast, role)
    listed = client.get(reverse("sources"))
    assert listed.status_code == (200 if role in SEERS | {"other_leader"} else 403)
    assert client.get(reverse("sources_source", args=["motcua"])).status_code == (200 if role in SEERS else 403)
    assert client.get(reverse("sources_edit", args=["motcua"])).status_code == (200 if role in KEEPERS else 403)
    if role == "other_leader":
        assert "Một cửa" not in text(listed)


def test_the_list_says_what_was_promised_and_what_arrived(cast: Cast, source: Source):
    accept(SYSTEM, source, [dossier("H1"), dossier("H2", official="khong-ai")])
    record_own_count(SYSTEM, source, timezone.localdate(), 5)
    page = text(signed_in(cast).get(reverse("sources")))
    assert "17:00" in page
    assert "Một cửa &lt;b&gt;" in page
    one = text(signed_in(cast).get(reverse("sources_source", args=["motcua"])))
    assert "dữ liệu trong ngày về trước 17:00" in one
    assert "-3" in one
    assert "Hồ sơ một cửa, Sở A · Hồ sơ" in one


def test_a_day_without_data_is_missing_after_its_hour_only(cast: Cast, source: Source):
    from congtam.web.pages.sources.looking import delivery

    monday = date(2026, 3, 2)
    zone = timezone.get_default_timezone()
    noon, evening = (datetime.combine(monday, time(hour), zone) for hour in (12, 18))
    assert delivery(source, monday, noon).state == "waiting"
    assert delivery(source, monday, evening).state == "missing"
    assert delivery(source, monday - timedelta(days=1), evening).state == "rest"
    Batch.objects.create(source=source, kind="push")
    Batch.objects.update(received_at=evening)
    assert delivery(source, monday, evening).state == "late"


def test_a_source_is_made_and_changed(cast: Cast):
    client = signed_in(cast)
    told = {"code": "vanban", "name": "Quản lý văn bản", "owner": "vi-tri-du-lieu"}
    told |= {"due_time": "17:00", "first": "01/03/2026"}
    assert confirmed(client, reverse("sources_new"), told).status_code == 302
    made = Source.objects.get(code="vanban")
    assert made.owner == cast.posts["du-lieu"]
    again = client.post(reverse("sources_new"), {**told, "step": "review"})
    assert "Mã nguồn “vanban” đã có" in text(again)
    changed = {"name": "Văn bản", "owner": "", "due_time": "25:00", "step": "review"}
    assert "Viết giờ như 17:00" in text(client.post(reverse("sources_edit", args=["vanban"]), changed))
    confirmed(client, reverse("sources_edit", args=["vanban"]), {"name": "Văn bản", "until": "31/12/2026"})
    made.refresh_from_db()
    assert (made.name, made.until, made.due_time) == ("Văn bản", date(2027, 1, 1), None)


def test_a_token_is_shown_once_opens_and_is_revoked(cast: Cast, source: Source):
    client = signed_in(cast)
    address = reverse("sources_token", args=["motcua"])
    form = {"label": "máy chủ <i>", "token": "lan-mot"}
    page = client.post(address, form)
    clear = re.findall(r"ct_[\w-]{20,}", text(page))[0]
    assert page["Cache-Control"].startswith("max-age=0")
    assert by_token(clear, timezone.now()) == source
    twice = client.post(address, form)
    assert twice.status_code == 302
    assert Token.objects.count() == 1
    listed = text(client.get(reverse("sources_source", args=["motcua"])))
    assert clear not in listed
    assert "máy chủ &lt;i&gt;" in listed
    confirmed(client, reverse("sources_revoke", args=["motcua", Token.objects.get().pk]), {})
    assert by_token(clear, timezone.now()) is None


def test_authority_changes_from_a_day_by_a_decision(cast: Cast, source: Source):
    add_source(SYSTEM, "moi", "Hệ thống mới", first=date(2026, 1, 1))
    client = signed_in(cast)
    told = {"datum": "ho-so", "unit": "so-a", "source": "moi", "first": "01/04/2026", "number": "9/QĐ"}
    review = client.post(reverse("sources_set_authority"), {**told, "step": "review"})
    assert "Một cửa &lt;b&gt; là nguồn chính thức đến hết ngày trước đó" in text(review)
    confirmed(client, reverse("sources_set_authority"), told)
    spans = Authority.standing().order_by("days")
    assert [(one.source.code, one.days.lower) for one in spans] == [
        ("motcua", date(2025, 3, 1)),
        ("moi", date(2026, 4, 1)),
    ]
    assert "01/03/2025 đến hết 31/03/2026" in text(client.get(reverse("sources_authorities")))


def test_a_kind_of_data_and_an_own_count_are_kept(cast: Cast, source: Source):
    client = signed_in(cast)
    confirmed(client, reverse("sources_new_datum"), {"code": "van-ban", "name": "Văn bản đến", "work_kind": "document"})
    assert "Loại số liệu chưa có nguồn chính thức" in text(client.get(reverse("sources_authorities")))
    address = reverse("sources_own_count", args=["motcua"])
    assert "Số đếm không thể âm" in text(client.post(address, {"day": "02/03/2026", "count": "-1", "step": "review"}))
    confirmed(client, address, {"day": "02/03/2026", "count": "12"})
    assert OwnCount.standing().get().count == 12


def test_a_batch_is_withdrawn_as_a_whole_after_its_effect_is_shown(cast: Cast, source: Source):
    outcome = accept(SYSTEM, source, [dossier("H1"), dossier("H2", official="binh")])
    client = signed_in(cast)
    address = reverse("sources_withdraw", args=["motcua", outcome.batch])
    page = client.get(address)
    assert "đang đứng sau 2 công việc" in text(page)
    assert "Chưa điền" in text(client.post(address, {"step": "review"}))
    confirmed(client, address, {"reason": "nạp nhầm tệp"})
    assert Batch.objects.filter(kind="withdrawal", of=outcome.batch).exists()
    assert Event.objects.filter(activity="withdrawn").exists()
    again = client.post(address, {"reason": "lần nữa", "step": "write", "token": "khac"})
    assert "Đợt này đã hoặc đang được rút" in text(again)
    assert "đã rút" in text(client.get(reverse("sources_source", args=["motcua"])))


def test_a_large_batch_is_withdrawn_by_the_worker_while_the_page_says_how_far(
    cast: Cast, source: Source, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("congtam.intake.actions.AT_ONCE", 1)
    outcome = accept(SYSTEM, source, [dossier("H1"), dossier("H2", official="binh")])
    client = signed_in(cast)
    address = reverse("sources_withdraw", args=["motcua", outcome.batch])
    form = {"reason": "nạp nhầm tệp", "step": "write", "token": "lan-mot"}
    for _ in range(2):  # sent twice, begun once
        page = client.post(address, form, follow=True)
        assert page.redirect_chain == [(address, 302)]
    withdrawal = Batch.objects.get(kind="withdrawal")
    assert withdrawal.ended_at is None
    shown = text(page)
    assert "đang rút" in shown
    assert "0 / 2 bản ghi" in shown
    assert '<noscript><meta http-equiv="refresh"' in shown
    part = text(client.get(reverse("sources_withdraw_progress", args=["motcua", outcome.batch])))
    assert 'hx-trigger="every 2s"' in part
    assert "<html" not in part
    again = client.post(address, {"reason": "lần nữa", "step": "write", "token": "khac"})
    assert "Đợt này đã hoặc đang được rút" in text(again)
    assert "đang rút" in text(client.get(reverse("sources_source", args=["motcua"])))
    go_on_withdrawing(SYSTEM, withdrawal)
    over = text(client.get(address))
    assert "đã rút xong" in over
    assert "2 / 2 bản ghi" in over
    assert "hx-get" not in over
    assert "http-equiv" not in over


def test_the_same_work_is_decided_by_a_person(cast: Cast, source: Source):
    other = add_source(SYSTEM, "vanban", "Văn bản", first=date(2025, 3, 1))
    for one, key in ((source, "A1"), (other, "B1")):
        accept(SYSTEM, one, [dossier(key, symbol="12/STC-VP", title=f"Việc {key} <script>")])
    from congtam.work.models import Item

    propose(list(Item.objects.values_list("pk", flat=True)))
    pair = SameWork.objects.get()
    client = signed_in(cast)
    listed = text(client.get(reverse("sources_same")))
    assert "Việc A1 &lt;script&gt;" in listed
    address = reverse("sources_decide", args=[pair.pk])
    assert "Chưa chọn" in text(client.post(address, {"step": "review"}))
    review = text(client.post(address, {"answer": str(pair.one_id), "step": "review"}))
    assert "Cùng một việc: chỉ tính một lần" in review
    client.post(address, {"answer": str(pair.one_id), "step": "write"})
    pair.refresh_from_db()
    assert pair.state == "confirmed"
    assert "đã được người khác quyết định" in text(client.post(address, {"answer": "no", "step": "review"}))


def test_a_missing_source_names_the_figures_and_the_officials_it_touches(
    cast: Cast, source: Source, monkeypatch: pytest.MonkeyPatch
):
    from congtam.engine.rulebook.assemble import load_rulebook
    from congtam.registry.queries import ScoredCard
    from congtam.registry.shipped import LIBRARY
    from congtam.web.pages.sources import touching

    rules = load_rulebook(LIBRARY, "vn/hue/dost-monthly-2025")
    monkeypatch.setattr(touching, "cards_for", lambda _: [ScoredCard(rules.id, "official_month", True)])
    monkeypatch.setattr(touching, "book", lambda *_: rules)
    an = cast.account("official").person_id
    monkeypatch.setattr(touching, "touched_by", lambda *_: ({an}, {"dossier"}))
    page = text(signed_in(cast).get(reverse("sources_source", args=["motcua"])))
    assert "Lùi hạn sau khi đã quá hạn</a>" in page
    assert "1 cán bộ có việc từ nguồn này" in page
    assert PersonText.objects.get(person=an).full_name in page
    assert "Phòng Một: 1 người" in page
    assert touching.figures({""}, date(2026, 3, 2)) == []


def test_an_indicator_is_touched_by_the_kinds_it_asks_for_and_through_what_it_is_made_of() -> None:
    from congtam.engine.rulebook.assemble import load_rulebook
    from congtam.registry.shipped import LIBRARY
    from congtam.web.pages.sources.touching import _asked, _made_of, _reading

    rules = load_rulebook(LIBRARY, "vn/hue/dost-monthly-2025")
    reading = _reading(rules, {"dossier"})
    assert "taken_up_in_time" in _made_of(rules.indicators["proactiveness"])
    assert {"taken_up_in_time", "proactiveness"} <= reading
    assert not any(rules.indicators[name].model.measure.kind == "rating_of" for name in reading)
    one = next(one for one in rules.indicators.values() if "among" in one.nodes)
    kind = Column("kind", TEXT)
    only = replace(one, nodes={**one.nodes, "among": Both("and", (Compare("==", kind, Literal("task", TEXT)),
                                                                   OneOf(kind, ("document", "report"))))})  # fmt: skip
    assert set(_asked(only, "among")) == {"task", "document", "report"}
    alone = replace(rules, indicators={"only": only})
    assert _reading(alone, {"dossier"}) == set() and _reading(alone, {"report"}) == {"only"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pages_come_in_both_languages(cast: Cast, source: Source, lang: str):
    client = signed_in(cast)
    client.cookies["lang"] = lang
    for name, args in (
        ("sources", []),
        ("sources_source", ["motcua"]),
        ("sources_authorities", []),
        ("sources_aside", []),
        ("sources_same", []),
        ("sources_upload", []),
        ("sources_new", []),
        ("sources_token", ["motcua"]),
    ):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 200, name
        assert f'<html lang="{lang}">' in text(answer)
