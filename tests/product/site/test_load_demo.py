"""The demo department fills an empty site through the actions, and its sources go on telling."""

import json
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from congtam.access.models import Account
from congtam.access.seats import Role, seat_of
from congtam.audit.actions import close_batch
from congtam.audit.verify import verify
from congtam.closing.blocks import readiness
from congtam.cycles.models import Cycle
from congtam.cycles.queries import current
from congtam.documents.keys import Pkcs12, opened
from congtam.documents.models import SignerCertificate
from congtam.engine.periods import Period, PeriodKind
from congtam.intake.models import Record, SetAside
from congtam.marking.giving import needs_reason
from congtam.marking.queries import round_of
from congtam.orgs.models import UnitSpan
from congtam.people.models import Person, Spell
from congtam.registers.models import Document
from congtam.reward.fund import fund_of
from congtam.scores.models import Live, LiveUnit, Mark, Run
from congtam.serving import demo
from congtam.simulate.site import living
from congtam.simulate.site.cast import PASSWORD, PLAYERS
from congtam.simulate.site.closing import UNRATED, WORKED, month_to_close, worked_after
from congtam.simulate.site.keys import folder_of_keys
from congtam.simulate.site.living import Memory
from congtam.simulate.site.work import ALSO_AT_THE_DESK, KINDS, SYSTEMS, stories
from congtam.sources.models import Authority, Token
from congtam.work.models import Event, Share, ToFold

pytestmark = pytest.mark.django_db
ROLES = {
    "congchuc": {Role.OFFICIAL},
    "vienchuc": {Role.OFFICIAL},
    "canbo": {Role.OFFICIAL},
    "truongphong": {Role.OFFICIAL, Role.HEAD},
    "truongphong2": {Role.OFFICIAL, Role.HEAD},
    "giamdoc": {Role.OFFICIAL, Role.HEAD, Role.LEADER},
    "nhansu": {Role.OFFICIAL, Role.PERSONNEL},
    "quytac": {Role.OFFICIAL, Role.OWNER},
    "duyetquytac": {Role.OFFICIAL, Role.OWNER},
    "kiemtra": {Role.AUDITOR},
    "quantri": {Role.OFFICIAL, Role.ADMINISTRATOR},
    "vanthu": {Role.OFFICIAL, Role.CLERK},
    "ketoan": {Role.OFFICIAL, Role.ACCOUNTANT},
}


