"""Pages that find a piece of work by its number let nobody see work that is not theirs to see."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from cast import ROLES, Cast
from congtam.history.actor import SYSTEM
from congtam.intake.actions import accept
from congtam.intake.telling import Happening, Told
from congtam.sources.actions import add_source
from congtam.work.folding import fold_waiting
from congtam.work.models import Item

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 11, 2, 1, tzinfo=UTC)
PAGES = ("/cong-viec/{}/", "/cong-viec/{}/da-tac-dong/", "/vi-sao/em/viec/{}/", "/vi-sao/chi/viec/{}/")
LISTS = ("/cong-viec/", "/cong-viec/danh-sach.csv", "/phong-toi/", "/phong-toi/giao-ban/", "/don-vi/")
# who may see the work of Chi (Phòng Hai of Sở A), and of Em (Sở B)
SEE = {"chi": {"other_head", "leader", "auditor"}, "em": {"other_leader"}}
TITLE = "Việc riêng không ai khác được đọc"


@pytest.fixture
def items(cast: Cast) -> dict[str, Item]:
    """One open piece of work of each of two people."""
    source = add_source(SYSTEM, "van-thu", "Văn thư", first=RECEIVED.date())
    for who, unit in (("chi", "phong-hai"), ("em", "so-b")):
        happenings = (
            Happening(RECEIVED, "registered", None, unit),
            Happening(RECEIVED + timedelta(hours=1), "assigned", who),
        )
        accept(SYSTEM, source, [Told(key=f"v-{who}", version=1, events=happenings, title=f"{TITLE} {who}")])
    fold_waiting(100, RECEIVED + timedelta(days=1))
    return {who: Item.objects.get(key=f"v-{who}") for who in ("chi", "em")}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_piece_of_work_is_shown_to_who_may_see_its_unit(role: str, cast: Cast, items: dict[str, Item]) -> None:
    client = Client()
    client.force_login(cast.account(role))
    for who, item in items.items():
        for page in PAGES:
            answer = client.get(page.format(item.pk))
            told = TITLE in answer.content.decode() and answer.status_code == 200
            may = SEE[who] | ({"personnel"} if who == "chi" and "/vi-sao/" in page else set())  # records behind points
            assert not told or role in may, f"{role} reads {who}'s work at {page}"
        if role in SEE[who]:
            assert client.get(f"/cong-viec/{item.pk}/").status_code == 200, f"{role} cannot read {who}'s work"


@pytest.mark.parametrize("role", ["official", "head", "other_head", "other_leader", "personnel", "administrator"])
def test_lists_hold_no_work_of_others(role: str, cast: Cast, items: dict[str, Item]) -> None:
    client = Client()
    client.force_login(cast.account(role))
    theirs = f"?dv={cast.units['so-b'].pk}&nguoi={cast.people['em'].pk}&xem=don-vi"
    for page in LISTS:
        for query in ("", "?q=rieng", theirs):
            answer = client.get(page + query)
            body = b"".join(answer) if answer.streaming else answer.content
            for who in items:
                assert f"{TITLE} {who}" not in body.decode() or role in SEE[who], f"{role}: {page}{query} tells {who}'s"
