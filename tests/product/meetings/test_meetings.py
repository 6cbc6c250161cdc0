"""Meetings: the agenda is made from the facts, a conclusion becomes work at once, and what became of it is read from
that work; what was written is corrected, never rewritten."""

from datetime import date

import pytest
from meetings_scene import Office, at

from congtam.audit.models import Entry
from congtam.desk import deciding, doing
from congtam.desk.models import Brief, Question
from congtam.engine.periods import local_day
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.meetings.agenda import agenda_of, decided_before, kept, read
from congtam.meetings.concluding import Point, conclude, correct, strike_out
from congtam.meetings.holding import call_off, close, closing_of, correct_attendance, next_after
from congtam.meetings.models import Closing, Conclusion, Meeting
from congtam.meetings.queries import conclusions_of, may_see_agenda, meetings_of
from congtam.work.models import Event, Item, Share

pytestmark = pytest.mark.django_db


def state_of(office: Office, one: Conclusion) -> str:
    """What became of a conclusion, now."""
    office.fold()
    [found] = [said for said in conclusions_of(one.meeting, office.now) if said.row.series == one.series]
    return found.outcome.state


# -- a conclusion becomes work


def test_a_conclusion_for_a_person_is_work_given_by_the_same_deed(office: Office) -> None:
    meeting = office.meet()
    one = office.conclude(meeting)
    brief = Brief.objects.get(item=one.item_id)
    assert (brief.giver_id, brief.product, brief.basis) == (
        office.person("truong-mot"), "Báo cáo", "Kết luận giao ban 03/06/2030"
    )  # fmt: skip
    share = Share.objects.get(item=one.item_id)
    assert (share.official_id, share.role, share.due_at) == (office.person("an"), "lead", at(7, 17))
    assert Item.objects.get(pk=one.item_id).text.title == "Rà soát hồ sơ"
    assert Entry.objects.filter(action="meetings.conclude", subject=meeting.pk).exists()


def test_a_conclusion_for_another_unit_is_asked_of_its_head(office: Office) -> None:
    one = office.conclude(office.meet(), "Cho ý kiến về dự thảo", unit=office.unit("phong-hai"))
    question = Question.objects.get(item=one.item_id)
    assert (question.kind, question.to_id) == ("coordination", office.person("truong-hai"))
    assert state_of(office, one) == "unanswered"
    deciding.answer(office.seat("truong-hai"), question, True, now=office.now)
    assert state_of(office, one) == "under_way"


def test_what_needs_no_task_is_put_on_record(office: Office) -> None:
    one = office.conclude(office.meet(), "Phòng thống nhất lịch trực", task=False)
    assert (one.item_id, one.person_id, one.unit_id) == (None, None, None)
    assert not Item.objects.exists()
    assert state_of(office, one) == "on_record"


def test_a_task_without_one_of_the_clears_is_refused_and_nothing_is_written(office: Office) -> None:
    meeting, seat = office.meet(), office.seat("truong-mot")
    whole = {"text": "Việc", "person": office.person("an"), "due": at(7, 17), "product": "Báo cáo"}
    for changed, said in (
        ({"person": None}, "names one person"),
        ({"unit": office.unit("phong-hai")}, "names one person"),
        ({"due": None}, "has a deadline"),
        ({"product": " "}, "what is handed over"),
        ({"due": at(2)}, "has passed"),
        ({"text": "  "}, "is empty"),
        ({"text": "x" * 401}, "more than 400"),
    ):
        with pytest.raises(Refused, match=said):
            conclude(seat, meeting.pk, Point(**(whole | changed)), now=office.now)
    assert not Conclusion.objects.exists()
    assert not Event.objects.exists()


def test_who_cannot_receive_the_work_is_refused_with_the_conclusion(office: Office) -> None:
    meeting = office.meet()
    for person, said in (("chi", "not in a unit you head"), ("truong-mot", "Nobody gives work to themselves")):
        with pytest.raises(Refused, match=said):
            office.conclude(meeting, person=office.person(person))
    assert not Conclusion.objects.exists()


# -- what became of it


def test_the_state_of_a_conclusion_is_that_of_its_work_whatever_happens_to_it(office: Office) -> None:
    meeting = office.meet()
    one, late = office.conclude(meeting, "Xong sớm"), office.conclude(meeting, "Xong trễ")
    gone = office.conclude(meeting, "Không cần nữa")
    assert {state_of(office, each) for each in (one, late, gone)} == {"under_way"}
    doing.deliver(office.seat("an"), one.item_id, now=office.now)
    deciding.cancel(office.seat("truong-mot"), gone.item_id, "Trùng việc", now=office.now)
    office.now = at(10, 9, 1)
    assert [state_of(office, each) for each in (one, late, gone)] == ["done_in_time", "overdue", "cancelled"]
    doing.deliver(office.seat("an"), late.item_id, now=office.now)
    assert state_of(office, late) == "done_late"
    deciding.return_work(office.seat("truong-mot"), late.item_id, "Thiếu số liệu", now=office.now)
    assert state_of(office, late) == "overdue", "it came back, so it is not done"


