"""A period is sealed once nothing blocks it: what blocks, who may, twice, and again after a late decision."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from django.db import transaction
from lxml import etree

from cast import Cast, build
from closing_scene import DECREE_233, NOW, PUBLIC, july, to_seal
from congtam.audit.models import Entry
from congtam.closing.blocks import Block, blocks, readiness, told_once
from congtam.closing.distribution import distributions
from congtam.closing.models import Again
from congtam.closing.papers import Head, bonus_list, decision
from congtam.closing.personal import slip
from congtam.closing.queries import difference, grade_titles, history_of_seals, letterhead_of, published
from congtam.closing.sealing import accept, close, supersede
from congtam.cycles.models import Cycle
from congtam.cycles.moving import reopen
from congtam.cycles.population import entries_for
from congtam.cycles.queries import current
from congtam.documents.render import docx
from congtam.engine.periods import Period
from congtam.engine.rulebook.digest import meaning_digest
from congtam.engine.rulebook.model import Text
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.intake.models import Batch, SetAside
from congtam.objections.requests import About, object_to
from congtam.people.models import Person
from congtam.ratings.actions import rate, take_back
from congtam.ratings.models import Rating
from congtam.registry import actions as registry
from congtam.registry import shipped
from congtam.registry.queries import book
from congtam.reward.amounts import set_earning
from congtam.reward.ledger import Line, enter, sign
from congtam.reward.lists import make_list
from congtam.reward.models import Earning
from congtam.reward.sealed import graded
from congtam.scores.models import Run, Seal
from congtam.scores.seals import sealed_scores
from congtam.sources.actions import add_datum, add_source, set_authority
from cycle_scene import seat
from making import ONE, OTHER
from month_scene import BEGAN, DECREE, PERIOD
from reward_scene import MONTHLY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(django_db_setup: Any, django_db_blocker: Any) -> Iterator[tuple[Cast, Cycle]]:
    """The month ready to be sealed, made once; each test takes back what it did."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        cast = build()
        yield cast, to_seal(cast)
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def cast(scene: tuple[Cast, Cycle]) -> Cast:
    return scene[0]


@pytest.fixture
def cycle(scene: tuple[Cast, Cycle]) -> Cycle:
    return scene[1]


def leader(cast: Cast, now: Any = NOW) -> Any:
    return seat(cast, "giam-doc", now)


def test_nothing_blocks_a_month_that_everybody_did_their_part_in(cast: Cast, cycle: Cycle) -> None:
    found = readiness(cycle, NOW)
    assert found.blocks == ()
    assert found.sentence.vi == "14/14 người đủ điều kiện; không còn việc chặn."
    assert found.reasons == []


def test_what_holds_up_one_person_twice_is_told_as_one_person() -> None:
    def block(what: str, person: int | None) -> Block:
        return Block("gap", "cut_off", Text(vi=f"{what}.", en=f"{what}."), "", NOW, person)

    those = [("a", 1), ("a", 1), ("b", 1), ("b", 1), ("b", 2), ("c", None), ("c", None), ("d", None)]
    told = told_once(block(what, person) for what, person in those)
    assert [one.vi for one in told] == ["a.", "b (2 người).", "c (2 việc).", "d."]
    assert [one.en for one in told] == ["a.", "b (2 people).", "c (2 things).", "d."]


def test_the_seal_holds_everyone_under_their_own_decree(cast: Cast, cycle: Cycle) -> None:
    made = close(leader(cast), cycle, NOW)
    assert published(cycle) == made
    assert len(sealed_scores(made)) == 14
    assert {one.grade for one in sealed_scores(made).values()} <= {"excellent", "good", "complete", "not_completed"}
    step = current(cycle, NOW)
    assert step is not None
    assert step.step == "handover"  # Decree 233 asks for it
    cards = {code: sealed_scores(made)[cast.people[code].pk].card for code in ("an", "truong-mot", *PUBLIC)}
    assert {one.split("#")[0] for one in cards.values()} == {DECREE, DECREE_233}
    assert all(cards[code].startswith(DECREE_233) for code in PUBLIC)
    assert Entry.objects.filter(action="closing.seal", subject=cycle.pk).count() == 1


