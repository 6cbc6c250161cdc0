"""Numbers without gap or double: under fifty writers, when a writing is taken back, over a new year, cancelled."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connections, transaction
from registers_scene import NOW, TODAY, arrival

import cast as casting
from congtam.access.models import Account
from congtam.access.seats import seat_of
from congtam.history.refused import Refused
from congtam.orgs.models import Unit
from congtam.registers.entering import enter, enter_secret
from congtam.registers.models import Document
from congtam.registers.numbering import take_number
from congtam.registers.routing import cancel

WRITERS = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_leave_no_gap_and_no_double_though_some_are_taken_back() -> None:
    casting.build()
    agency, account = Unit.objects.get(code="so-a").pk, Account.objects.get(username="van-thu")
    clerk, begin, failed = seat_of(account, TODAY), Barrier(WRITERS, timeout=30), []

    def write(number: int) -> None:
        try:
            begin.wait()
            with transaction.atomic():
                enter(clerk, agency, arrival(f"Văn bản {number}", f"{number}/UBND"), now=NOW)
                if number % 5 == 0:  # as when the file is refused or the power goes
                    transaction.set_rollback(True)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=(one,)) for one in range(WRITERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not failed
    numbers = list(Document.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, WRITERS * 4 // 5 + 1))


@pytest.mark.django_db
def test_each_agency_direction_and_year_has_a_sequence_of_its_own(cast: casting.Cast) -> None:
    a, b = cast.units["so-a"].pk, cast.units["so-b"].pk
    taken = [take_number(*key) for key in ((a, "in", 2026), (a, "in", 2026), (a, "out", 2026), (b, "in", 2026))]
    assert taken == [1, 2, 1, 1]
    assert take_number(a, "in", 2027) == 1


@pytest.mark.django_db
def test_numbers_begin_again_at_new_year_in_vietnam(cast: casting.Cast) -> None:
    """23:30 on 31 December and 00:30 on 1 January: both are still December in UTC."""
    clerk, agency = seat_of(cast.account("clerk"), date(2026, 12, 31)), cast.units["so-a"].pk
    told = []
    for hour, minute in ((16, 30), (17, 30)):
        at = datetime(2026, 12, 31, hour, minute, tzinfo=UTC)
        made = enter(clerk, agency, arrival("Văn bản", f"{hour}/UBND", arrived_on=date(2026, 12, 31)), now=at)
        told.append((made.year, made.number))
    assert told == [(2026, 1), (2027, 1)]


@pytest.mark.django_db
def test_what_was_refused_took_no_number(cast: casting.Cast, seat) -> None:
    clerk, agency = seat("van-thu"), cast.units["so-a"].pk
    enter(clerk, agency, arrival(), now=NOW)
    with pytest.raises(Refused, match="01/2026"):
        enter(clerk, agency, arrival("Chép lại", "12/ubnd-vx"), now=NOW)
    with pytest.raises(Refused, match="abstract"):
        enter(clerk, agency, arrival("  ", "x"), now=NOW)
    with pytest.raises(Refused):
        enter(clerk, agency, arrival(symbol="x"), ("a.exe", [b""]), now=NOW)
    assert enter(clerk, agency, arrival(symbol="13/UBND"), now=NOW).number == 2


@pytest.mark.django_db
def test_a_cancelled_document_keeps_its_number_and_its_reason(cast: casting.Cast, seat) -> None:
    clerk, agency = seat("van-thu"), cast.units["so-a"].pk
    first = enter(clerk, agency, arrival(), now=NOW)
    with pytest.raises(Refused):
        cancel(clerk, first.pk, "  ", now=NOW)
    cancel(clerk, first.pk, "Gửi nhầm cơ quan", now=NOW)
    first.refresh_from_db()
    assert (first.number, first.state, first.steps.last().text) == (1, "cancelled", "Gửi nhầm cơ quan")
    assert enter(clerk, agency, arrival(), now=NOW).number == 2  # and what was cancelled may be entered again
    with pytest.raises(Refused):
        cancel(clerk, first.pk, "Lần nữa", now=NOW)


@pytest.mark.django_db
def test_the_database_itself_keeps_numbers_steps_and_files(cast: casting.Cast, seat) -> None:
    made = enter(seat("van-thu"), cast.units["so-a"].pk, arrival(), now=NOW)
    for rewrite in (
        lambda: Document.objects.filter(pk=made.pk).update(number=7),
        lambda: Document.objects.filter(pk=made.pk).update(number=None, year=None, direction="out"),
        lambda: Document.objects.filter(pk=made.pk).delete(),
        lambda: made.steps.update(text="khác"),
        lambda: Document.objects.filter(pk=made.pk).update(secrecy="secret"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rewrite()


@pytest.mark.django_db
def test_of_a_secret_document_only_the_number_is_kept(cast: casting.Cast, seat) -> None:
    clerk, agency = seat("van-thu"), cast.units["so-a"].pk
    made = enter_secret(clerk, agency, "in", "secret", TODAY, now=NOW)
    out = enter_secret(clerk, agency, "out", "confidential", TODAY, now=NOW)
    assert (made.number, out.number, made.state, out.state) == (1, 1, "entered", "issued")
    cancel(clerk, made.pk, "Nội dung không được ghi", now=NOW)
    assert not [one.text for one in (*made.steps.all(), *out.steps.all()) if one.text]
    with pytest.raises(Refused):
        enter_secret(clerk, agency, "in", "rất mật", TODAY, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["an", "truong-mot", "giam-doc", "giam-doc-b", "kiem-tra", "quan-tri"])
def test_only_the_registrar_gives_numbers(who: str, cast: casting.Cast, seat) -> None:
    agency = cast.units["so-a"].pk
    for do in (
        lambda: enter(seat(who), agency, arrival(), now=NOW),
        lambda: enter_secret(seat(who), agency, "in", "secret", TODAY, now=NOW),
    ):
        with pytest.raises(Refused):
            do()
    with pytest.raises(Refused):
        enter(seat("van-thu"), cast.units["so-b"].pk, arrival(), now=NOW)  # nor in another agency
    assert not Document.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "told",
    [
        {"arrived_on": date(2026, 11, 21)},
        {"arrived_on": date(2025, 1, 1)},
        {"arrived_on": date(2026, 11, 18), "dated": date(2026, 11, 19)},
    ],
)
def test_days_that_cannot_be_are_refused(told: dict, cast: casting.Cast, seat) -> None:
    with pytest.raises(Refused):
        enter(seat("van-thu"), cast.units["so-a"].pk, arrival(**told), now=NOW)