def test_a_unit_that_refuses_leaves_the_conclusion_refused(office: Office) -> None:
    one = office.conclude(office.meet(), unit=office.unit("phong-hai"))
    deciding.answer(
        office.seat("truong-hai"), Question.objects.get(), False, "Không phải việc của phòng", now=office.now
    )
    assert state_of(office, one) == "refused"


def test_the_next_agenda_tells_what_became_of_the_last_conclusions_and_of_older_ones_not_done(office: Office) -> None:
    first = office.meet()
    done, open_ = office.conclude(first, "Đã xong"), office.conclude(first, "Còn dở", due=at(28, 17))
    doing.deliver(office.seat("an"), done.item_id, now=office.now)
    office.close(first)
    office.now = at(10)
    office.fold()
    second = office.meet()
    assert [(one.conclusion, one.state) for one in decided_before(second, office.now)] == [
        (done.pk, "done_in_time"),
        (open_.pk, "under_way"),
    ]
    office.close(second)
    office.now = at(17)
    third = office.meet()
    assert [one.conclusion for one in decided_before(third, office.now)] == [open_.pk], "what is done is not told again"
    assert not decided_before(first, office.now)


# -- the agenda


def test_the_agenda_is_made_from_the_facts(office: Office) -> None:
    late, soon, later = office.give(due=at(4, 17)), office.give("binh", at(13, 17)), office.give(due=at(28, 17))
    office.now = at(4, 8)
    doing.ask_time(office.seat("an"), late, at(6, 17), "Chờ số liệu", "outside", now=office.now)
    asked = office.conclude(office.meet(at(4, 10)), unit=office.unit("phong-hai"))
    office.now = at(10)
    office.fold()
    agenda = agenda_of(office.meet(), office.now)
    assert [(one.item, one.person, one.declared, one.days) for one in agenda.late] == [
        (late, office.person("an"), "outside", 4)
    ]
    assert [one.item for one in agenda.due] == [soon]
    assert later not in agenda.items
    assert [(one.asker, one.asked, one.late) for one in agenda.across] == [
        (office.unit("phong-mot"), office.unit("phong-hai"), 1)
    ]
    assert [(one.person, one.count) for one in agenda.asked] == [(office.person("truong-mot"), 1)]
    assert [one.item for one in agenda.decided] == [asked.item_id]
    assert {office.person(one) for one in ("an", "binh", "truong-mot")} <= agenda.people


def test_an_agenda_that_was_kept_is_read_as_it_was(office: Office) -> None:
    office.give(due=at(4, 17))
    office.now = at(10)
    agenda = agenda_of(office.meet(), office.now)
    told = kept(agenda)
    assert read(told) == agenda
    assert "Báo cáo" not in str(told), "it keeps numbers: texts can be erased"


# -- closed, corrected


def test_a_meeting_closed_keeps_its_agenda_as_it_was(office: Office) -> None:
    late = office.give(due=at(4, 17))
    office.now = at(10)
    meeting = office.meet()
    closing = office.close(meeting, "an")
    doing.deliver(office.seat("an"), late, now=office.now)
    office.now = at(12)
    office.fold()
    assert not agenda_of(meeting, office.now).late
    agenda = read(Closing.objects.get(pk=closing.pk).agenda)
    assert ([one.item for one in agenda.late], agenda.as_of) == ([late], at(10))
    with pytest.raises(Refused, match="was closed"):
        office.close(meeting)


def test_who_took_part_is_corrected_by_another_row(office: Office) -> None:
    meeting = office.meet()
    old = office.close(meeting)
    seat = office.seat("truong-mot")
    new = correct_attendance(seat, old.pk, (office.person("truong-mot"),), "An vắng")
    assert closing_of(meeting) == new
    assert (new.as_of, new.agenda) == (old.as_of, old.agenda)
    assert Closing.objects.count() == 2
    with pytest.raises(Conflict):
        correct_attendance(seat, old.pk, (office.person("an"),), "Nhầm")
    with pytest.raises(Refused, match="has a reason"):
        correct_attendance(seat, new.pk, (office.person("an"),), " ")


