"""The sentences of readers and of the intake from one language into the other, with the values in them kept.

Readers speak English and know no screen; `phrases_*` hold each of their sentences beside the Vietnamese one.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import PurePath

from congtam.intake.phrases_files import LISTS, SHEETS, WORKBOOKS
from congtam.intake.phrases_mappings import COLUMNS, LOGS, SHAPE, WORDS
from congtam.intake.phrases_records import RECORDS
from congtam.intake.phrases_rows import NAMES, ROWS, VALUES

SLOT = re.compile("‹([a-z_]+)›")
SAID_TOO = ("why", "known", "what", "looks")  # values that are sentences or words themselves
ARROW = " → "  # between what happened and what to do
_PLACE = re.compile(r"Dòng (\d+): ")
_QUOTED = re.compile(r"(?<!\w)(['\"])((?:[^'\"\\]|\\.|(?!\1)['\"])*)\1")
_VALUE = r"['\"\[{\-0-9TF].*"  # how a program spells a text, a number, a list


def _order(pair: tuple[str, str]) -> tuple[bool, int]:
    """Sentences that begin with words of their own are looked at first, and of these the longest."""
    return pair[0].startswith("‹"), -len(SLOT.sub("", pair[0]))


def filled(template: str, values: Mapping[str, object]) -> str:
    """A sentence with its values in their places."""
    return SLOT.sub(lambda slot: str(values[slot[1]]), template)


class _Book:
    """Sentences of one language with those of the other."""

    def __init__(self, pairs: Iterable[tuple[str, str]], spelled: Callable[[str, str], str], quoted: str):
        self._spelled = spelled
        self._whole: dict[str, str] = {}
        self._patterns: list[tuple[str, re.Pattern[str], str]] = []
        for one, other in sorted(pairs, key=_order):
            if not SLOT.search(one):
                self._whole.setdefault(one, other)
                continue
            around = SLOT.split(one)
            names, texts = around[1::2], around[::2]
            slots = [f"(?P<{name}>{quoted if name == 'quoted' else '.+?'})" for name in names]
            regex = "".join(re.escape(text) + slot for text, slot in zip(texts, [*slots, ""], strict=True))
            self._patterns.append((max(texts, key=len), re.compile(regex, re.DOTALL), other))

    def told(self, text: str) -> str | None:
        """The sentence in the other language; None when it is none of these."""
        if text in self._whole:
            return self._whole[text]
        for mark, regex, other in self._patterns:
            if mark in text and (found := regex.fullmatch(text)):
                return filled(other, {name: self._value(name, value) for name, value in found.groupdict().items()})
        return None

    def _value(self, name: str, text: str) -> str:
        if name in SAID_TOO:
            return self.told(text) or "; ".join(self.told(one) or one for one in text.split("; "))
        return self._spelled(name, text)


def _in_vietnamese(name: str, text: str) -> str:
    """A value as a Vietnamese reader would spell it: quotes, and what joins a list."""
    if name == "exactly":
        return text
    if name == "path":
        return PurePath(text).name
    if name == "who":
        text = text.replace(" and ", " và ").replace(" or ", " hoặc ").replace("no unit known", "chưa rõ đơn vị")
    return _QUOTED.sub(lambda found: f"“{found[2]}”", text)


def _in_english(name: str, text: str) -> str:
    if name == "who":
        text = text.replace(" và ", " and ").replace(" hoặc ", " or ").replace("chưa rõ đơn vị", "no unit known")
    return text


_READERS = {**NAMES, **VALUES, **ROWS, **SHAPE, **WORDS, **LOGS, **COLUMNS, **LISTS, **WORKBOOKS, **SHEETS}
_RECORDS = [(text.en, text.vi) for said in RECORDS.values() for text in said]
PAIRS = [*_READERS.items(), *_RECORDS]
_INTO_VIETNAMESE = _Book(PAIRS, _in_vietnamese, _VALUE)
_INTO_ENGLISH = _Book([(vi, en) for en, vi in PAIRS], _in_english, ".+?")


@lru_cache(1 << 10)
def vietnamese(text: str) -> str:
    """A sentence of a reader in Vietnamese; as it is when nobody translated it."""
    return _INTO_VIETNAMESE.told(text) or text


@lru_cache(1 << 10)
def english(text: str) -> str:
    """What was kept in Vietnamese, line by line, in English: a sentence, or one with its place and the advice. What is
    not known stays as it is."""
    return "\n".join(_line_in_english(line) for line in text.split("\n"))


def _line_in_english(line: str) -> str:
    place = _PLACE.match(line)
    parts = line[place.end() if place else 0 :].split(ARROW)
    told = ARROW.join(_INTO_ENGLISH.told(one) or one for one in parts)
    return f"line {place[1]}: {told}" if place else told
