"""What a giver decides: accept, by silence too, return, open again, cancel, more time."""

from datetime import date

import pytest
from desk_scene import Desk, at, happened

from congtam.desk import acting, deciding, doing
from congtam.desk.models import Question, Remark
from congtam.desk.queries import Accepting, accepting
from congtam.engine.clock_rule import ClockRule
from congtam.engine.facts.fold import Clocks
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.people.away import delegate
from congtam.work.clocks import clocks_now
from congtam.work.models import Event

pytestmark = pytest.mark.django_db


def delivered(desk: Desk, **order: object) -> int:
    item = desk.give(**order)
    desk.wait(hours=1)
    doing.deliver(desk.seat("an"), item, now=desk.now)
    desk.wait(hours=1)
    return item


def test_accepting_names_who_did_and_may_carry_a_mark(desk: Desk) -> None:
    item = delivered(desk)
    deciding.accept(desk.seat("truong-mot"), item, 4, now=desk.now)
    share, event = desk.share(item, "an"), Event.objects.get(item=item, activity="accepted")
    assert (share.accepted, share.accepted_at, share.rating) == (True, desk.now, 4_000_000)
    assert (event.counterpart, event.value) == (str(desk.person("truong-mot")), "")
    assert desk.asked("acceptance").state == "granted"


def test_of_two_acceptances_the_second_is_told_of_the_first(desk: Desk) -> None:
    item = delivered(desk)
    deciding.accept(desk.seat("truong-mot"), item, now=desk.now)
    desk.wait(minutes=1)
    with pytest.raises(Refused, match=r"answered or taken back at 11:00 03/06/2030 \(Nguyễn Văn Bảo\)"):
        deciding.accept(desk.seat("giam-doc"), item, now=desk.now)
    assert happened(item).count("accepted") == 1


def test_who_has_no_part_in_it_accepts_nothing(desk: Desk) -> None:
    item = delivered(desk, support=("binh",))
    for code in ("an", "binh", "truong-hai", "em"):
        with pytest.raises(Refused, match="only they or a head above"):
            deciding.accept(desk.seat(code), item, now=desk.now)
    deciding.accept(desk.seat("giam-doc"), item, now=desk.now)  # a head above who gave it
    assert desk.standing(item).accepted


def test_nothing_is_accepted_before_it_is_delivered(desk: Desk) -> None:
    with pytest.raises(Refused, match="Nothing of this work was delivered"):
        deciding.accept(desk.seat("truong-mot"), desk.give(), now=desk.now)
    with pytest.raises(Refused, match="from 1 to 5"):
        deciding.accept(desk.seat("truong-mot"), delivered(desk), 6, now=desk.now)
    assert not Event.objects.filter(activity="accepted").exists()


def test_a_delegate_answers_for_the_head(desk: Desk) -> None:
    item = delivered(desk)
    people, unit = desk.cast.people, desk.cast.units["phong-mot"]
    delegate(
        SYSTEM, giver=people["truong-mot"], receiver=people["binh"], unit=unit, first=date(2030, 6, 1),
        until=date(2030, 6, 20), decision="4/QĐ",
    )  # fmt: skip
    deciding.accept(desk.seat("binh"), item, now=desk.now)
    assert Event.objects.get(item=item, activity="accepted").counterpart == str(desk.person("binh"))


def test_silence_accepts_at_its_instant_and_counts_for_who_was_silent(desk: Desk) -> None:
    item = delivered(desk)
    assert deciding.accept_by_silence(at(6, 16, 59)) == 0
    desk.now = at(10)
    assert deciding.accept_by_silence(desk.now) == 1
    assert deciding.accept_by_silence(desk.now) == 0
    event, question = Event.objects.get(item=item, activity="accepted"), desk.asked("acceptance")
    assert (event.at, event.counterpart, event.value) == (at(6, 17), str(desk.person("truong-mot")), "by_default")
    assert (question.state, question.by_default, question.answered_by_id) == ("granted", True, None)
    head = desk.person("truong-mot")
    assert accepting([head], at(1), at(30)) == {head: Accepting(silent=1, n=1)}
    assert accepting([head], at(7), at(30)) == {}
    assert desk.share(item, "an").accepted_at == at(6, 17)