@pytest.fixture(scope="module")
def filled(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Any:
    """The demo, filled once for all tests of this module and taken back at their end."""
    from django.db import connection, transaction

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        folder: Path = tmp_path_factory.mktemp("demo")
        patch.setattr("django.conf.settings.SITE", folder)  # where keys and papers of the demo go
        patch.setattr("django.conf.settings.TRUST", folder / "trust")
        atomic = transaction.atomic()
        atomic.__enter__()
        demo.fill(lambda _: None)
        connection.check_constraints()  # here once, or at the end of each test again
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def test_everybody_is_there_in_their_right(filled: None):
    today = timezone.localdate()
    assert {one.username for one in PLAYERS} == set(ROLES)
    for account in Account.objects.filter(demo=True):
        assert seat_of(account, today).roles >= ROLES[account.username], account.username
    assert Spell.standing().filter(days__contains=today).count() >= 49
    assert UnitSpan.standing().filter(days__contains=today, level="agency").count() == 1
    assert all("DỮ LIỆU MẪU" in span.name for span in UnitSpan.standing().filter(level="agency"))


def test_records_came_from_three_sources_and_none_was_set_aside(filled: None):
    assert SetAside.objects.count() == 0
    assert {one.source.code for one in Record.objects.select_related("source").distinct("source")} == set(SYSTEMS)
    assert Authority.standing().count() == len(set(KINDS) - ALSO_AT_THE_DESK)
    assert Event.objects.count() > 20_000
    assert Share.objects.filter(finished_at=None).exists()


def test_everybody_is_scored_live_and_last_night(filled: None):
    month = f"{timezone.localdate():%Y-%m}"
    assert ToFold.objects.count() == Mark.objects.count() == 0
    scored = set(Live.objects.filter(period=month, legal=True).values_list("person", flat=True))
    assert len(scored) >= 49
    assert {one.rulebook for one in Live.objects.filter(period=month)} >= {
        "vn/national/decree-335-2025",
        "vn/national/decree-233-2026",
        "vn/hue/dost-monthly-2025",
    }
    for kind in ("nightly", "nightly_units"):
        assert sum(run.differing or not run.compared for run in Run.objects.filter(kind=kind)) == 0
    assert LiveUnit.objects.filter(period=month, graded_by="rule").count() > 5


def test_the_registers_hold_documents_numbered_without_a_gap_some_of_them_waiting(filled: None):
    numbers = list(Document.objects.filter(direction="in").order_by("pk").values_list("year", "number"))
    for year in {year for year, _ in numbers}:
        own = [number for one, number in numbers if one == year]
        assert own == list(range(1, len(own) + 1))
    states = set(Document.objects.values_list("state", flat=True))
    assert states == {"entered", "submitted", "done", "cancelled", "draft", "review"}


def test_the_audit_of_the_demo_verifies(filled: None):
    close_batch()
    assert verify().intact


@pytest.mark.parametrize(
    ("today", "closes"),
    [
        (date(2026, 11, 1), "2026-09"),
        (date(2026, 11, 3), "2026-09"),
        (date(2026, 11, 9), "2026-09"),
        (date(2026, 11, 10), "2026-10"),  # Monday to Friday lie before it, and the Monday on which one was reopened
        (date(2026, 11, 15), "2026-10"),
        (date(2026, 11, 30), "2026-10"),
        (date(2027, 1, 1), "2026-11"),
        (date(2027, 1, 31), "2026-12"),
    ],
)
def test_on_every_day_a_month_is_closed_whose_slips_were_answered_before(today: date, closes: str):
    period = month_to_close(today)
    assert period.label == closes
    assert worked_after(period, today)[WORKED] < today


def test_two_things_block_the_month_that_is_closed_of_two_people(filled: None):
    now, today = timezone.now(), timezone.localdate()
    cycle = Cycle.objects.get()
    period = month_to_close(today)
    assert cycle.period == period.label
    step = current(cycle, now)
    assert step is not None
    assert (step.step, step.state) == ("rating", "open")
    codes = dict(Person.objects.values_list("pk", "code"))
    found = readiness(cycle, now)
    told = {(one.kind, codes.get(one.person or 0), codes.get(one.who or 0)) for one in found.blocks}
    unrated = UNRATED[1 if period == Period.of(PeriodKind.MONTH, today).previous() else 2]
    assert told == {("rating", unrated, "CB015"), ("request", "CB018", "CB015")}
    assert found.ready == found.people - 2


def test_marks_at_the_ends_of_the_scale_say_why(filled: None):
    given = [(cell.criterion, cell.given) for cell in round_of(Cycle.objects.get(), timezone.now()).cells]
    asked = [one for criterion, one in given if one and one.value is not None and needs_reason(criterion, one.value)]
    assert len(asked) > 5
    assert [one for one in asked if not one.reason] == []


def test_the_fund_and_the_keys_of_the_demo_are_there(filled: None):
    agency = Cycle.objects.get().agency_id
    assert fund_of(agency, month_to_close(timezone.localdate()).first.year, "extra_income").left
    assert SignerCertificate.standing().count() == 2
    for code in ("giamdoc", "coquan"):
        key = Pkcs12((folder_of_keys() / f"{code}.p12").read_bytes(), PASSWORD)
        assert opened(key, timezone.now()).subject_name


def test_a_player_sees_that_all_is_invented(filled: None):
    client = Client()
    client.force_login(Account.objects.get(username="congchuc"), "congtam.web.backends.SignIn")
    answer = client.get("/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain
    assert "DỮ LIỆU MẪU" in answer.content.decode()


def test_filling_again_changes_nothing(filled: None):
    before = Event.objects.count()
    demo.fill(lambda _: None)
    assert Event.objects.count() == before
    assert [one.password for one in demo.accounts()] == [PASSWORD] * len(PLAYERS)


def test_what_goes_on_is_pushed_through_the_api_once(filled: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    client, told = Client(), []

    class Answer(BytesIO):
        pass

    def ask(request: Any, timeout: float) -> Answer:
        answer = client.post(
            "/api/v1/records", request.data, content_type="application/json", headers=dict(request.header_items())
        )
        assert answer.status_code == 200, answer.content
        told.append(json.loads(answer.content))
        return Answer(answer.content)

    pauses = iter([None, None, None])

    def sleep(_: float) -> None:
        if next(pauses, "over") == "over":
            raise KeyboardInterrupt

    monkeypatch.setattr(living, "build_opener", lambda *_: type("Opener", (), {"open": staticmethod(ask)}))
    monkeypatch.setattr(living.time, "sleep", sleep)
    monkeypatch.setattr(living.connection, "close", lambda: None)
    with pytest.raises(KeyboardInterrupt):
        living.live("http://testserver/", tmp_path / "told.json", timezone.now)
    assert len(told) >= 2
    assert all(one["set_aside"] == 0 for one in told)
    early = json.loads((tmp_path / "told.json").read_text())["early"]
    assert early or sum(one["updated"] + one["accepted"] for one in told) > 1
    assert Token.objects.filter(label=living.LABEL, revoked_at=None).count() == len(SYSTEMS)


def test_a_story_is_told_the_same_twice_and_grows_with_time(tmp_path: Path):
    today = timezone.localdate()
    one = next(story for story in stories(today) if len(story.events) > 6)
    assert one.told(4) == one.told(4)
    assert len(one.told(6).events) > len(one.told(4).events)
    memory = Memory(tmp_path / "told.json", early={one.code: {"3": "2026-11-22T12:00:00+00:00"}})
    before = one.instants[0] - timedelta(days=1)
    assert memory.known(one, before) == 4
    assert memory.record(one, before).events[3].at.isoformat() == "2026-11-22T12:00:00+00:00"


def test_a_demo_can_begin_on_any_day():
    for day in (date(2026, 1, 5), date(2026, 8, 31), date(2027, 2, 10)):
        assert len(stories(day)) > 3000
