"""A request is bound to one line, answered once by the next one up, and puts right everybody the same fault touched."""

from datetime import date, timedelta

import pytest

from cast import Cast
from congtam.cycles.models import Cycle
from congtam.cycles.moving import finish
from congtam.exemptions.exempting import Chosen
from congtam.exemptions.models import Exemption
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.objections.answering import answer
from congtam.objections.correcting import EXEMPT, MARK, SOURCE, Correction, cause_of, given_at
from congtam.objections.models import Answer, Request, Slip, Touched
from congtam.objections.queries import by_rater, by_rule, may_read, open_requests, to_answer
from congtam.objections.requests import About, Shown, object_to
from congtam.objections.slips import show_again
from congtam.objections.terms import terms_of
from congtam.people.actions import end_spell
from congtam.ratings.models import Rating, Reason
from congtam.scores.models import RunScore
from objection_scene import fault, item, july, seat, slip

pytestmark = pytest.mark.django_db
NOW = july(10)


def points(cycle: Cycle, cast: Cast, code: str) -> int:
    shown = slip(cycle, cast, code)
    return RunScore.objects.get(run=shown.run_id, person=shown.person_id).lowest


def about_the_fault() -> About:
    return About("results", item=item("201"), fault=fault("201"))


def test_a_fault_found_wrong_is_voided_for_everybody_the_same_batch_touched(cast: Cast, cycle: Cycle) -> None:
    ours, theirs = points(cycle, cast, "an"), points(cycle, cast, "binh")
    request = object_to(seat(cast, "an", NOW), cycle, about_the_fault(), "Nguồn ghi nhầm", now=NOW)
    leader, head = seat(cast, "giam-doc", NOW), seat(cast, "truong-mot", NOW)
    assert request.raters == [cast.people["truong-mot"].pk]  # accepted the work
    assert terms_of(cycle, NOW).answer_by(request) == july(12, 17)
    assert [one.responder_id for one in open_requests(cycle, NOW)] == [cast.people["giam-doc"].pk]
    assert to_answer(leader) == [request] and to_answer(head) == []
    cause = cause_of(leader, request, NOW)
    assert cause.own == (Chosen(item("201"), fault("201")),)
    assert (Chosen(item("202"), fault("202")), cast.people["binh"].pk) in cause.others and not cause.beyond

    right = Correction(EXEMPT, cause.all, "77/KL-SA", date(2030, 7, 10))
    for who, said in (("truong-mot", "You gave this line"), ("an", "Nobody answers"), ("truong-hai", "Who answers")):
        with pytest.raises(Refused, match=said):
            answer(seat(cast, who, NOW), request, "upheld", "Đúng", right, now=NOW)
    with pytest.raises(Refused, match="Choose what the request names"):
        answer(leader, request, "upheld", "Đúng", Correction(EXEMPT, cause.all[1:], "7/KL", date(2030, 7, 10)), now=NOW)
    made = answer(leader, request, "upheld", "Nguồn xác nhận ghi nhầm", right, now=NOW)
    assert Exemption.standing().get().seq == made.corrected_by and Exemption.objects.get().decision == "77/KL-SA"
    assert list(Touched.objects.values_list("person", flat=True)) == [cast.people["binh"].pk]
    assert {one.person.code for one in show_again(cycle, july(10, 10))} >= {"an", "binh"}
    assert points(cycle, cast, "an") > ours and points(cycle, cast, "binh") > theirs
    with pytest.raises(Refused, match="answered this request at"):
        answer(leader, request, "refused", "Nghĩ lại", now=july(10, 11))
    assert open_requests(cycle, NOW) == [] and Answer.objects.count() == 1


def test_a_mark_is_given_anew_by_who_stands_above_the_rater(cast: Cast, cycle: Cycle) -> None:
    request = object_to(seat(cast, "an", NOW), cycle, About("general"), "Tôi có hai sáng kiến", now=NOW)
    leader = seat(cast, "giam-doc", NOW)
    given = given_at(request)
    assert given and (given.kind, given.name, given.value) == (MARK, "general", 26_000_000)
    for correction, said in (
        (None, "put right by something"),
        (Correction(MARK, value=26_000_000), "other than the one that stands"),
        (Correction(MARK, value=31_000_000), "above the most"),
        (Correction(SOURCE), "can be put right here"),
        (Correction(EXEMPT, (Chosen(item("201"), fault("201")),), "1", date(2030, 7, 1)), "Choose what"),
    ):
        with pytest.raises(Refused, match=said):
            answer(leader, request, "partly", "Một sáng kiến được công nhận", correction, now=NOW)
    made = answer(leader, request, "partly", "Một sáng kiến", Correction(MARK, value=27_000_000), now=NOW)
    mark = Rating.standing().get(person=cast.people["an"], criterion="general")
    assert (mark.seq, mark.value, mark.by_id) == (made.corrected_by, 27_000_000, cast.people["giam-doc"].pk)
    assert Reason.objects.get(seq=mark.seq).text == "Một sáng kiến" and Rating.objects.count() > 1
    [again] = show_again(cycle, july(10, 10))
    assert again.person_id == cast.people["an"].pk
    with pytest.raises(Refused, match="nobody is left to review it"):  # the leader gave it now
        object_to(seat(cast, "an", NOW), cycle, About("general"), "Vẫn thiếu một", now=july(10, 11))


