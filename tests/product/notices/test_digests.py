"""One digest a day for each person: what it says, on which days, and that nothing is told twice."""

import pytest
from django.db import IntegrityError, transaction
from notices_scene import Office

from congtam.calendars.actions import set_day
from congtam.cycles.models import Cycle, Reminder
from congtam.desk.acting import Happening, write
from congtam.desk.deciding import accept_by_silence, extend, return_work
from congtam.desk.doing import deliver
from congtam.desk.models import Brief, Occasion, Recurrence, Template
from congtam.history.actor import SYSTEM
from congtam.history.sequence import in_order
from congtam.notices import making
from congtam.notices.models import Digest, Line, Round
from congtam.notices.wording import parts, words_for
from congtam.objections.answering import answer
from congtam.objections.requests import About, object_to
from congtam.objections.slips import agree_to_rest
from congtam.people.actions import end_spell
from congtam.people.away import delegate
from congtam.reward import ledger
from congtam.reward.models import Entry
from objection_scene import SHOWN, july, seat, shown, slip

pytestmark = pytest.mark.django_db


def test_deadlines_are_told_when_they_come_near_when_they_are_there_and_when_they_have_passed(office: Office):
    at = office.at
    item = office.give(at(3), at(6, 17))
    assert office.told("an", at(4, 7, 30)) == {"due_soon": [item]}
    assert office.told("an", at(5, 7, 30)) == {}
    assert office.told("an", at(6, 7, 30)) == {"due_today": [item]}
    assert office.told("an", at(7, 7, 30)) == {"late": [item]}
    assert office.told("an", at(10, 7, 30)) == {}


def test_what_was_told_is_told_again_once_it_has_changed(office: Office):
    at = office.at
    item = office.give(at(3), at(4, 17))
    assert office.told("an", at(4, 7, 30)) == {"due_today": [item]}
    extend(office.seat("truong-mot", at(4, 10)), item, at(6, 17), "chờ số liệu", now=at(4, 10))
    assert office.told("an", at(5, 7, 30)) == {"due_soon": [item], "extended": [item]}
    assert office.told("an", at(6, 7, 30)) == {"due_today": [item]}


def test_nobody_is_told_nothing(office: Office):
    office.give(office.at(3), office.at(4, 17))
    assert office.told("binh", office.at(4, 7, 30)) == {}
    assert list(Digest.objects.values_list("person", flat=True)) == [office.person("an")]


def test_it_comes_at_half_past_seven_of_working_days_only(office: Office):
    at = office.at
    office.give(at(3), at(7, 17))
    assert office.told("an", at(7, 7, 29)) == {}
    assert office.told("an", at(8, 7, 30)) == {}  # a Saturday
    set_day(SYSTEM, at(10).date(), "off", "7/QĐ")
    assert office.told("an", at(10, 7, 30)) == {}
    assert "late" in office.told("an", at(11, 7, 30))


def test_a_worker_that_was_down_in_the_morning_makes_it_when_it_is_back(office: Office):
    item = office.give(office.at(3), office.at(4, 17))
    assert office.told("an", office.at(4, 11, 5)) == {"due_today": [item]}
    assert making.make_due(office.at(4, 11, 10)) == 0


def test_who_must_decide_is_told_and_so_is_what_was_sent_back(office: Office):
    at = office.at
    item = office.give(at(3), at(14, 17))
    deliver(office.seat("an", at(3, 15)), item, "xong", now=at(3, 15))
    assert office.told("truong-mot", at(4, 7, 30)) == {"decision": [item]}
    assert office.told("truong-mot", at(5, 7, 30)) == {}
    whom = {"giver": office.cast.people["truong-mot"], "receiver": office.cast.people["binh"]}
    days = {"first": at(5).date(), "until": at(7).date()}
    delegate(SYSTEM, **whom, unit=office.cast.units["phong-mot"], **days, decision="9/UQ")
    Round.objects.filter(day=at(5).date()).delete()
    assert office.told("binh", at(5, 7, 35)) == {"decision": [item]}
    return_work(office.seat("truong-mot", at(5, 9)), item, "thiếu phụ lục", now=at(5, 9))
    assert office.told("an", at(6, 7, 30)) == {"returned": [item]}


