"""A document out: drafted in versions, reviewed by named people, signed so that it counts, issued under a number."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from registers_scene import NOW, arrival, pdf

from cast import Cast
from congtam.access.seats import Seat
from congtam.audit.models import Entry
from congtam.desk.doing import deliver
from congtam.desk.models import Question
from congtam.history.refused import Refused
from congtam.registers.drafting import Draft, answer_review, ask_review, draft, drop, revise
from congtam.registers.entering import enter
from congtam.registers.issuing import issue, send, sign
from congtam.registers.models import Document, Paper, Review
from congtam.registers.queries import Filters, asked_of, found, of_person, opened
from congtam.registers.routing import assign, cancel, submit
from congtam.work.models import Event, Standing
from signing import authority, changed_after, plain_pdf, signed_pdf

pytestmark = pytest.mark.django_db
TOLD = Draft("Báo cáo chuyển đổi số tháng 11", "BC-SA", kind="Báo cáo", signer="Giám đốc", recipients="UBND thành phố")


@pytest.fixture
def drafted(cast: Cast, seat) -> Document:
    return draft(seat("an"), TOLD, pdf(), now=NOW)


@pytest.fixture
def approved(cast: Cast, seat, drafted: Document) -> Document:
    ask_review(seat("an"), drafted.pk, [cast.people["truong-mot"].pk], now=NOW)
    answer_review(seat("truong-mot"), drafted.pk, True, now=NOW)
    return drafted


def state(document: Document) -> str:
    document.refresh_from_db()
    return document.state


def signed() -> tuple[str, list[bytes]]:
    return "ky.pdf", [signed_pdf(authority())]


# -- drafting


def test_a_draft_goes_through_named_reviewers_and_comes_back_with_remarks(cast: Cast, seat, drafted: Document) -> None:
    head, other = cast.people["truong-mot"].pk, cast.people["truong-hai"].pk
    ask_review(seat("an"), drafted.pk, [head, other], "Xin góp ý", now=NOW)
    assert [one.paper.document_id for one in asked_of(head)] == [drafted.pk]
    answer_review(seat("truong-hai"), drafted.pk, True, now=NOW)
    assert state(drafted) == "review"
    with pytest.raises(Refused):
        answer_review(seat("truong-mot"), drafted.pk, False, " ", now=NOW)
    answer_review(seat("truong-mot"), drafted.pk, False, "Bổ sung số liệu quý III", now=NOW)
    assert state(drafted) == "returned"
    revise(seat("an"), drafted.pk, pdf(text="bản 2"), "Đã bổ sung", now=NOW)
    ask_review(seat("an"), drafted.pk, [head], now=NOW)
    answer_review(seat("truong-mot"), drafted.pk, True, now=NOW)
    assert state(drafted) == "approved"
    told = Review.objects.order_by("pk").values_list("paper__version", "reviewer", "verdict", "text")
    assert list(told) == [
        (1, head, "returned", "Bổ sung số liệu quý III"),
        (1, other, "approved", ""),
        (2, head, "approved", ""),
    ]


def test_a_new_version_after_approval_needs_reviews_again_and_the_old_ones_stay(seat, approved: Document) -> None:
    revise(seat("an"), approved.pk, pdf(text="bản 2"), now=NOW)
    assert state(approved) == "draft"
    assert Review.objects.get().verdict == "approved"
    with pytest.raises(Refused):
        sign(seat("an"), approved.pk, signed(), now=NOW)


def test_who_was_asked_about_the_version_before_is_not_asked_any_more(cast: Cast, seat, drafted: Document) -> None:
    ask_review(seat("an"), drafted.pk, [cast.people["truong-mot"].pk], now=NOW)
    revise(seat("an"), drafted.pk, pdf(text="bản 2"), now=NOW)
    assert Review.objects.get().verdict == "dropped"
    with pytest.raises(Refused):
        answer_review(seat("truong-mot"), drafted.pk, True, now=NOW)


def test_only_the_drafter_moves_a_draft_and_only_who_was_asked_answers(cast: Cast, seat, drafted: Document) -> None:
    head = cast.people["truong-mot"].pk
    for do in (
        lambda: revise(seat("binh"), drafted.pk, pdf(text="bản 2"), now=NOW),
        lambda: ask_review(seat("binh"), drafted.pk, [head], now=NOW),
        lambda: drop(seat("binh"), drafted.pk, "", now=NOW),
        lambda: ask_review(seat("an"), drafted.pk, [], now=NOW),
        lambda: ask_review(seat("an"), drafted.pk, [cast.people["an"].pk], now=NOW),
        lambda: ask_review(seat("an"), drafted.pk, [cast.people["em"].pk], now=NOW),
        lambda: revise(seat("an"), drafted.pk, pdf(), now=NOW),  # the same bytes
        lambda: draft(seat("kiem-tra"), TOLD, pdf(), now=NOW),
        lambda: draft(seat("an"), Draft(" ", "BC-SA"), pdf(), now=NOW),
    ):
        with pytest.raises(Refused):
            do()
    ask_review(seat("an"), drafted.pk, [head], now=NOW)
    with pytest.raises(Refused):
        answer_review(seat("truong-hai"), drafted.pk, True, now=NOW)


def test_a_draft_given_up_leaves_no_gap_for_it_had_no_number(seat, approved: Document, cast: Cast) -> None:
    gone = draft(seat("binh"), TOLD, pdf(), now=NOW)
    drop(seat("binh"), gone.pk, "Không cần nữa", now=NOW)
    assert state(gone) == "cancelled" and gone.number is None
    sign(seat("an"), approved.pk, signed(), now=NOW)
    assert issue(seat("van-thu"), approved.pk, now=NOW).number == 1


def test_who_sees_a_draft(cast: Cast, seat, drafted: Document) -> None:
    def sees(who: str) -> bool:
        return opened(seat(who), drafted.pk) is not None

    assert sees("an") and sees("van-thu") and sees("giam-doc") and not sees("truong-mot") and not sees("binh")
    ask_review(seat("an"), drafted.pk, [cast.people["truong-mot"].pk], now=NOW)
    assert sees("truong-mot") and not sees("em") and not sees("giam-doc-b")
    assert [one.pk for one in of_person(cast.people["an"].pk)] == [drafted.pk]


# -- signing


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: ("ky.pdf", [changed_after(signed_pdf(authority()))]), "changed after signing"),
        (lambda: ("ky.pdf", [signed_pdf(authority("Gốc lạ"))]), "no root the site trusts"),
        (lambda: ("ky.pdf", [plain_pdf("chưa ký")]), "no digital signature"),
        (lambda: ("ky.pdf", [b"%PDF-1.7 rubbish"]), "no PDF"),
        (lambda: ("ky.png", [b"\x89PNG\r\n\x1a\n" + bytes(20)]), "no PDF"),
    ],
)
def test_what_does_not_count_is_told_and_writes_nothing(
    file: Callable[[], tuple[str, list[bytes]]], said: str, seat, approved: Document
) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        sign(seat("an"), approved.pk, file(), now=NOW)
    assert "không hỏi qua mạng" in refusal.value.text.vi
    assert state(approved) == "approved"
    assert not Paper.objects.filter(purpose="signed").exists() and not Event.objects.exists()


def test_the_agency_may_sign_after_the_head_did(seat, approved: Document) -> None:
    sign(seat("an"), approved.pk, signed(), now=NOW)
    twice = signed_pdf(authority(), signed_pdf(authority()), field="CoQuan")
    paper = sign(seat("van-thu"), approved.pk, ("ky-2.pdf", [twice]), now=NOW)
    assert (paper.version, len(paper.signatures)) == (2, 2)


def test_nobody_else_hands_in_the_signed_document(seat, approved: Document) -> None:
    for who in ("binh", "truong-mot", "giam-doc-b"):
        with pytest.raises(Refused):
            sign(seat(who), approved.pk, signed(), now=NOW)


# -- issuing


def test_a_number_is_taken_when_it_is_issued_and_only_by_the_registrar(cast: Cast, seat, approved: Document) -> None:
    with pytest.raises(Refused):
        issue(seat("van-thu"), approved.pk, now=NOW)
    sign(seat("an"), approved.pk, signed(), now=NOW)
    with pytest.raises(Refused):
        issue(seat("an"), approved.pk, now=NOW)
    made = issue(seat("van-thu"), approved.pk, now=NOW)
    assert (made.number, made.year, made.symbol, f"{made.dated:%d/%m/%Y}") == (1, 2026, "01/BC-SA", "20/11/2026")
    assert [one.symbol for one in found([made.agency_id], Filters("out", text="01/bc-sa"))] == ["01/BC-SA"]
    send(seat("van-thu"), made.pk, "Trục liên thông", now=NOW)
    assert state(made) == "sent"
    for do in (issue, send):
        with pytest.raises(Refused):
            do(seat("van-thu"), made.pk, now=NOW)
    steps = [one.step for one in made.steps.order_by("pk")]
    assert steps == ["draft", "review", "approved", "signed", "issued", "sent"]


def test_an_issued_document_that_is_cancelled_keeps_its_number(seat, approved: Document) -> None:
    sign(seat("an"), approved.pk, signed(), now=NOW)
    issue(seat("van-thu"), approved.pk, now=NOW)
    cancel(seat("van-thu"), approved.pk, "Ban hành nhầm", now=NOW)
    assert (state(approved), approved.number) == ("cancelled", 1)


# -- an answer


@pytest.fixture
def asked(cast: Cast, seat, fold) -> Document:
    """A document in that became work of An, given by the leader."""
    made = enter(seat("van-thu"), cast.units["so-a"].pk, arrival(), now=NOW)
    submit(seat("van-thu"), made.pk, cast.people["giam-doc"].pk, now=NOW)
    assign(seat("giam-doc"), made.pk, cast.people["an"].pk, due=NOW + timedelta(days=5), now=NOW)
    fold()
    made.refresh_from_db()
    return made


def answer(seat, by: str, asked: Document) -> Document:
    told = Draft("Trả lời về chuyển đổi số", "SA-P1", kind="Công văn", answers=asked.pk)
    made = draft(seat(by), told, pdf(), now=NOW)
    head: Seat = seat("truong-mot")
    ask_review(seat(by), made.pk, [head.person], now=NOW)
    answer_review(head, made.pk, True, now=NOW)
    sign(seat(by), made.pk, signed(), now=NOW)
    return made


def test_an_answer_signs_the_work_when_it_is_signed_and_delivers_it_when_it_is_issued(seat, asked, fold) -> None:
    made = answer(seat, "an", asked)
    item = asked.item_id
    assert Event.objects.filter(item=item, activity="signed").count() == 1
    fold()
    standing = Standing.objects.get(item=item)
    assert standing.signed and standing.finished_at is None
    issue(seat("van-thu"), made.pk, now=NOW + timedelta(hours=2))
    fold(3)
    standing.refresh_from_db()
    assert standing.finished_at == NOW + timedelta(hours=2)
    question = Question.objects.get(kind="acceptance")
    assert (question.item_id, question.by.code, question.to.code) == (item, "an", "giam-doc")
    entry = Entry.objects.get(action="desk.deliver")
    assert entry.account == seat("van-thu").account  # who issued it, though the work is An's
    assert opened(seat("an"), asked.pk) is not None


def test_work_that_ended_before_its_answer_went_out_stays_as_it_is(seat, asked: Document, fold) -> None:
    made = answer(seat, "an", asked)
    deliver(seat("an"), asked.item_id, "Đã gửi", now=NOW)
    fold()
    issue(seat("van-thu"), made.pk, now=NOW)
    assert Event.objects.filter(item=asked.item_id, activity="finished").count() == 1


def test_nobody_answers_a_document_whose_work_is_not_theirs(seat, asked: Document) -> None:
    with pytest.raises(Refused):
        draft(seat("dung"), Draft("Trả lời", "SA-P2", answers=asked.pk), pdf(), now=NOW)
    with pytest.raises(Refused):
        draft(seat("em"), Draft("Trả lời", "SB", answers=asked.pk), pdf(), now=NOW)
    with pytest.raises(Refused):
        draft(seat("an"), Draft("Trả lời", "SA-P1", answers=asked.pk + 1000), pdf(), now=NOW)
