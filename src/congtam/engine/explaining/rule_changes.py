"""What changed from one rulebook to another, as a lawyer reads it: what it is, before, after, on what basis."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from congtam.engine.explaining import words
from congtam.engine.explaining.rule_words import CODES, CONNECTIVES, KEYS, NOUNS, OPERATORS
from congtam.engine.rulebook.compare import HEAD
from congtam.engine.rulebook.diff import Change
from congtam.engine.rulebook.model import LegalBasis, Text

LONGEST = 240
READ_NAMES = frozenset(
    {"when", "that", "among", "weigh_by", "top", "bottom", "formula", "is", "propose", "cap", "from", "measure",
     "information", "indicators", "sum_of", "mean_of"}
)  # fmt: skip
_FIGURE, _DAY = re.compile(r"-?\d+(\.\d+)?"), re.compile(r"\d{4}-\d\d-\d\d")
_NAME = re.compile(r"\"[^\"]*\"|[a-z_][a-z0-9_]*|[<>=!]=|\d+\.\d+|.", re.DOTALL)


VERBS = {
    "added": Text(vi="Thêm", en="Added"),
    "changed": Text(vi="Đổi", en="Changed"),
    "removed": Text(vi="Bỏ", en="Removed"),
}
PRODUCT = ("coefficient", "standard_time", "until")
SIGNS = {"from": "≥", "above": ">", "below": "<"}


def what(change: Change, lang: str) -> str:
    """What is changed, by its titles: Bảng điểm “…”, mức “…”: khung điểm."""
    named, last = [], 0
    for index, title in enumerate(change.titles):
        if title is not None:
            noun = NOUNS.get(change.path[index - 1], Text(vi=change.path[index - 1], en=change.path[index - 1]))
            named.append(f"{noun.in_(lang)} “{title.in_(lang)}”{_row(change.path[index], lang)}")
            last = index + 1
    if change.path[0] == HEAD:
        named, last = [NOUNS[HEAD].in_(lang)], 1
    rest = [KEYS[step].in_(lang) if step in KEYS else step for step in change.path[last:]]
    return ", ".join(named) + (f": {' › '.join(rest)}" if rest and named else " › ".join(rest))


def _row(name: str, lang: str) -> str:
    """Which row of a catalogue it is: its code and first day; nothing for what is no row."""
    code, _, day = name.rpartition("@")
    if not code or not _DAY.fullmatch(day):
        return ""
    first = f"{date.fromisoformat(day):%d/%m/%Y}"
    return f" ({code}, từ {first})" if lang == "vi" else f" ({code}, from {first})"


def before_after(change: Change, names: tuple[Mapping[str, Text], Mapping[str, Text]], lang: str) -> str:
    """The value before and after; only the one that is there for what was added or removed. `names` says what
    expressions of the earlier and of the later rulebook call indicators, parameters, terms and grades (`diff.titles`),
    each with its own figures."""
    old = _Saying(names[0], lang).value(change.before, change.path)
    new = _Saying(names[1], lang).value(change.after, change.path)
    return {"added": new, "removed": old}.get(change.kind, f"{old} → {new}")


def basis(found: LegalBasis | None, lang: str) -> str:
    """Act, article and certainty, with the note on what is not certain."""
    if found is None:
        return "chưa nêu căn cứ" if lang == "vi" else "no basis stated"
    where = f"{found.act}, {found.article}" if found.article else found.act
    note = f" ({found.note.in_(lang)})" if found.note else ""
    return f"{where} – {words.CERTAINTIES[found.certainty].in_(lang)}{note}"


@dataclass(frozen=True)
class _Saying:
    """Says plain values in one language."""

    names: Mapping[str, Text]
    lang: str

    def value(self, given: Any, path: tuple[str, ...]) -> str:
        """A plain value as people read it; `path` says what it is the value of."""
        if given is None:
            return "–"
        if isinstance(given, bool):
            return {True: ("có", "yes"), False: ("không", "no")}[given][self.lang == "en"]
        if isinstance(given, list):
            return _short(", ".join(self.value(one, path) for one in given))
        return _short(self._block(given, path)) if isinstance(given, dict) else self._plain(str(given), path)

    def _plain(self, text: str, path: tuple[str, ...]) -> str:
        if _FIGURE.fullmatch(text):
            plain = text.rstrip("0").rstrip(".") if "." in text else text
            return plain.replace(".", ",") if self.lang == "vi" else plain
        if _DAY.fullmatch(text):
            return f"{date.fromisoformat(text):%d/%m/%Y}" if self.lang == "vi" else text
        known = CODES.get(path[-1] if path else "", {})
        if text in known:
            return known[text].in_(self.lang)
        return _short(self._named(text) if set(path) & READ_NAMES else text)

    def _named(self, text: str) -> str:
        """An expression with what it names by titles, and its signs as people write them; texts in quotes stay."""
        return "".join(self._piece(one) for one in _NAME.findall(text))

    def _piece(self, text: str) -> str:
        if text in self.names:
            return f"“{self.names[text].in_(self.lang)}”"
        signs = OPERATORS | (CONNECTIVES if self.lang == "vi" else {})
        return self._plain(text, ()) if _FIGURE.fullmatch(text) else signs.get(text, text)

    def _block(self, given: dict[str, Any], path: tuple[str, ...]) -> str:
        if given.keys() <= {"vi", "en"}:
            return f"“{given[self.lang if self.lang in given else 'vi']}”"
        if given.keys() == {"amount", "unit"}:
            return f"{self.value(given['amount'], ())} {self.value(given['unit'], ('unit',))}"
        if "act" in given:
            return basis(LegalBasis.model_validate(given), self.lang)
        if given.keys() <= SIGNS.keys():
            return ", ".join(f"{SIGNS[key]}\u00a0{self.value(one, ())}" for key, one in given.items())
        told = list(self._told(given, path)) or [self._keyed(key, one, path) for key, one in given.items()]
        return "; ".join(told)

    def _keyed(self, key: str, given: Any, path: tuple[str, ...]) -> str:
        return f"{KEYS[key].in_(self.lang) if key in KEYS else key} {self.value(given, (*path, key))}"

    def _told(self, given: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
        """What matters of a whole block: its points and band, when it speaks, what it is measured by; of a product its
        coefficient."""
        if "coefficient" in given:
            yield from (self._keyed(key, given[key], path) for key in PRODUCT if key in given)
            return
        for key in ("value", "points", "from", "band", "when", "propose", "not_above", "is", "limit", "formula"):
            if key in given:
                yield self._keyed(key, given[key], path)
        if "measure" in given:
            kind = next((one for one in words.MEASURES if one in given["measure"]), "")
            yield words.MEASURES[kind].in_(self.lang) if kind else ""
        if "subject" in given and "period" in given:
            yield words.PERIODS[given["period"]].in_(self.lang)
        for key in ("parts", "grades"):
            if key in given:
                found = [one.get("title", {}).get(self.lang, name) for name, one in given[key].items()]
                yield f"{NOUNS[key].in_(self.lang)}: {', '.join(found)}"
        for key in ("on", "indicators"):
            if key in given:
                yield self.value(given[key], (*path, key))


def _short(text: str) -> str:
    joined = re.sub(r"[ \n\t]+", " ", text).strip()
    return joined if len(joined) <= LONGEST else f"{joined[:LONGEST].rstrip()}…"


def grouped(found: Iterable[Change]) -> list[tuple[bool, str, list[Change]]]:
    """Changes of meaning first, then of words; each added, changed, removed: (words only, kind, changes)."""
    told = list(found)
    groups = [
        (wording, kind, [one for one in told if one.wording == wording and one.kind == kind])
        for wording in (False, True)
        for kind in VERBS
    ]
    return [group for group in groups if group[2]]
