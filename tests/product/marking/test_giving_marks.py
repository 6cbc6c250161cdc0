"""Who marks whom in a cycle, what is refused, and to whom a question passes."""

from datetime import date, timedelta
from typing import Any

import pytest

from cast import Cast
from congtam.cycles.models import Cycle
from congtam.cycles.queries import steps_of
from congtam.engine.periods import local_day
from congtam.engine.states import State
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.marking.admitting import admit, end
from congtam.marking.giving import CANNOT_TELL, give
from congtam.marking.models import Admission
from congtam.marking.queries import missing, rater_of, sheet
from congtam.people.actions import begin_spell, delegate, end_spell
from congtam.ratings.models import Rating, Reason
from marking_scene import NOW, PERIOD, points, seat

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)


def person(cast: Cast, code: str) -> int:
    return int(cast.people[code].pk)


def rater(cast: Cast, cycle: Cycle, code: str, criterion: str = "") -> str | None:
    """Who marks somebody, by code."""
    found = rater_of(cycle, person(cast, code), criterion, now=NOW)
    return next((one for one, who in cast.people.items() if who.pk == found), None)


def mark(cast: Cast, cycle: Cycle, by: str, whom: str, points_: float = 24, **more: Any) -> Rating:
    said = {"criterion": "general", "now": NOW, **more}
    criterion = said.pop("criterion")
    return give(seat(cast, by), cycle, person(cast, whom), criterion, points(points_), **said)


def test_heads_mark_their_people_and_are_marked_from_above(cast: Cast, cycle: Cycle) -> None:
    assert (rater(cast, cycle, "an"), rater(cast, cycle, "truong-mot")) == ("truong-mot", "giam-doc")
    assert rater(cast, cycle, "nhan-su") == "giam-doc", "a unit without a head is marked by the next one above"
    assert rater(cast, cycle, "giam-doc") is None


def test_a_mark_is_written_once_however_often_it_is_sent(cast: Cast, cycle: Cycle) -> None:
    first = mark(cast, cycle, "truong-mot", "an")
    again = mark(cast, cycle, "truong-mot", "an")
    assert first.seq == again.seq and Rating.objects.filter(person=first.person, period=PERIOD).count() == 1
    why = mark(cast, cycle, "truong-mot", "an", reason="Phối hợp tốt trong đợt kiểm tra tháng 6")
    assert why.seq != first.seq and Reason.objects.get(seq=why.seq).text.startswith("Phối hợp")


def test_everyone_asked_is_missing_until_marked(cast: Cast, cycle: Cycle) -> None:
    before = {(one.person, one.criterion.criterion) for one in missing(cycle, now=NOW)}
    assert (person(cast, "an"), "general") in before and (person(cast, "truong-mot"), "rallying") in before
    assert (person(cast, "an"), "rallying") not in before, "asked of those who lead only"
    mark(cast, cycle, "truong-mot", "an")
    after = missing(cycle, now=NOW)
    assert before - {(one.person, one.criterion.criterion) for one in after} == {(person(cast, "an"), "general")}
    (binh,) = [one for one in after if one.person == person(cast, "binh")]
    assert binh.rater == person(cast, "truong-mot") and binh.since == steps_of(cycle, NOW)["rating"].since


@pytest.mark.parametrize("by", ["an", "truong-hai", "giam-doc-b", "binh"])
def test_nobody_else_marks(by: str, cast: Cast, cycle: Cycle) -> None:
    with pytest.raises(Refused, match="not to mark this person"):
        mark(cast, cycle, by, "an")


def test_the_next_one_above_waits_until_the_head_has_been_asked(cast: Cast, cycle: Cycle) -> None:
    with pytest.raises(Refused, match="Whoever marks this now is Nguyễn Văn Bảo"):
        mark(cast, cycle, "giam-doc", "an")


