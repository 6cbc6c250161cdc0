"""What is done with records: accepted, dropped, withdrawn with their batch. One way for all of them."""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import chain, islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from congtam.audit.actions import note
from congtam.history.actor import Actor
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.intake.accepting import Chunk, refused, store
from congtam.intake.checking import Checked, Codes, check
from congtam.intake.models import Batch, SetAside, Upload
from congtam.intake.taking_back import take_back
from congtam.intake.telling import Outcome, Told, Unread
from congtam.intake.words import Problem
from congtam.sources.models import Source

CHUNK = 5000  # records of one transaction
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
) -> Outcome:
    """Take in records of a source, whatever they are and however often they come; say what became of each.

    Up to 5,000 records are one transaction; more are taken in steps, and `batch` (one that was cut off) goes on after
    those that were committed, when the same records are told again. Rows that could not be read are set aside among
    them. Stops when the batch was withdrawn meanwhile.
    """
    rows = iter(told)
    first = list(islice(rows, CHUNK + 1))
    small = len(first) <= CHUNK
    with (
        transaction.atomic() if batch is None and small else nullcontext(),
        nullcontext() if small else _no_collector(),
    ):
        batch = batch or _begin(actor, source, kind, upload, reason)
        outcome, codes = Outcome(batch.pk), Codes()
        rest = islice(chain(first, rows), batch.taken, None)
        while step := list(islice(rest, CHUNK)):
            if not _take(batch, step, codes, outcome):
                batch.refresh_from_db()
                break
            if not small:
                gc.collect(1)
        else:
            _end(actor, batch)
    for name, count in _counts(batch).items():
        setattr(outcome, name, count)
    return outcome


@contextmanager
def _no_collector() -> Iterator[None]:
    """Records hold no cycles; the collector would only look through them again and again while a step grows. It is
    asked once a step instead."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _begin(
    actor: Actor, source: Source, kind: str, upload: Upload | None, reason: str, of: Batch | None = None
) -> Batch:
    told = {"source": source, "kind": kind, "upload": upload, "reason": reason[:400], "of": of}
    return Batch.objects.create(made_by=actor.account, **told)


def _end(actor: Actor, batch: Batch) -> None:
    batch.refresh_from_db()
    with in_order():
        Batch.objects.filter(pk=batch.pk).update(ended_at=timezone.now())
        told = {**_counts(batch), **({"reason": batch.reason} if batch.reason else {})}
        note(actor, f"intake.{batch.kind}", "batch", batch.pk, told)


def _counts(batch: Batch) -> dict[str, int]:
    return {name: getattr(batch, name) for name in ("accepted", "updated", "unchanged", "set_aside")}


def _take(batch: Batch, rows: Sequence[Told | Unread], codes: Codes, outcome: Outcome) -> bool:
    """One step: all checks first, then everything in one transaction with the count of what is dealt with. False, and
    nothing is done, when the batch was withdrawn."""
    now = timezone.now()
    chunk = Chunk(batch, now)
    codes.learn(row for row in rows if isinstance(row, Told))
    checked: list[tuple[int, Checked]] = []
    for position, row in enumerate(rows, start=batch.taken):
        if isinstance(row, Unread):
            chunk.put_aside(position, row)
            continue
        try:
            checked.append((position, check(row, codes, now)))
        except Problem as problem:
            chunk.put_aside(position, refused(row, problem), row.key, row.version)
    with in_order():
        if batch.withdrawals.exists():
            return False
        for records in _each_key_once(checked) or [[]]:
            store(chunk, records)
        done = Counter(answer.result for answer in chunk.answers)
        Batch.objects.filter(pk=batch.pk).update(
            taken=F("taken") + len(rows), **{name: F(name) + count for name, count in done.items()}
        )
    batch.taken += len(rows)
    if batch.taken <= ANSWERED:
        outcome.answers += sorted(chunk.answers, key=lambda answer: answer.position)
    else:
        outcome.answers = []
    return True


def _each_key_once(checked: Sequence[tuple[int, Checked]]) -> list[list[tuple[int, Checked]]]:
    """The records in rounds, so that one that comes after another of its key finds that one written."""
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
    """Say that rows set aside need not be used, and why; how many were. Those that are closed already stay so."""
    with transaction.atomic():
        rows = SetAside.objects.select_for_update().filter(pk__in=list(set_aside_ids), state="open")
        numbers = list(rows.values_list("pk", flat=True))
        rows.update(state="dropped", closed_by=actor.account, closed_at=timezone.now())
        note(actor, "intake.drop", "set_aside", None, {"rows": numbers, "reason": reason})
    return len(numbers)


def withdraw_batch(actor: Actor, batch: Batch, reason: str) -> Outcome:
    """Take a batch back as a whole: what its records said falls away, and the version before each stands again. The
    batch can be handed in anew. Raises `Refused` when it is a withdrawal itself, was withdrawn already, or is still
    being read."""
    with in_order():
        locked = Batch.objects.select_for_update().select_related("source").get(pk=batch.pk)
        if locked.kind == "withdrawal" or locked.withdrawals.exists():
            raise Refused(
                "Lô này đã được rút hoặc chính là một lần rút. Hãy mở lại trang để xem tình trạng mới.",
                "This batch was withdrawn already, or is a withdrawal. Open the page again to see how it stands.",
            )
        if locked.ended_at is None:
            raise Refused(
                "Lô này chưa đọc xong nên chưa rút được. Hãy chờ đọc xong rồi rút; nếu việc đọc đã dừng giữa chừng, "
                "hãy cho đọc lại tệp đến hết rồi rút.",
                "This batch is still being read. Withdraw it once it was read to its end; if the reading broke off, "
                "have the file read again first.",
            )
        withdrawal = _begin(actor, locked.source, "withdrawal", None, reason, of=locked)
        changed = take_back(locked, withdrawal, timezone.now())
        Batch.objects.filter(pk=withdrawal.pk).update(updated=changed, taken=changed)
        _end(actor, withdrawal)
    return Outcome(withdrawal.pk, updated=changed)
