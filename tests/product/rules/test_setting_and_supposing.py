"""Setting numbers by form, and asking what if: the same figures as the command, names only to who may see them."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

import cast as casting
from congtam.access.models import Look
from congtam.access.seats import seat_of
from congtam.cli.main import congtam
from congtam.engine.facts.store import write_facts
from congtam.engine.periods import Period, PeriodKind
from congtam.history.actor import SYSTEM
from congtam.history.sequence import in_order
from congtam.ratings.actions import rate
from congtam.registry import queries
from congtam.registry.models import Draft, SiteChoice
from congtam.registry.trying import before_and_after, numbers
from congtam.scores.facts import facts_about
from congtam.scores.known import cut
from congtam.scores.models import Run
from congtam.scores.supposed import suppose
from congtam.sources.models import Source
from congtam.web.pages.rules.small import enough, gathered, kept_apart
from congtam.web.pages.rules.supposing import Effect, known_at, persons_in, scope_of
from congtam.web.pages.rules.supposing import effect as told
from congtam.work.appending import Line, append, items_named, mark

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
DECREE = "vn/national/decree-335-2025"
CUT = "parameters/delay_cut/value"
FIELD = f"so:{CUT}"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LATE = {"an": 3, "binh": 1, "chi": 0, "dung": 6, "nhan-su": 2}  # of six tasks each


def month() -> Period:
    return Period.of(PeriodKind.MONTH, timezone.localdate()).previous()


@pytest.fixture
def worked(adopted: casting.Cast) -> casting.Cast:
    """Last month: six tasks each for five officials, some of them late, and marks for all."""
    source = Source.objects.create(code="thu", name="Thử", first=date(2025, 1, 1))
    head = adopted.people["truong-mot"]
    for code, late in LATE.items():
        person = adopted.people[code]
        rate(SYSTEM, person=person, criterion="general", period=month().label, by=head, value=27_000_000)
        for number in range(6):
            _task(source, f"{code}-{number}", person.pk, head.pk, month().first + timedelta(days=2), number < late)
    return adopted


def _task(source: Source, key: str, person: int, head: int, day: date, late: bool) -> None:
    received = datetime.combine(day, time(9), HANOI).astimezone(UTC)
    due, done = received + timedelta(days=7), received + timedelta(days=9 if late else 3)
    said = {"unit": None, "counterpart": "", "value": "", "decision": "", "attributes": "{}", "record": None}
    with in_order():
        item = items_named(source.pk, [key])[key]
        kind = '{"kind": "task", "origin": "assigned", "coefficient": "1"}'
        rows: list[tuple[datetime, str, int | None, dict[str, str]]] = [
            (received, "registered", None, {"attributes": kind}),
            (received, "assigned", person, {}),
            (received, "due", None, {"value": due.isoformat()}),
            (done, "finished", person, {}),
            (done, "accepted", person, {"counterpart": str(head)}),
        ]
        lines = [Line(item, at, what, who, place="thu", **(said | more)) for at, what, who, more in rows]  # type: ignore[arg-type]
        append(lines, datetime.now(UTC))
        mark([item])


def effect(cast: casting.Cast, role: str, cut: str) -> Effect:
    seat = seat_of(cast.account(role), timezone.localdate())
    before, after = before_and_after(numbers(DECREE, timezone.localdate(), {CUT: cut}))
    assert before is not None
    persons = persons_in(scope_of(seat), month())
    [answer] = suppose(before, after, month(), persons, known_at(seat, month()))
    return told(seat, answer, month().label, "vi")


def test_the_page_counts_what_the_command_counts(worked: casting.Cast, tmp_path: Path) -> None:
    facts = facts_about(None, month())
    write_facts(facts, tmp_path)
    asked = ["what-if", "--rulebook", DECREE, "--scorecard", "civil_servant_month", "--period", month().label,
             "--data", str(tmp_path), "--as-of", month().end.isoformat(), "--set", "delay_cut=1", "--json"]  # fmt: skip
    answer = CliRunner().invoke(congtam, asked)
    assert answer.exit_code == 0, answer.output
    expected = {one["subject"]: one for one in json.loads(answer.output[answer.output.index("[") :])}
    page = effect(worked, "leader", "1")
    assert (page.changed, page.regraded) == (
        len(expected),
        sum(one["grade_before"] != one["grade_after"] for one in expected.values()),
    )
    assert page.regraded > 0
    named = {person.text.full_name: str(person.pk) for person in worked.people.values()}
    assert {named[row.name]: (row.before, row.after) for row in page.rows} == {
        code: (one["before"], one["after"]) for code, one in expected.items()
    }


def test_grades_before_and_after_add_up(worked: casting.Cast) -> None:
    found = effect(worked, "owner", "1")
    assert found.grades is not None
    assert found.moves is not None
    assert sum(one.before for one in found.grades) == sum(one.after for one in found.grades) == found.scored
    assert sum(n for _, _, n in found.moves) == found.regraded


def test_people_are_named_only_to_who_may_see_their_points(worked: casting.Cast) -> None:
    all_names = {"Nguyễn Thị An", "Hoàng Bình", "Lý Anh Dũng", "Phạm Thu Hà"}
    seen = {
        role: {row.name for row in effect(worked, role, "1").rows} for role in ("leader", "head", "owner", "official")
    }
    assert seen["leader"] == all_names
    assert seen["head"] == {"Nguyễn Thị An", "Hoàng Bình"}
    assert seen["owner"] == set()
    assert seen["official"] == {"Nguyễn Thị An"}
    looked = Look.objects.filter(what="what_if").values_list("viewer__username", "person__code")
    assert ("truong-mot", "an") in looked
    assert ("an", "an") not in looked


def test_small_units_are_told_together_only(worked: casting.Cast) -> None:
    [one] = effect(worked, "owner", "1").units
    assert one.name == "Tính chung, để không ai bị nhận ra: Phòng Hai; Phòng Một; Sở A; Văn phòng"
    assert one.scored == 14
    assert {unit.name: unit.scored for unit in effect(worked, "leader", "1").units}["Phòng Một"] == 3


def test_a_small_unit_is_not_found_by_taking_the_others_away() -> None:
    assert gathered({1: 9, 2: 3, 3: 20, 4: 6}) == {2, 4}
    assert gathered({1: 9, 2: 2, 3: 1}) == {1, 2, 3}
    assert gathered({1: 9, 2: 3, 3: 4}) == {2, 3}
    assert gathered({1: 9, 2: 0}) == gathered({1: 9, 2: 6}) == set()


@given(st.dictionaries(st.integers(1, 30), st.integers(0, 12), max_size=12))
def test_whatever_is_added_and_taken_away_nobody_stands_in_a_group_of_few(people: dict[int, int]) -> None:
    """Everything told of unseen people is a sum over units told apart and the one group told together; so is whatever
    follows from it by adding and taking away."""
    together = gathered(people)
    groups = [people[unit] for unit in people.keys() - together] + [sum(people[unit] for unit in together)]
    assert all(map(enough, groups)) or not enough(sum(people.values()))


@given(st.dictionaries(st.text("abcde", max_size=1), st.tuples(st.integers(0, 12), st.integers(0, 12))))
def test_no_grade_that_few_hold_is_found_by_taking_the_others_away(cells: dict[str, tuple[int, int]]) -> None:
    kept = kept_apart(cells)
    assert all(enough(n) for key in kept for n in cells[key])
    rest = [sum(column) for column in zip(*(counts for key, counts in cells.items() if key not in kept), strict=True)]
    assert all(map(enough, rest)) or not any(any(cells[key]) for key in kept)


def test_grades_that_few_hold_stand_together() -> None:
    assert kept_apart({"a": (20, 18), "b": (9, 9), "c": (2, 4)}) == ["a"]
    assert kept_apart({"a": (20, 18), "b": (4, 2), "c": (2, 6)}) == ["a"]
    assert kept_apart({"a": (20, 0), "b": (9, 29)}) == ["a", "b"]
    assert kept_apart({"a": (2,), "b": (0,)}) == ["b"]


def test_a_part_is_not_answered_to_who_could_take_it_from_the_whole(worked: casting.Cast, signed_in: As) -> None:
    """The owner sees nobody's points but their own: of a part they are told what they are told of the whole."""
    for role, n in (("owner", 14), ("leader", 3)):
        page = signed_in(role).get("/neu-thi/", {"bo": DECREE, FIELD: "1", "don-vi": "phong-mot"}).content.decode()
        assert f"(n = {n})" in page
        assert ('value="phong-mot"' in page) is (role == "leader")
        assert ("lấy hai câu trả lời trừ nhau" in page) is (role == "owner")


