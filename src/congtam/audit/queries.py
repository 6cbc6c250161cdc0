"""Reading the audit: entries for the journal, and the heads that are kept off the machine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from congtam.audit.models import Batch, Entry


@dataclass(frozen=True)
class Head:
    """The head of a batch as it is kept off the machine."""

    batch: int
    last: int
    count: int
    head: bytes

    def line(self) -> str:
        """One line of text."""
        return f"{self.batch} {self.last} {self.count} {self.head.hex()}"


def heads(after: int = 0) -> Iterator[Head]:
    """The heads of all batches after a number, in order."""
    for batch in Batch.objects.filter(pk__gt=after).order_by("pk").defer("leaves").iterator():
        yield Head(batch.pk, batch.last, batch.count, bytes(batch.head))


def read_heads(lines: Iterable[str]) -> list[Head]:
    """Heads as they were exported; blank lines and lines that begin with # are left out.

    Raises `ValueError` with the number of the line that is not a head.
    """
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            batch, last, count, head = line.split()
            found.append(Head(int(batch), int(last), int(count), bytes.fromhex(head)))
        except ValueError:
            raise ValueError(f"line {number} is not a head: expected batch, last entry, count and digest") from None
    return found


def entries(*, subject_kind: str = "", subject: int | None = None, account: int | None = None) -> QuerySet[Entry]:
    """Entries with their texts, newest first; of one subject or one account when given."""
    found = Entry.objects.select_related("text").order_by("-pk")
    if subject_kind:
        found = found.filter(subject_kind=subject_kind)
    if subject is not None:
        found = found.filter(subject=subject)
    if account is not None:
        found = found.filter(account=account)
    return found
