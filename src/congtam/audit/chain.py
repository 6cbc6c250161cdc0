"""Digests of the audit: of a text, of an entry, of a batch. The encoding is canonical: one entry, one row of bytes."""

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from congtam.audit.models import Entry

START = bytes(32)  # what stands before the first batch
_LEAF = struct.Struct(">q32s")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def of_text(salt: bytes, body: Any) -> bytes:
    """The digest of what an entry says; without the salt nobody can guess it once the text is erased."""
    return hashlib.sha256(bytes(salt) + canonical(body)).digest()


def of_entry(entry: Entry) -> bytes:
    """The digest of one entry with the digest of its text."""
    digest = None if entry.digest is None else bytes(entry.digest).hex()
    row = [
        entry.pk,
        _micros(entry.at),
        entry.account,
        entry.post,
        entry.action,
        entry.subject_kind,
        entry.subject,
        digest,
    ]
    return hashlib.sha256(canonical(row)).digest()


def leaves_of(entries: Iterable[Entry]) -> bytes:
    """Numbers and digests of entries, in order, as a batch keeps them."""
    return b"".join(_LEAF.pack(one.pk, of_entry(one)) for one in entries)


def read_leaves(leaves: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and digest of each entry of a batch. Raises `struct.error` when the bytes are not whole leaves."""
    return _LEAF.iter_unpack(leaves)


def head_of(previous: bytes, number: int, leaves: bytes) -> bytes:
    """The head of a batch."""
    return hashlib.sha256(bytes(previous) + struct.pack(">q", number) + bytes(leaves)).digest()


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no blanks, in UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