def test_the_few_whom_one_does_not_see_are_not_told_of(worked: casting.Cast) -> None:
    """Who sees all but few could take those seen from the whole: then nothing is told of the whole."""
    seat = seat_of(worked.account("leader"), timezone.localdate())
    before, after = before_and_after(numbers(DECREE, timezone.localdate(), {CUT: "1"}))
    persons = persons_in(scope_of(seat) | {worked.units["so-b"].pk}, month())
    assert before is not None
    [answer] = suppose(before, after, month(), persons, known_at(seat, month()))
    found = told(seat, answer, month().label, "vi")
    assert (found.scored, found.grades, found.moves, found.units) == (16, None, None, [])
    assert {row.name for row in found.rows} >= {"Nguyễn Thị An"}


def test_only_who_may_see_the_whole_scope_is_told_of_a_grade_that_few_hold(worked: casting.Cast) -> None:
    for role, whole in (("owner", False), ("leader", True)):
        found = effect(worked, role, "1")
        assert found.grades is not None and found.moves is not None
        assert ("Các mức khác" in {one.title for one in found.grades}) is not whole
        assert (("Các chuyển mức khác", "") in {(one, other) for one, other, _ in found.moves}) is not whole


def test_others_points_are_those_of_the_last_night_unless_the_site_chose_live(worked: casting.Cast) -> None:
    base = {"kind": "nightly", "rulebook": DECREE, "scorecard": "civil_servant_month", "period": month().label}
    digests = {"meaning": "", "wording": "", "calendar": "", "engine": ""}
    Run.objects.create(seq=cut().seq, as_of=month().end, **base, **digests)
    night = {row.name: row.before for row in effect(worked, "leader", "1").rows}
    an, head = worked.people["an"], worked.people["truong-mot"]
    rate(SYSTEM, person=an, criterion="general", period=month().label, by=head, value=9_000_000)
    assert {row.name: row.before for row in effect(worked, "leader", "1").rows} == night
    with in_order():
        SiteChoice.objects.create(name="heads_see_points", value="live", first="2025-01-01")
    live = {row.name: row.before for row in effect(worked, "leader", "1").rows}
    assert live.pop("Nguyễn Thị An") == (night.pop("Nguyễn Thị An") or 0) - 18_000_000
    assert live == night


