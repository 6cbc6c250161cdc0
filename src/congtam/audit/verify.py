"""Whether the audit is as it was written: every entry, every text that was not erased, every batch, every kept head."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congtam.audit import chain
from congtam.audit.actions import ERASED
from congtam.audit.models import Batch, Entry, EntryText
from congtam.audit.queries import Head
from congtam.audit.queries import heads as heads_here
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
    findings: list[Finding] = []
    batches, inside, previous, number, before = 0, 0, chain.START, 1, _LEAST
    for batch in Batch.objects.order_by("pk").iterator(chunk_size=10):
        findings.extend(_chained(batch, previous, number))
        found, count = _entries(batch, before)
        findings.extend(found)
        batches, inside = batches + 1, inside + count
        previous, number, before = bytes(batch.head), batch.pk + 1, batch.last
    findings.extend(_kept_heads(heads or ()))
    findings.extend(_texts())
    waiting = Entry.objects.filter(pk__gt=before).count()
    return Verdict(batches, inside, waiting, tuple(findings))


def _chained(batch: Batch, previous: bytes, number: int) -> Iterator[Finding]:
    """Whether a batch continues the one before it; `previous` and `number` are what it should continue, and be."""
    if batch.pk != number:
        yield _finding("batch-missing", f"batch {number}", f"is missing: the next one is {batch.pk}")
    elif bytes(batch.previous) != previous:
        yield _finding("batch-unchained", f"batch {batch.pk}", "does not continue the head of the batch before it")
    if chain.head_of(bytes(batch.previous), batch.pk, bytes(batch.leaves)) != bytes(batch.head):
        yield _finding("batch-changed", f"batch {batch.pk}", "was changed: its head is not that of its entries")


def _kept_heads(kept: Sequence[Head]) -> Iterator[Finding]:
    here = {head.batch: head for head in heads_here()} if kept else {}
    for head in kept:
        if head.batch not in here:
            why = "was cut: a head of it is kept, but it is no longer here"
            yield _finding("batch-cut", f"batch {head.batch} (up to entry {head.last})", why)
        elif here[head.batch] != head:
            yield _finding("batch-rewritten", f"batch {head.batch}", "was written anew: its head is not the one kept")


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


def _finding(code: str, where: str, what: str) -> Finding:
    advice = "compare with the heads kept off this machine and with a backup from before; tell the auditor"
    return Finding(code, f"{where} {what}", advice)
