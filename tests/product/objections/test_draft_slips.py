"""A slip is its person's alone for two working days, is spoken to line by line, and silence ends at a told instant."""

import pytest

from cast import Cast
from congtam.audit.models import Entry
from congtam.cycles.models import Cycle
from congtam.cycles.moving import finish, pause, reopen, resume
from congtam.engine.periods import Period
from congtam.history.conflict import Conflict
from congtam.history.refused import Refused
from congtam.objections.lines import lines_of, row_of
from congtam.objections.models import Saying, Slip
from congtam.objections.queries import changed_since_slip, difference, may_see, waiting_slips
from congtam.objections.sayings import said_to
from congtam.objections.slips import agree_to_rest, say, settle_silence, show_again, show_slips, slip_of
from congtam.objections.terms import terms_of
from congtam.scores.taking import last_taken
from month_scene import PERIOD, mark
from objection_scene import SHOWN, july, seat, slip

pytestmark = pytest.mark.django_db
LINES = ["general", "results", "grade"]


def test_everyone_is_shown_what_one_draft_run_gave_them_and_shown_twice_it_changes_nothing(
    cast: Cast, cycle: Cycle
) -> None:
    an = slip(cycle, cast, "an")
    assert [line.id for line in lines_of(row_of(an))] == LINES
    assert Slip.objects.filter(cycle=cycle).count() == 14  # all of Sở A but nobody of Sở B
    [run] = last_taken(cycle.agency_id, Period.parse(PERIOD), "draft")
    assert an.run_id == run.pk and changed_since_slip(cycle, [run]) == []
    assert show_slips(seat(cast, now=july(9)), cycle, now=july(9)) == []
    assert slip_of(cycle, cast.people["em"].pk) is None
    for code, said in (("truong-mot", "You do not keep"), ("giam-doc", "You do not keep")):
        with pytest.raises(Refused, match=said):
            show_slips(seat(cast, code, SHOWN), cycle, now=SHOWN)
    finish(seat(cast, now=SHOWN), cycle, "draft_slip", now=july(9))
    mark(cast, "an", 25, PERIOD)  # the step is over: who changed is shown the slip again, nobody anything new
    [again] = show_slips(seat(cast, now=SHOWN), cycle, now=july(9, 10))
    assert again.person_id == an.person_id
    reopen(seat(cast, now=SHOWN), cycle, "rating", "Chấm lại", now=july(9, 11))
    with pytest.raises(Refused, match="“Draft slips” of June 2030 is not open yet"):
        show_slips(seat(cast, now=SHOWN), cycle, now=july(9, 11))


def test_for_two_working_days_only_the_person_the_raters_and_personnel_see_it(cast: Cast, cycle: Cycle) -> None:
    an = slip(cycle, cast, "an")
    terms = terms_of(cycle, july(10, 16))
    assert terms.alone_until(an) == july(11, 17) and terms.speak_until(an) >= july(12, 17)

    def who(instant) -> set[str]:
        now = terms_of(cycle, instant)
        asked = ("an", "binh", "truong-mot", "truong-hai", "giam-doc", "giam-doc-b", "nhan-su", "van-thu")
        return {code for code in asked if may_see(seat(cast, code, instant), an, now)}

    assert who(july(10, 16)) == {"an", "truong-mot", "nhan-su"}
    assert who(july(11, 17)) == {"an", "truong-mot", "nhan-su", "giam-doc"}


def test_a_pause_gives_the_days_back(cast: Cast, cycle: Cycle) -> None:
    an, before = slip(cycle, cast, "an"), terms_of(cycle, july(9, 9)).alone_until(slip(cycle, cast, "an"))
    keeper = seat(cast, now=july(9, 9))
    pause(keeper, cycle, "Mất điện toàn cơ quan", now=july(10, 8))
    resume(keeper, cycle, now=july(11, 8))
    after = terms_of(cycle, july(11, 9)).alone_until(an)
    assert (before, after) == (july(11, 17), july(12, 17))