def test_another_agency_is_not_looked_into(worked: casting.Cast) -> None:
    seat = seat_of(worked.account("other_leader"), timezone.localdate())
    assert scope_of(seat) == {worked.units["so-b"].pk}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_if_shows_who_would_change_and_leads_to_a_proposal(lang: str, worked: casting.Cast, signed_in: As) -> None:
    page = signed_in("leader", lang).get("/neu-thi/", {"bo": DECREE, FIELD: "1"}).content.decode()
    assert "Lý Anh Dũng" in page
    assert ("Đề xuất đổi" in page or "Propose this change" in page) is False  # a leader asks, an owner proposes
    page = signed_in("owner", lang).get("/neu-thi/", {"bo": DECREE, FIELD: "1"}).content.decode()
    assert "Lý Anh Dũng" not in page
    assert "con-phai-quyet-dinh/?bo=vn%2Fnational%2Fdecree-335-2025&amp;so%3Aparameters" in page
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("value", "said"), [("-1", "không thể nhỏ hơn 0"), ("25", "muốn 20 % thì viết 0,2"), ("abc", "không phải là số")]
)
def test_what_if_refuses_numbers_that_cannot_be(value: str, said: str, worked: casting.Cast, signed_in: As) -> None:
    answer = signed_in("leader").get("/neu-thi/", {"bo": DECREE, FIELD: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert f'value="{value}"' in answer.content.decode()


def test_the_form_proposes_another_person_approves_and_the_number_holds(worked: casting.Cast, signed_in: As) -> None:
    first = queries.next_period(timezone.localdate())
    told = {"bo": DECREE, FIELD: "1", "act": "15/QĐ-SA", "article": "Điều 2", "first": first.isoformat(), "why": "Thử"}
    owner = signed_in("owner")
    preview = owner.post("/quy-tac/con-phai-quyet-dinh/", told | {"do": "preview"}).content.decode()
    assert "Mức trừ mỗi lần chậm tiến độ" in preview
    assert "0,25 → 1" in preview
    assert "đổi mức xếp loại" in preview
    assert not Draft.objects.exists()
    answer = owner.post("/quy-tac/con-phai-quyet-dinh/", told | {"do": "propose"}, follow=True)
    address, _ = answer.redirect_chain[-1]
    assert "Bạn là người đề xuất" in answer.content.decode()
    refused = owner.post(f"{address}quyet-dinh/", {"do": "approve"}, follow=True).content.decode()
    assert "Người đề xuất không tự duyệt" in refused
    second = signed_in("second_owner")
    assert "Chuyển mức" in second.get(address).content.decode()
    second.post(f"{address}quyet-dinh/", {"do": "approve"}, follow=True)
    assert str(queries.book(DECREE, first).head.parameters["delay_cut"].values[0].value) == "1"
    assert str(queries.book(DECREE, month().first).head.parameters["delay_cut"].values[0].value) == "0.25"
    again = second.post(f"{address}quyet-dinh/", {"do": "approve"}, follow=True).content.decode()
    assert "Một người khác" in again or "đã được quyết định" in again


def test_a_refusal_says_why_and_a_proposer_takes_it_back(worked: casting.Cast, signed_in: As) -> None:
    first = queries.next_period(timezone.localdate())
    told = {"bo": DECREE, "act": "15/QĐ-SA", "first": first.isoformat(), "do": "propose"}
    owner, second = signed_in("owner"), signed_in("second_owner")
    address, _ = owner.post("/quy-tac/con-phai-quyet-dinh/", told | {FIELD: "0.5"}, follow=True).redirect_chain[-1]
    assert "Hãy ghi lý do" in second.post(f"{address}quyet-dinh/", {"do": "refuse"}, follow=True).content.decode()
    page = second.post(
        f"{address}quyet-dinh/", {"do": "refuse", "reason": "Chưa lấy ý kiến"}, follow=True
    ).content.decode()
    assert "Chưa lấy ý kiến" in page
    address, _ = owner.post("/quy-tac/con-phai-quyet-dinh/", told | {FIELD: "0.6"}, follow=True).redirect_chain[-1]
    assert "Rút lại" in owner.post(f"{address}quyet-dinh/", {"do": "withdraw"}, follow=True).content.decode()
    assert queries.proposals() == []


def test_everybody_reads_what_was_proposed_and_only_owners_decide(worked: casting.Cast, signed_in: As) -> None:
    first = queries.next_period(timezone.localdate())
    told = {"bo": DECREE, "act": "15/QĐ-SA", "first": first.isoformat(), "do": "propose", FIELD: "0.5"}
    address, _ = signed_in("owner").post("/quy-tac/con-phai-quyet-dinh/", told, follow=True).redirect_chain[-1]
    official = signed_in("official")
    page = official.get(address).content.decode()
    assert "0,25 → 0,5" in page
    assert "quyet-dinh" not in page
    assert "người đổi điểm" not in page
    assert official.post(f"{address}quyet-dinh/", {"do": "approve"}).status_code == 403
    signed_in("second_owner").post(f"{address}quyet-dinh/", {"do": "approve"})
    assert "0,25 → 0,5" in official.get(address).content.decode()  # the proposal still says what it changed
    approved = Draft.standing().get()
    assert "0,25 → 0,5" in official.get(f"/quy-tac/de-xuat/{approved.seq}/").content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({FIELD: "-1"}, "không thể nhỏ hơn 0"),
        ({}, "Chưa có con số nào"),
        ({FIELD: "0.5", "act": ""}, "Chưa ghi văn bản làm căn cứ"),
        ({FIELD: "0.5", "first": "2026-01-01"}, "Quy tắc không đổi giữa kỳ"),
        ({FIELD: "0.5", "first": "mai"}, "Ngày bắt đầu chưa đúng"),
        ({"so:scorecards/civil_servant_month/parts/general/points": "40"}, "Tổng điểm các mục con"),
    ],
)
def test_a_form_that_cannot_be_used_says_so_and_keeps_what_was_written(
    changes: dict[str, str], said: str, adopted: casting.Cast, signed_in: As
) -> None:
    first = queries.next_period(timezone.localdate())
    told = {"bo": DECREE, "act": "15/QĐ-SA", "first": first.isoformat(), "do": "propose", "article": "Điều 2"}
    answer = signed_in("owner").post("/quy-tac/con-phai-quyet-dinh/", told | changes)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Điều 2" in page
    assert not Draft.objects.exists()


