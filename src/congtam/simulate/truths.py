"""Truths that are planted: what is wrong in an invented organisation, where, from when to when and how strongly.

Whoever looks for patterns is tested against them: each must be found, and nothing like it where nothing was planted.
They are written beside the data, and nothing in the data names them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from congtam.engine.watching.signs import Pattern as Pattern

FILE = "truths.json"


@dataclass(frozen=True)
class Words:
    """A pattern for people: what it is, what its strength counts, and in which figures it should be visible."""

    vi: str
    en: str
    strength: str
    visible: tuple[str, ...]


WORDS: dict[Pattern, Words] = {
    Pattern.OVERLOADED: Words(
        "Phòng quá tải: nhiều việc hơn hẳn các phòng khác, việc tồn tăng",
        "An overloaded section: far more work than the others, so that open work piles up",
        "times the usual work; the time taken for each item grows by half of what is too much",
        ("open items per official", "items received per official", "share overdue"),
    ),
    Pattern.BOTTLENECK: Words(
        "Điểm nghẽn giữa hai phòng: việc chuyển sang nằm chờ rất lâu mới được tiếp nhận xử lý",
        "A bottleneck between two units: work handed over waits long before it is taken up",
        "working days that work waits between the hand-over and its being taken up",
        ("median wait from passed_on to taken_up, for each pair of units",),
    ),
    Pattern.KIND_HEAD: Words(
        "Người đứng đầu chấm điểm quá nương nhẹ",
        "A head who rates too kindly",
        "points (of 30) above what the rated are worth",
        ("mean general mark against points from data, for each rater", "spread of the marks a rater gives"),
    ),
    Pattern.LAST_MINUTE: Words(
        "Người kết thúc mọi việc chỉ vài phút trước khi hết hạn",
        "Someone who closes everything minutes before the limit",
        "share of their items closed from 3 to 30 minutes before the limit",
        ("share of items finished within the last hour before the deadline",),
    ),
    Pattern.REOPENS: Words(
        "Người báo xong rồi mở lại để làm tiếp",
        "Someone who closes work and reopens it",
        "share of their items closed in time, opened again by themselves and finished later",
        ("share of items reopened", "reopened by the one who finished"),
    ),
    Pattern.SPLITS: Words(
        "Người chia nhỏ một việc thành nhiều việc để tăng số lượng",
        "Someone who splits tasks to raise counts",
        "parts into which each of their tasks is split; the coefficients add up to the same",
        ("items per official", "mean coefficient of an item", "items received within minutes with the same deadline"),
    ),
    Pattern.NEGLECTS: Words(
        "Người để việc quá hạn không đụng đến, hoặc xin lùi hạn khi hạn đã qua",
        "Someone who leaves late items untouched or has deadlines moved after they expired",
        "share of their items that end so, about half in each way",
        ("late_extensions", "working days overdue without any record", "share overdue"),
    ),
}


@dataclass(frozen=True)
class Truth:
    """One planted truth. `units` in order (for a bottleneck: from, to); half-open dates."""

    pattern: Pattern
    first: date
    until: date
    strength: float
    units: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As it is written beside the data."""
        words = WORDS[self.pattern]
        return {
            "pattern": self.pattern.value,
            "title": {"vi": words.vi, "en": words.en},
            "units": list(self.units),
            "officials": list(self.officials),
            "first": f"{self.first}",
            "until": f"{self.until}",
            "strength": self.strength,
            "strength_means": words.strength,
            "visible_in": list(words.visible),
        }

    @classmethod
    def from_dict(cls, told: dict[str, Any]) -> "Truth":
        first, until = date.fromisoformat(told["first"]), date.fromisoformat(told["until"])
        whom = tuple(told["units"]), tuple(told["officials"])
        return cls(Pattern(told["pattern"]), first, until, told["strength"], *whom)


class Planted:
    """Asked by the generator at every step that a truth can touch."""

    def __init__(self, truths: Iterable[Truth] = ()) -> None:
        self.truths = tuple(truths)
        self._of: dict[tuple[Pattern, tuple[str, ...]], list[Truth]] = defaultdict(list)
        self._watched = {official for truth in self.truths for official in truth.officials}
        for truth in self.truths:
            for whom in _whom(truth):
                self._of[truth.pattern, whom].append(truth)

    def strength(self, pattern: Pattern, day: date, *whom: str) -> float:
        """How strongly a pattern holds that day for an official, a unit or a pair of units; 0 when it does not."""
        for truth in self._of.get((pattern, whom), ()):
            if truth.first <= day < truth.until:
                return truth.strength
        return 0

    def touches(self, official: str) -> bool:
        """Whether anything is planted on this official, whose work then takes no side ways that would hide it."""
        return official in self._watched


def _whom(truth: Truth) -> list[tuple[str, ...]]:
    if truth.pattern is Pattern.BOTTLENECK:
        return [truth.units]
    return [(one,) for one in truth.officials or truth.units]


def write_truths(truths: Iterable[Truth], folder: Path) -> None:
    """Write the truths beside the data."""
    told = {"sample": "DỮ LIỆU MẪU", "truths": [truth.as_dict() for truth in truths]}
    text = json.dumps(told, ensure_ascii=False, indent=2)
    (folder / FILE).write_text(f"{text}\n", encoding="utf-8")


def read_truths(folder: Path) -> tuple[Truth, ...]:
    """The truths beside the data; none when nothing is written there."""
    path = folder / FILE
    if not path.is_file():
        return ()
    return tuple(Truth.from_dict(told) for told in json.loads(path.read_text(encoding="utf-8"))["truths"])
