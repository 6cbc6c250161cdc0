"""What is wrong with an input, told so that its author can mend it.

Checks return findings, they do not raise: a rulebook or a file is refused whole, with every finding at once.
`Unusable` carries the findings to whoever must stop.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """ERROR refuses the input; WARNING lets it pass and is shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """Where a finding was made: a file, a line of it (1-based), or a row of a table (1-based, header not counted)."""

    file: str = ""
    line: int | None = None
    row: int | None = None

    def __str__(self) -> str:
        return self.in_("en")

    def in_(self, lang: str) -> str:
        """The place in words."""
        if self.row is not None:
            return f"{self.file}, {'row' if lang == 'en' else 'dòng'} {self.row}"
        if self.line is not None:
            return f"{self.file}:{self.line}"
        return self.file


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `message` says what and why, `advice` what to do next; `vi` says both in Vietnamese,
    where others than authors of rules and files read it."""

    code: str
    message: str
    advice: str
    place: Place = field(default_factory=Place)
    severity: Severity = Severity.ERROR
    vi: tuple[str, str] | None = field(default=None, compare=False)

    def told(self, lang: str) -> tuple[str, str, str]:
        """Where, what and why, and what to do next, in a language; in English where nothing else was written."""
        if lang == "en" or self.vi is None:
            return str(self.place), self.message, self.advice
        return self.place.in_(lang), *self.vi

    def __str__(self) -> str:
        where = f"{self.place}: " if str(self.place) else ""
        return f"{where}{self.message} → {self.advice} [{self.code}]"


class Unusable(Exception):  # noqa: N818 (it names the state of the input, as the findings do)
    """The input cannot be used; `findings` says everything that is wrong with it."""

    def __init__(self, findings: Iterable[Finding]):
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


def unusable(code: str, message: str, advice: str, place: Place | None = None) -> Unusable:
    """An `Unusable` with a single finding."""
    return Unusable([Finding(code, message, advice, place or Place())])


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that refuse the input."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def refuse_if_any(findings: Iterable[Finding]) -> None:
    """Raise `Unusable` with all findings when at least one of them is an error."""
    found = list(findings)
    if errors(found):
        raise Unusable(found)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Advice for an unknown name: the closest known ones first, then the list."""
    from difflib import get_close_matches

    choices = sorted(set(known))
    close = get_close_matches(name, choices, n=1)
    hint = f"did you mean {close[0]!r}? " if close else ""
    return f"{hint}known: {', '.join(choices) if choices else 'none'}"
