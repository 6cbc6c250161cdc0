"""Which months a year holds, results that move with people, and the hand-over to the national database."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from cast import Cast
from congtam.cycles.handing import hand_over, handover_file
from congtam.cycles.models import Cycle, Step, Term
from congtam.cycles.opening import open_cycle
from congtam.cycles.queries import cut_off_of, member_of, people_in, steps_of
from congtam.cycles.special import is_special, set_kind
from congtam.cycles.transfers import came_in, enter_result, to_send
from congtam.cycles.year import months_of, unsettled
from congtam.engine.periods import Period
from congtam.history.actor import SYSTEM, Actor
from congtam.history.refused import Refused
from congtam.history.sequence import take
from congtam.people.actions import begin_spell, end_spell
from congtam.registry import actions as registry
from congtam.scores.models import Seal, SealedScore
from cycle_scene import OPENED, seat
from month_scene import BEGAN, DECREE, at

pytestmark = pytest.mark.django_db
POINT = 1_000_000


def sealed(cast: Cast, period: str, made_at: datetime, **points: int) -> Seal:
    """A seal as the room of scores keeps it, without its file."""
    number = Seal.objects.filter(agency=cast.units["so-a"], period=period).count() + 1
    row = Seal.objects.create(
        agency=cast.units["so-a"],
        period=period,
        number=number,
        seq=1,
        as_of=made_at,
        body=f"{period}-{number}",
        head=f"{period}-{number}",
        envelope={},
        supersedes=Seal.objects.filter(agency=cast.units["so-a"], period=period).order_by("-number").first(),
        people=len(points),
        made_at=made_at,
        by=1,
    )
    for code, total in points.items():
        SealedScore.objects.create(
            seal=row,
            person=cast.people[code],
            rulebook=DECREE,
            scorecard="civil_servant_month",
            points=total * POINT,
            grade="good",
            by="rule",
            role="staff",
            unit=cast.units["phong-mot"],
            post_title="Chuyên viên",
            duty_group="staff",
            staff_kind="civil_servant",
        )
    return row


def december(day: int, hour: int = 9) -> datetime:
    return at(day, hour, month=12)


@pytest.fixture
def year(cast: Cast, cycle: Cycle) -> Cycle:
    """2030, opened on 18 November."""
    registry.add_card(Actor(account=1), DECREE, "civil_servant_year", True, BEGAN)
    return open_cycle(seat(cast, now=at(18, month=11)), cast.units["so-a"].pk, "2030", now=at(18, month=11))


def test_a_year_is_graded_before_15_december_on_the_months_over_by_its_cut_off(cast: Cast, year: Cycle) -> None:
    dues = {name: one.due_at for name, one in steps_of(year, at(18, month=11)).items()}
    assert (dues["cut_off"], dues["seal"]) == (at(29, 17, month=11), december(13, 17)), "working days before the day"
    for number in range(1, 10):
        sealed(cast, f"2030-{number:02}", at(25, month=number + 1), an=80)
    sealed(cast, "2030-10", at(25, month=11), an=70)
    again = sealed(cast, "2030-10", december(2), an=75)  # sealed again after the cut-off, before the year
    now = december(5)
    held = months_of(year, now)
    assert cut_off_of(year, now) == at(29, 17, month=11)
    assert [one.period.label for one in held if one.held] == [f"2030-{number:02}" for number in range(1, 11)]
    assert held[9].seal == again, "the seal that stands when the year is scored"
    assert not held[10].over, "November was not over"
    assert unsettled(year, people_in(year, now), now) == []


def test_who_moves_after_the_cut_off_is_graded_where_they_were(cast: Cast, year: Cycle) -> None:
    now, an, moved = december(6), cast.people["an"], date(2030, 12, 5)
    there = Cycle.objects.get(pk=year.pk)
    end_spell(SYSTEM, cast.spells["an"], moved)
    begin_spell(SYSTEM, code="an-b", person=an, post=cast.posts["em"], staff_kind="civil_servant", first=moved)
    for agency, elsewhere in (("so-a", False), ("so-b", True)):
        there.agency = cast.units[agency]  # the same year, asked of either
        member = member_of(there, an.pk, now)
        assert member is not None and member.elsewhere is elsewhere, agency
        assert [one.elsewhere for one in people_in(there, now) if one.person == an.pk] == [elsewhere]


def test_a_month_without_a_seal_is_named_with_whoever_worked_then(cast: Cast, year: Cycle) -> None:
    sealed(cast, "2030-01", at(25, month=2), an=80)
    now, an = december(5), cast.people["an"].pk
    enter_result(seat(cast, now=now), an, "2030-02", 80 * POINT, "12/KQ", "Sở B", now=now)
    found = {one.period.label: one.people for one in unsettled(year, people_in(year, now), now)}
    assert list(found) == [f"2030-{number:02}" for number in range(2, 11)]
    assert an not in found["2030-02"] and an in found["2030-03"], "the slip of another body settles it"


def test_a_deadline_of_the_law_is_moved_by_no_incident(year: Cycle) -> None:
    steps = steps_of(year, at(18, month=11))
    assert [name for name, one in steps.items() if one.fixed] == ["cut_off", "seal"]
    assert Term.objects.filter(cycle=year, step="handover").get().count == "calendar_days"


def test_a_result_from_elsewhere_enters_with_the_number_of_its_slip(cast: Cast, year: Cycle) -> None:
    an, of = cast.people["an"].pk, Period.parse("2030")
    now, who = at(18, month=11), seat(cast, now=at(18, month=11))
    for month, points, number, sender, why in (
        ("2030-11", 80, "12/KQ", "Sở B", "no month that is over"),
        ("2030-03", 101, "12/KQ", "Sở B", "from 0 to 100"),
        ("2030-03", 80, " ", "Sở B", "number of its slip"),
    ):
        with pytest.raises(Refused, match=why):
            enter_result(who, an, month, points * POINT, number, sender, now=now)
    with pytest.raises(Refused, match="do not keep"):
        enter_result(seat(cast, "truong-mot"), an, "2030-03", 80 * POINT, "12/KQ", "Sở B", now=now)
    enter_result(who, an, "2030-03", 80 * POINT, "12/KQ", "Sở B", now=now)
    enter_result(who, an, "2030-03", 82 * POINT, "15/KQ", "Sở B", now=now)
    assert [(one.period.label, one.points, one.source) for one in came_in([an], of)] == [
        ("2030-03", 82 * POINT, "15/KQ, Sở B")
    ]
    sealed(cast, "2030-04", at(20, month=5), an=88)
    with pytest.raises(Refused, match="sealed here"):
        enter_result(who, an, "2030-04", 80 * POINT, "16/KQ", "Sở B", now=now)
    assert [(one.seal.period, one.points) for one in to_send(an, cast.units["so-a"].pk, of)] == [
        ("2030-04", 88 * POINT)
    ]


def test_results_are_handed_to_the_national_database_with_a_receipt(cast: Cast, cycle: Cycle) -> None:
    with pytest.raises(Refused, match="not sealed"):
        handover_file(cycle)
    sealed(cast, cycle.period, OPENED, an=80, binh=91)
    with pytest.raises(Refused, match="no step"):
        hand_over(seat(cast), cycle, "TN-1", now=OPENED)
    told = handover_file(cycle).decode("utf-8-sig").splitlines()
    assert told[1].startswith("an;Nguyễn Thị An;phong-mot;Phòng Một;Chuyên viên;2030-06;80,00;Hoàn thành tốt nhiệm vụ;")
    assert len(told) == 3 and handover_file(cycle) == handover_file(cycle)
    Step.objects.filter(cycle=cycle, replaced_by=None).update(replaced_by=take(1)[0])
    common = {"cycle": cycle, "place": 9, "due_at": at(10, 17, month=7)}
    Term.objects.create(
        card="x", step="handover", place=9, cycle=cycle, days=5, count="calendar_days", by_itself=False,
        due_at=common["due_at"],
    )  # fmt: skip
    Step.objects.create(step="handover", counted_from=OPENED, state="open", since=OPENED, **common)
    with pytest.raises(Refused, match="receipt"):
        hand_over(seat(cast), cycle, "  ", now=OPENED)
    made = hand_over(seat(cast), cycle, "TN-1", now=OPENED)
    assert (made.people, made.receipt, steps_of(cycle, OPENED)["handover"].state) == (2, "TN-1", "done")
    with pytest.raises(Refused, match="not open"):
        hand_over(seat(cast), cycle, "TN-1", now=OPENED)


def test_the_page_takes_results_in_shows_those_to_send_and_hands_over(
    cast: Cast, year: Cycle, client: Client, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SITE = tmp_path
    monkeypatch.setattr(timezone, "now", lambda: at(18, month=11))
    an, page = cast.people["an"].pk, reverse("results_moved")
    client.force_login(cast.accounts["nhan-su"])
    told = {"person": an, "month": "2030-03", "points": "82,5", "number": "12/KQ", "sender": "Sở B"}
    assert client.post(page, told).status_code == 422, "the signed slip is needed"
    slip = SimpleUploadedFile("phieu.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")
    assert client.post(page, told | {"file": slip, "token": "a-b"}).status_code == 302
    sealed(cast, "2030-04", at(20, month=5), an=88)
    shown = client.get(page, {"cb": an}).content.decode()
    assert "82,50" in shown and "12/KQ, Sở B" in shown and "88,00" in shown
    sealed(cast, "2030", at(18, month=11), an=85)
    assert client.get(reverse("handover_file", args=[year.pk])).content.startswith("\ufeffMã cán bộ;".encode())
    other = Client()
    other.force_login(cast.accounts["giam-doc-b"])
    assert other.get(reverse("handover_file", args=[year.pk])).status_code == 403


def test_a_special_agency_grades_its_year_by_the_day_the_rule_names_for_it(
    cast: Cast, cycle: Cycle, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, agency = at(18, month=11), cast.units["so-a"].pk
    monkeypatch.setattr(timezone, "now", lambda: now)
    registry.add_card(Actor(account=1), DECREE, "civil_servant_year", True, BEGAN)
    who = seat(cast, now=now)
    for code, basis, why in (("truong-mot", "5/QĐ", "do not keep"), ("nhan-su", " ", "No document")):
        with pytest.raises(Refused, match=why):
            set_kind(seat(cast, code, now), agency, special=True, basis=basis)
    with pytest.raises(Refused, match="stands already"):
        set_kind(who, agency, special=False, basis="5/QĐ-UBND")
    client.force_login(cast.accounts["nhan-su"])
    told = {"agency": agency, "kind": "special", "basis": "5/QĐ-UBND"}
    assert "Là cơ quan đặc thù".lower() in client.post(reverse("closing_kind"), told).content.decode()
    assert client.post(reverse("closing_kind"), told | {"step": "write", "token": "a-b"}).status_code == 302
    assert is_special(agency) and not is_special(cast.units["so-b"].pk)
    made = open_cycle(who, agency, "2030", now=now)
    dues = {name: one.due_at for name, one in steps_of(made, now).items()}
    assert dues["cut_off"] == datetime(2031, 1, 3, 10, tzinfo=UTC), "17:00 of the last working day before 6 January"
    assert dues["seal"] == datetime(2031, 1, 14, 10, tzinfo=UTC), "17:00 of the last working day before 15 January"
    assert {one.before for one in Term.objects.filter(cycle=made, step="seal")} == {"01-15"}
    for month in Period.parse("2030").months():
        sealed(cast, month.label, month.end, an=80)
    later = datetime(2031, 1, 6, 2, tzinfo=UTC)
    assert steps_of(made, later)["cut_off"].state == "done"
    assert [one.held for one in months_of(made, later)] == [True] * 12, "December too: the year is over by then"
