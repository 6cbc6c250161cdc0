"""The audit cannot be changed without it being found, and the finding names what was changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction

from congtam.audit.actions import ERASED, close_batch, erase_texts, note
from congtam.audit.models import Batch, Entry, EntryText
from congtam.audit.queries import heads, read_heads
from congtam.audit.verify import verify
from congtam.history.actor import SYSTEM, Actor

pytestmark = pytest.mark.django_db
AN = Actor(account=7, post=3)


@contextmanager
def as_the_owner_of_the_database() -> Iterator[None]:
    """What somebody can do who holds the database itself: switch its triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def three_batches() -> list[int]:
    numbers = []
    for batch in range(3):
        numbers += [note(AN, f"test.act_{batch}", "person", which, {"why": f"lý do {which}"}).pk for which in range(4)]
        close_batch()
    return numbers


def codes() -> set[str]:
    return {one.code for one in verify().findings}


def test_what_nobody_touched_is_intact() -> None:
    three_batches()
    note(SYSTEM, "test.later")
    verdict = verify()
    assert verdict.intact
    assert (verdict.batches, verdict.entries, verdict.waiting) == (3, 12, 1)


def test_an_entry_says_who_did_what_in_which_post() -> None:
    entry = note(AN, "people.end_spell", "person", 12, {"row": 5})
    entry.refresh_from_db()
    assert (entry.account, entry.post, entry.action, entry.subject) == (7, 3, "people.end_spell", 12)
    assert entry.text.body == {"row": 5}
    assert note(SYSTEM, "test.machine").text.body == {"by": "system"}


def test_without_anything_new_no_batch_is_closed() -> None:
    assert close_batch() is None
    three_batches()
    assert close_batch() is None