def test_only_the_head_of_the_agency_seals(cast: Cast, cycle: Cycle) -> None:
    for code in ("nhan-su", "truong-mot", "giam-doc-b", "an"):
        with pytest.raises(Refused, match="Only the head"):
            close(seat(cast, code, NOW), cycle, NOW)
    assert not Seal.objects.exists()


def test_a_second_seal_is_refused_and_says_when_the_first_was_made(cast: Cast, cycle: Cycle) -> None:
    close(leader(cast), cycle, NOW)
    with pytest.raises(Refused, match=r"was sealed at 09:00 18/07/2030"):
        close(leader(cast), cycle, NOW + timedelta(minutes=1))
    assert Seal.objects.count() == 1


def test_another_step_is_open(cast: Cast, cycle: Cycle) -> None:
    reopen(seat(cast, now=NOW), cycle, "objections", "Còn người gửi đề nghị", now=NOW)
    with pytest.raises(Refused, match="is not open yet"):
        close(leader(cast), cycle, NOW)
    assert [one.vi for one in readiness(cycle, NOW).reasons] == ["Kỳ còn ở bước “Xem xét lại”."]


def test_a_missing_mark_blocks_whose_it_is_and_since_when(cast: Cast, cycle: Cycle) -> None:
    mark = Rating.standing().get(person=cast.people["an"], criterion="general", period=PERIOD)
    take_back(SYSTEM, mark)
    [one] = [one for one in blocks(cycle, NOW) if one.kind == "rating"]
    assert (one.person, one.who) == (cast.people["an"].pk, cast.people["truong-mot"].pk)
    assert one.what.vi.startswith("Chưa chấm: Tiêu chí chung")
    assert one.since <= NOW
    found = readiness(cycle, NOW)
    assert (found.ready, found.people, found.waited_for) == (13, 14, 1)
    assert found.sentence.vi == "13/14 người đủ điều kiện; 1 việc chặn, của 1 người."
    with pytest.raises(Refused, match="Not rated yet"):
        close(leader(cast), cycle, NOW)
    assert not Seal.objects.exists()


def test_figures_that_changed_since_the_slip_are_not_sealed(cast: Cast, cycle: Cycle) -> None:
    before = Rating.standing().get(person=cast.people["binh"], criterion="general", period=PERIOD)
    rate(SYSTEM, criterion="general", period=PERIOD, by=before.by, person=cast.people["binh"], value=11_000_000)
    with pytest.raises(Refused, match="Newer facts changed the results of 1 people"):
        close(leader(cast), cycle, NOW)
    assert not Seal.objects.exists()


def test_an_open_request_blocks_until_it_is_answered(cast: Cast, cycle: Cycle) -> None:
    reopen(seat(cast, now=NOW), cycle, "objections", "Còn người gửi đề nghị", now=NOW)
    object_to(seat(cast, "an", NOW), cycle, About("results"), "Thiếu hai việc đã xong", now=NOW)
    [one] = blocks(cycle, NOW)
    assert (one.kind, one.person, one.since) == ("request", cast.people["an"].pk, NOW)
    assert one.who is not None


def test_a_month_goes_by_the_rule_of_its_first_day_whatever_changes_or_ends_within_it(cast: Cast, cycle: Cycle) -> None:
    files, head = shipped.files_of(DECREE), f"{DECREE}/rulebook.yaml"
    began, card = "valid_from: 2026-01-01\n", f"{DECREE}#civil_servant_month"
    june, july_ = Period.parse(PERIOD), Period.parse("2030-07")
    for first, ends in ((date(2030, 6, 15), "2031-01-01"), (date(2030, 6, 16), "2030-06-20")):
        told = files | {head: files[head].replace(began, f"{began}valid_to: {ends}\n")}
        with patch("congtam.registry.actions.copies.files_of", lambda _, told=told: told):
            registry.approve_copy(OTHER, registry.adopt(ONE, DECREE, first=first))
    assert blocks(cycle, NOW) == []
    close(leader(cast), cycle, NOW)
    run = Run.objects.get(kind="final", rulebook=DECREE)
    assert run.meaning == meaning_digest(book(DECREE, june.first)) != meaning_digest(book(DECREE, july_.first))
    assert card in entries_for(june)
    assert card not in entries_for(july_)