def test_silence_has_answered_before_the_worker_writes_it_down(desk: Desk) -> None:
    item = delivered(desk)
    desk.now = at(10)
    for act in (
        lambda: deciding.accept(desk.seat("truong-mot"), item, now=desk.now),
        lambda: deciding.return_work(desk.seat("truong-mot"), item, "Thiếu", now=desk.now),
    ):
        with pytest.raises(Refused, match="counts as accepted at 17:00 06/06/2030"):
            act()
    deciding.reopen(desk.seat("truong-mot"), item, "Thiếu phụ lục", now=desk.now)
    assert desk.asked("acceptance").by_default
    assert [one for one in happened(item) if one in ("accepted", "reopened")] == ["accepted", "reopened"]


def test_work_returned_is_open_again_and_the_wait_does_not_count_against_its_holder(desk: Desk) -> None:
    item = desk.give()  # due on Friday at five
    desk.now = at(7, 16)
    doing.deliver(desk.seat("an"), item, now=desk.now)
    desk.now = at(11, 16)  # two working days later
    deciding.return_work(desk.seat("truong-mot"), item, "Thiếu phụ lục", now=desk.now)
    share = desk.share(item, "an")
    assert (share.state, desk.standing(item).returns) == ("open", 1)
    assert share.due_at == at(11, 17)  # the hour that was left
    assert not desk.faults(item)
    assert Remark.objects.get(item=item, kind="return").text == "Thiếu phụ lục"
    assert desk.asked("acceptance").state == "refused"
    doing.deliver(desk.seat("an"), item, now=desk.wait(minutes=30))
    assert not desk.faults(item)


def test_what_was_delivered_late_stays_late_when_it_is_returned(desk: Desk) -> None:
    item = desk.give()
    desk.now = at(10)
    doing.deliver(desk.seat("an"), item, now=desk.now)
    deciding.return_work(desk.seat("truong-mot"), item, "Thiếu", now=desk.wait(hours=2))
    assert [one.official_id for one in desk.faults(item)] == [desk.person("an")]
    assert desk.share(item, "an").due_at == at(7, 17)


def test_work_is_returned_with_a_reason_and_may_be_given_longer(desk: Desk) -> None:
    item = delivered(desk)
    with pytest.raises(Refused, match="Give a reason"):
        deciding.return_work(desk.seat("truong-mot"), item, " ", now=desk.now)
    deciding.return_work(desk.seat("truong-mot"), item, "Làm lại", at(14, 17), now=desk.now)
    assert desk.share(item, "an").due_at == at(14, 17)


def test_finished_work_is_opened_again_only_once_it_was_accepted(desk: Desk) -> None:
    item = delivered(desk)
    with pytest.raises(Refused, match="waits for acceptance is returned"):
        deciding.reopen(desk.seat("truong-mot"), item, "Sai", now=desk.now)
    deciding.accept(desk.seat("truong-mot"), item, now=desk.now)
    with pytest.raises(Refused, match="decides on it"):
        deciding.reopen(desk.seat("an"), item, "Sai", now=desk.now)
    desk.now = at(20)
    deciding.reopen(desk.seat("truong-mot"), item, "Sai số liệu", now=desk.now)
    share = desk.share(item, "an")
    assert (share.state, desk.standing(item).reopened, desk.standing(item).accepted) == ("open", 1, False)
    assert share.due_at > desk.now and not desk.faults(item)


def test_work_cancelled_falls_away_with_everything_asked_about_it(desk: Desk) -> None:
    item = desk.give()
    doing.ask_time(desk.seat("an"), item, at(12, 17), "Bão", "outside", now=desk.now)
    with pytest.raises(Refused, match="decides on it"):
        deciding.cancel(desk.seat("an"), item, "Không cần", now=desk.now)
    deciding.cancel(desk.seat("truong-mot"), item, "Không cần nữa", now=desk.wait(minutes=5))
    assert (desk.standing(item).state, desk.shares(item)) == ("cancelled", [])
    assert not Question.objects.filter(state="open").exists()
    for act in (
        lambda: deciding.cancel(desk.seat("truong-mot"), item, "Không cần", now=desk.now),
        lambda: doing.deliver(desk.seat("an"), item, now=desk.now),
    ):
        with pytest.raises(Refused):
            act()


