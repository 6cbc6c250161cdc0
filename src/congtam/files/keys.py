"""Guesses which column holds the code of a piece of work, and whether a case stands on many rows."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congtam.files import guessing
from congtam.files.guessing import Columns, says
from congtam.files.sniffing import is_number

FEW = 5  # at most one row in so many may be blank or repeat a code, where each row is to have its own
TOLD = 8  # rows told one by one
SMALL = re.compile(r"-?\d{1,3}[.,]\d{1,2}")
OTHER_ROLES = (*guessing.OFFICIAL, *guessing.UNIT, *guessing.PROCEDURE, *guessing.CHANNEL)


@dataclass(frozen=True)
class Key:
    """A column for the key. `repeats`: it gathers many rows into one case. `note` tells the reviewer why."""

    column: str
    repeats: bool
    note: str


def find_key(columns: Columns, dates: Sequence[str], numbers: Sequence[int], row: str = "dòng") -> Key | None:
    """The best column for a key; `numbers` are those of the rows, which a reviewer would call `row`."""
    names = [name for name in _candidates(columns) if name not in dates]
    single = next((name for name in names if _is_single(columns.values[name])), None)
    shared = next(
        (name for name in names if _is_shared(columns.values[name]) and (single is None or _clear(name))), None
    )
    if shared and (single is None or _rank(shared)[0] < _rank(single)[0]):
        return Key(shared, True, f"lặp lại ở nhiều {row}: mỗi hồ sơ nhiều {row}")
    return Key(single, False, _doubts(columns.values[single], numbers, row)) if single else None


def _candidates(columns: Columns) -> Iterator[str]:
    """Columns that sound like a code, the best first; those of another role (`Mã cán bộ`) are not among them."""
    names = [name for name in columns.values if columns.filled(name) and says(name, guessing.KEYS)]
    fit = [name for name in names if not says(name, guessing.NEVER_KEYS) and not _is_measure(columns.filled(name))]
    yield from sorted((name for name in fit if not _other_role(name)), key=_rank)


def _other_role(name: str) -> bool:
    """Whether it is the code of something else than the work."""
    return says(name, OTHER_ROLES) and _rank(name)[0] >= guessing.KEYS.index(guessing.VAGUE_KEYS[0])


def _is_measure(values: list[str]) -> bool:
    """Whether it holds plain decimals, such as coefficients."""
    return all(is_number(text) for text in values) and any(SMALL.fullmatch(text) for text in values)


def _rank(name: str) -> tuple[int, int]:
    return next(at for at, word in enumerate(guessing.KEYS) if says(name, [word])), len(name)


def _clear(name: str) -> bool:
    """Whether the name says enough to gather rows by."""
    word = guessing.KEYS[_rank(name)[0]]
    return word not in guessing.VAGUE_KEYS or guessing.plain(name) == word


def _surplus(values: list[str]) -> int:
    """How many rows are blank or repeat the code of an earlier one."""
    return len(values) - len({text for value in values if (text := value.strip())})


def _is_single(values: list[str]) -> bool:
    return _surplus(values) * FEW <= len(values)


def _is_shared(values: list[str]) -> bool:
    return not _is_single(values) and all(value.strip() for value in values)


def _doubts(values: list[str], numbers: Sequence[int], row: str) -> str:
    """What a reviewer should know of a key that each row should have for itself."""
    if not _surplus(values):
        return "có đủ và không trùng trong mẫu"
    rows: dict[str, list[int]] = defaultdict(list)
    for value, number in zip(values, numbers, strict=True):
        rows[value.strip()].append(number)
    blank = rows.pop("", [])
    again = sorted(number for found in rows.values() if len(found) > 1 for number in found)
    told = [f"mã lặp lại ở {row} {_listed(again)}"] if again else []
    told += [f"trống ở {row} {_listed(blank)}"] if blank else []
    return "; ".join(told) + ": cần xem lại"


def _listed(numbers: list[int]) -> str:
    more = f" và {len(numbers) - TOLD} chỗ khác" if len(numbers) > TOLD else ""
    return ", ".join(str(number) for number in numbers[:TOLD]) + more