def test_rows_set_aside_block_until_a_leader_accepts_them(cast: Cast, cycle: Cycle) -> None:
    source = add_source(SYSTEM, "mot-cua", "Một cửa", first=BEGAN, owner=cast.posts["du-lieu"])
    set_authority(SYSTEM, add_datum(SYSTEM, "ho-so", "Hồ sơ"), cast.units["so-a"], source, first=BEGAN, number="1/QĐ")
    batch = Batch.objects.create(source=source, kind="push", received_at=july(1))
    SetAside.objects.create(batch=batch, place="dòng 7", code="x", message="m", advice="a", cells={})
    [one] = blocks(cycle, NOW)
    assert (one.kind, one.who, one.person) == ("set_aside", cast.people["du-lieu"].pk, None)
    with pytest.raises(Refused, match="Only the head"):
        accept(seat(cast, "nhan-su", NOW), cycle, one.about, "Không sửa được", NOW)
    with pytest.raises(Refused, match="Write why"):
        accept(leader(cast), cycle, one.about, " ", NOW)
    accept(leader(cast), cycle, one.about, "Dòng trùng, nguồn đã xác nhận", NOW)
    found = readiness(cycle, NOW)
    assert found.blocks == ()
    assert [gap.about for gap in found.accepted] == [one.about]


def test_a_source_that_was_silent_since_the_last_days_blocks(cast: Cast, cycle: Cycle) -> None:
    source = add_source(
        SYSTEM, "van-ban", "Văn bản", first=BEGAN, owner=cast.posts["du-lieu"], due_time=july(1, 17).time()
    )
    set_authority(SYSTEM, add_datum(SYSTEM, "den", "Văn bản đến"), cast.units["so-a"], source, first=BEGAN, number="1")
    [one] = blocks(cycle, NOW)
    assert (one.kind, one.can_be_accepted) == ("source", True)
    assert "chưa gửi lần nào" in one.what.vi
    Batch.objects.create(source=source, kind="push", received_at=july(1))
    assert blocks(cycle, NOW) == []


def test_a_decision_after_the_seal_makes_another_one_with_its_reason(cast: Cast, cycle: Cycle) -> None:
    first = close(leader(cast), cycle, NOW)
    old = {person: (one.points, one.grade) for person, one in sealed_scores(first).items()}
    later = july(25)
    with pytest.raises(Refused, match="says exactly this"):
        supersede(leader(cast, later), cycle, "Theo 20/QĐ-SA", later)
    mark = Rating.standing().get(person=cast.people["chi"], criterion="general", period=PERIOD)
    rate(SYSTEM, criterion="general", period=PERIOD, by=mark.by, person=cast.people["chi"], value=29_000_000)
    with pytest.raises(Refused, match="needs the reason"):
        supersede(leader(cast, later), cycle, "", later)
    second = supersede(leader(cast, later), cycle, "Kết luận khiếu nại 20/QĐ-SA", later)
    assert published(cycle) == second
    assert {person: (one.points, one.grade) for person, one in sealed_scores(first).items()} == old
    [change] = difference(first, second)
    assert change.person == cast.people["chi"].pk
    assert (change.after.points or 0) > (change.before.points or 0)
    assert Again.objects.get(seal=second).text == "Kết luận khiếu nại 20/QĐ-SA"
    assert [(one.seal.number, one.holds) for one in history_of_seals(cycle)] == [(2, True), (1, False)]


def test_a_seal_that_was_never_made_cannot_be_made_again(cast: Cast, cycle: Cycle) -> None:
    with pytest.raises(Refused, match="is not sealed"):
        supersede(leader(cast), cycle, "Lý do", NOW)


def test_grades_are_counted_by_card_with_nobody_left_out(cast: Cast, cycle: Cycle) -> None:
    found = distributions(cycle)
    assert {one.card.split("#")[0]: one.people for one in found} == {DECREE: 12, DECREE_233: 2}
    for one in found:
        assert [title.vi for _, title, _ in one.grades][:2] == ["Xuất sắc", "Tốt"]
        [limit] = one.limits
        assert (limit.grade, limit.foreseen) == ("excellent", True)
        assert limit.said.vi.startswith("Giới hạn của năm, để tham khảo: 20 % số hoàn thành tốt sau khi hạ mức (n = ")
        assert 0 <= limit.room * 5 <= limit.base, "a fifth of those good once the others are lowered"