def test_a_conclusion_is_corrected_in_its_words_and_its_work_stays(office: Office) -> None:
    one = office.conclude(office.meet())
    seat = office.seat("truong-mot")
    new = correct(seat, one.pk, "Rà soát 40 hồ sơ", "Thiếu số lượng", now=office.now)
    [said] = conclusions_of(one.meeting, office.now)
    assert (said.row, said.before, said.row.item_id) == (new, [one], one.item_id)
    assert [said.row.text.text, said.before[0].text.text] == ["Rà soát 40 hồ sơ", "Rà soát hồ sơ"]
    with pytest.raises(Conflict):
        correct(seat, one.pk, "Khác", "Lý do", now=office.now)
    with pytest.raises(Refused, match="differs from what stands"):
        correct(seat, new.pk, "Rà soát 40 hồ sơ", "Lý do", now=office.now)


def test_a_conclusion_struck_out_cancels_its_work_while_it_is_open(office: Office) -> None:
    meeting = office.meet()
    one, done = office.conclude(meeting), office.conclude(meeting, "Đã xong")
    doing.deliver(office.seat("an"), done.item_id, now=office.now)
    for each in (one, done):
        strike_out(office.seat("truong-mot"), each.pk, "Ghi nhầm", now=office.now)
    activities = [
        set(Event.objects.filter(item=each.item_id).values_list("activity", flat=True)) for each in (one, done)
    ]
    assert ["cancelled" in told for told in activities] == [True, False]
    assert [said.stands for said in conclusions_of(meeting, office.now)] == [False, False]


def test_after_closing_a_conclusion_is_added_only_with_a_reason_and_told_as_such(office: Office) -> None:
    meeting = office.meet()
    office.conclude(meeting)
    office.close(meeting)
    with pytest.raises(Refused, match="needs a reason"):
        office.conclude(meeting, "Bỏ sót")
    office.conclude(meeting, "Bỏ sót", "Thư ký ghi sót")
    assert [said.added for said in conclusions_of(meeting, office.now)] == [False, True]


# -- called, called off, seen by whom


def test_a_meeting_looks_a_week_or_a_month_ahead(office: Office) -> None:
    assert office.meet().next_on == date(2030, 6, 10)
    assert office.meet(kind="monthly").next_on == date(2030, 7, 3)
    assert office.meet(at(4), next_on=date(2030, 6, 12)).next_on == date(2030, 6, 12)
    assert next_after("monthly", date(2030, 1, 31)) == date(2030, 2, 28)


def test_what_makes_no_sense_is_not_called(office: Office) -> None:
    for changed, said in (
        ({"when": at(2)}, "has passed"),
        ({"kind": "daily"}, "weekly or a monthly"),
        ({"next_on": date(2030, 6, 3)}, "comes after this one"),
        ({"by": "truong-hai"}, "Only the head"),
        ({"by": "an"}, "Only the head"),
    ):
        with pytest.raises(Refused, match=said):
            office.meet(**changed)
    office.meet()
    with pytest.raises(Refused, match="at that time already"):
        office.meet()


def test_nothing_is_written_in_a_meeting_before_its_day_nor_by_others(office: Office) -> None:
    meeting = office.meet(at(5))
    for deed in (lambda: office.conclude(meeting), lambda: office.close(meeting)):
        with pytest.raises(Refused, match="takes place"):
            deed()
    office.now = at(5)
    for who in ("an", "truong-hai"):
        with pytest.raises(Refused, match="Only the head"):
            close(office.seat(who), meeting.pk, (office.person("an"),), now=office.now)
    with pytest.raises(Refused, match="Nobody is said"):
        office.close(meeting, "chi")


def test_a_meeting_is_called_off_only_while_it_is_empty(office: Office) -> None:
    meeting, other = office.meet(at(4)), office.meet(at(3))
    call_off(office.seat("truong-mot"), meeting.pk, "Đi cơ sở", now=office.now)
    assert office.meet(at(4)).pk != meeting.pk, "another one may be called for the same hour"
    office.conclude(other)
    with pytest.raises(Refused, match="cannot be called off"):
        call_off(office.seat("truong-mot"), other.pk, "Đi cơ sở", now=office.now)


def test_meetings_are_seen_by_heads_those_who_look_in_and_those_who_take_part(office: Office) -> None:
    meeting = office.meet()
    seats = {who: office.seat(who) for who in ("truong-mot", "giam-doc", "kiem-tra", "an", "binh", "truong-hai", "em")}
    assert {who for who, seat in seats.items() if meeting in meetings_of(seat)} == {
        "truong-mot", "giam-doc", "kiem-tra", "an"
    }  # fmt: skip
    assert {who for who, seat in seats.items() if may_see_agenda(seat, meeting)} == {
        "truong-mot", "giam-doc", "kiem-tra"
    }  # fmt: skip
    assert Meeting.objects.count() == 1
    assert local_day(meeting.at) == date(2030, 6, 3)
