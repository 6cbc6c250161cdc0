"""Whether the audit is as it was written: every entry, every text that was not erased, every batch, every kept head."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from congtam.audit import chain
from congtam.audit.actions import ERASED
from congtam.audit.models import Batch, Entry, EntryText
from congtam.audit.queries import Head
from congtam.engine.findings import Finding

_LEAST = -(2**63)  # numbers below the first entry would be inserted ones


@dataclass(frozen=True)
class Verdict:
    """What was looked at, and what is wrong with it; `waiting` entries are in no batch yet: only their texts count."""

    batches: int
    entries: int
    waiting: int
    findings: tuple[Finding, ...]

    @property
    def intact(self) -> bool:
        """Nothing is wrong."""
        return not self.findings


def verify(heads: Sequence[Head] | None = None) -> Verdict:
    """Look at the whole audit; with `heads` kept off the machine, also find what was cut off or written anew."""
    batches = list(Batch.objects.order_by("pk"))
    findings = [*_chain(batches), *_kept_heads(batches, heads or ())]
    inside = 0
    for batch in batches:
        found, count = _entries(batch, _before(batches, batch))
        findings.extend(found)
        inside += count
    findings.extend(_texts())
    waiting = Entry.objects.filter(pk__gt=batches[-1].last if batches else 0).count()
    return Verdict(len(batches), inside, waiting, tuple(findings))


def _chain(batches: Iterable[Batch]) -> Iterator[Finding]:
    previous, number = chain.START, 1
    for batch in batches:
        if batch.pk != number:
            yield _finding("batch-missing", f"batch {number}", "is missing: the next one is " + str(batch.pk))
        elif bytes(batch.previous) != previous:
            yield _finding("batch-unchained", f"batch {batch.pk}", "does not continue the head of the batch before it")
        if chain.head_of(bytes(batch.previous), batch.pk, bytes(batch.leaves)) != bytes(batch.head):
            yield _finding("batch-changed", f"batch {batch.pk}", "was changed: its head is not that of its entries")
        previous, number = bytes(batch.head), batch.pk + 1


def _kept_heads(batches: Sequence[Batch], heads: Iterable[Head]) -> Iterator[Finding]:
    here = {batch.pk: batch for batch in batches}
    for kept in heads:
        batch = here.get(kept.batch)
        if batch is None:
            why = "was cut: a head of it is kept, but it is no longer here"
            yield _finding("batch-cut", f"batch {kept.batch} (up to entry {kept.last})", why)
        elif (batch.last, batch.count, bytes(batch.head)) != (kept.last, kept.count, kept.head):
            yield _finding("batch-rewritten", f"batch {kept.batch}", "was written anew: its head is not the one kept")


def _entries(batch: Batch, before: int) -> tuple[list[Finding], int]:
    """Findings about the entries of a batch, and how many it should hold."""
    try:
        leaves = dict(chain.read_leaves(bytes(batch.leaves)))
    except struct.error:
        return [_finding("batch-changed", f"batch {batch.pk}", "was changed: its list of entries cannot be read")], 0
    findings = []
    here = set()
    for entry in Entry.objects.filter(pk__gt=before, pk__lte=batch.last).order_by("pk").iterator(chunk_size=5000):
        here.add(entry.pk)
        where = f"entry {entry.pk} (batch {batch.pk})"
        if entry.pk not in leaves:
            findings.append(_finding("entry-inserted", where, "was inserted after the batch was closed"))
        elif chain.of_entry(entry) != leaves[entry.pk]:
            findings.append(_finding("entry-changed", where, "was changed after the batch was closed"))
    for number in sorted(leaves.keys() - here):
        findings.append(_finding("entry-missing", f"entry {number} (batch {batch.pk})", "is missing"))
    return findings, len(leaves)


def _texts() -> Iterator[Finding]:
    """A text must be the one its entry was written with, or erased as a whole."""
    for text in EntryText.objects.select_related("entry").order_by("pk").iterator(chunk_size=5000):
        digest = text.entry.digest
        if text.body != ERASED and (digest is None or chain.of_text(text.salt, text.body) != bytes(digest)):
            yield _finding("text-changed", f"entry {text.pk}", "says something else than when it was written")
    bare = Entry.objects.filter(digest__isnull=False, text__isnull=True).order_by("pk")
    for number in bare.values_list("pk", flat=True):
        yield _finding("text-missing", f"entry {number}", "has lost its text, which is more than erasing it")


def _before(batches: Sequence[Batch], batch: Batch) -> int:
    place = batches.index(batch)
    return batches[place - 1].last if place else _LEAST


def _finding(code: str, where: str, what: str) -> Finding:
    advice = "compare with the heads kept off this machine and with a backup from before; tell the auditor"
    return Finding(code, f"{where} {what}", advice)