def test_what_a_source_must_mend_moves_nothing_until_it_does(cast: Cast, cycle: Cycle) -> None:
    request = object_to(seat(cast, "an", NOW), cycle, About("results"), "Thiếu một việc của tôi", now=NOW)
    responder = seat(cast, "truong-mot", NOW)  # nobody gave the whole line: the nearest head answers
    made = answer(responder, request, "upheld", "Văn thư bổ sung bản ghi 301", Correction(SOURCE), now=NOW)
    assert (made.corrected, made.corrected_by) == ("source", None) and show_again(cycle, july(10, 10)) == []


def test_what_is_asked_twice_or_about_anothers_line_is_not_taken(cast: Cast, cycle: Cycle) -> None:
    own = seat(cast, "an", NOW)
    request = object_to(own, cycle, about_the_fault(), "Ghi nhầm", now=NOW)
    with pytest.raises(Refused, match="was asked about at"):
        object_to(own, cycle, about_the_fault(), "Lần nữa", now=NOW)
    answer(seat(cast, "giam-doc", NOW), request, "refused", "Đã kiểm tra, lỗi đúng", now=NOW)
    with pytest.raises(Refused, match=r"was answered, and its figures have not changed.*petition or complain"):
        object_to(own, cycle, about_the_fault(), "Lần nữa", now=NOW)
    for about in (
        About("không-có"),
        About("results", indicator="general"),
        About("results", item=item("202")),
        About("results", item=item("201"), fault=fault("202")),
    ):
        with pytest.raises(LookupError):
            object_to(own, cycle, about, "Không phải của tôi", now=NOW)
    with pytest.raises(LookupError):  # the work that should show it is another's
        object_to(own, cycle, About("general"), "x", Shown(item=item("202")), now=NOW)
    with pytest.raises(LookupError):  # no slip in this cycle
        object_to(seat(cast, "em", NOW), cycle, About("general"), "x", now=NOW)
    with pytest.raises(Refused, match="needs a reason"):
        object_to(own, cycle, About("general"), " ", now=NOW)
    assert Request.objects.count() == 1 and not Exemption.objects.exists()


def test_after_its_term_a_request_is_refused_with_the_day_it_ended_and_the_way_left(cast: Cast, cycle: Cycle) -> None:
    keeper = seat(cast, now=july(15))
    for step in ("draft_slip", "review", "calibration", "announcement"):
        finish(keeper, cycle, step, now=july(15))
    ended = terms_of(cycle, july(15)).steps["objections"].due_at
    object_to(seat(cast, "an", july(15)), cycle, About("general"), "Còn hạn", now=ended - timedelta(minutes=1))
    with pytest.raises(Refused, match=r"were taken until .*07/2030; no more are\. .*Article 24") as told:
        object_to(seat(cast, "binh", july(15)), cycle, About("general"), "Hết hạn", now=ended)
    assert "khiếu nại" in told.value.text.vi


def test_somebody_who_left_is_told_where_to_turn(cast: Cast, cycle: Cycle) -> None:
    end_spell(SYSTEM, cast.spells["an"], date(2030, 7, 10), decision="9/QĐ-SA")
    with pytest.raises(Refused, match="You hold no post any more"):
        object_to(seat(cast, "an", NOW), cycle, About("general"), "Tôi đã chuyển", now=NOW)


def test_statistics_show_how_many_and_nothing_more_of_small_groups(cast: Cast, cycle: Cycle) -> None:
    people = ("an", "binh", "chi", "dung", "nhan-su")
    for code in people:
        object_to(seat(cast, code, NOW), cycle, About("general"), "Xem lại", now=NOW)
    leader = seat(cast, "giam-doc", NOW)
    first = Request.objects.earliest("seq")
    assert may_read(leader, first) and not may_read(seat(cast, "binh", NOW), first)
    answer(leader, first, "upheld", "Đúng", Correction(MARK, value=28_000_000), now=NOW)
    [rule] = by_rule([cycle])
    assert (rule.n, rule.answered, rule.upheld, rule.days) == (5, 1, None, None)
    names = {cast.people[code].pk: code for code in cast.people}
    assert {names[one.responder_id or 0] for one in open_requests(cycle, NOW)} == {"giam-doc", "truong-hai"}
    for one in open_requests(cycle, NOW):
        answer(seat(cast, names[one.responder_id or 0], NOW), one, "refused", "Giữ nguyên", now=july(11))
    [rule], [rater] = by_rule([cycle]), by_rater([cycle])
    assert (rule.title.en, rule.n, rule.answered, rule.upheld, rule.share) == ("General criteria", 5, 5, 1, 20)
    assert rater.title.vi == "Nguyễn Văn Bảo" and (rater.n, rater.days) == (5, 1)
    assert Slip.objects.filter(turn=2).count() == 0  # the worker shows them again
