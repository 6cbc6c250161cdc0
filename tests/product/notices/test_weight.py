"""Hôm nay on a line of 400 kbit/s, with a full day on it: how long until it can be read, at the first visit and after.
Weighed as the bench weighs pages."""

import runpy
from pathlib import Path

import pytest
from django.test import Client
from notices_scene import Office, at

pytestmark = pytest.mark.django_db
WEIGHING = Path(__file__).parents[3] / "bench/weighing.py"
FIRST, AFTER = 3.0, 1.0  # seconds; files are not compressed here, as they are once a site has collected them


def test_today_can_be_read_on_a_slow_line(office: Office, monkeypatch: pytest.MonkeyPatch):
    for n in range(12):
        office.give(at(3), at(4 + n % 3, 17), title=f"Báo cáo kết quả thực hiện nhiệm vụ số {n}")
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(4))
    client = Client()
    client.force_login(office.cast.accounts["an"])
    weight = runpy.run_path(str(WEIGHING))["weigh"](client, "/hom-nay/")
    assert weight.page > 2000
    assert weight.seconds <= FIRST
    assert weight.seconds_after <= AFTER
    assert weight.rest * 8 / 400_000 <= 1
