"""A site that holds something of its own is neither filled with the demo nor removed as one; a new one is opened."""

from datetime import date

import pytest
from django.utils import timezone

from congtam.access.models import Account
from congtam.access.seats import Role, seat_of
from congtam.serving import demo
from congtam.serving.opening import Opening, open_site
from congtam.serving.preparing import Unfit

pytestmark = pytest.mark.django_db
OPENING = Opening("STC", "Sở Tài chính", "CB001", "Nguyễn Thị A", "QuanTri", date(2026, 1, 1))


def test_a_site_with_people_of_its_own_is_left_alone():
    Account.objects.create(username="ai-do")
    with pytest.raises(Unfit, match="dữ liệu thật"):
        demo.fill(lambda _: None)
    with pytest.raises(Unfit, match="không phải là trang mẫu"):
        demo.remove("postgresql:///unused")


def test_an_empty_site_is_opened_with_an_administrator_who_must_change_the_password():
    password = open_site(OPENING)
    account = Account.objects.get(username="quantri")
    assert account.check_password(password)
    assert account.temporary
    assert Role.ADMINISTRATOR in seat_of(account, timezone.localdate()).roles
    with pytest.raises(Unfit, match="đã được khởi tạo"):
        open_site(OPENING)
