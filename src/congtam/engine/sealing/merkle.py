"""The Merkle tree over the leaves of a part, as in RFC 9162: leaves and nodes are hashed apart, so that no node passes
for a leaf; an odd node goes up unchanged."""

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()
_LEAF, _NODE = b"\0", b"\1"


def leaf(salt: bytes, row: bytes) -> bytes:
    """The leaf of a row."""
    return hashlib.sha256(_LEAF + salt + row).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaves in their order; that of no leaves is the hash of nothing."""
    level = list(leaves)
    if not level:
        return EMPTY
    while len(level) > 1:
        odd = [level.pop()] if len(level) % 2 else []
        sha256 = hashlib.sha256
        level = [sha256(_NODE + level[at] + level[at + 1]).digest() for at in range(0, len(level), 2)] + odd
    return level[0]