def test_finished_work_is_not_cancelled(desk: Desk) -> None:
    with pytest.raises(Refused, match="finished or was cancelled"):
        deciding.cancel(desk.seat("truong-mot"), delivered(desk), "Không cần", now=desk.now)


def test_more_time_granted_moves_the_deadline_by_who_granted_it(desk: Desk) -> None:
    item = desk.give()
    question = doing.ask_time(desk.seat("an"), item, at(12, 17), "Bão", "outside", now=desk.now)
    with pytest.raises(Refused, match="only they or a head above"):
        deciding.answer(desk.seat("an"), question, True, now=desk.now)
    deciding.answer(desk.seat("truong-mot"), question, True, until=at(11, 17), now=desk.wait(hours=1))
    assert desk.share(item, "an").due_at == at(11, 17)
    event = Event.objects.get(item=item, activity="extended")
    assert event.counterpart == str(desk.person("truong-mot"))
    with pytest.raises(Refused, match="answered or taken back"):
        deciding.answer(desk.seat("truong-mot"), question, True, now=desk.now)


def test_more_time_refused_says_why_and_moves_nothing(desk: Desk) -> None:
    item = desk.give()
    question = doing.ask_time(desk.seat("an"), item, at(12, 17), "Bão", "outside", now=desk.now)
    with pytest.raises(Refused, match="Give a reason"):
        deciding.answer(desk.seat("truong-mot"), question, False, now=desk.now)
    deciding.answer(desk.seat("truong-mot"), question, False, "Việc gấp", now=desk.now)
    question.refresh_from_db()
    assert (question.state, question.answer, desk.share(item, "an").due_at) == ("refused", "Việc gấp", at(7, 17))


def test_after_expiry_more_time_needs_the_number_of_a_document(desk: Desk) -> None:
    item = desk.give()
    question = doing.ask_time(desk.seat("an"), item, at(14, 17), "Bão", "outside", now=desk.now)
    desk.now = at(10)
    head = desk.seat("truong-mot")
    with pytest.raises(Refused, match="needs the number of the document"):
        deciding.extend(head, item, at(13, 17), "Bão", now=desk.now)
    with pytest.raises(Refused, match="needs the number of the document"):
        deciding.answer(head, question, True, now=desk.now)
    deciding.answer(head, question, True, decision="15/QĐ-SA", now=desk.now)
    standing = desk.standing(item)
    assert (standing.due_at, standing.late_extensions, desk.faults(item)) == (at(14, 17), 1, [])
    assert Event.objects.get(item=item, activity="extended").decision == "15/QĐ-SA"


def test_a_deadline_is_not_moved_into_the_past_nor_nearer(desk: Desk) -> None:
    item, head = desk.give(), desk.seat("truong-mot")
    for until in (at(2), at(6, 17), at(7, 17)):
        with pytest.raises(Refused, match="after the present one"):
            deciding.extend(head, item, until, "Sớm hơn", now=desk.now)
    deciding.extend(head, item, at(8, 11), "Thêm việc", now=desk.now)
    assert desk.standing(item).extensions == 1
    with pytest.raises(Refused, match="no deadline that could be moved"):
        deciding.extend(head, desk.give(due=None), at(9), "Thêm việc", now=desk.now)


@pytest.mark.parametrize(
    ("said", "rule", "late"),
    [
        ("the rule of this clock allows none then", {"extension_after_expiry": "never"}, True),
        ("allows 1 extensions, and all were used", {"max_extensions": 1}, False),
    ],
)
def test_what_the_clocks_rule_does_not_allow_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, said: str, rule: dict, late: bool
) -> None:
    item, head = desk.give(), desk.seat("truong-mot")
    deciding.extend(head, item, at(10, 17), "Bão", now=desk.now)
    own = ClockRule("thử", {"vi": "thử", "en": "trial"}, "working_days", **rule)
    site = clocks_now(desk.now)
    clocks = site._replace(clocks=Clocks(site.clocks.calendar, lambda kind, day: own))
    monkeypatch.setattr(acting, "clocks_now", lambda now: clocks)
    desk.now = at(12) if late else at(4)
    with pytest.raises(Refused, match=said):
        deciding.extend(head, item, at(20, 17), "Bão", "15/QĐ", now=desk.now)
    assert happened(item).count("extended") == 1