def test_the_database_refuses_to_change_or_delete_an_entry_or_a_batch() -> None:
    three_batches()
    for rows in (Entry.objects.all(), Batch.objects.all(), EntryText.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete() if rows.model is not Entry else rows._raw_delete("default")
    for change in (
        lambda: Entry.objects.update(action="other"),
        lambda: Batch.objects.update(count=0),
        lambda: EntryText.objects.update(body={"why": "nothing"}),
        lambda: EntryText.objects.update(salt=b"x", body=ERASED),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_changed_entry_is_named() -> None:
    numbers = three_batches()
    with as_the_owner_of_the_database():
        Entry.objects.filter(pk=numbers[5]).update(account=8)
    [finding] = verify().findings
    assert finding.code == "entry-changed"
    assert f"entry {numbers[5]} (batch 2)" in finding.message


@pytest.mark.parametrize("field", ["at", "post", "action", "subject_kind", "subject", "digest"])
def test_every_field_of_an_entry_counts(field: str) -> None:
    numbers = three_batches()
    other = {
        "at": "2020-01-01T00:00Z",
        "post": 9,
        "action": "x",
        "subject_kind": "x",
        "subject": 99,
        "digest": b"x" * 32,
    }
    with as_the_owner_of_the_database():
        Entry.objects.filter(pk=numbers[0]).update(**{field: other[field]})
    assert "entry-changed" in codes()


def test_a_missing_entry_is_named() -> None:
    numbers = three_batches()
    with as_the_owner_of_the_database():
        EntryText.objects.filter(pk=numbers[6]).delete()
        Entry.objects.filter(pk=numbers[6])._raw_delete("default")
    [finding] = verify().findings
    assert finding.code == "entry-missing"
    assert f"entry {numbers[6]} (batch 2)" in finding.message


def test_an_inserted_entry_is_named() -> None:
    numbers = three_batches()
    with as_the_owner_of_the_database():
        EntryText.objects.filter(pk=numbers[0]).delete()
        Entry.objects.filter(pk=numbers[0])._raw_delete("default")
        Entry.objects.create(pk=numbers[0], action="test.act_0", account=1)
        Entry.objects.create(pk=numbers[0] - 1_000_000, action="before all")
    assert codes() == {"entry-changed", "entry-inserted"}


def test_a_changed_text_is_named_and_an_erased_one_is_not() -> None:
    numbers = three_batches()
    assert erase_texts(Entry.objects.filter(pk=numbers[1])) == 1
    assert verify().intact
    assert EntryText.objects.get(pk=numbers[1]).body == ERASED
    with as_the_owner_of_the_database():
        EntryText.objects.filter(pk=numbers[2]).update(body={"why": "khác"})
        EntryText.objects.filter(pk=numbers[3]).delete()
    assert [one.code for one in verify().findings] == ["text-changed", "text-missing"]


def test_a_changed_batch_is_named() -> None:
    three_batches()
    with as_the_owner_of_the_database():
        Batch.objects.filter(pk=2).update(leaves=b"short")
    assert [one.message.split(" was")[0] for one in verify().findings] == ["batch 2", "batch 2"]


def test_a_batch_that_was_made_again_to_fit_breaks_the_one_after_it() -> None:
    from congtam.audit import chain

    numbers = three_batches()
    with as_the_owner_of_the_database():
        Entry.objects.filter(pk=numbers[4]).update(account=8)
        batch = Batch.objects.get(pk=2)
        leaves = chain.leaves_of(Entry.objects.filter(pk__gte=batch.first, pk__lte=batch.last).order_by("pk"))
        head = chain.head_of(bytes(batch.previous), 2, leaves)
        Batch.objects.filter(pk=2).update(leaves=leaves, head=head)
    [finding] = verify().findings
    assert (finding.code, finding.message.split(" does")[0]) == ("batch-unchained", "batch 3")


def test_a_missing_batch_in_the_middle_is_named() -> None:
    three_batches()
    with as_the_owner_of_the_database():
        Batch.objects.filter(pk=2).delete()
    assert "batch-missing" in codes()


def test_only_heads_kept_elsewhere_show_that_the_end_was_cut_off() -> None:
    three_batches()
    kept = read_heads(["# kept on paper", "", *(head.line() for head in heads())])
    assert verify(kept).intact
    with as_the_owner_of_the_database():
        last = Batch.objects.get(pk=3)
        EntryText.objects.filter(pk__gte=last.first).delete()
        Entry.objects.filter(pk__gte=last.first)._raw_delete("default")
        Batch.objects.filter(pk=3).delete()
    assert verify().intact  # the rest looks whole
    [finding] = verify(kept).findings
    assert (finding.code, finding.message.split(" was")[0]) == ("batch-cut", f"batch 3 (up to entry {last.last})")


def test_heads_kept_elsewhere_show_that_all_was_written_anew() -> None:
    three_batches()
    kept = list(heads())
    with as_the_owner_of_the_database():
        Entry.objects.filter(pk__gte=0).update(account=99)
        Batch.objects.all().delete()
    close_batch()
    assert verify().intact
    assert {one.code for one in verify(kept).findings} == {"batch-rewritten", "batch-cut"}


def test_a_file_that_holds_no_heads_is_refused_with_its_line() -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_heads(["1 4 4 " + "00" * 32, "hello"])


@pytest.mark.django_db(transaction=True)
def test_a_batch_is_not_closed_over_an_entry_that_is_still_being_written() -> None:
    held: list[object] = []

    def close() -> None:
        held.append(close_batch(patience_ms=50))
        connection.close()

    with transaction.atomic():
        note(AN, "test.slow")
        thread = Thread(target=close)
        thread.start()
        thread.join()
    assert held == [None]  # it waited, gave up, and left all as it was
    assert Batch.objects.count() == 0
    assert close_batch() is not None
    assert verify().intact


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_a_closing_batch_leave_no_hole() -> None:
    def write() -> None:
        for turn in range(15):
            with transaction.atomic():
                note(AN, "test.many", "turn", turn)
                note(AN, "test.many", "turn", turn, {"second": True})
        connection.close()

    writers = [Thread(target=write) for _ in range(4)]
    for one in writers:
        one.start()
    while any(one.is_alive() for one in writers):
        close_batch(patience_ms=1000)
    close_batch()
    verdict = verify()
    assert verdict.intact
    assert (verdict.entries, verdict.waiting) == (120, 0)
