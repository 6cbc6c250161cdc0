"""October 2026 from its opening to its payment, and once more after a correction, by everyone who has a part in it;
four people are followed to their figures: staff and a leader under Decree 335, staff and a leader under Decree 233.

What their figures must be by the decrees alone (70 points of results: for staff the mean of quantity, quality and
progress, for leaders of six terms; a failure of quality or a delay cuts a quarter of its own piece; 30 points of
general criteria, marked):

* Nguyễn Thị An, staff, 335. Pieces of 1 + 2 + 1.5 + 0.5 + 1 = 6, all done: quantity 6/6. The piece of 2 failed once:
  quality (6 - 2 x 0.25)/6 = 5.5/6. The piece of 1.5 was late once: progress (6 - 1.5 x 0.25)/6 = 5.625/6. Results
  70 x (6 + 5.5 + 5.625)/18 = 66.597. Marked 22: 88.60; after her request 23: 89.60. Good, from 70 and below 90.
* Nguyễn Văn Bảo, leader, 335. Five pieces, one late: 1, 1, 4.75/5; everybody he heads at least complete: 1; organising
  and rallying 100 %: 1, 1. Results 70 x 5.95/6 = 69.417; marked 20: 89.42. Good.
* Võ Mai Chi, staff, 233. Four of five pieces done: 0.8 three times. Results 56; marked 21: 77.00. Good.
* Đặng Thị Cúc, leader, 233. Five pieces, one failed: 1, 4.75/5, 1; Lý Anh Dũng of her section did two of five (70 x 0.4
  + 10 = 38.00, not completed): 0.5; organising 50 %, rallying 100 %: 0.5, 1. Results 70 x 4.95/6 = 57.75; marked 22:
  79.75. Good.

Hoàng Bình is corrected after the seal: four of five done, one of them late: 70 x (0.8 + 0.8 + 0.75)/3 = 54.833, marked
14.5: 69.33, complete. Without the delay 56 + 14.5 = 70.50: good. At Đà Nẵng's rates that is 0.3 instead of 0.1 of his
9,000,000 đ: 2,700,000 instead of 900,000, so 1,800,000 are still owed to him.

Of the 20 civil servants 18 are at least good (not Dũng, not Bình), so 9 may be excellent. Eleven have the points: eight
above the limit, Phạm Thu Hà and Đỗ Hữu Phước tied across it with 90.50, Tôn Nữ Diệu after them with 90.20. The nine are
paid half of 6,000,000 đ, An 0.3 of 10,000,000, Bình as above, ten others who are good 0.3 of 6,000,000, Dũng nothing:
27,000,000 + 3,000,000 + 900,000 + 18,000,000 = 48,900,000 đ.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

import journey_marked as until_slips
import journey_paid as after
import journey_sealed as until_papers
import signing
from cast import Cast
from journey_scene import Clock, before_the_month
from walking import Walk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def walk(
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    tmp_path: Path,
    live_server: LiveServer,
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, str], None],
    read_at_every_width: Callable[[Page, str], list[str]],
) -> Walk:
    """Sở A on Monday 2 November 2026, before anybody opened October; whom to trust is known."""
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    before_the_month(cast, clock)
    settings.SITE, settings.TSA = tmp_path, ""
    settings.TRUST = signing.authority().trusted_in(tmp_path / "trust")
    (tmp_path / until_papers.KEY).write_bytes(signing.key_file(signing.authority(), until_papers.PASSWORD))
    client = Client()
    client.force_login(cast.account("personnel"))
    assert client.get("/chot-thang/").status_code == 200  # rules and templates are ready: no browser waits for them
    return Walk(live_server.url, clock, open_page, sign_in, read_at_every_width)


def test_a_month_from_its_opening_to_its_payment(walk: Walk, tmp_path: Path) -> None:
    until_slips.opened(walk)
    until_slips.told_by_themselves(walk)
    until_slips.marked(walk)
    until_slips.seen_and_contested(walk)
    until_papers.settled(walk)
    until_papers.answered(walk)
    until_papers.sealed(walk)
    until_papers.checked_by_anybody(walk, *until_papers.signed(walk, tmp_path))
    after.paid(walk)
    after.corrected(walk)
    assert not walk.wrong, "\n".join(walk.wrong)
