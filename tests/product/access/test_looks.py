"""Who looked at whose record is written down once, and shown to that person."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cast import Cast
from congtam.access.looks import record, seen_by
from congtam.access.models import Look
from congtam.access.seats import seat_of


def test_a_look_says_who_when_in_which_right_at_what(cast: Cast) -> None:
    head = seat_of(cast.account("head"), date(2025, 6, 1))
    record(head, cast.people["an"].pk, "month", "2025-06")
    [look] = seen_by(cast.people["an"].pk)
    assert (look.viewer.person.text.full_name, look.role, look.what, look.period) == (
        "Nguyễn Văn Bảo",
        "head",
        "month",
        "2025-06",
    )
    assert look.post == cast.posts["truong-mot"]
    assert not seen_by(cast.people["binh"].pk)


def test_the_same_page_within_ten_minutes_is_one_look(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    head, an = seat_of(cast.account("head"), date(2025, 6, 1)), cast.people["an"].pk
    for _ in range(3):
        record(head, an, "month", "2025-06")
    record(head, an, "month", "2025-05")
    record(head, an, "why", "2025-06")
    assert Look.objects.count() == 3
    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: later)
    record(head, an, "month", "2025-06")
    assert Look.objects.count() == 4


def test_one_s_own_record_is_not_looked_at(cast: Cast) -> None:
    record(seat_of(cast.account("official"), date(2025, 6, 1)), cast.people["an"].pk, "month")
    assert not Look.objects.exists()


def test_a_look_cannot_be_taken_back(cast: Cast) -> None:
    record(seat_of(cast.account("auditor"), date(2025, 6, 1)), cast.people["an"].pk, "month")
    for change in (lambda: Look.objects.all().delete(), lambda: Look.objects.update(what="nothing")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
