"""Points of units on the pages: whose, to whom, and down to the records."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cast import Cast, build
from congtam.engine.periods import Period, PeriodKind, local_day
from congtam.registry.models import Card
from congtam.scores.models import LiveUnit
from making import HUE, Works, adopt_rules, settle

CARD = f"{HUE}%23unit_month"
ROLES = ("official", "head", "other_head", "leader", "other_leader", "personnel", "administrator", "auditor")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ready(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Cast]:
    """The running month, with work in both sections, scored."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        cast, now = build(), timezone.now()
        adopt_rules()
        works, start = Works(cast), _month(now).start
        for number in range(24):
            person = ("an", "binh", "chi", "truong-mot")[number % 4]
            due, done = start + (now - start) * 0.5, start + (now - start) * (0.3 if number < 20 else 0.7)
            works.task(f"giao-{number}", person, start + (now - start) * 0.1, due, done)
        settle(now)
        yield cast
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def cast(ready: Cast, db: None) -> Cast:
    return ready


def test_a_head_sees_the_points_of_the_own_unit_and_opens_them(cast: Cast) -> None:
    score = _score(cast, "phong-mot")
    assert score.grade and score.n_items == 18
    page = _opened(cast, "head", "/phong-toi/")
    assert "Điểm của đơn vị" in page and "Mức độ quá hạn" in page and _points(score.earned) in page
    why = _opened(cast, "head", _why("phong-mot"))
    assert "Vì sao: Phòng Một" in why and "giao-20" in why
    assert "giao-22" not in why  # of the other section


def test_a_leader_sees_the_whole_and_each_section_and_no_rank(cast: Cast) -> None:
    page = _opened(cast, "leader", "/don-vi/")
    assert "đây không phải thứ hạng" in page
    for code in ("so-a", "phong-mot", "phong-hai", "van-phong"):
        assert f"/vi-sao-don-vi/{code}/?ky=" in page
    assert _points(_score(cast, "phong-hai").earned) in page


def test_points_of_a_unit_are_for_its_head_those_above_and_who_holds_a_mandate(cast: Cast) -> None:
    see = {role for role in ROLES if _asked(cast, role, _why("phong-mot")).status_code == 200}
    assert see == {"head", "leader", "auditor"}
    link = _why("phong-mot").replace("&", "&amp;")
    on_page = {role for role in ROLES if link in _asked(cast, role, "/don-vi/").content.decode()}
    assert on_page == {"leader", "auditor", "head"}
    assert _asked(cast, "head", _why("phong-mot").replace("phong-mot/", "phong-mot/du-lieu.json")).status_code == 200


def test_the_file_of_a_unit_re_adds_to_its_points(cast: Cast) -> None:
    told = _asked(cast, "leader", _why("so-a").replace("so-a/", "so-a/du-lieu.json")).json()
    score = _score(cast, "so-a")
    assert (told["lowest"], told["earned"]) == (score.lowest, score.earned)
    assert sum(part["points"] for part in told["parts"]) == score.earned
    for one in told["indicators"].values():
        counted = [row for row in one["rows"] if not row["unknown"]]
        if one["state"] == "value" and counted:
            assert (sum(row["top"] for row in counted), sum(row["bottom"] for row in counted)) == (
                one["top"], one["bottom"]
            )  # fmt: skip


def test_what_is_not_scored_is_not_found(cast: Cast) -> None:
    for asked in ("", f"?ky={_label()}", f"?ky=khong&bang={CARD}", f"?ky=2020-01&bang={CARD}"):
        assert _asked(cast, "head", f"/vi-sao-don-vi/phong-mot/{asked}").status_code == 404


def test_where_no_unit_is_scored_no_page_speaks_of_it(cast: Cast) -> None:
    LiveUnit.objects.all().delete()
    assert "Điểm của đơn vị" not in _opened(cast, "leader", "/don-vi/")
    assert "Điểm của đơn vị" not in _opened(cast, "head", "/phong-toi/")
    assert Card.objects.filter(scorecard="unit_month").exists()


def _score(cast: Cast, unit: str) -> LiveUnit:
    return LiveUnit.objects.get(unit=cast.units[unit], period=_label())


def _points(micro: int) -> str:
    return f"{micro / 1_000_000:.1f}".replace(".", ",")


def _why(unit: str) -> str:
    return f"/vi-sao-don-vi/{unit}/?ky={_label()}&bang={CARD}"


def _asked(cast: Cast, role: str, address: str) -> Any:
    client = Client()
    client.force_login(cast.account(role))
    return client.get(address)


def _opened(cast: Cast, role: str, address: str) -> str:
    answer = _asked(cast, role, address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def _month(now: datetime) -> Period:
    return Period.of(PeriodKind.MONTH, local_day(now))


def _label() -> str:
    return _month(timezone.now()).label
