"""In which time work may count: never narrower than what was told of it."""

from datetime import UTC, datetime, timedelta

import pytest

from congtam.work.models import Item
from congtam.work.spans import A_MONTH, EVER, span_of
from drawn_office import Office

pytestmark = pytest.mark.django_db
RECEIVED, DUE = datetime(2025, 3, 3, 2, tzinfo=UTC), datetime(2025, 3, 10, 10, tzinfo=UTC)


def test_settled_work_ends_as_long_again_and_a_month_after_the_last_that_was_told_of_it() -> None:
    office = Office()
    share = office.share(office.an, "Xong", DUE, received=RECEIVED, finished_at=DUE, item={"settled": True})
    item = Item.objects.select_related("standing").get(pk=share.item_id)
    told = [*item.events.values_list("recorded_at", flat=True), DUE]
    assert span_of(item) == (RECEIVED, max(told) + (max(told) - RECEIVED) + A_MONTH)


def test_open_work_has_no_end_and_work_with_faults_or_links_may_count_at_any_time() -> None:
    office = Office()
    opened, faulty, one, other = (
        office.share(office.an, title, DUE, received=RECEIVED, item={"settled": title != "mở"}).item
        for title in ("mở", "lỗi", "một", "hai")
    )
    office.event(faulty, DUE + timedelta(days=1), "fault", value="quality")
    office.event(one, DUE, "same_as", value=str(other.pk))
    assert span_of(Item.objects.select_related("standing").get(pk=opened.pk)) == (RECEIVED, None)
    for item in (faulty, one, other):
        assert span_of(Item.objects.select_related("standing").get(pk=item.pk)) == (EVER, None)
