"""Overdue work by unit and month is what the shipped indicator says of the same rows."""

import random
from datetime import date, datetime, timedelta

import pytest

from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.periods import Period
from congtam.engine.rulebook.parameters import resolve
from congtam.orgs.models import UnitSpan
from congtam.orgs.queries import unit_tree
from congtam.registry.shipped import shipped
from congtam.scores.overview import Overdue, overdue_by_unit
from congtam.web.pages.agency.compared import bands, share_of
from congtam.web.pages.agency.sections import sections_of
from congtam.work.queries import rows_for
from drawn_office import Office, at

pytestmark = pytest.mark.django_db
MONTHS = tuple(Period.parse(label) for label in ("2026-09", "2026-10", "2026-11"))
NOW = at("2026-11-18T10:00")


@pytest.fixture
def office() -> Office:
    return Office()


def counted(office: Office, now: datetime = NOW) -> dict[str, Overdue]:
    found = overdue_by_unit([office.first.pk], MONTHS, now)
    return {label: counts for (label, _), counts in found.items()}


def test_late_work_counts_each_month_until_it_is_done(office: Office) -> None:
    office.share(
        office.an, "a", at("2026-09-10T17:00"), received=at("2026-09-01T08:00"), finished_at=at("2026-10-05T09:00")
    )
    assert counted(office) == {"2026-09": Overdue(1, 1, 0), "2026-10": Overdue(1, 1, 0)}


def test_work_done_in_time_passed_on_in_time_or_excused_is_not_late(office: Office) -> None:
    came, due, done = at("2026-11-02T08:00"), at("2026-11-12T17:00"), at("2026-11-10T09:00")
    office.share(office.an, "xong", due, received=came, finished_at=done)
    office.share(office.an, "chuyển", due, received=came, finished_at=done, state="passed_on")
    office.share(office.an, "miễn", due, received=came, excused=True)
    office.share(office.an, "có quyết định", due, received=came, delay_voided="7/QĐ")
    office.share(office.an, "còn hạn", at("2026-11-30T17:00"), received=came)
    office.share(office.an, "không hạn", None, received=came)
    assert counted(office) == {"2026-11": Overdue(0, 2, 1)}


def test_a_past_month_is_seen_from_its_own_end(office: Office) -> None:
    """Due in the last days of October, done in November in time for nobody: late in October already."""
    office.share(
        office.an, "a", at("2026-10-30T17:00"), received=at("2026-10-12T08:00"), finished_at=at("2026-11-02T09:00")
    )
    assert counted(office) == {"2026-10": Overdue(1, 1, 0), "2026-11": Overdue(1, 1, 0)}


@pytest.mark.parametrize("seed", range(6))
def test_drawn_work_gives_what_the_indicator_gives(office: Office, seed: int) -> None:
    draw = random.Random(seed)
    for n in range(40):
        came = at("2026-08-20T08:00") + timedelta(hours=draw.randrange(24 * 85))
        due = None if draw.random() < 0.1 else came + timedelta(hours=draw.randrange(1, 24 * 40))
        done = came + timedelta(hours=draw.randrange(1, 24 * 50))
        ended = {"finished_at": done} if done < NOW and draw.random() < 0.8 else {}
        if ended and draw.random() < 0.2:
            ended["state"] = "passed_on"
        role = draw.choice(["lead", "support"])
        excused, voided = draw.random() < 0.1, "7/QĐ" if draw.random() < 0.1 else None
        if came < NOW:
            office.share(
                office.an, f"v{n}", due, received=came, role=role, excused=excused, delay_voided=voided, **ended
            )
    book = shipped("vn/hue/dost-monthly-2025")
    indicator = book.indicators["overdue_share"]
    found, month = counted(office), MONTHS[-1]
    measure = RowMeasure.of(indicator, resolve(indicator.parameters, month.first, {}))
    rows = rows_for([office.an.pk], month, NOW).by_official["share"].get(str(office.an.pk), [])
    measured = measure.measure(rows, month, NOW)
    assert (found[month.label].late, found[month.label].n) == (measured.top, measured.bottom)


def test_sections_are_what_stands_directly_under_a_unit_on_the_day(office: Office) -> None:
    below = office.unit("P1A", "Tổ một", office.first)
    tree = unit_tree(date(2026, 11, 18))
    assert sections_of(tree, office.agency.pk) == {
        office.agency.pk: office.agency.pk,
        office.first.pk: office.first.pk,
        below.pk: office.first.pk,
        office.second.pk: office.second.pk,
    }
    assert sections_of(tree, 10**9) == {}
    assert UnitSpan.standing().count() == 4


def test_nothing_is_said_of_a_unit_with_few_items_and_no_rank_of_any() -> None:
    alike = {number: Overdue(3 + number % 3, 60) for number in range(3, 20)}
    told = bands({1: Overdue(1, 19), 2: Overdue(50, 60), **alike})
    assert told[1].share.percent is None
    assert "chưa đủ việc" in told[1].text.vi
    assert told[2].text.vi == "cao hơn"
    assert {told[unit].text.vi for unit in alike} == {"tương đương"}
    assert "chưa đủ" in bands({1: Overdue(30, 60)})[1].text.vi  # nothing to be compared with
    assert share_of(Overdue(30, 60)).percent == 500