def test_the_list_of_payments_of_a_seal_is_a_paper_that_re_adds(cast: Cast, cycle: Cycle) -> None:
    scores = sealed_scores(close(leader(cast), cycle, NOW))
    book = MONTHLY.split("#")[0]
    files, head = shipped.files_of(book), f"{book}/rulebook.yaml"
    lasting = files | {head: files[head].replace("valid_to: 2027-01-01\n", "")}  # of 2026 alone
    with patch("congtam.registry.actions.copies.files_of", lambda _: lasting):
        registry.approve_copy(OTHER, registry.adopt(ONE, book, first=date(2026, 1, 1)))
    accountant, day = seat(cast, "pho-giam-doc", NOW), NOW.date()
    for person in Person.objects.filter(pk__in=scores):
        pay = Earning(person=person, first=date(2030, 1, 1), salary=Decimal(10_000_000), number="8/QĐ-SA")
        set_earning(accountant, person, pay)
    money = Line(cycle.agency_id, 2030, "extra_income", "in", Decimal(100_000_000), day, "15/QĐ-SA")
    sign(leader(cast), enter(accountant, money))
    made = make_list(accountant, graded(published(cycle)), MONTHLY, day)
    paper = bonus_list(made, Head("20/DS-SA", day, letterhead_of(cycle.agency_id)), day)
    each = {"excellent": 5_000_000, "good": 3_000_000, "complete": 1_000_000}
    paid = {person: each[one.grade] for person, one in scores.items() if one.grade in each}
    assert sorted(line.amount for line in paper.lines) == sorted(paid.values())
    named = {line.name: line for line in paper.lines}
    an = scores[cast.people["an"].pk]
    title = grade_titles(Period.parse(PERIOD))[an.card, an.grade].vi
    line = named["Nguyễn Thị An"]
    assert (line.post, line.unit, line.grade, line.base, line.amount) == (
        an.post_title, "Phòng Một", title, 10_000_000, each[an.grade]
    )  # fmt: skip
    assert (paper.fund_before, paper.fund_after) == (100_000_000, 100_000_000 - sum(paid.values()))
    assert (paper.period, paper.signer.name, paper.accountant.name) == (
        "tháng 6 năm 2030",
        "Trần Văn Đức",
        "Lê Thị Ánh",
    )
    told = text_of(docx(paper))
    assert all(one in told for one in ("20/DS-SA", title, f"{sum(paid.values()):,}".replace(",", ".")))


def test_a_slip_shows_every_line_whatever_the_clock_of_the_database_says(cast: Cast, cycle: Cycle) -> None:
    month, person = close(leader(cast), cycle, NOW), cast.people["an"]
    Run.objects.filter(kind="final").update(made_at=NOW + timedelta(seconds=4))  # written while it was sealed
    head = Head("21/PĐG-SA", NOW.date(), letterhead_of(cycle.agency_id))
    paper = slip(month, person, head, NOW.date())
    lines = [one for one in paper.lines if not one.heading]
    assert [one.criterion for one in lines] == ["Tiêu chí chung", "Kết quả nhiệm vụ"]
    assert sum(one.points or 0 for one in lines) == paper.total
    assert paper.total_maximum
    results = lines[1]
    assert results.items and results.data, "on how much work it rests, and what the figures say"
    *acts, sealed = decision(month, head, NOW.date()).bases
    assert sealed.startswith("Căn cứ kết quả đã chốt lần 1")
    assert acts == [
        "Căn cứ Luật số 80/2025/QH15 của Quốc hội;",
        "Căn cứ Luật số 129/2025/QH15 của Quốc hội;",
        "Căn cứ Nghị định số 335/2025/NĐ-CP ngày 21 tháng 12 năm 2025 của Chính phủ;",
        "Căn cứ Nghị định số 233/2026/NĐ-CP ngày 26 tháng 6 năm 2026 của Chính phủ;",
    ]


def text_of(file: bytes) -> str:
    """Everything a DOCX says, headers and tables included."""
    root = etree.fromstring(ZipFile(BytesIO(file)).read("word/document.xml"))
    return "".join(root.itertext())