def test_who_cannot_tell_passes_the_question_on_and_the_mark_stays_missing(cast: Cast, cycle: Cycle) -> None:
    with pytest.raises(Refused, match="why you cannot tell"):
        give(seat(cast, "truong-mot"), cycle, person(cast, "an"), "general", CANNOT_TELL, now=NOW)
    said = give(
        seat(cast, "truong-mot"), cycle, person(cast, "an"), "general", CANNOT_TELL, "Biệt phái cả tháng", now=NOW
    )
    assert (said.state, said.value) == (State.MISSING, None)
    assert rater(cast, cycle, "an", "general") == "giam-doc" and rater(cast, cycle, "an") == "truong-mot"
    (open_,) = [one for one in missing(cycle, now=NOW) if one.person == person(cast, "an")]
    assert open_.rater == person(cast, "giam-doc") and open_.since == max(said.recorded_at, open_.since)
    (cell,) = [
        one for one in sheet(seat(cast, "giam-doc"), cycle, now=NOW).cells if one.member.person == said.person_id
    ]
    assert [one.reason for one in cell.told] == ["Biệt phái cả tháng"]
    mark(cast, cycle, "giam-doc", "an", 22)
    assert not [one for one in missing(cycle, now=NOW) if one.person == person(cast, "an")]


def test_when_nobody_up_the_line_can_tell_nobody_is_asked(cast: Cast, cycle: Cycle) -> None:
    for by in ("truong-mot", "giam-doc"):
        give(seat(cast, by), cycle, person(cast, "an"), "general", CANNOT_TELL, "Không theo dõi", now=NOW)
    (open_,) = [one for one in missing(cycle, now=NOW) if one.person == person(cast, "an")]
    assert open_.rater is None
    mark(cast, cycle, "giam-doc", "an", 20)  # who said so last may still find out


def test_ends_of_the_scale_need_a_reason(cast: Cast, cycle: Cycle) -> None:
    for mark_ in (30, 27, 14, 0):
        with pytest.raises(Refused, match="needs a reason"):
            mark(cast, cycle, "truong-mot", "an", mark_)
    assert mark(cast, cycle, "truong-mot", "an", 26.5).value == points(26.5)
    assert mark(cast, cycle, "truong-mot", "an", 28, reason="Sáng kiến rút gọn 2 bước").value == points(28)
    with pytest.raises(Refused, match="above the most"):
        mark(cast, cycle, "truong-mot", "an", 31, reason="Quá tốt")


def test_two_outcomes_of_the_decree_are_two(cast: Cast, cycle: Cycle) -> None:
    for mark_ in (75, 0):
        with pytest.raises(Refused, match="only 100 or 50"):
            mark(cast, cycle, "giam-doc", "truong-mot", mark_, criterion="rallying", reason="Ở giữa")
    assert mark(cast, cycle, "giam-doc", "truong-mot", 100, criterion="rallying").value == points(100)
    with pytest.raises(Refused, match="needs a reason"):
        mark(cast, cycle, "giam-doc", "truong-mot", 50, criterion="rallying")


def test_a_criterion_that_is_not_asked_is_refused(cast: Cast, cycle: Cycle) -> None:
    with pytest.raises(Refused, match="not asked of this person"):
        mark(cast, cycle, "truong-mot", "an", criterion="rallying")


def test_after_the_deadline_and_before_the_step_nothing_is_taken(cast: Cast, cycle: Cycle) -> None:
    due = steps_of(cycle, NOW)["rating"].due_at
    with pytest.raises(Refused, match="ended at"):
        mark(cast, cycle, "truong-mot", "an", now=due)
    assert mark(cast, cycle, "truong-mot", "an", now=due - timedelta(seconds=1)).value == points(24)


def test_who_acts_by_delegation_is_asked_instead_of_the_head(cast: Cast, cycle: Cycle) -> None:
    giver, receiver = cast.people["truong-mot"], cast.people["binh"]
    unit = cast.units["phong-mot"]
    delegate(
        SYSTEM,
        giver=giver,
        receiver=receiver,
        unit=unit,
        first=TODAY,
        until=TODAY + timedelta(days=5),
        decision="7/QĐ-SA",
    )
    assert (rater(cast, cycle, "an"), rater(cast, cycle, "binh")) == ("binh", "truong-mot")
    assert mark(cast, cycle, "binh", "an").by_id == receiver.pk
    with pytest.raises(Refused, match="not to mark this person"):
        mark(cast, cycle, "binh", "binh")