@pytest.mark.parametrize("role", sorted(set(casting.ROLES) - {"owner", "second_owner"}))
def test_only_who_is_in_charge_of_rules_sets_numbers(role: str, adopted: casting.Cast, signed_in: As) -> None:
    client = signed_in(role)
    assert client.get("/quy-tac/con-phai-quyet-dinh/").status_code == 403
    assert client.post("/quy-tac/ap-dung/", {"rulebook": DECREE}).status_code == 403
    assert "Điểm còn phải quyết định" not in client.get("/quy-tac/").content.decode()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_numbers_still_to_be_decided_stand_first(lang: str, adopted: casting.Cast, signed_in: As) -> None:
    page = signed_in("owner", lang).get("/quy-tac/con-phai-quyet-dinh/", {"bo": DECREE}).content.decode()
    first, second = ("Chưa kiểm chứng", "Theo nguồn tin") if lang == "vi" else ("Unverified:", "Reported,")
    assert 0 < page.index(first) < page.index(second)
    assert f'name="{FIELD}"' in page


def test_what_one_month_cannot_try_is_said(worked: casting.Cast, signed_in: As) -> None:
    first = queries.next_period(timezone.localdate()).isoformat()
    told = {"bo": DECREE, "act": "15/QĐ-SA", "first": first, "do": "preview",
            "so:scorecards/civil_servant_year/minimum/months": "4"}  # fmt: skip
    page = signed_in("owner").post("/quy-tac/con-phai-quyet-dinh/", told).content.decode()
    assert "Không thử được trên số liệu của một tháng: Công chức, cả năm." in page
