"""Writing the audit: an entry with what is done, the closing of a batch, the erasing of a text."""

import secrets
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from congtam.audit import chain
from congtam.audit.models import Batch, Entry, EntryText
from congtam.history.actor import Actor

ERASED = {"erased": True}
_LOCK = 4_277_002  # writers share it (a trigger on the table takes it), the closing of a batch has it alone


def note(
    actor: Actor, action: str, subject_kind: str = "", subject: int | None = None, told: dict[str, Any] | None = None
) -> Entry:
    """Write down that `actor` did `action` (such as `people.begin_spell`) to a subject, in the caller's transaction.

    `told` is what was said or changed, as JSON; it stands apart and can be erased. Of the machine, which part acted.
    """
    said = {**({"by": actor.name} if actor.name else {}), **(told or {})}
    salt = secrets.token_bytes(16)
    with transaction.atomic():
        entry = Entry.objects.create(
            account=actor.account,
            post=actor.post,
            action=action,
            subject_kind=subject_kind,
            subject=subject,
            digest=chain.of_text(salt, said) if said else None,
        )
        if said:
            EntryText.objects.create(entry=entry, salt=salt, body=said)
    return entry


def close_batch(*, patience_ms: int = 500) -> Batch | None:
    """Chain every entry since the last batch. None when there is none, or when a writer did not finish in
    `patience_ms`: entries wait for the next time, rather than all writers for the slowest.

    Whoever writes an entry holds the lock until the transaction ends; so when the batch has it alone, every number up
    to its last entry is visible, or never will be.
    """
    try:
        with transaction.atomic():
            _alone(patience_ms)
            before = Batch.objects.order_by("-id").first()
            entries = Entry.objects.filter(pk__gt=before.last if before else 0).order_by("pk")
            leaves = chain.leaves_of(entries.iterator(chunk_size=5000))
            if not leaves:
                return None
            numbers = [number for number, _ in chain.read_leaves(leaves)]
            previous = bytes(before.head) if before else chain.START
            number = before.pk + 1 if before else 1
            return Batch.objects.create(
                id=number,
                first=numbers[0],
                last=numbers[-1],
                count=len(numbers),
                leaves=leaves,
                previous=previous,
                head=chain.head_of(previous, number, leaves),
            )
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "55P03":  # lock not available
            return None
        raise


def erase_texts(entries: QuerySet[Entry]) -> int:
    """Erase what entries say; how many said something. The chain stays whole. Whoever erases them notes by which
    decision (see `retention`)."""
    said = EntryText.objects.filter(entry__in=entries).exclude(body=ERASED)
    return said.update(body=ERASED)


def _alone(patience_ms: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{patience_ms}ms"])
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")
