"""Every key and value that a rulebook can change has a name for people."""

from enum import Enum
from typing import Any, Literal, get_args, get_origin

import pytest

from congtam.engine.explaining.rule_changes import before_after, what
from congtam.engine.explaining.rule_words import CODES, KEYS, NOUNS
from congtam.engine.findings import Place
from congtam.engine.rulebook.diff import Change
from congtam.engine.rulebook.load import FOLDERS
from congtam.engine.rulebook.model import Block, RulebookHead


def fields(kind: type[Block], seen: set[type[Block]]) -> list[tuple[str, str]]:
    """Every key of a block and of the blocks in it, with each value it may have ('' for one of any other kind)."""
    if kind in seen:
        return []
    seen.add(kind)
    found = []
    for name, field in kind.model_fields.items():
        key = field.alias or name
        found += [(key, ""), *inside(key, field.annotation, seen)]
    return found


def inside(key: str, said: Any, seen: set[type[Block]]) -> list[tuple[str, str]]:
    if get_origin(said) is Literal:
        return [(key, value) for value in get_args(said)]
    if isinstance(said, type) and issubclass(said, Enum):
        return [(key, member.value) for member in said]
    if isinstance(said, type) and issubclass(said, Block):
        return fields(said, seen)
    return [one for part in get_args(said) for one in inside(key, part, seen)]


SEEN: set[type[Block]] = set()
FIELDS = sorted({one for kind in (RulebookHead, *FOLDERS.values()) for one in fields(kind, SEEN)})


def test_the_walk_reaches_every_corner_of_the_model() -> None:
    assert {("roll_up", ""), ("no_opportunity", "redistribute"), ("rounding", "down"), ("coefficient", "")} <= {*FIELDS}


@pytest.mark.parametrize("key", sorted({key for key, _ in FIELDS}))
def test_a_key_has_a_noun(key: str) -> None:
    assert key in KEYS or key in NOUNS


@pytest.mark.parametrize(("key", "value"), [one for one in FIELDS if one[1]], ids=str)
def test_a_value_out_of_a_list_is_said_in_words(key: str, value: str) -> None:
    assert value in CODES[key]


def said(path: tuple[str, ...], before: object, after: object) -> str:
    change = Change("changed", path, tuple(None for _ in path), before, after, False, None, Place())
    return f"{what(change, 'vi')}: {before_after(change, ({}, {}), 'vi')}"


def test_a_change_of_keys_and_codes_reads_as_vietnamese() -> None:
    assert said(("indicators", "x", "no_opportunity"), "redistribute", "zero").endswith(
        "khi không phát sinh: chia điểm cho mục khác → không điểm"
    )
    assert said(("scorecards", "x", "roll_up", "due_before"), None, "12-15").endswith(
        "gộp từ kỳ nhỏ hơn › xong trước: – → 12-15"
    )
    assert said(("indicators", "x", "no_opportunity"), "zero", {"base_rate": "0.5"}).endswith("tỷ lệ cho sẵn 0,5")


def test_the_signs_of_a_condition_read_as_people_write_them() -> None:
    path = ("scorecards", "x", "when")
    assert said(path, "a <= 0.15", 'a == "partial" and not b').endswith('a ≤ 0,15 → a = "partial" và không phải b')
