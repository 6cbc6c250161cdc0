"""What is done with records: accepted, dropped, withdrawn with their batch. One way for all of them."""

import gc
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime
from itertools import chain, islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from congtam.audit.actions import note
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.intake.accepting import Chunk, refused, store
from congtam.intake.ahead import ahead
from congtam.intake.checking import Checked, Codes, check
from congtam.intake.closing import close
from congtam.intake.jobs import WITHDRAW, leave
from congtam.intake.models import RUNNING, Batch, SetAside, Upload
from congtam.intake.taking_back import take_back
from congtam.intake.telling import Outcome, Told, Unread
from congtam.intake.words import Problem
from congtam.sources.models import Source

CHUNK = 5000  # records of one transaction
AT_ONCE = 2000  # records withdrawn while the caller waits
SWEPT = 20 * CHUNK  # records between two askings of the collector
ANSWERED = 5000  # of more records than these only counts are kept


def accept(
    actor: Actor,
    source: Source,
    told: Iterable[Told | Unread],
    *,
    kind: str = "push",
    upload: Upload | None = None,
    reason: str = "",
    batch: Batch | None = None,
    after: Callable[[], None] = lambda: None,
    at_end: Callable[[int], None] = lambda _: None,
) -> Outcome:
    """Take in records of a source, whatever they are and however often they come; say what became of each.

    Up to 5,000 records are one transaction; more are taken in steps, and `batch` (one that was cut off) goes on after
    those that were committed, when the same records are told again. Rows that could not be read are set aside among
    them. Stops when the batch was withdrawn meanwhile.

    Of more records the next step is read and checked in a thread, while the last one is written: `told` must then not
    use the database. `after` is called after each step, by whoever writes, and `at_end` with the number of the batch in
    the transaction that ends it.
    """
    rows = iter(told)
    first = list(islice(rows, CHUNK + 1))
    small = len(first) <= CHUNK
    with (
        transaction.atomic() if batch is None and small else nullcontext(),
        nullcontext() if small else _no_collector(),
    ):
        batch = batch or begin_batch(actor, source, kind, upload, reason)
        outcome, codes = Outcome(batch.pk), Codes()
        codes.learn(row for row in first if isinstance(row, Told)) if small else codes.learn_all()
        steps = _checked(islice(chain(first, rows), batch.taken, None), codes)
        with closing(steps if small else ahead(steps)) as ready:
            for step in ready:
                if not _take(batch, step, outcome):
                    batch.refresh_from_db()
                    break
                after()
                if not small and batch.taken % SWEPT == 0:
                    gc.collect(1)
            else:
                _end(actor, batch, at_end)
    for name, count in _counts(batch).items():
        setattr(outcome, name, count)
    return outcome


def _checked(rows: Iterator[Told | Unread], codes: Codes) -> Generator[list[Checked | Unread]]:
    """The records in steps; each is one that can be used, or is to be set aside."""
    while step := list(islice(rows, CHUNK)):
        now = timezone.now()
        yield [_checked_one(row, codes, now) for row in step]


def _checked_one(row: Told | Unread, codes: Codes, now: datetime) -> Checked | Unread:
    if isinstance(row, Unread):
        return row
    try:
        return check(row, codes, now)
    except Problem as problem:
        return refused(row, problem)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Records hold no cycles; the collector would only look through them again and again while a step grows. It is
    asked now and then between steps instead."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def begin_batch(
    actor: Actor, source: Source, kind: str, upload: Upload | None, reason: str, of: Batch | None = None
) -> Batch:
    """A batch nothing was taken in of yet; it is under way until it has `ended_at`."""
    told = {"source": source, "kind": kind, "upload": upload, "reason": reason[:400], "of": of}
    return Batch.objects.create(made_by=actor.account, **told)


def _end(actor: Actor, batch: Batch, at_end: Callable[[int], None] = lambda _: None) -> None:
    batch.refresh_from_db()
    with in_order():
        Batch.objects.filter(pk=batch.pk).update(ended_at=timezone.now())
        told = {**_counts(batch), **({"reason": batch.reason} if batch.reason else {})}
        note(actor, f"intake.{batch.kind}", "batch", batch.pk, told)
        at_end(batch.pk)


def _counts(batch: Batch) -> dict[str, int]:
    return {name: getattr(batch, name) for name in ("accepted", "updated", "unchanged", "set_aside")}