def test_silence_that_accepts_is_told_to_both_sides(office: Office):
    at = office.at
    item = office.give(at(3), at(14, 17))
    deliver(office.seat("an", at(3, 15)), item, "xong", now=at(3, 15))
    office.told("truong-mot", at(4, 7, 30))
    assert accept_by_silence(at(10, 6)) == 1
    assert office.told("an", at(10, 7, 30)) == {"accepted": [item]}
    assert list(Line.objects.filter(person=office.person("truong-mot")).values_list("what", flat=True)) == [
        "decision",
        "accepted",
    ]


def test_a_clock_stopped_by_a_decision_is_told_and_its_deadline_is_not(office: Office):
    at = office.at
    item = office.give(at(3), at(4, 17))
    with in_order():
        write(
            None, "exemptions.test", item, [Happening("paused", value="bão", decision="5/QĐ", at=at(3, 16))], at(3, 16)
        )
    assert office.told("an", at(4, 7, 30)) == {"paused": [item]}


def test_another_unit_that_waits_is_told(office: Office):
    at = office.at
    item = office.give(at(3), None, kind="coordination")
    Brief.objects.filter(item=item).update(giver=office.person("truong-hai"))
    assert office.told("an", at(4, 7, 30)) == {"waits_for_me": [item]}
    assert Line.objects.get(what="waits_for_me").who == office.person("truong-hai")


def test_secret_work_is_called_nothing(office: Office):
    at = office.at
    item = office.give(at(3), at(4, 17), title="Phương án tuyệt mật")
    Brief.objects.filter(item=item).update(secret=True)
    office.told("an", at(4, 7, 30))
    lines = list(Line.objects.all())
    assert [one.title for part in parts(lines, words_for(lines, "vi")) for one in part.lines] == [
        "Một việc theo chế độ mật"
    ]


def test_old_news_of_the_first_days_is_no_news(office: Office):
    at = office.at
    item = office.give(at(3), at(28, 17))
    extend(office.seat("truong-mot", at(3, 10)), item, at(29, 17), "thêm việc", now=at(3, 10))
    assert office.told("an", at(5, 7, 30)) == {}


def test_a_worker_killed_while_making_them_makes_the_rest_and_none_twice(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    at = office.at
    for person in ("an", "binh"):
        office.give(at(3), at(4, 17), lead=person)
    written = making._write

    def killed(*told: object) -> int:
        written(*told)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "AT_ONCE", 1)
    with monkeypatch.context() as patched:
        patched.setattr(making, "_write", killed)
        for _ in range(3):
            with pytest.raises(KeyboardInterrupt):
                making.make_due(at(4, 7, 30))
    making.make_due(at(4, 7, 35))
    assert sorted(Digest.objects.values_list("person", flat=True)) == sorted(
        [office.person("an"), office.person("binh")]
    )
    assert Line.objects.count() == 2
    assert Round.objects.get().done_at == at(4, 7, 35)
    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.create(person_id=office.person("an"), day=at(4).date(), made_at=at(4))


def test_two_workers_at_once_make_one(office: Office, monkeypatch: pytest.MonkeyPatch):
    at = office.at
    office.give(at(3), at(4, 17))
    found = making.told

    def meanwhile(*asked: object) -> list[object]:
        monkeypatch.setattr(making, "told", found)
        making._make(Round.objects.get(), at(4, 7, 30), making.sight(at(4)).calendar)
        return list(found(*asked))  # type: ignore[arg-type]

    monkeypatch.setattr(making, "told", meanwhile)
    making.make_due(at(4, 7, 30))
    assert (Digest.objects.count(), Line.objects.count()) == (1, 1)


def test_a_closed_account_gets_none(office: Office):
    at = office.at
    office.give(at(3), at(4, 17))
    account = office.cast.accounts["an"]
    account.is_active = False
    account.save()
    assert office.told("an", at(4, 7, 30)) == {}