def test_lines_are_spoken_to_one_by_one_and_the_rest_agreed_to_at_once(cast: Cast, cycle: Cycle) -> None:
    an, own, now = slip(cycle, cast, "an"), seat(cast, "an", july(10)), july(10)
    say(own, an, "results", "remark", "Việc 201 không trễ", now=now)
    say(own, an, "results", "remark", "Việc 201 trễ do mất điện", now=now)
    assert agree_to_rest(own, an, now=now) == 2 and agree_to_rest(own, an, now=now) == 0
    found = said_to([an], terms_of(cycle, now))[an.seq]
    assert {line: one.said for line, one in found.items()} == {
        "general": "agree",
        "grade": "agree",
        "results": "remark",
    }
    assert found["results"].text == "Việc 201 trễ do mất điện" and Saying.objects.filter(slip=an).count() == 4
    assert an.seq not in {one.seq for one in waiting_slips(cycle, now)}
    with pytest.raises(Refused, match="needs words"):
        say(own, an, "general", "remark", "  ", now=now)
    with pytest.raises(LookupError):
        say(own, an, "không có", "agree", now=now)
    with pytest.raises(Refused, match="Only who is graded"):
        say(seat(cast, "truong-mot", now), an, "general", "agree", now=now)


def test_silence_is_read_before_it_is_written_and_written_at_the_instant_it_ended(cast: Cast, cycle: Cycle) -> None:
    binh, own = slip(cycle, cast, "binh"), seat(cast, "binh", july(10))
    say(own, binh, "general", "agree", now=july(10))
    until = terms_of(cycle, july(10)).speak_until(binh)
    assert settle_silence(july(12)) == 0 and not Saying.objects.filter(said="silent").exists()
    late = july(29)
    found = said_to([binh], terms_of(cycle, late))[binh.seq]
    assert {line: (one.said, one.at) for line, one in found.items() if line != "general"} == {
        "results": ("silent", until),
        "grade": ("silent", until),
    }
    with pytest.raises(Refused, match="The term for remarks ended"):
        say(own, binh, "results", "remark", "muộn", now=late)
    assert settle_silence(late) == 14 and settle_silence(late) == 0
    rows = Saying.objects.filter(slip=binh, said="silent")
    assert {(row.line, row.at, row.recorded_by) for row in rows} == {("results", until, None), ("grade", until, None)}
    assert Entry.objects.filter(action="objections.silence", subject=cast.people["binh"].pk).count() == 1


def test_whose_figures_changed_is_shown_the_slip_again_with_the_lines_that_differ(cast: Cast, cycle: Cycle) -> None:
    an, own = slip(cycle, cast, "an"), seat(cast, "an", july(10))
    agree_to_rest(own, an, now=july(10))
    mark(cast, "an", 27, PERIOD)
    [again] = show_again(cycle, july(10, 10))
    assert (again.turn, again.person_id) == (2, an.person_id) and slip(cycle, cast, "binh").turn == 1
    told = {one.line.id: (one.before.points, one.after.points) for one in difference(again) if one.after.points}
    assert told == {"general": (26_000_000, 27_000_000)}
    found = said_to([again], terms_of(cycle, july(10, 10)))[again.seq]
    assert "general" not in found and found["results"].said == "agree"
    with pytest.raises(Conflict):
        say(own, an, "general", "agree", now=july(10, 11))
    assert changed_since_slip(cycle, last_taken(cycle.agency_id, Period.parse(PERIOD), "draft")) == []


def test_finishing_the_step_of_remarks_early_never_cuts_the_three_days(cast: Cast, cycle: Cycle) -> None:
    keeper, an = seat(cast, now=july(9, 9)), slip(cycle, cast, "an")
    finish(keeper, cycle, "draft_slip", now=july(9, 9))
    finish(keeper, cycle, "review", now=july(9, 10))
    assert terms_of(cycle, july(9, 11)).speak_until(an) == july(12, 17)
