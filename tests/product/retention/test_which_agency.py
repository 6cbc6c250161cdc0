"""The pages of retention speak of one agency at a time, and say of which; what cannot be meant is told, not broken."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cast import BEGAN, MANDATE_ENDS, Cast
from congtam.access.actions import give_mandate, open_account
from congtam.history.actor import SYSTEM
from congtam.history.laying import put
from congtam.history.sequence import in_order, take
from congtam.orgs.actions import set_unit
from congtam.orgs.models import Unit
from congtam.people.actions import end_spell
from congtam.retention.models import Erasure, Hold, Term

pytestmark = pytest.mark.django_db
CODE = "chi-cuc-c"
TERM = {"years": 5, "act": "Quy chế thử", "article": "Điều 3", "number": "5/QĐ-CC"}


@pytest.fixture
def below(cast: Cast) -> Unit:
    """An agency of its own below Sở A."""
    return set_unit(SYSTEM, CODE, name="Chi cục C", level="agency", parent=cast.units["so-a"], agency=None, first=BEGAN)


def client(cast: Cast, code: str, lang: str = "vi") -> Client:
    made = Client()
    made.force_login(cast.accounts[code])
    made.cookies["lang"] = lang
    return made


def address(name: str, *args: Any) -> str:
    return reverse(name, args=args, query={"cq": CODE})


def both_steps(by: Client, where: str, **told: Any) -> str:
    """What is to be confirmed; it is, and leads back to the page of the agency."""
    shown = by.post(where, {**told, "step": "review"}).content.decode()
    token = shown.split('name="token" value="')[1].split('"')[0]
    answer = by.post(where, {**told, "step": "write", "token": token})
    assert (answer.status_code, answer.get("Location")) == (302, address("retention")), shown[-3000:]
    return shown


def test_a_form_acts_on_the_agency_whose_page_is_open_and_names_it(cast: Cast, below: Unit) -> None:
    personnel = client(cast, "nhan-su")
    assert f'href="{address("retention")}">Chi cục C</a>' in personnel.get(reverse("retention")).content.decode()
    told = personnel.get(address("retention")).content.decode()
    assert "<p>Chi cục C." in told
    links = [address("retention_term", "seals"), address("erasure_person"), address("retention_hold")]
    assert [one for one in links if f'href="{one}"' not in told] == []
    shown = both_steps(personnel, address("retention_term", "seals"), first="01/01/2026", **TERM)
    assert "Cơ quan: Chi cục C." in shown
    assert Term.standing().get().agency_id == below.pk
    asked = {"kind": "", "code": "", "period": "2026-10", "number": "3/CV", "why": "Thanh tra"}
    assert "Cơ quan: Chi cục C." in both_steps(personnel, address("retention_hold"), **asked)
    assert Hold.standing().get().agency_id == below.pk
    both_steps(personnel, reverse("retention_release", args=[Hold.standing().get().pk]))


def test_a_term_that_begins_later_is_shown_and_can_be_ended(cast: Cast, below: Unit) -> None:
    personnel = client(cast, "nhan-su")
    first = timezone.localdate() + timedelta(days=90)
    both_steps(personnel, address("retention_term", "seals"), first=f"{first:%d/%m/%Y}", **TERM)
    term = Term.standing().get()
    told = personnel.get(address("retention")).content.decode()
    assert f"Từ {first:%d/%m/%Y}: 5 năm, 5/QĐ-CC" in told
    where = reverse("retention_term_end", args=[term.pk])
    assert f'href="{where}"' in told
    assert "hiện nay không có gì thay đổi" in both_steps(personnel, where)
    assert not Term.standing().exists()


@pytest.mark.parametrize(("lang", "said"), [("vi", "Chưa đúng cách ghi kỳ."), ("en", "This is no period.")])
def test_what_is_no_period_is_told_at_its_field(cast: Cast, lang: str, said: str) -> None:
    asked = {"period": "10/2026", "number": "3/CV", "why": "Thanh tra", "step": "review"}
    answer = client(cast, "nhan-su", lang).post(reverse("retention_hold"), asked)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_list_of_an_agency_below_is_told_on_the_page_of_the_day_and_opens(cast: Cast, below: Unit) -> None:
    with in_order():
        [series] = take(1)
        new = Erasure(series=series, agency=below, kind="looks", as_of=date(2026, 1, 1), by=cast.people["nhan-su"])
        put(SYSTEM, new)
    leader = client(cast, "giam-doc")
    told = leader.get(reverse("today")).content.decode()
    assert "1 danh sách xóa dữ liệu chờ" in told
    assert f'href="{address("retention")}">Mở trang Lưu giữ: Chi cục C</a>' in told
    where = reverse("erasure", args=[series])
    assert f'href="{where}"' in leader.get(address("retention")).content.decode()
    assert f'href="{address("retention")}"' in leader.get(where).content.decode()


def test_whose_right_is_over_a_unit_alone_is_told_why_there_is_nothing(cast: Cast) -> None:
    cast.accounts["kiem-tra-2"] = open_account(SYSTEM, "kiem-tra-2", "mật khẩu thử 2025")
    give_mandate(SYSTEM, cast.accounts["kiem-tra-2"], "13/QĐ-TTr", cast.units["phong-mot"], BEGAN, MANDATE_ENDS)
    answer = client(cast, "kiem-tra-2").get(reverse("retention"))
    assert answer.status_code == 200
    assert "quyền của bạn chỉ với một đơn vị trong cơ quan" in answer.content.decode()


def test_only_who_has_left_is_offered_not_whose_contract_has_an_end(cast: Cast) -> None:
    today = timezone.localdate()
    end_spell(SYSTEM, cast.spells["an"], today + timedelta(days=300), "20/QĐ-SA")
    end_spell(SYSTEM, cast.spells["binh"], today - timedelta(days=30), "21/QĐ-SA")
    told = client(cast, "nhan-su").get(reverse("erasure_person")).content.decode()
    assert "Hoàng Bình" in told
    assert "Nguyễn Thị An" not in told