def test_what_is_no_piece_of_work_is_told_too_and_once(office: Office):
    at, cast = office.at, office.cast
    period = Cycle.objects.create(agency=cast.units["so-a"], period="2030-05", opened_at=at(3))
    Reminder.objects.create(
        cycle=period, step="self_report", to=cast.people["an"], about="self_report", day=at(3).date(), at=at(3, 15)
    )
    template = Template.objects.create(
        unit=cast.units["phong-mot"], title="Báo cáo tuần", days=2, made_by=cast.people["truong-mot"]
    )
    recurring = Recurrence.objects.create(
        template=template,
        lead=cast.people["binh"],
        every="week",
        on=1,
        next_on=at(10).date(),
        giver=cast.people["truong-mot"],
    )
    Occasion.objects.create(recurrence=recurring, day=at(3).date(), at=at(3, 7), outcome="stopped")
    office.give(at(3), at(28, 17), lead="binh")
    end_spell(SYSTEM, cast.spells["binh"], at(4).date(), "9/QĐ")
    assert office.told("an", at(4, 7, 30)) == {"reminded": [None]}
    assert office.told("truong-mot", at(4, 7, 30)) == {"recurrence": [None], "left_behind": [None]}
    assert office.told("truong-mot", at(5, 7, 30)) == {}, "each thing once, until it changes"
    lines = list(Line.objects.all())
    said = [(one.title, one.page, one.who) for part in parts(lines, words_for(lines, "vi")) for one in part.lines]
    assert said == [
        ("Tự đánh giá, tháng 5 năm 2030", "self_report", ""),
        ("Báo cáo tuần: đã tự dừng", "templates", "Hoàng Bình"),
        ("1 việc chưa bàn giao", "handover", "Hoàng Bình"),
    ]


def test_a_period_tells_of_slips_of_requests_to_review_and_of_rows_to_sign(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    cast = office.cast
    monkeypatch.setattr("django.utils.timezone.now", lambda: SHOWN)
    cycle = shown(cast)  # at 08:00 on the ninth
    agree_to_rest(seat(cast, "binh", july(9)), slip(cycle, cast, "binh"), now=july(9))
    row = Entry(
        series=1, agency=cast.units["so-a"], year=2030, purse="bonus", kind="in", amount=150_000_000,
        day=july(9).date(), by=cast.people["pho-giam-doc"],
    )  # fmt: skip
    row.save(force_insert=True)
    assert office.told("an", july(10, 7, 30)) == {"slip": [None]}
    assert office.told("binh", july(10, 7, 30)) == {}, "they have said all they had to say"
    assert office.told("giam-doc", july(10, 7, 30)) == {"slip": [None], "to_sign": [None]}
    assert office.told("pho-giam-doc", july(10, 7, 30)) == {"slip": [None]}, "nobody signs what they entered"
    request = object_to(seat(cast, "an", july(10)), cycle, About("general"), "Tôi có hai sáng kiến", now=july(10))
    assert office.told("giam-doc", july(11, 7, 30)) == {"review_asked": [None]}
    answer(seat(cast, "giam-doc", july(11)), request, "refused", "Đã tính cả hai", now=july(11))
    ledger.sign(seat(cast, "giam-doc", july(11)), row)
    assert office.told("an", july(12, 7, 30)) == {"review_answered": [None]}
    assert office.told("giam-doc", july(12, 7, 30)) == {}
    lines = list(Line.objects.filter(person__in=[cast.people[one].pk for one in ("an", "giam-doc")]))
    said = {(one.what, line.title, line.page, line.who, line.at)
            for one in parts(lines, words_for(lines, "vi")) for line in one.lines}  # fmt: skip
    title = "tháng 6 năm 2030"
    assert said == {
        ("slip", title, "slip", "", july(16, 17)),  # when the step of remarks ends
        ("to_sign", "Quỹ năm 2030: 150.000.000 đồng", "fund", "Lê Thị Ánh", None),
        ("review_asked", title, "review", "Nguyễn Thị An", july(12, 17)),
        ("review_answered", title, "review", "Trần Văn Đức", july(11)),
    }