def test_a_rater_who_changed_post_loses_the_rest_and_what_they_gave_stays(cast: Cast, cycle: Cycle) -> None:
    mark(cast, cycle, "truong-mot", "an", 23)
    end_spell(SYSTEM, cast.spells["truong-mot"], TODAY)
    begin_spell(
        SYSTEM,
        code="ct-binh-2",
        person=cast.people["binh"],
        post=cast.posts["truong-mot"],
        staff_kind="civil_servant",
        first=TODAY,
        decision="9/QĐ-SA",
    )
    with pytest.raises(Refused, match="not to mark this person"):
        mark(cast, cycle, "truong-mot", "binh")
    mine = sheet(seat(cast, "binh"), cycle, now=NOW)
    (an,) = [one for one in mine.cells if one.member.person == person(cast, "an")]
    assert an.given and an.given.by == person(cast, "truong-mot")
    with pytest.raises(Refused, match="Nguyễn Văn Bảo already gave this mark"):
        mark(cast, cycle, "binh", "an", 20)


def test_outside_raters_mark_first_what_a_decision_admits_them_to(cast: Cast, cycle: Cycle) -> None:
    told = {"decision": "31/QĐ-SA", "first": TODAY, "until": TODAY + timedelta(days=10)}
    made = admit(SYSTEM, rater=cast.people["chi"], person=cast.people["an"], criteria=["general"], **told)
    assert (rater(cast, cycle, "an", "general"), rater(cast, cycle, "an")) == ("chi", "truong-mot")
    assert rater(cast, cycle, "binh", "general") == "truong-mot"
    assert [one.member.person for one in sheet(seat(cast, "chi"), cycle, now=NOW).cells] == [person(cast, "an")]
    mark(cast, cycle, "chi", "an", 25)
    end(SYSTEM, made, TODAY)
    with pytest.raises(Refused, match="not to mark this person"):
        mark(cast, cycle, "chi", "an", 20)
    assert not Admission.standing().exists() and Rating.standing().get(person=cast.people["an"]).value == points(25)


def test_a_unit_may_be_marked_from_outside_too(cast: Cast, cycle: Cycle) -> None:
    admit(
        SYSTEM,
        rater=cast.people["chi"],
        unit=cast.units["phong-mot"],
        decision="31/QĐ-SA",
        first=TODAY,
        until=TODAY + timedelta(days=1),
    )
    seen = {one.member.person for one in sheet(seat(cast, "chi"), cycle, now=NOW).cells}
    assert seen == {person(cast, code) for code in ("truong-mot", "an", "binh")}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"decision": " "}, "number of a decision"),
        ({"until": date(2030, 7, 1)}, "before the first"),
        ({"rater": "an"}, "Nobody marks themselves"),
        ({"person": None}, "exactly one person or one unit"),
    ],
)
def test_an_admission_that_makes_no_sense_is_refused(wrong: dict, told: str, cast: Cast, cycle: Cycle) -> None:
    said: dict[str, Any] = {
        "rater": cast.people["chi"],
        "person": cast.people["an"],
        "decision": "31/QĐ-SA",
        "first": TODAY,
        "until": TODAY + timedelta(days=10),
        **wrong,
    }
    if wrong.get("rater"):
        said["rater"] = cast.people["an"]
    with pytest.raises(Refused, match=told):
        admit(SYSTEM, **said)


def test_nobody_is_admitted_twice_for_the_same(cast: Cast, cycle: Cycle) -> None:
    told = {"decision": "31/QĐ-SA", "first": TODAY, "until": TODAY + timedelta(days=10)}
    admit(SYSTEM, rater=cast.people["chi"], person=cast.people["an"], **told)
    with pytest.raises(Refused, match="already admitted"):
        admit(SYSTEM, rater=cast.people["chi"], person=cast.people["an"], **told)
