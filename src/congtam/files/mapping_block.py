"""Helps to read a mapping strictly: every wrong key, reference or word becomes a finding with its line."""

from collections.abc import Iterable
from typing import Any

from congtam.engine.findings import Finding, did_you_mean
from congtam.engine.rulebook.yaml_source import Document, KeyPath
from congtam.files.mapping import FILE, NUMBER, Condition, Level, Ref

EVENT_AT_ITEM = (
    "an item is a case here, and a case has many events",
    "write {earliest: event.…} or {latest: event.…} for an instant, or use an attribute of the case",
)


class Blocks:
    """One document being read; `findings` collects what is wrong."""

    def __init__(self, document: Document):
        self.document = document
        self.findings: list[Finding] = []

    def problem(self, path: KeyPath, code: str, message: str, advice: str) -> None:
        self.findings.append(Finding(code, message, advice, self.document.place(path)))

    def block(self, path: KeyPath, data: Any, known: Iterable[str], needed: Iterable[str] = ()) -> dict[str, Any]:
        """`data` as a block of known keys; anything else is a finding and reads as an empty block."""
        if not isinstance(data, dict):
            known = ", ".join(known)
            self.problem(path, "not-a-block", f"{_name(path)} must be a block of keys", f"known keys: {known}")
            return {}
        for key in data:
            if key not in known:
                advice = did_you_mean(key, known)
                self.problem((*path, key), "unknown-key", f"{_name(path)} has no key {key!r}", advice)
        for key in needed:
            if data.get(key) is None:
                self.problem(path, "missing-key", f"{_name(path)} needs the key {key!r}", f"add {key}: …")
        return data

    def word(self, path: KeyPath, data: Any, known: Iterable[str], default: str = "") -> str:
        """One of a few known words; a blank reads as `default`."""
        if data is None and default:
            return default
        if data not in known:
            message = f"{_name(path)} is {data!r}"
            self.problem(path, "unknown-word", message, did_you_mean(str(data), known))
        return str(data)

    def texts(self, path: KeyPath, data: Any) -> list[str]:
        """A list of texts; a single text reads as a list of one."""
        listed = data if isinstance(data, list) else [data]
        if data is None or any(isinstance(entry, dict | list) or entry is None for entry in listed):
            self.problem(path, "not-a-text", f"{_name(path)} must be a text or a list of texts", "write it so")
            return []
        return [as_text(entry) for entry in listed]

    def ref(self, path: KeyPath, data: Any, item: Level, events: bool = False) -> Ref:
        """A column or attribute. `events`: it is read event by event, and `event.` need not be written."""
        if isinstance(data, dict | list) or data is None or not as_text(data).strip():
            advice = "write the name of a column or attribute, such as case.deadline"
            self.problem(path, "not-a-name", f"{_name(path)} must name a column or attribute", advice)
            return Ref("", Level.OWN, "")
        text, line = as_text(data).strip(), self.document.place(path).line
        level, dot, name = text.partition(".")
        if not (dot and name and level in ("case", "event")):
            own = Level.EVENT if events else Level.OWN
            return Ref(text, own, self._special(path, text), line)
        if level == "event" and item is Level.CASE and not events:
            self.problem(path, "event-level", f"{text}: {EVENT_AT_ITEM[0]}", EVENT_AT_ITEM[1])
        return Ref(text, Level(level), name, line)

    def _special(self, path: KeyPath, text: str) -> str:
        if text.startswith("#") and text not in (FILE, NUMBER):
            self.problem(path, "unknown-name", f"{text!r} is no special name", did_you_mean(text, (FILE, NUMBER)))
        return text

    def conditions(self, path: KeyPath, data: Any, item: Level, events: bool = False) -> tuple[Condition, ...]:
        """`{column: [values]}` or `{column: filled}`; all of them must hold."""
        if data is None:
            return ()
        if not isinstance(data, dict):
            advice = "write {column: [value, value]} or {column: filled}"
            self.problem(path, "not-a-block", f"{_name(path)} must name columns with their values", advice)
            return ()
        return tuple(self._condition(path, key, data[key], item, events) for key in data)

    def _condition(self, path: KeyPath, key: str, data: Any, item: Level, events: bool) -> Condition:
        ref = self.ref((*path, key), key, item, events)
        if data == "filled":
            return Condition(ref)
        return Condition(ref, frozenset(self.texts((*path, key), data)))


def as_text(data: Any) -> str:
    """A YAML scalar as it would stand in a file: true and false stay words."""
    return str(data).lower() if isinstance(data, bool) else str(data)


def _name(path: KeyPath) -> str:
    return ".".join(str(step) for step in path) or "the mapping"