def _take(batch: Batch, rows: Sequence[Checked | Unread], outcome: Outcome) -> bool:
    """One step: everything in one transaction with the count of what is dealt with. False, and nothing is done, when
    the batch was withdrawn."""
    chunk = Chunk(batch, timezone.now(), answering=batch.taken + len(rows) <= ANSWERED)
    checked: list[tuple[int, Checked]] = []
    for position, row in enumerate(rows, start=batch.taken):
        if isinstance(row, Unread):
            chunk.put_aside(position, row)
        else:
            checked.append((position, row))
    with in_order():
        if batch.withdrawals.exists():
            return False
        for records in _each_key_once(checked) or [[]]:
            store(chunk, records)
        done = {name: F(name) + count for name, count in chunk.counts.items()}
        Batch.objects.filter(pk=batch.pk).update(taken=F("taken") + len(rows), **done)
    batch.taken += len(rows)
    outcome.answers = [*outcome.answers, *chunk.in_turn()] if chunk.answering else []
    return True


def _each_key_once(checked: Sequence[tuple[int, Checked]]) -> list[list[tuple[int, Checked]]]:
    """The records in rounds, so that one that comes after another of its key finds that one written."""
    if len({one.told.key for _, one in checked}) == len(checked):
        return [list(checked)]
    rounds: list[list[tuple[int, Checked]]] = []
    seen: Counter[str] = Counter()
    for one in checked:
        turn = seen[one[1].told.key]
        seen[one[1].told.key] += 1
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(one)
    return rounds


def drop(actor: Actor, set_aside_ids: Iterable[int], reason: str) -> int:
    """Say that rows set aside need not be used, and why; how many were. Those that are closed already stay so, and
    those that are being handed in again."""
    with transaction.atomic():
        rows = SetAside.objects.filter(pk__in=list(set_aside_ids), state="open", replayed_in=None)
        numbers = list(rows.select_for_update().values_list("pk", flat=True))
        close(actor, rows, "dropped")
        note(actor, "intake.drop", "set_aside", None, {"rows": numbers, "reason": reason})
    return len(numbers)


def withdraw_batch(actor: Actor, batch: Batch, reason: str) -> Batch:
    """Take a batch back as a whole: what its records said falls away, and the version before each stands again. Up to
    2,000 records at once; more are left to the worker. The withdrawal, over when it has `ended_at`; from then on the
    batch can be handed in anew. Raises `Refused` when the batch is a withdrawal itself, is or was withdrawn, or when
    its file is still to be read."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().filter(batches=batch).first()  # before the order: so do its readers
        with in_order():
            locked = Batch.objects.select_for_update(of=("self",)).select_related("source").get(pk=batch.pk)
            _refuse_withdrawing(locked, upload)
            withdrawal = begin_batch(actor, locked.source, "withdrawal", None, reason, of=locked)
            if locked.records.all()[: AT_ONCE + 1].count() > AT_ONCE:
                note(actor, "intake.begin_withdrawal", "batch", locked.pk, {"reason": withdrawal.reason})
                leave(WITHDRAW, locked.source_id, withdrawal_id=withdrawal.pk)
            else:
                go_on_withdrawing(actor, withdrawal)
    return withdrawal


def _refuse_withdrawing(batch: Batch, upload: Upload | None) -> None:
    if batch.kind == "withdrawal" or batch.withdrawals.exists():
        raise Refused(
            "Đợt này đã hoặc đang được rút, hoặc chính là một lần rút. Hãy mở lại trang để xem tình trạng mới.",
            "This batch is or was withdrawn already, or is a withdrawal. Open the page again to see how it stands.",
        )
    if batch.ended_at is None or (upload is not None and upload.state in RUNNING):
        raise Refused(
            "Đợt này hoặc tệp của nó chưa đọc xong nên chưa rút được. Hãy chờ đọc xong rồi rút.",
            "This batch, or its file, is still being read. Withdraw it once it was read to its end.",
        )


def go_on_withdrawing(actor: Actor, withdrawal: Batch) -> None:
    """Bring a withdrawal that was begun to its end, from where it was cut off. Done twice it changes nothing."""
    take_back(actor, withdrawal)
    with in_order():
        withdrawal.refresh_from_db()
        if withdrawal.ended_at is None:
            _end(actor, withdrawal)
