"""A document in: entered, submitted, assigned as work with a deadline by its urgency, done when the work is done."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from registers_scene import NOW, TODAY, arrival, pdf

from cast import Cast
from congtam.audit.models import Entry
from congtam.desk.deciding import cancel as cancel_work
from congtam.desk.doing import deliver
from congtam.desk.models import Brief
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.registers.entering import attach, correct, enter, enter_secret
from congtam.registers.models import Document, Paper
from congtam.registers.proposing import DAYS, in_time, proposed_due
from congtam.registers.queries import Filters, counted, found, opened, submitted_to
from congtam.registers.routing import assign, cancel, file_away, submit
from congtam.registry.actions import set_choice
from congtam.work.models import Event, Share, Standing
from signing import authority, changed_after, plain_pdf, signed_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def entered(cast: Cast, seat) -> Document:
    return enter(seat("van-thu"), cast.units["so-a"].pk, arrival(), now=NOW)


def given(cast: Cast, seat, document: Document, lead: str = "truong-mot", support: tuple[str, ...] = ()) -> int:
    """The document submitted to the leader and assigned."""
    submit(seat("van-thu"), document.pk, cast.people["giam-doc"].pk, "Kính trình", now=NOW)
    return assign(
        seat("giam-doc"),
        document.pk,
        cast.people[lead].pk,
        tuple(cast.people[one].pk for one in support),
        due=NOW + timedelta(days=5),
        instruction="Tham mưu báo cáo trước ngày 25",
        now=NOW,
    )


def test_a_document_becomes_work_of_its_lead_with_everything_that_is_printed_on_it(
    cast: Cast, seat, entered: Document, fold: Callable[[], None]
) -> None:
    item = given(cast, seat, entered, support=("chi",))
    fold()
    entered.refresh_from_db()
    assert (entered.state, entered.item_id) == ("assigned", item)
    brief = Brief.objects.get(item=item)
    assert brief is not None
    assert (brief.issuer, brief.basis, brief.incoming) == ("UBND thành phố", "12/UBND-VX", "01/2026")
    assert brief.instruction == "Tham mưu báo cáo trước ngày 25"
    assert Standing.objects.get(item=item).kind == "document"
    shares = {one.official.code: one.role for one in Share.objects.filter(item=item)}
    assert shares == {"truong-mot": "lead", "chi": "support"}
    assert [one.step for one in entered.steps.order_by("pk")] == ["entered", "submitted", "assigned"]
    told = Entry.objects.filter(action__startswith="registers.").values_list("action", flat=True)
    assert sorted(told) == ["registers.assigned", "registers.entered", "registers.submitted"]


def test_a_document_is_done_once_its_work_is(cast: Cast, seat, entered: Document, fold) -> None:
    item = given(cast, seat, entered)
    fold()
    agencies, done = [cast.units["so-a"].pk], Filters(state="done")
    assert not found(agencies, done).exists()
    deliver(seat("truong-mot"), item, "Đã báo cáo", now=NOW + timedelta(hours=1))
    fold(2)
    assert [one.standing for one in found(agencies, done)] == ["done"]


def test_only_a_leader_assigns_or_files_and_only_what_was_submitted(cast: Cast, seat, entered: Document) -> None:
    lead, due = cast.people["truong-mot"].pk, NOW + timedelta(days=2)
    with pytest.raises(Refused):
        assign(seat("giam-doc"), entered.pk, lead, due=due, now=NOW)
    submit(seat("van-thu"), entered.pk, cast.people["giam-doc"].pk, now=NOW)
    for who in ("van-thu", "truong-mot", "an", "giam-doc-b", "kiem-tra"):
        with pytest.raises(Refused):
            assign(seat(who), entered.pk, lead, due=due, now=NOW)
        with pytest.raises(Refused):
            file_away(seat(who), entered.pk, "Để biết", now=NOW)
    file_away(seat("giam-doc"), entered.pk, "Để biết", now=NOW)
    with pytest.raises(Refused):
        assign(seat("giam-doc"), entered.pk, lead, due=due, now=NOW)
    assert not Event.objects.exists()


def test_pressed_twice_a_document_becomes_work_once(cast: Cast, seat, entered: Document) -> None:
    given(cast, seat, entered)
    with pytest.raises(Refused, match="moved on"):
        assign(seat("giam-doc"), entered.pk, cast.people["an"].pk, due=NOW + timedelta(days=2), now=NOW)
    assert Event.objects.filter(activity="registered").count() == 1


def test_a_deadline_in_the_past_assigns_nothing(cast: Cast, seat, entered: Document) -> None:
    submit(seat("van-thu"), entered.pk, cast.people["giam-doc"].pk, now=NOW)
    with pytest.raises(Refused):
        assign(seat("giam-doc"), entered.pk, cast.people["an"].pk, due=NOW - timedelta(days=1), now=NOW)
    entered.refresh_from_db()
    assert entered.state == "submitted" and not Event.objects.exists()


def test_a_document_is_submitted_to_a_leader_of_the_agency_only(cast: Cast, seat, entered: Document) -> None:
    for who in ("truong-mot", "giam-doc-b", "an"):
        with pytest.raises(Refused):
            submit(seat("van-thu"), entered.pk, cast.people[who].pk, now=NOW)


def test_work_on_a_document_is_cancelled_before_the_document(cast: Cast, seat, entered: Document) -> None:
    item = given(cast, seat, entered)
    with pytest.raises(Refused, match="cancels the work first"):
        cancel(seat("van-thu"), entered.pk, "Gửi nhầm", now=NOW)
    cancel_work(seat("giam-doc"), item, "Gửi nhầm", now=NOW)
    cancel(seat("van-thu"), entered.pk, "Gửi nhầm", now=NOW + timedelta(hours=1))
    entered.refresh_from_db()
    assert entered.state == "cancelled"


def test_a_secret_document_goes_no_way_here(cast: Cast, seat) -> None:
    made = enter_secret(seat("van-thu"), cast.units["so-a"].pk, "in", "secret", TODAY, now=NOW)
    with pytest.raises(Refused, match="secret"):
        submit(seat("van-thu"), made.pk, cast.people["giam-doc"].pk, now=NOW)


# -- what was copied wrong


def test_what_was_copied_wrong_is_mended_and_what_stood_before_is_told(cast: Cast, seat, entered: Document) -> None:
    correct(seat("van-thu"), entered.pk, arrival("Về báo cáo dữ liệu mở", "12/UBND-VX"), now=NOW)
    entered.refresh_from_db()
    assert (entered.abstract, entered.number, entered.state) == ("Về báo cáo dữ liệu mở", 1, "entered")
    assert entered.steps.last().text == "Về việc báo cáo chuyển đổi số"
    assert [one.pk for one in found([entered.agency_id], Filters(text="du lieu mo"))] == [entered.pk]
    other = enter(seat("van-thu"), entered.agency_id, arrival(symbol="13/UBND"), now=NOW)
    for who, told in (
        ("van-thu", arrival("Về báo cáo dữ liệu mở", "12/UBND-VX")),  # nothing differs
        ("van-thu", arrival(symbol="13/UBND")),  # that is another document
        ("van-thu", arrival(" ")),
        ("an", arrival("Khác")),
        ("giam-doc", arrival("Khác")),
    ):
        with pytest.raises(Refused):
            correct(seat(who), entered.pk, told, now=NOW)
    cancel(seat("van-thu"), other.pk, "Trùng", now=NOW)
    with pytest.raises(Refused):
        correct(seat("van-thu"), other.pk, arrival("Khác", "14/UBND"), now=NOW)


def test_a_file_may_come_later_than_its_paper(seat, entered: Document) -> None:
    attach(seat("van-thu"), entered.pk, ("cv.pdf", [signed_pdf(authority())]), now=NOW)
    assert entered.papers.get().signatures[0]["problem"] == ""
    for who, body in (("van-thu", changed_after(signed_pdf(authority()))), ("an", plain_pdf())):
        with pytest.raises(Refused):
            attach(seat(who), entered.pk, ("cv.pdf", [body]), now=NOW)


# -- what is shown


def test_the_deadline_is_proposed_by_the_urgency_and_a_site_may_choose_others() -> None:
    def due(urgency: str, at: datetime = NOW) -> str:
        return f"{proposed_due(urgency, at).astimezone(UTC) + timedelta(hours=7):%d/%m %H:%M}"

    assert due("express") == due("very_urgent") == "20/11 17:00"
    assert due("express", datetime(2026, 11, 20, 11, tzinfo=UTC)) == "23/11 17:00"  # after office hours on a Friday
    assert due("express", datetime(2026, 11, 21, 3, tzinfo=UTC)) == "23/11 17:00"  # a Saturday
    assert (due("urgent"), due("ordinary")) == ("23/11 17:00", "27/11 17:00")
    set_choice(SYSTEM, DAYS, {"ordinary": 7}, date(2026, 1, 1), "01/QĐ")
    assert due("ordinary") == "01/12 17:00"


@pytest.mark.parametrize(
    ("arrived", "prompt"),
    [(date(2026, 11, 20), True), (date(2026, 11, 19), True), (date(2026, 11, 18), False), (None, None)],
)
def test_entering_on_the_same_or_the_next_working_day_is_a_fact(arrived: date | None, prompt: bool | None) -> None:
    assert in_time(arrived, NOW) is prompt
    assert in_time(date(2026, 11, 20), datetime(2026, 11, 23, 2, tzinfo=UTC))  # Friday to Monday


def test_a_register_is_found_without_diacritics_by_number_and_by_symbol(cast: Cast, seat) -> None:
    clerk, agency = seat("van-thu"), cast.units["so-a"].pk
    for n, (abstract, symbol) in enumerate((("Đề án Đô thị thông minh", "12/UBND-VX"), ("Mời họp", "7/SNV"))):
        enter(clerk, agency, arrival(abstract, symbol, urgency="urgent" if n else "ordinary"), now=NOW)
    enter_secret(clerk, agency, "in", "secret", TODAY, now=NOW)

    def numbers(**told: str) -> list[int]:
        return [one.number for one in found([agency], Filters(**told))]

    assert numbers() == [3, 2, 1]
    assert numbers(text="do thi THONG minh") == numbers(text="12/ubnd") == [1]
    assert numbers(text="02/2026") == numbers(text="7/snv moi hop") == numbers(urgency="urgent") == [2]
    assert numbers(text="khong co") == []
    told = counted([agency], "in", 2026)
    assert (told.given, told.cancelled, told.secret) == (3, 0, 1)


def test_who_sees_a_document(cast: Cast, seat, entered: Document, fold) -> None:
    def sees(who: str) -> bool:
        return opened(seat(who), entered.pk) is not None

    assert all(sees(who) for who in ("van-thu", "giam-doc", "kiem-tra"))
    assert not any(sees(who) for who in ("truong-mot", "an", "giam-doc-b", "em", "quan-tri", "nhan-su"))
    given(cast, seat, entered, support=("chi",))
    fold()
    assert all(sees(who) for who in ("truong-mot", "chi", "truong-hai"))
    assert not any(sees(who) for who in ("an", "dung", "giam-doc-b", "quan-tri"))
    secret = enter_secret(seat("van-thu"), entered.agency_id, "in", "secret", TODAY, now=NOW)
    assert opened(seat("truong-mot"), secret.pk) is None


def test_a_leader_finds_what_was_submitted_the_most_urgent_first(cast: Cast, seat) -> None:
    clerk, agency, leader = seat("van-thu"), cast.units["so-a"].pk, cast.people["giam-doc"].pk
    for symbol, urgency in (("1/A", "ordinary"), ("2/A", "express"), ("3/A", "urgent")):
        made = enter(clerk, agency, arrival(symbol=symbol, urgency=urgency), now=NOW)
        submit(clerk, made.pk, leader, now=NOW)
    assert [one.symbol for one in submitted_to(seat("giam-doc"))] == ["2/A", "3/A", "1/A"]
    assert not submitted_to(seat("giam-doc-b")).exists() and not submitted_to(seat("truong-mot")).exists()


# -- its file


def test_signatures_of_a_document_in_are_kept_as_facts(cast: Cast, seat) -> None:
    clerk, agency = seat("van-thu"), cast.units["so-a"].pk
    good = enter(clerk, agency, arrival(symbol="1/A"), ("cv.pdf", [signed_pdf(authority())]), now=NOW)
    foreign = enter(clerk, agency, arrival(symbol="2/A"), ("cv.pdf", [signed_pdf(authority("Gốc lạ"))]), now=NOW)
    scan = enter(clerk, agency, arrival(symbol="3/A"), pdf("cv.pdf"), now=NOW)
    kept = {one.document_id: one.signatures for one in Paper.objects.all()}
    assert (kept[good.pk][0]["signer"], kept[good.pk][0]["problem"]) == ("Trần Văn Đức", "")
    assert kept[foreign.pk][0]["problem"] == "foreign"
    assert kept[scan.pk] == []


def test_a_document_changed_after_signing_is_not_entered_and_the_sender_is_to_be_told(cast: Cast, seat) -> None:
    clerk, agency = seat("van-thu"), cast.units["so-a"].pk
    for body in (changed_after(signed_pdf(authority())), b"%PDF-1.7 rubbish"):
        with pytest.raises(Refused) as refusal:
            enter(clerk, agency, arrival(), ("cv.pdf", [body]), now=NOW)
        assert "bên gửi" in refusal.value.text.vi
    assert not Document.objects.exists() and not Paper.objects.exists()
