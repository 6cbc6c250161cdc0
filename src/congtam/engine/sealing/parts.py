"""A part of a seal: rows in order of their keys, each a salted leaf. A row may be gone while its leaf stays."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from congtam.engine.sealing.encoding import line, read, salt_of
from congtam.engine.sealing.merkle import leaf, root

GONE = b""  # a row that was erased


@dataclass(frozen=True)
class Part:
    """Rows of one kind. `key`: how many of a row's first values name it; `erasable`: its rows may be erased one by one,
    and the seal holds. `leaves` are as sealed: they need not be those of the rows any more."""

    name: str
    key: int
    rows: tuple[bytes, ...]
    salts: tuple[bytes, ...]
    leaves: tuple[bytes, ...]
    erasable: bool = False

    @classmethod
    def of(cls, name: str, key: int, rows: Iterable[Sequence[Any]], secret: bytes, *, erasable: bool = False) -> "Part":
        """A part as it is sealed. Rows of equal keys are refused with `ValueError`: a row must have one name."""
        listed = list(rows)
        lines = {line(row[:key]): line(row) for row in listed}
        if len(lines) != len(listed):
            raise ValueError(f"{name}: two rows have one key")
        written = tuple(lines[one] for one in sorted(lines))
        salts = tuple(salt_of(secret, name, one) for one in written)
        return cls(name, key, written, salts, tuple(map(leaf, salts, written)), erasable)

    @cached_property
    def root(self) -> str:
        """The root over the leaves as sealed."""
        return root(self.leaves).hex()

    def told(self) -> dict[str, Any]:
        """What the body says of this part."""
        return {"key": self.key, "rows": len(self.leaves), "root": self.root, "erasable": self.erasable}

    def values(self) -> Iterator[list[Any]]:
        """The rows that are there, read. Raises `ValueError` for a row that is none."""
        return (read(row) for row in self.rows if row != GONE)

    def changed(self) -> Iterator[int]:
        """The rows that are not what their leaves say, by number (from 1); what was erased is not among them where it
        may be."""
        for number, (row, salt, sealed) in enumerate(zip(self.rows, self.salts, self.leaves, strict=True), start=1):
            if row == GONE and self.erasable:
                continue
            if leaf(salt, row) != sealed:
                yield number

    @property
    def erased(self) -> int:
        """How many rows are gone."""
        return sum(row == GONE for row in self.rows)

    def without(self, is_gone: Callable[[list[Any]], bool]) -> "Part":
        """The part with some rows erased, their salts with them, so that nobody can guess them from their leaves."""
        gone = [row == GONE or is_gone(read(row)) for row in self.rows]
        rows = tuple(GONE if lost else row for row, lost in zip(self.rows, gone, strict=True))
        salts = tuple(b"\0" * len(salt) if lost else salt for salt, lost in zip(self.salts, gone, strict=True))
        return Part(self.name, self.key, rows, salts, self.leaves, self.erasable)
